"""What moves a country by itself: people still on the way, and costs of moving to town that go on falling.

Both are changes of the cost of being in a cell, a lever of the base year: a policy's come on top of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.panel import series, years
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.errors import DataError, Problem, joined, require_kind
from hinterland.model.choice import Nest
from hinterland.policy.costs import evidence
from hinterland.schema import evidence as evidence_rows

BEFORE = 10  # years before the base year whose change goes on: from census to census
LEAST = 0.1  # of a share that momentum leaves, however fast it shrank
FULL = 2  # years after the base year: before, costs would fall in no year or in part of one
FURTHEST = 2100  # year to which it is followed at most
URBAN, MIGRANTS = "urbanization_rate", "migrants_hukou_other_province"
T = TypeVar("T", bound=Any)


class Drivers(NamedTuple):
    """What goes on after the base year; all of it assumed, and tested on the years since (`validate backtest`)."""

    momentum: float = evidence("core.momentum")  # part of the yearly change of the ten years before
    town_cost: float = evidence("core.town_cost")  # first fall of the cost of moving to a town at home, in logs
    fades: float = evidence("core.fades")  # year from which it falls no more; until then by less each year, evenly

    @classmethod
    def known(cls) -> Drivers:
        """Return those of the evidence table."""
        return cls()

    def varied(self) -> Iterator[tuple[str, float, Drivers]]:
        """Yield each driver at the ends of its range, the others as they are: its name, the end, and all of them."""
        return one_at_a_time(self, {name: f"core.{name}" for name in self._fields})


def one_at_a_time(given: T, keys: Mapping[str, str]) -> Iterator[tuple[str, float, T]]:
    """Yield each field of a record at the ends of its range in the evidence table: its name, the end, the record."""
    for name, key in keys.items():
        row = evidence_rows()[key]
        for end in (row.low, row.high):
            yield name, end, given._replace(**{name: end})


class Past(NamedTuple):
    """How fast people moved in the ten years before the base year."""

    leaving_n: FloatArray  # share of the people of villages who became townspeople of their region in a year
    growth_n: FloatArray  # of people from other regions, a year, over those in the base year


def past(economy: Economy) -> Past:
    """Return the yearly changes of the ten years before the base year, from the panel of provinces.

    Raises a DataError where the economy has no towns, or the panel lacks a region or a year.
    """
    codes, year = list(economy.domestic_codes), economy.year
    asked = [(variable, when) for variable in (URBAN, MIGRANTS) for when in (year - BEFORE, year)]
    if economy.cells.residences == 1 or any(when not in years(variable) for variable, when in asked):
        raise DataError(Problem("drivers.no_record", {"economy": economy.name, "first": year - BEFORE, "last": year}))
    figures = [series(variable, when).reindex(codes) for variable, when in asked]
    if absent := [code for code, *found in zip(codes, *figures, strict=True) if np.isnan(found).any()]:
        named = joined([economy.name, economy.regions.label(absent[0])], ": ")
        raise DataError(Problem("drivers.no_record", {"economy": named, "first": year - BEFORE, "last": year}))
    before_n, now_n, came_n, there_n = (np.asarray(of, dtype=float) for of in figures)
    growth_n = (1 - came_n / there_n) / BEFORE
    left_n = (now_n - before_n) / BEFORE / 100 - risen_n(economy, moving_gc(economy, growth_n))
    return Past(left_n / risen_n(economy, leaving_gc(economy, np.ones_like(left_n))), growth_n)


def risen_n(economy: Economy, change_gc: FloatArray) -> FloatArray:
    """Return by how much the share of residents in towns of each region rises as shares of people change, (D,)."""
    cells, residents_g = economy.cells, economy.group_size_g
    people_c, change_c = (
        residents_g @ of * economy.residents_per_worker_c for of in (economy.migration_share_gc, change_gc)
    )
    all_n = cells.by_region(people_c)
    towns_n = cells.by_region(people_c * economy.town_c) / all_n
    return np.asarray(cells.by_region(change_c * (economy.town_c - towns_n[cells.index_c[0]])) / all_n)


def moving_gc(economy: Economy, growth_n: FloatArray) -> FloatArray:
    """Return the yearly change of shares as people from other regions become more, in the cells where they are."""
    cells, share_gc = economy.cells, economy.migration_share_gc
    here_gn, home = cells.by_region(share_gc), (np.arange(len(share_gc)), cells.home_g)
    moved_gn = here_gn * growth_n
    moved_gn[home] = 0
    moved_gn[home] = -moved_gn.sum(axis=1)
    return np.asarray(share_gc * (moved_gn / (here_gn + (here_gn <= 0)))[:, cells.index_c[0]])


def bound_gc(economy: Economy, found: Past, momentum: float, among: float, inside: float) -> FloatArray:
    r"""Where people of the base year are bound: at its wages they move as part of the years before went on, (G, C).

    .. math:: d_{gn} = s_{gn} + m \dot s_{gn} / \lambda_x, \quad
              d_{gc} = \frac{m \dot s_{gc} + (\lambda_x + \lambda_{in}) s_{gc}}
              {\lambda_x + \lambda_{in} s_{gn} / d_{gn}}

    so that the first year's moves (`gradual_gc`) are m of those before. Those who left their region go where such
    people went; villagers become townspeople in their sector's proportions, of every group alike.
    """
    cells, share_gc = economy.cells, economy.migration_share_gc
    region_c, home = cells.index_c[0], (np.arange(len(share_gc)), cells.home_g)
    here_gn = cells.by_region(share_gc)
    bound_gn = here_gn * np.maximum(1 + momentum * found.growth_n / among, LEAST)
    bound_gn[home] = 0
    bound_gn[home] = 1 - bound_gn.sum(axis=1)
    there_gn = here_gn + (here_gn <= 0)
    away_gc = share_gc * (among * (bound_gn / there_gn - 1))[:, region_c]
    moves_gc = momentum * leaving_gc(economy, found.leaving_n) + away_gc
    weight_gn = among + inside * here_gn / (bound_gn + (bound_gn <= 0))
    wanted_gc = np.maximum((moves_gc + (among + inside) * share_gc) / weight_gn[:, region_c], LEAST * share_gc)
    return np.asarray(wanted_gc / wanted_gc.sum(axis=1, keepdims=True))


def leaving_gc(economy: Economy, leaving_n: FloatArray) -> FloatArray:
    """Return the yearly change of shares as villagers become townspeople of their region; zero in every region."""
    cells, share_gc, region_c = economy.cells, economy.migration_share_gc, economy.cells.index_c[0]
    town_gc = share_gc * economy.town_c
    left_gc = (share_gc - town_gc) * leaving_n[region_c]
    towns_gn = cells.by_region(town_gc)
    per_town_gn = cells.by_region(left_gc) / (towns_gn + (towns_gn <= 0))
    come_gc = town_gc * per_town_gn[:, region_c]
    return np.asarray(come_gc - np.where((towns_gn > 0)[:, region_c], left_gc, 0.0))


def bound_cost_gc(economy: Economy, wanted_gc: FloatArray) -> FloatArray:
    """Return the change of the cost of each cell at which people want these shares at the base year's wages."""
    share_gc = economy.migration_share_gc
    nest = Nest(economy.cells, *(array(economy, name) for name in ("migration_elasticity", "inner_elasticity")))
    most_g, alike_gc = share_gc.argmax(axis=1), np.ones_like(share_gc)
    with np.errstate(invalid="ignore"):
        cost_gc = nest.cost_gc(wanted_gc, alike_gc, most_g) / nest.cost_gc(share_gc, alike_gc, most_g)
    return np.where(share_gc > 0, cost_gc, 1.0)


def fallen_t(drivers: Drivers, base: int, count: int) -> FloatArray:
    """Return by how much the cost of moving to town has fallen in each of the years after the base year, in logs."""
    year_t = base + 1 + np.arange(count)
    left_t = (drivers.fades - year_t) / max(drivers.fades - base - 1, 1)
    return np.cumsum(drivers.town_cost * np.clip(left_t, 0, 1))


def costs_tgc(economy: Economy, drivers: Drivers, among: float, inside: float, count: int) -> list[FloatArray]:
    """Return the change of the cost of being in each cell that the drivers bring, in each year after the base year."""
    wanted_gc = bound_gc(economy, past(economy), drivers.momentum, among, inside)
    bound = bound_cost_gc(economy, wanted_gc)
    eased_gc = economy.cells.at_home_gc & (economy.town_c > 0)
    return [np.where(eased_gc, np.exp(-fallen), 1.0) * bound for fallen in fallen_t(drivers, economy.year, count)]


def require_drivers(drivers: Drivers, base: int) -> None:
    """Raise where a driver is no number or outside its bounds."""
    bounds = {"momentum": (0.0, 1.0), "town_cost": (0.0, 0.1), "fades": (float(base + FULL), float(FURTHEST))}
    require_kind(drivers, Drivers, "drivers")
    for name, (low, high) in bounds.items():
        value = getattr(drivers, name)
        if not isinstance(value, int | float) or not low <= value <= high:
            what = Problem(f"assumption.{name}")
            said: dict[str, object] = {"what": what, "name": name, "value": f"{value!s:.20}", "low": low, "high": high}
            remark = "" if name == "fades" else Problem("drivers.share")
            raise DataError(Problem("drivers.bounds", {**said, "remark": remark}))
