"""Assessments of every kind that pages have to show: people and counts, chosen and not, found and not, hostile."""

from __future__ import annotations

from functools import cache

from made import assessed, assessed_counts, case, pools, table

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import read_evidence
from eia.intake.examples import examples

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=HYPERLINK(0)", "\x1b[31mred", "\u202eevil", "{braces} %s {0}",
    "$x^2$ | pipe", "[link](https://evil.example)", "x" * 10_000, "# heading", "{{ 7 * 7 }}", "'); DROP TABLE staff;--",
)  # fmt: skip


def hostile() -> Assessment:
    """Every name that somebody else gives is hostile."""
    rows = [
        [
            label,
            label,
            HOSTILE[(place + n) % 3],
            "Female" if n % 2 else "Male",
            "selected" if n % 3 == 0 else "retained",
        ]
        for place, label in enumerate(HOSTILE)
        for n in range(6)
    ]
    belief, extra = (
        f"{HOSTILE[5]} here",
        f"{HOSTILE[11]} here",
    )  # a header that stands among its own cells is taken for somebody's
    choices = case(
        title=HOSTILE[0], proposal=HOSTILE[1], employer={"name": HOSTILE[7]},
        columns={"religion": belief}, characteristics={"extra": {"title": HOSTILE[10], "column": extra}},
    )  # fmt: skip
    return assessed(table(rows, [belief, extra, "pool", "sex", "outcome"]), choices)


def example(name: str) -> Assessment:
    """A bundled example."""
    path = examples()[name]
    choices = read_case(path)
    evidence = read_evidence(choices, folder=path.parent)
    return assess_evidence(evidence, choices)


MAKERS = {
    "found": lambda: assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60))),
    "nothing found": lambda: assessed(pools(A=(100, 500, 100, 500))),
    "cannot_say": lambda: assessed(pools(A=(2, 5, 1, 5), B=(1, 6, 1, 9), none=(0, 3, 0, 3))),
    "everyone goes": lambda: assessed(pools(A=(4, 4, 4, 4), none=(0, 3, 0, 9))),
    "nobody goes": lambda: assessed(pools(A=(0, 4, 0, 4), none=(0, 3, 0, 9))),
    "nobody chosen": lambda: assessed(
        pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15), none=(0, 20, 0, 40)),
        case(pools={"A": {"to_go": 6}, "B": {"to_go": 2}}),
    ),
    "nothing known but pools": lambda: assessed(pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15))),
    "one question": lambda: assessed(pools(A=(2, 5, 1, 5), B=(1, 6, 1, 9)), case(analysis={"questions": ("selection",)})),
    "one group": lambda: assessed(pools(A=(2, 5, 0, 0))),
    "nobody answered": lambda: assessed(b"sex,pool,outcome\n,A,selected\n,A,retained\n"),
    "stages": lambda: assessed(
        b"ref,sex,disability,pool,outcome\n"
        + b"".join(f"{i},{'FM'[i % 2]},{('yes', 'no', '', 'PNTS')[i % 4]},{'AB'[i % 3 > 0]},{o}\n".encode() for i, o in enumerate(("retained", "slotted in", "vr", "selected", "redeployed", "dismissed", "no") * 6))
    ),
    "counts": lambda: assessed_counts(
        b"characteristic,group,pool,people,selected\nsex,F,A,50,22\nsex,M,A,50,12\nsex,F,B,5,2\nsex,M,B,6,1\n",
        whole=b"characteristic,group,share\nsex,Male,0.6\nsex,Female,0.4\n",
    ),
    "counts in ranges": lambda: assessed_counts(
        b"characteristic,group,pool,people,selected\nsex,F,A,60,40\nsex,M,A,60,<5\n"
    ),
    "hostile": hostile,
    "millbrook": lambda: example("millbrook"),
    "meacham": lambda: example("meacham"),
}  # fmt: skip


@cache
def sample(name: str) -> Assessment:
    """One of them, made once."""
    return MAKERS[name]()
