"""What any solution must satisfy, on every economy and every scenario of the box."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from tests import worlds

import hinterland as hl
from hinterland.data import box
from hinterland.economy import two_sector
from hinterland.economy.implied import migration_cost_gc, rebate_g, welfare_weight_g
from hinterland.model.model import pack, shapes, unpack
from hinterland.solve.precondition import prepared, start
from hinterland.world.of_economy import world_of

RETURNED = 1e-10  # what every base year must give back; china-2000, all in hats of its own, does so to 1e-13
INSTRUMENTS_ON = [  # of those that two sectors know; tests/identities/test_instruments.py has all 22 on china-2020
    hl.policies.HukouReform(cut=0.2),
    hl.policies.HukouReform(cut=0.2, moves="return_home"),
    hl.policies.HukouReform(to=["East"], cut=0.1, moves="across"),
    hl.policies.Transport(),
    hl.policies.MarketReform(to=["East", "Central"], cut=0.05),
    hl.policies.IndustrialBase(to=["Central"], gain=0.1, wedge=0.0),
    hl.policies.MeasuredChange(share=0.5),
    hl.policies.MeasuredChange(series="migration_cost_2000_2005"),
]


@pytest.mark.parametrize("name", list(box.economies()))
def test_zero_shock_returns_the_data(name: str):
    solved = hl.solve(hl.load(name))
    assert solved.certificate.worst < RETURNED
    for hat in solved.outcome[:4]:
        np.testing.assert_allclose(hat, 1.0, atol=RETURNED)
    np.testing.assert_allclose(solved.outcome.migration_share_gc, solved.economy.migration_share_gc, atol=1e-14)


@pytest.mark.parametrize("name", hl.presets())
def test_every_scenario_has_a_certificate(name: str):
    certificate = hl.solve(hl.apply(hl.read(name))).certificate
    assert certificate.passed
    assert set(certificate.residuals) >= {"factor", "price", "people", "rebate", "abroad", "numeraire"}
    assert max(certificate.residuals.values()) < 1e-12
    assert certificate.redundant_market < 1e-12
    assert max(certificate.identities.values()) < 1e-12


def test_every_instrument_at_once(china):
    assert hl.solve(hl.apply(hl.Scenario(china, INSTRUMENTS_ON))).certificate.worst < 1e-12


def looked_at(economy: hl.Economy, unknown):
    """The outcome and the gaps of every condition at a point."""
    base, _ = prepared(world_of(economy).model)
    return worlds.looked_at(unknown, base, world_of(economy).levers)


def away(economy: hl.Economy, seed: int) -> dict:
    """A point that is no equilibrium."""
    base, _ = prepared(world_of(economy).model)
    here = start(base)
    return unpack(here + np.random.default_rng(seed).normal(scale=0.05, size=here.size), base)


def test_the_left_out_market_is_not_solved_for_but_clears(china):
    """Away from equilibrium the value of all excess demands is zero: Walras's law, not the solver."""
    outcome, residuals = looked_at(china, away(china, 3))
    made = outcome.value_added_nj / world_of(china).model.inputs.income_share_nj
    excess = made * jnp.expm1(residuals.by_unknown["log_factor_nj"] + residuals.walras)
    assert abs(float(excess.sum())) < 1e-12 * float(made.sum())
    assert float(jnp.abs(excess).max()) > 1e-3


def test_nominal_values_are_homogeneous_of_degree_one(china):
    """Wages and prices in another currency leave every market, share and real income as it is."""
    here = away(china, 11)
    nominal = ("log_factor_nj", "log_price_nj")
    there = {name: value + 0.7 if name in nominal else value for name, value in here.items()}
    (first, gaps), (second, other_gaps) = (looked_at(china, point) for point in (here, there))
    assert set(gaps.by_unknown) == {"log_factor_nj", "log_price_nj", "log_people_c", "log_rebate_g", "log_abroad_nj"}
    for name, gap in gaps.by_unknown.items():
        np.testing.assert_allclose(gap, other_gaps.by_unknown[name], atol=1e-12)
    np.testing.assert_allclose(first.real_income_hat_c, second.real_income_hat_c, rtol=1e-12)


def test_the_solvers_vector_holds_every_unknown_once(china):
    base, _ = prepared(world_of(china).model)
    point = away(china, 5)
    assert list(point) == list(shapes(base))
    for name, value in unpack(pack(point, base), base).items():
        np.testing.assert_array_equal(value, point[name])


def test_income_production_and_expenditure_agree(china):
    par = two_sector.elasticities("china-2000")
    solved = hl.solve(hl.apply(hl.read("trade_2002_2007"))).solved.outcome
    value_added = solved.revenue_nj * (par.labour_share_j + par.land_share_j)
    final = solved.spending_nj - (solved.revenue_nj * (1 - par.labour_share_j - par.land_share_j)) @ par.input_share_jk
    np.testing.assert_allclose(final.sum(axis=1), value_added.sum(axis=1), rtol=1e-12)
    assert final.min() > 0


def test_implied_costs_rationalise_the_shares(china):
    """Feeding the implied costs and values through the logit gives the base-year shares back."""
    kappa = china.elasticity("migration_elasticity")
    value = np.tile(china.real_income_c, (60, 1))
    np.fill_diagonal(value, china.real_income_c * rebate_g(china))
    weight = (value / migration_cost_gc(china)) ** kappa
    np.testing.assert_allclose(weight / weight.sum(axis=1, keepdims=True), china.migration_share_gc, atol=1e-13)


def test_implied_costs_rationalise_the_shares_through_the_nest():
    """The same in two stages: cells inside a province with the inner elasticity, provinces with the outer."""
    economy = hl.load("china-2020")
    kappa, inner = economy.elasticity("migration_elasticity"), economy.elasticity("inner_elasticity")
    worth = economy.value_c[None, :] * (1 + economy.cells.stays_gc * (rebate_g(economy) - 1)[:, None])
    inside = (worth / migration_cost_gc(economy)) ** inner
    by_province = inside.reshape(len(inside), economy.cells.regions, -1)
    value = by_province.sum(axis=2) ** (kappa / inner)
    share = (
        by_province / by_province.sum(axis=2, keepdims=True) * (value / value.sum(axis=1, keepdims=True))[:, :, None]
    )
    np.testing.assert_allclose(share.reshape(inside.shape), economy.migration_share_gc, atol=1e-13)


def test_welfare_weights_add_up_to_one(china):
    assert welfare_weight_g(china).sum() == pytest.approx(1.0, abs=1e-14)
    assert welfare_weight_g(china).min() > 0
