"""Takes an Assessment and a path; writes the bundle of this version there: one zip with everything that it is made of and gives, and the hash of each part.

It holds no file of people: of each input file its hash alone. The same assessment gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from eia import budget
from eia.case import case_text
from eia.errors import EiaError, Fault, visible
from eia.findings.assessment import Assessment
from eia.findings.publication import from_json
from eia.present.bundle.read_bundle import BEFORE, CASE, SUMS, read_bundle
from eia.present.documents.publishable import FOLDER, RECORD
from eia.present.documents.write_report import DOCUMENTS, files_to_send, report_files
from eia.present.formats.zipped import zipped
from eia.present.text.narrative import CONFIDENTIAL
from eia.reading import read_file
from eia.writing import write_file

_PUBLISHED = re.compile(
    rf"(?:{'|'.join((*DOCUMENTS, 'figures', 'published', 'to-attach'))})\.[a-z]{{2,4}}|charts/[A-Za-z0-9_-]+\.(?:png|svg|csv)"
)
"""The files of a publishable edition: nothing else that lies in its folder goes in."""
INPUTS, ABOUT, PRIVATE = "INPUTS", "README.txt", "confidential"


def write_bundle(
    assessment: Assessment,
    path: str | os.PathLike[str],
    *,
    after: str | os.PathLike[str] | None = None,
    publishable: str | os.PathLike[str] | None = None,
) -> str:
    """Write the bundle of an assessment; give its SHA-256. after: the bundle of the version before, whose SHA-256 goes in. publishable: the folder of
    its publishable edition, which goes in too.

    Raises EiaError where the bundle before was changed, is of another case or is none of ours, where the folder is of another case, and where it cannot be written.
    """
    before = None if after is None else read_bundle(after)
    if before is not None and not before.sound:
        raise EiaError(Fault(code="bundle-changed", what="The bundle before this one was changed after it was made.", file=Path(after or "").name,
                             allowed="a bundle as eia made it", do="Give the bundle as it was sent. `eia verify` says what was changed."))  # fmt: skip
    if before is not None and before.of != (assessment.case.title, assessment.case.employer.name):
        raise EiaError(Fault(code="another-bundle", what="The bundle before is of another case: its title or its employer is not the same.", file=Path(after or "").name,
                             allowed="a bundle of an earlier version of this case", do="Name that one, or let this bundle be the first of its case."))  # fmt: skip
    contents = bundle_files(
        assessment, before=before.sha256 if before else "", published=_published(assessment, publishable)
    )
    made = zipped(contents)
    write_file(Path(path), made, what="The bundle", do="Choose another file with --out.")
    return hashlib.sha256(made).hexdigest()


def bundle_files(
    assessment: Assessment, *, before: str = "", published: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Everything in a bundle by its name, in order. before: the SHA-256 of the bundle before; empty for the first."""
    documents = {name: text.encode() for name, text in report_files(assessment).items()}
    for name in DOCUMENTS:
        documents |= files_to_send(assessment, name)
    contents = {
        ABOUT: _about(assessment).encode(),
        CASE: case_text(assessment.case).encode(),
        INPUTS: "".join(f"{sha256}  {visible(name)}\n" for name, sha256 in _inputs(assessment)).encode(),
        BEFORE: f"{before or 'none'}\n".encode(),
        **{f"{PRIVATE}/{name}": documents[name] for name in sorted(documents)},
        **{f"{FOLDER}/{name}": content for name, content in (published or {}).items()},
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    return contents | {SUMS: sums.encode()}


def _inputs(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Each file that was read and its SHA-256; the record of the version before last."""
    yield from ((source.file, source.sha256) for source in assessment.sources)
    if assessment.since:
        yield "record of the version before", assessment.since.sha256


def _about(assessment: Assessment) -> str:
    """What the bundle is, for whoever opens it."""
    run = assessment.run
    return "\n".join([
        CONFIDENTIAL, "",
        f"Case: {visible(assessment.case.title)}. Hash of the case: {run.case_hash}.",
        f"Made on {run.when:%Y-%m-%d %H:%M:%S} UTC with eia {run.version}.", "",
        f"{CASE}: every choice of this version, as eia writes it.",
        f"{INPUTS}: the SHA-256 of each file that was read. The files themselves are not here.",
        f"{PRIVATE}/: the record and every document, for those entitled to the figures.",
        f"{FOLDER}/: what may be published, where that was made.",
        f"{BEFORE}: the SHA-256 of the bundle of the version before, or none.",
        f"{SUMS}: the SHA-256 of each part. Whoever changes a part can change this list too: keep the SHA-256 of the bundle elsewhere.", "",
        "To check it: eia verify BUNDLE.zip EARLIER.zip", "",
    ])  # fmt: skip


def _published(assessment: Assessment, folder: str | os.PathLike[str] | None) -> dict[str, bytes]:
    """The files of the publishable edition, by their names."""
    if folder is None:
        return {}
    home = Path(folder)
    try:
        names = sorted(
            path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() and not path.is_symlink()
        )
        files = {
            name: read_file(home / name, budget.REPORT_BYTES)
            for name in names[: budget.BUNDLE_PARTS]
            if _PUBLISHED.fullmatch(name)
        }
        of = from_json(files[RECORD]).case_hash
    except (OSError, KeyError):
        of = ""
    if of != assessment.run.case_hash:
        raise EiaError(Fault(code="another-publication", what="The folder is no publishable edition of this case.", file=home.name,
                             allowed=f"a folder with the {RECORD} of this case", do="Publish this version first: eia publish."))  # fmt: skip
    return files
