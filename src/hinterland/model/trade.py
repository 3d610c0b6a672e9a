"""Trade between regions: constant-elasticity gravity, in changes or in levels.

Eaton-Kortum, Armington and monopolistic competition are relabellings: theta is the Frechet shape, or sigma - 1; where
varieties grow with labour, `agglomeration.py` adds 1/theta to the gain from density.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax.numpy as jnp
from jax import Array

if TYPE_CHECKING:
    from jaxtyping import Float


class Trade(NamedTuple):
    """Shares of the base year; in levels, cost to the power -theta stands in their place."""

    trade_share_nij: Float[Array, "N N J"]  # (N destination, N origin, J) of spending, tariffs included
    trade_elasticity_j: Float[Array, "J"]


def kernel_jni(
    share_nij: Float[Array, "N N J"], barrier_hat_nij: Float[Array, "N N J"] | None, theta_j: Float[Array, "J"]
) -> Float[Array, "J N N"]:
    r"""Base share times the change of barriers, :math:`\pi_{nij} \hat\tau_{nij}^{-\theta_j}`: what no price moves.

    Sector first, so that a step is a product of matrix and vector; without a change of barriers it is the share.
    """
    kernel = share_nij if barrier_hat_nij is None else share_nij * barrier_hat_nij ** -theta_j[None, None, :]
    return jnp.moveaxis(kernel, 2, 0)


def market_nj(kernel_jni: Float[Array, "J N N"], strength_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
    r"""Competitiveness of all origins in market n, :math:`M_{nj} = \sum_i K_{jni} s_{ij}`.

    In a large world the shares are never formed on the way.
    """
    if kernel_jni.shape[0] == 1:  # a plain product runs at the speed of memory, a batch of one at a tenth of it
        return (kernel_jni[0] @ strength_nj[:, 0])[:, None]
    return jnp.einsum("jni,ij->nj", kernel_jni, strength_nj)


def strength_nj(log_cost_nj: Float[Array, "N J"], theta_j: Float[Array, "J"]) -> Float[Array, "N J"]:
    r"""Competitiveness of an origin, :math:`s_{ij} = \hat c_{ij}^{-\theta_j}`."""
    return jnp.exp(-theta_j[None, :] * log_cost_nj)


def log_price_nj(market_nj: Float[Array, "N J"], theta_j: Float[Array, "J"]) -> Float[Array, "N J"]:
    r"""Log change of the price index of sector j in region n.

    .. math:: \hat P_{nj} = (\sum_i \pi_{nij} (\hat\tau_{nij} \hat c_{ij})^{-\theta_j})^{-1/\theta_j}

    Source: Dekle, Eaton and Kortum (2008) [dekle2008]. Departure: none.
    """
    return -jnp.log(market_nj) / theta_j[None, :]


def share_nij(
    kernel_jni: Float[Array, "J N N"], strength_nj: Float[Array, "N J"], market_nj: Float[Array, "N J"]
) -> Float[Array, "N N J"]:
    """Share of region n's spending on sector j that goes to goods from i; adds up to one over origins."""
    return jnp.moveaxis(kernel_jni, 0, 2) * strength_nj[None] / market_nj[:, None]


def sold_nj(
    net_kernel_jni: Float[Array, "J N N"],
    strength_nj: Float[Array, "N J"],
    market_nj: Float[Array, "N J"],
    spending_nj: Float[Array, "N J"],
) -> Float[Array, "N J"]:
    r"""Sales of region i net of tariffs, :math:`s_{ij} \sum_n K_{jni} X_{nj} / ((1 + t_{nij}) M_{nj})`."""
    per_market_nj = spending_nj / market_nj
    if net_kernel_jni.shape[0] == 1:
        return strength_nj * (per_market_nj[:, 0] @ net_kernel_jni[0])[:, None]
    return strength_nj * jnp.einsum("jni,nj->ij", net_kernel_jni, per_market_nj)
