"""Costly migration by hukou group: extreme-value draws, iceberg costs, rents for those who stay, in changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.cells import Cells
from hinterland.model.choice import Nest
from hinterland.model.levers import Levers
from hinterland.model.people import Located, Market

if TYPE_CHECKING:
    from jaxtyping import Float


def cell_hat_gc(levers: Levers) -> Any:
    """What levers make of the worth of a cell for those who are there: its cost, services, and money given there."""
    hat_gc = 1.0 if levers.migration_cost_hat_gc is None else 1 / levers.migration_cost_hat_gc
    if levers.service_worth_hat_gc is not None:
        hat_gc = hat_gc * levers.service_worth_hat_gc
    return hat_gc if levers.given_hat_c is None else hat_gc * levers.given_hat_c[None, :]


class HukouGroups(NamedTuple):
    r"""Groups g = (home region o, class h) choose cells c = (region n, residence r, sector j).

    .. math:: m'_{gc} = m_{gc} v_{gc}^{\kappa_{in}} S_{gn}^{\kappa/\kappa_{in} - 1} / \sum(\cdot), \quad
              S_{gn} = \sum_{c \in n} m_{gc} v_{gc}^{\kappa_{in}} / \sum_{c \in n} m_{gc}

    with :math:`v = \hat a \hat w \hat h \hat\delta / (\hat P^\alpha \hat Q^{1-\alpha} \hat\mu)`. Where the two
    elasticities are equal the nest is flat. As published, rents of land and homes go to stayers, group g in its own
    pool of homes, and what a place earns beside goes with its wages. Where the share of households in income is known,
    rents go to owners by home wherever they live, less what building costs and local governments take; other income
    goes to firms and governments: a choice sees the wage alone.
    Pools are residences (r = h) or, where residence is not told apart, sectors (j = h).
    The first D regions are domestic. In those abroad workers stay, and go to the sectors at one wage.
    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: the nest, and efficiency by residence.
    """

    migration_share_gc: Float[Array, "G C"]
    group_size_g: Float[Array, "G"]
    migration_elasticity: Float[Array, ""]  # kappa: between regions
    inner_elasticity: Float[Array, ""]  # kappa_in: between residences and sectors of a region
    efficiency_rj: Float[Array, "R J"]  # labour that a worker living in r supplies to sector j
    land_share_hj: Float[Array, "H J"]  # of sector j's rents that goes to pool h; adds up to one over pools
    town_r: Float[Array, "R"]  # one where a residence is a town, whose people make density
    household_share_n: Float[Array, "N"] | None = None  # of income after taxes that is households'
    owned_homes_n: Float[Array, "N"] | None = None  # of rents of homes that is owners': the rest pays for building
    land_revenue_share_n: Float[Array, "N"] | None = None  # of owners' rents in towns that local governments take
    present_share_gc: Float[Array, "G C"] | None = None  # where people are on the way; None: where they choose to be

    @property
    def by_sector(self) -> bool:
        """Labour of each sector is a choice of people."""
        return True

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """A flat choice, one residence (of several the last is town), a sector's rents to its own pool, else to all."""
        sectors = given["value_added_nj"].shape[1]
        efficiency = given.get("efficiency_rj", np.ones((1, sectors)))
        cells = np.shape(given.get("migration_share_gc", np.ones((1, 1))))
        pools = max(1, round(cells[0] * efficiency.size / cells[1]))
        alike = np.full((pools, sectors), 1 / pools)
        optional = {"efficiency_rj": efficiency, "land_share_hj": np.eye(sectors) if pools == sectors else alike}
        optional["town_r"] = np.eye(len(efficiency))[-1]
        if "migration_elasticity" in given:
            optional["inner_elasticity"] = given["migration_elasticity"]
        return optional

    @property
    def cells(self) -> Cells:
        """Numbers of regions, classes, residences and sectors."""
        return Cells.of(self.migration_share_gc.shape, self.efficiency_rj.shape)

    @property
    def stays_gc(self) -> Any:
        """One where group g is at home in cell c."""
        return self.cells.stays_gc

    @property
    def people_c(self) -> Any:
        """People by cell in the base year."""
        return self.group_size_g @ self.migration_share_gc

    @property
    def people_n(self) -> Any:
        """People by domestic region in the base year."""
        return self.cells.by_region(self.people_c)

    @property
    def owners_n(self) -> tuple[Any, Any]:
        """Of rents of homes the part of owners, and of theirs in towns what local governments take, (D,), (D,)."""
        given = ((self.owned_homes_n, jnp.ones), (self.land_revenue_share_n, jnp.zeros))
        owned, taken = (
            neutral(self.cells.regions) if of is None else of[: self.cells.regions] for of, neutral in given
        )
        return owned, taken

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log changes of people by cell, of each group's rebate, and of labour by sector abroad."""
        abroad = shape[0] - self.cells.regions
        named = {"log_people_c": self.migration_share_gc.shape[1:], "log_rebate_g": self.group_size_g.shape}
        return named | ({"log_abroad_nj": (abroad, shape[1])} if abroad else {})

    def labour_dj(self, people_c: Float[Array, "C"]) -> Any:
        """Effective labour by domestic region and sector."""
        return self.cells.labour_dj(people_c, self.efficiency_rj)

    def located(self, unknown: Any) -> Located:
        """Labour by sector, residents, and residents of towns."""
        base, now = self.people_c, self.people_c * jnp.exp(unknown["log_people_c"])
        by_residence, before = (self.cells.by_residence(people) for people in (now, base))
        abroad = unknown.get("log_abroad_nj", jnp.zeros((0, self.cells.sectors)))
        same = jnp.zeros(abroad.shape[0])
        return Located(
            jnp.concatenate([jnp.log(self.labour_dj(now) / self.labour_dj(base)), abroad]),
            jnp.concatenate([jnp.log(by_residence.sum(axis=1) / before.sum(axis=1)), same]),
            jnp.concatenate([jnp.log((by_residence @ self.town_r) / (before @ self.town_r)), same]),
        )

    def kernel(self, levers: Levers, housing: Any, base: Market) -> Any:
        """Base shares times changes of costs and of what services are worth; spending and rebates of the base year.

        A help for those who come enters as a lower cost for all: who is there stays, with it or without.
        """
        share, coming, hat_gc = self.migration_share_gc, levers.newcomer_cost_hat_gc, cell_hat_gc(levers)
        kernel = share * (hat_gc if coming is None else hat_gc / coming) ** self.inner_elasticity
        none_n = jnp.zeros(self.cells.regions)
        levy_n = none_n if levers.land_levy_n is None else levers.land_levy_n[: self.cells.regions]
        before = self.rents(self.people_c, share, housing, base, none_n)[:2]
        return kernel, base, *before, levy_n, self.not_theirs_gc(levers)

    def not_theirs_gc(self, levers: Levers) -> Any:
        """Base shares times what a help for those who come would add to the worth of a cell for those who are there."""
        coming = levers.newcomer_cost_hat_gc
        return None if coming is None else self.migration_share_gc * cell_hat_gc(levers) * (1 / coming - 1)

    def rents(
        self,
        people_c: Float[Array, "C"],
        share_gc: Float[Array, "G C"],
        housing: Any,
        market: Market,
        levy_n: Float[Array, "D"],
    ) -> Any:
        r"""Residents' spending on goods by pool, what stayers get over their wage, and rents by pool.

        .. math:: h_p = 1 + \frac{(1 - \lambda) H_p + (b_n - \lambda) D_p}{b_n W^{stay}_p}

        with H rents of homes, D those of land, lambda the levy, W wages of stayers, and b what a place earns over what
        labour and land do: it goes with both, and homes are paid out of it already.
        """
        domestic = self.cells.regions
        wage_c = self.cells.wage_c(market.labour_income_nj[:domestic], people_c, self.efficiency_rj)
        land_p = (market.land_income_nj[:domestic] @ self.land_share_hj.T).reshape(-1)
        goods_share_n = jnp.broadcast_to(housing.goods_share_n, market.income_n.shape)[:domestic]
        stayers_c = (self.group_size_g[:, None] * share_gc * self.stays_gc).sum(axis=0)
        income_n = market.income_n[:domestic]
        if self.household_share_n is not None:  # what the levy takes is spent as those who pay would have spent it
            spent_p, homes_p = self.cells.homes(people_c, wage_c, land_p, income_n, goods_share_n, 0 * levy_n)
            owned_p = self.cells.owners(homes_p, land_p, *self.owners_n, levy_n, self.town_r)
            return spent_p, jnp.ones_like(owned_p), owned_p
        spent_p, homes_p = self.cells.homes(people_c, wage_c, land_p, income_n, goods_share_n, levy_n)
        beside_p, levy_p = (of_n.repeat(self.cells.classes) for of_n in (income_n / self.earned_n(market), levy_n))
        rents_p = (1 - levy_p) * homes_p + (beside_p - levy_p) * land_p
        return spent_p, 1 + rents_p / (beside_p * self.cells.by_pool(wage_c * stayers_c)), rents_p

    def at_home_n(self, labour_income_n: Any, unknown: Any, kernel: Any, housing: Any, market: Market) -> Any:
        """Labour income is spent where it is earned."""
        del unknown, kernel, housing, market
        return labour_income_n

    def log_value_c(
        self, unknown: Any, base: Market, spent_hat_p: Float[Array, "G"], housing: Any, market: Market
    ) -> tuple[Any, Any]:
        """Log change of real income in each cell, homes in its price, times the place's worth; and of that price."""
        domestic, pools, residences, sectors = self.cells
        income, before = (
            value.labour_income_nj[:domestic] / self.labour_dj(people)
            for value, people in ((market, self.people_c * jnp.exp(unknown["log_people_c"])), (base, self.people_c))
        )
        log_income_dj = jnp.log(income / before) + self.log_beside_n(market, base)[:, None]
        rent = type(housing)(
            *(jnp.repeat(jnp.broadcast_to(value, market.income_n.shape)[:domestic], pools) for value in housing)
        )
        price_p = jnp.repeat(market.log_price_n[:domestic], pools)
        living_p = rent.log_living_cost_n(price_p, rent.log_rent_n(jnp.log(spent_hat_p), price_p))
        worth_n = jnp.broadcast_to(market.log_worth_n, market.income_n.shape)[:domestic]
        by_cell = jnp.broadcast_to(log_income_dj[:, None, :], (domestic, residences, sectors)).reshape(-1)
        return by_cell + (jnp.repeat(worth_n, pools) - living_p)[self.cells.pool_c], living_p

    def log_beside_n(self, market: Market, base: Market) -> Any:
        """Log change of all income of a domestic place over what labour and land earn; none where it is not theirs."""
        if self.household_share_n is not None:
            return jnp.zeros(self.cells.regions)
        now, before = (value.income_n[: self.cells.regions] / self.earned_n(value) for value in (market, base))
        return jnp.log(now / before)

    def earned_n(self, market: Market) -> Any:
        """Income of labour and land in each domestic region."""
        return (market.labour_income_nj + market.land_income_nj)[: self.cells.regions].sum(axis=1)

    def share_gc(
        self, kernel_gc: Float[Array, "G C"], log_value_c: Float[Array, "C"], log_rebate_g: Float[Array, "G"]
    ) -> tuple[Float[Array, "G C"], Float[Array, "G"]]:
        """Share of group g that chooses cell c, and the change of its expected utility."""
        inner, outer = self.inner_elasticity, self.migration_elasticity
        at_home = jnp.expm1(inner * log_rebate_g)[:, None] * self.stays_gc
        flat = kernel_gc * jnp.exp(inner * log_value_c)[None, :] * (1 + at_home)
        weight = Nest(self.cells, outer, inner).weight_gc(flat, self.migration_share_gc)
        total = weight.sum(axis=1)
        return weight / total[:, None], total ** (1 / outer)

    def residuals(
        self, unknown: Any, kernel: Any, housing: Any, market: Market, log_utility_n: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Log distance of people by cell and of rebates from what choices make of them."""
        del log_utility_n
        kernel_gc, base, base_spent_p, base_rebate_g, levy_n, not_theirs_gc = kernel
        people_c = self.people_c * jnp.exp(unknown["log_people_c"])
        # What a pool spends does not depend on who stays, so homes have their price before choices are made.
        spent_p, _, rents_g = self.rents(people_c, self.migration_share_gc, housing, market, levy_n)
        value_c, living_g = self.log_value_c(unknown, base, spent_p / base_spent_p, housing, market)
        wanted, welfare = self.share_gc(kernel_gc, value_c, unknown["log_rebate_g"])
        share = wanted if self.present_share_gc is None else self.present_share_gc
        supplied_c = self.group_size_g @ share
        lived_in = self.people_c > 0
        gap_c = jnp.log(jnp.where(lived_in, supplied_c, 1.0) / jnp.where(lived_in, self.people_c, 1.0))
        _, rebate_g, _ = self.rents(people_c, share, housing, market, levy_n)
        gaps = {
            "log_people_c": gap_c - unknown["log_people_c"],
            "log_rebate_g": jnp.log(rebate_g / base_rebate_g) - unknown["log_rebate_g"],
        }
        if "log_abroad_nj" in unknown:
            gaps["log_abroad_nj"] = self.log_labour_abroad_nj(base, market) - unknown["log_abroad_nj"]
        reported = {
            "migration_share_gc": share,
            "wanted_share_gc": wanted,
            "rebate_g": rebate_g,
            "rents_g": rents_g,
            "living_cost_hat_g": jnp.exp(living_g),
            "worth_hat_n": jnp.exp(self.worth_n(market)),
            "real_income_hat_c": jnp.exp(value_c - jnp.repeat(self.worth_n(market), self.cells.per_region)),
            "welfare_hat_g": welfare - self.windfall_g(not_theirs_gc, value_c, unknown["log_rebate_g"]),
        }
        if self.present_share_gc is not None:  # a limit holds back who comes, not who is there
            wanted_n = self.cells.by_region(self.group_size_g @ wanted)
            still = jnp.zeros(market.income_n.shape[0] - self.cells.regions)
            reported["log_wanted_n"] = jnp.concatenate([jnp.log(wanted_n / self.people_n), still])
        return gaps, reported

    def windfall_g(self, not_theirs_gc: Any, log_value_c: Float[Array, "C"], log_rebate_g: Float[Array, "G"]) -> Any:
        r"""What the choice of all counts and nobody gets: the help for those who come, of those who are there.

        .. math:: \sum_c m_{gc} v_{gc} (1/\hat\mu^{new}_{gc} - 1)

        Exact at the wages and prices of the base year where a group has one help for all its cells that have one.
        """
        if not_theirs_gc is None:
            return 0.0
        at_home = jnp.expm1(log_rebate_g)[:, None] * self.stays_gc
        return (not_theirs_gc * jnp.exp(log_value_c)[None, :] * (1 + at_home)).sum(axis=1)

    def log_labour_abroad_nj(self, base: Market, market: Market) -> Any:
        """Log change of labour by sector abroad: it goes where its bill goes, at one wage."""
        bill, before = (value.labour_income_nj[self.cells.regions :] for value in (market, base))
        wage_hat = bill.sum(axis=1, keepdims=True) / before.sum(axis=1, keepdims=True)
        return jnp.log(bill / before / wage_hat)

    def worth_n(self, market: Market) -> Any:
        """Log worth of domestic places beside real income."""
        return jnp.broadcast_to(market.log_worth_n, market.income_n.shape)[: self.cells.regions]

    def after(self, outcome: Any, levers: Levers) -> HukouGroups:
        """Cells that groups have chosen."""
        del levers
        return self._replace(migration_share_gc=outcome.migration_share_gc)
