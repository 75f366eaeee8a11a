"""An upload is opened once, whatever the visitor looks at and changes, until it is another sheet or another file that is read."""

from __future__ import annotations

from collections import Counter

import pytest
from workbooks import xlsx

from eia.case import Case, Files
from eia.dashboard.open_files import Sources, changed
from eia.dashboard.session import Session
from eia.dashboard.warm_up import ready
from eia.intake import evidence
from eia.intake.evidence import Upload
from eia.intake.kinds import FILE_KINDS

HEADERS = ["reference", "sex", "pool", "outcome"]
ROWS = [[f"R{n}", "FM"[n % 2], "AB"[n % 3 % 2], "selected" if n % 4 == 0 else "retained"] for n in range(24)]
BOOK = xlsx({"March": [HEADERS, *ROWS], "April": [HEADERS, *ROWS]})
MARCH = changed(Case(title="Uploaded"), files={"sheet": "March"})


@pytest.fixture
def times(monkeypatch):
    """How often the table of a file, and its list of sheets, were looked for."""
    ready()  # what every server opens once for itself
    found: Counter[str] = Counter()
    for name in ("open_table", "sheet_names"):
        real = getattr(evidence, name)

        def counting(*given, _name=name, _real=real, **more):
            found[_name] += 1
            return _real(*given, **more)

        monkeypatch.setattr(evidence, name, counting)
    return found


def opened() -> Session:
    visit = Session()
    visit.open_files(MARCH, Sources(uploads={"main": Upload(name="staff.xlsx", content=BOOK)}))
    assert visit.problem is None
    return visit


def test_a_workbook_is_opened_once_for_the_answer_and_every_page(screen, times):
    shown = screen(opened()).go("your_file")
    shown.go("answer")
    shown.go("your_file")
    assert not shown.app.exception
    assert times == {"open_table": 1, "sheet_names": 1}


def test_other_choices_do_not_open_it_again(times):
    visit = opened()
    visit.apply(changed(visit.case, title="Another title"))
    visit.reread(visit.case)
    assert visit.case.title == "Another title"
    assert times["open_table"] == 1


def test_another_sheet_is_opened(times):
    visit = opened()
    visit.reread(changed(visit.case, files=visit.case.files.model_dump(exclude_none=True) | {"sheet": "April"}))
    assert visit.problem is None
    assert visit.assessment.evidence.intake.sources[0].encoding == "sheet “April”"
    assert times["open_table"] == 2


def test_two_visits_share_no_table():
    first, second = opened(), opened()
    one, other = (visit.sources.uploads["main"].table("March") for visit in (first, second))
    assert one is not other


def test_the_kinds_of_file_are_those_that_a_case_names():
    named = {kind.key for kind in FILE_KINDS} - {"main"} | {"workforce", "counts", "later", "earlier", "previous"}
    assert named | {kind.sheet for kind in FILE_KINDS if kind.sheet} == set(Files.model_fields)
