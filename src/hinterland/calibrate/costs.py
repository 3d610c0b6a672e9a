"""Costs of moving that the shares of a base year imply. They scale with the elasticities: never read without them."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.economy.implied import cell_value_gc
from hinterland.model.choice import Nest


def implied_cost_gc(economy: Economy, outer: float, inner: float) -> FloatArray:
    """Iceberg cost of living and working in cell c for group g, one in the reference cell at home.

    Parameters
    ----------
    outer, inner : kappa between provinces, kappa_in inside; equal: the flat logit.

    Returns
    -------
    (G, C), times
        The reference is agriculture in the village for rural hukou, services in town for urban hukou (work off the farm
        where services are not told apart). Infinite where
        nobody went. No price levels of places are known: what differs beside income is inside the cost.

    Source
    ------
    Tombe and Zhu (2019), section 4 [tombezhu2019]. Departure: the nest, and prices inside the cost.
    """
    cells = economy.cells
    services_j = ~(economy.farm_j | economy.industry_j)
    in_town_rj = economy.town_rj & (services_j if services_j.any() else ~economy.farm_j)
    on_farm, in_town = (int(chosen_rj.argmax()) for chosen_rj in (~economy.town_rj & economy.farm_j, in_town_rj))
    reference = cells.home_g * cells.per_region + np.where(economy.rural_g, on_farm, in_town)
    nest = Nest(cells, outer, inner)
    return np.asarray(nest.cost_gc(economy.migration_share_gc, cell_value_gc(economy), reference))


def harmonic_mean(cost_gc: FloatArray, flow_gc: FloatArray) -> float:
    """Flow-weighted harmonic mean of costs; cells with nobody do not count."""
    return float(flow_gc.sum() / (flow_gc / cost_gc).sum())


def costs_by_kind(economy: Economy, outer: float, inner: float) -> dict[str, float]:
    """Mean costs (times) by kind of move, all over the country and for the rural hukou of each macro-region in place.

    `in_place`: rural hukou to non-farm work in a town of the own province; `same_macro_region`, `other_macro_region`
    and `other_province`: every group to any work elsewhere.
    """
    cost = implied_cost_gc(economy, outer, inner)
    flow = economy.group_size_g[:, None] * economy.migration_share_gc
    region = economy.cells.index_c[0]
    macro = np.array([economy.regions.macro_region(code) for code in economy.domestic_codes])
    home = economy.cells.home_g
    own, near = home[:, None] == region[None, :], macro[home][:, None] == macro[region][None, :]
    in_place = own & economy.rural_g[:, None] & (economy.town_c & ~economy.farm_c)[None, :]
    kinds = {"in_place": in_place}
    kinds |= {f"in_place_{name}": in_place & (macro[home] == name)[:, None] for name in dict.fromkeys(macro.tolist())}
    kinds |= {"same_macro_region": ~own & near, "other_macro_region": ~near, "other_province": ~own}
    return {name: harmonic_mean(cost, np.where(chosen, flow, 0.0)) for name, chosen in kinds.items()}
