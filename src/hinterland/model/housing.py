"""Housing and the worth of a wage: land for homes is fixed, so its price moves with the wage bill."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def real_income_hat_nj(
    wage_hat_nj: Float[Array, "D J"],
    price_hat_nj: Float[Array, "D J"],
    labour_hat_nj: Float[Array, "D J"],
    goods_share: Float[Array, ""],
    final_share_j: Float[Array, "J"],
) -> Float[Array, "D J"]:
    r"""Change of real income per worker over the local consumer price index, housing included.

    .. math:: \hat V_{nj} = \hat w_{nj}
              / [(\prod_k \hat P_{nk}^{\epsilon_k})^\alpha (\hat w_{nj}\hat L_{nj})^{1-\alpha}]

    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none; land for homes belongs to (n, j).
    """
    log_goods_n = jnp.log(price_hat_nj) @ final_share_j
    log_rent_nj = jnp.log(wage_hat_nj) + jnp.log(labour_hat_nj)
    return jnp.exp(jnp.log(wage_hat_nj) - goods_share * log_goods_n[:, None] - (1 - goods_share) * log_rent_nj)
