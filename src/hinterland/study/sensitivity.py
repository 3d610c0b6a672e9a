"""The headline and what people gain under other elasticities, one at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from hinterland.economy.economy import Economy
from hinterland.model.evaluate import Outcome
from hinterland.study.apply import Package, elsewhere, packages, where_paid
from hinterland.study.outcomes import base_state, change, national, state_in
from hinterland.study.together import outcomes_of
from hinterland.study.variation import gain_over_income, variation_in

# The elasticities on which the sign of the headline policies hangs, with the ends of their ranges (docs/parameters.md).
SENSITIVE = {
    "migration_elasticity": (1.0, 3.0),
    "inner_elasticity": (1.5, 5.0),
    "rural_efficiency": (0.75, 1.0),
    "agglomeration_elasticity": (0.0, 0.08),
    "service_worth": (0.0, 1.0),
    "service_access": (0.3, 0.7),
    "capital_elasticity": (0.7, 3.0),
    "trade_elasticity": (8.0,),
    "household_income_scale": (1.3,),  # the other scale: what the survey leaves out of gains it leaves in costs
}
WHO = ("dimension", "who")


class End(NamedTuple):
    """A scenario solved at one end of the range of an elasticity."""

    base: Economy
    under: Economy
    outcome: Outcome


Ends = Mapping[tuple[str, float], End | None]  # by elasticity and value; None where the policies cannot be paid


def ends(package: Package) -> Ends:
    """Return a scenario solved at both ends of the range of each elasticity that its economy has."""
    scenario, like = package.scenario, package.economy()
    asked = [(name, value) for name, of in SENSITIVE.items() if scenario.economy.has(name) for value in of]
    others = {key: other for key in asked if (other := elsewhere(scenario, *key)) is not None}
    wholes = dict(zip(others, packages(list(others.values()), like), strict=True))
    under = where_paid({key: whole.economy for key, whole in wholes.items()})
    found = dict(zip(under, outcomes_of(list(under.values()), like), strict=True))
    return {key: End(others[key].economy, under[key], found[key]) if key in found else None for key in asked}


def sensitivity(solved: Ends, total: Mapping[str, float]) -> pd.DataFrame:
    """Return the headline's changes under other elasticities, one at a time; the first row is the default.

    Not a number where the policies cannot be paid.
    """
    rows: list[dict[str, Any]] = [{"parameter": "default", "value": math.nan, **total}]
    for (parameter, value), end in solved.items():
        changes = dict.fromkeys(total, math.nan)
        if end is not None:
            before, now = (
                national(end.base, state) for state in (base_state(end.base), state_in(end.under, end.outcome))
            )
            changes = {name: change(name, before[name], now[name]) for name in total}
        rows.append({"parameter": parameter, "value": value, **changes})
    return pd.DataFrame(rows)


def gains_elsewhere(solved: Ends, total: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    """Return what people gain over income under other elasticities: a row an end, a column a part of the people.

    The first row is the default, `total`; not a number where the policies cannot be paid.
    """
    found = [
        total,
        *(gain_over_income(end.under, variation_in(end.under, end.outcome)) if end else {} for end in solved.values()),
    ]
    columns = pd.MultiIndex.from_tuples(list(total), names=WHO)
    rows = pd.MultiIndex.from_tuples([("default", math.nan), *solved], names=["parameter", "value"])
    return pd.DataFrame([[of.get(who, math.nan) for who in total] for of in found], rows, columns)


def gain_ranges(table: pd.DataFrame) -> pd.DataFrame:
    """Return who gains what over income, the least and the most under other elasticities, and on which it hangs most.

    `parameter` is empty where there is none to vary.
    """
    most = most_moving(table)
    found = {"change": table.iloc[0], "low": table.min(), "high": table.max()}
    return pd.DataFrame(found).assign(parameter=[most.get(who, "") for who in table]).reset_index()


def most_moving(table: pd.DataFrame) -> dict[Any, str]:
    """Return for each column the elasticity between whose ends it differs most; the default is between them."""
    varied = table.iloc[1:].dropna(how="all")
    if not len(varied):
        return {}
    of = varied.groupby(level="parameter", sort=False)
    width = of.max().clip(lower=table.iloc[0], axis=1) - of.min().clip(upper=table.iloc[0], axis=1)
    return {who: str(name) for who, name in width.idxmax().items()}


def order_turns(table: pd.DataFrame, best: Sequence[str], worst: Sequence[str], least: float) -> bool:
    """Whether in a row others are above the best or below the worst by more than `least`; where not known, not."""
    lags = table.drop(columns=[*best]).max(axis=1) - table[[*best]].min(axis=1)
    leads = table[[*worst]].max(axis=1) - table.drop(columns=[*worst]).min(axis=1)
    return bool((pd.concat([lags, leads]) > least).any())
