"""Homes: a share of spending, in fixed or elastic supply; their rents return to residents as income."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class NoHomes(NamedTuple):
    """Neutral: all spending is on goods."""

    @property
    def goods_share_n(self) -> Any:
        """All of it."""
        return 1.0

    @property
    def housing_supply_elasticity_n(self) -> Any:
        """Nothing to supply."""
        return 0.0

    def met(self, levers: Levers) -> NoHomes:
        """Nothing to supply."""
        del levers
        return self

    def now(self, levers: Levers) -> NoHomes:
        """Nothing to supply."""
        del levers
        return self

    def log_rent_n(self, log_spent_n: Float[Array, "N"], log_price_n: Any) -> Float[Array, "N"]:
        """No rent, no change of it."""
        del log_price_n
        return jnp.zeros_like(log_spent_n)

    def log_living_cost_n(self, log_price_n: Float[Array, "N"], log_rent_n: Any) -> Float[Array, "N"]:
        """Log price of goods."""
        del log_rent_n
        return log_price_n


class Homes(NamedTuple):
    r"""Spending on homes is a share of income, :math:`1 - \alpha_n`; supply answers to rents with elasticity delta.

    .. math:: \hat Q_n = (\hat Y_n \hat P_n^{\delta_n b_n})^{1/(1+\delta_n)}

    with Y what residents spend. Homes are built of goods, so supply answers to rents over the price of goods (b = 1)
    and nothing depends on the unit of account. With b = 0 it answers to nominal rents, as published: welfare then
    depends on the numeraire.
    Source: Monte, Redding and Rossi-Hansberg (2018), eq. (15) [monte2018]. Departure: b.
    """

    goods_share_n: Float[Array, "N"]  # alpha
    housing_supply_elasticity_n: Float[Array, "N"]  # delta; zero: fixed
    building_goods_share_n: Float[Array, "N"]  # b

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """Fixed supply; homes are built of goods."""
        count = len(given["value_added_nj"])
        return {"housing_supply_elasticity_n": np.zeros(count), "building_goods_share_n": np.ones(count)}

    def met(self, levers: Levers) -> MetHomes:
        """Homes with the lever's supply. What taxes take is spent on homes as those who pay would have spent it."""
        supply = 1.0 if levers.homes_hat_n is None else levers.homes_hat_n
        return MetHomes(*self.now(levers), jnp.broadcast_to(supply, self.goods_share_n.shape))

    def now(self, levers: Levers) -> Homes:
        """With the elasticity of the base year, or the lever's."""
        delta = levers.housing_supply_elasticity_n
        return self if delta is None else self._replace(housing_supply_elasticity_n=delta)

    def after(self, outcome: Any, levers: Levers) -> Homes:
        """Supply answers as it does now."""
        del outcome
        return self.now(levers)

    def log_rent_n(self, log_spent_n: Float[Array, "N"], log_price_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of the price of homes, from the changes of what is spent on them and of the price of goods."""
        delta = self.housing_supply_elasticity_n
        return (log_spent_n + delta * self.building_goods_share_n * log_price_n) / (1 + delta)

    def log_living_cost_n(self, log_price_n: Float[Array, "N"], log_rent_n: Float[Array, "N"]) -> Float[Array, "N"]:
        r"""Log change of the consumer price index with homes, :math:`\hat P_n^{\alpha_n} \hat Q_n^{1-\alpha_n}`."""
        return self.goods_share_n * log_price_n + (1 - self.goods_share_n) * log_rent_n


class MetHomes(NamedTuple):
    r"""Homes of a counterfactual: more stand at given rents, land for towns.

    .. math:: \hat Q_n = (\hat Y_n \hat P_n^{\delta_n b_n} / \hat H_n)^{1/(1+\delta_n)}
    """

    goods_share_n: Float[Array, "N"]
    housing_supply_elasticity_n: Float[Array, "N"]
    building_goods_share_n: Float[Array, "N"]
    homes_hat_n: Float[Array, "N"]  # H, over the base year

    @property
    def homes(self) -> Homes:
        """As in the base year."""
        return Homes(*self[:-1])

    def log_rent_n(self, log_spent_n: Float[Array, "N"], log_price_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of the price of homes."""
        return self.homes.log_rent_n(log_spent_n - jnp.log(self.homes_hat_n), log_price_n)

    def log_living_cost_n(self, log_price_n: Float[Array, "N"], log_rent_n: Float[Array, "N"]) -> Float[Array, "N"]:
        """Log change of the consumer price index with homes."""
        return self.homes.log_living_cost_n(log_price_n, log_rent_n)
