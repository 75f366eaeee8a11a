"""Makes small files, workforces and assessments for tests, and runs the command line on them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import traceback
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from hypothesis import strategies as st
from typer.testing import CliRunner

from eia.case import Case
from eia.cli import app
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.intake.counts.load_counts import CountedWorkforce, load_counts
from eia.intake.evidence import read_workforce
from eia.intake.files.raw_table import open_table

CANARY = "Zebedee-Canary-42"  # stands for what a message may never give away
WHEN = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)

Person = Mapping[str, str]


def table(rows: Iterable[Sequence[str]], headers: Sequence[str]) -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode()


def staff(people: Sequence[Person]) -> bytes:
    """A file of people; all have the same columns."""
    headers = list(people[0])
    return table([[person[header] for header in headers] for person in people], headers)


def pools(*, chosen: bool = True, **counts: tuple[int, int, int, int]) -> bytes:
    """A file of women and men, by pool: women selected, women in all, men selected, men in all. "none" is no pool."""
    rows = []
    for name, (women_gone, women, men_gone, men) in counts.items():
        pool = "" if name == "none" else name
        for sex, gone, there in (("Female", women_gone, women), ("Male", men_gone, men)):
            outcomes = ["selected"] * gone + ["retained"] * (there - gone)
            rows += [[sex, pool, outcome if chosen and pool else ""] for outcome in outcomes]
    return table(rows, ["sex", "pool", "outcome"])


def case(**choices: Any) -> Case:
    """A case with these choices, checked."""
    return Case.model_validate({"title": "Finance review", **choices})


QUICK = case(analysis={"draws": 999})  # few draws, for what rests on no p-value worked out by drawing


def assessed(data: bytes, choices: Case | None = None) -> Assessment:
    """An assessment of a file of people."""
    choices = choices or case()
    return assess(read_workforce(data, choices, name="staff.csv"), choices, when=WHEN)


def counted(data: bytes, choices: Case | None = None) -> CountedWorkforce:
    """A checked table of counts."""
    return load_counts(open_table(data, name="counts.csv"), choices or case())


def assessed_counts(data: bytes, choices: Case | None = None, whole: bytes | None = None) -> Assessment:
    """An assessment of a table of counts."""
    choices = choices or case()
    return assess(
        counted(data, choices), choices, whole_workforce=counted(whole, choices) if whole else None, when=WHEN
    )


def one(assessment: Assessment, question: str, group: str, characteristic: str = "sex") -> Finding:
    """The finding of one group under one question."""
    found = [
        finding
        for finding in assessment.findings
        if (finding.question, finding.group.label, finding.characteristic.key) == (question, group, characteristic)
    ]
    assert len(found) == 1
    return found[0]


def refused(data: bytes, choices: Case | None = None, selections: bytes | None = None) -> EiaError:
    """The error that a file of people is refused with."""
    try:
        read_workforce(data, choices or case(), selections=selections, name="staff.csv")
    except EiaError as error:
        return error
    raise AssertionError("The file was accepted.")


def everything_said(error: EiaError) -> str:
    """All that an error says anywhere, as a traceback would print it too."""
    shown = "".join(traceback.format_exception(error))
    return "\n".join([shown, str(error), repr(error), repr(error.args), repr(error.faults)])


@dataclass(frozen=True)
class Reply:
    """What a command answered."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Reply:
    """Run the command line. Anything but an orderly end fails the test."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError("The command broke.") from result.exception
    return Reply(result.exit_code, result.stdout, result.stderr)


def figures(text: str) -> list[str]:
    """The numbers in a text, in its order."""
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def everything_written(folder: Path) -> str:
    """All that the files below a folder say, in whatever form: the parts of Word files, workbooks and bundles, the text and the bytes of a PDF, the bytes of
    pictures."""
    return "\n".join(_said(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


def _said(name: str, content: bytes) -> str:
    if name.endswith((".docx", ".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(_said(part, parts.read(part)) for part in parts.namelist())
    if name.endswith(".pdf"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return "\n".join([*(page.extract_text() for page in pages), content.decode("latin-1")])
    return content.decode("latin-1" if name.endswith((".png", ".ttf")) else "utf-8")


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


ANSWERS = {
    "sex": ["Female", "Male", "", "Prefer not to say"],
    "disability": ["Disabled", "Not disabled", "", "N/A"],
    "religion": ["Christian", "Muslim", "No religion", "Sikh", ""],
}
POOLS = ("Clerks", "Cleaners", "Cooks")
OUTCOMES = ("retained", "slotted in", "volunteer accepted", "selected", "redeployed", "dismissed")


@st.composite
def workforces(draw: st.DrawFn, least: int = 1, most: int = 40, outcomes: Sequence[str] = OUTCOMES) -> list[Person]:
    """People with missing answers, units, pools and outcomes at every stage. At least one is in a pool."""
    person = st.fixed_dictionaries(
        {key: st.sampled_from(values) for key, values in ANSWERS.items()}
        | {"unit": st.sampled_from(["North", "South", ""]), "pool": st.sampled_from([*POOLS, ""])}
    )
    people = [dict(someone) for someone in draw(st.lists(person, min_size=least, max_size=most))]
    people[0]["pool"] = POOLS[0]
    for number, someone in enumerate(people):
        someone["reference"] = f"P{number}"  # without it a row of nothing but missing answers would be an empty row
        someone["outcome"] = draw(st.sampled_from(outcomes)) if someone["pool"] else ""
    return people


def counts_of(people: Sequence[Person]) -> bytes:
    """The table of counts that these people give; they are retained or selected, and nothing else happens to them."""
    words = {"": "Not recorded", "N/A": "Not applicable"}
    cells: dict[tuple[str, str, str], list[int]] = {}
    for person in people:
        for key in ANSWERS:
            cell = cells.setdefault((key, words.get(person[key], person[key]), person["pool"]), [0, 0])
            cell[0] += 1
            cell[1] += person["outcome"] == "selected"
    return table(
        [[*cell, *map(str, counts)] for cell, counts in cells.items()],
        ["characteristic", "group", "pool", "people", "selected"],
    )
