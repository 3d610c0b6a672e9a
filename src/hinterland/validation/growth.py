"""Growth of 2000-2005 by its causes, in log points: the published split of Tombe and Zhu (2019) and ours.

The paper counts growth at continuously compounded rates in this split and in per cent where one cause is alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from scipy.optimize import brentq

from hinterland import schema
from hinterland.instruments.measured_change import MeasuredChange
from hinterland.policy.combine import combined
from hinterland.solve.static import solve
from hinterland.study.decompose import shapley
from hinterland.validation.claim import Found
from hinterland.validation.experiment import EARLY, INCOME, change, china

TRADE, MOVING = "trade_cost_2002_2007", "migration_cost_2000_2005"
MEASURED = {
    "internal_trade": MeasuredChange(series=TRADE, scope="internal"),
    "external_trade": MeasuredChange(series=TRADE, scope="external"),
    "migration": MeasuredChange(series=MOVING),
}
PRODUCTIVITY = "productivity"
PARTS = (*MEASURED, PRODUCTIVITY)


@cache
def growth(chosen: frozenset[str], log_gain: float) -> float:
    """Log growth of real GDP with some of the measured changes, and productivity where it is chosen."""
    if not chosen:
        return 0.0
    economy = combined(china(EARLY), [MEASURED[name] for name in MEASURED if name in chosen])
    if PRODUCTIVITY in chosen:
        hat_nj = np.ones_like(economy.arrays["value_added_nj"])
        hat_nj[: economy.cells.regions] = np.exp(log_gain)
        economy = economy.with_levers(productivity_hat_nj=hat_nj)
    return float(np.log1p(change(solve(economy), INCOME)))


@cache
def split() -> tuple[dict[str, float], float]:
    """Points of growth by cause, averaged over all orders, and the rise of productivity that closes the total.

    Productivity rises by one factor in every province and sector, such that all four together give the published total.
    """
    total = schema.evidence()["core.growth_total"].value
    log_gain = float(brentq(lambda gain: growth(frozenset(PARTS), gain) - total, 0.0, 0.5, xtol=1e-10))
    return shapley(PARTS, lambda chosen: np.asarray(growth(chosen, log_gain))), log_gain


def part(name: str) -> Callable[[], Found]:
    """The points of one cause; beside them what it does alone."""

    def found() -> Found:
        points, log_gain = split()
        figures = {"alone": 100 * growth(frozenset([name]), log_gain), "gain": 100 * float(np.expm1(log_gain))}
        return Found(float(points[name]), figures)

    return found
