"""Where a country goes without a new policy, as it is printed: rates of towns with their fan, others' projections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path as File
from typing import Any

import pandas as pd

from hinterland.data import figures
from hinterland.data.regions import NATION, china
from hinterland.report import frames
from hinterland.report.answer import Answer, records, require_table
from hinterland.report.citations import short
from hinterland.report.export import write_tables
from hinterland.report.path_tables import or_later
from hinterland.report.quantities import counted, in_unit, number, reading
from hinterland.report.sentences import sentence as as_sentence
from hinterland.report.sheet import Sheet, Sheets, make
from hinterland.report.tables import called, variable_name
from hinterland.report.terms import drivers_said, rates_of
from hinterland.report.years import certificate_of, certificates_of, certified, doubted, spanned
from hinterland.study.baseline import AIM, Baseline, rates
from hinterland.study.drivers import URBAN, Drivers
from hinterland.study.pace import Pace
from hinterland.texts import clauses, listed, name_in, text
from hinterland.validation.backtest import backtest

AFTER = (5, 10, 15)  # years after the base year that are shown beside the last
PEOPLE = ("workers_in_place", "workers_across")
ASSUMPTIONS = ("assumption", "given", "low", "high", "lowest", "highest")  # heads in files
YEARS_TESTED, FOREMOST = 2, 2  # years since, and assumptions, of which sentences speak
RIVALS = ("half_linear", "national")  # the best of the simple forecasts


def report(found: Baseline, lang: str) -> Answer:
    """Return the baseline: sentences, rates by year with their range, when levels are passed, what others project."""
    return Answer(
        records(found.fan),
        lambda: Sheets({name: partial(sheet, found, lang) for name, sheet in SHEETS.items()}),
        document=lambda: document(found),
        opening=lambda: opening(found, lang),
        closing=closing(found, lang),
        heading=lambda: heading(found, lang),
        screen=lambda: [opening(found, lang), levels(found, lang), closing(found, lang)],
        frame=lambda key: table(found, key, lang),
    )


def document(found: Baseline) -> dict[str, Any]:
    """Return the baseline as JSON: what is assumed, years with their certificates."""
    return {
        "economy": found.economy.name,
        "drivers": found.drivers._asdict(),
        "pace": found.pace._asdict(),
        "levels": records(found.fan),
        "passing": records(found.passing()),
        "assumptions": records(found.assumptions),
        "projections": records(projected(found)),
        "certificates": certificates_of(found),
        "range_certificate": certificate_of(found.certificate),
    }


def write(found: Baseline, file: str | File, lang: str) -> File:
    """Write every table to a new file: workbook or Markdown; CSV: the levels."""
    tables = {name_in("table", key, lang): table(found, key, lang) for key in SHEETS}
    return write_tables(tables, file)


def opening(found: Baseline, lang: str) -> str:
    """Return the title and what is found in a few sentences."""
    said = [towns(found, lang), passing_sentence(found, lang), townspeople(found, lang), tested(found, lang)]
    return heading(found, lang) + "\n".join(f"- {words}" for words in filter(None, said)) + "\n"


def heading(found: Baseline, lang: str) -> str:
    """Say of what a table is, and what is assumed."""
    values = {"base": found.economy.year, "last": found.years[-1]}
    lines = [text("baseline.title", lang, **values, economy=found.economy.name), assumed(found, lang)]
    return "\n".join(lines) + "\n"


def assumed(found: Baseline, lang: str) -> str:
    """Say what goes on in the years, and that it is assumed; what is not as known is the user's."""
    words = drivers_said(found.drivers, found.economy.year, lang) + text("baseline.pace", lang, **rates_of(found.pace))
    own = [assumption_name(name, lang) for name in own_values(found)]
    return words + (text("baseline.set", lang, which=listed(own, lang)) if own else "")


def own_values(found: Baseline) -> list[str]:
    """Return which assumptions are not those of the evidence table."""
    given, known = (
        drivers._asdict() | pace._asdict()
        for drivers, pace in ((found.drivers, found.pace), (Drivers.known(), Pace.known()))
    )
    return [name for name in known if given[name] != known[name]]


def assumption_name(name: str, lang: str) -> str:
    """Return what an assumption is called."""
    return text(f"assumption.{name}", lang)


def towns(found: Baseline, lang: str) -> str:
    """Say the nation's rate in a few years, with its range."""
    rows = rate_rows(found, NATION)
    steps = [
        text("baseline.rate", lang, year=year, rate=number(row["value"], 1))
        + ("" if year == found.years[0] else f" [{number(row['low'], 1)}~{number(row['high'], 1)}]")
        for year, row in ((year, rows.loc[year]) for year in years_shown(found))
    ]
    return as_sentence([text("baseline.towns", lang, what=called(URBAN, lang), steps=listed(steps, lang))], lang)


def passing_sentence(found: Baseline, lang: str) -> str:
    """Say when each place has the level that is the aim."""
    table = found.passing([AIM])
    said = [
        text("baseline.passes", lang, place=place_name(found, row["region"], lang), year=spanned(row, found, lang))
        for row in records(table)
    ]
    return as_sentence([text("baseline.level", lang, level=AIM, places=said[0]), *said[1:]], lang) if said else ""


def townspeople(found: Baseline, lang: str) -> str:
    """Say how many people live in towns in the last year, at the population that the United Nations project."""
    year, people = found.years[-1], projected_people(found.years[-1])
    if people is None or len(found.economy.domestic_codes) < len(china().entries):
        return ""
    rate = rate_rows(found, NATION).loc[year]
    known = reading("million", lang, people["medium"])
    low, high = (rate[end] / 100 * people["medium"] for end in ("low", "high"))
    values = {
        "year": year,
        "people": known.figure(people["medium"]),
        "towns": known.figure(rate["value"] / 100 * people["medium"]),
        "low": known.number(low),
        "high": known.number(high),
    }
    return as_sentence([text("baseline.people", lang, **values)], lang)


def tested(found: Baseline, lang: str) -> str:
    """Say how the rates of provinces fare against those since the base year, beside simple forecasts."""
    if own_values(found):
        return ""
    rows = backtest(found.economy).provinces
    rows = rows[(rows["variable"] == URBAN) & (rows["year"] <= found.years[-1])]
    said = []
    for year, of in [*rows.groupby("year")][-YEARS_TESTED:]:
        errors = of.set_index("forecast")["error"]
        others = [
            text("baseline.rival", lang, name=text(f"forecast.{name}", lang), error=number(errors[name], 2))
            for name in RIVALS
        ]
        values = {"year": year, "count": int(of["places"].iloc[0]), "error": number(errors["ours"], 2)}
        said.append(text("baseline.tested_in", lang, **values, others=listed(others, lang)))
    return as_sentence([text("baseline.tested", lang, years=clauses(said, lang))], lang) if said else ""


def hangs(found: Baseline, lang: str) -> str:
    """Say on which assumptions the nation's rate of the last year hangs most."""
    rows = records(found.assumptions)[:FOREMOST]
    said = [
        text("baseline.hangs_on", lang, name=assumption_name(row["assumption"], lang), **ends_of(row)) for row in rows
    ]
    return text("baseline.hangs", lang, year=found.years[-1], each=listed(said, lang))


def ends_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Write the ends of an assumption, and the rates at both."""
    return {"low": f"{row['low']:g}", "high": f"{row['high']:g}"} | {
        end: number(row[end], 1) for end in ("least", "most")
    }


def assumptions(found: Baseline, lang: str) -> Sheet:
    """What the rate of the last year hangs on."""
    rows = [
        (
            assumption_name(row["assumption"], lang),
            f"{row['value']:g}",
            "{low}~{high}".format(**ends_of(row)),
            *(number(row[end], 1) for end in ("least", "most")),
        )
        for row in records(found.assumptions)
    ]
    keys = ("assumption", "given", "ends", "lowest", "highest")
    return make(text("baseline.assumptions", lang), [text(f"column.{key}", lang) for key in keys], rows)


def rate_rows(found: Baseline, place: str) -> pd.DataFrame:
    """Return the rate of a place by year: value, low, high."""
    fan = found.fan
    return fan[(fan["variable"] == URBAN) & (fan["region"] == place)].set_index("year")


def years_shown(found: Baseline) -> list[int]:
    """Return the years that a table shows."""
    base, last = found.years[0], found.years[-1]
    return [*dict.fromkeys([base, *(base + after for after in AFTER if base + after < last), last])]


def place_name(found: Baseline, place: str, lang: str) -> str:
    """Return what a place is called."""
    return found.economy.regions.name(place, lang)


def levels(found: Baseline, lang: str) -> Sheet:
    """Rates of the nation with their range, of macro-regions, and people away from home, in a few years."""
    years, table, nation = years_shown(found), rates(found), rate_rows(found, NATION)
    name = place_name(found, NATION, lang)
    rows = [(name, *(number(of, 1) for of in nation["value"][years]))]
    for end in ("low", "high"):
        rows.append((text(f"baseline.{end}", lang, place=name), *(number(of, 1) for of in nation[end][years])))
    rows += [
        (place_name(found, place, lang), *(number(of, 1) for of in table[place][years]))
        for place in map(str, table)
        if place != NATION
    ]
    heads = [text("column.region", lang), *map(str, years)]
    return make(text("baseline.levels", lang, what=called(URBAN, lang)), heads, rows)


def people(found: Baseline, lang: str) -> Sheet:
    """People who moved, in a few years, with their range."""
    years, fan = years_shown(found), found.fan
    rows = []
    for name in PEOPLE:
        of = fan[(fan["variable"] == name) & (fan["region"] == NATION)].set_index("year")
        if of.empty:
            continue
        read = reading("million", lang, of["high"].max())
        rows.append(
            (in_unit(called(name, lang), read.unit, lang), *(read.number(value) for value in of["value"][years]))
        )
        spans = zip(of["low"][years], of["high"][years], strict=True)
        rows.append((text("baseline.range", lang), *(f"{read.number(low)}~{read.number(high)}" for low, high in spans)))
    return make(text("baseline.moved", lang), [text("column.variable", lang), *map(str, years)], rows)


def passing(found: Baseline, lang: str) -> Sheet:
    """When rates reach levels, over the fan."""
    table = found.passing()
    levels = sorted(set(table["level"]))
    cells = {(row["region"], row["level"]): spanned(row, found, lang) for row in records(table)}
    places = [*dict.fromkeys(table["region"])]
    rows = [
        (
            place_name(found, place, lang),
            *(cells.get((place, level), text("baseline.before", lang)) for level in levels),
        )
        for place in places
    ]
    return make(text("baseline.when", lang), [text("column.region", lang), *(f"{level} %" for level in levels)], rows)


def projected(found: Baseline) -> pd.DataFrame:
    """Return what others say of rates of the years after the base year, beside ours: official figures first."""
    table = figures.table("urbanization_china.csv")
    ours = found.fan[found.fan["variable"] == URBAN][["year", "region", "value", "low", "high"]]
    kept = (
        table[table["year"] > found.economy.year].rename(columns={"value": "theirs"}).sort_values("year", kind="stable")
    )
    return kept.merge(ours, on=["year", "region"])[
        ["year", "region", "kind", "theirs", "value", "low", "high", "source"]
    ]


def projected_people(year: int) -> dict[str, float] | None:
    """Return the population that the United Nations project for the end of a year, million, by variant."""
    table = figures.table("population_china.csv")
    rows = table[table["year"] == year]
    found = {str(of): float(people) for of, people in zip(rows["variant"], rows["people"], strict=True)}
    return found or None


def projections(found: Baseline, lang: str) -> Sheet:
    """What others say, beside ours."""
    rows = [
        (
            str(row["year"]),
            place_name(found, row["region"], lang),
            text(f"projection.{row['kind']}", lang),
            number(row["theirs"], 1),
            number(row["value"], 1),
            f"{number(row['low'], 1)}~{number(row['high'], 1)}",
        )
        for row in records(projected(found))
    ]
    keys = ("year", "region", "source", "theirs", "ours", "span")
    return make(text("baseline.projections", lang), [text(f"column.{key}", lang) for key in keys], rows, left=3)


def closing(found: Baseline, lang: str) -> str:
    """Say how sure each year is, what the last one hangs on, what is held still, and where the rest is."""
    said = [certified(found, lang), doubted(found, lang), hangs(found, lang)]
    return "\n".join(filter(None, [*said, text("baseline.limits", lang), text("baseline.more", lang)]))


def table(found: Baseline, name: str, lang: str) -> pd.DataFrame:
    """Return a table with heads and labels in one language; a DataError names the nearest where none is called so."""
    key = require_table(name, SHEETS, lang)
    frame = FRAMES[key](found)
    if key == "passing":
        frame = or_later(frame, found.years[-1], lang)
    return frames.headed(named(in_units(frame, lang), found, lang), lang)


def in_units(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table with its quantities in the units in which a language counts; ours are called so."""
    if "unit" in frame:
        ways = [counted(unit, lang) for unit in frame["unit"]]
        factor = [way.factor for way in ways]
        numbers = {name: frame[name] * factor for name in ("value", "low", "high")}
        frame = frame.assign(unit=[way.unit for way in ways], **numbers)
    return frame.rename(columns={"value": "ours"}) if "assumption" not in frame else frame


def named(frame: pd.DataFrame, found: Baseline, lang: str) -> pd.DataFrame:
    """Return a table with names in place of keys."""
    names: dict[str, Callable[[Any], str]] = {
        "region": lambda key: place_name(found, key, lang),
        "variable": lambda key: variable_name(key, lang),
        "kind": lambda key: text(f"projection.{key}", lang),
        "assumption": lambda key: assumption_name(key, lang),
        "source": lambda key: short(key, lang),
    }
    return frame.assign(**{column: frame[column].map(say) for column, say in names.items() if column in frame})


SHEETS: dict[str, Callable[[Baseline, str], Sheet | None]] = {
    "baseline": levels,
    "moved": people,
    "passing": passing,
    "assumptions": assumptions,
    "projections": projections,
}
FRAMES: dict[str, Callable[[Baseline], pd.DataFrame]] = {
    "baseline": lambda found: found.fan,
    "moved": lambda found: found.fan[found.fan["variable"] != URBAN],
    "passing": lambda found: found.passing(),
    "assumptions": lambda found: found.assumptions.set_axis([*ASSUMPTIONS], axis=1),
    "projections": projected,
}
