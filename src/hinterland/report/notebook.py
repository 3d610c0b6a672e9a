"""What a prompt and a notebook show of a record: a few words; a table, and a picture where there is one, as HTML.

`shown.py` asks here. All text is escaped: what a file of one's own calls a region is no HTML.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.economy.sheets import array_units
from hinterland.errors import DataError, require_language, told_in
from hinterland.report import baseline, frames, path_tables, run_tables
from hinterland.report.changes import changed, seen
from hinterland.report.charts import Picture, picture
from hinterland.report.html import write_report
from hinterland.report.path import by_year
from hinterland.report.quantities import DASH, number, reading
from hinterland.report.scenarios import aims, doses
from hinterland.report.tables import variable_name
from hinterland.schema import indicators, outcomes
from hinterland.study import run
from hinterland.study.outcomes import base_state, compared, national, state_of
from hinterland.texts import listed, name_in, spoken_in, text, unit_name

if TYPE_CHECKING:
    from hinterland.data.regions import Regions
    from hinterland.diagnose.dashboard import Dashboard
    from hinterland.economy.economy import Economy
    from hinterland.report.glossary import Glossary
    from hinterland.report.soundness import Checked
    from hinterland.scenario.scenario import Scenario
    from hinterland.solve.static import Equilibrium
    from hinterland.study.baseline import Baseline
    from hinterland.study.path import Path as Followed
    from hinterland.study.run import Result

BOARD = ("population", "urbanization_rate", "gdp_per_head", "primary_share", "urban_rural_income_ratio")
HEADS = ("variable", "baseline", "value", "change")
STYLE = {True: "padding:0 .6em;text-align:left", False: "padding:0 .6em;text-align:right;white-space:nowrap"}


def words(result: Result) -> str:
    """Return a run in a few lines of English: verdict, what changes, how to read on."""
    known, scenario = result.headline.set_index("variable")["change"], result.scenario
    changes = (with_change(name, known[name], "en") for name in outcomes("summary") if name in known)
    return "\n".join(
        (
            f"<Result {scenario.name} on {scenario.economy.name}: {result.certificate.words}",
            f"  {'; '.join(changes)}",
            f'  table("{", ".join(run.TABLES)}", lang="en" or "zh")>',
        )
    )


def with_change(name: str, change: float, lang: str) -> str:
    """Return the name of an outcome and its change with sign and unit."""
    return f"{variable_name(name, lang)} {changed(name, change, lang)}"


def html(record: Any) -> str:
    """Return a record in the language of the environment."""
    return SHOWN[type(record).__name__](record, spoken_in(os.environ))


def table(record: Any, name: str, lang: str) -> pd.DataFrame:
    """Return a table of a run, a path, a baseline or a dashboard with its heads and labels in one language."""
    require_language(lang)
    with told_in(lang):
        return TABLES[type(record).__name__](record, name, lang)


def plot(record: Any, name: str, variable: str | None, lang: str, **options: Any) -> Picture:
    """Return a picture of a record."""
    return picture(record, name, variable, lang, **options)


def report(record: Any, path: str | Path, lang: str, geojson: str | Path | None = None) -> Path:
    """Write the report of a run to a new file."""
    require_language(lang)
    with told_in(lang):
        return write_report(record, path, lang, geojson)


def comparison(frame: pd.DataFrame, regions: Regions, units: Mapping[str, str], lang: str) -> pd.DataFrame:
    """Return what `compare` found with its heads and labels in one language."""
    require_language(lang)
    return frames.comparison(frame, regions, units, lang)


def run_html(result: Result, lang: str) -> str:
    """Return the nation's outcomes under a scenario."""
    title = result.scenario.called(lang)
    table = level_table(f"{title} [{result.scenario.economy.name}]", result.headline, lang)
    return table + map_html(result, lang)


def path_html(followed: Followed, lang: str) -> str:
    """Return a path: changes by year, and the picture of how urban the nation becomes."""
    sheet, title = by_year(followed, lang), followed.scenario.called(lang)
    return as_html(f"{title}. {sheet.title}", sheet.heads, sheet.rows) + picture(followed, "years", lang=lang).svg()


def baseline_html(found: Baseline, lang: str) -> str:
    """Return where the country goes: rates in a few years, and the picture of the fan."""
    sheet = baseline.levels(found, lang)
    return as_html(sheet.title, sheet.heads, sheet.rows) + picture(found, "fan", lang=lang).svg()


def equilibrium_html(equilibrium: Equilibrium, lang: str) -> str:
    """Return the nation's outcomes at a solution, from the base year."""
    economy, after = equilibrium.economy, state_of(equilibrium)
    frame = pd.DataFrame(compared(economy, {}, national(economy, base_state(economy)), national(economy, after)))
    verdict = text(f"report.{equilibrium.certificate.verdict}", lang)
    moved = any(abs(row["change"]) >= seen(row["variable"]) for row in frame.to_dict("records"))
    table = level_table(f"{economy.name} ({economy.year}): {verdict}", frame, lang)
    return table + map_html(equilibrium, lang, "change" if moved else "level")


def level_table(title: str, frame: pd.DataFrame, lang: str) -> str:
    """Return levels with their unit, and changes."""
    rows = []
    for row in frame.to_dict("records"):
        name, levels = row["variable"], (row["baseline"], row["value"])
        entry, read = outcomes()[name], reading(row["unit"], lang, max(map(abs, levels)))
        figures = (read.number(level, entry.level_digits) for level in levels)
        unit = f" ({read.unit})" if read.unit else ""
        rows.append((variable_name(name, lang) + unit, *figures, changed(name, row["change"], lang, read)))
    return as_html(title, [text(f"column.{key}", lang) for key in HEADS], rows)


def economy_html(economy: Economy, lang: str) -> str:
    """Return what a base year is and how large it is."""
    domestic = len(economy.domestic_codes)
    people = float(economy.group_size_g.sum())
    added = float(economy.arrays["value_added_nj"][:domestic].sum())
    money = reading(array_units(economy.units)["value_added_nj"], lang, added)
    facts = {
        "year": str(economy.year),
        "regions": str(domestic),
        "abroad": str(len(economy.foreign_codes)),
        "sectors": listed((name_in("who", name, lang) for name in economy.sectors), lang),
        "workers": reading("million", lang, people).figure(people),
        "added": money.figure(added, 1),
    }
    rows = [(text(f"shown.{key}", lang), value) for key, value in facts.items()]
    return as_html(f"{economy.name}: {economy.note(lang)}", (), rows) + map_html(economy, lang)


def scenario_html(scenario: Scenario, lang: str) -> str:
    """Return the policies of a scenario: what, how much, for whom, since when."""
    said = doses(scenario, lang)
    rows = [
        (
            label,
            said[label],
            "; ".join(aims(policy, lang, scenario.economy.regions)),
            str(scenario.start_of(policy)),
        )
        for label, policy in scenario.policies.items()
    ]
    heads = [text(f"column.{key}", lang) for key in ("part", "size")]
    heads += [text(f"shown.{key}", lang) for key in ("where", "start")]
    title = scenario.called(lang)
    return as_html(f"{title} [{scenario.economy.name}]", heads, rows, left=3) + map_html(scenario, lang)


def checked_html(known: Checked, lang: str) -> str:
    """Return every check with its gap and verdict, and in words which rules are broken."""
    keys = ("check", "gap", "within", "verdict")
    heads = [text(f"column.{key}", lang) for key in keys]
    rows = [
        (check, f"{gap:.1e}", DASH if within != within else f"{within:.0e}", verdict)
        for check, gap, within, verdict in known.table(lang)[heads].itertuples(index=False)
    ]
    broken = "".join(f"<li>{escape(problem.text(lang))}</li>" for problem in known.problems)
    return as_html(known.name, heads, rows) + (f"<ul>{broken}</ul>" if broken else "")


def glossary_html(known: Glossary, lang: str) -> str:
    """Return terms and their sentences, in the language in which they were asked for."""
    del lang
    table = known.table().iloc[:, 1:]
    return as_html(text("glossary.title", known.lang), list(table.columns), table.to_numpy().tolist(), left=2)


def board_html(board: Dashboard, lang: str) -> str:
    """Return where macro-regions stand, or regions where they are in none."""
    name = "macro_regions" if len(board.macro_regions) > 1 else "provinces"
    entries, places = indicators(), getattr(board, name)
    rows = [
        (
            board.regions.name(row["region"], lang),
            *(number(None if row[key] is None else float(row[key]), entries[key].digits) for key in BOARD),
        )
        for row in places.to_dict("records")
    ]
    heads = [f"{getattr(entries[key], lang)} ({unit_name(entries[key].unit, lang)})" for key in BOARD]
    return as_html(str(board.year), [text("column.region", lang), *heads], rows)


def map_html(record: Result | Economy | Equilibrium | Scenario, lang: str, show: str = "change") -> str:
    """Return the map of a record with its sentence; nothing where it has no figure to show."""
    try:
        drawn = picture(record, "map", None, lang, show=show)
    except DataError:
        return ""
    return f"<figure>{drawn.svg()}<figcaption>{escape(drawn.sentence)}</figcaption></figure>"


def as_html(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Return a table; the first `left` columns are words, the others numbers."""
    body = "".join(line("td", row, left) for row in rows)
    head = line("th", heads, left) if heads else ""
    return f'<table><caption style="text-align:left">{escape(title)}</caption>{head}{body}</table>'


def line(kind: str, cells: Sequence[str], left: int) -> str:
    """Return a row of a table."""
    found = (f'<{kind} style="{STYLE[place < left]}">{escape(cell)}</{kind}>' for place, cell in enumerate(cells))
    return f"<tr>{''.join(found)}</tr>"


SHOWN: dict[str, Callable[[Any, str], str]] = {
    "Glossary": glossary_html,
    "Baseline": baseline_html,
    "Checked": checked_html,
    "Dashboard": board_html,
    "Economy": economy_html,
    "Equilibrium": equilibrium_html,
    "Path": path_html,
    "Result": run_html,
    "Scenario": scenario_html,
}
TABLES: dict[str, Callable[[Any, str, str], pd.DataFrame]] = {
    "Baseline": baseline.table,
    "Dashboard": frames.board,
    "Path": path_tables.table,
    "Result": run_tables.table,
}
