"""One case in a process of its own: the first call with all that is made once, and the most memory held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

import jax

from benchmarks.cases import CASES
from benchmarks.measure import MEGABYTE, peak_bytes
from hinterland.solve.precondition import placed, prepared

WITHOUT_CACHE = {"JAX_ENABLE_COMPILATION_CACHE": "false"}


def fresh(name: str) -> dict[str, Any]:
    """Start a Python that runs the case once, compiling anew; return what it found."""
    arguments = [sys.executable, "-m", "benchmarks.fresh", name]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True, env=os.environ | WITHOUT_CACHE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def once(name: str) -> dict[str, float]:
    """Build the case, call it, and prepare its base year once more: that is set-up without compiling."""
    case = next(case for case in CASES if case.name == name)
    jax.block_until_ready(jax.numpy.zeros(1))
    before, start = peak_bytes(), time.perf_counter()
    run = case.build()
    built = time.perf_counter()
    jax.block_until_ready(prepared(run.world.model))
    ready = time.perf_counter()
    run.ours()
    solved, peak = time.perf_counter(), peak_bytes()
    placed.cache_clear()
    prepared.cache_clear()
    again = time.perf_counter()
    jax.block_until_ready(prepared(run.world.model))
    return {
        "build_s": built - start,
        "prepare_s": ready - built,
        "first_s": solved - ready,
        "prepare_again_s": time.perf_counter() - again,
        "peak_mb": (peak - before) / MEGABYTE,
    }


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[1])))
