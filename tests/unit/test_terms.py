"""A scenario that says it was changed says what was changed: a closure, horizon or elasticity as well as a dose."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland.report.terms import own_reasons, own_words, terms
from hinterland.scenario.file import parse
from hinterland.texts import LANGUAGES, clauses, text

CHANGES = {
    "closure": ("debt", "举债", "debt"),
    "horizon": (20, "20（默认：30）", "20 (default: 30)"),
    "discount": (0.05, "5.0 %（默认：8.0 %）", "5.0 % (default: 8.0 %)"),
}


@pytest.mark.parametrize("term", CHANGES)
def test_a_changed_term_is_told_with_its_default(term: str):
    value, zh, en = CHANGES[term]
    scenario = hl.read("dual_transfer").with_values({term: value})
    assert scenario.title["zh"].endswith(text("edit.title", "zh"))
    assert zh in terms(scenario, "zh")
    assert en in terms(scenario, "en")


def test_other_elasticities_are_told_beside_those_of_the_base_year():
    base = hl.read("dual_transfer")
    scenario = base.replace(economy=base.economy.with_elasticities(service_worth=0.7))
    assert "一元公共服务所值：0.7" in terms(scenario, "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_as_shipped_has_nothing_to_tell(lang: str):
    assert all(terms(hl.read(name), lang) == "" for name in ("dual_transfer", "migration_2000_2005"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_changed_back_still_tells_its_terms(lang: str):
    scenario = hl.read("dual_transfer").with_values({"closure": "debt"}).with_values({"closure": "by_payer"})
    said = text("closure.by_payer", "zh").partition("：")[0] if lang == "zh" else "closure = by_payer"
    assert said in clauses(own_words(scenario, lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("change", [{"closure": "debt"}, {"talent.years": 0.2}, {"horizon": 10, "talent.years": 0.2}])
def test_no_title_is_marked_without_a_word_on_what_was_changed(change: dict, lang: str):
    scenario = hl.read("dual_transfer").with_values(change)
    assert bool(terms(scenario, lang)) == any("." not in key for key in change)
    assert bool(own_reasons(scenario, lang)) == any("." in key for key in change)


OWN = "    about:\n      zh: 我的理由\n      en: my own reason\n"


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("share: 1.0\n", "share: 0.5\n" + OWN, " = 0.5", "migration_costs.share = 0.5"),
        ("  migration_costs:\n", "  costs:\n", "未设", "migration_costs = not set"),
    ],
)
def test_of_a_file_begun_from_the_box_all_that_differs_is_told(old: str, new: str, zh: str, en: str):
    file = hl.read("migration_2000_2005").to_yaml()
    if OWN in new:
        file = file[: file.index("    about:\n")]
    assert old in file
    scenario = parse(file.replace(old, new).encode(), "mine.yaml")
    assert zh in clauses(own_words(scenario, "zh"), "zh")
    assert en in clauses(own_words(scenario, "en"), "en")
