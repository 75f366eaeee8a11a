"""A case holds checked choices: what it may not say is refused in words, what it says survives writing, its hash is stable."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.case import Case, adjusters, case_text, parse_case, read_case, validated, write_case
from eia.errors import EiaError, Fault
from eia.intake.examples import examples


def faults(toml: str) -> tuple[Fault, ...]:
    with pytest.raises(EiaError) as caught:
        parse_case(toml)
    return caught.value.faults


@pytest.mark.parametrize(
    ("toml", "where"),
    [
        ('title = ""', "title"),
        (f'title = "{"x" * 201}"', "title"),
        ("title = 3", "title"),
        (f'proposal = "{"x" * 2001}"', "proposal"),
        ('[employer]\nkind = "council"', "employer.kind"),
        ('[employer]\njurisdiction = "Britain"', "employer.jurisdiction"),
        ('[dates]\nextract = "soon"', "dates.extract"),
        ("[dates]\nextract = 1899-12-31", "dates.extract"),
        ("[dates]\nproposal = 2026-01-01T09:00:00", "dates.proposal"),
        ('[files]\nworkforce = ""', "files.workforce"),
        ('[files]\nworkforce = "a.csv"\ncounts = "b.csv"', "files"),
        ('[files]\ncounts = "a.csv"\nselections = "b.csv"', "files"),
        ('[columns]\nsex = ""', "columns.sex"),
        ("[columns]\nsex = 3", "columns.sex"),
        ("[pools.A]\nto_go = -1", "pools.A.to_go"),
        ("[pools.A]\nto_go = 1.5", "pools.A.to_go"),
        ('[pools.A]\nto_go = "1"', "pools.A.to_go"),
        ("pools = 3", "pools"),
        ('[stages]\norder = ["selected", "selected"]', "stages"),
        ('[stages]\norder = ["retained", "selected"]', "stages"),
        ('[stages]\norder = ["voluntary"]', "stages"),
        ('[stages]\ncompulsory = "chosen"', "stages"),
        ('[outcomes]\nkept = "perhaps"', "the whole file"),
        ('[characteristics.Carers]\ntitle = "Carers"\ncolumn = "Carer"', "characteristics.Carers"),
        ('[characteristics.sex]\ntitle = "Sex"\ncolumn = "Sex"', "the whole file"),
        ('[characteristics.carers]\ntitle = "Carers"', "characteristics.carers.column"),
        ('[comparison.A]\nquestion = "selection"\npools = ["A"]', "comparison.A.reason"),
        ('[comparison.A]\nquestion = "selection"\nreason = ""\npools = ["A"]', "comparison.A.reason"),
        ('[comparison.A]\nquestion = "overall"\nreason = "x"\npools = ["A"]', "comparison.A.question"),
        ('[comparison.A]\nquestion = "selection"\nreason = "x"', "comparison.A"),
        ('[comparison.A]\nquestion = "scope"\nreason = "x"\npools = ["A"]', "comparison.A"),
        ("[analysis]\nquestions = []", "analysis.questions"),
        ('[analysis]\nquestions = ["overall"]', "analysis.questions.0"),
        ('[analysis]\nquestions = ["scope", "scope"]', "analysis"),
        ("[analysis]\nlevel = 0", "analysis.level"),
        ("[analysis]\nlevel = 1", "analysis.level"),
        ("[analysis]\nlevel = 0.9", "analysis"),
        ("[analysis]\nalpha = nan", "analysis.alpha"),
        ("[analysis]\nlevel = 0.97\nalpha = 0.03", "analysis"),
        ("[analysis]\nmatters = 1", "analysis.matters"),
        ("[analysis]\nmatters = 3.1", "analysis.matters"),
        ("[analysis]\nmatters = inf", "analysis.matters"),
        ("[analysis]\nmatters = nan", "analysis.matters"),
        ("[analysis]\nmatters = true", "analysis.matters"),
        ("[analysis]\nage_bands = []", "analysis.age_bands"),
        ("[analysis]\nage_bands = [30, 30]", "analysis"),
        ("[analysis]\nage_bands = [40, 30]", "analysis"),
        ("[analysis]\nage_bands = [5, 30]", "analysis"),
        ("[analysis]\ndraws = 998", "analysis.draws"),
        ("[analysis]\ndraws = 100001", "analysis.draws"),
        ("[analysis]\ndraws = 1e4", "analysis.draws"),
        ("[analysis]\nseed = -1", "analysis.seed"),
        ("[analysis]\nseed = 4294967296", "analysis.seed"),
        ('[analysis]\nadjust_for = ["age", "score"]', "analysis"),
        (f"[analysis]\nadjust_for = {['age'] * 11}", "analysis.adjust_for"),
        ('[analysis]\noverlaps_of_three = [["sex", "age"]]', "analysis.overlaps_of_three.0"),
        ('[analysis]\noverlaps_of_three = [["sex", "age", "sex"]]', "analysis"),
        ('[analysis]\noverlaps_of_three = [["sex", "age", "hair"]]', "analysis"),
        ("[publication]\nsmallest_count = 2", "publication.smallest_count"),
        (f'[texts]\nAim = "{"x" * 2001}"', "texts.Aim"),
        ('[texts]\nAim = "\\u0000"', "texts.Aim"),
        (f'[texts]\n"{"x" * 201}" = "To save"', "texts"),
        ("[texts]\nAim = 3", "texts.Aim"),
        ("[publication]\nsmallest_count = 101", "publication.smallest_count"),
        ('[response]\nfindings = ["Disabled"]', "response.findings.0"),
        ('[response]\nfindings = ["sex: Female", "sex: Female"]', "response"),
        (f"[response]\nfindings = {[f'sex: {n}' for n in range(5)]}", "response.findings"),
        ('[response]\nfindings = ["hair: Red"]', "the whole file"),
    ],
)
def test_a_choice_out_of_bounds_is_refused_by_its_name(toml: str, where: str) -> None:
    found = faults(f"format = 1\n{toml}")
    assert any(where in fault.what for fault in found)
    for fault in found:
        assert (fault.code, fault.file) == ("case-value", "case.toml")
        assert fault.allowed
        assert fault.do


@pytest.mark.parametrize(
    ("toml", "near"),
    [
        ("titel = 1", "title"),
        ("[analisys]\nlevel = 0.95", "analysis"),
        ("[analysis]\nlevle = 0.95", "level"),
        ('[employer]\njuristiction = "Wales"', "jurisdiction"),
        ("[pools.A]\ntogo = 1", "to_go"),
        ('[characteristics.carers]\ntitle = "C"\ncolumns = "C"', "column"),
        ('[files]\nwork_force = "a.csv"', "workforce"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_that_is_known(toml: str, near: str) -> None:
    found = [fault for fault in faults(f"format = 1\n{toml}") if fault.code == "case-unknown-key"]
    assert len(found) == 1
    assert f"“{near}”" in (found[0].do or "")


def test_a_key_like_none_that_is_known_is_to_be_removed() -> None:
    assert faults("format = 1\nzzz = 1")[0].do == "Remove it."


@pytest.mark.parametrize("name", ["score", "scores", "rating", "absence", "attendance", "disciplinary", "Age"])
def test_what_people_are_chosen_by_is_the_practice_under_test_and_not_to_be_allowed_for(name: str) -> None:
    (fault,) = faults(f'format = 1\n[analysis]\nadjust_for = ["age", "{name}"]')
    assert f"not to be allowed for: {name};" in (fault.allowed or "")
    assert "practice under test" in (fault.allowed or "")


def test_age_service_and_any_built_in_characteristic_may_be_allowed_for() -> None:
    assert {"age", "service", "sex", "disability", "grade"} <= set(adjusters())
    assert len(adjusters()) == len(set(adjusters()))
    for name in adjusters():
        assert parse_case(f'format = 1\n[analysis]\nadjust_for = ["{name}"]').analysis.adjust_for == (name,)


def test_all_faults_are_listed_at_once() -> None:
    found = faults('format = 1\ntitle = ""\ncolour = "red"\n[pools.A]\nto_go = -1\n[analysis]\nmatters = 0')
    assert len(found) == 4


@pytest.mark.parametrize("toml", ["", "format = 2", 'format = "1"', "format = 0", 'title = "x"'])
def test_a_format_that_is_not_known_is_refused(toml: str) -> None:
    assert [fault.code for fault in faults(toml)] == ["case-format"]


@pytest.mark.parametrize("toml", ["format = ", "format = 1\n[pools", "\0", "a,b\n1,2\n", "format = 1\nformat = 1"])
def test_what_is_no_toml_is_refused(toml: str) -> None:
    assert [fault.code for fault in faults(toml)] == ["case-not-toml"]


def test_a_file_that_cannot_be_read_as_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"format = 1\ntitle = '\xff\xfe'\n")
    codes = {"bad.toml": "case-unreadable", "": "case-unreadable", "none.toml": "no-case-file"}
    for name, code in codes.items():
        with pytest.raises(EiaError) as caught:
            read_case(tmp_path / name)
        assert [fault.code for fault in caught.value.faults] == [code]


def test_a_case_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Case().title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("name", examples())
def test_writing_an_example_again_changes_no_letter_of_it(name: str, tmp_path: Path) -> None:
    text = examples()[name].read_text(encoding="utf-8")
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    write_case(read_case(path), path)
    assert path.read_text(encoding="utf-8") == text


def test_comments_and_order_survive_a_change() -> None:
    text = '# Ours.\nformat = 1\ntitle = "Old" # for now\n\n[analysis] # as agreed\nmatters = 2.0 # the usual\n\n[pools.A]\nto_go = 1 # one\n'
    case = parse_case(text)
    changed = case.model_copy(update={"title": "New", "pools": {**case.pools, "B": case.pools["A"]}})
    written = case_text(changed, text)
    assert parse_case(written) == changed
    for line in (
        "# Ours.",
        'title = "New" # for now',
        "[analysis] # as agreed",
        "matters = 2.0 # the usual",
        "to_go = 1 # one",
    ):
        assert line in written


def test_what_a_case_no_longer_says_goes_from_the_file() -> None:
    text = 'format = 1\ntitle = "T"\n\n[employer]\nname = "Council"\nkind = "Crown"\n\n[pools.A]\nto_go = 1\n\n[pools.B]\nto_go = 2\n'
    case = parse_case(text)
    fewer = Case.model_validate(
        {**case.model_dump(exclude_none=True), "pools": {"B": {"to_go": 2}}, "employer": {"name": "Council"}}
    )
    written = case_text(fewer, text)
    assert parse_case(written) == fewer
    assert "pools.A" not in written
    assert "Crown" not in written


def test_a_file_that_is_no_case_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("not = [a case", encoding="utf-8")
    with pytest.raises(EiaError):
        write_case(Case(), path)
    assert path.read_text(encoding="utf-8") == "not = [a case"


NAMES = st.one_of(
    st.text(min_size=1, max_size=40).filter(lambda text: "\0" not in text),
    st.sampled_from(
        [
            'a"b',
            "a'b",
            "a.b",
            "a]\n[analysis]\nmatters = 2.5",
            "'''",
            '"""',
            "\\",
            "\\u0041",
            "#",
            "= 1",
            "x\r\ny",
            "日本",
            "\u202e",
            "{}",
            " ",
        ]
    ),
).filter(lambda text: not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = st.dictionaries(
        NAMES, st.one_of(st.just({}), st.integers(0, 10**6).map(lambda n: {"to_go": n})), max_size=4
    )
    level = draw(st.sampled_from([0.9, 0.95, 0.99]))
    values: dict[str, Any] = {
        "title": draw(NAMES), "proposal": draw(NAMES), "employer": {"name": draw(NAMES)}, "pools": draw(names),
        "columns": draw(st.dictionaries(NAMES, NAMES, max_size=3)), "files": {"workforce": draw(NAMES)},
        "texts": draw(st.dictionaries(NAMES, NAMES, max_size=2)),
        "outcomes": draw(st.dictionaries(NAMES, st.sampled_from(["retained", "selected", "dismissed"]), max_size=3)),
        "characteristics": draw(st.dictionaries(st.from_regex(r"\Ax[a-z0-9_]{0,9}\Z"), st.fixed_dictionaries({"title": NAMES, "column": NAMES}), max_size=2)),
        "analysis": {"level": level, "alpha": 1 - level, "matters": draw(st.floats(1.01, 3)), "draws": draw(st.integers(999, 10**5)),
                     "seed": draw(st.integers(0, 2**32 - 1)), "adjust_for": draw(st.lists(st.sampled_from(adjusters()), max_size=3).map(tuple)),
                     "overlaps_of_three": draw(st.sampled_from([(), (("sex", "age", "disability"),)]))},
    }  # fmt: skip
    return Case.model_validate(values)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(cases())
def test_any_text_survives_writing_and_adds_no_key(case: Case) -> None:
    text = case_text(case)
    assert parse_case(text) == case
    assert set(tomlkit.parse(text).unwrap()) <= set(Case.model_fields)


@settings(deadline=None, max_examples=100)
@given(cases(), cases())
def test_any_case_can_be_written_over_any_other(before: Case, after: Case) -> None:
    text = case_text(after, case_text(before))
    assert parse_case(text) == after


@settings(deadline=None, max_examples=60)
@given(cases())
def test_the_hash_does_not_depend_on_the_order_of_keys(case: Case) -> None:
    dumped = case.model_dump(mode="json")
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in reversed(dumped.items())
    }
    assert validated(turned).hash == case.hash
    assert parse_case(case_text(case)).hash == case.hash


def test_the_hash_differs_when_any_choice_differs() -> None:
    base = json.loads(Case().model_dump_json())
    other = [
        {"title": "x"}, {"proposal": "x"}, {"employer": {"name": "x"}}, {"employer": {"kind": "Crown"}},
        {"employer": {"jurisdiction": "Wales"}}, {"dates": {"extract": "2026-01-01"}}, {"dates": {"proposal": "2026-01-01"}},
        {"files": {"workforce": "x"}}, {"files": {"counts": "x"}}, {"files": {"whole_workforce": "x"}}, {"columns": {"sex": "x"}},
        {"pools": {"A": {}}}, {"pools": {"A": {"to_go": 0}}}, {"stages": {"order": ["selected"], "compulsory": "selected"}},
        {"outcomes": {"x": "selected"}}, {"characteristics": {"x": {"title": "x", "column": "x"}}},
        {"analysis": {"questions": ["scope"]}}, {"analysis": {"level": 0.9, "alpha": 0.1}}, {"analysis": {"matters": 3}},
        {"analysis": {"age_bands": [30]}}, {"analysis": {"draws": 999}}, {"analysis": {"seed": 2}}, {"analysis": {"adjust_for": ["age"]}},
        {"comparison": {"A": {"question": "selection", "reason": "x", "pools": ["A"]}}},
        {"analysis": {"overlaps_of_three": [["sex", "age", "disability"]]}}, {"publication": {"smallest_count": 5}},
        {"texts": {"Aim": "To save"}}, {"texts": {"Aim": "To save more"}}, {"texts": {"Money": "To save"}},
    ]  # fmt: skip
    hashes = {validated({**base, **change}).hash for change in other} | {Case().hash}
    assert len(hashes) == len(other) + 1


def test_the_hash_is_the_same_in_every_process() -> None:
    code = "from eia.case import *; print(Case(title='T', pools={'B': Pool(to_go=1), 'A': Pool()}, columns={'x': 'y', 'a': 'b'}).hash)"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1
