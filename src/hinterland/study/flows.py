"""Workers by macro-region of hukou and of work, before and after."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from hinterland.economy.economy import Economy
from hinterland.study.outcomes import State, macro_regions


def flow_table(economy: Economy, before: State, after: State) -> pd.DataFrame:
    """Return workers by macro-region of hukou and of work (million), before and after; no rows where there are none."""
    macro_n, cells = macro_regions(economy), economy.cells
    columns = ["origin", "destination", "baseline", "value", "change"]
    if macro_n is None:
        return pd.DataFrame(columns=columns)
    names = [name for name in economy.regions.of_kind("macro_region") if name in macro_n]
    home_g = macro_n[cells.home_g]
    place_c = macro_n[cells.index_c[0]]
    rows = []
    for origin in names:
        for destination in names:
            pick = np.outer(home_g == origin, place_c == destination)
            old, new = (float(state.people_gc[pick].sum()) for state in (before, after))
            rows.append((origin, destination, old, new, new / old - 1 if old else math.nan))
    return pd.DataFrame(rows, columns=columns)
