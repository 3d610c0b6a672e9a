"""A solved scenario in a few numbers: what all of it costs, what a yuan brings, who pays where, what a limit costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.regions import NATION, Regions
from hinterland.study.budget import CENTRE
from hinterland.study.columns import AMOUNTS

if TYPE_CHECKING:
    from hinterland.solve.static import Equilibrium
    from hinterland.study.run import Result


def money(result: Result) -> dict[str, Any]:
    """Return present cost in bn CNY, benefit per yuan of what has a price, and how many policies have no price.

    The benefit per yuan is that of all policies with a price, at what public funds cost each; None where one of them
    has no ratio: what is known of a part is no ratio of the whole.
    """
    budget = result.budget
    return {
        "present_cost": float(budget["present"].sum()) if len(budget) else None,
        "benefit_per_yuan": together_per_yuan(result.benefits) if len(budget) and result.has_ratio else None,
        "unpriced": len(set(result.scenario.policies) - set(budget["policy"])),
    }


def together_per_yuan(benefits: pd.DataFrame) -> float | None:
    """Return the benefit per yuan of all policies with a price; None where nothing is charged."""
    priced = benefits[benefits["present_cost"] > 0]
    weight = (priced["present_cost"] * priced["marginal_cost_of_funds"]).sum()
    return float(priced["present_value"].sum() / weight) if weight > 0 else None


def outlays_by_payer(budget: pd.DataFrame) -> pd.DataFrame:
    """Return outlays by policy and payer, all places together, bn CNY."""
    return budget.groupby(["policy", "payer"], sort=False)[list(AMOUNTS)].sum()


def cost_by_place(budget: pd.DataFrame, regions: Regions) -> pd.DataFrame:
    """Return present cost by place and payer, bn CNY: the centre, and macro-regions where each region has one.

    Where some have none, all regions together: a part of them must not be read as the whole.
    """
    divided = regions.macro_regions([code for code in budget["region"] if code != CENTRE]) is not None
    where = budget["region"].map(
        lambda code: code if code == CENTRE else regions.macro_region(code) if divided else NATION
    )
    return budget.assign(where=where).pivot_table(
        index="where", columns="payer", values="present", aggfunc="sum", fill_value=0.0, observed=True
    )


def entry_prices(equilibrium: Equilibrium) -> pd.DataFrame:
    r"""Return the provinces with a limit: their workers and the limit in millions, and the price of entry.

    .. math:: 1 - e^{-\psi_n}

    is the share of real income that entry costs, with psi the multiplier of the limit, zero where it does not bind.
    No rows where the economy knows no limits.
    """
    columns = ["region", "people", "limit", "price"]
    economy, outcome = equilibrium.economy, equilibrium.solved.outcome
    if "capacity_n" not in economy.arrays:
        return pd.DataFrame(columns=columns)
    people_n = economy.cells.by_region(economy.workers_c)
    people_n = people_n * outcome.people_hat_n[: len(people_n)]
    limits = zip(economy.domestic_codes, people_n, economy.levers.capacity_n, outcome.multiplier_n, strict=False)
    rows = [
        (code, float(people), float(limit), 1 - math.exp(-max(float(multiplier), 0.0)))
        for code, people, limit, multiplier in limits
        if math.isfinite(limit)
    ]
    return pd.DataFrame(rows, columns=columns)
