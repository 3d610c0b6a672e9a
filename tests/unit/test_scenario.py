"""Scenario files."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import hinterland as hl
from hinterland.data.figures import values
from hinterland.data.prices import price_ratio
from hinterland.data.regions import china as provinces
from hinterland.policy.costs import evidence, price_year
from hinterland.policy.target_figures import figures
from hinterland.policy.targets import chosen_n
from hinterland.study.apply import package


@pytest.mark.parametrize("name", hl.presets())
def test_every_preset_reads_back_from_its_own_text(name: str, tmp_path):
    scenario = hl.read(name)
    path = tmp_path / f"{name}.yaml"
    path.write_text(scenario.to_yaml(), encoding="utf-8")
    again = hl.read(path)
    assert again.policies == scenario.policies
    assert again.title == scenario.title
    assert again.about == scenario.about
    assert again.texts == scenario.texts
    assert all(scenario.title[lang] for lang in ("zh", "en"))


@pytest.mark.parametrize("name", hl.presets())
def test_every_size_of_a_preset_has_a_reason_in_both_languages(name: str):
    scenario = hl.read(name)
    assert all(scenario.about[label][lang] for label in scenario.policies for lang in ("zh", "en"))


READY = """dual_transfer previous_round liangjiang henan_three_new great_qinling jinsha_qianjiang ningxia_demonstration
    cluster_led state_and_market urban_and_counter_urban border_belt guided_agglomeration northeast_revival central_rise
    western_development"""
OF_A_PART = "liangjiang henan_three_new great_qinling jinsha_qianjiang ningxia_demonstration cluster_led"
STATUS = {
    "zh": ("有据", "推算", "假设", "没有证据"),
    "en": ("established", "derived", "assumed", "no evidence"),
}


def test_the_box_holds_the_fifteen_scenarios_of_the_source():
    assert hl.presets() == sorted(READY.split())


@pytest.mark.parametrize("name", hl.presets())
def test_a_preset_says_what_it_stands_for_what_is_fact_and_what_is_assumed(name: str):
    scenario = hl.read(name)
    assert list(scenario.texts) == ["represents", "facts", "assumptions"]
    assert all(len(text["zh"]) > 30 and len(text["en"]) > 80 for text in scenario.texts.values())
    assert len(scenario.policies) <= 8  # Shapley stays exact


@pytest.mark.parametrize("name", hl.presets())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_says_how_well_the_size_is_known(name: str, lang: str):
    for label, reason in hl.read(name).about.items():
        assert any(word in reason[lang] for word in STATUS[lang]), f"{name}.{label}"


@pytest.mark.parametrize("name", OF_A_PART.split())
def test_a_province_that_stands_for_a_part_of_it_is_said_to(name: str):
    told = hl.read(name).texts["assumptions"]
    assert "地市数据补入之前" in told["zh"]
    assert "ntil prefectures come" in told["en"]


def test_works_that_henan_built_cost_what_it_lost():
    scenario = hl.read("henan_three_new")
    spent = sum(outlay.once_n.sum() for outlay in package(scenario).outlays["new_communities"])
    lost = evidence("small_towns.henan_loss") * price_ratio(price_year("small_towns.henan_loss"), 2020)
    assert spent == pytest.approx(lost, rel=0.01)
    assert not scenario.policies["new_communities"].changes(scenario.economy)


def test_the_state_turns_to_western_provinces_below_four_fifths_of_the_nation():
    scenario = hl.read("state_and_market")
    economy, target = scenario.economy, scenario.policies["fiscal_transfer"].to
    found = figures(economy, "gdp_per_head")
    west = np.isin(economy.domestic_codes, provinces().groups_in(economy.year)["West"])
    np.testing.assert_array_equal(chosen_n(economy, target, "to") > 0, west & (found.value_n < 0.8 * found.national))


def test_the_parts_of_the_previous_round_are_those_that_were_measured():
    scenario = hl.read("previous_round")
    assert scenario.economy.name == "china-2000"
    sent = sum(outlay.yearly_n for outlay in package(scenario).outlays["western_transfers"])
    west = np.isin(scenario.economy.domestic_codes, provinces().groups_in(2009)["West"])
    assert (sent[~west] == 0).all()
    # What was spent in 2009 and could not have been had revenue paid for no smaller part of it than in 2000.
    spent, earned, gdp, gdp_then = (
        values(name, year, scenario.economy.domestic_codes)
        for name, year in (
            ("fiscal_expenditure", 2009),
            ("fiscal_revenue", 2009),
            ("gdp_rev4census", 2009),
            ("gdp_rev4census", 2000),
        )
    )
    paid_for = values("fiscal_self_sufficiency", 2000, scenario.economy.domestic_codes) / 100
    lacked = np.maximum(0.0, spent - earned / paid_for) / gdp.sum()
    np.testing.assert_allclose(sent[west], (lacked * gdp_then.sum() / 10)[west], rtol=1e-12)
    rail = hl.apply(scenario, ["western_rail"]).levers
    assert (rail.trade_cost_hat_nij <= 1).all()
    assert rail.trade_cost_hat_nij.min() < 0.995
    assert rail.migration_cost_hat_gc.min() < 0.995


def test_with_values_changes_one_value_and_keeps_the_rest():
    scenario = hl.read("dual_transfer")
    changed = scenario.with_values({"in_place.access": 0.3, "transport.line": ["Chengdu", "Chongqing"]})
    assert changed.policies["in_place"].access == 0.3
    assert changed.policies["transport"].line == ("Chengdu", "Chongqing")
    assert scenario.policies["in_place"].access == 0.5
    assert changed.policies["return_home"] == scenario.policies["return_home"]


def test_policies_of_a_list_are_named_by_their_instrument(china):
    other = hl.policies.Transport(line=["Guiyang", "Nanning"])
    scenario = hl.Scenario(china, [hl.policies.Transport(), hl.policies.HukouReform(cut=0.3), other])
    assert list(scenario.policies) == ["transport", "hukou_reform", "transport_2"]


def test_the_script_of_the_design_runs(china):
    reform = hl.Scenario(china, [hl.policies.HukouReform(to=["Sichuan", "Chongqing"], cut=0.3, start=2026)])
    result = hl.run(reform)
    assert result.certificate.passed
    assert list(hl.compare(result, ["nonag_share", "real_income"], by="macro_region").columns) == ["scenario"]


def test_a_scenario_is_a_plain_record_that_is_checked_whenever_it_is_made():
    plan = hl.read("dual_transfer")
    assert not hasattr(plan, "__dict__")  # nothing can be hidden in it
    with pytest.raises(AttributeError):
        plan.name = "another"
    assert plan.replace(name="another") == hl.Scenario(**(plan._asdict() | {"name": "another"}))
    for changed in (plan.replace, plan._replace):
        with pytest.raises(hl.PolicyError, match="horizon"):
            changed(horizon=0)


def test_what_is_no_policy_is_refused_in_a_list_and_by_name(china: hl.Economy):
    for given in ([1], {"a": 1}):
        with pytest.raises(hl.PolicyError, match=r"a number.*hl\.policies"):
            hl.Scenario(china, given)


def test_apply_takes_a_name_as_run_does():
    by_name, by_scenario = hl.apply("trade_2002_2007").levers, hl.apply(hl.read("trade_2002_2007")).levers
    np.testing.assert_array_equal(by_name.trade_cost_hat_nij, by_scenario.trade_cost_hat_nij)


def test_a_scenario_is_read_and_checked_without_jax():
    check = (
        "import sys, hinterland as hl; plan = hl.read('dual_transfer'); "
        "plan.replace(horizon=20).to_yaml(); sys.exit('jax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_names_that_have_gone_say_what_to_use_now(china: hl.Economy):
    plan, policy = hl.Scenario(china, []), hl.policies.MarketReform()
    went = [(plan, "applied", "hl.apply"), (plan, "outlays", "package"), (policy, "apply", "combined")]
    went += [
        (china, "migration_cost_gc", "economy.implied.migration_cost_gc"),
        (hl, "IdentityError", "HinterlandError"),
    ]
    for holder, name, instead in went:
        with pytest.raises(AttributeError, match=rf"{name}.*has gone.*{instead}"):
            getattr(holder, name)
    with pytest.raises(AttributeError, match=r"nonsense'$"):
        _ = plan.nonsense


def test_a_scenario_does_not_change_with_what_it_was_made_of(china: hl.Economy):
    payer, about, texts = {"centre": 1.0}, {"reform": {"en": "because"}}, {"facts": {"en": "it is so"}}
    policies = {"reform": hl.policies.HukouReform(to=["Sichuan"], cut=0.3, payer=payer)}
    scenario = hl.Scenario(china, policies, about=about, texts=texts)
    before = scenario.to_yaml()
    payer["centre"], about["reform"]["en"], texts["facts"]["en"] = 0.0, "changed", "changed"
    policies.clear()
    assert scenario.to_yaml() == before


@pytest.mark.parametrize("name", [name for name in hl.presets(measured=True) if name.startswith("trade")])
def test_a_change_measured_from_2002_to_2007_is_whole_in_2007(name: str):
    scenario = hl.read(name)
    (policy,) = scenario.policies.values()
    assert (scenario.start_of(policy), scenario.full_from(policy)) == (2003, 2007)
    for lang in ("zh", "en"):
        assert "2007" in scenario.states(lang)
