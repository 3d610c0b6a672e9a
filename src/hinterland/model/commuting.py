"""Commuting: where people live and where they work are two choices made at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
from jax import Array

from hinterland.model.levers import Levers
from hinterland.model.people import Located, Market, Reactions

if TYPE_CHECKING:
    from jaxtyping import Float


class Commuting(NamedTuple):
    r"""Everybody draws a taste for each pair of homes and workplaces.

    .. math:: \lambda'_{ni} = \lambda_{ni} (\hat a_n \hat w_i / (\hat\kappa_{ni} \hat P_n^\alpha
              \hat Q_n^{1-\alpha}))^\epsilon / \sum(\cdot), \quad \hat U = (\sum \cdot)^{1/\epsilon}

    Adds up to one over pairs. Labour income is spent at home; income of other kinds moves nobody.
    Source: Monte, Redding and Rossi-Hansberg (2018), eq. (11) [monte2018]. Departure: none.
    """

    commuting_share_ni: Float[Array, "N N"]  # (N home, N workplace) of all workers
    commuting_elasticity: Float[Array, ""]  # epsilon, scalar

    @property
    def people_n(self) -> Any:
        """Residents, as shares."""
        return self.commuting_share_ni.sum(axis=1)

    @property
    def by_sector(self) -> bool:
        """Labour is free to move between a region's sectors, with the other factors, or fixed in them."""
        return False

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log changes of workers, of residents and of the price of homes."""
        return dict.fromkeys(("log_workers_n", "log_residents_n", "log_rent_n"), shape[:1])

    def located(self, unknown: Any) -> Located:
        """Labour is where people work, and its density is what raises productivity."""
        workers = unknown["log_workers_n"]
        return Located(workers[:, None], unknown["log_residents_n"], workers)

    def kernel(self, levers: Levers, housing: Any, base: Market) -> Any:
        """Base shares times the change of the cost of the way; and the wage bills and incomes of the base year."""
        del housing
        share, cost = self.commuting_share_ni, levers.commuting_cost_hat_ni
        kernel = share if cost is None else share * cost**-self.commuting_elasticity
        return kernel, base.labour_income_nj.sum(axis=1), base.income_n

    def chosen(self, unknown: Any, kernel: Any, housing: Any, market: Market) -> tuple[Any, Any]:
        """Share of people by pair, and the change of everybody's expected utility."""
        weight, base_bill_n, _ = kernel
        log_wage_i = jnp.log(market.labour_income_nj.sum(axis=1) / base_bill_n) - unknown["log_workers_n"]
        living_n = market.log_worth_n - housing.log_living_cost_n(market.log_price_n, unknown["log_rent_n"])
        epsilon = self.commuting_elasticity
        now = weight * jnp.exp(epsilon * living_n)[:, None] * jnp.exp(epsilon * log_wage_i)[None, :]
        return now / now.sum(), now.sum() ** (1 / epsilon)

    def at_home_n(
        self, labour_income_n: Float[Array, "N"], unknown: Any, kernel: Any, housing: Any, market: Market
    ) -> Any:
        """Labour income by place of residence: each place of work pays its workers alike."""
        share, _ = self.chosen(unknown, kernel, housing, market)
        return share @ (labour_income_n / share.sum(axis=0))

    def residuals(
        self, unknown: Any, kernel: Any, housing: Any, market: Market, log_utility_n: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Log distance of workers, residents and rents from what choices make of them."""
        del log_utility_n
        share, welfare = self.chosen(unknown, kernel, housing, market)
        base, base_income_n = self.commuting_share_ni, kernel[2]
        gaps = {
            "log_workers_n": jnp.log(share.sum(axis=0) / base.sum(axis=0)) - unknown["log_workers_n"],
            "log_residents_n": jnp.log(share.sum(axis=1) / base.sum(axis=1)) - unknown["log_residents_n"],
            "log_rent_n": housing.log_rent_n(jnp.log(market.income_n / base_income_n), market.log_price_n)
            - unknown["log_rent_n"],
        }
        return gaps, {"commuting_share_ni": share, "welfare_hat": welfare}

    def after(self, outcome: Any, levers: Levers) -> Commuting:
        """Pairs that people have chosen."""
        del levers
        return self._replace(commuting_share_ni=outcome.commuting_share_ni)

    def natural_step(self, gaps: Mapping[str, Any], reactions: Reactions) -> dict[str, Any]:
        r"""Solve wages with workers, :math:`dL = r_2 + \epsilon\,dw`, and homes with residents, in each region."""
        theta, epsilon = reactions.trade_reaction_nj.mean(axis=1), self.commuting_elasticity
        growth = reactions.labour_n - reactions.density_n * theta
        first = gaps["log_factor_nj"].mean(axis=1)
        wage = (first - growth * gaps["log_workers_n"]) / jnp.maximum(1 + theta + growth * epsilon, 1.0)
        supply = 1 + reactions.housing_supply_elasticity_n
        repels = epsilon * (1 - reactions.goods_share_n)
        residents = (gaps["log_residents_n"] - repels * gaps["log_rent_n"]) / (1 + repels / supply)
        return {
            # Sectors with factors of their own differ from the region as their own conditions say.
            "log_factor_nj": wage[:, None] + (gaps["log_factor_nj"] - first[:, None]) / (1 + theta[:, None]),
            "log_workers_n": gaps["log_workers_n"] + epsilon * wage,
            "log_residents_n": residents,
            "log_rent_n": gaps["log_rent_n"] + residents / supply,
        }
