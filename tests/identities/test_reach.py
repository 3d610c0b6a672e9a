"""Laws of whom a policy reaches: a help for those who come is nobody else's."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from tests.worlds import consistent, random_world, shocked

import hinterland as hl
from hinterland.economy.accounts import currency
from hinterland.model.evaluate import Outcome, kernels, log_kept_n
from hinterland.model.people import Market
from hinterland.policy.combine import with_changes
from hinterland.study.apply import package
from hinterland.study.decompose import by_channel
from hinterland.study.outcomes import state_in
from hinterland.study.variation import PARTS, bridge, gains, total_variation, variation_in
from hinterland.world.of_economy import setting_of

MOVED = [hl.policies.EcologicalMigration()]


@pytest.fixture(scope="module")
def base(today) -> Outcome:
    """The base year, solved."""
    return hl.solve(today).solved.outcome


def at_fixed_prices(economy: hl.Economy, base: Outcome) -> Outcome:
    """What groups choose and are worth under the levers of an economy, at the wages and prices of the base year."""
    model, levers = setting_of(economy)
    added = model.production.value_added_nj
    labour, land, _ = model.factor_incomes(added)
    worth_n = log_kept_n(model, levers)
    market = Market(labour, land, model.production.base_income_n, jnp.zeros(len(added)), worth_n)
    nowhere = {name: jnp.zeros(shape) for name, shape in model.people.unknowns(added.shape).items()}
    given = kernels(model, levers).people
    _, reported = model.people.residuals(nowhere, given, model.housing.met(levers), market, None)
    return base._replace(blocks=base.blocks | reported)


def helped(economy: hl.Economy, seed: int, lever: str = "newcomer_cost_hat_gc", least: float = 0.2) -> hl.Economy:
    """An economy with a help of its own for every group in every cell."""
    hat_gc = np.random.default_rng(seed).uniform(least, 1.0, economy.migration_share_gc.shape)
    return with_changes(economy, {lever: hat_gc})


@pytest.mark.parametrize("seed", range(3))
def test_nobody_who_was_there_gains_from_a_help_for_those_who_come(today, base, seed: int):
    """Law: at fixed prices every part of equivalent variation but the movers' is exactly zero; theirs is not."""
    economy = helped(today, seed)
    found = variation_in(economy, at_fixed_prices(economy, base))
    scale = found.income_gc.sum()
    for name in (part for part in PARTS if part != "movers"):
        assert np.abs(found.parts[name]).sum() < 1e-12 * scale, name
    assert (found.parts["movers"].sum(axis=1) > 0).all()
    assert total_variation(economy, at_fixed_prices(economy, base)) == pytest.approx(found.total_gc.sum(), rel=1e-12)


def test_who_comes_gains_what_a_cheaper_way_for_all_gives_beyond_those_who_are_there(today, base):
    """Law: a help for all is the help for those who come, and the windfall of those who are there."""
    for_all, for_them = (helped(today, 5, name) for name in ("migration_cost_hat_gc", "newcomer_cost_hat_gc"))
    whole, part = (variation_in(economy, at_fixed_prices(economy, base)) for economy in (for_all, for_them))
    np.testing.assert_allclose(whole.parts["movers"], part.parts["movers"], rtol=1e-9)
    assert whole.parts["moving"].sum() > part.parts["movers"].sum()


def test_people_and_prices_answer_to_the_bit_as_to_a_cheaper_way_for_all(today):
    """Law: a help moves people and prices whoever is counted to have it; the welfare of those it reaches differs."""
    for_all, for_them = (
        hl.solve(helped(today, 1, name, 0.9)).solved.outcome
        for name in ("migration_cost_hat_gc", "newcomer_cost_hat_gc")
    )
    for name in ("migration_share_gc", "factor_hat_nj", "price_hat_nj", "income_n", "living_cost_hat_g", "rebate_g"):
        np.testing.assert_array_equal(getattr(for_all, name), getattr(for_them, name), err_msg=name)
    assert (for_all.welfare_hat_g > for_them.welfare_hat_g).all()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("people", ["hukou", "hukou_towns"])
def test_expected_utility_leaves_out_what_those_who_are_there_do_not_get(people: str, seed: int):
    """Law, written out: of the same choice, less base share times what a cell gives times the help less one."""
    world = shocked(consistent(seed, people, ("transfers", "homes")), seed)
    help_gc = np.random.default_rng(seed).uniform(0.7, 1.0, world.levers.newcomer_cost_hat_gc.shape)
    cost_gc = np.asarray(world.levers.migration_cost_hat_gc)
    none_gc = np.ones_like(help_gc)
    net = hl.solve(world.with_levers(newcomer_cost_hat_gc=help_gc)).outcome
    gross = hl.solve(world.with_levers(newcomer_cost_hat_gc=none_gc, migration_cost_hat_gc=cost_gc * help_gc)).outcome
    block, base = world.model.people, hl.solve(shocked(world, 0, size=0.0)).outcome
    cells = block.cells
    value_gc = net.real_income_hat_c * net.worth_hat_n.repeat(cells.per_region) * world.levers.service_worth_hat_gc
    value_gc = value_gc * (net.rebate_g / base.rebate_g)[:, None] ** cells.stays_gc / cost_gc
    windfall_g = (block.migration_share_gc * value_gc * (1 / help_gc - 1)).sum(axis=1)
    np.testing.assert_allclose(net.welfare_hat_g, gross.welfare_hat_g - windfall_g, rtol=1e-9)


def test_a_toll_for_those_who_come_is_no_help(today):
    """Who is there would not pay it and would not leave for it: the choice of all together does not say that."""
    with pytest.raises(hl.DataError) as caught:
        hl.solve(with_changes(today, {"newcomer_cost_hat_gc": np.full(today.migration_share_gc.shape, 1.1)}))
    assert [problem.key for problem in caught.value.problems] == ["world.toll"]
    world = random_world(1, "hukou")
    with pytest.raises(hl.DataError, match="newcomer_cost_hat_gc"):
        world.with_levers(newcomer_cost_hat_gc=np.full(world.model.people.migration_share_gc.shape, 1.5))


def test_the_bridge_adds_up_and_movers_gain_in_an_equilibrium(today):
    """Law: in equilibrium as at fixed prices; what moving costs who is there does not change."""
    economy = hl.apply(hl.Scenario(today, MOVED))
    outcome = hl.solve(economy).solved.outcome
    found, way = variation_in(economy, outcome), bridge(economy, outcome)
    total = float(found.total_gc.sum()) * currency(economy)
    assert way["amount"][:-1].sum() == pytest.approx(total, rel=1e-9)
    assert state_in(economy, outcome).variation == pytest.approx(total, rel=1e-12)
    assert (found.parts["moving"] == 0).all()
    assert (found.parts["movers"].sum(axis=1) > -1e-9 * found.income_gc.sum()).all()
    for _, rows in gains(economy, found).groupby("dimension"):
        assert rows["variation"].sum() == pytest.approx(total, rel=1e-9)


def test_channels_tell_a_help_for_those_who_come_as_a_move(today):
    """Law: towns of one's own province are urbanization in place, those of others a transfer of people."""
    here = package(hl.Scenario(today, MOVED, closure="none"))
    away = hl.policies.EcologicalMigration(to=["Shaanxi"])
    there = package(hl.Scenario(today, [away], closure="none"))
    assert "in_situ_urbanization" in by_channel(here).index
    assert "population_transfer" not in by_channel(here).index
    assert "population_transfer" in by_channel(there).index
    table = by_channel(there)
    np.testing.assert_allclose(table.loc["total"], table.drop("total").sum(), rtol=1e-9, atol=1e-12)
