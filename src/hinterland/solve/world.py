"""Solve a world: a fixed point of the model's step, mixed and preconditioned; Newton's method where mixing ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.evaluate import Kernels, Outcome, Residuals, evaluate, kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model, unpack
from hinterland.model.trade import share_nij
from hinterland.solve.anderson import anderson, largest_gap
from hinterland.solve.certificate import ACCEPTED, Certificate, End, certify, require_passed, require_positive
from hinterland.solve.continuation import PACES, Path, followed, raised
from hinterland.solve.error import ROUNDING, SUSPICIOUS, Error, error_at, largest, push_of
from hinterland.solve.implicit import root
from hinterland.solve.natural import natural_step, step, step_and_outcome
from hinterland.solve.newton import Found, gradually, linear, newton
from hinterland.solve.parts import FAINT, LINKED, apart, linked
from hinterland.solve.precondition import (
    Slow,
    base_kernels,
    begun,
    jacobian,
    kernels_of,
    kernels_stay,
    placed,
    preconditioned,
    prepared,
    trade_kernel_of,
)
from hinterland.solve.program import program
from hinterland.solve.rebase import as_base_year
from hinterland.solve.stability import doubtful, stable
from hinterland.solve.wander import WANDERS, wandered
from hinterland.world.check import every_array
from hinterland.world.world import World

TOLERANCE = 5e-13
MAX_STEPS = 1000
ROUNDED = 1e-11  # mixing that ends above has not come to the floor of rounding
MEMORY, MEMORY_SLOW, MEMORY_NATURAL = 8, 4, 12  # steps that are mixed


@dataclass(frozen=True, repr=False)
class WorldEquilibrium:
    """Changes from the base year, with their certificate."""

    world: World
    outcome: Outcome
    certificate: Certificate
    point: FloatArray  # the solver's vector, from which a neighbouring scenario may start

    def __repr__(self) -> str:
        return f"<WorldEquilibrium of {self.world.name}: {self.certificate.words}>"

    def as_base_year(self) -> World:
        """Return a world whose base year is this solution: changes from it compose with these."""
        return as_base_year(self.world, self.outcome, self.trade_share_nij)

    @cached_property
    def stable(self) -> bool | None:
        """Whether people would come back after a small move; None where nobody chooses, or too much is unknown to tell.

        Looked at when it is asked for: neither mixing nor Newton's method keeps away from where people would not stay.
        """
        model, levers = self.world.model, self.world.levers
        return stable(self.point, placed(model), levers, kernels_of(model, levers))

    @property
    def stable_where_doubtful(self) -> bool | None:
        """The same where density is strong enough for a doubt; None elsewhere: it takes longer than the solve."""
        return self.stable if doubtful(self.world.model) else None

    @cached_property
    def trade_share_nij(self) -> FloatArray:
        """Shares of spending, formed when they are asked for: in a large world they are the largest array of all."""
        kernel = trade_kernel_of(self.world.model, self.world.levers)
        return np.asarray(share_nij(kernel, self.outcome.strength_nj, self.outcome.market_nj))


class Given(NamedTuple):
    """What a solve holds fixed."""

    model: Model
    levers: Levers
    kernels: Any  # None: they are worked out on the way
    precondition: Any  # minus the inverse Jacobian of the step in the base year; None: the natural step


class Evaluation(NamedTuple):
    """The step at a point, the outcome and the residuals there."""

    move: Any
    outcome: Outcome
    residuals: Residuals


def evaluate_step(point: Any, given: Given) -> tuple[Any, Any]:
    """Return the step and the largest residual at a point."""
    move, residuals = step(point, given.model, given.levers, given.kernels, natural_step)
    return preconditioned(given.precondition, move), largest_residual(residuals)


def largest_residual(residuals: Residuals) -> Any:
    """Return the largest of all residuals."""
    return largest_gap([*residuals.by_unknown.values(), residuals.numeraire])


def memory_of(precondition: Any) -> int:
    """Return how many steps are mixed."""
    if precondition is None:
        return MEMORY_NATURAL
    return MEMORY_SLOW if isinstance(precondition, Slow) else MEMORY


class Mixed(NamedTuple):
    """Where mixing ends, what is evaluated there, and how far that can be from the solution."""

    point: Any
    evaluation: Evaluation
    error: Any  # infinite where mixing found no solution, or did not come back to it
    evaluations: Any
    linked: Any  # whether every region trades with the largest


class Turn(NamedTuple):
    """What the ways to the solution found so far, whether the next begins beside it, whether a doubt is left."""

    point: Any
    evaluation: Evaluation
    error: Any
    evaluations: Any
    beside: Any
    doubtful: Any


def mixed(given: Given, begin: Any, push: Any, tolerance: Any) -> Mixed:
    """Mix steps, and where that leaves a doubt mix again from beside the solution: one loop, held once.

    The way back ends where it is near enough to tell. On it those directions are left longest that the residual sees
    least: the largest distance for a residual is what the residual at the end can hide. There is no doubt where every
    region trades so much with the largest that a residual sees its relative wage, and the steps on the way, each for
    the residual that it mends, tell of no other direction that the residual hardly sees.
    """
    if given.kernels is None:
        given = given._replace(kernels=kernels(given.model, given.levers))

    def evaluated(point: Any) -> Evaluation:
        return Evaluation(*step_and_outcome(point, given.model, given.levers, given.kernels, natural_step))

    # The second start remembers nothing: a history that holds the first end would lead back to it, determined or not.
    def turn(state: Turn) -> Turn:
        def judge(point: Any, worst: Any, following: Any) -> tuple[Any, Any]:
            distance = jnp.max(jnp.abs(point - jnp.where(state.beside, state.point, following)))
            return jnp.where(state.beside, distance, worst), distance / jnp.maximum(worst, ROUNDING)

        first = jnp.where(state.beside, state.point + push, state.point)
        enough = jnp.where(state.beside, SUSPICIOUS, tolerance)
        most = jnp.where(state.doubtful, MAX_STEPS, 0)  # of many worlds side by side some are done
        ended = anderson(lambda x: evaluate_step(x, given), first, enough, memory_of(given.precondition), most, judge)
        point = jnp.where(state.beside, state.point, ended.point)
        there = evaluated(point)
        hidden = ended.widest * jnp.maximum(largest_residual(there.residuals), ROUNDING)
        solved = ended.least <= jnp.maximum(enough, ROUNDED)
        seen = linked(given.kernels.kernel_jni, there.outcome, LINKED) & (hidden <= SUSPICIOUS)
        count = state.evaluations + ended.evaluations
        return Turn(
            point,
            there,
            jnp.where(solved, hidden, jnp.inf),
            count,
            jnp.array(True),
            solved & ~seen & ~state.beside,
        )

    nothing = jax.tree.map(lambda leaf: jnp.zeros(leaf.shape, leaf.dtype), jax.eval_shape(evaluated, begin))
    before = Turn(begin, nothing, jnp.array(jnp.inf), jnp.array(0), jnp.array(False), jnp.array(True))
    found: Turn = jax.lax.while_loop(lambda state: state.doubtful, turn, before)
    central = linked(given.kernels.kernel_jni, found.evaluation.outcome, FAINT)
    return Mixed(found.point, found.evaluation, found.error, found.evaluations, central)


_mixed = program(mixed)


@program
def _evaluated(point: Any, model: Model, levers: Levers, given: Kernels) -> Evaluation:
    return Evaluation(*step_and_outcome(point, model, levers, given, natural_step))


@program
def _pushed(point: Any, direction: Any, model: Model, levers: Levers, given: Kernels) -> Any:
    return jax.jvp(lambda flat: step(flat, model, levers, given, natural_step)[0], (point,), (direction,))[1]


@dataclass(frozen=True)
class Counterfactual:
    """The natural step of a model at given levers: what Newton's method solves."""

    model: Model
    levers: Levers
    kernels: Kernels

    def evaluated(self, point: FloatArray) -> Evaluation:
        """Return the step at a point, the outcome and the residuals there."""
        there: Evaluation = jax.tree.map(np.asarray, _evaluated(point, *self._fixed))
        return there

    def move(self, point: FloatArray) -> FloatArray:
        """Return the step, (U,)."""
        return np.asarray(_evaluated(point, *self._fixed).move)

    def jacobian(self, point: FloatArray) -> FloatArray:
        """Return its Jacobian, (U, U)."""
        return np.asarray(jacobian(point, *self._fixed))

    def pushed(self, point: FloatArray, direction: FloatArray) -> FloatArray:
        """Return the Jacobian's product with a direction, (U,)."""
        return np.array(_pushed(point, direction, *self._fixed))

    @property
    def _fixed(self) -> tuple[Model, Levers, Kernels]:
        return self.model, self.levers, self.kernels


class Solved(NamedTuple):
    """A point with its evaluation, how far it can be from the solution, and what it took."""

    point: FloatArray
    evaluated: Evaluation
    error: Error
    evaluations: int
    linked: bool = True  # whether every region trades with the largest, where it was looked at
    end: End | None = None  # of the path from the base year, where it was followed in vain


def solve(world: World, tolerance: float = TOLERANCE) -> WorldEquilibrium:
    """Solve the static equilibrium of a world from its base year; raise NotSolvedError where no solution is found."""
    return solve_from(world, None, tolerance)


def solve_from(
    world: World, begin: Any, tolerance: float = TOLERANCE, natural: bool = False, like: World | None = None
) -> WorldEquilibrium:
    """Solve from a point of your own: a warm start; None is the base year. `natural`: mix natural steps alone.

    These take more steps and need nothing prepared, which pays for a base year that is solved once; so do steps that
    are prepared for a world `like` it, of the same blocks and shapes.
    """
    model = placed(world.model)
    precondition = None if natural else prepared((like or world).model)[1]
    base = begun(world.model)
    known = base_kernels(world.model) if kernels_stay(world.levers) else None
    given = Given(model, world.levers, known, precondition)
    solved = by_mixing(given, base if begin is None else begin, tolerance)
    if solved.error.size > SUSPICIOUS or (not solved.linked and in_faint_parts(world, solved.evaluated.outcome)):
        solved = beyond_mixing(world, given, base, tolerance, solved)
    outcome, residuals = solved.evaluated.outcome, solved.evaluated.residuals
    certificate = certify(world, outcome, residuals, solved.evaluations, solved.error)
    require_passed(certificate, residuals.by_unknown, world.regions, world.sectors, solved.end)
    require_positive(world, outcome)
    return WorldEquilibrium(world, outcome, certificate, solved.point)


def in_faint_parts(world: World, outcome: Outcome) -> bool:
    """Whether parts of the world trade so little that a second start may miss the direction between them by chance."""
    return bool(apart(trade_kernel_of(world.model, world.levers), outcome, FAINT).size)


def beyond_mixing(world: World, given: Given, base: Any, tolerance: float, tried: Solved) -> Solved:
    """Go on by Newton's method, along the path from the base year, and at last as people would move by themselves."""
    given = given._replace(kernels=kernels_of(world.model, world.levers))
    system = Counterfactual(given.model, given.levers, given.kernels)
    solved = by_newton(system, tried)
    if not residual_of(solved.evaluated) <= ACCEPTED and given.precondition is not None:
        natural = by_mixing(given._replace(precondition=None), base, tolerance)
        solved = by_newton(system, natural._replace(evaluations=solved.evaluations + natural.evaluations))
    if not residual_of(solved.evaluated) <= ACCEPTED:
        solved = by_newton(system, solved, gradually(system, np.asarray(base)))
    if not residual_of(solved.evaluated) <= ACCEPTED:
        solved = by_path(system, np.asarray(base), every_array(world.model), solved)
    if solved.end is not None and given.model.people.unknowns((1, 1)):
        solved = by_adjustment(system, given, base, tolerance, solved)
    return solved


def by_mixing(given: Given, begin: Any, tolerance: float) -> Solved:
    """Mix steps, and mix again from beside the solution: what is determined is found again."""
    found: Mixed = jax.tree.map(np.asarray, _mixed(given, begin, push_of(begin.size), tolerance))
    return Solved(found.point, found.evaluation, Error(float(found.error)), int(found.evaluations), bool(found.linked))


def by_newton(system: Counterfactual, begin: Solved, found: Found | None = None) -> Solved:
    """Go on from where mixing ended, or take what was found otherwise; the Jacobian there estimates the error."""
    found = newton(system, begin.point) if found is None else found
    evaluated = system.evaluated(found.point)
    before, after = residual_of(begin.evaluated), residual_of(evaluated)
    if not after <= ACCEPTED and before < after:  # one that is accepted is nearer, though rounding may leave more of it
        found, evaluated = found._replace(point=begin.point), begin.evaluated
    count = begin.evaluations + found.evaluations
    if not residual_of(evaluated) <= ACCEPTED:
        return Solved(found.point, evaluated, Error(float("inf")), count)
    error = error_at(linear(system, found.point), evaluated.move)
    return Solved(found.point, evaluated, error, count)


def by_path(system: Counterfactual, start: FloatArray, base: dict[str, Any], tried: Solved) -> Solved:
    """Follow the solution from the base year while the levers rise, all together or some before others.

    What was tried before counts; where every path ends, the end of the first is told.
    """

    def system_at(part: float, pace: tuple[float, float] = PACES[0]) -> Counterfactual:
        levers = raised(system.levers, base, part, pace)
        return replace(system, levers=levers, kernels=kernels_of(system.model, levers))

    ends, count = list[Path](), tried.evaluations
    for pace in PACES:
        path = followed(partial(system_at, pace=pace), start)
        count += path.evaluations
        if path.reached == 1:
            begin = tried._replace(point=path.point, evaluated=system.evaluated(path.point), evaluations=count)
            return by_newton(system, begin)
        ends.append(path)
    end = ends[0]
    last = system_at(end.reached).evaluated(end.point).outcome.income_n / np.asarray(base["base_income_n"])
    return tried._replace(evaluations=count, end=End(end.reached, int(last.argmin()), float(last.min())))


def by_adjustment(system: Counterfactual, given: Given, start: Any, tolerance: float, tried: Solved) -> Solved:
    """Let people move by themselves where the path from the base year ends: they leap to another equilibrium."""
    found = by_newton(system, by_mixing(given, wandered(start, *system._fixed), tolerance))
    count = tried.evaluations + WANDERS + found.evaluations
    if not residual_of(found.evaluated) <= ACCEPTED:
        return tried._replace(evaluations=count)
    return found._replace(evaluations=count)


def residual_of(evaluated: Evaluation) -> float:
    """Return the largest residual; what is no number counts as infinite."""
    residuals = evaluated.residuals
    return max(map(largest, (*residuals.by_unknown.values(), residuals.numeraire)))


def response(world: World) -> Callable[..., Outcome]:
    """Return the outcome as a function of the levers (and the model), through which `jax.grad` passes.

    Inside a `jax.jit` of your own, hand the model in as an argument: as a constant a large one is copied at each call.
    """
    base, precondition = prepared(world.model)
    begin = begun(world.model)

    def outcome(levers: Levers, model: Model | None = None) -> Outcome:
        solved: Outcome = _differentiable(base if model is None else model, levers, precondition, begin)
        return solved

    return outcome


@jax.jit
def _differentiable(model: Model, levers: Levers, precondition: Any, begin: Any) -> Outcome:
    given = Given(model, levers, kernels(model, levers), precondition)
    point, _ = root(evaluate_step, memory_of(precondition), MAX_STEPS, begin, given, TOLERANCE)
    return evaluate(unpack(point, model), model, levers, given.kernels)[0]
