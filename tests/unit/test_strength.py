"""The mark of evidence follows by rule: what counts fully, what is near, and what never lifts a mark."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest

import hinterland as hl
from hinterland import schema
from hinterland.data.figures import assumptions
from hinterland.instruments import INSTRUMENTS
from hinterland.policy.policy import changes_of
from hinterland.policy.strength import (
    FAR,
    NEAR,
    NONE,
    OWN,
    RANGE,
    STRENGTHS,
    Ground,
    carried,
    cost_level,
    counts,
    effect_level,
    entering,
    ground,
    grounds,
    mark,
    ratio_mark,
    strength,
)
from hinterland.report.sentences import sure

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


def test_an_assumed_number_and_a_row_without_a_number_count_for_nothing():
    assert counts(EFFECT)
    assert counts(effect(value=math.nan, low=-0.1, high=0.1))
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


# What enters a ratio: `rests_on` says for every lever that an instrument writes what its benefit rests on.

KEYS = [
    (name, key)
    for name, entry in schema.instruments().items()
    for key in itertools.chain.from_iterable(entry.entering.values())
]


def ranked(name: str) -> int:
    return STRENGTHS[::-1].index(name)


def defaults(name: str) -> dict[str, object]:
    return {key: value.given for key, value in schema.values(name).items()}


@pytest.mark.parametrize(("name", "key"), KEYS, ids=map(" ".join, KEYS))
def test_what_a_ratio_rests_on_is_a_row_somewhere(name: str, key: str):
    """A value of the instrument, a row of the evidence, a parameter or an assumption, or what the model has not."""
    if key in schema.values(name):
        assert schema.values(name)[key].kind in ("number", "integer")
    elif key in schema.evidence():
        assert schema.evidence()[key].role == "effect"
        assert counts(schema.evidence()[key])
    elif not key.startswith("outside."):
        source = assumptions()[key]["source"] if key in assumptions() else schema.parameters()[key].source
        assert source in ("assumption", "hinterland")  # a published estimate enters as a row of the evidence


@pytest.mark.parametrize("name", list(INSTRUMENTS))
def test_nothing_that_a_policy_writes_is_left_without_what_it_rests_on(name: str, today, china):
    """Law: every lever that the defaults write, and every one that the instrument names, rests on something."""
    economy = china if name == "measured_change" else today
    known, entry = schema.instruments()[name].entering, schema.instruments()[name]
    assert set(INSTRUMENTS[name]().changes(economy)) <= set(known)
    written_as = {
        "service_worth_hat_gc": ("access_gap_hat_gc", "services_more_n"),
        "neighbour_elasticity_n": ("clusters",),
    }
    paid = {"transfer_n", "given_hat_c", "owed_hat_c"}  # money that is handed on rests on nothing but itself
    for lever in set(entry.lever.split()) - paid:
        assert {lever, "links", *written_as.get(lever, ())} & set(known), lever


def test_a_ratio_is_as_near_as_the_farthest_of_what_enters():
    causal, assumed = Ground("works.effect", OWN, "counted"), Ground("gain", FAR, "assumed")
    near = Ground("works.near", NEAR, "counted")
    worth = Ground("china-2020.service_worth", FAR, "worth")
    assert carried([causal], OWN) == "strong"
    assert carried([causal, near], OWN) == "medium"
    assert carried([near], NEAR) == "weak"
    assert carried([near], FAR) == "weak"
    assert carried([causal, assumed], OWN) == carried([assumed], OWN) == NONE
    assert carried([worth], OWN) == carried([worth, causal], FAR) == RANGE
    assert carried([worth, assumed], OWN) == NONE
    assert carried([], OWN) == "strong"  # money that is handed on and nothing else


def test_more_that_enters_never_lifts_a_mark():
    kinds = [Ground("a", level, "counted") for level in (FAR, NEAR, OWN)]
    for some in itertools.product(kinds, repeat=2):
        for more in kinds:
            assert ranked(carried([*some, more], OWN)) <= ranked(carried(list(some), OWN))


def test_a_number_counts_as_its_row_does_and_an_assumed_one_never():
    for name, entry in schema.instruments().items():
        for key in itertools.chain.from_iterable(entry.entering.values()):
            found, value = ground(name, key, defaults(name)), schema.values(name).get(key)
            row = schema.evidence().get(value.evidence if value else key)
            if value and value.status not in ("established", "derived"):
                assert (found.level, found.why) == (FAR, "assumed")
            elif row is None:
                assert found.level == FAR
            else:
                assert found.level == effect_level(row, entry.outcome)


def test_a_number_of_ones_own_is_no_evidence(today):
    """The defaults rest on a row; another number rests on who wrote it, and so does none where one stands."""
    for name, key in KEYS:
        value = schema.values(name).get(key)
        if value is not None:
            for other in (value.minimum, value.maximum):
                if other != value.given:
                    assert ground(name, key, {**defaults(name), key: other}).level == FAR
    none = hl.policies.IndustrialBase(gain=0.0, wedge=0.0)
    assert [one.why for one in grounds(none, changes_of(none, today))] == ["yours"]


def test_only_what_is_written_enters(today):
    """A payment without works, access without a cut, a value that is off: what is not written is not asked for."""
    kinds = hl.policies
    for policy, expected in (
        (kinds.FiscalTransfer(use="households"), ()),
        (kinds.FiscalTransfer(), ("china-2020.service_worth",)),
        (kinds.HukouReform(), ("china-2020.service_worth",)),
        (kinds.HukouReform(cut=0.1), ("cut", "china-2020.service_worth")),
        (kinds.HukouReform(access=0.0, cut=0.1), ("cut",)),
        (kinds.Talent(), ("yearly_return",)),
        (kinds.Talent(externality=0.05), ("yearly_return", "externality")),
        (kinds.EcologicalProtection(capacity=0.9), ("outside.environment", "outside.entry")),
    ):
        assert set(entering(policy, changes_of(policy, today))) == set(expected), policy


@pytest.mark.parametrize("name", [name for name in INSTRUMENTS if name != "measured_change"])
def test_a_ratio_of_the_defaults_is_marked_by_what_enters_it(name: str, today):
    """Law: no mark where anything that enters is assumed, of correlations or models, or outside the model."""
    policy = INSTRUMENTS[name]()
    found = grounds(policy, changes_of(policy, today))
    told = ratio_mark(policy, changes_of(policy, today))
    if strength(name) == NONE or any(one.level == FAR and one.why != "worth" for one in found):
        assert told == NONE
    elif any(one.why == "worth" for one in found):
        assert told == RANGE
    else:
        assert told in ("strong", "medium", "weak")


def test_a_cost_of_ones_own_is_no_evidence(today):
    policy = hl.policies.FiscalTransfer(use="households", cost=10.0)
    assert ratio_mark(policy, changes_of(policy, today)) == "none"  # what one's own number gives is no finding
    assert ratio_mark(hl.policies.FiscalTransfer(use="households"), changes_of(policy, today)) == "strong"


def test_a_measured_change_is_neither_an_assumption_nor_an_effect():
    assert strength("measured_change") == "measured"
    assert "changes measured in data for 1" in sure(hl.run("migration_2000_2005"), "en")
