"""Arrays that instruments write: one for each lever, neutral outside the target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland.arrays import BoolArray, FloatArray
from hinterland.economy.accounts import rural_persons_n
from hinterland.economy.economy import Economy
from hinterland.economy.neutral import array
from hinterland.errors import PolicyError, Problem
from hinterland.policy.targets import chosen_n

SECTORS = "role.sectors"


def target(economy: Economy, names: Sequence[str], instrument: str, value: str = "to") -> FloatArray:
    """Return the target, (D,) of zeros and ones."""
    return chosen_n(economy, names, f"{instrument}.{value}")


def some(economy: Economy, chosen: BoolArray, what: str, key: str = "policy.nobody") -> BoolArray:
    """Return what a policy acts on, or raise where an economy has no such thing: it would do nothing without a word."""
    if not chosen.any():
        raise PolicyError(Problem(key, {"economy": economy.name, "what": Problem(what)}))
    return chosen


def factor_gain(economy: Economy, log_factor_n: FloatArray, share: str, chosen_j: BoolArray) -> FloatArray:
    r"""Output per unit of input where a factor with the share `share` of value added grows or counts for more.

    `labour`, an array of shares, or `all`: a gain in value added itself. Every gain of an instrument passes here.

    .. math:: \ln\hat z_{nj} = \gamma_{nj} \beta_{nj} \ln\hat F_n

    with gamma the share of value added in output: exact, for factors enter as in Cobb and Douglas.
    """
    regions = slice(economy.cells.regions)
    added = array(economy, "value_added_share_nj")[regions, some(economy, chosen_j, SECTORS)]
    weight = np.ones_like(added)
    if share == "labour":
        for name in ("structures_share_nj", "capital_share_nj"):
            weight = weight - array(economy, name)[regions, chosen_j]
    elif share != "all":
        weight = array(economy, share)[regions, chosen_j]
    log_hat = np.zeros_like(economy.arrays["value_added_nj"])
    log_hat[regions, chosen_j] = added * weight * log_factor_n[:, None]
    return np.exp(log_hat)


def wedge(economy: Economy, hat_n: FloatArray, chosen_j: BoolArray) -> FloatArray:
    """What owners keep of a return changes by a factor, (N, J)."""
    hat = np.ones_like(economy.arrays["value_added_nj"])
    hat[: economy.cells.regions, some(economy, chosen_j, SECTORS)] = hat_n[:, None]
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
    return np.asarray((economy.cells.at_home_gc & ~economy.farm_c[None, :]) * rural_of(economy, to_n))


def rural_of(economy: Economy, to_n: FloatArray) -> FloatArray:
    """Whether a group holds rural hukou of the target, (G, 1)."""
    return np.asarray(some(economy, economy.rural_g, "role.rural_hukou") * to_n[economy.cells.home_g])[:, None]


def shared_out(economy: Economy, people: float, names: Sequence[str], where: str, value: str = "to") -> FloatArray:
    """Persons by region, (D,), shared out by rural residents; raises where more are named than live there."""
    rural = rural_persons_n(economy) * chosen_n(economy, names, where.replace(".people", f".{value}"))
    if people > rural.sum():
        raise PolicyError(Problem("policy.too_many", {"where": where, "value": people, "most": float(rural.sum())}))
    return np.asarray(people * rural / rural.sum())


def residents_c(economy: Economy) -> FloatArray:
    """Residents by cell, million, (C,)."""
    return np.asarray(economy.workers_c * economy.residents_per_worker_c)


def villagers_c(economy: Economy) -> FloatArray:
    """Residents of villages by cell, million, (C,)."""
    return residents_c(economy) * ~economy.town_c
