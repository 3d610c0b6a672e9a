"""Bad targets: one message that names the rule, the position in the text, what was found and the remedy."""

from __future__ import annotations

import dataclasses

import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland.policy.targets import chosen_n

NO_CODE = "Expressions hold names, numbers and comparisons; no code"

# economy, text, words of the English message, words of the Chinese one
CASES: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "unknown place": ("china-2020", "Sichuen", ("'Sichuen'", "'Sichuan'"), ("“Sichuen”", "四川（Sichuan）")),
    "unknown place in an expression": (
        "china-2020",
        "West or Hebai",
        ("'Hebai'", "'Hebei'"),
        ("“Hebai”", "河北（Hebei）"),
    ),
    "place without data": ("china-2000", "West or Tibet", ("Tibet", "china-2000"), ("Tibet", "china-2000")),
    "unknown indicator": (
        "china-2020",
        "West and gdp_per_hed < 5",
        ("position 10", "'gdp_per_hed'", "'gdp_per_head'", "CNY"),
        ("第 10 个", "“gdp_per_hed”", "人均GDP（gdp_per_head）"),
    ),
    "a place that is compared": ("china-2020", "3 < East", ("position 5", "'East'", "and"), ("第 5 个", "“East”")),
    "no end": ("china-2020", "West and", ("position 9", "name"), ("第 9 个", "名称", "补全")),
    "no closing": ("china-2020", "(West or East", ("position 14", "')'"), ("第 14 个", "右括号")),
    "a name with a space": (
        "china-2020",
        "Inner Mongolia or Tibet",
        ("position 7", "'Mongolia'", "quotes"),
        ("第 7 个", "“Mongolia”", "引号"),
    ),
    "an operator too many": ("china-2020", "population > * 3", ("position 14", "'*'"), ("第 14 个", "“*”")),
    "percent sign": ("china-2020", "% < urbanization_rate", ("position 1", "'%'"), ("第 1 个", "“%”")),
    "a comma": ("china-2020", "West, East", ("position 5", "','", "or"), ("第 5 个", "“,”", "or")),
    "too long": ("china-2020", "West or " * 40, ("200", "320", "Split"), ("200", "320", "拆")),
    "a long word": ("china-2020", "x" * 100_000, ("200", "100000"), ("200", "100000")),
    "too deep": ("china-2020", "(" * 21 + "West" + ")" * 21, ("position 21", "20"), ("第 21 个", "20 层")),
    "not too often": ("china-2020", "not " * 21 + "West", ("position 81", "20"), ("第 81 个", "20 层")),
    "a chain both ways": (
        "china-2020",
        "0.2 < nonag_share > 0.4",
        ("position 1", "< >", "and"),
        ("第 1 个", "< >", "and"),
    ),
    "a chain too long": ("china-2020", "1 < 2 < population < 3", ("position 1", "< < <"), ("第 1 个", "< < <")),
    "an indicator alone": (
        "china-2020",
        "West and density",
        ("position 10", "'density'", "Compare"),
        ("第 10 个", "“density”", "比较"),
    ),
    "places subtracted": ("china-2020", "East - Beijing", ("position 6", "and not"), ("第 6 个", "and not")),
    "a comparison compared": (
        "china-2020",
        "(population > 3) < 3",
        ("position 2", "set of provinces"),
        ("第 2 个", "集合"),
    ),
    "national of nothing": (
        "china-2020",
        "West and national > 3",
        ("position 10", "exactly one", "gdp_per_head"),
        ("第 10 个", "恰有一个", "gdp_per_head"),
    ),
    "national of two": (
        "china-2020",
        "population / workers > national",
        ("position 1", "population, workers"),
        ("第 1 个", "population, workers"),
    ),
    "no indicator": ("china-2020", "1 < 2", ("position 1", "every province", "density"), ("第 1 个", "density")),
    "money without a currency": (
        "china-2000",
        "gdp_per_head < 9000",
        ("position 1", "relative", "national", "china-2020"),
        ("第 1 个", "相对", "national", "china-2020"),
    ),
    "percent for a share": (
        "china-2020",
        "nonag_share < 50",
        ("position 15", "a share lies between 0 and 1; divide by 100", "0.5"),
        ("第 15 个", "除以 100", "0.5"),
    ),
    "percent for a share, turned round": ("china-2020", "40 < nonag_share", ("position 1", "0.4"), ("第 1 个", "0.4")),
    "a share for percent": (
        "china-2020",
        "urbanization_rate < 0.6",
        ("position 21", "percent", "60"),
        ("第 21 个", "百分数", "60"),
    ),
    "division by zero": (
        "china-2020",
        "population / (3 - 3) > 1",
        ("position 12", "division by zero"),
        ("第 12 个", "除以零"),
    ),
    "zero over zero": ("china-2020", "(workers - workers) / 0 > 1", ("position 21",), ("第 21 个",)),
    "infinity": ("china-2020", "population > 1e999", ("position 14", "1e999", "large"), ("第 14 个", "过大")),
    "nobody": (
        "china-2020",
        "gdp_per_head < 2e4",
        ("'gdp_per_head < 2e4'", "37,263 Gansu", "175,871 Beijing", "CNY", "Move"),
        ("“gdp_per_head < 2e4”", "甘肃", "北京", "界限"),
    ),
    "nobody in two": (
        "china-2020",
        "nonag_share < 0.5 and density > 500",
        ("nonag_share: ", "density: ", "Tibet", "Shanghai"),
        ("nonag_share: ", "density: ", "西藏", "上海"),
    ),
    "nobody in common": ("china-2020", "East and West", ("'East and West'", "with or"), ("“East and West”", "or")),
    "nobody left": ("china-2020", "not (West or not West)", ("names no province",), ("不含",)),
}

CODE = {
    "__import__('os').system('true')": (1, "__import__("),
    "gdp_per_head.__class__ > 1": (1, "gdp_per_head."),
    "West and __builtins__": (10, "__builtins__"),
    "import os": (1, "import"),
    "lambda: 1": (1, "lambda"),
    "eval (1)": (1, "eval("),
    "max(population) > 1": (1, "max("),
    "population[0] > 1": (11, "["),
    "{1} > population": (1, "{"),
    "population.real > 1": (1, "population."),
    "population = 1": (12, "="),
    "West; East": (5, ";"),
    "`West`": (1, "`"),
    "(x := 1) > population": (4, ":"),
}


@pytest.mark.parametrize("name", list(CASES))
def test_the_message_names_place_value_and_remedy_in_both_languages(name: str):
    economy, text, english, chinese = CASES[name]
    where = "hukou_reform.to"
    error = teaches(lambda: chosen_n(hl.load(economy), [text], where), (where, *english), (where, *chinese))
    assert len(error.problems) == 1
    assert len(error.text("en")) < 900


@pytest.mark.parametrize("text", list(CODE))
def test_code_is_refused_with_its_position(text: str):
    position, piece = CODE[text]
    error = teaches(
        lambda: chosen_n(hl.load("china-2020"), [text], "transport.regions"),
        ("transport.regions", f"position {position},", f"'{piece}'", NO_CODE),
        ("transport.regions", f"第 {position} 个", f"“{piece}”", "不含代码"),
    )
    assert isinstance(error, hl.PolicyError)
    assert [problem.key for problem in error.problems] == ["policy.target_code"]


def test_all_problems_of_a_list_come_at_once():
    names = ["Sichuen", "gdp_per_hed < 1 and densty > 2 and Wst", "West", "nonag_share > 30 or urbanization_rate < 0.5"]
    with pytest.raises(hl.PolicyError) as caught:
        chosen_n(hl.load("china-2020"), names, "hukou_reform.to")
    assert len(caught.value.problems) == 6


def test_a_problem_stands_where_the_user_wrote_the_policy():
    with pytest.raises(hl.PolicyError, match=r"`home.to`.*position 9"):
        hl.Scenario("china-2020", {"home": hl.policies.HukouReform(to=["West and"])})


def test_a_list_of_nothing_is_refused():
    with pytest.raises(hl.PolicyError, match="not empty"):
        chosen_n(hl.load("china-2020"), [], "hukou_reform.to")


def test_an_economy_without_the_figures_names_those_it_has():
    china = hl.load("china-2000")
    other = dataclasses.replace(china, year=1960, name="mine", units=dataclasses.replace(china.units, price_year=1960))
    teaches(
        lambda: chosen_n(other, ["population > 5e7"], "hukou_reform.to"),
        ("position 1", "population", "mine", "workers", "nonag_share"),
        ("第 1 个", "population", "mine", "workers", "nonag_share"),
    )
