"""Moments of places: trade costs, trunk lines and their losers, railways, land quota, borders."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data.network import find_city, times
from hinterland.economy.implied import welfare_weight_g
from hinterland.instruments.border_opening import BorderOpening
from hinterland.instruments.land_quota import LandQuota
from hinterland.instruments.market_reform import MarketReform
from hinterland.instruments.measured_change import MeasuredChange
from hinterland.instruments.transport import Transport
from hinterland.policy.access import cost_hats
from hinterland.policy.combine import with_changes
from hinterland.solve.static import Equilibrium, solve
from hinterland.study.outcomes import base_state, state_of
from hinterland.validation.claim import Found
from hinterland.validation.experiment import (
    EARLY,
    INCOME,
    LATEST,
    change,
    china,
    group_rows,
    nominal_gdp_hat_n,
    real_gdp_hat_n,
    under,
)

TRUNK = ("Beijing", "Shijiazhuang", "Zhengzhou", "Wuhan", "Changsha", "Guangzhou")
INLAND, COAST = ("Central", "West"), ("East",)
BORDER, BEYOND = "Guangxi", "ASEAN"


def internal_trade() -> Found:
    """Internal trade costs as they changed in 2002-2007."""
    return Found(change(under(EARLY, MeasuredChange(series="trade_cost_2002_2007", scope="internal")), INCOME))


@cache
def trunk() -> tuple[Equilibrium, list[int]]:
    """An expressway from Beijing to Guangzhou in 2000, and the positions of the provinces that it does not touch."""
    economy = china(EARLY)
    solved = under(EARLY, Transport(line=TRUNK, mode="road", speed=100.0))
    touched = [find_city(name).region_code for name in TRUNK]
    return solved, [row for row, code in enumerate(economy.domestic_codes) if code not in touched]


@cache
def goods_alone() -> Equilibrium:
    """The same line where only trade costs follow travel times."""
    economy = trunk()[0].economy
    same = {"migration_cost_hat_gc": np.ones_like(economy.migration_share_gc)}
    same["amenity_hat_n"] = np.ones(len(economy.region_codes))
    return solve(replace(economy, levers=economy.levers._replace(**same)))


def losers(hat_n: FloatArray) -> dict[str, float]:
    """How many of how many places lose, and the worst change in percent."""
    return {"losers": float((hat_n < 1).sum()), "count": float(hat_n.size), "worst": 100 * (float(hat_n.min()) - 1)}


def off_the_line() -> Found:
    """Share of the provinces off the line whose real GDP falls."""
    solved, rows = trunk()
    hat_n = real_gdp_hat_n(solved)[rows]
    figures = losers(hat_n) | {"nation": 100 * change(solved, INCOME)}
    figures["trade_worst"] = 100 * (float(real_gdp_hat_n(goods_alone())[rows].min()) - 1)
    return Found(float((hat_n < 1).mean()), figures)


def bypassed() -> Found:
    """Mean change of real GDP of the provinces off the line that lose."""
    solved, rows = trunk()
    hat_n = real_gdp_hat_n(solved)[rows]
    return Found(float(hat_n[hat_n < 1].mean()) - 1, losers(hat_n))


def off_the_line_industry() -> Found:
    """Share of the provinces off the line whose workers outside agriculture become fewer."""
    solved, rows = trunk()
    hat_n, goods_n = (np.asarray(state.outcome.labour_hat_nj)[rows, 1] for state in (solved, goods_alone()))
    by_trade = {f"trade_{name}": value for name, value in losers(goods_n).items()}
    return Found(float((hat_n < 1).mean()), losers(hat_n) | by_trade)


def with_times(name: str, before: int, after: int) -> float:
    """Change of real GDP where times between provinces are those of another year."""
    economy = china(name)
    hats = cost_hats(economy, *(times(year, codes=economy.domestic_codes) for year in (before, after)))
    return change(solve(with_changes(economy, hats)), INCOME)


def railways() -> Found:
    """What railways opened in 2000-2009 were worth in 2000; beside it those of 2010-2020 in 2020."""
    early = with_times(EARLY, 2000, 2009)
    without = with_times(LATEST, 2020, 2009)
    return Found(early, {"later": 100 * (1 / (1 + without) - 1)})


@cache
def quota(increase: float) -> tuple[Equilibrium, float]:
    """Urban land moved from the East to centre and west; the share of its own that the East gives up."""
    policy, economy = LandQuota(to=INLAND, giving=COAST, increase=increase), china(LATEST)
    lost = 1 - float(policy.land_hat_n(economy)[group_rows(economy, "East")[0]])
    return under(LATEST, policy), lost


def land_output() -> Found:
    """National output at the preset dose; per percent of eastern land, and at the largest dose."""
    solved, lost = quota(LandQuota().increase)
    most = quota(schema.values("land_quota")["increase"].maximum)
    output, land_j = change(solved, "real_gdp"), china(LATEST).arrays["structures_share_nj"][0]
    of_land = dict(zip(china(LATEST).sectors, 100 * land_j, strict=True))
    figures = {"lost": 100 * lost, "per_point": output / lost, "most": 100 * most[1]}
    figures["at_most"] = 100 * change(most[0], "real_gdp")
    return Found(output, figures | {name: float(of_land[name]) for name in ("industry", "services")})


def land_workers() -> Found:
    """Income of a worker with rural hukou of the West, wherever he works, at the dose of `land_output`."""
    solved, _ = quota(LandQuota().increase)
    economy = solved.economy
    west, east = group_rows(economy, "West"), group_rows(economy, "East")
    group = np.flatnonzero(np.isin(economy.cells.home_g, west) & (economy.rural_g > 0))
    then_c, now_c = (state.people_gc[group].sum(axis=0) for state in (base_state(economy), state_of(solved)))
    hat_c = np.asarray(solved.outcome.real_income_hat_c)
    then, now = (
        float(people_c @ income_c / people_c.sum())
        for people_c, income_c in ((then_c, economy.real_income_c), (now_c, economy.real_income_c * hat_c))
    )
    gone_c = then_c * np.isin(economy.cells.index_c[0], east) * economy.real_income_c
    welfare = float(np.average(solved.welfare_hat_g[group], weights=welfare_weight_g(economy)[group]))
    figures = {"in_east": 100 * float(gone_c @ hat_c / gone_c.sum() - 1), "welfare": 100 * (welfare - 1)}
    return Found(now / then - 1, figures)


def border() -> Found:
    """Log change of the border province's GDP over that of its exports to the bloc beyond."""
    economy, solved = china(LATEST), under(LATEST, BorderOpening())
    flat = under(LATEST, MarketReform(cut=0.0))
    abroad, row = economy.region_codes.index(BEYOND), economy.region(BORDER)
    sold, sold_before = (
        float((state.trade_share_nij[abroad, row] * np.asarray(state.outcome.spending_nj)[abroad]).sum())
        for state in (solved, flat)
    )
    exports = np.log(sold / sold_before)
    size = sold_before / economy.arrays["value_added_nj"][row].sum()
    figures = {"exports": 100 * float(exports), "size": 100 * float(size)}
    return Found(float(np.log(nominal_gdp_hat_n(solved)[row]) / exports), figures)
