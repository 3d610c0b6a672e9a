"""How costs of trade and of moving rise with travel time, and how fast trains are: estimates for `data.network`.

Cross-sections with fixed effects are associations, not causes: places that trade or migrate much get faster lines. Of
moving, changes over time are asked as well; they differ in sign by period and form and settle no elasticity.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from hinterland.arrays import FloatArray
from hinterland.data import network
from hinterland.data.figures import assumption, table
from hinterland.economy.implied import migration_cost_gc, trade_cost_nij
from hinterland.economy.load import load

TRADE_YEAR, CENSUS_BEFORE, MIGRATION_YEAR, TIMETABLE_YEAR = 2007, 2010, 2020, 2021
FEW = 2e-5  # of a home's rural hukou: fewer are what balancing put there
NONAG = 1  # sector of china-2010
SHARES = (0.3, 1.2)  # between which the share of design speed is sought


class Estimate(NamedTuple):
    """An elasticity with its robust standard error, number of observations and R2 (fixed effects included)."""

    value: float
    standard_error: float
    observations: int
    r_squared: float


class Fit(NamedTuple):
    """How network times match a timetable."""

    speed_share: float  # of design speed: the mean log ratio is zero
    correlation: float  # of logs
    median_ratio: float
    spread: float  # standard deviation of the log ratio
    pairs: int


def slope(
    outcome: FloatArray, regressor: FloatArray, effects: FloatArray, weight: FloatArray, cluster: NDArray[Any]
) -> Estimate:
    r"""Weighted least squares of an outcome on one regressor and fixed effects.

    .. math:: b = \frac{\sum w \tilde x \tilde y}{\sum w \tilde x^2}, \quad
              se^2 = \frac{G}{G-1} \frac{M-1}{M-K} \frac{\sum_g (\sum_{g} w \tilde x e)^2}{(\sum w \tilde x^2)^2}

    Parameters
    ----------
    outcome, regressor, weight : (M,)
    effects : (M, E), indicators of fixed effects; columns may be dependent
    cluster : (M,), whose errors may go together; all different gives the usual robust error

    Notes
    -----
    Tildes are residuals on the effects (Frisch and Waugh); G clusters, K the rank with the regressor.
    """
    root = np.sqrt(weight)
    left, size, _ = np.linalg.svd(effects * root[:, None], full_matrices=False)
    span = left[:, size > 1e-9 * size[0]]
    y, x = ((value * root) - span @ (span.T @ (value * root)) for value in (outcome, regressor))
    value = float(x @ y / (x @ x))
    error = y - value * x
    groups, place = np.unique(cluster, return_inverse=True)
    score = np.bincount(place, weights=x * error)
    count, many = len(outcome), len(groups)
    small = many / (many - 1) * (count - 1) / (count - span.shape[1] - 1)
    around = outcome - np.average(outcome, weights=weight)
    r_squared = 1 - float(error @ error / (weight @ around**2))
    return Estimate(value, float(np.sqrt(small * (score @ score)) / (x @ x)), count, r_squared)


def indicators(member: NDArray[Any]) -> FloatArray:
    """Indicators of the values of a label, (M,) -> (M, values)."""
    return np.asarray(member[:, None] == np.unique(member)[None, :], dtype=float)


def freight_time_elasticity() -> Estimate:
    r"""Elasticity of the iceberg cost of goods to freight time, across pairs of provinces.

    .. math:: \ln \tau_{ni} = a_n + a_i + \eta_t \ln f_{ni}

    Head-Ries cost of non-agricultural goods of china-2010, whose trade is that of 2007; freight hours of 2007; each of
    the 435 pairs once, for the cost is symmetric, so that a province has one effect on either side. Errors robust.
    Source: Head and Ries (2001) for the cost [headries2001]; tables of 2007 [tombezhu2019].
    """
    china = load("china-2010")
    first, second = np.triu_indices(len(china.domestic_codes), 1)
    cost = trade_cost_nij(china)[first, second, NONAG]
    hours = network.hours_ni(TRADE_YEAR, codes=china.domestic_codes, freight=True)[first, second]
    effects = indicators(np.append(first, second)).reshape(2, len(first), -1).sum(axis=0)
    return slope(np.log(cost), np.log(hours), effects, np.ones_like(hours), np.arange(len(hours)))


def moving_over_time(since: int, until: int, in_hours: bool = False) -> Estimate:
    r"""Elasticity of the share that moved to travel time, or its answer to an hour, from changes between two years.

    .. math:: \Delta \ln m_{ni} = a_n + b_i + \epsilon \Delta \ln h_{ni}

    Rural hukou of home i at work in n, of the censuses of 2000 and 2010 (until 2010) or, until 2020, those who came to
    n in 2015-2020 against the stock of 2010. Whatever of a pair does not change, as distance and dialect, drops out;
    what a line answers to, as migration that was to grow, does not. Pairs with fewer than 2 in 100,000 at first are
    left out, weights are the shares then, errors are clustered by pair. The cost of moving has -epsilon / kappa.
    The form matters: far pairs lost most hours, and 2020's are moves where 2010's are people who stay.
    Source: shares by home [tombezhu2019, haosuntombezhu2020]; moves [census2020].
    """
    before, after = shares_moved(since), shares_moved(until)
    codes = before.index.to_list()
    hours = [network.hours_ni(year, codes=codes) for year in (since, until)]
    kept = (before.to_numpy() > FEW) & (after.to_numpy() > 0) & ~np.eye(len(codes), dtype=bool)
    home, place = np.nonzero(kept)
    moved = np.log(after.to_numpy()[kept] / before.to_numpy()[kept])
    effects = np.hstack([indicators(home), indicators(place)])
    pair = np.minimum(home, place) * len(codes) + np.maximum(home, place)
    then, now = (of[kept] for of in hours)
    change = now - then if in_hours else np.log(now / then)
    return slope(moved, change, effects, before.to_numpy()[kept], pair)


def shares_moved(year: int) -> pd.DataFrame:
    """Return rural hukou by home and place of work, shares of the home's; of 2020 persons of a sample who moved."""
    if year == MIGRATION_YEAR:
        moves = table("moves_2015_2020.csv").astype({"origin": str, "destination": str})
        wide = moves.pivot(index="origin", columns="destination", values="persons_sample")
        codes = shares_moved(CENSUS_BEFORE).index
        return wide.reindex(index=codes, columns=codes).fillna(0.0)
    rows = table("hukou_shares.csv.gz").query("year == @year and hukou == 'ag'").astype({"origin": str})
    rows = rows.set_index("origin").sort_index()
    return pd.DataFrame({code: rows[f"{code}_ag"] + rows[f"{code}_nonag"] for code in rows.index})


def migration_time_elasticity(by_workers: float = 1.0) -> Estimate:
    r"""Elasticity of the iceberg cost of moving to travel time, across homes and destinations.

    .. math:: \ln m_{gc} = a_g + b_c + \eta_m \ln h_{n(g) n(c)}

    Costs that china-2020 implies for rural hukou in urban industry and services of other provinces; hours of 2020.
    Weights are workers (to the power `by_workers`): no pair is empty, but the smallest hold a few persons that
    balancing put there, and weigh nothing. Errors are clustered by home and destination: both sectors share a flow.
    The cost scales with kappa, and so does the elasticity: kappa times it is that of the flow. Origins of 2020 are
    estimated from moves of 2015-2020 and the matrix of 2010.
    Source: Tombe and Zhu (2019), section 4, for the cost [tombezhu2019].
    """
    china = load("china-2020")
    regions = china.cells.index_c[0]
    groups, cells = np.flatnonzero(china.rural_g), np.flatnonzero(china.town_c & ~china.farm_c)
    group, cell = (side.ravel() for side in np.meshgrid(groups, cells, indexing="ij"))
    home, place = china.cells.home_g[group], regions[cell]
    away = home != place
    group, cell, home, place = group[away], cell[away], home[away], place[away]
    hours = network.hours_ni(MIGRATION_YEAR, codes=china.domestic_codes)[home, place]
    workers = china.group_size_g[group] * china.migration_share_gc[group, cell]
    effects = np.hstack([indicators(home), indicators(cell)])
    pair = home * len(groups) + place
    cost = migration_cost_gc(china)[group, cell]
    return slope(np.log(cost), np.log(hours), effects, workers**by_workers, pair)


def timetable_fit() -> Fit:
    """Fit the share of design speed to the timetable of 2021: in-train hours equal on average of logs.

    Pairs of capitals with a train, fastest direct one or one change of 45 minutes [railtimetable2021]. The fixed time
    of a trip is left out: a timetable has none.
    """
    codes = sorted(network.capitals())
    wide = table("rail_minutes_2021.csv").pivot(index="origin", columns="destination", values="minutes")
    printed = wide.reindex(index=codes, columns=codes).to_numpy(dtype=float) / 60
    known = np.isfinite(printed)

    def log_ratio(share: float) -> FloatArray:
        hours = network.hours_ni(TIMETABLE_YEAR, codes=codes, rail_share=share)[known] - assumption("trip_hours")
        return np.asarray(np.log(hours / printed[known]))

    share = float(brentq(lambda share: log_ratio(share).mean(), *SHARES, xtol=1e-6))
    ratio, log_printed = log_ratio(share), np.log(printed[known])
    together = float(np.corrcoef(ratio + log_printed, log_printed)[0, 1])
    return Fit(share, together, float(np.exp(np.median(ratio))), float(ratio.std()), int(known.sum()))
