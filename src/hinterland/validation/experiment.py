"""Set up experiments: an economy under policies that nobody pays for, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from hinterland.arrays import BoolArray, FloatArray
from hinterland.data.regions import MACRO_REGIONS
from hinterland.economy.economy import Economy, original
from hinterland.economy.load import load
from hinterland.policy.combine import combined
from hinterland.policy.policy import Policy
from hinterland.solve.static import Equilibrium, numeraire_hat, solve
from hinterland.study.outcomes import base_state, national, state_of

LATEST, EARLY, MIDDLE = "china-2020", "china-2000", "china-2010"
INCOME = "real_income"  # what Tombe and Zhu call real GDP: what residents earn, over prices with homes
EVERYWHERE = MACRO_REGIONS["present"]


@cache
def china(name: str) -> Economy:
    """Return an economy of the box, read once."""
    return load(name)


@cache
def before(name: str) -> dict[str, float]:
    """Return the nation in the base year."""
    return national(china(name), base_state(china(name)))


def after(equilibrium: Equilibrium) -> dict[str, float]:
    """Return the nation in a counterfactual."""
    return national(equilibrium.economy, state_of(equilibrium))


def under(name: str, *policies: Policy) -> Equilibrium:
    """Solve an economy under policies whose costs nobody pays: studies hold budgets fixed or do not tell them."""
    return solve(combined(china(name), policies))


def change(equilibrium: Equilibrium, variable: str) -> float:
    """Return the relative change of an outcome of the nation."""
    return after(equilibrium)[variable] / before(original(equilibrium.economy.name))[variable] - 1


def group_rows(economy: Economy, group: str) -> list[int]:
    """Return the positions of a group's provinces."""
    return [economy.region_codes.index(code) for code in economy.regions.by_group[group].codes]


def others(economy: Economy, rows: Sequence[int]) -> list[int]:
    """Return the positions of all other provinces."""
    return [row for row in range(economy.cells.regions) if row not in set(rows)]


def value_added_nj(economy: Economy) -> FloatArray:
    """Value added of the provinces in the base year, (D, J)."""
    return np.asarray(economy.arrays["value_added_nj"][: economy.cells.regions])


def nominal_gdp_hat_n(equilibrium: Equilibrium) -> FloatArray:
    """Nominal GDP of a province over that of the nation, change, (D,): what a comparison of places sees."""
    base_nj = value_added_nj(equilibrium.economy)
    now_nj = base_nj * np.asarray(equilibrium.outcome.value_added_hat_nj)[: len(base_nj)]
    own_n = now_nj.sum(axis=1) / base_nj.sum(axis=1)
    return np.asarray(own_n * base_nj.sum() / now_nj.sum())


def real_gdp_hat_n(equilibrium: Equilibrium) -> FloatArray:
    """Value added of a province over its consumer prices, change, (D,)."""
    base_nj = value_added_nj(equilibrium.economy)
    now_nj = base_nj * np.asarray(equilibrium.outcome.value_added_hat_nj)[: len(base_nj)]
    outcome = equilibrium.solved.outcome
    price_n = np.asarray(outcome.price_hat_n / numeraire_hat(equilibrium.economy, outcome))[: len(base_nj)]
    return np.asarray(now_nj.sum(axis=1) / base_nj.sum(axis=1) / price_n)


def capital_hat(equilibrium: Equilibrium, rows: Iterable[int], chosen_j: BoolArray) -> float:
    """Change of the capital stock of places and sectors."""
    base_nj = np.asarray(equilibrium.economy.arrays["capital_nj"])[list(rows)][:, chosen_j]
    now_nj = base_nj * np.exp(np.asarray(equilibrium.solved.outcome.log_capital_nj))[list(rows)][:, chosen_j]
    return float(now_nj.sum() / base_nj.sum())


def workers_hat(equilibrium: Equilibrium, rows: Iterable[int], chosen_j: BoolArray) -> float:
    """Change of the workers of places and sectors."""
    cells = equilibrium.economy.cells
    base_nj, now_nj = (
        cells.by_sector(people_c)[list(rows)][:, chosen_j]
        for people_c in (equilibrium.economy.workers_c, state_of(equilibrium).workers_c)
    )
    return float(now_nj.sum() / base_nj.sum())


def across_gc(economy: Economy) -> FloatArray:
    """Whether a cell lies in another province than a group's home, (G, C)."""
    return np.asarray(~economy.cells.at_home_gc)
