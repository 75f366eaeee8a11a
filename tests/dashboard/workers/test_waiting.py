"""Whoever waits is told where they stand; whoever leaves gives up the place, and goes on where they left when they come back."""

from __future__ import annotations

import pytest
import streamlit as st

from eia.case import Case
from eia.dashboard import session as module
from eia.dashboard.open_files import Sources, opened
from eia.dashboard.session import Session
from eia.dashboard.workers import waiting
from eia.dashboard.workers.pool import Job
from eia.dashboard.workers.waiting import standing, worked_out
from eia.errors import EiaError, Fault
from eia.intake.evidence import Upload

SOURCES = Sources(
    uploads={"main": Upload(name="staff.csv", content=b"sex,pool,selected\nF,A,yes\nF,A,no\nM,A,yes\nM,A,no\n")}
)


class Left(BaseException):
    """As streamlit ends a run of the page whose visitor has gone."""


class Queue:
    """A pool in which this job comes after others, until it is done."""

    def __init__(self, places: list[int | None]) -> None:
        self.places, self.dropped = places, 0

    def submit(self, work, size):
        self.job = Job(work, size)
        return self.job

    def before(self, job):
        place = self.places.pop(0)
        if not self.places:
            job.made = job.work()
            job.done.set()
        return place

    def drop(self, job):
        self.dropped += 1


@pytest.fixture
def queue(monkeypatch):
    """Puts such a pool in place, and gives it with what the visitor was told."""
    told: list[str] = []

    class Place:
        def caption(self, text):
            told.append(text)
            if text == standing(9):
                raise Left

        def empty(self):
            told.append("")

    monkeypatch.setattr(st, "empty", Place)
    monkeypatch.setattr(waiting, "_LOOK", 0.001)

    def put(places):
        made = Queue(places)
        monkeypatch.setattr(waiting, "_running", [made])
        return made, told

    return put


def test_a_visitor_is_told_where_they_stand_until_it_is_done(queue):
    _, told = queue([2, 1, 0, None])
    assert worked_out(int, 1) == 0
    assert told == [standing(2), standing(1), standing(0), standing(None), ""]


def test_a_visitor_who_leaves_gives_up_the_place(queue):
    pool, _ = queue([9, 8])
    with pytest.raises(Left):
        worked_out(int, 1)
    assert pool.dropped == 1
    assert not pool.job.done.is_set()


def test_faults_are_raised_for_the_visitor_alone(queue):
    pool, _ = queue([None])
    fault = Fault(code="empty", what="The file is empty.")

    def fails():
        pool.job.problem = EiaError(fault)

    with pytest.raises(EiaError) as caught:
        worked_out(fails, 1)
    assert caught.value.faults == (fault,)


def test_what_a_visitor_left_is_gone_on_with(monkeypatch):
    def leaves(case, sources):
        raise Left

    visit = Session()
    monkeypatch.setattr(module, "opened", leaves)
    with pytest.raises(Left):
        visit.open_files(Case(title="Mine"), SOURCES)
    assert visit.reading is None
    monkeypatch.setattr(module, "opened", opened)
    visit.resume()
    assert visit.reading.people == 4
    assert visit.case.title == "Mine"
    assert visit.under_way is None


def test_a_fault_of_ours_is_not_run_into_again_and_again(monkeypatch):
    def breaks(case, sources):
        raise ZeroDivisionError

    visit = Session()
    monkeypatch.setattr(module, "opened", breaks)
    with pytest.raises(ZeroDivisionError):
        visit.open_files(Case(), SOURCES)
    visit.resume()
    assert visit.under_way is None
