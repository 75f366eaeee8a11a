"""Ways of not answering: one list, for people and for tables of counts, as systems and languages write them."""

from __future__ import annotations

import pytest
from made import counted, table

from eia.intake.evidence import read_workforce
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.synonyms import group_of, known_words, like_missing

DECLINED = (
    "Prefer not to say", "PNTS", "Prefer Not To Answer", "prefer not to disclose", "I prefer not to say", "Rather not say", "Refused", "Declined", "Declined to answer",
    "Declined to state", "Undisclosed", "Not disclosed", "Did not disclose", "Do not wish to say", "I do not wish to disclose", "Choose not to disclose", "Withheld",
    "Information refused", "Undeclared", "Not stated", "Opted out", "Prefer not to say [note 2]",
)  # fmt: skip
NOT_RECORDED = (
    "", "-", "--", "?", "??", ".", "*", "NA", "#N/A", "#REF!", "NULL", "null", "NaN", "nan", "<NA>", "None", "none", "N/K", "NK", "Not known", "NotKnown", "NOT_KNOWN",
    "Not Known [note 1]", "Unknown", "Unk", "Unknown & Not Stated", "Unknown / not stated", "Not known/not stated", "Not recorded", "Not provided", "Not supplied",
    "Not given", "Not held", "Not available", "Not declared", "Not specified", "Unspecified", "Not answered", "No answer", "No response", "Non-response", "No data",
    "No information", "Information not yet obtained", "Info not given", "Data not held", "Not yet obtained", "Not collected", "Missing", "Blank", "(blank)", "Empty",
    "TBC", "Awaiting response", "Don't know", "Not completed", "Undefined", "Not entered",
)  # fmt: skip
NOT_APPLICABLE = ("N/A", "n/a", "Not applicable")
KINDS = {
    **dict.fromkeys(DECLINED, "declined"),
    **dict.fromkeys(NOT_RECORDED, "not recorded"),
    **dict.fromkeys(NOT_APPLICABLE, "not applicable"),
}


def test_there_are_more_than_sixty() -> None:
    assert len(KINDS) >= 60


@pytest.mark.parametrize("cell", KINDS)
@pytest.mark.parametrize("characteristic", ["sex", "race", "sexual_orientation", "gender", "nationality"])
def test_a_way_of_not_answering_is_known_whatever_is_asked(cell: str, characteristic: str) -> None:
    found = group_of(characteristic, cell)
    assert found is not None
    assert found.kind == KINDS[cell]


@pytest.mark.parametrize("cell", KINDS)
def test_it_is_the_same_for_people_and_for_counts(cell: str) -> None:
    people = read_workforce(table([["White British", "A"], ["Indian", "A"], [cell, "A"]], ["ethnicity", "pool"]))
    kinds = {group.label: group.kind for group in people.dimensions["race"].groups}
    assert kinds[people.frame["race"].astype(str).tolist()[2]] == KINDS[cell]
    rows = [
        ["Ethnicity", "White British", "100", "9"],
        ["Ethnicity", "Indian", "80", "8"],
        ["Ethnicity", cell, "20", "2"],
    ]
    counts = counted(table(rows, ["characteristic", "group", "people", "selected"]))
    (dimension,) = list(counts.tallies.values())
    assert {
        group.kind for group, most in zip(dimension.groups, dimension.high.sum(axis=(1, 2)), strict=True) if most == 20
    } == {KINDS[cell]}


def test_no_group_of_a_characteristic_is_a_way_of_not_answering() -> None:
    for key, characteristic in characteristics().items():
        for word, label in known_words(key).items():
            if label in characteristic.groups:
                assert group_of(key, word) is not None
                assert group_of(key, word).kind == "answer"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("Employee prefers not to say at this time", "declined"), ("Refusal on form", "declined"), ("Not yet given by employee", "not recorded"),
     ("Unknown to HR", "not recorded"), ("No data in legacy system", "not recorded")],
)  # fmt: skip
def test_what_almost_says_so_is_a_near_miss(cell: str, kind: str) -> None:
    found = like_missing("sex", cell)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("cell", ["Asian, not specified", "White - not stated", "Jedi", "Non-binary"])
def test_a_label_with_a_word_of_a_group_is_no_near_miss(cell: str) -> None:
    assert like_missing("race", cell) is None
