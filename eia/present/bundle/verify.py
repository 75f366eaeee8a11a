"""Takes the paths of a bundle and of those before it; gives in plain words whether anything in them was changed, and whether they follow each other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eia.errors import visible
from eia.present.bundle.read_bundle import Bundle, read_bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found. sound: whether nothing was changed, and every bundle follows the next one given and is of its case. lines: the same in words."""

    sound: bool
    lines: tuple[str, ...]


def verify(paths: Sequence[str | os.PathLike[str]]) -> Verified:
    """Check a bundle, and those before it: the newest first.

    Raises EiaError where one of them is no bundle.
    """
    names, bundles = [visible(Path(path).name) for path in paths], [read_bundle(path) for path in paths]
    lines = [line for name, bundle in zip(names, bundles, strict=True) for line in _parts(name, bundle)]
    chain = [bundle.before == before.sha256 for bundle, before in pairwise(bundles)]
    for holds, (name, before) in zip(chain, pairwise(names), strict=True):
        lines.append(f"{name}: follows {before}." if holds else f"{name}: does NOT follow {before}. Another bundle came before it, or one of the two was made again.")  # fmt: skip
    another = [bundle.of != before.of for bundle, before in pairwise(bundles)]
    lines += [
        f"{name}: is of another case than {before}: title or employer is not the same."
        for differs, (name, before) in zip(another, pairwise(names), strict=True)
        if differs
    ]
    first = bundles[-1]
    lines.append(f"{names[-1]}: is the first of its chain." if first.before is None else f"{names[-1]}: a bundle came before it, with SHA-256 {first.before}. Give it too.")  # fmt: skip
    return Verified(
        sound=all(chain) and not any(another) and all(bundle.sound for bundle in bundles), lines=tuple(lines)
    )


def _parts(name: str, bundle: Bundle) -> Iterator[str]:
    """What was done to one bundle, and its own hash."""
    for what, parts in (("changed", bundle.changed), ("added", bundle.added), ("taken out", bundle.gone)):
        if parts:
            yield f"{name}: {what}: {', '.join(parts)}."
    if bundle.sound:
        yield f"{name}: all {len(bundle.parts)} parts are as its list says."
    yield f"{name}: SHA-256 {bundle.sha256}. Compare it with the one that you were given."
