"""The public check of an economy: your own by the rules of a base year, one of the box by official totals as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from hinterland.base_years.builds import base_year, built
from hinterland.calibrate.checked import Row
from hinterland.economy.economy import Economy
from hinterland.economy.load import load
from hinterland.errors import DataError, Problem, require_kind, require_language
from hinterland.report.frames import headed
from hinterland.shown import Shown
from hinterland.texts import text, unit_name
from hinterland.world.balance import BEYOND_ROUNDING
from hinterland.world.check import ADDS_UP
from hinterland.world.of_economy import base_gap_nj, world_of

SHOWN = 3  # checks that are named at a prompt
VERDICTS = {True: "report.passed", False: "report.failed", None: "balance.information"}


@dataclass(frozen=True, repr=False)
class Checked(Shown):
    """What a check of an economy found; `problems` says in words which rules it breaks."""

    name: str
    checks: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check that must hold does."""
        return not any(check.passed is False for check in self.checks)

    def __repr__(self) -> str:
        broken = [check.key for check in self.checks if check.passed is False]
        more = ", ..." if len(broken) > SHOWN else ""
        verdict = f"failed: {', '.join(broken[:SHOWN])}{more}" if broken else "passed"
        return f"<Check of {self.name}: {len(self.checks)} checks, {verdict}>"

    def table(self, lang: str = "en") -> pd.DataFrame:
        """Return one row a check, with heads and words in one language.

        - check (text): what is checked
        - unit (text): of what was found and of what is official
        - found (as `unit` says): in the economy
        - official (as `unit` says): by statistics, or what must follow
        - gap (relative): of found from official; what was found where that is zero
        - within (relative): largest gap allowed; NaN where nothing is demanded
        - verdict (text): passed, failed, or that it is for information
        """
        require_language(lang)
        rows = [
            (
                text(f"balance.{check.key}", lang),
                unit_name(check.unit, lang),
                check.found,
                check.official,
                check.gap,
                np.nan if check.holds is None else check.holds,
                text(VERDICTS[check.passed], lang),
            )
            for check in self.checks
        ]
        heads = ["check", "unit", "found", "official", "gap", "within", "verdict"]
        return headed(pd.DataFrame(rows, columns=heads), lang)


def check(economy: Economy | str | Path) -> Checked:
    """Return what holds of an economy: your own (as it is, or by its file), or one of the box by name.

    Every economy is held to the rules by which it could be solved: shapes, signs, shares that add up, a base year that
    balances. One that is named in the box is held to official totals as well, as `hinterland data check` does (seconds,
    for it is built anew). A DataError where a file cannot be read at all.
    """
    official = economy if isinstance(economy, str) and economy in built() else ""
    known = load(economy) if isinstance(economy, str | Path) else economy
    require_kind(known, Economy, "economy")
    problems = broken(known)
    totals = base_year(official).checks() if official else []
    return Checked(known.name, (*rules(known, problems), *totals), problems)


def broken(economy: Economy) -> tuple[Problem, ...]:
    """Return every rule that an economy breaks, as a solve would say it."""
    try:
        world_of(economy)
    except DataError as error:
        return error.problems
    return ()


def rules(economy: Economy, problems: tuple[Problem, ...]) -> Iterator[Row]:
    """Yield the checks that every economy has to pass."""
    yield Row("rules", len(problems), 0.0, "count", 0.0)
    yield Row("even", largest_gap(economy), 0.0, "1", BEYOND_ROUNDING)
    for name, axis in (("migration_share_gc", 1), ("trade_share_nij", 1)):
        yield Row(name, float(np.abs(economy.arrays[name].sum(axis=axis) - 1).max()), 0.0, "1", ADDS_UP)


def largest_gap(economy: Economy) -> float:
    """Return how far the base year is from balance; no number where its arrays do not say."""
    try:
        return float(np.abs(base_gap_nj(economy)).max())
    except DataError:
        return float("nan")
