"""Choices at base-year values: who would move if costs changed and nothing else did.

Costs of reforms are priced with it, before an equilibrium is known.
"""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy import Economy

BISECTIONS = 60
DEEPEST = -30.0  # log of the strongest change of a cost that is tried


def share_gc(economy: Economy, cost_hat_gc: FloatArray) -> FloatArray:
    r"""Share of group g that would choose cell c at other costs and the worths of the base year.

    .. math:: m'_{gc} \propto m_{gc} \hat\mu_{gc}^{-\kappa_{in}} S_{gn}^{\kappa/\kappa_{in} - 1}, \quad
              S_{gn} = \sum_{c \in n} m_{gc} \hat\mu_{gc}^{-\kappa_{in}} / \sum_{c \in n} m_{gc}

    (G, C), adds up to one over cells. Source: as `model.mobility.HukouGroups`, at constant worths.
    """
    base, cells = economy.migration_share_gc, economy.cells
    outer, inner = economy.elasticity("migration_elasticity"), economy.elasticity("inner_elasticity")
    weight = (base * cost_hat_gc**-inner).reshape(len(base), cells.regions, -1)
    at_base = base.reshape(weight.shape).sum(axis=2)
    sums = np.divide(weight.sum(axis=2), at_base, out=np.ones_like(at_base), where=at_base > 0)
    weight = (weight * sums[:, :, None] ** (outer / inner - 1)).reshape(base.shape)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def moved_c(economy: Economy, cost_hat_gc: FloatArray) -> FloatArray:
    """Workers by cell that other costs would bring or take, million, (C,); adds up to zero."""
    gained = share_gc(economy, cost_hat_gc) - economy.migration_share_gc
    return np.asarray(economy.group_size_g @ gained)


def residents_to_towns_n(economy: Economy, cost_hat_gc: FloatArray) -> FloatArray:
    """New town residents by region at other costs, million, (D,); nobody where towns would lose."""
    gained_c = moved_c(economy, cost_hat_gc) * economy.residents_per_worker_c * economy.town_c
    return np.asarray(np.maximum(gained_c.reshape(economy.cells.regions, -1).sum(axis=1), 0.0))


def cost_hat_for(economy: Economy, reach_gc: FloatArray, movers_g: FloatArray) -> FloatArray:
    """Cost changes (G, C) in the cells of `reach_gc` that bring `movers_g` (million workers) more of each group there.

    By bisection on one factor a group. Groups without movers keep their costs; with `reach_gc` between zero and one the
    log change is weighted by it.
    """
    wanted = movers_g / economy.group_size_g
    chosen = reach_gc > 0
    there = (economy.migration_share_gc * chosen).sum(axis=1)
    low, high = np.full(len(wanted), DEEPEST), np.zeros(len(wanted))
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        gained = (share_gc(economy, np.exp(middle[:, None] * reach_gc)) * chosen).sum(axis=1) - there
        low, high = np.where(gained > wanted, middle, low), np.where(gained > wanted, high, middle)
    log_hat = np.where(wanted > 0, (low + high) / 2, 0.0)
    return np.asarray(np.exp(log_hat[:, None] * reach_gc))
