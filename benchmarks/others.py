"""Takes nothing; prints how long one exact stratified test takes, beside R's, the approximations of statsmodels, and pandas.

pandas has no such test: it is timed on what comes before one, counting the tables from one row a person.

Run it as ``python benchmarks/others.py``. 200 pools, as in ``stats.py``: three groups of one characteristic, and one that is selected far more
often. Every time is in processor seconds, the median over the comparisons, so that a busy machine changes little. R is
left out where there is no ``Rscript``.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from stats import pools
from statsmodels.stats.contingency_tables import StratifiedTable

from eia.stats.exact.stratified_test import stratified_test
from eia.stats.results import StratifiedTest

GROUPS = 3
RUNS = 9
STRONG = 1.5
"""How many times more each person of that group counts when those to go are shared out."""

Data = TypeVar("Data")
Cells = np.ndarray
"""(pools, 4): selected and retained of the group, then of everyone else."""

R_SCRIPT = """
rows <- as.matrix(read.csv(commandArgs(trailingOnly = TRUE)[1], header = FALSE))
for (each in unique(rows[, 1])) {
  cells <- rows[rows[, 1] == each, 2:5]
  tables <- array(t(cells), c(2, 2, nrow(cells)))
  start <- proc.time()[["user.self"]]
  test <- tryCatch(mantelhaen.test(tables, exact = TRUE), error = conditionMessage)
  took <- proc.time()[["user.self"]] - start
  if (is.character(test)) cat(took, "failed", test, sep = ";")
  else cat(took, format(test$p.value, digits = 17), format(unname(test$estimate), digits = 17), sep = ";")
  cat("\\n")
}
"""


def comparisons(people: int) -> list[Cells]:
    """The cells of the groups of one characteristic, and of one that is selected far more often."""
    data = pools(people)
    m, n = data["selected"], data["total"]
    found = [_cells(x, g, m, n) for x, g in zip(data["group_selected"], data["group_total"], strict=True)][:GROUPS]
    g = data["group_total"][0]
    strong = np.rint(m * g * STRONG / np.maximum(g * STRONG + n - g, 1)).astype(int)
    return [*found, _cells(np.clip(strong, np.maximum(0, g + m - n), np.minimum(g, m)), g, m, n)]


def _cells(x: np.ndarray, g: np.ndarray, m: np.ndarray, n: np.ndarray) -> Cells:
    return np.stack([x, g - x, m - x, n - g - m + x], axis=1)


def ours(cells: Cells) -> StratifiedTest:
    """The exact test with all that hangs on it."""
    a, b, c, d = cells.T
    return stratified_test(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d)


def approximations(cells: Cells) -> None:
    """What statsmodels has: Cochran-Mantel-Haenszel, the odds ratio with its interval, Breslow-Day with Tarone's correction."""
    table = StratifiedTable(cells.reshape(-1, 2, 2).transpose(1, 2, 0).astype(float))
    with np.errstate(all="ignore"):  # it divides by 0 in pools without the group
        table.test_null_odds()
        table.oddsratio_pooled_confint()
        table.test_equal_odds(adjust=True)


def people_of(cells: Cells) -> pd.DataFrame:
    """One row a person, whose tables these are."""
    kinds = np.arange(cells.size)
    pool, cell = np.divmod(np.repeat(kinds, cells.ravel()), 4)
    return pd.DataFrame({"pool": pool, "group": cell < 2, "selected": cell % 2 == 0})


def counted(people: pd.DataFrame) -> None:
    """Count the tables of everybody with pandas."""
    people.groupby(["pool", "group", "selected"]).size()


def seconds(work: Callable[[Data], object], tables: list[Data]) -> float:
    """Median processor seconds of one comparison."""
    times = []
    for run in range(RUNS + 1):
        for cells in tables:
            start = time.process_time()
            work(cells)
            if run:  # the first run warms up
                times.append(time.process_time() - start)
    return statistics.median(times)


def with_r(tables: list[Cells]) -> list[list[str]]:
    """Of every comparison its seconds in R, p and odds ratio; or that it failed, and R's message."""
    with tempfile.TemporaryDirectory() as folder:
        rows, script = Path(folder, "rows.csv"), Path(folder, "test.R")
        numbered = [np.column_stack([np.full(len(cells), number), cells]) for number, cells in enumerate(tables)]
        np.savetxt(rows, np.concatenate(numbered), fmt="%d", delimiter=",")
        script.write_text(R_SCRIPT)
        done = subprocess.run(["Rscript", str(script), str(rows)], capture_output=True, text=True, check=True)
    return [line.split(";") for line in done.stdout.splitlines()]


def main() -> None:
    """Print the table."""
    has_r = shutil.which("Rscript") is not None
    if not has_r:
        print("R is not installed here: its times are left out.")
    print("One comparison over 200 pools: processor seconds")
    for people in (10_000, 100_000, 1_000_000):
        *alike, strong = comparisons(people)
        exact, approximate = seconds(ours, [*alike, strong]), seconds(approximations, [*alike, strong])
        counting = seconds(counted, [people_of(cells) for cells in (*alike, strong)])
        print(f"{people:,} people")
        print(f"  eia, exact, everything                        {exact:8.4f}")
        print(f"  statsmodels, approximations                   {approximate:8.4f} {approximate / exact:8.1f} times")
        print(f"  pandas, only counting the tables from people   {counting:8.4f} {counting / exact:8.1f} times")
        if not has_r:
            continue
        answers = with_r([*alike, strong])
        own = [ours(cells) for cells in (*alike, strong)]
        worked = [(test, row) for test, row in zip(own, answers, strict=True) if row[1] != "failed"]
        theirs = statistics.median(float(row[0]) for _, row in worked)
        print(f"  R, mantelhaen.test(exact = TRUE)              {theirs:8.4f} {theirs / exact:8.1f} times")
        apart = max(abs(test.pvalue - float(row[1])) for test, row in worked)
        print(f"  largest difference of p, {len(worked)} comparisons: {apart:.0e}")
        for test, row in zip(own, answers, strict=True):
            if row[1] == "failed":
                print(
                    f"  R fails: {row[2]!r}. eia: odds ratio {test.odds_ratio.estimate:.3f}, p = 10^{test.log10_pvalue:.0f}"
                )


if __name__ == "__main__":
    main()
