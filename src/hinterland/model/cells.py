"""Cells that hukou groups choose among, and the pools of homes they live in.

A cell is (region n, residence r, sector j), in that order; a group is (home region o, class h). A pool holds the homes
of a region's residence, or of a sector where residence is not told apart; group g's own pool has its number.
Only methods of arrays are used, so that NumPy and jax are served alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

MOST = 64  # numbers of regions and classes whose cells are kept


class Cells(NamedTuple):
    """Numbers of domestic regions, classes (and pools) a region, residences, sectors."""

    regions: int
    classes: int
    residences: int
    sectors: int

    @classmethod
    def of(cls, shares: tuple[int, ...], efficiency: tuple[int, ...]) -> Cells:
        """Return the cells that a table of migration shares (G, C) and of efficiency (R, J) speak of."""
        residences, sectors = efficiency
        regions = shares[1] // (residences * sectors)
        return cls(regions, shares[0] // regions, residences, sectors)

    @property
    def per_region(self) -> int:
        """Cells of a region."""
        return self.residences * self.sectors

    @property
    def pools_are_residences(self) -> bool:
        """Whether pools are residences; else they are sectors."""
        return self.classes == self.residences

    @property
    def index_c(self) -> Any:
        """Region, residence and sector (3, C) of each cell."""
        return index_c(self)

    @property
    def pool_c(self) -> Any:
        """Pool of homes of each cell."""
        region, residence, sector = self.index_c
        return region * self.classes + (residence if self.pools_are_residences else sector)

    @property
    def home_g(self) -> Any:
        """Home region of each group."""
        return np.arange(self.regions * self.classes) // self.classes

    @property
    def at_home_gc(self) -> Any:
        """Whether cell c lies in the home region of group g."""
        return at_home_gc(self)

    @property
    def stays_gc(self) -> Any:
        """One where group g is at home in cell c."""
        return stays_gc(self)

    def by_pool(self, value_c: Any) -> Any:
        """Sum over the cells of each pool (G)."""
        by_pool = self.by_residence(value_c) if self.pools_are_residences else self.by_sector(value_c)
        return by_pool.reshape(-1)

    def by_region(self, value_c: Any) -> Any:
        """Sum over the cells of each region (D), or of each group and region."""
        return value_c.reshape(*value_c.shape[:-1], self.regions, self.per_region).sum(axis=-1)

    def by_residence(self, value_c: Any) -> Any:
        """Sum over sectors (D, R)."""
        return value_c.reshape(self.regions, self.residences, self.sectors).sum(axis=2)

    def by_sector(self, value_c: Any) -> Any:
        """Sum over residences (D, J)."""
        return value_c.reshape(self.regions, self.residences, self.sectors).sum(axis=1)

    def labour_dj(self, people_c: Any, efficiency_rj: Any) -> Any:
        """Effective labour by domestic region and sector."""
        people = people_c.reshape(self.regions, self.residences, self.sectors)
        return (people * efficiency_rj[None]).sum(axis=1)

    def wage_c(self, labour_income_dj: Any, people_c: Any, efficiency_rj: Any) -> Any:
        """Labour income per worker of each cell."""
        wage_dj = labour_income_dj / self.labour_dj(people_c, efficiency_rj)
        return (wage_dj[:, None, :] * efficiency_rj[None]).reshape(-1)

    def homes(
        self,
        people_c: Any,
        wage_c: Any,
        land_p: Any,
        income_n: Any,
        goods_share_n: Any,
        levy_n: Any,
    ) -> tuple[Any, Any]:
        r"""Return residents' spending on goods by pool, and what they spend on homes there.

        .. math:: \frac{1-\alpha}{\alpha} S_p,
                  \quad S_p = \frac{\alpha}{\alpha + \lambda (1-\alpha)} (Y_p - \lambda D_p)

        with Y all spending on goods, S that of residents, D rents of land, and lambda the levy on rents that the local
        government spends; what residents earn beside labour and land they earn in proportion.
        Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: several cells a pool.
        """
        earned_p = self.by_pool(wage_c * people_c) + land_p
        earned_n = earned_p.reshape(self.regions, self.classes).sum(axis=1)
        ours_n = goods_share_n / (goods_share_n + levy_n * (1 - goods_share_n))
        left_p = earned_p * (income_n / earned_n).repeat(self.classes) - levy_n.repeat(self.classes) * land_p
        spent_p = ours_n.repeat(self.classes) * left_p
        return spent_p, ((1 - goods_share_n) / goods_share_n).repeat(self.classes) * spent_p

    def owners(self, homes_p: Any, land_p: Any, owned_homes_n: Any, taken_n: Any, levy_n: Any, town_r: Any) -> Any:
        r"""Return what owners get of the rents of homes and land of each pool, where pools are residences.

        .. math:: (1 - t_p)(1 - \lambda_p) (o_n Q H_p + D_p)

        The part 1 - o of what is spent on homes pays for building them. In towns, where land is the state's, local
        governments take the part t in the base year and the levy lambda beside.
        """
        left_n = (1 - taken_n) * (1 - levy_n)
        left_p = (1 - town_r[None, :] * (1 - left_n)[:, None]).reshape(-1)
        return left_p * (owned_homes_n.repeat(self.classes) * homes_p + land_p)


def kept(array: Any) -> Any:
    """Return an array that everybody reads and nobody writes."""
    array.setflags(write=False)
    return array


@lru_cache(maxsize=MOST)
def index_c(cells: Cells) -> Any:
    """Region, residence and sector (3, C) of each cell."""
    return kept(np.indices((cells.regions, cells.residences, cells.sectors)).reshape(3, -1))


@lru_cache(maxsize=MOST)
def at_home_gc(cells: Cells) -> Any:
    """Whether cell c lies in the home region of group g."""
    return kept(cells.home_g[:, None] == cells.index_c[0][None, :])


@lru_cache(maxsize=MOST)
def stays_gc(cells: Cells) -> Any:
    """One where group g is at home in cell c."""
    groups = np.arange(cells.regions * cells.classes)
    return kept((groups[:, None] == cells.pool_c[None, :]).astype(float))
