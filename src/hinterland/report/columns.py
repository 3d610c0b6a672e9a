"""Columns of a run whose unit is the same in every row: in which a table tells them, and in which they are read."""

from __future__ import annotations

from hinterland.report.quantities import Reading, counted, in_unit, reading
from hinterland.study.columns import AMOUNTS, PARTS
from hinterland.texts import text

UNITS = dict.fromkeys((*AMOUNTS, *PARTS, "variation", "present_value", "amount"), "bn CNY") | {
    "people": "million",
    "capacity": "million workers",
    "entry_price": "share",
}


def counted_in(lang: str) -> dict[str, Reading]:
    """Return column -> the unit in which a table tells its numbers with all of their digits."""
    return {name: counted(unit, lang) for name, unit in UNITS.items()}


def read_in(name: str, lang: str) -> Reading:
    """Return how the numbers of a column are read."""
    return reading(UNITS[name], lang)


def read_head(name: str, lang: str) -> str:
    """Return the head of a column with the unit in which it is read."""
    return in_unit(text(f"column.{name}", lang), read_in(name, lang).unit, lang)
