"""No ratio is printed that its evidence does not carry: a dash with the words, in every form and in both languages."""

from __future__ import annotations

import json

import pytest

import hinterland as hl
from hinterland.report import instruments as told
from hinterland.report import record
from hinterland.report.money import benefits as benefits_table
from hinterland.report.money import labels_of, money_of, rests
from hinterland.report.run_tables import for_files
from hinterland.report.summary import summary_row
from hinterland.report.tables import DASH
from hinterland.study.summary import money
from hinterland.texts import text

LANGUAGES = ("zh", "en")
DASHED = ("relief", "works", "zones", "closed", "services", "line")


@pytest.fixture(scope="module")
def result(today) -> hl.Result:
    """One ratio that is carried, five that are not, one over what a yuan of services is worth."""
    kinds = hl.policies
    policies = {
        "relief": kinds.TaxIncentive(to=["Gansu"]),
        "money": kinds.FiscalTransfer(to=["Gansu"], use="households"),
        "services": kinds.PublicServices(to=["Gansu"]),
        "works": kinds.Utilities(to=["Gansu"]),
        "zones": kinds.IndustrialBase(to=["Gansu"]),
        "closed": kinds.EcologicalProtection(to=["Gansu"]),
        "line": kinds.Transport(),
    }
    return hl.run(hl.Scenario(today, policies, name="ratios"))


def cells(table, row: str, place: int) -> str:
    columns = table.columns
    return columns[place][columns[0].index(row)]


def test_a_ratio_stands_where_all_that_enters_is_established_and_nowhere_else(result):
    table = result.benefits.set_index("policy")
    assert table.loc[["money"], "benefit_per_yuan"].notna().all()
    assert table.loc[[*DASHED], "benefit_per_yuan"].isna().all()
    assert table["mark"].to_dict() == {
        "money": "strong",
        "services": "range",
        **dict.fromkeys(("relief", "works", "zones", "closed", "line"), "none"),
    }
    assert list(result.services["policy"]) == ["services"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_prints_a_dash_and_the_words(result, lang: str):
    table, words, called = benefits_table(result, lang), rests(result, lang), labels_of(result, lang)
    for name in DASHED:
        assert cells(table, called[name], 5) == DASH
        assert len(cells(words, called[name], 2)) > 5
    assert {"zh": "生产率提高", "en": "gain"}[lang] in cells(words, called["zones"], 2)
    assert "0.03" in cells(words, called["zones"], 2)
    for name, said in (
        ("zones", {"zh": "没有研究排除 0", "en": "no study excludes 0"}),  # beside the assumed number
        ("closed", {"zh": "环境", "en": "environment"}),
        ("closed", {"zh": "1.8 万", "en": "18,000"}),  # its cost is told instead
        ("works", {"zh": "不限于中国", "en": "not of China"}),
        ("services", {"zh": "ω", "en": "omega"}),
    ):
        assert said[lang] in cells(words, called[name], 2)
    assert cells(table, text("report.total", lang), 5) == DASH


def test_json_says_null_and_files_say_nothing(result):
    document = json.loads(json.dumps(record.as_json(result)))
    by_name = {row["policy"]: row for row in document["benefits"]}
    assert [by_name[name]["benefit_per_yuan"] for name in DASHED] == [None] * len(DASHED)
    assert by_name["zones"]["rests_on"] == "gain wedge"
    for lang in LANGUAGES:
        frame = for_files(result, lang)["benefits"].set_index(text("column.part", lang))
        dashed = [labels_of(result, lang)[name] for name in DASHED]
        assert frame.loc[dashed, text("column.benefit_per_yuan", lang)].isna().all()
        assert frame[text("column.rests_on", lang)].str.len().gt(0).all()


def test_a_package_has_a_ratio_only_where_every_price_in_it_has_one(result, today):
    assert money(result)["benefit_per_yuan"] is None
    assert summary_row(result)["benefit_per_yuan"] is None
    both = hl.run(
        hl.Scenario(
            today,
            {
                "west": hl.policies.FiscalTransfer(use="households"),
                "poor": hl.policies.FiscalTransfer(use="households", to=["Guangdong"]),
            },
        )
    )
    assert money(both)["benefit_per_yuan"] == pytest.approx(
        both.benefits["present_value"].sum()
        / (both.benefits["present_cost"] * both.benefits["marginal_cost_of_funds"]).sum()
    )


def test_a_policy_that_has_ended_has_a_cost_and_no_ratio_and_so_has_the_package(today):
    """Its cost stands in the total: a ratio of the rest would stand beside a cost of which the most has none."""
    policies = {
        "money": hl.policies.FiscalTransfer(use="households", start=2030),
        "works": hl.policies.Utilities(end=2028),
        "paid": hl.policies.FiscalTransfer(to=["Gansu"], use="households", end=2026),  # a good ratio, were it there
    }
    for names in (("money", "works"), ("money", "paid")):
        result = hl.run(hl.Scenario(today, {name: policies[name] for name in names}))
        assert set(result.budget["policy"]) == set(names) != set(result.benefits["policy"])
        assert not result.has_ratio
        assert money(result)["benefit_per_yuan"] is None
        present = result.budget.groupby("policy")["present"].sum()
        for lang in LANGUAGES:
            table, ended = benefits_table(result, lang), labels_of(result, lang)[names[1]]
            assert cells(table, ended, 6) == text("ratio.ended", lang)
            assert cells(table, ended, 5) == cells(table, text("report.total", lang), 5) == DASH
            assert cells(table, ended, 3) == money_of(lang).number(present[names[1]])
            assert cells(table, text("report.total", lang), 3) == money_of(lang).number(present.sum())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", list(hl.instruments.INSTRUMENTS))
def test_policies_show_says_what_a_ratio_rests_on(name: str, lang: str):
    said = {row["name"]: row["value_plain"] for row in told.about(name, lang)}
    assert said["rests_on"]


def test_a_limit_to_people_has_a_price_that_nobody_receives_and_so_no_ratio(today):
    result = hl.run(hl.Scenario(today, {"limit": hl.policies.EcologicalProtection(to=["Gansu"], capacity=0.99)}))
    assert result.benefits["benefit_per_yuan"].isna().all()
    words = rests(result, "en")
    assert "nobody receives" in cells(words, "limit", 2)
