"""The JSON Schema of scenario files, made from what the reader itself reads: one source for check, help and editors.

It says what a file may hold: keys, instruments, values with their ranges, choices. What only an economy can say (is the
place known, do shares add up to one, do years come in order, do two policies overlap) stays with `scenario_file.read`.
"""

from __future__ import annotations

import json
import math
from typing import Any

from hinterland import schema
from hinterland.data import box, network, ports, regions
from hinterland.economy.elasticities import elasticities
from hinterland.economy.load import DEFAULT, OWN_FILES, load
from hinterland.instruments import INSTRUMENTS
from hinterland.instruments.fiscal_transfer import FiscalTransfer
from hinterland.policy.costs import CLOSURES, DISCOUNT, HORIZON, evidence
from hinterland.policy.values import PAYERS
from hinterland.scenario.file import KEYS
from hinterland.scenario.scenario import LONGEST, TERMS, TEXTS
from hinterland.texts import LANGUAGES, text

DIALECT = "https://json-schema.org/draft/2020-12/schema"  # the name of the dialect: nothing is fetched from it
FILE = "scenario.schema.json"
EXPRESSION = "gdp_per_head < 0.6 * national"
SHORTEST_LINE = 2  # cities
EMPTY = "may_be_empty"  # among the choices of a list
Schema = dict[str, Any]


def published() -> str:
    """Return the schema as it stands in the package."""
    return schema.HERE.joinpath(FILE).read_text(encoding="utf-8")


def as_text() -> str:
    """Return the schema as it is written to the package."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def json_schema() -> Schema:
    """Return the schema: the keys of a file, and a definition for each instrument, common value and kind of list."""
    keys: Schema = {
        "name": {"type": "string"},
        "title": text_in_languages(),
        **{key: text_in_languages() for key in TEXTS},
        "economy": economy(),
        "elasticities": other_elasticities(),
        **{key: TERM_SCHEMAS[key]() for key in TERMS},
        "policies": {"type": "object", "additionalProperties": policy()},
    }
    return {
        "$schema": DIALECT,
        "title": "Hinterland scenario · 腹地方案",
        "type": "object",
        "properties": {key: keys[key] | {"description": said(f"schema.{key}")} for key in KEYS},
        "additionalProperties": False,
        "$defs": {
            "text": {
                "anyOf": [
                    {"type": "string"},
                    closed({lang: {"type": "string"} for lang in LANGUAGES}),
                ]
            },
            **{kind: names(offered, kind) for kind, offered in examples().items()},
            **{f"common.{name}": value(entry) for name, entry in common().items()},
            **{name: instrument(name) for name in INSTRUMENTS},
        },
    }


def said(key: str, **values: object) -> str:
    """Return a text in both languages."""
    return " · ".join(text(key, lang, **values) for lang in ("en", "zh"))


def closed(properties: Schema) -> Schema:
    """Return the schema of a mapping that has no other keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def reference(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def text_in_languages() -> Schema:
    """Return the schema of a text: one for both languages, or one for each."""
    return reference("text")


def economy() -> Schema:
    """Return the schema of the economy: one of the box, or a file of the user's own."""
    endings = "|".join(ending.removeprefix(".") for ending in OWN_FILES)
    own = {"type": "string", "pattern": rf"\.({endings})$"}
    return {"anyOf": [{"enum": list(box.economies())}, own], "default": DEFAULT}


def other_elasticities() -> Schema:
    """Return the schema of other elasticities than those of the base year; which an economy has the reader says."""
    known = {entry.name.removesuffix("_j"): entry for entry in schema.parameters().values()}
    known["rural_efficiency"] = known["efficiency_rj"]
    offered = sorted({name for one in box.economies() for name in elasticities(load(one))})
    bounds = {name: (known[name].minimum, known[name].maximum) for name in offered}
    return closed(
        {
            name: {"type": "number", "minimum": whole(low), "maximum": whole(high)}
            for name, (low, high) in bounds.items()
        }
    )


def discount() -> Schema:
    """Return the schema of the discount rate."""
    return {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": evidence(DISCOUNT)}


TERM_SCHEMAS = {
    "closure": lambda: {"enum": list(CLOSURES), "default": CLOSURES[0]},
    "horizon": lambda: {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": HORIZON},
    "discount": discount,
}


def common() -> dict[str, schema.Value]:
    """Return the values that every instrument has."""
    anyone = next(iter(INSTRUMENTS))
    return {name: entry for name, entry in schema.values(anyone).items() if entry.instrument == "*"}


def policy() -> Schema:
    """Return the schema of one policy: it names an instrument and holds what that instrument knows."""
    chosen = {"enum": list(INSTRUMENTS), "description": said("schema.instrument")}
    return {
        "type": "object",
        "properties": {"instrument": chosen},
        "required": ["instrument"],
        "allOf": [
            {
                "if": {"properties": {"instrument": {"const": name}}, "required": ["instrument"]},
                "then": reference(name),
            }
            for name in INSTRUMENTS
        ],
    }


def instrument(name: str) -> Schema:
    """Return the schema of the policies of one instrument."""
    entry = schema.instruments()[name]
    properties: Schema = {"instrument": {"const": name}, "about": reference("text")}
    properties["about"] |= {"description": said("schema.about")}
    for key, known in schema.values(name).items():
        properties[key] = reference(f"common.{key}") if known.instrument == "*" else value(known)
    head = {"title": f"{entry.en} · {entry.zh}", "description": f"{entry.help_en} · {entry.help_zh}"}
    if name == FiscalTransfer.instrument:
        return head | closed(properties) | PRICED_TO_RESIDENTS
    return head | closed(properties) | ({} if schema.payers(name) else PRICED_WITH_PAYER)


# Where no payer is established, a cost of one's own says who pays.
PRICED_WITH_PAYER: Schema = {
    "if": {"properties": {"cost": {"type": "number", "exclusiveMinimum": 0}}, "required": ["cost"]},
    "then": {"properties": {"payer": {"type": "object"}}, "required": ["payer"]},
}

# Services of a transfer cost what it pays; only what residents are given may be told by its cost.
PRICED_TO_RESIDENTS: Schema = {
    "if": {"properties": {"cost": {"type": ["number", "string"]}}, "required": ["cost"]},
    "then": {"properties": {"use": {"not": {"const": "services"}}}, "required": ["use"]},
}


def value(entry: schema.Value) -> Schema:
    """Return the schema of one value: kind, range, default, meaning; it may be empty where it has no default."""
    entry_schema = kind(entry) | {"description": description(entry)}
    if entry.given is None:
        entry_schema["type"] = [entry_schema["type"], "null"]
    elif entry.kind != "shares":
        entry_schema["default"] = list(entry.given) if isinstance(entry.given, tuple) else entry.given
    return entry_schema


def kind(entry: schema.Value) -> Schema:
    """Return the schema of a kind of value."""
    if entry.kind in ("number", "integer"):
        bounds = {"minimum": entry.minimum, "maximum": entry.maximum}
        return {"type": entry.kind} | {key: whole(bound) for key, bound in bounds.items() if math.isfinite(bound)}
    if entry.kind == "choice":
        return {"enum": list(entry.known)}
    if entry.kind == "shares":
        share = {"type": "number", "minimum": 0, "maximum": 1}
        payers = {who: share | {"description": said(f"payer.{who}")} for who in PAYERS}
        return closed(payers) | {"minProperties": 1}
    fewest = SHORTEST_LINE if entry.kind == "cities" else 1
    return reference(entry.kind) | ({} if EMPTY in entry.known else {"minItems": fewest})


def whole(number: float) -> float | int:
    """Write a number without a point where it has no fraction."""
    return int(number) if number == int(number) else number


def description(entry: schema.Value) -> str:
    """Say in both languages what a value is, in which unit, and how well its size is known."""
    unit = f" [{entry.unit}]" if entry.unit else ""
    status = f" ({said(f'known.{entry.status}')})" if entry.status else ""
    return f"{entry.en} · {entry.zh}{unit}{status}"


def names(offered: list[str], of: str) -> Schema:
    """Return the schema of a list of names, or of one, codes of places as numbers; which are known the reader says."""
    one: Schema = {"type": ["string", "integer"] if of == "places" else "string", "minLength": 1, "examples": offered}
    kinds = {"places": ["array", "string", "integer"], "ports": ["array", "string"]}
    return {"type": kinds.get(of, "array"), "items": one} | ({"minLength": 1} if of in kinds else {})


def place_names() -> list[str]:
    """Return places in both languages, and an expression."""
    known = [name for entry in regions.china().entries for name in (entry.en, entry.zh)]
    groups = [*regions.china().by_group, *(group.zh for group in regions.china().groups)]
    return list(dict.fromkeys([*groups, *known, EXPRESSION]))


def examples() -> dict[str, list[str]]:
    """Return names that an editor may offer, by kind of list."""
    capitals = network.capitals().values()
    return {
        "places": place_names(),
        "cities": [name for city in capitals for name in (city.en, city.zh)],
        "ports": sorted(ports.ports()),
    }
