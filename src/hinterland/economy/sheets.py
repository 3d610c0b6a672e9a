"""Tidy tables of an economy's arrays: names, units, columns, and how rows are put in their places.

A row is named by file, line and labels, regions in both languages: `capital_nj.csv:5 Hebei (河北) industry`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hinterland import schema
from hinterland.data.regions import NATION, TOTAL, Regions, known_place
from hinterland.data.units import MONEY
from hinterland.economy.economy import Economy, original
from hinterland.economy.regions import LONGEST
from hinterland.economy.roles import Roles, pools_of
from hinterland.economy.rows import cause_of, contrary, number
from hinterland.economy.units import Units
from hinterland.errors import Bilingual, Problem, hint, in_language, joined, nearest, places
from hinterland.texts import unit_name

if TYPE_CHECKING:
    import pandas as pd

KNOWN = schema.names_of("model", "beside", "account")  # what the file of an economy may hold
MOST_ENTRIES, SHOWN = 20_000_000, 8

COLUMNS: dict[str, tuple[str, ...]] = {
    "n": ("region",),
    "i": ("origin",),
    "j": ("sector",),
    "k": ("input_sector",),
    "r": ("residence",),
}
COLUMNS |= {"h": ("pool",), "g": ("group_home", "group_class"), "c": ("work_region", "residence", "sector")}
COORDINATES = COLUMNS | {"c": ("work_region", "cell_residence", "cell_sector")}  # where names stand for one axis each
REGIONS = ("region", "origin", "group_home", "work_region")
DIMENSIONS = {letter: names[0] for letter, names in COLUMNS.items()} | {"g": "group", "c": "cell"}


class Labels(NamedTuple):
    """What an economy is called and what its axes hold; domestic regions come first."""

    name: str
    year: int
    domestic: tuple[str, ...]
    foreign: tuple[str, ...]
    sectors: tuple[str, ...]
    residences: tuple[str, ...]
    classes: tuple[str, ...]
    roles: Roles
    units: Units
    notes: Mapping[str, str]
    regions: Regions

    @classmethod
    def of(cls, economy: Economy) -> Labels:
        """Return the labels of an economy."""
        codes = economy.domestic_codes, economy.foreign_codes
        labels = (*codes, economy.sectors, economy.residences, economy.classes, economy.roles)
        return cls(original(economy.name), economy.year, *labels, economy.units, economy.notes, economy.regions)

    def column(self, name: str) -> tuple[str, ...]:
        """Return the labels that a column may hold, in their order."""
        if name in ("region", "origin"):
            return self.domestic + self.foreign
        if name in REGIONS:
            return self.domestic
        if name == "group_class":
            return self.classes
        if name == "pool":
            return pools_of(len(self.classes), self.residences, self.sectors)
        return self.residences if name == "residence" else self.sectors

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape that an array must have."""
        return tuple(prod(len(self.column(column)) for column in COLUMNS[letter]) for letter in schema.index_of(name))

    def coordinates(self) -> dict[str, Any]:
        """Return the labels along every axis, by coordinate."""
        found: dict[str, Any] = {}
        for letter, names in COORDINATES.items():
            rows = np.array(list(product(*map(self.column, COLUMNS[letter]))), dtype=str)
            found |= {name: rows[:, position] for position, name in enumerate(names)}
        return found


class Sheet(NamedTuple):
    """One array by its columns, with the line of the file from which each entry came (zero: none known)."""

    file: str
    columns: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    value: Any
    line: Any
    regions: Regions

    def where(self, bad: Any, values: Any = None) -> str:
        """Name the entries that are true, with values where asked, and say how many of how many."""
        spots, found = np.argwhere(bad), list[str]()
        for spot in map(tuple, spots[:SHOWN]):
            words = [
                label_of(name, of[k], self.regions) for name, of, k in zip(self.columns, self.labels, spot, strict=True)
            ]
            value = "" if values is None else f" = {values[spot]:g}"
            found.append(joined([entry(self.file, self.line[spot], words), value], ""))
        return places(found + [""] * (len(spots) - len(found)), int(np.size(bad)), SHOWN)

    def total(self, over: tuple[str, ...]) -> Sheet:
        """Return the sums over some columns; a sum over an entry that is missing is none."""
        kept = [k for k, column in enumerate(self.columns) if column not in over]
        value = self.value.sum(axis=tuple(set(range(len(self.columns))) - set(kept)))
        columns, labels = tuple(self.columns[k] for k in kept), tuple(self.labels[k] for k in kept)
        return Sheet(self.file, columns, labels, value, np.zeros(np.shape(value), int), self.regions)


def columns_of(name: str) -> tuple[str, ...]:
    """Return the index columns of an array's table; the sector that uses an input is called so."""
    columns = [column for letter in schema.index_of(name) for column in COLUMNS[letter]]
    return tuple("user_sector" if column == "sector" and "input_sector" in columns else column for column in columns)


def label_of(column: str, value: str, regions: Regions) -> str:
    """Return a label for messages: regions in both languages."""
    return regions.label(value) if column in REGIONS else value


def entry(file: str, line: int, words: list[str]) -> str:
    """Return where an entry stands."""
    return joined([f"{file}:{line}"] * int(line > 0) + [printable(word) for word in words]) or file


def printable(word: str) -> str:
    """Return a user's word for a message: short, without what would command a terminal."""
    shown = [in_language(word, lang)[:LONGEST] for lang in ("en", "zh")]
    return Bilingual(*("".join(letter if letter.isprintable() else "?" for letter in of) for of in shown))


def table_of(name: str, value: Any, coordinates: Mapping[str, Any]) -> pd.DataFrame:
    """Return an array as a tidy table: index columns and `value`; the index is the line, here unknown, hence zero."""
    import pandas as pd

    index, columns = np.indices(np.shape(value)).reshape(np.ndim(value), np.size(value)), iter(columns_of(name))
    data = {
        next(columns): np.asarray(coordinates[key])[along]
        for letter, along in zip(schema.index_of(name), index, strict=True)
        for key in COORDINATES[letter]
    }
    flat = np.asarray(value).reshape(-1)
    flat = flat.astype(float if flat.dtype.kind in "fiu" else str)  # numbers written as texts are read as such
    return pd.DataFrame({**data, "value": flat}, index=np.zeros(flat.size, int))


def array_units(units: Units) -> dict[str, str]:
    """Return the unit of every array of an economy that counts in these units."""
    currency, stock = "currency", "currency"
    if units.currency in MONEY:
        currency, stock = units.currency, f"{units.currency} of {units.price_year}"
    named = {"currency": currency, "currency of the price year": stock}
    plain = {name: schema.arrays()[name].unit for name in KNOWN}
    return {name: named.get(unit, unit) for name, unit in plain.items()}


PLAIN = ("1", "number", "label")  # what older versions and this one call what has no unit


def unit_block_problems(stated: Any, units: Units, relative: bool, place: str) -> Iterator[Problem]:
    """Yield the arrays that a file says to be in another unit than its table is read in.

    Nothing is converted. A file of an older version tells its currency here alone; it is read as relative.
    """
    if not isinstance(stated, Mapping):
        found = f"{stated!r:.80}"
        yield Problem("import.other_unit", {"place": place, "name": "units", "unit": "name: unit", "found": found})
        return
    known, money = array_units(units), list(MONEY) if relative else []
    for name, given in stated.items():
        if name not in known:
            near = hint(str(name), known)
            yield Problem("scenario.unknown_key", {"place": place, "value": f"units.{name!s:.64}", "near": near})
            continue
        unit, said = known[name], str(given)
        currencies = {unit.replace("currency", currency) for currency in money}
        stock = money and schema.arrays()[name].unit == "currency of the price year"
        allowed = {unit, unit_name(unit, "zh"), *currencies, *(PLAIN if unit in PLAIN else ())}
        if said not in allowed and not (stock and said.rpartition(" of ")[0] in money):
            yield Problem("import.other_unit", {"place": place, "name": name, "unit": unit, "found": f"{given!r:.80}"})


def filled(name: str, file: str, table: pd.DataFrame, labels: Labels, problems: list[Problem]) -> Sheet | None:
    """Put a table's rows in their places; what is unknown, repeated, missing or no number becomes a problem and NaN."""
    columns, lines = columns_of(name), table.index.to_numpy()
    lacking = [column for column in (*columns, "value") if column not in table.columns]
    if lacking:
        values = {"lacking": ", ".join(lacking), "found": ", ".join(map(repr, table.columns))[: 4 * LONGEST]}
        problems.append(Problem("import.columns", {"name": file, **values}))
        return None
    problems += unread(file, table, columns)
    known = tuple(labels.column(column) for column in columns)
    shape = tuple(map(len, known))
    spots = np.zeros((len(columns), len(table)), int)
    words_by_axis: list[list[str]] = []
    for axis, column in enumerate(columns):
        given = [str(word).strip() for word in table[column].tolist()]
        words_by_axis.append(given)
        spots[axis] = positions(column, given, known[axis], labels.regions)
        strange: dict[str, list[str]] = {}
        for k in np.flatnonzero(spots[axis] < 0):
            key, meant = likely(table, column, k, known[axis], labels.regions)
            strange.setdefault(key, []).append(entry(file, lines[k], [f"'{given[k]}'", *meant]))
        for key, rows_of in strange.items():
            where = places(rows_of, len(table), SHOWN)
            problems.append(Problem(key, {"name": file, "column": column, "where": where}))

    def said(k: int) -> list[str]:
        codes = (code(column, words[k], labels.regions) for column, words in zip(columns, words_by_axis, strict=True))
        return [label_of(column, of, labels.regions) for column, of in zip(columns, codes, strict=True)]

    numbers = np.array([number(given) for given in table["value"].tolist()], dtype=float)
    fit = np.isfinite(numbers) | (np.isposinf(numbers) & (schema.may_be_infinite(name)))
    wrong = [(str(table["value"].iloc[k]), entry(file, lines[k], said(k))) for k in map(int, np.flatnonzero(~fit))]
    problems += no_numbers(file, wrong, len(table))
    odd = [
        entry(file, lines[k], [f"'{code}'", label_of(column, code, labels.regions), f"≠ '{named}'"])
        for k, column, code, named in contrary(
            table, [column for column in columns if column in REGIONS], labels.regions.find
        )
    ]
    if odd:
        problems.append(Problem("import.contrary", {"name": file, "where": places(odd, len(table), SHOWN)}))
    stands: dict[tuple[int, ...], list[int]] = {}
    for k in np.flatnonzero((spots >= 0).all(axis=0)):
        stands.setdefault(tuple(map(int, spots[:, k])), []).append(int(k))
    twice = [
        entry(file, 0, [f"{file}:{', '.join(str(lines[k]) for k in rows)}", *said(rows[0])])
        for rows in stands.values()
        if len(rows) > 1
    ]
    if twice:
        problems.append(Problem("import.duplicate", {"name": file, "where": places(twice, len(table), SHOWN)}))
    sheet, there = (
        Sheet(file, columns, known, np.full(shape, np.nan), np.zeros(shape, int), labels.regions),
        np.zeros(shape, bool),
    )
    for spot, rows in stands.items():
        sheet.value[spot] = numbers[rows[0]] if len(rows) == 1 and fit[rows[0]] else np.nan
        sheet.line[spot], there[spot] = lines[rows[0]], True
    problems += missing(name, sheet, there)
    return sheet


def unread(file: str, table: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the columns that say what nothing reads: a year, a unit or a scenario would be lost in silence."""
    beside = [f"{column}_{lang}" for column in columns if column in REGIONS for lang in ("en", "zh")]
    known = (*columns, *beside, "value")
    strange = [name for name in table.columns if name not in known and (name or table[name].str.strip().any())]
    if strange:
        found = places([f"'{printable(name)}'" for name in strange], len(table.columns), SHOWN)
        yield Problem("import.unread", {"name": file, "found": found, "known": ", ".join(known)})


def no_numbers(file: str, wrong: list[tuple[str, str]], total: int) -> Iterator[Problem]:
    """Yield the cells that hold no numbers, with where they stand, once for each cause."""
    for cause in dict.fromkeys(cause_of(given) for given, _ in wrong):
        alike = [joined([where, f"= '{printable(given)}'"]) for given, where in wrong if cause_of(given) == cause]
        values = {"name": file, "where": places(alike, total, SHOWN), "cause": Problem(cause)}
        # A table in a file has a column of values; an array goes by its name.
        yield Problem("import.not_a_number" if file.endswith(".csv") else "import.no_finite", values)


def code(column: str, given: str, regions: Regions) -> str:
    """Return the code of a region named in either language; every other label as it is."""
    return (regions.find(given) if column in REGIONS else None) or given


def positions(column: str, given: list[str], known: tuple[str, ...], regions: Regions) -> list[int]:
    """Return where each label stands in its axis, -1 for one that is unknown."""
    order = {of: position for position, of in enumerate(known)}
    found = {word: order.get(word, order.get(code(column, word, regions), -1)) for word in set(given)}
    return [found[word] for word in given]


def likely(
    table: pd.DataFrame, column: str, row: Any, known: tuple[str, ...], regions: Regions
) -> tuple[str, tuple[str, ...]]:
    """Return which message an unknown label asks for, and what was meant: by the names beside it, else the nearest.

    A row of totals, of a group or of a place that the economy has not is no misspelling.
    """
    given = str(table[column].iloc[row]).strip()
    if column not in REGIONS:
        return "import.unknown_code", ((f"→ {near}?",) if (near := nearest(given, known)) else ())
    beside = [str(table[name].iloc[row]) for name in (f"{column}_zh", f"{column}_en") if name in table]
    meant = [code(column, name, regions) for name in beside if code(column, name, regions) in known]
    place = known_place(given)
    if meant:
        return "import.unknown_code", (joined(["→ ", regions.label(meant[0]), "?"], ""),)
    if place in (TOTAL, NATION):
        return "import.total_row", ()
    if regions.find_group(given) is not None:
        return "import.group_row", ()
    if place is not None:
        return "import.absent_place", ()
    near = regions.near(given)
    return "import.unknown_code", ((f"→ {near}?",) if near else ())


def missing(name: str, sheet: Sheet, there: Any) -> Iterator[Problem]:
    """Yield the labels of which there is no row at all, then single rows; rows left out of a sparse table are zero."""
    gap = ~there
    for axis, column in enumerate(sheet.columns):
        none = ~there.any(axis=tuple(set(range(there.ndim)) - {axis}))
        if none.any() and not none.all():
            absent = [label_of(column, sheet.labels[axis][k], sheet.regions) for k in np.flatnonzero(none)]
            where = places(absent, none.size, SHOWN)
            yield Problem("import.missing", {"name": sheet.file, "column": column, "where": where})
            gap &= ~none.reshape([-1 if other == axis else 1 for other in range(there.ndim)])
    if not there.any():
        yield Problem("import.empty", {"name": sheet.file})
    elif schema.arrays()[name].sparse:
        sheet.value[~there] = np.where(gap, 0.0, np.nan)[~there]
    elif gap.any():
        words = ", ".join(sheet.columns)
        yield Problem("import.missing", {"name": sheet.file, "column": words, "where": sheet.where(gap)})
