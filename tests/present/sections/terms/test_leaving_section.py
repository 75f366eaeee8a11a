"""Notice in words: what is said follows from the days and the numbers."""

from __future__ import annotations

import datetime as dt

from eia.case import Case, Consultation, Employer
from eia.present.documents.model import Table
from eia.present.sections.terms.leaving import notice_section, notice_told
from eia.process.leaving.large_groups import GroupNumber
from eia.process.leaving.notice import Notice, notice, notice_rules

DAY = dt.date(2027, 1, 11)
RULES = notice_rules(on=DAY, where="England")


def test_who_cannot_leave_on_the_first_day_is_said_in_numbers() -> None:
    said = notice_told(Notice(on=DAY, rules=RULES, days=28, chosen=12, known=11, longer=4))
    assert all(number in said for number in ("28 days", "4 of the 11"))
    assert "Nobody of the 11" in notice_told(Notice(on=DAY, rules=RULES, days=28, chosen=12, known=11))
    assert "cannot be told" in notice_told(Notice(on=DAY, rules=RULES, days=28))
    assert "cannot be told" in notice_told(Notice(on=DAY, rules=RULES))


def test_no_table_of_groups_where_none_is_large_enough() -> None:
    def titles(*groups: GroupNumber) -> list[str]:
        made = Notice(on=DAY, rules=RULES, days=28, chosen=12, known=12, longer=11, groups=groups)
        return [block.title for block in notice_section(made) if isinstance(block, Table)]

    assert len(titles(GroupNumber(title="Sex", group="Female", number=11, of=12))) == len(titles()) + 1


def test_where_the_law_is_not_recorded_that_is_said() -> None:
    case = Case(employer=Employer(jurisdiction="Northern Ireland"), consultation=Consultation(notice_from=DAY))
    found = notice(None, case)
    assert found
    assert "not recorded" in notice_told(found)
    assert not tuple(notice_section(None))
