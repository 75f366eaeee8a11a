"""Whatever is done to a file at random, it is read or refused in words: nothing breaks, and no name in it is printed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from assessments import sample
from made import everything_written, run, table, write
from workbooks import xlsx

from eia.errors import EiaError
from eia.findings.record import _digest, from_json, to_json
from eia.present.documents.write_report import DOCUMENTS

NAME = "Zoe Canary"
HEADERS = ["Reference", "Name", "Sex", "Ethnicity", "Disability", "Religion", "Age", "Start Date", "FTE", "Grade", "Unit", "Pool", "Outcome"]  # fmt: skip
PEOPLE = [
    [f"P{n}", NAME, "FM"[n % 2], "White", ("Yes", "No")[n % 3 > 0], "Christian", str(20 + n), "01/02/2010", "1", "EO", ("North", "South")[n % 2], "AB"[n % 2], ("selected", "retained")[n % 4 > 0]]
    for n in range(40)
]  # fmt: skip
COUNTS = [
    ["characteristic", "group", "pool", "people", "selected"],
    *([key, group, pool, people, gone] for pool in "AB" for key, group, people, gone in (
        ("sex", "Female", "20", "9"), ("sex", "Male", "20", "2"), ("religion", NAME, "3", "1"), ("religion", "Christian", "37", "10"))),
]  # fmt: skip
CASE = f"""format = 1
title = "Review"
[dates]
extract = 2026-10-31
[files]
workforce = "staff.csv"
selections = "chosen.csv"
[pools.A]
to_go = 5
[outcomes]
"{NAME}" = "selected"
[categories.labels.sex]
"F" = "Female"
[analysis]
draws = 999
"""
HOSTILE = ["", " ", "\0", "\x1b[31m", '"', "'", ",", "\n", "\r", "=1+1", "#N/A", "-1", "1e309", "NaN", "9" * 400, "a" * 5_000, " " * 5_000, "not " * 400,
           "31/02/2026", "\u202e", "é", "[note 1]", "<5", "50%", "Total", "{", "}", "[", "]", "true", "2026-99-99", "../x", "Jane Smith", "AB123456C"]  # fmt: skip

Rows = list[list[str]]


def rows_changed(chance: random.Random, rows: Rows) -> Rows:
    """A table with a row, a column or some cells changed."""
    made = [row[:] for row in rows]
    for _ in range(chance.choice((1, 1, 2, 5))):
        row = chance.randrange(len(made))
        column = chance.randrange(min(map(len, made)) or 1) if min(map(len, made)) else 0
        match chance.randrange(7):
            case 0:
                made[row : row + 1] = []
            case 1:
                made.insert(row, made[row][:])
            case 2:
                made[row] = made[row][: chance.randrange(len(made[row]) + 1)]
            case 3:
                other = chance.randrange(min(map(len, made)) or 1)
                made = [[*each] for each in made]
                for each in made:
                    if max(column, other) < len(each):
                        each[column], each[other] = each[other], each[column]
            case 4:
                hostile = chance.choice(HOSTILE)
                made = [[hostile if at == column else cell for at, cell in enumerate(each)] for each in made]
            case _:
                if column < len(made[row]):
                    made[row][column] = chance.choice(HOSTILE)
        made = made or [[""]]
    return made


def bytes_changed(chance: random.Random, data: bytes) -> bytes:
    """Bytes with some of them changed, left out or put in."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + chance.choice((1, 1, 50, len(made)))] = b""
            case 1:
                made[at:at] = chance.choice(HOSTILE).encode()
            case 2:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                made[at:at] = made[: chance.randrange(len(made) + 1)][:500]
    return bytes(made)


def table_changed(chance: random.Random, rows: Rows) -> bytes:
    made = table((changed := rows_changed(chance, rows))[1:], changed[0])
    return bytes_changed(chance, made) if chance.random() < 0.3 else made


def value_changed(chance: random.Random, value: object) -> object:
    """A record with one of its values, at whatever depth, put in place of another kind of value."""
    strange = [None, True, -1, 1e308, 10**30, "", "x" * 1_000, [], {}, [[]], {"a": 1}, NAME]
    if isinstance(value, dict) and value and chance.random() < 0.93:
        key = chance.choice(list(value))
        return {**value, key: value_changed(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.93:
        at = chance.randrange(len(value))
        return [*value[:at], value_changed(chance, value[at]), *value[at + 1 :]]
    return chance.choice(strange)


def record_read(chance: random.Random, text: str) -> str:
    """What is said of a changed record; its hash is made to fit."""
    if chance.random() < 0.3:
        given = bytes_changed(chance, text.encode()).decode(errors="replace")
    else:
        made = value_changed(chance, json.loads(text))
        given = json.dumps({**made, "sha256": _digest(made)} if isinstance(made, dict) else made)
    try:
        from_json(given)
    except EiaError as error:
        return str(error).replace(NAME, "") if NAME in given else str(error)
    return ""


def said(chance: random.Random, number: int, folder: Path) -> Iterator[str]:
    """Change one file of five kinds, run the command line on it, or open it, and give what that says."""
    kind = number % 20
    people = [HEADERS, *PEOPLE]
    chosen = [["Reference", "Outcome"], *([row[0], row[-1]] for row in PEOPLE)]
    which = (None, *DOCUMENTS)[number // 20 % (len(DOCUMENTS) + 1)]  # all of them, or one after another
    only = ("--only", which) if which else ()
    command = ("assess", "--as-read", *only, "--out", folder / "out") if kind == 0 else ("check",)
    if kind == 1:
        file = write(folder, "counts.xlsx", bytes_changed(chance, xlsx({"Counts": rows_changed(chance, COUNTS)})) if chance.random() < 0.3 else xlsx({"Counts": rows_changed(chance, COUNTS)}))  # fmt: skip
    elif kind < 8:
        file = write(folder, "staff.csv", table_changed(chance, people))
    elif kind < 11:
        file = write(folder, "counts.csv", table_changed(chance, COUNTS))
    else:
        write(folder, "staff.csv", table(PEOPLE, HEADERS))
        write(folder, "chosen.csv", table_changed(chance, chosen) if kind < 14 else table(chosen[1:], chosen[0]))
        file = write(folder, "case.toml", CASE if kind < 14 else bytes_changed(chance, CASE.encode()))
    reply = run(command[0], file, *command[1:])
    assert reply.code in (0, 2)
    assert bool(reply.err) or reply.code == 0
    yield from (reply.out, reply.err)
    yield everything_written(folder / "out")


def attack(seeds: range, folder: Path) -> None:
    text = to_json(sample("found"))
    for number in seeds:
        chance = random.Random(number)  # noqa: S311
        here = folder / str(number)
        here.mkdir()
        told = [record_read(chance, text)] if number % 5 == 4 else said(chance, number, here)
        for one in told:
            assert NAME not in one, number
            assert "Traceback" not in one, number


@pytest.mark.slow
def test_files_changed_at_random_are_read_or_refused(tmp_path: Path) -> None:
    attack(range(60), tmp_path)


@pytest.mark.simulation
def test_many_files_changed_at_random_are_read_or_refused(tmp_path: Path) -> None:
    attack(range(1_000, 3_000), tmp_path)
