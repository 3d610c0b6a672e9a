"""Levers: what changes in a counterfactual. A lever that is None leaves the base year as it is and costs nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Levers(NamedTuple):
    """Hats are changes from the base year (one is neutral); others are new levels: rates, transfers, elasticities."""

    trade_cost_hat_nij: Any = None  # iceberg cost of selling from i to n
    productivity_hat_nj: Any = None  # output per unit of input
    tariff_nij: Any = None  # ad valorem
    transfer_n: Any = None  # received, in the currency of value added; adds up to zero
    amenity_hat_n: Any = None  # worth of living in n beside real income
    migration_cost_hat_gc: Any = None  # iceberg cost of group g living and working in cell c
    newcomer_cost_hat_gc: Any = None  # the same for who comes to c, and not for who was there; one at most: a help
    service_worth_hat_gc: Any = None  # what income and services are worth together to group g in cell c
    given_hat_c: Any = None  # what people of c keep of income over what all of their region do, where some are given
    owed_hat_c: Any = None  # the same of what people who were in c get wherever they go: no choice sees it
    commuting_cost_hat_ni: Any = None  # iceberg cost of living in n and working in i
    return_wedge_hat_nj: Any = None  # what owners keep of a return to capital: (1 - tax + subsidy) / cost of finance
    local_tax_n: Any = None  # share of income that pays for local services
    central_tax_n: Any = None  # share of income that goes to the centre
    grant_share_n: Any = None  # of the centre's revenue; adds up to one
    capacity_n: Any = None  # most people that a region can carry
    homes_hat_n: Any = None  # homes that stand at given rents: land for towns
    housing_supply_elasticity_n: Any = None  # by which homes answer to rents
    neighbour_elasticity_n: Any = None  # of productivity to the density of the neighbourhood
    neighbour_weight_ni: Any = None  # of towns in the neighbourhood; adds up to one over i
    programme_n: Any = None  # share of the region's income that its government spends on programmes and not on services
    land_levy_n: Any = None  # share of the rents of land and homes that the local government takes


def unit_hats(trade_share_nij: Any, migration_share_gc: Any) -> Levers:
    """Return the levers of a base year: hats of one, written out so that changes multiply onto them."""
    return Levers(
        trade_cost_hat_nij=np.ones_like(trade_share_nij),
        productivity_hat_nj=np.ones(trade_share_nij.shape[::2]),
        migration_cost_hat_gc=np.ones_like(migration_share_gc),
    )


# The slot without which a lever moves nothing; the others belong to trade, production and income, which are always on.
LEVER_SLOTS = {
    "tariff_nij": "tariffs",
    "migration_cost_hat_gc": "people",
    "newcomer_cost_hat_gc": "people",
    "service_worth_hat_gc": "people",
    "given_hat_c": "people",
    "owed_hat_c": "people",
    "commuting_cost_hat_ni": "people",
    "return_wedge_hat_nj": "capital",
    "local_tax_n": "government",
    "central_tax_n": "government",
    "grant_share_n": "government",
    "capacity_n": "ecology",
    "homes_hat_n": "housing",
    "housing_supply_elasticity_n": "housing",
    "neighbour_elasticity_n": "productivity",
    "neighbour_weight_ni": "productivity",
    "programme_n": "government",
    "land_levy_n": "people",
}

# What shares of trade, migration and commuting are multiplied by; the others leave them as they are.
CHANGE_KERNELS = (
    "trade_cost_hat_nij",
    "tariff_nij",
    "migration_cost_hat_gc",
    "newcomer_cost_hat_gc",
    "service_worth_hat_gc",
    "given_hat_c",
    "commuting_cost_hat_ni",
    "land_levy_n",
)
