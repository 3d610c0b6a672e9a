"""Migration by hukou origin: extreme-value draws, iceberg costs, in changes."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def share_gc(
    base_share_gc: Float[Array, "G C"],
    value_hat_c: Float[Array, "C"],
    cost_hat_gc: Float[Array, "G C"],
    rebate_hat_g: Float[Array, "G"],
    kappa: Float[Array, ""],
) -> Float[Array, "G C"]:
    r"""Share of group g that works in cell c.

    .. math:: m'_{gc} = m_{gc} v_{gc} / \sum_{c'} m_{gc'} v_{gc'},
              \quad v_{gc} = (\hat V_c \hat\delta_{gc} / \hat\mu_{gc})^\kappa

    The rebate is one except at home (group g's own cell). Rows add up to one.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: none.
    """
    gain_gc = value_hat_c[None, :] / cost_hat_gc
    gain_gc = gain_gc * (1 + jnp.diag(rebate_hat_g - 1))
    weight_gc = base_share_gc * gain_gc**kappa
    return weight_gc / weight_gc.sum(axis=1, keepdims=True)
