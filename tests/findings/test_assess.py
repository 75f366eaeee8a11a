"""The front door: whatever is given, and however the case is, the same findings come out, or one error that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from made import CANARY, WHEN, case, counted, everything_said, pools, staff

import eia
from eia.errors import EiaError
from eia.findings.record import to_json
from eia.intake.examples import examples

MILLBROOK = examples()["millbrook"].parent
PEOPLE = [
    {"reference": f"P{n}", "sex": "Female" if n % 2 else "Male", "disability": ("Yes", "No", "")[n % 3], "age": str(20 + n), "pool": "AB"[n % 7 > 3]}
    for n in range(40)
]  # fmt: skip
CHOSEN = [{"reference": f"P{n}", "outcome": "selected" if n % 4 == 0 else "retained"} for n in range(40)]
QUICK = {"analysis": {"draws": 999}}


def frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def told(assessment: eia.Assessment) -> pd.DataFrame:
    return assessment.findings_frame()


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    return told(eia.assess(staff(PEOPLE), selections=staff(CHOSEN), **QUICK))


def test_the_face_is_what_the_design_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("workforce.csv", "selections.csv", "case.toml"):
        shutil.copy(MILLBROOK / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    case, sel = eia.read_case("case.toml"), "selections.csv"
    df = eia.read_table("workforce.csv")
    a = eia.assess(df, case, selections=sel)
    assert "Millbrook" in repr(a)
    assert "Who is selected within each pool?" in a.summary()
    assert a.findings_frame("selection").index.names == ["question", "characteristic", "group"]
    assert a.counts_frame()["low"].sum() > 0
    assert a.by_group("disability").loc["Disabled", "people"] == 44
    assert a.finding("selection", "disability", "Disabled").summary().count("disabled people") >= 1
    assert a.plot("selection").data
    assert a.report("out/").pages["draft"].exists()


def test_a_frame_gives_the_findings_of_its_file() -> None:
    by_frame = eia.assess(eia.read_table(MILLBROOK / "workforce.csv"), MILLBROOK / "case.toml", when=WHEN, **QUICK)
    by_file = eia.assess(MILLBROOK / "case.toml", when=WHEN, **QUICK)
    pd.testing.assert_frame_equal(told(by_frame), told(by_file))


@pytest.mark.parametrize(
    "change",
    [
        lambda df: df.sample(frac=1, random_state=3),
        lambda df: df.set_index(pd.Index(range(100, 140))),
        lambda df: df.set_index(pd.Index(["same"] * 40)),
        lambda df: df.set_index("age", drop=False),
        lambda df: df[df.columns[::-1]],
        lambda df: df.astype({"age": "int64"}),
        lambda df: df.astype({"age": "float64"}),
        lambda df: df.astype(object).assign(age=[int(row["age"]) if n % 2 else row["age"] for n, row in enumerate(PEOPLE)]),
        lambda df: df.astype({name: pd.ArrowDtype(pa.string()) for name in df}),
        lambda df: df.astype("string"),
        lambda df: df.astype("category").assign(sex=pd.Categorical(df["sex"], categories=["Nobody", "Male", "Female"])),
        lambda df: df.assign(disability=df["disability"].replace("", None)),
        pl.from_pandas,
        lambda df: pa.Table.from_pandas(df, preserve_index=False),
    ],
    ids=["shuffled", "another index", "an index of one label", "a column as index", "columns turned round", "whole numbers", "floats", "mixed",
         "arrow", "string", "categories nobody is in", "missing", "polars", "pyarrow"],
)  # fmt: skip
def test_the_same_people_in_another_frame_give_the_same_findings(change, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(told(eia.assess(change(frame(PEOPLE)), selections=frame(CHOSEN), **QUICK)), expected)


def test_words_that_pandas_may_have_lost_are_said_with_every_figure_and_how_to_keep_them() -> None:
    lost = frame(PEOPLE).assign(disability=[row["disability"] or None for row in PEOPLE])
    assessment = eia.assess(lost, selections=frame(CHOSEN), **QUICK)
    note = assessment.findings_frame().attrs["notes"][0]
    assert note.startswith("13 cells in 1 column of the data frame have no value.")
    assert "eia.read_table" in note
    said = " ".join(assessment.summary().split())
    assert said.index("13 cells in 1 column") < said.index("Which jobs are at risk?")
    assert "13 cells in 1 column" in assessment._repr_html_()
    kept = eia.assess(frame(PEOPLE), selections=frame(CHOSEN), **QUICK)
    assert not any("have no value" in said for said in kept.findings_frame().attrs["notes"])


def test_the_frame_given_is_never_changed() -> None:
    given, before = frame(PEOPLE), frame(PEOPLE)
    given.attrs["mine"] = before.attrs["mine"] = True
    eia.assess(given, selections=frame(CHOSEN), **QUICK)
    pd.testing.assert_frame_equal(given, before)
    assert given.attrs == before.attrs


def test_two_columns_of_one_name_are_one_clear_error_where_they_differ_and_a_question_where_they_say_the_same() -> None:
    people = frame(PEOPLE)
    other = people[["sex"]].replace({"F": "M", "M": "F", "Female": "Male", "Male": "Female"})
    with pytest.raises(EiaError) as refused:
        eia.assess(pd.concat([people, other], axis=1), **QUICK)
    assert [fault.code for fault in refused.value.faults] == ["two-headers"]
    same = eia.assess(pd.concat([people, people[["sex"]]], axis=1), **QUICK)
    assert [(asked.kind, asked.about) for asked in same.evidence.intake.questions] == [("twice", "Sex")]


def test_what_is_no_file_and_no_frame_is_refused() -> None:
    for given in (3, object(), ["sex"], {"sex": ["F"]}):
        with pytest.raises(EiaError):
            eia.assess(given)


@pytest.mark.parametrize("kind", ["path", "text of a path", "bytes", "frame", "read already"])
def test_every_form_of_a_file_is_taken(kind: str, tmp_path: Path, expected: pd.DataFrame) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(staff(PEOPLE))
    forms = {"path": path, "text of a path": str(path), "bytes": staff(PEOPLE), "frame": frame(PEOPLE)}
    if kind == "read already":
        people = eia.read_workforce(path, case(**QUICK), selections=staff(CHOSEN))
        assert told(eia.assess(people, **QUICK)).equals(expected)
    else:
        assert told(eia.assess(forms[kind], selections=staff(CHOSEN), **QUICK)).equals(expected)


def test_a_case_may_be_a_case_a_path_a_mapping_or_keywords(tmp_path: Path) -> None:
    choices = {"title": "Clerks", "pools": {"A": {"to_go": 2}}}
    eia.write_case(case(**choices), tmp_path / "case.toml")
    data = pools(A=(1, 4, 1, 4))
    made = [eia.assess(data, case(**choices)), eia.assess(data, tmp_path / "case.toml"), eia.assess(data, str(tmp_path / "case.toml")),
            eia.assess(data, choices), eia.assess(data, **choices), eia.assess(data, case(title="Other"), **choices)]  # fmt: skip
    assert len({assessment.run.case_hash for assessment in made}) == 1


def test_a_case_file_alone_stands_for_the_files_it_names() -> None:
    assert eia.assess(str(MILLBROOK / "case.toml"), **QUICK).evidence.people == 310
    assert eia.assess(case=MILLBROOK / "case.toml", **QUICK).evidence.people == 310


def test_a_file_without_a_case_gives_it_its_name(tmp_path: Path) -> None:
    (tmp_path / "Finance review.csv").write_bytes(pools(A=(1, 4, 1, 4)))
    assert eia.assess(tmp_path / "Finance review.csv").case.title == "Finance review"


def test_unknown_choices_are_refused_together_with_the_nearest_name() -> None:
    with pytest.raises(EiaError) as refused:
        eia.assess(pools(A=(1, 4, 1, 4)), selection=b"", titel="Clerks", matters=3)
    assert [fault.code for fault in refused.value.faults] == ["case-unknown-key"] * 3
    assert [near for near in ("“selections”", "“title”") if near not in str(refused.value)] == []


def test_a_choice_that_is_not_allowed_is_refused_as_in_a_case_file() -> None:
    with pytest.raises(EiaError) as refused:
        eia.assess(pools(A=(1, 4, 1, 4)), analysis={"matters": 0.5, "drows": 1})
    assert {fault.code for fault in refused.value.faults} == {"case-value", "case-unknown-key"}


def test_two_cases_are_refused() -> None:
    with pytest.raises(EiaError, match="Two cases"):
        eia.assess(MILLBROOK / "case.toml", case())


def test_what_was_read_already_takes_no_further_files_of_people() -> None:
    people = eia.read_workforce(staff(PEOPLE), selections=staff(CHOSEN))
    for given in ({"selections": staff(CHOSEN)}, {"scores": b""}, {"later": [b""]}, {"redeployment": {"leave": b""}}):
        with pytest.raises(EiaError) as refused:
            eia.assess(people, **given)
        assert refused.value.faults[0].code == "read-already"


def test_the_whole_workforce_may_be_a_frame_or_read_already() -> None:
    shares = "characteristic,group,share\nsex,Female,0.4\nsex,Male,0.6\n"
    data = pools(A=(3, 8, 1, 8))
    given = [
        shares.encode(),
        counted(shares.encode()),
        pd.DataFrame([line.split(",") for line in shares.split()[1:]], columns=shares.split()[0].split(",")),
    ]
    excess = {eia.assess(data, whole_workforce=one, **QUICK).finding("scope", "sex", "Female").excess for one in given}
    assert len(excess) == 1


def test_a_table_of_counts_may_be_a_frame() -> None:
    text = "characteristic,group,pool,people,selected\nsex,F,A,50,22\nsex,M,A,50,12\n"
    rows = [line.split(",") for line in text.split()]
    by_frame = eia.assess(pd.DataFrame(rows[1:], columns=rows[0]))
    assert told(by_frame).equals(told(eia.assess(text.encode())))
    with pytest.raises(EiaError, match="nobody to join"):
        eia.assess(text.encode(), selections=b"reference,outcome\n1,selected\n")


def test_later_files_and_when_are_passed_on() -> None:
    later = staff([{"reference": "P0", "outcome": "retained"}])
    by = eia.assess(staff(PEOPLE), selections=staff(CHOSEN), later=[later], when=WHEN, **QUICK)
    assert by.run.when == WHEN
    assert dict(by.evidence.outcomes)["selected"] == 9
    assert to_json(by)


def test_an_error_about_a_frame_quotes_nobody() -> None:
    odd = frame(PEOPLE).assign(age=[CANARY, *["30"] * 39])
    with pytest.raises(EiaError) as refused:
        eia.assess(odd, selections=frame(CHOSEN), **QUICK)
    assert CANARY not in everything_said(refused.value)


def test_a_day_of_birth_in_greenwich_time_is_the_day_that_it_was_in_london() -> None:
    """23:00 in Greenwich is the next day in summer time."""
    born = pd.to_datetime(["1981-05-01"] * 40)
    rows = frame([{key: value for key, value in person.items() if key != "age"} for person in PEOPLE])
    dates = {"extract": "2026-04-30"}
    assert (
        eia.assess(rows.assign(**{"date of birth": born}), dates=dates).by_group("age").loc["35 to 44", "people"] == 40
    )
    in_utc = rows.assign(**{"date of birth": born.tz_localize("Europe/London").tz_convert("UTC")})
    assert eia.assess(in_utc, dates=dates).by_group("age").loc["35 to 44", "people"] == 40


def test_the_text_of_a_file_is_no_path_and_is_not_quoted() -> None:
    for read in (eia.assess, eia.read_table):
        with pytest.raises(EiaError) as caught:
            read(f"reference,sex\nP1,{CANARY}")
        assert caught.value.faults[0].code == "text-no-path"
        assert CANARY not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"redeployment": {"vacances": frame(PEOPLE)}}, "unknown-file"),
        ({"redeployment": frame(PEOPLE)}, "unknown-file"),
        ({"later": frame(CHOSEN)}, "no-list"),
        ({"proposed_posts": frame(PEOPLE)}, "proposed-posts-alone"),
        ({"case": frame(CHOSEN)}, "no-case"),
    ],
)
def test_what_is_given_in_the_wrong_place_is_refused_and_not_passed_over(given: dict[str, object], code: str) -> None:
    with pytest.raises(EiaError) as caught:
        eia.assess(frame(PEOPLE), **given)
    assert {fault.code for fault in caught.value.faults} == {code}


def test_outcomes_that_selections_overrule_are_said() -> None:
    both = frame(PEOPLE).assign(outcome="selected")
    (said,) = [
        one for one in eia.assess(both, selections=frame(CHOSEN)).evidence.intake.recodings if one.column == "outcome"
    ]
    assert said.rows == 40
    assert "selections" in said.rule


def test_a_header_to_be_ignored_is_not_read_though_it_is_known() -> None:
    assert "disability" not in eia.assess(frame(PEOPLE), ignored=["disability"]).cube.layout.dimensions


def test_a_label_that_is_not_known_is_said_first() -> None:
    typo = frame(PEOPLE)
    typo.loc[3, "sex"] = "Femael"
    a = eia.assess(typo)
    assert "1 thing to look at first" in repr(a)
    assert a.summary().index("“sex”") < a.summary().index("Which jobs are at risk?")
