"""Policies stay apart: no two have one printed name, and none is called as a row of the tables that split a result."""

from __future__ import annotations

import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.scenario.called import policy_names
from hinterland.scenario.scenario import RESERVED

KINDS = hl.policies


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_policies_have_one_name(today, lang: str):
    line = KINDS.Transport(line=["Chengdu", "Chongqing"], mode="hsr", speed=350.0)
    policies = {
        "hukou": KINDS.HukouReform(moves="in_place", to=["West"]),
        "户籍制度改革": line,
        "交通": KINDS.MarketReform(),
    }
    names = policy_names(policies, today.regions, lang)
    assert len({*names.values()}) == len(policies)


@pytest.mark.parametrize("label", RESERVED)
def test_a_label_that_is_a_row_of_the_split_tables_is_refused(today, label: str):
    teaches(lambda: hl.Scenario(today, {label: KINDS.MarketReform()}), (label, "another label"), (label, "换一个标签"))


def test_a_title_that_is_empty_is_none(today):
    scenario = hl.Scenario(today, {"a": KINDS.MarketReform()}, name="mine", title={"zh": ""})
    assert scenario.called("zh") == scenario.called("en") == "mine"
