"""What many visitors want is worked out in turn: small files first, and never so that one heavy file holds up the others."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from eia import budget
from eia.dashboard.workers import pool as module
from eia.dashboard.workers.pool import Job, Pool

HEAVY = budget.HEAVY_BYTES + 1


class Stand:
    """Takes the place of a worker: works in this process, and only when it is let."""

    def __init__(self, memory: int) -> None:
        self.jobs = 0
        self.renewed = 0
        made.append(self)

    def do(self, work):
        self.jobs += 1
        return work()

    def renew(self) -> None:
        self.renewed += 1
        self.jobs = 0

    def end(self) -> None:
        pass


made: list[Stand] = []


@pytest.fixture
def pool(monkeypatch):
    made.clear()
    monkeypatch.setattr(module, "Worker", Stand)
    opened = Pool(2)
    yield opened
    opened.end()


@pytest.fixture
def gate():
    """What holds work up until it is set."""
    held = threading.Event()
    yield held
    held.set()


def busy(pool: Pool, gate: threading.Event, sizes: list[int]) -> list[Job]:
    """Jobs that are under way and wait at the gate."""
    begun = []
    for size in sizes:
        started = threading.Event()

        def work(started=started):
            started.set()
            gate.wait()

        begun.append(pool.submit(work, size))
        assert started.wait(10)
    return begun


def test_what_a_call_comes_to_is_given(pool):
    job = pool.submit(partial(sum, (1, 2)), 1)
    assert job.done.wait(10)
    assert job.result() == 3
    assert job.work is None


def test_small_files_come_first_however_late_they_come(pool, gate):
    busy(pool, gate, [1, 1])
    order: list[str] = []
    jobs = [
        pool.submit(partial(order.append, name), size)
        for name, size in (("large", HEAVY), ("middle", 4 << 20), ("small", 1))
    ]
    assert [pool.before(job) for job in jobs] == [2, 1, 0]
    gate.set()
    assert all(job.done.wait(10) for job in jobs)
    assert order.index("small") < order.index("large")


def test_a_file_that_has_waited_long_comes_before_a_smaller_one_that_has_just_come():
    seconds = 1 + HEAVY / budget.BYTES_A_SECOND_OF_WAITING
    assert Job(int, HEAVY, since=0).turn < Job(int, 0, since=seconds).turn


def test_heavy_files_never_take_the_last_place(pool, gate):
    busy(pool, gate, [HEAVY])
    waits = pool.submit(int, HEAVY)
    small = pool.submit(int, 1)
    assert small.done.wait(10)
    assert pool.before(waits) == 0
    gate.set()
    assert waits.done.wait(10)


def test_whoever_leaves_gives_the_place_to_the_next(pool, gate):
    busy(pool, gate, [1, 1])
    order: list[str] = []
    gone, stays = (pool.submit(partial(order.append, name), 1) for name in ("gone", "stays"))
    pool.drop(gone)
    assert pool.before(stays) == 0
    gate.set()
    assert stays.done.wait(10)
    assert order == ["stays"]


def test_a_worker_is_replaced_after_a_heavy_file(pool):
    heavy = pool.submit(int, HEAVY)
    assert heavy.done.wait(10)
    pool.end()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and "_serve" in thread.name:
            thread.join(10)
    assert sorted(worker.renewed for worker in made) == [0, 1]


def test_there_are_two_workers_at_least(monkeypatch):
    monkeypatch.setattr(module, "Worker", Stand)
    one = Pool(1)
    assert one.workers == 2
    one.end()
