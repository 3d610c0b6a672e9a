"""Production: labour, land and intermediates from every sector."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def unit_cost_hat(
    wage_hat_nj: Float[Array, "N J"],
    price_hat_nj: Float[Array, "N J"],
    labour_hat_nj: Float[Array, "N J"],
    productivity_hat_nj: Float[Array, "N J"],
    labour_share_j: Float[Array, "J"],
    land_share_j: Float[Array, "J"],
    input_share_jk: Float[Array, "J J"],
) -> Float[Array, "N J"]:
    r"""Change of the cost of a bundle of inputs; land is fixed, so its rent moves with the wage bill.

    .. math:: \hat c_{nj} = \hat w_{nj}^{\beta_j} (\hat w_{nj}\hat L_{nj})^{\eta_j}
              \prod_k \hat P_{nk}^{\gamma_{jk}(1-\beta_j-\eta_j)} / \hat z_{nj}

    All hats are (N, J) and positive; shares lie in [0, 1]. Homogeneous of degree one in wages and prices.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: z = T^(1/theta).
    """
    materials_j = 1 - labour_share_j - land_share_j
    log_inputs_nj = materials_j[None, :] * (jnp.log(price_hat_nj) @ input_share_jk.T)
    log_cost_nj = (
        (labour_share_j + land_share_j)[None, :] * jnp.log(wage_hat_nj)
        + land_share_j[None, :] * jnp.log(labour_hat_nj)
        + log_inputs_nj
        - jnp.log(productivity_hat_nj)
    )
    return jnp.exp(log_cost_nj)
