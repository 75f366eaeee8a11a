"""Takes files as they were uploaded or lie on disk, and a case; gives how they were read and the Assessment of them, or every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from eia.case import Case, changed, named_file, read_case
from eia.counts.data_quality import CountsQuality, counts_quality
from eia.counts.from_count_table import from_count_table
from eia.counts.stages import workforce_losing_posts
from eia.dashboard.workers.beside import ON_FIRST_SCREEN, beside_apart
from eia.dashboard.workers.waiting import pooled, worked_out
from eia.errors import EiaError, Fault
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.asking.outcome_words import unknown_outcome_words
from eia.intake.evidence import Evidence, Upload, read_evidence, without_names
from eia.intake.extras.redeployment import KINDS
from eia.intake.files.raw_table import RawTable, open_table
from eia.intake.intake_record import Intake
from eia.intake.kinds import FILE_KINDS, FileKey
from eia.intake.layouts.laid_out import counts_file
from eia.intake.quality import Quality, quality
from eia.intake.workforce import Workforce, labels_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of one visit: either those that a case on this machine's disk names, or uploaded ones, never both.

    folder: where the case file is, for files on disk. uploads: the files by their kind; each is opened once for the visit. answers:
    given on the screen, whether a vacancy, by reference, suits a person, by place; they are in no file and go with the visit.
    """

    folder: Path | None = None
    uploads: Mapping[FileKey, Upload] = field(default_factory=dict)
    answers: Mapping[tuple[str, int], bool] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of the uploaded files."""
        return sum(len(upload.content) for upload in self.uploads.values())


def from_disk(path: Path) -> tuple[Case, Sources]:
    """A case file on this machine, and its files."""
    return read_case(path), Sources(folder=path.parent)


def text_of(upload: Upload) -> str:
    """An uploaded file as text.

    Raises EiaError where it is not text.
    """
    with suppress(UnicodeDecodeError):  # it holds the whole upload: it must not travel with our message
        return upload.content.decode("utf-8-sig")
    raise EiaError(
        Fault(code="not-text", what="The file cannot be read as text.", file=upload.name, allowed="a file saved as UTF-8",
              do="Save it again as UTF-8.")
    )  # fmt: skip


def headers(case: Case, sources: Sources) -> tuple[str, ...]:
    """The headers of the main file."""
    table = _main_table(case, sources)
    return table.headers if table else ()


def holds_counts(case: Case, sources: Sources) -> bool:
    """Whether the main file is a table of counts, be it one with faults."""
    try:
        table = _main_table(case, sources)
    except EiaError:
        return False
    try:
        return table is not None and case.people.rows is None and counts_file(table, case) is not None
    except EiaError:
        return True


def _main_table(case: Case, sources: Sources) -> RawTable | None:
    if "main" in sources.uploads:
        return sources.uploads["main"].table(case.files.sheet, guess_sheet=True)
    kind = "counts" if case.files.counts else "workforce"
    own = case.files.counts or case.files.workforce
    if sources.folder is None or own is None:
        return None
    return open_table(named_file(sources.folder, own, kind), sheet=case.files.sheet, guess_sheet=True)


def sheets(sources: Sources) -> Mapping[str, tuple[str, ...]]:
    """The sheets of each uploaded file, by the key of the case that names one; none where it is no workbook."""
    given = {kind.sheet: sources.uploads.get(kind.key) for kind in FILE_KINDS if kind.sheet}
    return {key: upload.sheets if upload else () for key, upload in given.items()}


def outcome_words(case: Case, sources: Sources) -> tuple[str, ...]:
    """The words for outcomes in uploaded files that are not known and may be shown."""
    given = sources.uploads.get("selections") or sources.uploads.get("main")
    if given is None:
        return ()
    with suppress(EiaError):  # said where the files are read
        sheet = case.files.sheet if given is sources.uploads.get("main") else case.files.selections_sheet
        return unknown_outcome_words(given.table(sheet, guess_sheet=given is sources.uploads.get("main")), case)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files were read, before anything is assessed; of people only how many there are. people, in_pools: None for counts. selected:
    None while nobody has been. leaving: they, and those who leave without being selected."""

    people: int | None
    in_pools: int | None
    pools: int
    selected: int | None
    intake: Intake
    leaving: int = 0

    @property
    def waits(self) -> bool:
        """Whether something about who is counted has to be answered before anything is assessed."""
        return any(question.changes_who_is_counted for question in self.intake.questions)


def reading(case: Case, sources: Sources) -> Reading:
    """Read the files, and say how."""
    return worked_out(partial(_reading, case, sources), sources.size)


def _reading(case: Case, sources: Sources) -> Reading:
    return _told(_evidence(case, sources), case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of opening files: the headers of the main one, how they were read, and the Assessment; of what could not be, the faults."""

    headers: tuple[str, ...] = ()
    reading: Reading | None = None
    assessment: Assessment | None = None
    faults: tuple[Fault, ...] = ()


def opened(case: Case, sources: Sources) -> Opened:
    """Open files, read them and assess them, as far as each goes.

    Raises EiaError where that was ended before it came to anything.
    """
    if not pooled():
        return _opened(case, sources)
    found = worked_out(partial(_opened_apart, case, sources), sources.size)
    return replace(found, assessment=beside_apart(found.assessment, sources.size)) if found.assessment else found


def _opened_apart(case: Case, sources: Sources) -> Opened:
    """The same with what the first screen shows: a visitor waits in the queue once."""
    found = _opened(case, sources)
    if found.assessment is not None:
        for name in ON_FIRST_SCREEN:
            getattr(found.assessment.further, name)
    return found


def _opened(case: Case, sources: Sources) -> Opened:
    found = Opened()
    try:
        found = replace(found, headers=headers(case, sources))
        told, made = read_and_assessed(case, sources)
    except EiaError as error:
        return replace(found, faults=error.faults)
    return replace(found, reading=told, assessment=made)


def read_and_assessed(case: Case, sources: Sources) -> tuple[Reading, Assessment | None]:
    """Read the files and assess them; no assessment where the reading waits for answers."""
    evidence = _evidence(case, sources)
    told = _told(evidence, case)
    return told, None if told.waits else assess_evidence(evidence, _naming(case, sources))


def _told(evidence: Evidence, case: Case) -> Reading:
    main = evidence.main
    if not isinstance(main, Workforce):
        return Reading(people=None, in_pools=None, pools=len(main.pools), selected=None, intake=main.intake)
    frame = main.frame
    chosen = case.stages.order[case.stages.order.index(case.stages.compulsory) :]
    selected = int(frame["outcome"].isin(chosen).sum()) if "outcome" in frame else None
    return Reading(
        people=main.people, in_pools=int(frame["pool"].notna().sum()), pools=len(labels_of(frame, "pool")), selected=selected,
        intake=main.intake, leaving=workforce_losing_posts(main),
    )  # fmt: skip


def file_worth(case: Case, sources: Sources) -> Quality | CountsQuality:
    """What the file of people, or the table of counts, is worth. The files are read again: nobody is kept between pages."""
    return worked_out(partial(_file_worth, case, sources), sources.size)


def _file_worth(case: Case, sources: Sources) -> Quality | CountsQuality:
    main = _evidence(case, sources).main
    return quality(main, case) if isinstance(main, Workforce) else counts_quality(from_count_table(main, case), case)


def _evidence(case: Case, sources: Sources) -> Evidence:
    """Read the files.

    An uploaded case cannot make this machine read its disk: of uploaded files only the bytes given count, and the
    files that the case names are replaced by the names of those given.
    """
    if sources.folder is not None:
        evidence = read_evidence(case, folder=sources.folder)
    else:
        given: dict[str, Any] = {key: upload for key, upload in sources.uploads.items() if key not in KINDS}
        evidence = read_evidence(
            case.model_copy(update={"files": without_names(case.files)}),
            folder=Path(),  # where nothing is looked for, since the case names no file now
            redeployment={kind: sources.uploads[kind] for kind in KINDS if kind in sources.uploads},
            **given,
        )
    main = evidence.main
    if not sources.answers or not isinstance(main, Workforce) or main.redeployment is None:
        return evidence
    return replace(evidence, main=replace(main, redeployment=main.redeployment.answered(sources.answers)))


def people(case: Case, sources: Sources) -> Workforce | None:
    """The people of the files, read again for what an assessment does not keep of them; None for a table of counts."""
    return worked_out(partial(_people, case, sources), sources.size)


def _people(case: Case, sources: Sources) -> Workforce | None:
    main = _evidence(case, sources).main
    return main if isinstance(main, Workforce) else None


def _naming(case: Case, sources: Sources) -> Case:
    """The case naming the uploaded files, so that it can be saved beside them and used again."""
    named: dict[str, str] = {key: upload.name for key, upload in sources.uploads.items()}
    if "main" in named:
        named["counts" if holds_counts(case, sources) else "workforce"] = named.pop("main")
        return changed(case, files=without_names(case.files).model_dump(exclude_none=True) | named)
    return case
