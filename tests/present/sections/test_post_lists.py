"""The section on the two lists says what goes and comes, in whole numbers that agree with its tables, and nothing where there are none."""

from __future__ import annotations

import re

import pytest
from made import QUICK, assessed, pools, run, table, write

from eia.findings.assessment import Assessment, assess
from eia.findings.headlines import asks, leading_holders
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.intake.examples import examples
from eia.intake.extras.post_lists import load_post_lists
from eia.intake.files.raw_table import read_table
from eia.present.documents.draft_eia import document
from eia.present.documents.model import Bullets, Heading, Paragraph, Table
from eia.present.sections.checklist import questions
from eia.present.sections.post_lists import HEADING, differences_table, posts_section, posts_told
from eia.present.text.narrative import questions_to_ask, statements

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
    structure = load_post_lists(read_table(lists, name="posts.csv"), QUICK)
    return assess(read_workforce(people or staff(), QUICK, name="staff.csv"), QUICK, structure=structure)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return made()


def test_without_lists_there_is_no_section() -> None:
    plain = assessed(pools(A=(2, 5, 1, 5)), QUICK)
    assert tuple(posts_section(plain)) == ()
    assert not any(block.text == HEADING for block in document(plain).blocks if isinstance(block, Heading))


def test_the_sentences_say_what_was_counted(assessment: Assessment) -> None:
    said = " ".join(posts_told(assessment.restructure))
    for words in (
        "22 posts now and 19 proposed: 5 go and 2 come.", "0 of 19 (0.0%) proposed posts", "6 of 22 (27.3%) work part-time",
        "In 1 of 1 ring-fence there are more people than posts kept for them: 5 must be displaced whoever is chosen",
        "12 of the 22 posts of now are in a pool", "22 people of the workforce file hold a post of the list",
        "No row of the lists differs from it.",
    ):  # fmt: skip
        assert words in said


def test_the_section_stands_in_the_report_with_its_tables(assessment: Assessment) -> None:
    titles = [block.title for block in document(assessment).blocks if isinstance(block, Table)]
    assert {"Posts lost and gained", "People and posts in each ring-fence", "Who holds the posts that go"} <= set(
        titles
    )
    changes = next(block for block in posts_section(assessment) if isinstance(block, Table))
    assert changes.rows[0] == ("Not given", "22", "5", "2", "19", "22.0", "19.0") or changes.rows[0][1:5] == (
        "22",
        "5",
        "2",
        "19",
    )


def test_who_holds_the_posts_that_go_stands_under_which_jobs_are_in_play(assessment: Assessment) -> None:
    assert [holding.group.label for holding in leading_holders(assessment)] == ["Female", "Part-time"]
    told = statements(assessment, "scope")
    assert any(
        text.startswith("Women hold 50.0% of all posts of the list, by people, and 83.3% of those") for text in told
    )
    assert not any("of the list" in text for text in statements(assessment, "selection"))


def test_the_employer_is_asked_why_so_few_new_posts_are_open_part_time(assessment: Assessment) -> None:
    assert "few new open part-time" in [ask.key for ask in asks(assessment)]
    assert any("Of 2 posts that would be new, 0 are open part-time" in text for text in questions_to_ask(assessment))
    listed = next(block for block in questions(assessment) if isinstance(block, Bullets))
    assert any("open part-time and as job shares" in item and "0 of 19 (0.0%)" in item for item in listed.items)


def test_nothing_is_asked_where_as_many_are_open_as_work_part_time() -> None:
    keys = [ask.key for ask in asks(made(lists=LISTS.replace(b",no,", b",yes,")))]
    assert not {"few new open part-time", "few open part-time"} & set(keys)


def test_a_difference_is_named_by_file_and_row() -> None:
    ((what, where, people),) = differences_table(made(people=staff("Drivers")).restructure).rows
    assert "In no pool by the list" in what
    assert (where, people) == ("posts.csv, row 3", "10")


def test_the_record_gives_the_lists_back(assessment: Assessment) -> None:
    again = from_json(to_json(assessment))
    assert again.restructure == assessment.restructure
    assert tuple(posts_section(again)) == tuple(posts_section(assessment))


def test_the_words_promise_nothing(assessment: Assessment) -> None:
    words = " ".join(block.text for block in posts_section(assessment) if isinstance(block, Paragraph))
    assert not re.search(r"lawful|complian|no impact|prove", words)


def test_the_command_line_takes_the_lists_and_says_how_they_were_read(tmp_path) -> None:
    people, lists = write(tmp_path, "staff.csv", staff("Drivers")), write(tmp_path, "posts.csv", LISTS)
    checked = run("check", people, "--posts", lists, "--save", tmp_path / "case.toml")
    assert "“Ring-fence” is read as ring fence" in checked.out
    assert "(posts.csv, row 3;" in " ".join(checked.out.split())
    assert 'posts = "posts.csv"' in (tmp_path / "case.toml").read_text()
    answered = run("assess", people, "--posts", lists, "--out", tmp_path / "report")
    assert HEADING in answered.out
    assert run("assess", tmp_path / "case.toml", "--out", tmp_path / "again").out.count(HEADING) == 1


def test_the_council_has_lists_that_fit_its_files() -> None:
    reply = " ".join(run("check", examples()["riverbank"]).out.split())
    assert "2,603 posts now and 2,409 proposed: 218 go and 24 come." in reply
    assert "218 must be displaced whoever is chosen" in reply
    assert "No row of the lists differs from it." in reply
