"""Fixed points that derivatives pass through: the implicit function theorem, with the same iteration both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from hinterland.solve.anderson import anderson

# (point, values) -> (step, largest residual); the step is zero at the solution.
StepFunction = Callable[[Any, Any], tuple[Any, Any]]
ADJOINT_TOLERANCE = 1e-13  # relative to the largest entry of the derivative that comes in


@partial(jax.custom_vjp, nondiff_argnums=(0, 1, 2))
def root(
    evaluate_step: StepFunction, memory: int, most: int, start: Any, values: Any, tolerance: Any
) -> tuple[Any, Any]:
    r"""Return the point where `evaluate_step` takes no step, and the number of evaluations.

    Backwards, :math:`s(x, v) = 0` gives :math:`\bar v = s_v^\top a` with :math:`s_x^\top a = -\bar x`; the adjoint is
    the fixed point :math:`a \leftarrow a + (s_x^\top a + \bar x)`, which converges as the forward iteration does.
    Source: implicit function theorem; Christianson (1994) [christianson1994].
    """
    ended = anderson(lambda x: evaluate_step(x, values), start, tolerance, memory, most)
    return ended.point, ended.evaluations


def _forward(
    evaluate_step: StepFunction, memory: int, most: int, start: Any, values: Any, tolerance: Any
) -> tuple[Any, Any]:
    point, iterations = root(evaluate_step, memory, most, start, values, tolerance)
    return (point, iterations), (point, start, values, tolerance)


def _backward(evaluate_step: StepFunction, memory: int, most: int, kept: Any, incoming: Any) -> tuple[Any, Any, Any]:
    point, start, values, tolerance = kept
    seed, _ = incoming
    _, pull_point = jax.vjp(lambda x: evaluate_step(x, values)[0], point)
    size = jnp.maximum(jnp.max(jnp.abs(seed)), 1e-300)

    def adjoint_step(adjoint: Any) -> tuple[Any, Any]:
        step = pull_point(adjoint)[0] + seed / size
        return step, jnp.max(jnp.abs(step))

    adjoint = anderson(adjoint_step, jnp.zeros_like(point), ADJOINT_TOLERANCE, memory, most).point
    _, pull_values = jax.vjp(lambda v: evaluate_step(point, v)[0], values)
    return jnp.zeros_like(start), pull_values(adjoint * size)[0], jnp.zeros_like(tolerance)


root.defvjp(_forward, _backward)
