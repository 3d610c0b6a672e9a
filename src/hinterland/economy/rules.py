"""The rules that an economy from a file must keep: none left out, signs, shares that add up, units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import log10
from typing import Any

import numpy as np

from hinterland import schema
from hinterland.data import box
from hinterland.data.units import BN, MILLION, MONEY, PERSONS_PER_WAN
from hinterland.economy.box import shipped
from hinterland.economy.economy import BESIDE
from hinterland.economy.sheets import COLUMNS, KNOWN, SHOWN, Labels, Sheet, array_units, filled, table_of
from hinterland.errors import Problem, places
from hinterland.texts import table

REQUIRED = tuple(name for name in KNOWN if schema.arrays()[name].required)
ADDS_UP = 1e-6
INPUTS = ("value_added_share_nj", "input_share_nkj")  # they add up to one together
SUMS = {  # the columns over which shares add up to one
    name: tuple(column for letter in schema.arrays()[name].sums_over for column in COLUMNS[letter])
    for name in KNOWN
    if schema.arrays()[name].sums_over
}
PERCENT = (95.0, 105.0)
AMOUNTS = ("group_size_g", "value_added_nj", "capital_nj", "residents_per_worker_c", "real_income_c")
POWERS = (2, 3, 4, 6, 8)  # of ten, by which units are mistaken; money also by one: 100 million for billion
WORLD, SAME_POPULATION = 10_000.0, 5  # million, more than ever lived at once; years in which residents hardly change
A_HEAD = (100.0, 1e7)  # yuan of value added a year: less than anybody lives on, several times the richest place's
NEAR, NEAR_PEOPLE, WORKING = 1.2, 3.0, 0.53  # workers by place of hukou are about half of residents


def findings(sheets: Mapping[str, Sheet], given: Collection[str], labels: Labels) -> Iterator[Problem]:
    """Yield every rule that the arrays break: none left out, signs, sums, units."""
    known = shipped(labels.name).arrays if labels.name in box.economies() and not taken(labels) else {}
    needed = (*REQUIRED, *(("efficiency_rj",) if len(labels.residences) > 1 else ()))
    for key, names in (("import.required", needed), ("import.lacking", [name for name in known if name not in needed])):
        lacking = [name for name in names if name not in given]
        if lacking:
            yield Problem(key, {"name": labels.name, "lacking": ", ".join(lacking), "needed": ", ".join(REQUIRED)})
    unit = array_units(labels.units)
    for name, sheet in sheets.items():
        values: dict[str, object] = {"name": sheet.file, "unit": unit_problem(unit[name])}
        sign = schema.sign_of(name)
        bad = sheet.value <= 0 if sign == "positive" else (sheet.value < 0) & (sign != "any")
        if bad.any():
            key = "import.positive" if sign == "positive" else "import.negative"
            yield Problem(key, {**values, "where": sheet.where(bad, sheet.value)})
        high = sheet.value > 1 + ADDS_UP
        if schema.arrays()[name].unit.startswith("share") and name not in (*SUMS, *INPUTS) and high.any():
            yield Problem("import.share", {**values, "where": sheet.where(high, sheet.value)})
        if name in SUMS:
            yield from uneven(sheet.total(SUMS[name]), SUMS[name])
    if set(INPUTS) <= set(sheets):
        added, used = sheets[INPUTS[0]], sheets[INPUTS[1]].total(("input_sector",))
        both = f"{added.file} + {used.file}"
        yield from uneven(added._replace(file=both, value=added.value + used.value, line=used.line), ("input_sector",))
    mistaken = [
        problem
        for name, sheet, reference, near in references(sheets, labels)
        for problem in mistaken_units(name, sheet, reference, near, unit_problem(unit[name]))
    ]
    yield from mistaken
    named = {problem.values["name"] for problem in mistaken}
    unnamed = {name: sheet for name, sheet in sheets.items() if sheet.file not in named}
    yield from [*too_many(unnamed, labels)] or beyond_a_head(unnamed, labels)


def too_many(sheets: Mapping[str, Sheet], labels: Labels) -> Iterator[Problem]:
    """Yield provinces whose hukou holds more workers than people live there, and more people than ever lived at once.

    Those who work elsewhere count at home: of china-2020's provinces none has more than .66 workers for a resident.
    """
    from hinterland.data import panel

    size = sheets.get("group_size_g")
    if size is None:
        return
    home, series = size.total(("group_class",)), "population_resident"
    year = min(panel.years(series), key=lambda known: abs(known - labels.year))
    living = panel.series(series, year) * PERSONS_PER_WAN / MILLION
    most = np.array([float(living.get(code, np.nan)) for code in home.labels[0]])
    if abs(year - labels.year) <= SAME_POPULATION and (bad := home.value > most).any():
        yield Problem(
            "import.too_many_workers", {"name": size.file, "where": home.where(bad, home.value), "year": year}
        )
    people_n = residents_n(sheets)
    if people_n is not None and people_n.sum() > WORLD:
        both, most_people = f"{size.file} × {sheets['residents_per_worker_c'].file}", f"{WORLD:,.0f}"
        yield Problem("import.too_many_people", {"name": both, "found": f"{people_n.sum():,.0f}", "most": most_people})


def beyond_a_head(sheets: Mapping[str, Sheet], labels: Labels) -> Iterator[Problem]:
    """Yield regions whose value added a head no place on earth has: money or people in another unit."""
    added, people_n = sheets.get("value_added_nj"), residents_n(sheets)
    if added is None or people_n is None or labels.units.currency not in MONEY:
        return
    home, count = added.total(("sector",)), len(people_n)
    yuan_n = np.full(home.value.shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        yuan_n[:count] = home.value[:count] * MONEY[labels.units.currency] * BN / (people_n * MILLION)
    if (bad := np.isfinite(yuan_n) & ((yuan_n < A_HEAD[0]) | (yuan_n > A_HEAD[1]))).any():
        low, high = (f"{bound:,.0f}" for bound in A_HEAD)
        values = {"name": f"{added.file} / {sheets['group_size_g'].file}", "low": low, "high": high}
        yield Problem("import.added_a_head", {**values, "where": home.where(bad, yuan_n)})


def residents_n(sheets: Mapping[str, Sheet]) -> Any:
    """Return residents of domestic regions, million, (D,); None where not all that tells them is there."""
    parts = [sheets.get(name) for name in ("group_size_g", "migration_share_gc", "residents_per_worker_c")]
    if any(sheet is None for sheet in parts):
        return None
    size, moved, per_worker = (sheet.value for sheet in parts if sheet is not None)
    workers_c = size.reshape(-1) @ moved.reshape(size.size, -1)
    return (workers_c * per_worker.reshape(-1)).reshape(len(per_worker), -1).sum(axis=1)


def unit_problem(unit: str) -> object:
    """Return a unit for a message: by its name in both languages, where it has one."""
    return Problem(f"unit.{unit}") if f"unit.{unit}" in table() else unit


def uneven(total: Sheet, over: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the shares that do not add up to one, with their sums; one hundred looks like percent."""
    off = np.abs(total.value - 1) > ADDS_UP
    hundred = off & (total.value > PERCENT[0]) & (total.value < PERCENT[1])
    for bad, cause in ((hundred, "import.percent"), (off & ~hundred, "import.sums")):
        if np.any(bad):
            values = {"name": total.file, "over": ", ".join(over), "where": total.where(bad, total.value)}
            yield Problem("import.adds_up", {**values, "cause": Problem(cause)})


def references(sheets: Mapping[str, Sheet], labels: Labels) -> Iterator[tuple[str, Sheet, Any, float]]:
    """Yield amounts with what they are near to, and how near: the shipped economy's, else official figures."""
    if labels.name in box.economies() and not taken(labels):
        ours = shipped(labels.name)
        arrays, coordinates = dict(ours.arrays), Labels.of(ours).coordinates()
        arrays |= {name: getattr(ours, name) for name in BESIDE}
        for name in set(AMOUNTS) & set(sheets) & set(arrays):
            same = filled(name, name, table_of(name, arrays[name], coordinates), labels, [])
            if same is not None:
                yield name, sheets[name], same.value, NEAR
        return
    from hinterland.data import panel

    for name, over, series, scale, near in (
        ("value_added_nj", ("sector",), "gdp_rev5census", 0.1, NEAR),  # 100 million yuan in billion
        ("group_size_g", ("group_class",), "population_resident", 0.01 * WORKING, NEAR_PEOPLE),  # 10,000 in million
    ):
        in_money = name != "value_added_nj" or labels.units.currency in MONEY  # what is relative is near to nothing
        if in_money and name in sheets and labels.year in panel.years(series):
            given, official = sheets[name].total(over), panel.series(series, labels.year)
            known = np.array([float(official.get(of, np.nan)) for of in given.labels[0]])
            yield name, given, known * scale, near


def mistaken_units(name: str, sheet: Sheet, reference: Any, near: float, unit: object) -> Iterator[Problem]:
    """Yield the rows that are about a power of ten away from what they should be near to."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(sheet.value / reference)
    money = schema.arrays()[name].unit.startswith("currency")
    for size in (*POWERS, 1) if money and near == NEAR else POWERS:
        for sign, remedy in ((1, "import.divide"), (-1, "import.multiply")):
            off = np.abs(power - sign * size) <= log10(near)
            if off.any():
                by = f"{10**size:,}"
                cause = Problem("import.money" if money else "import.persons")
                values = {"name": sheet.file, "unit": unit, "where": sheet.where(off, sheet.value), "by": by}
                yield Problem("import.unit", {**values, "cause": cause, "remedy": Problem(remedy, {"by": by})})


def taken(labels: Labels) -> list[Problem]:
    """Return the problem of an economy that is called as one of the box and has other sectors or residences."""
    if labels.name not in box.economies():
        return []
    ours = shipped(labels.name)
    pairs = ((labels.sectors, ours.sectors), (labels.residences, ours.residences), (labels.classes, ours.classes))
    if all(set(own) == set(theirs) for own, theirs in pairs):
        return []
    found, known = (" × ".join(", ".join(pair[k]) for pair in pairs) for k in (0, 1))
    return [Problem("import.taken", {"name": labels.name, "found": found, "known": known})]


def left_out(labels: Labels) -> Iterator[Problem]:
    """Yield the regions that the shipped economy of the same name has and the copy has not."""
    yield from taken(labels)
    if labels.name in box.economies() and not taken(labels):
        codes = shipped(labels.name).region_codes
        gone = [
            shipped(labels.name).regions.label(code) for code in codes if code not in labels.domestic + labels.foreign
        ]
        if gone:
            yield Problem("import.left_out", {"name": labels.name, "where": places(gone, len(codes), SHOWN)})
