"""Accounts that do not add and base years that are none are refused by name, in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl


@pytest.mark.parametrize(
    ("name", "times", "said"),
    [
        ("entitled_services_n", 100.0, "entitled_services_n"),
        ("entitled_services_n", -1.0, "entitled_services_n"),
        ("local_tax_n", 10.0, "local_tax_n"),
        ("household_income_nr", 100.0, "household_income_nr"),
        ("land_revenue_n", 100.0, "land_revenue_n"),
    ],
)
def test_an_account_that_cannot_be_is_named_with_its_place(today, name: str, times: float, said: str):
    wrong = np.array(today.arrays[name], float)
    wrong[today.region("Beijing")] *= times
    economy = replace(today, arrays={**today.arrays, name: wrong})
    teaches(lambda: hl.solve(economy), [said, "Beijing (北京)", "orrect"], [said, "北京", "请"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("local_tax_n", -0.5),
        ("local_tax_n", np.nan),
        ("central_tax_n", -0.1),
        ("central_tax_n", np.inf),
        ("entitled_services_n", -5.0),
        ("entitled_services_n", np.nan),
        ("land_revenue_n", -10.0),
        ("land_revenue_n", np.nan),
    ],
)
def test_what_is_no_amount_is_named_by_its_own_array_and_place(today, name: str, value: float):
    """And not by what is worked out of it, nor with the amount of a place that is sound."""
    wrong = np.array(today.arrays[name], float)
    wrong[today.region("Beijing")] = value
    with pytest.raises(hl.DataError) as caught:
        hl.solve(replace(today, arrays={**today.arrays, name: wrong}))
    (problem,) = caught.value.problems
    assert (problem.key, problem.values["name"]) == ("economy.positive", name)
    assert problem.values["found"] == pytest.approx(value, nan_ok=True)
    assert "Beijing (北京) (1 / 31)" in str(caught.value)


@pytest.mark.parametrize("name", ["local_tax_n", "entitled_services_n", "household_income_nr", "land_revenue_n"])
def test_the_worst_place_is_named_first_and_its_amount_told(today, name: str):
    wrong = np.array(today.arrays[name], float)
    wrong[today.region("Beijing")] *= 50.0
    wrong[today.region("Tibet")] *= 5000.0
    with pytest.raises(hl.DataError) as caught:
        hl.solve(replace(today, arrays={**today.arrays, name: wrong}))
    (problem,) = caught.value.problems
    found = {}
    for place in ("Beijing", "Tibet"):
        only = np.array(today.arrays[name], float)
        only[today.region(place)] = wrong[today.region(place)]
        with pytest.raises(hl.DataError) as alone:
            hl.solve(replace(today, arrays={**today.arrays, name: only}))
        found[place] = float(alone.value.problems[0].values["found"])
    worst, other = sorted(found, key=found.__getitem__, reverse=True)
    assert float(problem.values["found"]) == found[worst]
    assert str(problem.values["where"]).index(worst) < str(problem.values["where"]).index(other)


def test_a_scenario_begins_with_a_base_year(today):
    """What has moved an economy already would be counted as the scenario's own: useless works would move real GDP."""
    done = hl.apply(hl.Scenario(today, [hl.policies.MarketReform()]))
    teaches(
        lambda: hl.Scenario(done, [hl.policies.HukouReform()]),
        ["china-2020", "trade_cost_hat_nij", "Begin with the base year"],
        ["china-2020", "trade_cost_hat_nij", "请从基期"],
    )
    hl.solve(done)  # as it is
    still = today.with_levers(productivity_hat_nj=np.ones_like(today.arrays["value_added_nj"]))
    hl.Scenario(still, [hl.policies.HukouReform()])  # a lever that is written and not moved moves nothing


LEVELS = {"tariff_nij": (0.0, 1.0), "capacity_n": (np.inf, 1.0), "grant_share_n": (None, 0.5)}


@pytest.mark.parametrize("name", list(LEVELS))
def test_a_level_is_measured_against_its_base_year_and_not_against_one(today, name: str):
    """A tariff of 100 % has moved and none has not; the grants of the base year, written out, move nothing."""
    base, other = LEVELS[name]
    shape = today.arrays["trade_share_nij"].shape if name == "tariff_nij" else (len(today.region_codes),)
    still = today.arrays[name] if base is None else np.full(shape, base)
    economy = replace(today, arrays={**today.arrays, name: still})
    for unmoved in (economy, economy.with_levers(**{name: still})):
        hl.Scenario(unmoved, [hl.policies.HukouReform()])
    for moved in (
        economy.with_levers(**{name: np.full(shape, other)}),
        today.with_levers(**{name: np.full(shape, 0.3)}),
    ):
        with pytest.raises(hl.PolicyError) as caught:
            hl.Scenario(moved, [hl.policies.HukouReform()])
        assert [problem.key for problem in caught.value.problems] == ["scenario.moved_base"]
        assert name in str(caught.value)


def test_a_moved_economy_is_refused_without_a_policy_too(today):
    """Its headline would say that nothing moved, and its decomposition that something did."""
    moved = today.with_levers(productivity_hat_nj=np.full_like(today.arrays["value_added_nj"], 1.1))
    with pytest.raises(hl.PolicyError) as caught:
        hl.Scenario(moved, [])
    assert [problem.key for problem in caught.value.problems] == ["scenario.moved_base"]
    hl.solve(moved)
