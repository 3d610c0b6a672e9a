"""What any solution must satisfy, on every economy and every scenario of the box."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

import hinterland as hl
from hinterland.data import box
from hinterland.model.model import evaluate, unpack
from hinterland.solve.static import prepared

INSTRUMENTS_ON = [
    hl.policies.HukouReform(cut=0.2),
    hl.policies.HukouReform(cut=0.2, moves="return_home"),
    hl.policies.HukouReform(to=["East"], cut=0.1, moves="across"),
    hl.policies.Transport(cut=0.05),
    hl.policies.IndustrialBase(gain=0.1),
    hl.policies.MeasuredChange(share=0.5),
    hl.policies.MeasuredChange(series="migration_cost_2000_2005"),
]


@pytest.mark.parametrize("name", list(box.economies()))
def test_zero_shock_returns_the_data(name: str):
    solved = hl.solve(hl.load(name))
    assert solved.certificate.worst < 1e-13
    for hat in solved.outcome[:3]:
        np.testing.assert_allclose(hat, 1.0, atol=1e-13)
    np.testing.assert_allclose(solved.outcome.migration_share_gc, solved.economy.migration_share_gc, atol=1e-14)


@pytest.mark.parametrize("name", hl.presets())
def test_every_scenario_has_a_certificate(name: str):
    certificate = hl.solve(hl.read(name).applied()).certificate
    assert certificate.passed
    assert set(certificate.residuals) == {"goods", "price", "labour", "stayers", "foreign"}
    assert max(certificate.residuals.values()) < 1e-12
    assert certificate.redundant_market < 1e-12
    assert max(certificate.identities.values()) < 1e-12


def test_every_instrument_at_once(china):
    assert hl.solve(hl.Scenario(china, INSTRUMENTS_ON).applied()).certificate.worst < 1e-12


def test_the_left_out_market_is_not_solved_for_but_clears(china):
    """Away from equilibrium the value of all excess demands is zero: Walras's law, not the solver."""
    base, _ = prepared(china)
    away = unpack(jnp.asarray(np.random.default_rng(3).normal(scale=0.05, size=246)), base)
    outcome, residuals = evaluate(away, base, china.levers)
    excess = outcome.revenue_nj * jnp.expm1(residuals.goods_nj)
    assert abs(float(excess.sum())) < 1e-12 * float(outcome.revenue_nj.sum())
    assert float(jnp.abs(excess).max()) > 1e-3


def test_nominal_values_are_homogeneous_of_degree_one(china):
    """Wages and prices in another currency leave every market, share and real income as it is."""
    base, _ = prepared(china)
    random = np.random.default_rng(11)
    here = unpack(jnp.asarray(random.normal(scale=0.05, size=246)), base)
    there = here._replace(wage_nj=here.wage_nj + 0.7, price_nj=here.price_nj + 0.7)
    (first, gaps), (second, other_gaps) = (evaluate(point, base, china.levers) for point in (here, there))
    for name in ("goods_nj", "price_nj", "labour_nj", "stayers_g"):
        np.testing.assert_allclose(getattr(gaps, name), getattr(other_gaps, name), atol=1e-12)
    np.testing.assert_allclose(first.real_income_hat_nj, second.real_income_hat_nj, rtol=1e-12)


def test_income_production_and_expenditure_agree(china):
    outcome = hl.solve(hl.read("trade_2002_2007").applied()).outcome
    par = china.elasticities
    value_added = outcome.revenue_nj * (par.labour_share_j + par.land_share_j)
    final = (
        outcome.spending_nj - (outcome.revenue_nj * (1 - par.labour_share_j - par.land_share_j)) @ par.input_share_jk
    )
    np.testing.assert_allclose(final.sum(axis=1), value_added.sum(axis=1), rtol=1e-12)
    assert final.min() > 0


def test_implied_costs_rationalise_the_shares(china):
    """Feeding the implied costs and values through the logit gives the base-year shares back."""
    kappa = float(china.elasticities.migration_elasticity)
    value = np.tile(china.real_income_nj.ravel(), (60, 1))
    np.fill_diagonal(value, china.real_income_nj.ravel() * china.rebate_g)
    weight = (value / china.migration_cost_gc) ** kappa
    np.testing.assert_allclose(weight / weight.sum(axis=1, keepdims=True), china.migration_share_gc, atol=1e-13)


def test_welfare_weights_add_up_to_one(china):
    assert china.welfare_weight_g.sum() == pytest.approx(1.0, abs=1e-14)
    assert china.welfare_weight_g.min() > 0
