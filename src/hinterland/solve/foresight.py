"""A path whose people look ahead: where they go hangs on the years to come, and these on where they go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from hinterland.arrays import BoolArray, FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import NotSolvedError, Problem
from hinterland.model.choice import Nest
from hinterland.solve.anderson import History, mixed_point, stored
from hinterland.solve.path import along
from hinterland.solve.static import Equilibrium
from hinterland.world.of_economy import model_of

AGREED, MOST_ROUNDS = 1e-8, 60  # of shares from one round to the next, and rounds
MEMORY, DAMPED = 8, 0.5  # a whole step swings to and fro: where many are expected, few would go


class Foreseen(NamedTuple):
    """The years, and which part of those who choose in one of them would go elsewhere were half as many more solved."""

    years: list[Equilibrium]
    horizon_gap: float


def foreseen(economies: Sequence[Economy], rest: Equilibrium, among: float, inside: float, patience: float) -> Foreseen:
    """Return the equilibrium of each year where those who choose anew know what each year to come is like.

    All else is as in `along`; `patience` is what next year counts for, and after the last year all is as at the rest
    point. Round after round people are sent where they would go if the years were as found before, until they would go
    where they are sent. Raises NotSolvedError with the place where a year has no equilibrium, or where rounds never
    agree.
    """
    choices = partial(choices_tgc, rest=rest, among=among, inside=inside, patience=patience)
    found = along(economies, among, inside)
    wanted_tgc = np.stack([wanted_gc(one) for one in found])
    peopled = wanted_tgc > 0
    point, history = jnp.log(wanted_tgc[peopled]), History.empty(MEMORY, int(peopled.sum()))
    for _ in range(MOST_ROUNDS):
        chosen_tgc = choices(found)
        if np.abs(chosen_tgc[peopled] - np.exp(point)).max() < AGREED:
            more = max(1, len(found) // 2)
            sent_tgc = np.concatenate([chosen_tgc, [wanted_gc(rest)] * more])
            near = [*found, *[found[-1]] * more]
            longer = along([*economies, *[rest.economy] * more], among, inside, sent_tgc, near)
            return Foreseen(found, parted(chosen_tgc, choices(longer)[: len(found)], rest.economy))
        step = DAMPED * (jnp.log(chosen_tgc[peopled]) - point)
        history, point = stored(history, point, step), mixed_point(point, step, history)
        found = along(economies, among, inside, shares_tgc(point, peopled), found)
    raise NotSolvedError(Problem("path.unsettled", {"rounds": MOST_ROUNDS}))


def choices_tgc(
    years: Sequence[Equilibrium], rest: Equilibrium, among: float, inside: float, patience: float
) -> FloatArray:
    """Return where those who choose in each year go, (T, G, C), if the years are to be like these."""
    economy, people = rest.economy, model_of(rest.economy).people
    nest = Nest(economy.cells, float(people.migration_elasticity), float(people.inner_elasticity))
    wanted_tgc = np.stack([wanted_gc(one) for one in (*years, rest)])
    return foreseen_tgc(wanted_tgc, economy.migration_share_gc, nest, among, inside, patience)[:-1]


def foreseen_tgc(
    wanted_tgc: FloatArray, share_gc: FloatArray, nest: Nest, among: float, inside: float, patience: float
) -> FloatArray:
    r"""Where those choose to be who look ahead, (T, G, C), from where they were best off in each year for itself.

    .. math:: V_{gc} = u_{gc} + \beta \left[(1 - \lambda_x - \lambda_{in}) V'_{gc} + \lambda_{in} W'_{gn}\right],
              \quad W_{gn} = \frac{1}{\kappa'_{in}} \ln \sum_{c \in n} \frac{m_{gc}}{m_{gn}} e^{\kappa'_{in} V_{gc}}

    in changes from the base year, up to what all cells of a group have in common, such as the value of choosing anew
    among all. The last year lasts for ever. What a year is worth, u, is revealed by what is chosen for its sake alone,
    `wanted_tgc`, from base shares `share_gc`, (G, C). Of what lasts people draw tastes as often as they choose, so that
    :math:`\kappa'_{in} = \kappa_{in} (1 - \beta (1 - \lambda_x - \lambda_{in}))` and
    :math:`\kappa' = \kappa (1 - \beta (1 - \lambda_x))`: at rest they choose as those do who never look ahead.
    """
    cells = nest.cells
    lasts, anew = patience * (1 - among - inside), patience * inside
    far = Nest(cells, nest.outer * (1 - patience * (1 - among)), nest.inner * (1 - lasts))
    *years, last_gc = (nest.revealed_gc(one_gc, share_gc) for one_gc in wanted_tgc)
    region_gc = nest.inclusive_gc(last_gc, share_gc) / (1 - patience * (1 - among))
    value_gc = (last_gc + anew * region_gc) / (1 - lasts)
    found = [value_gc]
    for worth_gc in years[::-1]:
        value_gc = worth_gc + lasts * value_gc + anew * far.inclusive_gc(value_gc, share_gc)
        found.append(value_gc)
    return np.stack([far.chosen_gc(one_gc, share_gc) for one_gc in found[::-1]])


def wanted_gc(year: Equilibrium) -> FloatArray:
    """Return where people are best off in a year alone, (G, C)."""
    return np.asarray(year.solved.outcome.wanted_share_gc)


def shares_tgc(log_share: Any, peopled: BoolArray) -> FloatArray:
    """Return shares, (T, G, C), from the logs of those that are not zero, which need not add up to one."""
    found_tgc = np.zeros(peopled.shape)
    found_tgc[peopled] = np.exp(log_share)
    return np.asarray(found_tgc / found_tgc.sum(axis=2, keepdims=True))


def parted(one_tgc: FloatArray, other_tgc: FloatArray, economy: Economy) -> float:
    """Return the largest part of all people, over years, whom two rules send to different cells."""
    size_g = economy.group_size_g
    apart_t = np.abs(other_tgc - one_tgc).sum(axis=2) @ size_g / (2 * size_g.sum())
    return float(apart_t.max())
