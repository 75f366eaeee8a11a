"""The table of what representatives ask: every row says how far it is answered, every place it names is there, and what it says is seen
is what its command shows."""

from __future__ import annotations

import html
import re
import shlex
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import typer
from made import run

from eia import cli
from eia.dashboard.site import PAGES
from eia.law.lookup import rules

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/guide/questions-asked.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if re.match(r"\| \d", line)
]
SEEN = [row for row in ROWS if row[4] != "–"]
COMMANDS = typer.main.get_command(cli.app)
RIVERBANK, SALTMARSH = (f"eia assess datasets/{name}/case.toml" for name in ("riverbank", "saltmarsh"))


@cache
def shown(command: str) -> str:
    """What a command prints and writes, as plain words. What is written and printed of Riverbank is what other tests write again."""
    if command == RIVERBANK:
        pages = [*sorted((ROOT / "reports/example/confidential").glob("*.md")), ROOT / "tests/snapshots/eia-assess.txt"]
        return "\n".join(page.read_text(encoding="utf-8") for page in pages)
    _, name, case = shlex.split(command)
    with TemporaryDirectory() as out:
        reply = run(name, ROOT / case, *(() if name == "priority" else ("--out", out)))
        assert (reply.code, reply.err) == (0, "")
        written = [
            path.read_text(encoding="utf-8") for path in Path(out).rglob("*.*") if path.suffix in (".md", ".html")
        ]
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", " ".join(written), flags=re.DOTALL)
    return reply.out + html.unescape(text)


def words(text: str) -> str:
    """Text with one blank between words, and nothing that only marks it up."""
    return " ".join(text.replace("**", "").replace("\\", "").split())


def headings() -> set[str]:
    """The headings of what is written of both."""
    text = shown(RIVERBANK) + shown(SALTMARSH)
    return set(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def test_rows_are_numbered_without_a_gap() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_answer_says_how_far_and_where(row: list[str]) -> None:
    _, question, answer, where, command, seen = row
    assert question
    assert re.match(r"(Yes|In part|No|Not yet)\b", answer)
    assert (where == "–") == answer.startswith("No.")
    assert (command == "–") == (seen == "–") == (where == "–")


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_place_named_is_there(row: list[str]) -> None:
    where = row[3]
    for command, key in re.findall(r"`eia (\w+) ?(\w*)", where):
        assert command in COMMANDS.commands
        assert not key or (command == "law" and key in rules())
    assert set(re.findall("“(.+?)”", where)) <= headings()
    assert set(re.findall(r"\*(.+?)\*", where)) <= {title for title, _ in PAGES.values()}


@pytest.mark.parametrize("row", SEEN, ids=lambda row: row[0])
def test_what_was_seen_is_what_the_command_shows(row: list[str]) -> None:
    command, seen = row[4].strip("`"), row[5]
    assert re.fullmatch("“.+”", seen)
    assert words(seen[1:-1]).rstrip(".") in words(shown(command))
