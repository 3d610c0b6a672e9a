"""The mark of evidence follows by rule: what counts fully, what is near, and what never lifts a mark."""

from __future__ import annotations

import dataclasses
import math

import pytest

from hinterland import schema
from hinterland.policy.strength import FAR, NEAR, cost_level, counts, effect_level, mark, strength

EFFECT = schema.Evidence(
    id="works.effect",
    instrument="works",
    role="effect",
    value=0.1,
    low=math.nan,
    high=math.nan,
    unit="relative change",
    price_year="",
    status="established",
    seen="read",
    grounds="causal",
    in_china="yes",
    itself="yes",
    outcome="output",
    source="hinterland",
    zh="",
    en="",
)
COST = dataclasses.replace(EFFECT, id="works.cost", role="unit_cost", grounds="accounts", outcome="")
NEAR_EFFECTS = ({"in_china": "no"}, {"itself": "no"}, {"outcome": "trade"})
NEAR_COSTS = ({"grounds": "estimate"}, {"itself": "no"}, {"in_china": "no"})


def effect(**change: object) -> schema.Evidence:
    return dataclasses.replace(EFFECT, **change)


def cost(**change: object) -> schema.Evidence:
    return dataclasses.replace(COST, **change)


def test_a_causal_effect_of_the_instrument_in_china_on_its_outcome_and_a_cost_are_strong():
    assert mark([EFFECT, COST], "output") == "strong"


@pytest.mark.parametrize("short", NEAR_EFFECTS, ids=str)
def test_an_effect_short_of_one_thing_is_near_and_of_two_is_not(short):
    assert effect_level(effect(**short), "output") == NEAR
    assert mark([effect(**short), COST], "output") == "medium"
    for other in NEAR_EFFECTS:
        if other != short:
            assert effect_level(effect(**short, **other), "output") == FAR


@pytest.mark.parametrize("short", NEAR_COSTS, ids=str)
def test_a_cost_that_is_an_estimate_or_anothers_is_near(short):
    assert cost_level(cost(**short)) == NEAR
    assert mark([EFFECT, cost(**short)], "output") == "medium"
    assert mark([effect(itself="no"), cost(**short)], "output") == "weak"


@pytest.mark.parametrize("grounds", ["correlation", "model", "stated", "accounts"])
def test_no_other_ground_is_causal_however_near_the_rest(grounds: str):
    assert mark([effect(grounds=grounds), COST], "output") == "weak"
    assert mark([effect(grounds=grounds, outcome="trade"), COST], "output") == "none"


def test_one_of_the_two_alone_is_weak_and_a_cost_alone_is_none():
    assert mark([EFFECT], "output") == "weak"
    assert mark([EFFECT, cost(grounds="total")], "output") == "weak"
    assert mark([COST], "output") == mark([], "output") == "none"


def test_a_number_from_memory_and_a_row_without_a_number_count_for_nothing():
    assert counts(EFFECT)
    assert counts(effect(value=math.nan, low=-0.1, high=0.1))
    assert not counts(effect(seen="memory"))
    assert not counts(effect(seen="assumed"))
    assert not counts(effect(value=math.nan))


def test_more_rows_never_lower_a_mark():
    order = ["none", "weak", "medium", "strong"]
    rows = [effect(grounds="model"), effect(itself="no"), cost(grounds="estimate"), COST, EFFECT]
    marks = [order.index(mark(rows[:number], "output")) for number in range(len(rows) + 1)]
    assert marks == sorted(marks)
    assert (marks[0], marks[-1]) == (0, 3)


@pytest.mark.parametrize(
    ("instrument", "below"),
    [
        ("transport", "strong"),  # elasticities of a cross-section and models of networks are not causal
        ("hukou_reform", "medium"),  # the fall of 45 % is what an account leaves over, of all causes
        ("market_reform", "medium"),  # no unit cost is known
    ],
)
def test_what_is_not_causal_or_has_no_cost_stays_below(instrument: str, below: str):
    order = ["none", "weak", "medium", "strong"]
    assert order.index(strength(instrument)) < order.index(below)


def test_what_has_no_effect_by_default_has_no_evidence():
    for name in ("city_cluster", "small_towns", "township_merger", "border_settlement"):
        assert strength(name) == "none"
