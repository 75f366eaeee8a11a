"""Takes text; prints it as what it is, and ends the process in one sentence where it cannot be printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress

from eia.errors import visible

UNPRINTED = 1


def say(text: object, *, err: bool = False) -> None:
    """Print text on lines of its own. Nothing in it steers the terminal, whoever wrote it."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None:  # None where the process was started without one
        stream.write("".join(f"{visible(line)}\n" for line in str(text).split("\n")))
        stream.flush()


def say_all(lines: Iterable[str]) -> None:
    """Print several."""
    for line in lines:
        say(line)


def printed(run: Callable[[], object]) -> None:
    """Run what prints. Where the screen, or the file that it was sent to, is full or gone, say so where that can be said, and
    end with 1 before the interpreter tries to print the rest."""
    try:
        try:
            run()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            sys.stderr.write("Not everything could be printed: the disk is full, or what it was sent to is gone.\n")
            sys.stderr.flush()
        os._exit(UNPRINTED)
