"""Trade of 2020: kernels between provinces, foreign trade by province and bloc, and the balanced table of flows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.national_table import national_table
from hinterland.base_years.workers import SECTORS
from hinterland.calibrate.ras import ras, spread_with_caps
from hinterland.data import box
from hinterland.data.figures import assumption, national, table, values
from hinterland.data.network import great_circle_km
from hinterland.data.units import YI_PER_BN

YEAR = 2020
BLOCS = ("ASEAN", "CARM", "ROW")
BEYOND = {"ASEAN": ("VN", "LA", "MM"), "CARM": ("RU", "MN", "KZ", "KG", "TJ")}  # countries behind land crossings
ANCHORS = {"ASEAN": ("450000", "530000"), "CARM": ("650000", "230000", "150000")}
TIBET, QINGHAI = "540000", "630000"


class Foreign(NamedTuple):
    """Foreign trade by province, sector and bloc, bn CNY."""

    exports_njb: FloatArray
    imports_njb: FloatArray
    between_blocs_bbj: FloatArray  # buyer, seller, sector


def nonag_2007(codes: tuple[str, ...]) -> FloatArray:
    """Shares of spending on non-agricultural goods between the 30 provinces, 2007, (30, 30). [tombezhu2019]."""
    rows = table("trade_shares_nonag_2007.csv").set_index("destination")
    return np.asarray(rows.loc[list(codes), list(codes)], dtype=float)


def ag_2002(codes: tuple[str, ...]) -> FloatArray:
    """Shares of spending on agricultural goods between the 30 provinces, 2002, (30, 30). [tombezhu2019]."""
    arrays = box.economy_arrays("china-2000")
    position = [list(arrays["region_code"]).index(code) for code in codes]
    return np.asarray(arrays["trade_share_nij"][np.ix_(position, position)][:, :, 0])


def with_tibet(share: FloatArray, codes: tuple[str, ...], known: tuple[str, ...]) -> FloatArray:
    """Add Tibet, which no table covers, as a twin of Qinghai; the two trade as Qinghai does with its mean partner."""
    like = [known.index(QINGHAI if code == TIBET else code) for code in codes]
    wide = share[np.ix_(like, like)] * 1.0
    here, twin = codes.index(TIBET), codes.index(QINGHAI)
    others = np.delete(np.arange(len(codes)), [here, twin])
    scale = assumption("tibet_kernel_scale")
    wide[here, others] *= scale
    wide[others, here] *= scale
    wide[here, twin] = scale * np.exp(np.log(wide[twin, others]).mean())
    wide[twin, here] = scale * np.exp(np.log(wide[others, twin]).mean())
    return wide


def kernel_nij(codes: tuple[str, ...]) -> FloatArray:
    r"""Seeds of trade between provinces by sector; only their odds ratios matter.

    .. math:: s^{ind} = \pi^{nonag}_{2007}, \quad s^{srv}_{ni} = .35\, s^{ind}_{ni} (n \ne i), \quad
              s^{ag} = .9\, \pi^{ag}_{2002} + .1\, \pi^{nonag}_{2007}

    (31, 31, 3), destination then origin. Assumed: the factor of services, the mix that removes zeros, Tibet as
    Qinghai, and no change since 2007. The data do not identify one: Head-Ries indices of 2012 exist but jump by factors
    of .3 to 17 between compilers, and rail times are those of passengers about 2021 alone.
    """
    known = tuple(code for code in codes if code != TIBET)
    industry, mix = nonag_2007(known), assumption("ag_kernel_mix")
    ag = (1 - mix) * ag_2002(known) + mix * industry
    home = np.eye(len(known), dtype=bool)
    services = np.where(home, industry, assumption("services_kernel") * industry)
    wide = [with_tibet(share, codes, known) for share in (ag, industry, services)]
    return np.stack(wide, axis=2)


def foreign_totals() -> tuple[FloatArray, FloatArray]:
    """National exports and imports of goods and services by sector, bn CNY, (3,), (3,): those of the official table.

    On the basis of the balance of payments. The surplus (2.5 trn yuan) is what the provinces give to the blocs.
    Source: input-output table of 2020 [nbsinputoutput].
    """
    official = national_table(YEAR)
    return official.exports_j, official.imports_j


def customs_n(codes: tuple[str, ...]) -> tuple[FloatArray, FloatArray]:
    r"""Exports and imports of goods by province through customs, bn CNY, (D,), (D,).

    .. math:: E_n = T_n \frac{\sum_{p \in n} E_p}{\sum_{p \in n} (E_p + M_p)}

    with T the trade of the province and p the prefectures that are seen: 99 % of all trade, a third of Xinjiang's and
    57 % of Yunnan's. By the place of the company that trades, which is not always that of production (T13).
    Source: customs totals in the panel, prefectures in the city yearbook [statisticalyearbook, cityyearbook].
    """
    seen = table("customs_2020.csv").set_index("region_code").loc[list(codes), ["exports", "imports"]]
    share = seen.to_numpy(dtype=float) / seen.to_numpy(dtype=float).sum(axis=1, keepdims=True)
    total = values("trade_total_cny", YEAR, codes) / YI_PER_BN
    return share[:, 0] * total, share[:, 1] * total


def km_to_crossings(codes: tuple[str, ...], countries: tuple[str, ...]) -> FloatArray:
    """Great-circle distance from each province's population centre to the nearest land crossing, km, (N,)."""
    centre = table("centroids.csv").set_index("region_code").loc[list(codes)]
    crossing = table("border_crossings.csv")
    crossing = crossing[[bool(set(beyond.split("/")) & set(countries)) for beyond in crossing["beyond"]]]
    lon, lat = (centre[name].to_numpy()[:, None] for name in ("longitude", "latitude"))
    to_lon, to_lat = (crossing[name].to_numpy()[None, :] for name in ("longitude", "latitude"))
    return np.asarray(great_circle_km(lon, lat, to_lon, to_lat).min(axis=1))


def bloc_share_nb(codes: tuple[str, ...]) -> FloatArray:
    r"""Share of each bloc in the foreign trade of each province.

    .. math:: s_{nb} = \bar s_b \; (n \text{ an anchor of } b), \quad
              s_{nb} \propto a_n b_b (1 + e^{-d_{nb} / 500 km}) \text{ elsewhere}, \quad d_{n,ROW} = \infty

    balanced to provincial totals and to the blocs' national shares. Anchors: ASEAN is 48 % of the trade of Guangxi and
    of Yunnan, CARM 60 % of that of Xinjiang, Heilongjiang and Inner Mongolia.

    Returns
    -------
    (N, 3), share
        Rows add up to one. Estimated: no table by province and partner is in the data.

    Source
    ------
    Customs totals; anchors and decay are assumptions [customs2020].
    """
    total, share = values("trade_total_cny", YEAR, codes), national_share_b()
    fixed, seed = np.zeros((2, len(codes), len(BLOCS)))
    seed[:] = 1.0
    for number, bloc in enumerate(BEYOND):
        seed[:, number] += np.exp(-km_to_crossings(codes, BEYOND[bloc]) / assumption("port_decay_km"))
        for code in ANCHORS[bloc]:
            fixed[codes.index(code), number] = assumption(f"anchor_{bloc.lower()}") * total[codes.index(code)]
    left = ras(
        np.where(fixed > 0, 0.0, seed),
        total - fixed.sum(axis=1),
        share * total.sum() - fixed.sum(axis=0),
        codes,
        BLOCS,
    )
    return np.asarray((fixed + left) / total[:, None])


def national_share_b() -> FloatArray:
    """Share of each bloc in China's foreign trade; the rest of the world is what is left, (3,). [customs2020]."""
    share = np.array([national("trade_share_asean"), national("trade_share_carm")])
    return np.append(share, 1 - share.sum())


def foreign(codes: tuple[str, ...], revenue_nj: FloatArray, spending_nj: FloatArray, added_nj: FloatArray) -> Foreign:
    r"""Foreign trade by province, sector and bloc, bn CNY.

    Industry and services are spread by customs, exports by exports and imports by imports; agriculture half so, half by
    value added (exports) or spending (imports). No province sells abroad more than half its output or buys more than
    half of its spending. Blocs get their national share of either side, and so of the surplus.

    Parameters
    ----------
    revenue_nj, spending_nj, added_nj : (D, 3), bn CNY

    Source
    ------
    Customs totals by province [statisticalyearbook, cityyearbook]. Estimated by sector and bloc.
    """
    cap, by_customs = assumption("foreign_share_cap"), assumption("ag_trade_by_customs")

    def spread(total_j: FloatArray, customs: FloatArray, ag_key: FloatArray, whole_nj: FloatArray) -> FloatArray:
        customs = customs / customs.sum()
        farm = by_customs * customs + (1 - by_customs) * ag_key / ag_key.sum()
        keys = (farm, customs, customs)
        return np.stack([spread_with_caps(total_j[j], keys[j], cap * whole_nj[:, j]) for j in range(len(SECTORS))], 1)

    shares = bloc_share_nb(codes)
    national_b = national_share_b()
    sides = []
    ways = ((added_nj[:, 0], revenue_nj), (spending_nj[:, 0], spending_nj))
    for total_j, customs, (key, whole) in zip(foreign_totals(), customs_n(codes), ways, strict=True):
        flow = spread(total_j, customs, key, whole)
        names = [f"{code} {sector}" for code in codes for sector in SECTORS]
        split = ras(np.repeat(shares, len(SECTORS), axis=0), flow.reshape(-1), national_b * flow.sum(), names, BLOCS)
        sides.append(split.reshape(*flow.shape, len(BLOCS)))
    return Foreign(sides[0], sides[1], between_blocs_bbj())


def between_blocs_bbj() -> FloatArray:
    """Trade between blocs, (3 buyer, 3 seller, 3 sectors), bn CNY: the same both ways and in every sector. Assumed."""
    split = np.array([assumption("bloc_trade_ag"), 0.0, assumption("bloc_trade_services")])
    split[1] = 1 - split.sum()
    flow = np.zeros((len(BLOCS), len(BLOCS)))
    for a, b, name in ((0, 2, "asean_row"), (1, 2, "carm_row"), (0, 1, "asean_carm")):
        flow[a, b] = flow[b, a] = assumption(f"bloc_trade_{name}") * national("exchange_rate")
    return np.asarray(flow[:, :, None] * split)


def flow_nij(
    codes: tuple[str, ...], trade: Foreign, revenue_nj: FloatArray, spending_nj: FloatArray, own_bj: FloatArray
) -> FloatArray:
    r"""Flows of goods between all regions: provinces balanced to what is left after foreign trade.

    .. math:: \sum_i x_{nij} = X_{nj} - M_{nj}, \quad \sum_n x_{nij} = R_{ij} - E_{ij}

    Parameters
    ----------
    revenue_nj, spending_nj : (D, 3), bn CNY
    own_bj : (3 blocs, 3), bn CNY
        What blocs sell to themselves.

    Returns
    -------
    (D + 3, D + 3, 3), bn CNY, destination then origin
        Rows add up to spending, columns to revenue, to 1e-13.
    """
    domestic, blocs = len(codes), len(BLOCS)
    kernel = kernel_nij(codes)
    flow = np.zeros((domestic + blocs, domestic + blocs, len(SECTORS)))
    for j in range(len(SECTORS)):
        bought = spending_nj[:, j] - trade.imports_njb[:, j].sum(axis=1)
        sold = revenue_nj[:, j] - trade.exports_njb[:, j].sum(axis=1)
        flow[:domestic, :domestic, j] = ras(kernel[:, :, j], bought, sold, codes, codes)
    flow[:domestic, domestic:] = trade.imports_njb.transpose(0, 2, 1)
    flow[domestic:, :domestic] = trade.exports_njb.transpose(2, 0, 1)
    flow[domestic:, domestic:] = trade.between_blocs_bbj
    for bloc in range(blocs):
        flow[domestic + bloc, domestic + bloc] = own_bj[bloc]
    return flow
