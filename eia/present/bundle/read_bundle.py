"""Takes the path of a bundle; gives what is in it by hash, and what its own list says should be: nothing is unpacked onto the disk.

A bundle can come from anybody. What is no plain zip of a few files with names of ours is refused before anything in it is read.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.case import parse_case
from eia.errors import EiaError, Fault
from eia.reading import read_file

SUMS, BEFORE, CASE = "SHA256SUMS", "BEFORE", "case.toml"
NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,80}){0,3}"
"""How the parts of a bundle are called."""

_END, _ENTRY, _CHUNK = 22, 512, 1 << 20  # bytes: of the end of a zip, of the entry of a part at most, and read at once
_LINE = re.compile(rf"([0-9a-f]{{64}})  ({NAME})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What a bundle holds. sha256: its own. parts: the hash of each part; listed: that which its list gives. before: the SHA-256 of the bundle before, or None.
    of: the title and the employer of its case; None where its case cannot be read."""

    sha256: str
    parts: Mapping[str, str]
    listed: Mapping[str, str]
    before: str | None
    of: tuple[str, str] | None

    @property
    def changed(self) -> tuple[str, ...]:
        """Parts that are not what the list says."""
        return tuple(name for name, digest in self.parts.items() if self.listed.get(name, digest) != digest)

    @property
    def added(self) -> tuple[str, ...]:
        """Parts of which the list knows nothing."""
        return tuple(name for name in self.parts if name not in self.listed)

    @property
    def gone(self) -> tuple[str, ...]:
        """Parts that the list has and the bundle has not."""
        return tuple(name for name in self.listed if name not in self.parts)

    @property
    def sound(self) -> bool:
        """Whether every part is what the list says, and no other is there."""
        return not (self.changed or self.added or self.gone)


def read_bundle(path: str | os.PathLike[str]) -> Bundle:
    """Read a bundle. Raises EiaError, with one message, where it is none, or larger than any."""
    path = Path(path)
    try:
        content = read_file(path, budget.BUNDLE_BYTES)
        _check_end(content)
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            _check_parts(held)
            parts = {part.filename: _hashed(held, part) for part in held.infolist()}
            sums, before = (held.read(name).decode("ascii") for name in (SUMS, BEFORE))
            of = _of(held.read(CASE)) if CASE in parts else None
        lines = [_LINE.fullmatch(line) for line in sums.splitlines()]
        listed = {line[2]: line[1] for line in lines if line}
        if len(listed) != len(lines) or not re.fullmatch(r"(?:none|[0-9a-f]{64})\n", before):
            raise ValueError
    except (OSError, ValueError, KeyError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        raise EiaError(Fault(code="not-a-bundle", what="This is no bundle, or not one that can be read.", file=path.name,
                             allowed=f"a zip of up to {budget.BUNDLE_BYTES >> 20} MB that eia bundle wrote", do="Give the file as it was sent.")) from None  # fmt: skip
    del parts[SUMS]
    said = before.strip()
    return Bundle(
        sha256=hashlib.sha256(content).hexdigest(),
        parts=parts,
        listed=listed,
        before=None if said == "none" else said,
        of=of,
    )


def _of(case: bytes) -> tuple[str, str] | None:
    """Whose case it is; None where it is none that this version reads."""
    try:
        read = parse_case(case.decode())
    except (EiaError, UnicodeDecodeError):
        return None
    return read.title, read.employer.name


def _check_end(content: bytes) -> None:
    """Refuse what is more than a zip, and lists of parts so long that reading them would take memory: before they are read."""
    end = content[-_END:]
    there, length, start = (int.from_bytes(end[at : at + size], "little") for at, size in ((10, 2), (12, 4), (16, 4)))
    plain = end[:4] == b"PK\x05\x06" and content[:4] == b"PK\x03\x04" and start + length + _END == len(content)
    if not plain or there > budget.BUNDLE_PARTS or length > budget.BUNDLE_PARTS * _ENTRY:
        raise ValueError


def _check_parts(held: zipfile.ZipFile) -> None:
    """Refuse parts that are no plain files with a name of ours, or that would be too large."""
    parts = held.infolist()
    names = [part.filename for part in parts]
    if (
        len(parts) > budget.BUNDLE_PARTS
        or len(set(names)) != len(names)
        or not all(re.fullmatch(NAME, name) for name in names)
        or any(stat.S_ISLNK(part.external_attr >> 16) or part.flag_bits & 1 for part in parts)
        or sum(part.file_size for part in parts) > budget.BUNDLE_BYTES_UNPACKED
        or any(held.getinfo(name).file_size > budget.CASE_BYTES for name in {SUMS, BEFORE, CASE}.intersection(names))
    ):
        raise ValueError


def _hashed(held: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """The SHA-256 of a part, of which no more is read than it says it has."""
    digest = hashlib.sha256()
    with held.open(part) as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
