"""Takes a workforce, its pools and who goes; gives one group's excess as scope + spread + selection = overall."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from eia.errors import EiaError, Fault
from eia.stats import checks
from eia.stats.results import Split


def split(
    *,
    group_people: float,
    people: float,
    pool_group: ArrayLike,
    pool_people: ArrayLike,
    selected: ArrayLike,
    group_selected: ArrayLike | None = None,
) -> Split:
    """Split a group's excess among those selected by the decision it comes from.

    Parameters
    ----------
    group_people, people: N_g and N, the group and everyone in the workforce. A share and 1 serve as well.
    pool_group, pool_people, selected: g_k, n_k and m_k: people of the group, everyone, and people to go. One entry a pool.
        While nobody has been chosen m_k may be a fraction: the part of a pool's number to go that falls to known answers.
    group_selected: people of the group selected, one entry a pool; ``None`` while nobody has been chosen.

    All of them count people whose answer is known, and nobody else.

    Returns
    -------
    Split: parts and total in people. The parts add up to the total to within rounding of the last bits.

    Raises
    ------
    EiaError
        where a count is not one, a part is larger than its whole (so a pool without people must have nobody to go), or
        people are in pools of a workforce without people.

    Notes
    -----
    With M = Σm_k, N_s = Σn_k, G_s = Σg_k and O = Σ group_selected::

        O - M N_g/N  =  M(G_s/N_s - N_g/N)  +  (Σ m_k g_k/n_k - M G_s/N_s)  +  (O - Σ m_k g_k/n_k)
          overall              scope                     spread                      selection

    With nobody in a pool (N_s = 0) nobody can go, M = 0, and every part is 0. A workforce without people (N = 0) is taken
    only with empty pools, and gives 0 as well.

    References
    ----------
    Kitagawa (1955), Components of a difference between two rates, *JASA* 50, 1168-1194, applied twice: workforce to
    pools, and pools to their shares to go.

    Example
    -------
    Half the workforce are women, but 30 of the 40 people in the two pools, and the pool of women loses more.

    >>> parts = split(group_people=50, people=100, pool_group=[20, 10], pool_people=[20, 20], selected=[6, 2],
    ...     group_selected=[6, 2])
    >>> parts.scope, parts.spread, parts.selection, parts.overall
    (2.0, 1.0, 1.0, 4.0)
    """
    pools = {"pool_group": pool_group, "pool_people": pool_people}
    limits = [("pool_group", "pool_people")]
    if group_selected is not None:
        pools |= {"selected": selected, "group_selected": group_selected}
        limits += [("group_selected", "selected"), ("group_selected", "pool_group"), ("selected", "pool_people")]
    checked = checks.counts(pools, at_most=limits)
    g, n = checked["pool_group"], checked["pool_people"]
    if group_selected is not None:
        checks.outside(checked["group_selected"], g, checked["selected"], n)
    m = checks.amounts("selected", selected, whole="pool_people", wholes=n)
    _check_workforce(group_people, people, in_pools=int(n.sum()))

    to_go, in_pools = float(m.sum()), int(n.sum())
    by_workforce = to_go * group_people / people if people else 0.0
    by_scope = to_go * int(g.sum()) / in_pools if in_pools else 0.0
    by_pools = float(np.sum(m * g / np.maximum(n, 1)))
    observed = int(checked["group_selected"].sum()) if group_selected is not None else None
    return Split(
        selected=to_go,
        group_selected=observed,
        expected_by_workforce=by_workforce,
        expected_by_scope=by_scope,
        expected_by_pools=by_pools,
        scope=by_scope - by_workforce,
        spread=by_pools - by_scope,
        selection=None if observed is None else observed - by_pools,
        overall_before_selection=by_pools - by_workforce,
        overall=None if observed is None else observed - by_workforce,
    )


def _check_workforce(group_people: float, people: float, *, in_pools: int) -> None:
    if not 0.0 <= group_people <= people < float("inf"):
        raise EiaError(
            Fault(
                code="part-larger-than-whole",
                what="The group and the workforce are not two numbers, the first within the second.",
                allowed="0 <= group_people <= people, both finite.",
                do="Count the group and the workforce among the same people: those whose answer is known.",
            )
        )
    if people == 0 and in_pools > 0:
        raise EiaError(
            Fault(
                code="part-larger-than-whole",
                what="There are people in pools, but the workforce holds nobody.",
                allowed="Everyone in a pool belongs to the workforce.",
                do="Give the workforce the pools were drawn from.",
            )
        )
