"""Every table of a run as it is written to files: keys and names, numbers as they are, the unit of each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hinterland.data.regions import Regions
from hinterland.report.money import benefits_frame, bridge_frame, budget_frame, gains_frame
from hinterland.report.tables import parameter_name, part_name, unit_name, variable_name
from hinterland.study.compare import change_unit
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.run import Result


def frames(result: Result, lang: str) -> dict[str, pd.DataFrame]:
    """Return every table of a run that has rows, with their heads in one language."""
    parts, channels = (
        table.reset_index().melt(id_vars=["part"], var_name="variable", value_name="change")
        for table in (result.decomposition, result.channels)
    )
    other = result.sensitivity.melt(id_vars=["parameter", "value"], var_name="variable", value_name="change")
    regions = result.scenario.economy.regions
    found = {
        "headline": outcomes(result.headline, lang, regions),
        "regions": outcomes(result.regions, lang, regions),
        "flows": flows(result.flows, lang, regions),
        "decomposition": outcomes(parts, lang, regions),
        "channels": outcomes(channels, lang, regions),
        "budget": budget_frame(result, lang),
        "benefits": benefits_frame(result, lang),
        "gains": gains_frame(result, lang),
        "bridge": bridge_frame(result, lang),
        "services": result.services.rename(columns={"policy": "part"}),
        "sensitivity": outcomes(other.rename(columns={"value": "value_of"}), lang, regions),
    }
    return {name: headed(frame, lang) for name, frame in found.items() if len(frame)}


def headed(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table with its heads in one language."""
    return frame.set_axis([text(f"column.{name}", lang) for name in frame], axis=1)


def outcomes(table: pd.DataFrame, lang: str, regions: Regions) -> pd.DataFrame:
    """Return a table of outcomes with names beside the keys and the unit of the change."""
    frame = pd.DataFrame(index=table.index)
    for column in table.columns:
        if column == "region":
            frame["code"], frame["region"] = table["region"], [regions.name(code, lang) for code in table["region"]]
        elif column == "variable":
            frame["key"], frame["variable"] = table["variable"], [variable_name(key, lang) for key in table["variable"]]
        elif column == "part":
            frame["part"] = [part_name(str(part), lang) for part in table["part"]]
        elif column == "parameter":
            frame["parameter"] = [elasticity_name(name, lang) for name in table["parameter"]]
        elif column == "unit":
            frame["unit"] = [unit_name(unit, lang) for unit in table["unit"]]
        else:
            frame[column] = table[column]
    frame["change_unit"] = [unit_name(change_unit(name), lang) for name in table["variable"]]
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
