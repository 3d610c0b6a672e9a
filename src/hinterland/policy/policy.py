"""What every policy shares: values with unit and bounds, checked once, and what it changes and costs."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy import Economy
from hinterland.errors import PolicyError, Problem, nearest
from hinterland.policy.combine import Changes, combined
from hinterland.policy.costs import PAYERS, Outlay
from hinterland.policy.targets import chosen_n

SHARES_ADD_UP = 1e-9


def default(value: str) -> Any:
    """Return the default of `instrument.value` from the schema."""
    instrument, _, name = value.partition(".")
    return schema.values(instrument)[name].given


@dataclass(frozen=True, kw_only=True)
class Policy(ABC):
    """Values for one instrument: pure `Economy -> Economy`, without equations.

    `start`, `end` and `ramp` say when the values hold: the static closure compares two rest points, and years decide
    what is present value. `cost` (bn CNY a year) replaces the instrument's own rule; `payer` says who bears it.
    """

    instrument: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()  # blocks that the economy must have
    counts_movers: ClassVar[bool] = False  # whether the cost is counted on those who move
    start: int | None = None
    end: int | None = None
    ramp: int = 5
    cost: float | None = None
    payer: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        problems = self.problems()
        if problems:
            raise PolicyError(problems)
        for name, value in self.values().items():
            if isinstance(value, list):
                object.__setattr__(self, name, tuple(value))

    @property
    def size(self) -> float:
        """The dose."""
        return float(getattr(self, schema.instruments()[self.instrument].size))

    def values(self) -> dict[str, Any]:
        """Return every value by name, the instrument's own first."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: own[name] for name in schema.values(self.instrument)}

    def given(self) -> dict[str, Any]:
        """Return the values worth writing down: all of the instrument's own, and the common ones that were set."""
        common = {
            name: value.given for name, value in schema.values(self.instrument).items() if value.instrument == "*"
        }
        return {name: value for name, value in self.values().items() if value != common.get(name, ...)}

    def problems(self) -> list[Problem]:
        """Return every value that breaks a rule of the schema."""
        entries = schema.values(self.instrument)
        found = [
            problem for name, value in self.values().items() for problem in value_problems(entries[name], value, self)
        ]
        if not found and self.start is not None and self.end is not None and self.end < self.start:
            found.append(Problem("policy.ends_early", {"where": self.instrument, "start": self.start, "end": self.end}))
        if not found and self.payer is None and self.cost and not schema.payers(self.instrument):
            found.append(Problem("policy.no_payer", {"where": self.instrument, "known": ", ".join(PAYERS)}))
        return found

    @abstractmethod
    def changes(self, economy: Economy) -> Changes:
        """Return what is written: changes by lever, from the base year alone."""

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Return what the rule of the instrument costs; nothing where no unit cost is established.

        Where movers are counted, `share_gc` says where people are with the policy; without it, where they would be at
        base-year wages.
        """
        del economy, share_gc
        return ()

    def places_n(self, economy: Economy) -> FloatArray:
        """Return the regions that a cost of the user's own is for, (D,) of zeros and ones: the target, else all."""
        names = getattr(self, "to", None)
        return chosen_n(economy, names, f"{self.instrument}.to") if names else np.ones(economy.cells.regions)

    def payers_n(self, economy: Economy) -> FloatArray | None:
        """Return shares of the regions that pay the provinces' part, (D,); None: those that receive."""
        del economy
        return None

    def apply(self, economy: Economy) -> Economy:
        """Return the economy with this policy's levers written; costs are charged by a scenario."""
        return combined(economy, [self])

    def payers(self) -> dict[str, float]:
        """Return who pays and what share."""
        return dict(self.payer) if self.payer is not None else schema.payers(self.instrument)


def value_problems(entry: schema.Value, value: Any, policy: Policy) -> list[Problem]:
    """Return what is wrong with one value: its kind, its range, percent for share, payers that do not add up."""
    where = f"{policy.instrument}.{entry.name}"
    if value is None and entry.given is None:
        return []
    if entry.kind == "number":
        return number_problems(where, value, entry)
    if entry.kind == "integer":
        return whole_problems(where, value, entry)
    if entry.kind == "choice" and value not in entry.known:
        near = nearest(str(value), entry.known)
        return [
            Problem("policy.choice", {"where": where, "value": value, "near": near, "known": ", ".join(entry.known)})
        ]
    if entry.kind in schema.LISTS and not is_list_of_names(value, optional="may_be_empty" in entry.known):
        return [Problem(f"policy.{entry.kind}", {"where": where, "value": value})]
    if entry.kind == "shares":
        return payer_problems(where, value)
    return []


def is_list_of_names(value: Any, optional: bool) -> bool:
    """Whether a value is a list of texts, not empty unless it may be."""
    whole = isinstance(value, list | tuple | set) and all(isinstance(name, str) and name for name in value)
    return whole and (optional or bool(value))


def number_problems(where: str, value: Any, entry: schema.Value) -> list[Problem]:
    """Return what is wrong with a number: not a number, not finite, out of range, percent for share."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
        return [Problem("policy.not_a_number", {"where": where, "value": value})]
    if not math.isfinite(value):
        return [Problem("policy.not_finite", {"where": where, "value": value})]
    if entry.minimum <= value <= entry.maximum:
        return []
    percent = entry.unit == "share" and 1 < value <= 100 and value / 100 <= entry.maximum
    return [
        Problem(
            "policy.percent" if percent else "policy.range",
            {
                "where": where,
                "value": value,
                "unit": entry.unit,
                "low": entry.minimum,
                "high": entry.maximum,
                "hundredth": value / 100,
            },
        )
    ]


def whole_problems(where: str, value: Any, entry: schema.Value) -> list[Problem]:
    """Return what is wrong with a year or a number of years."""
    if isinstance(value, bool) or not isinstance(value, int):
        return [Problem("policy.year", {"where": where, "value": value})]
    if not entry.minimum <= value <= entry.maximum:
        low, high = int(entry.minimum), int(entry.maximum)
        return [Problem("policy.range", {"where": where, "value": value, "unit": entry.unit, "low": low, "high": high})]
    return []


def payer_problems(where: str, value: Any) -> list[Problem]:
    """Return what is wrong with the shares of those who pay."""
    numbers = isinstance(value, Mapping) and all(
        isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1 for share in value.values()
    )
    if not numbers:
        return [Problem("policy.payer", {"where": where, "value": value, "known": ", ".join(PAYERS)})]
    unknown = [who for who in value if who not in PAYERS]
    if unknown:
        near = nearest(str(unknown[0]), PAYERS)
        return [Problem("policy.unknown_payer", {"where": where, "value": unknown[0], "near": near})]
    total = sum(value.values())
    if abs(total - 1) > SHARES_ADD_UP:
        return [Problem("policy.payer_sum", {"where": where, "found": f"{total:g}"})]
    return []
