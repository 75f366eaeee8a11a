"""Records of earlier rounds are added up with this one, every pool of every round a pool of its own."""

from __future__ import annotations

from pathlib import Path

import by_hand
import pytest
from made import QUICK, assessed, case, pools

from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.record import to_json
from eia.present.text.said_first import said_first

FIRST = {"A": (3, 6, 1, 6)}  # women selected, women, men selected, men: one pool of twelve with four to go
SECOND = {"A": (3, 5, 1, 7)}


@pytest.fixture(autouse=True)
def _in_the_folder_of_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def added(folder: Path) -> object:
    for name, people in (("one", FIRST), ("two", FIRST)):
        (folder / f"{name}.json").write_text(to_json(assessed(pools(**people), QUICK)), encoding="utf-8")
    choices = {
        "format": 1,
        "files": {"earlier": ["one.json", "two.json"]},
        "analysis": {"draws": 999},
    }
    return assess(pools(**SECOND), choices)


def test_one_pool_of_twelve_says_on_the_first_page_what_could_be_seen_and_asks_for_earlier_rounds() -> None:
    told = " ".join(said_first(assessed(pools(**SECOND), QUICK)))
    assert "1 pool of 12 people with 4 to be selected" in told.lower()
    assert "earlier rounds" in told


def test_rounds_are_added_up_as_pools_of_their_own(tmp_path: Path) -> None:
    assessment = added(tmp_path)
    (women,) = [one for one in assessment.further.rounds if one.group.label == "Female"]
    tables: list[by_hand.Pool] = [(3, 6, 4, 12), (3, 6, 4, 12), (3, 5, 4, 12)]
    assert women.result.looks == 3
    assert women.result.combined.observed == 9
    assert women.result.combined.expected == pytest.approx(float(by_hand.expected(tables)))
    assert women.result.combined.midp == pytest.approx(float(by_hand.midp(tables)))
    assert [test.observed for test in women.result.rounds] == [3, 3, 3]


def test_the_first_page_says_what_they_come_to_together(tmp_path: Path) -> None:
    told = " ".join(said_first(added(tmp_path)))
    assert "Over three rounds 9 women were selected" in told
    assert "would show more" not in told


def test_rounds_change_no_level(tmp_path: Path) -> None:
    alone, together = assessed(pools(**SECOND), QUICK), added(tmp_path)
    assert [f.level for f in alone.findings] == [f.level for f in together.findings]


@pytest.mark.parametrize("text", [None, "{}", "no record"])
def test_a_record_that_cannot_be_read_is_one_message(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "one.json").write_text(text)
    with pytest.raises(EiaError) as told:
        assess(pools(**SECOND), case(files={"earlier": (str(tmp_path / "one.json"),)}))
    assert len(told.value.faults) == 1
