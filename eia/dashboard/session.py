"""Takes what a visitor opens or changes; gives the state of the visit. All of it lives in this one object of one session.

Nothing of it is shared between visits or written to disk: two visitors never see each other's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, cast

import streamlit as st

from eia.case import Case, changed
from eia.dashboard.launch import launched_case
from eia.dashboard.open_files import Opened, Reading, Sources, from_disk, opened, reading, text_of
from eia.dashboard.serving.departures import arrived
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.record import from_json
from eia.intake.evidence import Upload

Part = Literal[
    "What is proposed",
    "Consultation",
    "Papers and decisions",
    "Pools and stages",
    "Priority",
    "Pay and terms",
    "Conventions",
]
"""The parts of the settings of a proposal."""
_KEY = "eia"
_PANEL = "panel"
_CHOICE = "choice: "
ENTRY = "entry "
"""So begins the name of a choice in an entry that can be added to the case, and taken out of it."""
COUNTED = "counted "
"""So begins the name of what was made of counts alone, which no words change."""
VIEW = "view "
"""So begins the name of a choice of what is looked at, which is none of the case."""

READING = "Reading the files"
BUSY = "Reading the files, and looking at every group"
STEPS = 20
"""So many choices can be taken back."""

_Made = TypeVar("_Made")


class Step(NamedTuple):
    """What was chosen before a choice was made: the case, and the answers that are in no file."""

    case: Case
    answers: Mapping[tuple[str, int], bool]


@dataclass(slots=True, weakref_slot=True)
class Session:
    """One visit.

    case, sources: what is open; sources is None for a saved assessment, whose choices are fixed. case_file: the text of
    the case as it came, for its comments. headers: of the main file. reading: how the files were read, None until they can be.
    assessment: None until they can be assessed, which may wait for answers to what the reading asks.
    problem: what stands in the way. begun: whether the visit began with a case named on the command line. choices:
    the values of widgets, applied or not. made: what has been made from the assessment already. history: what was chosen before, the latest last.
    under_way: the choices that are being assessed, until that is done.
    """

    case: Case | None = None
    sources: Sources | None = None
    case_file: str = ""
    headers: tuple[str, ...] = ()
    reading: Reading | None = None
    assessment: Assessment | None = None
    problem: EiaError | None = None
    begun: bool = False
    choices: dict[str, object] = field(default_factory=dict)
    made: dict[str, object] = field(default_factory=dict)
    history: list[Step] = field(default_factory=list)
    under_way: Case | None = None

    @property
    def size(self) -> int:
        """The bytes of the uploaded files that are open."""
        return self.sources.size if self.sources else 0

    def open_case(self, path: Path) -> None:
        """Open a case file on this machine: an example, or the case that the dashboard was started with."""
        self._forget()
        try:
            self.case, self.sources = from_disk(path)
            self.case_file = path.read_text(encoding="utf-8-sig")
        except EiaError as problem:
            self.refuse(problem)
            return
        self._assess(self.case)

    def open_files(self, case: Case, sources: Sources, case_file: str = "") -> None:
        """Open uploaded files."""
        self._forget()
        self.case, self.sources, self.case_file = case, sources, case_file
        self._assess(case)

    def open_record(self, record: Upload) -> None:
        """Open a saved assessment."""
        self._forget()
        try:
            self.assessment = from_json(text_of(record), file=record.name)
            self.case = self.assessment.case
        except EiaError as problem:
            self.refuse(problem)

    def apply(self, case: Case) -> None:
        """Assess the open files again under other choices; the answer until now stays where they do not fit."""
        self._remember()
        self._assess(case)

    def write(self, texts: Mapping[str, str]) -> None:
        """Keep what people wrote, by the title of its place, with the case; no figure changes, so that nothing is assessed again.

        Raises EiaError where a text is no text, or too long.
        """
        self._tell(texts=dict(texts))

    def lead_with(self, names: Sequence[str]) -> None:
        """Keep with the case what the response names first; no figure changes. names: as a case has them.

        Raises EiaError where they are too many.
        """
        self._tell(response={"findings": list(names)})

    def undo(self) -> None:
        """Take the last choice back, and whatever has been entered since."""
        before = self.history.pop()
        self.choices = {key: value for key, value in self.choices.items() if key.startswith(_CHOICE + VIEW)}
        _forget_widgets(but=_CHOICE + VIEW)
        if self.case is not None and _only_told_otherwise(self.case, before.case):
            self._retell(before.case)
            return
        self.headers = ()
        if self.sources is not None:
            self.sources = replace(self.sources, answers=before.answers)
        self._assess(before.case)

    def answer(self, answers: Mapping[tuple[str, int], bool]) -> None:
        """Assess the open files again with answers whether vacancies suit people, which are kept with the visit alone."""
        assert self.case is not None and self.sources is not None  # noqa: S101, PT018 - there is nobody to answer for otherwise
        self._remember()
        self.sources = replace(self.sources, answers=answers)
        self._assess(self.case)

    def reread(self, case: Case) -> None:
        """Assess the open files again where it may be another sheet, with other headers, that is read."""
        self._remember()
        self.headers = ()
        self._assess(case)

    def looked_at(self, case: Case) -> Reading:
        """How the open files would be read under other choices; nothing is assessed, and nothing changes.

        Raises EiaError where they could not be read so.
        """
        assert self.sources is not None  # noqa: S101 - a saved assessment is not read again
        sources = self.sources
        with st.spinner(READING, show_time=True):
            return self.once(f"reading {case.hash}", lambda: reading(case, sources))

    def resume(self) -> None:
        """Go on with what was being assessed when the visitor went to another page, or lost the connection."""
        if self.under_way is not None:
            self._assess(self.under_way)

    def refuse(self, problem: EiaError) -> None:
        """Keep what stands in the way of something the visitor wants, to be shown: the faults and nothing they came from."""
        self.problem = EiaError(problem.faults)

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """What ``make`` gives, made once for each assessment."""
        if name not in self.made:
            self.made[name] = make()
        return cast(_Made, self.made[name])

    def _remember(self) -> None:
        if self.case is not None:
            self.history = [*self.history, Step(self.case, self.sources.answers if self.sources else {})][-STEPS:]

    def _tell(self, **parts: object) -> None:
        assert self.case is not None  # noqa: S101 - there is nothing to tell otherwise
        case = changed(self.case, **parts)
        self._remember()
        self._retell(case)

    def _retell(self, case: Case) -> None:
        """The same figures as this case tells them; the answer may be from before a change that did not fit."""
        self.case, self.made = case, {name: made for name, made in self.made.items() if name.startswith(COUNTED)}
        if self.assessment is not None:
            told = _told_as(self.assessment.case, case)
            run = replace(self.assessment.run, case_hash=told.hash)
            self.assessment = replace(self.assessment, case=told, run=run)

    def _assess(self, case: Case) -> None:
        assert self.sources is not None  # noqa: S101 - a saved assessment is not assessed again
        self.problem, self.under_way = None, case
        try:
            with st.spinner(BUSY, show_time=True):
                found = opened(case, self.sources)
        except EiaError as problem:
            found = Opened(faults=problem.faults)
        except Exception:  # a fault of ours; a visitor who goes to another page raises none of these
            self.under_way = None
            raise
        self.headers = found.headers or self.headers
        if found.faults:
            self.refuse(EiaError(found.faults))
            self.case = case
        else:
            self.reading, self.assessment = found.reading, found.assessment
            self.case, self.made = self.assessment.case if self.assessment else case, {}
        self.under_way = None

    def _forget(self) -> None:
        fresh = Session(begun=self.begun)
        for part in fields(self):
            setattr(self, part.name, getattr(fresh, part.name))
        _forget_widgets()


def _told_as(case: Case, other: Case) -> Case:
    """The case with what people wrote, and what they chose to name, as another one has it: all that changes no figure."""
    return case.model_copy(update={"texts": other.texts, "response": other.response})


def _only_told_otherwise(before: Case, after: Case) -> bool:
    """Whether two cases differ in what changes no figure, and in nothing else."""
    return before != after and _told_as(before, after) == after


def _forget_widgets(but: str = "\0") -> None:
    """Forget what widgets say, but for those whose keys begin so."""
    for key in [key for key in st.session_state if str(key).startswith(_CHOICE) and not str(key).startswith(but)]:
        del st.session_state[key]


def go_on_with(visit: Session) -> None:
    """Make this a visit like another one, which goes on by itself where it is still open."""
    _forget_widgets()
    st.session_state[_KEY] = replace(visit, choices=dict(visit.choices), made={}, history=list(visit.history))


def session() -> Session:
    """The visit that this run of the script belongs to."""
    if _KEY not in st.session_state:
        made = st.session_state[_KEY] = Session()
        arrived()
        if path := launched_case():
            made.begun = True
            made.open_case(path)
    visit = cast(Session, st.session_state[_KEY])
    visit.resume()
    return visit


def assessment_open() -> Assessment | None:
    """The assessment of this visit; None where there is none yet."""
    visit = st.session_state.get(_KEY)
    return visit.assessment if visit else None


def open_panel(part: Part) -> None:
    """Have the settings of the proposal shown, beginning with one of their parts, until they are closed."""
    st.session_state[_PANEL] = part


def close_panel() -> None:
    """Show the settings of the proposal no more."""
    st.session_state.pop(_PANEL, None)


def panel_open() -> Part | None:
    """The part with which the settings of the proposal are shown; None where they are not."""
    return cast("Part | None", st.session_state.get(_PANEL))


def choice(name: str, start: object) -> str:
    """The key of a widget whose value is a choice; it begins with what was chosen before, or else with ``start``."""
    key = f"{_CHOICE}{name}"
    st.session_state.setdefault(key, session().choices.get(key, start))
    return key


def choose(name: str, value: object) -> None:
    """Have a choice begin with this value where its widget is shown next, whatever was chosen before."""
    st.session_state[f"{_CHOICE}{name}"] = value


def forget_entries() -> None:
    """Forget what was entered, once it is part of the case: else it would be added again, even after it was taken out."""
    for held in (session().choices, st.session_state):
        for key in [key for key in held if str(key).startswith(_CHOICE + ENTRY)]:
            del held[key]


def remember_choices() -> None:
    """Keep what is chosen on the page that is shown: streamlit forgets it when another page is."""
    session().choices |= {str(key): value for key, value in st.session_state.items() if str(key).startswith(_CHOICE)}
