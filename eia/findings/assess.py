"""Takes files, frames or a Workforce, and the case; gives the Assessment: the front door, and the whole pipeline on one page."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np

import eia
from eia.case import Case
from eia.counts.cube import Cube, count, cube_axes
from eia.counts.from_count_table import from_count_table, with_whole_workforce
from eia.counts.stages import choosing
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment, EvidenceSummary, Run
from eia.findings.beside import Beside
from eia.findings.compare import Since, since
from eia.findings.core.comparisons import Comparison, comparisons, counted_exactly
from eia.findings.core.permutation_results import draws_within_pools, permutation_results
from eia.findings.core.questions import findings
from eia.findings.legal.applicable_law import refuse_before_the_law
from eia.findings.legal.law_of_the_case import with_law
from eia.findings.scenarios.baseline import Baseline
from eia.findings.supplementary.alternative_comparators import refuse_what_is_not_there
from eia.findings.supplementary.look_further import LookFurther
from eia.intake.asking.in_words import wait_for_answers
from eia.intake.counts.load_counts import CountedWorkforce
from eia.intake.evidence import Evidence, Given, opened_case, read_evidence
from eia.intake.extras.post_lists import PostLists
from eia.intake.extras.redeployment import Kind
from eia.intake.workforce import Workforce, outcomes_of
from eia.process.leaving.absences import absence_totals
from eia.process.leaving.notice import notice
from eia.process.leaving.pension import pension_on_redundancy
from eia.process.priority_counts import priority_counts
from eia.process.restructure import restructure
from eia.process.staying.other_work import other_work_offered
from eia.process.staying.pay_protection import protected_pay


def assess(
    workforce: Given | Workforce | CountedWorkforce | None = None,
    case: Case | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    *,
    selections: Given | None = None,
    scores: Given | None = None,
    absences: Given | None = None,
    posts: Given | PostLists | None = None,
    proposed_posts: Given | None = None,
    whole_workforce: Given | CountedWorkforce | None = None,
    later: Sequence[Given] = (),
    previous: str | os.PathLike[str] | None = None,
    redeployment: Mapping[Kind, Given] | None = None,
    when: dt.datetime | None = None,
    as_read: bool = False,
    fetch_people: bool = True,
    **choices: Any,
) -> Assessment:
    r"""Assess a proposal.

    Every file may be a path, its bytes, or a data frame (of pandas, polars or pyarrow). The workforce, and its selections, may be in an engine: a
    relation of DuckDB, a table of ibis, a DataFrame of Spark, or another frame that narwhals knows. It is then counted there.

    Parameters
    ----------
    workforce: a file of people, one row a person, or a table of counts; or one that was read already, of which only what is given beside
        it is read. A case.toml stands for all the files that it names. Without it, the file that the case names.
    case: the choices: a Case, the path of a case.toml, or a mapping of its keys. The files it names are read from the folder of the
        case.toml, or else from here; a file given takes the place of the one named.
    selections, scores, absences, posts, proposed_posts, whole_workforce: the files beside it. later: outcomes that came after the selections, in
        order. previous: the record (assessment.json) of the version before, to say what changed since. redeployment: the files of leave, vacancies and offers, by these names.
    when: the time stamp of the run; now by default.
    as_read: whether to take our guess at every question about who is counted that the case leaves open; the answer says so first.
    fetch_people: whether of people in pools, and of nobody else, codes may be fetched from an engine. Without them nothing is drawn of who is selected:
        Holm's method adjusts p, and overlaps, age as a number and what else needs people are left out.
    choices: keys of a case file, such as ``title="Finance review"``, beside a case or without one.

    Raises
    ------
    EiaError with everything wrong with the files and the choices, or where these do not fit each other; with every open question about
    who is counted; and for a proposal older than the law held here.

    >>> women = assess(b"sex,pool,selected\nF,A,yes\nF,A,yes\nM,A,no\nM,A,no\n").finding("selection", "sex", "Female")
    >>> women.people.group_selected, women.level
    (2, 'cannot_say')
    """
    main, chosen, folder = opened_case(workforce, case, choices)
    evidence = read_evidence(
        chosen,
        folder=folder,
        main=main,
        selections=selections,
        scores=scores,
        absences=absences,
        posts=posts,
        proposed_posts=proposed_posts,
        whole_workforce=whole_workforce,
        later=later,
        previous=previous,
        redeployment=redeployment,
        fetch_people=fetch_people,
    )
    return assess_evidence(evidence, chosen, when=when, as_read=as_read)


def assess_evidence(
    evidence: Evidence, case: Case, *, when: dt.datetime | None = None, as_read: bool = False
) -> Assessment:
    """Assess what was read. when: the time stamp of the run; now by default. as_read: whether our guesses at who is counted stand.

    Raises EiaError with every open question about who is counted, where the case and the evidence do not fit each other, and for a proposal older than the law held here.
    """
    refuse_before_the_law(case)
    if not as_read:
        wait_for_answers(evidence.main.intake)
    workforce = evidence.main if isinstance(evidence.main, Workforce) else None
    held = workforce if workforce and workforce.holds_people else None
    everybody = workforce.everybody if workforce else None
    if isinstance(evidence.main, Workforce):
        cube = count(evidence.main.counted, cube_axes(evidence.main, case))
    else:
        cube = from_count_table(evidence.main, case)
    if evidence.whole_workforce is not None:
        cube = with_whole_workforce(cube, evidence.whole_workforce)
    refuse_what_is_not_there(cube, case)
    people = held.frame if held else None
    chosen = choosing(people, cube.layout, case.stages) if people is not None else None
    compared = comparisons(cube, case)
    exact = counted_exactly(compared)
    with ThreadPoolExecutor(max_workers=1) as beside:  # most of drawing is done outside of Python's lock
        within = beside.submit(draws_within_pools, exact, cube, case, chosen)
        drawn = permutation_results(exact, cube, case, people, chosen, within, everybody)
    when = when or dt.datetime.now(dt.UTC).replace(microsecond=0)
    found, law = with_law(findings(compared, cube, case, drawn), case, today=when.date())
    baseline = (
        Baseline(workforce=held, case=case, before=found, drawn=within.result()) if held and everybody is None else None
    )
    further = LookFurther(
        workforce=held,
        choosing=chosen,
        cube=cube,
        case=case,
        compared=exact,
        drawn=drawn,
        findings=found,
        earlier=_earlier(evidence),
    )
    assessment = Assessment(
        case=case,
        evidence=_in_short(evidence, cube),
        cube=cube,
        drawn=drawn,
        findings=found,
        beside=Beside(further=further, cube=cube, case=case, people=people, baseline=baseline, everybody=everybody),
        restructure=restructure(evidence.structure, workforce, case) if evidence.structure else None,
        priority=priority_counts(held, case) if held else None,
        notice=notice(held, case),
        pension=pension_on_redundancy(held, case) if held else None,
        protection=protected_pay(held, case) if held else None,
        other_work=other_work_offered(held, case) if held else None,
        absences=absence_totals(held, case, today=when.date()) if held else None,
        law=law,
        baseline=baseline,
        run=Run(version=eia.__version__, when=when, case_hash=case.hash),
    )
    return assessment if evidence.previous is None else replace(assessment, since=_since(evidence.previous, assessment))


def _since(record: str, assessment: Assessment) -> Since:
    """What changed since the version before. Raises EiaError where the record is of another case."""
    from eia.findings.record import from_json

    then = from_json(record)
    if (then.case.title, then.case.employer.name) != (assessment.case.title, assessment.case.employer.name):
        raise EiaError(Fault(code="another-case", what="The earlier version is of another case: its title or its employer is not the same.", file="case.toml", column="previous",
                             allowed="the assessment.json of an earlier version of this case", do="Name that one, or compare the two with `eia compare`."))  # fmt: skip
    return since(
        then,
        assessment,
        when=then.run.when,
        case_hash=then.run.case_hash,
        files_hash=then.files_hash,
        sha256=hashlib.sha256(record.encode()).hexdigest(),
    )


def _earlier(evidence: Evidence) -> tuple[tuple[Comparison, ...], ...]:
    """What earlier rounds compared, in the order of time."""
    from eia.findings.record import from_json

    rounds = [from_json(text) for text in evidence.earlier]
    return tuple(counted_exactly(comparisons(one.cube, one.case)) for one in rounds)


def _in_short(evidence: Evidence, cube: Cube) -> EvidenceSummary:
    main, whole = evidence.main, evidence.whole_workforce
    intake = main.intake
    if whole is not None:
        intake = replace(intake, sources=(*intake.sources, *whole.intake.sources))
    if isinstance(main, CountedWorkforce):
        return EvidenceSummary(people=None, in_pools=None, fte=None, outcomes=(), intake=intake)
    outcomes: tuple[tuple[str, int], ...] = ()
    places, people = main.by_place
    if (outcome := outcomes_of(places)) is not None:
        sizes = np.zeros(len(cube.layout.outcomes), dtype=np.int64)
        np.add.at(sizes, outcome, people)
        outcomes = tuple(zip(cube.layout.outcomes, sizes.tolist(), strict=True))
    return EvidenceSummary(
        people=main.people,
        in_pools=main.in_pools,
        fte=main.fte,
        outcomes=outcomes,
        intake=intake,
    )
