"""Goods markets: what regions earn equals what all regions spend on their goods."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def income_n(
    revenue_nj: Float[Array, "N J"], labour_share_j: Float[Array, "J"], land_share_j: Float[Array, "J"]
) -> Float[Array, "N"]:
    """Spending on goods by residents of n: value added, since housing rents return to them as income."""
    return (revenue_nj * (labour_share_j + land_share_j)[None, :]).sum(axis=1)


def spending_nj(
    revenue_nj: Float[Array, "N J"],
    final_share_j: Float[Array, "J"],
    labour_share_j: Float[Array, "J"],
    land_share_j: Float[Array, "J"],
    input_share_jk: Float[Array, "J J"],
) -> Float[Array, "N J"]:
    r"""Spending of region n on sector j, final and as input.

    .. math:: X_{nj} = \alpha\epsilon_j I_n + \sum_k (1-\beta_k-\eta_k)\gamma_{kj} R_{nk},
              \quad \alpha I_n = \sum_k (\beta_k+\eta_k) R_{nk}

    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    goods_n = income_n(revenue_nj, labour_share_j, land_share_j)
    materials_nk = revenue_nj * (1 - labour_share_j - land_share_j)[None, :]
    return goods_n[:, None] * final_share_j[None, :] + materials_nk @ input_share_jk


def sales_nj(share_nij: Float[Array, "N N J"], spending_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
    r"""Sales of region i's sector j to all regions, :math:`\sum_n \pi_{nij} X_{nj}`."""
    return jnp.einsum("nij,nj->ij", share_nij, spending_nj)
