"""What a user waits for once everything is compiled: a run with every split, an answer, one more policy."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

import hinterland as hl
from benchmarks.measure import timed
from hinterland import schema
from hinterland.errors import HinterlandError
from hinterland.instruments import INSTRUMENTS

READY = "dual_transfer"
HEAD = ("study, warm", "median", "best", "target")
DOSES = (1.0, 0.97, 0.95, 0.93)  # of an instrument's default; the first compiles what is left to compile


def rows() -> Iterator[tuple[str, float, float, float]]:
    """Yield title, median, best and target, in seconds."""
    whole = timed(lambda: hl.run(READY).complete())
    yield "run with every split", whole.median, whole.least, 1.5
    scenario = hl.read(READY)
    answer = timed(lambda: hl.solve(hl.apply(scenario)))
    yield "an answer without splits", answer.median, answer.least, 0.015
    taken = one_more()
    yield "one more policy", float(np.median(taken)), min(taken), 0.010
    yield "one more policy, 95th percentile", float(np.quantile(taken, 0.95)), min(taken), 0.015


def one_more() -> list[float]:
    """Return the seconds of each instrument at sizes that were not asked before, on one economy."""
    china, taken = hl.load("china-2020"), list[float]()
    for name, kind in INSTRUMENTS.items():
        for dose in DOSES:
            try:
                policy = kind(**{schema.instruments()[name].size: dose * kind().size})
                start = time.perf_counter()
                hl.solve(hl.apply(hl.Scenario(china, [policy])))
            except HinterlandError:
                continue  # of another economy, or a whole number
            if dose != DOSES[0]:
                taken.append(time.perf_counter() - start)
    return taken
