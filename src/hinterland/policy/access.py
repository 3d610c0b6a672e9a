"""New lines: what they do to times between provinces, and times to costs of trade, of being away and of visits.

Time of people is worth their wage and counts by the trips they make: who does not travel gains nothing by it. Moves
answer to it by more, as they did where lines came. Goods follow freight, which high-speed lines do not carry.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland import schema
from hinterland.arrays import BoolArray, FloatArray
from hinterland.data import network
from hinterland.data.figures import assumption
from hinterland.data.network import Link, Times
from hinterland.data.regions import china
from hinterland.economy.accounts import currency
from hinterland.economy.content import kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import wages_and_rents
from hinterland.economy.neutral import array
from hinterland.errors import DataError, PolicyError, Problem, places

MOST = 64  # sets of new links whose changes are kept
FREIGHT = "china-2020.freight_time_elasticity"
MOVING = "china-2020.moving_time_elasticity"
READ_AT = "china-2010.trade_elasticity"  # at which costs were read off trade when that was estimated


def links_of(line: Sequence[str], mode: str, speed: float, where: str) -> tuple[Link, ...]:
    """Return the links of a line, or raise a PolicyError that says where the line was written."""
    try:
        return network.line(line, mode, speed)
    except DataError as error:
        raise PolicyError(
            [Problem("policy.line", {"where": where, "why": problem}) for problem in error.problems]
        ) from error


def require_provinces(economy: Economy, instrument: str) -> None:
    """Raise a PolicyError where an instrument reckons with figures of provinces that the box has not for a region."""
    strange = [economy.regions.label(code) for code in economy.domestic_codes if code not in china().by_code]
    if strange:
        where = places(strange, len(economy.domestic_codes))
        values: dict[str, object] = {"where": instrument, "economy": economy.name, "places": where}
        raise PolicyError(Problem("policy.needs_provinces", values))


@kept(MOST)
def time_hats(economy: Economy, links: frozenset[Link]) -> dict[str, FloatArray]:
    """Return what new lines change, all of them at once; kept by the links."""
    codes = economy.domestic_codes
    return cost_hats(economy, *(network.times(economy.year, extra, codes) for extra in ((), tuple(sorted(links)))))


def cost_hats(economy: Economy, before: Times, after: Times) -> dict[str, FloatArray]:
    """Return what times change: costs of trade, of working away from home and of coming to, and the worth of places."""
    time_gc = away_time_gc(economy, after.people_ni) - away_time_gc(economy, before.people_ni)
    private_n = private_time_n(economy, after.people_ni) - private_time_n(economy, before.people_ni)
    return {
        "trade_cost_hat_nij": trade_hat_nij(economy, before, after),
        "migration_cost_hat_gc": np.exp(time_gc),
        "newcomer_cost_hat_gc": coming_hat_gc(economy, before, after, time_gc),
        "amenity_hat_n": np.concatenate([np.exp(-private_n), np.ones(len(economy.foreign_codes))]),
    }


def trade_hat_nij(economy: Economy, before: Times, after: Times) -> FloatArray:
    r"""Costs of goods follow freight times, those of services the hours of business travellers.

    .. math:: \hat\tau_{nij} = (f'_{ni}/f_{ni})^{4 \eta_t / \theta_j} \; (j \text{ goods}), \quad
              \ln\hat\tau_{nij} = \frac{2 b L w/H}{\sum_{n \ne i} X_{ni}} (h'_{ni} - h_{ni}) \; (j \text{ services})

    Trips on business, b a year of each of the L workers outside agriculture at their mean hourly wage w/H, are spread
    over pairs as the services X that they sell. Where industry and services are one sector it follows freight. Costs
    of goods are read off trade, by an elasticity of 4 where eta_t was estimated: at twice the elasticity trade tells
    half the log cost.
    """
    home, services_j = slice(economy.cells.regions), ~(economy.farm_j | economy.industry_j)
    hat = np.ones_like(economy.arrays["trade_share_nij"])
    known = schema.parameters()
    power_j = known[FREIGHT].value * (known[READ_AT].value / economy.arrays["trade_elasticity_j"])
    freight_ni = network.ratio_ni(after.freight_ni, before.freight_ni)
    hat[home, home] = np.where(services_j, 1.0, freight_ni[:, :, None] ** power_j)
    if services_j.any():
        hours_ni = business_hour(economy, services_j) * (after.people_ni - before.people_ni)
        hat[home, home][:, :, services_j] = np.exp(hours_ni)[:, :, None]
    return hat


def business_hour(economy: Economy, services_j: BoolArray) -> float:
    """Return what an hour on the way costs of a yuan of services that provinces sell to each other."""
    off_farm_c = economy.workers_c * ~economy.farm_c
    wages = float(off_farm_c @ wages_and_rents(economy)[0])
    sold_ni = services_sold_ni(economy, services_j)
    return 2 * assumption("trips_business") * wages / assumption("hours_worked") / float(sold_ni.sum())


def services_sold_ni(economy: Economy, services_j: BoolArray) -> FloatArray:
    """Return services that provinces buy of each other in the base year, (D, D); nothing of themselves."""
    arrays, home = economy.arrays, slice(economy.cells.regions)
    revenue_nj = arrays["value_added_nj"] / array(economy, "value_added_share_nj")
    sold_ni = np.zeros((economy.cells.regions,) * 2)
    for j in np.flatnonzero(services_j):
        share_ni = arrays["trade_share_nij"][:, :, j]
        sold_ni += (share_ni * np.linalg.solve(share_ni.T, revenue_nj[:, j])[:, None])[home, home]
    np.fill_diagonal(sold_ni, 0.0)
    return np.asarray(sold_ni)


def away_time_gc(economy: Economy, hours_ni: FloatArray) -> FloatArray:
    r"""Part of a year's work that trips home take from who works in another province than his home, (G, C).

    .. math:: T_{gc} = 2 k v h_{n(g) n(c)} / H

    k round trips a year, v hours of wage that an hour on the way is worth, H hours of work a year; time is worth the
    wage, so that the part is one of own income, whatever that is. Nothing at home, where nobody travels home.
    """
    homes, places = economy.cells.home_g, economy.cells.index_c[0]
    return np.asarray(part_of_year("trips_home") * np.asarray(hours_ni)[homes][:, places])


def coming_hat_gc(economy: Economy, before: Times, after: Times, time_gc: FloatArray) -> FloatArray:
    r"""Change of the cost of coming to another province beyond the time of trips home, (G, C); one at most.

    .. math:: \ln\hat\mu^{new}_{gc} = \frac{\eta_m}{\kappa} \ln\frac{h'_{n(g) n(c)}}{h_{n(g) n(c)}} - \Delta T_{gc}

    Where a line came, moves answered by the elasticity eta_m, more than hours at the wage explain. Who moves for it
    gains by it; who was there before gains the hours, and nothing beside.
    Source: Heuermann and Schmieder (2019), the same for commuters between regions [heuermann2019].
    """
    homes, places = economy.cells.home_g, economy.cells.index_c[0]
    answer = schema.parameters()[MOVING].value / economy.elasticity("migration_elasticity")
    log_ratio_ni = np.log(network.ratio_ni(after.people_ni, before.people_ni))
    return np.asarray(np.exp(np.minimum(answer * log_ratio_ni[homes][:, places] - time_gc, 0.0)))


def private_time_n(economy: Economy, hours_ni: FloatArray) -> FloatArray:
    r"""Part of a year's work that private trips to other provinces take, (D,).

    .. math:: T_n = 2 k v \sum_{i \ne n} s_{ni} h_{ni} / H, \quad s_{ni} \propto L_i / h^0_{ni}

    Trips go where people L are many and near, by the times h^0 of the base year, and stay as many.
    """
    base_ni = network.hours_ni(economy.year, codes=economy.domestic_codes)
    people_n = economy.cells.by_region(economy.workers_c)
    pull_ni = np.divide(people_n[None, :], base_ni, where=base_ni > 0, out=np.zeros_like(base_ni))
    toward_ni = pull_ni / pull_ni.sum(axis=1, keepdims=True)
    return np.asarray(part_of_year("trips_private") * (toward_ni * hours_ni).sum(axis=1))


def part_of_year(trips: str) -> float:
    """Return the part of a year's wage that an hour of the way costs at so many round trips a year."""
    return 2 * assumption(trips) * assumption("travel_hour_worth") / assumption("hours_worked")


def time_saved(economy: Economy, before: Times, after: Times) -> dict[str, float]:
    """Return the value of people's time at base-year trips and wages, bn CNY a year: of trips home, private, business.

    Hours saved by trips by wage: what travellers gain before anything else answers.
    """
    wage_gc = economy.group_size_g[:, None] * economy.migration_share_gc * wages_and_rents(economy)[0]
    saved_gc, saved_n = (
        of(economy, before.people_ni) - of(economy, after.people_ni) for of in (away_time_gc, private_time_n)
    )
    services_j = ~(economy.farm_j | economy.industry_j)
    business = 0.0
    if services_j.any():
        saved_ni = services_sold_ni(economy, services_j) * (before.people_ni - after.people_ni)
        business = business_hour(economy, services_j) * float(saved_ni.sum())
    by_trip = {
        "trips_home": (wage_gc * saved_gc).sum(),
        "trips_private": (wage_gc * saved_n[economy.cells.index_c[0]]).sum(),
        "trips_business": business,
    }
    return {name: float(value) * currency(economy) for name, value in by_trip.items()}
