"""Food: farm goods are sold past the food industry, and households buy less of them the richer they are."""

from __future__ import annotations

from functools import cache

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.homes import HOUSEHOLDS, YEAR, table_without_homes
from hinterland.base_years.national_table import NationalTable
from hinterland.base_years.workers import SECTORS
from hinterland.data.figures import national, table

FARM, INDUSTRY = SECTORS.index("ag"), SECTORS.index("industry")


@cache
def farm_goods_in_food() -> float:
    r"""Return the farm goods in the processed food that is consumed, bn CNY.

    .. math:: \kappa = \frac{a_{ag,food}}{1 - a_{food,food}} C_{food}

    2.8 trn yuan in 2020, of 4.7 trn that the food industry buys: the rest goes abroad, to restaurants and into feed.
    Transformed. Source: table of 2020, food with drinks and tobacco [nbsinputoutput].
    """
    food = table(f"food_{YEAR}.csv").set_index("item")["value"]
    output = food.drop(["final_consumption", "own"]).sum()  # inputs and value added
    return float(food["ag"] / (output - food["own"]) * food["final_consumption"])


def eaten_u(consumption_u: FloatArray) -> FloatArray:
    """Return the shares of rural and urban households in processed food: consumption by its share of food, (2,).

    Transformed: of food as much is processed in town as in the country. Source: Engel coefficients [communique2020].
    """
    eaten = consumption_u * np.array([national("engel_rural"), national("engel_urban")])
    return np.asarray(eaten / eaten.sum())


@cache
def table_past_food() -> NationalTable:
    """Return the official table of 2020, homes apart, with farm goods sold past the food industry to who eats them.

    Farm goods in processed food leave the inputs and sales of industry and become households' own purchases from farms;
    industry keeps what it adds. Value added and every identity of the table hold. Without it two thirds of what farms
    sell is an input at a fixed share of cost, and no richer household eats a smaller share of it.
    """
    whole, moved = table_without_homes(), farm_goods_in_food()
    inputs, uses = whole.inputs_kj.copy(), whole.uses_uj.copy()
    inputs[FARM, INDUSTRY] -= moved
    eaten = moved * eaten_u(uses[HOUSEHOLDS].sum(axis=1))
    uses[HOUSEHOLDS, FARM] += eaten
    uses[HOUSEHOLDS, INDUSTRY] -= eaten
    return whole._replace(inputs_kj=inputs, uses_uj=uses)


def income_elasticity_j(share_uj: FloatArray, use_u: FloatArray, consumption_u: FloatArray, sigma: float) -> FloatArray:
    r"""Return the elasticities of demand to real consumption that town and country show, one in the mean, (3,).

    .. math:: (1 - \sigma)(\epsilon_j - \epsilon_k) = \frac{\ln (s_{Uj} / s_{Uk}) - \ln (s_{Rj} / s_{Rk})}
              {\ln (C_U / C_R)}, \quad \sum_j s_j \epsilon_j = 1

    Parameters
    ----------
    share_uj : (2, 3), share, > 0
        Sectors in the consumption of rural and urban households.
    use_u, consumption_u : (2,), any currency
        Consumption in all, which weighs the mean, and a head.
    sigma : float, below one
        Elasticity of substitution. The table identifies the products alone: another sigma goes with other elasticities.

    Notes
    -----
    Assumed: prices and tastes of town and country are alike. Estimated on two kinds of household.
    Source: Comin, Lashkari and Mestieri (2021), section 3 [comin2021].
    """
    slope_j = np.log(share_uj[1] / share_uj[0]) / np.log(consumption_u[1] / consumption_u[0])
    mean_j = use_u @ share_uj / use_u.sum()
    return np.asarray(1 + (slope_j - mean_j @ slope_j) / (1 - sigma))
