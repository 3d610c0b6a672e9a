"""A picture: its spec with the data inside, a sentence that says what is seen, and the table behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hinterland.report.charts.theme import SCHEMA, SUBTITLE_SIZE, TITLE_SIZE, Spec, config, lines

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

BOTH = re.compile("(?<=[A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z])")


@dataclass(frozen=True)
class Picture:
    """A chart: `spec` is Vega-Lite with the data inside, `sentence` says what is seen, `table` is what is drawn."""

    name: str
    title: str
    spec: Spec
    sentence: str
    table: pd.DataFrame
    lang: str

    def chart(self) -> alt.TopLevelMixin:
        """Return the picture as an Altair chart, checked against the schema of Vega-Lite."""
        import altair as alt

        chart: alt.TopLevelMixin = alt.Chart.from_dict(self.spec)
        return chart

    def svg(self) -> str:
        """Return it as SVG that stands alone and may be put into a page; see `render.svg`."""
        from hinterland.report.charts.render import svg

        return svg(self.spec, self.sentence, self.lang)

    def png(self, scale: float = 2.0) -> bytes:
        """Return it as PNG, `scale` times its size in pixels; a DataError where no font has its letters."""
        from hinterland.report.charts.render import png

        return png(self.spec, self.lang, scale)

    def csv(self) -> bytes:
        """Return the table behind it as CSV that spreadsheets open."""
        from hinterland.report.export import as_bytes

        return as_bytes({self.title: self.table}, ".csv")

    def _repr_svg_(self) -> str:
        """Show in a notebook, without a network and without scripts."""
        return self.svg()

    def __repr__(self) -> str:
        return f"Picture({self.name!r}: {self.sentence})"


def finished(
    name: str,
    lang: str,
    title: str,
    subtitle: str,
    sentence: str,
    table: pd.DataFrame,
    body: Mapping[str, Any],
    width: int,
) -> Picture:
    """Return a picture: its body under title and subtitle, which are broken so that none is wider than `width`."""
    title, sentence = (spaced(words[:1].upper() + words[1:]) for words in (title, sentence))
    head = {
        "text": lines(title, width, TITLE_SIZE * 1.06),
        "subtitle": lines(spaced(subtitle), width, SUBTITLE_SIZE) if subtitle else [],
    }
    spec = {"$schema": SCHEMA, "description": sentence, "title": head, "config": config(lang), **body}
    return Picture(name, title, spec, sentence, table, lang)


def data(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Return data inside a spec."""
    return {"values": [dict(row) for row in rows]}


def spaced(words: str) -> str:
    """Put a space between a Latin letter and a Chinese one, as Chinese is set."""
    return BOTH.sub(" ", words)
