"""Takes nothing; gives this process, and all that it starts, no core dumps: the memory of one that reads people holds their names."""

from __future__ import annotations

from contextlib import suppress


def no_dumps() -> None:
    """Forbid core dumps from here on, where the system has them; it cannot be undone.

    >>> no_dumps()
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
