"""The dashboard and the source's facts."""

from __future__ import annotations

import pytest

import hinterland as hl
from hinterland.data import panel, regions
from hinterland.diagnose import dashboard as diagnose
from hinterland.diagnose import facts
from hinterland.report import diagnosis

WEST, EAST = diagnose.members("West", 2009), diagnose.members("East11", 2009)


@pytest.mark.parametrize(
    ("measure", "west", "east", "precision"),
    # A run over the same figures by other means, printed to these digits.
    [
        (diagnose.urbanization_rate, 39.7, 57.6, 0.05),
        (diagnose.rural_per_urban_resident, 1.52, 0.74, 0.005),
        (diagnose.fiscal_revenue, 6056, 20378, 0.5),
    ],
)
def test_west_and_east_of_eleven_in_2009(measure, west: float, east: float, precision: float):
    assert measure(2009, WEST) == pytest.approx(west, abs=precision)
    assert measure(2009, EAST) == pytest.approx(east, abs=precision)


def test_single_figures():
    assert diagnose.urban_rural_income_ratio(2008, WEST) == pytest.approx(3.68, abs=0.005)
    assert diagnose.city_density(2009, WEST) == pytest.approx(0.24, abs=0.005)
    assert [diagnose.growth_rank(year, "150000") for year in range(2002, 2010)] == [1] * 8
    for year, gap in ((2003, 4035), (2009, 8928)):
        nation, west = (diagnose.gdp_per_head(year, diagnose.members(name, year)) for name in ("China", "West"))
        assert nation - west == pytest.approx(gap, abs=0.5)


def test_every_fact_has_a_verdict_by_rule():
    table = hl.facts_table()
    assert [item.fact.id for item in table] == list(facts.facts())
    counted = panel.years("cities_prefecture_level")
    for item in table:  # we have a figure of all that we measure, of cities in the years that they were counted
        known = item.fact.measure in facts.MEASURES
        missing = item.fact.measure == "number_of_cities" and item.fact.year not in counted
        assert (item.computed is not None) == (known and not missing), item.fact.id
    verdicts = {item.fact.id: item.verdict for item in table}
    assert verdicts["F11"] == "contradicts_itself"
    assert [fact for fact, verdict in verdicts.items() if verdict == "unit_slip"] == ["F19", "F20", "F21"]
    assert verdicts["F38"] == verdicts["F43"] == verdicts["F13"] == "reproduces"
    assert verdicts["F02"] == "differs_by_vintage"
    assert verdicts["F22"] == "not_covered"
    rough = {item.fact.id for item in table if item.quality == "C"}
    assert {fact for fact, verdict in verdicts.items() if verdict == "too_rough"} == rough  # no finding on either side
    for item in table:
        assert item.reason("zh") != item.reason("en")


def test_a_fact_reproduces_within_its_last_digit_only():
    fact = facts.facts()["F38"]
    assert facts.verdict(fact, fact.stated + 0.09) == "reproduces"
    assert facts.verdict(fact, fact.stated + 0.11) == "differs_by_vintage"
    assert facts.verdict(fact, None) == "not_covered"


def test_a_contradiction_is_found_from_the_source_alone():
    assert facts.contradicted(facts.facts()["F11"])
    assert not facts.contradicted(facts.facts()["F09"])


def test_the_facts_are_the_sources(shared):
    import csv

    with (shared / "seed" / "facts.csv").open(encoding="utf-8") as stream:
        stated = {row["id"]: row for row in csv.DictReader(stream)}
    assert set(stated) == set(facts.facts())
    for fact in facts.facts().values():
        assert fact.stated == float(stated[fact.id]["value"])
        assert fact.statement["zh"] == stated[fact.id]["statement_zh"]
        assert fact.unit == stated[fact.id]["unit"]


@pytest.mark.parametrize("year", [2000, 2005, 2009, 2010, 2020, 2023])
def test_the_dashboard_says_which_year_it_shows(year: int):
    board = hl.dashboard(year)
    assert list(board.provinces["region"]) == list(regions.china().codes)
    assert year not in board.years.values()
    assert board.macro_regions["population"].iloc[:-1].sum() == pytest.approx(
        board.macro_regions["population"].iloc[-1]
    )
    shares = board.macro_regions[["primary_share", "secondary_share", "tertiary_share"]].sum(axis=1)
    assert shares.to_numpy() == pytest.approx(100, abs=0.01)


def test_one_group_only():
    assert set(hl.dashboard(2009, group="成渝").provinces["region"]) == {"500000", "510000"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_fact_is_shown_with_the_worst_mark_of_the_figures_it_is_computed_from(lang: str):
    answer = diagnosis.facts(lang)
    marks = {row["id"]: row["quality"] for row in answer.rows}
    assert {name for name, mark in marks.items() if mark == "C"} == {"F01", "F03", "F05", "F06", "F09", "F10"}
    assert {name for name, mark in marks.items() if not mark} == {
        row["id"] for row in answer.rows if row["computed"] is None
    }
    assert marks["F31"] == "B"  # revenue is worked out
    cells = {row[0]: row[4] for row in answer.table("facts", lang).rows}
    assert (cells["F05"], cells["F12"]) == ("C", "")


def test_the_growth_of_one_year_is_no_yearly_mean():
    table = hl.dashboard("china-2020").table("provinces", "zh")
    assert any("比上年增长" in head for head in table.columns)
    assert not any("年均" in head for head in table.columns)
