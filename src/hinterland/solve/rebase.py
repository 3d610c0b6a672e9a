"""Make a solution the base year of another world: hats compose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax
import numpy as np

from hinterland.errors import ModelError, Problem
from hinterland.model.evaluate import Outcome
from hinterland.model.levers import Levers
from hinterland.world.world import World


def as_base_year(world: World, outcome: Outcome, trade_share_nij: Any) -> World:
    """Return a world whose base year is the outcome; elasticities stay, levers are neutral.

    A base year holds no programmes and no levy on rents: a ModelError names them.
    """
    old, levers = world.model, world.levers
    for name in ("programme_n", "land_levy_n"):
        lever = getattr(levers, name)
        if lever is not None and np.any(lever):
            raise ModelError(Problem("rebase.levers", {"name": name}))
    parts = {slot: after(part, outcome, levers) for slot, part in old.parts.items()}
    # A large world forms its shares of trade only where they are asked for; they are not in the outcome.
    parts["trade"] = old.trade._replace(trade_share_nij=trade_share_nij)
    return replace(world, model=replace(old, **jax.tree.map(np.asarray, parts)), levers=Levers())


def after(part: Any, outcome: Outcome, levers: Levers) -> Any:
    """Return a block, or several, as the outcome leaves them: one without `after` stays as it is."""
    if type(part) is tuple:
        return tuple(after(block, outcome, levers) for block in part)
    return part.after(outcome, levers) if hasattr(part, "after") else part
