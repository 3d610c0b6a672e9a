"""How an answer is laid out in a given width: texts in lines, tables that are stacked.

Numbers never break. A table that is too wide is cut into several, each with the words that name its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from hinterland.names import columns
from hinterland.report.lines import tokens, wrapped
from hinterland.report.sheet import Sheet

GAP = 2  # columns between columns
SHORT = 12  # columns of a name that is not broken
LINES = 4  # in which a head is still read well
EASE = 20  # columns in which a cell of words is still read well


def longest(words: str) -> int:
    """Return the columns of the longest token."""
    return max((columns(token) for token in tokens(words) if token.strip()), default=0)


def whole(words: str) -> int:
    """Return the least columns for a cell of words: a short name stays on one line, a long text breaks where it may."""
    return max(longest(words), min(columns(words), SHORT))


def has_digit(words: str) -> bool:
    """Whether a cell holds a number, which is never broken; words that stand among numbers, such as names, may be."""
    return any(map(str.isdigit, words))


def in_lines(head: str, count: int) -> int:
    """Return the columns in which a head takes about so many lines; a word breaks nowhere but between wide letters."""
    return -(-columns(head) // count) + 1 if columns(head) > count else columns(head)


class Shape:
    """What a table's columns need: the least and the natural width of each."""

    def __init__(self, sheet: Sheet) -> None:
        self.heads, self.right = sheet.heads, sheet.right
        parts = list(zip(sheet.heads, sheet.columns, sheet.right, strict=True))
        self.least = [
            max(
                [
                    longest(head),
                    in_lines(head, LINES),
                    *(columns(cell) if right and has_digit(cell) else whole(cell) for cell in cells),
                ],
                default=0,
            )
            for head, cells, right in parts
        ]
        self.natural = [
            max([least, columns(head), *map(columns, cells)])
            for least, (head, cells, _) in zip(self.least, parts, strict=True)
        ]
        self.keys = next((at for at, right in enumerate(self.right) if right), min(1, len(self.heads)))

    def needs(self, chosen: Sequence[int], ease: bool = False) -> int:
        """Return the least width of some columns side by side; with ease, that in which words are still read well."""
        ways = (max(self.least[at], min(self.natural[at], EASE)) if ease else self.least[at] for at in chosen)
        return sum(ways) + GAP * (len(chosen) - 1)

    def blocks(self, width: int) -> Iterator[list[int]]:
        """Yield the columns of each table into which this is cut: those that name a row, and as many as fit."""
        keys = list(range(self.keys))
        if len(keys) > 1 and any(self.needs([*keys, at]) > width for at in range(self.keys, len(self.heads))):
            yield keys  # once: the first alone names the rows of the others, or what they say would be cut
            keys = keys[:1]
        chosen = list(keys)
        for at in range(self.keys, len(self.heads)):
            if len(chosen) > len(keys) and self.needs([*chosen, at], ease=not self.right[at]) > width:
                yield chosen
                chosen = list(keys)
            chosen.append(at)
        yield chosen

    def widths(self, chosen: Sequence[int], width: int) -> dict[int, int]:
        """Return the width of each column: heads in two lines first, then words with ease, then all, as room allows."""
        left = width - self.needs(chosen)
        found = {at: self.least[at] for at in chosen}
        in_two_lines = [in_lines(head, 2) for head in self.heads]
        eased = [min(wide, EASE) for wide in self.natural]
        for wanted in (in_two_lines, eased, self.natural):
            for at in sorted(chosen, key=lambda at: wanted[at] - found[at]):
                more = max(0, min(wanted[at] - found[at], left))
                found[at], left = found[at] + more, left - more
        return found


class Fitted(NamedTuple):
    """A table that fits a width: the lines of its cells, and the width of each column."""

    sheet: Sheet
    widths: Sequence[int]

    def first(self, rows: int) -> Fitted:
        """Return its first rows alone, or as many from both ends."""
        kept = sorted(self.sheet.foremost[:rows])
        return self._replace(sheet=replace(self.sheet, rows=tuple(self.sheet.rows[place] for place in kept)))


def fitted(sheet: Sheet, width: int) -> list[Fitted]:
    """Return a table as one or several that fit a width; the first has the title."""
    shape, parts = Shape(sheet), list[Fitted]()
    for chosen in shape.blocks(width):
        widths = shape.widths(chosen, width)
        title = "" if parts else "\n".join(wrapped(sheet.title, width))
        heads, *rows = (
            tuple("\n".join(wrapped(row[at], widths[at])) for at in chosen) for row in (sheet.heads, *sheet.rows)
        )
        right = tuple(sheet.right[at] for at in chosen)
        part = Sheet(title, heads, tuple(rows), right, sheet.ends)
        parts.append(Fitted(part, [widths[at] for at in chosen]))
    return parts


def laid_out(parts: Sequence[str | Sheet], width: int) -> list[str]:
    """Return the lines of texts and tables in a width."""
    lines = list[str]()
    for part in parts:
        lines += wrapped(part, width) if isinstance(part, str) else table_lines(part, width)
    return lines


def table_lines(sheet: Sheet, width: int) -> list[str]:
    """Return the lines of a table, cut into several where it is too wide."""
    return [line for part in fitted(sheet, width) for line in drawn(part, width)]


def drawn(part: Fitted, width: int) -> list[str]:
    """Return the lines of a table that was fitted."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text  # plain text: a name such as [x] is no markup

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for head, right, least in zip(part.sheet.heads, part.sheet.right, part.widths, strict=True):
        table.add_column(Text(head), justify="right" if right else "left", no_wrap=True, min_width=least)
    for row in part.sheet.rows:
        table.add_row(*map(Text, row))
    console = Console(width=width, highlight=False)
    with console.capture() as printed:
        console.print(table)
    return [*part.sheet.title.splitlines(), *(line.rstrip() for line in printed.get().splitlines())]


class Screen(NamedTuple):
    """The first lines of an answer: how many rows of its tables are left out, and whether columns are."""

    lines: list[str]
    left: int
    cut: bool


def shortened(parts: Sequence[str | Sheet], width: int, most: int) -> Screen:
    """Return the first lines of texts and tables, tables by their first columns and whole rows; and what is left.

    Left out are rows, and tables of which not one row has room; of texts, whose room is kept, those that find none.
    The other columns of a table stand below it where everything else has its room.
    """
    drawings, left = list[list[str]](), 0
    texts = [len(wrapped(part, width)) if isinstance(part, str) else 0 for part in parts]
    others = dict[int, list[Fitted]]()  # place of a table whose rows are all there -> its other columns
    cut = False
    for at, part in enumerate(parts):
        room = most - sum(map(len, drawings))
        if isinstance(part, str):
            said = wrapped(part, width)
            drawings.append(said if len(said) <= room else [])
            continue
        room = max(0, room - sum(texts[at:]))
        foremost, *more = fitted(part, width)
        shown = rows_within(foremost, width, room)
        drawings.append(drawn(foremost.first(shown), width) if shown else [])
        left += len(part.rows) - shown
        if shown == len(part.rows):
            others[at] = more
        cut = cut or bool(more)
    if left == 0:
        cut = beside(drawings, others, width, most)
    return Screen([line for lines in drawings for line in lines], left, cut)


def beside(drawings: list[list[str]], others: Mapping[int, Sequence[Fitted]], width: int, most: int) -> bool:
    """Put the other columns of tables below their first ones as far as there is room; say whether some had none."""
    for at, more in others.items():
        for part in more:
            lines = drawn(part, width)
            if len(lines) > most - sum(map(len, drawings)):
                return True
            drawings[at] += lines
    return False


def rows_within(part: Fitted, width: int, room: int) -> int:
    """Return how many rows of a table that was fitted have room in so many lines, with its title and heads."""
    rows = [part.sheet.rows[place] for place in part.sheet.foremost]
    heights = [max(cell.count("\n") + 1 for cell in row) for row in rows]
    ends = accumulate(heights, initial=len(drawn(part, width)) - sum(heights))
    found = max(sum(end <= room for end in ends) - 1, 0)
    return found - found % 2 if part.sheet.ends and found < len(rows) else found
