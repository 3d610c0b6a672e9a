"""What an economy counts in: told by the economy and by its file, never by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from hinterland.data.units import MONEY, RELATIVE
from hinterland.errors import Problem
from hinterland.texts import LANGUAGES

YEARS = range(1000, 3000)
KNOWN_UNITS = {
    "income_unit": (RELATIVE, "thousand yuan"),
    "output_unit": (RELATIVE, "bn yuan"),
    "currency": (RELATIVE, *MONEY),
}
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Units:
    """Units of income per head, of output and of every amount of money, and the year in whose prices money is told."""

    income: str
    output: str
    currency: str
    price_year: int

    @classmethod
    def relative(cls, year: int) -> Units:
        """Return the units of an economy that is known up to its scale."""
        return cls(RELATIVE, RELATIVE, RELATIVE, year)

    def head(self) -> dict[str, Any]:
        """Return the units by the keys of a file."""
        named = {"income_unit": self.income, "output_unit": self.output, "currency": self.currency}
        return {**named, "price_year": self.price_year}


def head_of(year: int, units: Units, notes: Mapping[str, str]) -> dict[str, Any]:
    """Return what a file says of an economy beside its labels and arrays, by key."""
    return {"year": year, **units.head(), **{f"note_{lang}": words for lang, words in notes.items()}}


def is_year(given: Any) -> TypeGuard[int]:
    """Whether a value is a year: a whole number in range, and no truth value."""
    return isinstance(given, int) and not isinstance(given, bool) and given in YEARS


def tells_units(given: Mapping[str, Any]) -> bool:
    """Whether a file tells any of the units; those that older versions wrote tell none."""
    return bool({*KNOWN_UNITS, "price_year"} & {*given})


def unit_problems(units: Units, year: Any, place: str) -> list[Problem]:
    """Return the units that nobody knows, and what is wrong with the price year."""
    problems = []
    for key, known in KNOWN_UNITS.items():
        found = units.head()[key]
        if found not in known:
            values: dict[str, object] = {
                "place": place,
                "name": key,
                "found": f"{found!r:.80}",
                "known": ", ".join(known),
            }
            problems.append(Problem("import.unit_missing" if found is None else "import.unit_unknown", values))
    if not is_year(units.price_year):
        key = "import.price_year_missing" if units.price_year is None else "import.price_year"
        problems.append(Problem(key, {"place": place, "found": f"{units.price_year!r:.80}"}))
    return problems or price_year_problems(units, year, place)


def price_year_problems(units: Units, year: Any, place: str) -> list[Problem]:
    """Return what is wrong with a price year other than the base year: the index of prices must reach it.

    Where money is known up to its scale it has no prices: costs come in by the GDP of the base year.
    """
    if units.price_year == year or not is_year(year):
        return []
    if units.currency == RELATIVE:
        values: dict[str, object] = {"place": place, "found": units.price_year, "year": year}
        return [Problem("import.price_of_relative", values)]
    from hinterland.data.prices import price_level

    first, last = min(price_level()), max(price_level())
    if first <= units.price_year <= last:
        return []
    return [Problem("import.price_index", {"place": place, "found": units.price_year, "first": first, "last": last})]


def units_from(given: Mapping[str, Any], place: str, problems: list[Problem]) -> Units:
    """Return the units that a file tells; relative ones where it tells none, as files of older versions do."""
    year = given.get("year")
    if not tells_units(given):
        return Units.relative(year if is_year(year) else 0)
    stated: dict[str, Any] = {key: given.get(key) for key in (*KNOWN_UNITS, "price_year")}
    units = Units(*stated.values())
    problems += unit_problems(units, year, place)
    return units


def notes_from(given: Mapping[str, Any], place: str, problems: list[Problem]) -> dict[str, str]:
    """Return what a file says of its base year, by language."""
    notes: dict[str, str] = {}
    for lang in LANGUAGES:
        words = given.get(f"note_{lang}", "")
        if isinstance(words, str) and len(words) <= LONGEST_NOTE and words.isprintable():
            notes |= {lang: words} if words else {}
        else:
            values = {"place": place, "name": f"note_{lang}", "found": f"{words!r:.80}", "most": LONGEST_NOTE}
            problems.append(Problem("import.note", values))
    return notes
