"""Takes finished words, cells and chart specs; gives a Document: the report as plain blocks, before any format.

Every text is plain text. Nothing in it is ever read as markup: each format escapes it in its own way, after
:func:`plain` has taken out what no reader can see. A Document that could not be read by everyone (a heading level
skipped, a chart without words, a row with a cell missing) is refused when it is made, not when it is printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Literal, TypeVar, get_args

from eia.present.charts.specs import Chart

NoticeKind = Literal["confidential", "caution", "information"]
NOTICES: Mapping[NoticeKind, str] = {"confidential": "Confidential", "caution": "Caution", "information": "Note"}
"""The word that a notice begins with."""
Edition = Literal["confidential", "publishable", "members"]
MARKS: Mapping[Edition, str] = {
    "confidential": "CONFIDENTIAL", "publishable": "May be published", "members": "For members",
}  # fmt: skip
"""What stands on every page, picture and sheet of an edition."""

LONGEST_NAME = 200
"""Characters of a name in a case."""
_JOINERS = "\u200c\u200d"  # invisible, but letters of some scripts need them
_Item = TypeVar("_Item")
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def plain(text: str) -> str:
    r"""Give text as one line that shows what it says: no control, invisible or direction-changing characters.

    >>> plain(" Part-time\n\tor\x1b flexible \u202egnp.exe")
    'Part-time or flexible gnp.exe'
    """
    if text.isprintable():  # nothing to take out, and no white space but blanks
        return " ".join(text.split())
    spaced = (" " if character.isspace() else character for character in text)
    seen = (c for c in spaced if c in _JOINERS or not unicodedata.category(c).startswith("C"))
    return " ".join("".join(seen).split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title. ``level`` is 2 to 6; ``key`` is its anchor, made from the text when empty."""

    text: str
    level: int
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that is the title's own, and a key that could not be an address."""
        _require(2 <= self.level <= 6, f"A heading is of level 2 to 6 (the title is 1), not {self.level}.")
        _require(not self.key or bool(_SAFE_NAME.fullmatch(self.key)), f"Not a safe heading key: {self.key!r}.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` marks the one that a reader with a minute should read."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts, numbered when ``ordered``."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; ``numeric`` ones are set to the right. ``written``: people write in its cells, which hold a prompt."""

    title: str
    numeric: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished cells: one string for each column in each row, numbers already rounded and worded.

    ``row_headers``: the first cell of each row names the row. ``sections``: the heading that each row stands under, one a
    row, or none. ``notes`` and ``source`` stand below the table.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    row_headers: bool = True
    sections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns, and a table that has no name or no columns."""
        _require(bool(plain(self.title)), "A table needs a title.")
        _require(bool(self.columns), f"Table {self.title!r} has no columns.")
        odd = [number for number, row in enumerate(self.rows, start=1) if len(row) != len(self.columns)]
        _require(not odd, f"Table {self.title!r} has {len(self.columns)} columns; rows {odd[:5]} have another number.")
        _require(len(self.sections) in (0, len(self.rows)), f"Table {self.title!r} has a section for some rows only.")

    @property
    def bodies(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        """The rows under their headings, in order; one body without a heading where there are none.

        >>> Table("T", (TableColumn("Group"),), (("Female",), ("Male",)), sections=("Sex", "Sex")).bodies
        (('Sex', (('Female',), ('Male',))),)
        """
        headed = zip(self.sections or [""] * len(self.rows), self.rows, strict=True)
        return tuple((heading, tuple(row for _, row in rows)) for heading, rows in groupby(headed, key=itemgetter(0)))


def heads(*titles: str, words: Collection[str] = (), written: Collection[str] = ()) -> tuple[TableColumn, ...]:
    """Give columns of these titles: the first and those of ``words`` hold words, those of ``written`` what people write, all others numbers."""
    return tuple(
        TableColumn(each, numeric=place > 0 and each not in words and each not in written, written=each in written)
        for place, each in enumerate(titles)
    )


def tabulated(
    title: str,
    items: Iterable[_Item],
    columns: Mapping[str, Callable[[_Item], str]],
    *,
    words: Collection[str] | None = (),
    written: Collection[str] = (),
    under: Callable[[_Item], str] | None = None,
    notes: tuple[str, ...] = (),
) -> Table:
    """Give a table with a row for each item: every title has what makes its cells of an item, ``under`` the heading of the row.

    ``words`` are the columns of words beside the first, as in :func:`heads`; with None all are. ``written``: the columns that people fill.

    >>> tabulated("Squares", [2, 3], {"Number": str, "Square": lambda number: str(number**2)}).rows
    (('2', '4'), ('3', '9'))
    """
    told = tuple(items)
    return Table(
        title=title,
        columns=heads(*columns, words=columns if words is None else words, written=written),
        rows=tuple(tuple(cell(item) for cell in columns.values()) for item in told),
        notes=notes,
        sections=tuple(map(under, told)) if under else (),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its title. ``name`` is the stem of its file, such as ``selection-forest``."""

    title: str
    chart: Chart
    name: str

    def __post_init__(self) -> None:
        """Refuse a name that could not be a file's on every system."""
        _require(bool(_SAFE_NAME.fullmatch(self.name)), f"Not a file-safe figure name: {self.name!r}.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A marked place that only people can fill: what to write about, and help to do so. owner, by: who writes it, and by when, in words;
    text: what has been written so far, a line for each paragraph. Help, owner and day go once there is a text; headed: the title stays."""

    title: str
    help: str
    owner: str = ""
    by: str = ""
    text: str = ""
    headed: bool = True

    @property
    def whose(self) -> str:
        """Who writes it, and by when, as a line.

        >>> Answer("Aim", "Why now?", "Head of service", "Before the decision").whose
        'Owner: Head of service. By: Before the decision.'
        """
        parts = (("Owner", self.owner), ("By", self.by))
        return " ".join(f"{name}: {value}." for name, value in parts if value)

    @property
    def key(self) -> str:
        """What a case calls the place: its title, as far as a name may be long."""
        return plain(self.title)[:LONGEST_NAME]

    @property
    def lines(self) -> tuple[str, ...]:
        r"""What has been written, a paragraph each.

        >>> Answer("Aim", "Why now?", text="To save. \n\nTo close a site.").lines
        ('To save.', 'To close a site.')
        """
        return tuple(filter(None, map(plain, self.text.splitlines())))


@dataclass(frozen=True, slots=True)
class Choice:
    """Options to tick one of. None is ticked: a person does that."""

    title: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A short text set apart because the reader must not miss it."""

    text: str
    kind: NoticeKind

    def __post_init__(self) -> None:
        """Refuse a kind that no format knows how to show."""
        _require(self.kind in get_args(NoticeKind), f"Not a kind of notice: {self.kind!r}.")


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts as pairs of name and value."""

    items: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Bullets | Table | Figure | Answer | Choice | Notice | Facts


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``notice`` is shown at the top and on every printed page, for example who may see it. ``edition`` says
    whether figures of few people are in it; its mark stands on every page of paper.

    >>> Document(title="Draft", subtitle="", notice="", blocks=(Heading("Details", 3),))
    Traceback (most recent call last):
    ValueError: Heading 'Details' of level 3 stands where at most level 2 can.
    """

    title: str
    subtitle: str
    notice: str
    language: str = "en-GB"
    blocks: tuple[Block, ...] = ()
    edition: Edition = "confidential"

    def __post_init__(self) -> None:
        """Refuse an edition without a mark, skipped heading levels, and keys or figure names used twice."""
        _require(bool(plain(self.title)), "A document needs a title.")
        _require(self.edition in MARKS, f"Not an edition: {self.edition!r}.")
        level = 1
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        for heading in headings:
            allowed = level + 1
            _require(
                heading.level <= allowed,
                f"Heading {heading.text!r} of level {heading.level} stands where at most level {allowed} can.",
            )
            level = heading.level
        _require_unique("heading key", (heading.key for heading in headings if heading.key))
        _require_unique("figure name", (block.name for block in self.blocks if isinstance(block, Figure)))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The places that people fill, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Answer))

    def written(self, texts: Mapping[str, str]) -> Document:
        """The document with these texts in the places that people fill, each by the title of its place.

        >>> made = Document("Draft", "", "", blocks=(Answer("Aim", "Why now?"), Paragraph("Aim")))
        >>> made.written({"Aim": "To save.", "Elsewhere": "Nothing"}).blocks[0].text
        'To save.'
        """
        blocks = (
            replace(block, text=texts.get(block.key, block.text)) if isinstance(block, Answer) else block
            for block in self.blocks
        )
        return replace(self, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place: ``kind`` in lower case, ``number`` among its kind from 1, ``anchor`` found only once."""

    block: Block
    kind: str
    number: int
    anchor: str


def placed(document: Document) -> tuple[Placed, ...]:
    """Give every block its kind, its number and its anchor: the same in all formats, so that people can cite them.

    >>> report = Document("Draft", "", "", blocks=(Heading("Who is hit?", 2), Paragraph("All."), Heading("Why", 2)))
    >>> [(place.kind, place.number, place.anchor) for place in placed(report)]
    [('heading', 1, 'who-is-hit'), ('paragraph', 1, 'paragraph-1'), ('heading', 2, 'why')]
    """
    counts: dict[str, int] = {}
    taken = {block.key for block in document.blocks if isinstance(block, Heading)}
    places = []
    for block in document.blocks:
        kind = type(block).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        key = block.key if isinstance(block, Heading) else ""
        stem = _slug(block.text) if isinstance(block, Heading) else f"{kind}-{counts[kind]}"
        anchor = key or _free(stem, taken)
        taken.add(anchor)
        places.append(Placed(block=block, kind=kind, number=counts[kind], anchor=anchor))
    return tuple(places)


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", plain(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].rstrip("-") or "section"


def _free(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 2
    while anchor in taken:
        anchor, number = f"{wanted}-{number}", number + 1
    return anchor


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _require_unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        _require(name.casefold() not in seen, f"The {what} {name!r} is used twice.")
        seen.add(name.casefold())
