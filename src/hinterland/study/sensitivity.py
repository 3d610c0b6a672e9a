"""The headline under other elasticities, one at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hinterland import schema
from hinterland.scenario.scenario import Scenario
from hinterland.solve.static import solve_once
from hinterland.study.apply import apply
from hinterland.study.outcomes import base_state, change, national, state_of

# The elasticities on which the sign of the headline policies hangs, with the ends of their ranges (docs/parameters.md).
SENSITIVE = {
    "migration_elasticity": (1.0, 3.0),
    "inner_elasticity": (1.5, 5.0),
    "rural_efficiency": (0.6, 1.0),
    "agglomeration_elasticity": (0.0, 0.08),
}


def sensitivity(scenario: Scenario, total: Mapping[str, float]) -> pd.DataFrame:
    """Return the headline's changes under other elasticities, one at a time; the first row is the default."""
    shown = [name for name in schema.outcomes("sensitivity") if name in total]
    rows: list[dict[str, Any]] = [{"parameter": "default", "value": math.nan, **{name: total[name] for name in shown}}]
    for parameter, values in SENSITIVE.items():
        if not scenario.economy.has(parameter):
            continue
        for value in values:
            other = scenario.replace(economy=scenario.economy.with_elasticities(**{parameter: value}))
            base, after = base_state(other.economy), state_of(solve_once(apply(other)))
            before, now = (national(other.economy, state) for state in (base, after))
            changes = {name: change(name, before[name], now[name]) for name in shown}
            rows.append({"parameter": parameter, "value": value, **changes})
    return pd.DataFrame(rows)
