"""Agglomeration: productivity rises with density at home and in the neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class Density(NamedTuple):
    r"""Gains :math:`\nu_n \ln \hat D_n` in value added by the density of urban residents (of workers, with commuting).

    With monopolistic competition varieties grow with labour, which adds 1/theta to nu.
    Source: Combes and Gobillon (2015), section 2 [combesgobillon2015]. Departure: none.
    """

    agglomeration_elasticity_n: Float[Array, "N"]  # nu

    def log_gain_n(self, log_dense_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of value added per bundle of factors."""
        return self.agglomeration_elasticity_n * log_dense_n

    def now(self, levers: Levers) -> Density:
        """No lever moves it."""
        del levers
        return self


class Neighbourhood(NamedTuple):
    r"""Gains in value added from the mean density of a region's neighbourhood or city cluster.

    .. math:: \nu^{W}_n \ln \sum_i W_{ni} \hat D_i, \quad \sum_i W_{ni} = 1

    Source: Ahlfeldt, Redding, Sturm and Wolf (2015), eq. (10) [ahlfeldt2015]. Departure: weights of the base year.
    """

    neighbour_elasticity_n: Float[Array, "N"]
    neighbour_weight_ni: Float[Array, "N N"]  # of the neighbourhood's density in the base year; adds up to one over i

    def log_gain_n(self, log_dense_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of value added per bundle of factors."""
        return self.neighbour_elasticity_n * jnp.log(self.neighbour_weight_ni @ jnp.exp(log_dense_n))

    def now(self, levers: Levers) -> Neighbourhood:
        """With elasticities and weights of the base year, or the levers'."""
        given = {name: getattr(levers, name) for name in self._fields if getattr(levers, name) is not None}
        return self._replace(**given)

    def after(self, outcome: Any, levers: Levers) -> Neighbourhood:
        """Weights by the density of the outcome."""
        now = self.now(levers)
        weight = now.neighbour_weight_ni * outcome.dense_hat_n[None, :]
        return now._replace(neighbour_weight_ni=weight / weight.sum(axis=1, keepdims=True))
