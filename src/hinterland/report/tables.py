"""Tables for the terminal, in the user's language. Numbers come from `study`, words from the table of texts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hinterland.names import without_remark
from hinterland.report.quantities import DASH as DASH
from hinterland.report.quantities import Reading
from hinterland.report.quantities import number as number
from hinterland.schema import outcomes
from hinterland.texts import name_in, text
from hinterland.texts import unit_name as unit_name

SHOWN = (  # outcomes of the nation on a first screen
    "urbanization_rate",
    "workers_in_place",
    "workers_across",
    "real_gdp",
    "real_income",
    "welfare",
    "east_west_gap",
)


def variable_name(name: str, lang: str) -> str:
    """Return the name of an outcome or of another column that is split, or the name itself where it is neither."""
    if name in outcomes():
        return str(getattr(outcomes()[name], f"outcome_{lang}"))
    return name_in("variable", name, lang)


def called(name: str, lang: str) -> str:
    """Return the name of an outcome without what explains it."""
    return without_remark(variable_name(name, lang))


def unit_of_change(name: str, lang: str, head: bool = False) -> str:
    """Return the unit that stands after the change of an outcome, or in a head; a difference has none."""
    kind = outcomes()[name].change
    if kind == "difference":
        return ""
    return text(f"head.{kind}", lang) if head else text(f"change.{kind}", lang)


def short_name(name: str, lang: str, with_unit: bool = False) -> str:
    """Return what stands at the head of an outcome's column, with the unit of its change where it is asked for."""
    entry = outcomes()[name]
    return str(getattr(entry, f"short_{lang}")) + (unit_of_change(name, lang, head=True) if with_unit else "")


def scaled(name: str, change: float) -> float:
    """Return the change of an outcome in the unit in which it is read: percent, points, or as it is."""
    entry = outcomes()[name]
    return change if entry.change == "difference" or entry.unit == "%" else 100 * change


def change_figure(name: str, change: float, digits: int | None = None) -> str:
    """Write the change of an outcome with its sign, in percent, points, or as it is; a dash where there is none."""
    if math.isnan(change):
        return DASH
    return number(scaled(name, change), outcomes()[name].change_digits if digits is None else digits, "+")


def changed(name: str, change: float, lang: str, level: Reading | None = None) -> str:
    """Write the change of an outcome with its unit; a dash where there is none. A difference is read as its level."""
    amount = level is not None and level.digits is not None and outcomes()[name].change == "difference"
    figure = level.number(change, sign="+") if level is not None and amount else change_figure(name, change)
    return figure if figure == DASH else figure + unit_of_change(name, lang)


def part_name(part: str, lang: str, labels: Mapping[str, str] | None = None) -> str:
    """Return the name of a policy as tables call it (`called.printed_labels`), of a channel or of the total."""
    if labels and part in labels:
        return labels[part]
    return text("report.total", lang) if part == "total" else name_in("channel", part, lang)


def parameter_name(name: str, lang: str) -> str:
    """Return the name of an elasticity with its symbol."""
    return text(f"parameter.{name}", lang)
