"""Income: factors, a national or global portfolio of rents, tariff revenue, transfers."""

from __future__ import annotations

from jax import Array
from jaxtyping import Float


def tariff_revenue_n(
    spending_nj: Float[Array, "N J"], market_nj: Float[Array, "N J"], net_market_nj: Float[Array, "N J"]
) -> Float[Array, "N"]:
    r"""Tariffs that region n collects: what is spent less what reaches the sellers.

    .. math:: T_n = \sum_j X_{nj} \left(1 - \sum_i \frac{\pi_{nij}}{1 + t_{nij}}\right)

    The bracket is one less the market's competitiveness net of tariffs over its whole.
    """
    return (spending_nj * (1 - net_market_nj / market_nj)).sum(axis=1)


def income_n(
    value_added_nj: Float[Array, "N J"],
    structures_share_nj: Float[Array, "N J"],
    contribution_share_n: Float[Array, "N"],
    portfolio_share_n: Float[Array, "N"],
    tariff_revenue_n: Float[Array, "N"],
    transfer_n: Float[Array, "N"],
) -> Float[Array, "N"]:
    r"""Income of region n: what is earned there, less rents given to a portfolio, plus its share, tariffs, transfers.

    .. math:: I_n = \sum_j VA_{nj} - c_n \sum_j \xi_{nj} VA_{nj}
              + \iota_n \sum_m c_m \sum_j \xi_{mj} VA_{mj} + T_n + D_n

    Income adds up to value added and tariffs over regions where portfolio shares add up to one and transfers to zero.
    Without structures (xi zero) everybody keeps what he earns.
    Source: Caliendo, Dvorkin and Parro (2019), section 3 [caliendodvorkinparro2019]. Departure: tariffs.
    """
    given_n = contribution_share_n * (structures_share_nj * value_added_nj).sum(axis=1)
    return value_added_nj.sum(axis=1) - given_n + portfolio_share_n * given_n.sum() + tariff_revenue_n + transfer_n
