"""Capital: where it is, or footloose between regions and sectors by what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class NoCapital(NamedTuple):
    """Neutral: structures (and land) are the only factor beside labour."""

    @property
    def capital_share_nj(self) -> Any:
        """None in value added."""
        return 0.0

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """None."""
        del shape
        return {}

    def log_stock_nj(self, unknown: Any) -> Any:
        """No change."""
        del unknown
        return 0.0

    def received_n(self, capital_income_nj: Any) -> Any:
        """Nothing."""
        del capital_income_nj
        return 0.0

    def residuals(self, unknown: Any, growth_hat_nj: Any, levers: Levers) -> dict[str, Any]:
        """None."""
        del unknown, growth_hat_nj, levers
        return {}


class Capital(NamedTuple):
    r"""Owners place their wealth by returns, with extreme-value draws.

    .. math:: \hat K_{nj} \propto (\hat\omega^K_{nj} \hat r_{nj})^{\epsilon_K}, \quad
              \hat r_{nj} = \widehat{VA}_{nj} / \hat K_{nj}, \quad \sum_{nj} K_{nj} \hat K_{nj} = \sum_{nj} K_{nj}

    The sum runs over a pool within which capital moves; in pool zero it stays. epsilon zero is immobile capital, a
    large epsilon equalises returns. Where factors move freely between a region's sectors, so does its capital, and it
    has one share in all of them. Income goes to owners by region.
    Source: Kleinman, Liu and Redding (2023), section 2 [kleinman2023]. Departure: one elasticity over all places.
    """

    capital_share_nj: Float[Array, "N J"]  # of value added
    capital_nj: Float[Array, "N J"]  # stock of the base year, any unit
    capital_elasticity: Float[Array, ""]  # epsilon_K, scalar
    capital_pool_n: Float[Array, "N"]  # capital moves between regions of the same positive number
    ownership_ni: Float[
        Array, "N N"
    ]  # (N owner, N place): share of the income of capital in i; adds up to one over owners

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """One return in the base year, one pool, owners at home."""
        added = given["value_added_nj"]
        return {
            "capital_nj": given.get("capital_share_nj", 1.0) * added,
            "capital_pool_n": np.ones(len(added)),
            "ownership_ni": np.eye(len(added)),
        }

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log change of the stock."""
        return {"log_capital_nj": shape}

    def log_stock_nj(self, unknown: Any) -> Any:
        """Log change of the stock."""
        return unknown["log_capital_nj"]

    def received_n(self, capital_income_nj: Float[Array, "N J"]) -> Float[Array, "N"]:
        """Income of owners less what leaves the place; adds up to zero."""
        earned = capital_income_nj.sum(axis=1)
        return self.ownership_ni @ earned - earned

    def residuals(self, unknown: Any, growth_hat_nj: Float[Array, "N J"], levers: Levers) -> dict[str, Any]:
        """Log distance of the stock from where owners want it.

        The return falls with the stock, so the stock goes with what is kept to the power epsilon / (1 + epsilon).
        """
        wedge = 1.0 if levers.return_wedge_hat_nj is None else levers.return_wedge_hat_nj
        power = self.capital_elasticity / (1 + self.capital_elasticity)
        wanted = (wedge * growth_hat_nj) ** power
        total_n = pool_sum_n((self.capital_nj * wanted).sum(axis=1), self.capital_pool_n)
        scale_n = pool_sum_n(self.capital_nj.sum(axis=1), self.capital_pool_n) / total_n
        stays = (self.capital_pool_n <= 0)[:, None]
        target = jnp.where(stays, 0.0, jnp.log(wanted * scale_n[:, None]))
        return {"log_capital_nj": target - unknown["log_capital_nj"]}

    def after(self, outcome: Any, levers: Levers) -> Capital:
        """Stocks where they have gone."""
        del levers
        return self._replace(capital_nj=self.capital_nj * np.exp(outcome.log_capital_nj))


def pool_sum_n(value_n: Float[Array, "N"], label_n: Float[Array, "N"]) -> Float[Array, "N"]:
    """Sum over the regions with the same positive number as n; those numbered zero stand alone."""
    label = label_n.astype(int)
    total = jnp.zeros(label_n.size + 1).at[label].add(value_n)[label]
    return jnp.where(label > 0, total, value_n)
