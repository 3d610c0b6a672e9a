"""Income beside what is earned: rents given to a portfolio that all regions own, and transfers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class LocalRents(NamedTuple):
    """Neutral: rents stay with the residents of the region."""

    def given_n(self, rent_n: Any, people_hat_n: Any) -> Any:
        """Nothing is given or received."""
        del rent_n, people_hat_n
        return 0.0


class Portfolio(NamedTuple):
    """Part of a region's rents goes into a fund; people carry their share of it along when they move."""

    contribution_share_n: Float[Array, "N"]  # of a region's rents
    portfolio_share_n: Float[Array, "N"]  # of the fund in the base year; adds up to one

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """All rents go into the fund."""
        return {"contribution_share_n": np.ones(len(given["value_added_nj"]))}

    def given_n(self, rent_n: Float[Array, "N"], people_hat_n: Float[Array, "N"]) -> Float[Array, "N"]:
        r"""Received less given, :math:`\iota_n \hat L_n / \sum_m \iota_m \hat L_m \sum_m c_m r_m - c_n r_n`.

        Adds up to zero.
        Source: Caliendo, Parro, Rossi-Hansberg and Sarte (2018), section 2
        [caliendoparrorossihansbergsarte2018]. Departure: none.
        """
        owned = self.portfolio_share_n * people_hat_n
        given = self.contribution_share_n * rent_n
        return owned / owned.sum() * given.sum() - given

    def after(self, outcome: Any, levers: Levers) -> Portfolio:
        """Shares of the fund that people have carried along."""
        del levers
        owned = self.portfolio_share_n * outcome.people_hat_n
        return self._replace(portfolio_share_n=owned / owned.sum())


class NoTransfers(NamedTuple):
    """Neutral: none in the base year; a counterfactual may set some."""

    def received_n(self, levers: Levers) -> Any:
        """The lever's."""
        return 0.0 if levers.transfer_n is None else levers.transfer_n

    def more_n(self, levers: Levers) -> Any:
        """All of them are more than in the base year."""
        return self.received_n(levers)

    def after(self, outcome: Any, levers: Levers) -> NoTransfers | Transfers:
        """Those that stand."""
        del outcome
        return self if levers.transfer_n is None else Transfers(levers.transfer_n)


class Transfers(NamedTuple):
    """Deficits and transfers of the base year, in the currency of value added; the lever holds the new ones."""

    transfer_n: Float[Array, "N"]  # adds up to zero

    def received_n(self, levers: Levers) -> Any:
        """Those of the base year, or the lever's."""
        return self.transfer_n if levers.transfer_n is None else levers.transfer_n

    def more_n(self, levers: Levers) -> Any:
        """What is received more than in the base year."""
        return self.received_n(levers) - self.transfer_n

    def after(self, outcome: Any, levers: Levers) -> Transfers:
        """Those that stand."""
        del outcome
        return Transfers(self.received_n(levers))
