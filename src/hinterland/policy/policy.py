"""What every policy shares: values with unit and bounds, checked once, and the places they are for."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy import Economy
from hinterland.errors import PolicyError, Problem, nearest
from hinterland.policy.targets import chosen_n

domestic = chosen_n  # the name under which policies know it


@dataclass(frozen=True, kw_only=True)
class Policy(ABC):
    """Values for one instrument: pure `Economy -> Economy`, without equations.

    `start` is the year from which the values hold; the static closure compares two rest points and has no years.
    """

    instrument: ClassVar[str]
    parameter: ClassVar[str]  # the size, bounded by schema/instruments.csv
    choices: ClassVar[dict[str, tuple[str, ...]]] = {}
    start: int | None = None

    def __post_init__(self) -> None:
        problems = list(self.problems())
        if problems:
            raise PolicyError(problems)
        for name, value in self.values().items():
            if isinstance(value, list):
                object.__setattr__(self, name, tuple(value))

    def values(self) -> dict[str, Any]:
        """Return every value by name, in the order of the class."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def problems(self) -> list[Problem]:
        """Return every value that breaks a rule of the schema."""
        entry = schema.instruments()[self.instrument]
        found = size_problems(self.instrument, self.parameter, getattr(self, self.parameter), entry)
        for name, known in self.choices.items():
            value = getattr(self, name)
            if value not in known:
                found.append(
                    Problem(
                        "policy.choice",
                        {
                            "where": f"{self.instrument}.{name}",
                            "value": value,
                            "near": nearest(str(value), known),
                            "known": ", ".join(known),
                        },
                    )
                )
        if self.start is not None and (isinstance(self.start, bool) or not isinstance(self.start, int)):
            found.append(Problem("policy.start", {"where": self.instrument, "value": self.start}))
        for name in ("to", "regions"):
            places = getattr(self, name, None)
            if places is not None and (
                isinstance(places, str) or not all(isinstance(place, str) for place in _listed(places)) or not places
            ):
                found.append(Problem("policy.places", {"where": f"{self.instrument}.{name}", "value": places}))
        return found

    @abstractmethod
    def apply(self, economy: Economy) -> Economy:
        """Return the economy with this policy's levers written."""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [None]


def size_problems(instrument: str, name: str, value: Any, entry: schema.Instrument) -> list[Problem]:
    """Return what is wrong with the size of a policy: not a number, not finite, out of range, percent for share."""
    where = f"{instrument}.{name}"
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating):
        return [Problem("policy.not_a_number", {"where": where, "value": value})]
    if not math.isfinite(value):
        return [Problem("policy.not_finite", {"where": where, "value": value})]
    if not entry.minimum <= value <= entry.maximum:
        key = "policy.percent" if 1 < value <= 100 and entry.unit == "share" else "policy.range"
        return [
            Problem(
                key,
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
    return []


def limited_cut(cut: FloatArray, cost: FloatArray) -> FloatArray:
    """Turn a cut, a share of an iceberg cost, into a hat that never takes the cost below one."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.minimum(1.0, np.maximum(1 - cut, 1 / cost)))
