"""The first screen tells how urban places are and in what unit, for every economy that is shipped and one's own."""

from __future__ import annotations

import pytest
from tests.own import own

import hinterland as hl
from hinterland.report.first_screen import first_screen, headline
from hinterland.report.sheet import Sheet
from hinterland.report.tables import SHOWN, TOWNS, called, foremost, short_name
from hinterland.texts import LANGUAGES

BARE = ("east_west_gap",)  # a ratio has no unit
REFORM = hl.policies.MarketReform


@pytest.fixture(scope="module", params=["china-2000", "china-2010", "china-2020", "own"])
def result(request) -> hl.Result:
    """A run of every kind of economy."""
    economy = own() if request.param == "own" else hl.load(request.param)
    return hl.run(hl.Scenario(economy, {"a": REFORM(to=economy.domestic_codes[:2])}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_level_of_the_first_screen_has_a_unit(result: hl.Result, lang: str):
    rows = {row[0]: row for row in headline(result, lang).rows}
    known = foremost(SHOWN, {*result.headline["variable"]})
    assert len(rows) == len(known)
    for (head, row), name in zip(rows.items(), known, strict=True):
        assert head.startswith(called(name, lang))
        assert (head == called(name, lang)) == (name in BARE)
        if "= 1" in head or "为 1" in head:
            assert float(row[1]) == 1.0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_urban_places_are_stands_first_in_both_tables(result: hl.Result, lang: str):
    towns = next(name for name in TOWNS if name in {*result.headline["variable"]})
    assert headline(result, lang).rows[0][0].startswith(called(towns, lang))
    for places in [part for part in first_screen(result, lang) if isinstance(part, Sheet)][1:]:  # where anybody gains
        assert short_name(towns, lang, with_unit=True) in places.heads
