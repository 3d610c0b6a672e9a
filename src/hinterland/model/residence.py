"""Free mobility: people go where utility is highest until it is the same everywhere in their zone."""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array
from jaxtyping import Float


def utility_n(
    income_n: Float[Array, "N"],
    base_income_n: Float[Array, "N"],
    people_hat_n: Float[Array, "N"],
    price_hat_n: Float[Array, "N"],
    amenity_n: Float[Array, "N"],
    goods_share_n: Float[Array, "N"],
) -> Float[Array, "N"]:
    r"""Worth of living in n: amenity times real income per head, with goods and homes in its price.

    .. math:: u_n = a_n (\hat I_n / \hat L_n) \hat P_n^{-\alpha_n} \hat Q_n^{-(1-\alpha_n)}, \quad \hat Q_n = \hat I_n

    Homes are in fixed supply, so their price moves with what is spent on them.
    Source: Redding and Rossi-Hansberg (2017), section 3 [reddingrossihansberg2017]. Departure: in changes.
    """
    income_hat = income_n / base_income_n
    living_cost = price_hat_n**goods_share_n * income_hat ** (1 - goods_share_n)
    return amenity_n * income_hat / people_hat_n / living_cost


def zone_sum_n(value_n: Float[Array, "N"], zone_n: Float[Array, "N"]) -> Float[Array, "N"]:
    """Sum over the regions of n's zone, between which people move freely; alone where nobody can move."""
    label = zone_n.astype(int)
    total = jnp.zeros(zone_n.size + 1).at[label].add(value_n)[label]
    return jnp.where(label > 0, total, value_n)


def pull_n(
    utility_n: Float[Array, "N"], people_now_n: Float[Array, "N"], zone_n: Float[Array, "N"]
) -> Float[Array, "N"]:
    """Log utility over the mean of the zone: where it is positive people come. Zero where nobody can move."""
    log_utility = jnp.log(utility_n)
    mean = zone_sum_n(people_now_n * log_utility, zone_n) / zone_sum_n(people_now_n, zone_n)
    return log_utility - mean


def crowding_n(
    people_now_n: Float[Array, "N"], people_n: Float[Array, "N"], zone_n: Float[Array, "N"]
) -> Float[Array, "N"]:
    """Log of the people of the zone over those of the base year; zero, for nobody is born or lost."""
    return jnp.log(zone_sum_n(people_now_n, zone_n) / zone_sum_n(people_n, zone_n))
