"""Labels, never positions: what is handed in is aligned by label or refused by name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from tests.messages import teaches

import hinterland as hl
from hinterland.economy.rows import cause_of, number
from hinterland.indicators import (
    coefficient_of_variation,
    gini,
    market_access,
    morans_i,
    primacy,
    row_standardised,
    theil,
    theil_within_between,
)
from hinterland.labels import number_of

NAMES = ["A", "B", "C"]
VALUE = pd.Series([1.0, 2.0, 6.0], NAMES)
PEOPLE = pd.Series([3.0, 2.0, 1.0], NAMES)
FAR = pd.DataFrame([[1.0, 2.0, 5.0], [2.0, 3.0, 4.0], [5.0, 4.0, 2.0]], NAMES, NAMES)
OTHER = ["C", "A", "B"]
GDP, RESIDENTS = (("gdp_rev5census", 2020), ("population_resident", 2020))


def test_values_and_weights_of_indicators_are_aligned_by_label():
    """The published case: sorting the values must not hand them other provinces' people."""
    output, people = hl.series(*GDP), hl.series(*RESIDENTS)
    assert theil((output / people).sort_values(), people) == pytest.approx(0.065945, abs=5e-7)
    assert theil((output / people).sort_values(), people) == pytest.approx(theil(output / people, people), rel=1e-14)


@pytest.mark.parametrize("measure", [gini, theil, coefficient_of_variation])
@pytest.mark.parametrize("kind", ["series", "xarray", "integers", "counted"])
def test_every_measure_reads_every_kind_of_label(measure, kind):
    weight = {
        "series": PEOPLE[OTHER],
        "xarray": xr.DataArray(PEOPLE[OTHER].to_numpy(), coords={"place": OTHER}),
        "integers": PEOPLE[OTHER].set_axis([2, 0, 1]),  # sorted away from 0, 1, 2
        "counted": PEOPLE.reset_index(drop=True),
    }[kind]
    value = VALUE if kind in ("series", "xarray") else VALUE.reset_index(drop=True)
    expected = measure(VALUE.to_numpy(), PEOPLE.to_numpy())
    assert measure(value, weight) == pytest.approx(expected, rel=1e-14)
    assert measure(VALUE.tolist(), PEOPLE) == pytest.approx(expected, rel=1e-14)  # plain arrays keep their order


def test_groups_and_matrices_are_aligned_as_well():
    group = pd.Series(["x", "y", "x"], NAMES)
    expected = theil_within_between(VALUE.to_numpy(), PEOPLE.to_numpy(), group.to_numpy())
    assert theil_within_between(VALUE, PEOPLE[OTHER], group[["B", "C", "A"]]) == pytest.approx(expected, rel=1e-14)
    near = 1 / FAR
    plain = morans_i(VALUE.to_numpy(), near.to_numpy())
    assert morans_i(VALUE[OTHER], near) == pytest.approx(plain, rel=1e-14)
    assert morans_i(VALUE, near.loc[OTHER, ["B", "A", "C"]]) == pytest.approx(plain, rel=1e-14)
    np.testing.assert_allclose(row_standardised(near.loc[:, OTHER]), row_standardised(near.to_numpy()), rtol=1e-14)
    expected = market_access(VALUE.to_numpy(), FAR.to_numpy())
    np.testing.assert_allclose(market_access(VALUE, FAR.loc[OTHER, NAMES]), expected, rtol=1e-14)
    np.testing.assert_allclose(market_access(VALUE[OTHER], FAR), expected[[2, 0, 1]], rtol=1e-14)  # in its own order


def test_a_table_of_origins_by_destinations_is_turned():
    """Rows called origin are no destinations: distances that are not the same both ways show it."""
    way = pd.DataFrame([[1.0, 2.0], [4.0, 1.0]], pd.Index(["A", "B"], name="destination"), ["A", "B"])
    turned = way.T.rename_axis(index="market", columns="origin")
    np.testing.assert_allclose(market_access([1.0, 1.0], turned), market_access([1.0, 1.0], way.to_numpy()))


@pytest.mark.parametrize("name", ["origin", "destination", "from", "market", "迁出地"])
def test_rows_and_columns_that_both_say_one_direction_are_refused(name: str):
    axis = pd.Index(["A", "B"], name=name)
    with pytest.raises(hl.DataError) as caught:
        market_access([1.0, 1.0], pd.DataFrame([[1.0, 2.0], [4.0, 1.0]], axis, axis))
    assert [problem.key for problem in caught.value.problems] == ["labels.dims"]


CASES = {
    "other provinces": (
        lambda: theil(VALUE, PEOPLE.rename({"C": "D"})),
        ["theil.weight_n", "theil.value_n", "missing C (1 / 3)", "only here D (1 / 3)", "rename"],
        ["theil.weight_n", "缺少 C (1 / 3)", "多出 D (1 / 3)", "改名"],
    ),
    "some provinces": (
        lambda: gini(VALUE, PEOPLE[["A", "B"]]),
        ["gini.weight_n", "missing C (1 / 3)"],
        ["gini.weight_n", "缺少 C (1 / 3)"],
    ),
    "a province twice": (
        lambda: gini(VALUE, pd.Series([1.0, 2.0, 3.0], ["A", "B", "B"])),
        ["gini.weight_n", "B (1 / 3)", "more than once", "drop"],
        ["B (1 / 3)", "不止一次", "去掉"],
    ),
    "a matrix of other places": (
        lambda: morans_i(VALUE, FAR.rename(columns={"C": "D"})),
        ["morans_i.weight_nm", "index m", "missing C", "only here D"],
        ["下标 m", "缺少 C", "多出 D"],
    ),
    "a masked figure": (
        lambda: gini(np.ma.array([10, 20, 9.97e36, 40], mask=[0, 0, 1, 0]), [1, 2, 3, 4]),
        ["gini.value_n", "2 (1 / 4)", "masked", "Fill"],
        ["gini.value_n", "2 (1 / 4)", "被屏蔽", "补齐"],
    ),
    "a masked weight": (
        lambda: primacy(np.ma.masked_greater([1.0, 9e36], 1e36)),
        ["primacy.value_n", "1 (1 / 2)"],
        ["primacy.value_n", "1 (1 / 2)"],
    ),
    "not available": (
        lambda: gini(VALUE, pd.Series([1, pd.NA, 3], NAMES, dtype=object)),
        ["gini.weight_n", "B (1 / 3)", "NA"],
        ["gini.weight_n", "B (1 / 3)", "NA"],
    ),
    "not available among whole numbers": (
        lambda: gini(VALUE, pd.Series([1, pd.NA, 3], NAMES, dtype="Int64")),
        ["gini", "B (1 / 3)", "finite"],
        ["gini", "B (1 / 3)", "有限"],
    ),
    "a column that lost its names": (
        lambda: theil((VALUE * 1).sort_values().reset_index(drop=True), PEOPLE),
        ["theil.value_n", "0 to 2", "A, B, C", "set_axis"],
        ["theil.value_n", "0 到 2", "请给它标签"],
    ),
    "columns in a list": (
        lambda: row_standardised([FAR.loc["A"], FAR.loc["B"], FAR.loc["C"]]),
        ["row_standardised.weight_nm", "list (Series)", "pandas.concat"],
        ["list (Series)", "pandas.concat"],
    ),
    "thousands separators": (
        lambda: gini(pd.Series(["1,250", "2,040.5", "640"], NAMES), PEOPLE),
        ["gini.value_n", "A, B (2 / 3)", "'1,250'", "thousands", "Convert"],
        ["gini.value_n", "A, B (2 / 3)", "千分位", "“1,250”", "请先转换"],
    ),
    "words": (
        lambda: gini(pd.Series([1.0, "12 km", 3.0], NAMES), PEOPLE),
        ["B (1 / 3)", "'12 km'", "Convert"],
        ["B (1 / 3)", "“12 km”", "请先转换"],
    ),
    "rows of different lengths": (
        lambda: row_standardised([[0.0, 1.0], [1.0]]),
        ["row_standardised.weight_nm", "different lengths", "Give every row"],
        ["长度不同", "请让每行"],
    ),
    "a group that is not available": (
        lambda: theil_within_between(VALUE, PEOPLE, pd.Series(["x", pd.NA, "y"], NAMES)),
        ["B (1 / 3)", "Add its group"],
        ["B (1 / 3)", "请补上分组"],
    ),
    "a gap by name": (
        lambda: theil(VALUE.replace(2.0, np.nan), PEOPLE),
        ["B (1 / 3)", "Fill"],
        ["B (1 / 3)", "请补齐"],
    ),
    "a constant": (
        lambda: morans_i([0.1] * 31, np.ones((31, 31)) - np.eye(31)),
        ["morans_i", "all 31", "check the column"],
        ["31 个", "检查该列"],
    ),
    "a constant but for rounding": (
        lambda: morans_i([0.1 + 0.2, 0.3, 0.3], np.ones((3, 3))),
        ["all 3"],
        ["3 个"],
    ),
    "no decay": (lambda: market_access(VALUE, FAR, float("nan")), ["decay", "nan", "Take 1"], ["decay", "nan", "取 1"]),
    "a word for decay": (lambda: market_access(VALUE, FAR, "1"), ["decay", "'1'", "one number"], ["decay", "一个"]),
    "several decays": (lambda: market_access(VALUE, FAR, [1.0, 2.0]), ["decay", "[1.0, 2.0]"], ["decay", "[1.0, 2.0]"]),
    "a pair without distance": (
        lambda: market_access(VALUE, FAR.replace(4.0, np.nan)),
        ["(B, C), (C, B) (2 / 9)"],
        ["(B, C), (C, B) (2 / 9)"],
    ),
    "access beyond numbers": (
        lambda: market_access(VALUE, FAR * 1e-200, 2.0),
        ["market_access", "A, B, C (3 / 3)", "larger unit"],
        ["A, B, C (3 / 3)", "较大的单位"],
    ),
    "growth with distance": (lambda: market_access(VALUE, FAR, -1.0), ["decay", "-1"], ["decay", "-1"]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_aligned_is_refused_by_name(case):
    assert isinstance(teaches(*CASES[case]), hl.DataError)


@pytest.mark.parametrize("cell", [1 + 2j, np.complex128(1)])
def test_a_complex_number_is_no_number(cell):
    assert number_of(cell)[0] == "number"


def test_words_that_are_numbers_are_read_and_every_bad_argument_is_named():
    assert gini(["1", " 2.5 "], [1, 1]) == gini([1, 2.5], [1, 1])
    with pytest.raises(hl.DataError) as caught:
        gini(["1,000", 2, None], np.ma.array([1, 2, 3], mask=[1, 0, 0]))
    assert [problem.key for problem in caught.value.problems] == [
        "labels.missing",
        "labels.thousands",
        "labels.missing",
    ]


@pytest.mark.parametrize(
    "cell", ["199,863", "1 234.5", "1’000", "1,99,863", "19\u202f9863", "1_000", "-1\u00a0000", "12，345"]
)
def test_both_doors_know_a_number_in_groups(cell: str):
    """The cells of a table in a file, and those of an array in Python."""
    assert number_of(cell)[0] == "thousands"
    assert cause_of(cell) in ("import.separators", "import.full_width")
    assert np.isnan(number(cell))


@pytest.mark.parametrize("cell", ["1,5", "1,50", "2020-01", "1,", ",100", "12 t"])
def test_what_is_in_no_groups_is_not_said_to_be(cell: str):
    assert number_of(cell)[0] == "number"
    assert cause_of(cell) == "import.odd"


def small_world() -> hl.World:
    names = list("ABC")
    share = pd.DataFrame(np.eye(3) * 0.7 + 0.1, index=names, columns=names)
    return hl.World.build(share, pd.Series(1.0, index=names), 5.0)


NINE = pd.DataFrame(np.ones((3, 3)), list("ABC"), list("ABC"))


def test_keys_of_a_mapping_of_arrays_may_be_places_or_scenarios():
    given = {of: np.ones((3, 3)) for of in "CBA"}
    teaches(lambda: hl.solve_many(small_world(), trade_cost_hat_nij=given), ["trade_cost_hat_nij", "dict"], ["dict"])


def test_tables_by_scenario_are_paired_by_their_keys():
    world, costs = small_world(), {"x": NINE, "y": 1.1 * NINE}
    hats = pd.DataFrame([[1.1, 1.0, 0.9], [1.0, 0.9, 1.2]], ["x", "y"], list("ABC"))
    expected = hl.solve_many(world, productivity_hat_nj=hats, trade_cost_hat_nij=pd.concat(costs)).outcome.factor_hat_nj
    turned = {"y": costs["y"], "x": costs["x"]}
    found = hl.solve_many(world, productivity_hat_nj=hats, trade_cost_hat_nij=turned).outcome.factor_hat_nj
    np.testing.assert_allclose(found, expected, rtol=1e-13)
    other = {"y": costs["y"], "z": costs["x"]}
    teaches(
        lambda: hl.solve_many(world, productivity_hat_nj=hats, trade_cost_hat_nij=other),
        ["trade_cost_hat_nij"],
        ["trade_cost_hat_nij"],
    )


def test_a_year_is_no_sector():
    names = list("ABC")
    share = pd.DataFrame(np.eye(3) * 0.7 + 0.1, index=names, columns=names)
    years = pd.DataFrame(1.0, index=names, columns=pd.Index([2019, 2020], name="year"))
    teaches(lambda: hl.World.build(share, years, [5.0, 6.0]), ["value_added_nj", "year"], ["value_added_nj", "year"])


def test_what_is_empty_and_what_is_a_record_is_refused_by_name():
    teaches(lambda: hl.World.build(np.zeros((0, 0)), [], 5.0), ["trade_share_nij", "empty"], ["trade_share_nij", "空"])
    names = list("ABC")
    records = pd.DataFrame(np.eye(3) * 0.7 + 0.1, index=names, columns=names).to_records()
    teaches(
        lambda: hl.World.build(records, [1.0] * 3, 5.0), ["trade_share_nij", "records"], ["trade_share_nij", "记录"]
    )


def test_levels_on_both_sides_say_which_is_the_origin():
    """Law: a turned table is the same, where groups and cells have the same labels too; other names are refused."""
    china = hl.load("china-2000")
    codes, guangdong = china.domestic_codes, "440000"
    groups = pd.MultiIndex.from_product([codes, china.classes], names=["origin", "class"])
    cells = pd.MultiIndex.from_product([codes, china.sectors], names=["destination", "sector"])
    cost = pd.DataFrame(1.0, index=groups, columns=cells)
    cost.loc[[(code, "ag") for code in codes if code != guangdong], (guangdong, "nonag")] = 0.5
    for given in (cost, cost.T):
        hat = china.with_levers(migration_cost_hat_gc=given).levers.migration_cost_hat_gc
        np.testing.assert_array_equal(hat, cost.to_numpy())
    unknown = cost.T.rename_axis(index=["foo", "bar"], columns=["baz", "qux"])
    teaches(
        lambda: china.with_levers(migration_cost_hat_gc=unknown), ["migration_cost_hat_gc"], ["migration_cost_hat_gc"]
    )


def test_regions_in_two_dimensions_are_refused():
    teaches(
        lambda: hl.World.build(np.eye(2), [1.0, 1.0], 4.0, regions=np.array([["A", "B"]])), ["regions"], ["regions"]
    )


@pytest.mark.parametrize(
    ("listed", "key", "word"),
    [
        (3, "labels.unordered", "int"),
        ([["A"], ["B"]], "labels.unordered", "list (list)"),
        ([{"A"}, {"B"}], "labels.unordered", "list (set)"),
        ([], "labels.unlisted", "regions"),
        (["A", "A"], "labels.repeated", "A (1 / 2)"),
        (["A", None], "labels.absent", "1 (1 / 2)"),
        ([float("nan"), "B"], "labels.absent", "0 (1 / 2)"),
        (["A", ""], "labels.absent", "1 (1 / 2)"),
    ],
)
@pytest.mark.parametrize("of", ["regions", "sectors"])
def test_what_is_no_list_of_labels_is_refused_in_one_clear_message(listed, key: str, word: str, of: str):
    with pytest.raises(hl.DataError) as caught:
        hl.World.build(np.full((2, 2), 0.5), [1.0, 1.0], 4.0, **{of: listed})
    assert [problem.key for problem in caught.value.problems] == [key]
    assert all(word.replace("regions", of) in caught.value.text(lang) for lang in ("en", "zh"))


@pytest.mark.parametrize(
    "measure", [gini, theil, coefficient_of_variation, lambda v, w: theil_within_between(v, w, NAMES)]
)
@pytest.mark.parametrize("unit", [1e308, 2.0**1020, 1e-300])
def test_no_unit_is_too_large_or_too_small(measure, unit: float):
    value, weight = np.array([0.25, 0.5, 1.0]), np.array([1.0, 0.5, 1.0])
    assert measure(value * unit, weight) == pytest.approx(measure(value, weight), rel=1e-12)
    assert measure(value, weight * unit) == pytest.approx(measure(value, weight), rel=1e-12)
    assert morans_i((value - 0.5) * unit, NINE * unit) == pytest.approx(morans_i(value, NINE), rel=1e-12)
    assert primacy(value * unit) == pytest.approx(primacy(value), rel=1e-12)


def test_blanks_around_a_group_make_no_other_group():
    value, people = [1.0, 2.0, 3.0], [1.0, 1.0, 1.0]
    assert theil_within_between(value, people, ["E", "E ", "W"]) == theil_within_between(value, people, ["E", "E", "W"])


def test_the_i_and_j_of_the_trade_literature_are_told():
    share = pd.DataFrame(np.full((2, 2), 0.5), pd.Index(["A", "B"], name="i"), pd.Index(["A", "B"], name="j"))
    words = ("trade_share_nij", "i, j", "leave out n", "j the sector", "n (destination")
    error = teaches(
        lambda: hl.World.build(share, [1.0, 1.0], 4.0), words, ("trade_share_nij", "j 是部门", "n (destination")
    )
    assert len(error.problems) == 1


def test_the_one_sector_goes_by_any_name_where_nothing_names_it():
    hat = pd.DataFrame({"z": [1.2, 1.1, 1.0]}, OTHER)
    held = small_world().with_levers(productivity_hat_nj=hat).levers.productivity_hat_nj
    np.testing.assert_array_equal(held, [[1.1], [1.0], [1.2]])


def test_a_batch_takes_a_mapping_a_scenario():
    several = [{"C": 1.2, "A": 1.1, "B": 1.0}, {"A": 1.0, "B": 1.3, "C": 1.0}]
    plain = [[[1.1], [1.0], [1.2]], [[1.0], [1.3], [1.0]]]
    found = [hl.solve_many(small_world(), productivity_hat_nj=given).outcome.income_n for given in (several, plain)]
    np.testing.assert_array_equal(*found)
