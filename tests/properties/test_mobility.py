"""Laws of how people move: hukou groups in a nest, free mobility, room, and the limits between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import ABROAD, COUNT, SECTORS, all_arrays, consistent, mapped, random_arrays, random_world, shocked

import hinterland as hl
from hinterland.economy.implied import rebate_g
from hinterland.world.world import World

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=4)
DOMESTIC = COUNT - ABROAD
BLOCKS = ("transfers", "homes")
TOWNS = pytest.mark.parametrize("people", ["hukou", "hukou_towns"])


def with_arrays(world: World, **arrays: object) -> World:
    """The world with some of its arrays replaced."""
    return mapped(world, lambda name, array: np.asarray(arrays.get(name, array), float))


def in_real_income(solved) -> np.ndarray:
    """What cells offer groups over the base year: real income, services, what stayers get, less the cost of the way."""
    outcome, world = solved.outcome, solved.world
    people, base = world.model.people, hl.solve(shocked(world, 0, size=0.0)).outcome
    rebate = (outcome.rebate_g / base.rebate_g)[:, None] ** people.stays_gc
    worth = np.repeat(world.levers.amenity_hat_n[:DOMESTIC], people.cells.per_region)
    services = world.levers.service_worth_hat_gc
    given = world.levers.given_hat_c
    return outcome.real_income_hat_c * given * worth * services * rebate / world.levers.migration_cost_hat_gc


def seen(solved) -> np.ndarray:
    """The same with the help that who comes sees."""
    return in_real_income(solved) / solved.world.levers.newcomer_cost_hat_gc


@TOWNS
@FEW
@given(SEEDS)
def test_people_choose_as_the_nested_logit_says(people, seed):
    """Written out: inside a region by kappa_in, between regions by kappa of the region's mean."""
    solved = hl.solve(shocked(consistent(seed, people, BLOCKS), seed))
    block = solved.world.model.people
    shape = (block.group_size_g.size, DOMESTIC, block.cells.per_region)
    base = block.migration_share_gc.reshape(shape)
    pull = base * seen(solved).reshape(shape) ** block.inner_elasticity
    within = pull / pull.sum(axis=2, keepdims=True)
    mean = (pull.sum(axis=2) / base.sum(axis=2)) ** (block.migration_elasticity / block.inner_elasticity)
    between = base.sum(axis=2) * mean
    total = between.sum(axis=1)
    expected = within * (between / total[:, None])[:, :, None]
    np.testing.assert_allclose(solved.outcome.migration_share_gc.reshape(shape), expected, rtol=1e-9)
    not_theirs_g = (block.migration_share_gc * (seen(solved) - in_real_income(solved))).sum(axis=1)
    expected_g = total ** (1 / block.migration_elasticity) - not_theirs_g
    np.testing.assert_allclose(solved.outcome.welfare_hat_g, expected_g, rtol=1e-9)


@TOWNS
@FEW
@given(SEEDS)
def test_nobody_is_lost_and_groups_keep_their_size(people, seed):
    solved = hl.solve(shocked(random_world(seed, people, BLOCKS), seed))
    share, block = solved.outcome.migration_share_gc, solved.world.model.people
    np.testing.assert_allclose(share.sum(axis=1), 1.0, rtol=1e-12)
    now = (block.group_size_g @ share).reshape(DOMESTIC, -1).sum(axis=1)
    np.testing.assert_allclose(solved.outcome.people_hat_n[:DOMESTIC], now / block.people_n, rtol=1e-11)
    assert now.sum() == pytest.approx(block.group_size_g.sum(), rel=1e-12)
    np.testing.assert_array_equal(solved.outcome.people_hat_n[DOMESTIC:], 1.0)
    assert np.ptp(solved.outcome.wage_hat_nj[DOMESTIC:], axis=1).max() < 1e-11


@FEW
@given(SEEDS)
def test_the_nest_with_equal_elasticities_is_the_flat_choice(seed):
    flat = random_world(seed, "hukou_flat", BLOCKS)
    nest = with_arrays(random_world(seed, "hukou", BLOCKS), inner_elasticity=flat.model.people.migration_elasticity)
    first, second = (hl.solve(shocked(world, seed)).outcome for world in (flat, nest))
    for name in ("migration_share_gc", "factor_hat_nj", "welfare_hat_g"):
        np.testing.assert_allclose(getattr(second, name), getattr(first, name), rtol=1e-12)


@pytest.mark.parametrize("kappa", [1e-5, 1e-6])
def test_without_an_answer_to_gains_nobody_moves(kappa):
    """kappa -> 0 is the closure without people: labour fixed in sectors at home, at one wage abroad.

    Without structures: abroad they would move between sectors in that closure, and stay in theirs among hukou groups.
    What is left is of the order of kappa.
    """
    slow = shocked(random_world(3, "hukou", BLOCKS), 3)
    slow = with_arrays(slow, migration_elasticity=kappa, inner_elasticity=kappa)
    stay = slow.without("people").model
    abroad = stay.production._replace(one_wage_n=np.append(np.zeros(DOMESTIC), np.ones(ABROAD)))
    stay = replace(slow.without("people"), model=replace(stay, production=abroad))
    first, second = (hl.solve(world).outcome for world in (slow, stay))
    for name in ("factor_hat_nj", "price_hat_nj", "income_n"):
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), rtol=kappa)
    assert np.abs(first.people_hat_n - 1).max() < kappa


def test_two_residences_that_are_alike_are_one():
    """Half of every flow lives in each, yields the same and gets no rents: addresses do not matter."""
    one = random_arrays(4, "hukou_flat", ())
    share = one["migration_share_gc"].reshape(-1, DOMESTIC, 1, SECTORS).repeat(2, axis=2) / 2
    two = one | {"migration_share_gc": share.reshape(share.shape[0], -1), "efficiency_rj": np.ones((2, SECTORS))}
    first, second = (hl.solve(shocked_goods(World.build(**arrays, balance="solve"))).outcome for arrays in (one, two))
    np.testing.assert_allclose(second.factor_hat_nj, first.factor_hat_nj, rtol=1e-10)
    np.testing.assert_allclose(second.welfare_hat_g, first.welfare_hat_g, rtol=1e-10)


def shocked_goods(world: World) -> World:
    return world.with_levers(productivity_hat_nj=np.random.default_rng(4).lognormal(sigma=0.1, size=(COUNT, SECTORS)))


@TOWNS
@FEW
@given(SEEDS, st.integers(min_value=0, max_value=2 * DOMESTIC - 1))
def test_a_cheaper_move_carries_more_people_and_leaves_its_group_better_off(people, seed, group):
    """One group's way to one cell that is not its home, a twentieth cheaper."""
    world = shocked(random_world(seed, people, BLOCKS), seed, size=0.0)
    base, block = hl.solve(world).outcome, world.model.people
    cell = int(np.flatnonzero(block.stays_gc[group] == 0)[seed % 3])
    cost = np.ones_like(block.migration_share_gc)
    cost[group, cell] = 0.95
    outcome = hl.solve(world.with_levers(migration_cost_hat_gc=cost)).outcome
    assert outcome.migration_share_gc[group, cell] > base.migration_share_gc[group, cell]
    assert outcome.welfare_hat_g[group] > base.welfare_hat_g[group]


def test_stayers_get_the_rents_of_land_and_homes(china):
    """Against the closed form of the economy: rent over wage times workers over stayers."""
    np.testing.assert_allclose(hl.solve(china).outcome.rebate_g, rebate_g(china), rtol=1e-12)


@FEW
@given(SEEDS)
def test_a_limit_that_is_never_reached_changes_nothing(seed):
    world = shocked(random_world(seed, "free", ("congestion", "capacity")), seed)
    open_ = world.without("ecology")
    for capacity in (1e6, np.inf):
        wide = with_arrays(world, capacity_n=np.full(COUNT, capacity)).with_levers(capacity_n=np.full(COUNT, capacity))
        first, second = hl.solve(wide).outcome, hl.solve(open_).outcome
        np.testing.assert_allclose(first.people_hat_n, second.people_hat_n, rtol=1e-10)
        np.testing.assert_allclose(first.factor_hat_nj, second.factor_hat_nj, rtol=1e-10)
        np.testing.assert_array_equal(first.multiplier_n, 0.0)


@FEW
@given(SEEDS)
def test_a_limit_that_binds_holds_people_at_it_and_has_a_price(seed):
    """Where people would come, half of them are let in; the price of entry is the gap in utility."""
    world = shocked(random_world(seed, "free", ("congestion", "capacity")), seed)
    base = world.model.people
    wanted = hl.solve(world.without("ecology")).outcome.people_hat_n
    most = int(np.argmax(np.where(base.zone_n > 0, wanted, 0)))
    capacity = base.people_n * 100
    capacity[most] = base.people_n[most] * (1 + wanted[most]) / 2
    outcome = hl.solve(world.with_levers(capacity_n=capacity)).outcome
    assert outcome.people_hat_n[most] * base.people_n[most] == pytest.approx(capacity[most], rel=1e-10)
    assert outcome.multiplier_n[most] > 0
    assert np.delete(outcome.multiplier_n, most).max() == 0
    assert np.ptp(outcome.utility_n[base.zone_n > 0]) < 1e-10


@FEW
@given(SEEDS)
def test_those_in_no_zone_stay_and_zones_do_not_mix(seed):
    world = with_arrays(random_world(seed, "free", ("congestion",)), zone_n=[1, 1, 2, 2])
    outcome, people = hl.solve(shocked(world, seed)).outcome, all_arrays(world)["people_n"]
    for inside in (slice(0, 2), slice(2, 4)):
        now = (outcome.people_hat_n * people)[inside].sum()
        assert now == pytest.approx(people[inside].sum(), rel=1e-12)
        assert np.ptp(outcome.utility_n[inside]) < 1e-10
