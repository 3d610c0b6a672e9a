"""Labels have roles, places in a list have none: an economy in another order is the same economy."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.messages import teaches

import hinterland as hl
from hinterland.data import box
from hinterland.economy.accounts import income_n
from hinterland.economy.box import from_arrays
from hinterland.economy.economy import BESIDE, digest
from hinterland.economy.files import read, to_dataset
from hinterland.model.levers import unit_hats
from hinterland.policy.combine import combined
from hinterland.schema import index_of
from hinterland.solve.static import solve_once
from hinterland.study.outcomes import base_state, compared, national, regional, state_of
from hinterland.world.of_economy import evened, world_of

KEPT = ("110000", "510000", "500000", "440000")  # the provinces of a small economy, and one bloc abroad
POLICIES = {
    "hukou_reform": {"to": ["Sichuan", "Chongqing"], "cut": 0.3},
    "small_towns": {"to": ["Sichuan"], "cut": 0.1},
    "talent": {"to": ["Sichuan"], "switching_cut": 0.1},
    "land_quota": {"to": ["Sichuan"], "giving": ["Guangdong"]},
    "ecological_migration": {"leave": ["Sichuan"], "to": ["Chongqing"], "people": 1e5},
    "ecological_protection": {"to": ["Sichuan"]},
    "poverty_alleviation": {"to": ["Sichuan"]},
    "industrial_base": {"to": ["Sichuan"]},
    "tax_incentive": {"to": ["Sichuan"]},
    "utilities": {"to": ["Sichuan"]},
}


@cache
def small() -> hl.Economy:
    """Four provinces and one bloc of china-2020, with shares made whole, half the transfers, and made to balance.

    What households and governments have of a place's income changes with it.
    """
    china = hl.load("china-2020")
    taken = [china.region_codes.index(code) for code in (*KEPT, "ROW")]
    cells = [c for n in taken[:-1] for c in range(6 * n, 6 * n + 6)]
    groups = [g for n in taken[:-1] for g in (2 * n, 2 * n + 1)]
    along = dict.fromkeys("ni", taken) | {"c": cells, "g": groups}
    arrays: dict[str, Any] = {}
    for name, value in china.arrays.items():
        for axis, letter in enumerate(index_of(name)):
            value = np.take(value, along[letter], axis=axis) if letter in along else value
        arrays[name] = value
    for name, axis in (("trade_share_nij", 1), ("migration_share_gc", 1), ("ownership_ni", 0), ("grant_share_n", 0)):
        arrays[name] = arrays[name] / arrays[name].sum(axis=axis, keepdims=True)
    arrays["transfer_n"] = (arrays["transfer_n"] - arrays["transfer_n"].mean()) / 2
    of_income = {name: arrays.pop(name) for name in ("household_income_nr", "land_revenue_n")}
    beside = {name: getattr(china, name)[cells] for name in ("value_c", "real_income_c", "residents_per_worker_c")}
    labels = {"region_code": (*KEPT, "ROW"), "sector": china.sectors, "residence": china.residences}
    cut = from_arrays("small", 2020, arrays | beside | labels, china.units, {})
    even = evened(cut, "trade")
    grown_n = np.append(income_n(even) / income_n(cut), 1.0)
    accounts = {name: (of.T * grown_n).T for name, of in of_income.items()}
    return replace(even, arrays=dict(even.arrays) | accounts, notes={})


def reordered(economy: hl.Economy, order: dict[str, list[int]]) -> hl.Economy:
    """The same economy with domestic regions, sectors and residences (and with them classes) in another order."""
    regions, sectors, residences = order["n"], order["j"], order["r"]
    domestic = [n for n in regions if n < len(economy.domestic_codes)]
    per_region = np.arange(economy.cells.per_region).reshape(len(residences), len(sectors))
    inside = per_region[np.ix_(residences, sectors)].ravel()
    pools = residences if economy.cells.pools_are_residences else sectors
    along = {
        **dict.fromkeys("ni", regions),
        **dict.fromkeys("jk", sectors),
        "r": residences,
        "h": pools,
        "g": [n * len(pools) + h for n in domestic for h in pools],
        "c": [n * len(inside) + c for n in domestic for c in inside],
    }

    def taken(name: str, value: Any) -> Any:
        for axis, letter in enumerate(index_of(name)):
            value = np.take(value, along[letter], axis=axis)
        return value

    arrays = {name: taken(name, value) for name, value in economy.arrays.items()}
    beside = {
        name: taken(name, getattr(economy, name)) for name in ("value_c", "real_income_c", "residents_per_worker_c")
    }
    return replace(
        economy,
        regions=replace(economy.regions, entries=tuple(economy.regions.entries[n] for n in regions)),
        sectors=tuple(economy.sectors[j] for j in sectors),
        residences=tuple(economy.residences[r] for r in residences),
        classes=tuple(economy.classes[h] for h in pools),
        arrays=arrays,
        levers=unit_hats(arrays["trade_share_nij"], arrays["migration_share_gc"]),
        **beside,
    )


def effects(economy: hl.Economy, *policies: hl.policies.Policy) -> pd.Series:
    """Every outcome of the nation and of each province, before and after, by label."""
    solved = solve_once(combined(economy, policies))
    before, after = base_state(economy), state_of(solved)
    codes = {code: (code,) for code in sorted(economy.domestic_codes)}
    nation = pd.DataFrame(compared(economy, {"region": "nation"}, national(economy, before), national(economy, after)))
    table = pd.concat([nation, regional(economy, before, after, codes)])
    return table.set_index(["region", "variable"])[["baseline", "value"]].stack().sort_index()


def policy(name: str) -> hl.policies.Policy:
    return hl.policies.INSTRUMENTS[name](**POLICIES[name])


@cache
def expected(name: str) -> pd.Series:
    return effects(small(), policy(name))


orders = st.fixed_dictionaries(
    {
        "n": st.permutations(range(4)).map(lambda of: [*of, 4]),
        "j": st.permutations(range(3)),
        "r": st.permutations(range(2)),
    }
)


@settings(max_examples=8)
@given(order=orders, name=st.sampled_from(sorted(POLICIES)))
def test_every_outcome_of_every_policy_is_the_same_in_any_order(order: dict[str, list[int]], name: str):
    there = reordered(small(), order)
    pd.testing.assert_series_equal(effects(there, policy(name)), expected(name), rtol=1e-7, atol=1e-9)
    assert digest(there) == digest(small())


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_costs_are_the_same_with_every_order_reversed(name: str):
    there = reordered(small(), {"n": [3, 2, 1, 0, 4], "j": [2, 1, 0], "r": [1, 0]})
    for ours, theirs in zip(policy(name).outlays(small()), policy(name).outlays(there), strict=True):
        np.testing.assert_allclose(theirs.once_n, ours.once_n[::-1], rtol=1e-9)
        np.testing.assert_allclose(theirs.yearly_n, ours.yearly_n[::-1], rtol=1e-9)


def test_an_elasticity_of_the_village_is_that_of_the_village_in_any_order():
    there = reordered(small(), {"n": [0, 1, 2, 3, 4], "j": [1, 2, 0], "r": [1, 0]})
    ours, theirs = (of.with_elasticities(rural_efficiency=0.6) for of in (small(), there))
    np.testing.assert_array_equal(ours.arrays["efficiency_rj"], [[1, 0.6, 0.6], [1, 1, 1]])
    np.testing.assert_array_equal(theirs.arrays["efficiency_rj"], [[1, 1, 1], [0.6, 0.6, 1]])
    assert digest(ours) != digest(small())


def test_hukou_by_sector_has_roles_too():
    china = hl.load("china-2000")
    order = {"n": [*reversed(range(30)), 30], "j": [1, 0], "r": [0]}
    there, reform = reordered(china, order), hl.policies.HukouReform(to=["Sichuan"], cut=0.3)
    pd.testing.assert_series_equal(effects(there, reform), effects(china, reform), rtol=1e-7, atol=1e-9)
    assert digest(there) == digest(china)


def test_labels_of_ones_own_state_their_roles():
    names = {"sectors": ("x", "y", "z"), "residences": ("here", "there"), "classes": ("A", "B")}
    roles = small().roles._replace(farm=("x",), industry=("y",), town=("there",), rural_hukou=("A",))
    own, reform = replace(small(), **names, roles=roles), policy("hukou_reform")
    pd.testing.assert_series_equal(effects(own, reform), expected("hukou_reform"))


@pytest.mark.parametrize(
    ("changes", "roles", "english", "chinese"),
    [
        ({}, {"farm": ("fram",)}, ["roles.farm", "'fram'", "did you mean 'farm'"], ["“fram”", "roles.farm"]),
        ({}, {"industry": ("farm",)}, ["farm cannot be both agriculture"], ["不能既是农业"]),
        ({"classes": ("urban", "rural")}, {}, ["urban, rural", "in the same order"], ["次序相同"]),
        ({"classes": ("rural",)}, {"rural_hukou": ("rural",)}, ["one for each residence"], ["一一对应"]),
    ],
)
def test_roles_that_do_not_fit_are_refused(
    changes: dict[str, Any], roles: dict[str, Any], english: list[str], chinese: list[str]
):
    named = replace(small(), sectors=("farm", "industry", "services"), roles=small().roles._replace(farm=("farm",)))
    teaches(
        lambda: replace(named, **changes, roles=named.roles._replace(**roles)), ["small", *english], ["small", *chinese]
    )


@pytest.mark.parametrize("name", ["poverty_alleviation", "industrial_base", "hukou_reform"])
def test_a_policy_for_what_an_economy_has_not_is_refused(name: str):
    """It would do nothing, and say nothing."""
    none = replace(
        small(), roles=small().roles._replace(farm=(), industry=(), rural_hukou=()), classes=("rural", "urban")
    )
    words = ["small", "has no"]
    teaches(lambda: policy(name).changes(none), words, ["small", "没有"])


def test_a_world_made_of_a_file_knows_the_towns_in_any_order(tmp_path: Path):
    there = reordered(small(), {"n": [0, 1, 2, 3, 4], "j": [0, 1, 2], "r": [1, 0]})
    for economy, towns in ((small(), [0, 1]), (there, [1, 0])):
        data = to_dataset(economy)
        world = hl.World.from_dataset(data.drop_vars(list(BESIDE)), balance="solve")
        np.testing.assert_array_equal(world.model.people.town_r, towns)
        np.testing.assert_array_equal(world_of(economy).model.people.town_r, towns)
    data["town_r"] = 1 - data["town_r"]
    data.to_netcdf(tmp_path / "E.nc", engine="h5netcdf")
    teaches(lambda: read(tmp_path / "E.nc"), ["town_r", "rural", "urban"], ["town_r", "rural", "urban"])


@pytest.mark.parametrize("name", list(box.economies()))
def test_the_box_knows_its_roles_by_name(name: str):
    economy = hl.load(name)
    two = len(economy.sectors) == 2
    expected_roles = (("ag",), ("nonag",), (), ("ag",)) if two else (("ag",), ("industry",), ("urban",), ("rural",))
    assert tuple(economy.roles) == expected_roles
