"""Takes the options of ``eia try``; tries a change of the rule and prints what it would do. Everything heavy is imported inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eia.cli.shared import AsRead, answered, bad_input, case_of, save_case
from eia.printing import say, say_all

if TYPE_CHECKING:
    from eia.case import Case
    from eia.findings.assessment import Assessment
    from eia.findings.scenarios.tried import Tried

Several = list[str] | None


def try_change(
    case_file: Annotated[Path, typer.Argument(help="A case.toml whose files are of people, with scores.")],
    without: Annotated[Several, typer.Option(help="Leave out this criterion; may be repeated.")] = None,
    weight: Annotated[Several, typer.Option(help="A new weight, such as “Attendance=20”; may be repeated.")] = None,
    equal_weights: Annotated[bool, typer.Option("--equal-weights", help="Weigh all criteria alike.")] = False,
    most: Annotated[Several, typer.Option(help="A cap, such as “Attendance=8”; may be repeated.")] = None,
    least: Annotated[Several, typer.Option(help="A floor, such as “Attendance=3”; may be repeated.")] = None,
    without_absences: Annotated[
        Several, typer.Option(help="Leave out absences of this kind, such as disability; may be repeated.")
    ] = None,
    missing: Annotated[str | None, typer.Option(help="Missing scores: “as now”, “pool mean” or “not counted”.")] = None,
    service_breaks_ties: Annotated[
        bool, typer.Option("--service-breaks-ties", help="Where totals are equal, longer service stays.")
    ] = False,
    last_in_first_out: Annotated[
        bool, typer.Option("--last-in-first-out", help="Compare with selection by length of service.")
    ] = False,
    to_go: Annotated[Several, typer.Option(help="Another number to go, such as “Cooks=3”; may be repeated.")] = None,
    out_of_scope: Annotated[Several, typer.Option(help="Take this pool or post out; may be repeated.")] = None,
    volunteers_first: Annotated[
        bool, typer.Option("--volunteers-first", help="Accept those who applied to leave first.")
    ] = False,
    scenario: Annotated[str | None, typer.Option(help="Try only this one of the case's own scenarios.")] = None,
    reason: Annotated[str, typer.Option(help="Why you try it; kept with it.")] = "",
    save: Annotated[str | None, typer.Option(help="Keep the change in the case file under this name.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for a page with the tables and charts.")] = None,
    as_read: AsRead = False,
) -> None:
    """Try another rule: what if a criterion were left out? Without options: each criterion in turn, and the case's own scenarios."""
    change: dict[str, Any] = {
        "without": without,
        "weights": "equal" if equal_weights else None,
        "absences_out": without_absences,
        "missing": missing,
        "tie_break": "service" if service_breaks_ties else None,
        "rule": "last in, first out" if last_in_first_out else None,
        "out_of_scope": out_of_scope,
        "volunteers_first": volunteers_first or None,
    }
    with bad_input():
        change |= {"most": _pairs(most, float), "least": _pairs(least, float), "to_go": _pairs(to_go, int)}
        change["weights"] = change["weights"] or _pairs(weight, float)
        change = {key: value for key, value in change.items() if value}
        _refuse_at_once(equal_weights and weight, "--equal-weights", "--weight")
        _refuse_at_once(scenario and change, "--scenario", "a change")
        _refuse_at_once(save is not None and not change, "--save", "no change")
        _try(
            case_file,
            change,
            scenario,
            reason,
            save,
            out,
            as_read=as_read,
        )


def _try(
    case_file: Path, change: dict[str, Any], scenario: str | None, reason: str, save: str | None, out: Path | None, *, as_read: bool
) -> None:  # fmt: skip
    from eia.case import changed
    from eia.findings.assess import assess_evidence
    from eia.intake.evidence import read_evidence

    case, folder, main = case_of(case_file)
    evidence = read_evidence(case, folder=folder, main=main)
    answered(evidence.main.intake, as_read=as_read)
    assessment = assess_evidence(evidence, case, as_read=True)
    name = scenario or save or ("This change" if change else "")
    made: Case = case
    if change:
        today = dt.datetime.now(dt.UTC).date()
        kept = {key: one.model_dump(mode="json", exclude_defaults=True) for key, one in case.scenarios.items()}
        made = changed(case, scenarios=kept | {name: {"reason": reason, "tried_on": today.isoformat(), **change}})
    tried = _tried(assessment, made, name)
    _say(assessment, tried, whole=not name)
    if save is not None and change:
        save_case(made, case_file)
    if out is not None:
        _write(assessment, tried, out)


def _tried(assessment: Assessment, case: Case, name: str) -> tuple[Tried, ...]:
    """The change of this name; all of the case's own where there is none."""
    if not name:
        return assessment.changes.tried if assessment.changes else ()
    if name in case.scenarios:
        given = case.scenarios[name].model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        return (assessment.scenario(name, **given),)
    return (assessment.scenario(name),)


def _say(assessment: Assessment, tried: Sequence[Tried], *, whole: bool) -> None:
    from eia.present.documents.terminal import block_lines, wrapped
    from eia.present.sections.scenarios import nothing_to_try, refused_blocks, rule_blocks, tried_in_short
    from eia.present.text.narrative import CONFIDENTIAL

    say(wrapped(CONFIDENTIAL))
    if whole and assessment.changes:
        say_all(block_lines(rule_blocks(assessment.changes)))
        say_all(block_lines(refused_blocks(assessment.changes)))
    elif whole:
        say_all(block_lines(nothing_to_try()))
    for one in tried:
        say_all(block_lines(tried_in_short(one)))


def _write(assessment: Assessment, tried: Sequence[Tried], out: Path) -> None:
    from eia.present.documents.write_report import write_page
    from eia.present.sections.scenarios import changes_page

    say(f"Changes tried: {write_page(changes_page(assessment, tried), out / 'changes.html')}")


def _refuse_at_once(both: object, one: str, other: str) -> None:
    """Refuse what contradicts itself, where one of the two would be dropped without a word. Raises EiaError."""
    from eia.errors import EiaError, Fault

    if both:
        raise EiaError(Fault(code="contradicting-options", what=f"{one} does not go with {other}.", allowed="one of the two", do="See eia try --help."))  # fmt: skip


def _pairs(given: Several, number: type[int] | type[float]) -> dict[str, Any]:
    """Options of a name and a number, as a mapping. Raises EiaError with all that are not such."""
    from eia.errors import EiaError, Fault, inert

    pairs, faults = {}, []
    for one in given or ():
        name, _, value = one.rpartition("=")
        try:
            pairs[name.strip()] = number(value)
        except ValueError:
            name = ""
        if not name.strip():
            kind = "whole number" if number is int else "number"
            faults.append(Fault(code="no-pair", what=f"“{inert(one)}” is not a name, an equals sign and a {kind}.",
                                allowed="such as Attendance=20", do="Write it so, in quotation marks where the name has blanks."))  # fmt: skip
    if faults:
        raise EiaError(faults)
    return pairs
