"""Takes a case.toml, or a Case; gives the Case in it, or every fault of the file at once, and the text of a case file."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import tomlkit
import tomlkit.exceptions
from pydantic import ValidationError

from eia.case.model import FORMAT, Case
from eia.case.proposal import Part
from eia.errors import EiaError, Fault, inert


def read_case(path: str | os.PathLike[str]) -> Case:
    """Read and check a case file.

    Raises EiaError with every fault of the file: unknown keys with the nearest known name, values out of range, a format
    that this version does not know.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise EiaError(Fault(code="no-case-file", what="There is no such case file.", file=path.name,
                             allowed="a case file that is there", do="Check the name and the folder, or start from `eia example DIR`.")) from None  # fmt: skip
    except (OSError, UnicodeDecodeError):
        raise EiaError(Fault(code="case-unreadable", what="The case file cannot be read as text.", file=path.name,
                             allowed="a TOML file saved as UTF-8", do="Check the name, or start from `eia example DIR`.")) from None  # fmt: skip
    return parse_case(text, file=path.name)


def parse_case(text: str, *, file: str = "case.toml") -> Case:
    """Check the text of a case file; ``file`` is the name that faults give.

    >>> parse_case('format = 1\\ntitle = "Finance review"').title
    'Finance review'
    """
    try:
        values = tomlkit.parse(text).unwrap()
    except tomlkit.exceptions.ParseError as error:
        raise EiaError(Fault(code="case-not-toml", what="The case file is not valid TOML.", file=file, row=(error.line,),
                             allowed='lines such as title = "Finance review", and headings such as [employer]',
                             do="Mend that line, or start from `eia example DIR`.")) from None  # fmt: skip
    except tomlkit.exceptions.TOMLKitError:
        raise EiaError(Fault(code="case-not-toml", what="The case file is not valid TOML: a key or heading stands in it twice.",
                             file=file, allowed="each key once under its heading", do="Remove the second one.")) from None  # fmt: skip
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
    except ValidationError as error:
        faults = [_fault(dict(problem), file) for problem in error.errors(include_input=False, include_url=False)]
    raise EiaError(faults) from None


def changed(case: Case, **parts: Any) -> Case:
    """The case with some of its parts replaced by plain values, checked as a case file would be."""
    return validated(case.model_dump(mode="json", exclude_none=True) | parts)


def write_case(case: Case, path: str | os.PathLike[str]) -> None:
    """Write a case file. Where one is there already, its comments and order survive and only what differs is changed."""
    before, path = "", Path(path)
    if path.exists():
        read_case(path)  # a file that is no case is refused, not written over
        before = path.read_text(encoding="utf-8-sig")
    path.write_text(case_text(case, before), encoding="utf-8")


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
            plain = list(value) if isinstance(value, tuple) else value
            if key not in table or table[key] != plain:
                table[key] = plain


def _fault(problem: dict[str, Any], file: str) -> Fault:
    """Turn one of pydantic's problems into a fault in our words, without the value that was found."""
    location = [str(step) for step in problem["loc"] if step != "[key]"]
    where = ".".join(inert(step) for step in location) or "the whole file"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_at(location[:-1])
        near = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
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
