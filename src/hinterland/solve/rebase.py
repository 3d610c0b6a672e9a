"""Make a solution the base year of another world: hats compose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax
import numpy as np

from hinterland.errors import ModelError, Problem
from hinterland.model.agglomeration import Neighbourhood
from hinterland.model.amenity import Amenity
from hinterland.model.capital import Capital
from hinterland.model.demand import NonHomotheticCES
from hinterland.model.ecology import Capacity
from hinterland.model.evaluate import Outcome
from hinterland.model.government import Budgets
from hinterland.model.income import Portfolio, Transfers
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.model.tariffs import Tariffs
from hinterland.world.world import World


def as_base_year(world: World, outcome: Outcome, trade_share_nij: Any) -> World:
    """Return a world whose base year is the outcome; elasticities stay, levers are neutral.

    A base year holds no programmes and no levy on rents: a ModelError names them.
    """
    old, levers = world.model, world.levers
    for name in ("programme_n", "land_levy_n"):
        lever = getattr(levers, name)
        if lever is not None and np.any(lever):
            raise ModelError(Problem("rebase.levers", {"name": name}))
    people_hat = outcome.people_hat_n

    neighbours = [
        part._replace(neighbour_weight_ni=normalised(part.neighbour_weight_ni * outcome.dense_hat_n[None, :]))
        if isinstance(part, Neighbourhood)
        else part
        for part in old.productivity
    ]
    # The new base year is its own reference: what a place is worth is in where people are.
    worth = tuple(part for part in old.worth if not isinstance(part, Amenity))
    model: dict[str, Any] = {
        "trade": old.trade._replace(trade_share_nij=trade_share_nij),
        "production": old.production._replace(
            value_added_nj=np.asarray(outcome.earned_nj), base_income_n=np.asarray(outcome.income_n)
        ),
        "people": people_after(old, outcome),
        "productivity": tuple(neighbours),
        "worth": worth,
    }
    if isinstance(old.tariffs, Tariffs):
        model["tariffs"] = Tariffs(old.tariffs.now_nij(levers))
    if levers.transfer_n is not None:
        model["transfers"] = Transfers(levers.transfer_n)
    if isinstance(old.rents, Portfolio):
        owned = old.rents.portfolio_share_n * people_hat
        model["rents"] = old.rents._replace(portfolio_share_n=owned / owned.sum())
    if isinstance(old.demand, NonHomotheticCES):
        final = outcome.final_nj / outcome.final_nj.sum(axis=1, keepdims=True)
        model["demand"] = old.demand._replace(final_share_nj=final)
    if isinstance(old.capital, Capital):
        model["capital"] = old.capital._replace(capital_nj=old.capital.capital_nj * np.exp(outcome.log_capital_nj))
    if isinstance(old.government, Budgets):
        local, central, grant = old.government.now(levers)
        model["government"] = old.government._replace(local_tax_n=local, central_tax_n=central, grant_share_n=grant)
    if isinstance(old.ecology, Capacity):
        model["ecology"] = Capacity(old.ecology.now_n(levers), outcome.multiplier_n)
    return replace(world, model=replace(old, **jax.tree.map(np.asarray, model)), levers=Levers())


def people_after(old: Model, outcome: Outcome) -> Any:
    """Return the block of people with their new places."""
    kind = old.people
    if hasattr(kind, "migration_share_gc"):
        return kind._replace(migration_share_gc=np.asarray(outcome.migration_share_gc))
    if hasattr(kind, "commuting_share_ni"):
        return kind._replace(commuting_share_ni=np.asarray(outcome.commuting_share_ni))
    return kind._replace(people_n=kind.people_n * outcome.people_hat_n)


def normalised(weight_ni: Any) -> Any:
    """Make rows add up to one."""
    return weight_ni / weight_ni.sum(axis=1, keepdims=True)
