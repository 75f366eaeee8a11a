"""Takes an Assessment; gives charts of everybody at risk: each group from the workforce to those selected, and the pools by size."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, Headcounts
from eia.findings.gaps import gaps
from eia.findings.headlines import describes, once
from eia.findings.pool_sizes import PoolSize, pool_sizes
from eia.present.charts.specs import PairRow, Pairs, Profile, ProfileRow, Stage
from eia.present.figures.gap_told import percent_of
from eia.present.text.numbers import people
from eia.present.text.words import capital, group_beside, listed
from eia.stats.results import Split

_Parts = dict[Stage, tuple[float, float]]
FEWEST, MOST = 10, 48  # people at risk of a group or pool that is shown by itself; pools on charts


def profile(assessment: Assessment) -> Profile | None:
    """Each group of ten people at risk or more among all staff, the people at risk and the people selected, as far as these are known; None where
    fewer than two are."""
    told = [(finding, _parts(finding)) for finding in once(assessment.each_group()) if _leads(finding)]
    known: list[Stage] = [
        stage for stage in ("staff", "at_risk", "selected") if told and all(stage in parts for _, parts in told)
    ]  # fmt: skip
    if len(known) < 2:
        return None
    rows = tuple(
        ProfileRow(
            label=finding.group.label,
            group=finding.characteristic.title,
            parts=tuple(parts[stage] for stage in known),
            texts=tuple(_share(*parts[stage]) for stage in known),
        )
        for finding, parts in told
    )
    title = _finding(assessment, known)
    return Profile(title=title, alt=f"{len(rows)} groups. {title}. The numbers stand in the CSV file beside it.", rows=rows, stages=tuple(known))  # fmt: skip


def _leads(finding: Finding) -> bool:
    counted = finding.people
    return describes(finding) and isinstance(counted, Headcounts) and counted.group_in_scope >= FEWEST


def _parts(finding: Finding) -> _Parts:
    """How many of how many at each stage, of people with known answers; only where they are exact."""
    counted, split = finding.people, finding.split
    if not isinstance(counted, Headcounts):
        return {}
    made: _Parts = {"at_risk": (counted.group_in_scope, counted.in_scope)}
    if counted.group_workforce is not None and counted.workforce is not None and counted.workforce > 1:
        made["staff"] = (counted.group_workforce, counted.workforce)
    if isinstance(split, Split) and split.group_selected is not None:
        made["selected"] = (split.group_selected, split.selected)
    return made


def _share(part: float, of: float) -> str:
    """A share with its counts.

    >>> _share(1818, 2603)
    '70% (1,818 of 2,603)'
    """
    return f"{percent_of(part, of)} ({people(part)} of {people(of)})"


_AMONG: dict[Stage, str] = {"staff": "staff", "at_risk": "people at risk", "selected": "people selected"}


def _finding(assessment: Assessment, known: list[Stage]) -> str:
    """What it shows of the group with the clearest gap."""
    for gap in gaps(assessment)[:1]:
        parts = _parts(gap.finding)
        shares = [f"{percent_of(*parts[stage])} of {_AMONG[stage]}" for stage in known]
        return f"{capital(group_beside(gap.finding.characteristic, gap.finding.group))} are {listed(shares)}"
    return f"Each group among {listed([_AMONG[stage] for stage in known])}"


def pools_by_size(assessment: Assessment) -> Pairs | None:
    """The pools of ten people or more, the largest first: people at risk, and of them selected; None where nobody is yet."""
    large = [pool for pool in pool_sizes(assessment) if pool.at_risk >= FEWEST]
    known = [(pool, pool.selected) for pool in large if pool.selected is not None]
    if not known:
        return None
    most, gone = max(known, key=lambda pair: pair[1] / pair[0].at_risk)
    title = f"In “{most.name}”, {people(gone)} of {people(most.at_risk)} people are selected: the largest share of any pool of {FEWEST} or more"
    return Pairs(
        title=title,
        alt=f"{title}. {len(large)} pools have {FEWEST} people or more, and {len(known[:MOST])} are shown. The numbers stand in the CSV file beside it.",
        rows=tuple(_row(pool, selected) for pool, selected in known[:MOST]),
        axis="People",
        seen_label="Selected",
        even_label="At risk",
    )


def _row(pool: PoolSize, selected: int) -> PairRow:
    return PairRow(
        label=pool.name,
        seen=selected,
        even=pool.at_risk,
        seen_text=f"{people(selected)} ({percent_of(selected, pool.at_risk)})",
        even_text=people(pool.at_risk),
    )
