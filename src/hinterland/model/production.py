"""Production: a bundle of labour, structures and capital, and inputs from every sector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

if TYPE_CHECKING:
    from jaxtyping import Float


class Production(NamedTuple):
    """Value added of the base year and what earns it. Structures (and land) stay where they are."""

    value_added_nj: Float[Array, "N J"]  # any currency
    structures_share_nj: Float[Array, "N J"]  # rents of structures and land in value added
    base_income_n: Float[Array, "N"]  # income of the base year, of which utility counts the change per head
    one_wage_n: Float[Array, "N"] | None = None  # one where factors move freely between sectors; None: everywhere

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """No structures; income is filled in when all blocks are known."""
        added = given["value_added_nj"]
        return {"structures_share_nj": np.zeros_like(added), "base_income_n": added.sum(axis=1)}

    def after(self, outcome: Any, levers: Any) -> Production:
        """Value added and income of the outcome."""
        del levers
        return self._replace(value_added_nj=outcome.earned_nj, base_income_n=outcome.income_n)


class NoInputs(NamedTuple):
    """Neutral: value added is all of output, so prices follow from the cost of factors."""

    @property
    def value_added_share_nj(self) -> Any:
        """All of output."""
        return 1.0

    def log_unit_cost_nj(self, log_factor_nj: Any, log_price_nj: Any) -> Any:
        """Log cost of factors."""
        del log_price_nj
        return log_factor_nj

    def earned_nj(self, revenue_nj: Any) -> Any:
        """Everything that is sold."""
        return revenue_nj

    def revenue_nj(self, earned_nj: Any) -> Any:
        """What is sold so that factors earn this."""
        return earned_nj

    def bought_nj(self, revenue_nj: Any) -> Any:
        """Nothing."""
        del revenue_nj
        return 0.0


class Inputs(NamedTuple):
    """Cobb-Douglas shares of cost."""

    value_added_share_nj: Float[Array, "N J"]  # factors in the cost of output
    income_share_nj: Float[Array, "N J"]  # factors in revenue: the same, but for the rounding of published tables
    input_share_nkj: Float[Array, "N J J"]  # (N, K input, J user) of the cost of output

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """What inputs leave of cost is value added, and factors earn what they cost."""
        if "input_share_nkj" not in given:
            return {}
        added = given.get("value_added_share_nj", 1 - given["input_share_nkj"].sum(axis=1))
        return {"value_added_share_nj": added, "income_share_nj": added}

    def log_unit_cost_nj(
        self, log_factor_nj: Float[Array, "N J"], log_price_nj: Float[Array, "N J"]
    ) -> Float[Array, "N J"]:
        r"""Log change of the cost of a bundle of inputs.

        .. math:: \ln \hat c_{nj} = \gamma_{nj} \ln \hat\omega_{nj} + \sum_k \gamma_{nkj} \ln \hat P_{nk},
                  \quad \gamma_{nj} + \sum_k \gamma_{nkj} = 1

        Parameters
        ----------
        log_factor_nj, log_price_nj : (N, J)
            Log changes of the cost of the bundle of factors (one column where sectors share it) and of prices.

        Returns
        -------
        (N, J), log
            Homogeneous of degree one in factor costs and prices.

        Source
        ------
        Caliendo and Parro (2015), eq. (10) in changes [caliendoparro2015]. Departure: none.
        """
        inputs_nj = jnp.einsum("nkj,nk->nj", self.input_share_nkj, log_price_nj)
        return self.value_added_share_nj * log_factor_nj + inputs_nj

    def earned_nj(self, revenue_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
        """What factors earn of revenue."""
        return self.income_share_nj * revenue_nj

    def revenue_nj(self, earned_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
        """What is sold so that factors earn this; where every sector has factors of its own."""
        return earned_nj / self.income_share_nj

    def bought_nj(self, revenue_nj: Float[Array, "N J"]) -> Float[Array, "N J"]:
        r"""Spending of region n on sector k as input, :math:`\sum_j \gamma_{nkj} R_{nj}`."""
        return jnp.einsum("nkj,nj->nk", self.input_share_nkj, revenue_nj)


def log_capacity_hat_nj(
    log_labour_nj: Float[Array, "N J"],
    labour_share_nj: Float[Array, "N J"],
    log_capital_nj: Float[Array, "N J"],
    capital_share_nj: Float[Array, "N J"],
) -> Float[Array, "N J"]:
    r"""Log change of bundles of factors: they grow with labour and capital by their shares.

    .. math:: \ln \hat F_{nj} = \lambda_{nj} \ln \hat L_{nj} + \zeta_{nj} \ln \hat K_{nj}

    The rest, structures and land, stays. The cost of a bundle is value added over their number.
    """
    return labour_share_nj * log_labour_nj + capital_share_nj * log_capital_nj


def earned_hat_nj(
    earned_nj: Float[Array, "N J"], capacity_nj: Float[Array, "N J"], one_wage_n: Float[Array, "N"] | None
) -> Any:
    """What a unit of factors earns over the base year: in the region where they move freely, else by sector.

    Factors move freely between sectors everywhere where `one_wage_n` is None; the result has one column then.
    """
    by_region = (earned_nj.sum(axis=1) / capacity_nj.sum(axis=1))[:, None]
    if one_wage_n is None:
        return by_region
    one_wage = (one_wage_n > 0)[:, None]
    by_sector = jnp.where(one_wage, 1.0, earned_nj) / jnp.where(one_wage, 1.0, capacity_nj)
    return jnp.where(one_wage, by_region, by_sector)
