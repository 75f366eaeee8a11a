"""Takes nothing; gives the bundled examples: where each case is, in the installed package or beside it in a checkout."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import eia

MAIN = "riverbank"


def home() -> Path:
    """The folder of the examples: inside the installed package, or beside the package in a checkout."""
    package = Path(eia.__file__).parent
    inside = package / "_datasets"
    return inside if inside.is_dir() else package.parent / "datasets"


def examples() -> Mapping[str, Path]:
    """Every example by name, with its case file; the main one first.

    >>> list(examples())[0]
    'riverbank'
    """
    found = {case.parent.name: case for case in sorted(home().glob("**/case.toml"))}
    return {MAIN: found[MAIN], **found}
