"""Labels of groups and cells have several parts: their names say the order of these, or else the labels themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from tests.messages import teaches

import hinterland as hl

REGIONS, SECTORS, CLASSES = ["A", "B", "C"], ["x", "y"], ["r", "u"]
RANDOM = np.random.default_rng(0)
TRADE = pd.Series(
    RANDOM.dirichlet(np.ones(3), size=(3, 2)).transpose(0, 2, 1).ravel(),
    pd.MultiIndex.from_product([REGIONS, REGIONS, SECTORS], names=["destination", "origin", "sector"]),
)
ADDED = pd.DataFrame(RANDOM.uniform(1, 2, (3, 2)), REGIONS, SECTORS)
GROUPS = pd.MultiIndex.from_product([REGIONS, CLASSES], names=["origin", "hukou"])
CELLS = pd.MultiIndex.from_product([REGIONS, SECTORS], names=["destination", "sector"])
MOVES = pd.DataFrame(RANDOM.dirichlet(np.ones(6), size=6), GROUPS, CELLS)
SIZES = pd.Series(np.arange(1, 7.0), GROUPS)
BY_SECTOR, BY_CLASS = [0, 2, 4, 1, 3, 5], [1, 3, 5, 0, 2, 4]
LAND = {"land_share_hj": np.eye(2), "structures_share_nj": np.full((3, 2), 0.2)}


def build(moves=MOVES, sizes=SIZES, **more):
    people = {"migration_share_gc": moves, "group_size_g": sizes, "migration_elasticity": 1.5, "balance": "solve"}
    return hl.World.build(more.pop("trade", TRADE), more.pop("added", ADDED), 4.0, **people | more)


def held(world):
    people = world.model.people
    return np.asarray(people.migration_share_gc), np.asarray(people.group_size_g)


def turned(table, axis=0):
    return table.swaplevel(**{"axis": 1} if axis else {}).sort_index(axis=axis)


def unnamed(table):
    return table.rename_axis(index=[None, None], **({} if table.ndim == 1 else {"columns": [None, None]}))


def flat(table, between="|"):
    joined = table.set_axis([between.join(label) for label in table.index])
    return joined if table.ndim == 1 else joined.set_axis([between.join(label) for label in table.columns], axis=1)


SAME = {
    "cells turned": (turned(MOVES, 1), SIZES),
    "groups turned": (turned(MOVES), turned(SIZES)),
    "both turned, of one array alone": (turned(turned(MOVES), 1), SIZES),
    "sizes turned alone": (MOVES, turned(SIZES)),
    "without names": (unnamed(turned(MOVES, 1)), unnamed(SIZES)),
    "groups without names": (unnamed(turned(MOVES)), unnamed(turned(SIZES))),
    "all without names": (unnamed(turned(turned(MOVES), 1)), unnamed(SIZES)),
    "joined": (flat(turned(turned(MOVES), 1)), flat(SIZES)),
    "classes first": (MOVES.iloc[BY_SECTOR], SIZES.iloc[BY_SECTOR]),
    "sectors first": (MOVES.iloc[:, BY_SECTOR], SIZES),
    "exported headers": (
        turned(MOVES, 1).rename_axis(columns=["sector", "work_region"], index=["group_home", "group_class"]), SIZES
    ),
    "exported headers, turned": (
        MOVES.T.rename_axis(index=["work_region", "sector"], columns=["group_home", "group_class"]), SIZES
    ),
    "a class on one side": (MOVES.T.rename_axis(index=["region", "sector"], columns=["region", "class"]), SIZES),
    "in Chinese": (turned(MOVES, 1).rename_axis(index=["户籍地", "户籍类型"], columns=["行业", "工作地"]), SIZES),
    "xarray": (
        xr.DataArray(
            MOVES.to_numpy().T, dims=("cell", "group"),
            coords={"cell_sector": ("cell", SECTORS * 3), "work_region": ("cell", list("AABBCC")),
                    "group_class": ("group", CLASSES * 3), "group_home": ("group", list("AABBCC"))},
        ).isel(cell=BY_SECTOR), SIZES
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME)
@pytest.mark.parametrize("regions", [None, ["C", "A", "B"]])
def test_parts_of_labels_in_any_order_mean_the_same(case, regions):
    moves, sizes = held(build(*SAME[case], **LAND, regions=regions))
    at = np.ravel([[2 * n, 2 * n + 1] for n in map(REGIONS.index, regions or REGIONS)])
    np.testing.assert_array_equal(moves, MOVES.to_numpy()[np.ix_(at, at)])
    np.testing.assert_array_equal(sizes, SIZES.to_numpy()[at])


@pytest.mark.parametrize("case", SAME)
def test_levers_are_aligned_by_the_parts_of_their_labels(case):
    moves = SAME[case][0]
    np.testing.assert_array_equal(build().with_levers(migration_cost_hat_gc=moves).levers.migration_cost_hat_gc, MOVES)


@pytest.mark.parametrize("case", SAME)
def test_where_only_people_have_labels_their_parts_are_told_apart_as_well(case):
    plain = {"trade": TRADE.to_xarray().to_numpy(), "added": ADDED.to_numpy()}
    world = build(*SAME[case], **plain)
    expected = MOVES.loc[list(map(tuple, [label.split("|") for label in world.namings["g"][0]]))]
    cells = [tuple(label.split("|")) for label in world.namings["c"][0]]
    np.testing.assert_array_equal(held(world)[0], expected[cells])
    assert [home for home, _ in cells] == [home for home, _ in expected.index]


def test_classes_first_in_the_first_table_are_the_order_of_classes():
    world = build(MOVES.iloc[BY_CLASS], SIZES.iloc[BY_SECTOR])
    np.testing.assert_array_equal(held(world)[0], MOVES.iloc[[1, 0, 3, 2, 5, 4]])
    np.testing.assert_array_equal(held(world)[1], SIZES.iloc[[1, 0, 3, 2, 5, 4]])
    named = build(MOVES.iloc[BY_CLASS], SIZES, **LAND | {"land_share_hj": pd.DataFrame(np.eye(2), CLASSES, SECTORS)})
    np.testing.assert_array_equal(held(named)[0], MOVES)


REFUSED = {
    "another separator": (
        lambda: build(flat(MOVES.iloc[:, BY_SECTOR], "-"), flat(SIZES, "-")),
        (
            "migration_share_gc",
            "index c",
            "missing A|x",
            "only here A-x",
            "index g",
            "missing A|h1",
            "only here A-r",
            "MultiIndex",
        ),
        ("缺少 A|x", "多出 A-x", "多出 A-r"),
    ),
    "groups that are not of every class": (
        lambda: build(MOVES.set_axis([*flat(SIZES).index[:5], "C|v"]), SIZES.set_axis([*flat(SIZES).index[:5], "C|v"])),
        ("group_size_g", "index g", "missing C|u (1 / 6)", "only here C|v (1 / 6)"),
        ("缺少 C|u", "多出 C|v"),
    ),
    "other classes than those of the pools": (
        lambda: build(**LAND | {"land_share_hj": pd.DataFrame(np.eye(2), ["v", "w"], SECTORS)}),
        ("group_size_g", "index g", "missing A|v, A|w", "only here A|r"),
        ("缺少 A|v", "多出 A|r"),
    ),
    "cells of other sectors": (
        lambda: build(MOVES.rename(columns={"y": "z"}, level=1)),
        ("index c", "missing A|y, B|y, C|y (3 / 6)", "only here A|z"),
        ("缺少 A|y", "多出 A|z"),
    ),
    "groups of other regions": (
        lambda: build(MOVES.rename({"C": "D"}, level=0), SIZES.rename({"C": "D"}, level=0)),
        ("index g", "missing C|r, C|u (2 / 6)", "only here D|r"),
        ("缺少 C|r", "多出 D|r"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_labels_whose_parts_nothing_explains_are_refused_by_name(case):
    assert isinstance(teaches(*REFUSED[case]), hl.DataError)


def test_residences_that_only_cells_name_stand_in_the_order_of_pools_that_are_called_alike():
    """The first pool is that of homes in the first residence: sorted labels of cells must not pair it with another."""
    cells = pd.MultiIndex.from_product([REGIONS, ["village", "town"], SECTORS])
    share = pd.DataFrame(RANDOM.dirichlet(np.ones(12), size=6), GROUPS.set_levels(["village", "town"], level=1), cells)
    land = pd.DataFrame([[0.7, 0.2], [0.3, 0.8]], ["village", "town"], SECTORS)
    more = LAND | {"land_share_hj": land, "efficiency_rj": [[1.0, 0.9], [0.8, 1.0]]}
    sizes = pd.Series(SIZES.to_numpy(), share.index)
    for given in (share, share.sort_index(axis=1), share.sort_index().sort_index(axis=1)):
        np.testing.assert_array_equal(held(build(given, sizes, **more))[0], share)


WIDE, TALL = TRADE.unstack(["origin", "sector"]), TRADE.unstack("sector")
TWICE = {
    "a column of several levels": pd.concat([WIDE, WIDE.iloc[:, :1]], axis=1),
    "a column beside several levels": pd.concat([TALL, TALL.iloc[:, :1]], axis=1),
    "a row of several levels": pd.concat([TALL, TALL.iloc[:1]]),
    "a row of a long table": pd.concat([TRADE, TRADE.iloc[:1]]),
}


@pytest.mark.parametrize("case", TWICE)
def test_labels_of_several_levels_that_stand_twice_are_told(case):
    with pytest.raises(hl.DataError) as caught:
        build(trade=TWICE[case])
    assert [problem.key for problem in caught.value.problems] == ["labels.repeated"]


def test_a_scenario_that_has_a_column_twice_is_told():
    columns = pd.MultiIndex.from_tuples([("A", "x"), ("A", "x"), ("B", "x"), ("B", "y"), ("C", "x"), ("C", "y")])
    hats = pd.DataFrame(1.0, range(2), columns)
    words = ("productivity_hat_nj", "A|x (1 / 6)")
    teaches(lambda: hl.solve_many(build(), productivity_hat_nj=hats), (*words, "more than once"), (*words, "不止一次"))


@pytest.mark.parametrize(
    "table",
    [
        TALL.set_axis(pd.Index([np.nan, "x"], name="sector"), axis=1),
        TALL.set_axis(pd.Index([None, None]), axis=1),
        WIDE.set_axis(pd.MultiIndex.from_tuples([(np.nan, "x")] * 2 + [*WIDE.columns[2:]]), axis=1),
        TRADE.rename({"A": np.nan}, level=0),
    ],
)
def test_labels_that_are_missing_are_told(table):
    with pytest.raises(hl.DataError) as caught:
        build(trade=table)
    assert [problem.key for problem in caught.value.problems] == ["labels.absent"]
