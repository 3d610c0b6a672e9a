"""How strong the evidence on an instrument is: a mark that follows by rule from the rows of the evidence table.

An effect counts fully where it is causal, of this very instrument, in China, on the outcome that the instrument is for;
a unit cost where accounts or rules name it for this very instrument. Numbers from memory count for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache

from hinterland import schema
from hinterland.schema import Evidence

STRONG, MEDIUM, WEAK, NONE = "strong", "medium", "weak", "none"
STRENGTHS = (STRONG, MEDIUM, WEAK, NONE)
OWN, NEAR, FAR = 2, 1, 0
SEEN, YES, CAUSAL = ("read", "abstract"), "yes", "causal"
PAID, GUESSED = ("accounts", "rule"), "estimate"


def counts(entry: Evidence) -> bool:
    """Whether a row holds a number that was seen, be it a range alone."""
    return entry.seen in SEEN and not (math.isnan(entry.value) and math.isnan(entry.low))


def effect_level(entry: Evidence, outcome: str) -> int:
    """Return how near an effect is: near is causal and short of one thing, the place, the instrument or the outcome."""
    short = (entry.in_china != YES) + (entry.itself != YES) + (entry.outcome != outcome)
    return max(OWN - short, FAR) if entry.grounds == CAUSAL else FAR


def cost_level(entry: Evidence) -> int:
    """Return how near a unit cost is: near is an estimate, or what a near instrument costs; a total has no unit."""
    if entry.grounds in PAID:
        return OWN if entry.in_china == entry.itself == YES else NEAR
    return NEAR if entry.grounds == GUESSED else FAR


def best(rows: Iterable[Evidence], role: str, level: Callable[[Evidence], int]) -> int:
    """Return the level of the nearest row of a role."""
    return max((level(entry) for entry in rows if entry.role == role), default=FAR)


@cache
def strength(instrument: str) -> str:
    """Return strong, medium, weak or none.

    Strong needs both, medium one of the two with near evidence on the other. Weak is any number on the outcome, or a
    near effect; none is none, whatever the instrument costs.
    """
    outcome = schema.instruments()[instrument].outcome
    rows = [entry for entry in schema.evidence().values() if entry.instrument == instrument and counts(entry)]
    return mark(rows, outcome)


def mark(rows: list[Evidence], outcome: str) -> str:
    """Return the mark of rows that count, for an instrument that is for an outcome."""
    effect, cost = best(rows, "effect", lambda entry: effect_level(entry, outcome)), best(rows, "unit_cost", cost_level)
    if effect == cost == OWN:
        return STRONG
    if min(effect, cost) == NEAR and max(effect, cost) == OWN:
        return MEDIUM
    spoken_of = any(entry.role == "effect" and entry.outcome == outcome for entry in rows)
    return WEAK if effect or spoken_of else NONE
