"""The first screen of an instrument: what it does, what may be set and within what, what it costs, how to begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hinterland import schema
from hinterland.data import box
from hinterland.data.regions import china
from hinterland.economy.load import DEFAULT, load
from hinterland.instruments import INSTRUMENTS
from hinterland.names import without_remark
from hinterland.policy.costs import outlays_of
from hinterland.policy.strength import strength
from hinterland.report.quantities import Reading, reading
from hinterland.report.sheet import Sheet, make
from hinterland.scenario.listed import in_words
from hinterland.scenario.template import bounds
from hinterland.texts import listed, name_in, table, text

BORNE = ("talent",)  # whose cost falls in part on those who learn, whoever pays the schools


def first_screen(name: str, lang: str) -> list[str | Sheet]:
    """Return the parts in the order in which a user asks for them; what they rest on is one line, the last."""
    entry = schema.instruments()[name]
    paid = payers(name, lang) or text("known.not_established", lang)
    return [
        titled_with_key(name, lang),
        getattr(entry, f"help_{lang}"),
        make(text("table.values", lang), heads(lang), value_rows(name, lang), left=len(heads(lang))),
        text("instrument.cost", lang, rule=getattr(entry, f"cost_{lang}"), payers=paid),
        *example(name, lang),
        text("instrument.evidence", lang, strength=text(f"strength.{strength(name)}", lang)),
    ]


def titled_with_key(name: str, lang: str) -> str:
    """Return what an instrument is called, with its key where that is another word."""
    words = str(getattr(schema.instruments()[name], lang))
    return words if words == name else text("instruments.titled", lang, name=words, code=name)


def heads(lang: str) -> list[str]:
    """Return the heads of the values; in Chinese their meaning is their name."""
    return [text(f"column.{name}", lang) for name in ("name", *(["means"] if lang == "en" else []), "as_set")]


def value_rows(name: str, lang: str) -> Iterator[list[str]]:
    """Yield what each value is called and means, how much of it is set, and within what it may be."""
    for key, value in schema.values(name).items():
        yield [*([key] if lang == "en" else []), meaning(value, lang), as_set(value, lang)]


def meaning(value: schema.Value, lang: str) -> str:
    """Return what a value is; without what stands beside: its choices, and what holds where it is not set."""
    words = str(getattr(value, lang))
    if value.instrument == "*":
        return without_remark(words)
    return re.split("[:：]", words)[0] if value.kind == "choice" else words


def as_set(value: schema.Value, lang: str) -> str:
    """Write a value as it is set, then its range or choices."""
    if f"instrument.unset.{value.name}" in table():
        first, last = bounds(value, int(box.economies()[DEFAULT]["year"]))
        return text(f"instrument.unset.{value.name}", lang, first=int(first), last=int(last))
    if value.kind in schema.LISTS:
        return in_words(value.given, value.kind, lang, china())
    if value.kind == "choice":
        others = [name_in("choice", key, lang) for key in value.known if key != value.given]
        more = text("instrument.or", lang, others=listed(others, lang)) if others else ""
        return name_in("choice", str(value.given), lang) + more
    of = reading_of(value, lang)
    low, high = (quantity(bound, of) for bound in (value.minimum, value.maximum))
    unit = f" {of.unit}".rstrip() if value.given is None else ""
    set_to = text("instrument.unset", lang) if value.given is None else f"{quantity(value.given, of)} {of.unit}".strip()
    return set_to + text("instrument.range", lang, low=low, high=high, unit=unit)


def reading_of(value: schema.Value, lang: str) -> Reading:
    """Return how the numbers of a value are read."""
    return reading(value.unit, lang, 0.0 if value.given is None else value.given)


def quantity(number: float, of: Reading) -> str:
    """Write a number in the unit in which it is read."""
    return f"{of.factor * number:,.10g}"


def example(name: str, lang: str) -> list[str]:
    """Return the commands by which a user begins: a file of this instrument, and its run with another size."""
    if name == schema.MEASUREMENT:
        return []
    value = schema.values(name)[schema.instruments()[name].size]
    given = value.given or value.maximum  # of what is off as it stands, the most
    of = reading_of(value, lang)
    much = f"{of.factor * given:.6g}{'%' if of.unit == '%' else ''}" if value.unit == "share" else f"{given:.6g}"
    label, called = (name, value.name) if lang == "en" else (schema.instruments()[name].zh, without_remark(value.zh))
    return [
        text("instrument.example", lang),
        f"  hinterland scenarios new plan --instruments {name} --out plan.yaml",
        f"  hinterland run plan.yaml --set {label}.{called}={much}",
    ]


def payers(name: str, lang: str) -> str:
    """Say who pays which part by the rule; of costs that others bear themselves, which part of the whole these are."""
    rule, borne = schema.payers(name), borne_by_others(name)
    left = 1 - sum(borne.values())
    shares = {who: share * left for who, share in rule.items()}
    for who, share in borne.items():
        shares[who] = shares.get(who, 0.0) + share
    said, ruled = (
        listed((f"{text(f'payer.{who}', lang)} {100 * share:.3g} %" for who, share in of.items()), lang)
        for of in (shares, rule)
    )
    return text("instruments.borne", lang, shares=said, rule=ruled, economy=DEFAULT) if borne else said


def borne_by_others(name: str) -> dict[str, float]:
    """Return payer -> part of the cost that the rule of payers does not reach: at default values in the first economy.

    Known of outlays that are paid once.
    """
    outlays = outlays_of(INSTRUMENTS[name](), load(DEFAULT)) if name in BORNE else ()
    amounts = {who: 0.0 for of in outlays for who in of.payers or ()}
    for of in outlays:
        for who, share in (of.payers or {}).items():
            amounts[who] += share * float(of.once_n.sum())
    total = sum(float(of.once_n.sum()) for of in outlays)
    return {who: amount / total for who, amount in amounts.items()}
