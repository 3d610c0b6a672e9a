"""What the user changed is said to be the user's: values, scenarios, economies; what was overlooked is told."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.economy import files
from hinterland.economy.economy import edited, original
from hinterland.scenario.file import parse
from hinterland.scenario.remarks import remarks
from hinterland.study.run import iamc
from hinterland.texts import LANGUAGES

SMALL = "migration_2000_2005"


@pytest.fixture(scope="module")
def scenario() -> hl.Scenario:
    return hl.read("dual_transfer")


def test_a_changed_value_replaces_the_presets_reason(scenario):
    changed = scenario.with_values({"in_place.access": 0.8})
    assert changed.about["in_place"] == {
        "en": "set by the user: access = 0.8, was 0.5",
        "zh": "由用户设定：补足的公共服务享有程度改为 0.8（原为 0.5）",
    }
    others = {label: words for label, words in scenario.about.items() if label != "in_place"}
    assert {label: words for label, words in changed.about.items() if label != "in_place"} == others


def test_places_that_were_changed_are_told_by_their_names(scenario):
    changed = scenario.with_values({"in_place.to": [510000, "西部"]})
    assert changed.about["in_place"]["en"] == "set by the user: to = Sichuan, West, was Central, West"
    assert changed.about["in_place"]["zh"].endswith("改为 四川、西部（原为 中部、西部）")


def test_a_changed_scenario_has_a_name_and_a_title_of_its_own(scenario):
    once = scenario.with_values({"in_place.access": 0.8, "closure": "debt"})
    assert once.name == "dual_transfer (in_place.access=0.8; closure=debt)"
    again = once.with_values({"in_place.access": 0.9})
    assert again.name == "dual_transfer (in_place.access=0.9; closure=debt)"
    assert {again.title[lang].count(mark) for lang, mark in (("en", "(edited)"), ("zh", "已由用户改动"))} == {1}


def test_what_changes_nothing_is_no_change(scenario):
    assert scenario.with_values({"in_place.access": 0.5}) is scenario
    assert scenario.with_values({}) is scenario


def test_a_changed_scenario_is_read_back_as_it_is(scenario):
    changed = scenario.with_values({"in_place.access": 0.8})
    back = parse(changed.to_yaml().encode(), "x")
    assert (back.name, back.about, back.title) == (changed.name, changed.about, changed.title)


def test_two_runs_stand_in_one_table_of_pyam():
    one = hl.read(SMALL)
    runs = [hl.run(of) for of in (one, one.with_values({"migration_costs.share": 0.5}))]
    table = pd.concat(map(iamc, runs))
    assert not table.duplicated(["Model", "Scenario", "Region", "Variable"]).any()


def test_a_run_records_that_the_value_is_the_users(command, tmp_path: Path):
    change = ("--set", "migration_costs.share=50%")
    code, out, _ = command("run", SMALL, *change, "--out", str(tmp_path / "a"), "--format", "json")
    assert code == 0
    said = json.loads(out)
    assert said["name"] == f"{SMALL} (migration_costs.share=0.5)"
    assert "set by the user: share = 0.5, was 1" in said["scenario"]
    assert "原为 1" in (tmp_path / "a" / "scenario.yaml").read_text(encoding="utf-8")
    code, out, _ = command("run", SMALL, *change, "--lang", "zh")
    assert "由用户设定" in out
    code, out, _ = command("compare", str(tmp_path / "a"), SMALL, "--format", "csv")
    assert (code, out.splitlines()[0].split(",")[5:7]) == (0, [f"{said['name']} (a)", SMALL])


def test_the_same_key_twice_is_refused_by_name(command, scenario):
    for lang, word in (("en", "stands twice"), ("zh", "两次")):
        code, out, err = command("run", "--set", "in_place.access=1", "--set", "in_place.access=0", "--lang", lang)
        assert (code, out) == (2, "")
        assert "in_place.access" in err
        assert word in err
    twice = {"in_place.access": 0.8, "in_place.补足的公共服务享有程度": 0.4}
    teaches(lambda: scenario.with_values(twice), ["in_place.access", "twice"], ["in_place.access", "两次"])
    text = b"name: x\npolicies:\n  a: {instrument: talent}\n  a: {instrument: transport}\n"
    teaches(lambda: parse(text, "x.yaml"), ["line 4", "'a'"], ["4", "a"])


def test_an_edited_economy_is_called_so_and_keeps_its_notes(tmp_path: Path):
    china = hl.load("china-2020")
    other = china.with_elasticities(migration_elasticity=2.0)
    assert (china.name, other.name) == ("china-2020", "china-2020 (edited)")
    assert other.with_elasticities(migration_elasticity=2.5).name == other.name
    assert other.note("zh") == china.note("zh")
    assert original(edited("x")) == "x"
    assert files.read(files.export(china, tmp_path / "ours")).name == "china-2020"
    back = files.read(files.write_npz(other, tmp_path / "other.npz"))
    assert (back.name, back.notes) == ("china-2020 (edited)", china.notes)


def test_an_edited_copy_is_named_by_what_it_is_and_not_by_what_it_says(tmp_path: Path):
    folder = files.export(hl.load("china-2020"), tmp_path / "copy")
    table = pd.read_csv(folder / "migration_elasticity.csv")
    table["value"] *= 1.1
    table.to_csv(folder / "migration_elasticity.csv", index=False)
    assert files.read(folder).name == "china-2020 (edited)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_to_be_filled_in_and_a_dose_of_zero_are_told(command, lang: str, tmp_path: Path):
    file = str(tmp_path / "plan.yaml")
    command("scenarios", "new", "plan", "--instruments", "talent,market_reform", "--out", file, "--lang", lang)
    _, _, err = command("scenarios", "check", file, "--lang", lang)
    assert "policies.talent.about" in err
    code, _, err = command("run", SMALL, "--set", "migration_costs.share=0", "--lang", lang)
    assert code == 0
    assert "policies.migration_costs" in err
    assert ("提请注意" in err) == (lang == "zh")


def test_presets_have_nothing_left_to_fill_in():
    keys = {problem.key for name in hl.presets() for problem in remarks(hl.read(name))}
    assert keys <= {"scenario.no_dose_on_purpose"}


def test_a_ready_scenario_says_why_a_policy_of_it_does_nothing_and_nobody_is_told_to_delete_it():
    """Law: what the box means by a dose of zero stands in its words; a zero of the user's own is asked about."""
    ready = hl.read("guided_agglomeration")
    label = "township_merger"
    for scenario in (ready, ready.with_values({"horizon": 25})):
        (found,) = remarks(scenario)
        for lang in LANGUAGES:
            assert ready.about[label][lang] in found.text(lang)
            assert not [word for word in ("delete", "删去") if word in found.text(lang)]
    own = {name: policy for name, policy in ready.policies.items() if name == label}
    (asked,) = remarks(hl.Scenario(ready.economy, own, about=ready.about))
    assert "delete" in asked.text("en")
    zeroed = hl.read("dual_transfer").with_values({"talent.years": 0.0})
    assert ["delete" in of.text("en") for of in remarks(zeroed)] == [True]


def test_a_misspelt_value_of_a_policy_is_told_with_the_nearest():
    for wrong in (lambda: hl.policies.HukouReform(acess=1), lambda: hl.policies.HukouReform(start=2026, acess=1)):
        teaches(wrong, ["hukou_reform", "acess", "'access'"], ["acess", "“access”"])
    teaches(lambda: hl.policies.HukouReform(["West"]), ["by name", "West"], ["写明名称", "West"])
    with pytest.raises(hl.PolicyError, match="zzz"):
        hl.policies.Transport(zzz=1)
