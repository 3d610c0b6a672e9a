"""What a study claims, and the verdict on a number of ours beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hinterland import schema

INSIDE, OUTSIDE, SIGN_ONLY, SIGN_DIFFERS = "inside", "outside", "sign_only", "sign_differs"
OTHER_OBJECT, NOT_COMPUTED = "other_object", "not_computed"
VERDICTS = (INSIDE, OUTSIDE, SIGN_ONLY, SIGN_DIFFERS, OTHER_OBJECT, NOT_COMPUTED)
IN_PERCENT = ("%", "pp")  # units in which a share is told times a hundred
DIGITS = 6  # of the study's numbers in the unit shown


@dataclass(frozen=True)
class Claim:
    """The study's number with its range, or only its sign. Shares are shares, not percent.

    `sized` is false where the study's dose cannot be set up here, so that no more than the sign can be compared; then
    the number is shown and not judged. `same` is false where the study is of another object altogether.
    """

    evidence: str  # an entry of evidence.csv
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    sign: int = 0
    sized: bool = True
    same: bool = True
    rounded: bool = False  # one number, whose range is that of its last digit

    @property
    def source(self) -> str:
        """Key of the publication."""
        return schema.evidence()[self.evidence].source

    def verdict(self, ours: float) -> str:
        """Say whether a number of ours lies in the range; else whether its sign is the study's."""
        if math.isnan(ours):
            return NOT_COMPUTED
        if not self.same:
            return OTHER_OBJECT
        judged = self.sized and not math.isnan(self.low)
        if judged and self.low <= ours <= self.high:
            return INSIDE
        if self.sign and self.sign * ours <= 0:
            return SIGN_DIFFERS
        return OUTSIDE if judged else SIGN_ONLY


def sign_of(low: float, high: float) -> int:
    """Return the sign that a whole range has; zero where it has both."""
    return (low > 0) - (high < 0)


def ranged(key: str, **more: bool) -> Claim:
    """Return the interval that a study gives with its number, or the range that it states."""
    entry = schema.evidence()[key]
    return Claim(key, entry.value, entry.low, entry.high, sign_of(entry.low, entry.high), **more)


def half_digit(number: float) -> float:
    """Return half a unit of the last digit that a number is printed with."""
    return 0.5 * 10.0 ** -len(repr(number).partition(".")[2])


def printed(key: str, loss: bool = False, **more: bool) -> Claim:
    """Return one number of the evidence, known to half its last digit; a loss is told below zero."""
    number = schema.evidence()[key].value
    half, signed_number = half_digit(number), -number if loss else number
    low, high = signed_number - half, signed_number + half
    return Claim(key, signed_number, low, high, sign_of(low, high), rounded=True, **more)


def quotient(key: str, over: str, scale: float) -> Claim:
    """Return one number of the evidence for so much of another, with the rounding of both."""
    top, bottom = (schema.evidence()[name].value for name in (key, over))
    more, less = half_digit(top), half_digit(bottom)
    low, high = (top - more) / (bottom + less), (top + more) / (bottom - less)
    return Claim(key, scale * top / bottom, scale * low, scale * high, sign_of(low, high), rounded=True)


def signed(key: str, sign: int) -> Claim:
    """Return a claim of a sign alone."""
    return Claim(key, sign=sign)


@dataclass(frozen=True)
class Found:
    """What an experiment gave, and the numbers that its discussion mentions."""

    ours: float
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """A study's claim, the experiment that answers it, and the unit of both."""

    key: str
    claim: Claim
    unit: str
    experiment: Callable[[], Found]


@dataclass(frozen=True)
class Row:
    """A moment with ours beside it, in the unit shown."""

    moment: str
    source: str
    evidence: str
    unit: str
    study: float
    low: float
    high: float
    sign: int
    rounded: bool
    ours: float
    verdict: str
    figures: Mapping[str, float] = field(default_factory=dict)


def row_of(moment: Moment, found: Found) -> Row:
    """Put ours beside the study's, in the unit shown."""
    claim, scale = moment.claim, 100 if moment.unit in IN_PERCENT else 1
    study, low, high = (round(scale * number, DIGITS) for number in (claim.value, claim.low, claim.high))
    return Row(
        moment=moment.key,
        source=claim.source,
        evidence=claim.evidence,
        unit=moment.unit,
        study=study,
        low=low,
        high=high,
        sign=claim.sign,
        rounded=claim.rounded,
        ours=scale * found.ours,
        verdict=claim.verdict(found.ours),
        figures=dict(found.figures),
    )
