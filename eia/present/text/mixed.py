"""Takes what is told of an assessment; gives it in the words for figures that mix jobs, where no pools were given.

Then everybody at risk is compared with everybody else at risk, whatever their job, and nothing may say that people were
compared within a pool or a job. Words, blocks and charts are told anew as a whole, so that no sentence is passed over.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from eia.findings.assessment import Assessment

_Told = TypeVar("_Told")

_MIXED: Mapping[str, str] = {
    "within each pool": "with all jobs mixed",
    "within a pool": "with all jobs mixed",
    "within the pools": "with all jobs mixed",
    "in pools where some go and some stay": "at risk",
    "1 pool of": "1 mixed group of",
    "people selected with people not selected inside the same pool": "people selected with people not selected, with all jobs mixed: no pools were given",
    "Selected and not selected inside the same pools": "Selected and not selected, with all jobs mixed",
    ", inside their pools": ", with all jobs mixed",
    "inside every pool": "with all jobs mixed",
    "if each pool chose evenly": "if everybody were chosen from evenly, whatever their job",
    "there is only one pool, so nothing is shared out": "no pools are given, so how the cuts are shared out is not known",
    "of those in pools": "of those at risk",
    "inside these pools": "among those at risk",
    "of everyone else there": "of everyone else at risk",
    "each pair in one pool": "whatever their jobs",
    "in the same pools": "with all jobs mixed",
    "in the same pool": "with all jobs mixed",
    "inside the same pools": "with all jobs mixed",
    "inside the same pool": "with all jobs mixed",
    "is tested exactly and within pools": "is tested exactly, as if all were one pool",
}
_SAID = re.compile("|".join(map(re.escape, _MIXED)), re.IGNORECASE)


def as_told(assessment: Assessment, told: _Told) -> _Told:
    """What is told of an assessment: as it is where pools were given, else in words for mixed jobs."""
    return mixed(told) if assessment.mixed else told


def mixed(told: _Told) -> _Told:
    """Text, or anything made of it, in words for mixed jobs.

    >>> mixed(("Who is selected within each pool?", "Women compared with others in the same pools."))
    ('Who is selected with all jobs mixed?', 'Women compared with others with all jobs mixed.')
    """
    return anew(told, lambda text: _SAID.sub(_in_place, text))


def anew(told: _Told, say: Callable[[str], str]) -> _Told:
    """The same with every text of it said in another way, in the order in which they are read."""
    return cast(_Told, _anew(told, say))


def _anew(told: Any, say: Callable[[str], str]) -> Any:
    if type(told) is str:
        return say(told)
    if isinstance(told, tuple | list):
        parts = [_anew(part, say) for part in told]
        return type(told)(*parts) if hasattr(told, "_fields") else type(told)(parts)
    if isinstance(told, dict):
        return {key: _anew(value, say) for key, value in told.items()}
    if dataclasses.is_dataclass(told) and not isinstance(told, type):
        fields = (one.name for one in dataclasses.fields(told) if one.init)
        changed = {
            name: new for name in fields if (new := _anew(old := getattr(told, name), say)) is not old and new != old
        }
        return dataclasses.replace(told, **changed) if changed else told
    return told


def _in_place(found: re.Match[str]) -> str:
    """The words for what was found, with its capital."""
    words = next(new for old, new in _MIXED.items() if old.casefold() == found[0].casefold())
    return words[0].upper() + words[1:] if found[0][0].isupper() else words[0].lower() + words[1:]
