"""Takes the tables of a page, or the headers of one, and the case; gives the questions about words across the top, headings and columns that may say who is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eia.case import RETAINED, Case
from eia.errors import inert
from eia.intake.counts.measures import SELECTED, is_percentage
from eia.intake.counts.published_cells import figures, published_marks
from eia.intake.layouts.columns import speaks_of_outcome
from eia.intake.layouts.facts import MEASURE, NUMBER, OTHER, POOL, TOTAL, Read
from eia.intake.layouts.terms import PEOPLE, person_column
from eia.intake.questions import Choice, OpenQuestion

_COUNTS_EVERYBODY = frozenset((PEOPLE, "whole", "rest", "share"))
_SHOWN = 6


def ask_outcome_columns(columns: Mapping[str, Sequence[str]], counted: set[str], case: Case) -> list[OpenQuestion]:
    """A question for each header that is not known and whose words speak of an outcome. columns: header -> its cells. counted: what the
    known columns count. Our guess is what its words say, unless another column counts that already.

    >>> [(one.about, one.guess) for one in ask_outcome_columns({"Losing post": ["12", "4"], "Site": ["3"]}, {"people"}, Case())]
    [('Losing post', 'selected')]
    """
    asked = []
    known = counted | ({case.stages.compulsory} if SELECTED in counted else set())
    for header, cells in sorted(columns.items(), key=lambda one: is_percentage(one[0])):
        meant = speaks_of_outcome(header, case)
        if meant and _counts_people(cells, case) and not (is_percentage(header) and meant in known):
            again = meant in known
            reason = "another column counts the same already" if again else "its words say so"
            asked.append(_outcome_question(header, cells, "" if again else meant, reason, case))
            known |= {meant}
    return asked


def ask_unread_columns(columns: Mapping[str, Sequence[str]], counted: set[str], case: Case) -> list[OpenQuestion]:
    """A question for each column of figures that nothing is known of, where no other counts anybody selected: it is not used meanwhile."""
    if counted - _COUNTS_EVERYBODY:
        return []
    left = {
        header: cells for header, cells in columns.items()
        if header and header not in case.ignored and not person_column(header) and _counts_people(cells, case)
    }  # fmt: skip
    reason = "nothing in the table counts who is selected, and nothing says what this column counts"
    return [_outcome_question(header, cells, "", reason, case) for header, cells in left.items()]


def _counts_people(cells: Sequence[str], case: Case) -> bool:
    """Whether every cell with something in it states people, or percentages of them, and some do."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(figures(cell, marks=published_marks(case), percentage=True) for cell in filled)


def _outcome_question(header: str, cells: Sequence[str], guess: str, reason: str, case: Case) -> OpenQuestion:
    words = {
        RETAINED: "It counts those retained",
        case.stages.compulsory: "It counts those selected against their will",
    }
    return OpenQuestion(
        kind="outcome column", about=inert(header), seen=(), rows=sum(map(bool, cells)), guess=guess, reason=reason, setting=("outcomes", header),
        choices=(
            *(Choice(answer=one, words=words.get(one, f"It counts those {one}")) for one in (RETAINED, *case.stages.order)),
            Choice(answer="", words="It counts something else: leave it out"),
        ),
        depends="who counts as selected",
    )  # fmt: skip


def ask_pool_words(reads: Sequence[Read], case: Case) -> list[OpenQuestion]:
    """Whether words that are not known, across the top or above rows, name pools. Our guess is that they do where people are selected
    from each of them; otherwise nothing speaks for it, and they may be sites, grades or months."""
    about = pool_words(reads)
    if not about or case.columns.get("pool") == about or about in case.ignored:
        return []
    facts = [fact for read in reads for fact in read.facts if fact.get(POOL) in _words(reads)]
    counted = {str(fact[POOL]) for fact in facts if fact[MEASURE] not in _COUNTS_EVERYBODY}
    all_do = counted == {str(fact[POOL]) for fact in facts}
    return [
        OpenQuestion(
            kind="pool words", about=about, seen=(), rows=len({fact[NUMBER] for fact in facts}), guess=about if all_do else "",
            reason="people are selected from each of them" if all_do else "nothing says that people are selected from each of them",
            choices=(
                Choice(answer=about, words="They are the pools that people are selected from"),
                Choice(answer="", words="They are something else: add their figures up"),
            ),
            setting=("columns", "pool"), depends="whether selected people are compared within each pool, or all jobs are mixed",
        )
    ]  # fmt: skip


def pool_words(reads: Sequence[Read]) -> str:
    """The words taken for the names of pools, as they are shown."""
    words = _words(reads)
    return ", ".join(map(inert, words[:_SHOWN])) + (f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else "")


def _words(reads: Sequence[Read]) -> list[str]:
    found = {str(fact[POOL]) for read in reads for fact in read.facts if fact.get(POOL) in read.from_words}
    return sorted(found)


def ask_pool_column(reads: Sequence[Read], counted: set[str], case: Case) -> Iterator[OpenQuestion]:
    """Whether a column of labels that is no characteristic names the pools, where people are selected and nothing else does."""
    if counted <= _COUNTS_EVERYBODY or "pool" in case.columns:
        return
    for header in dict.fromkeys(
        label.header for read in reads for label in read.labels if label.role == "other" and label.header
    ):
        facts = [fact for read in reads for fact in read.facts if OTHER + header in fact]
        seen = [
            label for label in dict.fromkeys(str(fact[OTHER + header]) for fact in facts) if label and label != TOTAL
        ]
        if len(seen) > 1 and header not in case.ignored:
            yield OpenQuestion(
                kind="pool", about=inert(header), seen=tuple(map(inert, seen[:5])), rows=len({fact[NUMBER] for fact in facts}), guess="",
                reason="its cells are labels, and the table does not say what they are of",
                choices=(Choice(answer=inert(header), words="These are the pools that people are selected from"), Choice(answer="", words="These are not pools")),
                setting=("columns", "pool"), depends="whether selected people are compared within each pool, or all jobs are mixed",
            )  # fmt: skip
