"""Can the hukou matrix be rebuilt? The matrix of 2010 against what other information makes of it.

This is the evidence behind the origins of china-2020: an old matrix brought to new margins is twice as good as
gravity, and a wrong origin margin is worse than any kernel. Judged by cells of other provinces only: with the diagonal
in, every method correlates at .99.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hinterland.arrays import FloatArray
from hinterland.base_years.origins import hukou_matrix, shifted
from hinterland.calibrate.ras import ras
from hinterland.data.figures import table, values
from hinterland.data.panel import distances
from hinterland.data.units import MILLION

SETTLED, MOST_SWEEPS = 1e-10, 20_000
DISTANCE, ADJACENCY = -1.0, 0.5  # round numbers of gravity, used where nothing is fitted
STEP, ROUNDS = 1e-4, 30


class Rebuilt(NamedTuple):
    """How near a rebuilt matrix comes to the true one, by cells of other provinces."""

    key: str  # its name is the text `balance.rebuilt.KEY`
    correlation: float
    misplaced: float  # million cross-province workers in the wrong cell
    share_error: float  # mean absolute error of group shares, times 100
    misplaced_all: float  # million workers in the wrong cell, at home too
    distance: float  # elasticity used or fitted
    adjacency: float


@cache
def truth() -> tuple[tuple[str, ...], FloatArray]:
    """Return the 30 codes and workers of 2010 by group and cell, million, as published: (60, 60)."""
    return hukou_matrix(2010)[0], flow_of(2010)


def flow_of(year: int) -> FloatArray:
    """Return workers by group and cell in one year, million, (60, 60). [haosuntombezhu2020]."""
    _, share, size = hukou_matrix(year)
    return np.asarray(size[:, None] * share)


@cache
def home_gc() -> NDArray[np.bool_]:
    """True where a group works in its own province, (60, 60)."""
    province = np.arange(60) // 2
    return np.asarray(province[:, None] == province[None, :])


@cache
def class_gc() -> NDArray[np.int64]:
    """Number of the national total a cell belongs to: class of hukou by sector of work, at home or not; (60, 60)."""
    part = np.arange(60) % 2
    return np.asarray(np.where(home_gc(), 0, 4) + 2 * part[:, None] + part[None, :])


def class_totals(flow: FloatArray) -> FloatArray:
    """Workers of each of the eight kinds of `class_gc`, million, (8,)."""
    return np.bincount(class_gc().reshape(-1), flow.reshape(-1), minlength=8).astype(float)


def kernel_gc(distance: float, adjacency: float) -> FloatArray:
    r"""Gravity between provinces, :math:`d_{on}^{\beta} e^{\gamma A_{on}}`; one at home. (60, 60)."""
    known, _ = truth()
    km = distances().loc[list(known), list(known)].to_numpy(dtype=float)
    touch = np.zeros_like(km)
    pairs = table("adjacency.csv")
    for here, there in zip(pairs["region_code"], pairs["neighbour"], strict=True):
        if here in known and there in known:
            touch[known.index(here), known.index(there)] = touch[known.index(there), known.index(here)] = 1.0
    between = np.where(km > 0, km, 1.0) ** distance * np.exp(adjacency * touch)
    np.fill_diagonal(between, 1.0)
    return np.repeat(np.repeat(between, 2, axis=0), 2, axis=1)


def fitted_gc(kernel: FloatArray, rows: FloatArray, columns: FloatArray, class_total: FloatArray) -> FloatArray:
    """Fit a kernel to group sizes, to workers by cell and to eight national totals (six are independent)."""
    flow = kernel.copy()
    for _ in range(MOST_SWEEPS):
        flow = flow * (class_total / class_totals(flow))[class_gc()]
        flow = flow * (rows / flow.sum(axis=1))[:, None]
        flow = flow * (columns / flow.sum(axis=0))[None, :]
        if np.abs(flow.sum(axis=1) / rows - 1).max() < SETTLED:
            break
    return flow


def gravity_fitted(rows: FloatArray, columns: FloatArray, target: FloatArray) -> tuple[FloatArray, float, float]:
    r"""Fit the two elasticities as well: Poisson likelihood, whose conditions are two more totals.

    .. math:: \sum_{gc} x_{gc} \ln d_{gc} = \sum_{gc} \tilde x_{gc} \ln d_{gc}, \quad
              \sum_{gc} x_{gc} A_{gc} = \sum_{gc} \tilde x_{gc} A_{gc}
    """
    total = class_totals(target)
    log_km = np.log(kernel_gc(1.0, 0.0))
    touch = np.log(kernel_gc(0.0, 1.0))

    def moments(point: FloatArray) -> FloatArray:
        flow = fitted_gc(kernel_gc(*point), rows, columns, total)
        return np.array([((flow - target) * weight).sum() for weight in (log_km, touch)])

    point = np.array([DISTANCE, ADJACENCY])
    for _ in range(ROUNDS):
        gap = moments(point)
        slope = np.stack([(moments(point + STEP * axis) - gap) / STEP for axis in np.eye(2)], axis=1)
        move = np.linalg.solve(slope, gap)
        point = point - move
        if np.abs(move).max() < STEP:
            break
    return fitted_gc(kernel_gc(*point), rows, columns, total), float(point[0]), float(point[1])


def honest_rows() -> FloatArray:
    """Group sizes from what a census yearbook shows: people by hukou, one rate of activity, share of each class.

    Shares of the class are shifted by one logit step to the matrix' national total, which is no legal hukou (T4);
    else the national totals could not hold together with these rows.
    """
    known, flow = truth()
    people = values("census_population_hukou", 2010, known)
    workers = people * flow.sum() / people.sum()
    share = values("nonagri_hukou_share", 2010, known) / 100
    nonag = workers * shifted(share, workers, flow.sum(axis=1)[1::2].sum())
    return np.stack([workers - nonag, nonag], axis=1).reshape(-1)


def by_stocks(year: int) -> FloatArray:
    """The matrix of another year with 2010's workers by cell at home and census stocks by destination; no origins."""
    known, flow = truth()
    old = flow_of(year)
    stock = values("migrants_hukou_other_province", 2010, known) / MILLION
    away = np.where(home_gc(), 0.0, flow).sum()
    there = np.where(home_gc(), 0.0, old)
    by_place = there.reshape(60, 30, 2).sum(axis=(0, 2))
    there = there * np.repeat(stock / stock.sum() * away / by_place, 2)[None, :]
    left = np.maximum(flow.sum(axis=0) - there.sum(axis=0), 0.0)
    stay = np.where(home_gc(), old, 0.0)
    return np.asarray(there + stay * (left / stay.sum(axis=0))[None, :])


def judged(key: str, flow: FloatArray, distance: float = np.nan, adjacency: float = np.nan) -> Rebuilt:
    """Hold a rebuilt matrix against the true one."""
    _, true = truth()
    away = ~home_gc()
    gap = np.abs(flow - true)
    share = np.abs(flow / flow.sum(axis=1, keepdims=True) - true / true.sum(axis=1, keepdims=True))
    correlation = np.corrcoef(flow[away], true[away])[0, 1]
    return Rebuilt(key, float(correlation), gap[away].sum() / 2, 100 * share.mean(), gap.sum() / 2, distance, adjacency)


def rebuild() -> list[Rebuilt]:
    """Rebuild the matrix of 2010 from six kinds of information, best known first."""
    _, true = truth()
    rows, columns = true.sum(axis=1), true.sum(axis=0)
    total = class_totals(true)
    fitted, distance, adjacency = gravity_fitted(rows, columns, true)
    plain = kernel_gc(DISTANCE, ADJACENCY)
    round_numbers, honest = (fitted_gc(plain, margin, columns, total) for margin in (rows, honest_rows()))
    return [
        judged("fitted", fitted, distance, adjacency),
        judged("plain", round_numbers, DISTANCE, ADJACENCY),
        judged("old", ras(flow_of(2000), rows, columns)),
        judged("recent", ras(flow_of(2005), rows, columns)),
        judged("stocks", by_stocks(2005)),
        judged("honest", honest, DISTANCE, ADJACENCY),
    ]
