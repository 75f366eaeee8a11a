"""Takes jobs on its standard input, each a pickled call; gives what came of each on its standard output, pickled.

A program of its own, run by `eia.dashboard.workers.worker`: it leaves the server free to answer others, and what it takes of
memory goes back with it. It ends when its input does, and where a job goes wrong in a way that is no fault of the input.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress

from eia.dashboard.open_files import read_and_assessed
from eia.errors import EiaError, Fault
from eia.no_dumps import no_dumps

__all__ = ["main", "read_and_assessed"]  # the second, so that what the first job needs is loaded before it comes


def main() -> None:
    """Work until there is nothing more to come, in so many bytes of memory."""
    no_dumps()
    _limit_memory(int(sys.argv[1]))
    jobs, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no result
    with suppress(EOFError):
        while True:
            work = pickle.load(jobs)  # noqa: S301 - from the server that started this process, by a pipe that only they hold
            try:
                told: tuple[object, tuple[Fault, ...]] = (work(), ())
            except EiaError as error:
                told = (None, error.faults)
            results.write(pickle.dumps(told))
            results.flush()
            del work, told  # what it was of is not kept until the next comes


def _limit_memory(most: int) -> None:
    """Let this process have so much memory of its own; where systems know no such limit, only a failure to get more ends it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main()
