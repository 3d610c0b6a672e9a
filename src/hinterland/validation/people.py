"""Moments of moving: hukou reform, falling costs of moving, incumbents' wages, resettlement."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from scipy.optimize import brentq

from hinterland import schema
from hinterland.economy.choice import share_gc
from hinterland.instruments.ecological_migration import EcologicalMigration
from hinterland.instruments.hukou_reform import HukouReform
from hinterland.instruments.measured_change import MeasuredChange
from hinterland.policy.combine import combined
from hinterland.solve.static import Equilibrium
from hinterland.study.outcomes import base_state, state_of
from hinterland.validation.claim import Found
from hinterland.validation.experiment import (
    EARLY,
    EVERYWHERE,
    LATEST,
    MIDDLE,
    across_gc,
    after,
    before,
    change,
    china,
    under,
)

MOST_LIBERAL = 0.5  # cuts are looked for below this
MEGACITIES = ("Beijing", "Tianjin", "Shanghai", "Guangdong", "Chongqing")  # provinces of the cities above five million
ECONOMY_YEARS, STUDY_YEARS = 10, 15


def across(nation: Mapping[str, float]) -> float:
    """Workers in another province than that of their hukou, million."""
    return nation["workers_within_macro_region"] + nation["workers_across"]


def movers(nation: Mapping[str, float]) -> float:
    """Workers away from their own cell of home: in their province or in another, million."""
    return across(nation) + nation["workers_in_place"]


def reforms(cut: float, *moves: str) -> list[HukouReform]:
    """The same cut of the cost of moving, for everybody and to everywhere; services stay as they are."""
    return [HukouReform(to=EVERYWHERE, moves=kind, access=0.0, cut=cut) for kind in moves]


@cache
def liberal(*moves: str) -> tuple[float, Equilibrium]:
    """The cut that brings the study's rise of migrants in equilibrium, and that equilibrium."""
    wanted = schema.evidence()["hukou_reform.national_migrants"].value
    count = across if moves == ("across",) else movers

    def missing(cut: float) -> float:
        return count(after(under(LATEST, *reforms(cut, *moves)))) / count(before(LATEST)) - 1 - wanted

    cut = float(brentq(missing, 1e-3, MOST_LIBERAL, xtol=1e-7))
    return cut, under(LATEST, *reforms(cut, *moves))


@cache
def at_fixed_incomes() -> tuple[float, float]:
    """Output and cross-province workers at the same cut if nobody's income answered: relative changes."""
    economy, (cut, _) = china(LATEST), liberal("across")
    cost_gc = combined(economy, reforms(cut, "across")).levers.migration_cost_hat_gc
    chosen = share_gc(economy, cost_gc)
    output = float(economy.group_size_g @ chosen @ economy.real_income_c)
    base = float(economy.workers_c @ economy.real_income_c)
    away = across_gc(economy)
    moved, stood = (
        float(economy.group_size_g @ (share * away).sum(axis=1)) for share in (chosen, economy.migration_share_gc)
    )
    return output / base - 1, moved / stood - 1


def liberalization() -> Found:
    """Output a worker where the cost of crossing provinces falls until the study's rise of migrants is there."""
    cut, solved = liberal("across")
    output, migrants = at_fixed_incomes()
    return Found(change(solved, "real_gdp"), {"cut": 100 * cut, "migrants": 100 * migrants, "partial": 100 * output})


def liberalization_all() -> Found:
    """The same with moves to town inside provinces: nine percent more of all who work away from home."""
    cut, solved = liberal("across", "in_place")
    return Found(change(solved, "real_gdp"), {"cut": 100 * cut})


def liberalization_partial() -> Found:
    """Output at the cut of `liberalization` if incomes stood still."""
    output, migrants = at_fixed_incomes()
    return Found(output, {"migrants": 100 * migrants})


def productivity_per_migrant() -> Found:
    """Output a worker for each ten percent more cross-province workers."""
    _, solved = liberal("across")
    more = across(after(solved)) / across(before(LATEST)) - 1
    return Found(0.1 * change(solved, "real_gdp") / more)


def resettlement() -> Found:
    """Income of the cells that the rural people of the preset dose go to, over those that they leave."""
    policy = EcologicalMigration()
    solved = under(LATEST, policy)
    economy, state = solved.economy, state_of(solved)
    group = int(np.flatnonzero(economy.cells.home_g == economy.region(policy.leave[0]))[0])
    base = base_state(economy)
    gained_c = state.people_gc[group] - base.people_gc[group]
    came_c, left_c = np.maximum(gained_c, 0.0), np.maximum(-gained_c, 0.0)
    there = float(came_c @ state.real_income_c / came_c.sum())
    here = float(left_c @ base.real_income_c / left_c.sum())
    return Found(there / here - 1, {"welfare": 100 * (float(solved.welfare_hat_g[group]) - 1)})


@cache
def fifteen_years() -> tuple[dict[str, float], float]:
    """The nation of 2000 with ten of the fifteen years' fall of moving costs, on every move; the cut."""
    total = 1 + schema.evidence()["hukou_reform.fifteen_years"].value
    cut = 1 - total ** (ECONOMY_YEARS / STUDY_YEARS)
    return after(under(EARLY, *reforms(cut, "in_place", "across"))), cut


def out_of_farming() -> Found:
    """Part of the move out of agriculture between the economies of 2000 and 2010 that falling costs bring."""
    nation, cut = fifteen_years()
    seen = before(MIDDLE)["nonag_share"] - before(EARLY)["nonag_share"]
    gained = nation["nonag_share"] - before(EARLY)["nonag_share"]
    series = after(under(EARLY, MeasuredChange(series="migration_cost_2000_2005")))
    measured = series["nonag_share"] - before(EARLY)["nonag_share"]
    figures = {"cut": 100 * cut, "gained": 100 * gained, "seen": 100 * seen, "measured": 100 * measured}
    return Found(gained / seen, figures)


def less_inequality() -> Found:
    """Part of the fall of the Theil index between the economies of 2000 and 2010 that falling costs bring."""
    nation, _ = fifteen_years()
    start, end = before(EARLY)["theil"], before(MIDDLE)["theil"]
    fell, seen = nation["theil"] / start - 1, end / start - 1
    return Found((nation["theil"] - start) / (end - start), {"fell": 100 * fell, "seen": 100 * seen})


def incumbents() -> Found:
    """Wages off the farm where settlement was relaxed, over those in the provinces of the megacities."""
    economy = china(LATEST)
    kept = [economy.region(name) for name in MEGACITIES]
    open_to = [row for row in range(economy.cells.regions) if row not in kept]
    policy = HukouReform(to=[economy.domestic_codes[row] for row in open_to], moves="across")
    solved = under(LATEST, policy)
    cells = economy.cells
    people_nj = cells.by_sector(economy.workers_c)[:, ~economy.farm_j]
    wage_nj = np.asarray(solved.outcome.wage_hat_nj)[: cells.regions, ~economy.farm_j]
    relaxed, closed = (float(np.average(wage_nj[rows], weights=people_nj[rows])) for rows in (open_to, kept))
    return Found(relaxed / closed - 1, {"access": 100 * policy.access, "cut": 100 * policy.cut})
