"""Laws of a world on random data: trade, inputs, tariffs, transfers, portfolio; nobody moves, or all do freely."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import all_arrays

import hinterland as hl
from hinterland.model.levers import Levers
from hinterland.world.assemble import chosen_model
from hinterland.world.world import World

SEEDS = st.integers(min_value=0, max_value=10**6)
EVERY_BLOCK = settings(max_examples=8)


def random_world(seed: int, count: int = 4, sectors: int = 3, mobile: bool = False) -> World:
    """A world of trade with a shock to all of it; `mobile`: people move within two zones, one stays."""
    random = np.random.default_rng(seed)
    share = random.dirichlet(np.full(count, 2.0), size=(sectors, count)).transpose(1, 2, 0)
    added_share = random.uniform(0.3, 0.7, size=(count, sectors))
    inputs = random.dirichlet(np.full(sectors, 3.0), size=(count, sectors)).transpose(0, 2, 1)
    tariff = random.uniform(0.0, 0.3, size=(count, count, sectors)) * (1 - np.eye(count))[:, :, None]
    transfer = random.normal(scale=0.02, size=count)
    return World.build(
        share,
        random.uniform(0.5, 2.0, size=(count, sectors)),
        random.uniform(2.0, 8.0, size=sectors),
        tariff_nij=tariff,
        value_added_share_nj=added_share,
        input_share_nkj=inputs * (1 - added_share)[:, None, :],
        final_share_nj=random.dirichlet(np.full(sectors, 3.0), size=count),
        **({} if mobile else {"structures_share_nj": random.uniform(0.1, 0.5, size=(count, sectors))}),
        portfolio_share_n=random.dirichlet(np.full(count, 3.0)),
        **({} if mobile else {"one_wage_n": (np.arange(count) % 2).astype(float)}),
        **(moving(random, count, sectors) if mobile else {}),
        transfer_n=transfer - transfer.mean(),
        balance="solve",
    ).with_levers(
        trade_cost_hat_nij=random.lognormal(sigma=0.1, size=share.shape),
        productivity_hat_nj=random.lognormal(sigma=0.1, size=(count, sectors)),
        tariff_nij=tariff * random.uniform(0, 1, size=tariff.shape),
    )


def moving(random: np.random.Generator, count: int, sectors: int) -> dict[str, np.ndarray]:
    """Free mobility with structures, homes, density and a portfolio that takes part of the rents."""
    return {
        "structures_share_nj": np.repeat(random.uniform(0.1, 0.4, size=(count, 1)), sectors, axis=1),
        "contribution_share_n": random.uniform(0.2, 0.9, size=count),
        "people_n": random.uniform(0.5, 2.0, size=count),
        "zone_n": np.array([1.0, 1.0, 0.0, *np.full(count - 3, 2.0)])[:count],
        "amenity_n": random.lognormal(sigma=0.1, size=count),
        "goods_share_n": random.uniform(0.7, 0.9, size=count),
        "agglomeration_elasticity_n": np.full(count, 0.04),
    }


def rebuilt(world: World, change) -> World:
    """The same world with every array passed through `change(name, array)`."""
    arrays = {name: change(name, value) for name, value in all_arrays(world).items()}
    levers = {name: change(name, value) for name, value in world.levers._asdict().items() if value is not None}
    regions = tuple(f"r{n}" for n in range(len(arrays["value_added_nj"])))
    return World(regions, world.sectors, chosen_model(arrays), Levers(**levers))


@pytest.mark.parametrize("mobile", [False, True])
@EVERY_BLOCK
@given(SEEDS)
def test_every_market_clears_and_budgets_add_up(mobile, seed):
    solved = hl.solve(random_world(seed, count=5, mobile=mobile))
    assert solved.certificate.worst < 1e-11
    outcome, production = solved.outcome, solved.world.model.production
    capacity = production.value_added_nj * outcome.people_hat_n[:, None] ** (1 - production.structures_share_nj)
    added = (outcome.factor_hat_nj * capacity).sum()
    levers = solved.world.levers
    paid = levers.tariff_nij / (1 + levers.tariff_nij) * solved.trade_share_nij * outcome.spending_nj[:, None]
    assert outcome.income_n.sum() == pytest.approx(added + paid.sum(), rel=1e-11)


@EVERY_BLOCK
@given(SEEDS)
def test_the_order_of_regions_does_not_matter(seed):
    world = random_world(seed)
    order = np.random.default_rng(seed).permutation(4)

    def change(name: str, array: np.ndarray) -> np.ndarray:
        if name.endswith("_nij"):
            return array[np.ix_(order, order)]
        return array if name == "trade_elasticity_j" else array[order]

    other = hl.solve(rebuilt(world, change)).outcome
    np.testing.assert_allclose(other.factor_hat_nj, hl.solve(world).outcome.factor_hat_nj[order], rtol=1e-9)


@EVERY_BLOCK
@given(SEEDS, st.floats(min_value=1e-3, max_value=1e3))
def test_the_currency_does_not_matter(seed, rate):
    world = random_world(seed)
    nominal = ("value_added_nj", "transfer_n", "base_income_n")
    other = rebuilt(world, lambda name, array: array * rate if name in nominal else array)
    first, second = hl.solve(world).outcome, hl.solve(other).outcome
    np.testing.assert_allclose(second.factor_hat_nj, first.factor_hat_nj, rtol=1e-9)
    np.testing.assert_allclose(second.income_n, rate * first.income_n, rtol=1e-9)


@EVERY_BLOCK
@given(SEEDS)
def test_a_region_split_in_identical_halves_changes_nothing_else(seed):
    """Half of everything that has a size, the same of everything that has none; both halves trade freely as one did."""
    world = random_world(seed)

    def change(name: str, array: np.ndarray) -> np.ndarray:
        if name == "trade_elasticity_j":
            return array
        doubled = np.concatenate([array, array[:1]])
        if name in ("value_added_nj", "transfer_n", "portfolio_share_n", "people_n", "base_income_n"):
            doubled[[0, -1]] /= 2
        if name.endswith("_nij"):
            doubled = np.concatenate([doubled, doubled[:, :1]], axis=1)
            if name == "trade_share_nij":
                doubled[:, [0, -1]] /= 2
        return doubled

    whole, split = hl.solve(world).outcome, hl.solve(rebuilt(world, change)).outcome
    np.testing.assert_allclose(split.factor_hat_nj[:4], whole.factor_hat_nj, rtol=1e-9)
    np.testing.assert_allclose(split.factor_hat_nj[4], whole.factor_hat_nj[0], rtol=1e-9)
    np.testing.assert_allclose(split.price_hat_n[:4], whole.price_hat_n, rtol=1e-9)


@EVERY_BLOCK
@given(SEEDS)
def test_people_move_until_utility_is_the_same_in_their_zone(seed):
    solved = hl.solve(random_world(seed, count=5, mobile=True))
    outcome, block = solved.outcome, solved.world.model.people
    for zone in (1.0, 2.0):
        inside = block.zone_n == zone
        assert np.ptp(outcome.utility_n[inside]) < 1e-10
        people = block.people_n[inside]
        assert (outcome.people_hat_n[inside] * people).sum() == pytest.approx(people.sum(), rel=1e-12)
    assert outcome.people_hat_n[2] == pytest.approx(1.0, abs=1e-15)
    assert np.abs(outcome.people_hat_n[:2] - 1).max() > 1e-6


@pytest.mark.parametrize("mobile", [False, True])
@EVERY_BLOCK
@given(SEEDS)
def test_gradients_are_those_of_finite_differences(mobile, seed):
    world = random_world(seed, mobile=mobile)
    outcome = hl.response(world)
    random = np.random.default_rng(seed)
    weight = random.normal(size=4)
    world = world.with_levers(transfer_n=world.model.transfers.transfer_n)
    moved = [name for name, value in world.levers._asdict().items() if value is not None]
    assert {"trade_cost_hat_nij", "productivity_hat_nj", "tariff_nij", "transfer_n"} == set(moved)

    def measure(levers: Levers):
        solved = outcome(levers)
        return jnp.log(solved.income_n / solved.price_hat_n) @ weight

    gradient = jax.grad(measure)(world.levers)
    for name in moved:
        direction = random.normal(size=getattr(world.levers, name).shape)
        if name == "transfer_n":
            direction -= direction.mean()
        size = 1e-5

        def along(by: float, name=name, direction=direction) -> float:
            moved = getattr(world.levers, name) + by * direction
            return float(measure(world.levers._replace(**{name: moved})))

        slope = (along(size) - along(-size)) / (2 * size)
        assert float((getattr(gradient, name) * direction).sum()) == pytest.approx(slope, rel=1e-6, abs=1e-8)


def test_two_countries_in_closed_form():
    """Armington, one sector, symmetric: a rise of the barrier to 2 with theta 4 and half foreign leaves the wage.

    The home share becomes 1 / (1 + 2^-4), the price of consumption rises by its (home share ratio)^(1/theta).
    """
    world = World.build(np.full((2, 2), 0.5), [1.0, 1.0], 4.0)
    barrier = np.ones((2, 2, 1))
    barrier[0, 1] = barrier[1, 0] = 2.0
    solved = hl.solve(world.with_levers(trade_cost_hat_nij=barrier))
    home = 1 / (1 + 2.0**-4)
    np.testing.assert_allclose(solved.outcome.factor_hat_nj, 1.0, atol=1e-12)
    np.testing.assert_allclose(np.diagonal(solved.trade_share_nij[:, :, 0]), home, rtol=1e-12)
    np.testing.assert_allclose(solved.outcome.price_hat_n, (home / 0.5) ** (1 / 4), rtol=1e-12)


@EVERY_BLOCK
@given(SEEDS)
def test_welfare_of_armington_is_the_home_share(seed):
    """Arkolakis, Costinot and Rodriguez-Clare: real income moves by the home share to the power -1/theta."""
    random = np.random.default_rng(seed)
    share = random.dirichlet(np.full(5, 2.0), size=5)
    income = np.linalg.svd(share.T - np.eye(5))[2][-1]
    world = World.build(share, np.abs(income), 5.0)
    shocked = world.with_levers(
        trade_cost_hat_nij=random.lognormal(sigma=0.2, size=(5, 5, 1)) ** (1 - np.eye(5))[:, :, None]
    )
    solved = hl.solve(shocked)
    home = np.diagonal(solved.trade_share_nij[:, :, 0]) / np.diagonal(share)
    real = solved.outcome.factor_hat_nj[:, 0] / solved.outcome.price_hat_n
    np.testing.assert_allclose(real, home ** (-1 / 5.0), rtol=1e-10)


def test_autarky_is_the_limit_of_prohibitive_costs():
    world = World.build(np.array([[0.7, 0.3], [0.2, 0.8]]), [2.0, 3.0], 4.0)
    barrier = np.ones((2, 2, 1))
    barrier[0, 1] = barrier[1, 0] = 1e4
    outcome = hl.solve(world.with_levers(trade_cost_hat_nij=barrier)).outcome
    real = outcome.factor_hat_nj[:, 0] / outcome.price_hat_n
    np.testing.assert_allclose(real, np.array([0.7, 0.8]) ** (1 / 4.0), rtol=1e-9)


def test_free_trade_is_where_every_place_buys_alike():
    """All costs fall to what leaves the same shares in every destination: one price everywhere, from any start."""
    share = np.array([[0.7, 0.2, 0.1], [0.15, 0.75, 0.1], [0.05, 0.05, 0.9]])
    even = share / share[:1]  # costs to the power -theta, over those of the first destination
    world = World.build(share, np.array([2.0, 3.0, 1.0]), 4.0, balance="solve")
    solved = hl.solve(world.with_levers(trade_cost_hat_nij=even[:, :, None] ** (1 / 4.0)))
    assert np.ptp(solved.trade_share_nij, axis=0).max() < 1e-12
    assert np.ptp(solved.outcome.price_hat_n) < 1e-12
    sales = solved.trade_share_nij[0, :, 0] * solved.outcome.income_n.sum()
    np.testing.assert_allclose(sales, solved.outcome.income_n, rtol=1e-11)
