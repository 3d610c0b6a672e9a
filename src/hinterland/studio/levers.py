"""What can be moved: instruments with their values in the units in which they are read, places, presets, words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

import hinterland as hl
from hinterland.studio.api import Instrument, Lever, Option, Preset, Start, Value
from hinterland.studio.scenarios import BLANK, FIRST, of_the_box
from hinterland.texts import LANGUAGES, name_in, table, text, unit_name

PREFIX = "studio."
ONE_AT_A_TIME = Lock()
STEPS = 100  # of a slider
RATES = (0.5, 20.0)  # percent a year, that a slider offers
NICE = (1, 2, 2.5, 5, 10)
YEARS = ("start", "end")
OWN = "hinterland"  # the source of what is assumed here
ABOUT = ("represents", "facts", "assumptions")


def start(lang: str) -> Start:
    """Return what the page needs once in a language; who asks while it is being made waits for it."""
    with ONE_AT_A_TIME:
        return _start(lang)


@cache
def _start(lang: str) -> Start:
    cities, ports = (offered()["$defs"][kind]["items"]["examples"] for kind in ("cities", "ports"))
    return Start(
        lang,
        version("hinterland"),
        {key.removeprefix(PREFIX): words[lang] for key, words in table().items() if key.startswith(PREFIX)},
        [preset(name, lang) for name in hl.presets()],
        [instrument(name, lang) for name in hl.schema.instruments()],
        terms(lang),
        places(lang),
        [named(name, "cities", lang) for name in cities if name.isascii()],
        [named(name, "ports", lang) for name in ports],
        series(lang),
        [(tile.code, tile.column, tile.row) for tile in hl.charts.tiles().values()],
        [group.key for group in regions().groups if group.kind == "macro_region"],
        BLANK,
        hl.charts.config(lang) | {"background": "transparent"},
    )


@cache
def offered() -> dict[str, Any]:
    """Return the schema of scenario files: names that are offered, ranges and defaults of what is no policy."""
    found: dict[str, Any] = json.loads(hl.schema.HERE.joinpath("scenario.schema.json").read_text(encoding="utf-8"))
    return found


def terms(lang: str) -> list[Value]:
    """Return how policies are paid for, and over how many years and at which rate values are counted."""
    known = offered()["properties"]
    horizon, discount = (text(f"schema.{key}", lang) for key in ("horizon", "discount"))
    beyond = text("studio.outside.common", lang)
    last, years = float(known["horizon"]["maximum"]), unit_name("years", lang)
    return [
        choice("closure", lang),
        Value("horizon", "integer", horizon, years, 1, last, 1, 1, known["horizon"]["default"], [], "", beyond, True),
        Value(
            "discount", "number", discount, "%", *RATES, 0.5, 100, known["discount"]["default"], [], "", beyond, True
        ),
        choice("expectations", lang),
    ]


def choice(term: str, lang: str) -> Value:
    """Return a term that is one of a few words."""
    known = offered()["properties"][term]
    options = [Option(key, text(f"{term}.{key}", lang)) for key in known["enum"] if f"{term}.{key}" in table()]
    return Value(term, "choice", text(f"schema.{term}", lang), "", 0, 0, 1, 1, known["default"], options, "", "", True)


@cache
def regions() -> Any:
    """Return the regions that places are chosen from."""
    return of_the_box(FIRST).economy.regions


def preset(name: str, lang: str) -> Preset:
    """Return a ready scenario with its story, facts and assumptions."""
    head = hl.stories()[name]
    parts = [(text(f"about.{key}", lang), head.get(key, {}).get(lang, "").strip()) for key in ABOUT]
    return Preset(name, head["title"].get(lang, name), [part for part in parts if part[1]])


def places(lang: str) -> list[Option]:
    """Return groups and provinces; their keys are what a scenario file holds."""
    known = regions()
    groups = [
        Option(group.key, getattr(group, lang), name_in("grouping", group.kind, lang), names_of(group.key, group))
        for group in known.groups
        if set(group.codes) <= set(known.codes)
    ]
    provinces = text("studio.provinces", lang)
    domestic = of_the_box(FIRST).economy.domestic_codes
    return [
        *groups,
        *(
            Option(known.name(code, "en"), known.name(code, lang), provinces, names_of(code, known.by_code[code]))
            for code in domestic
        ),
    ]


def names_of(key: str, entry: Any) -> list[str]:
    """Return every name of a place, its key first."""
    return [key, entry.zh, entry.en, *getattr(entry, "variants", ())]


def named(key: str, kind: str, lang: str) -> Option:
    """Return a city or a port by its name in a language, with those by which it is also taken."""
    names: dict[str, str] = {of: hl.in_words([key], kind, of, regions()) for of in LANGUAGES}
    return Option(key, names[lang], "", [*names.values(), f"{names['zh']}市"])


def series(lang: str) -> list[Option]:
    """Return the series that have figures of several years, by name."""
    found = [(name, entry) for name, entry in hl.schema.variables().items() if len(years_of(name)) > 1]
    return [Option(name, getattr(entry, lang)) for name, entry in found]


def years_of(name: str) -> tuple[int, ...]:
    """Return the years of which a series has any figure."""
    return all_years().get(name, ())


@cache
def all_years() -> dict[str, tuple[int, ...]]:
    """Return the years of every series."""
    table = hl.panel()
    return {str(name): tuple(sorted(map(int, years.unique()))) for name, years in table.groupby("variable")["year"]}


def instrument(name: str, lang: str) -> Instrument:
    """Return an instrument in words."""
    entry, mark = hl.schema.instruments()[name], hl.strength(name)
    return Instrument(
        name,
        getattr(entry, lang),
        entry.size,
        getattr(entry, f"help_{lang}"),
        getattr(entry, f"cost_{lang}"),
        text(f"strength.{mark}", lang),
        mark,
        hl.schema.payers(name),
        [value(of, lang) for of in hl.schema.values(name).values()],
        [getattr(found, lang) for found in hl.schema.evidence().values() if found.instrument == name],
        name != hl.schema.MEASUREMENT,
    )


def value(of: Any, lang: str) -> Value:
    """Return one value of an instrument in the unit in which it is read."""
    numeric = of.kind in ("number", "integer")
    read = hl.reading(of.unit, lang, of.maximum) if numeric else hl.reading("", lang)
    factor = read.factor if of.kind == "number" else 1.0
    plain = of.unit in ("1", "ratio", "elasticity", "year")
    low, high = (factor * end if math.isfinite(end) else 0.0 for end in (of.minimum, of.maximum))
    return Value(
        of.name,
        of.kind,
        getattr(of, lang),
        "" if plain or not numeric else (read.unit or unit_name(of.unit, lang)),
        low,
        high,
        1.0 if of.kind == "integer" else nice((high - low) / STEPS),
        factor,
        list(of.given) if isinstance(of.given, tuple) else of.given,
        [Option(key, name_in("choice", key, lang)) for key in of.known] if of.kind == "choice" else [],
        text(f"known.{of.status}", lang) if of.status else "",
        outside(of, lang),
        of.instrument == "*",
    )


def outside(of: Any, lang: str) -> str:
    """Return what is said of a number out of the range of a value: that it is not taken, whose the range is."""
    if of.instrument == "*" or not of.status:
        return text(f"studio.outside.{'years' if of.name in YEARS else 'common'}", lang)
    source = hl.schema.evidence()[of.evidence].source if of.evidence else OWN
    known = text(f"known.{of.status}", lang) if source == OWN else hl.cited(source)
    return text("studio.outside.of", lang, name=getattr(hl.schema.instruments()[of.instrument], lang), known=known)


def nice(step: float) -> float:
    """Return the next number of few digits that is no smaller."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(float(f"{digit * power:.6g}") for digit in NICE if digit * power >= step * (1 - 1e-9))


def step_through(low: float, given: float, high: float) -> float:
    """Return a step that meets the default and the highest from the lowest on, about a hundredth of the way."""
    way, first = (Decimal(repr(end)) - Decimal(repr(low)) for end in (high, given))
    unit = min(Decimal(1).scaleb(int(size.as_tuple().exponent)) for size in (way, first, way / STEPS))
    whole = math.gcd(int(way / unit), int(first / unit))
    fitting = (parts for parts in range(1, whole + 1) if whole % parts == 0 and whole / parts * STEPS <= way / unit)
    return float(unit * whole / next(fitting, whole))


def levers(seen: Any, lang: str) -> list[Lever]:
    """Return the policies of a scenario in words: what each costs, why it has its size, whom it is for."""
    scenario, outlays, names = seen.scenario, seen.package.outlays, hl.charts.policy_names(seen, lang)
    return [
        Lever(
            label,
            names[label],
            in_time(cost(outlays[label], lang), scenario, label, lang),
            reason(scenario, label, lang),
            lists(policy, lang),
            years(scenario, policy),
        )
        for label, policy in scenario.policies.items()
    ]


def years(scenario: hl.Scenario, policy: Any) -> dict[str, tuple[int, int]]:
    """Return between which years a policy may start, and end once at full force: those of a run, and its own end."""
    base = scenario.economy.year
    last = base + scenario.horizon
    return {"start": (base + 1, last), "end": (scenario.full_from(policy), max(last, policy.end or last))}


def in_time(words: str, scenario: hl.Scenario, label: str, lang: str) -> str:
    """Return what a policy costs; one that has ended by the year that is compared says when, and that it is over."""
    if label in scenario.in_force():
        return words
    values = {"cost": words, "end": scenario.policies[label].end, "year": scenario.rest_year}
    return text("studio.cost.ended", lang, **values)


def cost(outlays: Iterable[Any], lang: str) -> str:
    """Return what is paid once and every year, or that no unit cost is known."""
    paid = list(outlays)
    if not paid:
        return text("payer.none", lang)
    words = []
    for key in ("once", "yearly"):
        amount = sum(float(getattr(one, f"{key}_n").sum()) for one in paid)
        if amount:
            words.append(text(f"studio.cost.{key}", lang, amount=hl.reading("bn CNY", lang, amount).figure(amount)))
    return ("；" if lang == "zh" else "; ").join(words) or text("outlay.none", lang)


def reason(scenario: hl.Scenario, label: str, lang: str) -> str:
    """Return why a policy has its size."""
    return str(scenario.about.get(label, {}).get(lang, ""))


def lists(policy: Any, lang: str) -> dict[str, list[str]]:
    """Return the places, cities and ports of a policy by their names."""
    entries = hl.schema.values(policy.instrument)
    return {
        name: [hl.in_words([of], entries[name].kind, lang, regions()) for of in given]
        for name, given in policy.values().items()
        if entries[name].kind in hl.schema.LISTS and given
    }
