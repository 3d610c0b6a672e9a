"""Run a scenario: solve it, read the outcome by place, decompose it, keep the record."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hinterland import indicators
from hinterland.arrays import FloatArray
from hinterland.data import regions
from hinterland.economy import Economy
from hinterland.scenario import Scenario
from hinterland.scenario_file import read
from hinterland.solve.static import Equilibrium, solve, solve_once
from hinterland.solve.status import Certificate

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


@dataclass(frozen=True)
class Result:
    """A solved scenario with everything that is shown of it."""

    scenario: Scenario
    equilibrium: Equilibrium
    regions: pd.DataFrame  # region, variable, unit, baseline, value, change
    flows: pd.DataFrame  # origin, destination, baseline, value, change (million workers)
    headline: pd.DataFrame  # variable, unit, baseline, value, change: the nation
    decomposition: pd.DataFrame  # variable x part, adds up to the total
    sensitivity: pd.DataFrame  # parameter, value, changes of the headline

    @property
    def certificate(self) -> Certificate:
        """Why the solution can be believed."""
        return self.equilibrium.certificate


def base_state(economy: Economy) -> State:
    """Return the base year as the tables read it."""
    people = economy.group_size_g[:, None] * economy.migration_share_gc
    return State(people, economy.real_income_c, np.ones(len(people)), economy.welfare_weight_g)


def state_of(equilibrium: Equilibrium) -> State:
    """Return the counterfactual as the tables read it."""
    economy, outcome = equilibrium.economy, equilibrium.outcome
    return State(
        economy.group_size_g[:, None] * outcome.migration_share_gc,
        economy.real_income_c * outcome.real_income_hat_c,
        equilibrium.welfare_hat_g,
        economy.welfare_weight_g,
    )


def moved(economy: Economy, people_gc: FloatArray, chosen_n: FloatArray) -> dict[str, float]:
    """People of the chosen home regions by where they work: in place, near, across; and who comes (million)."""
    cells, macro_n = economy.cells, macro_regions(economy)
    home_g, place_c = np.arange(len(people_gc)) // cells.classes, cells.index_c[0]
    same_province = home_g[:, None] == place_c[None, :]
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
    chosen_c, chosen_g = chosen_n[place_c], chosen_n.repeat(cells.classes)
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
    macro_n, count = macro_regions(economy), economy.cells.regions
    people_n = (state.workers_c * economy.residents_per_worker_c).reshape(count, -1).sum(axis=1)
    income_n = (state.real_income_c * state.workers_c).reshape(count, -1).sum(axis=1) / people_n
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


def shapley(parts: list[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    r"""Return each part's average marginal contribution over all orders; they add up to the whole.

    .. math:: \phi_p = \sum_{S \not\ni p} \frac{|S|!\,(n-|S|-1)!}{n!} [v(S \cup p) - v(S)]

    Source: Shapley (1953) [shapley1953].
    """
    count = len(parts)
    shares = {}
    for part in parts:
        others = [other for other in parts if other != part]
        shares[part] = math.fsum(
            math.factorial(size)
            * math.factorial(count - size - 1)
            / math.factorial(count)
            * (worth(frozenset(chosen) | {part}) - worth(frozenset(chosen)))
            for size in range(count)
            for chosen in combinations(others, size)
        )
    return shares


MOST_PARTS = 6  # 64 solves


def decompose(
    scenario: Scenario, total: Mapping[str, float], progress: Callable[[float], None] | None = None
) -> pd.DataFrame:
    """Split the change of every headline variable into the scenario's policies (Shapley); they add up exactly.

    A scenario of more than six policies is not split, one row 'total' remains.
    """
    parts = list(scenario.policies)
    if not 1 < len(parts) <= MOST_PARTS:
        return pd.DataFrame([{"part": "total", **total}]).set_index("part")
    coalitions = [frozenset(chosen) for size in range(len(parts) + 1) for chosen in combinations(parts, size)]
    base = national(scenario.economy, base_state(scenario.economy))
    worths: dict[frozenset[str], dict[str, float]] = {}
    for done, chosen in enumerate(coalitions, start=1):
        after = national(scenario.economy, state_of(solve(scenario.applied(chosen)))) if chosen else base
        worths[chosen] = {name: change(name, base[name], after[name]) for name in base}
        if progress:
            progress(done / len(coalitions))
    split = {
        name: shapley(parts, {chosen: worth[name] for chosen, worth in worths.items()}.__getitem__) for name in base
    }
    table = pd.DataFrame(split).reindex(parts)
    table.loc["total"] = pd.Series(worths[frozenset(parts)])
    table.index.name = "part"
    return table


# The elasticities on which the sign of the headline policies hangs, with the ends of their ranges (docs/parameters.md).
SENSITIVE = {
    "migration_elasticity": (1.0, 3.0),
    "inner_elasticity": (1.5, 5.0),
    "rural_efficiency": (0.6, 1.0),
    "agglomeration_elasticity": (0.0, 0.08),
}
SENSITIVE_TO = (
    "nonag_share",
    "urbanization_rate",
    "workers_from_elsewhere",
    "real_gdp",
    "welfare",
    "east_west_gap",
    "theil",
)


def sensitivity(scenario: Scenario, total: Mapping[str, float]) -> pd.DataFrame:
    """Return the headline's changes under other elasticities, one at a time; the first row is the default."""
    shown = [name for name in SENSITIVE_TO if name in total]
    rows: list[dict[str, Any]] = [{"parameter": "default", "value": math.nan, **{name: total[name] for name in shown}}]
    for parameter, values in SENSITIVE.items():
        if not scenario.economy.has(parameter):
            continue
        for value in values:
            other = scenario.on(scenario.economy.with_elasticities(**{parameter: value}))
            base, after = base_state(other.economy), state_of(solve_once(other.applied()))
            before, now = (national(other.economy, state) for state in (base, after))
            changes = {name: change(name, before[name], now[name]) for name in shown}
            rows.append({"parameter": parameter, "value": value, **changes})
    return pd.DataFrame(rows)


def flow_table(economy: Economy, before: State, after: State) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work (million), before and after."""
    macro_n, cells = macro_regions(economy), economy.cells
    home_g = macro_n.repeat(cells.classes)
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


def run(scenario: Scenario | str | Path, progress: Callable[[float], None] | None = None) -> Result:
    """Solve a scenario (of the box, a file, or your own) and return tables, decomposition, certificate."""
    chosen = scenario if isinstance(scenario, Scenario) else read(scenario)
    economy = chosen.economy
    equilibrium = solve(chosen.applied())
    before, after = base_state(economy), state_of(equilibrium)
    groups: dict[str, tuple[str, ...]] = {}
    for by in ("macro_region", "province"):
        groups |= regions.grouping(by, economy.domestic_codes, economy.year)
    headline = pd.DataFrame(compared(economy, {}, national(economy, before), national(economy, after)))
    total = dict(zip(headline["variable"], headline["change"], strict=True))
    return Result(
        chosen,
        equilibrium,
        regional(economy, before, after, groups),
        flow_table(economy, before, after),
        headline,
        decompose(chosen, total, progress),
        sensitivity(chosen, total),
    )


def digest(economy: Economy) -> str:
    """Return the SHA-256 of the arrays of a base year."""
    made = hashlib.sha256()
    for array in (*economy.arrays.values(), economy.value_c, economy.real_income_c, economy.residents_per_worker_c):
        made.update(np.ascontiguousarray(array).tobytes())
    return made.hexdigest()


def record(result: Result) -> dict[str, Any]:
    """Return what makes the run repeatable: versions, hashes, tolerance, certificate. No time, no path."""
    economy = result.scenario.economy
    certificate = result.certificate
    return {
        "hinterland": version("hinterland"),
        "jax": version("jax"),
        "numpy": version("numpy"),
        "economy": {"name": economy.name, "year": economy.year, "sha256": digest(economy)},
        "scenario": result.scenario.to_yaml(),
        "closure": "static",
        "seed": None,
        "certificate": {
            "passed": certificate.passed,
            "tolerance": certificate.tolerance,
            "iterations": certificate.iterations,
            "residuals": certificate.residuals,
            "redundant_market": certificate.redundant_market,
            "identities": certificate.identities,
            "uniqueness": {"holds": certificate.uniqueness.holds, "rule": certificate.uniqueness.rule},
        },
    }
