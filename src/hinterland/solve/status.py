"""What a solution is judged by: residuals and identities, never the size of a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

ACCEPTED = 1e-10


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
