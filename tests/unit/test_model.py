"""Blocks of the model, solved by hand."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from hinterland.economy import Elasticities, balanced_revenue, rebate_nj
from hinterland.model.goods import sales_nj, spending_nj
from hinterland.model.housing import real_income_hat_nj
from hinterland.model.income import income_n, tariff_revenue_n
from hinterland.model.mobility import share_gc
from hinterland.model.production import factor_bundle_hat, unit_cost_hat
from hinterland.model.trade import kernel_nij, market_nj, price_hat_nj, share_nij, sold_nj, weight_nij

ONE = jnp.array([1.0])
FULL = jnp.array([[1.0]])


def one_sector(labour: float, land: float, goods: float = 0.5) -> Elasticities:
    return Elasticities(*(np.asarray(value, float) for value in (4.0, 1.5, goods, [1.0], [labour], [land], [[1.0]])))


def test_doubled_trade_cost_with_theta_one_halves_the_weight_of_the_other():
    cost = jnp.array([[[1.0], [2.0]], [[2.0], [1.0]]])
    weight = weight_nij(kernel_nij(jnp.full((2, 2, 1), 0.5), cost, ONE), jnp.ones((2, 1)), ONE)
    assert price_hat_nj(weight, ONE)[0, 0] == pytest.approx(1 / 0.75)
    assert share_nij(weight)[0, 1, 0] == pytest.approx(1 / 3)


def test_cost_of_labour_and_land_moves_with_wage_and_workers():
    # beta = eta = 1/4, materials 1/2: (w)^(1/2) (L)^(1/4) (P)^(1/2) / z with w = 4, L = 16, P = 9, z = 2.
    factor = factor_bundle_hat(jnp.array([[4.0]]), jnp.array([[16.0]]), FULL / 2)
    cost = unit_cost_hat(factor, jnp.array([[9.0]]), jnp.array([[2.0]]), FULL / 2, FULL[:, :, None] / 2)
    assert cost[0, 0] == pytest.approx(2 * 2 * 3 / 2)


def test_spending_is_final_demand_and_materials():
    # Revenue 10; half of it is value added and is spent on the good, half buys materials.
    spending = spending_nj(jnp.array([5.0]), jnp.array([[10.0]]), FULL, FULL[:, :, None] / 2)
    assert spending[0, 0] == pytest.approx(10.0)
    assert sales_nj(jnp.ones((1, 1, 1)), spending)[0, 0] == pytest.approx(10.0)


def test_rents_of_all_are_shared_by_portfolio_and_tariffs_stay_at_home():
    # Value added 10 and 30, half of the second's is rent: 15 shared 1:2; tariffs 1 and 0; a transfer of 2.
    income = income_n(
        jnp.array([[10.0], [30.0]]),
        jnp.array([[0.0], [0.5]]),
        jnp.ones(2),
        jnp.array([1 / 3, 2 / 3]),
        jnp.array([1.0, 0.0]),
        jnp.array([2.0, -2.0]),
    )
    np.testing.assert_allclose(income, [10 + 5 + 1 + 2, 15 + 10 - 2])


def test_tariff_revenue_by_hand():
    # A rate of 1/4 on spending of 10 of which half is foreign: 10 * 1/2 / 1.25 * 0.25; half of 4 untaxed.
    whole, net = jnp.array([[2.0], [3.0]]), jnp.array([[1.0 + 1.0 / 1.25], [3.0]])
    np.testing.assert_allclose(tariff_revenue_n(jnp.array([[10.0], [4.0]]), whole, net), [1.0, 0.0])


def test_markets_and_sales_without_forming_shares():
    kernel = jnp.array([[[0.5, 0.5], [0.2, 0.8]]])
    strength, spending = jnp.array([[1.0], [3.0]]), jnp.array([[10.0], [26.0]])
    market = market_nj(kernel, strength)
    np.testing.assert_allclose(market, [[2.0], [2.6]])
    # n = 1 spends 10: 1/4 on 1, 3/4 on 2; n = 2 spends 26: 0.2/2.6 on 1, the rest on 2.
    np.testing.assert_allclose(sold_nj(kernel, strength, market, spending), [[2.5 + 2.0], [7.5 + 24.0]])


def test_real_income_falls_with_rent_where_workers_come():
    # alpha = 1/2, w = 1, P = 4, L = 9: V = 1 / (4^(1/2) 9^(1/2)).
    value = real_income_hat_nj(jnp.ones((1, 1)), jnp.array([[4.0]]), jnp.array([[9.0]]), jnp.array(0.5), ONE)
    assert value[0, 0] == pytest.approx(1 / 6)


def test_rents_of_a_cell_are_shared_among_its_stayers():
    # alpha = 1/2, beta = 1/2, eta = 1/4: rent per wage (1/4 + 1/4) / (1/4) = 2; twice as many workers as stayers.
    rebate = rebate_nj(np.array([[4.0]]), np.array([[2.0]]), one_sector(0.5, 0.25))
    assert rebate[0, 0] == pytest.approx(1 + 2 * 2)


def test_people_move_where_value_doubles():
    base = jnp.array([[0.5, 0.5], [0.5, 0.5]])
    moved = share_gc(base, jnp.array([1.0, 2.0]), jnp.ones((2, 2)), jnp.ones(2), jnp.array(1.0))
    np.testing.assert_allclose(moved, [[1 / 3, 2 / 3], [1 / 3, 2 / 3]])


def test_a_cost_that_rises_with_value_keeps_people_where_they_are():
    base = jnp.array([[0.9, 0.1], [0.2, 0.8]])
    cost = jnp.array([[1.0, 2.0], [0.5, 1.0]])
    moved = share_gc(base, jnp.array([1.0, 2.0]), cost, jnp.ones(2), jnp.array(1.5))
    np.testing.assert_allclose(moved, base, atol=1e-15)


def test_two_alike_regions_earn_the_same():
    share = np.full((2, 2, 1), 0.5)
    revenue = balanced_revenue(share, one_sector(0.4, 0.1))
    np.testing.assert_allclose(revenue, [[2.0], [2.0]])  # value added is half of revenue, foreign income is one
