"""Takes calls from all visitors; gives what each comes to, worked out in a few processes, small files first.

A heavy job never takes the last place: one is always left to those that are soon done. Nobody waits for ever: each second of waiting
counts for as many bytes, so that a heavy job that came first is passed only by those that come soon after it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from eia import budget
from eia.dashboard.workers.worker import Worker
from eia.errors import EiaError

_Made = TypeVar("_Made")


@dataclass(eq=False, slots=True)
class Job(Generic[_Made]):
    """Something to work out. size: bytes of the files that it is of. since: when it was asked for."""

    work: Callable[[], _Made] | None
    size: int
    since: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    made: _Made | None = None
    problem: EiaError | None = None

    @property
    def heavy(self) -> bool:
        """Whether it takes long enough that others must not wait for it."""
        return self.size > budget.HEAVY_BYTES

    @property
    def turn(self) -> float:
        """When it comes to its turn, held against others."""
        return self.since + self.size / budget.BYTES_A_SECOND_OF_WAITING

    def result(self) -> _Made:
        """What it came to. Raises EiaError with its faults."""
        if self.problem is not None:
            raise self.problem
        return cast(_Made, self.made)


class Pool:
    """A few workers and those who wait for them."""

    def __init__(self, workers: int | None = None, memory: int = budget.WORKER_MEMORY) -> None:
        """Start the workers: as many as there are processors, and two at least."""
        self.workers = max(2, workers or os.cpu_count() or 2)
        self._waiting: list[Job[Any]] = []
        self._heavy = 0
        self._ended = False
        self._changed = threading.Condition()
        self._processes = [Worker(memory) for _ in range(self.workers)]
        for worker in self._processes:
            threading.Thread(target=self._serve, args=(worker,), daemon=True).start()

    def submit(self, work: Callable[[], _Made], size: int) -> Job[_Made]:
        """Have something worked out when its turn comes; it has to be something that can be pickled."""
        job = Job(work, size)
        with self._changed:
            self._waiting.append(job)
            self._waiting.sort(key=lambda one: one.turn)
            self._changed.notify_all()
        return job

    def before(self, job: Job[Any]) -> int | None:
        """How many wait before it; None where its own turn has come."""
        with self._changed:
            return self._waiting.index(job) if job in self._waiting else None

    def drop(self, job: Job[Any]) -> None:
        """Take it out: whoever wanted it has gone. One that is being worked out is let finish, and what it comes to is dropped."""
        with self._changed:
            if job in self._waiting:
                self._waiting.remove(job)

    def end(self) -> None:
        """End all of it."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        for worker in self._processes:
            worker.end()

    def _serve(self, worker: Worker) -> None:
        while (job := self._next()) is not None:
            try:
                job.made = worker.do(cast(Callable[[], Any], job.work))
            except EiaError as problem:
                job.problem = EiaError(problem.faults)  # the faults, and nothing that they came from
            heavy, job.work = job.heavy, None  # the files in it are not kept
            job.done.set()
            del job
            with self._changed:
                self._heavy -= heavy
                worn = (heavy or worker.jobs >= budget.JOBS_OF_A_WORKER) and not (self._waiting or self._ended)
                self._changed.notify_all()
            if worn:
                worker.renew()

    def _next(self) -> Job[Any] | None:
        """The next in turn that may begin, once there is one; None when all has ended."""
        with self._changed:
            while not self._ended:
                for job in self._waiting:
                    if not job.heavy or self._heavy < self.workers - 1:
                        self._waiting.remove(job)
                        self._heavy += job.heavy
                        return job
                self._changed.wait()
        return None
