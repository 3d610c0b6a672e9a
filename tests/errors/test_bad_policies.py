"""Bad policies: refused in the library and in a file alike, with the place, what was found and the remedy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from tests.messages import teaches

import hinterland as hl
from hinterland.instruments import INSTRUMENTS
from hinterland.policy.combine import combined
from hinterland.scenario import file as scenario_file
from hinterland.study.apply import package
from hinterland.study.budget import costs

Policies = dict[str, dict[str, Any]]


def one(instrument: str, **values: Any) -> Policies:
    return {"mine": {"instrument": instrument, **values}}


def two(instrument: str, first: dict[str, Any], second: dict[str, Any]) -> Policies:
    return {"mine": {"instrument": instrument, **first}, "yours": {"instrument": instrument, **second}}


RELIEF, REFORM, WORKS = "tax_incentive", "hukou_reform", "utilities"
NAN = float("nan")

# What is asked for, beside what (economy, closure, horizon, discount), and the words of the message in each language.
CASES: dict[str, tuple[Policies, dict[str, Any], tuple[str, ...], tuple[str, ...]]] = {
    "unknown target": (
        one(REFORM, to=["Sichuen"]),
        {},
        ("mine.to", "'Sichuen'", "did you mean 'Sichuan'"),
        ("mine.to", "“Sichuen”", "四川（Sichuan）"),
    ),
    "unknown group": (one(WORKS, to=["Wst"]), {}, ("mine.to", "'Wst'", "'West'"), ("mine.to", "“Wst”", "西部（West）")),
    "empty target": (one(WORKS, to=[]), {}, ("mine.to", "not empty", "[Sichuan, West]"), ("mine.to", "不能为空")),
    "a target that nobody meets": (
        one(WORKS, to=["gdp_per_head < 0.1 * national"]),
        {},
        ("mine.to", "no province", "gdp_per_head: ", "Move the bound"),
        ("mine.to", "没有省份满足", "请改变界限"),
    ),
    "places without any in common": (
        one(WORKS, to=["East and West"]),
        {},
        ("mine.to", "'East and West'", "written with or"),
        ("mine.to", "“East and West”", "或列表中的另一项"),
    ),
    "an expression with an error": (
        one(REFORM, to=["West and gdp_per_head <"]),
        {},
        ("mine.to", "position 24", "Complete it"),
        ("mine.to", "第 24 个", "请补全"),
    ),
    "code in a target": (
        one(REFORM, to=["__import__('os').system('true')"]),
        {},
        ("mine.to", "position 1", "no code", "Write it like"),
        ("mine.to", "第 1 个", "不含代码", "请写成如"),
    ),
    "overlapping dates": (
        two(RELIEF, {"to": ["West"], "start": 2022, "end": 2030}, {"to": ["Sichuan"], "start": 2028}),
        {},
        ("mine and yours", "Sichuan", "2028", "Merge them"),
        ("mine", "yours", "四川", "2028", "请合并"),
    ),
    "twice the same without a date": (
        two(REFORM, {"to": ["Sichuan"]}, {"to": ["Sichuan", "Hubei"]}),
        {},
        ("mine and yours", "Sichuan (四川) (1 / 31)", "from 2021", "other years"),
        ("mine", "yours", "四川", "2021", "错开年份"),
    ),
    "two lines with one stretch": (
        two("transport", {"line": ["Chengdu", "Chongqing", "Wuhan"]}, {"line": ["Shanghai", "Wuhan", "Chongqing"]}),
        {},
        ("mine and yours", "Wuhan – Chongqing (high-speed rail)", "let the other begin"),
        ("mine", "yours", "武汉—重庆（高铁）", "从其端点起"),
    ),
    "a line through an unknown city": (
        one("transport", line=["Chengdu", "Chonqing", "Wuhan"]),
        {},
        ("mine.line", "Chonqing", "Chongqing"),
        ("mine.line", "Chonqing", "重庆"),
    ),
    "a line of one city": (one("transport", line=["Chengdu"]), {}, ("mine.line", "Chengdu"), ("mine.line", "Chengdu")),
    "an unknown mode": (
        one("transport", mode="hrs"),
        {},
        ("mine.mode", "'hrs'", "did you mean 'hsr'"),
        ("mine.mode", "'hrs'", "“hsr”"),
    ),
    "an unknown port": (
        one("border_opening", ports=["Pingxiang", "Khorgas"]),
        {},
        ("mine.ports", "'Khorgas'", "did you mean 'Khorgos'"),
        ("mine.ports", "“Khorgas”", "“Khorgos”"),
    ),
    "no port": (one("border_opening", ports=[]), {}, ("mine.ports", "not empty", "Khorgos"), ("mine.ports", "口岸")),
    "a cost without a payer": (
        one("market_reform", cost=3.0),
        {},
        ("mine", "nobody who pays", "payer: {centre: 0.6, province: 0.4}"),
        ("mine", "没有写谁付", "payer"),
    ),
    "payers that do not add up": (
        one(WORKS, payer={"centre": 0.6, "province": 0.3}),
        {},
        ("mine.payer", "add up to 0.9", "missing"),
        ("mine.payer", "0.9", "请补足"),
    ),
    "an unknown payer": (
        one(WORKS, payer={"center": 0.6, "province": 0.4}),
        {},
        ("mine.payer", "'center'", "did you mean 'centre'"),
        ("mine.payer", "“center”", "中央（centre）"),
    ),
    "payers in percent": (
        one(WORKS, payer={"centre": 60, "province": 40}),
        {},
        ("mine.payer", "[0, 1]", "centre: 0.6"),
        ("mine.payer", "0 到 1", "请写成如"),
    ),
    "resettlement of more than live there": (
        one("ecological_migration", leave=["Ningxia"], people=9_000_000),
        {},
        ("mine.people", "9,000,000", "more than", "who live there", "Name fewer"),
        ("mine.people", "9,000,000", "多于", "请减少人数"),
    ),
    "more people of the border than live there": (
        one("border_settlement", to=["Tibet"], people=9_000_000),
        {},
        ("mine.people", "9,000,000", "Name fewer"),
        ("mine.people", "9,000,000", "请减少人数"),
    ),
    "a subsidy of the border for who lives at none": (
        one("border_settlement", to=["Shanghai", "Tibet"]),
        {},
        ("mine.to", "Shanghai (上海) (1 / 2)", "no land border", "Leave them out"),
        ("mine.to", "上海", "没有陆地边界", "去掉"),
    ),
    "a policy before the base year": (
        one(REFORM, start=2015),
        {},
        ("mine.start", "2015", "base year 2020", "from 2021 to 2050"),
        ("mine.start", "2015", "基年 2020", "请写 2021"),
    ),
    "an end before full force": (
        one(REFORM, start=2022, end=2024, ramp=5),
        {},
        ("mine.end", "2024", "full force in 2026", "end later"),
        ("mine.end", "2024", "2026", "推迟结束年份"),
    ),
    "an end before the start": (
        one(REFORM, start=2030, end=2025),
        {},
        ("mine", "2025", "before it starts in 2030", "Correct"),
        ("mine", "2025", "早于", "2030", "请改正"),
    ),
    "a year in words": (one(REFORM, start="soon"), {}, ("mine.start", "'soon'", "2026"), ("mine.start", "'soon'")),
    "percent for a share": (
        one("talent", yearly_return=0.08) | one(REFORM, cut=18.5),
        {},
        ("mine.cut", "18.5", "Divide by 100 (0.185)"),
        ("mine.cut", "18.5", "除以 100", "0.185"),
    ),
    "a number out of range": (
        one("land_quota", supply_elasticity=3.0),
        {},
        ("mine.supply_elasticity", "between 0.42 and 1.09", "got 3.", "elasticity"),
        ("mine.supply_elasticity", "0.42 到 1.09", "实际为 3。"),
    ),
    "NaN": (one(WORKS, increase=NAN), {}, ("mine.increase", "nan", "definite number"), ("mine.increase", "有限")),
    "a cost that is NaN": (one(WORKS, cost=NAN), {}, ("mine.cost", "nan"), ("mine.cost", "nan")),
    "a negative cost": (
        one(WORKS, cost=-1.0),
        {},
        ("mine.cost", "got -1.", "bn CNY"),
        ("mine.cost", "实际为 -1（不写单位的数以 10亿元计）", "亿元"),
    ),
    "an unknown closure": (
        one(WORKS),
        {"closure": "by_payers"},
        ("'by_payers'", "did you mean 'by_payer'", "land_revenue"),
        ("“by_payers”", "按付款者（by_payer）", "land_revenue"),
    ),
    "no horizon": (one(WORKS), {"horizon": 0}, ("`horizon`", "[1, 100]", "0", "like 30"), ("horizon", "请写成如 30")),
    "half a horizon": (one(WORKS), {"horizon": 7.5}, ("`horizon`", "7.5", "like 30"), ("horizon", "7.5")),
    "percent for the rate": (one(WORKS), {"discount": 8}, ("`discount`", "8", "0.08"), ("discount", "8", "0.08")),
    "capital where there is none": (
        one(RELIEF),
        {"economy": "china-2000"},
        ("mine", "capital", "china-2000", "Use china-2020"),
        ("mine", "capital", "china-2000", "请换用 china-2020"),
    ),
    "budgets where there are none": (
        one("public_services", to=["Sichuan"]),
        {"economy": "china-2000"},
        ("mine", "government", "china-2000", "Use china-2020"),
        ("mine", "government", "china-2000", "请换用 china-2020"),
    ),
    "a bloc that the economy has not": (
        one("border_opening"),
        {"economy": "china-2000"},
        ("mine", "blocs", "china-2000", "Use china-2020"),
        ("mine", "blocs", "china-2000", "请换用 china-2020"),
    ),
    "services where no account holds them": (
        one(REFORM, to=["Sichuan"]),
        {"economy": "china-2000"},
        ("mine", "services", "china-2000", "Use china-2020"),
        ("mine", "services", "china-2000", "请换用 china-2020"),
    ),
    "a place without data": (
        one(REFORM, to=["Tibet"], cut=0.3),
        {"economy": "china-2000"},
        ("mine.to", "Tibet", "china-2000", "Remove it"),
        ("mine.to", "Tibet", "china-2000", "去掉"),
    ),
    "a series that was not measured": (
        one("measured_change"),
        {},
        ("mine.series", "china-2020", "trade_cost_2002_2007", "Use china-2000"),
        ("mine.series", "china-2020", "请改用 china-2000"),
    ),
    "two clusters over one province": (
        {
            "mine": {"instrument": "city_cluster", "to": ["Sichuan", "Chongqing"], "spillover": 0.01, "end": 2030},
            "yours": {"instrument": "city_cluster", "to": ["Chongqing", "Hubei"], "spillover": 0.01, "end": 2030},
        },
        {},
        ("mine and yours", "Chongqing", "overlap"),
        ("mine", "yours", "重庆"),
    ),
    "a quota that everybody gives": (
        one("land_quota", to=["West"], giving=["East", "West"]),
        {},
        ("mine.giving", "named on both sides", "name more that give"),
        ("mine.giving", "重复", "请减小增幅"),
    ),
    "a quota that one province must give alone": (
        one("land_quota", to=["Central", "West"], giving=["Hainan"], increase=0.4),
        {},
        ("mine.giving", "at most 0.5", "Ask for less"),
        ("mine.giving", "最多 0.5", "请减小增幅"),
    ),
    "works that a province cannot pay": (  # 90 bn CNY a year, where households have 80 after taxes
        one(WORKS, to=["Tibet"], cost=90.0),
        {"closure": "local_tax"},
        ("113 % of income", "Tibet", "let the centre pay"),
        ("收入的 113%", "西藏", "改由中央支付"),
    ),
}


def as_library(policies: Policies, terms: dict[str, Any]) -> hl.Scenario:
    """Built with the classes. A value that is bad by itself fails before it has a label: by its instrument."""
    made = {
        label: INSTRUMENTS[entry["instrument"]](**{key: value for key, value in entry.items() if key != "instrument"})
        for label, entry in policies.items()
    }
    return hl.Scenario(terms.get("economy", "china-2020"), made, **{k: v for k, v in terms.items() if k != "economy"})


def as_file(policies: Policies, terms: dict[str, Any]) -> hl.Scenario:
    content = {**terms, "policies": policies}
    return scenario_file.parse(yaml.safe_dump(content, allow_unicode=True).encode(), "mine.yaml")


@pytest.mark.parametrize("name", list(CASES))
def test_a_file_is_refused_with_place_and_remedy_in_both_languages(name: str):
    policies, terms, english, chinese = CASES[name]
    error = teaches(lambda: as_file(policies, terms), english, chinese)
    assert isinstance(error, hl.PolicyError)
    assert error.exit_code == 2
    assert len(error.problems) == 1
    assert len(error.text("en")) < 900


@pytest.mark.parametrize("name", list(CASES))
def test_the_library_refuses_the_same_for_the_same_reason(name: str):
    """Where the policy stands in a scenario its label is told; before that, the instrument."""
    policies, terms, english, chinese = CASES[name]
    instrument = policies["mine"]["instrument"]
    with pytest.raises(hl.PolicyError) as caught:
        as_library(policies, terms)
    for lang, words in (("en", english), ("zh", chinese)):
        told = caught.value.text(lang)
        for word in words:
            assert word in told or word.replace("mine", instrument, 1) in told
    with pytest.raises(hl.PolicyError) as in_file:
        as_file(policies, terms)
    assert [problem.key for problem in caught.value.problems] == [problem.key for problem in in_file.value.problems]


def test_clusters_of_two_policies_may_not_share_a_province():
    """Also where other years let the scenario pass: what stands only once cannot be written twice."""
    clusters = [
        hl.policies.CityCluster(to=names, spillover=0.01)
        for names in (["Sichuan", "Chongqing"], ["Chongqing", "Hubei"])
    ]
    teaches(
        lambda: combined(hl.load("china-2020"), clusters),
        ("clusters", "Chongqing", "keep one"),
        ("clusters", "重庆", "只保留一项"),
    )


def test_quotas_of_two_policies_may_not_share_a_province():
    quotas = [hl.policies.LandQuota(to=names) for names in (["Sichuan"], ["West"])]
    teaches(
        lambda: combined(hl.load("china-2020"), quotas),
        ("housing_supply_elasticity_n", "Sichuan", "keep one"),
        ("housing_supply_elasticity_n", "四川", "只保留一项"),
    )


def test_successive_years_do_not_overlap():
    """The same relief before and after: the later one holds at the rest point."""
    scenario = as_library(
        two(RELIEF, {"to": ["West"], "start": 2022, "end": 2030}, {"to": ["West"], "start": 2031, "rate": 0.2}), {}
    )
    assert list(scenario.in_force()) == ["yours"]


def test_lines_that_meet_are_paid_for_as_one():
    """Law: a network costs the same however it is cut in lines; a road beside the railway is no railway."""
    line = {"whole": ["Chengdu", "Chongqing", "Wuhan", "Shanghai"]}
    cut = {"west": ["Chengdu", "Chongqing", "Wuhan"], "east": ["Wuhan", "Shanghai"]}
    once = [
        costs(package(hl.Scenario("china-2020", {name: hl.policies.Transport(line=of) for name, of in lines.items()})))
        for lines in (line, cut)
    ]
    assert once[0]["once"].sum() == pytest.approx(once[1]["once"].sum(), rel=1e-12)
    road = hl.policies.Transport(line=line["whole"], mode="road", speed=100)
    assert hl.Scenario("china-2020", {"rail": hl.policies.Transport(line=line["whole"]), "road": road}).policies


def test_other_places_do_not_overlap():
    assert as_library(two(WORKS, {"to": ["West"]}, {"to": ["East"]}), {}).policies


def test_every_problem_of_a_scenario_comes_at_once():
    policies = {
        "first": {"instrument": REFORM, "to": ["Sichuen"], "cut": 0.3, "start": 2015},
        "second": {"instrument": "transport", "line": ["Chengdu", "Chonqing"]},
        "third": {"instrument": RELIEF},
    }
    with pytest.raises(hl.PolicyError) as caught:
        as_library(policies, {"economy": "china-2000", "closure": "gold", "horizon": 0})
    told = caught.value.text("en")
    for word in ("gold", "`horizon`", "first.to", "Sichuen", "Chonqing", "third", "capital"):
        assert word in told


def test_a_policy_before_the_base_year_is_told_beside_the_others():
    policies = {"first": {"instrument": REFORM, "start": 2015}, "second": {"instrument": WORKS, "to": ["Wst"]}}
    with pytest.raises(hl.PolicyError) as caught:
        as_file(policies, {})
    assert {problem.key for problem in caught.value.problems} == {"policy.before_base", "policy.unknown_place"}


def test_money_that_is_not_known_in_yuan_is_no_matter_of_the_year_of_prices(china):
    """Without GDP of the year in the box nothing has a price: works are built without one, payments are refused."""
    for year in (1985, 2030):
        economy = replace(china, year=year, units=replace(china.units, price_year=year))
        kinds = hl.policies
        works = [
            kinds.Transport(line=["Chengdu", "Wuhan"]),
            kinds.HukouReform(cut=0.1, access=0.0),
            kinds.EcologicalMigration(),
        ]
        for policy in works:
            whole = package(hl.Scenario(economy, [policy]))
            assert whole.outlays[policy.instrument] == ()
            hl.solve(whole.economy())
        for policy in (kinds.FiscalTransfer(use="households"), kinds.PovertyAlleviation(to=["Gansu"])):
            with pytest.raises(hl.PolicyError) as caught:
                hl.Scenario(economy, [policy])
            assert [problem.key for problem in caught.value.problems] == ["policy.no_currency"]
