"""The committed examples are what the generator writes, and hold what their case files and READMEs say."""

from __future__ import annotations

import csv
import doctest
import re
from collections import Counter
from pathlib import Path

import pytest

from datasets.generator import absences, leave, millbrook, people, riverbank, saltmarsh, tables
from datasets.generator.__main__ import texts
from eia.case import read_case

DATASETS = Path(__file__).parents[2] / "datasets"
GENERATED = texts()
EXAMPLES = ("millbrook", "riverbank", "saltmarsh")


def rows(name: str) -> list[dict[str, str]]:
    with (DATASETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", GENERATED)
def test_committed_file_equals_a_rerun(name: str) -> None:
    assert (DATASETS / name).read_bytes() == GENERATED[name].encode()


@pytest.mark.parametrize("name", [str(path.relative_to(DATASETS)) for path in sorted(DATASETS.rglob("*.csv"))])
def test_no_cell_would_run_as_a_formula(name: str) -> None:
    with (DATASETS / name).open(encoding="utf-8", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("module", [absences, leave, people, tables])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_riverbank_readme_gives_the_numbers_of_the_files() -> None:
    workforce, selections = rows("riverbank/workforce.csv"), rows("riverbank/selections.csv")
    readme = (DATASETS / "riverbank" / "README.md").read_text(encoding="utf-8")
    selected = sum(row["Outcome"] == "Proposed for redundancy" for row in selections)
    posts = len({row["Position Reference"] for row in workforce})
    pools = len({row["Pool"] for row in selections})
    for words in (f"{len(workforce):,} people", f"{posts} posts", f"{pools} pools", f"{len(selections)} people in pools",
                  f"{selected} to go"):  # fmt: skip
        assert words in readme, words


def test_riverbank_case_agrees_with_the_selections() -> None:
    selections = rows("riverbank/selections.csv")
    chosen = Counter(row["Pool"] for row in selections if row["Outcome"] == "Proposed for redundancy")
    case = read_case(DATASETS / "riverbank" / "case.toml")
    assert {pool: numbers.to_go for pool, numbers in case.pools.items()} == {
        pool: chosen[pool] for pool in {row["Pool"] for row in selections}
    }
    assert set(case.outcomes) == {row["Outcome"] for row in selections}


def test_riverbank_headers_in_the_case_are_in_the_file() -> None:
    case = read_case(DATASETS / "riverbank" / "case.toml")
    assert set(case.columns.values()) <= set(rows("riverbank/workforce.csv")[0])


@pytest.mark.parametrize("name", EXAMPLES)
def test_everyone_in_the_selections_is_in_the_workforce_once(name: str) -> None:
    staff, listed = (
        [row[next(iter(row))] for row in rows(f"{name}/{file}.csv")] for file in ("workforce", "selections")
    )
    assert len(set(staff)) == len(staff)
    assert len(set(listed)) == len(listed)
    assert set(listed) <= set(staff)


def test_millbrook_case_agrees_with_the_selections() -> None:
    pool = {row["reference"]: row["pool"] for row in rows("millbrook/workforce.csv")}
    goes = {"volunteer accepted", "selected", "redeployed", "dismissed"}
    selections = rows("millbrook/selections.csv")
    going = Counter(pool[row["reference"]] for row in selections if row["outcome"] in goes)
    case = read_case(DATASETS / "millbrook" / "case.toml")
    assert {name: numbers.to_go for name, numbers in case.pools.items()} == {
        name: going[name] for name in set(pool.values()) - {""}
    }
    assert {row["reference"] for row in selections} == {reference for reference, name in pool.items() if name}


def test_millbrook_has_one_of_every_kind() -> None:
    workforce, selections = rows("millbrook/workforce.csv"), rows("millbrook/selections.csv")
    size = Counter(row["pool"] for row in workforce if row["pool"])
    case = read_case(DATASETS / "millbrook" / "case.toml")
    to_go = {name: numbers.to_go for name, numbers in case.pools.items()}
    assert 1 in size.values()
    assert any(to_go[name] == size[name] > 1 for name in size)
    assert 0 in to_go.values()
    assert {row["outcome"] for row in selections} == {
        "retained", "slotted in", "volunteer accepted", "selected", "redeployed",
    }  # fmt: skip
    assert {"", "Not known", "Prefer not to say"} <= {row["disability"] for row in workforce}
    assert "Not applicable" in {row["pregnancy or maternity"] for row in workforce}
    assert {"Yes", "No"} <= {row["Carer"] for row in workforce}
    assert 290 <= len(workforce) <= 320


def test_saltmarsh_case_agrees_with_the_files() -> None:
    pool = {row["reference"]: row["pool"] for row in rows("saltmarsh/workforce.csv")}
    going = Counter(
        pool[row["reference"]]
        for row in rows("saltmarsh/selections.csv")
        if row["outcome"] in ("volunteer accepted", "selected")
    )
    case = read_case(DATASETS / "saltmarsh" / "case.toml")
    assert {name: numbers.to_go for name, numbers in case.pools.items() if not numbers.transfers_on} == dict(going)
    assert case.consultation.number_proposed == sum(going.values())
    assert {row["reference"] for row in rows("saltmarsh/selections.csv")} == {
        reference for reference, name in pool.items() if name and not case.pools[name].transfers_on
    }


def test_saltmarsh_readme_gives_the_numbers_of_the_files() -> None:
    readme = " ".join((DATASETS / "saltmarsh" / "README.md").read_text(encoding="utf-8").split())
    pattern = {row["reference"]: row["working pattern"] for row in rows("saltmarsh/workforce.csv")}
    down = Counter((pattern[row["reference"]], row["downgraded"]) for row in rows("saltmarsh/new-posts.csv"))
    part, whole = ((down[name, "Yes"], down[name, "Yes"] + down[name, "No"]) for name in ("Part-time", "Full-time"))
    assert f"{part[0]} of {part[1]} part-time staff are, and {whole[0]} of {whole[1]} full-time staff" in readme
    for name in ("workforce", "selections", "other-work", "new-posts", "absences"):
        assert re.search(rf"`{name}\.csv` \|[^|]+\| {len(rows(f'saltmarsh/{name}.csv'))} \|", readme)
    answers = Counter(row["answer to other work"] for row in rows("saltmarsh/other-work.csv"))
    assert (
        f"{answers['accepted']} accept it and stay, {answers['left after trial']} leave after a trial, {answers['refused']} refuse"
        in readme
    )


def test_every_seed_of_saltmarsh_deals_the_same_outcomes_and_answers() -> None:
    made = [saltmarsh.make(seed) for seed in range(3)]
    for table, column in (("selections", "outcome"), ("other_work", "answer to other work")):
        first, *others = [Counter(getattr(agency, table)[column].tolist()) for agency in made]
        assert others == [first, first]


def test_every_seed_of_millbrook_deals_the_same_outcomes() -> None:
    dealt = [Counter(millbrook.make(seed).selections["outcome"].tolist()) for seed in range(3)]
    assert dealt[0] == dealt[1] == dealt[2]


def test_people_are_not_named() -> None:
    for name in EXAMPLES:
        headers = {header.lower() for header in rows(f"{name}/workforce.csv")[0]}
        assert not headers & {"name", "surname", "forename", "first name", "email", "ni number", "date of birth"}


def test_generated_cases_are_of_the_committed_seeds() -> None:
    assert (
        riverbank.case_text(riverbank.make(riverbank.COMMITTED_SEED, planted=True)) == GENERATED["riverbank/case.toml"]
    )
