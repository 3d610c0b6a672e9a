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


def same_zone_nm(zone_n: Float[Array, "N"]) -> Float[Array, "N N"]:
    """One where people move freely between n and m, else zero."""
    same = (zone_n[:, None] == zone_n[None, :]) & (zone_n[:, None] > 0)
    return jnp.where(same, 1.0, 0.0)


def pull_n(
    utility_n: Float[Array, "N"], people_now_n: Float[Array, "N"], same_zone_nm: Float[Array, "N N"]
) -> Float[Array, "N"]:
    """Log utility over the mean of the zone: where it is positive people come. Zero where nobody can move."""
    log_utility, moving = jnp.log(utility_n), jnp.diagonal(same_zone_nm) > 0
    settled = jnp.where(moving, same_zone_nm @ people_now_n, 1.0)
    mean = same_zone_nm @ (people_now_n * log_utility) / settled
    return jnp.where(moving, log_utility - mean, 0.0)


def crowding_n(
    people_now_n: Float[Array, "N"], people_n: Float[Array, "N"], same_zone_nm: Float[Array, "N N"]
) -> Float[Array, "N"]:
    """Log of the people of a zone over those of the base year; zero, for nobody is born or lost. Of the place itself
    where nobody can move.
    """
    moving = jnp.diagonal(same_zone_nm) > 0
    now, then = (jnp.where(moving, same_zone_nm @ people, people) for people in (people_now_n, people_n))
    return jnp.log(now / then)
