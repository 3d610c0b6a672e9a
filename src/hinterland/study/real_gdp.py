"""Real GDP by expenditure, and the goods that are no longer lost on the way.

Quantities are valued at prices of the base year and of the outcome, and the two are averaged as Fisher did. A tax that
buys what those who pay would have bought moves no quantity, so it moves no real GDP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import BoolArray, FloatArray
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.model.evaluate import Outcome
from hinterland.model.model import Model
from hinterland.world.circuit import base_circuit
from hinterland.world.of_economy import model_of


class Flows(NamedTuple):
    """What is spent and sold, in the currency of the economy, and what it costs over the base year."""

    final_nj: FloatArray  # spending that is no input, of private and public buyers
    sold_nij: FloatArray  # to n from i, as the seller gets it
    price_hat_nj: FloatArray  # of the buyer
    cost_hat_nj: FloatArray  # of the seller
    iceberg_hat_nij: Any = 1.0  # goods that have to leave for one to arrive


@kept(BASE_YEARS)
def base_flows(economy: Economy) -> Flows:
    """Return the flows of the base year."""
    model = model_of(economy)
    circuit, same_nj = base_circuit(model), np.ones_like(model.production.value_added_nj)
    sold_nij = before_tariffs_nij(model, None) * model.trade.trade_share_nij * circuit.spending_nj[:, None]
    return Flows(circuit.final_nj, np.asarray(sold_nij), same_nj, same_nj)


def flows_in(economy: Economy, outcome: Outcome) -> Flows:
    """Return the flows of an outcome of the economy's world."""
    model, levers = model_of(economy), economy.levers
    theta_j, barrier = model.trade.trade_elasticity_j, model.tariffs.barrier_hat_nij(levers)
    kernel = model.trade.trade_share_nij if barrier is None else model.trade.trade_share_nij * barrier**-theta_j
    strength_nj, spending_nj = np.asarray(outcome.strength_nj), np.asarray(outcome.spending_nj)
    sold_nij = kernel * strength_nj[None] * (spending_nj / np.asarray(outcome.market_nj))[:, None]
    sold_nij = sold_nij * before_tariffs_nij(model, levers.tariff_nij)
    cost_hat_nj = strength_nj ** (-1 / theta_j)
    iceberg = 1.0 if levers.trade_cost_hat_nij is None else levers.trade_cost_hat_nij
    return Flows(np.asarray(outcome.final_nj), sold_nij, np.asarray(outcome.price_hat_nj), cost_hat_nj, iceberg)


def before_tariffs_nij(model: Model, tariff_nij: Any) -> Any:
    """Return the part of what is paid that reaches the seller."""
    known = getattr(model.tariffs, "tariff_nij", 0.0) if tariff_nij is None else tariff_nij
    return 1 / (1 + np.asarray(known))


def expenditure(flows: Flows, chosen_n: BoolArray, price_nj: Any, cost_nj: Any) -> Any:
    """Return final spending, plus what is sold to others, less what is bought of them, each over its own price."""
    final_n, sold_ni = (flows.final_nj / price_nj).sum(axis=1), (flows.sold_nij / cost_nj).sum(axis=2)
    ours_n, others_n = chosen_n.astype(float), (~chosen_n).astype(float)
    exports, imports = ((to_n @ sold_ni * of_n).sum(axis=-1) for to_n, of_n in ((others_n, ours_n), (ours_n, others_n)))
    return ours_n @ final_n + exports - imports


def real_gdp(before: Flows, after: Flows, chosen_n: BoolArray) -> Any:
    r"""Return GDP of some regions at prices of the base year, in the currency of the economy; (P,) of masks (P, N).

    .. math:: Y_0 \sqrt{\frac{\sum F_1/\hat P + X_1/\hat c - M_1/\hat c}{Y_0}
              \cdot \frac{Y_1}{\sum F_0 \hat P + X_0 \hat c - M_0 \hat c}}

    with F final spending at the buyer's price P, and exports X and imports M at the unit cost c of the seller.
    Source: System of National Accounts (2008), chapter 15 [sna2008]. Departure: none.
    """
    return fisher(before, after, lambda flows, *prices: expenditure(flows, chosen_n, *prices))


def real_spending(before: Flows, after: Flows, chosen_n: BoolArray) -> float:
    """Return final spending of some regions at prices of the base year, in the currency of the economy."""
    return float(fisher(before, after, lambda flows, price_nj, _: (flows.final_nj / price_nj)[chosen_n].sum()))


def fisher(before: Flows, after: Flows, valued: Callable[[Flows, FloatArray, FloatArray], Any]) -> Any:
    """Return a value at prices of the base year, by the mean of the indices at prices before and after."""
    one_nj, prices = np.ones_like(after.price_hat_nj), (after.price_hat_nj, after.cost_hat_nj)
    base, now = valued(before, one_nj, one_nj), valued(after, one_nj, one_nj)
    laspeyres = valued(after, *prices) / base
    paasche = now / valued(before, *(1 / price for price in prices))
    return base * np.sqrt(laspeyres * paasche)


def goods_saved(before: Flows, after: Flows, chosen_n: BoolArray) -> Any:
    r"""Return the goods that lower iceberg costs save buyers in some regions, at prices of the base year; also (P,).

    .. math:: \tfrac12 \sum_{n,i,j} [V^0_{nij} (1 - \hat d_{nij}) + V^1_{nij} / \hat c_{ij} (1/\hat d_{nij} - 1)]

    What was delivered needs less to leave, and so does what is delivered now: the mean of both. They are in real GDP by
    expenditure, and in no account of what factors produce.
    """
    hat, now_nij = after.iceberg_hat_nij, after.sold_nij / after.cost_hat_nj
    saved_nij = before.sold_nij * (1 - hat) + now_nij * (1 / hat - 1)
    return chosen_n @ saved_nij.sum(axis=(1, 2)) / 2
