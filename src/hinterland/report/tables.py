"""Tables for the terminal, in the user's language. Numbers come from `study`, words from the table of texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from hinterland.names import without_remark
from hinterland.report.changes import in_change
from hinterland.report.quantities import DASH as DASH
from hinterland.report.quantities import number as number
from hinterland.schema import outcomes
from hinterland.study.columns import PAYING, TOTAL
from hinterland.texts import name_in, text
from hinterland.texts import unit_name as unit_name

TOWNS = ("urbanization_rate", "nonag_share")  # how urban a place is: the first of them that an economy tells
MAIN = (*TOWNS, "real_gdp")  # of which sentences speak
SHOWN = (  # outcomes of the nation on a first screen
    "urbanization_rate",
    "workers_in_place",
    "workers_across",
    "real_gdp",
    "real_income",
    "welfare",
    "east_west_gap",
)


def foremost(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Return those outcomes of a first screen that an economy tells; how urban it is by the first of `TOWNS`."""
    towns = next((name for name in TOWNS if name in known), "")
    wanted = (towns if name in TOWNS else name for name in names)
    return [name for name in dict.fromkeys(wanted) if name in known]


def variable_name(name: str, lang: str) -> str:
    """Return the name of an outcome or of another column that is split, or the name itself where it is neither."""
    if name in outcomes():
        return str(getattr(outcomes()[name], f"outcome_{lang}"))
    return name_in("variable", name, lang)


def called(name: str, lang: str) -> str:
    """Return the name of an outcome without what explains it."""
    return without_remark(variable_name(name, lang))


def short_name(name: str, lang: str, with_unit: bool = False) -> str:
    """Return what stands at the head of an outcome's column, with the unit of its change where it is asked for."""
    short = str(getattr(outcomes()[name], f"short_{lang}"))
    return in_change(short, name, lang) if with_unit else short


def part_name(part: str, lang: str, labels: Mapping[str, str] | None = None) -> str:
    """Return the name of a policy as tables call it (`called.printed_labels`), of a channel, of paying or of the total.

    Among policies, whose `labels` are given, paying is what burning the money would do; among channels it is all that
    taxes and transfers do.
    """
    if labels and part in (*labels, PAYING):
        return labels[part] if part in labels else text("report.paying", lang)
    return text("report.total", lang) if part == TOTAL else name_in("channel", part, lang)


def parameter_name(name: str, lang: str) -> str:
    """Return the name of an elasticity with its symbol."""
    return text(f"parameter.{name}", lang)
