"""Many economies of one base year solved together: coalitions of policies, channels, other elasticities, movers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import jax
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.model.evaluate import Outcome
from hinterland.solve.many import solve_each
from hinterland.solve.static import solve, solve_like
from hinterland.study.outcomes import State, state_in
from hinterland.world.of_economy import setting_of, world_of

FEW = 4  # each by steps of its own, whatever else is asked for
SOME = 64  # one by one they take no longer than the program of a batch takes to be traced


def states_of(economies: Sequence[Economy], like: Economy) -> list[State]:
    """Return the state of each economy in equilibrium, by the steps of `like`."""
    outcomes = outcomes_of(economies, like)
    return [state_in(economy, outcome) for economy, outcome in zip(economies, outcomes, strict=True)]


def shares_of(economies: Sequence[Economy], like: Economy | None = None) -> list[FloatArray]:
    """Return where the groups of each economy choose to be in equilibrium."""
    return (
        [np.asarray(outcome.migration_share_gc) for outcome in outcomes_of(economies, like or economies[0])]
        if economies
        else []
    )


def outcomes_of(economies: Sequence[Economy], like: Economy) -> list[Outcome]:
    """Return the outcome of each economy; those of the same blocks are solved together, few one by one."""
    outcomes: dict[int, Outcome] = {}
    for make, alike in by_make(economies).items():
        model = like if make_of(like) == make else economies[alike[-1]]
        outcomes |= dict(zip(alike, solved([economies[number] for number in alike], model), strict=True))
    return [outcomes[number] for number in range(len(economies))]


def by_make(economies: Sequence[Economy]) -> dict[Hashable, list[int]]:
    """Return the numbers of economies by the blocks and shapes of their arrays."""
    found: dict[Hashable, list[int]] = {}
    for number, economy in enumerate(economies):
        found.setdefault(make_of(economy), []).append(number)
    return found


def make_of(economy: Economy) -> Hashable:
    """Return the blocks of an economy and the shapes of its arrays and levers: what one program serves."""
    leaves, tree = jax.tree.flatten(setting_of(economy))
    return tree, tuple(map(np.shape, leaves))


def solved(economies: Sequence[Economy], like: Economy) -> list[Outcome]:
    """Return the outcome of each economy; all have the same blocks."""
    if len(economies) <= FEW:
        return [solve(economy).solved.outcome for economy in economies]
    if len(economies) <= SOME:
        return [solve_like(economy, like).solved.outcome for economy in economies]
    batch = solve_each([setting_of(economy) for economy in economies], world_of(like))
    return [batch.of(number) for number in range(len(economies))]
