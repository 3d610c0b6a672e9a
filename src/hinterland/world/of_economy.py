"""An economy as a world: its arrays are a setting of the model."""

from __future__ import annotations

import numpy as np

from hinterland.economy.economy import Economy
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.world.assemble import chosen_model
from hinterland.world.world import World

MOST_MODELS = 16


_MODELS: dict[bytes, Model] = {}


def world_of(economy: Economy) -> World:
    """Return the economy as a world."""
    model, levers = setting_of(economy)
    places = tuple(economy.regions.label(code) for code in economy.region_codes)
    return World(places, economy.sectors, model, levers, economy.name, codes=economy.region_codes)


def setting_of(economy: Economy) -> tuple[Model, Levers]:
    """Return the model and the levers of an economy, unchecked.

    Models are kept by the content of the base year, so that solvers know them; the one longest unused goes first.
    """
    arrays = {**economy.arrays, "town_r": economy.town_r.astype(float)}
    key = b"".join(name.encode() + np.ascontiguousarray(value).tobytes() for name, value in arrays.items())
    model = _MODELS.pop(key, None) or chosen_model(arrays)
    while len(_MODELS) >= MOST_MODELS:
        del _MODELS[next(iter(_MODELS))]
    _MODELS[key] = model
    return model, economy.levers
