"""Laws of the engine: relabelling, units, limits, size of a change."""

from __future__ import annotations

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import dual_transfer_2000

import hinterland as hl
from hinterland.data import box
from hinterland.economy import two_sector
from hinterland.economy.economy import Economy
from hinterland.model.trade import kernel_jni, log_price_nj, market_nj, strength_nj
from hinterland.model.trade import share_nij as share_after_nij
from hinterland.policy.combine import combined

THETA = jnp.array([4.0])


def published() -> two_sector.TwoSector:
    """The published arrays of china-2000."""
    return two_sector.read("china-2000", 2000, box.economy_arrays("china-2000"))


def in_order(order: np.ndarray) -> Economy:
    """The dual transfer of china-2000 with its provinces in another order: data and levers."""
    base, changed = published(), dual_transfer_2000()
    with_world = np.append(order, len(order))
    cell = (2 * order[:, None] + np.arange(2)).ravel()
    moved = dataclasses.replace(
        base,
        region_codes=tuple(base.region_codes[i] for i in with_world),
        trade_share_nij=base.trade_share_nij[np.ix_(with_world, with_world)],
        workers_nj=base.workers_nj[order],
        migration_share_gc=base.migration_share_gc[np.ix_(cell, cell)],
        real_income_nj=base.real_income_nj[order],
        measured={},
    ).economy()
    levers = changed.levers
    return moved.with_levers(
        trade_cost_hat_nij=levers.trade_cost_hat_nij[np.ix_(with_world, with_world)],
        productivity_hat_nj=levers.productivity_hat_nj[with_world],
        migration_cost_hat_gc=levers.migration_cost_hat_gc[np.ix_(cell, cell)],
        newcomer_cost_hat_gc=levers.newcomer_cost_hat_gc[np.ix_(cell, cell)],
        transfer_n=levers.transfer_n[with_world],
        amenity_hat_n=levers.amenity_hat_n[with_world],
    )


@settings(max_examples=4)
@given(st.permutations(range(30)))
def test_the_order_of_provinces_does_not_matter(order):
    order = np.array(order)
    cell = (2 * order[:, None] + np.arange(2)).ravel()
    plain, other = hl.solve(dual_transfer_2000()).outcome, hl.solve(in_order(order)).outcome
    np.testing.assert_allclose(other.labour_hat_nj[:-1], plain.labour_hat_nj[order], rtol=1e-10)
    np.testing.assert_allclose(other.real_income_hat_c, plain.real_income_hat_c[cell], rtol=1e-10)


@settings(max_examples=4)
@given(st.floats(min_value=1e-3, max_value=1e3))
def test_the_units_of_people_and_income_do_not_matter(factor):
    economy, base = dual_transfer_2000(), published()
    other = dataclasses.replace(
        base, workers_nj=base.workers_nj * factor, real_income_nj=base.real_income_nj / factor
    ).economy()
    scaled = dataclasses.replace(
        economy,
        arrays=economy.arrays | other.arrays,
        **{name: getattr(other, name) for name in ("value_c", "real_income_c")},
    )
    for first, second in zip(hl.solve(economy).outcome[:3], hl.solve(scaled).outcome[:3], strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-10)


@given(st.integers(min_value=0, max_value=4), st.floats(min_value=0.01, max_value=0.99), st.integers(0, 10**6))
def test_an_origin_split_in_alike_parts_leaves_prices_and_shares(which, part, seed):
    random = np.random.default_rng(seed)
    share = random.dirichlet(np.ones(5), size=5)[:, :, None]
    log_cost = jnp.asarray(random.normal(scale=0.2, size=(5, 1)))
    split = np.concatenate([share, share[:, [which]] * part], axis=1)
    split[:, which] *= 1 - part
    doubled = jnp.concatenate([log_cost, log_cost[which][None, :]])
    (price, whole), (other, parts) = traded(share, None, log_cost), traded(split, None, doubled)
    np.testing.assert_allclose(other, price, atol=1e-12)
    np.testing.assert_allclose(parts[:, which] + parts[:, 5], whole[:, which], rtol=1e-12)


def traded(share_nij, cost_hat_nij, log_cost_nj):
    """Log prices and shares of trade."""
    kernel, strength = kernel_jni(jnp.asarray(share_nij), cost_hat_nij, THETA), strength_nj(log_cost_nj, THETA)
    market = market_nj(kernel, strength)
    return log_price_nj(market, THETA), share_after_nij(kernel, strength, market)


@given(st.floats(min_value=1.0, max_value=1e6))
def test_trade_vanishes_as_its_cost_grows(cost):
    share = jnp.full((2, 2, 1), 0.5)
    hat = jnp.ones((2, 2, 1)).at[0, 1, 0].set(cost).at[1, 0, 0].set(cost)
    foreign = traded(share, hat, jnp.zeros((2, 1)))[1][0, 1, 0]
    assert float(foreign) == pytest.approx(cost**-4 / (1 + cost**-4), rel=1e-9)


def test_a_uniform_rise_of_productivity_raises_real_income_by_its_multiplier(china):
    """Productivity up everywhere, the world too: nobody moves, trade shares stay, prices over wages fall alike.

    With z in every sector, log P - log w solves x_j = -log z + (1 - beta_j - eta_j) sum_k gamma_jk x_k.
    """
    rise = 0.01
    hat = np.full_like(china.levers.productivity_hat_nj, 1 + rise)
    outcome = hl.solve(china.with_levers(productivity_hat_nj=hat)).outcome
    par = two_sector.elasticities("china-2000")
    materials = (1 - par.labour_share_j - par.land_share_j)[:, None] * par.input_share_jk
    log_price = np.linalg.solve(np.eye(2) - materials, np.full(2, -np.log1p(rise)))
    expected = np.exp(-par.goods_share * log_price @ par.final_share_j)
    np.testing.assert_allclose(outcome.labour_hat_nj, 1.0, atol=1e-10)
    np.testing.assert_allclose(outcome.real_income_hat_c, expected, rtol=1e-10)


def test_a_small_change_has_half_the_effect_of_one_twice_as_small(china):
    def effect(gain: float) -> np.ndarray:
        outcome = hl.solve(combined(china, [hl.policies.IndustrialBase(to=["West"], gain=gain, wedge=0.0)])).outcome
        return np.log(outcome.real_income_hat_c)

    np.testing.assert_allclose(effect(2e-5), 2 * effect(1e-5), rtol=1e-4, atol=1e-11)
