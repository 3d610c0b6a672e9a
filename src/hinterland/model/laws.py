"""Laws of motion: how people and capital of one period become those of the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
from jax import Array
from jax.nn import softmax
from jax.scipy.special import logsumexp

from hinterland.model.cells import Cells

if TYPE_CHECKING:
    from jaxtyping import Float


def appeal_ni(
    value_i: Float[Array, "N"], cost_ni: Float[Array, "N N"], patience: float, scale: float
) -> Float[Array, "N N"]:
    r"""What going from n to i offers, in units of taste draws: :math:`(\beta v'_i - \ln \kappa_{ni}) / \rho`."""
    return (patience * value_i[None, :] - jnp.log(cost_ni)) / scale


def moving_share_ni(
    value_i: Float[Array, "N"], cost_ni: Float[Array, "N N"], patience: float, scale: float
) -> Float[Array, "N N"]:
    r"""Share of the people of n who go to i, where the next period is worth v'.

    .. math:: D_{ni} = \frac{(e^{\beta v'_i} / \kappa_{ni})^{1/\rho}}{\sum_m (e^{\beta v'_m} / \kappa_{nm})^{1/\rho}}

    Source: Kleinman, Liu and Redding (2023), section 2 [kleinman2023]. Departure: none.
    """
    return softmax(appeal_ni(value_i, cost_ni, patience, scale), axis=1)


def option_value_n(
    value_i: Float[Array, "N"], cost_ni: Float[Array, "N N"], patience: float, scale: float
) -> Float[Array, "N"]:
    r"""What it is worth to be in n and free to go, :math:`\rho \ln \sum_i (e^{\beta v'_i} / \kappa_{ni})^{1/\rho}`."""
    return scale * logsumexp(appeal_ni(value_i, cost_ni, patience, scale), axis=1)


def gradual_gc(share_gc: Any, wanted_gc: Any, among: float, inside: float, cells: Cells) -> Any:
    r"""Where groups are a year later: some choose anew among all regions, some inside the one where they are.

    .. math:: m'_{gc} = (1 - \lambda_x - \lambda_{in}) m_{gc} + \lambda_x d_{gc}
              + \lambda_{in} m_{gn} \frac{d_{gc}}{d_{gn}}

    with m where they are and d what all would choose at this year's wages and prices, (G, C) each; at rest they agree.
    Serves NumPy and jax alike.
    """
    here_gn, there_gn = cells.by_region(share_gc), cells.by_region(wanted_gc)
    again_gn = here_gn / (there_gn + (there_gn <= 0))
    return (
        (1 - among - inside) * share_gc
        + among * wanted_gc
        + inside * wanted_gc * again_gn.repeat(cells.per_region, axis=1)
    )


def moved_i(people_n: Float[Array, "N"], moving_share_ni: Float[Array, "N N"]) -> Float[Array, "N"]:
    r"""People of the next period, :math:`L'_i = \sum_n L_n D_{ni}`."""
    return people_n @ moving_share_ni


def saved_n(capital_n: Float[Array, "N"], return_n: Float[Array, "N"], patience: float) -> Float[Array, "N"]:
    r"""Capital of the next period where owners look ahead and their utility is logarithmic.

    .. math:: K'_n = \beta R_n K_n, \quad R_n = 1 - \delta + r_n / P_n

    What they leave of capital and its return is their saving, whatever they expect.
    Source: Kleinman, Liu and Redding (2023), section 2 [kleinman2023]. Departure: none.
    """
    return patience * return_n * capital_n
