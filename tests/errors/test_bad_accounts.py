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
