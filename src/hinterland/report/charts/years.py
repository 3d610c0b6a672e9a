"""Year by year: the change of an outcome in the nation and its macro-regions as people follow a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.errors import require_kind
from hinterland.report.charts.panel import across
from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import INK, SERIES, Spec
from hinterland.report.charts.words import change_reading, chosen_variable, name_of, timed_variable
from hinterland.report.path import leader, sentence, sentence_years
from hinterland.report.quantities import Reading, in_unit
from hinterland.report.tables import TOWNS
from hinterland.study.compare import compare_paths
from hinterland.study.path import Path, changes_by_place
from hinterland.study.run import Result
from hinterland.texts import listed, text

WIDTH, HEIGHT, LEGEND = 430, 240, 5  # pixels, and names in a row


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return the change of an outcome by year, of the nation and of macro-regions where there are several."""
    if isinstance(of, Mapping):
        return several({str(name): path_of(one) for name, one in of.items()}, variable, lang)
    followed = path_of(of)
    known = tuple(dict.fromkeys(followed.headline["variable"]))
    asked = variable and timed_variable(followed, variable)
    name = chosen_variable(asked, known, next((town for town in TOWNS if town in known), known[0]))
    table = by_place(followed, name)
    regions, scenario = followed.scenario.economy.regions, followed.scenario
    read = change_reading(name, followed.headline.set_index("variable")["unit"][name].iloc[0], lang, table.stack())
    names = {place: regions.name(place, lang) for place in map(str, table)}
    title = text("chart.years.title", lang, name=name_of(name, lang), scenario=scenario.called(lang))
    shown = pd.DataFrame(
        {
            text("column.year", lang): table.index,
            **{in_unit(names[key], read.unit, lang): (read.factor * table[key]).tolist() for key in names},
        }
    )
    said, about = sentence(followed, name, lang) + foreseen({"": followed}, lang), subtitle(followed, lang)
    return finished("years", lang, title, about, said, shown, body(table, read, names), 560)


def path_of(of: Any) -> Path:
    """Return a path, or that of a run."""
    require_kind(of, (Path, Result), "result")
    return of.followed if isinstance(of, Result) else of


def several(paths: dict[str, Path], variable: str | None, lang: str) -> Picture:
    """Return the change of an outcome of the nation by year under several scenarios, a line each."""
    whole, first = compare_paths(paths), min(paths.values(), key=lambda one: len(one.years))
    known = [*dict.fromkeys(map(str, whole.index.get_level_values("variable")))]
    asked = variable and timed_variable(first, variable)
    name = chosen_variable(asked, known, next((town for town in TOWNS if town in known), known[0]))
    table, base = whole.xs(name, level="variable"), first.scenario.economy.year
    table = pd.concat([pd.DataFrame(0.0, index=[base], columns=table.columns), table])
    read = change_reading(name, first.headline.set_index("variable")["unit"][name].iloc[0], lang, table.stack())
    names = {one: one for one in paths}
    shown = pd.DataFrame(
        {
            text("column.year", lang): table.index,
            **{in_unit(one, read.unit, lang): (read.factor * table[one]).tolist() for one in names},
        }
    )
    said = leader(table, name, sentence_years(first), names, read, lang) + foreseen(paths, lang)
    title = text("chart.years.several", lang, name=name_of(name, lang))
    about = subtitle(first, lang)
    if len({one.years[-1] for one in paths.values()}) > 1:
        about += text("chart.years.shortest", lang, last=first.years[-1])
    return finished("years", lang, title, about, said, shown, body(table, read, names, SERIES), 560)


def subtitle(followed: Path, lang: str) -> str:
    """Say what changes are from, and that people choose anew by and by."""
    key = "chart.years.beside" if followed.drivers else "chart.years.subtitle"
    return text(key, lang, base=followed.scenario.economy.year)


def foreseen(paths: dict[str, Path], lang: str) -> str:
    """Say, as a sentence after another, in which of some paths people know the years to come; empty where in none."""
    ahead = [name for name, followed in paths.items() if followed.foresight]
    if not ahead:
        return ""
    some = {} if len(ahead) == len(paths) else {"names": listed(ahead, lang)}
    return ("" if lang == "zh" else " ") + text(f"chart.years.foreseen{'_in' if some else ''}", lang, **some)


def by_place(followed: Path, name: str) -> pd.DataFrame:
    """Return the change of an outcome by year, the base year first, of the nation and of macro-regions in columns."""
    nation = followed.changes(name).rename(NATION)
    regions, codes = followed.scenario.economy.regions, followed.scenario.economy.domestic_codes
    found: list[pd.Series[float] | pd.DataFrame] = [nation]
    if regions.macro_regions(codes) is not None:
        found.append(changes_by_place(followed.by("macro_region"), name))
    table = pd.concat(found, axis=1)
    return pd.concat([pd.DataFrame(0.0, index=[followed.scenario.economy.year], columns=table.columns), table])


def body(table: pd.DataFrame, read: Reading, names: dict[str, str], colours: Sequence[str] = (INK, *SERIES)) -> Spec:
    """Return a line for each place over the years: of the nation in ink; or for each scenario, as elsewhere."""
    rows = [
        {"year": int(year), "place": called, "value": read.factor * float(table.loc[year, place])}
        for place, called in names.items()
        for year in table.index
    ]
    legend = {"orient": "top", "columns": LEGEND}
    colour = {"domain": list(names.values()), "range": [*islice(cycle(colours), len(names))]}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": data(rows),
        "mark": {"type": "line", "strokeWidth": 1.8},
        "encoding": {
            "x": across(table, labels=True),
            "y": {"field": "value", "type": "quantitative", "title": read.unit or None},
            "color": {"field": "place", "type": "nominal", "title": None, "scale": colour, "legend": legend},
        },
    }
