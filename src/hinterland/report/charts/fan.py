"""Where the country goes without a new policy: the rate of urbanization with its range, and what others project."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.economy.economy import Economy
from hinterland.errors import require_kind
from hinterland.report.baseline import assumed, passing_sentence, projected, rate_rows, towns
from hinterland.report.charts.panel import across
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import BAND, INK, SERIES, Spec
from hinterland.report.charts.words import no_choice
from hinterland.report.tables import called
from hinterland.study.baseline import Baseline, baseline, rates
from hinterland.study.drivers import URBAN
from hinterland.study.run import Result
from hinterland.texts import text

WIDTH, HEIGHT = 430, 260


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the nation's rate with its range, rates of macro-regions, and what is official or projected."""
    no_choice(variable, "fan")
    found = baseline_of(of)
    table, nation, name = rates(found), rate_rows(found, NATION), found.economy.regions.name
    names = {place: name(place, lang) for place in map(str, table)}
    spans = zip(table.index, nation["low"], nation["high"], strict=True)
    band = [{"year": int(year), "low": float(low), "high": float(high)} for year, low, high in spans]
    others = [
        {"year": int(row["year"]), "value": float(row["theirs"]), "who": text(f"projection.{row['kind']}", lang)}
        for row in projected(found).to_dict("records")
        if row["region"] == NATION
    ]
    up = {"type": "quantitative", "title": "%", "scale": {"zero": False}}
    body: Spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {
                "data": data(band),
                "mark": {"type": "area", "color": BAND},
                "encoding": {
                    "x": across(table, labels=True),
                    "y": {"field": "low", **up},
                    "y2": {"field": "high"},
                },
            },
            lines(table, names, up),
            {
                "data": data(others),
                "mark": {"type": "point", "size": 34, "filled": True, "color": INK},
                "encoding": {
                    "x": across(table, labels=True),
                    "y": {"field": "value", **up},
                    "shape": {"field": "who", "type": "nominal", "title": None, "legend": {"orient": "bottom"}},
                },
            },
        ],
    }
    shown = pd.DataFrame({text("column.year", lang): table.index}).assign(
        **{names[place]: table[place].tolist() for place in names},
        **{text(f"baseline.{end}", lang, place=names[NATION]): nation[end].tolist() for end in ("low", "high")},
    )
    said = " ".join(filter(None, [towns(found, lang), passing_sentence(found, lang), assumed(found, lang)]))
    subtitle = text("chart.fan.subtitle", lang)
    return finished(
        "fan", lang, text("chart.fan.title", lang, what=called(URBAN, lang)), subtitle, said, shown, body, 560
    )


def baseline_of(of: Any) -> Baseline:
    """Return a baseline, or that of an economy or of a run's."""
    require_kind(of, (Baseline, Economy, Result), "baseline")
    if isinstance(of, Baseline):
        return of
    return baseline(of if isinstance(of, Economy) else of.scenario.economy)


def lines(table: pd.DataFrame, names: dict[str, str], up: Spec) -> Spec:
    """Return a line for each place."""
    rows = [
        {"year": int(year), "place": called, "value": float(table.loc[year, place])}
        for place, called in names.items()
        for year in table.index
    ]
    colour = {"domain": list(names.values()), "range": [INK, *SERIES[: len(names) - 1]]}
    return {
        "data": data(rows),
        "mark": {"type": "line", "strokeWidth": 1.8},
        "encoding": {
            "x": across(table, labels=True),
            "y": {"field": "value", **up},
            "color": {
                "field": "place",
                "type": "nominal",
                "title": None,
                "scale": colour,
                "legend": {"orient": "top", "columns": 5},
            },
        },
    }
