"""The real counts are the published ones, and every file agrees with itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from eia.case import read_case

REAL = Path(__file__).parents[2] / "datasets" / "real"
CASES = sorted(folder.name for folder in REAL.iterdir() if folder.is_dir())
UNKNOWN = {"Not recorded", "Prefer not to say", "Not applicable"}

# What was published, typed by hand: case, characteristic, pool -> group -> people, selected (None: not chosen).
PUBLISHED = {
    ("university-2010", "sex", "Animal support technicians"): {"Female": (10, None), "Male": (2, None)},
    ("university-2010", "sex", "the department"): {"Female": (25, None), "Male": (20, None)},
    ("university-2010", "disability", "the department"): {
        "Disabled": (1, None), "Not disabled": (41, None), "Not recorded": (3, None),
    },
    ("university-2010", "ethnicity", "the department"): {"White": (42, None), "Black or minority ethnic": (3, None)},
    ("civil-service-2023", "disability", "AA/AO"): {"Disabled": (18605, 1915), "Not disabled": (90470, 9485)},
    ("civil-service-2023", "disability", "EO"): {"Disabled": (18405, 1390), "Not disabled": (85015, 6270)},
    ("civil-service-2023", "disability", "G6/G7"): {"Disabled": (6990, 395), "Not disabled": (53210, 2995)},
    ("civil-service-2023", "disability", "SCS level"): {"Disabled": (615, 50), "Not disabled": (5545, 440)},
    ("civil-service-2023", "disability", "SEO/HEO"): {"Disabled": (16560, 935), "Not disabled": (99990, 5930)},
    ("civil-service-2023", "disability", "Grade not recorded"): {"Disabled": (4645, 350), "Not disabled": (16265, 1180)},
    ("dwp-2014", "sex", "Staff given a mark"): {
        "Female": (13786 + 45715 + 3962, 3962), "Male": (5371 + 20110 + 3006, 3006),
    },
    ("dwp-2014", "ethnicity", "Staff given a mark"): {
        "White": (13781 + 45236 + 4550, 4550), "Ethnic minority": (1414 + 5998 + 777, 777),
        "Not recorded": (91950 - 71756, 6968 - 4550 - 777),
    },
    ("dwp-2014", "disability", "Staff given a mark"): {
        "Not disabled": (15589 + 52949 + 5322, 5322), "Disabled": (801 + 3965 + 649, 649),
        "Not recorded": (91950 - 79275, 6968 - 5322 - 649),
    },
    ("dwp-2014", "age", "Staff given a mark"): {
        "16-24": (192 + 585 + 80, 80), "25-29": (1088 + 2558 + 239, 239), "30-34": (1855 + 5015 + 461, 461),
        "35-39": (2154 + 6109 + 528, 528), "40-44": (3198 + 8813 + 715, 715), "45-49": (4302 + 12692 + 1113, 1113),
        "50-54": (3682 + 13557 + 1339, 1339), "55-59": (2116 + 10565 + 1315, 1315),
        "60-64": (490 + 4784 + 869, 869), "65+": (80 + 1147 + 309, 309),
    },
    ("meacham", "age", "Laid off"): {"40 and over": (30, 30), "Under 40": (1, 1)},
    ("ricci", "Black and White candidates", "Captain exam"): {"Black": (8, 5), "White": (25, 9)},
    ("ricci", "Black and White candidates", "Lieutenant exam"): {"Black": (19, 13), "White": (43, 18)},
    ("ricci", "Hispanic and White candidates", "Captain exam"): {"Hispanic": (8, 5), "White": (25, 9)},
    ("ricci", "Hispanic and White candidates", "Lieutenant exam"): {"Hispanic": (15, 12), "White": (43, 18)},
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (REAL / name / "counts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("key", PUBLISHED, ids=" / ".join)
def test_counts_are_the_published_ones(key: tuple[str, str, str]) -> None:
    name, characteristic, pool = key
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in rows(name):
        if row["characteristic"] == characteristic and pool in (row["pool"], "the department"):
            found[row["group"]].append((int(row["people"]), row["selected"]))
    for group, (people, selected) in PUBLISHED[key].items():
        assert sum(count for count, _ in found[group]) == people
        assert {text for _, text in found[group]} == {"" if selected is None else str(selected)}
    assert set(found) - set(PUBLISHED[key]) <= UNKNOWN


@pytest.mark.parametrize("name", CASES)
def test_every_characteristic_counts_the_same_people_in_every_pool(name: str) -> None:
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    selected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(name):
        people[row["pool"]][row["characteristic"]] += int(row["people"])
        selected[row["pool"]][row["characteristic"]] += int(row["selected"] or 0)
        assert int(row["selected"] or 0) <= int(row["people"])
    for pool in people:
        assert len(set(people[pool].values())) == 1
        assert len(set(selected[pool].values())) == 1


@pytest.mark.parametrize("name", CASES)
def test_no_row_is_there_twice_and_people_outside_pools_are_not_selected(name: str) -> None:
    keys = [(row["characteristic"], row["group"], row["pool"]) for row in rows(name)]
    assert len(set(keys)) == len(keys)
    assert all(row["pool"] or row["selected"] in ("", "0") for row in rows(name))


@pytest.mark.parametrize("name", CASES)
def test_case_file_is_read_and_its_pools_and_files_are_there(name: str) -> None:
    case = read_case(REAL / name / "case.toml")
    assert case.files.counts == "counts.csv"
    pools = {row["pool"] for row in rows(name)}
    for pool, numbers in case.pools.items():
        assert pool in pools
        first = rows(name)[0]["characteristic"]
        people = sum(int(row["people"]) for row in rows(name) if (row["characteristic"], row["pool"]) == (first, pool))
        assert numbers.to_go is not None
        assert numbers.to_go <= people


def test_shares_of_the_workforce_add_to_one() -> None:
    with (REAL / "meacham" / "workforce.csv").open(encoding="utf-8", newline="") as file:
        shares = {row["group"]: float(row["share"]) for row in csv.DictReader(file)}
    assert shares == {"40 and over": 0.6, "Under 40": 0.4}
    assert read_case(REAL / "meacham" / "case.toml").files.whole_workforce == "workforce.csv"
