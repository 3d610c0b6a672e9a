"""Arrays that instruments write: one for each lever, neutral outside the target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.figures import assumption
from hinterland.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.costs import MILLION
from hinterland.policy.targets import chosen_n

FARM, INDUSTRY, OFF_FARM = slice(0, 1), slice(1, 2), slice(1, None)  # of two sectors industry is all but agriculture


def target(economy: Economy, names: Sequence[str], instrument: str, value: str = "to") -> FloatArray:
    """Return the target, (D,) of zeros and ones."""
    return chosen_n(economy, names, f"{instrument}.{value}")


def productivity(economy: Economy, log_gain_n: FloatArray, sectors: slice) -> FloatArray:
    """Output per unit of input rises by a log gain, (N, J)."""
    log_hat = np.zeros_like(economy.arrays["value_added_nj"])
    log_hat[: economy.cells.regions, sectors] = log_gain_n[:, None]
    return np.exp(log_hat)


def factor_gain(economy: Economy, log_factor_n: FloatArray, share: str, sectors: slice) -> FloatArray:
    r"""Output per unit of input where a factor with the share `share` of value added grows or counts for more.

    .. math:: \ln\hat z_{nj} = \gamma_{nj} \beta_{nj} \ln\hat F_n

    with gamma the share of value added in output: exact, for factors enter as in Cobb and Douglas.
    """
    regions = slice(economy.cells.regions)
    added = economy.arrays["value_added_share_nj"][regions, sectors]
    weight = np.ones_like(added)
    if share == "labour":
        for name in (name for name in ("structures_share_nj", "capital_share_nj") if name in economy.arrays):
            weight = weight - economy.arrays[name][regions, sectors]
    elif share != "all":
        weight = economy.arrays[share][regions, sectors]
    log_hat = np.zeros_like(economy.arrays["value_added_nj"])
    log_hat[regions, sectors] = added * weight * log_factor_n[:, None]
    return np.exp(log_hat)


def wedge(economy: Economy, hat_n: FloatArray, sectors: slice) -> FloatArray:
    """What owners keep of a return changes by a factor, (N, J)."""
    hat = np.ones_like(economy.arrays["value_added_nj"])
    hat[: economy.cells.regions, sectors] = hat_n[:, None]
    return hat


def domestic_trade(economy: Economy, cut_ni: FloatArray) -> FloatArray:
    """Iceberg costs of selling from i to n fall by a share between domestic regions, (N, N, J)."""
    hat = np.ones_like(economy.arrays["trade_share_nij"])
    at_home = slice(economy.cells.regions)
    hat[at_home, at_home] = 1 - cut_ni[:, :, None]
    return hat


def amenity(economy: Economy, hat_n: FloatArray) -> FloatArray:
    """The worth of places changes by a factor, (N,)."""
    return np.concatenate([hat_n, np.ones(len(economy.foreign_codes))])


def to_town(economy: Economy, to_n: FloatArray) -> FloatArray:
    """Whether group g goes to town in its own province by choosing cell c, for rural hukou of the target, (G, C)."""
    return np.asarray((economy.cells.at_home_gc & economy.town_c[None, :]) * rural_of(economy, to_n))


def off_farm_at_home(economy: Economy, to_n: FloatArray) -> FloatArray:
    """Whether group g works off the farm in its own province in cell c, for rural hukou of the target, (G, C)."""
    off_farm_c = economy.cells.index_c[2] > 0
    return np.asarray((economy.cells.at_home_gc & off_farm_c[None, :]) * rural_of(economy, to_n))


def rural_of(economy: Economy, to_n: FloatArray) -> FloatArray:
    """Whether a group holds rural hukou of the target, (G, 1)."""
    return np.asarray(economy.rural_g * to_n[economy.cells.home_g])[:, None]


def rural_persons_n(economy: Economy) -> FloatArray:
    """Rural residents by region, persons, (D,)."""
    return rural_n(economy) * MILLION


def rural_residents_per_worker_n(economy: Economy) -> FloatArray:
    """Residents for each worker who lives in a village, (D,)."""
    cells = economy.cells
    return np.asarray(economy.residents_per_worker_c.reshape(cells.regions, cells.residences, -1)[:, 0, 0])


def shared_out(economy: Economy, people: float, names: Sequence[str], where: str, value: str = "to") -> FloatArray:
    """Persons by region, (D,), shared out by rural residents; raises where more are named than live there."""
    rural = rural_persons_n(economy) * chosen_n(economy, names, where.replace(".people", f".{value}"))
    if people > rural.sum():
        raise PolicyError(Problem("policy.too_many", {"where": where, "value": people, "most": float(rural.sum())}))
    return np.asarray(people * rural / rural.sum())


def capital_income_n(economy: Economy, sectors: slice) -> FloatArray:
    """Income of capital by region, bn CNY, (D,)."""
    regions = slice(economy.cells.regions)
    share, added = (economy.arrays[name][regions, sectors] for name in ("capital_share_nj", "value_added_nj"))
    return np.asarray((share * added).sum(axis=1))


def output_n(economy: Economy, sectors: slice) -> FloatArray:
    """Gross output of sectors by region in the economy's currency, (D,)."""
    added, share = (economy.arrays[name] for name in ("value_added_nj", "value_added_share_nj"))
    return np.asarray((added / share)[: economy.cells.regions, sectors].sum(axis=1))


def capital_n(economy: Economy, sectors: slice) -> FloatArray:
    """Capital of sectors by region, bn CNY, (D,)."""
    return np.asarray(economy.arrays["capital_nj"][: economy.cells.regions, sectors].sum(axis=1))


def replaced_n(economy: Economy, sectors: slice) -> FloatArray:
    """Investment that replaces capital of sectors by region, bn CNY a year, (D,)."""
    return assumption("depreciation") * capital_n(economy, sectors)


def residents_nr(economy: Economy) -> FloatArray:
    """Residents by region and residence, million, (D, R)."""
    cells = economy.cells
    people_c = economy.workers_c * economy.residents_per_worker_c
    return np.asarray(people_c.reshape(cells.regions, cells.residences, cells.sectors).sum(axis=2))


def workers_nj(economy: Economy) -> FloatArray:
    """Workers by region and sector, million, (D, J)."""
    cells = economy.cells
    return np.asarray(economy.workers_c.reshape(cells.regions, cells.residences, cells.sectors).sum(axis=1))


def rural_n(economy: Economy) -> FloatArray:
    """Rural residents by region, million, (D,); farm workers where residence is not told apart."""
    return residents_nr(economy)[:, 0] if economy.cells.residences > 1 else workers_nj(economy)[:, 0]


def urban_n(economy: Economy) -> FloatArray:
    """Urban residents by region, million, (D,); workers outside agriculture where residence is not told apart."""
    if economy.cells.residences > 1:
        return residents_nr(economy)[:, -1]
    return np.asarray(workers_nj(economy)[:, OFF_FARM].sum(axis=1))
