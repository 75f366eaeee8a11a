"""Takes something to work out; gives what it comes to, and tells the visitor until then where it stands.

Without workers, as in a notebook or a test, it is worked out here and at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from eia.dashboard.workers.pool import Pool

_Made = TypeVar("_Made")
_LOOK = 1.0  # seconds between two looks whether it is done, and whether the visitor is still there

_running: list[Pool] = []  # the pool of this server, or none


def use(pool: Pool | None) -> None:
    """Have everything worked out by a pool from here on; or by none."""
    _running[:] = [pool] if pool else []


def pooled() -> bool:
    """Whether there are workers."""
    return bool(_running)


def worked_out(work: Callable[[], _Made], size: int) -> _Made:
    """What a call comes to. size: bytes of the files that it is of.

    Raises EiaError with the faults of these. A visitor who leaves, or goes to another page, takes it out of the queue.

    >>> from functools import partial
    >>> worked_out(partial(sum, (1, 2)), 0)
    3
    """
    if not _running:
        return work()
    import streamlit as st

    pool = _running[0]
    job = pool.submit(work, size)
    try:
        if not job.done.wait(_LOOK):
            place = st.empty()
            while not job.done.wait(_LOOK):
                place.caption(standing(pool.before(job)))  # streamlit ends the run here where the visitor has gone
            place.empty()
    finally:
        pool.drop(job)
    return job.result()


def standing(before: int | None) -> str:
    """Where somebody stands who waits. before: how many wait before them; None when it is their turn.

    >>> standing(None), standing(0), standing(2)
    ('This is being worked out.', 'Your file is next.', '2 files are before yours.')
    """
    if before is None:
        return "This is being worked out."
    return {0: "Your file is next.", 1: "1 file is before yours."}.get(before, f"{before} files are before yours.")
