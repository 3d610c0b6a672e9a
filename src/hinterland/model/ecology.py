"""Ecology: a region carries only so many people; where that binds, a price keeps others out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class NoLimit(NamedTuple):
    """Neutral: room for everybody."""

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """None."""
        del shape
        return {}

    def log_worth_n(self, unknown: Any) -> Any:
        """No price."""
        del unknown
        return 0.0

    def residuals(self, unknown: Any, people_n: Any, log_people_n: Any, levers: Levers) -> dict[str, Any]:
        """None."""
        del unknown, people_n, log_people_n, levers
        return {}


class Capacity(NamedTuple):
    r"""People :math:`L_n \le \bar L_n`, with a multiplier :math:`\psi_n \ge 0` that is zero where there is room.

    .. math:: 0 \le \psi_n \perp \ln \bar L_n - \ln L_n \ge 0

    The multiplier is the log price of entry in units of real income (a queue, a quota): it takes exp(-psi) of the worth
    of the place and nobody receives it. Complementarity is a condition like any other, solved and not clipped.
    """

    capacity_n: Float[Array, "N"]  # people; infinite: no limit
    entry_price_n: Float[Array, "N"]  # multiplier of the base year, which its choices have seen already

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """Room for more in the base year."""
        return {"entry_price_n": np.zeros(len(given["value_added_nj"]))}

    def now_n(self, levers: Levers) -> Any:
        """Capacity of the base year, or the lever's."""
        return self.capacity_n if levers.capacity_n is None else levers.capacity_n

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """The multiplier."""
        return {"multiplier_n": shape[:1]}

    def log_worth_n(self, unknown: Any) -> Float[Array, "N"]:
        """What the price of entry takes, over the base year."""
        return self.entry_price_n - jnp.maximum(unknown["multiplier_n"], 0.0)

    def residuals(
        self, unknown: Any, people_n: Float[Array, "D"], log_people_n: Float[Array, "N"], levers: Levers
    ) -> dict[str, Any]:
        """Natural residual of the complementarity, :math:`\\max(0, \\psi + \\ln L - \\ln\\bar L) - \\psi`."""
        capacity = self.now_n(levers)
        multiplier, domestic = unknown["multiplier_n"], people_n.shape[0]
        fullness = log_people_n[:domestic] + jnp.log(people_n / capacity[:domestic])
        target = jnp.maximum(0.0, multiplier[:domestic] + fullness)
        return {"multiplier_n": jnp.pad(target, (0, multiplier.shape[0] - domestic)) - multiplier}

    def after(self, outcome: Any, levers: Levers) -> Capacity:
        """The capacity that stands, and the price of entry that choices have seen."""
        return Capacity(self.now_n(levers), outcome.multiplier_n)
