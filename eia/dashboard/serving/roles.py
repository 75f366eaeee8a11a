"""Takes the visit; gives who it is that signed in, and what they may see. On a computer of one's own that is everything."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from eia.dashboard.launch import launched_shared


def person() -> str:
    """What tells one person who signed in from every other; nothing on a computer of one's own."""
    return str(_claims().get("sub", "")) if launched_shared() else ""


def signed_in() -> bool:
    """Whether somebody signed in, or nobody has to."""
    return launched_shared() is None or (_claims().get("is_logged_in") is True and bool(person()))


def may_open() -> bool:
    """Whether whoever signed in may open the tool."""
    shared = launched_shared()
    return shared is None or not shared.sign_in.may_open or bool(_roles() & set(shared.sign_in.may_open))


def may_see_small_groups() -> bool:
    """Whether whoever signed in may see the confidential editions, which show small groups."""
    shared = launched_shared()
    return shared is None or bool(_roles() & set(shared.sign_in.confidential))


def _roles() -> set[str]:
    """The roles of whoever signed in, as the sign-in service tells them: one, or a list."""
    shared = launched_shared()
    told = _claims().get(shared.sign_in.roles_claim) if shared else None
    return (
        {told}
        if isinstance(told, str)
        else {one for one in told if isinstance(one, str)}
        if isinstance(told, list)
        else set()
    )


def _claims() -> Mapping[str, object]:
    return st.user.to_dict()
