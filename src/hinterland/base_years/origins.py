"""Where workers of 2020 come from: hukou origin of persons and workers, hukou class, and the six cells."""

from __future__ import annotations

from functools import cache

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years.workers import SECTORS
from hinterland.calibrate.ras import ras, ras_with_bounds
from hinterland.data.figures import assumption, national, table, values
from hinterland.data.units import MILLION
from hinterland.errors import DataError, Problem, places

SAMPLE = 0.1  # the long form of the census asks every tenth household
HENAN, ANHUI, SICHUAN = "410000", "340000", "510000"
HALVINGS = 200
TYPES = ("rural_stayer", "urban_stayer", "rural_migrant", "urban_migrant")


@cache
def hukou_matrix(year: int) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Return the 30 codes, shares (60, 60) of each hukou group by cell, and workers of each group, million.

    Groups and cells are (province, ag or nonag). Rows are normalised (they add up to one within 1e-7 as carried).
    Source: census micro-data, Hao, Sun, Tombe and Zhu (2020) [haosuntombezhu2020].
    """
    shares = table("hukou_shares.csv.gz")
    chosen = shares[shares["year"] == year].sort_values(["origin", "hukou"])
    codes = tuple(dict.fromkeys(chosen["origin"]))
    cells = [f"{code}_{sector}" for code in codes for sector in ("ag", "nonag")]
    share = chosen[cells].to_numpy(dtype=float)
    sizes = table("hukou_workers.csv")
    size = sizes[sizes["year"] == year].sort_values(["origin", "hukou"])["workers"].to_numpy(dtype=float)
    return codes, share / share.sum(axis=1, keepdims=True), size


def moved_on(year: int, codes: tuple[str, ...]) -> FloatArray:
    """Workers of the matrix by home and working province, million; the diagonal and places it lacks are zero."""
    known, share, size = hukou_matrix(year)
    flow = (size[:, None] * share).reshape(len(known), 2, len(known), 2).sum(axis=(1, 3))
    np.fill_diagonal(flow, 0.0)
    wide = np.zeros((len(codes), len(codes)))
    position = [codes.index(code) for code in known]
    wide[np.ix_(position, position)] = flow
    return wide


def moves_on(codes: tuple[str, ...]) -> FloatArray:
    """Moves between provinces 2015 to 2020, million persons, (origin, destination). Census 2020 [census2020]."""
    moves = table("moves_2015_2020.csv")
    wide = moves.pivot(index="origin", columns="destination", values="persons_sample")
    flow = wide.reindex(index=list(codes), columns=list(codes)).fillna(0.0).to_numpy() / SAMPLE / MILLION
    return np.asarray(flow)


def stock_2010_on(codes: tuple[str, ...]) -> FloatArray:
    r"""People of 2010 by hukou and residence, million: the matrix of workers scaled to the census' destinations.

    .. math:: O_{on} = F_{on} S_n / \sum_o F_{on}

    (N, N), origin then destination. Tibet is not in the matrix: its row and column are zero.
    Source: census of 2010 [census2010].
    """
    flow = moved_on(2010, codes)
    stock = values("migrants_hukou_other_province", 2010, codes) / MILLION
    total = flow.sum(axis=0)
    return np.asarray(flow * np.where(total > 0, stock / np.where(total > 0, total, 1.0), 0.0)[None, :])


def prior_2020_on(codes: tuple[str, ...]) -> FloatArray:
    r"""People of 2020 by hukou and residence before margins: what is left of 2010, and new moves.

    .. math:: .8\, O_{on} + 1.5 \max(F_{on} - .12\, O_{no}, .15 F_{on})

    with F the moves of 2015 to 2020, some of which are returns (T11). (N, N), million.
    Notes: survival .8, scale 1.5, return .12 and the floor .15 are assumptions; only the odds ratios matter after.
    """
    stock, moves = stock_2010_on(codes), moves_on(codes)
    returned = assumption("return_rate") * stock.T
    new = np.maximum(moves - returned, assumption("least_new_share") * moves)
    return np.asarray(assumption("stock_survival") * stock + assumption("moves_to_stock") * new)


def persons_on(codes: tuple[str, ...]) -> FloatArray:
    r"""People with hukou in another province, million: the prior brought to the census' destinations.

    (N, N), origin then destination, zero diagonal; columns equal the census of 2020 exactly. Rows keep what is known
    of origins: 16.10 million from Henan, at least ten million from Anhui and Sichuan, at most ten from any other.
    Estimated. Source: census of 2020; bounds from the press [census2020, censuspress2021].
    """
    stock = values("migrants_hukou_other_province", 2020, codes) / MILLION
    low, high = np.zeros(len(codes)), np.full(len(codes), national("second_origins_at_least"))
    for code in (ANHUI, SICHUAN):
        low[codes.index(code)], high[codes.index(code)] = national("second_origins_at_least"), np.inf
    low[codes.index(HENAN)] = high[codes.index(HENAN)] = national("henan_hukou_elsewhere")
    return ras_with_bounds(prior_2020_on(codes), low, high, stock, codes)


def workers_on(codes: tuple[str, ...], workers_n: FloatArray) -> FloatArray:
    r"""Workers by hukou and working province, million; who did not come from elsewhere is at home.

    .. math:: M_{on} = 1.4\, (L / P)\, O_{on}, \quad M_{nn} = L_n - \sum_{o \ne n} M_{on}

    (N, N), origin then destination; columns add up to workers. Assumed: one rate of activity of migrants, 1.4 times
    the national workers per resident. Never solved from shares (T3). Raises where stayers would be negative.
    """
    people = values("census_population", 2020, codes).sum() / MILLION
    rate = assumption("migrant_activity_ratio") * workers_n.sum() / people
    flow = rate * persons_on(codes)
    stay = workers_n - flow.sum(axis=0)
    if (stay <= 0).any():
        where = places([codes[n] for n in np.flatnonzero(stay <= 0)], len(codes))
        raise DataError(Problem("calibrate.stayers", {"where": where, "found": float(stay.min())}))
    return np.asarray(flow + np.diag(stay))


def shifted(share_n: FloatArray, weight_n: FloatArray, total: float) -> FloatArray:
    r"""Shift shares by one step in logits so that they add up to a total.

    .. math:: \ln \frac{p_n'}{1 - p_n'} = \ln \frac{p_n}{1 - p_n} + \delta, \quad \sum_n w_n p_n' = T
    """
    odds = share_n / (1 - share_n)
    low, high = -20.0, 20.0
    for _ in range(HALVINGS):
        step = (low + high) / 2
        moved = odds * np.exp(step) / (1 + odds * np.exp(step))
        low, high = (low, step) if weight_n @ moved > total else (step, high)
    return np.asarray(moved)


def urban_hukou_o(codes: tuple[str, ...], flow_on: FloatArray) -> FloatArray:
    """Share with urban hukou by home province: that of 2010, shifted so that the nation has the 45.4 % of 2020.

    (N,), share of workers at home and away. Estimated: the legal distinction ended in 2014-16, and the share of 2010
    is that of residents. Source: census of 2010; communique no. 7 of 2021 [census2010, communique7].
    """
    weight = flow_on.sum(axis=1)
    share = values("nonagri_hukou_share", 2010, codes) / 100
    return shifted(share, weight, national("urban_hukou_share") * weight.sum())


def groups_hon(codes: tuple[str, ...], flow_on: FloatArray) -> FloatArray:
    """Workers by hukou class, home and working province, million: (2, N, N), rural then urban.

    Migrants are more rural than those at home: one shift in logits brings rural migrants to the 70.52 million of the
    survey; those at home are the rest of their class. Estimated. Source: survey of 2020 [migrantreport2020].
    """
    home = np.eye(len(codes), dtype=bool)
    urban_o = urban_hukou_o(codes, flow_on)
    away_o = np.where(home, 0.0, flow_on).sum(axis=1)
    urban_away_o = shifted(urban_o, away_o, away_o.sum() - national("cross_province_rural_migrants"))
    urban = flow_on * urban_away_o[:, None]
    stay_urban = urban_o * flow_on.sum(axis=1) - urban_away_o * away_o
    urban = np.where(home, stay_urban[:, None], urban)
    if (stay_urban <= 0).any() or (stay_urban >= np.diag(flow_on)).any():
        bad = (stay_urban <= 0) | (stay_urban >= np.diag(flow_on))
        where = places([codes[n] for n in np.flatnonzero(bad)], len(codes))
        raise DataError(Problem("calibrate.stayers", {"where": where, "found": float(stay_urban[bad][0])}))
    return np.stack([flow_on - urban, urban])


def ag_odds_t() -> FloatArray:
    """Odds of working in agriculture over those of all workers, by type of worker, from the matrix of 2010.

    (4,): rural and urban at home, rural and urban migrants. The matrix' classes are not legal hukou (T4): seeds only.
    """
    _, share, size = hukou_matrix(2010)
    flow = size[:, None] * share
    count = len(size) // 2
    flow = flow.reshape(count, 2, count, 2)
    same = np.eye(count, dtype=bool)[:, None, :, None]
    by_type = [np.where(same == at_home, flow, 0.0)[:, h].sum(axis=(0, 1)) for at_home in (True, False) for h in (0, 1)]
    everybody = flow.sum(axis=(0, 1, 2))
    odds = np.array([sector[0] / sector[1] for sector in by_type])
    return np.asarray(odds / (everybody[0] / everybody[1]))


def cells_gc(codes: tuple[str, ...], by_cell_nrj: FloatArray) -> FloatArray:
    """Workers of each group in each cell, million.

    (2N, 6N): groups (home, rural or urban hukou), cells (place, residence, sector). In each place the table of groups
    and cells is fitted to both margins; seeds are the priors of living in town by type of worker, the place's sectors
    by residence and the odds of `ag_odds_t`. Estimated.
    """
    count, sectors = len(codes), len(SECTORS)
    groups = groups_hon(codes, workers_on(codes, by_cell_nrj.sum(axis=(1, 2))))
    in_town = np.array([assumption(f"seed_urban_{name}") for name in TYPES])
    residence_tr = np.stack([1 - in_town, in_town], axis=1)
    odds_tj = np.ones((len(TYPES), sectors))
    odds_tj[:, 0] = ag_odds_t()
    by_sector_nrj = by_cell_nrj / by_cell_nrj.sum(axis=2, keepdims=True)
    table_gc = np.zeros((2 * count, 2 * sectors * count))
    for place in range(count):
        kind = np.where(np.arange(count)[:, None] == place, 0, 2) + np.arange(2)[None, :]
        seed = residence_tr[kind][..., None] * by_sector_nrj[place] * odds_tj[kind][:, :, None, :]
        seed = seed / seed.sum(axis=(2, 3), keepdims=True)
        rows = groups[:, :, place].T.reshape(-1)
        names = [f"{code} -> {codes[place]}" for code in codes for _ in range(2)]
        there = slice(2 * sectors * place, 2 * sectors * (place + 1))
        fitted = ras(seed.reshape(2 * count, -1) * rows[:, None], rows, by_cell_nrj[place].reshape(-1), names)
        table_gc[:, there] = fitted
    return table_gc
