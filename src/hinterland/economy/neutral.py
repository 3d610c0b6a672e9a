"""What an array is that an economy leaves out: the neutral value at which the model's blocks read it."""

from __future__ import annotations

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, Problem

NEUTRAL = {
    "value_added_share_nj": 1.0,  # no inputs: value added is all of output
    "structures_share_nj": 0.0,
    "capital_share_nj": 0.0,
    "goods_share_n": 1.0,  # no homes
    "housing_supply_elasticity_n": 0.0,
    "transfer_n": 0.0,
    "local_tax_n": 0.0,
    "central_tax_n": 0.0,
    "efficiency_rj": 1.0,
}
SHARED = ("grant_share_n", "land_share_hj")  # alike among all; rents of a sector go to its own pool where there is one


def array(economy: Economy, name: str) -> FloatArray:
    """Return an array of the base year, or its neutral value; raise by name where no value is neutral."""
    if name in economy.arrays:
        return np.asarray(economy.arrays[name])
    if name not in (*NEUTRAL, *SHARED):
        raise DataError(Problem("economy.no_array", {"place": economy.name, "name": name}))
    size = {"n": len(economy.region_codes), "h": economy.cells.classes}
    size |= {"r": economy.cells.residences, "j": economy.cells.sectors}
    shape = tuple(size[letter] for letter in schema.index_of(name))
    if name == "land_share_hj" and size["h"] == size["j"]:
        return np.eye(size["j"])
    return np.full(shape, 1 / shape[0] if name in SHARED else NEUTRAL[name])
