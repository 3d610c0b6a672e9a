r"""Local services by hukou: who is entitled to them, what an entitled head gets, and what that is worth in money.

Schooling, health, social security and housing are for those entitled; access is the share of them that others get. More
access is worth

.. math:: \frac{y + \omega s' g}{y + \omega s g}

with y what is earned a head, g services an entitled head, s access before and after, and omega the worth of a yuan of
services in yuan of income. In money and not as a power: who has no access at all can be given some.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import household_income_nr
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import own_wages_c
from hinterland.errors import PolicyError, Problem, places

NEEDED = ("entitled_services_n", "service_access", "service_worth", "persons_per_worker_away")


def knows_services(economy: Economy) -> bool:
    """Whether the accounts of an economy say what services the entitled get and what people live on."""
    return all(name in economy.arrays for name in NEEDED) and household_income_nr(economy) is not None


@kept(BASE_YEARS)
def access_gc(economy: Economy) -> FloatArray:
    """Access of group g in cell c, (G, C): whole at home, less in town with rural hukou and for those away."""
    cells = economy.cells
    villagers_in_town_gc = economy.rural_g[:, None] & economy.town_c[None, :]
    whole_gc = cells.at_home_gc & ~villagers_in_town_gc
    return np.asarray(np.where(whole_gc, 1.0, economy.arrays["service_access"]))


@kept(BASE_YEARS)
def heads_per_worker_gc(economy: Economy) -> FloatArray:
    """Residents who come with a worker of group g in cell c, (G, C): fewer in other provinces, as the census counts."""
    away = economy.arrays["persons_per_worker_away"]
    return np.asarray(np.where(economy.cells.at_home_gc, economy.residents_per_worker_c[None, :], away))


def heads_gc(economy: Economy, share_gc: FloatArray) -> FloatArray:
    """Residents of group g in cell c, million, (G, C), where groups choose as in `share_gc`."""
    if share_gc is economy.migration_share_gc:
        return base_heads_gc(economy)
    return np.asarray(economy.group_size_g[:, None] * share_gc * heads_per_worker_gc(economy))


@kept(BASE_YEARS)
def base_heads_gc(economy: Economy) -> FloatArray:
    """Residents of group g in cell c in the base year, million, (G, C)."""
    return np.asarray(economy.group_size_g[:, None] * economy.migration_share_gc * heads_per_worker_gc(economy))


def entitled_n(economy: Economy, share_gc: FloatArray, access: FloatArray) -> FloatArray:
    """Residents of domestic regions weighted by access, million, (D,), where groups choose as in `share_gc`."""
    return np.asarray(economy.cells.by_region((heads_gc(economy, share_gc) * access).sum(axis=0)))


def entitled_services_n(economy: Economy) -> FloatArray:
    """Local spending on services for those entitled, in the economy's currency, (D,)."""
    return np.asarray(economy.arrays["entitled_services_n"])[: economy.cells.regions]


def require_served(economy: Economy, to_n: FloatArray, where: str) -> None:
    """Raise a PolicyError by name where a target has places in which nobody is served: more of nothing is nothing."""
    none_n = (to_n > 0) & (entitled_services_n(economy) <= 0)
    if none_n.any():
        found = places([economy.regions.label(code) for code in np.array(economy.domestic_codes)[none_n]], none_n.size)
        raise PolicyError(Problem("policy.no_services", {"where": where, "places": found}))


@kept(BASE_YEARS)
def services_a_head_n(economy: Economy) -> FloatArray:
    """Services that an entitled head gets a year, bn of the currency a million heads, (D,)."""
    return np.asarray(
        entitled_services_n(economy) / entitled_n(economy, economy.migration_share_gc, access_gc(economy))
    )


def lived_on_gc(economy: Economy) -> FloatArray:
    """What people of group g live on in cell c for each worker, (G, C): what they earn after taxes, rents apart."""
    return np.broadcast_to(own_wages_c(economy), economy.migration_share_gc.shape)


def services_gc(economy: Economy, access: Any, more_n: Any = 0.0) -> FloatArray:
    """What services are worth to a worker of group g in cell c and those who come along, (G, C), at an access."""
    head_n = services_a_head_n(economy) + more_n
    worth = float(economy.arrays["service_worth"])
    return np.asarray(worth * access * head_n[economy.cells.index_c[0]] * heads_per_worker_gc(economy))


def worth_hat_gc(economy: Economy, gap_hat_gc: Any, more_n: Any = 0.0) -> FloatArray:
    """Change of what earnings and services are worth together, (G, C).

    `gap_hat_gc` says what is left of the access that is missing, `more_n` what is spent more, for each head entitled in
    the base year: all who are entitled now share it, so that nobody gets what nobody pays for.
    """
    before, own = access_gc(economy), lived_on_gc(economy)
    now = 1 - (1 - before) * gap_hat_gc
    services = services_gc(economy, now, shared_n(economy, more_n, now))
    return np.asarray((own + services) / with_services_gc(economy))


@kept(BASE_YEARS)
def with_services_gc(economy: Economy) -> FloatArray:
    """What people live on and what services are worth to them in the base year, (G, C)."""
    return np.asarray(lived_on_gc(economy) + services_gc(economy, access_gc(economy)))


def shared_n(economy: Economy, more_n: Any, access: FloatArray) -> FloatArray:
    """What each head entitled at an access gets of what is spent more for each entitled in the base year, (D,)."""
    were_n, are_n = (entitled_n(economy, economy.migration_share_gc, one) for one in (access_gc(economy), access))
    return np.asarray(more_n * were_n / are_n)


def came_for_n(economy: Economy, share_gc: FloatArray, access: FloatArray, more_n: Any = 0.0) -> FloatArray:
    """All services of those who come, (D,), in the economy's currency a year.

    What people leave is not saved: schools and clinics stand. Those who change the sector inside a region's towns or
    villages do not come.
    """
    cells = economy.cells
    base_gc, now_gc = (heads_gc(economy, share) for share in (economy.migration_share_gc, share_gc))
    shape = (len(base_gc), cells.regions * cells.residences, cells.sectors)
    came_gr = np.maximum((now_gc - base_gc).reshape(shape).sum(axis=2), 0.0)
    came_n = (came_gr * access.reshape(shape)[:, :, 0]).sum(axis=0).reshape(cells.regions, -1).sum(axis=1)
    return np.asarray(came_n * (services_a_head_n(economy) + more_n))
