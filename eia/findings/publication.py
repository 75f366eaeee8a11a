"""Takes an Assessment, the name of rules and what was published before; gives Published: everything of it that may be published, and no more."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from eia.counts.disclosure.protect import Earlier, Where
from eia.counts.disclosure.published import Published, PublishedRules
from eia.counts.disclosure.rules import DEFAULT, TOLD_OTHERWISE, Rules, rules_called
from eia.counts.disclosure.tables import published_tables
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment
from eia.vocabulary.characteristics import characteristics

FORMAT = 1
_PARTS_OF_RACE = ("nationality", "national_origin")
_READS = TypeAdapter(Published)


def published(
    assessment: Assessment,
    *,
    rules: str = DEFAULT,
    reason: str = "",
    by_unit: bool = False,
    earlier: Sequence[Published] = (),
) -> Published:
    """Give what may be published: counts by group, and by unit too where that is asked.

    rules: default, hesa, ofqual or below-5. reason: why they are used, where that is said; it is needed where the case lets groups below 10
    be shown. earlier: the versions published before, with which this one may give nobody away.

    Raises EiaError where counts are known as ranges only, and where the audit finds that something could be worked out.
    """
    case, cube = assessment.case, assessment.cube
    chosen = rules_called(rules, smallest=case.publication.smallest_count, reason=reason)
    there = cube.layout.dimensions
    left_out = [there[key].characteristic.title for key in there if TOLD_OTHERWISE.get(key) in there]
    told = set(there) | {TOLD_OTHERWISE[key] for key in there if key in TOLD_OTHERWISE}
    asked_of_all = [
        one
        for key, one in characteristics().items()
        if one.protected and key not in TOLD_OTHERWISE and key not in _PARTS_OF_RACE
    ]
    tables = published_tables(cube, case.stages, chosen, by_unit=by_unit, earlier=_by_characteristic(earlier))
    return Published(
        case=case.title,
        case_hash=assessment.run.case_hash,
        data_date=case.dates.extract.isoformat() if case.dates.extract else "not given",
        version=assessment.run.version,
        rules=PublishedRules(key=chosen.key, title=chosen.title, group=chosen.group, side=chosen.side, base=chosen.base,
                             adds_up=chosen.adds_up, relaxed=chosen.relaxed),
        tables=tables,
        not_asked=tuple(one.title for one in asked_of_all if one.key not in told),
        left_out=tuple(left_out),
        earlier=len(earlier),
    )  # fmt: skip


def to_json(publication: Published) -> str:
    """The figures as JSON, to be kept: the next version is audited against them."""
    return f'{{"edition": "PUBLISHABLE", "format": {FORMAT}, "published": {_READS.dump_json(publication, indent=1).decode()}}}\n'


def from_json(text: str | bytes, *, file: str = "published.json") -> Published:
    """Read what was published before.

    Raises EiaError where it is no file of ours.
    """
    try:
        held = json.loads(text)
        if held["format"] != FORMAT:
            raise ValueError
        return _READS.validate_json(json.dumps(held["published"]), strict=True)
    except (ValueError, KeyError, TypeError, ValidationError, RecursionError):
        raise EiaError(Fault(code="not-published", what="This is no file of published figures.", file=file, allowed="a published.json that eia publish wrote",
                             do="Give the published.json of the earlier version.")) from None  # fmt: skip


def _by_characteristic(earlier: Sequence[Published]) -> dict[str, list[Earlier]]:
    """What was published before, by characteristic."""
    found: dict[str, list[Earlier]] = {}
    for version in earlier:
        rules = version.rules
        theirs = Rules(
            key=rules.key, title=rules.title, group=rules.group, side=rules.side, base=rules.base, adds_up=rules.adds_up
        )
        for key in dict.fromkeys(table.key for table in version.tables):
            values: dict[Where, int | None] = {
                (row.label, table.unit, measure): value
                for table in version.tables
                if table.key == key
                for row in table.rows
                if row.kind != "total"
                for measure, value in zip(table.measures, row.values, strict=True)
            }
            found.setdefault(key, []).append(Earlier(values=values, rules=theirs))
    return found
