"""Run a scenario: solve it, read the outcome by place, split it, price it, keep the record."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hinterland.budget import benefits, costs, gains
from hinterland.data import regions
from hinterland.decompose import EXACT, SEED, VARIATION, by_channel, by_instrument
from hinterland.economy import Economy
from hinterland.outcomes import base_state, change, compared, flow_table, national, regional, state_of
from hinterland.scenario import Scenario
from hinterland.scenario_file import read
from hinterland.solve.static import Equilibrium, solve, solve_once
from hinterland.solve.status import Certificate


@dataclass(frozen=True)
class Result:
    """A solved scenario with everything that is shown of it."""

    scenario: Scenario
    equilibrium: Equilibrium
    regions: pd.DataFrame  # region, variable, unit, baseline, value, change
    flows: pd.DataFrame  # origin, destination, baseline, value, change (million workers)
    headline: pd.DataFrame  # variable, unit, baseline, value, change: the nation
    decomposition: pd.DataFrame  # part x variable, adds up to the total
    channels: pd.DataFrame  # channel x variable, adds up to the total
    budget: pd.DataFrame  # outlays by policy, payer and region
    benefits: pd.DataFrame  # what each policy is worth and costs
    gains: pd.DataFrame  # who gains and loses
    sensitivity: pd.DataFrame  # parameter, value, changes of the headline

    @property
    def certificate(self) -> Certificate:
        """Why the solution can be believed."""
        return self.equilibrium.certificate


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
    parts = by_instrument(chosen, None if progress is None else lambda done: progress(done / 2))
    budget = costs(chosen)
    return Result(
        chosen,
        equilibrium,
        regional(economy, before, after, groups),
        flow_table(economy, before, after),
        headline,
        parts,
        by_channel(chosen, None if progress is None else lambda done: progress((1 + done) / 2)),
        budget,
        benefits(chosen, budget, {str(part): float(value) for part, value in parts[VARIATION].items()}),
        gains(economy, before, after),
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
        "financing": result.scenario.closure,
        "seed": SEED if len(result.scenario.policies) > EXACT else None,
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
