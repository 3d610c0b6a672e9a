"""What happens in places: changes by place, the places at both ends, those of a grouping, one place in full."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from hinterland.data.places import place_in
from hinterland.data.regions import NATION, Regions, china
from hinterland.economy.accounts import currency
from hinterland.report.changes import change_figure, changed
from hinterland.report.columns import read_head, read_in
from hinterland.report.quantities import DASH, Reading, number, reading
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import short_name, variable_name
from hinterland.schema import outcomes
from hinterland.study.summary import entry_prices
from hinterland.texts import listed, name_in, text

if TYPE_CHECKING:
    import pandas as pd

    from hinterland.economy.economy import Economy
    from hinterland.solve.static import Equilibrium
    from hinterland.study.run import Result

T = TypeVar("T")
EXTREMES = 5  # places at each end
GAIN = Reading(100.0, "%", 2)  # how a gain over income is read
NOISE = 9  # digits to which gains are told apart


def changes(
    table: pd.DataFrame,
    lang: str,
    result: Result,
    places: Sequence[str],
    title: str,
    asked: Sequence[str] = (),
    before: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Sheet:
    """Changes by place, one column an outcome: percent, and points for shares; those asked for, else all.

    Before them other columns, by head, as they are written.
    """
    regions, lookup = result.scenario.economy.regions, table.set_index(["region", "variable"])["change"]
    known = set(result.headline["variable"])
    shown = [name for name in asked or outcomes("regions") if name in known]
    rows = [
        (
            regions.name(place, lang),
            *(column[place] for column in before.values()),
            *(change_figure(name, lookup[place, name]) for name in shown),
        )
        for place in places
    ]
    names = [short_name(name, lang, with_unit=True) for name in shown]
    return make(title, [text("column.region", lang), *before, *names], rows)


def gain_columns(result: Result, lang: str, dimension: str) -> dict[str, dict[str, str]]:
    """Return what people of each part gain over income, and its range over the elasticities, by head."""
    table = result.gain_ranges
    rows = table[table["dimension"] == dimension].to_dict("records")
    return {
        text("column.gain", lang): {row["who"]: GAIN.number(row["change"], sign="+") for row in rows},
        text("column.span", lang): {row["who"]: gain_span(row) for row in rows},
    }


def gain_span(row: Mapping[Any, Any]) -> str:
    """Write the range of a gain over the elasticities; a dash where none is varied."""
    return f"{GAIN.number(row['low'], sign='+')}~{GAIN.number(row['high'], sign='+')}" if row["parameter"] else DASH


def by_gain(gain: Mapping[str, float]) -> list[str]:
    """Return the places of the nation, first the one where those at home gain most, over their own income."""
    return sorted(gain, key=lambda code: (-round(gain[code], NOISE), code))


def moved(gains: Iterable[float]) -> bool:
    """Whether anybody's gain over income is large enough to be printed: else there is nothing to put in order."""
    return any(abs(gain) >= GAIN.least for gain in gains)


def both_ends(order: list[T], count: int) -> list[T]:
    """Return so many of the first and of the last; all where they are no more."""
    return order if len(order) <= 2 * count else [*order[:count], *order[-count:]]


def everywhere(result: Result, lang: str) -> Sheet:
    """Changes in every place, ordered by what those at home there gain."""
    order, before = by_gain(result.gain_by_home), gain_columns(result, lang, "region")
    return changes(result.regions, lang, result, order, text("paper.places", lang), before=before)


def macro_regions(result: Result, lang: str) -> Sheet | None:
    """Changes by macro-region; none where some region is in none."""
    names = result.macro_regions
    if not names:
        return None
    before = gain_columns(result, lang, "macro_region")
    return changes(result.regions, lang, result, names, text("report.by_macro_region", lang), before=before)


def extremes(result: Result, lang: str, count: int = EXTREMES, asked: Sequence[str] = ()) -> Sheet | None:
    """Changes where those at home gain most and least; all places where they are few, none where nobody gains."""
    gain = result.gain_by_home
    if not moved(gain.values()):
        return None
    order, before = by_gain(gain), gain_columns(result, lang, "region")
    title = extremes_title(result, order, count, lang)
    sheet = changes(result.regions, lang, result, both_ends(order, count), title, asked, before)
    return replace(sheet, ends=True)


def extremes_title(result: Result, order: Sequence[str], count: int, lang: str) -> str:
    """Return what stands above the places at both ends; none are best and worst where their order turns."""
    if len(order) > 2 * count and result.order_turns("region", order[:count], order[-count:], GAIN.least):
        return text("report.extremes_turn", lang)
    provinces = set(result.scenario.economy.domestic_codes) <= set(china().codes)
    return text("report.extremes" if provinces else "report.extremes_own", lang)


def absences(economy: Economy) -> dict[str, bool]:
    """Return what a run leaves out for want of figures, and whether it does."""
    return {
        "no_money": not math.isfinite(currency(economy)),
        "no_macro_regions": economy.regions.macro_regions(economy.domestic_codes) is None,
    }


def by_groups(result: Result, by: str, lang: str) -> Sheet:
    """Changes by the groups of a grouping, or of one group: `macro_region`, `长三角`."""
    table = result.by(by)
    places = list(dict.fromkeys(table["region"]))
    regions = result.scenario.economy.regions
    title = text("report.by_group", lang, by=grouping_title(by, regions, lang)) + approximate(by, regions, lang)
    return changes(table, lang, result, places, title)


def grouping_title(by: str, regions: Regions, lang: str) -> str:
    """Return what a grouping, a group or a region is called, by whatever name it was asked for."""
    known = regions.grouping_named(by)
    return name_in("grouping", known, lang) if known in regions.groupings() else regions.name(known, lang)


def approximate(by: str, regions: Regions, lang: str) -> str:
    """Say that groups drawn finer than provinces stand for the provinces they lie in."""
    by = regions.grouping_named(by)
    chosen = regions.of_kind(by) if by in regions.groupings() else filter(None, (regions.find_group(by),))
    return "" if all(regions.by_group[key].whole for key in chosen) else text("compare.by_province", lang)


def place_of(economy: Economy, name: str) -> str:
    """Return the code of a region or the key of a group by any of its names, or raise with the nearest."""
    return place_in(economy.regions, name, economy.name)


def in_full(result: Result, place: str, lang: str) -> Sheet:
    """All outcomes of one place, a region or a group: baseline, value, change."""
    regions = result.scenario.economy.regions
    name = regions.name(NATION if place == "nation" else place, lang)
    return levels(outcomes_of(result, place), name + approximate(place, regions, lang), lang)


def outcomes_of(result: Result, place: str) -> pd.DataFrame:
    """Return the outcomes of one place, a region, a group or the nation: region, variable, levels, change."""
    if place == "nation":
        return result.headline.assign(region=NATION)
    table = result.regions if place in result.scenario.economy.regions.by_code else result.by(place)
    return table[table["region"] == place]


def levels(table: pd.DataFrame, title: str, lang: str) -> Sheet:
    """Outcomes of one place: baseline, value, change, each in the unit in which it is read."""
    rows = []
    for row in table.to_dict("records"):
        name, of = row["variable"], reading(row["unit"], lang, row["baseline"])
        both = (of.number(row[column], outcomes()[name].level_digits) for column in ("baseline", "value"))
        rows.append((variable_name(name, lang), of.unit, *both, changed(name, row["change"], lang, of)))
    heads = [text(f"column.{name}", lang) for name in ("variable", "unit", "baseline", "value", "change")]
    return make(title, heads, rows, left=2)


def room(result: Result, lang: str) -> Sheet | None:
    """Where a capacity is set: people beside what the region may carry, and the price of entry where it binds."""
    prices = entry_prices(result.equilibrium)
    if not len(prices):
        return None
    names = {"people": ("people", 2), "capacity": ("limit", 2), "entry_price": ("price", 3)}
    rows = [
        (
            result.scenario.economy.regions.name(row["region"], lang),
            *(number(read_in(name, lang).factor * row[of], digits) for name, (of, digits) in names.items()),
        )
        for row in prices.to_dict("records")
    ]
    heads = [read_head(name, lang) for name in names]
    return make(text("report.room", lang), [text("column.region", lang), *heads], rows)


def entry(solved: Iterable[Equilibrium], key: str, lang: str) -> list[str]:
    """Say where a limit to people has a price of entry, at its highest; nothing where none has one."""
    most: dict[str, float] = {}
    for one in solved:
        for place, price in entry_prices(one).set_index("region")["price"].items():
            name = one.economy.regions.name(str(place), lang)
            most[name] = max(price, most.get(name, 0.0))
    share = Reading(100.0, "%", 1)
    dear = {name: share.figure(price) for name, price in most.items() if price >= share.least}
    places = [text("screen.entry_of", lang, place=name, price=price) for name, price in dear.items()]
    return [text(key, lang, places=listed(places, lang))] if places else []
