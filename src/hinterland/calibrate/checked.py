"""A check of a base year: what was found, what is official or follows, the gap, and whether the gap is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data import box

EXACT, STORED = 1e-11, 1e-9  # balancing stops at 1e-13; the box against a build on another machine


class Row(NamedTuple):
    """One check. Its name is the text `balance.KEY`, the reason for its tolerance `balance.why.WHY`."""

    key: str
    found: float
    official: float
    unit: str
    holds: float | None = None  # largest gap allowed; None: information, no verdict
    why: str = ""

    @property
    def gap(self) -> float:
        """Relative gap; what was found where the official value is zero."""
        return float(self.found / self.official - 1 if self.official else self.found)

    @property
    def passed(self) -> bool | None:
        """Whether the gap is within what is allowed; None where nothing is demanded. A gap that is no number fails."""
        return None if self.holds is None else bool(abs(self.gap) <= self.holds)


def scaled(key: str, found: float, official: float, unit: str) -> Row:
    """Return the check of a total to which the build is scaled: it holds but for rounding."""
    return Row(key, float(found), float(official), unit, EXACT, "scaled")


def identity(key: str, found: float) -> Row:
    """Return the check of a gap, absolute or relative, that must be zero."""
    return Row(key, float(found), 0.0, "1", EXACT, "identity")


def stored(name: str, built: Mapping[str, FloatArray]) -> Row:
    """Return the check that the box holds what the code makes: largest gap over the largest entry of each array."""
    shipped = box.economy_arrays(name)
    gaps = [np.abs(shipped[key] - value).max() / (np.abs(value).max() or 1.0) for key, value in built.items()]
    return Row("stored", float(max(gaps)), 0.0, "1", STORED, "stored")
