"""Files of the law are read strictly: each mistake is refused by name, and all of a file's mistakes at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eia.errors import EiaError
from eia.law.records import Rule, read_records

GOOD = """\
key: notice
title: Least notice
unit: weeks
extent: Great Britain
date_basis: date of dismissal
values:
  - from: 2010-10-01
    until: 2013-04-05
    value: 1
    instrument: Employment Rights Act 1996
    provision: s.86
    url: https://www.legislation.gov.uk/ukpga/1996/18/section/86
    confidence: second-hand
    checked_on: 2026-06-30
  - from: 2013-04-06
    value: 2
    instrument: Employment Rights Act 1996
    provision: s.86
    url: https://www.legislation.gov.uk/ukpga/1996/18/section/86
    confidence: second-hand
    checked_on: 2026-06-30
    note: One week for each year.
"""


def records(folder: Path, **files: str) -> tuple[Rule, ...]:
    """What the loader makes of an area with these files; “notice” is the name without .yaml."""
    (folder / "area").mkdir()
    for name, text in files.items():
        (folder / "area" / f"{name.replace('__', '.')}.yaml").write_text(text, encoding="utf-8")
    return read_records(folder)


def test_a_good_file_gives_its_values_in_order(tmp_path: Path) -> None:
    first, second = records(tmp_path, notice=GOOD)
    assert (first.value, first.until, second.value, second.until) == (1, dt.date(2013, 4, 5), 2, None)
    assert (first.area, first.note, second.note) == ("area", "", "One week for each year.")


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("unit: weeks\n", "", "unit is missing"),
        ("unit: weeks", "unit: ''", "value of unit is not allowed"),
        ("unit: weeks", "unit: weeks\nunits: days", "key units is not known"),
        ("unit: weeks", "unit: weeks\nunit: days", "a key is given twice"),
        ("    value: 2", "    value: 2\n    value: 3", "a key is given twice"),
        ("    value: 2", "    value: 2\n    vlaue: 3", "value 2, the key vlaue is not known"),
        ("    value: 2", "    value: true", "value 2, the value of value is not allowed"),
        ("    value: 2", "    value: .nan", "value 2, the value of value is not allowed"),
        ("    value: 2", "    ? [value]\n    : 2", "a key no word"),
        ("title: Least notice", "title: Least\x07notice", "not plain YAML"),
        ("    value: 2", "    value: []", "value 2, the value of value is not allowed"),
        ("    value: 2", "    value: {a: 1}", "value 2, the value of value is not allowed"),
        ("    value: 2", "    value: !!python/name:os.system", "not plain YAML"),
        (
            "    value: 1\n    instrument: Employment Rights Act 1996\n",
            "    value: 1\n",
            "value 1, instrument is missing",
        ),
        ("key: notice", "key: period", "not named after its key"),
        ("key: notice\n", "", "key is missing"),
        ("extent: Great Britain", "extent: GB", "value of extent is not allowed"),
        ("date_basis: date of dismissal", "date_basis: when", "value of date_basis is not allowed"),
        ("until: 2013-04-05", "until: 2013-04-06", "Value 2 overlaps"),
        ("until: 2013-04-05", "until: 2013-04-04", "Value 2 leaves a gap"),
        ("    until: 2013-04-05\n", "", "Value 2 overlaps"),
        ("from: 2010-10-01", "from: 2014-10-01", "Value 1 ends before it starts"),
        ("from: 2013-04-06", "from: 2013-04-31", "A date in the file is none"),
        ("from: 2013-04-06", "from: April 2013", "value 2, the value of from is not allowed"),
        ("from: 2013-04-06", "from: 2013-04-06 09:00:00", "value 2, the value of from is not allowed"),
        ("confidence: second-hand", "confidence: high", "value of confidence is not allowed"),
        ("https://www.legislation.gov.uk/ukpga", "https://example.org/ukpga", "value of url is not allowed"),
        ("https://www.legislation.gov.uk/ukpga", "http://www.legislation.gov.uk/ukpga", "value of url is not allowed"),
        ("title: Least notice", "title: [Least, notice", "not plain YAML"),
        (GOOD, "- notice\n", "The file holds no keys"),
        (GOOD[GOOD.index("values:") :], "values: []\n", "no list of values"),
        (GOOD[GOOD.index("values:") :], "values: 3\n", "no list of values"),
    ],
)
def test_a_mistake_is_refused_by_name(right: str, wrong: str, words: str, tmp_path: Path) -> None:
    assert right in GOOD
    with pytest.raises(EiaError, match=words) as refused:
        records(tmp_path, notice=GOOD.replace(right, wrong))
    assert {fault.file for fault in refused.value.faults} == {"notice.yaml"}


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = (
        GOOD.replace("unit: weeks\n", "")
        .replace("second-hand", "high")
        .replace("until: 2013-04-05", "until: 2013-05-05")
    )
    with pytest.raises(EiaError) as refused:
        records(tmp_path, notice=bad, period="key: [")
    assert len(refused.value.faults) == 5
    assert {fault.file for fault in refused.value.faults} == {"notice.yaml", "period.yaml"}


def test_a_place_has_one_file(tmp_path: Path) -> None:
    with pytest.raises(EiaError, match="Two files give notice for one place"):
        records(tmp_path, notice=GOOD, notice__wales=GOOD.replace("Great Britain", "Wales"))


def test_two_places_may_have_a_file_each(tmp_path: Path) -> None:
    northern = GOOD.replace("Great Britain", "Northern Ireland")
    assert len(records(tmp_path, notice=GOOD, notice__northern_ireland=northern)) == 4


@pytest.mark.parametrize(
    ("checked_on", "fresh", "stale"),
    [
        ("2026-06-30", dt.date(2027, 12, 30), dt.date(2027, 12, 31)),
        ("2025-08-31", dt.date(2027, 2, 28), dt.date(2027, 3, 1)),
        ("2026-08-31", dt.date(2028, 2, 29), dt.date(2028, 3, 1)),
    ],
)
def test_a_rule_goes_stale_eighteen_months_after_it_was_checked(
    checked_on: str, fresh: dt.date, stale: dt.date, tmp_path: Path
) -> None:
    _, rule = records(tmp_path, notice=GOOD.replace("2026-06-30", checked_on))
    assert (rule.stale(fresh), rule.stale(stale)) == (False, True)


def test_what_had_ended_when_it_was_checked_never_goes_stale(tmp_path: Path) -> None:
    ended, _ = records(tmp_path, notice=GOOD)
    assert not ended.stale(dt.date(2099, 1, 1))
