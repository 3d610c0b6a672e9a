"""An economy as a world: its arrays are a setting of the model."""

from __future__ import annotations

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.accounts import household_share_n
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import land_revenue_share_n, owned_homes_n
from hinterland.errors import DataError, Problem, places
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.world.assemble import chosen_model
from hinterland.world.world import World

ACCOUNTS = schema.names_of("account")  # which no equation reads


def world_of(economy: Economy) -> World:
    """Return the economy as a world."""
    require_economy(economy)
    model, levers = setting_of(economy)
    places = tuple(economy.regions.label(code) for code in economy.region_codes)
    return World(places, economy.sectors, model, levers, economy.name, labels=economy.namings)


def require_economy(given: object) -> None:
    """Raise a DataError where what is to be solved is neither an economy nor a world, but the name of one, say."""
    if not isinstance(given, Economy):
        raise DataError(Problem("solve.of_what", {"found": f"{given!r:.80}"}))


def setting_of(economy: Economy) -> tuple[Model, Levers]:
    """Return the model and the levers of an economy, unchecked."""
    return model_of(economy), economy.levers


@kept(BASE_YEARS)
def model_of(economy: Economy) -> Model:
    """Return the model of a base year: one object for all that have its content, so that solvers know it."""
    read = {name: value for name, value in economy.arrays.items() if name not in ACCOUNTS}
    own_n = household_share_n(economy)
    owners = {} if own_n is None else {"household_share_n": affordable(economy, own_n), **owners_of(economy)}
    return chosen_model(read | owners | {"town_r": economy.town_r.astype(float)})


def owners_of(economy: Economy) -> dict[str, FloatArray]:
    """Return what owners get of rents: homes have to be built, and local governments take a part in towns."""
    abroad = np.zeros(len(economy.foreign_codes))
    return {
        "owned_homes_n": np.concatenate([owned_homes_n(economy), 1 + abroad]),
        "land_revenue_share_n": np.concatenate([land_revenue_share_n(economy), abroad]),
    }


def affordable(economy: Economy, share_n: FloatArray) -> FloatArray:
    """Return shares of households in income after taxes; raise by name where they have more than all of it."""
    home_n = share_n[: economy.cells.regions]
    if not (home_n < 1).all():
        bad = np.flatnonzero(~(home_n < 1))
        where = places([economy.regions.label(economy.domestic_codes[int(n)]) for n in bad], home_n.size)
        raise DataError(Problem("economy.households", {"where": where, "found": f"{home_n.max():.3g}"}))
    return share_n
