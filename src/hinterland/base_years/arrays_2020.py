"""The arrays of china-2020: 31 provinces and three blocs, three sectors, rural and urban, 62 hukou groups.

`build` returns the arrays of `World.build`, an exact equilibrium with budgets; `beside` what reports need beside them.
Everything follows from tables of the box: no file outside is read.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.base_years.budgets import LocalBudgets, budgets, entitled_services_n, land_revenue_n
from hinterland.base_years.final_uses import survey_income_nr
from hinterland.base_years.flows import BLOCS, Foreign, flow_nij, foreign
from hinterland.base_years.food import income_elasticity_j, table_past_food
from hinterland.base_years.homes import HOUSEHOLDS, goods_share
from hinterland.base_years.labour_shares import capital_share_nj
from hinterland.base_years.origins import cells_gc, persons_on, urban_hukou_o, workers_on
from hinterland.base_years.provinces import ProvinceAccounts, accounts_of
from hinterland.base_years.stock import capital_n
from hinterland.base_years.technology import block_1993
from hinterland.base_years.workers import SECTORS, residents_nr, workers_nrj
from hinterland.data.figures import assumption, national, table, values
from hinterland.data.regions import china
from hinterland.data.units import MILLION, YI_PER_BN
from hinterland.errors import DataError, Problem, places

NAME = "china-2020"
HENAN_ELSEWHERE = "henan_hukou_elsewhere"
RESIDENCES = ("rural", "urban")


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the 31 provinces, in order."""
    return tuple(sorted(china().codes))


def parameter(name: str, *index: str) -> float:
    """Return a parameter of china-2020 from the schema."""
    return schema.parameters()[".".join([NAME, name, *index])].value


def by_sector(name: str) -> FloatArray:
    """Return a parameter that differs by sector, (3,)."""
    return np.array([parameter(name, sector) for sector in SECTORS])


def efficiency_rj() -> FloatArray:
    """Labour of a worker by residence and sector, (2, 3)."""
    return np.array([[parameter("efficiency_rj", f"{name} {sector}") for sector in SECTORS] for name in RESIDENCES])


def value_added_nj() -> FloatArray:
    """Value added of provinces and blocs, homes of provinces among services, bn CNY, (34, 3).

    GDP of the vintage after the fifth census by published shares of sectors; blocs from GDP in dollars.
    Source: panel; World Bank [nbsdata, wdi2021].
    """
    share = np.stack([values(f"gdp_share_{name}", 2020, codes()) for name in ("primary", "secondary", "tertiary")], 1)
    home = values("gdp_rev5census", 2020, codes())[:, None] / YI_PER_BN * share / share.sum(axis=1, keepdims=True)
    blocs = table("blocs.csv").set_index("bloc").loc[list(BLOCS)]
    split = blocs[[f"share_{sector}" for sector in SECTORS]].to_numpy(dtype=float)
    split = split / split.sum(axis=1, keepdims=True)
    abroad = blocs["gdp_usd_bn"].to_numpy(dtype=float)[:, None] * national("exchange_rate") * split
    return np.concatenate([home, abroad])


def input_share_nkj() -> FloatArray:
    """Input coefficients, (34, 3 input, 3 user): China's of 2020, homes apart, past food; of 1993 in blocs (T6)."""
    abroad = np.stack([block_1993(bloc) for bloc in BLOCS])
    return np.concatenate([np.broadcast_to(table_past_food().input_share_kj, (len(codes()), 3, 3)), abroad])


def positive_share_nj(final_nj: FloatArray) -> FloatArray:
    """Shares of final demand, (34, 3); raises where one is not positive (T6)."""
    share = final_nj / final_nj.sum(axis=1, keepdims=True)
    if not (share > 0).all():
        labels = [f"{name} {sector}" for name in (*codes(), *BLOCS) for sector in SECTORS]
        where = places([labels[k] for k in np.flatnonzero(~(share > 0).reshape(-1))], share.size)
        raise DataError(Problem("calibrate.final_demand", {"where": where, "found": float(share.min())}))
    return np.asarray(share)


def bloc_net_imports_bj(trade: Foreign) -> FloatArray:
    """Imports less exports of each bloc, from China and other blocs, (3, 3), bn CNY; rows add up to its deficit."""
    from_china, to_china = trade.exports_njb.sum(axis=0).T, trade.imports_njb.sum(axis=0).T
    between = trade.between_blocs_bbj
    return np.asarray(from_china - to_china + between.sum(axis=1) - between.sum(axis=0))


def own_sales_bj(own_bj: FloatArray) -> FloatArray:
    """What blocs buy from themselves, (3, 3), bn CNY; raises where imports are more than they spend."""
    if (own_bj <= 0).any():
        labels = [f"{bloc} {sector}" for bloc in BLOCS for sector in SECTORS]
        where = places([labels[k] for k in np.flatnonzero(own_bj.reshape(-1) <= 0)], own_bj.size)
        raise DataError(Problem("calibrate.own_sales", {"where": where, "found": float(own_bj.min())}))
    return own_bj


def ownership_ni(capital_income_n: FloatArray) -> FloatArray:
    r"""Who owns the capital of each place: residents, and a national portfolio by wealth.

    .. math:: \Omega_{ni} = \omega 1[n = i] + (1 - \omega) K_n / \sum_m K_m \quad (n, i \text{ domestic})

    (34, 34), owner then place; columns add up to one. Assumed: omega = 1, for nothing supports another number.
    """
    home = assumption("home_ownership")
    domestic = len(codes())
    owned = np.eye(len(capital_income_n))
    wealth = capital_income_n[:domestic] / capital_income_n[:domestic].sum()
    owned[:domestic, :domestic] = home * np.eye(domestic) + (1 - home) * wealth[:, None]
    return owned


def capital_nj(added_nj: FloatArray, share_nj: FloatArray, gdp_n: FloatArray) -> FloatArray:
    """Capital by region and sector, bn CNY: the province's inventory split by capital income; blocs at China's ratio.

    (34, 3). Assumed: one return inside a province, and abroad China's mean ratio of capital to its income. Dwellings
    are in the inventory and their rents are not in this income: the return is understated by that.
    """
    domestic = len(codes())
    income = added_nj * share_nj
    stock = capital_n(codes(), gdp_n)
    ratio = np.full(len(income), stock.sum() / income[:domestic].sum())
    ratio[:domestic] = stock / income[:domestic].sum(axis=1)
    return np.asarray(income * ratio[:, None])


def workers_away(groups: FloatArray) -> float:
    """Workers in another province than that of their hukou, million, from cells by group."""
    by_place = groups.reshape(len(codes()), -1, len(codes()), len(RESIDENCES) * len(SECTORS)).sum(axis=(1, 3))
    return float(by_place.sum() - np.trace(by_place))


def consumption_of(home: ProvinceAccounts, final_share_nj: FloatArray) -> dict[str, FloatArray]:
    """Return the demand of households, who alone buy other goods as they get richer; in blocs nobody does (T6)."""
    uses_u, sigma = home.uses_nu[:, HOUSEHOLDS].sum(axis=0), parameter("substitution_elasticity")
    each_u = uses_u / residents_nr(codes()).sum(axis=0)
    consumed = home.consumption_nj.sum(axis=1)
    share_nj = final_share_nj.copy()
    share_nj[: len(codes())] = home.consumption_nj / consumed[:, None]
    return {
        "consumption_part_n": np.concatenate([consumed / home.uses_nu.sum(axis=1), np.zeros(len(BLOCS))]),
        "consumption_share_nj": share_nj,
        "income_elasticity_j": income_elasticity_j(home.share_uj[HOUSEHOLDS], uses_u, each_u, sigma),
        "substitution_elasticity": np.array(sigma),
    }


@cache
def parts(urban_ag_share: float | None = None) -> dict[str, Any]:
    """Return every step of the build by name; `build` picks what a world needs."""
    gdp, inputs, domestic = value_added_nj(), input_share_nkj(), len(codes())
    home = accounts_of(codes(), gdp[:domestic])
    added = np.concatenate([home.added_nj, gdp[domestic:]])
    workers = workers_nrj(codes(), urban_ag_share)
    labour = (workers * efficiency_rj()).sum(axis=1)
    capital_share = capital_share_nj(codes(), added, labour, by_sector("structures_share_j"))
    earned = (added * capital_share).sum(axis=1)
    owned = ownership_ni(earned)
    added_share = 1 - inputs.sum(axis=1)
    revenue = added / added_share
    bought = np.einsum("nkj,nj->nk", inputs, revenue)
    trade = foreign(codes(), revenue[:domestic], home.final_nj + bought[:domestic], added[:domestic])
    # What blocs use follows from their own balance once their trade is known.
    final = np.concatenate([home.final_nj, (revenue - bought)[domestic:] + bloc_net_imports_bj(trade)])
    whole = final + bought
    income = np.concatenate([home.income_n, final[domestic:].sum(axis=1)])
    between = trade.between_blocs_bbj
    own = own_sales_bj(whole[domestic:] - trade.exports_njb.sum(axis=0).T - between.sum(axis=1))
    flow = flow_nij(codes(), trade, revenue[:domestic], whole[:domestic], own)
    return {
        "value_added_nj": added,
        "input_share_nkj": inputs,
        "value_added_share_nj": added_share,
        "revenue_nj": revenue,
        "spending_nj": whole,
        "income_n": income,
        "homes_n": home.homes_n,
        "transfer_n": income - added.sum(axis=1) - (owned @ earned - earned),
        "budget": budgets(codes(), income[:domestic], len(BLOCS)),
        "uses_nu": home.uses_nu,
        "share_uj": home.share_uj,
        "final_share_nj": positive_share_nj(final),
        "consumption": consumption_of(home, positive_share_nj(final)),
        "flow_nij": flow,
        "capital_share_nj": capital_share,
        "ownership_ni": owned,
        "workers_nrj": workers,
        "cells_gc": cells_gc(codes(), workers),
    }


def build(urban_ag_share: float | None = None) -> dict[str, FloatArray]:
    """Return the arrays of `World.build` by name: an exact equilibrium with budgets.

    What a province spends beyond its value added is what budgets and transfers bring it; China's surplus goes to the
    blocs. Order: provinces by code, then ASEAN, CARM, ROW; groups (home, rural or urban hukou); cells (province,
    residence, sector).
    """
    steps = parts(urban_ag_share)
    added, flow, groups, budget = steps["value_added_nj"], steps["flow_nij"], steps["cells_gc"], steps["budget"]
    assert isinstance(budget, LocalBudgets)
    domestic, blocs = len(codes()), len(BLOCS)
    size = groups.sum(axis=1)
    at_home = np.concatenate([np.ones(domestic), np.zeros(blocs)])
    rural = by_sector("land_share_rural_j")
    arrays = {
        "trade_share_nij": flow / flow.sum(axis=1, keepdims=True),
        "value_added_nj": added,
        "trade_elasticity_j": np.full(len(SECTORS), parameter("trade_elasticity")),
        "input_share_nkj": steps["input_share_nkj"],
        "value_added_share_nj": steps["value_added_share_nj"],
        "structures_share_nj": np.broadcast_to(by_sector("structures_share_j"), added.shape),
        "capital_share_nj": steps["capital_share_nj"],
        "capital_nj": capital_nj(added, steps["capital_share_nj"], added[:domestic].sum(axis=1) + steps["homes_n"]),
        "capital_pool_n": at_home,
        "capital_elasticity": np.array(parameter("capital_elasticity")),
        "ownership_ni": steps["ownership_ni"],
        "final_share_nj": steps["final_share_nj"],
        **steps["consumption"],
        "transfer_n": steps["transfer_n"],
        "goods_share_n": np.where(at_home > 0, goods_share(steps["income_n"][:domestic]), 1.0),
        "housing_supply_elasticity_n": np.full(domestic + blocs, parameter("housing_supply_elasticity")),
        "migration_share_gc": groups / size[:, None],
        "group_size_g": size,
        "migration_elasticity": np.array(parameter("migration_elasticity")),
        "inner_elasticity": np.array(parameter("inner_elasticity")),
        "efficiency_rj": efficiency_rj(),
        "land_share_hj": np.stack([rural, 1 - rural]),
        "local_tax_n": budget.local_tax_n,
        "central_tax_n": budget.central_tax_n,
        "grant_share_n": budget.grant_share_n,
        "service_elasticity_n": at_home * parameter("service_elasticity"),
        "agglomeration_elasticity_n": at_home * parameter("agglomeration_elasticity"),
    }
    return {name: np.array(value, dtype=float) for name, value in arrays.items()}


def rents_off_farm_n(steps: dict[str, Any]) -> FloatArray:
    """Rents of land off the farm, and of homes, by province, bn CNY, (D,)."""
    added, off = steps["value_added_nj"][: len(codes())], np.array([sector != "ag" for sector in SECTORS])
    return np.asarray((added * by_sector("structures_share_j"))[:, off].sum(axis=1) + steps["homes_n"])


def beside(urban_ag_share: float | None = None) -> dict[str, FloatArray]:
    """Return what reports need beside the model's arrays: people, workers, hukou, income of households.

    `residents_per_worker_nr` turns workers by residence into residents: urban over all is the census' urban share.
    """
    steps = parts(urban_ag_share)
    workers = steps["workers_nrj"]
    people = residents_nr(codes())
    persons = persons_on(codes())
    return {
        "residents_n": people.sum(axis=1),
        "residents_per_worker_nr": people / (workers.sum(axis=2) * MILLION),
        "workers_nrj": workers,
        "persons_elsewhere_on": persons,
        "urban_hukou_share_o": urban_hukou_o(codes(), workers_on(codes(), workers.sum(axis=(1, 2)))),
        "revenue_nj": steps["revenue_nj"],
        "spending_nj": steps["spending_nj"],
        "income_n": steps["income_n"],
        "land_revenue_n": np.concatenate([land_revenue_n(rents_off_farm_n(steps)), np.zeros(len(BLOCS))]),
        "household_income_nr": np.concatenate([survey_income_nr(codes()), np.zeros((len(BLOCS), len(RESIDENCES)))]),
        "entitled_services_n": np.concatenate([entitled_services_n(codes()), np.zeros(len(BLOCS))]),
        "persons_per_worker_away": np.array(persons.sum() / workers_away(steps["cells_gc"])),
        "service_access": np.array(parameter("service_access")),
        "service_worth": np.array(parameter("service_worth")),
    }
