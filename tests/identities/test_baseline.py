"""The baseline: people on the way go on as they did, nobody is lost, and nothing moves where nothing drives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import hinterland as hl
from hinterland import schema
from hinterland.errors import DataError
from hinterland.model.laws import gradual_gc
from hinterland.report.baseline import SHEETS, write
from hinterland.solve.path import along
from hinterland.study.baseline import MOVING, rates, reached
from hinterland.study.drivers import (
    BEFORE,
    LEAST,
    URBAN,
    bound_cost_gc,
    bound_gc,
    costs_tgc,
    fallen_t,
    leaving_gc,
    past,
)
from hinterland.study.outcomes import base_state

OFFICIAL_2024 = 67.00  # %, communique
PACE = hl.Pace(0.05, 0.05)


@pytest.fixture(scope="module")
def economy() -> hl.Economy:
    """The base year with towns and a record."""
    return hl.load("china-2020")


@pytest.fixture(scope="module")
def found(economy: hl.Economy) -> hl.Baseline:
    """Five years of it."""
    return hl.baseline(economy, until=2025)


def test_where_nothing_drives_the_base_year_stays(economy: hl.Economy) -> None:
    """Momentum and the fall of costs are all that moves: without them every year is the base year."""
    still = hl.baseline(economy, hl.Drivers(0.0, 0.0, 2035.0), until=2023)
    people = base_state(economy).people_gc
    for state in still.states.values():
        np.testing.assert_allclose(state.people_gc, people, atol=1e-9)


@pytest.mark.parametrize("momentum", [0.3, 0.5, 1.0])
def test_the_first_moves_are_a_part_of_those_before(economy: hl.Economy, momentum: float) -> None:
    """At the wages of the base year people move by m of their yearly moves, between regions and into towns."""
    record, share = past(economy), economy.migration_share_gc
    wanted = bound_gc(economy, record, momentum, *PACE)
    moves = np.asarray(gradual_gc(share, wanted, *PACE, economy.cells)) - share
    cells, home = economy.cells, economy.cells.at_home_gc
    grown = share * np.maximum(momentum * record.growth_n, (LEAST - 1) * PACE.among)[cells.index_c[0]]
    into_towns = momentum * leaving_gc(economy, record.leaving_n)
    floored = wanted <= LEAST * share * 1.01
    away = ~home & ~floored
    np.testing.assert_allclose(moves[away], (grown + into_towns)[away], atol=1e-12)
    # at home the region loses who goes to the others, and towns gain from villages beside
    lost = np.where(home, 0.0, moves).sum(axis=1)
    np.testing.assert_allclose(np.where(home, moves, 0.0).sum(axis=1), -lost, atol=1e-12)


def test_bound_shares_are_what_people_want_at_base_wages(economy: hl.Economy) -> None:
    """The change of costs says the same as the shares: the choice of the base year under it gives them back."""
    wanted = bound_gc(economy, past(economy), 0.5, *PACE)
    cost = bound_cost_gc(economy, wanted)
    year = along([economy.with_levers(migration_cost_hat_gc=cost)], *PACE)[0]
    np.testing.assert_allclose(np.asarray(year.solved.outcome.wanted_share_gc), wanted, atol=1e-10)


def test_villagers_leave_as_the_record_says(economy: hl.Economy) -> None:
    """Every group loses the same part of its villagers in a region, and none of its people."""
    record, share, town = past(economy), economy.migration_share_gc, economy.town_c.astype(bool)
    moved = leaving_gc(economy, record.leaving_n)
    np.testing.assert_allclose(economy.cells.by_region(moved), 0, atol=1e-15)
    has_towns = economy.cells.by_region(share * town)[:, economy.cells.index_c[0]] > 0
    rate = record.leaving_n[economy.cells.index_c[0]]
    villages = ~town & has_towns & (share > 0)
    np.testing.assert_allclose(
        (-moved / np.where(share > 0, share, 1))[villages], np.broadcast_to(rate, share.shape)[villages]
    )


@pytest.mark.parametrize("momentum", [0.5, 1.0])
def test_the_rate_of_each_province_rises_by_its_part_of_the_record(economy: hl.Economy, momentum: float) -> None:
    """Law: at constant costs the first year's rise of each rate is m of the yearly rise of 2010-20.

    People who move between provinces are in that rise and are counted once; shares that hardly anybody leaves are
    floored, which some provinces feel by a hundredth.
    """
    first = hl.baseline(economy, hl.Drivers(momentum=momentum, town_cost=0.0), until=2021).by("region")
    rate = first[first["variable"] == URBAN].pivot(index="region", columns="year", values="value")
    codes = list(economy.domestic_codes)
    now, before = (hl.series(URBAN, year)[codes] for year in (2020, 2020 - BEFORE))
    np.testing.assert_allclose(
        (rate[2021] - rate[2020])[codes], momentum * (now - before) / BEFORE, rtol=0.01, atol=1e-9
    )


def test_costs_fall_less_each_year_and_then_no_more() -> None:
    """The first fall is the whole, the last is none, and each is less than the one before by the same amount."""
    falls = np.diff(fallen_t(hl.Drivers(0.5, 0.02, 2035.0), 2020, 20), prepend=0)
    assert falls[0] == pytest.approx(0.02)
    np.testing.assert_allclose(np.diff(falls[:15]), -0.02 / 14)
    np.testing.assert_allclose(falls[14:], 0, atol=1e-15)


def test_nobody_is_lost(found: hl.Baseline) -> None:
    """Every group has as many people in every year, and every year passes."""
    size = found.economy.group_size_g
    for year, state in found.states.items():
        np.testing.assert_allclose(state.people_gc.sum(axis=1), size, rtol=1e-9, err_msg=str(year))
    assert all(one.passed for one in found.certificates.values())


def test_the_nation_of_2024_is_as_it_was_fitted(found: hl.Baseline) -> None:
    """The fall in costs is the hundredth nearest to the official rate; the next ones miss by a quarter point."""
    assert rates(found)["China"][2024] == pytest.approx(OFFICIAL_2024, abs=0.05)
    for other in (0.02, 0.04):
        missed = hl.baseline(found.economy, found.drivers._replace(town_cost=other), until=2024)
        assert abs(rates(missed)["China"][2024] - OFFICIAL_2024) > 0.2


def test_costs_of_policies_come_on_top(economy: hl.Economy) -> None:
    """The drivers' lever is a change of costs and nothing else, positive and finite wherever somebody is."""
    for cost in costs_tgc(economy, hl.Drivers.known(), *PACE, 3):
        there = economy.migration_share_gc > 0
        assert (cost[there] > 0).all()
        assert np.isfinite(cost).all()


def test_momentum_alone_at_its_highest_is_the_official_rate(economy: hl.Economy) -> None:
    """Why the range of momentum ends where it does: there it accounts for 2024 without any fall of costs."""
    highest = schema.evidence()["core.momentum"].high
    alone = hl.baseline(economy, hl.Drivers(momentum=highest, town_cost=0.0), until=2024)
    assert rates(alone)["China"][2024] == pytest.approx(OFFICIAL_2024, abs=0.1)


def test_the_range_is_of_one_assumption_at_a_time_around_what_is_given(economy: hl.Economy) -> None:
    """Law: a user's drivers and pace stay but for the one that is varied, and the table names each with its ends."""
    given = hl.baseline(economy, hl.Drivers(momentum=0.6), hl.Pace(0.05, 0.04), until=2022)
    known = given.drivers._asdict() | given.pace._asdict()
    for (name, end), one in given.others.items():
        assert one.drivers._asdict() | one.pace._asdict() == known | {name: end}
    table = given.assumptions.set_index("assumption")
    assert set(table.index) == set(known)
    assert table["value"].to_dict() == known
    width = table["most"] - table["least"]
    assert width.is_monotonic_decreasing
    fan = given.fan
    nation = fan[(fan["variable"] == URBAN) & (fan["region"] == "China") & (fan["year"] == 2022)].iloc[0]
    assert nation["low"] == table["least"].min()
    assert nation["high"] == table["most"].max()


@pytest.mark.parametrize("given", [{"drivers": 0.5}, {"until": "2030"}, {"until": 2030.5}, {"economy": 5}])
def test_what_is_of_a_wrong_kind_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(DataError):
        hl.baseline(**given)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_heads_in_one_language(found: hl.Baseline, lang: str, tmp_path: Any) -> None:
    for name in SHEETS:
        assert len(found.table(name, lang).columns) > 1
    assert write(found, tmp_path / "b.xlsx", lang).exists()


def test_an_economy_that_has_moved_is_no_base_year(economy: hl.Economy) -> None:
    moved = economy.with_levers(migration_cost_hat_gc=np.full_like(economy.migration_share_gc, 0.9))
    with pytest.raises(DataError, match="moved already"):
        hl.baseline(moved)


@pytest.mark.parametrize("level", ["a", 0.7, 100, None])
def test_levels_are_percent(found: hl.Baseline, level: Any) -> None:
    with pytest.raises(DataError, match="percent"):
        found.passing([level])


def test_the_fan_holds_its_middle(found: hl.Baseline) -> None:
    """Each level lies within its range, which opens from nothing in the base year."""
    fan = found.fan
    assert (fan["low"] <= fan["value"] + 1e-12).all()
    assert (fan["value"] <= fan["high"] + 1e-12).all()
    width = (fan["high"] - fan["low"])[fan["variable"] == "urbanization_rate"].groupby(fan["year"]).max()
    assert width[2020] < 1e-9
    assert width.is_monotonic_increasing
    assert set(fan["variable"]) == set(MOVING)


def test_a_level_is_passed_in_the_year_in_which_it_is_reached(found: hl.Baseline) -> None:
    """By hand from the rates; what the base year has is not told, what never comes has no year."""
    table, towns = found.passing([65, 99]), rates(found)
    nation = table[(table["region"] == "China") & (table["level"] == 65)].iloc[0]
    assert nation["year"] == next(year for year in found.years if towns["China"][year] >= 65)
    assert table[table["level"] == 99]["year"].isna().all()
    assert "East" not in set(table[table["level"] == 65]["region"])
    assert reached(towns["China"], 1.0) == 2020


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"economy": "china-2010"}, "china-2010"),
        ({"drivers": hl.Drivers(1.5, 0.02, 2035.0)}, "momentum"),
        ({"drivers": hl.Drivers(0.5, 0.5, 2035.0)}, "town_cost"),
        ({"drivers": hl.Drivers(0.5, 0.02, 1990.0)}, "fades"),
        ({"drivers": hl.Drivers(float("nan"), 0.02, 2035.0)}, "momentum"),
        ({"until": 2020}, "2020"),
        ({"until": 3000}, "3000"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_name(asked: dict[str, Any], named: str) -> None:
    """One message that names the value and its bounds."""
    with pytest.raises(DataError) as refused:
        hl.baseline(**asked)
    assert named in refused.value.text("en")
    assert named in refused.value.text("zh")
