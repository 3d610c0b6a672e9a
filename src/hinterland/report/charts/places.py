"""The places of a run that a picture shows side by side, and what changes there."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hinterland.report.charts.words import finer, level_reading
from hinterland.report.quantities import Reading
from hinterland.study.run import Result

MOST = 16  # regions where there are no macro-regions


def places_of(result: Result, variable: str) -> list[str]:
    """Return the macro-regions; where some region is in none, the regions where an outcome changes most."""
    if found := result.macro_regions:
        return found
    change = differences(result, variable)[list(result.scenario.economy.domestic_codes)]
    most = set(change.abs().sort_values(ascending=False).index[:MOST])
    return [str(code) for code in change.index if code in most]


def differences(result: Result, variable: str) -> pd.Series[float]:
    """Return by place how much an outcome changes, in its own unit."""
    rows = result.regions[result.regions["variable"] == variable].set_index("region")
    return rows["value"] - rows["baseline"]


def moved(result: Result, variable: str, places: Sequence[str], lang: str) -> tuple[Reading, list[float]]:
    """Return how the change of an outcome in its own unit is read, and what it is in each place."""
    values = [float(value) for value in differences(result, variable)[list(places)]]
    unit = str(result.regions.loc[result.regions["variable"] == variable, "unit"].iloc[0])
    return finer(level_reading(unit, lang, values), values), values
