"""How the change of an outcome is read: in percent, in points, or as a difference in the unit of its level.

`schema/indicators.csv` says which (`change`) and with how many digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hinterland.report.quantities import DASH, Reading, in_unit, missing, number, reading
from hinterland.schema import outcomes
from hinterland.texts import text, unit_name

if TYPE_CHECKING:
    import pandas as pd


def is_difference(name: str) -> bool:
    """Whether the change of an outcome is one of amounts, in the unit of its level."""
    return name in outcomes() and outcomes()[name].change == "difference"


def reading_beside(name: str, unit: str, lang: str, largest: float) -> Reading:
    """Return how changes of an outcome that stand side by side are read, where the unit of its level is this one.

    A difference of levels in a unit of their own, as money is, has that unit; `largest` is the largest change.
    """
    if is_difference(name) and unit != outcomes()[name].unit:
        return reading(unit, lang, largest)
    return reading_of_change(name, lang)


def reading_of_change(name: str, lang: str, level: Reading | None = None, counted: bool = False) -> Reading:
    """Return how the change of an outcome is read; a difference as its level, without a unit of its own.

    `counted`: the unit follows a number in a sentence, where Chinese counts points (个百分点).
    """
    entry = outcomes()[name]
    if entry.change == "difference":
        known = level is not None and level.digits is not None
        return level._replace(unit="") if level is not None and known else Reading(1.0, "", entry.change_digits)
    if entry.change == "relative":
        return Reading(100.0, "%", entry.change_digits)
    points = unit_name("pp", lang) if counted else text("change.points", lang)
    return Reading(1.0 if entry.unit == "%" else 100.0, points, entry.change_digits)


def seen(name: str) -> float:
    """Return the least change of an outcome that is printed as one: half of the last digit."""
    return reading_of_change(name, "en").least


def from_to(low: str, high: str, lang: str) -> str:
    """Write a range; one number where both ends read alike."""
    return low if low == high else text("report.range", lang, low=low, high=high)


def signs_that_turn(sensitivity: pd.DataFrame) -> list[str]:
    """Return the outcomes that rise under some elasticities and fall under others, as far as they are printed."""
    shown = [name for name in outcomes("sensitivity") if name in sensitivity]
    return [name for name in shown if sensitivity[name].min() < -seen(name) and sensitivity[name].max() > seen(name)]


def scaled(name: str, change: float) -> float:
    """Return the change of an outcome in the unit in which it is read: percent, points, or as it is."""
    return reading_of_change(name, "en").factor * change


def change_figure(name: str, change: float, digits: int | None = None) -> str:
    """Write the change of an outcome with its sign and without its unit; a dash where there is none."""
    of = reading_of_change(name, "en")
    return of.number(change, sign="+") if digits is None or missing(change) else number(of.factor * change, digits, "+")


def changed(name: str, change: float, lang: str, level: Reading | None = None) -> str:
    """Write the change of an outcome with its unit; a dash where there is none. A difference is read as its level."""
    of = reading_of_change(name, lang, level)
    return DASH if missing(change) else of.figure(change, sign="+")


def in_change(head: str, name: str, lang: str) -> str:
    """Return a head with the unit of the change of an outcome; a difference has none."""
    return in_unit(head, reading_of_change(name, lang).unit, lang)
