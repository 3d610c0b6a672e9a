"""The JSON Schema of scenario files, made from what the reader itself reads: one source for check, help and editors.

It says what a file may hold: keys, instruments, values with their ranges, choices. What only an economy can say (is the
place known, do shares add up to one, do years come in order, do two policies overlap) stays with `scenario.file.read`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hinterland import schema
from hinterland.data import box, network, ports, regions
from hinterland.economy.elasticities import elasticities
from hinterland.economy.load import DEFAULT, OWN_FILES, load
from hinterland.instruments import INSTRUMENTS
from hinterland.instruments.fiscal_transfer import FiscalTransfer
from hinterland.names import CHINESE, meant, without_remark
from hinterland.policy.costs import CLOSURES, DISCOUNT, HORIZON, evidence
from hinterland.policy.values import PAYERS
from hinterland.scenario.edits import BETWEEN
from hinterland.scenario.file import KEYS
from hinterland.scenario.patterns import either, number, pattern_of
from hinterland.scenario.said import OF_POLICY
from hinterland.scenario.scenario import EXPECTATIONS, LONGEST, TERMS, TEXTS
from hinterland.schema.names import names_of, of_texts
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
    described = {key: keys[key] | {"description": said(f"schema.{key}")} for key in KEYS}
    return {
        "$schema": DIALECT,
        "title": "Hinterland scenario · 腹地方案",
        **by_names(described, of_texts("schema", KEYS), "#"),
        "patternProperties": {CHINESE.pattern: True},  # parts of names will do: the reader says of which
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


def goes_by(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return every name that is printed of some things, and their keys, by which the reader takes them -> key."""
    names = {name for key, of in known.items() for name in (key, *of, *map(without_remark, of)) if name}
    found = {name: meant(name, known, parts=False) for name in sorted(names)}
    return {key: key for key in known} | {name: key for name, key in found.items() if key}


def by_names(properties: Schema, known: Mapping[str, Iterable[str]], place: str) -> Schema:
    """Return the schema of a mapping, at a place, whose keys go by every name that is printed of them."""
    others = {name: key for name, key in goes_by(known).items() if key in properties and name not in properties}
    return closed(properties | {name: {"$ref": f"{place}/properties/{key}"} for name, key in others.items()})


def words(keys: tuple[str, ...], kind: str) -> Schema:
    """Return the schema of a choice among keys, by any name that is printed of them."""
    return {"enum": [*goes_by(of_texts(kind, keys))]}


def required(key: str, known: Mapping[str, Iterable[str]]) -> Schema:
    """Return the schema of a mapping that has a key, by any name of it."""
    return {"anyOf": [{"required": [name]} for name, of in goes_by(known).items() if of == key]}


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
    titles = {name: (entry["zh"], entry["en"], f"中国{entry['year']}年") for name, entry in box.economies().items()}
    return {"anyOf": [{"enum": [*goes_by(titles)]}, own], "default": DEFAULT}


def other_elasticities() -> Schema:
    """Return the schema of other elasticities than those of the base year; which an economy has the reader says."""
    known = {entry.name.removesuffix("_j"): entry for entry in schema.parameters().values()}
    known["rural_efficiency"] = known["efficiency_rj"]
    offered = sorted({name for one in box.economies() for name in elasticities(load(one))})
    bounds = {name: (known[name].minimum, known[name].maximum) for name in offered}
    properties = {
        name: {"type": "number", "minimum": whole(low), "maximum": whole(high)} for name, (low, high) in bounds.items()
    }
    return by_names(properties, of_texts("parameter", tuple(properties)), "#/properties/elasticities")


def discount() -> Schema:
    """Return the schema of the discount rate."""
    bounds = {"exclusiveMinimum": 0, "exclusiveMaximum": 1}
    return {
        "type": ["number", "string"],
        **bounds,
        "pattern": either(number(percent=True)),
        "default": evidence(DISCOUNT),
    }


TERM_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "closure": lambda: words(CLOSURES, "closure") | {"default": CLOSURES[0]},
    "horizon": lambda: {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": LONGEST,
        "pattern": either(number()),
        "default": HORIZON,
    },
    "discount": discount,
    "expectations": lambda: words(EXPECTATIONS, "expectations") | {"default": EXPECTATIONS[0]},
}


def common() -> dict[str, schema.Value]:
    """Return the values that every instrument has."""
    anyone = next(iter(INSTRUMENTS))
    return {name: entry for name, entry in schema.values(anyone).items() if entry.instrument == "*"}


def policy() -> Schema:
    """Return the schema of one policy: it names an instrument and holds what that instrument knows."""
    keys, called = of_texts("schema", ("instrument",)), goes_by(names_of(schema.instruments()))
    saying = {of: {"enum": [said for said, key in called.items() if key == of]} for of in INSTRUMENTS}
    chosen = {"enum": [*called], "description": said("schema.instrument")}
    names = [*goes_by(keys)]
    return {
        "type": "object",
        "properties": dict.fromkeys(names, chosen),
        **required("instrument", keys),
        "allOf": [
            {
                "if": {"anyOf": [{"properties": {name: saying[of]}, "required": [name]} for name in names]},
                "then": reference(of),
            }
            for of in INSTRUMENTS
        ],
    }


def instrument(name: str) -> Schema:
    """Return the schema of the policies of one instrument."""
    entry = schema.instruments()[name]
    properties: Schema = {"instrument": {"type": "string"}, "about": reference("text")}
    properties["about"] |= {"description": said("schema.about")}
    for key, known in schema.values(name).items():
        properties[key] = reference(f"common.{key}") if known.instrument == "*" else value(known)
    head = {"title": f"{entry.en} · {entry.zh}", "description": f"{entry.help_en} · {entry.help_zh}"}
    called = names_of(schema.values(name))
    body = by_names(properties, called | of_texts("schema", OF_POLICY), f"#/$defs/{name}")
    if name == FiscalTransfer.instrument:
        return head | body | priced_to_residents(called)
    return head | body | ({} if schema.payers(name) else priced_with_payer(called))


def priced_with_payer(known: Mapping[str, Iterable[str]]) -> Schema:
    """Return that a cost of one's own says who pays, where no payer is established."""
    cost = {"properties": {"cost": {"type": "number", "exclusiveMinimum": 0}}, "required": ["cost"]}
    return {"if": cost, "then": {"properties": {"payer": {"type": "object"}}, **required("payer", known)}}


def priced_to_residents(known: Mapping[str, Iterable[str]]) -> Schema:
    """Return that services of a transfer cost what it pays: only what residents get may be told by its cost."""
    cost = {"properties": {"cost": {"type": ["number", "string"]}}, "required": ["cost"]}
    return {"if": cost, "then": {"properties": {"use": {"not": {"const": "services"}}}, **required("use", known)}}


def value(entry: schema.Value) -> Schema:
    """Return the schema of one value: kind, range, default, meaning; it may be empty where it has no default."""
    entry_schema = kind(entry) | {"description": description(entry)}
    if entry.given is None:
        given = entry_schema["type"]
        entry_schema["type"] = [*(given if isinstance(given, list) else [given]), "null"]
    elif entry.kind != "shares":
        entry_schema["default"] = list(entry.given) if isinstance(entry.given, tuple) else entry.given
    return entry_schema


def kind(entry: schema.Value) -> Schema:
    """Return the schema of a kind of value."""
    if entry.kind in ("number", "integer"):
        bounds = {"minimum": entry.minimum, "maximum": entry.maximum}
        known = {key: whole(bound) for key, bound in bounds.items() if math.isfinite(bound)}
        return {"type": [entry.kind, "string"]} | known | {"pattern": pattern_of(entry)}
    if entry.kind == "choice":
        return words(entry.known, "choice")
    if entry.kind == "shares":
        share = {"type": ["number", "string"], "minimum": 0, "maximum": 1, "pattern": either(number(percent=True))}
        called = goes_by(of_texts("payer", PAYERS))
        payers = {name: share | {"description": said(f"payer.{who}")} for name, who in called.items()}
        return closed(payers) | {"minProperties": 1}
    if entry.kind == "cities":  # a text names several with Chinese commas between
        line = reference(entry.kind)
        several = {"type": "array", "contains": {"type": "string", "pattern": BETWEEN.pattern}}
        alone = {"type": "string", "pattern": BETWEEN.pattern}
        return {"type": ["array", "string"], "anyOf": [{**line, "minItems": SHORTEST_LINE}, several, alone]}
    fewest = 1
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
