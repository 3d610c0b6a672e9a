"""Which table goes by a heading: whatever is printed above a table is taken as its name, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from hinterland.names import folded, is_part, without_unit
from hinterland.report.sheet import Sheet
from hinterland.texts import LANGUAGES, table

FILLED = re.compile(r"\{[^}]*\}")  # what a heading tells of the one answer above which it stands
NO_LETTERS = re.compile(r"[\W\d_]+")
PIECES = re.compile("[;；:：]")


def headings(keys: Iterable[str]) -> list[str]:
    """Return the headings of the table of texts in both languages, as far as there are any."""
    return [table()[key][lang] for key in keys if key in table() for lang in LANGUAGES]


def named_by(said: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return the key of the one table that has a heading, whatever is filled in; empty where none has it."""
    asked = letters(said)
    found = [key for key, heads in known.items() if any(form_of(head).fullmatch(asked) for head in heads)]
    return found[0] if len(found) == 1 else ""


def form_of(heading: str) -> re.Pattern[str]:
    """Return what a heading of the table of texts looks like once it is filled in."""
    return re.compile(".*".join(map(letters, FILLED.split(heading))))


def letters(words: str) -> str:
    """Return the letters of a text alone, of one width and case."""
    return NO_LETTERS.sub("", normalize("NFKC", words).casefold())


def titled(said: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the table above which a heading stands, or of which it is a part; several side by side.

    None where no heading is so called, or tables of different rows are.
    """
    ways: tuple[Callable[[Sheet], bool], ...] = (
        lambda sheet: folded(said) in map(folded, parts_of(sheet.title)),
        lambda sheet: is_part(said, sheet.title),
    )
    found = next(filter(None, ([sheet for sheet in sheets if is_so(sheet)] for is_so in ways)), [])
    return beside(list(dict.fromkeys(found)))


def parts_of(title: str) -> list[str]:
    """Return a title and what of it may stand for the whole: without brackets, and its parts between colons."""
    pieces = [without_unit(piece) for piece in PIECES.split(title)]
    return [title, without_unit(title), *pieces]


def beside(sheets: Sequence[Sheet]) -> Sheet | None:
    """Return tables of the same rows as one, without columns that stand in it already; None where rows differ."""
    if not sheets or any(sheet.columns[0] != sheets[0].columns[0] for sheet in sheets):
        return None
    first, *others = sheets
    for other in others:
        new = [place for place, head in enumerate(other.heads) if head not in first.heads]
        first = replace(
            first,
            heads=(*first.heads, *(other.heads[place] for place in new)),
            rows=tuple(
                (*row, *(more[place] for place in new)) for row, more in zip(first.rows, other.rows, strict=True)
            ),
            right=(*first.right, *(other.right[place] for place in new)),
        )
    return first
