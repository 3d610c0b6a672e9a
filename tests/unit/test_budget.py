"""What scenarios cost and are worth: by hand, and by the laws that money obeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.accounts import currency, income_n
from hinterland.policy.costs import annuity
from hinterland.study.apply import package
from hinterland.study.budget import costs, equivalent_variation_g, gains, once_t, present, spent_g
from hinterland.study.decompose import variations
from hinterland.study.outcomes import base_state, state_of
from hinterland.study.worth import benefits

KINDS = hl.policies


def test_present_value_by_hand():
    assert present(np.array([108.0, 0.0, 108.0**1 * 1.08**2]), 0.08) == pytest.approx(100.0 + 100.0)


def test_an_annuity_repays_what_it_was():
    assert present(np.full(30, annuity(0.08, 30)), 0.08) == pytest.approx(1.0)


def test_a_ramp_grows_to_full_force_and_an_end_stops_it():
    policy = KINDS.MarketReform(start=2022, ramp=4, end=2027)
    scenario = hl.Scenario("china-2020", [policy], horizon=10)
    np.testing.assert_allclose(scenario.force_t(policy), [0, 0.25, 0.5, 0.75, 1, 1, 1, 0, 0, 0])
    np.testing.assert_allclose(once_t(scenario, policy), [0, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0])


def test_spending_of_groups_is_income_after_taxes_with_the_rents_of_homes():
    published = hl.load("china-2000")  # no taxes; homes are 13 % of spending; GDP of 2000 without Tibet, bn CNY
    assert income_n(published).sum() * currency(published) == pytest.approx(9801.66)
    assert spent_g(published).sum() == pytest.approx(9801.66 / 0.87)
    china = hl.load("china-2020")
    taxes = (china.arrays["local_tax_n"] + china.arrays["central_tax_n"])[:31]
    assert spent_g(china).sum() == pytest.approx(float(((1 - taxes) * income_n(china)).sum()) / 0.76)


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
    np.testing.assert_allclose(works["charged"], works["once"] * annuity(0.08, 30))


def test_a_cost_of_ones_own_replaces_the_rule():
    own = KINDS.Utilities(to=["Sichuan", "Gansu"], cost=3.0, payer={"province": 0.5, "people": 0.5})
    table = costs(package(hl.Scenario("china-2020", [own])))
    assert table["yearly"].sum() == pytest.approx(3.0)
    assert table["once"].sum() == 0
    assert table.groupby("payer")["yearly"].sum().to_dict() == pytest.approx({"province": 1.5, "people": 1.5})


def gift(per_head: float, payer: str) -> tuple[float, float]:
    """Present cost and benefit per yuan of money for everybody's household."""
    everybody = ["East", "Central", "West", "Northeast"]
    policy = KINDS.FiscalTransfer(to=everybody, per_head=per_head, use="households", payer={payer: 1.0})
    whole = package(hl.Scenario("china-2020", [policy]))
    found = benefits(whole, costs(whole), variations(whole, state_of(hl.solve(whole.economy()))))
    known = 1.409778724 * per_head * present(whole.scenario.force_t(policy), 0.08)
    assert found["present_cost"][0] == pytest.approx(known)
    return found["present_cost"][0], found["benefit_per_yuan"][0]


def test_a_yuan_taken_from_everybody_and_given_back_is_worth_a_yuan():
    for per_head in (100.0, 1000.0):
        assert gift(per_head, "province")[1] == pytest.approx(1.0, rel=1e-12)


def test_a_yuan_moved_to_poor_places_is_worth_more_in_proportion():
    """Taken by income and given by head: what a yuan is worth there does not hang on how many are moved."""
    (small_cost, small), (large_cost, large) = gift(100.0, "centre"), gift(1000.0, "centre")
    assert large_cost == pytest.approx(10 * small_cost, rel=1e-12)
    assert small > large > 1
    assert large - 1 == pytest.approx(small - 1, rel=0.01)  # off by the order of what is moved, 1.4 % of GDP


@pytest.mark.parametrize("closure", ["national_tax", "local_tax", "land_revenue"])
def test_works_that_do_nothing_are_lost(closure: str):
    """What is paid for nothing is what residents lose, where homes are in fixed supply and nobody else is hurt.

    Not to the last digit: the government buys in other places, and density and rents answer.
    """
    economy = hl.load("china-2020")
    fixed = economy.arrays | {"housing_supply_elasticity_n": np.zeros(34), "agglomeration_elasticity_n": np.zeros(34)}
    everywhere = KINDS.SmallTowns(people=1e6, to=["East", "Central", "West", "Northeast"])
    scenario = hl.Scenario(replace(economy, arrays=fixed), [everywhere], closure=closure)
    state = state_of(hl.solve(hl.apply(scenario)))
    variation = float(equivalent_variation_g(scenario.economy, state).sum())
    charged = costs(package(scenario))["charged"].sum()
    assert variation == pytest.approx(-charged, rel=0.08)


def test_gains_by_macro_region_and_by_hukou_are_the_same_sum(priced: hl.Scenario):
    economy = priced.economy
    after = state_of(hl.solve(hl.apply(priced)))
    table = gains(economy, base_state(economy), after)
    total = float(equivalent_variation_g(economy, after).sum())
    for dimension in ("macro_region", "hukou"):
        assert table[table["dimension"] == dimension]["variation"].sum() == pytest.approx(total)
    assert table[table["dimension"] == "sector"]["people"].sum() == pytest.approx(economy.workers_c.sum())


def test_costs_are_told_and_not_charged_where_the_economy_has_no_budgets(china):
    scenario = hl.Scenario(china, [KINDS.Utilities()])
    assert costs(package(scenario))["once"].sum() > 0
    levers = hl.apply(scenario).levers
    assert levers.local_tax_n is None
    assert levers.programme_n is None
