"""Solve a world: a fixed point of the model's step, preconditioned where the system is small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import jax
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.evaluate import Kernels, Outcome, evaluate, kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model, unpack
from hinterland.model.trade import share_nij
from hinterland.solve.anderson import largest_gap
from hinterland.solve.certificate import Certificate, certify, require_passed, require_positive
from hinterland.solve.implicit import root
from hinterland.solve.natural import natural_step, step
from hinterland.solve.precondition import placed, preconditioned, prepared, start
from hinterland.solve.rebase import as_base_year
from hinterland.world.world import World

TOLERANCE = 5e-13
MAX_STEPS = 1000
# Above, where wages are the only unknowns, the slow directions are smooth and few; elsewhere they did not help.
MEMORY = {"inverse": 8, "slow": 4, "none": 12}


@dataclass(frozen=True)
class WorldEquilibrium:
    """Changes from the base year, with their certificate."""

    world: World
    outcome: Outcome
    certificate: Certificate
    point: FloatArray  # the solver's vector, from which a neighbouring scenario may start
    others: tuple[WorldEquilibrium, ...] = ()  # found where the condition for a single equilibrium fails

    def as_base_year(self) -> World:
        """Return a world whose base year is this solution: changes from it compose with these."""
        return as_base_year(self.world, self.outcome, self.trade_share_nij)

    @cached_property
    def trade_share_nij(self) -> FloatArray:
        """Shares of spending, formed when they are asked for: in a large world they are the largest array of all."""
        kernel = kernels(placed(self.world.model), self.world.levers).kernel_jni
        return np.asarray(share_nij(kernel, self.outcome.strength_nj, self.outcome.market_nj))


class Given(NamedTuple):
    """What a solve holds fixed."""

    model: Model
    levers: Levers
    kernels: Kernels
    precondition: Any  # minus the inverse Jacobian of the step in the base year; None: the natural step


def evaluate_step(point: Any, given: Given) -> tuple[Any, Any]:
    """Return the step and the largest residual at a point."""
    move, residuals = step(point, given.model, given.levers, given.kernels, natural_step)
    worst = largest_gap([*residuals.by_unknown.values(), residuals.numeraire])
    return preconditioned(given.precondition, move), worst


@jax.jit
def _solve(model: Model, levers: Levers, precondition: Any, tolerance: Any, begin: Any) -> Any:
    given = Given(model, levers, kernels(model, levers), precondition)
    memory = MEMORY["none" if precondition is None else "slow" if isinstance(precondition, tuple) else "inverse"]
    point, iterations = root(
        evaluate_step,
        memory,
        MAX_STEPS,
        start(jax.lax.stop_gradient(model)) if begin is None else begin,
        given,
        tolerance,
    )
    outcome, residuals = evaluate(unpack(point, model), model, levers, given.kernels)
    return outcome, residuals, iterations, point


def solve_from(world: World, begin: Any, tolerance: float = TOLERANCE, natural: bool = False) -> WorldEquilibrium:
    """Solve from a point of your own: a warm start; None is the base year. `natural`: by natural steps alone.

    These take more steps and need nothing prepared, which pays for a base year that is solved once. After a large
    change the inverse Jacobian of the base year may lead nowhere; natural steps are tried then.
    """
    model, precondition = (placed(world.model), None) if natural else prepared(world.model)
    ways = [None] if precondition is None else [precondition, None]
    for way in ways:
        outcome, residuals, iterations, point = jax.device_get(_solve(model, world.levers, way, tolerance, begin))
        certificate = certify(world, outcome, residuals, int(iterations))
        if certificate.passed:
            break
    require_passed(certificate, residuals.by_unknown, world.regions, world.sectors)
    require_positive(world, outcome)
    return WorldEquilibrium(world, outcome, certificate, point)


def response(world: World) -> Callable[..., Outcome]:
    """Return the outcome as a function of the levers (and the model), through which `jax.grad` passes.

    Inside a `jax.jit` of your own, hand the model in as an argument: as a constant a large one is copied at each call.
    """
    base, precondition = prepared(world.model)

    def outcome(levers: Levers, model: Model | None = None) -> Outcome:
        solved: Outcome = _solve(base if model is None else model, levers, precondition, TOLERANCE, None)[0]
        return solved

    return outcome
