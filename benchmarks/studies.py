"""What a user waits for once everything is compiled: a run with every split, an answer, a lever that moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

import hinterland as hl
from benchmarks.measure import timed
from hinterland import schema
from hinterland.errors import HinterlandError
from hinterland.instruments import INSTRUMENTS
from hinterland.report.charts import names, picture

READY = "dual_transfer"
HEAD = ("study, warm", "median", "best", "target", "plain", "ratio")
PLAIN = """\
plain     the same numbers the way they were had before `hl.glance`: of a base year of which nothing is kept (another in
          its last digit, its programs compiled), as tables. ratio: plain over our median."""
DOSES = (1.0, 0.97, 0.95, 0.93)  # of an instrument's default; the first compiles what is left to compile
LEVERS = (
    "in_place.access",
    "transport.speed",
    "industry_transfer.gain",
)  # of the ready scenario: services, a line, work
MOVES = 20  # of each lever


def rows() -> Iterator[tuple[str, float, float, float, float | None]]:
    """Yield title, median, best, target and the plain way, in seconds."""
    whole, run = timed(lambda: whole_of(READY)), whole_of(READY)
    yield "run with every split", whole.median, whole.least, 1.5, None
    scenario = hl.read(READY)
    answer, years = timed(lambda: hl.solve(hl.apply(scenario))), timed(lambda: hl.path(scenario))
    drawn = [timed(partial(picture, run, name)) for name in names()]
    yield "the slowest spec of a chart", max(of.median for of in drawn), max(of.least for of in drawn), 0.05, None
    yield "an answer without splits", answer.median, answer.least, 0.015, None
    yield "a path of 30 years", years.median, years.least, 0.015, None
    taken = moves(seen)
    slow = float(np.median(moves(tables, 3)))
    yield "a lever moves: a glance", float(np.median(taken)), min(taken), 0.015, slow
    yield "a lever moves, 95th percentile", float(np.quantile(taken, 0.95)), min(taken), 0.015, slow
    taken = one_more()
    yield "one more policy", float(np.median(taken)), min(taken), 0.010, None
    yield "one more policy, 95th percentile", float(np.quantile(taken, 0.95)), min(taken), 0.015, None


def whole_of(name: str) -> hl.Result:
    """Return a run whose tables are worked out."""
    return hl.run(name).complete()


def moves(look: Callable[[hl.Scenario, int], Any], times: int = MOVES) -> list[float]:
    """Return the seconds of each value of three levers, told apart from the preset by `--set`, that was not asked."""
    main, taken = hl.read(READY), list[float]()
    three = main.replace(policies={key.partition(".")[0]: main.policies[key.partition(".")[0]] for key in LEVERS})
    for number in range(times + 1):
        for key in LEVERS:
            label, _, name = key.partition(".")
            value = getattr(three.policies[label], name)
            moved = value - 1 - number if isinstance(value, int) else value * (1 - 0.004 * (1 + number))
            start = time.perf_counter()
            look(three.with_values({key: moved}), number)
            if number:
                taken.append(time.perf_counter() - start)
    return taken


def seen(scenario: hl.Scenario, number: int) -> None:
    """Look at all that a page shows of a scenario."""
    del number
    glance = hl.glance(scenario)
    assert glance.headline
    assert glance.provinces
    assert glance.certificate


def tables(scenario: hl.Scenario, number: int) -> None:
    """Look at the same as tables, with nothing kept of the base year."""
    economy = scenario.economy
    elasticity = economy.elasticity("migration_elasticity") * (1 + 1e-13 * (1 + number))
    run = hl.run(scenario.replace(economy=economy.with_elasticities(migration_elasticity=elasticity)))
    assert len(run.headline)
    assert len(run.regions)


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
