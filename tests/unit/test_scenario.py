"""Scenario files."""

from __future__ import annotations

import pytest

import hinterland as hl


@pytest.mark.parametrize("name", hl.presets())
def test_every_preset_reads_back_from_its_own_text(name: str, tmp_path):
    scenario = hl.read(name)
    path = tmp_path / f"{name}.yaml"
    path.write_text(scenario.to_yaml(), encoding="utf-8")
    again = hl.read(path)
    assert again.policies == scenario.policies
    assert again.title == scenario.title
    assert again.about == scenario.about
    assert all(scenario.title[lang] for lang in ("zh", "en"))


@pytest.mark.parametrize("name", hl.presets())
def test_every_size_of_a_preset_has_a_reason_in_both_languages(name: str):
    scenario = hl.read(name)
    assert all(scenario.about[label][lang] for label in scenario.policies for lang in ("zh", "en"))


def test_with_values_changes_one_value_and_keeps_the_rest():
    scenario = hl.read("dual_transfer")
    changed = scenario.with_values({"in_place.cut": 0.3, "transport.regions": ["East", "West"]})
    assert changed.policies["in_place"].cut == 0.3
    assert changed.policies["transport"].regions == ("East", "West")
    assert scenario.policies["in_place"].cut == 0.185
    assert changed.policies["return_home"] == scenario.policies["return_home"]


def test_policies_of_a_list_are_named_by_their_instrument(china):
    scenario = hl.Scenario(china, [hl.policies.Transport(), hl.policies.HukouReform(), hl.policies.Transport(cut=0.1)])
    assert list(scenario.policies) == ["transport", "hukou_reform", "transport_2"]


def test_the_script_of_the_design_runs(china):
    reform = hl.Scenario(china, [hl.policies.HukouReform(to=["Sichuan", "Chongqing"], cut=0.3, start=2026)])
    result = hl.run(reform)
    assert result.certificate.passed
    assert list(hl.compare(result, ["nonag_share", "real_income"], by="macro_region").columns) == ["scenario"]
