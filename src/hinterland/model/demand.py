"""Final demand: Cobb-Douglas, or non-homothetic with constant elasticity of substitution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

if TYPE_CHECKING:
    from jaxtyping import Float


class CobbDouglas(NamedTuple):
    """Neutral: shares of final spending do not move."""

    final_share_nj: Float[Array, "N J"]

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """The same share for each sector."""
        added = given["value_added_nj"]
        return {"final_share_nj": np.full_like(added, 1 / added.shape[1])}

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """None."""
        del shape
        return {}

    def share_nj(self, unknown: Any, log_price_nj: Any) -> Any:
        """Share of final spending by sector: that of the base year."""
        del unknown, log_price_nj
        return self.final_share_nj

    def log_consumer_price_n(self, unknown: Any, log_price_nj: Float[Array, "N J"]) -> Float[Array, "N"]:
        r"""Log change of the consumer price index of goods, :math:`\sum_j \alpha_{nj} \ln \hat P_{nj}`."""
        del unknown
        return (self.final_share_nj * log_price_nj).sum(axis=1)

    def residuals(self, unknown: Any, log_price_nj: Any, log_expense_n: Any) -> dict[str, Any]:
        """None."""
        del unknown, log_price_nj, log_expense_n
        return {}


class NonHomotheticCES(NamedTuple):
    r"""Richer consumers spend on other things: Engel curves that never flatten.

    .. math:: \hat E_n = \Big(\sum_j s_{nj} \hat P_{nj}^{1-\sigma} \hat C_n^{\epsilon_j (1-\sigma)}\Big)^{1/(1-\sigma)}

    with E spending per head, C real consumption per head, an unknown. Spending on j rises with all spending by the
    elasticity sigma + (1 - sigma) epsilon_j / mean(epsilon): with sigma below one the sectors with the higher epsilon
    are those of the rich. With all epsilon at one it is the homothetic CES. At sigma = 1 it has a limit only where they
    are equal, which is Cobb-Douglas: the door says so. The scale of epsilon is that of ln C: where its mean is one, a
    small change of ln C is that of spending at the prices of the base year.

    What taxes take is spent as those who pay would have spent it: E is what a place spends, taxed or not, and a tax
    that all feel alike moves no price.

    Households alone choose so. Where others spend as well, governments and investors, households have the share h of
    final spending in the base year with shares s of their own, and others keep their shares:

    .. math:: \alpha_{nj}' = \alpha_{nj} + h_n (s_{nj}' - s_{nj})

    Source: Comin, Lashkari and Mestieri (2021), section 2 [comin2021]. Departure: in changes; others beside households.
    """

    final_share_nj: Float[Array, "N J"]  # of the base year, all who spend
    income_elasticity_j: Float[Array, "J"]  # epsilon, > 0, of real consumption to the sector's own
    substitution_elasticity: Float[Array, ""]  # sigma, scalar, > 0, not one
    consumption_part_n: Float[Array, "N"] | None = None  # h, households in final spending; None: all of it
    consumption_share_nj: Float[Array, "N J"] | None = None  # s, of households; None: those of all

    @property
    def own_share_nj(self) -> Any:
        """Shares of households' spending in the base year."""
        return self.final_share_nj if self.consumption_share_nj is None else self.consumption_share_nj

    @property
    def households_n(self) -> Any:
        """Share of households in final spending."""
        return 1.0 if self.consumption_part_n is None else self.consumption_part_n[:, None]

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log real consumption per head, by region."""
        return {"log_consumption_n": shape[:1]}

    def weight_nj(self, unknown: Any, log_price_nj: Float[Array, "N J"]) -> Any:
        """The terms of the sum."""
        richer = self.income_elasticity_j[None, :] * unknown["log_consumption_n"][:, None]
        return self.own_share_nj * jnp.exp((1 - self.substitution_elasticity) * (log_price_nj + richer))

    def share_nj(self, unknown: Any, log_price_nj: Float[Array, "N J"]) -> Any:
        """Share of final spending by sector; adds up to one."""
        weight = self.weight_nj(unknown, log_price_nj)
        return self.final_share_nj + self.households_n * (
            weight / weight.sum(axis=1, keepdims=True) - self.own_share_nj
        )

    def log_expense_n(self, weight_nj: Float[Array, "N J"]) -> Float[Array, "N"]:
        """Log spending per head that buys real consumption."""
        return jnp.log(weight_nj.sum(axis=1)) / (1 - self.substitution_elasticity)

    def log_consumer_price_n(self, unknown: Any, log_price_nj: Float[Array, "N J"]) -> Any:
        """Log change of spending over real consumption."""
        return self.log_expense_n(self.weight_nj(unknown, log_price_nj)) - unknown["log_consumption_n"]

    def residuals(self, unknown: Any, log_price_nj: Any, log_expense_n: Float[Array, "N"]) -> dict[str, Any]:
        """Log spending per head over what real consumption costs, in units of real consumption."""
        weight = self.weight_nj(unknown, log_price_nj)
        slope = (weight * self.income_elasticity_j[None, :]).sum(axis=1) / weight.sum(axis=1)
        return {"log_consumption_n": (log_expense_n - self.log_expense_n(weight)) / slope}

    def after(self, outcome: Any, levers: Any) -> NonHomotheticCES:
        """Shares of the outcome's final spending, and of households'."""
        del levers
        share = outcome.final_nj / outcome.final_nj.sum(axis=1, keepdims=True)
        if self.consumption_share_nj is None:
            return self._replace(final_share_nj=share)
        weight = self.weight_nj({"log_consumption_n": outcome.log_consumption_n}, jnp.log(outcome.price_hat_nj))
        own = weight / weight.sum(axis=1, keepdims=True)
        return self._replace(final_share_nj=share, consumption_share_nj=own)
