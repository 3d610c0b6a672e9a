"""Follow the solution from the base year while the levers rise: what neither mixing nor one Newton run reaches.

Hats rise in logs, rates and transfers in levels. Where the path ends before the levers are all the way up there is no
equilibrium on it, and the part of the change that was reached is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.levers import Levers
from hinterland.solve.newton import System, newton

FIRST, SMALLEST, GROWS, SHRINKS = 0.25, 1e-4, 2.0, 0.35
PACES = ((1.0, 1.0), (1.0, 3.0), (3.0, 1.0))  # powers of the way by which costs, and all else, rise: one path may end


class Path(NamedTuple):
    """How far the path came, and the point there."""

    reached: float
    point: FloatArray
    evaluations: int


def raised(levers: Levers, base: dict[str, FloatArray], part: float, pace: tuple[float, float] = PACES[0]) -> Levers:
    """Return the levers at a part of their way from the base year, whose own arrays are `base`."""

    def at(name: str, value: Any) -> FloatArray:
        now, way = np.asarray(value, dtype=float), part ** pace[0 if "_cost_hat_" in name else 1]
        if "_hat_" in name:
            return np.asarray(now**way)
        before = np.broadcast_to(base.get(name, np.zeros(())), now.shape)
        return np.where(now == before, now, before + way * (np.where(now == before, 0.0, now) - before))

    values = {name: at(name, value) for name, value in levers._asdict().items() if value is not None}
    return levers._replace(**values)


def followed(system_at: Callable[[float], System], start: FloatArray) -> Path:
    """Return where the path leads whose system at each part of the change is given; it starts with none of it."""
    begin = newton(system_at(0.0), start)
    if not begin.converged:
        return Path(0.0, start, begin.evaluations)
    known, count, stride = [(0.0, begin.point)], begin.evaluations, FIRST
    while known[-1][0] < 1.0 and stride > SMALLEST:
        part = min(1.0, known[-1][0] + stride)
        found = newton(system_at(part), ahead(known, part))
        count += found.evaluations
        if found.converged:
            known, stride = [*known[-1:], (part, found.point)], stride * GROWS
        else:
            stride *= SHRINKS
    return Path(*known[-1], count)


def ahead(known: list[tuple[float, FloatArray]], part: float) -> FloatArray:
    """Return where the last two points of the path point to."""
    if len(known) < 2:
        return known[-1][1]
    (first, before), (second, now) = known
    return now + (now - before) * (part - second) / (second - first)
