"""Takes the visits that were begun; ends those whose visitor has gone for good, and gives the memory of them back.

Streamlit keeps a visit that was left, in case a connection broke for a moment, and forgets it only when somebody else comes.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

LOOK = 5.0  # seconds between two looks
_left: dict[str, float | None] = {}
"""The visits that were begun, by their ids: since when their visitor is away, None while they are there."""


def arrived() -> None:
    """A visit has begun: the one that this run of the script belongs to."""
    if runtime.exists() and (context := get_script_run_ctx()) is not None:
        _left[context.session_id] = None


def here() -> bool:
    """Whether the visit that this run of the script belongs to has begun."""
    return (context := get_script_run_ctx()) is not None and context.session_id in _left


def visits() -> int:
    """How many visits there are, with those that were left a short while ago."""
    return len(_left)


@dataclass(frozen=True, slots=True)
class SeeingOff:
    """Sees visitors off for as long as the server runs. away: seconds for which a visit is kept whose page is not there."""

    away: float

    @asynccontextmanager
    async def __call__(self, _app: object) -> AsyncIterator[dict[str, object]]:
        """What streamlit keeps open while it serves."""
        watching = asyncio.create_task(self._watch())
        try:
            yield {}
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if see_off(time.monotonic(), self.away):
                await asyncio.to_thread(give_back)


def see_off(now: float, away: float) -> int:
    """End the visits whose page has not been there for so long; how many these were."""
    server, ended = runtime.get_instance(), 0
    for visit, since in list(_left.items()):
        if server.is_active_session(visit):
            _left[visit] = None
        elif since is None:
            _left[visit] = now
        elif now - since >= away:
            server.close_session(visit)  # with what was uploaded and what was made of it
            del _left[visit]
            ended += 1
    return ended


def give_back() -> None:
    """Give what is free back to the system.

    >>> give_back()
    """
    gc.collect()
    if pyarrow := sys.modules.get("pyarrow"):
        pyarrow.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):  # the C library of Linux keeps small pieces until it is asked
        ctypes.CDLL("libc.so.6").malloc_trim(0)
