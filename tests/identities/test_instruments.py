"""Every instrument at its ends, alone and all together: it solves with all identities, or refuses and says why.

One program serves all but capacities, so that the whole matrix takes seconds.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import hinterland as hl
from hinterland import schema
from hinterland.data import network
from hinterland.economy.choice import share_gc
from hinterland.economy.implied import migration_cost_gc, trade_cost_nij, welfare_weight_g
from hinterland.instruments import INSTRUMENTS
from hinterland.policy import costs
from hinterland.policy.combine import combined, with_changes

ALL = [name for name in INSTRUMENTS if name != "measured_change"]  # a measurement is no instrument
DOSES = ("off", "default", "minimum", "maximum")
# What cannot be done, and the reason that is given: Ningxia, the default, has not so many villagers.
REFUSED = {("ecological_migration", "maximum"): "policy.too_many"}
REFUSED |= {("transport", which): "policy.line" for which in ("off", "minimum")}  # no high-speed rail at 20 km/h
# Money still moves where the size is off: works at the land of zones, a line that is slow, a transfer beside the gain.
STILL_PAID = {"transport"}  # a line is there at any speed
# Other effects than the size, at what does nothing.
SLOW = {"transport": {"mode": "road"}}  # no road at 20 km/h is a way that anybody takes
NO_OTHER = {
    **SLOW,
    "ecological_protection": {"capacity": None},
}
FROM_THE_WEST = {"ecological_migration": {"leave": ["West"], "to": ["West"]}}


@pytest.fixture(scope="module")
def base(today):
    """The base year through the program that policies run on: every lever written, none of them moved."""
    return hl.solve(with_changes(today, {}))


def dose(name: str, which: str) -> float:
    value = schema.values(name)[schema.instruments()[name].size]
    return value.given if which == "default" else float(getattr(value, which))


def policy(name: str, which: str, **more: Any) -> hl.policies.Policy:
    return INSTRUMENTS[name](**{schema.instruments()[name].size: dose(name, which)} | more)


def welfare(solved) -> float:
    return float(welfare_weight_g(solved.economy) @ solved.welfare_hat_g)


def same_to_the_bit(first, second) -> bool:
    return all(np.array_equal(*pair) for pair in zip(first.outcome, second.outcome, strict=True))


def holds(solved) -> None:
    """Every market clears, the one left out as well; people, budgets and GDP add up."""
    certificate = solved.certificate
    assert certificate.tolerance == 1e-10
    assert certificate.worst < 1e-10
    assert set(certificate.identities) == {"people", "budgets", "gdp_income_expenditure"}
    economy, outcome = solved.economy, solved.solved.outcome
    assert abs(np.sum(solved.solved.world.levers.transfer_n)) < 1e-9 * economy.arrays["value_added_nj"].sum()
    np.testing.assert_allclose(solved.outcome.migration_share_gc.sum(axis=1), 1.0, atol=1e-12)
    people = economy.group_size_g @ solved.outcome.migration_share_gc
    assert people.sum() == pytest.approx(economy.group_size_g.sum(), rel=1e-12)
    assert outcome.income_n.sum() == pytest.approx(outcome.value_added_nj.sum(), rel=1e-10)
    assert outcome.final_nj.sum() == pytest.approx(outcome.value_added_nj.sum(), rel=1e-10)
    stock = economy.arrays["capital_nj"]
    moves = economy.arrays["capital_pool_n"] > 0
    now = stock * np.exp(outcome.log_capital_nj)
    assert now[moves].sum() == pytest.approx(stock[moves].sum(), rel=1e-10)


@pytest.mark.parametrize("which", DOSES)
@pytest.mark.parametrize("name", ALL)
def test_it_solves_with_all_identities_or_says_why_not(today, name: str, which: str):
    if (name, which) in REFUSED:
        with pytest.raises(hl.PolicyError) as caught:
            hl.Scenario(today, [policy(name, which)])
        assert [problem.key for problem in caught.value.problems] == [REFUSED[name, which]]
        return
    holds(hl.solve(hl.apply(hl.Scenario(today, [policy(name, which)]))))


@pytest.mark.parametrize("name", ALL)
def test_off_is_the_base_year_to_the_last_bit(today, base, name: str):
    """At no effect and, where money still moves, with nothing charged."""
    scenario = hl.Scenario(today, [policy(name, "off", **NO_OTHER.get(name, {}))], closure="none")
    assert same_to_the_bit(hl.solve(hl.apply(scenario)), base)


@pytest.mark.parametrize("name", ALL)
def test_what_off_still_costs_is_known(today, base, name: str):
    """An instrument whose size is off charges nothing, unless another of its values still spends."""
    solved = hl.solve(hl.apply(hl.Scenario(today, [policy(name, "off", **SLOW.get(name, {}))])))
    assert same_to_the_bit(solved, base) == (name not in STILL_PAID)


def test_levers_that_are_written_and_not_moved_give_the_base_year(today, base):
    """Another program than that of the bare base year: the last bit may round apart, no more."""
    bare = hl.solve(today)
    for name, value in base.outcome._asdict().items():
        np.testing.assert_allclose(value, getattr(bare.outcome, name), rtol=1e-12, err_msg=name)


def test_no_policy_is_the_economy_itself(today, china):
    for economy in (today, china):
        known = economy is today  # whose budgets: without any some closures are refused
        for closure in (of for of in costs.CLOSURES if known or of not in costs.OF_BUDGETS):
            assert hl.apply(hl.Scenario(economy, [], closure=closure)) is economy


@pytest.mark.parametrize("closure", costs.CLOSURES)
def test_all_together_at_their_defaults(today, closure: str):
    holds(hl.solve(hl.apply(hl.Scenario(today, [policy(name, "default") for name in ALL], closure=closure))))


def test_all_together_at_their_largest(today):
    """The villagers of Ningxia are too few; from the whole West so many can be moved.

    Paid where it is spent alone it is more than the households of twelve provinces have; as instruments are paid for
    it can be, and all stands.
    """
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(today, [policy(name, "maximum") for name in ALL])
    assert [problem.key for problem in caught.value.problems] == ["policy.too_many"]
    policies = [policy(name, "maximum", **FROM_THE_WEST.get(name, {})) for name in ALL]
    with pytest.raises(hl.PolicyError, match="Guizhou") as caught:
        hl.Scenario(today, policies, closure="local_tax")
    assert [problem.key for problem in caught.value.problems] == ["policy.unaffordable"]
    holds(hl.solve(hl.apply(hl.Scenario(today, policies))))


def test_what_no_region_can_pay_is_refused_with_its_place(today):
    """All paid where it is spent: works that cost more than all that the people of Tibet keep."""
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(today, [policy("small_towns", "off", to=["Tibet"], cost=120.0)], closure="local_tax")
    assert [problem.key for problem in caught.value.problems] == ["policy.unaffordable"]
    assert "Tibet" in caught.value.text("en")


def test_the_order_of_policies_does_not_matter_to_the_last_bit(today):
    policies = [policy(name, "default") for name in ALL]
    scenario = hl.Scenario(today, policies)
    first = hl.apply(scenario)
    for seed in range(3):
        shuffled = random.Random(seed).sample(policies, len(policies))
        other = hl.apply(hl.Scenario(today, shuffled))
        for name, value in first.levers._asdict().items():
            np.testing.assert_array_equal(getattr(other.levers, name), value, err_msg=name)
        assert list(other.arrays) == list(first.arrays)
        for name, value in first.arrays.items():
            np.testing.assert_array_equal(other.arrays[name], value, err_msg=name)
    assert same_to_the_bit(hl.solve(other), hl.solve(first))


@pytest.mark.parametrize("closure", costs.CLOSURES)
@pytest.mark.parametrize("name", ALL)
def test_transfers_add_up_to_zero(today, name: str, closure: str):
    """What a policy moves beside the transfers of the base year."""
    levers = hl.apply(hl.Scenario(today, [policy(name, "default")], closure=closure)).levers
    moved = levers.transfer_n - today.arrays["transfer_n"]
    assert moved.sum() == pytest.approx(0.0, abs=1e-10)
    if closure == "none":
        assert not moved.any()


# Signs that theory fixes


def inflow(economy: hl.Economy, share_gc: np.ndarray, place: int) -> float:
    """Workers of other provinces in a province."""
    cells = economy.cells
    home_g = np.arange(len(share_gc)) // cells.classes
    there = (cells.index_c[0] == place)[None, :] & (home_g != place)[:, None]
    return float(economy.group_size_g @ (share_gc * there).sum(axis=1))


def at_base_year_wages(economy: hl.Economy, policy: hl.policies.Policy) -> np.ndarray:
    """Where people go by costs and services alone."""
    levers = combined(economy, [policy]).levers
    return share_gc(economy, levers.migration_cost_hat_gc / levers.service_worth_hat_gc)


def test_a_lower_cost_of_coming_raises_every_flow_that_it_reaches(today):
    reform = hl.policies.HukouReform(to=["Guangdong"], moves="across", cut=0.1)
    after = hl.solve(hl.apply(hl.Scenario(today, [reform], closure="none"))).outcome.migration_share_gc
    guangdong, before = today.region("Guangdong"), today.migration_share_gc
    at_given_wages = at_base_year_wages(today, reform)
    came, more, most = (inflow(today, share, guangdong) for share in (before, after, at_given_wages))
    assert came < more < most  # wages and rents answer, and damp it
    cells = today.cells
    there = cells.index_c[0] == guangdong
    others = np.arange(len(before)) // cells.classes != guangdong
    assert (after[others][:, there].sum(axis=1) > before[others][:, there].sum(axis=1)).all()


@pytest.mark.parametrize("name", ["hukou_reform", "small_towns", "township_merger"])
def test_a_lower_cost_of_towns_raises_urbanization_where_it_is_lowered(today, name: str):
    cheaper = INSTRUMENTS[name](to=["Henan"], cut=0.1)
    solved = hl.solve(hl.apply(hl.Scenario(today, [cheaper], closure="none")))
    henan = today.region("Henan")
    at_given_wages = at_base_year_wages(today, cheaper)

    def urban(share: np.ndarray) -> float:
        here, towns = (today.group_size_g @ share).reshape(31, -1)[henan], today.town_c.reshape(31, -1)[henan]
        return float(here @ towns / here.sum())

    assert urban(today.migration_share_gc) < urban(solved.outcome.migration_share_gc) < urban(at_given_wages)


def test_a_dearer_way_to_town_keeps_people_in_villages(today):
    dearer = hl.policies.TownshipMerger(to=["Henan"], cut=-0.1)
    share = hl.solve(hl.apply(hl.Scenario(today, [dearer]))).outcome.migration_share_gc
    group = 2 * today.region("Henan")
    cells = today.cells
    towns = today.town_c & (cells.index_c[0] == today.region("Henan"))
    assert share[group, towns].sum() < today.migration_share_gc[group, towns].sum()


@pytest.mark.parametrize("name", ["industrial_base", "utilities", "talent", "poverty_alleviation"])
def test_better_productivity_does_not_lower_welfare(today, name: str):
    gain = policy(name, "default", **{"wedge": 0.0} if name == "industrial_base" else {})
    assert welfare(hl.solve(hl.apply(hl.Scenario(today, [gain], closure="none")))) > 1


@pytest.mark.parametrize("name", ["industry_linkage", "market_reform", "border_opening", "transport"])
def test_a_lower_cost_of_trade_does_not_lower_welfare(today, name: str):
    assert welfare(hl.solve(hl.apply(hl.Scenario(today, [policy(name, "default")], closure="none")))) > 1


def test_land_out_of_use_lowers_welfare(today):
    closed = hl.policies.EcologicalProtection(closed=0.1)
    assert welfare(hl.solve(hl.apply(hl.Scenario(today, [closed], closure="none")))) < 1


@pytest.mark.parametrize("mode", list(network.SPEEDS))
def test_a_new_line_raises_no_cost(today, mode: str):
    for speed in (*network.SPEEDS[mode], network.MODES[mode]):
        line = hl.policies.Transport(line=["Lanzhou", "Chengdu", "Guiyang", "Nanning"], mode=mode, speed=speed)
        levers = combined(today, [line]).levers
        assert levers.trade_cost_hat_nij.max() == 1
        assert levers.migration_cost_hat_gc.max() == 1
    assert levers.trade_cost_hat_nij.min() < 1


def test_no_policy_takes_a_cost_of_trade_below_one(today):
    """All cuts at once, at their largest: what cost more than nothing costs at least nothing."""
    cuts = ("hukou_reform", "industry_linkage", "market_reform", "border_opening", "transport", "township_merger")
    levers = hl.apply(hl.Scenario(today, [policy(name, "maximum") for name in cuts], closure="none")).levers
    hat, cost = levers.trade_cost_hat_nij, trade_cost_nij(today)
    above = np.isfinite(cost) & (cost >= 1)
    assert (hat * cost)[above].min() >= 1 - 1e-12
    assert (hat[cost < 1] == 1).all()


def test_a_cut_of_a_cost_of_moving_is_made_wherever_it_is_asked_for(today):
    """The level of the cost holds amenity: a base-year level below one is no reason to cut nothing."""
    reform = hl.policies.HukouReform(to=["China"], cut=0.2)
    levers = hl.apply(hl.Scenario(today, [reform], closure="none")).levers
    reached = reform.reach_gc(today) > 0
    assert (migration_cost_gc(today)[reached] < 1).any()
    np.testing.assert_allclose(levers.migration_cost_hat_gc[reached], 0.8)


def efficient_world() -> hl.World:
    """Two regions, one good that both sell everywhere at no cost, capital footloose, nothing that distorts.

    Alike but for size; owners live where they are and buy the same things.
    """
    size = np.array([2.0, 1.0])
    return hl.World.build(
        np.tile(size / size.sum(), (2, 1)),
        size,
        4.0,
        capital_share_nj=np.full((2, 1), 0.4),
        capital_nj=size[:, None],
        capital_elasticity=1e6,
        regions=["Large", "Small"],
    )


def test_output_is_largest_where_returns_are_not_bent():
    """The first theorem of welfare: with returns equal for all owners no placement of capital makes more.

    A wedge in either direction loses, one that is the same everywhere changes nothing, and what a wedge loses is of the
    second order: half of it loses a quarter.
    """

    def real(wedge: float, everywhere: bool = False) -> float:
        hat = np.array([[wedge], [wedge if everywhere else 1.0]])
        outcome = hl.solve(efficient_world().with_levers(return_wedge_hat_nj=hat)).outcome
        return float(outcome.income_n.sum() / outcome.price_hat_n[0] / 3.0)

    assert real(1.3, everywhere=True) == pytest.approx(1.0, abs=1e-11)
    for wedge in (0.7, 0.9, 1.1, 1.3):
        assert real(wedge) < 1 - 1e-6
    # To remove a wedge, wholly or in part, never loses; half of it loses a quarter.
    assert real(1.3) < real(1.2) < real(1.1) < real(1.0)
    assert real(1.0) == pytest.approx(1.0, abs=1e-12)
    assert (1 - real(1.01)) / (1 - real(1.01**0.5)) == pytest.approx(4.0, rel=0.01)  # off by the order of the wedge


# Room


@pytest.fixture(scope="module")
def full(today):
    """Guangdong may carry no more than 95 % of its present people."""
    limit = hl.policies.EcologicalProtection(to=["Guangdong"], closed=0.0, capacity=0.95)
    return hl.solve(hl.apply(hl.Scenario(today, [limit], closure="none")))


def test_where_room_binds_people_fit_and_its_price_is_positive(today, full):
    holds(full)
    guangdong = today.region("Guangdong")
    hat = full.solved.outcome.people_hat_n[:31]
    price = full.solved.outcome.multiplier_n[:31]
    assert hat[guangdong] == pytest.approx(0.95, rel=1e-10)
    assert price[guangdong] > 0
    np.testing.assert_allclose(np.delete(price, guangdong), 0.0, atol=1e-12)
    assert np.delete(hat, guangdong).min() > 1 - 1e-4  # who finds no room goes elsewhere


def test_room_for_more_has_no_price(today, base):
    limit = hl.policies.EcologicalProtection(to=["Guangdong"], closed=0.0, capacity=1.5)
    solved = hl.solve(hl.apply(hl.Scenario(today, [limit], closure="none")))
    assert np.abs(solved.solved.outcome.multiplier_n).max() == 0
    np.testing.assert_allclose(solved.outcome.migration_share_gc, base.outcome.migration_share_gc, atol=1e-12)


def test_room_for_too_few_is_no_solution_but_a_reason(today):
    """Half of everybody, everywhere: nobody can go anywhere."""
    limit = hl.policies.EcologicalProtection(to=["East", "Central", "West", "Northeast"], closed=0.0, capacity=0.5)
    with pytest.raises(hl.HinterlandError) as caught:
        hl.solve(hl.apply(hl.Scenario(today, [limit], closure="none")))
    assert [problem.key for problem in caught.value.problems] == ["world.no_room"]


def test_a_cluster_passes_on_what_other_policies_do_to_towns(today, base):
    """Alone it changes nothing; beside a reform of hukou it makes its members more productive or less, by its sign."""

    def output(spillover: float) -> float:
        cluster = hl.policies.CityCluster(spillover=spillover)
        reform = hl.policies.HukouReform(to=["Sichuan", "Chongqing"], cut=0.2)
        return welfare(hl.solve(hl.apply(hl.Scenario(today, [cluster, reform], closure="none"))))

    assert output(-0.02) < output(0.0) < output(0.02)
