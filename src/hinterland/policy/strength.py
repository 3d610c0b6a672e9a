"""How strong the evidence is, by rule: on an instrument, from the rows of the evidence table; and under a ratio.

An effect counts fully where it is causal, of this very instrument, in China, on the outcome that the instrument is for;
a unit cost where accounts or rules name it for this very instrument.

A benefit per yuan is as good as what enters it and not as what is known beside it: what a policy writes says what
enters (`rests_on` of instruments.csv), and its farthest number marks the ratio. One that is assumed, one's own, of
correlations or of models, or outside the model leaves none; the worth of services leaves a range.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from hinterland import schema
from hinterland.policy.policy import Policy
from hinterland.schema import Evidence

STRONG, MEDIUM, WEAK, NONE = "strong", "medium", "weak", "none"
MEASURED = "measured"  # a published change: no effect of an instrument and no unit cost, and no assumption either
STRENGTHS = (STRONG, MEDIUM, WEAK, NONE)
RANGE = "range"  # of a ratio that only what a yuan of services is worth leaves open
WORTH = ".service_worth"  # the parameter of any economy
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
    """Return strong, medium, weak or none; measured for a published change, which is no instrument's effect.

    Strong needs both, medium one of the two with near evidence on the other. Weak is any number on the outcome, or a
    near effect; none is none, whatever the instrument costs.
    """
    if instrument == schema.MEASUREMENT:
        return MEASURED
    outcome = schema.instruments()[instrument].outcome
    rows = [entry for entry in schema.evidence().values() if entry.instrument == instrument and counts(entry)]
    return mark(rows, outcome)


def mark(rows: list[Evidence], outcome: str) -> str:
    """Return the mark of rows that count, for an instrument that is for an outcome."""
    effect, cost = best(rows, "effect", lambda entry: effect_level(entry, outcome)), best(rows, "unit_cost", cost_level)
    spoken_of = any(entry.role == "effect" and entry.outcome == outcome for entry in rows)
    return both(effect, cost) or (WEAK if effect or spoken_of else NONE)


def both(effect: int, cost: int) -> str:
    """Return the mark of an effect and a unit cost that are both near, one of them at least this instrument's own."""
    if effect == cost == OWN:
        return STRONG
    return MEDIUM if min(effect, cost) == NEAR and max(effect, cost) == OWN else ""


class Ground(NamedTuple):
    """One thing that a ratio rests on, how near it is, and why: a row counted, assumed, yours, worth, or outside.X."""

    key: str
    level: int
    why: str


def entering(policy: Policy, levers: Collection[str]) -> tuple[str, ...]:
    """Return what the benefit of a policy rests on, from the levers that it writes; what is off does not enter."""
    known = schema.instruments()[policy.instrument].entering
    found = at_work(policy.instrument, policy.values(), (lever for lever in known if lever in levers))
    return found if policy.cost is None else (*found, "cost")


def at_work(instrument: str, given: Mapping[str, Any], levers: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of levers without values that are off by default and were left so."""
    known, entries = schema.instruments()[instrument].entering, schema.values(instrument)
    keys = dict.fromkeys(key for lever in levers for key in known[lever])
    return tuple(key for key in keys if key not in entries or given[key] or entries[key].given)


def ground(instrument: str, key: str, given: Mapping[str, Any]) -> Ground:
    """Return how near one thing is that a ratio rests on, at the values given."""
    value = schema.values(instrument).get(key)
    if value is not None and given[key] != value.given:
        return Ground(key, FAR, "yours")
    if value is not None and value.status not in ("established", "derived"):
        return Ground(key, FAR, "assumed")
    entry = schema.evidence().get(value.evidence if value else key)
    if entry is not None:
        near = effect_level(entry, schema.instruments()[instrument].outcome) if counts(entry) else FAR
        return Ground(key, near, "counted")
    if key.startswith("outside."):
        return Ground(key, FAR, key)
    return Ground(key, FAR, "worth" if key.endswith(WORTH) else "assumed")


def grounds(policy: Policy, levers: Collection[str]) -> list[Ground]:
    """Return all that the ratio of a policy rests on."""
    return [ground(policy.instrument, key, policy.values()) for key in entering(policy, levers)]


def carried(found: Sequence[Ground], cost: int) -> str:
    """Return the mark of a ratio: as near as the farthest that enters; range where only services' worth is open."""
    certain = [one for one in found if one.why != "worth"]
    level = min((one.level for one in certain), default=OWN)
    if level == FAR:
        return NONE
    return RANGE if len(certain) < len(found) else both(level, cost) or WEAK


def ratio_mark(policy: Policy, levers: Collection[str]) -> str:
    """Return the mark of the benefit per yuan of a policy that writes levers: strong, medium, weak, range or none."""
    if strength(policy.instrument) in (NONE, MEASURED):
        return NONE
    rows = [entry for entry in schema.evidence().values() if entry.instrument == policy.instrument and counts(entry)]
    return carried(grounds(policy, levers), FAR if policy.cost is not None else best(rows, "unit_cost", cost_level))
