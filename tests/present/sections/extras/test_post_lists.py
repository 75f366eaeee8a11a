"""The section on the two lists says what goes and comes, in whole numbers that agree with its tables, and nothing where there are none."""

from __future__ import annotations

import re

import pytest
from made import QUICK, assessed, figures, pools, run, table, write

from eia.case import read_case
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.headlines import asks, leading_holders
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.examples import examples
from eia.intake.extras.post_lists import load_post_lists
from eia.intake.files.raw_table import open_table
from eia.present.documents.annex import annex, annex_tables
from eia.present.documents.model import Bullets, Heading, Paragraph, Table
from eia.present.sections.checklist import questions
from eia.present.sections.extras.five_questions import five_questions
from eia.present.sections.extras.post_lists import (
    _DIFFERENCES,
    HEADING,
    differences_table,
    holders_told,
    open_to_part_time,
    posts_section,
    posts_told,
)
from eia.present.text.narrative import statements
from eia.process.restructure import restructure

LISTS = table(
    [
        ["now", "Clerk", "12", "Clerks", "Clerks", "", "1"], ["now", "Driver", "10", "", "", "", "1"],
        ["proposed", "Clerk", "7", "", "Clerks", "no", "1"], ["proposed", "Driver", "10", "", "", "no", "1"],
        ["proposed", "Analyst", "2", "", "", "no", "1"],
    ],
    ["List", "Post", "Posts", "Pool", "Ring-fence", "Open part-time", "FTE"],
)  # fmt: skip


def staff(driver_pool: str = "") -> bytes:
    clerks = [
        [
            "Clerk",
            "F" if n < 10 else "M",
            "Part-time" if n < 6 else "Full-time",
            "Clerks",
            "selected" if n < 5 else "retained",
        ]
        for n in range(12)
    ]
    drivers = [
        ["Driver", "M" if n < 9 else "F", "Full-time", driver_pool, "retained" if driver_pool else ""]
        for n in range(10)
    ]
    return table([*clerks, *drivers], ["post", "sex", "working pattern", "pool", "outcome"])


def made(people: bytes | None = None, lists: bytes = LISTS) -> Assessment:
    structure = load_post_lists(open_table(lists, name="posts.csv"), QUICK)
    return assess(read_workforce(people or staff(), QUICK, name="staff.csv"), QUICK, posts=structure)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return made()


def test_without_lists_there_is_no_section() -> None:
    plain = assessed(pools(A=(2, 5, 1, 5)), QUICK)
    assert tuple(posts_section(plain)) == ()
    assert not any(block.text == HEADING for block in annex(plain).blocks if isinstance(block, Heading))


def test_the_sentences_say_what_was_counted(assessment: Assessment) -> None:
    total, part_time, fences, in_pools, joined = posts_told(assessment.restructure)
    assert figures(total) == ["22", "19", "5", "2", "22.0", "19.0"]  # now, proposed, go, come; full-time equivalents
    assert figures(part_time) == ["0", "19", "0.0", "0", "2", "0.0", "6", "22", "27.3"] or figures(part_time)[:3] == [
        "0",
        "19",
        "0.0",
    ]
    assert figures(part_time)[-3:] == ["6", "22", "27.3"]
    assert figures(fences)[:3] == ["1", "1", "5"]  # in one of one, five must be displaced
    assert figures(in_pools) == ["12", "22"]
    assert figures(joined) == ["22"]
    assert assessment.restructure.differences == ()


def test_the_section_stands_in_the_report_with_its_tables(assessment: Assessment) -> None:
    section = posts_section(assessment)
    changes, *others = [block for block in section if isinstance(block, Table)]
    assert len(others) == 2  # ring-fences, and who holds the posts that go
    assert {changes, *others} <= set(annex_tables(assessment))
    assert changes in annex(assessment).blocks
    assert changes.rows[0] == ("Not given", "22", "5", "2", "19", "22.0", "19.0") or changes.rows[0][1:5] == (
        "22",
        "5",
        "2",
        "19",
    )


def test_who_holds_the_posts_that_go_stands_under_which_jobs_are_in_play(assessment: Assessment) -> None:
    assert [holding.group.label for holding in leading_holders(assessment)] == ["Female", "Part-time"]
    first = holders_told(assessment)[0]
    assert figures(first)[:2] == ["50.0", "83.3"]  # of all posts, and of those that go
    assert first in statements(assessment, "scope")
    assert first not in statements(assessment, "selection")


def test_the_employer_is_asked_why_so_few_new_posts_are_open_part_time(assessment: Assessment) -> None:
    (ask,) = [ask for ask in asks(assessment) if ask.key == "few new open part-time"]
    assert (ask.number, ask.of) == (0, 2)
    assert any(figures(text)[:2] == ["2", "0"] for text in five_questions(assessment))
    listed = next(block for block in questions(assessment) if isinstance(block, Bullets))
    assert any(open_to_part_time(assessment.restructure).removesuffix(".") in item for item in listed.items)


def test_nothing_is_asked_where_as_many_are_open_as_work_part_time() -> None:
    keys = [ask.key for ask in asks(made(lists=LISTS.replace(b",no,", b",yes,")))]
    assert not {"few new open part-time", "few open part-time"} & set(keys)


@pytest.mark.parametrize(("open_", "asked"), [(2, True), (3, False), (4, False)])
def test_the_same_share_of_new_posts_open_as_of_people_who_work_part_time_is_not_few(open_: int, asked: bool) -> None:
    new = f"proposed,Analyst,{open_},,,yes,1\nproposed,Planner,{11 - open_},,,no,1\n".encode()
    assessment = made(lists=LISTS.replace(b"proposed,Analyst,2,,,no,1\n", new))
    of_people, of_new = assessment.restructure.part_time, assessment.restructure.new_open_part_time
    assert (of_people.number, of_people.of) == (6, 22)  # 3 of 11, as of the new posts where three are open
    assert (of_new.number, of_new.of) == (open_, 11)
    assert ("few new open part-time" in [ask.key for ask in asks(assessment)]) is asked


def test_a_difference_is_named_by_file_and_row() -> None:
    ((what, where, people),) = differences_table(made(people=staff("Drivers")).restructure).rows
    assert what == _DIFFERENCES["no pool in the list"]
    assert (where, people) == ("posts.csv, row 3", "10")


def test_the_record_gives_the_lists_back(assessment: Assessment) -> None:
    again = from_json(to_json(assessment))
    assert again.restructure == assessment.restructure
    assert tuple(posts_section(again)) == tuple(posts_section(assessment))


def test_the_words_promise_nothing(assessment: Assessment) -> None:
    words = " ".join(block.text for block in posts_section(assessment) if isinstance(block, Paragraph))
    assert not re.search(r"lawful|complian|no impact|prove", words)


@pytest.mark.slow
def test_the_command_line_takes_the_lists_and_says_how_they_were_read(tmp_path) -> None:
    people, lists = write(tmp_path, "staff.csv", staff("Drivers")), write(tmp_path, "posts.csv", LISTS)
    checked = run("check", people, "--posts", lists, "--save", tmp_path / "case.toml")
    assert "“Ring-fence”" in checked.out
    assert "(posts.csv, row 3;" in " ".join(checked.out.split())
    assert 'posts = "posts.csv"' in (tmp_path / "case.toml").read_text()
    answered = run("assess", people, "--posts", lists, "--out", tmp_path / "report")
    assert HEADING in answered.out
    assert run("assess", tmp_path / "case.toml", "--out", tmp_path / "again").out.count(HEADING) == 1


def test_the_council_has_lists_that_fit_its_files() -> None:
    choices = read_case(examples()["riverbank"])
    evidence = read_evidence(choices, folder=examples()["riverbank"].parent)
    found = restructure(evidence.structure, evidence.main, choices)
    assert (found.total.now, found.total.proposed, found.total.lost, found.total.gained) == (2603, 2302, 325, 24)
    assert sum(fence.displaced for fence in found.ring_fences) == 325
    assert found.differences == ()
