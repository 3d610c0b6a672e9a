"""An economy as a world: its arrays are a setting of the model."""

from __future__ import annotations

import numpy as np

from hinterland.economy.economy import Economy
from hinterland.model.model import Model
from hinterland.world.assemble import chosen_model
from hinterland.world.world import World

MOST_MODELS = 16


_MODELS: dict[bytes, Model] = {}


def world_of(economy: Economy) -> World:
    """Return the economy as a world. Models are kept by the content of the base year, so that solvers know them."""
    key = b"".join(name.encode() + np.ascontiguousarray(value).tobytes() for name, value in economy.arrays.items())
    if key not in _MODELS:
        while len(_MODELS) >= MOST_MODELS:
            del _MODELS[next(iter(_MODELS))]
        _MODELS[key] = chosen_model(economy.arrays)
    places = tuple(economy.regions.label(code) for code in economy.region_codes)
    return World(places, economy.sectors, _MODELS[key], economy.levers, economy.name)
