"""Takes the column of a characteristic; gives the group of each label in it, and what has to be asked of labels that are not known.

A label that is not known never holds a characteristic back while most people have one that is. It is read as what it most
likely means, or as in none of the groups, and asked about. Labels that few rows share, or that look as if they said who somebody
is, are not shown: they are counted together, and their rows are named.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from eia import budget
from eia.case import AS_WRITTEN, LIKELIEST, Case
from eia.errors import MIN_ROWS_TO_QUOTE, rows_named, visible
from eia.intake.columns.categories import groups_and_coding
from eia.intake.columns.cells import FileColumn
from eia.intake.columns.identifiers import may_be_shown, says_who
from eia.intake.intake_record import HeldBack, Recoding
from eia.intake.questions import Choice, Kind, OpenQuestion
from eia.vocabulary.characteristics import MISSING, NOT_RECORDED, Characteristic, Group, group_called
from eia.vocabulary.names import is_nation, is_of_work
from eia.vocabulary.synonyms import bag, group_of, known_words, like_missing, plain

OTHER_ANSWERS = Group("Other answers")
"""Whoever has a label that is not known and may not be shown, where others may be groups of their own."""
_OF_NATIONS = ("nationality", "national_origin")
_FEW = 3
_LIKENESS = 0.83
_PROTECTS = "family_leave"  # no protected characteristic, but much of it is leave for pregnancy and maternity
_CLEARLY = 0.05  # by so much a label has to be more like one group than like any other
_WORDS = {
    "declined": "preferred not to say",
    "not recorded": "not recorded: in none of the groups",
    "not applicable": "does not apply",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """groups: of each distinct cell. recodings: what is to be said of them. questions: what is to be asked."""

    groups: tuple[Group, ...]
    recodings: tuple[Recoding, ...]
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a label that is not known is read as meanwhile, as the case would say it; a group, and the kind of question."""

    answer: str
    group: Group
    kind: Kind
    reason: str


def labels_of(characteristic: Characteristic, column: FileColumn, case: Case) -> Labels | HeldBack:
    """Read the labels of a column, or say why the characteristic is held back: most of its people have a label that stands for
    none of the groups, which alone are answers, or there are more answers than groups can be."""
    found, coding = groups_and_coding(characteristic.key, column.cells, case)
    unknown = [index for index, group in enumerate(found) if group is None]
    if len(unknown) > budget.GROUPS and not characteristic.closed:
        return HeldBack(
            characteristic=characteristic.title, reason=f"more than {budget.GROUPS} different answers", rows=column.people, key=characteristic.key,
        )  # fmt: skip
    likely = len(unknown) <= budget.GROUPS  # beyond that they are texts, and no misspellings
    guesses = {index: likely_group(characteristic, column.cells[index], likely=likely) for index in unknown}
    if characteristic.groups and characteristic.protected and any(group and group.kind == "answer" for group in found):
        number = Guess(NOT_RECORDED.kind, NOT_RECORDED, "label", "it is a number, and others are words")
        guesses |= {index: number for index in unknown if column.cells[index].strip().isdecimal()}
    guesses |= _alike(
        characteristic,
        column,
        [index for index, guess in guesses.items() if guess.kind == "label" and guess.group != NOT_RECORDED],
    )
    told = case.categories.others.get(characteristic.key, "")
    if characteristic.closed and told in ("", LIKELIEST):
        lost = [index for index, guess in guesses.items() if guess.kind == "label" and guess.group == NOT_RECORDED]
        answered = [index for index, group in enumerate(found) if group and group.kind == "answer"]
        if lost and _rows(column, lost) > _rows(column, [*answered, *guesses.keys() - set(lost)]):
            return HeldBack(
                characteristic=characteristic.title, reason="most labels are not recognised", rows=_rows(column, lost),
                labels=column.listed(lost), key=characteristic.key, unread=column.nameable(lost),
            )  # fmt: skip
    if told:
        guesses |= {
            index: as_told(guess, told, column.cells[index])
            for index, guess in guesses.items()
            if _is_rare(column, index)
        }
    guesses |= _not_shown(characteristic, column, guesses, told)
    groups = tuple(group or guesses[index].group for index, group in enumerate(found))
    recodings = (
        [Recoding(column=column.header, rule=f"read by the {coding.title}", rows=column.people)] if coding else []
    )
    recodings += _missing_told(column, found)
    recodings += _guesses_told(characteristic, column, guesses)
    asked = {index: guess for index, guess in guesses.items() if guess.reason}
    return Labels(groups=groups, recodings=tuple(recodings), questions=tuple(_questions(characteristic, column, asked)))


# ------------------------------------------------------------------------------------------------------- what a label may be


def likely_group(characteristic: Characteristic, cell: str, *, likely: bool) -> Guess:
    """What a label that is not known may mean by its words. Without a reason there is nothing to ask: the groups are those of the file,
    or of what the law does not protect."""
    if silent := like_missing(characteristic.key, cell):
        return Guess(silent.kind, silent, "not answered", "it reads like a way of not answering")
    if likely and (near := _nearest(characteristic, cell)):
        return Guess(near, group_called(near), "label", f"it is almost a word for “{near}”")
    if likely and (lead := _leading(characteristic, cell)):
        return Guess(lead, group_called(lead), "label", f"it begins with a word for “{lead}”")
    if characteristic.closed:
        return Guess(NOT_RECORDED.kind, NOT_RECORDED, "label", "it is none of the groups")
    label = visible(cell)
    return Guess(
        label,
        group_called(label),
        "label",
        "it is none of the published groups"
        if characteristic.groups and (characteristic.protected or characteristic.key == _PROTECTS)
        else "",
    )


def _leading(characteristic: Characteristic, cell: str) -> str:
    """The group that the words before a dash, a bracket, a colon or a comma stand for; "" where there is none."""
    lead = re.split(r"\s[-–—]|[–—(:,]", cell)[0].strip()
    group = group_of(characteristic.key, lead) if lead and lead != cell else None
    return group.label if group and group.kind == "answer" else ""


def as_told(guess: Guess, told: str, cell: str) -> Guess:
    """A label that is not shown as the case says of all such labels; there is nothing left to ask."""
    if told == LIKELIEST:
        return replace(guess, reason="")
    label = visible(cell) if told == AS_WRITTEN else told
    group = next((each for each in MISSING if each.kind == told), group_called(label))
    return Guess(label, group, "label", "")


def _is_rare(column: FileColumn, cell: int) -> bool:
    """Whether a label may not be shown: too few rows share it, or it looks as if it said who somebody is."""
    return column.quoted_cell(cell) is None


def _not_shown(
    characteristic: Characteristic, column: FileColumn, guesses: Mapping[int, Guess], told: str
) -> dict[int, Guess]:
    """Labels that would be groups of their own and may not be shown, counted together. Those written alike are one label. told: what the
    case says of such labels: it may have them shown, but for what looks as if it said who somebody is."""
    if told not in ("", LIKELIEST, AS_WRITTEN):
        return {}
    of_the_file = {visible(column.cells[index]) for index in guesses}
    sharing = Counter[str]()
    for index, guess in guesses.items():
        sharing[guess.group.label] += column.rows_with(index)
    held = {
        label
        for label, rows in sharing.items()
        if label in of_the_file
        and not (told == AS_WRITTEN and not says_who(label, rows))
        and not _tells_of_nobody(characteristic, label, rows)
    }
    reason = "" if told else f"fewer than {MIN_ROWS_TO_QUOTE} rows share it, or it looks as if it said who somebody is"
    other = Guess(OTHER_ANSWERS.label, OTHER_ANSWERS, "label", reason)
    return {index: other for index, guess in guesses.items() if guess.group.label in held}


def _tells_of_nobody(characteristic: Characteristic, label: str, rows: int) -> bool:
    """Whether the name of a group may be shown: enough people share it, or it is a grade, an arrangement or a nation by its words."""
    if characteristic.key in _OF_NATIONS:
        return may_be_shown(label, rows) or is_nation(label)
    return may_be_shown(label, rows) or (characteristic.protected is None and is_of_work(label))


def _nearest(characteristic: Characteristic, cell: str) -> str:
    """The group whose words a label is almost written as, and clearly more than those of any other; "" where there is none."""
    likeness: dict[str, float] = {}
    for word, label in known_words(characteristic.key).items():
        ratio = difflib.SequenceMatcher(None, plain(cell), word).ratio() if len(word) > 3 else 0.0
        likeness[label] = max(ratio, likeness.get(label, 0.0))
    best, second = ([*sorted(likeness.items(), key=lambda item: -item[1]), ("", 0.0), ("", 0.0)])[:2]
    return best[0] if best[1] >= _LIKENESS and best[1] - second[1] >= _CLEARLY else ""


def _alike(characteristic: Characteristic, column: FileColumn, unknown: Sequence[int]) -> dict[int, Guess]:
    """Of labels that would be groups of their own those that differ from a more common one in order, punctuation, plural,
    capitals, blanks or a note only: one group; and those that name another as one of two alternatives: two, until told."""
    if characteristic.closed:
        return {}
    often = sorted(unknown, key=lambda index: (-column.rows_with(index), column.cells[index]))
    first: dict[object, int] = {}
    found = {}
    for index in often:
        ways = (bag(column.cells[index]), "".join(plain(column.cells[index].replace("+", " plus ")).split()))
        same = next((first[way] for way in ways if way in first), index)
        first |= dict.fromkeys(ways, same)
        if same != index:
            reason = f"it differs from {_shown(column, same)} in how it is written only"
            found[index] = _near(column, same, reason)
    for index in often:
        parts = column.cells[index].split("/")
        other = next((at for part in parts if (at := first.get(bag(part), index)) != index), index)
        if len(parts) > 1 and other != index and index not in found:
            found[index] = _near(column, index, f"it names {_shown(column, other)} and something else")
    return found


def _near(column: FileColumn, read_as: int, reason: str) -> Guess:
    label = visible(column.cells[read_as])
    return Guess(label, group_called(label), "near labels", reason)


def _shown(column: FileColumn, cell: int) -> str:
    return column.quoted_cell(cell) or "another label"


# ------------------------------------------------------------------------------------------------------------- what is asked


def _questions(
    characteristic: Characteristic, column: FileColumn, asked: Mapping[int, Guess]
) -> Iterator[OpenQuestion]:
    """A question for each label that may be shown, and one for all others."""
    question = partial(OpenQuestion, depends=f"who is counted in which group of {characteristic.title}")
    rare = [index for index in asked if _is_rare(column, index)]
    for index in (index for index in asked if index not in rare):
        guess, label = asked[index], visible(column.cells[index])
        near = (
            (Choice(answer=guess.answer, words=guess.answer),)
            if guess.kind == "near labels" and guess.answer != label
            else ()
        )
        yield question(
            kind=guess.kind, about=label, seen=(label,), rows=column.rows_with(index), guess=guess.answer, reason=guess.reason,
            choices=(*near, *answers_to_choose(characteristic, own=label)), setting=("categories", "labels", characteristic.key, label),
        )  # fmt: skip
    if rare:
        taken = {AS_WRITTEN if _is_own(column, index, asked[index]) else asked[index].answer for index in rare}
        alike = len(taken) == 1 and taken <= {AS_WRITTEN, OTHER_ANSWERS.label, *_WORDS}
        rows = column.rows_of(rare)
        reasons = "; ".join(list(dict.fromkeys(asked[index].reason for index in rare))[:3])
        yield question(
            kind="rare labels", about=column.header, seen=(), rows=_rows(column, rare), guess=taken.pop() if alike else LIKELIEST,
            reason=f"{reasons} ({rows_named(column.raw.row_numbers(rows), _rows(column, rare))})",
            choices=(Choice(answer=LIKELIEST, words="each as what it most likely is"), *answers_to_choose(characteristic, own="")),
            setting=("categories", "others", characteristic.key),
        )  # fmt: skip


def answers_to_choose(characteristic: Characteristic, *, own: str) -> tuple[Choice, ...]:
    """What a label may be said to be: a group, a group of its own where there may be others, or no answer. own: the label; "" for several."""
    its = (
        (Choice(answer=own, words="a group of its own"),)
        if own
        else (
            Choice(answer=OTHER_ANSWERS.label, words="other answers, counted together"),
            Choice(answer=AS_WRITTEN, words="each a group of its own, shown as it is written"),
        )
    )
    groups = (Choice(answer=group, words=group) for group in characteristic.groups)
    missing = (Choice(answer=each.kind, words=_WORDS[each.kind]) for each in MISSING)
    return (*groups, *(() if characteristic.closed else its), *missing)


def _is_own(column: FileColumn, cell: int, guess: Guess) -> bool:
    """Whether a label is read as a group of its own."""
    return guess.group.label == visible(column.cells[cell])


# -------------------------------------------------------------------------------------------------------------- what is said


def _missing_told(column: FileColumn, found: Sequence[Group | None]) -> Iterator[Recoding]:
    """What was read as something other than it says: one entry for each of the ways of having no answer."""
    for missing in MISSING:
        cells = [
            i for i, group in enumerate(found) if group == missing and plain(column.cells[i]) != plain(missing.label)
        ]
        if rows := _rows(column, cells):
            words = ["empty cells" if not plain(column.cells[i]) else f"“{column.cells[i]}”" for i in cells]
            yield Recoding(column=column.header, rule=f"{', '.join(words)} read as “{missing.label}”", rows=rows)


def _guesses_told(
    characteristic: Characteristic, column: FileColumn, guesses: Mapping[int, Guess]
) -> Iterator[Recoding]:
    """What labels that are not known were read as, so that no misspelling passes for a group unseen, and who is in no group."""
    for answer in dict.fromkeys(guess.answer for index, guess in guesses.items() if not _is_own(column, index, guess)):
        cells = [index for index, guess in guesses.items() if guess.answer == answer]
        rows = _rows(column, cells)
        where, labels = rows_named(column.raw.row_numbers(column.rows_of(cells)), rows), ", ".join(column.listed(cells))
        if answer == NOT_RECORDED.kind:
            rule = f"labels not recognised: {labels}: in none of the groups{_listed(characteristic.groups)} ({where})"
        else:
            rule = f"labels not recognised: {labels}: read as “{guesses[cells[0]].group.label}” ({where})"
        yield Recoding(column=column.header, rule=rule, rows=rows)
    own = [index for index, guess in guesses.items() if _is_own(column, index, guess)]
    if own and characteristic.groups:
        rule = f"labels not recognised: {', '.join(column.listed(own))}; kept as groups of their own, as written: correct any that is misspelt"
        yield Recoding(column=column.header, rule=rule, rows=_rows(column, own))


def _listed(groups: Sequence[str]) -> str:
    """The groups by name, where they are few."""
    return f" {' and '.join(groups)}" if len(groups) <= _FEW else " that are known"


def _rows(column: FileColumn, cells: Sequence[int]) -> int:
    return sum(column.rows_with(cell) for cell in cells)
