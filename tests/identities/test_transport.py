"""Laws of transport: people's time is paid by wage and trips, goods follow freight, benefits begin at the opening."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland import schema
from hinterland.data import network
from hinterland.data.figures import assumption
from hinterland.economy.implied import wages_and_rents
from hinterland.policy import access
from hinterland.policy.combine import combined
from hinterland.study.apply import package
from hinterland.study.budget import costs, once_t
from hinterland.study.variation import variation_in

WAY = ["Lanzhou", "Chengdu", "Guiyang", "Nanning"]


def line(**more) -> hl.policies.Transport:
    return hl.policies.Transport(**{"line": WAY, "speed": 350.0} | more)


def levers(economy: hl.Economy, policy: hl.policies.Transport):
    return combined(economy, [policy]).levers


def services_j(economy: hl.Economy) -> np.ndarray:
    return ~(economy.farm_j | economy.industry_j)


@pytest.mark.parametrize("name", ["china-2000", "china-2010", "china-2020"])
def test_a_high_speed_line_moves_no_cost_of_goods(name: str):
    """Law: it carries no freight, so goods cost what they did, unless it is said what it frees on old lines."""
    economy = hl.load(name)
    trade = levers(economy, line()).trade_cost_hat_nij
    assert (trade[:, :, ~services_j(economy)] == 1).all()
    freed = levers(economy, line(freed_capacity=0.02)).trade_cost_hat_nij[:, :, ~services_j(economy)]
    along = np.flatnonzero(line().places_n(economy))
    away = ~np.eye(len(along), dtype=bool)
    assert (freed[np.ix_(along, along)][away] < 1).mean() > 0.9
    rest = freed.copy()
    rest[np.ix_(along, along)] = 1.0
    assert (rest == 1).all()


def test_a_road_moves_goods_and_a_fast_line_business(today):
    services = services_j(today)
    road, fast = (levers(today, policy).trade_cost_hat_nij for policy in (line(mode="road", speed=100.0), line()))
    assert road[:, :, ~services].min() < 0.99
    assert fast[:, :, services].min() < 1
    assert max(road.max(), fast.max()) == 1


@pytest.mark.parametrize("name", ["china-2000", "china-2020"])
def test_a_cost_that_is_read_off_trade_scales_with_its_elasticity(name: str):
    """Law: at theta 8 the same trade tells half the log cost, so hours move goods by half of what they do at 4."""
    economy = hl.load(name)
    road, goods = line(mode="road", speed=100.0), ~services_j(economy)
    at_4, at_8 = (
        np.log(levers(economy.with_elasticities(trade_elasticity=theta), road).trade_cost_hat_nij)
        for theta in (4.0, 8.0)
    )
    assert at_4[:, :, goods].min() < -0.01
    np.testing.assert_allclose(at_8[:, :, goods], at_4[:, :, goods] / 2, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(at_8[:, :, ~goods], at_4[:, :, ~goods])  # business trips are hours at wages


def test_who_does_not_travel_is_paid_nothing(today, monkeypatch):
    """Law: without trips no change of travel time is worth anything to anybody, however large it is."""
    monkeypatch.setattr(access, "assumption", lambda name: 0.0 if name.startswith("trips_") else assumption(name))
    before, after = (network.times(year, codes=today.domestic_codes) for year in (1990, 2020))
    people = access.cost_hats(today, before._replace(freight_ni=after.freight_ni), after)
    coming = people.pop("newcomer_cost_hat_gc")
    assert all((hat == 1).all() for hat in people.values())
    assert coming.min() < 1
    assert coming.max() == 1


def test_moves_answer_by_the_elasticity_and_only_who_moves_gains_by_it(today):
    """Law: trips and what is beyond them together are the answer, and what is beyond is no gain of those there."""
    before, after = (network.times(year, codes=today.domestic_codes) for year in (2007, 2020))
    hats = access.cost_hats(today, before, after)
    answer = schema.parameters()["china-2020.moving_time_elasticity"].value / today.elasticity("migration_elasticity")
    homes, places = today.cells.home_g, today.cells.index_c[0]
    ratio_gc = network.ratio_ni(after.people_ni, before.people_ni)[homes][:, places]
    both = hats["migration_cost_hat_gc"] * hats["newcomer_cost_hat_gc"]
    more = hats["newcomer_cost_hat_gc"] < 1
    np.testing.assert_allclose(both[more], ratio_gc[more] ** answer, rtol=1e-12)
    assert more.mean() > 0.5
    alone = today.with_levers(newcomer_cost_hat_gc=hats["newcomer_cost_hat_gc"])
    assert (variation_in(alone, hl.solve(alone).solved.outcome).parts["moving"] == 0).all()


def test_who_works_at_home_gains_no_trip_home(today):
    cost = levers(today, line()).migration_cost_hat_gc
    at_home = today.cells.home_g[:, None] == today.cells.index_c[0][None, :]
    assert (cost[at_home] == 1).all()
    assert cost.min() < 1


def test_a_gain_of_migrants_stays_below_what_travelling_costs_them(today):
    """Law: nobody gains more by faster trips home than all his trips home take, valued at a stated worth of an hour."""
    before, after = (network.times(year, codes=today.domestic_codes) for year in (1990, 2020))
    gain_gc = -np.log(access.cost_hats(today, before, after)["migration_cost_hat_gc"])
    hours_gc = before.people_ni[today.cells.home_g][:, today.cells.index_c[0]]
    spent_gc = 2 * assumption("trips_home") * hours_gc / assumption("hours_worked")
    assert (gain_gc <= assumption("travel_hour_worth") * spent_gc + 1e-12).all()
    assert spent_gc.max() < 0.2


def test_the_value_of_time_is_hours_by_trips_by_wage(today):
    """Law: equivalent variation of a line that nobody pays is about the time it saves, valued by hand."""
    policy, codes = line(), today.domestic_codes
    times = [network.times(2020, extra, codes) for extra in ((), policy.links())]
    found = access.time_saved(today, *times)
    saved = times[0].people_ni - times[1].people_ni
    wage_gc = today.group_size_g[:, None] * today.migration_share_gc * wages_and_rents(today)[0]
    hours = saved[today.cells.home_g][:, today.cells.index_c[0]]
    home = (wage_gc * hours).sum() * 2 * assumption("trips_home") / assumption("hours_worked")
    assert found["trips_home"] == pytest.approx(home, rel=1e-12)
    hat = combined(today, [policy])  # but for moves beyond the value of time
    hat = replace(hat, levers=hat.levers._replace(newcomer_cost_hat_gc=None))
    variation = float(variation_in(hat, hl.solve(hat).solved.outcome).total_gc.sum())
    assert 0.5 * sum(found.values()) < variation < 2 * sum(found.values())


def test_cost_grows_with_length_and_with_the_years(today):
    short, long = line(line=["Lanzhou", "Chengdu"]), line()
    for policy in (short, long):
        (outlay,) = policy.outlays(today)
        km = sum(link.km for link in policy.links())
        assert outlay.yearly_n.sum() == pytest.approx(0.02 * outlay.once_n.sum(), rel=1e-12)
        assert outlay.once_n.sum() / km == pytest.approx(short.outlays(today)[0].once_n.sum() / short.links()[0].km)
    assert long.outlays(today)[0].once_n.sum() > short.outlays(today)[0].once_n.sum()


@pytest.mark.parametrize("building", [0, 1, 6])
def test_benefits_begin_once_it_is_open(today, building: int):
    """Law: it is paid while it is built, evenly; force and upkeep begin with the opening and not before."""
    policy = line(start=2024, building=building, ramp=3)
    scenario = hl.Scenario(today, [policy])
    force, paid = scenario.force_t(policy), once_t(scenario, policy)
    years = 2021 + np.arange(scenario.horizon)
    assert (force[years < 2024 + building] == 0).all()
    assert force[years == 2024 + building] == pytest.approx(1 / 3)
    assert paid.sum() == pytest.approx(1.0)
    assert years[paid > 0].tolist() == list(range(2024, 2024 + (building or 3)))
    assert scenario.rest_year == 2024 + building + 2
    found = costs(package(scenario))
    late = costs(package(hl.Scenario(today, [line(start=2024, building=building + 5, ramp=3)])))
    assert late["present"].sum() < found["present"].sum()


def test_a_line_that_never_opens_is_refused(today):
    teaches(lambda: hl.Scenario(today, [line(start=2048, building=5)]), ["2048", "horizon"], ["2048", "horizon"])


def test_what_is_no_line_is_refused_by_name(today):
    slow = line(speed=30.0)
    teaches(lambda: slow.changes(today), ["transport.line", "high-speed rail", "160", "30"], ["高铁", "160", "30"])
    far = line(line=["Harbin", "Kunming"])
    teaches(lambda: far.changes(today), ["transport.line", "Harbin", "without a stop"], ["哈尔滨", "停站"])
    fast = line(mode="road", speed=300.0)
    teaches(lambda: fast.changes(today), ["expressway", "140"], ["高速公路", "140"])
