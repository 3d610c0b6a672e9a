"""An outcome before and after in words: in the unit in which it is read; as an index where its scale says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hinterland.data.units import RELATIVE
from hinterland.report.quantities import number, reading
from hinterland.report.tables import called
from hinterland.schema import outcomes
from hinterland.texts import text

PLAIN = ("ratio", "index")  # units that say nothing beside a number
INDEXED = (RELATIVE, "base=1")  # known up to their scale: the base year is one


@dataclass(frozen=True)
class Card:
    """An outcome in words; `better` is 1 where it gets better, -1 where worse, 0 where neither is."""

    key: str
    name: str
    before: str
    after: str
    change: str
    better: int
    spread: str = ""  # of the change over other elasticities


class Level(NamedTuple):
    """What an outcome is called, in which unit, and how much it is before and after."""

    what: str
    unit: str
    before: str
    after: str


def level_of(name: str, unit: str, before: float, after: float, year: int, lang: str) -> Level:
    """Return an outcome of some unit of the schema in words; `year` is that of the base, which an index is told by."""
    what, digits = called(name, lang), outcomes()[name].level_digits
    if unit in INDEXED:
        indexed = text("screen.indexed", lang, what=what, year=year)
        return Level(indexed, "", number(1.0, digits), number(after / before if before else None, digits))
    of = reading(unit, lang, before)
    return Level(what, "" if unit in PLAIN else of.unit, of.number(before, digits), of.number(after, digits))
