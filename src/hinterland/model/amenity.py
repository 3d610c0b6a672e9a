"""What a place is worth beside real income: amenity, and congestion by those who are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
from jax import Array

if TYPE_CHECKING:
    from jaxtyping import Float


class Amenity(NamedTuple):
    """Worth of a place in the base year: it matters where the base year is no equilibrium of free mobility."""

    amenity_n: Float[Array, "N"]

    def log_worth_n(self, log_people_n: Any) -> Any:
        """Log of amenity."""
        del log_people_n
        return jnp.log(self.amenity_n)

    def after(self, outcome: Any, levers: Any) -> Amenity:
        """One everywhere: a base year that was solved is its own reference, and worth is in where people are."""
        del outcome, levers
        return self._replace(amenity_n=jnp.ones_like(self.amenity_n))


class Congestion(NamedTuple):
    r"""Crowding takes :math:`\chi_n \ln \hat L_n` from the worth of a place.

    Source: Allen and Arkolakis (2014), eq. (2) [allenarkolakis2014]. Departure: none.
    """

    congestion_elasticity_n: Float[Array, "N"]  # chi, >= 0

    def log_worth_n(self, log_people_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of worth."""
        return -self.congestion_elasticity_n * log_people_n
