"""Takes frozen dataclasses; gives them as plain JSON values, and takes them back from there by the types of their fields."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def plain(value: Any) -> Any:
    """Any of our frozen dataclasses, and what is inside. Infinite numbers become the words "inf", "-inf" and "nan".

    >>> from eia.stats.results import Interval
    >>> plain(Interval(low=0.0, high=float("inf"), level=0.95, method="exact"))
    {'low': 0.0, 'high': 'inf', 'level': 0.95, 'method': 'exact'}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def restore(kind: type[Kind], value: Any) -> Kind:
    """Take a value of a kind back from its plain form.

    Raises TypeError, ValueError or KeyError where the form does not fit the kind: a field missing or unknown, a word that is none
    of those allowed, a number where text belongs.

    >>> from eia.stats.results import Interval
    >>> restore(Interval, {"low": 0.0, "high": "inf", "level": 0.95, "method": "exact"}).high
    inf
    """
    return _restore(kind, value)  # type: ignore[no-any-return]


def _restore(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, value)
    if origin in (Union, types.UnionType):
        return _first_that_fits(inner, value)
    if origin is Literal:
        if value not in inner:
            raise ValueError("not one of the words allowed")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError("not a list")
        kinds = [inner[0]] * len(value) if inner[1:] == (Ellipsis,) else inner
        return tuple(_restore(one, part) for one, part in zip(kinds, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {_restore(inner[0], key): _restore(inner[1], part) for key, part in value.items()}
    if kind is float:
        return _number(value)
    if kind in (dt.date, dt.datetime):
        return kind.fromisoformat(value)
    if kind is type(None) or type(value) is not kind:
        raise TypeError(f"not a {kind.__name__}")
    return value


def _dataclass(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    if not isinstance(value, Mapping) or not hints.keys() >= value.keys():
        raise TypeError(f"not a {kind.__name__}")
    return kind(**{name: _restore(hints[name], part) for name, part in value.items()})


def _first_that_fits(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        try:
            return _restore(kind, value)
        except (TypeError, ValueError, KeyError, AttributeError):
            continue
    raise TypeError("of none of the kinds allowed")


def _number(value: Any) -> float:
    if isinstance(value, bool) or not (isinstance(value, int | float) or value in ("inf", "-inf", "nan")):
        raise TypeError("not a number")
    return float(value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
