"""Solve a world: a fixed point of the model's step, preconditioned where the system is small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import NotSolvedError, Problem, places
from hinterland.levers import Levers
from hinterland.model.model import Kernels, Model, Outcome, Residuals, evaluate, kernels, shapes, step, unpack
from hinterland.model.trade import share_nij
from hinterland.model.uniqueness import uniqueness
from hinterland.solve.anderson import largest_gap
from hinterland.solve.implicit import root
from hinterland.solve.natural import natural_step
from hinterland.solve.rebase import as_base_year
from hinterland.solve.status import ACCEPTED, Certificate, largest, require_passed
from hinterland.world import World

TOLERANCE = 5e-13
MAX_STEPS = 1000
SMALL = 700  # unknowns up to which the inverse Jacobian of the base year is the preconditioner
# Above, where wages are the only unknowns, the slow directions are smooth and few; elsewhere they did not help.
MEMORY = {"inverse": 8, "slow": 4, "none": 12}
RANK, POWERS = 64, 2
ROUNDS, ROUGH = 40, 1e-4
TINY = 1e-15


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


def look(point: Any, given: Given) -> tuple[Any, Any]:
    """Return the step and the largest residual at a point."""
    move, residuals = step(point, given.model, given.levers, given.kernels, natural_step)
    worst = largest_gap([*residuals.by_unknown.values(), residuals.numeraire])
    return preconditioned(given.precondition, move), worst


def preconditioned(precondition: Any, move: Any) -> Any:
    """Apply the inverse Jacobian, or the correction of the slow directions, to a step."""
    if precondition is None:
        return move
    if isinstance(precondition, tuple):
        slow, solved = precondition
        return move + slow @ (solved @ (move @ slow))
    return precondition @ move


def start(model: Model) -> Any:
    """Return the point from which the solver starts: no change, and spending that closes its circuit.

    Spending follows from income linearly; a few rounds of the circuit, in levels, are enough for a start.
    """
    zeros = {name: jnp.zeros(shape) for name, shape in shapes(model).items()}
    if model.solves_for_spending:
        zeros["spending_nj"] = jnp.log(circuit_nj(model))
    return jnp.concatenate([value.reshape(-1) for value in zeros.values()])


def circuit_nj(model: Model) -> Any:
    """Return spending that repeats itself through sales and inputs, nearly."""
    income = model.production.value_added_nj.sum(axis=1)
    net = model.tariffs.net(jnp.moveaxis(model.trade.trade_share_nij, 2, 0), Levers())
    final = income[:, None] * model.demand.final_share_nj

    def turn(state: Any) -> Any:
        spending, _, rounds = state
        new = final + model.inputs.bought_nj(jnp.einsum("jni,nj->ij", net, spending))
        return new, jnp.abs(new - spending).sum() / new.sum(), rounds + 1

    def unsettled(state: Any) -> Any:
        return (state[1] > ROUGH) & (state[2] < ROUNDS)

    spending, _, _ = jax.lax.while_loop(unsettled, turn, (final, jnp.array(1.0), jnp.array(0)))
    return jnp.maximum(spending, TINY * spending.sum())


@jax.jit
def _inverse(model: Model) -> Any:
    """Return minus the inverse Jacobian of the step in the base year."""
    return -jnp.linalg.inv(jax.jacfwd(base_step(model))(start(model)))


@jax.jit
def _subspace(model: Model) -> Any:
    r"""Return the directions in which the step is slowest, Q, and what solves them, :math:`G = (I - Q'HQ)^{-1} - I`.

    H is the Jacobian of the fixed point in the base year; its largest directions come by power iteration.
    """
    take, here = base_step(model), start(model)

    def moved(directions: Any) -> Any:
        push: Callable[[Any], Any] = jax.vmap(lambda one: one + jax.jvp(take, (here,), (one,))[1], 1, 1)
        return push(directions)

    directions = jax.random.normal(jax.random.key(0), (here.size, RANK))
    for _ in range(POWERS):
        directions = jnp.linalg.qr(moved(directions))[0]
    return directions, jnp.linalg.inv(jnp.eye(RANK) - directions.T @ moved(directions)) - jnp.eye(RANK)


def base_step(model: Model) -> Callable[[Any], Any]:
    """Return the step of the base year as a function of the point."""
    given = kernels(model, Levers())
    return lambda point: step(point, model, Levers(), given, natural_step)[0]


@lru_cache(maxsize=16)
def placed(model: Model) -> Model:
    """Return the model on the device, put there once."""
    there: Model = jax.tree.map(jnp.asarray, model)
    return there


@lru_cache(maxsize=16)
def prepared(model: Model) -> tuple[Model, Any]:
    """Return the model on the device and its preconditioner, made once per base year."""
    there, unknowns = placed(model), shapes(model)
    if sum(prod(shape) for shape in unknowns.values()) <= SMALL:
        return there, _inverse(there)
    return there, (_subspace(there) if set(unknowns) == {"factor_nj"} else None)


@jax.jit
def _solve(model: Model, levers: Levers, precondition: Any, tolerance: Any, begin: Any) -> Any:
    given = Given(model, levers, kernels(model, levers), precondition)
    memory = MEMORY["none" if precondition is None else "slow" if isinstance(precondition, tuple) else "inverse"]
    point, made = root(
        look, memory, MAX_STEPS, start(jax.lax.stop_gradient(model)) if begin is None else begin, given, tolerance
    )
    outcome, residuals = evaluate(unpack(point, model), model, levers, given.kernels)
    return outcome, residuals, made, point


def solve(world: World, tolerance: float = TOLERANCE) -> WorldEquilibrium:
    """Solve the static equilibrium of a world; raise NotSolvedError where no solution is found.

    Where a condition for a single equilibrium is known and fails, several starts are tried and `others` lists what
    they found beside the equilibrium that is reached from the base year.
    """
    first = solve_from(world, None, tolerance)
    if first.certificate.uniqueness.holds is False:
        from hinterland.solve.many import equilibria

        return replace(first, others=tuple(equilibria(world)[1:]))
    return first


def solve_from(world: World, begin: Any, tolerance: float = TOLERANCE, natural: bool = False) -> WorldEquilibrium:
    """Solve from a point of your own: a warm start; None is the base year. `natural`: by natural steps alone.

    These take more steps and need nothing prepared, which pays for a base year that is solved once. After a large
    change the inverse Jacobian of the base year may lead nowhere; natural steps are tried then.
    """
    model, precondition = (placed(world.model), None) if natural else prepared(world.model)
    ways = [None] if precondition is None else [precondition, None]
    for way in ways:
        outcome, residuals, made, point = jax.device_get(_solve(model, world.levers, way, tolerance, begin))
        certificate = certify(world, outcome, residuals, int(made))
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


def certify(world: World, outcome: Outcome, residuals: Residuals, made: int) -> Certificate:
    """Collect residuals by market and check budgets and the value of what is sold."""
    model, added, tariffs = world.model, outcome.value_added_nj.sum(), np.sum(outcome.tariff_revenue_n)
    gaps = {name.rpartition("_")[0]: largest(values) for name, values in residuals.by_unknown.items()}
    identities = {
        "gdp_income_expenditure": abs(float(outcome.final_nj.sum() / (added + tariffs) - 1)),
        "budgets": abs(float(outcome.income_n.sum() / (added + tariffs) - 1)),
    }
    people = people_gap(world, outcome)
    rounding = 0.0
    if model.solves_for_prices:
        shares = model.inputs.income_share_nj + model.inputs.input_share_nkj.sum(axis=1)
        rounding = float(np.abs(shares - 1).max())
    return Certificate(
        gaps | {"numeraire": largest(residuals.numeraire)},
        largest(residuals.walras),
        identities | people,
        ACCEPTED,
        made,
        rounding,
        uniqueness(model, world.levers),
    )


def require_positive(world: World, outcome: Outcome) -> None:
    """Raise NotSolvedError where markets clear at values without meaning: income or utility that is not positive."""
    for name in ("income_n", "utility_n"):
        values = np.asarray(getattr(outcome, name))
        bad = ~(values > 0)
        if bad.any():
            where = places([world.regions[int(n)] for n in np.flatnonzero(bad)], len(world.regions))
            found: dict[str, object] = {"name": name, "where": where, "found": float(values[bad][0])}
            raise NotSolvedError(Problem("solve.not_positive", found))


def people_gap(world: World, outcome: Outcome) -> dict[str, float]:
    """Return what is missing of the base year's people."""
    people = np.asarray(world.model.people.people_n)
    now = people * outcome.people_hat_n[: people.size]
    return {"people": abs(float(now.sum() / people.sum() - 1))}
