"""How an answer is laid out in a given width: lines that break where both languages may, tables that are stacked.

Numbers never break. A table that is too wide is cut into several, each with the words that name its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from hinterland.names import columns

if TYPE_CHECKING:
    from rich.table import Table

GAP = 2  # columns between columns
SHORT = 12  # columns of a name that is not broken
EASE = 20  # columns in which a cell of words is still read well
LONG = 28  # columns beyond which a word without a gap is cut at its joints
WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"  # letters between which a line may break
CLOSING = "，。；：、）】》”’！？%,.;:)]!?"  # never at the beginning of a line
OPENING = "（【《“‘(["  # never at its end
UNITS = "个百分点|百分点|万亿元|亿元|万人"  # Chinese units of several letters
TOKEN = re.compile(rf"[ ]+|[{re.escape(OPENING)}]*(?:{UNITS}|[^\s{WIDE}]+|[{WIDE}])[{re.escape(CLOSING)}]*")
FIGURE = re.compile(r"[-+±≥~]?[\d.,]+[%]?")
OF_FIGURE = re.compile(r"%|pp|bn|trn|m|CNY|yuan|个?百分点|万亿元|亿元|万人|万|亿|元|人|倍|年")


def tokens(words: str) -> list[str]:
    """Return what a line must not break: a word, a Chinese letter with its marks, a number with its unit; spaces."""
    found = list[str]()
    for token in (part for long in TOKEN.findall(words) for part in joints(long)):
        if len(found) > 1 and found[-1] == " " and FIGURE.fullmatch(found[-2].lstrip(OPENING)) and unit_first(token):
            found[-2:] = [f"{found[-2]} {token}"]
        else:
            found.append(token)
    return found


def joints(token: str) -> list[str]:
    """Return a long word in parts, cut behind its stops, slashes, strokes and commas."""
    return re.findall(r"[^._/,|-]+[._/,|-]*|[._/,|-]+", token) if columns(token) > LONG else [token]


def unit_first(token: str) -> bool:
    """Whether a token begins with the unit of the number before it."""
    return OF_FIGURE.match(token) is not None


def wrapped(words: str, width: int, indent: str = "") -> list[str]:
    """Return a text in lines of a width, in columns of a terminal; lines after the first are indented."""
    lines = list[str]()
    for paragraph in words.split("\n"):
        line, start = "", len(lines)
        for token in tokens(paragraph):
            if line.strip() and columns(line) + columns(token.rstrip()) > width:
                lines.append(line.rstrip())
                line = indent
            if token.strip() or line.strip() or len(lines) == start:
                line += token
        lines.append(line.rstrip())
    return lines


def longest(words: str) -> int:
    """Return the columns of the longest token."""
    return max((columns(token) for token in tokens(words) if token.strip()), default=0)


def whole(words: str) -> int:
    """Return the least columns for a cell of words: a short name stays on one line, a long text breaks where it may."""
    return max(longest(words), min(columns(words), SHORT))


class Shape:
    """What a table's columns need: the text of every cell, and the least and the natural width of every column."""

    def __init__(self, table: Table) -> None:
        self.heads = [str(column.header) for column in table.columns]
        self.cells = [[str(cell) for cell in column.cells] for column in table.columns]
        self.right = [column.justify == "right" for column in table.columns]
        parts = list(zip(self.heads, self.cells, self.right, strict=True))
        self.least = [
            max([longest(head), *(columns(cell) if right else whole(cell) for cell in cells)], default=0)
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
        chosen = list(keys)
        for at in range(self.keys, len(self.heads)):
            if len(chosen) > len(keys) and self.needs([*chosen, at], ease=not self.right[at]) > width:
                yield chosen
                chosen = list(keys)
            chosen.append(at)
        yield chosen

    def widths(self, chosen: Sequence[int], width: int) -> dict[int, int]:
        """Return the width of each column: heads in two lines first, then whole, as far as there is room."""
        left = width - self.needs(chosen)
        found = {at: self.least[at] for at in chosen}
        in_two_lines = [-(-columns(head) // 2) + 1 for head in self.heads]
        for wanted in (in_two_lines, self.natural):
            for at in sorted(chosen, key=lambda at: wanted[at] - found[at]):
                more = max(0, min(wanted[at] - found[at], left))
                found[at], left = found[at] + more, left - more
        return found


def fitted(table: Table, width: int, rows: int | None = None) -> list[Table]:
    """Return a table as one or several that fit a width, its first rows alone where so many are asked for."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Rich
    from rich.text import Text

    shape, parts = Shape(table), list[Any]()
    for number, chosen in enumerate(shape.blocks(width)):
        title = "\n".join(wrapped(str(table.title), width)) if table.title and not number else None
        part = Rich(
            title=None if title is None else Text(title, "table.title"),
            title_justify="left",
            box=SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        widths = shape.widths(chosen, width)
        for at in chosen:
            head = "\n".join(wrapped(shape.heads[at], widths[at]))
            part.add_column(
                Text(head), justify="right" if shape.right[at] else "left", no_wrap=True, min_width=widths[at]
            )
        for row in list(zip(*(shape.cells[at] for at in chosen), strict=True))[:rows]:
            lines = ("\n".join(wrapped(cell, widths[at])) for at, cell in zip(chosen, row, strict=True))
            part.add_row(*map(Text, lines))
        parts.append(part)
    return parts


def laid_out(parts: Sequence[str | Table], width: int) -> list[str]:
    """Return the lines of texts and tables in a width."""
    lines = list[str]()
    for part in parts:
        lines += wrapped(part, width) if isinstance(part, str) else table_lines(part, width)
    return lines


def table_lines(table: Table, width: int) -> list[str]:
    """Return the lines of a table, cut into several where it is too wide."""
    return [line for part in fitted(table, width) for line in drawn(part, width)]


def drawn(table: Table, width: int) -> list[str]:
    """Return the lines of a table that was fitted."""
    from rich.console import Console

    console = Console(width=width, highlight=False)
    with console.capture() as printed:
        console.print(table)
    return [line.rstrip() for line in printed.get().splitlines()]


def shortened(parts: Sequence[str | Table], width: int, most: int) -> tuple[list[str], int]:
    """Return the first lines of texts and tables, tables by their first columns and whole rows; and how many are left.

    Left out are rows, and tables of which not one row has room.
    """
    lines, left = list[str](), 0
    for part in parts:
        room = most - len(lines)
        if isinstance(part, str):
            said = wrapped(part, width)
            lines += said if len(said) <= room else []
            continue
        shown = rows_within(fitted(part, width)[0], width, room)
        lines += drawn(fitted(part, width, shown)[0], width) if shown else []
        left += part.row_count - shown
    return lines, left


def rows_within(table: Table, width: int, room: int) -> int:
    """Return how many rows of a table that was fitted have room in so many lines, with its title and heads."""
    rows = zip(*(column.cells for column in table.columns), strict=True)
    heights = [max(str(cell).count("\n") + 1 for cell in row) for row in rows]
    ends = accumulate(heights, initial=len(drawn(table, width)) - sum(heights))
    return max(sum(end <= room for end in ends) - 1, 0)
