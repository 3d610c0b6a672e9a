"""Seconds, bytes and the machine they were measured on."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

MEGABYTE, GIGABYTE = 1e6, 1e9
ENOUGH = 8 * GIGABYTE  # of available memory, below which the largest world is left out


@dataclass(frozen=True)
class Timing:
    """Seconds of a call: the median and the least of its repeats, and what the last one returned."""

    median: float
    least: float
    result: Any


def timed(work: Callable[[], Any], seconds: float = 3.0, fewest: int = 3, most: int = 51, warm: bool = True) -> Timing:
    """Repeat a call, warmed by one before, for so many seconds, but at least and at most so often."""
    if warm:
        work()
    taken: list[float] = []
    while len(taken) < fewest or (len(taken) < most and sum(taken) < seconds):
        start = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - start)
    return Timing(median(taken), min(taken), result)


def read_bandwidth() -> float:
    """Bytes a second that NumPy's product of a matrix and a vector reads, at a size beyond any cache."""
    count = 10_000 if available_bytes() >= ENOUGH else 5_000
    matrix, vector = np.ones((count, count)), np.ones(count)
    return matrix.nbytes / timed(lambda: matrix @ vector).least


def available_bytes() -> float:
    """Memory that is free for use, as the kernel tells it; infinite where it does not."""
    found = proc("/proc/meminfo", "MemAvailable")
    return 1024 * float(found.split()[0]) if found else float("inf")


def peak_bytes() -> float:
    """Most memory this process has held.

    The kernel's own mark, where it tells it: `ru_maxrss` survives exec, so that a small process started by a large
    one would show the peak of the large one.
    """
    found = proc("/proc/self/status", "VmHWM")
    if found:
        return 1024 * float(found.split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if platform.system() == "Darwin" else 1024)


def proc(file: str, key: str) -> str:
    """Return the value of a line `key: value`; empty where there is none."""
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.split(":")[0].strip() == key), "")


def machine() -> str:
    """Name the processor, its cores, Python and the libraries; no host, no paths."""
    import jax

    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    name = proc("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    python = f"Python {platform.python_version()}, jax {jax.__version__}, NumPy {np.__version__}"
    return f"{name}, {usable} cores, {jax.default_backend()}; {python}; float64"
