"""What is kept of a base year is kept by its content: another base year, or another policy, never gets its numbers."""

from __future__ import annotations

from copy import copy
from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np
import pytest

import hinterland as hl
from hinterland.economy.content import BESIDE, content, frozen
from hinterland.economy.implied import migration_cost_gc, trade_cost_nij, welfare_weight_g
from hinterland.policy.access import time_hats
from hinterland.policy.combine import combined, with_changes, written_on
from hinterland.policy.costs import outlays_of
from hinterland.policy.policy import changes_of
from hinterland.study.apply import package
from hinterland.world.of_economy import evened, setting_of


class Pair(NamedTuple):
    """A record of arrays."""

    first: np.ndarray
    others: tuple[np.ndarray, ...]


@pytest.fixture(scope="module")
def china() -> hl.Economy:
    return hl.load("china-2020")


def other(china: hl.Economy) -> hl.Economy:
    """The same names, codes and units; people of the first group are spread otherwise, and trade and what it makes."""
    share_gc, share_nij = china.migration_share_gc.copy(), china.arrays["trade_share_nij"].copy()
    share_gc[0] = 0.5 * share_gc[0] + 0.5 * share_gc[0, ::-1]
    share_nij[0] = 0.95 * share_nij[0] + 0.05 * share_nij[1]
    there = replace(china, arrays=china.arrays | {"migration_share_gc": share_gc, "trade_share_nij": share_nij})
    return evened(there, "trade")


@pytest.mark.parametrize("implied", [migration_cost_gc, trade_cost_nij, welfare_weight_g])
def test_costs_and_weights_are_those_of_their_own_base_year(china, implied):
    first, second = implied(china), implied(other(china))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(implied(china), first)
    np.testing.assert_array_equal(second, implied.__wrapped__(other(china)))


def test_changes_and_outlays_are_those_of_their_own_base_year_and_policy(china):
    ready = hl.policies.EcologicalMigration()
    for economy in (china, other(china), china):
        fresh = ready.changes(economy)
        for name, value in changes_of(ready, economy).items():
            np.testing.assert_array_equal(value, fresh[name])
    reform, more = (hl.policies.HukouReform(to=["Beijing"], access=part) for part in (0.1, 0.2))  # whose people differ
    told = [outlays_of(policy, economy)[0].yearly_n for policy in (reform, more) for economy in (china, other(china))]
    right = [policy.outlays(economy)[0].yearly_n for policy in (reform, more) for economy in (china, other(china))]
    for ours, theirs in zip(told, right, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert len({value.tobytes() for value in told}) == len(told)


def test_movers_are_those_of_their_own_base_year_and_policy(china):
    reform, more = hl.policies.HukouReform(access=0.1), hl.policies.HukouReform(access=0.2)
    asked = [(china, reform), (other(china), reform), (china, more)]
    yearly = [package(hl.Scenario(economy, [policy])).outlays["hukou_reform"][0].yearly_n for economy, policy in asked]
    assert len({value.tobytes() for value in yearly}) == len(asked)
    for (economy, policy), paid_n in zip(asked, yearly, strict=True):
        solved = hl.solve(combined(economy, [policy]))
        right = policy.outlays(economy, np.asarray(solved.outcome.migration_share_gc))[0].yearly_n
        np.testing.assert_allclose(paid_n, right, rtol=1e-9)
        again = package(hl.Scenario(economy, [policy])).outlays["hukou_reform"][0].yearly_n
        np.testing.assert_array_equal(again, paid_n)


def test_a_model_is_one_object_for_all_economies_of_its_base_year_and_nobody_writes_to_it(china):
    """Also inside records with names for their parts, such as blocks."""
    richer = china.with_levers(productivity_hat_nj=np.full(china.arrays["value_added_nj"].shape, 1.1))
    model, levers = setting_of(richer)
    assert setting_of(replace(china))[0] is model is not setting_of(other(china))[0]
    assert levers is richer.levers
    with pytest.raises(ValueError, match="read-only"):
        model.people.town_r[...] = 0.0
    given = np.ones(2)
    copied = frozen(Pair(given, (given,)))
    given[0] = 5.0
    assert (type(copied), copied.first[0], copied.others[0][0]) == (Pair, 1.0, 1.0)


def test_travel_times_are_those_of_their_own_links(china):
    lines = [hl.policies.Transport(line=["成都", to]) for to in ("拉萨", "西宁")]
    hats = [time_hats(china, frozenset(line.links()))["trade_cost_hat_nij"] for line in lines]
    assert not np.array_equal(*hats)


def test_whatever_an_economy_holds_tells_it_apart(china):
    """A field that is added to the record tells base years apart as well, or is named as one that stands beside."""
    changed = {
        "year": 2021,
        "regions": replace(china.regions, entries=china.regions.entries[:-1]),
        "sectors": china.sectors[::-1],
        "residences": china.residences[::-1],
        "classes": china.classes[::-1],
        "roles": china.roles._replace(industry=()),
        "arrays": china.arrays | {"migration_elasticity": np.array(2.0)},
        "value_c": china.value_c * 2,
        "real_income_c": china.real_income_c * 2,
        "residents_per_worker_c": china.residents_per_worker_c * 2,
        "units": replace(china.units, price_year=2019),
        "measured": {"series": np.ones(3)},
    }
    seen = {content(china)}
    for field in fields(china):
        if field.name in BESIDE:
            continue
        differs = copy(china)  # unchecked
        object.__setattr__(differs, field.name, changed[field.name])
        seen.add(content(differs))
    assert len(seen) == 1 + len(changed)
    assert content(hl.load("china-2000")) not in seen


def test_an_economy_cannot_be_changed_behind_what_is_kept(china):
    array = np.array(china.arrays["group_size_g"])
    economy = replace(china, arrays=china.arrays | {"group_size_g": array})
    before = economy.content
    array[0] *= 2  # one's own array, not the economy's
    assert content(economy) == before
    with pytest.raises(ValueError, match="read-only"):
        economy.arrays["group_size_g"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        changes_of(hl.policies.HukouReform(), china)["access_gap_hat_gc"][0, 0] = 1.0


def test_an_economy_told_otherwise_is_the_same_base_year(today):
    """What policies write on it is worked out once: levers, name, notes and path alone stay its own."""
    renamed = today.told_as(name="mine", path="mine.npz", levers=today.levers._replace(amenity_hat_n=np.ones(34)))
    assert renamed.content == today.content
    assert (renamed.name, renamed.path, today.name) == ("mine", "mine.npz", "china-2020")
    assert written_on(renamed, False).content == written_on(today, False).content
    under = with_changes(renamed, {"amenity_hat_n": np.full(34, 1.01)})
    assert (under.name, under.path, float(under.levers.amenity_hat_n[0])) == ("mine", "mine.npz", 1.01)
    with pytest.raises(TypeError, match="year"):
        today.told_as(year=2021)
