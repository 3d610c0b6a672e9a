"""The policy instruments: their values and ranges, what they cost, who pays, what their size rests on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hinterland import schema
from hinterland.data import box
from hinterland.data.figures import assumptions
from hinterland.data.regions import china
from hinterland.economy.load import DEFAULT
from hinterland.errors import PolicyError, Problem, hint
from hinterland.names import without_remark
from hinterland.policy.strength import MEASURED, NONE, WORTH, at_work, ground, strength
from hinterland.policy.values import YEARLY
from hinterland.report.answer import Answer
from hinterland.report.citations import short
from hinterland.report.instrument_screen import first_screen, payers, titled_with_key
from hinterland.report.quantities import Reading, counted, reading
from hinterland.report.sheet import Sheet, make
from hinterland.scenario.listed import in_words
from hinterland.scenario.template import bounds
from hinterland.schema.array_entries import arrays
from hinterland.schema.names import known_instruments
from hinterland.texts import clauses, listed, name_in, text, unit_name


def listing(lang: str) -> Answer:
    """Return every instrument: in one narrow table what each is, its size as set, and how well it is known."""
    rows = instrument_rows(lang)

    def narrow() -> list[Any]:
        """In English without titles, which are the keys in words."""
        columns = ["key", *(["title"] if lang == "zh" else []), "dose", "strength"]
        body = [
            [{**row, "key": row["name"], "dose": dose(row, value, lang)}[name] for name in columns]
            for row, value in zip(rows, sizes(), strict=True)
        ]
        heads = [text(f"column.{name}", lang) for name in columns]
        return [make(text("table.instruments", lang), heads, body, left=len(heads)), text("instruments.more", lang)]

    shown = [{name: of for name, of in row.items() if name != "size"} for row in rows]  # the key of the measure
    numbers = ("default", "minimum", "maximum")
    return Answer(rows, lambda: {"instruments": table("table.instruments", shown, lang, numbers)}, screen=narrow)


def sizes() -> list[schema.Value]:
    """Return the value of each instrument that is its size."""
    return [schema.values(name)[entry.size] for name, entry in schema.instruments().items()]


def dose(row: Mapping[str, Any], value: schema.Value, lang: str) -> str:
    """Write what the size of an instrument is and how much of it is set, as it is read."""
    of = reading(value.unit, lang, value.given)
    much = f"{of.factor * value.given:,.6g} {of.unit}".rstrip()
    return text("instruments.dose", lang, what=row["measure"], much=much)


def instrument_rows(lang: str) -> list[dict[str, Any]]:
    """Return name, the source's words, size, range and strength of evidence of every instrument."""
    rows = []
    for name, entry in schema.instruments().items():
        size = schema.values(name)[entry.size]
        rows.append(
            {
                "name": name,
                "title": getattr(entry, lang),
                "words": entry.words,
                "size": entry.size,
                "measure": without_remark(getattr(size, lang)),
                "unit": unit_name(size.unit, lang),
                "default": figure(size.given),
                "minimum": figure(size.minimum),
                "maximum": figure(size.maximum),
                "strength": text(f"strength.{strength(name)}", lang),
            }
        )
    return rows


def instrument(name: str, lang: str) -> Answer:
    """Return one instrument: what it does, its values, cost rule and payers, and the evidence."""
    if name not in schema.instruments():
        near = hint(name, known_instruments())
        raise PolicyError(Problem("cli.unknown_instrument", {"value": name, "near": near}))
    head, known, found = about(name, lang), values(name, lang), evidence(name, lang)
    rows = [
        *({**EMPTY, "part": "about", "name": row["name"], "title": row["value_plain"]} for row in head),
        *({**EMPTY, "part": "value", **row} for row in known),
        *({**EMPTY, "part": "evidence", **row} for row in found),
    ]

    def tables() -> dict[str, Sheet]:
        heads = [text(f"column.{key}", lang) for key in ("name", "value_plain")]
        said = [(text(f"about.{row['name']}", lang), str(row["value_plain"])) for row in head]
        shown = {
            "about": make(titled_with_key(name, lang), heads, said, left=2),
            "values": table("table.values", in_words_of(name, known, lang), lang, ("default", "minimum", "maximum")),
        }
        if found:
            cited = [{**in_reading(row, lang), "name": "", "source": short(str(row["source"]), lang)} for row in found]
            shown["evidence"] = table("table.evidence", cited, lang, ("value_plain", "minimum", "maximum"))
        return shown

    return Answer(
        [{**row, "unit": unit_name(row["unit"], lang)} for row in rows],
        tables,
        short=True,
        screen=lambda: first_screen(name, lang),
        as_counted=[as_counted(row, lang) for row in rows],
    )


EMPTY: dict[str, Any] = dict.fromkeys(
    (
        "part",
        "name",
        "title",
        "default",
        "value_plain",
        "minimum",
        "maximum",
        "unit",
        "price_year",
        "choices",
        "role",
        "status",
        "seen",
        "source",
        "reference",
        "grounds",
    ),
    "",
)


FIGURES = ("default", "value_plain", "minimum", "maximum")


def as_counted(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a row of values or evidence with its figures and their unit as a language counts, with every digit."""
    return scaled(row, counted(row["unit"], lang))


def in_reading(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a row of evidence with its figures in the unit in which they are read."""
    given = (row[name] for name in FIGURES if isinstance(row.get(name), int | float))
    return scaled(row, reading(row["unit"], lang, max(map(abs, given), default=0.0)))


def scaled(row: dict[str, Any], of: Reading) -> dict[str, Any]:
    """Return a row with its figures in another unit than that in which they are kept."""
    figures = {name: of.factor * row[name] for name in FIGURES if isinstance(row.get(name), int | float)}
    return {**row, **(figures if of.factor != 1 else {}), "unit": of.unit}


FIRST_PART = re.compile("[：；，:;]")  # where what a study found begins to be told at length

# What is said of a size that no study stands behind, beside what comes of none of it.
ASSUMED = {"industrial_base": "assumed.industrial_base"}


def about(name: str, lang: str) -> list[dict[str, Any]]:
    """Return what an instrument does, in which words, through which lever, at what cost, paid by whom."""
    entry, given = schema.instruments()[name], {key: value.given for key, value in schema.values(name).items()}
    size = schema.values(name)[entry.size]
    known = {
        "help": getattr(entry, f"help_{lang}"),
        "words": entry.words,
        "lever": listed((lever(key, lang) for key in entry.lever.split()), lang),
        "size": text("instruments.size", lang, name=without_remark(getattr(size, lang)), code=size.name),
        "outcome": text(f"aim.{entry.outcome}", lang),
        "cost_rule": getattr(entry, f"cost_{lang}"),
        "payers": payers(name, lang) or text("known.not_established", lang),
        "strength": text(f"strength.{strength(name)}", lang),
        "rests_on": rests_on(name, at_work(name, given, entry.entering), given, lang),
        "source": source(entry.source, lang),
        "assumed": text(ASSUMED[name], lang) if name in ASSUMED else "",
    }
    return [{"name": key, "value_plain": words} for key, words in known.items() if words]


def lever(key: str, lang: str) -> str:
    """Return what a policy changes in the model, in words; in English with its name in code."""
    entry = arrays()[key]
    return without_remark(entry.zh).removesuffix("之变化") if lang == "zh" else f"{entry.en} ({key})"


def in_words_of(instrument: str, rows: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Return the values of an instrument as a reader sees them: places and choices by the names that are taken."""
    shown = []
    for row in rows:
        entry = schema.values(instrument)[row["name"]]
        words = {**as_counted(row, lang), "source": study(entry.evidence, lang)}
        if entry.unit == YEARLY:  # numbers count in bn CNY in a file, where an amount may name its unit
            words |= {"title": text("values.amount", lang, title=row["title"])}
        if entry.unit == "year":  # counted from the base year of the economy that comes first
            words["minimum"], words["maximum"] = map(int, bounds(entry, int(box.economies()[DEFAULT]["year"])))
        if entry.kind in schema.LISTS:
            words["default"] = in_words(entry.given, entry.kind, lang, china())
        if entry.kind == "choice":
            words["default"] = name_in("choice", entry.given, lang)
            words["choices"] = listed((choice(key, lang) for key in entry.known), lang)
        shown.append(words)
    return shown


def study(key: str, lang: str) -> str:
    """Return who wrote the study behind a number; nothing where there is none."""
    return short(schema.evidence()[key].source, lang) if key else ""


def choice(key: str, lang: str) -> str:
    """Return a choice in words; in English with the key that is typed, where that is another."""
    said = name_in("choice", key, lang)
    return said if lang == "zh" or said.replace(" ", "_") == key else f"{said} ({key})"


def rests_on(instrument: str, keys: Iterable[str], given: Mapping[str, Any], lang: str) -> str:
    """Say what a benefit per yuan rests on: each number at the values given, and how it is known."""
    if strength(instrument) in (NONE, MEASURED):
        return text(f"rests.{strength(instrument)}", lang)
    keys = list(keys)
    own = [key for key in keys if key in assumptions() or (key in schema.parameters() and not key.endswith(WORTH))]
    said = [rest(instrument, key, given, lang) for key in keys if key not in own]
    if own:
        said.append(text("rests.own", lang, things=listed((titled(key, lang) for key in own), lang)))
    return clauses(said, lang) or text("rests.money", lang)


def titled(key: str, lang: str) -> str:
    """Return a parameter or an assumption with its name and number."""
    own: Any = assumptions()[key] if key in assumptions() else vars(schema.parameters()[key])
    value = f"{own['value']:g}"
    return text("rests.titled", lang, title=own[lang], name=value if lang == "zh" else f"{own['name']} = {value}")


def rest(instrument: str, key: str, given: Mapping[str, Any], lang: str) -> str:
    """Say what one thing is that a ratio rests on, and how it is known."""
    found, entry = ground(instrument, key, given), schema.instruments()[instrument]
    if found.why.startswith("outside.") or found.why == "worth":
        return text(f"rests.{found.why}", lang, cost=getattr(entry, f"cost_{lang}"))
    if key == "cost":
        of = reading("bn CNY", lang)
        return text("rests.own_cost", lang, much=f"{of.factor * given[key]:,.10g} {of.unit}")
    if key in given:
        value = schema.values(instrument)[key]
        row = schema.evidence().get(value.evidence)
        known = grounds(row, lang) if row is not None else ""
        much = f"{given[key]:g}"
        name = text("rests.titled", lang, title=without_remark(value.zh), name=much)
        name = name if lang == "zh" else f"{key} = {much}"
        return text(f"rests.{found.why}", lang, name=name, known=known)
    study = schema.evidence()[key]
    name = FIRST_PART.split(study.zh)[0] if lang == "zh" else key
    return text("rests.counted", lang, name=name, known=grounds(study, lang))


def values(name: str, lang: str) -> list[dict[str, Any]]:
    """Return every value that a policy of this instrument may hold."""
    return [
        {
            "name": key,
            "title": getattr(entry, lang),
            "default": ", ".join(entry.given) if isinstance(entry.given, tuple) else figure(entry.given),
            "minimum": figure(entry.minimum),
            "maximum": figure(entry.maximum),
            "unit": entry.unit,
            "choices": ", ".join(entry.known) if entry.kind == "choice" else "",
            "status": text(f"known.{entry.status}", lang) if entry.status else "",
            "source": entry.evidence,
        }
        for key, entry in schema.values(name).items()
    ]


def evidence(name: str, lang: str) -> list[dict[str, Any]]:
    """Return the findings, unit costs and payers' shares that stand behind an instrument."""
    return [
        {
            "name": entry.id,
            "title": getattr(entry, lang),
            "role": text(f"role.{entry.role}", lang),
            "value_plain": figure(entry.value),
            "minimum": figure(entry.low),
            "maximum": figure(entry.high),
            "unit": entry.unit,
            "price_year": entry.price_year,
            "status": text(f"known.{entry.status}", lang),
            "seen": text(f"seen.{entry.seen}", lang),
            "source": entry.source,
            "reference": source(entry.source, lang),
            "grounds": grounds(entry, lang),
        }
        for entry in schema.evidence().values()
        if entry.instrument == name
    ]


def grounds(entry: schema.Evidence, lang: str) -> str:
    """Return what a number rests on: its design, the outcome, and where it is of another place or instrument."""
    if not entry.grounds:
        return ""
    said = [text(f"grounds.{entry.grounds}", lang), *([text(f"aim.{entry.outcome}", lang)] if entry.outcome else [])]
    said += [text("grounds.abroad", lang)] * (entry.in_china == "no")
    said += [text("grounds.near", lang)] * (entry.itself == "no")
    return listed(said, lang)


def source(key: str, lang: str) -> str:
    """Return the title and year of a source, in its own language."""
    entry, title = schema.sources()[key], re.sub(r"[{}]", "", schema.of_source(key, "title", lang))
    return f"{title} ({entry['year']})" if entry.get("year") else title


def figure(value: Any) -> Any:
    """Return a number as it is, a word as it is, and nothing where there is none or it is unbounded."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def table(title: str, rows: list[dict[str, Any]], lang: str, numbers: tuple[str, ...]) -> Sheet:
    """Return a table of rows, words first and then numbers, without columns that are empty."""
    filled = [name for name in rows[0] if name not in LONG and any(row[name] != "" for row in rows)]
    columns = [name for name in filled if name not in numbers and name not in LAST]
    columns += [name for name in filled if name in numbers]
    tail = [name for name in filled if name in LAST]
    heads = [text("column.key" if name == "name" else f"column.{name}", lang) for name in (*columns, *tail)]
    body = [[figure_text(row[name], row.get("name") in YEARS) for name in (*columns, *tail)] for row in rows]
    left = len([name for name in columns if name not in numbers])
    return make(text(title, lang), heads, body, left=left, tail=len(tail))


LONG = ("reference", "grounds")  # stand in JSON and CSV; tables name the source by its key
YEARS = ("start", "end")
LAST = ("unit", "choices", "price_year", "strength", "status", "seen", "source")


def figure_text(value: Any, is_year: bool = False) -> str:
    """Write a cell."""
    return f"{value:,.10g}" if isinstance(value, int | float) and not is_year else str(value)
