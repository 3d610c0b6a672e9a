"""Anderson acceleration of a preconditioned fixed point, under jit, judged by residuals alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

MEMORY = 8
MAX_STEPS = 200
TINY = 1e-300


class State(NamedTuple):
    """Where the iteration stands."""

    point: Float[Array, "U"]
    step: Float[Array, "U"]
    residual: Float[Array, ""]
    points: Float[Array, "M U"]
    steps: Float[Array, "M U"]
    made: Array


def anderson(
    residual: Callable[[Float[Array, "U"]], Float[Array, "U"]],
    inverse: Float[Array, "U U"],
    start: Float[Array, "U"],
    tolerance: Any,
) -> tuple[Float[Array, "U"], Float[Array, ""], Array]:
    r"""Solve `residual(x) = 0` by :math:`x \leftarrow x - J_0^{-1} F(x)`, mixed over the last steps.

    `inverse` is the inverse Jacobian at the base year, exact for small shocks, so few steps are needed.
    Returns the point, its largest residual and the number of evaluations; never raises.
    Source: Walker and Ni (2011), type II [walkerni2011].
    """

    def look(point: Float[Array, "U"]) -> tuple[Float[Array, "U"], Float[Array, ""]]:
        gap = residual(point)
        return -inverse @ gap, jnp.max(jnp.abs(gap))

    def advance(state: State) -> State:
        d_steps = state.step[None, :] - state.steps
        d_points = state.point[None, :] - state.points
        known = (jnp.arange(MEMORY) < state.made)[:, None]
        d_steps, d_points = jnp.where(known, d_steps, 0.0), jnp.where(known, d_points, 0.0)
        gram = d_steps @ d_steps.T
        ridge = 1e-14 * jnp.trace(gram) + TINY
        weights = jnp.linalg.solve(gram + ridge * jnp.eye(MEMORY), d_steps @ state.step)
        mixed = state.point + state.step - weights @ (d_points + d_steps)
        step, worst = look(mixed)
        slot = state.made % MEMORY
        return State(
            mixed,
            step,
            worst,
            state.points.at[slot].set(state.point),
            state.steps.at[slot].set(state.step),
            state.made + 1,
        )

    def unfinished(state: State) -> Array:
        going = (state.residual > tolerance) & (state.made < MAX_STEPS) & jnp.isfinite(state.residual)
        return jnp.asarray(going)

    step, worst = look(start)
    empty = jnp.zeros((MEMORY, start.size))
    final = jax.lax.while_loop(unfinished, advance, State(start, step, worst, empty, empty, jnp.array(0)))
    return final.point, final.residual, final.made + 1
