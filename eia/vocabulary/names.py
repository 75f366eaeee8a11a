"""Takes a text; gives whether it reads like the name of a person, or like a sentence.

What words there are is in ``names.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from eia.vocabulary.synonyms import plain

MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LOOKS_GIVEN = re.compile(r"[A-Z][\w’'-]+")
_TOKEN = re.compile(r"[\w+’'-]+")
_CODE = re.compile(r"[A-Z]{1,3}\d{0,2}[A-Za-z+]?|\d{1,3}[A-Za-z+]?", re.ASCII)
_SENTENCE = 4  # words; fewer can be a label

Words = Literal["given", "of_work", "titles", "of_sentences", "nations"]


@cache
def _words(which: Words) -> frozenset[str]:
    import tomllib

    table = tomllib.loads(files("eia.vocabulary").joinpath("names.toml").read_text(encoding="utf-8"))
    return frozenset(table[which].split())


def names_person(text: str) -> bool:
    """Whether a text of a few words has a title or a first name that is common, and no word of work.

    >>> names_person("Jane Smith"), names_person("SMITH, Jane"), names_person("Dr Okonkwo"), names_person("Mark Scheme Team")
    (True, True, True, False)
    """
    words = _of_a_name(text)
    if not words:
        return False
    if words[0].casefold() in _words("titles"):
        return True
    return bool({word.casefold() for word in words} & _words("given")) and not _speaks_of_work(words)


def could_name_person(text: str) -> bool:
    """Whether a text has the shape of a name, two to four words with capitals and none of them a word of work; or holds a common
    first name with such a word behind it.

    >>> could_name_person("Zebedee Quackenbush"), could_name_person("Legal Counsel"), could_name_person("Cover for Jane Smith, Team 2")
    (True, False, True)
    """
    words = _of_a_name(text)
    if words and all(map(_LOOKS_GIVEN.fullmatch, words)) and not _speaks_of_work(words):
        return True
    return any(
        first.casefold() in _words("given") and _LOOKS_GIVEN.fullmatch(last) and not _speaks_of_work([last])
        for first, last in pairwise(_WORD.findall(text))
    )


def is_of_work(text: str) -> bool:
    """Whether every word of a label is a word of work, or a short code such as those of grades: it tells of nobody, however few share it.

    >>> is_of_work("Senior Officer"), is_of_work("Band 8a"), is_of_work("HEO/SEO"), is_of_work("Jane"), is_of_work("Band 20417733")
    (True, True, True, False, False)
    """
    tokens = _TOKEN.findall(text)
    return bool(tokens) and all(_CODE.fullmatch(token) or _speaks_of_work([token]) for token in tokens)


def is_nation(text: str) -> bool:
    """Whether a label is made of names of countries and nationalities.

    >>> is_nation("Sri Lankan"), is_nation("British/Irish"), is_nation("Jane")
    (True, True, False)
    """
    words = plain(text).split()
    return bool(words) and {*words} <= _words("nations")


def is_sentence(text: str) -> bool:
    """Whether a text of four words or more has one that sentences are made of, or ends like one.

    >>> is_sentence("She was off sick in May"), is_sentence("Any other Asian background")
    (True, False)
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    return len(words) >= _SENTENCE and (
        bool(_words("of_sentences") & {*words}) or text.rstrip().endswith((".", "!", "?"))
    )


def _of_a_name(text: str) -> list[str]:
    """The words of a text that is made of two to four of them and of nothing else; none of any other text."""
    words = _WORD.findall(text)
    rest = _WORD.sub("", text).strip(" ,.-_\t")
    return words if 2 <= len(words) <= MOST_WORDS and not rest.replace(" ", "").strip(",.") else []


def _speaks_of_work(words: list[str]) -> bool:
    known = _words("of_work")
    return any({word.casefold(), *plain(word).split(), plain(word).removesuffix("s")} & known for word in words)
