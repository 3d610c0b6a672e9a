"""What would do nothing without a word is refused by name: nobody served, nobody to entitle, nobody to trade with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl


def with_array(economy: hl.Economy, name: str, value: np.ndarray) -> hl.Economy:
    return replace(economy, arrays=economy.arrays | {name: value})


@pytest.mark.parametrize(
    "policy", [hl.policies.HukouReform(to=["Beijing"]), hl.policies.PublicServices(to=["Beijing"])]
)
def test_a_target_with_nobody_entitled(today, policy: hl.policies.Policy):
    served_n = np.where(np.arange(34) == today.region("Beijing"), 0.0, today.arrays["entitled_services_n"])
    bare = with_array(today, "entitled_services_n", served_n)
    where = f"{policy.instrument}.to"
    teaches(
        lambda: policy.changes(bare), [where, "Beijing", "entitled_services_n"], [where, "北京", "entitled_services_n"]
    )


def test_a_reform_where_all_have_access(today):
    whole = with_array(today, "service_access", np.array(1.0))
    teaches(
        lambda: hl.policies.HukouReform().changes(whole), ["service_access", "full"], ["service_access", "完全享有"]
    )


def test_a_reform_of_trade_with_oneself(today):
    alone = hl.policies.MarketReform(to=["Beijing"])
    teaches(lambda: alone.changes(today), ["market_reform.to", "Add regions"], ["market_reform.to", "请增加地区"])


def test_a_line_that_opens_after_the_horizon(today):
    line = hl.policies.Transport(start=2048, building=5)
    teaches(lambda: hl.Scenario(today, [line]), ["2048", "2053", "building"], ["2048", "2053", "building"])


def test_a_line_there_and_back_is_one_line(today):
    way, both = (hl.policies.Transport(line=line) for line in (["Chengdu", "Wuhan"], ["Chengdu", "Wuhan", "Chengdu"]))
    assert both.outlays(today)[0].once_n.sum() == way.outlays(today)[0].once_n.sum()


def test_what_has_no_price_has_no_cost_of_zero(today):
    table = hl.run(hl.Scenario(today, [hl.policies.MarketReform()])).benefits
    assert table[["charged", "present_cost", "benefit_per_yuan"]].isna().all(axis=None)
