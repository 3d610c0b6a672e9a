"""Tables as frames: keys and names in one language, numbers as they are, the unit of each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland import schema
from hinterland.data.regions import Regions
from hinterland.report.answer import require_table
from hinterland.report.certificate import certificate as full_certificate
from hinterland.report.money import labels_of
from hinterland.report.places import EXTREMES, both_ends, by_gain, moved
from hinterland.report.quantities import counted, in_unit
from hinterland.report.tables import parameter_name, part_name, unit_name, variable_name
from hinterland.study.compare import change_unit
from hinterland.study.outcomes import unit_of
from hinterland.study.summary import entry_prices
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.diagnose.dashboard import Dashboard
    from hinterland.economy.economy import Economy
    from hinterland.study.run import Result

KEYS = ("variable", "region")
COUNTED = {"unit": ("baseline", "value"), "change_unit": ("change",)}  # columns of units, and what is told in them
BOARDS = ("macro_regions", "provinces", "nation")


def headline(result: Result, lang: str) -> pd.DataFrame:
    """Return the nation's outcomes."""
    return outcomes(result.headline, lang, result.scenario.economy)


def regions(result: Result, lang: str) -> pd.DataFrame:
    """Return outcomes by macro-region and region."""
    return outcomes(result.regions, lang, result.scenario.economy)


def macro_regions(result: Result, lang: str) -> pd.DataFrame:
    """Return outcomes by macro-region."""
    return some_places(result, lang, result.macro_regions)


def extremes(result: Result, lang: str) -> pd.DataFrame:
    """Return outcomes of the places where those at home gain most and least; none where nobody does."""
    gain = result.gain_by_home
    frame = some_places(result, lang, both_ends(by_gain(gain), EXTREMES) if moved(gain.values()) else [])
    return frame.assign(gain_by_home=frame["code"].map(gain))


def flows(result: Result, lang: str) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work with the names of both."""
    table, places = result.flows, result.scenario.economy.regions
    ends = {
        "hukou_in": [places.name(name, lang) for name in table["origin"]],
        "work_in": [places.name(name, lang) for name in table["destination"]],
        "unit": ["million"] * len(table),
    }
    return pd.DataFrame(ends, table.index).join(table[["baseline", "value", "change"]])


def decomposition(result: Result, lang: str) -> pd.DataFrame:
    """Return what each policy adds, one row an outcome."""
    return split(result.decomposition, lang, result.scenario.economy, labels_of(result, lang))


def channels(result: Result, lang: str) -> pd.DataFrame:
    """Return what each channel adds, one row an outcome."""
    return split(result.channels, lang, result.scenario.economy)


def room(result: Result, lang: str) -> pd.DataFrame:
    """Return where people are limited, with the price of entry."""
    table, places = entry_prices(result.equilibrium), result.scenario.economy.regions
    table.insert(1, "name", [places.name(code, lang) for code in table["region"]])
    return table.set_axis(["code", "region", "people", "capacity", "entry_price"], axis=1)


def certificate(result: Result, lang: str) -> pd.DataFrame:
    """Return the certificate, in words: some of its numbers have remarks."""
    return pd.DataFrame(full_certificate(result, lang).rows, columns=["check", "largest_gap"])


def sensitivity(result: Result, lang: str) -> pd.DataFrame:
    """Return changes under other elasticities, one row an outcome."""
    long = result.sensitivity.melt(id_vars=["parameter", "value"], var_name="variable", value_name="change")
    return outcomes(long.rename(columns={"value": "value_of"}), lang, result.scenario.economy)


def some_places(result: Result, lang: str, codes: Sequence[str]) -> pd.DataFrame:
    """Return the outcomes of some places, in the order in which they are named."""
    table = result.regions[result.regions["region"].isin(codes)]
    order = {code: place for place, code in enumerate(codes)}
    ordered = table.sort_values("region", key=lambda column: column.map(order), kind="stable", ignore_index=True)
    return outcomes(ordered, lang, result.scenario.economy)


def split(frame: pd.DataFrame, lang: str, economy: Economy, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return a table of parts with one row a part and outcome."""
    long = frame.reset_index().melt(id_vars=["part"], var_name="variable", value_name="change")
    return outcomes(long, lang, economy, labels)


def headed(frame: pd.DataFrame, lang: str, units: Mapping[Any, str] = MappingProxyType({})) -> pd.DataFrame:
    """Return a table with its heads in one language, those of which `units` knows the unit with it."""
    heads = [in_unit(text(f"column.{name}", lang), units.get(name, ""), lang) for name in frame]
    return frame.set_axis(heads, axis=1)


def outcomes(table: pd.DataFrame, lang: str, economy: Economy, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return a table of outcomes with names beside the keys and the unit of the change."""
    frame, regions = pd.DataFrame(index=table.index), economy.regions
    for column in table.columns:
        if column == "region":
            frame["code"], frame["region"] = table["region"], [regions.name(code, lang) for code in table["region"]]
        elif column == "variable":
            frame["key"], frame["variable"] = table["variable"], [variable_name(key, lang) for key in table["variable"]]
        elif column == "part":
            frame["part"] = [part_name(str(part), lang, labels) for part in table["part"]]
        elif column == "parameter":
            frame["parameter"] = [elasticity_name(name, lang) for name in table["parameter"]]
        else:
            frame[column] = table[column]
    known = schema.outcomes()
    levels = {name: unit_of(economy, name) for name in dict.fromkeys(table["variable"]) if name in known}
    units = {name: change_unit(name, levels.get(name, "")) for name in dict.fromkeys(table["variable"])}
    frame["change_unit"] = [units[name] for name in table["variable"]]
    return frame


def with_units(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table whose rows have units of their own with these, and the numbers, as a language counts."""
    found = frame.copy()
    for unit, numbers in COUNTED.items():
        if unit in frame:
            ways = [counted(of, lang) for of in frame[unit]]
            factors = [of.factor for of in ways]
            found = found.assign(
                **{unit: [of.unit for of in ways]}, **{name: frame[name] * factors for name in numbers if name in frame}
            )
    return found


def elasticity_name(name: str, lang: str) -> str:
    """Return the name of an elasticity, or that nothing was varied."""
    return text("report.default", lang) if name == "default" else parameter_name(name, lang)


def comparison(table: pd.DataFrame, regions: Regions, units: Mapping[str, str], lang: str) -> pd.DataFrame:
    """Return changes by outcome and region with the names of both, and the unit of each change before it.

    `units` are those in which the changes of outcomes are.
    """
    variables, codes = (table.index.get_level_values(name) for name in ("variable", "region"))
    labels = [
        [variable_name(name, lang) for name in variables],
        [regions.name(code, lang) for code in codes],
    ]
    frame = table.set_axis(pd.MultiIndex.from_arrays(labels, names=[text(f"column.{of}", lang) for of in KEYS]))
    ways = [counted(units[name], lang) for name in variables]
    frame = frame.mul([of.factor for of in ways], axis=0)
    frame.insert(0, text("column.change_unit", lang), [of.unit for of in ways])
    return frame


def board(known: Dashboard, name: str, lang: str) -> pd.DataFrame:
    """Return a table of a dashboard with names, units in its heads, and the year of a column from another."""
    key = require_table(name, BOARDS, lang)
    frame, entries = getattr(known, key), schema.indicators()
    if key == "nation":
        found = {
            "indicator": [getattr(entries[key], lang) for key in frame["indicator"]],
            "value_plain": frame["value"],
            "unit": [unit_name(entries[key].unit, lang) for key in frame["indicator"]],
            "year": frame["year"],
        }
        return headed(pd.DataFrame(found), lang)
    heads = {
        key: f"{getattr(entries[key], lang)} ({unit_name(entries[key].unit, lang)})"
        + (f" [{known.years[key]}]" if key in known.years else "")
        for key in frame.columns[1:]
    }
    places = [known.regions.name(code, lang) for code in frame["region"]]
    table: pd.DataFrame = frame.rename(columns={"region": text("column.code", lang)} | heads)
    table.insert(1, text("column.region", lang), places)
    return table
