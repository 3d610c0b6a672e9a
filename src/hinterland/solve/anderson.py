"""Anderson acceleration of a fixed point, under jit, judged by residuals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

if TYPE_CHECKING:
    from jaxtyping import Float

TINY = 1e-300
PATIENCE = 60  # evaluations without halving the least residual, after which mixing has come to its end

# Every solver imports this file: float64 is switched on here, once, before any array is made.
_configure: Any = jax.config.update
_configure("jax_enable_x64", True)


class History(NamedTuple):
    """Points that were evaluated and their steps, the latest of them; the next takes the place of the oldest."""

    points: Float[Array, "M U"]
    steps: Float[Array, "M U"]
    number: Array  # of all that were ever stored

    @classmethod
    def empty(cls, memory: int, size: int) -> History:
        """Return a history of nothing."""
        nothing = jnp.zeros((memory, size))
        return cls(nothing, nothing, jnp.array(0))


class State(NamedTuple):
    """Where the iteration stands: the point to evaluate next, those before, and the best of them."""

    point: Float[Array, "U"]
    history: History
    best: Float[Array, "U"]
    least: Float[Array, ""]
    widest: Float[Array, ""]
    mark: Float[Array, ""]  # least residual when it last fell by half
    marked: Array  # evaluations by then
    iterations: Array
    going: Array


class Ended(NamedTuple):
    """The best point, its measure, the number of evaluations, and the largest of what else was judged."""

    point: Float[Array, "U"]
    least: Float[Array, ""]
    evaluations: Array
    widest: Float[Array, ""]


def by_residual(point: Float[Array, "U"], worst: Array, following: Float[Array, "U"]) -> tuple[Array, Array]:
    """Judge a point by its largest residual alone."""
    del point, following
    return worst, jnp.array(0.0)


def anderson(
    evaluate_step: Callable[[Float[Array, "U"]], tuple[Float[Array, "U"], Array]],
    start: Float[Array, "U"],
    tolerance: Any,
    memory: int,
    most: Any,
    judge: Callable[[Float[Array, "U"], Array, Float[Array, "U"]], tuple[Array, Array]] = by_residual,
) -> Ended:
    r"""Drive the step of a fixed point to zero, :math:`x \leftarrow x + s(x)`, mixed over the last steps.

    `evaluate_step` gives the step at a point and its largest residual, by which success is judged. `judge` makes
    another measure of point, residual and the point that follows, and a second number of which the largest is kept. The
    step may be that of a plain fixed point, damped or not, or of a preconditioned system, :math:`-J_0^{-1} F(x)`. With
    no evaluations allowed it ends where it starts. Never raises.
    Source: Walker and Ni (2011), type II [walkerni2011].
    """

    def advance(state: State) -> State:
        step, residual = evaluate_step(state.point)
        following = mixed_point(state.point, step, state.history)
        worst, wide = judge(state.point, residual, following)
        better, halved = worst < state.least, worst < state.mark / 2
        least, count = jnp.where(better, worst, state.least), state.iterations + 1
        marked = jnp.where(halved, count, state.marked)
        return State(
            following,
            stored(state.history, state.point, step),
            jnp.where(better, state.point, state.best),
            least,
            jnp.maximum(state.widest, wide),
            jnp.where(halved, worst, state.mark),
            marked,
            count,
            (least > tolerance) & (count < most) & (count - marked < PATIENCE) & jnp.isfinite(worst),
        )

    none, nothing = jnp.array(0), jnp.array(jnp.inf)
    history = History.empty(memory, start.size)
    begin = State(start, history, start, nothing, jnp.array(0.0), nothing, none, none, jnp.asarray(most) > 0)
    final: State = jax.lax.while_loop(lambda state: state.going, advance, begin)
    return Ended(final.best, final.least, final.iterations, final.widest)


def mixed_point(point: Float[Array, "U"], step: Float[Array, "U"], history: History) -> Float[Array, "U"]:
    """Return the next point: the step, less what of it the differences of earlier steps explain."""
    memory = history.points.shape[0]
    known = (jnp.arange(memory) < history.number)[:, None]
    d_steps = jnp.where(known, step[None, :] - history.steps, 0.0)
    d_points = jnp.where(known, point[None, :] - history.points, 0.0)
    gram = d_steps @ d_steps.T
    ridge = 1e-14 * jnp.trace(gram) + TINY
    weights = jnp.linalg.solve(gram + ridge * jnp.eye(memory), d_steps @ step)
    return jnp.asarray(point + step - (weights[:, None] * (d_points + d_steps)).sum(axis=0))


def stored(history: History, point: Float[Array, "U"], step: Float[Array, "U"]) -> History:
    """Return the history with one more evaluation, in place of the oldest."""
    slot = history.number % history.points.shape[0]
    return History(history.points.at[slot].set(point), history.steps.at[slot].set(step), history.number + 1)


def largest_gap(residuals: Iterable[Any]) -> Array:
    """Return the largest absolute residual of several conditions, as an array of one number."""
    return jnp.max(jnp.stack([jnp.max(jnp.abs(gap)) for gap in residuals]))
