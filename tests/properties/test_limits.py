"""Blocks at their limits: immobile and footloose capital, homothetic tastes, autarky, grants, tariffs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import COUNT, SECTORS, all_arrays, mapped, random_arrays, random_world, shocked

import hinterland as hl
from hinterland.world.world import World

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=4)


@pytest.mark.parametrize("epsilon", [0.0, 1e-9])
def test_capital_that_does_not_answer_is_structures(epsilon):
    """With owners at home: a world without capital whose structures take its share as well. People may move."""
    arrays = random_arrays(1, "free", ("capital", "portfolio", "homes", "congestion"))
    for name in ("portfolio_share_n", "contribution_share_n"):  # rents of capital are not the portfolio's
        arrays.pop(name)
    arrays |= {"capital_elasticity": epsilon, "ownership_ni": np.eye(COUNT)}
    capital = {name: arrays[name] for name in arrays if "capital" in name or name == "ownership_ni"}
    fixed = {name: value for name, value in arrays.items() if name not in capital}
    fixed["structures_share_nj"] = arrays["structures_share_nj"] + capital["capital_share_nj"]
    hats = {"productivity_hat_nj": np.random.default_rng(1).lognormal(sigma=0.1, size=(COUNT, SECTORS))}
    first, second = (
        hl.solve(World.build(**given, balance="solve").with_levers(**hats)).outcome for given in (arrays, fixed)
    )
    for name in ("factor_hat_nj", "people_hat_n", "income_n", "utility_n"):
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), rtol=max(1e-11, 10 * epsilon))


@pytest.mark.parametrize("people", ["stay", "hukou"])
def test_capital_that_answers_at_once_earns_the_same_everywhere_in_its_pool(people):
    """Returns move alike, wedges included: d ln (wedge VA / K) is one number a pool, up to the order of 1/epsilon."""
    world = mapped(
        random_world(2, people, ("capital",)),
        lambda name, array: np.asarray(1e7) if name == "capital_elasticity" else array,
    )
    wedge = np.random.default_rng(2).lognormal(sigma=0.05, size=(COUNT, 1)).repeat(SECTORS, axis=1)
    solved = hl.solve(shocked(world, 2).with_levers(return_wedge_hat_nj=wedge))
    outcome, added = solved.outcome, world.model.production.value_added_nj
    growth = outcome.value_added_nj / added if people == "hukou" else region_growth(outcome, added)
    returns = np.log(wedge * growth) - outcome.log_capital_nj
    for pool in (1.0, 2.0):
        assert np.ptp(returns[world.model.capital.capital_pool_n == pool]) < 1e-6


def region_growth(outcome, added: np.ndarray) -> np.ndarray:
    """Where factors move between sectors, value added grows alike in all of a region."""
    return (outcome.value_added_nj.sum(axis=1) / added.sum(axis=1))[:, None].repeat(SECTORS, axis=1)


def test_a_place_where_capital_is_taxed_loses_it():
    world = shocked(random_world(3, "stay", ("capital",)), 3, size=0.0)
    base = hl.solve(world).outcome.log_capital_nj
    wedge = np.ones((COUNT, SECTORS))
    wedge[0] = 0.9
    taxed = hl.solve(world.with_levers(return_wedge_hat_nj=wedge)).outcome.log_capital_nj
    assert (taxed[0] < base[0]).all()
    assert (taxed[1] > base[1]).all()


def tastes(seed: int, sigma: float, elasticity: np.ndarray) -> World:
    world = random_world(seed, "stay", ("luxuries",))
    given = {"substitution_elasticity": np.asarray(sigma), "income_elasticity_j": elasticity}
    return mapped(world, lambda name, array: given.get(name, array))


@pytest.mark.parametrize("sigma", [0.5, 1.5])
@FEW
@given(SEEDS)
def test_tastes_whose_income_elasticities_are_one_are_homothetic(sigma, seed):
    """The index is that of constant elasticity of substitution, whatever income; shares follow prices alone."""
    outcome = hl.solve(shocked(world := tastes(seed, sigma, np.ones(SECTORS)), seed)).outcome
    weight = world.model.demand.final_share_nj * outcome.price_hat_nj ** (1 - sigma)
    np.testing.assert_allclose(outcome.price_hat_n, weight.sum(axis=1) ** (1 / (1 - sigma)), rtol=1e-11)
    share = outcome.final_nj / outcome.final_nj.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(share, weight / weight.sum(axis=1, keepdims=True), rtol=1e-10)


def test_near_one_substitution_is_cobb_douglas():
    """From both sides: off by the order of sigma - 1, and in the mean of both by its square."""
    below, above = (hl.solve(shocked(tastes(4, sigma, np.ones(SECTORS)), 4)).outcome for sigma in (0.999, 1.001))
    flat = hl.solve(shocked(tastes(4, 0.999, np.ones(SECTORS)).without("demand"), 4)).outcome
    for name in ("factor_hat_nj", "price_hat_n", "utility_n"):
        near, other, limit = (getattr(outcome, name) for outcome in (below, above, flat))
        np.testing.assert_allclose(near, limit, rtol=1e-4)
        np.testing.assert_allclose((near + other) / 2, limit, rtol=1e-7)


@pytest.mark.parametrize("sigma", [0.5, 1.5])
@FEW
@given(SEEDS)
def test_spending_grows_with_income_as_the_theory_says(sigma, seed):
    """Richer by a little with the same relative prices, spending on j grows by sigma + (1 - sigma) e_j / mean e.

    Comin, Lashkari and Mestieri (2021), eq. (6). With sigma under one the sector of the highest e is the luxury.
    """
    elasticity = np.array([0.6, 1.3])
    world = shocked(tastes(seed, sigma, elasticity), seed, size=0.0)
    rise = 1e-5
    hat = np.full((COUNT, SECTORS), 1 + rise)
    poor, rich = hl.solve(world).outcome, hl.solve(world.with_levers(productivity_hat_nj=hat)).outcome
    share = poor.final_nj / poor.final_nj.sum(axis=1, keepdims=True)
    expected = (1 - sigma) * (elasticity / (share @ elasticity)[:, None] - 1)
    fixed_prices = np.log(rich.final_nj / poor.final_nj) / rise
    # Prices of the sectors follow the change of demand only at the second order of the difference in shares.
    relative = np.log(rich.price_hat_nj / poor.price_hat_nj) / rise
    substituted = (1 - sigma) * (relative - (share * relative).sum(axis=1, keepdims=True))
    income = np.log(rich.income_n / poor.income_n) / rise - (share * relative).sum(axis=1)
    engel = expected * income[:, None]
    own = np.log(rich.income_n / poor.income_n) / rise
    np.testing.assert_allclose(fixed_prices - own[:, None] - substituted, engel, atol=2e-5)
    if sigma < 1:
        gain = rich.final_nj / rich.final_nj.sum(axis=1, keepdims=True) - share
        assert (gain[:, 1] > 0).all()


def test_grants_move_services_and_people_after_them():
    world = shocked(random_world(6, "free", ("budgets", "congestion")), 6, size=0.0)
    world = mapped(world, lambda name, array: np.full(COUNT, 0.2) if name == "service_elasticity_n" else array)
    grant = world.model.government.grant_share_n
    more = np.append(grant[0] + 0.1, grant[1:] - 0.1 * grant[1:] / grant[1:].sum())
    base, outcome = hl.solve(world).outcome, hl.solve(world.with_levers(grant_share_n=more)).outcome
    assert outcome.blocks["services_n"][0] > base.blocks["services_n"][0]
    assert (outcome.blocks["services_n"][1:] < base.blocks["services_n"][1:]).all()
    assert outcome.people_hat_n[0] > base.people_hat_n[0]


def test_autarky_is_the_limit_for_every_block_that_stays_at_home():
    """Costs without end: everybody buys at home, and with inputs, homes and tastes real income is that of autarky."""
    world = random_world(7, "stay", ("inputs", "homes", "luxuries"))
    barrier = np.where(np.eye(COUNT)[:, :, None] > 0, 1.0, 1e5) * np.ones(SECTORS)
    far = hl.solve(world.with_levers(trade_cost_hat_nij=barrier))
    own = np.diagonal(far.trade_share_nij, axis1=0, axis2=1)
    np.testing.assert_allclose(own, 1.0, atol=1e-10)
    np.testing.assert_allclose(far.outcome.revenue_nj, far.outcome.spending_nj, rtol=1e-9)
    arrays = all_arrays(world)
    home = np.diagonal(arrays["trade_share_nij"], axis1=0, axis2=1).T
    inside = np.einsum("nkj,nk->nj", arrays["input_share_nkj"], np.log(far.outcome.price_hat_nj))
    cost = arrays["value_added_share_nj"] * np.log(far.outcome.factor_hat_nj) + inside
    price = cost - np.log(home) / arrays["trade_elasticity_j"]
    np.testing.assert_allclose(np.log(far.outcome.price_hat_nj), price, atol=1e-9)
