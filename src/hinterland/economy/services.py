r"""Local services by hukou: who is entitled to them, what an entitled head gets, and what that is worth in money.

Schooling, health, social security and housing are for those entitled; access is the share of them that others get. More
access is worth

.. math:: \frac{y + \omega s' g}{y + \omega s g}

with y own income a head, g services an entitled head, s access before and after, and omega the worth of a yuan of
services in yuan of income. In money and not as a power: who has no access at all can be given some.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import household_income_nr, residents_nr
from hinterland.economy.economy import Economy

NEEDED = ("entitled_services_n", "service_access", "service_worth", "persons_per_worker_away")


def knows_services(economy: Economy) -> bool:
    """Whether the accounts of an economy say what services the entitled get and what people live on."""
    return all(name in economy.arrays for name in NEEDED) and household_income_nr(economy) is not None


def access_gc(economy: Economy) -> FloatArray:
    """Access of group g in cell c, (G, C): whole at home, less in town with rural hukou and for those away."""
    cells = economy.cells
    villagers_in_town_gc = economy.rural_g[:, None] & economy.town_c[None, :]
    whole_gc = cells.at_home_gc & ~villagers_in_town_gc
    return np.asarray(np.where(whole_gc, 1.0, economy.arrays["service_access"]))


def heads_per_worker_gc(economy: Economy) -> FloatArray:
    """Residents who come with a worker of group g in cell c, (G, C): fewer in other provinces, as the census counts."""
    away = economy.arrays["persons_per_worker_away"]
    return np.asarray(np.where(economy.cells.at_home_gc, economy.residents_per_worker_c[None, :], away))


def entitled_n(economy: Economy, share_gc: FloatArray, access: FloatArray) -> FloatArray:
    """Residents of domestic regions weighted by access, million, (D,), where groups choose as in `share_gc`."""
    heads_gc = economy.group_size_g[:, None] * share_gc * heads_per_worker_gc(economy)
    return np.asarray(economy.cells.by_region((heads_gc * access).sum(axis=0)))


def entitled_services_n(economy: Economy) -> FloatArray:
    """Local spending on services for those entitled, in the economy's currency, (D,)."""
    return np.asarray(economy.arrays["entitled_services_n"])[: economy.cells.regions]


def services_a_head_n(economy: Economy) -> FloatArray:
    """Services that an entitled head gets a year, bn of the currency a million heads, (D,)."""
    return np.asarray(
        entitled_services_n(economy) / entitled_n(economy, economy.migration_share_gc, access_gc(economy))
    )


def worth_hat_gc(economy: Economy, access: Any, more_n: Any = 0.0) -> FloatArray:
    """Change of what own income and services are worth together, (G, C), at other access and `more_n` more a head."""
    cells, own_nr = economy.cells, household_income_nr(economy)
    assert own_nr is not None
    own_c = (own_nr / residents_nr(economy)).reshape(-1).repeat(cells.sectors)
    region_c = cells.index_c[0]
    head_n, worth = services_a_head_n(economy), float(economy.arrays["service_worth"])
    before = own_c + worth * access_gc(economy) * head_n[region_c]
    after = own_c + worth * access * (head_n + more_n)[region_c]
    return np.asarray(after / before)


def bill_n(economy: Economy, share_gc: FloatArray, access: FloatArray) -> FloatArray:
    """What services cost more by region, (D,): the entitled, those there and those who come, times services a head.

    In the economy's currency a year. A region that its people leave saves nothing: schools and clinics stand.
    """
    before_n = entitled_n(economy, economy.migration_share_gc, access_gc(economy))
    more_n = np.maximum(entitled_n(economy, share_gc, access) - before_n, 0.0)
    return np.asarray(more_n * services_a_head_n(economy))
