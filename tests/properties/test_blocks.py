"""Laws of every block, alone and all together, under every way that people move."""

from __future__ import annotations

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import (
    ABROAD,
    COUNT,
    EVERY,
    GOODS,
    MOBILITY,
    all_arrays,
    consistent,
    in_currency,
    looked_at,
    mapped,
    people_of,
    random_world,
    rebased,
    shocked,
    taken,
    with_programmes,
)

import hinterland as hl
from hinterland.model.model import unpack
from hinterland.solve.precondition import prepared, start
from hinterland.solve.rebase import as_base_year

pytestmark = pytest.mark.slow

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=4)
UNDER_ALL_MOBILITY = pytest.mark.parametrize("people", MOBILITY)


def everything(seed: int, people: str):
    """Every block on, and every lever moved."""
    return with_programmes(shocked(random_world(seed, people, EVERY), seed), seed)


def accounts_close(solved) -> None:
    """Every market clears; what is spent, earned, owned, given and collected adds up."""
    assert solved.certificate.worst < 1e-11
    outcome, model, levers = solved.outcome, solved.world.model, solved.world.levers
    np.testing.assert_allclose(solved.trade_share_nij.sum(axis=1), 1.0, atol=1e-12)
    added = outcome.value_added_nj.sum()
    assert added == pytest.approx(model.production.value_added_nj.sum(), rel=1e-11)
    rates = getattr(model.tariffs, "tariff_nij", 0.0) if levers.tariff_nij is None else levers.tariff_nij
    paid = rates / (1 + rates) * solved.trade_share_nij * outcome.spending_nj[:, None]
    np.testing.assert_allclose(outcome.tariff_revenue_n, np.broadcast_to(paid.sum(axis=(1, 2)), (COUNT,)), atol=1e-11)
    assert outcome.income_n.sum() == pytest.approx(added + paid.sum(), rel=1e-11)
    sold = np.einsum("nij,nj->ij", solved.trade_share_nij / (1 + rates), outcome.spending_nj)
    np.testing.assert_allclose(outcome.revenue_nj, sold, rtol=1e-10)
    assert outcome.final_nj.min() > 0


@pytest.mark.parametrize("block", GOODS)
def test_each_block_alone_has_a_solution_whose_accounts_close(block):
    """What makes a place worth more matters only where people move: `test_closed_forms` has those alone."""
    for seed in range(3):
        world = random_world(seed, "stay", (block,))
        assert len(world.blocks) > 2
        accounts_close(hl.solve(shocked(world, seed)))


@UNDER_ALL_MOBILITY
@FEW
@given(SEEDS)
def test_all_blocks_together_have_a_solution_whose_accounts_close(people, seed):
    solved = hl.solve(everything(seed, people))
    accounts_close(solved)
    government_balances(solved)
    capital_is_conserved(solved)
    room_is_kept(solved)


def government_balances(solved) -> None:
    """Services and programmes are what taxes pay for, in each region with its grant, and all together."""
    outcome, levers = solved.outcome, solved.world.levers
    centre = (levers.central_tax_n * outcome.income_n).sum()
    paid = levers.local_tax_n * outcome.income_n + levers.grant_share_n * centre
    np.testing.assert_allclose(outcome.blocks["services_n"], paid - levers.programme_n * outcome.income_n, rtol=1e-12)
    assert paid.sum() == pytest.approx(((levers.local_tax_n + levers.central_tax_n) * outcome.income_n).sum())
    spent = outcome.final_nj.sum(axis=1)
    private = (1 - levers.local_tax_n - levers.central_tax_n) * outcome.income_n
    np.testing.assert_allclose(spent, private + paid, rtol=1e-10)


def capital_is_conserved(solved) -> None:
    """In each pool there is as much as before."""
    block = solved.world.model.capital
    now = block.capital_nj * np.exp(solved.outcome.log_capital_nj)
    for pool in set(block.capital_pool_n) - {0.0}:
        inside = block.capital_pool_n == pool
        assert now[inside].sum() == pytest.approx(block.capital_nj[inside].sum(), rel=1e-11)
    np.testing.assert_allclose(now[block.capital_pool_n == 0], block.capital_nj[block.capital_pool_n == 0], rtol=1e-12)


def room_is_kept(solved) -> None:
    """Complementarity: nobody over capacity, no negative price, no price where there is room."""
    outcome = solved.outcome
    people = people_of(all_arrays(solved.world)) * outcome.people_hat_n
    slack = np.log(solved.world.levers.capacity_n / people)[: COUNT - ABROAD]
    price = outcome.multiplier_n[: COUNT - ABROAD]
    assert slack.min() > -1e-11
    assert price.min() > -1e-11
    assert np.abs(slack * price).max() < 1e-11


@UNDER_ALL_MOBILITY
@FEW
@given(SEEDS)
def test_a_zero_shock_returns_the_data(people, seed):
    solved = hl.solve(consistent(seed, people, EVERY))
    outcome = solved.outcome
    for name in ("factor_hat_nj", "wage_hat_nj", "price_hat_nj", "labour_hat_nj", "people_hat_n", "price_hat_n"):
        np.testing.assert_allclose(getattr(outcome, name), 1.0, atol=1e-10, err_msg=name)
    np.testing.assert_allclose(outcome.utility_n, 1.0, atol=1e-10)
    old = all_arrays(solved.world)
    np.testing.assert_allclose(outcome.income_n, old["base_income_n"], rtol=1e-10)
    np.testing.assert_allclose(solved.trade_share_nij, old["trade_share_nij"], atol=1e-11)
    for name in ("log_capital_nj", "log_consumption_n", "multiplier_n"):
        np.testing.assert_allclose(getattr(outcome, name), 0.0, atol=1e-10, err_msg=name)


@UNDER_ALL_MOBILITY
@FEW
@given(SEEDS)
def test_a_change_and_its_reversal_cancel(people, seed):
    """Hats compose: from the base year made of the outcome, the inverse levers lead back.

    Who has come is there: what undoes a help for those who come is a higher cost for all.
    """
    world = consistent(seed, people, EVERY)
    there = hl.solve(shocked(world, seed))
    old = all_arrays(world)
    moved = {name: value for name, value in there.world.levers._asdict().items() if value is not None}
    inverse = {name: 1 / value if "_hat_" in name else old[name] for name, value in moved.items()}
    if "newcomer_cost_hat_gc" in inverse:
        inverse["migration_cost_hat_gc"] = inverse["migration_cost_hat_gc"] * inverse["newcomer_cost_hat_gc"]
        inverse["newcomer_cost_hat_gc"] = np.ones_like(inverse["newcomer_cost_hat_gc"])
    back = hl.solve(rebased(there).with_levers(**inverse))
    for name in ("factor_hat_nj", "price_hat_nj", "people_hat_n", "price_hat_n", "utility_n"):
        product = getattr(there.outcome, name) * getattr(back.outcome, name)
        np.testing.assert_allclose(product, 1.0, rtol=1e-9, err_msg=name)
    np.testing.assert_allclose(back.outcome.income_n, old["base_income_n"], rtol=1e-9)


@pytest.mark.parametrize("people", ["free", "hukou_towns"])
def test_no_programme_no_levy_and_the_same_homes_change_nothing(people):
    """Written at their neutral values they are as if they were not there; two programs may round the last bit apart."""
    world = shocked(random_world(4, people, EVERY), 4).with_levers(homes_hat_n=np.ones(COUNT))
    without = replace(world, levers=world.levers._replace(homes_hat_n=None))
    first, second = hl.solve(with_programmes(world, 4, size=0.0)), hl.solve(without)
    for name in ("factor_hat_nj", "price_hat_nj", "people_hat_n", "income_n", "utility_n", "services_n"):
        ours, theirs = getattr(first.outcome, name), getattr(second.outcome, name)
        np.testing.assert_allclose(ours, theirs, rtol=1e-14, err_msg=name)


@pytest.mark.parametrize(("people", "blocks"), [("commuting", EVERY), ("hukou", ("transfers", "homes"))])
def test_an_outcome_made_a_base_year_is_where_a_zero_shock_leads(people, blocks):
    there = hl.solve(shocked(consistent(7, people, blocks), 7))
    again = as_base_year(there.world, there.outcome, there.trade_share_nij)
    outcome = hl.solve(shocked(again, 7, size=0.0)).outcome
    for name in ("factor_hat_nj", "price_hat_nj", "labour_hat_nj", "people_hat_n", "price_hat_n"):
        np.testing.assert_allclose(getattr(outcome, name), 1.0, atol=1e-10, err_msg=name)


@UNDER_ALL_MOBILITY
@FEW
@given(SEEDS, st.permutations(range(COUNT - ABROAD)))
def test_the_order_of_regions_does_not_matter(people, seed, order):
    world = everything(seed, people)
    order = np.array([*order, COUNT - 1])
    first, second = hl.solve(world).outcome, hl.solve(taken(world, order)).outcome
    for name in ("factor_hat_nj", "people_hat_n", "income_n", "multiplier_n", "services_n"):
        np.testing.assert_allclose(getattr(second, name), getattr(first, name)[order], rtol=1e-9, atol=1e-10)


@UNDER_ALL_MOBILITY
@FEW
@given(SEEDS, st.floats(min_value=1e-3, max_value=1e3))
def test_the_currency_does_not_matter(people, seed, rate):
    world = everything(seed, people)
    first, second = hl.solve(world).outcome, hl.solve(in_currency(world, rate)).outcome
    for name in ("factor_hat_nj", "people_hat_n", "utility_n"):
        np.testing.assert_allclose(getattr(second, name), getattr(first, name), rtol=1e-9)
    np.testing.assert_allclose(second.income_n, rate * first.income_n, rtol=1e-9)


# A world of another size takes long to compile: three ways to move stand for all.
@pytest.mark.parametrize("people", ["free", "hukou_towns", "commuting"])
@settings(max_examples=3)
@given(SEEDS, st.integers(min_value=0, max_value=COUNT - ABROAD - 1))
def test_a_region_split_in_identical_halves_changes_nothing_else(people, seed, which):
    """What has a size is halved; those at home in a half stay there. In hats amenities of halves need no scale."""
    world = everything(seed, people)
    order = np.sort(np.append(np.arange(COUNT), which))
    whole, split = hl.solve(world).outcome, hl.solve(taken(world, order, halves=True)).outcome
    for name in ("factor_hat_nj", "price_hat_nj", "people_hat_n", "utility_n"):
        np.testing.assert_allclose(getattr(split, name), getattr(whole, name)[order], rtol=1e-9, err_msg=name)


@UNDER_ALL_MOBILITY
def test_nominal_values_are_homogeneous_of_degree_one_and_quantities_of_degree_zero(people):
    """At any point, an equilibrium or not: another unit of account leaves every gap and quantity as it is."""
    world = everything(5, people)
    model, _ = prepared(world.model)
    here = unpack(start(model) + np.random.default_rng(5).normal(scale=0.03, size=start(model).size), model)
    nominal = ("log_factor_nj", "log_price_nj", "log_spending_nj", "log_rent_n")
    there = {name: value + 0.7 if name in nominal else value for name, value in here.items()}
    richer = world.levers._replace(transfer_n=world.levers.transfer_n * np.exp(0.7))
    (first, gaps), (second, others) = (
        looked_at(point, model, levers) for point, levers in ((here, world.levers), (there, richer))
    )
    for name, gap in gaps.by_unknown.items():
        np.testing.assert_allclose(others.by_unknown[name], gap, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(second.income_n, np.exp(0.7) * first.income_n, rtol=1e-12)
    np.testing.assert_allclose(second.price_hat_n, np.exp(0.7) * first.price_hat_n, rtol=1e-12)
    np.testing.assert_allclose(second.utility_n, first.utility_n, rtol=1e-12)


@UNDER_ALL_MOBILITY
def test_the_market_left_out_is_not_solved_for_but_clears(people):
    """Walras's law: no condition of the solver asks for it, and at the solution it holds."""
    world = everything(6, people)
    model, _ = prepared(world.model)
    away = start(model) + np.random.default_rng(6).normal(scale=0.03, size=start(model).size)
    _, gaps = looked_at(unpack(away, model), model, world.levers)
    assert max(float(jnp.abs(gap).max()) for gap in gaps.by_unknown.values()) > 1e-3
    assert hl.solve(world).certificate.redundant_market < 1e-12


@pytest.mark.parametrize("name", ["housing_supply_elasticity_n", "neighbour_elasticity_n", "neighbour_weight_ni"])
def test_an_elasticity_set_as_a_lever_is_that_of_a_world_built_with_it(name):
    world = shocked(random_world(4, "free", ("homes", "density", "neighbourhood")), 4)
    random = np.random.default_rng(9)
    level = random.dirichlet(np.ones(COUNT), COUNT) if name.endswith("ni") else random.uniform(0.02, 0.1, COUNT)
    by_lever = hl.solve(world.with_levers(**{name: level}))
    by_array = hl.solve(mapped(world, lambda of, array: level if of == name else array))
    np.testing.assert_allclose(by_lever.outcome.people_hat_n, by_array.outcome.people_hat_n, rtol=1e-11)
    assert not np.allclose(by_lever.outcome.people_hat_n, hl.solve(world).outcome.people_hat_n, rtol=1e-6)
    again = [
        solved.as_base_year().with_levers(amenity_hat_n=np.linspace(0.9, 1.1, COUNT)) for solved in (by_lever, by_array)
    ]
    first, second = (hl.solve(world).outcome.people_hat_n for world in again)
    np.testing.assert_allclose(first, second, rtol=1e-11)


@pytest.mark.parametrize(
    ("name", "blocks"), [("housing_supply_elasticity_n", ()), ("neighbour_elasticity_n", ("density",))]
)
def test_an_elasticity_of_a_block_that_is_off_is_refused(name, blocks):
    with pytest.raises(hl.DataError, match=name):
        random_world(4, "free", blocks).with_levers(**{name: np.ones(COUNT)})
