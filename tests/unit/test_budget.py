"""What scenarios cost and are worth: by hand, and by the laws that money obeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import currency, household_income_nr, income_n
from hinterland.policy.costs import CLOSURES, OF_BUDGETS, annuity
from hinterland.report.export import markdown_of as as_text
from hinterland.report.money import benefits as benefits_table
from hinterland.report.money import budget as budget_table
from hinterland.study.apply import package
from hinterland.study.budget import costs, once_t, present
from hinterland.study.decompose import variations
from hinterland.study.variation import gains, households, variation_in
from hinterland.study.worth import benefits

KINDS = hl.policies


def test_present_value_by_hand():
    assert present(np.array([108.0, 0.0, 108.0**1 * 1.08**2]), 0.08) == pytest.approx(100.0 + 100.0)


def test_an_annuity_repays_what_it_was():
    """What is spent in the first year and paid off from that year on is worth the same now."""
    assert present(np.full(30, annuity(0.08, 30)), 0.08) == pytest.approx(present(np.eye(30)[0], 0.08))


def test_the_cost_of_a_year_and_the_present_cost_are_of_one_calendar():
    """Law: of works at full force from the first year on, the years of the horizon at what is charged are the cost."""
    works = KINDS.Utilities(to=["West"], ramp=1)
    for closure in ("by_payer", "national_tax", "debt"):
        table = costs(package(hl.Scenario("china-2020", [works], closure=closure)))
        present_charges = table["charged"].sum() * present(np.ones(30), 0.08)
        assert present_charges == pytest.approx(table["present"].sum(), rel=1e-12)


@pytest.mark.parametrize("start", [2021, 2035, 2050])
@pytest.mark.parametrize("ramp", [1, 5, 30])
def test_a_gain_a_year_and_its_present_value_have_one_sign(start: int, ramp: int):
    """Law: what is paid as a policy comes into force costs what it costs a year, in as many years as it serves."""
    if start + ramp > 2051:
        ramp = 1
    works = KINDS.Utilities(to=["West"], start=start, ramp=ramp)
    for closure in ("by_payer", "national_tax", "local_tax", "debt"):
        scenario = hl.Scenario("china-2020", [works], closure=closure)
        table = costs(package(scenario))
        years = present(scenario.force_t(works), 0.08)
        assert table["present"].sum() == pytest.approx(table["charged"].sum() * years, rel=1e-9)


def test_a_ramp_grows_to_full_force_and_an_end_stops_it():
    policy = KINDS.MarketReform(start=2022, ramp=4, end=2027)
    scenario = hl.Scenario("china-2020", [policy], horizon=10)
    np.testing.assert_allclose(scenario.force_t(policy), [0, 0.25, 0.5, 0.75, 1, 1, 1, 0, 0, 0])
    np.testing.assert_allclose(once_t(scenario, policy), [0, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0])


@pytest.mark.parametrize("ramp", [0, 1, 2, 5])
@pytest.mark.parametrize("end", [None, 2028])
def test_full_force_has_one_year(ramp: int, end: int | None):
    """Law: the year that is told is the first whose force is one, and a policy that lasts until then is no error."""
    policy = KINDS.MarketReform(start=2022, ramp=ramp, end=end)
    scenario = hl.Scenario("china-2020", [policy])
    first = 2021 + int(np.argmax(scenario.force_t(policy) == 1))
    assert first == scenario.full_from(policy) == scenario.rest_year
    assert hl.Scenario("china-2020", [replace(policy, end=first)]).rest_year == first
    if ramp > 1:
        with pytest.raises(hl.PolicyError, match=f"full force in {first}"):
            hl.Scenario("china-2020", [replace(policy, end=first - 1)])


def test_what_people_live_on_is_income_after_taxes_with_the_rents_of_homes():
    published = hl.load("china-2000")  # no taxes; homes are 13 % of spending; GDP of 2000 without Tibet, bn CNY
    assert income_n(published).sum() * currency(published) == pytest.approx(9801.66)
    own = households(published)
    assert own.earned_gc.sum() * currency(published) == pytest.approx(9801.66 / 0.87)
    assert not own.rents_g.any()


def test_what_people_live_on_is_their_own_income_where_it_is_known():
    china = hl.load("china-2020")
    own, known = households(china), household_income_nr(china)
    assert own.earned_gc.sum() + own.rents_g.sum() == pytest.approx(45747, rel=1e-4)
    by_residence = china.cells.by_residence(own.earned_gc.sum(axis=0)) + own.rents_g.reshape(known.shape)
    np.testing.assert_allclose(by_residence, known, rtol=1e-12)


@pytest.fixture(scope="module")
def priced() -> hl.Scenario:
    return hl.Scenario("china-2020", [KINDS.Utilities(to=["Sichuan"]), KINDS.TaxIncentive(to=["Gansu"])])


def test_the_budget_names_policy_payer_and_region(priced: hl.Scenario):
    table = costs(package(priced))
    works = table[table["policy"] == "utilities"]
    assert set(works["payer"]) == {"centre", "province"}
    assert set(works["region"]) == {"centre", "510000"}
    assert works["once"].iloc[0] == pytest.approx(works["once"].iloc[1])
    relief = table[table["policy"] == "tax_incentive"].set_index("payer")["yearly"]
    assert relief["centre"] / relief.sum() == pytest.approx(0.6)
    np.testing.assert_allclose(works["charged"], works["once"] * (annuity(0.08, 30) + 0.02))


@pytest.mark.parametrize("closure", [closure for closure in CLOSURES if closure not in OF_BUDGETS])
def test_works_that_no_budget_buys_are_paid_by_nobody(closure: str):
    """Without budgets nobody is charged in the model, in the table of costs, nor in that of benefits."""
    works = KINDS.Utilities(to=["Sichuan"])  # half of which the centre pays, where there is one
    scenario = hl.Scenario("china-2000", [works], closure=closure)
    table = costs(package(scenario))
    assert (table["charged"] == 0).all()
    assert (table["present"] > 0).all()
    unpaid, free = (hl.apply(of).levers for of in (scenario, scenario.replace(closure="none")))
    np.testing.assert_array_equal(unpaid.transfer_n, free.transfer_n)
    assert not np.any(unpaid.transfer_n)
    result = hl.run(scenario)
    told = as_text(budget_table(result, "en")), as_text(benefits_table(result, "en"))
    assert ("no works are charged" in told[0], "nothing is charged" in told[1]) == (True, True)


def test_payments_are_transfers_between_places_where_there_are_no_budgets():
    paid = KINDS.FiscalTransfer(to=["Gansu"], per_head=100.0, use="households")
    scenario = hl.Scenario("china-2000", [paid])
    charged = costs(package(scenario))["charged"].sum()
    given = np.asarray(hl.apply(scenario).levers.transfer_n) * currency(scenario.economy)
    income = income_n(scenario.economy)
    share = income[scenario.economy.region("Gansu")] / income.sum()
    assert given.max() == pytest.approx(charged * (1 - share), rel=1e-12)
    assert given.sum() == pytest.approx(0, abs=1e-12)
    assert "nothing is charged" not in as_text(benefits_table(hl.run(scenario), "en"))


def test_a_cost_of_ones_own_replaces_the_rule():
    own = KINDS.Utilities(to=["Sichuan", "Gansu"], cost=3.0, payer={"province": 0.5, "people": 0.5})
    table = costs(package(hl.Scenario("china-2020", [own])))
    assert table["yearly"].sum() == pytest.approx(3.0)
    assert table["once"].sum() == 0
    assert table.groupby("payer")["yearly"].sum().to_dict() == pytest.approx({"province": 1.5, "people": 1.5})


def gift(per_head: float, payer: str) -> tuple[float, float, float]:
    """Present cost, benefit per yuan and cost of public funds of money for everybody's household."""
    everybody = ["East", "Central", "West", "Northeast"]
    policy = KINDS.FiscalTransfer(to=everybody, per_head=per_head, use="households", payer={payer: 1.0})
    whole = hl.run(hl.Scenario("china-2020", [policy]))
    found = benefits(whole.package, whole.budget, variations(whole.package, whole.states), whole.bills)
    known = 1.409778724 * per_head * present(whole.scenario.force_t(policy), 0.08)
    assert found["present_cost"][0] == pytest.approx(known)
    return tuple(found[name][0] for name in ("present_cost", "benefit_per_yuan", "marginal_cost_of_funds"))


def test_a_yuan_taken_from_everybody_and_given_back_by_the_head_is_worth_a_yuan_less_what_taking_it_costs():
    """Who gets it wherever he goes moves for nothing; who pays by income does not: that is what public funds cost."""
    for per_head in (100.0, 1000.0):
        _, per_yuan, funds = gift(per_head, "province")
        assert per_yuan * funds == pytest.approx(1.0, rel=(per_head / 32_450) ** 2)  # of own income, squared
        assert funds > 1.005


def test_a_yuan_moved_to_poor_places_is_worth_more_in_proportion():
    """Taken by income and given by head: what a yuan is worth there does not hang on how many are moved."""
    (small_cost, small, _), (large_cost, large, _) = gift(100.0, "centre"), gift(1000.0, "centre")
    assert large_cost == pytest.approx(10 * small_cost, rel=1e-12)
    assert small > 1
    assert large - 1 == pytest.approx(small - 1, rel=1000 / 32_450)  # off by the order of what is moved of own income


def test_gains_are_told_of_everybody(priced: hl.Scenario):
    economy = hl.apply(priced)
    table = gains(economy, variation_in(economy, hl.solve(economy).solved.outcome))
    assert set(table["dimension"]) == {"macro_region", "hukou", "residence", "sector"}
    for _, rows in table.groupby("dimension"):
        assert rows["people"].sum() == pytest.approx(economy.workers_c.sum())
