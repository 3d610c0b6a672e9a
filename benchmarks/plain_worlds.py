"""The usual damped algorithms of larger worlds in plain NumPy, nothing shared with the engine but the base year.

Wages rise where goods are in demand, by a fixed power of excess demand, until markets clear: what published codes do,
here with products of matrix and vector in place of arrays of shares. No acceleration, no derivatives. The powers are
the best of those tried for each world. Every loop is judged as the engine is, by its largest residual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hinterland.world.world import World

TOLERANCE = 1e-12
MOST_STEPS = 100_000


@dataclass(frozen=True)
class Plain:
    """What a plain loop found: factor costs, people where they move, steps of its outer loop, largest residual."""

    factor_hat_nj: np.ndarray
    steps: int
    residual: float
    people_hat_n: np.ndarray | None = None


def gravity(world: World, damping: float = 0.25) -> Plain:
    """One sector, people who stay: damped wages alone. Kernel times vector, never an array of shares."""
    kernel_ni = kernels(world)[0][0]
    added_n, theta = world.model.production.value_added_nj[:, 0], world.model.trade.trade_elasticity_j[0]
    productivity_n, wage_n = world.levers.productivity_hat_nj[:, 0], np.ones(len(added_n))
    for steps in range(1, MOST_STEPS):
        strength_n = (wage_n / productivity_n) ** -theta
        income_n = wage_n * added_n
        demand_n = strength_n * ((income_n / (kernel_ni @ strength_n)) @ kernel_ni) / income_n
        residual = np.max(np.abs(np.log(demand_n)))
        if residual < TOLERANCE:
            return Plain(wage_n[:, None], steps, residual)
        wage_n = wage_n * demand_n**damping
        wage_n *= added_n.sum() / (added_n @ wage_n)
    raise RuntimeError("the plain loop did not settle")


def gravities(world: World, productivity_hat_sn: np.ndarray, damping: float = 0.25) -> np.ndarray:
    """Many scenarios of `gravity` together, products of two matrices: wages (S, N) when the last one is solved."""
    kernel_ni = kernels(world)[0][0]
    added_n, theta = world.model.production.value_added_nj[:, 0], world.model.trade.trade_elasticity_j[0]
    wage_sn = np.ones_like(productivity_hat_sn)
    for _ in range(MOST_STEPS):
        strength_sn = (wage_sn / productivity_hat_sn) ** -theta
        income_sn = wage_sn * added_n
        demand_sn = strength_sn * ((income_sn / (strength_sn @ kernel_ni.T)) @ kernel_ni) / income_sn
        if np.max(np.abs(np.log(demand_sn))) < TOLERANCE:
            return wage_sn
        wage_sn = wage_sn * demand_sn**damping
        wage_sn *= added_n.sum() / (wage_sn @ added_n)[:, None]
    raise RuntimeError("the plain loop did not settle")


def sectors(world: World, damping: float) -> Plain:
    """Sectors that buy from each other, tariffs, fixed factors, a portfolio of rents: prices, spending, then wages.

    Prices and spending are settled inside each step of wages, from where they stood before.
    """
    production, inputs, final_nj = world.model.production, world.model.inputs, world.model.demand.final_share_nj
    kernel_jni, net_jni = kernels(world)
    theta_j, added_nj = world.model.trade.trade_elasticity_j, production.value_added_nj
    count = len(added_nj)
    one_wage = np.ones((count, 1), bool) if production.one_wage_n is None else production.one_wage_n[:, None] > 0
    fund_n = getattr(world.model.rents, "portfolio_share_n", None)
    given_n = getattr(world.model.rents, "contribution_share_n", 0.0)
    productivity_nj = world.levers.productivity_hat_nj
    log_better_nj = 0.0 if productivity_nj is None else np.log(productivity_nj)
    wage_nj, log_price_nj = np.ones_like(added_nj), np.zeros_like(added_nj)
    spending_nj = added_nj.sum(axis=1, keepdims=True) * final_nj
    for steps in range(1, MOST_STEPS):
        log_wage_nj = np.log(wage_nj)
        while True:  # prices
            log_inputs_nj = (log_price_nj[:, None, :] @ inputs.input_share_nkj)[:, 0]
            log_cost_nj = inputs.value_added_share_nj * log_wage_nj + log_inputs_nj - log_better_nj
            strength_nj = np.exp(-theta_j * log_cost_nj)
            market_nj = (kernel_jni @ strength_nj.T[:, :, None])[:, :, 0].T
            before_nj, log_price_nj = log_price_nj, -np.log(market_nj) / theta_j
            if np.max(np.abs(log_price_nj - before_nj)) < TOLERANCE / 10:
                break
        earned_nj = wage_nj * added_nj
        rent_n = (production.structures_share_nj * earned_nj).sum(axis=1)
        income_n = earned_nj.sum(axis=1)
        if fund_n is not None:
            income_n = income_n - given_n * rent_n + fund_n * (given_n * rent_n).sum()
        reaching_nj = (net_jni @ strength_nj.T[:, :, None])[:, :, 0].T / market_nj
        while True:  # spending
            per_market_jn = (spending_nj / market_nj).T
            revenue_nj = strength_nj * (per_market_jn[:, None, :] @ net_jni)[:, 0].T
            tariffs_n = (spending_nj * (1 - reaching_nj)).sum(axis=1)
            before_nj = spending_nj
            bought_nj = (inputs.input_share_nkj @ revenue_nj[:, :, None])[:, :, 0]
            spending_nj = (income_n + tariffs_n)[:, None] * final_nj + bought_nj
            if np.sum(np.abs(spending_nj - before_nj)) < TOLERANCE / 10 * np.sum(spending_nj):
                break
        sales_nj = inputs.income_share_nj * revenue_nj
        sales_nj *= earned_nj.sum() / sales_nj.sum()  # what published shares lack of adding up
        pooled_nj = sales_nj.sum(axis=1, keepdims=True) / earned_nj.sum(axis=1, keepdims=True)
        demand_nj = np.where(one_wage, pooled_nj, sales_nj / np.where(one_wage, 1.0, earned_nj))
        residual = np.max(np.abs(np.log(demand_nj)))
        if residual < TOLERANCE:
            return Plain(wage_nj, steps, residual)
        wage_nj = wage_nj * demand_nj**damping
        wage_nj *= added_nj.sum() / (added_nj * wage_nj).sum()
    raise RuntimeError("the plain loop did not settle")


def free_mobility(world: World, damping: float = 0.3, moving: float = 1.5) -> Plain:
    """People move to where utility is highest in their zone, varieties grow with them, homes are fixed: one loop."""
    kernel_ni, model = kernels(world)[0][0], world.model
    added_n, theta = model.production.value_added_nj[:, 0], model.trade.trade_elasticity_j[0]
    variety_n, worth_n = (model.productivity[0].agglomeration_elasticity_n, model.worth[0].amenity_n)
    goods_n, people_n, zone_n = model.housing.goods_share_n, model.people.people_n, model.people.zone_n
    wage_n, hat_n = np.ones_like(added_n), np.ones_like(added_n)
    zones = [zone_n == zone for zone in np.unique(zone_n)]
    for steps in range(1, MOST_STEPS):
        strength_n = (wage_n / hat_n**variety_n) ** -theta
        market_n = kernel_ni @ strength_n
        income_n = wage_n * hat_n * added_n
        demand_n = strength_n * ((income_n / market_n) @ kernel_ni) / income_n
        # Homes cost what residents spend on them, so rents rise with income.
        utility_n = worth_n * wage_n / (market_n ** (-goods_n / theta) * (wage_n * hat_n) ** (1 - goods_n))
        pull_n = np.empty_like(utility_n)
        for zone in zones:
            here_n = people_n[zone] * hat_n[zone]
            pull_n[zone] = utility_n[zone] / np.exp((here_n @ np.log(utility_n[zone])) / here_n.sum())
        residual = max(np.max(np.abs(np.log(demand_n))), np.max(np.abs(np.log(pull_n))))
        if residual < TOLERANCE:
            return Plain(wage_n[:, None], steps, residual, hat_n)
        wage_n, hat_n = wage_n * demand_n**damping, hat_n * pull_n**moving
        for zone in zones:
            hat_n[zone] *= people_n[zone].sum() / (people_n[zone] @ hat_n[zone])
        wage_n *= added_n.sum() / (added_n @ (wage_n * hat_n))
    raise RuntimeError("the plain loop did not settle")


def kernels(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Return base shares times the change of barriers, sector first, and the same net of tariffs."""
    share_nij, levers = world.model.trade.trade_share_nij, world.levers
    before_nij: Any = getattr(world.model.tariffs, "tariff_nij", None)
    if before_nij is None:
        kernel_jni = np.ascontiguousarray(share_nij.transpose(2, 0, 1))
        return kernel_jni, kernel_jni
    now_nij = before_nij if levers.tariff_nij is None else levers.tariff_nij
    kernel_nij = share_nij * ((1 + now_nij) / (1 + before_nij)) ** -world.model.trade.trade_elasticity_j
    moved = [np.ascontiguousarray(array.transpose(2, 0, 1)) for array in (kernel_nij, kernel_nij / (1 + now_nij))]
    return moved[0], moved[1]
