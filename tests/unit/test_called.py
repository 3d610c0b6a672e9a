"""Policies are called by names in either language, each of one policy alone, and by every name they are found again."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland import schema
from hinterland.names import CHINESE
from hinterland.scenario.called import policy_names, printed_labels
from hinterland.scenario.file import presets
from hinterland.texts import LANGUAGES

READY = [*presets(), *presets(measured=True)]


@pytest.mark.parametrize("name", READY)
def test_every_printed_name_of_a_policy_is_taken_where_it_is_set(name: str):
    scenario = hl.read(name)
    for lang in LANGUAGES:
        called = policy_names(scenario.policies, scenario.economy.regions, lang)
        assert len({*called.values()}) == len(called)
        for label, said in called.items():
            assert bool(CHINESE.search(said)) is (lang == "zh")
            changed = scenario.with_values({f"{said}.ramp": 7})
            assert [of for of, policy in changed.policies.items() if policy.ramp == 7] == [label]


@pytest.mark.parametrize("name", READY)
def test_every_value_is_set_by_the_title_that_is_printed_of_it(name: str):
    scenario = hl.read(name)
    for label, policy in scenario.policies.items():
        size = schema.instruments()[policy.instrument].size
        for said in (schema.values(policy.instrument)[size].zh.partition("（")[0], size):
            assert scenario.with_values({f"{label}.{said}": policy.size}) is scenario


@pytest.mark.parametrize(
    "said",
    [
        "户籍制度改革：就地.access=0.8",
        "户籍制度改革: 就地．补足的公共服务享有程度＝８０％",
        "hukou reform: in place.access=80%",
        "in_place。access=0.8",
    ],
)
def test_set_is_taken_as_keyboards_of_either_language_write_it(command, said: str):
    code, out, err = command("run", "dual_transfer", "--set", said, "--format", "json")
    assert (code, "0.8" in out) == (0, True), err


def test_a_label_in_chinese_is_the_name_that_its_user_gave():
    policies = {"我的改革": hl.policies.MarketReform(), "other": hl.policies.Transport()}
    scenario = hl.Scenario("china-2020", policies)
    called = printed_labels(scenario.policies, scenario.economy.regions, "zh")
    assert called == {"我的改革": "我的改革", "other": "交通"}
    assert printed_labels(scenario.policies, scenario.economy.regions, "en") == {name: name for name in policies}


def test_a_name_of_two_policies_is_told_with_both(command):
    for lang, words in (
        ("zh", ["户籍制度改革：就地（in_place）", "户籍制度改革：返乡（return_home）"]),
        ("en", ["in_place", "return_home"]),
    ):
        code, _, err = command("run", "--set", "户籍制度改革.access=0.1", "--lang", lang)
        assert code == 2
        assert all(word in err for word in words)
        assert "没有名为" not in err
