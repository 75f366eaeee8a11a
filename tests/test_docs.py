"""The documents say what the code does: links resolve, examples run, generated parts are those the code gives.

``python tests/test_docs.py`` writes the generated parts again: docs/api.md, and whatever stands between marks in the
README and the guides, what the toolkit prints included. Everything else in the documents is written by hand.
"""

from __future__ import annotations

import ast
import dataclasses
import doctest
import inspect
import os
import re
import shutil
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
import yaml
from pydantic import BaseModel

import eia
from eia import cli
from eia.case import Case, case_text, parse_case
from eia.dashboard.site import PAGES
from eia.intake.evidence import Evidence
from eia.intake.examples import examples
from eia.intake.workforce import Workforce
from eia.law.lookup import rules, written
from eia.law.open_points import open_points
from eia.present.charts.drawings import Drawings
from eia.present.documents import terminal
from eia.present.documents.model import Document, Figure
from eia.present.sections.extras.five_questions import five_questions
from eia.present.sections.law import CONFIDENCES, open_point, period, says
from eia.present.sections.law_section import NEVER_CHOOSE
from eia.present.text.evidence import statement
from eia.present.text.narrative import answers, overall_leading
from eia.present.text.words import LEVELS, OVERALL, QUESTIONS, adds_up
from eia.vocabulary.characteristics import characteristics

HERE = Path(__file__).resolve().parent.parent
OURS = [*sorted(HERE.glob("*.md")), HERE / "reports/README.md", *sorted(HERE.glob("docs/**/*.md"))]
EVERY = [*OURS, *sorted(HERE.glob("datasets/**/*.md"))]
SCREENS = (
    "start.png",
    "check.png",
    "your-file.png",
    "faults.png",
    "proposal.png",
    "answer.png",
    "try-change.png",
    "change-tried.png",
    "answer-wide.png",
    "answer-narrow.png",
    "story.png",
    "pools.png",
    "method.png",
    "take-away.png",
)
"""What docs/guide/screenshots.py puts into docs/guide/images/."""

NEVER = r"unlawful\w*|lawful\w*|complian\w+|no impact|proved|proves|protected class|disparate impact"
PLACES = r"(?<![\w.:/<])/[a-zA-Z]{3,}(?=[/\s`])|\b[A-Z]:\\|\bpypi\b|pythonhosted|--index"  # places of a machine, not of the project


# ---------------------------------------------------------------------------------------------------------------- parts


def blocks(path: Path, language: str) -> Iterator[str]:
    """The fenced blocks of a document in one language."""
    for found in re.finditer(
        rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        yield found[1]


def outside_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of headings as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", outside_blocks(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def name(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


def each(language: str, paths: list[Path] = OURS) -> list[Any]:
    return [
        pytest.param(block, id=f"{name(path)}-{number}")
        for path in paths
        for number, block in enumerate(blocks(path, language), start=1)
    ]


# ------------------------------------------------------------------------------------------------------ generated parts


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )


def words() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "eia/vocabulary/synonyms.toml").read_text(encoding="utf-8"))


def headers(kind: str) -> Mapping[str, list[str]]:
    table = tomllib.loads((HERE / "eia/vocabulary/headers.toml").read_text(encoding="utf-8"))[kind]
    return {column: listed for column, listed in table.items() if column != "shared"}


def headers_table(kind: str) -> str:
    known = characteristics()
    rows = [
        (f"`{column}`", known[column].title if column in known else "–", ", ".join(listed))
        for column, listed in headers(kind).items()
        if listed
    ]
    return table(("column", "characteristic", "headers"), rows)


def identifiers_table() -> str:
    return table(("what they hold", "headers"), [(held, ", ".join(w)) for held, w in headers("identifiers").items()])


def answers_table() -> str:
    known = characteristics()
    rows = [
        (known[key].title, label, ", ".join(listed))
        for key, labels in words()["values"].items()
        for label, listed in labels.items()
    ]
    return table(("characteristic", "read as", "words that are recognised"), rows)


def outcomes_table() -> str:
    rows = [(outcome, ", ".join(listed)) for outcome, listed in words()["outcomes"].items()]
    return table(("outcome", "words that are recognised"), rows)


def missing_table() -> str:
    rows = [
        (kind, ", ".join(word or "(an empty cell)" for word in listed)) for kind, listed in words()["missing"].items()
    ]
    return table(("read as", "words that are recognised"), rows)


def groups_table() -> str:
    rows = [
        (known.title, "; ".join(known.groups) or "as the file or the case has them", "no" if known.closed else "yes")
        for known in characteristics().values()
    ]
    return table(("characteristic", "groups known beforehand", "other labels become groups"), rows)


def own_headers_table(kind: str) -> str:
    """The headers of one kind of table beside those it shares with a file of people."""
    return table(
        ("column", "headers that are recognised"), [(f"`{key}`", ", ".join(w)) for key, w in headers(kind).items()]
    )


AREAS = {
    "duty": "The equality duty, and what goes with it",
    "equality": "Discrimination",
    "status": "Part-time and fixed-term work",
}


def law_tables() -> str:
    """Every dated value of every rule, by area."""
    every = [each for versions in rules().values() for each in versions]
    parts = []
    for area in dict.fromkeys(each.area for each in every):
        rows = [
            (
                f"{each.title} (`{each.key}`)",
                says(each),
                period(each),
                each.extent,
                f"[{each.instrument} {each.provision}]({each.url})",
                f"{CONFIDENCES[each.confidence]} ({written(each.checked_on)})",
            )
            for each in every
            if each.area == area
        ]
        heads = ("rule (key)", "what it says", "when", "where", "source", "how sure, and last looked at")
        parts.append(f"### {AREAS.get(area, area.replace('_', ' ').capitalize())}\n\n" + table(heads, rows))
    return "\n\n".join(parts)


def law_open() -> str:
    """What is not settled or was not found."""
    return "\n".join(f"- {open_point(point)}" for point in open_points())


ROOMS = {
    "intake/files/opening.py": "Opening the file",
    "intake/files/workbook.py": "Workbooks",
    "intake/files/layout.py": "Finding the table",
    "intake/files/raw_table.py": "Reading the rows",
    "intake/columns/headers.py": "Headers",
    "intake/people/people_file.py": "A file as a list of people",
    "intake/people/load.py": "People",
    "intake/people/link.py": "Joining the files",
    "intake/people/pools.py": "Pools",
    "intake/people/outcomes.py": "Outcomes",
    "intake/people/age_and_service.py": "Ages",
    "intake/people/answers.py": "Answers",
    "intake/columns/cells.py": "Cells",
    "intake/counts/measures.py": "Columns of counts",
    "intake/counts/percentage_base.py": "Percentages in tables of counts",
    "intake/counts/load_counts.py": "Tables of counts",
    "intake/layouts/laid_out.py": "Layouts of tables of counts",
    "intake/columns/known_table.py": "Headers of leave, vacancies and offers",
    "intake/extras/leave.py": "Pregnancies and family leave",
    "intake/extras/vacancies.py": "Vacancies and offers",
    "intake/counts/row_faults.py": "Rows of counts",
    "intake/counts/characteristic_rows.py": "Groups in tables of counts",
    "intake/counts/tallies.py": "Figures together",
    "intake/extras/scores.py": "Scores",
    "intake/extras/absences.py": "Absences",
    "intake/extras/post_lists.py": "Lists of posts",
    "intake/evidence.py": "Which files",
    "counts/from_count_table.py": "Counts and the whole workforce",
    "case/file.py": "The case file",
    "findings/core/questions.py": "The case and the file together",
    "findings/legal/applicable_law.py": "The law of the case",
    "process/vacancies.py": "Answers for vacancies",
    "law/lookup.py": "Asking for a rule",
    "findings/assessment.py": "Looking into an assessment",
    "findings/record.py": "A saved assessment",
    "present/formats/folders.py": "Writing",
    "present/documents/request_template.py": "Templates",
    "intake/examples.py": "The example",
    "scenarios/choose.py": "Changes: who would be selected",
    "scenarios/totals.py": "Changes of criteria",
    "scenarios/pools.py": "Changes of pools",
    "scenarios/try_rule.py": "Changes that nothing can be said of",
    "cli/__init__.py": "The command line",
    "cli/trying.py": "Trying a change on the command line",
    "dashboard/open_files.py": "Files given to the dashboard",
    "dashboard/serving/installation.py": "The settings of a shared installation",
    "dashboard/workers/worker.py": "Where many share one server",
}
NOT_SEEN = (
    "stats/",
    "errors.py",
    "law/records.py",
)  # refuse what only who writes Python, or the law as data, can do wrong
SPELLED = {
    "case-value": ("A value is not allowed, or is missing; the message names the key.", "Change it in the case file.")
}
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def messages_tables() -> str:
    """Every message about a bad input, read out of the code that makes it."""
    parts = []
    files = [*ROOMS, *sorted(set(_sources()) - set(ROOMS))]
    for file in files:
        rows = [(what, do, f"`{code}`") for code, what, do in _faults(HERE / "eia" / file)]
        if rows:
            parts.append(f"### {ROOMS.get(file, file)}\n\n" + table(("message", "what to do", "code"), rows))
    return "\n\n".join(parts)


def _sources() -> list[str]:
    every = (path.relative_to(HERE / "eia").as_posix() for path in (HERE / "eia").rglob("*.py"))
    return [path for path in every if not path.startswith(NOT_SEEN)]


def _faults(path: Path) -> list[tuple[str, str, str]]:
    """Code, what, and what to do."""
    found: list[tuple[str, str, str]] = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        given = _assigned(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                words = {keyword.arg: keyword.value for keyword in node.keywords}
                if isinstance(words.get("code"), ast.Constant):
                    code = words["code"].value
                    texts = (_text(words.get("what"), given), _text(words.get("do"), given))
                    found.append((code, *SPELLED.get(code, texts)))
            elif isinstance(node, ast.Tuple) and len(node.elts) > 2 and _CODE.fullmatch(_text(node.elts[0], {})):
                what = node.elts[1 if len(node.elts) == 3 else 2]  # which rows may stand before, what is allowed after
                found.append((_text(node.elts[0], {}), _text(what, given), _text(node.elts[-1], given)))
    return list(dict.fromkeys(found))


def _assigned(function: ast.FunctionDef) -> dict[str, ast.expr]:
    given: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given[node.targets[0].id] = node.value
    return given


def _text(node: ast.expr | None, given: Mapping[str, ast.expr]) -> str:
    """A text as the code writes it, with … for what is filled in."""
    match node:
        case ast.Constant(value=str()):
            return str(node.value)
        case ast.JoinedStr():
            return re.sub(r"…(,? ?…)+", "…", "".join(_text(part, given) for part in node.values))
        case ast.FormattedValue(value=ast.Name() as filled) if isinstance(given.get(filled.id), ast.IfExp):
            return _text(given[filled.id], given)
        case ast.BinOp(op=ast.Add()):
            return re.sub(r":? ?…+", " …", _text(node.left, given) + _text(node.right, given)).replace(" …", ": …", 1)
        case ast.IfExp():
            return _text(node.orelse, given)
        case ast.Name() if node.id in given and not isinstance(given[node.id], ast.Name):
            return _text(given[node.id], given)
    return "…"


def keys_table() -> str:
    """Every key of a case file, with its default."""
    rows: list[tuple[str, ...]] = []
    for key, field in Case.model_fields.items():
        value = getattr(Case(), key)
        if isinstance(value, BaseModel):
            rows += [(f"`[{key}]`", f"`{inner}`", _shown(getattr(value, inner))) for inner in type(value).model_fields]
        elif isinstance(value, Mapping):
            made = get_args(field.annotation)[1]
            inner = [f" → `{part}`" for part in made.model_fields] if hasattr(made, "model_fields") else [""]
            rows += [(f"`[{key}]`", f"a name of yours{part}", "nothing") for part in inner]
        else:
            rows.append(("top of the file", f"`{key}`", _shown(value)))
    return table(("under", "key", "when left out"), rows)


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


@cache
def assessed(example: str) -> tuple[eia.Assessment, Workforce]:
    folder = examples()[example].parent
    case = eia.read_case(folder / "case.toml")
    workforce = eia.read_workforce(folder / "workforce.csv", case, selections=folder / "selections.csv")
    return eia.assess(workforce, case), workforce


def printed(*texts: str) -> str:
    """Lines as the command line prints them, in a block."""
    lines = (textwrap.fill(text, terminal.WIDTH, initial_indent="  ", subsequent_indent="  ") for text in texts)
    return "```text\n" + "\n".join(lines) + "\n```"


def answer(question: str) -> str:
    return dict(answers(assessed("riverbank")[0]))[question]


def quoted(example: str, question: str, title: str, label: str) -> str:
    """The sentence of one finding, as a quotation."""
    made = assessed(example)[0]
    finding = next(
        finding
        for finding in made.findings
        if (finding.question, finding.characteristic.title, finding.group.label) == (question, title, label)
    )
    lead = {"initial_indent": "> ", "subsequent_indent": "> ", "break_on_hyphens": False}
    return textwrap.fill(statement(finding), 114, **lead)


def adding_up(label: str) -> str:
    hit = next(finding for finding in overall_leading(assessed("riverbank")[0]) if finding.group.label == label)
    return printed(adds_up(hit))


def checked() -> str:
    """What ``eia check`` says, shortened."""
    assessment, workforce = assessed("riverbank")
    said = list(terminal.reading_lines(Evidence(main=workforce), assessment.case))
    told = ("people, ", "Basis", "“Ethnic Origin” is read", "not listed", "“Disability”: ", "Not used")
    shown = [line for line in said if line in said[:2] or any(words in line for words in told)]
    return "```text\n" + "\n".join(shown) + "\n```"


def shown_example() -> str:
    told = [*((QUESTIONS[key], answer(QUESTIONS[key])) for key in ("scope", "selection"))]
    told.append((OVERALL, f"{adds_up(overall_leading(assessed('riverbank')[0], 1)[0])} ..."))
    inner = (f"{head}\n{printed(text)[8:-4]}" for head, text in told)
    return "```text\n" + "\n\n".join(inner) + "\n```"


PARTS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "docs/guide/known-words.md": {
        "headers": lambda: headers_table("people"),
        "asked": lambda: headers_table("asked"),
        "identifiers": identifiers_table,
        "missing": missing_table,
        "answers": answers_table,
    },
    "docs/guide/your-file.md": {
        "outcomes": outcomes_table,
        "groups": groups_table,
        "counts": lambda: own_headers_table("counts"),
        "scores": lambda: own_headers_table("scores"),
        "absences": lambda: own_headers_table("absences"),
        "posts": lambda: own_headers_table("posts"),
        "messages": messages_tables,
    },
    "docs/guide/case-file.md": {"keys": keys_table},
    "docs/law.md": {"rules": law_tables, "open": law_open},
    "docs/guide/reading-the-report.md": {
        "found": lambda: quoted("riverbank", "selection", "Disability", "Disabled"),
        "chance": lambda: quoted("millbrook", "selection", "Religion or belief", "Prefer not to say"),
        "people": lambda: quoted("riverbank", "scope", "Sex", "Female"),
    },
    "README.md": {"example": shown_example},
    "docs/guide/first-assessment.md": {
        "check": checked,
        "scope": lambda: printed(answer(QUESTIONS["scope"])),
        "spread": lambda: printed(answer(QUESTIONS["spread"])),
        "selection": lambda: printed(answer(QUESTIONS["selection"])),
        "overall": lambda: adding_up("Fixed-term"),
        "ask": lambda: printed(
            *(f"{n}. {ask}" for n, ask in enumerate(five_questions(assessed("riverbank")[0]), 1) if n == 2)
        ),
    },
}


def with_parts(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """A document with everything between its marks made again."""
    for part, make in parts.items():
        mark = re.compile(rf"(<!-- generated: {part} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert mark.search(text), f"no place for {part}"
        text = mark.sub(rf"\1\n{make().replace(chr(92), chr(92) * 2)}\n\n\2", text)
    return text


def api_text() -> str:
    """docs/api.md: every public name with what its docstring says first."""
    head = (
        "# The public names\n\n"
        "This page is made from the code by `python tests/test_docs.py`; do not edit it by hand. Names are imported when\n"
        "they are first used, so `import eia` costs nothing. Everything else in the package may change without notice.\n"
        "The statistics have a page of their own: [methods.md](methods.md).\n"
    )
    return head + "".join(_entry(public) for public in eia.__all__)


def _entry(public: str) -> str:
    value = getattr(eia, public)
    if not callable(value):
        return f'\n## `eia.{public}`\n\nThe version of the toolkit, such as `"{value}"`.\n'
    first = inspect.getdoc(value).split("\n\n")[0].replace("\n", " ")
    kind = "An error" if isinstance(value, type) and issubclass(value, Exception) else "A class"
    shown = f"{kind}. {_members(value)}" if isinstance(value, type) else f"Call: `eia.{public}({_arguments(value)})`."
    return f"\n## `eia.{public}`\n\n{first}\n\n{shown} Module `{value.__module__}`.\n"


def _members(value: type) -> str:
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
    elif issubclass(value, BaseModel):
        fields = list(value.model_fields)
    else:
        return "Carries `faults`."
    methods = [name for name, member in vars(value).items() if inspect.isfunction(member) and name[0] != "_"]
    fields += [name for name, member in vars(value).items() if isinstance(member, property) and name[0] != "_"]
    shown = "Fields: " + ", ".join(f"`{field}`" for field in fields) + "."
    return f"{shown} Methods: {', '.join(f'`{name}`' for name in methods)}." if methods else shown


def _arguments(function: Callable[..., Any]) -> str:
    shown, star = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            shown.append("*")
            star = True
        shown.append(
            parameter.name if parameter.default is parameter.empty else f"{parameter.name}={parameter.default!r}"
        )
    return ", ".join(shown)


# ---------------------------------------------------------------------------------------------------------------- tests


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    text = outside_blocks(path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        aim = (path.parent / file).resolve() if file else path
        if aim.parent == HERE / "docs/guide/images":
            assert aim.name in SCREENS, target
            continue
        assert aim.exists(), f"{name(path)}: {target}"
        assert aim.is_relative_to(HERE), f"{name(path)}: {target}"
        assert not anchor or anchor in anchors(aim), f"{name(path)}: {target}"


def test_every_picture_says_what_it_shows() -> None:
    pictures = [
        found for path in OURS for found in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    ]
    assert {Path(target).name for _, target in pictures} >= set(SCREENS)
    assert all(len(alt) > 30 for alt, _ in pictures)


def undrawn(report: Document) -> Drawings:
    """Charts take seconds, and are drawn in tests of their own."""
    return {
        block.name: ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 40" width="680" height="40"></svg>',)
        for block in report.blocks
        if isinstance(block, Figure)
    }


@pytest.mark.slow
@pytest.mark.parametrize("block", each("python"))
def test_every_example_in_python_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in examples()["riverbank"].parent.iterdir():  # as `eia example` does
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("eia.present.formats.text_files.draw", undrawn)
    if ">>>" in block:
        test = doctest.DocTestParser().get_doctest(block, {}, "example", None, None)
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.REPORT_NDIFF)
        said: list[str] = []
        runner.run(test, out=said.append)
        assert not runner.failures, "".join(said)
        assert test.examples
    else:
        exec(compile(block, "example", "exec"), {})  # noqa: S102 - our own documents


@pytest.mark.parametrize("block", each("toml"))
def test_every_example_of_a_case_file_is_one(block: str) -> None:
    assert parse_case(block if re.search(r"^format = ", block, re.MULTILINE) else f"format = 1\n{block}").format == 1


def commands(text: str) -> Iterator[list[str]]:
    """Every command line of ours that a document shows: in a block, or in line as code."""
    lines = re.findall(r"^ {4,}(eia [a-z-][^\n]*)$", text, re.MULTILINE)
    lines += re.findall(r"`(eia [^`]+)`", outside_blocks(text))
    for line in lines:
        yield line.split("#")[0].split()[1:]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_every_command_shown_is_one(path: Path) -> None:
    root = typer.main.get_command(cli.app)
    for words in commands(path.read_text(encoding="utf-8")):
        if words[0].startswith("-"):
            known, options = root, words
        else:
            assert words[0] in root.commands, words
            known, options = root.commands[words[0]], words[1:]
        accepted = {option for parameter in known.params for option in parameter.opts} | {"--help"}
        for option in (word for word in options if word.startswith("--")):
            assert option in accepted, words


def test_every_command_there_is_stands_in_the_readme() -> None:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    assert {words[0] for words in commands(text)} >= set(typer.main.get_command(cli.app).commands)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_every_make_target_shown_is_one(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (HERE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert shown <= targets, name(path)


def test_page_of_public_names_is_the_one_the_code_gives() -> None:
    text = (HERE / "docs/api.md").read_text(encoding="utf-8")
    assert all(f"`eia.{public}`" in text for public in eia.__all__)
    assert text == api_text(), "run: python tests/test_docs.py"


@pytest.mark.parametrize("path", PARTS)
def test_generated_parts_are_those_the_code_gives(path: str) -> None:
    text = (HERE / path).read_text(encoding="utf-8")
    assert text == with_parts(text, PARTS[path]), "run: python tests/test_docs.py"


def test_every_page_of_the_dashboard_stands_in_the_first_assessment() -> None:
    text = (HERE / "docs/guide/first-assessment.md").read_text(encoding="utf-8")
    assert [title for title, _ in PAGES.values() if f"**{title}**" not in text] == []


def test_every_key_of_a_case_file_has_a_line_of_its_own() -> None:
    text = (HERE / "docs/guide/case-file.md").read_text(encoding="utf-8")
    written = text.partition("<!-- end -->")[2]
    keys = [key for key, value in Case() if not isinstance(value, BaseModel | Mapping)]
    keys += [inner for _, value in Case() if isinstance(value, BaseModel) for inner in type(value).model_fields]
    assert [key for key in keys if f"`{key}`" not in written] == []


def test_reading_the_report_has_every_level_and_question() -> None:
    text = (HERE / "docs/guide/reading-the-report.md").read_text(encoding="utf-8")
    assert [word for word in (*LEVELS.values(), *QUESTIONS.values()) if word not in text] == []


@pytest.mark.parametrize("path", OURS, ids=name)
def test_words_that_are_never_used_are_not_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    claims = re.sub(r"\s+", " ", text).replace(NEVER_CHOOSE, "")  # that sentence speaks of no figure
    assert re.findall(rf"\b(?:{NEVER})\b", claims, re.IGNORECASE) == []
    assert re.findall(PLACES, text) == []


def test_architecture_names_every_folder_and_only_modules_that_are_there() -> None:
    text = (HERE / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in (HERE / "eia").glob("*/__init__.py")}
    assert [folder for folder in sorted(folders) if f"`{folder}/" not in text] == []
    named = set(re.findall(r"`((?:eia|tests|benchmarks|datasets)/[\w./-]+)`", text))
    assert [path for path in sorted(named) if not (HERE / path).exists()] == []


def test_citation_and_changelog_are_of_this_version() -> None:
    cited = yaml.safe_load((HERE / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == eia.__version__
    assert cited["authors"] == [{"name": "The eia maintainers"}]
    assert eia.__version__ in (HERE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_without_a_gap_and_have_three_parts() -> None:
    records = sorted((HERE / "docs/decisions").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        heads = re.findall(r"^## (.+)$", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert heads == ["Context", "Decision", "Consequences"], record.name


def test_every_direct_dependency_has_its_reason_on_record() -> None:
    wanted = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=!,]", line)[0] for line in wanted["dependencies"] + wanted["optional-dependencies"]["dev"]]
    (record,) = (HERE / "docs/decisions").glob("*-dependencies.md")
    text = record.read_text(encoding="utf-8")
    assert [one for one in names if f"`{one}`" not in text] == []


def test_case_text_shown_in_full_is_kept_by_the_writer() -> None:
    for block in blocks(HERE / "docs/guide/case-file.md", "toml"):
        if block.startswith("format = 1"):
            assert case_text(parse_case(block), block) == block


def main() -> None:
    """Write every generated part again."""
    (HERE / "docs/api.md").write_text(api_text(), encoding="utf-8")
    for path, parts in PARTS.items():
        text = (HERE / path).read_text(encoding="utf-8")
        (HERE / path).write_text(with_parts(text, parts), encoding="utf-8")


if __name__ == "__main__":
    os.chdir(HERE)
    main()
