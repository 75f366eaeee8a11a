"""Takes a header; gives it in plain words, those that are run together taken apart."""

from __future__ import annotations

import re

from eia.vocabulary.headers import as_written
from eia.vocabulary.synonyms import plain

_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

OF_MONEY = re.compile(r"\b(pay|salary|salaries|wage|wages|cost|rate|amount|budget|allowance|pounds|gbp)\b")
"""Words of a header whose figures are money: neither people nor references."""


def header_tokens(header: str) -> str:
    """A header in plain words.

    >>> header_tokens("DateOfTermination"), header_tokens("At risk? (Y/N)")
    ('date of termination', 'at risk y n')
    """
    return plain(_JOINED.sub(" ", as_written(header)))
