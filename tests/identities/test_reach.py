"""Laws of whom a policy reaches: a help for those who come, and money for some of a region, are nobody else's."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from tests.worlds import consistent, random_world, shocked

import hinterland as hl
from hinterland.economy.accounts import currency, income_n
from hinterland.economy.implied import cell_income_c
from hinterland.model.evaluate import Outcome, kept_hat_n, kernels
from hinterland.model.people import Market
from hinterland.policy.combine import with_changes
from hinterland.policy.costs import Bill, financing, levers_that_pay, shared_by_head
from hinterland.policy.policy import yearly
from hinterland.study.apply import package
from hinterland.study.columns import PARTS
from hinterland.study.outcomes import owed_c, state_in
from hinterland.study.variation import bridge, gains, log_kept, total_variation, variation_in
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
    worth_n = np.log(kept_hat_n(model, levers))
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
    value_gc = value_gc * world.levers.given_hat_c * (net.rebate_g / base.rebate_g)[:, None] ** cells.stays_gc / cost_gc
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
    here = hl.run(hl.Scenario(today, MOVED, closure="none")).channels
    away = hl.policies.EcologicalMigration(to=["Shaanxi"])
    there = hl.run(hl.Scenario(today, [away], closure="none")).channels
    assert "in_situ_urbanization" in here.index
    assert "population_transfer" not in here.index
    assert "population_transfer" in there.index
    np.testing.assert_allclose(there.loc["total"], there.drop("total").sum(), rtol=1e-9, atol=1e-12)


def given(economy: hl.Economy, paid_n: np.ndarray, heads_c: np.ndarray | None, payer: str = "centre") -> hl.Economy:
    """An economy in which residents are paid, those of `heads_c` alone where it is there; nothing else is done."""
    outlay = yearly(paid_n, to_residents=True, heads_c=heads_c)
    pay = financing(economy, [({payer: 1.0}, [outlay])], "by_payer", {"discount": 0.08}, 30)
    return with_changes(economy, pay)


def received(economy: hl.Economy, place: str, amount: float) -> np.ndarray:
    return np.where(np.arange(economy.cells.regions) == economy.region(place), amount, 0.0)


def bill(economy: hl.Economy, **amounts: np.ndarray) -> Bill:
    return Bill.none(economy)._replace(**amounts)


def own_c(economy: hl.Economy) -> np.ndarray:
    found = cell_income_c(economy)
    assert found is not None
    return found


@pytest.mark.parametrize("payer", ["centre", "province"])
def test_money_given_to_all_in_proportion_to_own_income_is_money_given_to_the_region(today, payer: str):
    """Law: to the last digit in every outcome, whoever pays."""
    paid_n = 0.02 * income_n(today) * (np.arange(31) % 3 == 0)
    all_of_them, by_income = (given(today, paid_n, heads_c, payer) for heads_c in (None, own_c(today)))
    np.testing.assert_allclose(by_income.levers.given_hat_c, 1.0, rtol=1e-14)
    first, second = (hl.solve(economy).solved.outcome for economy in (all_of_them, by_income))
    for name in ("migration_share_gc", "income_n", "price_hat_n", "welfare_hat_g"):
        np.testing.assert_allclose(getattr(second, name), getattr(first, name), rtol=1e-11)
    ours, theirs = variation_in(by_income, second), variation_in(all_of_them, first)
    for name in PARTS:
        np.testing.assert_allclose(ours.parts[name], theirs.parts[name], atol=1e-9)


def heads(economy: hl.Economy, who: str) -> np.ndarray:
    """Who gets it: villagers, farmers, a cell of everybody's own choice, each by its own number of heads."""
    farm_c, town_c = economy.farm_c, economy.town_c
    chosen = {"villagers": ~town_c, "farmers": farm_c, "town_farmers": farm_c & town_c, "townspeople": town_c}
    return economy.workers_c * chosen[who] if who in chosen else np.random.default_rng(2).uniform(size=len(farm_c))


@pytest.mark.parametrize("who", ["villagers", "farmers", "town_farmers", "townspeople", "anybody"])
def test_what_is_given_is_worth_what_it_is_whoever_gets_it(today, base, who: str):
    """Law: at fixed prices, to the first order; who gives loses as much."""
    paid_n = 1e-9 * income_n(today)
    for payer in ("centre", "province"):
        economy = given(today, paid_n, heads(today, who), payer)
        found = variation_in(economy, at_fixed_prices(economy, base))
        assert found.total_gc.sum() == pytest.approx(0.0, abs=1e-5 * paid_n.sum())
    theirs_c = shared_by_head(today, paid_n, heads(today, who))
    from_nobody = with_changes(today, levers_that_pay(today, bill(today, received_n=paid_n, paid_c=theirs_c)))
    found = variation_in(from_nobody, at_fixed_prices(from_nobody, base))
    assert found.total_gc.sum() == pytest.approx(paid_n.sum(), rel=1e-5)


@pytest.mark.parametrize("who", ["villagers", "farmers"])
def test_what_some_are_given_is_theirs_alone(today, base, who: str):
    """Law: at fixed prices those who are there and are given nothing lose or gain what all of their region do."""
    place, amount = "Sichuan", 1e-3
    heads_c = heads(today, who)
    theirs_c = shared_by_head(today, received(today, place, amount), heads_c)
    levers = levers_that_pay(today, bill(today, received_n=received(today, place, amount), paid_c=theirs_c))
    economy = with_changes(today, levers)
    parts = variation_in(economy, at_fixed_prices(economy, base)).parts
    there_gc = sum(part for name, part in parts.items() if name != "movers")
    assert there_gc.sum() == pytest.approx(amount, rel=1e-6)
    assert there_gc[:, theirs_c > 0].sum() == pytest.approx(amount, rel=1e-6)
    assert np.abs(there_gc[:, theirs_c == 0]).sum() < 1e-9 * amount
    assert parts["tax"].sum() == pytest.approx(there_gc.sum(), rel=1e-9)
    by_residence = gains(economy, variation_in(economy, at_fixed_prices(economy, base))).set_index("who")["tax"]
    if who == "villagers":
        assert by_residence["rural"] == pytest.approx(amount, rel=1e-6)
        assert by_residence["urban"] == pytest.approx(0.0, abs=1e-9 * amount)


def test_what_people_get_wherever_they_go_moves_nobody(today, base):
    """Law: no choice sees it, it is worth what it is, and who was there has all of it."""
    place, amount = "Sichuan", 10.0
    theirs_c = shared_by_head(today, received(today, place, amount), heads(today, "villagers"))
    owed = bill(today, received_n=received(today, place, amount), paid_c=theirs_c, owed_c=theirs_c)
    economy = with_changes(today, levers_that_pay(today, owed))
    seen_c = np.exp(log_kept(economy)).repeat(today.cells.per_region) * economy.levers.given_hat_c
    np.testing.assert_allclose(seen_c, 1.0, rtol=1e-12)
    outcome = at_fixed_prices(economy, base)
    found = variation_in(economy, outcome)
    assert found.total_gc.sum() == pytest.approx(amount, rel=1e-4)
    assert found.total_gc[:, theirs_c > 0].sum() == pytest.approx(amount, rel=1e-4)
    assert state_in(economy, outcome).variation == pytest.approx(amount, rel=1e-4)
    assert (state_in(economy, outcome).welfare_g >= 1).all()


@pytest.mark.parametrize(
    "beside", [hl.policies.HukouReform(cut=0.3), hl.policies.EcologicalMigration()], ids=["reform", "resettled"]
)
def test_what_people_get_wherever_they_go_is_counted_where_they_were(today, beside: hl.policies.Policy):
    """Law: as many yuan are counted after people have moved as before, cell by cell, and in no other place."""
    economy = hl.apply(hl.Scenario(today, [hl.policies.PovertyAlleviation(gain=0.0), beside]))
    people_gc = today.group_size_g[:, None] * today.migration_share_gc
    moved_gc = today.group_size_g[:, None] * np.asarray(hl.solve(economy).solved.outcome.migration_share_gc)
    before_c, after_c = (owed_c(economy, of_gc) * of_gc.sum(axis=0) for of_gc in (people_gc, moved_gc))
    assert before_c.sum() > 50
    np.testing.assert_allclose(after_c, before_c, rtol=1e-12)
    poor_n = np.isin(np.arange(31), np.flatnonzero(hl.policies.PovertyAlleviation().places_n(today)))
    assert (before_c[~poor_n.repeat(6) | today.town_c] == 0).all()


def test_real_income_rises_by_what_is_given(today, base):
    """Law: where people stay at fixed prices the incomes of all cells together rise by the money, exactly."""
    theirs_c = shared_by_head(today, received(today, "Gansu", 10.0), heads(today, "villagers"))
    levers = levers_that_pay(today, bill(today, received_n=received(today, "Gansu", 10.0), paid_c=theirs_c))
    economy = with_changes(today, levers)
    before_c, after_c = (state_in(one, base).real_income_c * today.workers_c for one in (today, economy))
    more_c = after_c - before_c
    assert more_c.sum() == pytest.approx(10.0, rel=1e-10)
    np.testing.assert_allclose(more_c, theirs_c, atol=1e-9)


def test_works_beside_a_payment_take_the_same_part_of_everybodys_income(today, base):
    """Law: and all cells together have what their regions receive less what is bought there, exactly."""
    received_n, works_n, no_n = received(today, "Gansu", 10.0), received(today, "Gansu", 40.0), np.zeros(31)
    theirs_c = shared_by_head(today, received_n, heads(today, "villagers"))
    after = [
        state_in(
            with_changes(
                today, levers_that_pay(today, bill(today, received_n=received_n, works_n=works, paid_c=theirs_c))
            ),
            base,
        ).real_income_c
        for works in (no_n, works_n)
    ]
    more_c = (after[1] - state_in(today, base).real_income_c) * today.workers_c
    assert more_c.sum() == pytest.approx(-30.0, rel=1e-10)
    in_gansu = today.cells.index_c[0] == today.region("Gansu")
    assert np.ptp((after[1] / after[0])[in_gansu]) < 1e-12


@pytest.mark.parametrize(
    ("policy", "who"),
    [
        (hl.policies.PovertyAlleviation(gain=0.0), "rural"),
        (hl.policies.BorderSettlement(), "rural"),
        (hl.policies.EcologicalProtection(closed=1e-3), "ag"),
    ],
    ids=["poverty_alleviation", "border_settlement", "ecological_protection"],
)
def test_who_is_paid_by_name_gains_the_most(today, policy: hl.policies.Policy, who: str):
    """Law: who-gains rows say what the policy says: those who are paid keep more of their income, others less."""
    economy = package(hl.Scenario(today, [policy])).economy((), [policy.instrument])
    found = variation_in(economy, hl.solve(economy).solved.outcome)
    change = gains(economy, found).set_index("who")["tax"]
    others = {"rural": ["urban"], "ag": ["industry", "services"]}[who]
    assert change[who] > 0
    assert (change[others] < 0).all()
    whole = bridge(economy, hl.solve(economy).solved.outcome)
    assert whole["amount"][:-1].sum() == pytest.approx(whole["amount"].iloc[-1], rel=1e-9)


def test_who_pays_for_others_of_his_region_is_told_when_he_cannot(today):
    """What a region's own people are to pay others there may not be all that they keep."""
    too_much = 2 * received(today, "Gansu", float(income_n(today)[today.region("Gansu")]))
    with pytest.raises(hl.PolicyError) as caught:
        given(today, too_much, heads(today, "villagers"), "province")
    assert [problem.key for problem in caught.value.problems] == ["policy.unaffordable"]
