"""Takes a case.toml, or a Case; gives the Case in it, or every fault of the file at once, and the text of a case file."""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

import tomlkit
from pydantic import ValidationError

from eia import budget
from eia.case.model import FORMAT, Case
from eia.case.proposal import Part
from eia.case.suggested import Suggested, with_suggested
from eia.errors import EiaError, Fault, inert
from eia.reading import TooLarge, read_file
from eia.writing import write_file

_TOO_DEEP = re.compile(r"""(?<![\w-])(?:(?:"[^"\n]*"|'[^'\n]*'|[\w-]++)[ \t]*+\.[ \t]*+){20}""")
"""A key of more than twenty parts: thousands of them would take the parser all memory."""
_LINE = re.compile(r"at line (\d+)")


def read_case(path: str | os.PathLike[str]) -> Case:
    """Read and check a case file.

    Raises EiaError with every fault of the file: unknown keys with the nearest known name, values out of range, a format
    that this version does not know.
    """
    path = Path(path)
    try:
        text = read_file(path, budget.CASE_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        raise EiaError(Fault(code="no-case-file", what="There is no such case file.", file=path.name,
                             allowed="a case file that is there", do="Check the name and the folder, or start from `eia example DIR`.")) from None  # fmt: skip
    except TooLarge:
        raise EiaError(_too_large(path.name)) from None
    except (OSError, UnicodeDecodeError):
        raise EiaError(Fault(code="case-unreadable", what="The case file cannot be read as text.", file=path.name,
                             allowed="a TOML file saved as UTF-8", do="Check the name, or start from `eia example DIR`.")) from None  # fmt: skip
    return parse_case(text, file=path.name)


def parse_case(text: str, *, file: str = "case.toml") -> Case:
    """Check the text of a case file; ``file`` is the name that faults give.

    >>> parse_case('format = 1\\ntitle = "Finance review"').title
    'Finance review'
    """
    if len(text) > budget.CASE_BYTES:
        raise EiaError(_too_large(file))
    if _TOO_DEEP.search(text):
        raise EiaError(_too_deep(file))
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = _LINE.search(str(error))
        raise EiaError(Fault(code="case-not-toml", what="The case file is not valid TOML, or a key or heading stands in it twice.",
                             file=file, row=(int(line[1]) if line else text.count("\n") + 1,),
                             allowed='lines such as title = "Finance review", and headings such as [employer], each once',
                             do="Mend that line, or start from `eia example DIR`.")) from None  # fmt: skip
    return validated(values, file=file)


def validated(values: Mapping[str, Any], *, file: str = "case.toml") -> Case:
    """Make a Case from plain values, or raise EiaError with every fault in them."""
    version = values.get("format")
    if version != FORMAT:
        raise EiaError(Fault(code="case-format", what="The case file does not say that it is in a format this version knows.",
                             file=file, column="format", allowed=f"format = {FORMAT}",
                             do="Add that line at the top; a case from a newer version needs that version of eia.")) from None  # fmt: skip
    try:
        return Case.model_validate_json(json.dumps(values, default=str))
    except RecursionError:
        faults = [_too_deep(file)]
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        faults = [_fault(dict(problem), file) for problem in problems[: budget.CASE_FAULTS]]
        if len(problems) > budget.CASE_FAULTS:
            faults.append(Fault(code="case-more-faults", what=f"{len(problems) - budget.CASE_FAULTS:,} more things in it are not right.", file=file,
                                do="Put these right first."))  # fmt: skip
    raise EiaError(faults) from None


def _too_deep(file: str) -> Fault:
    return Fault(
        code="case-too-deep", what="The case file has keys within keys beyond all use.", file=file,
        allowed="a heading for each part, such as employer", do="Start from `eia example DIR`.",
    )  # fmt: skip


def _too_large(file: str) -> Fault:
    return Fault(
        code="case-too-large", what=f"The case file is larger than {budget.CASE_BYTES >> 20} MB.", file=file,
        allowed=f"up to {budget.CASE_BYTES >> 20} MB", do="Check the name: this may be another file.",
    )  # fmt: skip


def changed(case: Case, **parts: Any) -> Case:
    """The case with some of its parts replaced by plain values, checked as a case file would be."""
    return validated(case.model_dump(mode="json", exclude_none=True) | parts)


def write_case(case: Case, path: str | os.PathLike[str]) -> None:
    """Write a case file. Where one is there already, its comments and order survive and only what differs is changed."""
    write_suggesting(case, path, ())


def write_suggesting(case: Case, path: str | os.PathLike[str], suggested: Iterable[Suggested]) -> None:
    """Write a case file in the same way, with lines that it may want as comments."""
    before, path = "", Path(path)
    if path.exists():
        read_case(path)  # a file that is no case is refused, not written over
        before = path.read_text(encoding="utf-8-sig")
    text = with_suggested(case_text(case, before), suggested)
    write_file(path, text.encode(), what="The case file", do="Choose another place with --save.")


def case_text(case: Case, before: str = "") -> str:
    """Give a case as the text of a case file; of the text ``before`` it, comments and order survive.

    >>> print(case_text(Case(title="Finance review")), end="")
    format = 1
    title = "Finance review"
    """
    document = tomlkit.parse(before)
    wanted = case.model_dump(mode="python", exclude_defaults=True, exclude_none=True) | {
        "format": FORMAT,
        "title": case.title,
    }
    order = {name: position for position, name in enumerate(Case.model_fields)}
    full = case.model_dump(mode="python", exclude_none=True)
    _merge(document, dict(sorted(wanted.items(), key=lambda item: order[item[0]])), full)
    return tomlkit.dumps(document)


def _merge(table: Any, wanted: Mapping[str, Any], full: Mapping[str, Any]) -> None:
    """Bring a TOML table to the wanted values, touching only what differs. A key that is there stays where ``full``, which
    has every value, has it too: a default that someone wrote down is theirs."""
    for key in [key for key in table if key not in full]:
        del table[key]
    there = {key: full[key] for key in table}
    for key, value in {**there, **wanted}.items():
        if isinstance(value, Mapping):
            if key not in table:
                table[key] = tomlkit.table()
            _merge(table[key], wanted.get(key, {}), full[key])
        else:
            plain = _listed(value)
            if key not in table or table[key] != plain:
                table[key] = plain


def _listed(value: Any) -> Any:
    """A value with lists for tuples, as TOML has them."""
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


def _fault(problem: dict[str, Any], file: str) -> Fault:
    """Turn one of pydantic's problems into a fault in our words, without the value that was found."""
    location = [str(step) for step in problem["loc"] if step != "[key]"]
    where = ".".join(inert(step) for step in location) or "the whole file"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_at(location[:-1])
        near = difflib.get_close_matches(location[-1][:40], known, n=1, cutoff=0.5)
        return Fault(code="case-unknown-key", what=f"The case file has a key that is not known: {where}.", file=file,
                     allowed=", ".join(known),
                     do=f"Did you mean “{near[0]}”? Rename it, or remove it." if near else "Remove it.")  # fmt: skip
    what, allowed = f"The value of {where} is not allowed.", str(problem["msg"]).removeprefix("Input should be ")
    if kind == "value_error":
        reason = str(context["error"])
        what, allowed = f"Something in {where} does not fit.", reason
    elif kind in ("literal_error", "enum"):
        allowed = str(context["expected"])
    elif kind == "missing":
        what, allowed = f"{where} is missing.", f"a value for {location[-1]}"
    return Fault(code="case-value", what=what, file=file, allowed=allowed, do="Change it in the case file.")


def _fields_at(location: list[str]) -> list[str]:
    """The keys allowed under a heading of the case file, for example ["pools", "Finance"] -> ["to_go"]."""
    kind: Any = Case.model_fields[location[0]].annotation if location else Case
    part: type[Part] = get_args(kind)[-1] if get_args(kind) else kind  # a mapping from names, or the part itself
    return list(part.model_fields)
