"""Production: a bundle of factors, and intermediates from every sector."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def unit_cost_hat(
    factor_hat_nj: Float[Array, "N J"],
    price_hat_nj: Float[Array, "N J"],
    productivity_hat_nj: Float[Array, "N J"],
    value_added_share_nj: Float[Array, "N J"],
    input_share_nkj: Float[Array, "N J J"],
) -> Float[Array, "N J"]:
    r"""Change of the cost of a bundle of inputs.

    .. math:: \hat c_{nj} = \hat\omega_{nj}^{\gamma_{nj}} \prod_k \hat P_{nk}^{\gamma_{nkj}} / \hat z_{nj},
              \quad \gamma_{nj} + \sum_k \gamma_{nkj} = 1

    Parameters
    ----------
    factor_hat_nj, price_hat_nj, productivity_hat_nj : (N, J), ratio, > 0
        Cost of the bundle of factors, price of sector k's goods, output per unit of input.
    value_added_share_nj, input_share_nkj : (N, J) and (N, K input, J user), share of gross output, [0, 1]
        Factors and goods in the cost of sector j.

    Returns
    -------
    (N, J), ratio
        Homogeneous of degree one in factor costs and prices.

    Notes
    -----
    Cobb-Douglas: shares of cost do not move.

    Source
    ------
    Caliendo and Parro (2015), eq. (10) in changes [caliendoparro2015]. Departure: productivity enters in levels.
    """
    log_inputs_nj = jnp.einsum("nkj,nk->nj", input_share_nkj, jnp.log(price_hat_nj))
    return jnp.exp(value_added_share_nj * jnp.log(factor_hat_nj) + log_inputs_nj) / productivity_hat_nj


def factor_bundle_hat(
    wage_hat_nj: Float[Array, "N J"],
    labour_hat_nj: Float[Array, "N J"],
    land_in_value_added_nj: Float[Array, "N J"],
) -> Float[Array, "N J"]:
    r"""Change of the cost of labour and fixed land together; land's rent moves with the wage bill.

    .. math:: \hat\omega_{nj} = \hat w_{nj} \hat L_{nj}^{\eta_j/(\beta_j+\eta_j)}

    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    return wage_hat_nj * labour_hat_nj**land_in_value_added_nj
