"""The map: provinces as tiles without boundaries, any regions as the user's own polygons, else as bars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hinterland.report.charts import bars, polygons, tiles
from hinterland.report.charts.mapped import Mapped, mapped, table_of
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.words import figure, with_unit
from hinterland.texts import listed, text

SAID = 3  # places at either end of the sentence


def draw(
    of: Any,
    variable: str | None,
    lang: str,
    *,
    show: str = "change",
    year: int | None = None,
    geojson: str | Path | None = None,
) -> Picture:
    """Return the map of an outcome, an indicator or a series.

    `of`: a Result or an Equilibrium (`show`: change, level or baseline), a Path (in its year `year`, else the last), a
    Scenario (how many policies name a region), an Economy, or a year of the panel (`year` may say it as well).
    `geojson`: a file of one's own polygons in place of tiles, which say their codes. Regions that are no provinces of
    China have no tile: without polygons they are drawn as bars.
    """
    what = mapped(of, variable, lang, show, year)
    if geojson is not None:
        body = polygons.body(what, polygons.read(geojson, what.regions, what.codes), lang)
    elif set(what.codes) <= set(tiles.tiles()):
        body = tiles.body(what, lang)
    else:
        body = bars.body(what, lang)
    return finished("map", lang, what.title, what.subtitle, sentence(what, lang), table_of(what, lang), body, 480)


def sentence(what: Mapped, lang: str) -> str:
    """Say where it is most and least, and how many regions have no number."""
    seen = {code: of for code, of in what.values.items() if not what.sign or abs(of) >= what.reading.least}
    order = sorted(seen, key=lambda code: -seen[code])
    ends = [order[:SAID], order[::-1][:SAID]] if len(order) > 2 * SAID else [order, []]
    most, least = (
        listed(
            (
                text(
                    "chart.place_figure",
                    lang,
                    place=what.regions.name(code, lang),
                    figure=with_unit(what.reading, what.values[code], what.sign),
                )
                for code in end
            ),
            lang,
        )
        for end in ends
    )
    lacking = len(what.codes) - len(what.values)
    low, high = min(what.values.values(), default=0.0), max(what.values.values(), default=0.0)
    if len(what.values) > 1 and high - low < what.reading.least:
        lowest = figure(what.reading, low, what.sign)
        values = {"low": lowest, "high": with_unit(what.reading, high, what.sign)}
        return text("chart.map.alike", lang, title=what.title, **values)
    words = text("chart.map.sentence" if least else "chart.map.few", lang, title=what.title, most=most, least=least)
    if len(seen) < len(what.values):
        words += text("chart.map.rest", lang)
    return words + (text("chart.map.lacking", lang, count=lacking, total=len(what.codes)) if lacking else "")
