"""Where small parts of the gaps lead: wages up where goods are short, people to better places."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from hinterland.model.evaluate import Kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.solve.natural import as_they_are, step
from hinterland.solve.program import program

WANDERS, PACE = 1000, 0.15  # steps, and the part of each
FARTHEST = 0.5  # log change of an unknown in a step


@program
def wandered(begin: Any, model: Model, levers: Levers, given: Kernels) -> Any:
    """Return where people and prices come to by themselves from a point: near an equilibrium at which they stay."""

    def advance(_: Any, point: Any) -> Any:
        gaps = step(point, model, levers, given, as_they_are)[0]
        return point + gaps * jnp.minimum(PACE, FARTHEST / jnp.abs(gaps).max())

    return jax.lax.fori_loop(0, WANDERS, advance, begin)
