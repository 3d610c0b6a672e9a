"""Blocks of the model, solved by hand."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from hinterland.economy.two_sector import Elasticities, balanced_revenue
from hinterland.model.cells import Cells
from hinterland.model.demand import NonHomotheticCES
from hinterland.model.government import Budgets
from hinterland.model.housing import Homes, NoHomes
from hinterland.model.income import Portfolio, Transfers
from hinterland.model.levers import Levers
from hinterland.model.mobility import HukouGroups
from hinterland.model.people import Market
from hinterland.model.production import Inputs, log_capacity_hat_nj
from hinterland.model.tariffs import Tariffs
from hinterland.model.trade import kernel_jni, log_price_nj, market_nj, share_nij, sold_nj, strength_nj

ONE = jnp.array([1.0])
FULL = jnp.array([[1.0]])


def one_sector(labour: float, land: float, goods: float = 0.5) -> Elasticities:
    return Elasticities(*(np.asarray(value, float) for value in (4.0, 1.5, goods, [1.0], [labour], [land], [[1.0]])))


def groups(share_gc: np.ndarray, size_g: list[float], kappa: float = 1.0) -> HukouGroups:
    """One residence and one sector: cells are regions."""
    return HukouGroups(
        jnp.asarray(share_gc), jnp.asarray(size_g), kappa, kappa, jnp.ones((1, 1)), jnp.ones((1, 1)), jnp.ones(1)
    )


def test_doubled_trade_cost_with_theta_one_halves_the_weight_of_the_other():
    cost = jnp.array([[[1.0], [2.0]], [[2.0], [1.0]]])
    kernel = kernel_jni(jnp.full((2, 2, 1), 0.5), cost, ONE)
    strength = strength_nj(jnp.zeros((2, 1)), ONE)
    market = market_nj(kernel, strength)
    assert jnp.exp(log_price_nj(market, ONE))[0, 0] == pytest.approx(1 / 0.75)
    assert share_nij(kernel, strength, market)[0, 1, 0] == pytest.approx(1 / 3)


def test_cost_of_labour_and_land_moves_with_wage_and_workers():
    # beta = eta = 1/4, materials 1/2: (w)^(1/2) (L)^(1/4) (P)^(1/2) / z with w = 4, L = 16, P = 9, z = 2.
    # Half of value added is labour: 16 workers are 4 bundles; they earn w L = 64, a bundle 16.
    bundles = jnp.exp(log_capacity_hat_nj(jnp.log(16.0) * FULL, FULL / 2, jnp.zeros((1, 1)), jnp.zeros((1, 1))))
    assert bundles[0, 0] == pytest.approx(4.0)
    inputs = Inputs(FULL / 2, FULL / 2, FULL[:, :, None] / 2)
    log_cost = inputs.log_unit_cost_nj(jnp.log(4 * 16 / bundles), jnp.log(9.0) * FULL)
    assert jnp.exp(log_cost)[0, 0] / 2 == pytest.approx(2 * 2 * 3 / 2)


def test_spending_is_final_demand_and_materials():
    # Revenue 10; half of it is value added and is spent on the good, half buys materials.
    inputs = Inputs(FULL / 2, FULL / 2, FULL[:, :, None] / 2)
    revenue = jnp.array([[10.0]])
    assert inputs.earned_nj(revenue)[0, 0] == pytest.approx(5.0)
    assert inputs.bought_nj(revenue)[0, 0] == pytest.approx(5.0)
    assert inputs.revenue_nj(jnp.array([[5.0]]))[0, 0] == pytest.approx(10.0)
    assert sold_nj(FULL[None], FULL, FULL, revenue)[0, 0] == pytest.approx(10.0)


def test_rents_of_all_are_shared_by_portfolio_and_transfers_are_received():
    # Value added 10 and 30, half of the second's is rent: 15 shared 1:2; a transfer of 2.
    portfolio = Portfolio(jnp.ones(2), jnp.array([1 / 3, 2 / 3]))
    given = portfolio.given_n(jnp.array([0.0, 15.0]), jnp.ones(2))
    np.testing.assert_allclose(given, [5.0, 10.0 - 15.0])
    transfers = Transfers(jnp.array([2.0, -2.0]))
    np.testing.assert_allclose(transfers.received_n(Levers()), [2.0, -2.0])
    np.testing.assert_allclose(transfers.received_n(Levers(transfer_n=jnp.array([1.0, -1.0]))), [1.0, -1.0])


def test_people_carry_their_share_of_the_fund_along():
    # Equal owners of 12; people of the first double: they own two thirds.
    portfolio = Portfolio(jnp.array([0.0, 1.0]), jnp.array([0.5, 0.5]))
    np.testing.assert_allclose(portfolio.given_n(jnp.array([7.0, 12.0]), jnp.array([2.0, 1.0])), [8.0, 4.0 - 12.0])


def test_tariff_revenue_by_hand():
    # A rate of 1/4 on spending of 10 of which half is foreign: 10 * 1/2 / 1.25 * 0.25; half of 4 untaxed.
    whole, net = jnp.array([[2.0], [3.0]]), jnp.array([[1.0 + 1.0 / 1.25], [3.0]])
    tariffs = Tariffs(jnp.zeros((2, 2, 1)))
    np.testing.assert_allclose(tariffs.revenue_n(jnp.array([[10.0], [4.0]]), whole, net), [1.0, 0.0])


def test_markets_and_sales_without_forming_shares():
    kernel = jnp.array([[[0.5, 0.5], [0.2, 0.8]]])
    strength, spending = jnp.array([[1.0], [3.0]]), jnp.array([[10.0], [26.0]])
    market = market_nj(kernel, strength)
    np.testing.assert_allclose(market, [[2.0], [2.6]])
    # n = 1 spends 10: 1/4 on 1, 3/4 on 2; n = 2 spends 26: 0.2/2.6 on 1, the rest on 2.
    np.testing.assert_allclose(sold_nj(kernel, strength, market, spending), [[2.5 + 2.0], [7.5 + 24.0]])


def test_real_income_falls_with_rent_where_workers_come():
    # alpha = 1/2, w = 1, P = 4, L = 9 in fixed homes: V = 1 / (4^(1/2) 9^(1/2)).
    homes = Homes(ONE / 2, 0 * ONE, ONE)
    price = jnp.log(4 * ONE)
    living = homes.log_living_cost_n(price, homes.log_rent_n(jnp.log(9 * ONE), price))
    assert jnp.exp(-living)[0] == pytest.approx(1 / 6)


def test_homes_that_are_built_of_goods_cost_less_where_goods_do():
    # Spending doubles, delta = 1: nominal supply takes half of the log; with goods at 1/2 the other half is P too.
    spent, price = jnp.log(2 * ONE), jnp.log(ONE / 2)
    assert jnp.exp(Homes(ONE, ONE, 0 * ONE).log_rent_n(spent, price))[0] == pytest.approx(2**0.5)
    assert jnp.exp(Homes(ONE, ONE, ONE).log_rent_n(spent, price))[0] == pytest.approx(1.0)


def test_services_are_own_taxes_and_a_grant():
    # Incomes 10 and 30; local 10 %, central 20 %; the centre's 8 go 3:1. Private: 7 and 21.
    rates = (jnp.full(2, 0.1), jnp.full(2, 0.2), jnp.array([0.75, 0.25]))
    budgets, income = Budgets(*rates, jnp.zeros(2)), jnp.array([10.0, 30.0])
    np.testing.assert_allclose(budgets.public_n(rates, income), [1 + 6, 3 + 2])
    np.testing.assert_allclose(budgets.spent_n(income, Levers()), [7 + 7, 21 + 5])


def test_shares_of_richer_consumers_by_hand():
    # sigma = 1/2, C = e^2, elasticities 1 and 2: weights 1/2 e^1 and 1/2 e^2; expense (their sum)^2.
    tastes = NonHomotheticCES(jnp.array([[0.5, 0.5]]), jnp.array([1.0, 2.0]), jnp.asarray(0.5))
    unknown, prices = {"log_consumption_n": jnp.array([2.0])}, jnp.zeros((1, 2))
    np.testing.assert_allclose(tastes.share_nj(unknown, prices), [[1 / (1 + np.e), np.e / (1 + np.e)]])
    expense = (np.e / 2 + np.e**2 / 2) ** 2
    np.testing.assert_allclose(tastes.log_consumer_price_n(unknown, prices), np.log(expense) - 2)


def test_rents_of_a_cell_are_those_of_land_and_of_homes():
    # alpha = 1/2, beta = 1/2, eta = 1/4: rent per wage (1/4 + 1/4) / (1/4) = 2; four work.
    one = np.array([1.0])
    wage, land = 0.5 * one / 4, 0.25 * one  # four workers earn half of output, land a quarter; two of them stay
    _, homes = Cells(1, 1, 1, 1).homes(4 * one, wage, land, 0.75 * one, 0.5 * one, 0 * one)
    assert homes[0] + land[0] == pytest.approx(2 * 4 * wage[0])


def test_rents_by_pool_are_the_same_in_the_block():
    # Two regions; in each 4 work, of whom 2 are at home. Wages earn 2/3 of value added, 6; all of it is spent on goods.
    block = groups(np.full((2, 2), 0.5), [4.0, 4.0])
    market = Market(jnp.full((2, 1), 4.0), jnp.full((2, 1), 2.0), jnp.full(2, 6.0), jnp.zeros(2), jnp.zeros(2))
    homes = Homes(jnp.full(2, 0.5), jnp.zeros(2), jnp.ones(2))
    spent, rebate, rents = block.rents(block.people_c, block.migration_share_gc, homes, market, jnp.zeros(2))
    np.testing.assert_allclose(spent, 6.0)
    np.testing.assert_allclose(rents, 6.0 + 2.0)
    np.testing.assert_allclose(rebate, 1 + (6.0 + 2.0) / 2.0)
    _, land_only, _ = block.rents(block.people_c, block.migration_share_gc, NoHomes(), market, jnp.zeros(2))
    np.testing.assert_allclose(land_only, 1 + 2.0 / 2.0)


def test_people_move_where_value_doubles():
    base = jnp.full((2, 2), 0.5)
    moved, welfare = groups(base, [1.0, 1.0]).share_gc(base, jnp.log(jnp.array([1.0, 2.0])), jnp.zeros(2))
    np.testing.assert_allclose(moved, [[1 / 3, 2 / 3], [1 / 3, 2 / 3]])
    np.testing.assert_allclose(welfare, 1.5)


def test_a_cost_that_rises_with_value_keeps_people_where_they_are():
    base = jnp.array([[0.9, 0.1], [0.2, 0.8]])
    cost = jnp.array([[1.0, 2.0], [0.5, 1.0]])
    block, market = groups(base, [1.0, 1.0], kappa=1.5), Market(FULL, FULL, ONE, ONE, ONE)
    market = market._replace(labour_income_nj=jnp.ones((2, 1)), land_income_nj=jnp.zeros((2, 1)), income_n=jnp.ones(2))
    kernel, *_ = block.kernel(Levers(migration_cost_hat_gc=cost), NoHomes(), market)
    # Values 1 and 2 over costs 1 and 2, or 1/2 and 1: everybody gains alike from every cell.
    moved, _ = block.share_gc(kernel, jnp.log(jnp.array([1.0, 2.0])), jnp.zeros(2))
    np.testing.assert_allclose(moved, base, atol=1e-15)


def test_two_alike_regions_earn_the_same():
    share = np.full((2, 2, 1), 0.5)
    revenue = balanced_revenue(share, one_sector(0.4, 0.1))
    np.testing.assert_allclose(revenue, [[2.0], [2.0]])  # value added is half of revenue, foreign income is one
