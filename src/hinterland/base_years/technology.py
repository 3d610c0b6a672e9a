"""Input coefficients of the foreign blocs in three sectors."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.workers import SECTORS
from hinterland.data.figures import table


def block_1993(economy: str) -> FloatArray:
    """Input coefficients (3, 3) of 1993, input by user, share of gross output. [caliendoparro2015]."""
    rows = table("inputs_1993.csv")
    wide = rows[rows["economy"] == economy].pivot(index="input", columns="user", values="coefficient")
    return np.asarray(wide.loc[list(SECTORS), list(SECTORS)], dtype=float)
