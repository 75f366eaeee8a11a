"""Takes the names of invented examples (all of them, unless named); gives their committed files, written again."""

from __future__ import annotations

import sys
from pathlib import Path

from . import millbrook, riverbank, saltmarsh
from .tables import csv_text


def texts() -> dict[str, str]:
    """Every generated file by its path under datasets/, with its text."""
    council = riverbank.make(riverbank.COMMITTED_SEED, planted=True)
    college = millbrook.make(millbrook.COMMITTED_SEED)
    agency = saltmarsh.make(saltmarsh.COMMITTED_SEED)
    return {
        "riverbank/workforce.csv": csv_text(council.workforce),
        "riverbank/selections.csv": csv_text(council.selections),
        "riverbank/scores.csv": csv_text(council.scores),
        "riverbank/absences.csv": csv_text(council.absences),
        "riverbank/leave.csv": csv_text(council.leave),
        "riverbank/posts.csv": csv_text(council.posts),
        "riverbank/vacancies.csv": csv_text(council.vacancies),
        "riverbank/case.toml": riverbank.case_text(council),
        "millbrook/workforce.csv": csv_text(college.workforce),
        "millbrook/selections.csv": csv_text(college.selections),
        "saltmarsh/workforce.csv": csv_text(agency.workforce),
        "saltmarsh/selections.csv": csv_text(agency.selections),
        "saltmarsh/absences.csv": csv_text(agency.absences),
        "saltmarsh/other-work.csv": csv_text(agency.other_work),
        "saltmarsh/new-posts.csv": csv_text(agency.new_posts),
    }


def write(folder: Path, examples: list[str]) -> None:
    """Write the generated files of these examples under the folder."""
    for name, text in texts().items():
        path = folder / name
        if path.parent.name in examples:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    write(Path(__file__).parents[1], sys.argv[1:] or ["riverbank", "millbrook", "saltmarsh"])
