"""Goods markets: what regions earn equals what all regions spend on their goods."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def spending_nj(
    income_n: Float[Array, "N"],
    revenue_nj: Float[Array, "N J"],
    final_share_nj: Float[Array, "N J"],
    input_share_nkj: Float[Array, "N J J"],
) -> Float[Array, "N J"]:
    r"""Spending of region n on sector k, final and as input.

    .. math:: X_{nk} = \alpha_{nk} I_n + \sum_j \gamma_{nkj} R_{nj}

    Income is what is spent on goods, in the unit of revenue; shares of final spending add up to one over sectors.
    Source: Caliendo and Parro (2015), eq. (8) [caliendoparro2015]. Departure: none.
    """
    materials_nk = jnp.einsum("nkj,nj->nk", input_share_nkj, revenue_nj)
    return income_n[:, None] * final_share_nj + materials_nk


def sales_nj(net_share_nij: Float[Array, "N N J"], spending_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
    r"""Sales of region i's sector j to all regions, :math:`\sum_n \pi_{nij} X_{nj} / (1 + t_{nij})`.

    `net_share_nij` is the share of spending that reaches the seller, after tariffs.
    """
    return jnp.einsum("nij,nj->ij", net_share_nij, spending_nj)
