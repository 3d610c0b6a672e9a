"""The evidence table: every finding, cost and payer has a source, a status, and numbers that agree with each other."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter

import pytest

from hinterland import schema

COLUMNS = "id instrument role value low high unit price_year status seen grounds in_china itself outcome source zh en"
INSTRUMENTS = [name for name in schema.instruments() if name != "measured_change"]  # a measurement has no evidence
ROLES = {"effect", "unit_cost", "payer", "parameter"}
STATUSES = {"established", "derived", "assumed", "not_established"}
SEEN = {"read", "abstract", "assumed"}  # nothing is remembered: what cannot be looked up is no evidence

GROUNDS = {
    "effect": {"causal", "correlation", "model", "stated", "accounts"},
    "unit_cost": {"accounts", "rule", "estimate", "total"},
}
OUTCOMES = [
    "costs",
    "finance",
    "homes",
    "income",
    "investment",
    "jobs",
    "others",
    "output",
    "people",
    "services",
    "trade",
    "wages",
    "welfare",
]

TEXT = schema.HERE.joinpath("evidence.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))
NUMBERS = {row["id"]: {name: float(row[name]) for name in ("low", "value", "high") if row[name]} for row in ROWS}


def value(entry: str) -> float:
    return NUMBERS[entry]["value"]


def those(wrong) -> list[str]:
    """Return the ids of the rows that break a rule, so that a failure names them."""
    return [row["id"] for row in ROWS if wrong(row)]


def test_columns_are_those_agreed():
    assert TEXT.splitlines()[0] == COLUMNS.replace(" ", ",")
    assert those(lambda row: None in row or None in row.values()) == []


def test_ids_are_unique_and_begin_with_their_instrument():
    assert [entry for entry, times in Counter(row["id"] for row in ROWS).items() if times > 1] == []
    assert those(lambda row: not re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", row["id"])) == []
    assert those(lambda row: row["id"].partition(".")[0] != row["instrument"]) == []
    assert {row["instrument"] for row in ROWS} == {*INSTRUMENTS, "core"}


def test_every_row_has_a_known_source_role_status_and_text():
    assert those(lambda row: row["source"] not in schema.sources()) == []
    assert those(lambda row: row["role"] not in ROLES) == []
    assert those(lambda row: row["status"] not in STATUSES) == []
    assert those(lambda row: row["seen"] not in SEEN) == []
    assert those(lambda row: not (row["zh"] and row["en"] and row["unit"])) == []


def test_an_effect_and_a_unit_cost_with_a_number_say_what_they_rest_on():
    graded = {row["id"] for row in ROWS if row["role"] in GROUNDS and NUMBERS[row["id"]]}
    assert those(lambda row: bool(row["grounds"]) != (row["id"] in graded)) == []
    assert those(lambda row: row["grounds"] and row["grounds"] not in GROUNDS[row["role"]]) == []
    for name in ("in_china", "itself"):
        assert those(lambda row, name=name: row[name] not in (("yes", "no") if row["grounds"] else ("",))) == []
    effects = {row["id"] for row in ROWS if row["role"] == "effect" and row["grounds"]}
    assert those(lambda row: row["outcome"] not in (OUTCOMES if row["id"] in effects else [""])) == []
    assert {entry.outcome for entry in schema.instruments().values()} <= set(OUTCOMES)


def test_a_value_lies_in_its_range():
    assert [entry for entry, number in NUMBERS.items() if list(number.values()) != sorted(number.values())] == []


def test_a_number_is_given_unless_nothing_is_established():
    assert those(lambda row: bool(NUMBERS[row["id"]]) == (row["status"] == "not_established")) == []


def test_money_in_yuan_and_nothing_else_has_a_price_year():
    money = {row["id"] for row in ROWS if "CNY" in row["unit"] and NUMBERS[row["id"]]}
    assert money
    assert those(lambda row: bool(row["price_year"]) != (row["id"] in money)) == []
    assert those(lambda row: row["price_year"] and not 1990 <= int(row["price_year"]) <= 2026) == []


def test_an_assumption_is_our_own():
    assert those(lambda row: row["status"] == "assumed" and row["source"] != "hinterland") == []
    assert those(lambda row: row["seen"] == "assumed" and row["status"] != "assumed") == []


def test_no_web_address_is_written_down():
    bibliography = schema.HERE.joinpath("sources.bib").read_text(encoding="utf-8")
    assert re.findall(r"https?:|www\.", TEXT + bibliography) == []


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_an_instrument_has_an_effect_a_cost_and_a_payer(instrument: str):
    assert {"effect", "unit_cost", "payer"} <= {row["role"] for row in ROWS if row["instrument"] == instrument}


def test_a_share_paid_is_a_share():
    shares = [row["id"] for row in ROWS if row["role"] == "payer" and row["unit"] == "share"]
    assert [entry for entry in shares if any(not 0 <= number <= 1 for number in NUMBERS[entry].values())] == []
    payers = ("firms", "people", "government")
    assert sum(value(f"hukou_reform.{who}_share") for who in payers) == pytest.approx(1)


def is_rounded(told: float, exact: float) -> bool:
    """Whether a number that is written down is the exact one, rounded to as many digits as it has."""
    return round(exact, len(repr(told).partition(".")[2])) == told


def test_derived_numbers_follow_from_those_they_are_derived_from():
    yearly = 1 - (1 + value("hukou_reform.fifteen_years")) ** (1 / 15)
    assert is_rounded(value("hukou_reform.annual_fall"), yearly)
    kappa = schema.parameters()["china-2020.migration_elasticity"].value
    assert is_rounded(value("public_services.amenity_elasticity"), value("public_services.choice_response") / kappa)
    elasticities = {"lights_doubling": "light_elasticity", "lights_inland": "light_elasticity_inland"}
    for lights, light in elasticities.items():
        assert is_rounded(value(f"border_opening.{light}"), math.log1p(value(f"border_opening.{lights}")) / math.log(2))
    decay = 200 / math.log(value("border_opening.light_elasticity") / value("border_opening.light_elasticity_inland"))
    assert value("border_opening.decay_km") == round(decay)
    theta = schema.parameters()["china-2020.trade_elasticity"].value
    assert is_rounded(value("border_opening.trains_cost"), 1 - (1 + value("border_opening.trains")) ** (-1 / theta))
    centre = value("ecological_migration.centre_per_mover") / value("ecological_migration.cost_per_mover")
    assert is_rounded(value("ecological_migration.centre_share"), centre)
