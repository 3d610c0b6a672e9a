"""People who stay, or who move freely: to where utility is highest, until it is the same everywhere in their zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.capital import pool_sum_n
from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float

LEAST = 0.05  # a place whose people react more than twentyfold to its worth is taken in smaller steps


class Located(NamedTuple):
    """Where people are, as log changes from the base year."""

    log_labour_nj: Any  # effective labour; one column where sectors share it
    log_people_n: Any  # residents
    log_dense_n: Any  # those whose density raises productivity: residents of towns, or workers


class Market(NamedTuple):
    """What people see when they choose."""

    labour_income_nj: Any
    land_income_nj: Any
    income_n: Any  # of residents, before taxes
    log_price_n: Any  # of goods
    log_worth_n: Any  # of a place beside real income


class Reactions(NamedTuple):
    """How much each region reacts by itself, where the solver solves its conditions with those of others given."""

    trade_reaction_nj: Any  # fall of its sales where its factors alone become dearer, in the shape of their cost
    labour_n: Any  # share of labour in value added
    density_n: Any  # of productivity to its people
    crowding_n: Any  # fall of its worth with its people
    goods_share_n: Any
    housing_supply_elasticity_n: Any


class Stay(NamedTuple):
    """Neutral: nobody moves."""

    people_n: Float[Array, "N"]

    @property
    def by_sector(self) -> bool:
        """Labour is free to move between a region's sectors, with the other factors, or fixed in them."""
        return False

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """As many everywhere."""
        return {"people_n": np.ones(len(given["value_added_nj"]))}

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """None."""
        del shape
        return {}

    def located(self, unknown: Any) -> Located:
        """Everybody where he was."""
        del unknown
        same = jnp.zeros(self.people_n.shape)
        return Located(same[:, None], same, same)

    def kernel(self, levers: Levers, housing: Any, base: Market) -> Any:
        """Nothing to prepare."""
        del levers, housing, base

    def at_home_n(self, labour_income_n: Any, unknown: Any, kernel: Any, housing: Any, market: Market) -> Any:
        """Labour income is spent where it is earned."""
        del unknown, kernel, housing, market
        return labour_income_n

    def residuals(
        self, unknown: Any, kernel: Any, housing: Any, market: Market, log_utility_n: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """None."""
        del unknown, kernel, housing, market, log_utility_n
        return {}, {}

    def after(self, outcome: Any, levers: Levers) -> Stay:
        """People where they are now."""
        del levers
        return self._replace(people_n=self.people_n * outcome.people_hat_n)


class FreeMobility(NamedTuple):
    """People move freely between regions of the same zone; in zone zero they stay."""

    people_n: Float[Array, "N"]
    zone_n: Float[Array, "N"]

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """As many everywhere."""
        return Stay.optional(given)

    @property
    def by_sector(self) -> bool:
        """Labour is free to move between a region's sectors, with the other factors."""
        return False

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log change of people."""
        return {"log_people_n": shape[:1]}

    def located(self, unknown: Any) -> Located:
        """Residents work where they live."""
        people = unknown["log_people_n"]
        return Located(people[:, None], people, people)

    def kernel(self, levers: Levers, housing: Any, base: Market) -> Any:
        """Nothing to prepare."""
        del levers, housing, base

    def at_home_n(self, labour_income_n: Any, unknown: Any, kernel: Any, housing: Any, market: Market) -> Any:
        """Labour income is spent where it is earned."""
        del unknown, kernel, housing, market
        return labour_income_n

    def residuals(
        self, unknown: Any, kernel: Any, housing: Any, market: Market, log_utility_n: Float[Array, "N"]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        r"""Log utility over the mean of the zone, less the log of the zone's people over those of the base year.

        Both are zero where the sum is zero everywhere, for the first has mean zero in each zone and the second is the
        same all over it. Source: Redding and Rossi-Hansberg (2017), section 3 [reddingrossihansberg2017].
        """
        del kernel, housing, market
        now = self.people_n * jnp.exp(unknown["log_people_n"])
        zone_total = pool_sum_n(now, self.zone_n)
        pull = log_utility_n - pool_sum_n(now * log_utility_n, self.zone_n) / zone_total
        crowd = jnp.log(zone_total / pool_sum_n(self.people_n, self.zone_n))
        return {"log_people_n": pull - crowd}, {}

    def after(self, outcome: Any, levers: Levers) -> FreeMobility:
        """People where they are now."""
        del levers
        return self._replace(people_n=self.people_n * outcome.people_hat_n)

    def natural_step(self, gaps: Mapping[str, Any], reactions: Reactions) -> dict[str, Any]:
        r"""Solve each region: :math:`r_1 = (1+\theta) dw + (\lambda - \nu\theta) dL`, :math:`e\,dL = r_2 + u_w dw`.

        e is how much the worth of a place falls with its people, u_w how much it rises with the cost of its factors.
        """
        theta, labour = reactions.trade_reaction_nj.mean(axis=1), reactions.labour_n
        homes = (1 - reactions.goods_share_n) / (1 + reactions.housing_supply_elasticity_n)
        falls = jnp.maximum(1 - labour + homes * labour + reactions.crowding_n, LEAST)
        rises, growth = 1 - homes, labour - reactions.density_n * theta
        first, second = gaps["log_factor_nj"].mean(axis=1), gaps["log_people_n"]
        slope = jnp.maximum(1 + theta + growth * rises / falls, 1.0)
        wage = (first - growth * second / falls) / slope
        moves = (second + rises * wage) / falls
        free = self.zone_n > 0
        wage = jnp.where(free, wage, first / (1 + theta))
        return {
            # Sectors with factors of their own differ from the region as their own conditions say.
            "log_factor_nj": wage[:, None] + (gaps["log_factor_nj"] - first[:, None]) / (1 + theta[:, None]),
            "log_people_n": jnp.where(free, moves, second),
        }
