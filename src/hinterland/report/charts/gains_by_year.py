"""When people gain: what they gain where they were, over their income, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.errors import require_kind
from hinterland.report.charts.picture import Picture, finished
from hinterland.report.charts.words import no_choice
from hinterland.report.charts.years import body
from hinterland.report.path import bills_said, called_who, gains_by_year, residents
from hinterland.report.places import GAIN
from hinterland.report.quantities import in_unit
from hinterland.study.path import Path
from hinterland.study.run import Result
from hinterland.texts import text


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return gains by year of all, of macro-regions and by hukou, of a path or of the path of a run."""
    no_choice(variable, "gains_by_year")
    require_kind(of, (Path, Result), "result")
    followed = of.followed if isinstance(of, Result) else of
    gains = {called_who(followed, *who, lang): gain for who, (gain, _) in gains_by_year(followed).items()}
    base = followed.scenario.economy.year
    table = pd.concat([pd.DataFrame(0.0, index=[base], columns=[*gains]), pd.DataFrame(gains)])
    shown = pd.DataFrame({text("column.year", lang): table.index}).assign(
        **{in_unit(name, GAIN.unit, lang): (GAIN.factor * table[name]).tolist() for name in gains}
    )
    title = text("chart.gains_by_year.title", lang, scenario=followed.scenario.called(lang))
    said = residents(followed, lang) or text("path.nobody", lang)
    names = {name: name for name in gains}
    return finished(
        "gains_by_year",
        lang,
        title,
        text("chart.gains_by_year.subtitle", lang, bills=bills_said(followed, lang)),
        said,
        shown,
        body(table, GAIN, names),
        560,
    )
