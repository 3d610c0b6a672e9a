"""What a solution is judged by: residuals, identities, and how far it can be from the solution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, NamedTuple

import numpy as np

from hinterland.errors import NotSolvedError, Problem, places
from hinterland.model.evaluate import Outcome, Residuals
from hinterland.model.model import shapes
from hinterland.model.uniqueness import Uniqueness, uniqueness
from hinterland.solve.error import DETERMINED, Error, largest
from hinterland.solve.parts import apart
from hinterland.solve.precondition import trade_kernel_of
from hinterland.world.world import World

ACCEPTED = 1e-10
NOT_KNOWN = Uniqueness(None)


@dataclass(frozen=True, repr=False)
class Certificate:
    """Why a solution can be believed: largest log residual by market, and the accounting identities.

    `rounding` is what the published shares of the base year lack of adding up; the market left out and the identities
    cannot be closer than that, the residuals can. `error` estimates the largest log error of an unknown, and
    `direction` says where it lies if float64 does not determine it.
    """

    residuals: dict[str, float]
    redundant_market: float
    identities: dict[str, float]
    tolerance: float
    iterations: int
    rounding: float = 0.0
    uniqueness: Uniqueness = NOT_KNOWN
    error: float = 0.0
    direction: Problem | None = None

    def __repr__(self) -> str:
        return f"<Certificate: {self.words}>"

    @property
    def words(self) -> str:
        """Verdict, largest gap, error, steps: for a prompt."""
        size = f"largest gap {self.worst:.0e}, error {self.error:.0e}, {self.iterations} steps"
        return f"{self.verdict}, {size}"

    @property
    def worst(self) -> float:
        """Largest of all residuals and identity gaps."""
        return max(*self.residuals.values(), self.redundant_market, *self.identities.values())

    @property
    def clears(self) -> bool:
        """Whether every residual holds within `tolerance`, every identity within it and the rounding of the data."""
        implied = max(self.redundant_market, *self.identities.values())
        return max(self.residuals.values()) <= self.tolerance and implied <= self.tolerance + self.rounding

    @property
    def passed(self) -> bool:
        """Whether markets clear and the solution is determined."""
        return self.verdict == "passed"

    @property
    def verdict(self) -> str:
        """`passed`; `undetermined` where markets clear at points farther apart than 1e-6; `failed`."""
        if not self.clears:
            return "failed"
        return "passed" if self.error <= DETERMINED else "undetermined"


class End(NamedTuple):
    """Where the path of solutions from the base year ends before the levers are all the way up."""

    part: float  # of the change
    region: int  # whose income has fallen most
    income_hat: float


def require_passed(
    certificate: Certificate,
    residuals: Mapping[str, Any],
    regions: Sequence[str],
    sectors: Sequence[str] = ("",),
    end: End | None = None,
) -> None:
    """Raise NotSolvedError where markets do not clear, with the place where the path ends or that is farthest off."""
    if certificate.clears:
        return
    if end is not None and end.part > 0:
        reached = {
            "part": end.part,
            "place": regions[end.region],
            "income": end.income_hat,
            "steps": certificate.iterations,
        }
        raise NotSolvedError(Problem("solve.ends", reached))
    values = {
        "worst": f"{certificate.worst:.1e}",
        "steps": certificate.iterations,
        "accepted": certificate.tolerance,
        "where": farthest(residuals, regions, sectors),
    }
    raise NotSolvedError(Problem("solve.failed", values))


def named(direction: Any, model: Any) -> dict[str, Any]:
    """Return a direction of the solver's vector by unknown."""
    parts, begin = dict[str, Any](), 0
    for name, shape in shapes(model).items():
        end = begin + prod(shape)
        parts[name], begin = np.asarray(direction[begin:end]).reshape(shape), end
    return parts


def market_of(unknown: str) -> str:
    """Return the market or condition that an unknown belongs to: its name without log and indices."""
    return unknown.removeprefix("log_").rpartition("_")[0]


def farthest(residuals: Mapping[str, Any], regions: Sequence[str], sectors: Sequence[str]) -> Problem:
    """Return which market, where, is farthest from clearing; a value that is no number counts as farthest."""
    gaps = {name: np.nan_to_num(np.abs(values), nan=np.inf) for name, values in residuals.items() if np.ndim(values)}
    name = max(gaps, key=lambda key: float(gaps[key].max()))
    values = {
        "market": Problem("residual." + market_of(name)),
        "place": place_of(name, gaps, gaps[name].argmax(), regions, sectors),
    }
    return Problem("solve.where", values)


def undetermined(direction: Mapping[str, Any], regions: Sequence[str], sectors: Sequence[str]) -> Problem:
    """Return the direction that nothing determines: what moves most in it, relative to what moves most against it."""
    name = max(direction, key=lambda key: float(np.abs(direction[key]).max()))
    ends = (direction[name].argmax(), direction[name].argmin())
    high, low = (place_of(name, direction, end, regions, sectors) for end in ends)
    return Problem("solve.direction", {"market": Problem("residual." + market_of(name)), "high": high, "low": low})


def place_of(name: str, values: Mapping[str, Any], flat: int, regions: Sequence[str], sectors: Sequence[str]) -> str:
    """Return the region, and the sector, of an entry of a residual or an unknown, by the index letters of its name.

    Cells and groups are those of domestic regions, which come first.
    """
    array, abroad = np.asarray(values[name]), len(values.get("log_abroad_nj", ()))
    position = np.unravel_index(int(flat), array.shape)
    if name == "log_abroad_nj":
        region = len(regions) - abroad + int(position[0])
    elif name.rpartition("_")[2][0] in "cg":
        region = int(position[0]) // (len(array) // (len(regions) - abroad))
    else:
        region = int(position[0])
    sector = sectors[int(position[1])] if array.ndim > 1 and array.shape[1] == len(sectors) else ""
    return ", ".join(filter(None, (regions[region], sector)))


def certify(
    world: World,
    outcome: Outcome,
    residuals: Residuals,
    iterations: int,
    error: Error,
) -> Certificate:
    """Collect residuals by market, check budgets and the value of what is sold, and name what is not determined."""
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
        known_uniqueness(world, outcome),
        error.size,
        None
        if error.size <= DETERMINED or error.direction is None
        else undetermined(named(error.direction, model), world.regions, world.sectors),
    )


def known_uniqueness(world: World, outcome: Outcome) -> Uniqueness:
    """Return the condition that is known for the blocks that are on; none for a world in parts that do not trade."""
    known = uniqueness(world.model, world.levers)
    if not known.holds:
        return known
    elsewhere = apart(trade_kernel_of(world.model, world.levers), outcome)
    if not elsewhere.size:
        return known
    return Uniqueness(None, None, "disconnected", places([world.regions[n] for n in elsewhere], len(world.regions)))


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
