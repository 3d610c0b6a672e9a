"""The headline under other elasticities, one at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hinterland.study.apply import Package, packages
from hinterland.study.outcomes import base_state, change, national
from hinterland.study.together import states_of

# The elasticities on which the sign of the headline policies hangs, with the ends of their ranges (docs/parameters.md).
SENSITIVE = {
    "migration_elasticity": (1.0, 3.0),
    "inner_elasticity": (1.5, 5.0),
    "rural_efficiency": (0.75, 1.0),
    "agglomeration_elasticity": (0.0, 0.08),
    "service_worth": (0.0, 1.0),
}


def sensitivity(package: Package, total: Mapping[str, float]) -> pd.DataFrame:
    """Return the headline's changes under other elasticities, one at a time; the first row is the default."""
    scenario, like = package.scenario, package.economy()
    shown = list(total)
    asked = [(name, value) for name, ends in SENSITIVE.items() if scenario.economy.has(name) for value in ends]
    others = [scenario.replace(economy=scenario.economy.with_elasticities(**{name: value})) for name, value in asked]
    states = states_of([whole.economy() for whole in packages(others, like)], like)
    rows: list[dict[str, Any]] = [{"parameter": "default", "value": math.nan, **{name: total[name] for name in shown}}]
    for (parameter, value), other, after in zip(asked, others, states, strict=True):
        before, now = (national(other.economy, state) for state in (base_state(other.economy), after))
        changes = {name: change(name, before[name], now[name]) for name in shown}
        rows.append({"parameter": parameter, "value": value, **changes})
    return pd.DataFrame(rows)
