"""Takes nothing; gives the time and the memory of an assessment of people in Parquet by DuckDB, beside the counts alone that it rests on.

    python benchmarks/engines.py                 # 1.1 and 10 million people, each run in a process of its own
    python benchmarks/engines.py FILE counts     # one run; counts, checked, read, answers or few

counts: fourteen questions to DuckDB, each the people by one characteristic, pool and outcome. checked: and whether a reference repeats. read: the
same by eia, with codes of the 5,000 people in pools. answers: and everything that is said of them.

Last it prints how many times the processor's time of the counts the answers take: all of it, and without what does not grow with people. That is
what few takes, the answers of the 5,000 in pools alone: starting, and chance drawn among them. Needs the extra [large].
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (1_100_000, 10_000_000)
POOLS, AT_RISK = 200, 5_000
TRIES = 3
KINDS = ("counts", "checked", "read", "answers")

_PEOPLE = """
select 'P' || lpad((i * 7919 % 100000007)::varchar, 9, '0') as "Reference",
    case when i % {each} = 0 then 'Pool ' || hash(i * 31) % {pools} end as "Pool",
    case when i % {each} = 0 then case when hash(i * 37) % 100 < 20 + 5 * (hash(i, 5) % 100 < 18)::int then 'Selected' else 'Retained' end end as "Outcome",
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


def generate(people: int, path: Path, *, in_pools: bool = False) -> None:
    """Write people into Parquet. in_pools: those in pools alone."""
    import duckdb

    query = _PEOPLE.format(people=people, pools=POOLS, each=people // AT_RISK)
    of_whom = 'where "Pool" is not null' if in_pools else ""
    duckdb.connect().execute(f"copy (select * from ({query}) {of_whom}) to '{path}' (format parquet)")


def counts(path: Path, *, checked: bool = False) -> None:
    """Ask for the counts alone. checked: and whether a reference repeats."""
    import duckdb

    people = duckdb.connect().read_parquet(str(path))
    for column in COUNTED:
        value = f'year("{column}")' if column == "Date of birth" else f'"{column}"'
        people.aggregate(f'{value}, "Pool", "Outcome", count(*)').fetchall()
    if checked:
        people.aggregate('trim("Reference") as reference, count(*) as rows').filter("rows > 1").aggregate(
            "sum(rows)"
        ).fetchall()


def assessed(people: Any, *, answers: bool) -> None:
    """Read the people, or ask for every answer."""
    import datetime as dt

    import eia
    from eia.case import Case
    from eia.intake.evidence import read_evidence

    dates = {"extract": dt.date(2026, 9, 30)}
    if answers:
        assessment = eia.assess(people, dates=dates, as_read=True)
        assessment.summary()
        assessment.findings_frame()
    else:
        read_evidence(Case.model_validate({"dates": dates}), folder=Path(), main=people)


def once(path: Path, kind: str) -> None:
    """Run one of them here, and print its seconds and the most memory in megabytes."""
    begun = time.perf_counter()
    if kind in ("counts", "checked"):
        counts(path, checked=kind == "checked")
    elif kind == "few":  # as a table, since a small file would be read like any other
        import duckdb

        assessed(duckdb.connect().read_parquet(str(path)), answers=True)
    else:
        assessed(path, answers=kind == "answers")
    print(
        f"{time.perf_counter() - begun:.2f} {time.process_time():.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}"
    )


def timed(path: Path, kind: str) -> tuple[float, float, int]:
    """Run one of them in processes of their own: seconds by the clock and of the processor, the best of a few, and the most memory in megabytes."""
    command = [sys.executable, __file__, str(path), kind]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(TRIES)]
    return min(float(run[0]) for run in runs), min(float(run[1]) for run in runs), max(int(run[2]) for run in runs)


def main() -> None:
    """Run all of it, and print a line for each size and kind, and what they come to."""
    if len(sys.argv) > 1:
        once(Path(sys.argv[1]), sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        for people in SIZES:
            path = Path(folder) / f"{people}.parquet"
            generate(people, path)
            taken = {kind: printed(path, people, kind) for kind in KINDS}
        generate(people, alone := Path(folder) / "in_pools.parquet", in_pools=True)
        few = printed(alone, AT_RISK, "few")
    print(
        f"{people:,} people: the answers take {taken['answers'] / taken['counts']:.1f} times the counts; "
        f"without what does not grow with people {(taken['answers'] - few) / taken['counts']:.1f} times"
    )


def printed(path: Path, people: int, kind: str) -> float:
    """Run one of them, print a line, and give its seconds of the processor."""
    clock, processor, megabytes = timed(path, kind)
    print(f"{people:>10,} people, {kind:<8} {clock:6.1f} s, {processor:6.1f} s of the processor, {megabytes:5} MB")
    return processor


if __name__ == "__main__":
    main()
