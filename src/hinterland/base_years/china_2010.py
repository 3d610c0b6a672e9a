"""The base year china-2010: 30 provinces and the world, agriculture and the rest, hukou groups as Tombe and Zhu.

The arrays are those of china-2000, so that the same economy reads both. Workers stand on the basis of the census, not
of the master table (T2, T3); trade is balanced to value added of 2010, so that the fixed point of its shares is data
and not a by-product (T5).
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.base_years.flows import TIBET
from hinterland.base_years.national_table import national_table
from hinterland.base_years.origins import hukou_matrix
from hinterland.base_years.sheet import Record, record
from hinterland.calibrate.checked import Row, identity, scaled, stored
from hinterland.calibrate.ras import ras
from hinterland.data import box
from hinterland.data.figures import assumption, national, table, values
from hinterland.data.regions import china
from hinterland.data.units import MILLION, YI_PER_BN
from hinterland.economy.two_sector import Elasticities, balanced_revenue
from hinterland.errors import DataError, Problem, places

NAME = "china-2010"
SECTORS = ("ag", "nonag")
WORLD = "WORLD"
LONG_FORM = 10.0  # the long form of the census asks every tenth household
PUBLISHED = "china-2000"  # whose split of value added between labour and land, and kappa, are kept


class Technology(NamedTuple):
    """Constants of the two-sector economy, shares of gross output; `schema/parameters.csv` has them by name."""

    input_kj: FloatArray  # (2 input, 2 user)
    labour_share_j: FloatArray
    land_share_j: FloatArray
    final_share_j: FloatArray

    @property
    def value_added_share_j(self) -> FloatArray:
        """What inputs leave of output."""
        return np.asarray(1 - self.input_kj.sum(axis=0))

    @property
    def input_share_jk(self) -> FloatArray:
        """Shares of good k in the intermediates of user j; rows add up to one."""
        return np.asarray((self.input_kj / self.input_kj.sum(axis=0)).T)


@cache
def codes() -> tuple[str, ...]:
    """Return the 30 codes in order; the matrix does not cover Tibet."""
    return tuple(code for code in sorted(china().codes) if code != TIBET)


def workers_nj() -> FloatArray:
    r"""Workers by province and sector, million, on the basis of the census.

    .. math:: L_n = 10\, l_n\, (761.05 / \sum_m 10\, l_m), \quad L_{n,ag} = s_n L_n

    (30, 2), with l the long form. Shares in agriculture are the census' (48 %; the yearbook's 36.7 % stand on another
    basis, T8). Source: census of 2010 [census2010].
    """
    every = tuple(sorted(china().codes))
    scale = national("workers_2010") / (values("employed_longform_sample", 2010, every).sum() * LONG_FORM / MILLION)
    total = values("employed_longform_sample", 2010, codes()) * LONG_FORM / MILLION * scale
    ag = values("employment_share_primary_census", 2010, codes()) / 100
    return np.asarray(np.stack([ag, 1 - ag], axis=1) * total[:, None])


def flow_gc() -> FloatArray:
    r"""Workers of each hukou group in each cell, million: the matrix of 2010 on the basis of the census.

    .. math:: F_{gc} = m_{gc} \bar L_g \frac{.845\, S_n}{\sum_{g' \notin n} m_{g'n} \bar L_{g'}} \; (g \notin n), \quad
              F_{gc} = m_{gc} h_g \frac{L_c - \sum_{g' \notin n} F_{g'c}}{\sum_{g' \in n} m_{g'c} h_{g'}}
              \; (g \in n)

    with h the share of a class among the province's hukou, `class_share_g`.

    Returns
    -------
    (60, 60), million workers
        Columns add up to workers by cell; who is at home is what others leave, split by the matrix (never solved for,
        T3). Raises where that is negative.

    Source
    ------
    Matrix of Hao, Sun, Tombe and Zhu (2020); stocks of the census of 2010 [haosuntombezhu2020, census2010].
    """
    known, share, size = hukou_matrix(2010)
    assert known == codes()
    count = len(known)
    raw = (size[:, None] * share).reshape(count, 2, count, 2)
    home = np.eye(count, dtype=bool)[:, None, :, None]
    away = np.where(home, 0.0, raw)
    stock = values("migrants_hukou_other_province", 2010, known) / MILLION * assumption("migrant_activity_2010")
    away = away * (stock / away.sum(axis=(0, 1, 3)))[None, None, :, None]
    left = workers_nj() - away.sum(axis=(0, 1))
    if (left <= 0).any():
        where = places([f"{known[n]} {SECTORS[j]}" for n, j in np.argwhere(left <= 0)], left.size)
        raise DataError(Problem("calibrate.stayers", {"where": where, "found": float(left.min())}))
    at_home = np.where(home, (class_share_g()[:, None] * share).reshape(raw.shape), 0.0)
    at_home = at_home * (left / at_home.sum(axis=(0, 1)))[None, None]
    return np.asarray((away + at_home).reshape(2 * count, 2 * count))


def class_share_g() -> FloatArray:
    """Share of each hukou class among the workers of its province, (60,): the median of 2000, 2005 and 2010.

    Sizes of 2010 alone make 23 % of Shanghai's hukou non-agricultural (65 % in 2005), an artefact of solving for them
    (T3). [haosuntombezhu2020].
    """
    sizes = [hukou_matrix(year)[2].reshape(-1, 2) for year in (2000, 2005, 2010)]
    nonag = np.median([size[:, 1] / size.sum(axis=1) for size in sizes], axis=0)
    return np.stack([1 - nonag, nonag], axis=1).reshape(-1)


def value_added_nj() -> FloatArray:
    """Value added of the 30 provinces, bn CNY, (30, 2): GDP after the fifth census by published shares. [nbsdata]."""
    names = ("primary", "secondary", "tertiary")
    share = np.stack([values(f"gdp_share_{name}", 2010, codes()) for name in names], axis=1)
    ag = share[:, 0] / share.sum(axis=1)
    return np.stack([ag, 1 - ag], axis=1) * values("gdp_rev5census", 2010, codes())[:, None] / YI_PER_BN


def technology() -> Technology:
    r"""Constants of 2010: input coefficients of the official table, final demand from the nation's balance.

    .. math:: \epsilon_j = (R_j + M_j - E_j - \sum_k a_{jk} R_k) / VA

    Labour and land split value added as published for 2000. Net imports of agriculture are those of 2010; the rest
    balances trade. Source: table of 2010, industry and services put together [nbsinputoutput, tombezhu2019].
    """
    official = national_table(2010)
    ag_and_rest = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    inputs = ag_and_rest @ official.inputs_kj @ ag_and_rest.T / (ag_and_rest @ official.output_j)
    added_share = 1 - inputs.sum(axis=0)
    published = {
        name: np.array([schema.parameters()[f"{PUBLISHED}.{name}_share_j.{j}"].value for j in SECTORS])
        for name in ("labour", "land")
    }
    labour = added_share * published["labour"] / (published["labour"] + published["land"])
    value_added = value_added_nj().sum(axis=0)
    revenue = value_added / added_share
    final = (revenue + net_imports_j() - inputs @ revenue) / value_added.sum()
    return Technology(inputs, labour, added_share - labour, final)


def net_imports_j() -> FloatArray:
    """Net imports by sector, bn CNY, (2,): agriculture's of the official table, paid for by the rest."""
    official = national_table(2010)
    ag = official.imports_j[0] - official.exports_j[0]
    return np.array([ag, -ag])


def revenue_nj(tech: Technology) -> FloatArray:
    r"""Revenue of provinces and the world, bn CNY, (31, 2).

    The world has China's constants (the two-sector economy knows one set): its output by sector follows from its GDP
    and its trade with China, :math:`(I - A) R_w = \epsilon VA_w + M`, with M China's net imports.
    """
    home = value_added_nj() / tech.value_added_share_j
    # The provinces' GDP and China's in dollars differ by vintage: the world keeps its ratio to China.
    ratio = national("world_gdp_2010") / national("china_gdp_2010") - 1
    world = ratio * value_added_nj().sum()
    abroad = np.linalg.solve(np.eye(2) - tech.input_kj, tech.final_share_j * world + net_imports_j())
    return np.concatenate([home, abroad[None, :]])


def trade_share_nij(tech: Technology) -> FloatArray:
    r"""Trade shares of 2010: kernels of 2007 and 2002 balanced to spending and revenue of 2010.

    .. math:: X_{nj} = \epsilon_j VA_n + \sum_k a_{jk} R_{nk}

    (31, 31, 2), destination then origin, rows add up to one. The world is in the kernel, so foreign trade follows
    from it. Agriculture is that of 2002 with a tenth of the rest mixed in, which removes exact zeros.
    Source: [tombezhu2019]. Estimated.
    """
    order = [*codes(), WORLD]
    rows = table("trade_shares_nonag_2007.csv").set_index("destination")
    rest = np.asarray(rows.loc[order, order], dtype=float)
    arrays = box.economy_arrays(PUBLISHED)
    position = [list(arrays["region_code"]).index(code) for code in order]
    mix = assumption("ag_kernel_mix")
    ag = (1 - mix) * arrays["trade_share_nij"][np.ix_(position, position)][:, :, 0] + mix * rest
    revenue = revenue_nj(tech)
    spent = tech.final_share_j * (revenue * tech.value_added_share_j).sum(axis=1)[:, None] + revenue @ tech.input_kj.T
    flows = [ras(kernel, spent[:, j], revenue[:, j], order, order) for j, kernel in enumerate((ag, rest))]
    flow = np.stack(flows, axis=2)
    return np.asarray(flow / flow.sum(axis=1, keepdims=True))


def accounts(year: int) -> pd.DataFrame:
    """Return the master table of one year by region and sector. [haosuntombezhu2020]."""
    rows = table("sector_accounts_2000_2010.csv")
    return rows[(rows["year"] == year) & rows["region_code"].isin(codes())].sort_values(["region_code", "sector"])


def real_income_nj(workers: FloatArray) -> FloatArray:
    r"""Real income per worker, relative level: the master's real GDP over workers on the basis of the census.

    .. math:: y_{nj} = y^{0}_{nj} L^{0}_{nj} / L_{nj}, \text{ scaled so that the nation's mean stays}
    """
    master = accounts(2010)
    output = (master["real_income"] * master["workers_yearbook"]).to_numpy().reshape(workers.shape)
    mean = output.sum() / master["workers_yearbook"].sum()
    return np.asarray(output / workers * (mean / (output.sum() / workers.sum())))


def real_income_hat_nj() -> FloatArray:
    """Change of real income per worker 2000 to 2010: the product of two five-year changes (T14). Yearbook basis."""
    changes = [accounts(year)["real_income_hat_5_years"].to_numpy() for year in (2005, 2010)]
    return np.asarray((changes[0] * changes[1]).reshape(len(codes()), 2))


def migration_cost_hat_gc(income_hat: FloatArray) -> FloatArray:
    r"""Change of iceberg migration costs 2000 to 2010, recomputed from two matrices of one source and cleaned (T15).

    .. math:: \hat m_{gc} = \left(\frac{s'_{gc} / s'_{gg}}{s_{gc} / s_{gg}}\right)^{-1/\kappa}
              \frac{\hat y_c}{\hat y_g}

    (60, 60). One where neither year has more than 5,000 workers; clipped to [.05, 20]. It scales with kappa.
    Source: Tombe and Zhu (2019), section 4 [tombezhu2019]. Departure: cleaned.
    """
    (_, before, size_before), (_, after, size_after) = hukou_matrix(2000), hukou_matrix(2010)
    kappa = schema.parameters()[f"{PUBLISHED}.migration_elasticity"].value
    home, income = np.arange(len(before)), income_hat.reshape(-1)
    share = (after / after[home, home][:, None]) / (before / before[home, home][:, None])
    change = np.clip(
        share ** (-1 / kappa) * income[None, :] / income[:, None],
        assumption("cost_change_low"),
        assumption("cost_change_high"),
    )
    most = np.maximum(before * size_before[:, None], after * size_after[:, None]) * MILLION
    change = np.where(most > assumption("fewest_workers"), change, 1.0)
    change[home, home] = 1.0
    return np.asarray(change)


def build() -> dict[str, FloatArray]:
    """Return the arrays of china-2010 by name, those of china-2000 in the same order of axes."""
    tech, flow = technology(), flow_gc()
    size = flow.sum(axis=1)
    shares = flow / size[:, None]
    workers = (size @ shares).reshape(len(codes()), 2)
    income_hat = real_income_hat_nj()
    return {
        "trade_share_nij": trade_share_nij(tech),
        "migration_share_gc": shares,
        "migration_cost_hat_2000_2010_gc": migration_cost_hat_gc(income_hat),
        "workers_nj": workers,
        "foreign_workers": np.array([national("foreign_workers_2010")]),
        "real_income_nj": real_income_nj(workers),
        "real_income_hat_2000_2010_nj": income_hat,
    }


def elasticities(tech: Technology) -> Elasticities:
    """Return the constants as the two-sector economy has them; theta, kappa and alpha are those of china-2000."""
    trade, migration, goods = (
        np.asarray(schema.parameters()[f"{PUBLISHED}.{name}"].value)
        for name in ("trade_elasticity", "migration_elasticity", "goods_share")
    )
    inputs = tech.input_share_jk
    return Elasticities(trade, migration, goods, tech.final_share_j, tech.labour_share_j, tech.land_share_j, inputs)


def checks() -> list[Row]:
    """Hold china-2010 to official totals and to its own identities."""
    tech, arrays, count = technology(), build(), len(codes())
    revenue, share = revenue_nj(tech), arrays["trade_share_nij"]
    added = revenue * tech.value_added_share_j
    fixed = balanced_revenue(share, elasticities(tech))
    spent = tech.final_share_j * added.sum(axis=1)[:, None] + revenue @ tech.input_kj.T
    official = national_table(2010)
    traded = (official.exports_j + official.imports_j).sum() / 2
    flow = flow_gc().reshape(count, 2, count, 2)
    away = np.where(np.eye(count, dtype=bool)[:, None, :, None], 0.0, flow)
    stock = values("migrants_hukou_other_province", 2010, codes()).sum() / MILLION
    migrants = stock * assumption("migrant_activity_2010")
    every = tuple(sorted(china().codes))
    covered = 1 - values("employed_longform_sample", 2010, every)[every.index(TIBET)] / (
        values("employed_longform_sample", 2010, every).sum()
    )
    by_region = np.abs(fixed / fixed[-1, -1] * revenue[-1, -1] / revenue - 1)
    gdp, imports = added[:count].sum(), (share[:count, -1] * spent[:count]).sum()
    workers, money = arrays["workers_nj"].sum(), "bn CNY"
    return [
        scaled("workers_without_tibet", workers, national("workers_2010") * covered, "million"),
        scaled("workers_across", away.sum(), migrants, "million"),
        scaled("gdp_without_tibet", gdp, values("gdp_rev5census", 2010, codes()).sum() / YI_PER_BN, money),
        identity("fixed_point_gap", by_region.max()),
        Row("final_demand_not_positive", float((tech.final_share_j <= 0).sum()), 0.0, "count", 0.0, "door"),
        Row("imports_both", float(imports), float(traded), money, 0.02, "one_set"),
        stored(NAME, arrays),
    ]


def labelled() -> dict[str, Any]:
    """Return every array with the labels of its axes."""
    return {"region_code": np.array([*codes(), WORLD]), "sector": np.array(SECTORS), **build()}


def sheet() -> list[Record]:
    """Return the national totals of the base year as shipped."""
    arrays = box.economy_arrays(NAME)
    workers = arrays["workers_nj"].sum(axis=0)
    found = {"workers": workers.sum(), "workers_ag": workers[0], "workers_nonag": workers[1]}
    return [record("sheet", item, "million", value) for item, value in found.items()]


def account_rows() -> list[Record]:
    """Nothing: households, uses and balances of 2010 are not built."""
    return []


def implied() -> list[Record]:
    """Return what the base year implies: nothing is told of it."""
    return []
