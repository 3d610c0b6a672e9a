"""What a solution is judged by: residuals and identities, never the size of a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hinterland.errors import NotSolvedError, Problem, places
from hinterland.model.evaluate import Outcome, Residuals
from hinterland.model.uniqueness import Uniqueness, uniqueness
from hinterland.world.world import World

ACCEPTED = 1e-10
NOT_KNOWN = Uniqueness(None)


@dataclass(frozen=True)
class Certificate:
    """Why a solution can be believed: largest log residual by market, and the accounting identities.

    `rounding` is what the published shares of the base year lack of adding up; the market left out and the identities
    cannot be closer than that, the residuals can.
    """

    residuals: dict[str, float]
    redundant_market: float
    identities: dict[str, float]
    tolerance: float
    iterations: int
    rounding: float = 0.0
    uniqueness: Uniqueness = NOT_KNOWN

    @property
    def worst(self) -> float:
        """Largest of all residuals and identity gaps."""
        return max(*self.residuals.values(), self.redundant_market, *self.identities.values())

    @property
    def passed(self) -> bool:
        """Whether every residual holds within `tolerance`, every identity within it and the rounding of the data."""
        implied = max(self.redundant_market, *self.identities.values())
        return max(self.residuals.values()) <= self.tolerance and implied <= self.tolerance + self.rounding


def largest(values: Any) -> float:
    """Return the largest absolute value; what is no number counts as infinite."""
    found = float(np.max(np.abs(values)))
    return found if np.isfinite(found) else float("inf")


def require_passed(
    certificate: Certificate, residuals: Mapping[str, Any], regions: Sequence[str], sectors: Sequence[str] = ("",)
) -> None:
    """Raise NotSolvedError where a certificate does not pass, with the market and the place farthest from clearing."""
    if certificate.passed:
        return
    values = {
        "worst": f"{certificate.worst:.1e}",
        "steps": certificate.iterations,
        "accepted": certificate.tolerance,
        "where": farthest(residuals, regions, sectors),
    }
    raise NotSolvedError(Problem("solve.failed", values))


def market_of(unknown: str) -> str:
    """Return the market or condition that an unknown belongs to: its name without log and indices."""
    return unknown.removeprefix("log_").rpartition("_")[0]


def farthest(residuals: Mapping[str, Any], regions: Sequence[str], sectors: Sequence[str]) -> Problem:
    """Return which market, where, is farthest from clearing; a value that is no number counts as farthest.

    The first axis of a residual runs over regions, cells or groups of regions; domestic regions come first.
    """
    gaps = {name: np.nan_to_num(np.abs(values), nan=np.inf) for name, values in residuals.items() if np.ndim(values)}
    name = max(gaps, key=lambda key: float(gaps[key].max()))
    gap, abroad = gaps[name], len(gaps.get("log_abroad_nj", ()))
    position = np.unravel_index(int(gap.argmax()), gap.shape)
    if name == "log_abroad_nj":
        region = len(regions) - abroad + int(position[0])
    elif len(gap) <= len(regions):
        region = int(position[0])
    else:
        region = int(position[0]) // (len(gap) // (len(regions) - abroad))
    sector = sectors[int(position[1])] if gap.ndim > 1 and gap.shape[1] == len(sectors) else ""
    place = ", ".join(filter(None, (regions[region], sector)))
    return Problem("solve.where", {"market": Problem("residual." + market_of(name)), "place": place})


def certify(world: World, outcome: Outcome, residuals: Residuals, iterations: int) -> Certificate:
    """Collect residuals by market and check budgets and the value of what is sold."""
    model, added, tariffs = world.model, outcome.value_added_nj.sum(), np.sum(outcome.tariff_revenue_n)
    gaps = dict(sorted((market_of(name), largest(values)) for name, values in residuals.by_unknown.items()))
    identities = {
        "gdp_income_expenditure": abs(float(outcome.final_nj.sum() / (added + tariffs) - 1)),
        "budgets": abs(float(outcome.income_n.sum() / (added + tariffs) - 1)),
    }
    people = people_gap(world, outcome)
    rounding = 0.0
    if model.solves_for_prices:
        shares = model.inputs.income_share_nj + model.inputs.input_share_nkj.sum(axis=1)
        rounding = float(np.abs(shares - 1).max())
    return Certificate(
        gaps | {"numeraire": largest(residuals.numeraire)},
        largest(residuals.walras),
        identities | people,
        ACCEPTED,
        iterations,
        rounding,
        uniqueness(model, world.levers),
    )


def require_positive(world: World, outcome: Outcome) -> None:
    """Raise NotSolvedError where markets clear at values without meaning: income or utility that is not positive."""
    for name in ("income_n", "utility_n"):
        values = np.asarray(getattr(outcome, name))
        bad = ~(values > 0)
        if bad.any():
            where = places([world.regions[int(n)] for n in np.flatnonzero(bad)], len(world.regions))
            found: dict[str, object] = {"name": name, "where": where, "found": float(values[bad][0])}
            raise NotSolvedError(Problem("solve.not_positive", found))


def people_gap(world: World, outcome: Outcome) -> dict[str, float]:
    """Return what is missing of the base year's people."""
    people = np.asarray(world.model.people.people_n)
    now = people * outcome.people_hat_n[: people.size]
    return {"people": abs(float(now.sum() / people.sum() - 1))}
