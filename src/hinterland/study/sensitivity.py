"""The headline under other elasticities, one at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hinterland.study.apply import Package, elsewhere, packages, unless_refused
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
    """Return the headline's changes under other elasticities, one at a time; the first row is the default.

    Not a number where the policies cannot be paid.
    """
    scenario, like = package.scenario, package.economy()
    asked = [(name, value) for name, ends in SENSITIVE.items() if scenario.economy.has(name) for value in ends]
    others = {key: other for key in asked if (other := elsewhere(scenario, *key)) is not None}
    tried = {
        key: unless_refused(whole.economy)
        for key, whole in zip(others, packages(list(others.values()), like), strict=True)
    }
    under = {key: economy for key, economy in tried.items() if economy is not None}
    states = dict(zip(under, states_of(list(under.values()), like), strict=True))
    rows: list[dict[str, Any]] = [{"parameter": "default", "value": math.nan, **total}]
    for key in asked:
        changes = dict.fromkeys(total, math.nan)
        if key in states:
            base = others[key].economy
            before, now = (national(base, state) for state in (base_state(base), states[key]))
            changes = {name: change(name, before[name], now[name]) for name in total}
        rows.append({"parameter": key[0], "value": key[1], **changes})
    return pd.DataFrame(rows)
