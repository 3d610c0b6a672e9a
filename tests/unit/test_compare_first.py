"""The first screen of a comparison: the outcome that orders it comes first, and what is alike is called so."""

from __future__ import annotations

import pytest

from hinterland.report.comparison import Choice, side_by_side
from hinterland.report.sheet import Sheet
from hinterland.report.tables import called
from hinterland.texts import LANGUAGES, text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sort", ["workers_in_place", "workers_ag"])
def test_the_outcome_that_orders_the_places_stands_first_in_both_tables(dual_transfer, lang: str, sort: str):
    choice = Choice(by="province", sort=sort)
    answer = side_by_side(["one"], {"one": dual_transfer}, choice, None, lang)
    nation, places = (part for part in answer.parts(False, "", lang) if isinstance(part, Sheet))
    for sheet in (nation, places):
        assert sheet.rows[0][0].startswith(called(sort, lang))
    shown = [float(row[2]) for row in places.rows[:31]]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_that_are_alike_are_called_so_and_neither_is_best(dual_transfer, lang: str):
    answer = side_by_side(["a", "b"], {"a": dual_transfer, "b": dual_transfer}, Choice(), None, lang)
    said = str(answer.parts(False, "", lang)[0])
    assert said.count("- ") == 1
    assert text("compare.same", lang, names="")[-8:] in said
