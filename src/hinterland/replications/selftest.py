"""Check an installation: the box, the zero shock, every scenario, every published case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hinterland.data import box
from hinterland.data.check import check_box
from hinterland.economy.load import load
from hinterland.replications import CASES, replicate
from hinterland.scenario import file as scenarios
from hinterland.schema import check_schema
from hinterland.solve.certificate import ACCEPTED
from hinterland.solve.static import solve
from hinterland.study.apply import apply


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, the largest gap, whether it is accepted."""

    kind: str
    name: str
    found: float
    accepted: float

    @property
    def passed(self) -> bool:
        """Whether the gap is accepted."""
        return self.found <= self.accepted


def findings() -> Iterator[Finding]:
    """Yield every check; the caller counts those that failed."""
    yield Finding("schema", "schema", len(check_schema()), 0)
    for check in check_box():
        yield Finding("data", check.name, 0 if check.passed else 1, 0)
    for name in box.economies():
        outcome = solve(load(name)).outcome
        hats = np.concatenate([np.ravel(outcome.wage_hat_nj), np.ravel(outcome.labour_hat_nj)])
        yield Finding("zero_shock", name, float(np.max(np.abs(hats - 1))), ACCEPTED)
    for name in scenarios.presets():
        yield Finding("scenario", name, solve(apply(scenarios.read(name))).certificate.worst, ACCEPTED)
    for case in CASES:
        for figure in replicate(case):
            name = f"{case} {figure.quantity} ({figure.source})"
            yield Finding("published", name, figure.gap, figure.within)
