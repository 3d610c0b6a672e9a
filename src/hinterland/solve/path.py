"""The path of an economy, year by year: markets clear where people are, and some of them choose anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.model.laws import gradual_gc
from hinterland.model.model import Model, shapes
from hinterland.solve.precondition import placed
from hinterland.solve.static import Equilibrium, as_equilibrium
from hinterland.solve.world import solve_from
from hinterland.world.of_economy import model_of, world_of
from hinterland.world.world import World


def along(
    economies: Sequence[Economy],
    among: float,
    inside: float,
    chosen_tgc: FloatArray | None = None,
    near: Sequence[Equilibrium] = (),
) -> list[Equilibrium]:
    """Return the equilibrium of each year; raise NotSolvedError with the place where one has none.

    `economies` are one base year under each year's policies. People begin where they are in the base year; each year a
    share `among` of them chooses anew between all places, and a share `inside` between the cells of its own, at the
    wages and prices of that year, and is there the year after. `chosen_tgc`: where they choose to be, (T, G, C), if not
    where they are best off in that year alone. `near`: solutions near those of the same years.
    """
    found, share_gc, point = list[Equilibrium](), None, None
    worlds: dict[int, World] = {}
    before: World | None = None
    for number, economy in enumerate(economies):
        if id(economy) not in worlds:
            worlds[id(economy)] = replace(world_of(economy), model=held_model_of(economy))
        like = worlds[id(economy)]
        share_gc = economy.migration_share_gc if share_gc is None else share_gc
        here = replace(like, model=held(placed(like.model), share_gc))
        if before is not None and shapes(like.model) != shapes(before.model):
            point = None  # a limit on people begins or ends: the point before has other unknowns
        solved, before = solve_from(here, near[number].solved.point if near else point, like=like), like
        found.append(as_equilibrium(economy, solved))
        wanted_gc, point = np.asarray(solved.outcome.wanted_share_gc), solved.point
        chosen_gc = wanted_gc if chosen_tgc is None else chosen_tgc[number]
        share_gc = np.asarray(gradual_gc(share_gc, chosen_gc, among, inside, economy.cells))
    return found


def held(model: Model, share_gc: FloatArray) -> Model:
    """Return a model whose people are where they are, whatever they would choose."""
    return replace(model, people=model.people._replace(present_share_gc=share_gc))


@kept(BASE_YEARS)
def held_model_of(economy: Economy) -> Model:
    """Return the model of a base year whose people are where they are: one object, by whose steps years are solved."""
    return held(model_of(economy), economy.migration_share_gc)
