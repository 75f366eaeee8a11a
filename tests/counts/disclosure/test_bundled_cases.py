"""The files of a publishable bundle of the bundled cases: what an attacker gets from them, and that all of them say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from assessments import example
from attack import COLUMNS, OFF, Printed, Truth, narrowed, read
from made import run
from python_calamine import CalamineWorkbook
from tables_of import drawn

import eia
from eia.counts.disclosure.cells import Cells, Flags
from eia.counts.disclosure.possible import Withheld
from eia.counts.disclosure.rules import PRESETS, SENSITIVE
from eia.counts.disclosure.tables import publishable
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.publication import published
from eia.present.documents.publishable import WrittenFigures
from eia.present.formats.published_figures import table as as_csv


def sheet_rows(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


BUNDLES = [
    *(("millbrook", rules) for rules in PRESETS),
    *(
        pytest.param("riverbank", rules, marks=[] if rules in ("default", "below-5") else pytest.mark.slow)
        for rules in PRESETS
    ),
]


@cache
def assessment(name: str) -> Assessment:
    return example(name)


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., WrittenFigures]:
    """Figures of a bundled case, written once."""

    @cache
    def written(name: str, rules: str = "default", by_unit: bool = False) -> WrittenFigures:
        return assessment(name).publish(tmp_path_factory.mktemp("figures"), rules=rules, by_unit=by_unit)

    return written


def truths(one: Assessment, *, by_unit: bool) -> dict[str, Truth]:
    """The counts behind each characteristic, from the frame of counts that an analyst gets."""
    frame = one.counts_frame()
    found = {}
    for key in publishable(one.cube):
        dimension = one.cube.layout.dimensions[key]
        mine = frame[frame["characteristic"] == key]
        at_risk = mine["pool"].notna()
        status = np.where(
            ~at_risk,
            2,
            np.where(
                mine["outcome"] == "retained",
                1,
                np.where(mine["outcome"].isin(["selected", "redeployed", "dismissed"]), 0, 2),
            ),
        )
        unit = mine["unit"].astype(object).where(mine["unit"].notna(), "No unit recorded") if by_unit else ""
        table = mine.assign(unit=unit, status=status).pivot_table(
            index="group", columns=["unit", "status"], values="low", aggfunc="sum", observed=True, fill_value=0
        )
        units = tuple(dict.fromkeys(table.columns.get_level_values(0)))
        table = table.reindex(columns=[(each, place) for each in units for place in range(3)], fill_value=0)
        table = table[table.sum(axis=1) > 0]
        answers = {group.label: group.kind == "answer" for group in dimension.groups}
        counts = table.to_numpy().reshape(len(table), len(units), 3)
        found[dimension.characteristic.title] = Truth(
            tuple(table.index), units, counts, tuple(answers[label] for label in table.index)
        )
    return found


def attacked(
    one: Assessment,
    content: bytes,
    name: str,
    *,
    by_unit: bool = False,
    only: tuple[str, ...] = (),
    before: tuple[tuple[bytes, int], ...] = (),
) -> list[object]:
    figures, rules = read(content), PRESETS[name]
    earlier = [(read(then), off) for then, off in before]
    behind = truths(one, by_unit=by_unit)
    not_listed = behind.keys() - figures.keys()
    assert not_listed <= {
        one.cube.layout.dimensions[key].characteristic.title for key in SENSITIVE & set(publishable(one.cube))
    }
    return [
        (title, where)
        for title, truth in behind.items()
        if title not in not_listed and (not only or title in only)
        for where in narrowed(truth, figures[title], off=OFF[name], group=rules.group, side=rules.side,
                              before=tuple((then[title], off) for then, off in earlier if title in then))
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "rules"), BUNDLES)
def test_nobody_can_work_out_a_number_of_a_bundled_case(
    name: str, rules: str, bundle: Callable[..., WrittenFigures]
) -> None:
    written = bundle(name, rules)
    assert attacked(assessment(name), written.table.read_bytes(), rules) == []


@pytest.mark.slow
@pytest.mark.parametrize("rules", ["default", "below-5"])
def test_nor_with_units(rules: str, bundle: Callable[..., WrittenFigures]) -> None:
    written = bundle("millbrook", rules, by_unit=True)
    assert attacked(assessment("millbrook"), written.table.read_bytes(), rules, by_unit=True) == []


def test_every_file_says_the_same_and_what_it_is(bundle: Callable[..., WrittenFigures]) -> None:
    written = bundle("millbrook")
    text = written.table.read_text(encoding="utf-8-sig")
    record = json.loads(written.record.read_text(encoding="utf-8"))
    sheets = sheet_rows(written.workbook)
    for told in (text, json.dumps(record, ensure_ascii=False), str(sheets)):
        assert "PUBLISHABLE" in told
        for said in (assessment("millbrook").case.title, "default", eia.__version__, "2026"):
            assert said in told
    from_csv = read(written.table.read_bytes())
    for table in record["published"]["tables"]:
        for row in table["rows"]:
            numbers = from_csv[table["title"]][row["label"], "All"]
            assert list(row["values"]) == list(numbers.values())[: len(row["values"])]
    in_sheet = {(row[0], row[2]): row[3:] for row in sheets["Figures"][2:]}
    for title, rows in from_csv.items():
        for (label, _), numbers in rows.items():
            assert [None if cell in ("[c]", "[z]") else cell for cell in in_sheet[title, label]] == list(
                numbers.values()
            )
    assert written.withheld == sum(
        n is None
        for title, rows in from_csv.items()
        if ("Everyone", "All") in rows
        for row in rows.values()
        for n in row.values()
    )


def test_a_rerun_writes_the_same_bytes(bundle: Callable[..., WrittenFigures], tmp_path: Path) -> None:
    one, two = bundle("millbrook"), assessment("millbrook").publish(tmp_path)
    for file in ("workbook", "table", "record"):
        assert getattr(one, file).read_bytes() == getattr(two, file).read_bytes()


@pytest.mark.slow
def test_nor_do_units_change_that(bundle: Callable[..., WrittenFigures], tmp_path: Path) -> None:
    one, two = bundle("millbrook", by_unit=True), assessment("millbrook").publish(tmp_path, by_unit=True)
    assert one.record.read_bytes() == two.record.read_bytes()


@pytest.mark.parametrize(("name", "rules"), BUNDLES)
def test_what_is_sensitive_is_never_told_by_outcome_and_nothing_by_pool(
    name: str, rules: str, bundle: Callable[..., WrittenFigures]
) -> None:
    text = bundle(name, rules).record.read_text(encoding="utf-8")
    for table in json.loads(text)["published"]["tables"]:
        if table["key"] in SENSITIVE:
            assert all(set(row["values"][1:]) == {None} for row in table["rows"] if row["kind"] != "total")
    assert not any(json.dumps(pool) in text for pool in assessment(name).cube.layout.pools)


@pytest.mark.slow
def test_of_what_tells_the_same_people_one_is_left_out(bundle: Callable[..., WrittenFigures]) -> None:
    record = json.loads(bundle("riverbank").record.read_text(encoding="utf-8"))["published"]
    keys = {table["key"] for table in record["tables"]}
    assert {"contract", "race_group", "pregnancy_maternity"} <= keys
    assert not {"contract_short", "race", "family_leave"} & keys
    assert "Family leave" in record["left_out"]


@cache
def before_and_after() -> tuple[Assessment, Assessment]:
    """A workforce, and the same after one disabled person of 12 has gone."""
    rows = ["Disabled,A,yes"] * 6 + ["Disabled,A,no"] * 6 + ["Not disabled,A,yes"] * 30 + ["Not disabled,A,no"] * 60
    then, now = (("disability,pool,selected\n" + "\n".join(rows[start:]) + "\n").encode() for start in (0, 1))
    return eia.assess(then), eia.assess(now)


def test_a_change_of_one_person_is_not_shown_beside_an_earlier_version(tmp_path: Path) -> None:
    then, now = before_and_after()
    first = then.publish(tmp_path / "1", rules="below-5")
    alone = read(now.publish(tmp_path / "2", rules="below-5").table.read_bytes())["Disability"]
    assert alone["Disabled", "All"]["At risk"] == 11
    with_it = read(now.publish(tmp_path / "3", rules="below-5", earlier=[first.record]).table.read_bytes())[
        "Disability"
    ]
    assert with_it["Disabled", "All"]["At risk"] is None
    assert with_it["Not disabled", "All"]["At risk"] in (90, None)


@pytest.mark.slow
def test_an_earlier_version_by_other_rules_is_part_of_the_audit(
    bundle: Callable[..., WrittenFigures], tmp_path: Path
) -> None:
    one, first = assessment("millbrook"), bundle("millbrook")
    second = one.publish(tmp_path / "2", rules="ofqual", earlier=[first.record])
    before: tuple[tuple[bytes, int], ...] = ((first.table.read_bytes(), OFF["default"]),)
    assert attacked(one, second.table.read_bytes(), "ofqual", before=before) == []
    shown: Printed = read(second.table.read_bytes())["Age"]
    withheld_then = [
        (where, name)
        for where, row in read(first.table.read_bytes())["Age"].items()
        for name in COLUMNS
        if row[name] is None
    ]
    assert all(shown[where][name] is None for where, name in withheld_then)


RELIGIONS = ("Christian", "Muslim", "Hindu", "Sikh", "Jewish")


@cache
def two_units(*, named: bool = True) -> Assessment:
    """People of chance in two units, whose religion is asked."""
    made = drawn(50)
    said = [RELIGIONS[place] if group.kind == "answer" else group.label for place, group in enumerate(made.groups)]
    rows = []
    for (group, unit, status), n in np.ndenumerate(made.counts):
        outcome = ("A,yes", "A,no", ",")[status]
        rows += [f"{said[group]},{made.areas[unit] if named else ''},{outcome}"] * int(n)
    return eia.assess(("religion,unit,pool,selected\n" + "\n".join(rows) + "\n").encode(), analysis={"draws": 999})


def test_units_published_before_are_part_of_the_audit_of_figures_without_them() -> None:
    one = two_units()
    first = published(one, rules="ofqual", by_unit=True)
    second = published(one, rules="below-5", earlier=[first])
    before: tuple[tuple[bytes, int], ...] = ((as_csv(first), OFF["ofqual"]),)
    assert attacked(one, as_csv(second), "below-5", by_unit=True, before=before) == []
    assert {each.unit for each in second.tables} == {""}
    assert any(value for row in second.tables[0].rows[1:] for value in row.values)


def test_without_the_units_of_an_earlier_version_nothing_is_published() -> None:
    first = published(two_units(), by_unit=True)
    with pytest.raises(EiaError) as error:
        published(two_units(named=False), earlier=[first])
    assert error.value.faults[0].code == "units-before"


def test_a_file_that_is_no_earlier_version_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "published.json"
    for text in ("", "[]", '{"format": 2, "published": {}}', '{"format": 1, "published": {"case": 3}}'):
        wrong.write_text(text, encoding="utf-8")
        with pytest.raises(EiaError) as error:
            assessment("millbrook").publish(tmp_path / "out", earlier=[wrong])
        assert error.value.faults[0].code == "not-published"
    assert not (tmp_path / "out").exists()


def test_if_the_audit_fails_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from eia.counts.disclosure import protect

    def nothing_more(cells: Cells, *_: object, start: Flags, **__: object) -> Withheld:
        return Withheld(start, np.zeros((0, cells.sums.shape[1])))

    monkeypatch.setattr(protect, "suppressed", nothing_more)
    with pytest.raises(EiaError) as error:
        assessment("millbrook").publish(tmp_path / "out", rules="below-5")
    assert error.value.faults[0].code == "gives-away"
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_command_writes_the_bundle_and_says_what_is_for_whom(tmp_path: Path) -> None:
    case = Path(eia.__file__).parents[1] / "datasets/millbrook/case.toml"
    done = run("publish", case, "--out", tmp_path, "--rules", "hesa")
    assert done.code == 0
    there = {path.name for path in (tmp_path / "publishable").iterdir()}
    assert there >= {
        "draft.docx",
        "response.pdf",
        "figures.csv",
        "figures.xlsx",
        "published.json",
    }
    assert "may be published" in done.out
    assert "Relaxed" in (tmp_path / "publishable/figures.csv").read_text(encoding="utf-8-sig")


def test_smaller_groups_need_a_reason_which_is_printed(tmp_path: Path) -> None:
    people = b"sex,pool,selected\n" + b"F,A,yes\nF,A,no\n" * 20 + b"M,A,yes\nM,A,no\n" * 4
    smaller = eia.assess(people, publication={"smallest_count": 5})
    with pytest.raises(EiaError) as error:
        smaller.publish(tmp_path)
    assert error.value.faults[0].code == "no-reason"
    written = smaller.publish(tmp_path, reason="Agreed with the union.")
    assert "Agreed with the union." in written.table.read_text(encoding="utf-8-sig")


def test_counts_in_ranges_are_not_published(tmp_path: Path) -> None:
    counts = b"characteristic,group,people,selected\nSex,Female,50,<5\nSex,Male,50,20\n"
    with pytest.raises(EiaError) as error:
        eia.assess(counts, as_read=True).publish(tmp_path)
    assert error.value.faults[0].code == "counts-are-ranges"


def test_nothing_in_a_name_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    people = b"sex,disability,pool,selected\n" + b"F,yes,A,yes\nF,no,A,no\nM,yes,A,yes\nM,no,A,no\n" * 20
    written = eia.assess(people, title='=HYPERLINK("x")').publish(tmp_path)
    assert "=HYPERLINK" not in [line[:10] for line in written.table.read_text(encoding="utf-8-sig").splitlines()]
    assert not any(
        str(cell).startswith("=") for rows in sheet_rows(written.workbook).values() for row in rows for cell in row
    )
