"""Policies of one scenario that are the same instrument for the same places, or build the same, at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from hinterland import schema
from hinterland.arrays import BoolArray
from hinterland.data.network import find_city
from hinterland.economy.economy import Economy
from hinterland.errors import Bilingual, Problem, places, several
from hinterland.policy.policy import Policy
from hinterland.policy.targets import chosen_n
from hinterland.texts import name_in


def overlaps(economy: Economy, policies: Mapping[str, Policy], starts: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what two policies share: places of one instrument, or stretches that both would build and pay for.

    `starts`: the first year of each policy.
    """
    for (first, one), (second, other) in combinations(policies.items(), 2):
        since = max(starts[first], starts[second])
        until = min(policy.end if policy.end is not None else since for policy in (one, other))
        if one.instrument != other.instrument or since > until:
            continue
        values: dict[str, object] = {"first": first, "second": second, "since": since}
        if stretches := sorted({*one.stretches()} & {*other.stretches()}):
            yield Problem("scenario.same_stretch", {**values, "where": several([named(*of) for of in stretches])})
        elif not one.stretches() and (shared := shared_n(economy, one, other)).any():
            codes = [code for code, both in zip(economy.domestic_codes, shared, strict=True) if both]
            where = places([economy.regions.label(code) for code in codes], len(shared))
            yield Problem("scenario.overlap", {**values, "where": where})


def named(city_a: str, city_b: str, mode: str) -> Bilingual:
    """Return a stretch as messages list it."""
    one, other = find_city(city_a), find_city(city_b)
    return Bilingual(
        f"{one.en} – {other.en} ({name_in('choice', mode, 'en')})",
        f"{one.zh}—{other.zh}（{name_in('choice', mode, 'zh')}）",
    )


def shared_n(economy: Economy, one: Policy, other: Policy) -> BoolArray:
    """Return the regions that two policies of one instrument both write to; none where their choices differ."""
    both = np.logical_and(*(policy.places_n(economy) > 0 for policy in (one, other)))
    for name, value in schema.values(one.instrument).items():
        first, second = getattr(one, name), getattr(other, name)
        if value.instrument == "*":
            continue
        if (value.kind == "ports" and not set(first) & set(second)) or (value.kind == "choice" and first != second):
            return np.zeros_like(both)
        if name in ("to", "leave"):
            both &= np.logical_and(*(chosen_n(economy, given, name) > 0 for given in (first, second)))
    return both
