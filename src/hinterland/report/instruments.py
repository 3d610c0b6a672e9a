"""The policy instruments: their values and ranges, what they cost, who pays, what their size rests on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hinterland import schema
from hinterland.data.figures import assumptions
from hinterland.errors import PolicyError, Problem, hint
from hinterland.policy.strength import NONE, WORTH, at_work, ground, strength
from hinterland.report.answer import Answer
from hinterland.report.sheet import Sheet, make
from hinterland.texts import clauses, listed, text, unit_name


def listing(lang: str) -> Answer:
    """Return every instrument."""
    rows = instrument_rows(lang)
    return Answer(
        rows, lambda: {"instruments": table("table.instruments", rows, lang, ("default", "minimum", "maximum"))}
    )


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
        near = hint(name, list(schema.instruments()))
        raise PolicyError(Problem("cli.unknown_instrument", {"value": name, "near": near}))
    head, known, found = about(name, lang), values(name, lang), evidence(name, lang)
    rows = [
        *({**EMPTY, "part": "about", "name": row["name"], "title": row["value_plain"]} for row in head),
        *({**EMPTY, "part": "value", **row} for row in known),
        *({**EMPTY, "part": "evidence", **row} for row in found),
    ]

    def tables() -> dict[str, Sheet]:
        title = f"{name}: {getattr(schema.instruments()[name], lang)}"
        heads = [text(f"column.{key}", lang) for key in ("name", "value_plain")]
        said = [(text(f"about.{row['name']}", lang), str(row["value_plain"])) for row in head]
        shown = {
            "about": make(title, heads, said, left=2),
            "values": table("table.values", known, lang, ("default", "minimum", "maximum")),
        }
        if found:
            shown["evidence"] = table("table.evidence", found, lang, ("value_plain", "minimum", "maximum"))
        return shown

    return Answer(rows, tables, short=True)


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


# What is said of a size that no study stands behind, beside what comes of none of it.
ASSUMED = {"industrial_base": "assumed.industrial_base"}


def about(name: str, lang: str) -> list[dict[str, Any]]:
    """Return what an instrument does, in which words, through which lever, at what cost, paid by whom."""
    entry, given = schema.instruments()[name], {key: value.given for key, value in schema.values(name).items()}
    payers = ", ".join(f"{text(f'payer.{who}', lang)} {share:.4g}" for who, share in schema.payers(name).items())
    known = {
        "help": getattr(entry, f"help_{lang}"),
        "words": entry.words,
        "lever": entry.lever,
        "size": entry.size,
        "outcome": text(f"aim.{entry.outcome}", lang),
        "cost_rule": getattr(entry, f"cost_{lang}"),
        "payers": payers or text("known.not_established", lang),
        "strength": text(f"strength.{strength(name)}", lang),
        "rests_on": rests_on(name, at_work(name, given, entry.entering), given, lang),
        "source": source(entry.source),
        "assumed": text(ASSUMED[name], lang) if name in ASSUMED else "",
    }
    return [{"name": key, "value_plain": words} for key, words in known.items() if words]


def rests_on(instrument: str, keys: Iterable[str], given: Mapping[str, Any], lang: str) -> str:
    """Say what a benefit per yuan rests on: each number at the values given, and how it is known."""
    if strength(instrument) == NONE:
        return text("rests.no_effect", lang)
    keys = list(keys)
    own = [key for key in keys if key in assumptions() or (key in schema.parameters() and not key.endswith(WORTH))]
    said = [rest(instrument, key, given, lang) for key in keys if key not in own]
    if own:
        said.append(text("rests.own", lang, things=listed((titled(key, lang) for key in own), lang)))
    return clauses(said, lang) or text("rests.money", lang)


def titled(key: str, lang: str) -> str:
    """Return a parameter or an assumption with its name and number."""
    own: Any = assumptions()[key] if key in assumptions() else vars(schema.parameters()[key])
    return text("rests.titled", lang, title=own[lang], name=f"{own['name']} = {own['value']:g}")


def rest(instrument: str, key: str, given: Mapping[str, Any], lang: str) -> str:
    """Say what one thing is that a ratio rests on, and how it is known."""
    found, entry = ground(instrument, key, given), schema.instruments()[instrument]
    if found.why.startswith("outside.") or found.why == "worth":
        return text(f"rests.{found.why}", lang, cost=getattr(entry, f"cost_{lang}"))
    if key in given:
        value = schema.values(instrument)[key]
        row = schema.evidence().get(value.evidence)
        known = grounds(row, lang) if row is not None else ""
        return text(f"rests.{found.why}", lang, name=f"{key} = {given[key]:g}", known=known)
    return text("rests.counted", lang, name=key, known=grounds(schema.evidence()[key], lang))


def values(name: str, lang: str) -> list[dict[str, Any]]:
    """Return every value that a policy of this instrument may hold."""
    return [
        {
            "name": key,
            "title": getattr(entry, lang),
            "default": ", ".join(entry.given) if isinstance(entry.given, tuple) else figure(entry.given),
            "minimum": figure(entry.minimum),
            "maximum": figure(entry.maximum),
            "unit": unit_name(entry.unit, lang),
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
            "unit": unit_name(entry.unit, lang),
            "price_year": entry.price_year,
            "status": text(f"known.{entry.status}", lang),
            "seen": text(f"seen.{entry.seen}", lang),
            "source": entry.source,
            "reference": source(entry.source),
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
    return ", ".join(said)


def source(key: str) -> str:
    """Return the title and year of a source."""
    entry = schema.sources()[key]
    title = re.sub(r"[{}]", "", entry["title"])
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
    heads = [text(f"column.{name}", lang) for name in (*columns, *tail)]
    body = [[figure_text(row[name], row["name"] in YEARS) for name in (*columns, *tail)] for row in rows]
    left = len([name for name in columns if name not in numbers])
    return make(text(title, lang), heads, body, left=left, tail=len(tail))


LONG = ("reference", "grounds")  # stand in JSON and CSV; tables name the source by its key
YEARS = ("start", "end")
LAST = ("unit", "choices", "price_year", "strength", "status", "seen", "source")


def figure_text(value: Any, is_year: bool = False) -> str:
    """Write a cell."""
    return f"{value:,.10g}" if isinstance(value, int | float) and not is_year else str(value)
