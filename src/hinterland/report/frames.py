"""Every table of a run as it is written to files: keys and names, numbers as they are, the unit of each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from hinterland import schema
from hinterland.data.regions import Regions
from hinterland.errors import DataError, Problem, hint
from hinterland.report.money import benefits_frame, bridge_frame, budget_frame, gains_frame, labels_of
from hinterland.report.tables import parameter_name, part_name, unit_name, variable_name
from hinterland.study.compare import change_unit
from hinterland.texts import LANGUAGES, text

if TYPE_CHECKING:
    from hinterland.diagnose.dashboard import Dashboard
    from hinterland.study.run import Result

KEYS = ("variable", "region")
BOARDS = ("macro_regions", "provinces", "nation")


def table(result: Result, name: str, lang: str) -> pd.DataFrame:
    """Return one table of a run with heads and labels in one language; it may be empty.

    A DataError names the nearest where no table is named so, by its key or in either language.
    """
    by_name = {text(f"table.{key}", of): key for key in TABLES for of in LANGUAGES} | {key: key for key in TABLES}
    if name not in by_name:
        raise DataError(Problem("report.no_table", {"value": name, "near": hint(str(name), by_name, len(TABLES))}))
    return headed(TABLES[by_name[name]](result, lang), lang)


def frames(result: Result, lang: str) -> dict[str, pd.DataFrame]:
    """Return every table of a run that has rows, with their heads in one language."""
    found = {name: table(result, name, lang) for name in TABLES}
    return {name: frame for name, frame in found.items() if len(frame)}


def headline(result: Result, lang: str) -> pd.DataFrame:
    """Return the nation's outcomes."""
    return outcomes(result.headline, lang, result.scenario.economy.regions)


def places(result: Result, lang: str) -> pd.DataFrame:
    """Return outcomes by macro-region and region."""
    return outcomes(result.regions, lang, result.scenario.economy.regions)


def moves(result: Result, lang: str) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work."""
    return flows(result.flows, lang, result.scenario.economy.regions)


def parts(result: Result, lang: str) -> pd.DataFrame:
    """Return what each policy adds, one row an outcome."""
    return split(result.decomposition, lang, result.scenario.economy.regions, labels_of(result, lang))


def ways(result: Result, lang: str) -> pd.DataFrame:
    """Return what each channel adds, one row an outcome."""
    return split(result.channels, lang, result.scenario.economy.regions)


def split(frame: pd.DataFrame, lang: str, regions: Regions, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return a table of parts with one row a part and outcome."""
    long = frame.reset_index().melt(id_vars=["part"], var_name="variable", value_name="change")
    return outcomes(long, lang, regions, labels)


def worths(result: Result, lang: str) -> pd.DataFrame:
    """Return the benefit per yuan of services at both ends of what a yuan of them is worth."""
    return result.services.rename(columns={"policy": "part"}).replace({"part": labels_of(result, lang)})


def others(result: Result, lang: str) -> pd.DataFrame:
    """Return changes under other elasticities, one row an outcome."""
    long = result.sensitivity.melt(id_vars=["parameter", "value"], var_name="variable", value_name="change")
    return outcomes(long.rename(columns={"value": "value_of"}), lang, result.scenario.economy.regions)


TABLES: dict[str, Callable[[Result, str], pd.DataFrame]] = {
    "headline": headline,
    "regions": places,
    "flows": moves,
    "decomposition": parts,
    "channels": ways,
    "budget": budget_frame,
    "benefits": benefits_frame,
    "gains": gains_frame,
    "bridge": bridge_frame,
    "services": worths,
    "sensitivity": others,
}


def is_difference(name: str) -> bool:
    """Whether the change of an outcome is one of amounts, in the unit of its level."""
    return name in schema.outcomes() and schema.outcomes()[name].change == "difference"


def headed(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table with its heads in one language."""
    return frame.set_axis([text(f"column.{name}", lang) for name in frame], axis=1)


def outcomes(table: pd.DataFrame, lang: str, regions: Regions, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return a table of outcomes with names beside the keys and the unit of the change."""
    frame = pd.DataFrame(index=table.index)
    for column in table.columns:
        if column == "region":
            frame["code"], frame["region"] = table["region"], [regions.name(code, lang) for code in table["region"]]
        elif column == "variable":
            frame["key"], frame["variable"] = table["variable"], [variable_name(key, lang) for key in table["variable"]]
        elif column == "part":
            frame["part"] = [part_name(str(part), lang, labels) for part in table["part"]]
        elif column == "parameter":
            frame["parameter"] = [elasticity_name(name, lang) for name in table["parameter"]]
        elif column == "unit":
            frame["unit"] = [unit_name(unit, lang) for unit in table["unit"]]
        else:
            frame[column] = table[column]
    units = table["unit"] if "unit" in table else [""] * len(table)
    frame["change_unit"] = [
        unit_name(unit if unit and is_difference(name) else change_unit(name), lang)
        for name, unit in zip(table["variable"], units, strict=True)
    ]
    return frame


def elasticity_name(name: str, lang: str) -> str:
    """Return the name of an elasticity, or that nothing was varied."""
    return text("report.default", lang) if name == "default" else parameter_name(name, lang)


def flows(table: pd.DataFrame, lang: str, regions: Regions) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work with the names of both."""
    ends = {
        "hukou_in": [regions.name(name, lang) for name in table["origin"]],
        "work_in": [regions.name(name, lang) for name in table["destination"]],
        "unit": [unit_name("million", lang)] * len(table),
    }
    numbers = table[["baseline", "value", "change"]]
    return pd.DataFrame(ends, table.index).join(numbers)


def comparison(table: pd.DataFrame, regions: Regions, lang: str) -> pd.DataFrame:
    """Return changes by outcome and region with the names of both, and the unit of each change before it."""
    variables, codes = (table.index.get_level_values(name) for name in ("variable", "region"))
    labels = [
        [variable_name(name, lang) for name in variables],
        [regions.name(code, lang) for code in codes],
    ]
    frame = table.set_axis(pd.MultiIndex.from_arrays(labels, names=[text(f"column.{of}", lang) for of in KEYS]))
    frame.insert(0, text("column.change_unit", lang), [unit_name(change_unit(name), lang) for name in variables])
    return frame


def board(known: Dashboard, name: str, lang: str) -> pd.DataFrame:
    """Return a table of a dashboard with names, units in its heads, and the year of a column from another."""
    if name not in BOARDS:
        raise DataError(Problem("report.no_table", {"value": name, "near": hint(str(name), BOARDS)}))
    frame, entries = getattr(known, name), schema.indicators()
    if name == "nation":
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
