"""Choices at base-year values: who would move if costs changed and nothing else did.

Costs of reforms are priced with it, before an equilibrium is known.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.economy.implied import nest_of

BISECTIONS = 60
DEEPEST = 30.0  # log of the strongest change of a cost that is tried
NEARLY = 1e-9


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
    moved_c = economy.group_size_g @ (new_share_gc - economy.migration_share_gc)
    gained_c = moved_c * economy.residents_per_worker_c * economy.town_c
    return np.asarray(np.maximum(economy.cells.by_region(gained_c), 0.0))


def cost_hat_for(
    economy: Economy, to_gc: FloatArray, from_gc: FloatArray, movers_g: FloatArray, least_gc: FloatArray
) -> FloatArray:
    """Cost changes (G, C) that bring `movers_g` (million workers) more of each group to the cells of `to_gc`.

    By bisection: costs of those cells fall, as far as `least_gc` lets them; what is missing then comes by a rise of the
    costs of the cells of `from_gc`. Groups without movers keep their costs. Cells are zeros and ones.
    """
    wanted_g = movers_g / economy.group_size_g
    there_g = (economy.migration_share_gc * to_gc).sum(axis=1)
    moving = (wanted_g > 0)[:, None]

    def missing_g(hat_gc: FloatArray) -> FloatArray:
        return np.asarray(wanted_g - (share_gc(economy, hat_gc) * to_gc).sum(axis=1) + there_g)

    def pulled(log_g: FloatArray) -> FloatArray:
        return np.asarray(np.where(moving, np.maximum(np.exp(-log_g[:, None] * to_gc), least_gc), 1.0))

    pull_g = bisected(lambda log_g: missing_g(pulled(log_g)), len(wanted_g))
    short = (missing_g(pulled(pull_g)) > NEARLY * wanted_g)[:, None] & moving

    def pushed(log_g: FloatArray) -> FloatArray:
        return np.asarray(np.where(short, np.exp(log_g[:, None] * from_gc), 1.0) * pulled(pull_g))

    return pushed(bisected(lambda log_g: missing_g(pushed(log_g)), len(wanted_g)))


def bisected(missing_g: Callable[[FloatArray], FloatArray], count: int) -> FloatArray:
    """Where a falling function of numbers from zero on reaches zero, for each of `count`; else the end."""
    low, high = np.zeros(count), np.full(count, DEEPEST)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        more = missing_g(middle) > 0
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.asarray((low + high) / 2)
