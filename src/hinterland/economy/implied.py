"""What the shares of a base year imply: costs of moving and of trade, worths of cells, weights of groups."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.accounts import household_income_nr, income_n, require_sound
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.model.choice import Nest


def home_c_g(economy: Economy) -> FloatArray:
    """The cell that stands for a group's home: where most of those at home are."""
    return np.asarray((economy.migration_share_gc * economy.cells.stays_gc).argmax(axis=1))


@kept(BASE_YEARS)
def rebate_g(economy: Economy) -> FloatArray:
    r"""Income of a stayer over the wage in the base year, by group; one where rents are owners' wherever they live."""
    cells = economy.cells
    if household_income_nr(economy) is not None:
        return np.ones(len(economy.group_size_g))
    wage_c, rents_g = wages_and_rents(economy)
    stayers_c = (economy.group_size_g[:, None] * economy.migration_share_gc * cells.stays_gc).sum(axis=0)
    wages_g = beside_n(economy).repeat(cells.classes) * cells.by_pool(wage_c * stayers_c)
    return np.asarray(1 + rents_g / wages_g)


@kept(BASE_YEARS)
def wages_and_rents(economy: Economy) -> tuple[FloatArray, FloatArray]:
    """Return labour income per worker of each cell, and rents of homes and land by pool, in the base year.

    Rents are those of owners where households' own income is known: homes have to be built, and in towns local
    governments take a part. Elsewhere what a place earns beside goes with rents of land as with wages.
    """
    wage_c, homes_p, land_p = wages_homes_land(economy)
    if household_income_nr(economy) is None:
        return wage_c, homes_p + beside_n(economy).repeat(economy.cells.classes) * land_p
    none_n = np.zeros(economy.cells.regions)
    owned_n, taken_n = owned_homes_n(economy), land_revenue_share_n(economy)
    return wage_c, economy.cells.owners(homes_p, land_p, owned_n, taken_n, none_n, economy.town_r.astype(float))


def beside_n(economy: Economy) -> FloatArray:
    """Return all income of a place over what labour and land earn there, which all else goes with, (D,)."""
    cells, (wage_c, _, land_p) = economy.cells, wages_homes_land(economy)
    earned_n = cells.by_region(wage_c * economy.workers_c) + land_p.reshape(cells.regions, -1).sum(axis=1)
    return np.asarray(income_n(economy) / earned_n)


@kept(BASE_YEARS)
def wages_homes_land(economy: Economy) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return labour income per worker of each cell, what is spent on homes and rents of land by pool."""
    arrays, cells = economy.arrays, economy.cells
    added = arrays["value_added_nj"][: cells.regions]
    land, capital = (array(economy, name)[: cells.regions] for name in ("structures_share_nj", "capital_share_nj"))
    efficiency = array(economy, "efficiency_rj")
    wage_c = cells.wage_c((1 - land - capital) * added, economy.workers_c, efficiency)
    to_pools = array(economy, "land_share_hj")
    goods_share_n = array(economy, "goods_share_n")[: cells.regions]
    land_p = ((land * added) @ to_pools.T).reshape(-1)
    none_n = np.zeros(cells.regions)
    return wage_c, cells.homes(economy.workers_c, wage_c, land_p, income_n(economy), goods_share_n, none_n)[1], land_p


def owned_homes_n(economy: Economy) -> FloatArray:
    r"""Return the part of what is spent on homes that is owners', :math:`1 / (1 + \delta)`, (D,).

    Homes of land and goods whose supply answers to rents with elasticity delta cost goods of the part
    :math:`\delta / (1 + \delta)` of their rents.
    """
    return np.asarray(1 / (1 + array(economy, "housing_supply_elasticity_n")[: economy.cells.regions]))


def land_revenue_share_n(economy: Economy) -> FloatArray:
    """Return the part of owners' rents in towns that local governments take in the base year, (D,).

    Raises a DataError by name where they take all of it or more.
    """
    cells, none_n = economy.cells, np.zeros(economy.cells.regions)
    if "land_revenue_n" not in economy.arrays:
        return none_n
    _, homes_p, land_p = wages_homes_land(economy)
    all_p = cells.owners(homes_p, land_p, owned_homes_n(economy), none_n, none_n, economy.town_r.astype(float))
    in_towns_n = all_p.reshape(cells.regions, -1) @ economy.town_r
    taken_n = np.asarray(economy.arrays["land_revenue_n"][: cells.regions] / in_towns_n)
    require_sound(economy, "economy.land_revenue", taken_n < 1, taken_n)
    return taken_n


@kept(BASE_YEARS)
def rents_that_pay_n(economy: Economy) -> FloatArray:
    """Return the rents that a levy of local governments may take by region, (D,)."""
    return np.asarray(rents_that_pay_g(economy).reshape(economy.cells.regions, -1).sum(axis=1))


@kept(BASE_YEARS)
def rents_that_pay_g(economy: Economy) -> FloatArray:
    """Return the same by whose they are, (G,): households' own in towns, where known, else all of land and homes."""
    own_nr = own_part_nr(economy)
    if own_nr is None:
        _, homes_p, land_p = wages_homes_land(economy)
        return homes_p + land_p
    return np.asarray(wages_and_rents(economy)[1] * (own_nr * economy.town_r).reshape(-1))


def levied_g(economy: Economy) -> FloatArray:
    """Return what the levy takes of them a year at rents of the base year, in the economy's currency, (G,)."""
    levy_n, rents_g = economy.levers.land_levy_n, rents_that_pay_g(economy)
    return np.zeros_like(rents_g) if levy_n is None else levy_n[economy.cells.home_g] * rents_g


def left_by_levy_g(economy: Economy) -> FloatArray:
    """Return what the levy leaves of owners' rents, (G,): one where rents are those of who stays at home."""
    levy_n, cells = economy.levers.land_levy_n, economy.cells
    if levy_n is None or own_part_nr(economy) is None:
        return np.ones(cells.regions * cells.classes)
    none_p, all_p = np.zeros(cells.regions * cells.classes), np.ones(cells.regions * cells.classes)
    taken_n, none_n = land_revenue_share_n(economy), np.zeros(cells.regions)
    left_p, before_p = (
        cells.owners(none_p, all_p, none_n, taken_n, of_n, economy.town_r) for of_n in (levy_n[: cells.regions], none_n)
    )
    return np.asarray(left_p / before_p)


@kept(BASE_YEARS)
def own_wages_c(economy: Economy) -> FloatArray:
    """Return what households get of labour income by worker of each cell, (C,): all of it where it is not known."""
    wage_c, part_nr = wages_and_rents(economy)[0], own_part_nr(economy)
    return wage_c if part_nr is None else wage_c * part_nr.reshape(-1).repeat(economy.cells.sectors)


def own_part_nr(economy: Economy) -> FloatArray | None:
    """Households' own income over all that is earned and rented where they live, (D, R); None where not known."""
    own_nr = household_income_nr(economy)
    if own_nr is None:
        return None
    wage_c, rents_g = wages_and_rents(economy)
    earned_nr = economy.cells.by_residence(economy.workers_c * wage_c)
    return np.asarray(own_nr / (earned_nr + rents_g.reshape(own_nr.shape)))


@kept(BASE_YEARS)
def cell_income_c(economy: Economy) -> FloatArray | None:
    """Households' own income by cell in the base year, that of a residence shared out by wages; None where not known.

    In it are the rents of those who are at home there.
    """
    own_nr = household_income_nr(economy)
    if own_nr is None:
        return None
    earned_c = economy.workers_c * wages_and_rents(economy)[0]
    earned_nr = economy.cells.by_residence(earned_c)
    part_nr = own_nr / np.where(earned_nr > 0, earned_nr, 1.0)
    return np.asarray(earned_c * part_nr.reshape(-1).repeat(economy.cells.sectors))


@kept(BASE_YEARS)
def own_income_c(economy: Economy) -> FloatArray:
    """Income per worker of each cell in the base year: households' own, shared out in a region by wages, where known.

    Not by residence: who moves to town earns its wage, and is not handed what else sets it apart.
    """
    cells, own_nr = economy.cells, household_income_nr(economy)
    if own_nr is None:
        return economy.real_income_c
    wage_c = wages_and_rents(economy)[0]
    return np.asarray(
        wage_c * (own_nr.sum(axis=1) / cells.by_region(economy.workers_c * wage_c)).repeat(cells.per_region)
    )


def cell_value_gc(economy: Economy) -> FloatArray:
    """Worth of cell c for group g: that of its work, with the rents of stayers in their own pool. (G, C)."""
    return np.asarray(economy.value_c[None, :] * (1 + economy.cells.stays_gc * (rebate_g(economy) - 1)[:, None]))


def nest_of(economy: Economy) -> Nest:
    """The nested choice of an economy's groups among its cells."""
    elasticities = (economy.elasticity(name) for name in ("migration_elasticity", "inner_elasticity"))
    return Nest(economy.cells, *elasticities)


@kept(BASE_YEARS)
def migration_cost_gc(economy: Economy) -> FloatArray:
    """Iceberg cost of living and working in cell c for group g that rationalises the base-year shares.

    One in the home cell, infinite where nobody went. It scales with kappa: never read it without kappa.
    """
    nest = nest_of(economy)
    return np.asarray(nest.cost_gc(economy.migration_share_gc, cell_value_gc(economy), home_c_g(economy)))


@kept(BASE_YEARS)
def trade_cost_nij(economy: Economy) -> FloatArray:
    r"""Symmetric iceberg cost of trade implied by the base-year shares; one at home.

    .. math:: \tau_{nij} = (\pi_{nnj} \pi_{iij} / (\pi_{nij} \pi_{inj}))^{1/(2\theta_j)}

    Source: Head and Ries (2001) [headries2001]. Infinite where there is no trade.
    """
    share = economy.arrays["trade_share_nij"]
    own = np.diagonal(share, axis1=0, axis2=1).T
    with np.errstate(divide="ignore"):
        ratio = own[:, None, :] * own[None, :, :] / (share * share.transpose(1, 0, 2))
    return np.asarray(ratio ** (1 / (2 * economy.arrays["trade_elasticity_j"])))


@kept(BASE_YEARS)
def welfare_weight_g(economy: Economy) -> FloatArray:
    r"""Weight of each hukou group in aggregate welfare: its size times its expected real income.

    .. math:: \omega_g \propto \bar L_g V_h \delta_g m_{go}^{-1/\kappa} (m_{gh}/m_{go})^{-1/\kappa_{in}}

    Source: Tombe and Zhu (2019), section 3 [tombezhu2019]. Departure: the nest.
    """
    home = home_c_g(economy)
    expected = nest_of(economy).expected_g(economy.migration_share_gc, home)
    weight = economy.group_size_g * economy.value_c[home] * rebate_g(economy) * expected
    return np.asarray(weight / weight.sum())
