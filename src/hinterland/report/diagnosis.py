"""Where regions stand: the dashboard, and the source's facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from hinterland import schema
from hinterland.data import box
from hinterland.data.places import place_in
from hinterland.data.regions import Regions, china
from hinterland.diagnose import dashboard as diagnose
from hinterland.diagnose.facts import facts_table, place_name
from hinterland.economy.load import OWN_FILES, load
from hinterland.errors import Bilingual
from hinterland.report.answer import Answer, records
from hinterland.report.places import approximate, both_ends, grouping_title
from hinterland.report.quantities import in_unit, reading
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import number, unit_name
from hinterland.study import standing
from hinterland.texts import text

PEOPLE = (
    "population",
    "urbanization_rate",
    "rural_per_urban_resident",
    "number_of_cities",
    "city_density",
    "urban_residents_per_city",
    "towns_per_10k_people",
)
GROWTH = ("gdp_per_head", "gdp_per_head_gap", "growth", "growth_rank", "urban_rural_income_ratio")
ECONOMY = (
    "primary_share",
    "secondary_share",
    "tertiary_share",
    "primary_employment_share",
    "fiscal_revenue",
    "fiscal_revenue_per_head",
    "land_area_share",
)
PARTS = {"people": PEOPLE, "growth": GROWTH, "economy": ECONOMY}


@dataclass(frozen=True)
class Asked:
    """Of what places the dashboard is told: of a group's regions, of some places in full, of the groups of a kind."""

    group: str = ""
    places: Sequence[str] = ()
    by: str = ""


def dashboard(name: str, year: int | None, asked: Asked, division: str, lang: str) -> Answer:
    """Return the dashboard of the provinces in the base year of an economy of the box, or in another; or of one's own.

    An economy of one's own is read as far as its arrays say.
    """
    if name in box.economies() or not name.endswith(OWN_FILES):
        box.known(name)
        year = int(box.economies()[name]["year"]) if year is None else year
        board = standing.dashboard(year, division, asked.group)
        if asked.places or asked.by:
            years = {column: board.years.get(column, board.year) for column in diagnose.COLUMNS}
            return places_answer(board, asked, china().codes, lambda key, codes: diagnose.row(key, codes, years), lang)
        return board_answer(board, china(), lang)
    economy = load(name)
    board = standing.dashboard(year, division, asked.group, economy)
    notes = [text("diagnose.own", lang, name=economy.name), *([board.undivided.text(lang)] if board.undivided else [])]
    if asked.places or asked.by:
        codes = economy.domestic_codes
        found = places_answer(board, asked, codes, lambda key, inside: standing.row(economy, key, inside), lang)
        return replace(found, closing="\n".join(notes))
    screen = partial(first_screen, board, economy.regions, lang)
    answer = board_answer(board, economy.regions, lang)
    return replace(answer, closing="\n".join(notes), screen=lambda: ["\n".join(notes), *screen()])


def places_answer(
    board: diagnose.Dashboard,
    asked: Asked,
    codes: Sequence[str],
    row: Callable[[str, Sequence[str]], dict[str, Any]],
    lang: str,
) -> Answer:
    """Return every indicator of some places, each in a table of its own, and the columns of a grouping's places."""
    regions, tables, rows = board.regions, dict[str, Any](), list[dict[str, Any]]()
    for name in asked.places:
        key = place_in(regions, name, regions.whole or Bilingual("China", regions.name(diagnose.NATION, "zh")))
        key = diagnose.NATION if key == "nation" else key
        inside = codes if key == diagnose.NATION else regions.members(key, board.year) or ()
        rows.append(row(key, tuple(inside)))
        tables[key] = in_full(rows[-1], board, lang)
    if asked.by:
        groups = [row(key, inside) for key, inside in regions.grouping(asked.by, codes, board.year).items()]
        title = text("diagnose.by", lang, year=board.year, by=grouping_title(asked.by, regions, lang))
        title += approximate(asked.by, regions, lang)
        for part, columns in PARTS.items():
            tables[f"by_{part}"] = table(groups, columns, title, lang, board, regions)
        rows += groups
    return Answer(long_rows(rows, board, lang), lambda: tables, short=True)


def in_full(row: dict[str, Any], board: diagnose.Dashboard, lang: str) -> Any:
    """Return every indicator of one place: what, how much, of which year."""
    body = []
    for name in (*PEOPLE, *GROWTH, *ECONOMY):
        value, entry = missing_as_none(row[name]), schema.indicators()[name]
        of = reading(entry.unit, lang, abs(value or 0.0))
        bare = value is None or entry.unit in ("ratio", "rank")
        figure = of.number(value, entry.digits) if bare else of.figure(value, entry.digits)
        body.append((indicator_name(name, lang), figure, str(board.years.get(name, board.year))))
    heads = [text(f"column.{name}", lang) for name in ("indicator", "value_plain", "year")]
    title = board.regions.name(row["region"], lang) + approximate(row["region"], board.regions, lang)
    return make(title, heads, body)


def long_rows(rows: Sequence[dict[str, Any]], board: diagnose.Dashboard, lang: str) -> list[dict[str, Any]]:
    """Return one row for each place and indicator."""
    return [
        {
            "region": row["region"],
            "name": board.regions.name(row["region"], lang),
            "indicator": column,
            "value": row[column],
            "unit": schema.indicators()[column].unit,
            "year": board.years.get(column, board.year),
        }
        for row in rows
        for column in (*PEOPLE, *GROWTH, *ECONOMY)
    ]


def board_answer(board: diagnose.Dashboard, regions: Regions, lang: str) -> Answer:
    """Return a dashboard as rows and tables."""
    year = board.year
    rows = [row for frame in (board.macro_regions, board.provinces) for row in records(frame)]

    def tables() -> dict[str, Sheet]:
        found = dict[str, Sheet]()
        for frame, key in (
            (board.macro_regions, "macro"),
            (board.provinces, "provinces" if regions is china() else "regions"),
        ):
            title = text(f"diagnose.{key}", lang, year=year)
            for part, columns in PARTS.items():
                found[f"{key}_{part}"] = table(records(frame), columns, title, lang, board, regions)
        return {**found, "pattern": pattern(board, lang)}

    nation = [
        {
            "region": diagnose.NATION,
            "name": regions.name(diagnose.NATION, lang),
            "indicator": row["indicator"],
            **row,
        }
        for row in records(board.nation)
    ]
    long = long_rows(rows, board, lang)
    long += [{**row, "unit": schema.indicators()[row["indicator"]].unit} for row in nation]
    return Answer(long, tables, screen=lambda: first_screen(board, regions, lang), short=True)


KEY = ("urbanization_rate", "gdp_per_head", "gdp_per_head_gap", "growth", "urban_rural_income_ratio", "tertiary_share")
ENDS = 3  # places at each end


def first_screen(board: diagnose.Dashboard, regions: Regions, lang: str) -> list[str | Sheet]:
    """Return two sentences, where macro-regions stand, the places at both ends, and the pattern of the nation."""
    places, year = records(board.provinces), board.year
    said = [ends_of(places, name, regions, lang) for name in KEY[:2] if name in board.provinces]
    order = sorted((row for row in places if missing_as_none(row[KEY[0]]) is not None), key=lambda row: -row[KEY[0]])
    ends = both_ends(order, ENDS)
    kind = "provinces" if regions is china() else "regions"
    shown: list[str | Sheet] = ["\n".join(words for words in said if words) + "\n"]
    if len(board.macro_regions):
        title = text("diagnose.macro", lang, year=year)
        shown += [table(records(board.macro_regions), KEY, title, lang, board, regions), ""]
    title = text(f"diagnose.{kind}", lang, year=year) + text("diagnose.ends", lang, count=len(ends))
    at_ends = replace(table(ends, KEY, title, lang, board, regions), ends=True)
    return [*shown, at_ends, "", pattern(board, lang)]


def ends_of(rows: Sequence[dict[str, Any]], name: str, regions: Regions, lang: str) -> str:
    """Say where an indicator is highest and lowest; nothing where no place has it."""
    entry = schema.indicators()[name]
    known = sorted((row for row in rows if missing_as_none(row[name]) is not None), key=lambda row: row[name])
    if len(known) < 2:
        return ""
    low, high = known[0], known[-1]
    of = reading(entry.unit, lang)
    values = {"most": regions.name(high["region"], lang), "high": of.figure(high[name], entry.digits)}
    values |= {"least": regions.name(low["region"], lang), "low": of.figure(low[name], entry.digits)}
    return "- " + text("diagnose.sentence", lang, what=indicator_name(name, lang), **values)


def pattern(board: diagnose.Dashboard, lang: str) -> Sheet:
    """Return differences between places and the pattern of towns as a table."""
    rows = [
        (
            with_unit(row["indicator"], lang),
            number(row["value"], schema.indicators()[row["indicator"]].digits),
            str(row["year"]),
        )
        for row in records(board.nation)
    ]
    heads = [text(f"column.{name}", lang) for name in ("indicator", "value_plain", "year")]
    return make(text("diagnose.pattern", lang), heads, rows)


def table(
    rows: list[dict[str, Any]],
    columns: Sequence[str],
    title: str,
    lang: str,
    board: diagnose.Dashboard,
    regions: Regions,
) -> Sheet:
    """Return one table of places and columns; a column from another year says which."""
    known = {name: [abs(row[name]) for row in rows if missing_as_none(row[name]) is not None] for name in columns}
    ways = {name: reading(schema.indicators()[name].unit, lang, max(known[name], default=0.0)) for name in columns}
    heads = [
        in_unit(
            indicator_name(name, lang), ways[name].unit if ways[name].unit != unit_name("ratio", lang) else "", lang
        )
        + (f" [{board.years[name]}]" if name in board.years else "")
        for name in columns
    ]
    body = [
        (
            regions.name(row["region"], lang),
            *(ways[name].number(missing_as_none(row[name]), schema.indicators()[name].digits) for name in columns),
        )
        for row in rows
    ]
    return make(title, [text("column.region", lang), *heads], body)


def missing_as_none(value: Any) -> Any:
    """Return None for a figure that is absent; pandas writes it as NaN."""
    return None if value is None or value != value else value


def indicator_name(name: str, lang: str) -> str:
    """Return the name of an indicator in one language."""
    return str(getattr(schema.indicators()[name], lang))


def with_unit(name: str, lang: str) -> str:
    """Return the name of an indicator with its unit where it is counted in points, as the pattern of the nation is."""
    points = schema.indicators()[name].unit == "pp"
    return in_unit(indicator_name(name, lang), text("change.points", lang) if points else "", lang)


def facts(lang: str) -> Answer:
    """Return the source's facts beside our figures."""
    judged = facts_table()
    rows = [
        {
            "id": item.fact.id,
            "statement": item.fact.statement[lang],
            "measure": item.fact.measure,
            "region": place_name(item.fact, lang),
            "year": str(item.fact.year) if not item.fact.first else f"{item.fact.first}-{item.fact.year}",
            "unit": unit_name(item.fact.unit, lang),
            "stated": item.fact.stated,
            "computed": item.computed,
            "quality": item.quality,
            "difference": item.difference,
            "verdict": item.verdict,
            "verdict_name": text(f"verdict.{item.verdict}", lang),
            "reason": item.reason(lang),
        }
        for item in judged
    ]

    def tables() -> dict[str, Sheet]:
        names = ("id", "statement", "stated", "computed", "quality", "difference", "verdict", "reason")
        columns = [text(f"column.{name}", lang) for name in names]
        body = [tuple(words[name] for name in names) for words in (item.words(lang) for item in judged)]
        counted = sum(item.computed is not None for item in judged)
        title = text("diagnose.facts", lang, count=len(judged), computed=counted)
        return {"facts": make(title, columns, body, left=2, tail=2)}

    return Answer(rows, tables, short=True)
