"""A later file changes the outcomes of those it lists and of nobody else; what cannot be joined is listed by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import CANARY, everything_said, write

from eia.case import Case, Files, read_case
from eia.dashboard.open_files import Sources, read_and_assessed
from eia.errors import EiaError
from eia.intake.evidence import Upload, read_evidence
from eia.intake.workforce import Workforce

STAFF = "reference,sex,pool\nA,F,Clerks\nB,M,Clerks\nC,F,Clerks\nD,M,\n"
SELECTIONS = "reference,outcome\nA,selected\nB,selected\n"


def read(folder: Path, *later: str, staff: str = STAFF, selections: str | None = SELECTIONS) -> Workforce:
    write(folder, "staff.csv", staff)
    names = [f"later-{number}.csv" for number, text in enumerate(later) if write(folder, f"later-{number}.csv", text)]
    toml = f'format = 1\n[files]\nworkforce = "staff.csv"\nlater = {names}\n'
    if selections:
        write(folder, "selections.csv", selections)
        toml += 'selections = "selections.csv"\n'
    main = read_evidence(read_case(write(folder, "case.toml", toml)), folder=folder).main
    assert isinstance(main, Workforce)
    return main


def outcomes(staff: Workforce) -> list[str]:
    order = ("retained", *Case().stages.order)
    return [order[code] for code in staff.frame["outcome"].cat.codes]


def test_an_appeal_that_succeeds_retains_somebody_and_nobody_else(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,outcome\nB,retained\n")
    assert outcomes(staff) == ["selected", "retained", "retained", "retained"]
    assert [(done.rule, done.rows) for done in staff.intake.recodings][-1] == ("changed by later-0.csv", 1)
    assert [source.file for source in staff.intake.sources] == ["staff.csv", "selections.csv", "later-0.csv"]


def test_the_last_file_has_the_last_word(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,outcome\nA,retained\n", "reference,outcome\nA,redeployed\nB,dismissed\n")
    assert outcomes(staff)[:2] == ["redeployed", "dismissed"]


def test_later_outcomes_need_no_selections_before_them(tmp_path: Path) -> None:
    assert outcomes(read(tmp_path, "reference,outcome\nA,selected\n", selections=None))[0] == "selected"


def test_somebody_with_two_posts_is_reached_in_the_main_one(tmp_path: Path) -> None:
    staff = "reference,post number,sex,pool,fte\nA,P1,F,Clerks,0.2\nA,P2,F,Clerks,0.8\nB,P3,M,Clerks,1\n"
    assert outcomes(read(tmp_path, "reference,outcome\nA,redeployed\n", staff=staff))[0] == "redeployed"


@pytest.mark.parametrize(
    ("later", "code", "rows"),
    [
        (f"reference,outcome\nB,retained\n{CANARY},retained\n", "selected-not-in-file", (3,)),
        ("reference,outcome\nB,retained\nA,\n", "no-outcome-given", (3,)),
        ("reference,outcome\nD,selected\n", "selected-without-pool", (2,)),
        ("reference,outcome\nB,retained\nB,selected\n", "duplicate-reference", (2, 3)),
        (f"reference,outcome\nB,{CANARY}\n", "unknown-outcome", (2,)),
        ("reference,name\nB,x\n", "no-outcome", (1,)),
    ],
)
def test_what_is_wrong_with_a_later_file_is_said_by_row(
    tmp_path: Path, later: str, code: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(EiaError) as caught:
        read(tmp_path, later)
    (fault,) = [fault for fault in caught.value.faults if fault.code == code]
    assert (fault.file, fault.row) == ("later-0.csv", rows)
    assert CANARY not in everything_said(caught.value)


IN_ROUNDS = "reference,outcome,round\nA,selected,1\nB,selected,2\nC,retained,\n"


def rounds(staff: Workforce) -> list[int] | None:
    return (staff.frame["round"].cat.codes + 1).tolist() if "round" in staff.frame else None


def test_somebody_whom_a_later_file_retains_has_no_round_any_more(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,outcome\nA,retained\n", selections=IN_ROUNDS)
    assert outcomes(staff)[:3] == ["retained", "selected", "retained"]
    assert rounds(staff) == [0, 2, 0, 0]


def test_somebody_whom_a_later_file_redeploys_keeps_the_round_in_which_they_were_selected(tmp_path: Path) -> None:
    assert rounds(read(tmp_path, "reference,outcome\nA,redeployed\n", selections=IN_ROUNDS)) == [1, 2, 0, 0]


def test_somebody_selected_only_by_a_later_file_has_the_round_that_it_gives(tmp_path: Path) -> None:
    later = "reference,outcome,round\nA,retained,\nC,selected,3\n"
    assert rounds(read(tmp_path, later, selections=IN_ROUNDS)) == [0, 2, 3, 0]
    assert rounds(read(tmp_path, later, selections=None)) == [0, 0, 3, 0]


@pytest.mark.parametrize(
    "later", ["reference,outcome\nA,retained\nC,selected\n", "reference,outcome,round\nA,retained,\nC,selected,\n"]
)
def test_somebody_selected_by_a_later_file_without_a_round_is_a_fault_of_that_file(tmp_path: Path, later: str) -> None:
    with pytest.raises(EiaError) as caught:
        read(tmp_path, later, selections=IN_ROUNDS)
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [("no-round", "later-0.csv", (3,))]


def test_a_round_of_somebody_whom_the_same_later_file_retains_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EiaError) as caught:
        read(tmp_path, "reference,outcome,round\nA,retained,2\n", selections=IN_ROUNDS)
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [
        ("round-of-retained", "later-0.csv", (2,))
    ]


def test_an_outcome_that_is_not_known_has_that_one_fault_whatever_its_round(tmp_path: Path) -> None:
    with pytest.raises(EiaError) as caught:
        read(tmp_path, f"reference,outcome,round\nC,{CANARY},3\n", selections=IN_ROUNDS)
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("unknown-outcome", (2,))]


def test_rounds_in_a_later_file_alone_leave_those_selected_before_it_without_one(tmp_path: Path) -> None:
    with pytest.raises(EiaError) as caught:
        read(tmp_path, "reference,outcome,round\nC,selected,2\n")
    assert [(fault.code, fault.file, fault.row) for fault in caught.value.faults] == [
        ("no-round", "selections.csv", (2, 3))
    ]


def test_counts_have_nobody_to_join_later_outcomes_to() -> None:
    with pytest.raises(ValueError, match="already holds the selections"):
        Files(counts="counts.csv", later=("appeals.csv",))


def test_an_uploaded_case_cannot_make_this_machine_read_later_files(tmp_path: Path) -> None:
    write(tmp_path, "secret.csv", "reference,outcome\nA,selected\n")
    case = Case(files=Files(workforce="staff.csv", later=(str(tmp_path / "secret.csv"),)))
    done = read_and_assessed(case, Sources(uploads={"main": Upload(name="staff.csv", content=STAFF.encode())}))[1]
    assert [source.file for source in done.evidence.intake.sources] == ["staff.csv"]
