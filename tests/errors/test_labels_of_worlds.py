"""Groups and cells of people are found by the labels of their regions; origins and destinations by their names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from tests.messages import teaches

import hinterland as hl
from hinterland.indicators import market_access

NAMES, OTHER = ["A", "B", "C"], ["C", "A", "B"]
TRADE = pd.DataFrame([[0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0.1, 0.3, 0.6]], NAMES, NAMES)
ADDED = pd.Series([3.0, 2.0, 2.5], NAMES)
MOVES = pd.DataFrame([[0.9, 0.05, 0.05], [0.3, 0.6, 0.1], [0.2, 0.1, 0.7]], NAMES, NAMES)
SIZES = pd.Series([3.0, 2.0, 2.0], NAMES)
DEARER = pd.DataFrame([[1.0, 1.1, 1.2], [1.3, 1.0, 1.4], [1.5, 1.6, 1.0]], NAMES, NAMES)


def moving(share=MOVES, size=SIZES, **more):
    people = {"migration_share_gc": share, "group_size_g": size, "migration_elasticity": 1.5, "balance": "solve"}
    return hl.World.build(more.pop("trade", TRADE), more.pop("added", ADDED), 5.0, **people | more)


def held(world):
    return np.asarray(world.model.people.migration_share_gc), np.asarray(world.model.people.group_size_g)


def chosen(world, lever):
    return world.with_levers(migration_cost_hat_gc=lever).levers.migration_cost_hat_gc


@pytest.mark.parametrize(
    ("share", "size"),
    [
        (MOVES.loc[OTHER, OTHER], SIZES[OTHER]),
        (MOVES.loc[OTHER], SIZES),
        (MOVES[OTHER], SIZES[OTHER]),
        (MOVES.to_numpy(), SIZES[OTHER]),
        (MOVES.T.rename_axis(index="destination", columns="origin"), SIZES),
        (MOVES.T.rename_axis(index="迁入地", columns="迁出地"), SIZES),
        (MOVES.rename_axis(index="home", columns="work")[OTHER], SIZES),
        (MOVES.stack().rename_axis(["group", "cell"])[::-1], SIZES),
        (xr.DataArray(MOVES.T.loc[OTHER], coords={"c": OTHER, "g": NAMES}), SIZES),
    ],
)
def test_people_labelled_by_region_stand_in_the_order_of_the_regions(share, size):
    np.testing.assert_array_equal(held(moving(share, size))[0], MOVES)
    np.testing.assert_array_equal(held(moving(share, size))[1], SIZES)


@pytest.mark.parametrize("given", [DEARER.loc[OTHER, OTHER], DEARER[OTHER], DEARER.loc[OTHER]])
def test_levers_of_people_are_aligned_by_region(given):
    np.testing.assert_array_equal(chosen(moving(), given), DEARER)
    np.testing.assert_array_equal(chosen(moving(MOVES.to_numpy(), SIZES.to_numpy()), given), DEARER)
    several = given.rename_axis(index="group", columns="cell").stack().to_xarray().expand_dims(scenario=2)
    batch = hl.solve_many(moving(), migration_cost_hat_gc=several)
    whole = hl.solve_many(moving(), migration_cost_hat_gc=np.stack([DEARER, DEARER]))
    np.testing.assert_array_equal(batch.outcome.people_hat_n, whole.outcome.people_hat_n)


def test_where_nothing_else_names_the_regions_their_people_do():
    world = moving(MOVES[OTHER], trade=TRADE.to_numpy(), added=ADDED.to_numpy())
    assert world.regions == tuple(NAMES)
    np.testing.assert_array_equal(held(world)[0], MOVES)


def test_names_of_groups_and_cells_of_ones_own_are_remembered():
    share = MOVES.set_axis(["ga", "gb", "gc"]).set_axis(["ca", "cb", "cc"], axis=1)
    dearer = DEARER.set_axis(share.index).set_axis(share.columns, axis=1)
    size, plain = SIZES.set_axis(share.index)[OTHER := ["gc", "ga", "gb"]], {"trade": TRADE.to_numpy()}
    world = moving(share, size, **plain, added=ADDED.to_numpy())
    np.testing.assert_array_equal(held(world)[1], SIZES)
    np.testing.assert_array_equal(chosen(world, dearer.loc[OTHER]), DEARER)
    np.testing.assert_array_equal(chosen(world, dearer[["cb", "cc", "ca"]]), DEARER)
    words = ("migration_cost_hat_gc", "missing ga", "only here gx")
    teaches(lambda: chosen(world, dearer.rename({"ga": "gx"})), words, ("缺少 ga", "多出 gx"))
    unexplained = ("group_size_g", "index g", "missing A, B, C (3 / 3)", "only here ga", "index c", "only here ca")
    teaches(lambda: moving(share, size), unexplained, ("缺少 A, B, C", "多出 ga", "多出 ca"))  # regions have labels


def two_sectors(order=slice(None), cells=slice(None)):
    """Two regions at home and one abroad, two sectors, and classes that are called as these are."""
    random, sectors = np.random.default_rng(3), ["farm", "shop"]
    groups = pd.MultiIndex.from_product([["A", "B"], sectors])
    share = pd.DataFrame(random.dirichlet(np.ones(4), size=4), groups, groups)
    size = pd.Series(random.uniform(1, 2, 4), groups)
    trade = np.repeat(TRADE.to_numpy()[:, :, None], 2, axis=2)
    added = pd.DataFrame(random.uniform(1, 2, (3, 2)), NAMES, sectors)
    return share, lambda: moving(share.iloc[order, cells], size, trade=trade, added=added)


@pytest.mark.parametrize(("order", "cells"), [([3, 2, 1, 0], slice(None)), ([2, 0, 3, 1], [1, 3, 0, 2])])
def test_people_labelled_by_region_and_class_or_sector_stand_in_their_order(order, cells):
    share, build = two_sectors(order, cells)
    np.testing.assert_array_equal(held(build())[0], share)
    lever = pd.DataFrame(np.arange(1.0, 17.0).reshape(4, 4), share.index, share.columns)
    np.testing.assert_array_equal(chosen(build(), lever.iloc[order, cells]), lever)
    flat = lever.set_axis([f"{home}|{of}" for home, of in lever.index])
    np.testing.assert_array_equal(chosen(build(), flat.iloc[order, cells]), lever)


@pytest.mark.parametrize("dimension", ["group", "cell", "pool", "region"])
@pytest.mark.parametrize("name", ["china-2000", "china-2020"])
def test_a_dataset_of_an_economy_is_aligned_along_every_dimension(name, dimension):
    from hinterland.economy.economy import BESIDE
    from hinterland.economy.files import to_dataset

    china = hl.load(name)
    given, count, size = to_dataset(china).drop_vars(list(BESIDE)), china.cells.regions, china.cells.per_region
    at = np.arange(given.sizes[dimension])[::-1]
    if dimension == "region":  # the foreign ones last
        at = np.array([*range(count)[::-1], *range(count, len(china.region_codes))])
    expected = hl.World.from_dataset(given)
    world = hl.World.from_dataset(given.isel({dimension: at}))
    where = [expected.regions.index(code) for code in world.regions]
    home = np.array(where[:count])[:, None]
    groups, cells = (home * 2 + [0, 1]).ravel(), (home * size + np.arange(size)).ravel()
    np.testing.assert_array_equal(held(world)[0], held(expected)[0][np.ix_(groups, cells)])
    np.testing.assert_array_equal(held(world)[1], held(expected)[1][groups])
    np.testing.assert_array_equal(world.model.people.land_share_hj, expected.model.people.land_share_hj)


@pytest.mark.parametrize("regions", ["codes", "zh", "en", "label"])
@pytest.mark.parametrize("kind", ["tuples", "words"])
def test_an_economy_and_its_world_know_people_by_every_name_of_their_region(regions, kind):
    from hinterland.world.of_economy import world_of

    china = hl.load("china-2000")
    called = {"codes": str, "label": china.regions.label}.get(regions, lambda of: china.regions.name(of, regions))
    homes = [called(code) for code in china.domestic_codes]
    pairs = pd.MultiIndex.from_product([homes, china.classes])
    axis = pairs if kind == "tuples" else ["|".join(pair) for pair in pairs]
    lever = pd.DataFrame(np.random.default_rng(1).uniform(1, 2, (60, 60)), axis, axis)
    back = lever.iloc[::-1, np.random.default_rng(2).permutation(60)]
    hat = pd.DataFrame(np.arange(1.0, 63.0).reshape(31, 2), [*homes, called("WORLD")], china.sectors)
    for door in (china, world_of(china)):
        np.testing.assert_array_equal(chosen(door, back), lever)
        np.testing.assert_array_equal(door.with_levers(productivity_hat_nj=hat[::-1]).levers.productivity_hat_nj, hat)


MISREAD = {
    "nonsense for groups": (
        lambda: chosen(hl.load("china-2000"), pd.DataFrame(np.ones((60, 60)), [f"g{n}" for n in range(60)])),
        ("migration_cost_hat_gc", "index g", "those of groups", "missing 110000|ag", "only here g0"),
        ("migration_cost_hat_gc", "缺少 110000|ag", "多出 g0"),
    ),
    "labels of groups where nothing names them": (
        lambda: chosen(two_classes(), pd.DataFrame(np.ones((4, 4)), list("wxyz"))),
        ("migration_cost_hat_gc", "index g", "w, x, y, z", "position", "to_numpy"),
        ("migration_cost_hat_gc", "下标 g", "w, x, y, z", "位置"),
    ),
    "groups of other regions": (
        lambda: moving(MOVES.rename({"C": "D"}), SIZES.rename({"C": "D"})),
        ("migration_share_gc", "group_size_g", "missing C", "only here D"),
        ("migration_share_gc", "缺少 C", "多出 D"),
    ),
    "groups of regions that are not the first": (
        lambda: moving(MOVES.iloc[1:, :2], SIZES[1:]),
        ("migration_share_gc", "missing A", "only here C"),
        ("缺少 A", "多出 C"),
    ),
    "cells of regions without their sector": (
        lambda: moving(pd.DataFrame(np.eye(6), [*NAMES, *"DEF"], [*NAMES, *"DEF"]), np.ones(6), added=np.ones((6, 2)),
                       trade=np.full((6, 6, 2), 1 / 6), regions=[*NAMES, *"DEF"]),
        ("migration_share_gc", "missing A|s1", "only here A, B"),
        ("缺少 A|s1", "多出 A, B"),
    ),
}  # fmt: skip


def two_classes():
    """Residences without names, so that nothing names classes or cells."""
    people = {"size": np.ones(4), "added": pd.Series(1.0, ["A", "B"]), "trade": np.full((2, 2), 0.5)}
    return moving(np.full((4, 4), 0.25), **people, efficiency_rj=np.ones((2, 1)))


@pytest.mark.parametrize("case", MISREAD)
def test_labels_of_people_that_do_not_fit_are_refused(case):
    assert isinstance(teaches(*MISREAD[case]), hl.DataError)


def plain_world():
    return hl.World.build(TRADE, ADDED, 5.0, balance="solve")


ONE_WAY = pd.DataFrame([[1.0, 0.8, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], NAMES, NAMES)
WAYS = [
    ("origin", "destination"), ("exporter", "importer"), ("seller", "buyer"), ("from", "to"), ("orig", "dest"),
    ("source", "target"), ("o", "d"), ("From", "To"), ("work", "home"), ("来源地", "目的地"), ("迁出地", "迁入地"),
    ("出发地", "到达地"), ("出口地", "进口地"), ("卖方", "买方"), ("orig", None), (None, "to"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column"), WAYS)
def test_rows_that_are_called_origins_are_origins(row, column):
    given = ONE_WAY.rename_axis(index=row, columns=column)
    for table in (given, given.loc[OTHER, NAMES]):
        hat = plain_world().with_levers(trade_cost_hat_nij=table).levers.trade_cost_hat_nij
        np.testing.assert_array_equal(hat[:, :, 0], ONE_WAY.T)
    turned = given.T
    hat = plain_world().with_levers(trade_cost_hat_nij=turned).levers.trade_cost_hat_nij
    np.testing.assert_array_equal(hat[:, :, 0], ONE_WAY.T)


@pytest.mark.parametrize(("row", "column"), [(None, None), ("region", "region"), ("region", None), (None, "省份"),
                                             ("code", None), ("iso", "iso"), ("my", "my")])  # fmt: skip
def test_names_that_say_nothing_leave_the_documented_order(row, column):
    hat = plain_world().with_levers(trade_cost_hat_nij=ONE_WAY.rename_axis(index=row, columns=column)).levers
    np.testing.assert_array_equal(hat.trade_cost_hat_nij[:, :, 0], ONE_WAY)


@pytest.mark.parametrize(("row", "column"), [("here", "there"), ("here", None), (None, "there"), ("region", "country"),
                                             ("there", "region")])  # fmt: skip
@pytest.mark.parametrize("name", ["trade_cost_hat_nij", "migration_cost_hat_gc"])
def test_names_that_may_say_a_direction_are_refused(row, column, name):
    given = ONE_WAY.rename_axis(index=row, columns=column)
    said = ", ".join(filter(None, (row, column)))
    teaches(lambda: moving().with_levers(**{name: given}), (name, said, "Rename"), (name, "rename"))


def test_commuters_leave_home_and_a_region_looks_at_its_markets():
    """Where people go to work, the origin is their home: the first index."""
    way = pd.DataFrame([[1.0, 2.0], [4.0, 1.0]], ["A", "B"], ["A", "B"]).rename_axis(index="origin", columns="to")
    share = pd.DataFrame([[0.4, 0.1], [0.2, 0.3]], ["A", "B"], ["A", "B"])
    work = {"commuting_share_ni": share.T.rename_axis(index="destination"), "commuting_elasticity": 3.0}
    world = hl.World.build(np.full((2, 2), 0.5), [1.0, 1.0], 5.0, **work, balance="solve")
    np.testing.assert_array_equal(world.model.people.commuting_share_ni, share)
    for given in (way, way.T):
        np.testing.assert_allclose(market_access([1.0, 2.0], given), market_access([1.0, 2.0], way.to_numpy()))
        hat = world.with_levers(commuting_cost_hat_ni=given).levers.commuting_cost_hat_ni
        np.testing.assert_array_equal(hat, way)


def test_one_name_that_lacks_is_told_alone():
    """The naming that fits best is the one that was meant: not all codes are missing for one Chinese name."""
    china = hl.load("china-2000")
    names = [china.regions.name(code, "zh") for code in china.region_codes]
    hats = pd.DataFrame(1.0, index=names, columns=list(china.sectors)).drop("北京")
    with pytest.raises(hl.DataError) as caught:
        china.with_levers(productivity_hat_nj=hats)
    assert "北京 (1 / 31)" in caught.value.text("zh")
