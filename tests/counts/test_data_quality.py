"""What a table of counts is worth: whom each characteristic counts, how exactly, and against the headcount stated."""

from __future__ import annotations

from made import assessed_counts, case, counted, figures

from eia.counts.data_quality import CountsQuality, counts_quality
from eia.counts.from_count_table import from_count_table
from eia.present.documents.annex import annex as document
from eia.present.documents.model import Bullets, Table
from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words

HEAD = "characteristic,group,pool,people\n"


def of(rows: str, headcount: int | None = None) -> CountsQuality:
    choices = case(employer={"headcount": headcount})
    return counts_quality(from_count_table(counted(f"{HEAD}{rows}".encode(), choices), choices), choices)


def test_people_are_counted_by_every_characteristic_answered_or_not() -> None:
    (sex,) = of("Sex,F,A,8\nSex,M,A,5\nSex,Not recorded,A,2\nSex,Prefer not to say,,1\nSex,F,,4\n").each
    assert (sex.people, sex.in_pools) == ((20, 20), (15, 15))
    assert (sex.declined, sex.not_recorded) == ((1, 1), (2, 2))
    assert (sex.counts, sex.ranges, sex.widest) == (5, 0, None)


def test_a_total_is_known_though_its_parts_are_ranges() -> None:
    (race,) = of("Ethnicity,White,A,148\nEthnicity,BME,A,*\nEthnicity,Unknown,A,*\nEthnicity,Total,A,160\n").each
    assert race.people == (160, 160)
    assert (race.ranges, race.counts, race.widest) == (2, 3, (0, 12))


def test_characteristics_that_cannot_be_of_the_same_people_are_said() -> None:
    found = of("Sex,F,A,8\nSex,M,A,5\nDisability,Yes,A,3\nDisability,No,A,<5\n")
    assert not found.agree
    assert [one.people for one in found.each] == [(13, 13), (3, 7)]
    assert figures(counts_quality_words(found)[0]) == ["13", "3", "7"]


def test_ranges_that_may_be_of_the_same_people_agree() -> None:
    assert of("Sex,F,A,3\nSex,M,A,2\nDisability,Yes,A,3\nDisability,No,A,<5\n").agree


def test_the_headcount_stated_is_compared_with_the_most_and_the_least() -> None:
    rows = "Sex,F,A,8\nSex,M,A,<5\n"
    apart = {stated: of(rows, stated).apart(of(rows).each[0]) for stated in (None, 7, 8, 12, 15)}
    assert apart == {None: 0, 7: -1, 8: 0, 12: 0, 15: 3}
    assert figures(counts_quality_words(of(rows, 15))[1])[-2:] == ["15", "3"]
    assert len({counts_quality_words(of(rows, stated))[1] for stated in (None, 12, 15)}) == 3


def test_exact_counts_are_said_to_be_exact() -> None:
    assert counts_quality_words(of("Sex,F,A,8\nSex,M,A,5\n"))[-1] == "Every count is exact."


def test_the_report_shows_it_for_a_table_of_counts() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,8\nSex,M,A,<5\n".encode())
    blocks = document(assessment).blocks
    shown = counts_quality_table(counts_quality(assessment.cube, assessment.case))
    assert any(isinstance(block, Table) and block.rows == shown.rows for block in blocks)
    assert any(isinstance(block, Bullets) and "ranges only" in " ".join(block.items) for block in blocks)
