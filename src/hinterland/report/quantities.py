"""How a quantity is written for a reader: one unit for one quantity, as planners of either language write it.

Numbers are kept in the units of the schema; `schema/readings.csv` says in which they are read (`bn CNY` as 亿元, and as
万亿元 from 1,000 on). Files for programs keep the units of the schema.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from hinterland.texts import unit_name

DASH = "–"
DIGITS = 3  # of a number whose unit has none of its own
FINE = 4  # of what a part contributes to a change, which may be small


SPELT = {"bn yuan": "bn CNY", "thousand yuan": "thousand CNY"}  # as files of economies spell what has one name here
FOREIGN = ("十亿", "百万")  # how no reader of Chinese counts: they count in 亿 and 万
UNITLESS = ("elasticity",)  # kinds of number whose name says what they are


class Reading(NamedTuple):
    """In what unit a quantity is read: what its numbers are multiplied by, the unit's name, digits after the point."""

    factor: float
    unit: str
    digits: int | None  # None: the unit has none of its own

    def number(self, value: Any, digits: int | None = None, sign: str = "") -> str:
        """Write a quantity without its unit, in this one; a dash where there is none."""
        kept = self.digits if self.digits is not None else digits
        return number(None if missing(value) else self.factor * value, DIGITS if kept is None else kept, sign)

    @property
    def least(self) -> float:
        """The least size, in the unit in which numbers are kept, that is printed as something: what is less is none."""
        return 10.0 ** -(DIGITS if self.digits is None else self.digits) / 2 / self.factor

    def figure(self, value: Any, digits: int | None = None, sign: str = "") -> str:
        """Write a quantity with its unit."""
        return f"{self.number(value, digits, sign)} {self.unit}".strip()


@cache
def table() -> dict[tuple[str, str], list[tuple[float, float, str, int]]]:
    """Return the readings of every unit by language, the least magnitude first."""
    lines = files("hinterland").joinpath("schema", "readings.csv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, str], list[tuple[float, float, str, int]]] = {}
    for row in csv.DictReader(lines):
        reading = (float(row["least"]), float(row["factor"]), row["name"], int(row["digits"]))
        found.setdefault((row["unit"], row["lang"]), []).append(reading)
    return {key: sorted(readings) for key, readings in found.items()}


def reading(unit: str, lang: str, largest: float = 0.0) -> Reading:
    """Return how a quantity of some unit is read where the largest number shown is this."""
    unit = SPELT.get(unit, unit)
    if unit in UNITLESS:
        return Reading(1.0, "", None)
    known = [of for of in table().get((unit, lang), []) if of[0] <= abs(largest)]
    if not known:
        return Reading(1.0, unit_name(unit, lang), None)
    _, factor, name, digits = known[-1]
    return Reading(factor, unit_name(name, lang), digits)


def counted(unit: str, lang: str) -> Reading:
    """Return in which unit a table tells a quantity with all of its digits: its own, in Chinese in 亿 and 万."""
    name = unit_name(SPELT.get(unit, unit), lang)
    return reading(unit, lang) if name.startswith(FOREIGN) else Reading(1.0, unit_name(unit, lang), None)


def in_unit(words: str, unit: str, lang: str) -> str:
    """Return words with a unit in brackets; the words alone where there is none."""
    if not unit:
        return words
    return f"{words}（{unit}）" if lang == "zh" else f"{words} ({unit})"


def missing(value: Any) -> bool:
    """Whether there is no number."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def number(value: Any, digits: int = DIGITS, sign: str = "") -> str:
    """Write a number; a dash where there is none. What rounds to zero has no sign: it neither rises nor falls."""
    if missing(value):
        return DASH
    rounded = round(value, digits) + 0.0  # no zero is negative
    return f"{rounded:{sign if rounded else ''},.{digits}f}"
