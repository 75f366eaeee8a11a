"""Takes what a case says of its files; gives the parts that hold it: which they are, and how their rows and answers are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eia.case.proposal import Name, Part
from eia.vocabulary.characteristics import NOT_ANSWERS, characteristics
from eia.vocabulary.synonyms import AbsenceKind

LIKELIEST, AS_WRITTEN = "likeliest", "as written"
NAMED = ("pool", "unit", "post", "place", "criterion")
"""Columns of names that are no groups."""


class Files(Part):
    """Where the evidence is, relative to the case file.

    workforce: one row a person. counts: a table of counts instead of people. selections: outcomes in a file of their
    own, joined by reference. later: outcomes that came after them, such as those of appeals and of redeployment, in the
    order in which they came: each stands in place of the one before. earlier: records (assessment.json) of earlier rounds of the same
    exercise, in the order of time, whose counts are added up with these. previous: the record of the version of this case before this one, to say what changed
    since. leave: dates of pregnancies and family leave, for
    priority. vacancies: what could be offered to people with priority. offers: who was offered which, and whether it suits.
    whole_workforce: counts or shares of the whole workforce, where the other file holds only the people in pools. scores:
    marks of the people in pools, by criterion and in total, joined by reference. absences: days of absence with their reasons,
    joined by reference, of which totals alone are told. posts: the posts now and as proposed, or
    only those of now where proposed_posts names a file of the others. sheet, selections_sheet, whole_workforce_sheet,
    scores_sheet, absences_sheet, posts_sheet, proposed_posts_sheet: which sheet of each, where it
    is a workbook and more than one holds a table.
    """

    workforce: Name | None = None
    counts: Name | None = None
    selections: Name | None = None
    leave: Name | None = None
    vacancies: Name | None = None
    offers: Name | None = None
    later: tuple[Name, ...] = ()
    earlier: tuple[Name, ...] = ()
    previous: Name | None = None
    whole_workforce: Name | None = None
    scores: Name | None = None
    absences: Name | None = None
    posts: Name | None = None
    proposed_posts: Name | None = None
    sheet: Name | None = None
    selections_sheet: Name | None = None
    whole_workforce_sheet: Name | None = None
    scores_sheet: Name | None = None
    absences_sheet: Name | None = None
    posts_sheet: Name | None = None
    proposed_posts_sheet: Name | None = None

    @model_validator(mode="after")
    def _people_or_counts(self) -> Self:
        if self.workforce and self.counts:
            raise ValueError("name either a workforce file or a counts file, not both")
        if self.counts and self.scores:
            raise ValueError("scores are joined to people: leave the scores file out beside a counts file")
        if self.counts and self.absences:
            raise ValueError("absences are joined to people: leave the absences file out beside a counts file")
        if self.counts and (self.selections or self.later):
            raise ValueError("a counts file already holds the selections: leave the selections file out")
        if self.proposed_posts and not self.posts:
            raise ValueError("a file of proposed posts stands beside one of the current posts: name that as posts")
        if self.vacancies and not self.leave:
            raise ValueError("vacancies are looked at for people with priority: name the file of leave too")
        if self.offers and not self.vacancies:
            raise ValueError("offers are of vacancies: name the file of vacancies too")
        return self


class Counts(Part):
    """How a table of counts is written, where it does not say so itself.

    rounded_to: what its counts were rounded to; 1 for not at all. percentages: what its percentages are of: the people
    of the same "group", everyone in the same "column", those in the column who "answered", or "everyone" in the same
    pool. marks: what a mark in place of a count stands for, such as "1 to 4", "0" or "any".
    """

    rounded_to: Annotated[int, Field(ge=1, le=1000)] = 1
    percentages: Literal["group", "column", "answered", "everyone"] | None = None
    marks: Mapping[Name, Name] = Field(default_factory=dict)


class Categories(Part):
    """How answers are put into groups.

    ethnicity: whose list of ethnic categories is used; they differ in what Chinese people, Roma, Irish Travellers and
    Scots are counted as. labels: characteristic -> label as the file has it -> the group that it stands for, or one of
    "declined", "not recorded" and "not applicable". others: characteristic -> what its labels stand for that are not known and that
    too few rows share to be shown: one group or way of not answering for all, "likeliest" for each as what it most likely is, or
    "as written" for groups of their own. Of a "pool", "unit", "post", "place" or "criterion": whether names are shown "as written" though they look as if they
    said who somebody is; "likeliest" calls each by a row of it.
    """

    ethnicity: Literal["census_2021", "census_2011", "census_2001", "scotland_2022", "northern_ireland_2021"] = (
        "census_2021"
    )
    labels: Mapping[Name, Mapping[Name, Name]] = Field(default_factory=dict)
    others: Mapping[Name, Name] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        named = [(key, set(labels.values())) for key, labels in self.labels.items()]
        named += [(key, {group} - {LIKELIEST}) for key, group in self.others.items()]
        for key in NAMED:
            if self.others.get(key, LIKELIEST) not in (LIKELIEST, AS_WRITTEN):
                raise ValueError(f"names of a {key} are shown {AS_WRITTEN}, or not: {LIKELIEST}")
        for key, groups in named:
            known = characteristics().get(key)
            if known and known.closed and (strange := groups - {*known.groups, *NOT_ANSWERS}):
                raise ValueError(
                    f"no groups of {known.title}: {', '.join(sorted(strange))}; allowed: {', '.join(known.groups)}"
                )
        return self


class PeopleRules(Part):
    """How rows become people.

    rows: "people" where each row is one person although it looks as if it stood for several; "counts" where each stands for several,
    whatever it looks like. leavers: whether people who have
    left by the day of the file are "counted" or "left out". panel: which rows count where the same people stand in the file once
    for each year or date: those of the "latest", or "every row". repeated: what it means that a reference stands in several rows: posts of one person, who counts in the "main post" or
    once for "every post"; without it, posts where each row names another one, and otherwise a fault. suffix: what a number or letter at the end
    of references tells apart, as in 12345678-1 and 12345678-2: "posts" of one person, or "people". same_without: what two files may differ in
    and still name the same person by a reference: "zeros" or "letters" in front, "decimals" at the end, "capitals", "marks" such as hyphens and
    blanks, or "nothing". full_time_hours: the hours of a full week, where the file gives hours and no full-time equivalents.
    """

    rows: Literal["people", "counts"] | None = None
    leavers: Literal["left out", "counted"] | None = None
    panel: Literal["latest", "every row"] | None = None
    repeated: Literal["main post", "every post"] | None = None
    suffix: Literal["posts", "people"] | None = None
    same_without: Literal["zeros", "letters", "decimals", "capitals", "marks", "nothing"] | None = None
    full_time_hours: Annotated[float, Field(gt=0, le=100)] | None = None


class AbsenceReasons(Part):
    """What the employer's reasons for absence stand for, where they are not known.

    reasons: reason as the file has it -> its kind. others: the kind of all reasons that are not known and that too few people share to
    be shown.
    """

    reasons: Mapping[Name, AbsenceKind] = Field(default_factory=dict)
    others: AbsenceKind | None = None


class FurtherCharacteristic(Part):
    """A column that the case adds to the characteristics, for example caring responsibilities."""

    title: Name
    column: Name


class Privacy(Part):
    """What is done with columns that say who somebody is, such as names: they are dropped, or the file is refused."""

    identifiers: Literal["drop", "refuse"] = "drop"
