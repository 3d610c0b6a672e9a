"""Income: rents of land and housing go to those who stay where their hukou is."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def rebate_g(
    labour_g: Float[Array, "G"],
    stayers_g: Float[Array, "G"],
    goods_share: Float[Array, ""],
    labour_share_j: Float[Array, "J"],
    land_share_j: Float[Array, "J"],
) -> Float[Array, "G"]:
    r"""Income of a stayer over the wage, when the rents of a cell are shared among its stayers.

    .. math:: \delta_{nj} = 1 + \frac{(1-\alpha)\beta_j + \eta_j}{\alpha\beta_j} \frac{L_{nj}}{m_{stay} \bar L_{nj}}

    Groups and cells are in the same order (region, then sector), million workers.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    rent_per_wage_j = ((1 - goods_share) * labour_share_j + land_share_j) / (goods_share * labour_share_j)
    rent_per_wage_g = jnp.tile(rent_per_wage_j, labour_g.size // labour_share_j.size)
    return 1 + rent_per_wage_g * labour_g / stayers_g
