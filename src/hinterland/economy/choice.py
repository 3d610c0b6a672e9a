"""Choices at base-year values: who would move if costs changed and nothing else did.

Costs of reforms are priced with it, before an equilibrium is known.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.economy.implied import nest_of

MOST_STEPS = 100
CLOSE = 1e-12  # last step of the log of a change
DEEPEST = 30.0  # log of the strongest change of a cost that is tried
ROUNDING = 1e-15  # share of a group that moves only because a solver rounds


def share_gc(economy: Economy, cost_hat_gc: FloatArray) -> FloatArray:
    r"""Share of group g that would choose cell c at other costs and the worths of the base year.

    .. math:: m'_{gc} \propto m_{gc} \hat\mu_{gc}^{-\kappa_{in}} S_{gn}^{\kappa/\kappa_{in} - 1}, \quad
              S_{gn} = \sum_{c \in n} m_{gc} \hat\mu_{gc}^{-\kappa_{in}} / \sum_{c \in n} m_{gc}

    (G, C), adds up to one over cells; no change of costs returns the base year to the last bit.
    Source: as `model.choice.Nest`, at constant worths.
    """
    base, nest = economy.migration_share_gc, nest_of(economy)
    weight = nest.weight_gc(base * cost_hat_gc**-nest.inner, base)
    return np.asarray(weight / (weight.sum(axis=1, keepdims=True) / base.sum(axis=1, keepdims=True)))


def residents_to_towns_n(economy: Economy, new_share_gc: FloatArray) -> FloatArray:
    """New town residents by region where groups choose as in `new_share_gc`, million, (D,); nobody where towns lose."""
    moved_gc = new_share_gc - economy.migration_share_gc
    moved_c = economy.group_size_g @ np.where(np.abs(moved_gc) > ROUNDING, moved_gc, 0.0)
    gained_c = moved_c * economy.residents_per_worker_c * economy.town_c
    return np.asarray(np.maximum(economy.cells.by_region(gained_c), 0.0))


def cost_hat_for(economy: Economy, to_gc: FloatArray, movers_g: FloatArray) -> FloatArray:
    """Cost changes (G, C) that bring `movers_g` (million workers) more of each group to the cells of `to_gc`.

    Costs of those cells fall; groups without movers keep theirs. Cells are zeros and ones.
    """
    wanted_g = movers_g / economy.group_size_g
    target_g = wanted_g + (economy.migration_share_gc * to_gc).sum(axis=1)
    moving = (wanted_g > 0)[:, None]

    def pulled(log_g: FloatArray) -> FloatArray:
        return np.asarray(np.where(moving, np.exp(-log_g[:, None] * to_gc), 1.0))

    slope_gc = np.where(moving, -1.0 * to_gc, 0.0)
    return pulled(reached(lambda log_g: share_and_slope_g(economy, pulled(log_g), slope_gc, to_gc), target_g))


def share_and_slope_g(
    economy: Economy, cost_hat_gc: FloatArray, slope_gc: FloatArray, to_gc: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Share of each group that goes to the cells of `to_gc`, and its slope where log costs have the slopes `slope_gc`.

    .. math:: d \ln x_{gc} = -\kappa_{in} d \ln\hat\mu_{gc}, \quad
              d \ln t_{gc} = d \ln x_{gc} + (\kappa/\kappa_{in} - 1)
              \sum_{c \in n} x_{gc} d \ln x_{gc} / \sum_{c \in n} x_{gc}

    with x the terms of a flat choice and t those of the nested one, in proportion to which cells are chosen.
    """
    base, nest = economy.migration_share_gc, nest_of(economy)
    flat = base * cost_hat_gc**-nest.inner
    chosen = nest.weight_gc(flat, base)
    chosen /= chosen.sum(axis=1, keepdims=True)
    d_log_flat = -nest.inner * slope_gc
    inside_gc = nest.split_gc(flat)[1]
    d_region_gn = economy.cells.by_region(inside_gc * d_log_flat)
    d_log = d_log_flat + (nest.outer / nest.inner - 1) * d_region_gn.repeat(economy.cells.per_region, axis=1)
    there = chosen * to_gc
    share_g = there.sum(axis=1)
    return share_g, (there * d_log).sum(axis=1) - share_g * (chosen * d_log).sum(axis=1)


def reached(share_at: Callable[[FloatArray], tuple[FloatArray, FloatArray]], target_g: FloatArray) -> FloatArray:
    """Where rising shares of numbers from zero on reach their targets; else the end.

    By Newton's method on log odds, in which shares of a choice are nearly linear, inside a bracket that closes.
    """
    low, high = np.zeros_like(target_g), np.full_like(target_g, DEEPEST)
    before, at_g = share_at(low)[0] >= target_g, np.where(share_at(high)[0] < target_g, high, low)
    going = ~before & (at_g == 0)
    for _ in range(MOST_STEPS):
        share_g, slope_g = share_at(at_g)
        low, high = np.where(share_g < target_g, at_g, low), np.where(share_g < target_g, high, at_g)
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.log(target_g * (1 - share_g) / (share_g * (1 - target_g)))
            newton = at_g + odds * share_g * (1 - share_g) / slope_g
        inside = (newton > low) & (newton < high)
        new_g = np.where(inside, newton, (low + high) / 2)
        step_g, at_g = np.abs(new_g - at_g), np.where(going, new_g, at_g)
        going = going & (step_g > CLOSE)
        if not going.any():
            break
    return at_g
