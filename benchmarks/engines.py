"""Takes nothing; gives the time and the memory of an assessment of people in Parquet by DuckDB, beside the counts alone that it rests on.

    python benchmarks/engines.py                 # 1 and 10 million people, each run in a process of its own
    python benchmarks/engines.py 1000000 eia     # one run

Bare: fourteen questions, each the people by one characteristic, pool and outcome. To be kept: all answers in at most 1.5 times that, in under
1 GB; ten times the people in at most 11 times the time. Needs the extra [large].
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (1_000_000, 10_000_000)
POOLS, AT_RISK = 200, 50  # one in so many people is in a pool
TRIES = 3

_PEOPLE = """
select 'P' || lpad((i * 7919 % 100000007)::varchar, 9, '0') as "Reference",
    case when hash(i, 1) % {at_risk} = 0 then 'Pool ' || hash(i, 2) % {pools} end as "Pool",
    case when hash(i, 1) % {at_risk} = 0 then case when hash(i, 3) % 100 < 20 + 5 * (hash(i, 5) % 100 < 18)::int then 'Selected' else 'Retained' end end as "Outcome",
    'Unit ' || hash(i, 4) % 50 as "Unit",
    date '1958-01-01' + (hash(i, 6) % 17000)::int as "Date of birth",
    case when hash(i, 5) % 100 < 18 then 'Yes' when hash(i, 5) % 100 < 85 then 'No' when hash(i, 5) % 100 < 92 then 'Prefer not to say' end as "Disability",
    list_extract(['White', 'White', 'White', 'White', 'White', 'White', 'Asian', 'Asian', 'Black', 'Mixed', 'Other', 'Prefer not to say'], (hash(i, 7) % 12)::int + 1) as "Ethnicity",
    list_extract(['Female', 'Female', 'Female', 'Male', 'Male'], (hash(i, 8) % 5)::int + 1) as "Sex",
    list_extract(['Christian', 'Christian', 'No religion', 'No religion', 'Muslim', 'Hindu', 'Sikh', 'Jewish', 'Buddhist', 'Prefer not to say'], (hash(i, 9) % 10)::int + 1) as "Religion",
    list_extract(['Heterosexual', 'Heterosexual', 'Heterosexual', 'Heterosexual', 'Gay or lesbian', 'Bisexual', 'Prefer not to say'], (hash(i, 10) % 7)::int + 1) as "Sexual orientation",
    list_extract(['Married', 'Single', 'Divorced', 'Civil partnership', 'Widowed'], (hash(i, 11) % 5)::int + 1) as "Marital status",
    list_extract([1.0, 1.0, 1.0, 0.8, 0.6, 0.5], (hash(i, 12) % 6)::int + 1) as "FTE",
    list_extract(['Permanent', 'Permanent', 'Permanent', 'Fixed term'], (hash(i, 13) % 4)::int + 1) as "Contract type",
    'Grade ' || (hash(i, 14) % 12 + 1) as "Grade",
    list_extract(['British', 'British', 'British', 'Irish', 'Polish', 'Indian'], (hash(i, 15) % 6)::int + 1) as "Nationality",
    list_extract(['None', 'None', 'None', 'Compressed hours', 'Term-time only'], (hash(i, 16) % 5)::int + 1) as "Flexible working"
from range({people}) as rows(i)
"""
COUNTED = (
    "Date of birth", "Disability", "Ethnicity", "Sex", "Religion", "Sexual orientation", "Marital status", "FTE", "Contract type", "Grade",
    "Nationality", "Flexible working", "Unit", "Outcome",
)  # fmt: skip


def generate(people: int, path: Path) -> None:
    """Write people into Parquet."""
    import duckdb

    query = _PEOPLE.format(people=people, pools=POOLS, at_risk=AT_RISK)
    duckdb.connect().execute(f"copy ({query}) to '{path}' (format parquet)")


def bare(path: Path) -> None:
    """Ask for the counts alone."""
    import duckdb

    people = duckdb.connect().read_parquet(str(path))
    for column in COUNTED:
        value = f'year("{column}")' if column == "Date of birth" else f'"{column}"'
        people.aggregate(f'{value}, "Pool", "Outcome", count(*)').fetchall()


def whole(path: Path) -> None:
    """Assess the people, and ask for every answer."""
    import datetime as dt

    import duckdb

    import eia

    people = duckdb.connect().read_parquet(str(path))
    assessment = eia.assess(people, dates={"extract": dt.date(2026, 9, 30)}, as_read=True)
    assessment.summary()
    assessment.findings_frame()


def timed(people: int, what: str, path: Path) -> tuple[float, int]:
    """Run one of them in a process of its own: seconds, the best of a few, and the most memory in megabytes."""
    runs = [
        subprocess.run(
            [sys.executable, __file__, str(people), what, str(path)], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(TRIES)
    ]
    return min(float(run[0]) for run in runs), max(int(run[1]) for run in runs)


def main() -> None:
    """Run all of it, and print a line for each size."""
    if len(sys.argv) > 3:
        path = Path(sys.argv[3])
        begun = time.perf_counter()
        (whole if sys.argv[2] == "eia" else bare)(path)
        print(f"{time.perf_counter() - begun:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")
        return
    with tempfile.TemporaryDirectory() as folder:
        before = 0.0
        for people in SIZES:
            path = Path(folder) / f"{people}.parquet"
            generate(people, path)
            alone, alone_mb = timed(people, "bare", path)
            seconds, megabytes = timed(people, "eia", path)
            growth = f", {seconds / before:.1f} times the smaller" if before else ""
            print(
                f"{people:>10,} people: counts {alone:.1f} s, {alone_mb} MB; all answers {seconds:.1f} s, {megabytes} MB: {seconds / alone:.2f} times{growth}"
            )
            before = seconds


if __name__ == "__main__":
    main()
