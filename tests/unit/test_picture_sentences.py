"""Sentences of pictures name an extreme only where there is one; every label of a map is read on its tile."""

from __future__ import annotations

import pandas as pd
import pytest

import hinterland as hl
from hinterland.data.regions import china
from hinterland.report import charts
from hinterland.report.charts.colours import channels, contrast, luminance
from hinterland.report.charts.flows import sentence_of
from hinterland.report.charts.mapped import mapped
from hinterland.report.charts.theme import INK
from hinterland.report.charts.tiles import coloured
from hinterland.report.charts.words import finer, level_reading
from hinterland.schema import outcomes
from hinterland.texts import LANGUAGES

READABLE = 4.5


def flows(**more: float) -> pd.DataFrame:
    """Flows between two macro-regions and a third, by the change of some."""
    places = ("East", "West", "Central")
    rows = [(origin, there, more.get(f"{origin}_{there}", 0.0)) for origin in places for there in places]
    return pd.DataFrame(rows, columns=["origin", "destination", "more"])


def said(table: pd.DataFrame, lang: str) -> str:
    change = finer(level_reading("million", lang, [5.0]), table["more"])
    return sentence_of(table, change, china(), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_of_flows_names_extremes_only_where_there_are_several(lang: str):
    extreme = {"zh": "增加最多", "en": "highest"}[lang]
    two = said(flows(East_West=1.0, West_East=-0.5), lang)
    assert extreme in two
    assert two.index("+") < two.index("−")
    one = said(flows(East_West=0.7), lang)
    assert extreme not in one
    assert "+" in one
    for table in (flows(), flows(East_East=2.0), flows(West_East=1e-12)):
        assert extreme not in said(table, lang)
        assert "+" not in said(table, lang)
    alone = pd.DataFrame([("East", "East", 1.0)], columns=["origin", "destination", "more"])
    assert extreme not in said(alone, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_elasticity_is_named_where_none_matters(dual_transfer, lang: str, monkeypatch):
    table = dual_transfer.sensitivity.copy()
    table["welfare"] = table["welfare"].iloc[0]
    monkeypatch.setattr(type(dual_transfer), "sensitivity", property(lambda self: table))
    sentence = charts.picture(dual_transfer, "range", "welfare", lang).sentence
    assert {"zh": "最取决于", "en": "hangs most"}[lang] not in sentence


@pytest.mark.parametrize("show", ["change", "level"])
def test_every_label_of_a_map_is_read_on_the_colour_that_is_drawn(dual_transfer, show: str):
    checked = 0
    for name in outcomes("regions"):
        try:
            what = mapped(dual_transfer, name, "en", show)
        except hl.DataError:  # not told by place in this economy
            continue
        for tile in coloured(what, "en"):
            ground = luminance(channels(tile.colour or "#cfcfcf"))  # else the darkest of what is hatched
            assert contrast(ground, luminance(channels(tile.ink))) >= READABLE, (name, tile)
            checked += 1
    assert checked > 200
    assert contrast(luminance(channels("#cfcfcf")), luminance(channels(INK))) >= READABLE
