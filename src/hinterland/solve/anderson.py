"""Anderson acceleration of a fixed point, under jit, judged by residuals alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

TINY = 1e-300

# Every solver imports this file: float64 is switched on here, once, before any array is made.
_configure: Any = jax.config.update
_configure("jax_enable_x64", True)


class State(NamedTuple):
    """Where the iteration stands."""

    point: Float[Array, "U"]
    step: Float[Array, "U"]
    residual: Float[Array, ""]
    points: Float[Array, "M U"]
    steps: Float[Array, "M U"]
    iterations: Array


def anderson(
    evaluate_step: Callable[[Float[Array, "U"]], tuple[Float[Array, "U"], Array]],
    start: Float[Array, "U"],
    tolerance: Any,
    memory: int,
    most: int,
) -> tuple[Float[Array, "U"], Float[Array, ""], Array]:
    r"""Drive the step of a fixed point to zero, :math:`x \leftarrow x + s(x)`, mixed over the last steps.

    `evaluate_step` gives the step at a point and its largest residual, by which success is judged. The step may be
    that of a plain fixed point, damped or not, or of a preconditioned system, :math:`-J_0^{-1} F(x)`.
    Returns the point, its largest residual and the number of evaluations; never raises.
    Source: Walker and Ni (2011), type II [walkerni2011].
    """

    def advance(state: State) -> State:
        d_steps = state.step[None, :] - state.steps
        d_points = state.point[None, :] - state.points
        known = (jnp.arange(memory) < state.iterations)[:, None]
        d_steps, d_points = jnp.where(known, d_steps, 0.0), jnp.where(known, d_points, 0.0)
        gram = d_steps @ d_steps.T
        ridge = 1e-14 * jnp.trace(gram) + TINY
        weights = jnp.linalg.solve(gram + ridge * jnp.eye(memory), d_steps @ state.step)
        mixed = state.point + state.step - weights @ (d_points + d_steps)
        step, worst = evaluate_step(mixed)
        slot = state.iterations % memory
        return State(
            mixed,
            step,
            worst,
            state.points.at[slot].set(state.point),
            state.steps.at[slot].set(state.step),
            state.iterations + 1,
        )

    def unfinished(state: State) -> Array:
        going = (state.residual > tolerance) & (state.iterations < most) & jnp.isfinite(state.residual)
        return jnp.asarray(going)

    step, worst = evaluate_step(start)
    empty = jnp.zeros((memory, start.size))
    final = jax.lax.while_loop(unfinished, advance, State(start, step, worst, empty, empty, jnp.array(0)))
    return final.point, final.residual, final.iterations + 1


def largest_gap(residuals: Iterable[Any]) -> Array:
    """Return the largest absolute residual of several conditions, as an array of one number."""
    return jnp.max(jnp.stack([jnp.max(jnp.abs(gap)) for gap in residuals]))
