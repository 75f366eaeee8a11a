"""A later file changes the outcomes of those it lists and of nobody else; what cannot be joined is listed by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import CANARY, everything_said, write

from eia.case import Case, Files, read_case
from eia.dashboard.opened import Sources, assessed
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
    assert staff.outcome is not None
    order = ("retained", *Case().stages.order)
    return [order[code] for code in staff.outcome]


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


def test_counts_have_nobody_to_join_later_outcomes_to() -> None:
    with pytest.raises(ValueError, match="already holds the selections"):
        Files(counts="counts.csv", later=("appeals.csv",))


def test_an_uploaded_case_cannot_make_this_machine_read_later_files(tmp_path: Path) -> None:
    write(tmp_path, "secret.csv", "reference,outcome\nA,selected\n")
    case = Case(files=Files(workforce="staff.csv", later=(str(tmp_path / "secret.csv"),)))
    done = assessed(case, Sources(main=Upload(name="staff.csv", content=STAFF.encode())))
    assert [source.file for source in done.summary.intake.sources] == ["staff.csv"]
