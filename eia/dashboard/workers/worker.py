"""Takes a call; gives what it gives, or its faults, from a process of its own that is started again where it has died."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar, cast

from eia import budget
from eia.errors import EiaError, Fault

_PACKAGES = str(Path(__file__).parents[3])
_Made = TypeVar("_Made")


class Worker:
    """One process that works out one thing after another."""

    def __init__(self, memory: int = budget.WORKER_MEMORY) -> None:
        """Start it. memory: how many bytes of its own it may have."""
        self._memory = memory
        self.jobs = 0
        """How many it has done since it was last started."""
        self._process = self._started()

    def do(self, work: Callable[[], _Made]) -> _Made:
        """Have it done there.

        Raises EiaError with the faults of the input, or that it stopped: a job that took too much memory ends its process.
        """
        self.jobs += 1
        jobs, results = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        try:
            pickle.dump(work, jobs, protocol=pickle.HIGHEST_PROTOCOL)
            jobs.flush()
            made, faults = pickle.load(results)  # noqa: S301 - from our own process, by its pipe
        except Exception:  # a pipe that ended, or something that cannot be sent: what it would say may quote a record
            self.renew()
            raise EiaError(stopped()) from None
        if faults:
            raise EiaError(faults)
        return cast(_Made, made)

    def renew(self) -> None:
        """Put a fresh process in its place: the memory that the old one took is given back."""
        self.end()
        self.jobs, self._process = 0, self._started()

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not sent yet is not sent now
                cast(IO[bytes], pipe).close()
        self._process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "eia.dashboard.workers.process", str(self._memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,  # a traceback may quote a record
            env={**os.environ, "PYTHONPATH": _PACKAGES},
        )  # fmt: skip


def stopped() -> Fault:
    """What is said where a job ended its process."""
    return Fault(
        code="work-stopped", what="This could not be worked out. It took more memory than one file may, or it ended unexpectedly.",
        allowed="a file that needs less memory", do="Try again. If it happens again, leave out columns that are not needed, or tell whoever runs this tool.",
    )  # fmt: skip
