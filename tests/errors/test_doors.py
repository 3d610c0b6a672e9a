"""The doors of a world: labels, levers, batches, levels. What is aligned says the same; the rest is refused by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from tests.messages import teaches

import hinterland as hl
from hinterland.economy import files
from hinterland.world.check import arrays_of

NAMES, OTHER = ["A", "B", "C"], ["C", "A", "B"]
SHARE = np.array([[0.70, 0.20, 0.10], [0.15, 0.75, 0.10], [0.05, 0.05, 0.90]])
INCOME = np.abs(np.linalg.svd(SHARE.T - np.eye(3))[2][-1])  # at which this trade balances
FRAME, SERIES = pd.DataFrame(SHARE, NAMES, NAMES), pd.Series(INCOME, NAMES)
BARRIER = np.ones((3, 3, 1))
BARRIER[0, 1] = BARRIER[1, 0] = 0.9


def plain(**more: Any) -> hl.World:
    return hl.World.build(SHARE, INCOME, 5.0, **{"regions": NAMES} | more)


def real_income(world: hl.World, **levers: Any) -> pd.Series:
    outcome = hl.solve(world.with_levers(**levers)).outcome
    return pd.Series(outcome.factor_hat_nj[:, 0] / outcome.price_hat_n, world.regions)


def same(world: hl.World, other: hl.World) -> None:
    assert (world.regions, world.sectors, world.blocks) == (other.regions, other.sectors, other.blocks)
    for slot, part in world.model.parts.items():
        for name, array in arrays_of(part).items():
            np.testing.assert_array_equal(array, arrays_of(other.model.parts[slot])[name], err_msg=name)


def test_the_published_case_of_a_table_and_a_series_in_another_order():
    world = hl.World.build(FRAME, SERIES[OTHER], 5)
    assert world.regions == tuple(NAMES)
    found = real_income(world, trade_cost_hat_nij=BARRIER)
    np.testing.assert_allclose(found, [1.027816, 1.020690, 0.998904], atol=5e-7)


@pytest.mark.parametrize(
    ("share", "income"),
    [
        (FRAME.loc[OTHER, ["B", "A", "C"]], SERIES),
        (FRAME.T.rename_axis(index="origin", columns="destination"), SERIES[OTHER]),
        (SHARE, SERIES),
        (FRAME, xr.DataArray(INCOME[[2, 0, 1]], coords={"region": OTHER})),
        (xr.DataArray(SHARE.T, coords={"origin": NAMES, "region": NAMES}), SERIES[OTHER]),
        (xr.DataArray(SHARE[None], coords={"sector": ["s1"], "n": NAMES, "i": NAMES}), SERIES[OTHER]),
        (FRAME.rename_axis("destination").rename_axis("origin", axis=1).T.stack(), SERIES[OTHER]),
        (SHARE, dict(SERIES[OTHER])),
        (SHARE.astype(object), [str(income) for income in INCOME]),
    ],
    ids=["rows", "turned", "array", "xarray", "dims", "sector first", "long", "mapping", "words"],
)
def test_whatever_bears_labels_is_put_in_their_order(share, income):
    same(hl.World.build(share, income, 5.0, regions=NAMES), plain())


def test_the_first_labelled_array_says_the_order_and_others_follow():
    world = hl.World.build(FRAME.loc[OTHER, NAMES], SERIES, 5.0)
    assert world.regions == tuple(OTHER)
    found = real_income(world, trade_cost_hat_nij=pd.DataFrame(BARRIER[:, :, 0], NAMES, NAMES).to_numpy()[:, :, None])
    assert found.index.tolist() == OTHER
    assert hl.World.build(SHARE, SERIES[OTHER].set_axis(NAMES), 5.0, balance="solve").regions == tuple(NAMES)


@pytest.mark.parametrize("regions", [pd.Index([110000, 120000, 130000]), [110000, 120000, 130000.0], np.arange(3)])
def test_regions_are_any_sequence_of_labels(regions):
    world = plain(regions=regions)
    assert all(isinstance(name, str) and name.isdigit() for name in world.regions)
    with pytest.raises(hl.DataError, match=world.regions[1]):
        hl.World.build(SHARE, [1.0, 0.0, 1.0], 5.0, regions=regions)


def test_levers_batches_levels_and_inversion_are_aligned_too():
    world, hat = plain(), pd.DataFrame({"s1": [1.1, 1.0, 0.9]}, NAMES)
    levers = world.with_levers(productivity_hat_nj=hat.loc[OTHER]).levers
    np.testing.assert_array_equal(levers.productivity_hat_nj, hat)
    batch = xr.DataArray(np.stack([hat, hat**2]), coords={"scenario": [1, 2], "region": NAMES, "sector": ["s1"]})
    mixed = batch.transpose("sector", "region", "scenario").sel(region=OTHER)
    np.testing.assert_allclose(
        hl.solve_many(world, productivity_hat_nj=mixed).outcome.factor_hat_nj,
        hl.solve_many(world, productivity_hat_nj=batch.values).outcome.factor_hat_nj,
        rtol=1e-13,
    )
    town = hl.invert(world, hat)
    assert hl.invert(world, hat.loc[OTHER]).productivity_nj.tolist() == town.productivity_nj.tolist()
    people = pd.Series([1.0, 2.0, 3.0], NAMES)
    first, second = (
        hl.levels(town._replace(people_n=given), 5.0, regions=NAMES) for given in (people[OTHER], people.to_numpy())
    )
    same(first, second)


def test_a_list_of_labelled_scenarios_is_read_by_label():
    """Each table in an order of its own; an axis that a table leaves out is the one sector's, as elsewhere."""
    world, hat = plain(), pd.DataFrame({"s1": [1.1, 1.0, 0.9]}, NAMES)
    expected = hl.solve_many(world, productivity_hat_nj=np.stack([hat, hat**2])).outcome.factor_hat_nj
    second = (hat**2).loc[OTHER]
    as_arrays = [xr.DataArray(one, dims=("region", "sector")) for one in (hat, second)]
    for given in (
        [hat, second],
        (hat["s1"], second["s1"]),
        {"one": hat, "two": second},
        pd.concat({"one": hat, "two": second}),
        pd.concat({"one": hat, "two": second}, names=["scenario", "region"]).swaplevel(),
        [as_arrays[0], as_arrays[1]],
    ):
        found = hl.solve_many(world, productivity_hat_nj=given).outcome.factor_hat_nj
        np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_levels_of_columns_are_axes_by_their_names():
    share = dict.fromkeys(("goods", "food"), FRAME.loc[OTHER, NAMES])
    added = pd.DataFrame({"food": SERIES, "goods": SERIES})
    given = pd.concat(share, axis=1, names=["sector", "origin"])
    world = hl.World.build(given, added, 5.0, balance="solve", sectors=["food", "goods"])
    table = pd.DataFrame(world.model.trade.trade_share_nij[:, :, 0], world.regions, world.regions)
    pd.testing.assert_frame_equal(table.loc[NAMES, NAMES], FRAME)


def test_a_table_without_names_keeps_its_order_where_nothing_has_names():
    same(hl.World.build(pd.DataFrame(SHARE), pd.Series(INCOME), 5.0), hl.World.build(SHARE, INCOME, 5.0))
    unnamed = hl.World.build(SHARE, INCOME, 5.0)
    levers = unnamed.with_levers(productivity_hat_nj=pd.DataFrame([1.1, 1.0, 0.9])).levers
    assert np.asarray(levers.productivity_hat_nj)[:, 0].tolist() == [1.1, 1.0, 0.9]
    bare = dataset().drop_vars(["region", "origin", "sector"])
    same(hl.World.from_dataset(bare), hl.World.build(SHARE, INCOME, 5.0, tariff_nij=np.zeros((3, 3, 1))))


def test_an_economy_knows_labels_by_code_in_levers_and_batches():
    china = hl.load("china-2000")
    hat = pd.DataFrame(np.ones((31, 2)), china.region_codes, china.sectors)
    hat.loc["510000", "nonag"] = 1.2
    expected = china.with_levers(productivity_hat_nj=hat.to_numpy()).levers.productivity_hat_nj
    given = china.with_levers(productivity_hat_nj=hat.iloc[::-1, ::-1]).levers.productivity_hat_nj
    np.testing.assert_array_equal(given, expected)
    from hinterland.world.of_economy import world_of

    assert (
        world_of(china).with_levers(productivity_hat_nj=hat.iloc[::-1]).levers.productivity_hat_nj[22, 1]
        == hat.iloc[22, 1]
    )


def dataset() -> xr.Dataset:
    return xr.Dataset(
        {
            "trade_share_nij": (("region", "origin", "sector"), SHARE[:, :, None]),
            "value_added_nj": (("region", "sector"), INCOME[:, None]),
            "trade_elasticity_j": ("sector", [5.0]),
            "tariff_nij": (("region", "origin", "sector"), np.zeros((3, 3, 1))),
        },
        coords={"region": NAMES, "origin": NAMES, "sector": ["s1"]},
    )


def test_dimensions_and_coordinates_of_a_dataset_stand_in_any_order():
    given = dataset()
    expected = hl.World.from_dataset(given)
    assert expected.regions == tuple(NAMES)
    same(hl.World.from_dataset(given.transpose("sector", "origin", "region")), expected)
    same(hl.World.from_dataset(given.sel(origin=["B", "C", "A"])), expected)
    same(hl.World.from_dataset(given.rename(region="n", origin="i", sector="j")), expected)
    turned = hl.World.from_dataset(given.sel(region=OTHER))
    assert turned.regions == tuple(OTHER)
    np.testing.assert_array_equal(turned.model.trade.trade_share_nij[:, :, 0], FRAME.loc[OTHER, OTHER])


def masked(values: Any, at: int) -> Any:
    array = np.ma.array(np.asarray(values, dtype=float))
    array[at] = np.ma.masked
    return array


CASES = {
    "other regions": (
        lambda: hl.World.build(FRAME, SERIES.rename({"C": "D"}), 5.0),
        ("value_added_nj", "index n", "trade_share_nij", "missing C (1 / 3)", "only here D (1 / 3)", "rename"),
        ("value_added_nj", "下标 n", "缺少 C (1 / 3)", "多出 D (1 / 3)", "改名"),
    ),
    "other regions than those listed": (
        lambda: plain(regions=["A", "B", "X"], people_n=SERIES),
        ("people_n", "those of regions", "missing X", "only here C"),
        ("people_n", "regions", "缺少 X", "多出 C"),
    ),
    "other sectors": (
        lambda: plain(final_share_nj=pd.DataFrame(np.ones((3, 1)), NAMES, ["goods"]), sectors=["food"]),
        ("final_share_nj", "index j", "missing food", "only here goods"),
        ("final_share_nj", "下标 j", "缺少 food", "多出 goods"),
    ),
    "columns that are not the rows": (
        lambda: hl.World.build(FRAME.rename(columns={"A": "Z"}), INCOME, 5.0),
        ("trade_share_nij", "index i", "missing A", "only here Z"),
        ("trade_share_nij", "下标 i", "缺少 A", "多出 Z"),
    ),
    "a masked income": (
        lambda: hl.World.build(FRAME, masked(INCOME, 1), 5.0, regions=NAMES),
        ("value_added_nj", "B (1 / 3)", "masked", "Fill"),
        ("value_added_nj", "B (1 / 3)", "被屏蔽", "补齐"),
    ),
    "a masked lever": (
        lambda: plain().with_levers(productivity_hat_nj=masked(np.ones((3, 1)), 2)),
        ("productivity_hat_nj", "(C, s1) (1 / 3)", "Fill"),
        ("productivity_hat_nj", "(C, s1) (1 / 3)", "补齐"),
    ),
    "a masked scenario": (
        lambda: hl.solve_many(plain(), productivity_hat_nj=masked(np.ones((2, 3, 1)), 1)),
        ("productivity_hat_nj", "(1, A, s1), (1, B, s1)", "Fill"),
        ("productivity_hat_nj", "(1, A, s1)", "补齐"),
    ),
    "a masked endowment": (
        lambda: hl.invert(plain(), masked(np.ones((3, 1)), 0)),
        ("endowment_nj", "(A, s1)", "Fill"),
        ("endowment_nj", "(A, s1)", "补齐"),
    ),
    "a masked fundamental": (
        lambda: hl.levels(hl.invert(plain())._replace(people_n=masked(np.ones(3), 1)), 5.0, regions=NAMES),
        ("people_n", "B (1 / 3)", "Fill"),
        ("people_n", "B (1 / 3)", "补齐"),
    ),
    "an endowment of nothing": (
        lambda: hl.invert(plain(), np.zeros((3, 1))),
        ("endowment_nj", "A, B, C", "Correct"),
        ("endowment_nj", "A, B, C", "请改正"),
    ),
    "an endowment of another shape": (
        lambda: hl.invert(plain(), np.ones(3)),
        ("endowment_nj", "(3, 1)", "(3,)", "transpose"),
        ("endowment_nj", "(3, 1)", "(3,)", "转置"),
    ),
    "fundamentals of another shape": (
        lambda: hl.levels(hl.invert(plain())._replace(people_n=np.ones(2)), 5.0),
        ("people_n", "(3,)", "(2,)", "Fill the gap"),
        ("people_n", "(3,)", "(2,)", "请补齐"),
    ),
    "levels of a flat table": (
        lambda: hl.levels(hl.invert(plain())._replace(trade_cost_nij=np.ones((3, 3))), 5.0),
        ("trade_cost_nij", "(N, N, J)", "(3, 3)"),
        ("trade_cost_nij", "(N, N, J)", "(3, 3)"),
    ),
    "thousands separators": (
        lambda: hl.World.build(FRAME, pd.Series(["1,250", "2,040", "640"], NAMES), 5.0),
        ("value_added_nj", "A, B (2 / 3)", "'1,250'", "Convert"),
        ("value_added_nj", "A, B (2 / 3)", "“1,250”", "请先转换"),
    ),
    "a blank diagonal": (
        lambda: hl.World.build(FRAME.astype(object).mask(np.eye(3, dtype=bool), None), INCOME, 5.0),
        ("trade_share_nij", "(A, A), (B, B), (C, C) (3 / 9)", "diagonal", "write 0"),
        ("trade_share_nij", "(A, A), (B, B), (C, C) (3 / 9)", "对角线", "改为 0"),
    ),
    "not available": (
        lambda: plain(people_n=pd.Series([1, pd.NA, 2], NAMES, dtype=object)),
        ("people_n", "B (1 / 3)", "NA"),
        ("people_n", "B (1 / 3)", "NA"),
    ),
    "two orders that the names allow": (
        lambda: hl.World.from_dataset(dataset().rename(region="here", origin="there")),
        ("trade_share_nij", "here, there, sector", "Rename", "i (origin / exporter / region)"),
        ("trade_share_nij", "here, there, sector", "rename", "origin"),
    ),
    "two names of one kind": (
        lambda: hl.World.from_dataset(dataset().rename(region="country", origin="place")),
        ("trade_share_nij", "country, place, sector", "Rename"),
        ("trade_share_nij", "country, place, sector", "rename"),
    ),
    "a set of regions": (
        lambda: plain(regions={"A", "B", "C"}),
        ("regions", "set", "Give a list"),
        ("regions", "set", "请改为列表"),
    ),
    "a region without a name": (
        lambda: plain(regions=["A", None, "C"]),
        ("regions", "1 (1 / 3)"),
        ("regions", "1 (1 / 3)"),
    ),
    "too few regions": (lambda: plain(regions=["A", "B"]), ("(2, 2, 1)", "(3, 3, 1)"), ("(2, 2, 1)", "(3, 3, 1)")),
    "an elasticity for each of two sectors": (
        lambda: hl.World.build(SHARE, INCOME, [4.0, 5.0]),
        ("trade_elasticity_j", "(1,)", "(2,)", "Fill the gap"),
        ("trade_elasticity_j", "(1,)", "(2,)", "请补齐"),
    ),
    "an empty batch": (
        lambda: hl.solve_many(plain(), productivity_hat_nj=np.ones((0, 3, 1))),
        ("productivity_hat_nj", "least one"),
        ("productivity_hat_nj", "至少"),
    ),
    "a batch of one number": (
        lambda: hl.solve_many(plain(), productivity_hat_nj=1.1),
        ("productivity_hat_nj", "leading axis"),
        ("productivity_hat_nj", "情景维"),
    ),
    "batches of two lengths": (
        lambda: hl.solve_many(plain(), productivity_hat_nj=np.ones((2, 3, 1)), amenity_hat_n=np.ones((4, 3))),
        ("[2, 4]", "one length"),
        ("[2, 4]", "同样长度"),
    ),
    "a misspelt array of a batch": (
        lambda: hl.solve_many(plain(), productivty_hat_nj=np.ones((2, 3, 1))),
        ("'productivty_hat_nj'", "did you mean 'productivity_hat_nj'"),
        ("productivty_hat_nj", "您是否想写“productivity_hat_nj”"),
    ),
    "a gap in one scenario of a batch": (
        lambda: hl.solve_many(plain(), productivity_hat_nj=[[[1.0]] * 3, [[1.0], [np.nan], [1.0]]]),
        ("scenario 1 (counted from 0)", "`productivity_hat_nj`", "B (1 / 3)", "nan"),
        ("第 1 个情景", "`productivity_hat_nj`", "B (1 / 3)"),
    ),
    "a batch of nothing": (lambda: hl.solve_many(plain()), ("no array was given", "leading axis"), ("情景维",)),
    "a table that lost its rows' names": (
        lambda: hl.World.build(FRAME.reset_index(drop=True), SERIES, 5.0),
        ("trade_share_nij", "index n", "0 to 2", "A, B, C", "set_axis", "to_numpy"),
        ("trade_share_nij", "下标 n", "0 到 2", "A, B, C", "请给它标签"),
    ),
    "a sorted column that lost its names": (
        lambda: hl.World.build(FRAME, SERIES.sort_values().reset_index(drop=True), 5.0),
        ("value_added_nj", "merely numbered", "A, B, C"),
        ("value_added_nj", "只有行号"),
    ),
    "a table without names beside a list of regions": (
        lambda: plain(people_n=SERIES.reset_index(drop=True)),
        ("people_n", "merely numbered"),
        ("people_n", "只有行号"),
    ),
    "coordinates of one of two directions": (
        lambda: hl.World.from_dataset(dataset().drop_vars("origin")),
        ("trade_share_nij", "index i", "merely numbered"),
        ("trade_share_nij", "下标 i", "只有行号"),
    ),
    "a lever that lost its names": (
        lambda: plain().with_levers(amenity_hat_n=SERIES.sort_values().reset_index(drop=True)),
        ("amenity_hat_n", "merely numbered"),
        ("amenity_hat_n", "只有行号"),
    ),
    "a lever of an economy that lost its names": (
        lambda: hl.load("china-2000").with_levers(productivity_hat_nj=pd.DataFrame(np.ones((31, 2)))),
        ("productivity_hat_nj", "index n", "index j", "0 to 30", "merely numbered"),
        ("productivity_hat_nj", "只有行号"),
    ),
    "moves that lost their names": (
        lambda: hl.World.build(
            FRAME,
            SERIES,
            5.0,
            migration_share_gc=pd.DataFrame(SHARE),
            group_size_g=np.ones(3),
            migration_elasticity=1.5,
        ),
        ("migration_share_gc", "index g", "merely numbered"),
        ("migration_share_gc", "只有行号"),
    ),
    "a list of columns": (
        lambda: hl.World.build([FRAME.loc["A"], FRAME.loc["B"][OTHER], FRAME.loc["C"]], SERIES, 5.0),
        ("trade_share_nij", "list (Series)", "pandas.concat", "to_numpy"),
        ("trade_share_nij", "list (Series)", "pandas.concat"),
    ),
    "a mapping of columns": (
        lambda: hl.World.build({name: FRAME.loc[name] for name in NAMES}, SERIES, 5.0),
        ("trade_share_nij", "dict (Series)"),
        ("trade_share_nij", "dict (Series)"),
    ),
    "columns in lists of lists": (
        lambda: hl.World.build([[FRAME.loc[name]] for name in NAMES], SERIES, 5.0),
        ("trade_share_nij", "list (list)"),
        ("trade_share_nij", "list (list)"),
    ),
    "a list of mappings": (
        lambda: hl.World.build([dict(FRAME.loc[name]) for name in NAMES], SERIES, 5.0),
        ("trade_share_nij", "list (dict)"),
        ("trade_share_nij", "list (dict)"),
    ),
    "scenarios of which one has other places": (
        lambda: hl.solve_many(plain(), amenity_hat_n=[SERIES, SERIES.rename({"A": "Z"})]),
        ("amenity_hat_n", "list (Series)", "one a scenario"),
        ("amenity_hat_n", "list (Series)"),
    ),
    "a name that is solved": (
        lambda: hl.solve("china-2020"),
        ("an economy or a world; found 'china-2020'", "hl.load", "hl.run"),
        ("实际为 'china-2020'", "hl.load", "hl.run"),
    ),
    "a name in a batch": (lambda: hl.solve_many("china-2020"), ("'china-2020'", "hl.load"), ("hl.load",)),
    "a word for a number": (
        lambda: hl.World.build(FRAME, SERIES, "five"),
        ("trade_elasticity_j", "'-': a single value", "'five'"),
        ("trade_elasticity_j", "“-”指单个数值", "“five”"),
    ),
    "a balance that is no way": (
        lambda: plain(balance=True),
        ("balance must be one of 'deficits', 'trade', 'solve'; found True", "Choose one"),
        ("balance 必须是", "实际为 True", "请选择其一"),
    ),
    "infinite income": (
        lambda: hl.World.build(FRAME, SERIES.replace(SERIES["B"], np.inf), 5),
        ("`value_added_nj`", "B (1 / 3); found inf"),
        ("`value_added_nj`", "B (1 / 3)", "inf"),
    ),
    "a lever of other regions": (
        lambda: plain().with_levers(amenity_hat_n=SERIES.rename({"A": "Z"})),
        ("amenity_hat_n", "missing A", "only here Z"),
        ("amenity_hat_n", "缺少 A", "多出 Z"),
    ),
    "a misspelt lever of an economy": (
        lambda: hl.load("china-2000").with_levers(productivity_hat=np.ones((31, 2))),
        ("productivity_hat", "productivity_hat_nj", "Rename"),
        ("productivity_hat_nj", "改名"),
    ),
    "a lever of some provinces": (
        lambda: hl.load("china-2000").with_levers(amenity_hat_n=pd.Series([1.1], ["510000"])),
        ("amenity_hat_n", "missing 110000", "(30 / 31)"),
        ("amenity_hat_n", "缺少 110000", "(30 / 31)"),
    ),
}


def china() -> hl.Economy:
    return hl.load("china-2000")


CUT = hl.policies.MarketReform(cut=0.05)
ELSEWHERE = {  # something else in the place of what a public function takes
    "run of an economy": (lambda: hl.run(china()), "hl.Scenario(economy, policies)"),
    "run of nothing": (lambda: hl.run(None), "found None"),
    "run of a number": (lambda: hl.run(3), "found 3"),
    "apply of a number": (lambda: hl.apply(3), "hl.Scenario(economy, policies)"),
    "read of nothing": (lambda: hl.read(None), "hl.presets()"),
    "comparison of nothing": (lambda: hl.compare(None), "hl.Scenario(economy, policies)"),
    "comparison of a number": (lambda: hl.compare({"one": 3}), "found 3"),
    "comparison of an economy": (lambda: hl.compare(china()), "<Economy china-2000"),
    "dashboard of a number": (lambda: hl.dashboard(economy=3), "hl.load(name or file)"),
    "dashboard of a file that is not there": (lambda: hl.dashboard(economy="o.npz"), "no file or folder o.npz"),
    "an economy written as a run": (lambda: hl.write(china(), "out"), "hl.run(scenario)"),
    "inversion of an economy": (lambda: hl.invert(china()), "hl.World.build"),
    "levels of a number": (lambda: hl.levels(3, 5.0), "hl.Fundamentals"),
    "levels of a world": (lambda: hl.levels(plain(), 5.0), "hl.invert(world)"),
    "starts by name": (
        lambda: hl.equilibria(plain(), starts="a"),
        "`starts` must be a whole number from zero; found 'a'",
    ),
    "fewer starts than none": (lambda: hl.equilibria(plain(), starts=-1), "found -1"),
    "a file for a dataset": (lambda: hl.World.from_dataset("file.nc"), "xarray.open_dataset"),
    "a dictionary for a dataset": (lambda: hl.World.from_dataset({"a": 1}), "World.build(**arrays)"),
    "a scenario of nothing": (lambda: hl.Scenario(None, [CUT]), "hl.load(name or file)"),
    "a scenario without policies": (lambda: hl.Scenario(china(), None), "must be a policy; found nothing"),
    "a policy by name": (lambda: hl.Scenario(china(), "hukou_reform"), "must be a policy; found a text"),
    "solve of nothing": (lambda: hl.solve(None), "hl.load"),
    "response of a word": (lambda: hl.response("x"), "hl.load"),
    "a batch of a word": (lambda: hl.solve_many("x"), "hl.load"),
}


@pytest.mark.parametrize("name", list(ELSEWHERE))
def test_what_a_door_does_not_take_is_named_with_what_it_takes(name: str):
    call, words = ELSEWHERE[name]
    teaches(call, [words], [])


def test_doors_take_one_where_they_take_several(tmp_path: Path):
    economy = china()
    assert hl.Scenario(economy, CUT).policies == hl.Scenario(economy, [CUT]).policies
    named = hl.compare({"one": hl.Scenario(economy, CUT)}, "real_income", "nation")
    pd.testing.assert_series_equal(
        named["one"], hl.compare(hl.Scenario(economy, [CUT]), ["real_income"], "nation")["scenario"], check_names=False
    )
    file = files.write_npz(economy, tmp_path / "china-2000.npz")
    assert hl.dashboard(economy=file).provinces.equals(hl.dashboard(economy=economy).provinces)
    assert hl.Scenario(file, CUT).economy.domestic_codes == economy.domestic_codes


@pytest.mark.parametrize("name", list(CASES))
def test_what_cannot_be_aligned_is_refused_by_name(name: str):
    error = teaches(*CASES[name])
    assert isinstance(error, hl.DataError)
    assert "{" not in error.text("en")


def test_only_arrays_that_were_given_are_named():
    """What is made of them is wrong where they are."""
    for call in (lambda: hl.World.build(SHARE, -INCOME, 5.0), lambda: plain(regions=["A", "B"])):
        with pytest.raises(hl.DataError) as caught:
            call()
        assert {problem.values["name"] for problem in caught.value.problems} <= {"value_added_nj", "trade_share_nij"}


def test_groups_are_told_by_region_and_hukou():
    moves = pd.DataFrame([[0.9, 0.05, 0.05], [0.1, 0.8, 0.4], [0.2, 0.2, 0.6]], NAMES, NAMES)
    moving = {"group_size_g": np.ones(3), "migration_elasticity": 1.5}
    for given in (moves, moves.to_numpy()):  # by their own labels, or by the regions'
        teaches(
            lambda given=given: hl.World.build(FRAME, SERIES, 5.0, migration_share_gc=given, **moving),
            ("migration_share_gc", "does not in B", "(1 / 3)"),
            ("migration_share_gc", "B", "(1 / 3)"),
        )
    today = hl.load("china-2020")
    shares = np.array(today.migration_share_gc)
    shares[1] *= 1.1
    broken = replace(today, arrays=dict(today.arrays) | {"migration_share_gc": shares})
    words = f"Beijing (北京)|{today.classes[1]} (1 / 62)"
    teaches(lambda: hl.solve(broken), ("migration_share_gc", words), ("migration_share_gc",))


ONE_MORE = {
    "people_n": (),
    "transfer_n": (),
    "base_income_n": (),
    "structures_share_nj": (),
    "final_share_nj": (),
    "tariff_nij": (),
    "one_wage_n": (),
    "portfolio_share_n": (),
    "input_share_nkj": (),
    "amenity_n": (),
    "commuting_share_ni": ("commuting_elasticity",),
    "capital_share_nj": ("capital_elasticity",),
    "local_tax_n": (),
    "efficiency_rj": ("migration_share_gc", "group_size_g", "migration_elasticity"),
}
WITH = {
    "commuting_elasticity": 3.0,
    "capital_elasticity": 1.0,
    "migration_share_gc": np.full((3, 3), 1 / 3),
    "group_size_g": np.ones(3),
    "migration_elasticity": 1.5,
}
LONG = {"n": 3, "i": 3, "j": 1, "k": 1, "r": 1}


@pytest.mark.parametrize("axes", [1, -1])
@pytest.mark.parametrize("name", list(ONE_MORE))
def test_an_axis_too_many_or_too_few_is_a_shape_that_is_named(name: str, axes: int):
    shape = tuple(LONG[letter] for letter in name.rsplit("_", 1)[-1])
    found = (*shape, 1) if axes == 1 else shape[:-1]
    arrays = {name: np.full(found, 0.1)} | {other: WITH[other] for other in ONE_MORE[name]}
    error = teaches(lambda: plain(**arrays), (name, str(shape), str(found)), (name, str(shape), str(found)))
    assert isinstance(error, hl.DataError)


def test_only_the_half_that_differs_is_told():
    fewer, more = SERIES[["A", "B"]], pd.concat([SERIES, pd.Series({"D": 1.0})])
    for given, said, lacking in (
        (fewer, ("missing C (1 / 3).", "缺少 C (1 / 3)。"), ("only here", "多出")),
        (more, ("only here D (1 / 4).", "多出 D (1 / 4)。"), ("missing", "缺少")),
    ):
        error = teaches(lambda given=given: hl.World.build(FRAME, given, 5), said[:1], said[1:])
        assert not any(word in error.text("en") + error.text("zh") for word in lacking)


@pytest.mark.parametrize("given", [SERIES[OTHER], SERIES[OTHER].to_frame("s1"), SERIES[OTHER].to_xarray()])
def test_in_a_world_of_one_sector_labels_by_region_are_enough(given):
    """A series of regions and a matrix of pairs leave the one sector out: in levers, batches and the base year."""
    world = plain()
    levers = world.with_levers(productivity_hat_nj=given, trade_cost_hat_nij=FRAME.loc[OTHER]).levers
    np.testing.assert_array_equal(levers.productivity_hat_nj[:, 0], SERIES)
    np.testing.assert_array_equal(levers.trade_cost_hat_nij[:, :, 0], FRAME)
    batch = pd.DataFrame([SERIES, SERIES**2])[OTHER]
    found = hl.solve_many(world, productivity_hat_nj=batch).outcome.factor_hat_nj
    whole = np.stack([SERIES, SERIES**2])[:, :, None]
    np.testing.assert_array_equal(found, hl.solve_many(world, productivity_hat_nj=whole).outcome.factor_hat_nj)
    tariff = pd.DataFrame(0.1, OTHER, NAMES)
    assert plain(tariff_nij=tariff, balance="trade").model.tariffs.tariff_nij.shape == (3, 3, 1)


def test_where_there_are_several_sectors_a_series_by_region_is_refused():
    china = hl.load("china-2000")
    hat = pd.Series(1.1, china.region_codes)
    words = ("productivity_hat_nj", "(31, 2)", "(31,)")
    teaches(lambda: china.with_levers(productivity_hat_nj=hat), words, words)
