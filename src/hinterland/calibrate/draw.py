"""What draws people to a province beside its wage, as the flows of a base year imply it.

Hats need no such number. It is told so that a reader can judge it, under one normalisation out of many.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray

ROUNDS, SETTLED = 100, 1e-12


class Gravity(NamedTuple):
    """Poisson gravity of flows between different places."""

    destination_n: FloatArray  # effect of each destination, log, with mean zero
    distance: float
    adjacency: float


def gravity(flow_on: FloatArray, km_on: FloatArray, touch_on: FloatArray) -> Gravity:
    r"""Fit flows between different places by Poisson likelihood.

    .. math:: \ln E[x_{on}] = a_o + b_n + \beta \ln d_{on} + \gamma A_{on}, \quad o \ne n

    Parameters
    ----------
    flow_on, km_on, touch_on : (N, N)
        People, distance, and one where two places have a border; diagonals do not count.

    Source
    ------
    Santos Silva and Tenreyro (2006) [santossilvatenreyro2006]. Departure: none.
    """
    count = len(flow_on)
    away = ~np.eye(count, dtype=bool)
    origin, place = np.nonzero(away)
    design = np.concatenate(
        [
            np.eye(count)[origin],
            np.eye(count)[place][:, 1:],
            np.log(km_on[away])[:, None],
            touch_on[away][:, None],
        ],
        axis=1,
    )
    seen = flow_on[away]
    log_mean = np.log(seen + seen.mean())
    for _ in range(ROUNDS):
        mean = np.exp(log_mean)
        root = np.sqrt(mean)
        target = log_mean + seen / mean - 1
        found = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)[0]
        new = design @ found
        step = np.abs(new - log_mean).max()
        log_mean = new
        if step < SETTLED:
            break
    effect = np.concatenate([[0.0], found[count : 2 * count - 1]])
    return Gravity(effect - effect.mean(), float(found[-2]), float(found[-1]))


def log_draw_n(fitted: Gravity, wage_n: FloatArray, weight_n: FloatArray, kappa: float) -> FloatArray:
    r"""Log worth of a province beside its wage, with mean zero over `weight_n`.

    .. math:: \ln a_n = b_n / \kappa - \ln w_n

    (N,). It holds prices, services, the number of jobs and how open a province is to strangers: no figures tell them
    apart. It scales with kappa.
    """
    log_n = fitted.destination_n / kappa - np.log(wage_n)
    return np.asarray(log_n - np.average(log_n, weights=weight_n))
