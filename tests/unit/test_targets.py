"""Whom a policy is for, chosen by hand: unions, precedence, `national`, and texts that are no code."""

from __future__ import annotations

import builtins
import os
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import example, given
from hypothesis import strategies as st
from tests.messages import teaches

import hinterland as hl
from hinterland import texts
from hinterland.data import panel, regions
from hinterland.economy.accounts import rents_of_homes_n
from hinterland.policy import expressions
from hinterland.policy.combine import combined
from hinterland.policy.target_figures import SOURCES, UNITS, figures, unit_of
from hinterland.policy.targets import chosen_n

WEST = {"Inner Mongolia", "Guangxi", "Chongqing", "Sichuan", "Guizhou", "Yunnan", "Shaanxi", "Gansu", "Qinghai"}
WEST |= {"Ningxia", "Xinjiang"}


@pytest.fixture(scope="module", params=["china-2000", "china-2010", "china-2020"])
def economy(request) -> hl.Economy:
    return hl.load(request.param)


def chosen(economy: hl.Economy, *names: str) -> set[str]:
    """English names of the provinces that a list chooses."""
    found = chosen_n(economy, names, "hukou_reform.to")
    assert found.shape == (len(economy.domestic_codes),)
    assert set(found) <= {0.0, 1.0}
    return {regions.china().name(economy.domestic_codes[n]) for n in np.flatnonzero(found)}


def everyone(economy: hl.Economy) -> set[str]:
    return {regions.china().name(code) for code in economy.domestic_codes}


def test_places_in_either_language_by_code_and_by_group(china, today):
    assert chosen(china, "Sichuan") == chosen(china, "四川省") == chosen(china, "510000") == {"Sichuan"}
    assert chosen(china, "West") == chosen(china, "西部") == WEST
    assert chosen(today, "West") == WEST | {"Tibet"}
    assert chosen(china, "chengdu_chongqing") == chosen(china, '"Chengdu-Chongqing" or 成渝')


def test_a_list_is_a_union_and_so_is_or(china):
    assert chosen(china, "Beijing", "Shanghai", "Beijing") == {"Beijing", "Shanghai"}
    assert chosen(china, "Beijing or Shanghai") == {"Beijing", "Shanghai"}
    assert chosen(china, "510000 or 北京") == {"Sichuan", "Beijing"}


def test_the_order_of_a_list_does_not_matter(today):
    names = ("Tibet", "gdp_per_head < 0.7 * national", "East and population > 5e7", "河南")
    first, *others = (chosen(today, *order) for order in permutations(names))
    assert all(other == first for other in others)
    assert {"Tibet", "Henan", "Guangdong", "Gansu"} <= first


def test_not_binds_before_and_and_and_before_or(china):
    everywhere = everyone(china)
    assert chosen(china, "not Sichuan and West") == WEST - {"Sichuan"}
    assert chosen(china, "not (Sichuan and West)") == everywhere - {"Sichuan"}
    assert chosen(china, "Beijing or Sichuan and West") == {"Beijing", "Sichuan"}
    assert chosen(china, "(Beijing or Sichuan) and West") == {"Sichuan"}
    assert chosen(china, "not West or Sichuan") == everywhere - WEST | {"Sichuan"}
    assert chosen(china, "not not Sichuan") == {"Sichuan"}


def test_products_bind_before_sums_and_signs_before_products(today):
    assert chosen(today, "workers > 10 + 10 * 3") == chosen(today, "workers > 40")
    assert chosen(today, "workers > (10 + 10) * 2") == chosen(today, "workers > 40")
    assert chosen(today, "workers > 100 - 50 - 10") == chosen(today, "workers > 40")
    assert chosen(today, "workers > 160 / 2 / 2") == chosen(today, "-workers < -2 * 20")


SETS = st.lists(
    st.tuples(st.sampled_from(["and ", "or ", "and not ", "or not "]), st.sampled_from(["West", "Central", "Sichuan"])),
    max_size=6,
).map(lambda parts: "East " + " ".join(word + place for word, place in parts))
SUMS = st.lists(st.tuples(st.sampled_from(["+", "-", "*", "/", "*-", "- -"]), st.integers(1, 9)), max_size=6).map(
    lambda parts: "2" + "".join(f" {sign}{number}" for sign, number in parts)
)


@given(SETS)
def test_words_bind_as_python_binds_them(text: str):
    economy = hl.load("china-2000")
    groups = {**regions.china().groups_in(2000), "Sichuan": ("510000",)}
    member = [{name: code in codes for name, codes in groups.items()} for code in economy.domestic_codes]
    expected = [float(eval(text, {}, of_province)) for of_province in member]
    if any(expected):
        assert list(chosen_n(economy, [text], "")) == expected


@given(SUMS)
def test_signs_bind_as_python_binds_them(text: str):
    economy = hl.load("china-2000")
    expected = figures(economy, "workers").value_n > eval(text)
    if expected.any():
        np.testing.assert_array_equal(chosen_n(economy, [f"workers > {text}"], ""), expected.astype(float))


def test_the_nation_is_gdp_over_people_and_no_mean_of_provinces(today):
    gdp = today.arrays["value_added_nj"][:31].sum(axis=1) + rents_of_homes_n(today)  # bn CNY
    residents = (today.workers_c * today.residents_per_worker_c).reshape(31, 6).sum(axis=1)  # million
    nation = 1000 * gdp.sum() / residents.sum()
    assert figures(today, "gdp_per_head").national == pytest.approx(nation)
    provinces = 0.1 * panel.series("gdp_rev5census", 2020).sum()  # bn CNY
    assert nation == pytest.approx(1e9 * provinces / panel.series("census_population", 2020).sum(), rel=1e-9)
    mean = (1000 * gdp / residents).mean()
    below = [float(value < 0.61 * nation) for value in 1000 * gdp / residents]
    by_mean = [float(value < 0.61 * mean) for value in 1000 * gdp / residents]
    assert list(chosen_n(today, ["gdp_per_head < 0.61 * national"], "")) == below != by_mean
    assert list(chosen_n(today, [f"gdp_per_head < {0.61 * nation:.3f}"], "")) == below


def test_an_economy_of_workers_takes_residents_from_the_panel(china):
    people = panel.series("population_resident", 2000).loc[list(china.domestic_codes)].to_numpy() / 100  # million
    gdp = china.arrays["value_added_nj"][:30].sum(axis=1)
    poor = gdp / people < 0.6 * gdp.sum() / people.sum()
    np.testing.assert_array_equal(chosen_n(china, ["gdp_per_head < 0.6 * national"], ""), poor.astype(float))
    assert chosen(china, "population > 9e7") == {"Henan"} | {
        regions.china().name(code) for code, n in zip(china.domestic_codes, people, strict=True) if n > 90
    }


def test_the_examples_of_the_docs(china, today):
    assert chosen(today, "gdp_per_head < 0.6 * national") == {"Gansu"}
    towns = panel.series("urbanization_rate", 2020)
    few = {regions.china().name(code) for code in towns.index[towns < 60]}
    assert chosen(today, "urbanization_rate < 60 and not East") == few - chosen(today, "East")
    assert chosen(today, "West and gdp_per_head < 1.1 * national") == WEST | {"Tibet"}
    populous = chosen(today, "population > 50e6")
    assert chosen(today, "population > 50e6 or Tibet") == populous | {"Tibet"}
    assert {"Guangdong", "Shandong", "Henan"} <= populous
    assert chosen(china, "nonag_share > 0.8") == {"Beijing", "Shanghai", "Tianjin"}


def test_a_chain_is_the_intersection_of_its_comparisons(today):
    low, high = chosen(today, "nonag_share > 0.6"), chosen(today, "nonag_share < 0.8")
    assert chosen(today, "0.6 < nonag_share < 0.8") == chosen(today, "0.8 > nonag_share > 0.6") == low & high
    assert low & high < low


def test_a_comparison_and_its_opposite_share_out_the_nation(economy):
    for name in UNITS:
        bound = "national / 30" if figures(economy, name).below_n is None else "national"
        under, over = chosen(economy, f"{name} < {bound}"), chosen(economy, f"{name} >= {bound}")
        assert under | over == everyone(economy)
        assert not under & over


def test_ratios_and_totals_agree(economy):
    people = figures(economy, "population")
    for name in ("gdp_per_head", "income_per_head", "urbanization_rate", "longitude"):
        found = figures(economy, name)
        assert np.average(found.value_n, weights=people.value_n) == pytest.approx(found.national)
    assert people.national == pytest.approx(people.value_n.sum())
    assert figures(economy, "workers").national == pytest.approx(economy.workers_c.sum())


def test_figures_of_2020_are_those_of_the_panel(today):
    codes = list(today.domestic_codes)
    towns = panel.series("urbanization_rate", 2020).loc[codes]
    np.testing.assert_allclose(figures(today, "urbanization_rate").value_n, towns, atol=0.01)
    people = panel.series("census_population", 2020).loc[codes]
    np.testing.assert_allclose(figures(today, "population").value_n, people, rtol=1e-6)
    area = panel.series("land_area", 2020).loc[codes]
    np.testing.assert_allclose(figures(today, "density").value_n, people / area, rtol=1e-6)


def test_every_indicator_has_a_unit_and_every_unit_a_name(economy):
    assert list(UNITS) == list(SOURCES)
    for name in UNITS:
        assert unit_of(economy, name) == "%" or f"unit.{unit_of(economy, name)}" in texts.table()


def test_signs_of_a_chinese_keyboard_and_capital_words_are_read(today):
    assert chosen(today, "（workers ≥ 40） AND not “河南”") == chosen(today, "workers >= 40 and not Henan")


def test_policies_take_expressions(china):
    reform = hl.policies.HukouReform(to=["nonag_share < 0.6 and West", "Henan"], cut=0.3)
    by_name = hl.policies.HukouReform(to=sorted(chosen(china, "nonag_share < 0.6 and West") | {"Henan"}), cut=0.3)
    np.testing.assert_array_equal(
        combined(china, [reform]).levers.migration_cost_hat_gc, combined(china, [by_name]).levers.migration_cost_hat_gc
    )


def test_the_place_of_a_policy_is_that_of_the_base_year(today):
    moved = combined(today, [hl.policies.IndustrialBase(to=["West"], gain=0.2)])
    assert chosen(moved, "gdp_per_head < 0.8 * national") == chosen(today, "gdp_per_head < 0.8 * national")


WORDS = ["and", "or", "not", "West", "Tibet", "gdp_per_head", "national", "nonag_share", "(", ")", "<", ">=", "==", "="]
WORDS += [
    "+",
    "-",
    "*",
    "/",
    "0",
    "1e9",
    "1e999",
    ".5",
    '"',
    "'East'",
    "__import__",
    "eval(",
    "os.system",
    "[",
    "}",
    "，",
]


@given(st.one_of(st.text(max_size=250), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
@example("__import__('os').system('true')")
@example("gdp_per_head.__class__")
@example("(" * 100)
@example("-" * 200)
@example("not " * 50)
@example("population" + "/1e300" * 20 + " > 0")
@example("population" + "-1" * 90 + " > 0")
def test_any_text_is_read_or_refused_and_never_run(text: str):
    economy = hl.load("china-2000")

    def run(*_: object, **__: object) -> None:
        raise AssertionError("code was run")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("eval", "exec", "compile"):
            patch.setattr(builtins, name, run)
        patch.setattr(os, "system", run)
        try:
            found = chosen_n(economy, [text], "hukou_reform.to")
        except hl.PolicyError as error:
            problems = error.problems
        else:
            problems = ()
            assert found.any()
    for problem in problems:
        assert problem.text("en")
        assert problem.text("zh")


@given(st.text(max_size=100))
def test_tokens_leave_nothing_but_space_out(text: str):
    plain, end = expressions.plain(text), 0
    assert len(plain) == len(text)
    for token in expressions.tokens(plain):
        assert plain[end : token.at - 1].strip() == ""
        end = token.at - 1 + (1 if plain[token.at - 1 : token.at] in expressions.SIGNS else len(token.text))
    assert end == len(text)


NAMED = ["四川", "510000", "West"]
SEVERAL = {
    "a tuple": tuple(NAMED),
    "an index": pd.Index(NAMED),
    "a column": pd.Series(NAMED, index=[5, 3, 4]),
    "an array": np.array(NAMED),
    "objects": np.array(NAMED, dtype=object),
    "a categorical": pd.Categorical(NAMED),
    "a categorical column": pd.Series(pd.Categorical(NAMED)),
    "xarray": xr.DataArray(NAMED),
}


@pytest.mark.parametrize("kind", list(SEVERAL))
def test_places_come_in_any_sequence(kind: str):
    for name in ("to", "partners"):
        policy = hl.policies.IndustryLinkage(**{name: SEVERAL[kind]})
        assert getattr(policy, name) == tuple(NAMED)
        assert all(type(of) is str for of in getattr(policy, name))


@pytest.mark.parametrize("alone", ["四川", np.str_("四川"), np.array("四川")])
def test_one_place_is_a_list_of_one(alone):
    assert hl.policies.HukouReform(to=alone).to == ("四川",)


@pytest.mark.parametrize("code", [510000, 510000.0, np.int64(510000), [510000], np.array([510000]), pd.Index([510000])])
def test_codes_may_be_numbers(code):
    assert hl.policies.HukouReform(to=code).to == ("510000",)


@pytest.mark.parametrize(
    "other",
    [
        *(None, "", [], [None], True, [True], 0.5, {"四川": 1.0}, pd.DataFrame({"to": NAMED}), np.array([NAMED])),
        *(
            pd.Series([True, False], ["四川", "重庆"]),
            pd.Series([0.3, 0.2], ["四川", "重庆"]),
            pd.Series(["四川", pd.NA]),
        ),
        *(
            xr.DataArray([NAMED]),
            np.array([[]]),
            pd.Series([], dtype=object),
            pd.MultiIndex.from_tuples([("四川", "a")]),
        ),
    ],
    ids=str,
)
def test_what_lists_no_places_is_refused(other):
    teaches(lambda: hl.policies.HukouReform(to=other), ("hukou_reform.to", "[Sichuan, West]"), ("hukou_reform.to",))


def test_stops_come_in_any_ordered_sequence_and_ports_in_any():
    stops = ["Chengdu", "Chongqing"]
    for several in (pd.Index(stops), np.array(stops), pd.Series(stops)):
        assert hl.policies.Transport(line=several).line == tuple(stops)
    for other in (set(stops), "Chengdu"):
        teaches(lambda other=other: hl.policies.Transport(line=other), ("transport.line", "in order"), ("依次经过",))
    assert hl.policies.BorderOpening(ports="凭祥").ports == ("凭祥",)
