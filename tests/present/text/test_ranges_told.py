"""What is told where counts are ranges: the same words and tables as of exact counts, each figure from the least to the most."""

from __future__ import annotations

from made import assessed_counts

from eia.findings.assessment import Assessment
from eia.findings.headlines import asks, limits
from eia.present.charts.from_assessment import figure, waterfall
from eia.present.tables.findings_tables import exact_table, question_table, split_table
from eia.present.text.evidence import statement
from eia.present.text.narrative import answers, statements
from eia.present.text.words import adds_up

HEAD = "characteristic,group,pool,people,selected\n"
FOUND = f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\n"
GRADES = "".join(f"Grade,{grade},A,20,{gone}\n" for grade, gone in ((1, 9), (2, 6), (3, 5)))
WHOLE = f"{HEAD}Sex,F,A,40,*\nSex,M,A,20,<5\nSex,Total,A,60,22\nSex,F,B,10,0\nSex,M,B,30,<5\nSex,F,,<40,\nSex,M,,70,\n"


def of(data: str) -> Assessment:
    return assessed_counts(data.encode())


def cells(assessment: Assessment, question: str) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in question_table(assessment, question).rows}


def test_one_table_holds_exact_counts_and_ranges() -> None:
    rows = cells(of(FOUND + GRADES), "selection")
    assert list(rows) == ["Female", "Male", "1", "2", "3"]
    assert rows["Male"][:4] == ("0 to 4", "60", "0.0% to 6.7%", "93.3% to 100.0%")
    assert rows["Female"][6] == "+18.0 to +20.0"
    assert rows["1"][0] == "9"


def test_scope_and_spread_are_stated_from_the_least_to_the_most() -> None:
    assessment = of(WHOLE)
    women = cells(assessment, "scope")["Female"]
    assert women[:4] == ("50 to 89", "23.9% to 52.4%", "50", "50.0%")
    assert women[4:6] == ("23.9 to 52.4", "+7.4 to +20.6")
    assert cells(assessment, "spread")["Female"][3] == "+2.7 to +3.7"


def test_only_tables_with_ranges_say_how_these_are_to_be_read() -> None:
    said = "from the least to the most over all tables that fit"
    exact = f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,4\n"
    for data, ranges in ((FOUND, True), (FOUND + GRADES, True), (exact, False)):
        made = (question_table(of(data), "selection"), split_table(of(data)), exact_table(of(data)))
        assert {any(said in note for note in table.notes) for table in made} == {ranges}


def test_the_annex_has_the_figures_of_the_test_at_their_widest() -> None:
    women = exact_table(of(FOUND)).rows[0]
    assert women[:5] == ("Female", "1", "27.04 to infinite", "9.15 to infinite", "less than 0.001")


def test_a_disparity_that_every_table_shows_is_said_asked_about_and_counted() -> None:
    assessment = of(FOUND)
    told = statements(assessment, "selection")
    assert "about 18 to 20 more" in told[0]
    assert len(told) == 1, "two sides of one comparison are told once"
    assert (asks(assessment)[0].key, asks(assessment)[0].finding.group.label) == ("selection found", "Female")
    assert "clear gap" in dict(answers(assessment))["Who is selected within each pool?"]


def test_what_cannot_be_told_of_ranges_is_said_with_its_reason_and_is_no_difference_between_pools() -> None:
    assessment = of(WHOLE)
    assert "counts are ranges" in next(f for f in assessment.under("selection")).reasons
    assert len(statements(assessment, "selection")) == 1
    told = {limit.key: limit for limit in limits(assessment)}
    assert "to go not known" not in told
    assert "pools differ" not in told["cannot say"].reasons


def test_how_ranges_add_up_is_told_in_words_and_no_chart_pretends_to_know() -> None:
    assessment = of(WHOLE)
    women = assessment.each_group()[0]
    assert "about 7 to 16 more" in adds_up(women)
    assert waterfall(women) is None
    assert [figure(assessment, question) for question in ("scope", "spread", "selection")] == [None] * 3
    assert split_table(assessment).rows[0][3:] == ("+6.9 to +15.5", "+1.6 to +5.4", "+2.7 to +3.7", "+2.3 to +7.3")
    assert statement(women).count("whichever of the tables") == 1
