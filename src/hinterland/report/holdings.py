"""What is in the box: lists, figures with their sources, and the checks."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import pandas as pd

from hinterland import schema
from hinterland.data import box, network, panel, regions
from hinterland.data.check import check_box
from hinterland.data.figures import table
from hinterland.data.places import place_in
from hinterland.data.ports import ports as land_ports
from hinterland.errors import Bilingual, DataError, Problem
from hinterland.report.answer import Answer, records
from hinterland.report.instruments import instrument_rows
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import DASH, number, unit_name
from hinterland.schema.names import indicator_named, table_named, variable_named
from hinterland.texts import LANGUAGES, clauses, listed, name_in, text

SHOWN_PLACES = 3
FIGURES = ("year", "value_plain")  # columns of a series that are numbers
MANY = 1e6  # from which six digits would be no number to read
# Columns whose words the texts have in both languages.
IN_WORDS: dict[str, Callable[[str, str], str]] = {
    "kind": lambda value, lang: name_in("grouping", value, lang),
    "resolution": lambda value, lang: name_in("resolution", value, lang),
    "direction": lambda value, lang: name_in("direction", value, lang),
    "weights": lambda value, lang: name_in("weights", value, lang),
    "index": lambda value, lang: name_in("index", value, lang),
}
# Words that stand under `title`, remarks, and how a run prints an outcome.
UNLISTED = (
    *("zh", "en", "note", "note_zh", "adds_up", "formula"),
    *(f"{words}_{lang}" for words in ("outcome", "short", "summary") for lang in LANGUAGES),
    *("digits", "level_digits", "change_digits", "change", "shown"),
)


def listing(lang: str) -> Answer:
    """Return economies and series: unit, years, quality, source."""
    spans = (
        panel.panel()
        .groupby("variable")
        .agg(
            first=("year", "min"),
            last=("year", "max"),
            figures=("value", "size"),
            quality=("quality", lambda marks: "".join(sorted(set(marks)))),
            source=("source", lambda keys: " ".join(sorted(set(keys)))),
        )
    )
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "title": entry[lang],
            "unit": "",
            "first": int(entry["year"]),
            "last": int(entry["year"]),
            "figures": sum(array.size for array in box.economy_arrays(name).values()),
            "quality": "",
            "source": entry["source"],
        }
        for name, entry in box.economies().items()
    ]
    for name, entry in schema.variables().items():
        span: Any = spans.loc[name]
        rows.append(
            {
                "name": name,
                "title": getattr(entry, lang),
                "unit": unit_name(entry.unit, lang),
                **{key: int(span[key]) for key in ("first", "last", "figures")},
                "quality": span["quality"],
                "source": span["source"],
            }
        )
    title = text("data.holdings", lang)
    screen = by_name(title, rows, lang)
    return Answer(rows, lambda: {"holdings": plain_table(title, rows, lang)}, short=True, screen=screen)


def by_name(title: str, rows: list[dict[str, Any]], lang: str) -> Callable[[], list[str | Sheet]] | None:
    """Return the first screen of a list in Chinese, where things go by their names; their keys follow with --detail."""
    if lang != "zh" or not {"name", "title"} <= set(rows[0]):
        return None
    kept = [key for key in rows[0] if key not in ("name", "title")]
    shown = [{"name": row["title"], **{key: row[key] for key in kept}} for row in rows]
    return lambda: [plain_table(title, shown, lang)]


def plain_table(title: str, rows: list[dict[str, Any]], lang: str, numbers: Collection[str] = ()) -> Sheet:
    """Return a table of rows as they are, with translated heads; columns of `numbers` stand to the right."""
    columns = [name for name in rows[0] if name != "size"]  # the key of what `measure` says
    body = [[cell(row[name], lang, IN_WORDS.get(name)) for name in columns] for row in rows]
    heads = [text(f"column.{'value_plain' if name == 'value' else name}", lang) for name in columns]
    return replace(make(title, heads, body), right=tuple(name in numbers for name in columns))


def cell(value: Any, lang: str, in_words: Callable[[str, str], str] | None) -> str:
    """Write a figure or a word; one of a kind that the texts know in the user's language."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return DASH
        return f"{value:,.6g}" if abs(value) < MANY else number(value, 0)
    return in_words(str(value), lang) if in_words else str(value)


def holding(name: str, year: int | None, lang: str, places: Sequence[str] = ()) -> Answer:
    """Return one holding: a series, an economy, or a table of the schema, by any name that is printed of it.

    Of a series, the figures of some places alone, each a province or a group: of every year, unless one is asked for.
    """
    known = holding_named(name)
    rows, title = of_places(known, year, places, lang) if places else contents(known, year, lang)
    of_series = known in schema.variables()
    lacking = missing(known, rows, lang) if of_series and not places else ""
    screen = partial(first_screen, title, rows, lacking, lang) if of_series else by_name(title, rows, lang)
    return Answer(rows, lambda: {"holding": plain_table(title, rows, lang)}, closing=lacking, short=True, screen=screen)


def first_screen(title: str, rows: list[dict[str, Any]], lacking: str, lang: str) -> list[str | Sheet]:
    """Return the figures of a series with the source once below; by its number in each row where there are several.

    Told in every row it took the room of half of the provinces.
    """
    sources = list(dict.fromkeys(row["source"] for row in rows))
    one = len(sources) == 1
    shown = [
        {name: of for name, of in row.items() if name != "source"}
        | ({} if one else {"source": str(sources.index(row["source"]) + 1)})
        for row in rows
    ]
    said = sources if one else (f"[{place}] {source}" for place, source in enumerate(sources, start=1))
    below = text("data.source", lang, sources=clauses(said, lang))
    return [part for part in (plain_table(title, shown, lang, FIGURES), below, lacking) if part]


def holding_named(said: str) -> str:
    """Return the key of the table, economy, series or indicator that goes by a name; what is unknown as it is."""
    ways = (table_named, box.named, variable_named, indicator_named)
    return next(filter(None, (named(said) for named in ways)), said)


def missing(name: str, rows: list[dict[str, Any]], lang: str) -> str:
    """Say which provinces have no figure, where some have none: what is shown adds up to no total of the nation."""
    codes = {row["region"] for row in rows}
    lacking = [code for code in regions.china().codes if code not in codes]
    if not lacking:
        return ""
    names = listed((regions.china().name(code, lang) for code in lacking), lang)
    found, total = len(codes), len(regions.china().codes)
    title = getattr(schema.variables()[name], lang)
    return text("data.incomplete", lang, name=title, found=found, total=total, names=names)


def contents(name: str, year: int | None, lang: str) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of a holding and its title, or raise with the nearest name."""
    entries: dict[str, Any] = {
        "parameters": schema.parameters,
        "indicators": schema.indicators,
        "variables": schema.variables,
    }
    lists = {"instruments": instrument_rows, "sources": sources, "groups": groups, "cities": cities, "ports": ports}
    tables = (*entries, *lists)
    of_no_year = name in tables or (name in schema.indicators() and name not in schema.variables())
    if year is not None and (of_no_year or str(box.economies().get(name, {}).get("year", year)) != str(year)):
        raise DataError(Problem("data.other_year", {"name": name, "value": year}))
    if name in entries:
        rows = [translated(asdict(entry), lang) for entry in entries[name]().values()]
        return rows, text(f"data.{name}", lang)
    if name in lists:
        return lists[name](lang), text(f"data.{name}", lang)
    if name in box.economies():
        rows = [
            {
                "array": row["array"],
                "dims": ", ".join(name_in("dims", of, lang) for of in row["dims"].split(", ")),
                "unit": unit_name(row["unit"], lang),
                "status": text(f"status.{row['status']}", lang),
                **(
                    {"estimated": f"{number(100 * float(row['estimated_share']), 0)} %"}
                    if "estimated_share" in row
                    else {}
                ),
                "source": row["source"],
                "title": row[lang],
            }
            for row in box.manifest(name)
        ]
        entry = box.economies()[name]
        return rows, f"{name}: {entry[lang]}. {entry[f'note_{lang}']}"
    if name in schema.indicators() and name not in schema.variables():
        return [translated(asdict(schema.indicators()[name]), lang)], text("data.indicators", lang)
    if name not in schema.variables():
        raise DataError(panel.unknown_variable(name, [*box.economies(), *tables]))
    return figures(name, year, lang)


def figures(name: str, year: int | None, lang: str) -> tuple[list[dict[str, Any]], str]:
    """Return the figures of a series by province, of one year or of the last that has most of them."""
    chosen, why = year, ""
    if chosen is None:
        known = panel.years(name)
        chosen = max(known, key=lambda of: (len(panel.rows(name, of)), of))
        key = "data.last_year" if chosen == known[-1] else "data.fullest_year"
        why = text(key, lang, year=chosen, first=known[0], last=known[-1])
    return figure_rows(panel.rows(name, chosen), lang), title_of(name, lang) + why


def of_places(name: str, year: int | None, places: Sequence[str], lang: str) -> tuple[list[dict[str, Any]], str]:
    """Return the figures of a series in some provinces, in one year or in all."""
    if name not in schema.variables():
        raise DataError(Problem("data.not_by_province", {"name": name}))
    china, codes = regions.china(), list[str]()
    for place in places:
        key = place_in(china, place, Bilingual("China", china.name(regions.NATION, "zh")))
        inside = china.codes if key == "nation" else china.members(key) or ()
        codes += [code for code in inside if code not in codes]
    found = panel.rows(name, year)
    found = found[found["region_code"].isin(codes)].sort_values(["region_code", "year"])
    if not len(found):
        where = listed((china.name(code, lang) for code in codes), lang)
        raise DataError(Problem("data.gap", {"name": name, "value": year or "", "where": where}))
    return figure_rows(found, lang), title_of(name, lang)


def figure_rows(chosen: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """Return figures with the names of their provinces and sources."""
    return [
        {
            "region": row["region_code"],
            "name": regions.china().name(row["region_code"], lang),
            "year": int(row["year"]),
            "value_plain": float(row["value"]),
            "quality": row["quality"],
            "source": schema.of_source(row["source"], "title", lang),
        }
        for row in records(chosen)
    ]


def title_of(name: str, lang: str) -> str:
    """Return what a series is, in which unit, and what is to be known of it."""
    variable = schema.variables()[name]
    words = variable.note_zh if lang == "zh" else variable.note
    note = {"zh": f"：{words}", "en": f" — {words}"}[lang] if words else ""
    head = text("screen.in_unit", lang, what=getattr(variable, lang), unit=unit_name(variable.unit, lang))
    return head + note


def groups(lang: str) -> list[dict[str, Any]]:
    """Return every group with its provinces and dates."""
    found: dict[str, dict[str, Any]] = {}
    for row in box.rows("groups.csv"):
        entry = found.setdefault(
            row["group"],
            {
                "group": row["group"],
                "title": row[lang],
                "kind": row["kind"],
                "valid_from": row["valid_from"],
                "resolution": row["resolution"],
                "members": list[str](),
            },
        )
        entry["members"].append(regions.china().name(row["region_code"], lang))
    return [{**entry, "members": listed(entry["members"], lang)} for entry in found.values()]


def sources(lang: str) -> list[dict[str, Any]]:
    """Return every publication that figures come from: a Chinese one has its Chinese title, others their own."""
    return [
        {
            "key": key,
            **{name: schema.of_source(key, name, lang) for name in ("author", "title")},
            "year": of.get("year", ""),
        }
        for key, of in schema.sources().items()
    ]


def cities(lang: str) -> list[dict[str, Any]]:
    """Return the cities that a line of transport may run through, with their names in both languages."""
    name = regions.china().name
    return [
        {"zh": city.zh, "en": city.en, "region": city.region_code, "province": name(city.region_code, lang)}
        for city in network.cities().values()
    ]


def ports(lang: str) -> list[dict[str, Any]]:
    """Return the land ports that may be opened, with their names in both languages; one name may mean several."""
    name, rows = regions.china().name, list[dict[str, Any]]()
    for row in table("ports.csv").to_dict("records"):
        for port in land_ports()[row["zh"]]:
            if port.name == row["crossing"]:
                beyond = text(f"region.{port.bloc}", lang)
                place = {"region": port.region_code, "province": name(port.region_code, lang)}
                rows.append({"zh": row["zh"], "en": row["en"], "crossing": port.name, **place, "beyond": beyond})
    return rows


def translated(entry: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a schema entry with one title, and without bounds that are none."""
    kept = {key: value for key, value in entry.items() if key not in UNLISTED}
    kept["unit"] = unit_name(kept["unit"], lang)
    return {"name": kept.pop("name"), "title": entry[lang], **kept}


def check_name(name: str, lang: str) -> str:
    """Return what a check of the box looks at; of an economy, with its name."""
    economy, parted, rule = name.rpartition(": ")
    return economy + parted + name_in("box_check", rule, lang)


def checks(lang: str) -> Answer:
    """Return the checks of the box and the schema; 1 where one fails."""
    found = check_box()
    rows = [
        {
            "name": check.name,
            "title": check_name(check.name, lang),
            "looked_at": check.looked_at,
            "passed": check.passed,
            "places": "; ".join(check.places[:SHOWN_PLACES]),
        }
        for check in found
    ]
    schema_problems = [problem.text(lang) for problem in schema.check_schema()]
    rows.append(
        {
            "name": "schema",
            "title": check_name("schema", lang),
            "looked_at": sum(
                len(table()) for table in (schema.variables, schema.parameters, schema.instruments, schema.indicators)
            ),
            "passed": not schema_problems,
            "places": "; ".join(schema_problems[:SHOWN_PLACES]),
        }
    )

    def tables() -> dict[str, Sheet]:
        body = [
            (
                str(row["title"]),
                number(row["looked_at"], 0),
                text("report.passed" if row["passed"] else "report.failed", lang),
                str(row["places"]),
            )
            for row in rows
        ]
        columns = [text(f"column.{name}", lang) for name in ("check", "looked_at", "verdict", "places")]
        return {"checks": make(text("data.checks", lang), columns, body, tail=2)}

    return Answer(rows, tables, code=0 if all(row["passed"] for row in rows) else 1)
