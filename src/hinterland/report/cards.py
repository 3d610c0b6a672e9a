"""Outcomes in a few words each, as a page shows them: level, change, whether that is better, what adds to it."""

from __future__ import annotations

from collections.abc import Sequence

from hinterland.data.units import RELATIVE
from hinterland.errors import require_language
from hinterland.report.changes import from_to, is_difference
from hinterland.report.charts.words import (
    change_reading,
    figure,
    finer,
    part_names,
    with_unit,
)
from hinterland.report.levels import Card, level_of
from hinterland.report.quantities import Reading, in_unit
from hinterland.report.tables import short_name
from hinterland.schema import outcomes
from hinterland.study.glance import Glance, Levels

BETTER = {"more is better": 1, "less is more equal": -1}


def cards(
    seen: Glance, names: Sequence[str] | None = None, lang: str = "en", place: str = "", spread: bool = False
) -> list[Card]:
    """Return outcomes in words: those named, or all; of the nation, or of the province with a code.

    What an economy does not tell is left out. `spread` tells the range of each change of the nation over other
    elasticities, which asks for a few more solutions.
    """
    require_language(lang)
    levels = levels_of(seen, place)
    known = [name for name in names or outcomes() if name in levels.value]
    scaled = [name for name in known if not (levels.units[name] == RELATIVE and is_difference(name))]  # else of no unit
    return [card(seen, levels, name, lang, spread) for name in scaled]


def levels_of(seen: Glance, place: str) -> Levels:
    """Return the outcomes of the nation, or of one province."""
    if not place:
        return seen.headline
    at, found = seen.codes.index(place), seen.provinces
    numbers = ({name: values[at] for name, values in of.items()} for of in (found.baseline, found.value, found.change))
    return Levels(found.units, *numbers)


def card(seen: Glance, levels: Levels, name: str, lang: str, spread: bool) -> Card:
    """Return one outcome in words."""
    unit, change = levels.units[name], float(levels.change[name])
    before, after = float(levels.baseline[name]), float(levels.value[name])
    level = level_of(name, unit, before, after, seen.scenario.economy.year, lang)
    read = change_reading(name, unit, lang, [change])
    read = finer(read, [change]) if abs(change) < read.least else read
    sense = BETTER.get(outcomes()[name].direction, 0)
    return Card(
        name,
        level.what,
        level.before,
        f"{level.after} {level.unit}".strip(),
        with_unit(read, change, "+"),
        sense * ((change > 0) - (change < 0)),
        spread_of(seen, name, read, lang) if spread else "",
    )


def spread_of(seen: Glance, name: str, read: Reading, lang: str) -> str:
    """Return the lowest and the highest change of an outcome over other elasticities, with its unit."""
    table = seen.result.sensitivity
    if name not in table:
        return ""
    changes = [float(value) for value in table[name].dropna()]
    low, high = (figure(read, of, "+") for of in (min(changes), max(changes)))
    return f"{from_to(low, high, lang)} {read.unit}".strip()


def contributions(seen: Glance, table: str, lang: str = "en") -> tuple[list[str], list[list[str]]]:
    """Return what each part of a change adds in words: `decomposition` by policy, or `channels`; heads, then rows.

    The parts of an outcome add up to the total, which stands last (Shapley).
    """
    require_language(lang)
    frame = getattr(seen.result, table)
    shown = [name for name in outcomes("decomposition") if name in frame.columns]
    units = {name: seen.headline.units[name] for name in shown}
    reads = {name: finer(change_reading(name, units[name], lang, frame[name]), frame[name]) for name in shown}
    heads = [in_unit(short_name(name, lang), read.unit, lang) for name, read in reads.items()]
    parts = part_names(seen.result, frame.index, lang, table == "decomposition")
    cells = zip(*([figure(read, value, "+") for value in frame[name]] for name, read in reads.items()), strict=True)
    return heads, [[part, *row] for part, row in zip(parts, cells, strict=True)]
