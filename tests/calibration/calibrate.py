"""Takes how many councils to draw; prints the calibration tables of docs/validation.md, as Markdown.

Run it as ``python tests/calibration/calibrate.py``, which draws 50 null twins, 50 more in which only the shares to go follow who is in a pool,
and 10 planted councils, or with ``--twins 500 --planted 200`` (half an hour of one processor divided by ``--processes``). With ``--employers 300`` it prints instead what
is said of employers of known designs (another half hour). The tests of this folder keep the short form within bounds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
from employer_tables import at_most, employers
from exact_laws import DESIGNS, TIED, by_total
from measured import (
    ODDS_RATIOS,
    SIDES,
    Coverage,
    mantel_haenszel_coverage,
    odds_ratio_coverage,
    rates_coverage,
    says_so,
)
from twins import PLANTED as ALL_PLANTED
from twins import TIED as TIED_SHARES
from twins import Found, found_in_twin

FIRST_TWIN, FIRST_PLANTED = 9_000, 7_000
QUESTIONS = {
    "scope": "Which jobs are at risk?",
    "spread": "Which pools lose most?",
    "selection": "Who is selected within each pool?",
}
PLANTED = {"scope": ("sex", "Female"), "spread": ("contract", "Fixed-term"), "selection": ("disability", "Disabled")}


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def both(coverage: Coverage) -> str:
    return f"{percent(coverage.average)} ({percent(coverage.worst)})"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def coverage() -> Iterator[str]:
    yield "### Intervals at 95%: per cent covered"
    yield ""
    yield "Odds ratio. Average over odds ratios from 1/4 to 4 (worst in brackets), by the exact law, nothing drawn. The"
    yield "Mantel-Haenszel intervals at odds ratios 1, 1.5 and 3 (ratio and difference at 1 alone), by the exact law or,"
    yield "above 5,000 sets of tables, 2,000 drawn."
    yield ""
    kinds = ["exact", "mid-p", "RBG", "Greenland-Robins", "Sato"]
    rows = []
    for design in DESIGNS:
        shares = odds_ratio_coverage(design) | mantel_haenszel_coverage(design)
        rows.append([design.name, str(len(by_total(design))), *(both(shares[kind]) for kind in kinds)])
    yield from table(["pools", "totals possible", *kinds], rows)
    yield "The mid-p and the exact interval at three odds ratios:"
    yield ""
    rows = []
    for design in DESIGNS:
        cells = [odds_ratio_coverage(design, np.array([psi])) for psi in ODDS_RATIOS]
        rows.append([design.name, *(f"{percent(c['mid-p'].worst)}, {percent(c['exact'].worst)}" for c in cells)])
    yield from table(["pools", *(f"{psi:g}" for psi in ODDS_RATIOS)], rows)
    yield "Rates, each side selected person by person at a rate of its own, 5% to 95%: average (worst)."
    yield ""
    rows = []
    for group, others in SIDES:
        shares = rates_coverage(group, others)
        rows.append([f"{group} and {others}", *(both(value) for value in shares.values())])
    yield from table(["people", *shares], rows)


def power() -> Iterator[str]:
    yield "### How often each method says at 5% that something is there, per cent"
    yield ""
    yield "Odds ratio 1 is a false alarm. By the exact law; the column with half a person added from 20,000 drawn."
    yield ""
    rows = []
    for design in (*DESIGNS, TIED):
        for psi in (1.0, 2.0, 3.0):
            shares = says_so(design, psi)
            rows.append([design.name, f"{psi:g}", *(percent(share) for share in shares.values())])
    yield from table(["pools", "odds ratio", *shares], rows)


def councils(twins: int, planted: int, processes: int) -> Iterator[str]:
    null, seeds = range(FIRST_TWIN, FIRST_TWIN + twins), range(FIRST_PLANTED, FIRST_PLANTED + planted)
    with ProcessPoolExecutor(processes) as pool:
        alarms = list(pool.map(found_in_twin, null))
        tied = list(pool.map(partial(found_in_twin, effects=TIED_SHARES), null))
        seen = list(pool.map(partial(found_in_twin, effects=ALL_PLANTED), seeds))
    yield "### Whole councils, from file to findings"
    yield ""
    yield f"{twins} null twins (seeds {FIRST_TWIN} on); the same with the shares to go following who is on a fixed-term contract, and nothing"
    yield f"else; {planted} councils with every disadvantage planted (seeds {FIRST_PLANTED} on). At 5%, false alarms in {twins * 0.05:g} twins of"
    yield f"{twins} a question are to be expected, or fewer; up to {twins * at_most(twins):.0f} are within two standard errors of that."
    yield ""
    rows = []
    for question, name in QUESTIONS.items():
        characteristic, group = PLANTED[question]
        hits = sum((question, characteristic, group, "against") in council for council in seen)
        follow = "–" if question == "spread" else str(twins_with(tied, question))
        rows.append([name, f"{group} {hits}", str(twins_with(alarms, question)), follow])
    yield from table(
        ["question", f"found, of {planted}", f"false alarms, of {twins}", "where shares to go follow contracts"], rows
    )
    told = Counter((question, characteristic) for twin in alarms for question, characteristic in {t[:2] for t in twin})
    yield "False alarms by characteristic: " + (
        "; ".join(f"{question}, {characteristic}: {count}" for (question, characteristic), count in told.most_common())
        or "none"
    )


def twins_with(alarms: list[Found], question: str) -> int:
    """How many twins have at least one false alarm under a question."""
    return sum(any(asked == question for asked, *_ in twin) for twin in alarms)


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the calibration tables.")
    parser.add_argument("--twins", type=int, default=50)
    parser.add_argument("--planted", type=int, default=10)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument(
        "--employers", type=int, help="print what is said of so many employers a design, and nothing else"
    )
    options = parser.parse_args()
    if options.employers:
        with ProcessPoolExecutor(options.processes) as pool:
            written(employers(options.employers, pool))
        return
    for lines in (coverage(), power(), councils(options.twins, options.planted, options.processes)):
        written(lines)


def written(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
