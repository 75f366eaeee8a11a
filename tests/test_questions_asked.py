"""The table of what representatives ask: every row says how far it is answered, and every place it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from eia import cli
from eia.dashboard.site import PAGES
from eia.law.lookup import rules
from eia.present.sections import leaving, papers, staying, subsequent_outcomes

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/guide/questions-asked.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if re.match(r"\| \d", line)
]
COMMANDS = typer.main.get_command(cli.app)
REPORT = (ROOT / "reports/example/report.md").read_text(encoding="utf-8")
HEADINGS = {
    *re.findall(r"^#+ (.+)$", REPORT, re.MULTILINE),
    leaving.PENSION,
    staying.OTHER_WORK,
    staying.PROTECTION,
    staying.TRANSFER,
    papers.DECISIONS,
    subsequent_outcomes.TITLE,
}


def test_rows_are_numbered_without_a_gap() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_answer_says_how_far_and_where(row: list[str]) -> None:
    _, question, answer, where, _ = row
    assert question
    assert re.match(r"(Yes|In part|No|Not yet)\b", answer)
    assert (where == "–") == answer.startswith("No.")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_place_named_is_there(row: list[str]) -> None:
    where = row[3]
    for command, key in re.findall(r"`eia (\w+) ?(\w*)", where):
        assert command in COMMANDS.commands
        assert not key or (command == "law" and key in rules())
    assert set(re.findall("“(.+?)”", where)) <= HEADINGS
    assert set(re.findall(r"\*(.+?)\*", where)) <= {title for title, _ in PAGES.values()}


@pytest.mark.parametrize("row", [row for row in ROWS if row[4].startswith("“")], ids=lambda row: row[0])
def test_what_was_seen_is_seen(row: list[str]) -> None:
    assert row[4][1:-1] in REPORT
