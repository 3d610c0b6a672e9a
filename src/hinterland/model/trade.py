"""Trade between regions: Eaton and Kortum in changes."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def kernel_nij(
    share_nij: Float[Array, "N N J"], trade_cost_hat_nij: Float[Array, "N N J"], theta_j: Float[Array, "J"]
) -> Float[Array, "N N J"]:
    r"""Base share times the change of barriers, :math:`\pi_{nij} \hat\tau_{nij}^{-\theta_j}`: what no price moves."""
    return share_nij * trade_cost_hat_nij ** -theta_j[None, None, :]


def weight_nij(
    kernel_nij: Float[Array, "N N J"], cost_hat_nj: Float[Array, "N J"], theta_j: Float[Array, "J"]
) -> Float[Array, "N N J"]:
    r"""Competitiveness of i's goods in n, :math:`\pi_{nij} (\hat\tau_{nij} \hat c_{ij})^{-\theta_j}`.

    Monopolistic competition and Armington are relabellings: theta is sigma - 1.
    """
    return kernel_nij * (cost_hat_nj ** -theta_j[None, :])[None, :, :]


def price_hat_nj(weight_nij: Float[Array, "N N J"], theta_j: Float[Array, "J"]) -> Float[Array, "N J"]:
    r"""Change of the price index of sector j in region n.

    .. math:: \hat P_{nj} = (\sum_i \pi_{nij} (\hat\tau_{nij} \hat c_{ij})^{-\theta_j})^{-1/\theta_j}

    Source: Dekle, Eaton and Kortum (2008) [dekle2008]. Departure: none.
    """
    return weight_nij.sum(axis=1) ** (-1 / theta_j)[None, :]


def share_nij(weight_nij: Float[Array, "N N J"]) -> Float[Array, "N N J"]:
    """Share of region n's spending on sector j that goes to goods from i; adds up to one over origins."""
    return weight_nij / weight_nij.sum(axis=1, keepdims=True)


def market_nj(kernel_jni: Float[Array, "J N N"], strength_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
    r"""Competitiveness of all origins in market n, :math:`\sum_i K_{jni} s_{ij}`; its power -1/theta is the price.

    A product of a matrix and a vector for each sector: in a large world the shares are never formed on the way.
    """
    return jnp.einsum("jni,ij->nj", kernel_jni, strength_nj)


def sold_nj(
    net_kernel_jni: Float[Array, "J N N"],
    strength_nj: Float[Array, "N J"],
    market_nj: Float[Array, "N J"],
    spending_nj: Float[Array, "N J"],
) -> Float[Array, "N J"]:
    r"""Sales of region i net of tariffs, :math:`s_{ij} \sum_n K_{jni} X_{nj} / ((1 + t_{nij}) M_{nj})`."""
    return strength_nj * jnp.einsum("jni,nj->ij", net_kernel_jni, spending_nj / market_nj)
