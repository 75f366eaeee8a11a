"""A visit that was left is ended after a while, with all it holds; one that is there, or comes back in time, is kept."""

from __future__ import annotations

import pytest

from eia.dashboard.serving import departures
from eia.dashboard.serving.departures import give_back, see_off, visits

AWAY = 30.0


class Server:
    def __init__(self) -> None:
        self.there = {"one", "other"}
        self.closed: list[str] = []

    def is_active_session(self, visit: str) -> bool:
        return visit in self.there

    def close_session(self, visit: str) -> None:
        self.closed.append(visit)


@pytest.fixture
def server(monkeypatch):
    made = Server()
    monkeypatch.setattr(departures, "_left", dict.fromkeys(made.there))
    monkeypatch.setattr(departures.runtime, "get_instance", lambda: made)
    return made


def test_a_visit_that_is_there_is_kept(server):
    assert [see_off(now, AWAY) for now in (0, 100, 1000)] == [0, 0, 0]
    assert visits() == 2


def test_a_visit_that_was_left_is_ended_after_a_while(server):
    server.there.remove("one")
    assert [see_off(now, AWAY) for now in (0, 29, 31, 32)] == [0, 0, 1, 0]
    assert server.closed == ["one"]
    assert visits() == 1


def test_a_visit_that_comes_back_in_time_is_kept(server):
    server.there.remove("one")
    see_off(0, AWAY)
    server.there.add("one")
    see_off(20, AWAY)
    server.there.remove("one")
    assert [see_off(now, AWAY) for now in (40, 60)] == [0, 0]
    assert server.closed == []


def test_giving_memory_back_can_be_asked_for_anywhere():
    give_back()
