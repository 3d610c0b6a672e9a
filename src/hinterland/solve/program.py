"""How the solver's programs are compiled: XLA's older emitters, which take a third of the time and run as fast.

The library of kernels to which XLA hands parts of a program from jax 0.10 on is asked for products of matrices alone:
it adds up rows and chains of products at a fifth of the speed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax

PRODUCTS = {"xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT"}
OPTIONS = {"xla_cpu_use_fusion_emitters": False, **(PRODUCTS if jax.__version_info__ >= (0, 10) else {})}


def program(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that is called from outside any other compiled one: inside, options are not allowed."""
    compiled: Callable[..., Any] = jax.jit(function, compiler_options=OPTIONS)
    return compiled
