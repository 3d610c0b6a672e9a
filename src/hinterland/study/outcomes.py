"""What is told of an economy before and after: people, output, income, welfare, gaps; by any set of provinces."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators
from hinterland.arrays import FloatArray
from hinterland.data import regions
from hinterland.economy.economy import Economy
from hinterland.economy.implied import welfare_weight_g
from hinterland.solve.static import Equilibrium

EAST, WEST = "East", "West"


@dataclass(frozen=True)
class State:
    """What the tables read: the economy before or after, in levels, by hukou group and cell."""

    people_gc: FloatArray  # million workers
    real_income_c: FloatArray  # per worker
    welfare_g: FloatArray  # expected utility of a group relative to the base year
    welfare_weight_g: FloatArray

    @property
    def workers_c(self) -> FloatArray:
        """Million workers by cell."""
        return np.asarray(self.people_gc.sum(axis=0))


def base_state(economy: Economy) -> State:
    """Return the base year as the tables read it."""
    people = economy.group_size_g[:, None] * economy.migration_share_gc
    return State(people, economy.real_income_c, np.ones(len(people)), welfare_weight_g(economy))


def state_of(equilibrium: Equilibrium) -> State:
    """Return the counterfactual as the tables read it."""
    economy, outcome = equilibrium.economy, equilibrium.outcome
    return State(
        economy.group_size_g[:, None] * outcome.migration_share_gc,
        economy.real_income_c * outcome.real_income_hat_c,
        equilibrium.welfare_hat_g,
        welfare_weight_g(economy),
    )


def moved(economy: Economy, people_gc: FloatArray, chosen_n: FloatArray) -> dict[str, float]:
    """People of the chosen home regions by where they work: in place, near, across; and who comes (million)."""
    cells, macro_n = economy.cells, macro_regions(economy)
    home_g, place_c = cells.home_g, cells.index_c[0]
    same_province = cells.at_home_gc
    same_macro = macro_n[home_g][:, None] == macro_n[place_c][None, :]
    theirs = people_gc * chosen_n[home_g][:, None]
    return {
        "workers_in_place": float(theirs[same_province & (cells.stays_gc == 0)].sum()),
        "workers_within_macro_region": float(theirs[same_macro & ~same_province].sum()),
        "workers_across": float(theirs[~same_macro].sum()),
        "workers_from_elsewhere": float((people_gc * ~same_province)[:, chosen_n[place_c]].sum()),
    }


def measures(economy: Economy, state: State, chosen_n: FloatArray) -> dict[str, float]:
    """Return every regional indicator of a set of provinces."""
    cells = economy.cells
    place_c, residence_c, sector_c = cells.index_c
    chosen_c, chosen_g = chosen_n[place_c], chosen_n[cells.home_g]
    workers_c = state.workers_c * chosen_c
    residents_c = workers_c * economy.residents_per_worker_c
    on_farms = float(workers_c[sector_c == 0].sum())
    output = float(state.real_income_c @ workers_c)
    weight_g = state.welfare_weight_g[chosen_g]
    towns = (
        {}
        if cells.residences == 1
        else {
            "urbanization_rate": 100 * float(residents_c[residence_c == 1].sum() / residents_c.sum()),
            "workers_amphibious": float(workers_c[(residence_c == 1) == (sector_c == 0)].sum()),
        }
    )
    return {
        "workers_ag": on_farms,
        "workers_nonag": float(workers_c.sum()) - on_farms,
        "nonag_share": 1 - on_farms / float(workers_c.sum()),
        **towns,
        **moved(economy, state.people_gc, chosen_n),
        "real_income": output / float(residents_c.sum()),
        "real_gdp": output,
        "welfare": float(weight_g @ state.welfare_g[chosen_g] / weight_g.sum()),
    }


def macro_regions(economy: Economy) -> FloatArray:
    """Return the macro-region of each domestic region, in order."""
    return np.array([regions.macro_region(code) for code in economy.domestic_codes])


def disparities(economy: Economy, state: State) -> dict[str, float]:
    """Return the East-West gap and the Theil index of real income per head, between provinces."""
    macro_n, cells = macro_regions(economy), economy.cells
    people_n = cells.by_region(state.workers_c * economy.residents_per_worker_c)
    income_n = cells.by_region(state.real_income_c * state.workers_c) / people_n
    east, west = (
        float(np.average(income_n[macro_n == name], weights=people_n[macro_n == name])) for name in (EAST, WEST)
    )
    within, between = indicators.theil_within_between(income_n, people_n, macro_n)
    return {
        "east_west_gap": east / west,
        "theil_within": within,
        "theil_between": between,
        "theil": within + between,
    }


def national(economy: Economy, state: State) -> dict[str, float]:
    """Return the headline of the nation: every regional indicator and the disparities."""
    everywhere = np.ones(len(economy.domestic_codes), dtype=bool)
    return {**measures(economy, state, everywhere), **disparities(economy, state)}


def compared(
    economy: Economy, names: Mapping[str, Any], before: Mapping[str, float], after: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Return rows with baseline, value and change: a ratio for levels, a difference for shares and gaps."""
    return [
        {
            **names,
            "variable": variable,
            "unit": (UNITS | economy.units)[variable],
            "baseline": before[variable],
            "value": after[variable],
            "change": change(variable, before[variable], after[variable]),
        }
        for variable in before
    ]


def regional(economy: Economy, before: State, after: State, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return every regional outcome by place, before and after; `groups` holds the codes of each place's provinces."""
    codes = np.array(economy.domestic_codes)
    rows = []
    for place, members in groups.items():
        chosen_n: Any = np.isin(codes, list(members))
        then, now = (measures(economy, state, chosen_n) for state in (before, after))
        rows += compared(economy, {"region": place}, then, now)
    return pd.DataFrame(rows)


# What the change of each variable is told in: % of the baseline, or percentage points / index points.
UNITS = {
    "workers_ag": "million",
    "workers_nonag": "million",
    "nonag_share": "share",
    "urbanization_rate": "%",
    "workers_amphibious": "million",
    "workers_in_place": "million",
    "workers_within_macro_region": "million",
    "workers_across": "million",
    "workers_from_elsewhere": "million",
    "real_income": "relative",
    "real_gdp": "relative",
    "welfare": "base=1",
    "east_west_gap": "ratio",
    "theil_within": "index",
    "theil_between": "index",
    "theil": "index",
}
DIFFERENCES = ("nonag_share", "urbanization_rate", "east_west_gap", "theil_within", "theil_between", "theil")


def change(variable: str, before: float, after: float) -> float:
    """Return the change: a difference for shares, gaps and indices, relative for levels."""
    if variable in DIFFERENCES:
        return after - before
    return after / before - 1 if before else math.nan


def flow_table(economy: Economy, before: State, after: State) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work (million), before and after."""
    macro_n, cells = macro_regions(economy), economy.cells
    home_g = macro_n[cells.home_g]
    place_c = macro_n[cells.index_c[0]]
    rows = []
    for origin in regions.MACRO_REGIONS["present"]:
        for destination in regions.MACRO_REGIONS["present"]:
            pick = np.outer(home_g == origin, place_c == destination)
            old, new = (float(state.people_gc[pick].sum()) for state in (before, after))
            rows.append(
                {
                    "origin": origin,
                    "destination": destination,
                    "baseline": old,
                    "value": new,
                    "change": new / old - 1 if old else math.nan,
                }
            )
    return pd.DataFrame(rows)
