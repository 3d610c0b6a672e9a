"""What may be wrong with one value of a policy: its kind, its range, percent for share, payers that do not add up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from hinterland import schema
from hinterland.errors import Bilingual, Problem, hint, in_both
from hinterland.labels import is_of
from hinterland.names import meant, number_in
from hinterland.policy.amounts import amount_in
from hinterland.schema.names import of_texts
from hinterland.texts import listed, name_in, text, unit_name

PAYERS = ("centre", "province", "firms", "people")
PERCENT = 2  # a share of less is too much, and one of more is likely told in percent
SHARES_ADD_UP = 1e-9
YEARLY = "bn CNY a year"  # of a cost of one's own, which a Chinese reader counts in 亿元
TENFOLD, IN_CHINESE = 10.0, "100m CNY a year"


def by_key(entry: schema.Value, value: Any) -> Any:
    """Return a choice, or shares of payers, by the keys of what was said in either language; an amount with its unit.

    Anything else stays as it is.
    """
    if entry.unit == YEARLY and (found := amount_in(value)) is not None:
        return found
    if entry.unit == "share" and isinstance(value, str) and (said := number_in(value)) is not None and said[1]:
        return said[0] / 100
    if entry.kind == "choice" and isinstance(value, str) and value not in entry.known:
        return meant(value, of_texts("choice", entry.known), parts=False) or value
    if entry.kind == "shares" and isinstance(value, Mapping):
        keys = {who: meant(who, of_texts("payer", PAYERS), parts=False) or who for who in value if isinstance(who, str)}
        return (
            {keys.get(who, who): share for who, share in value.items()}
            if len({*keys.values()}) == len(value)
            else value
        )
    return value


def value_problems(entry: schema.Value, value: Any, instrument: str) -> list[Problem]:
    """Return what is wrong with one value: its kind, its range, percent for share, payers that do not add up."""
    where = f"{instrument}.{entry.name}"
    if value is None and entry.given is None:
        return []
    if entry.kind == "number":
        return number_problems(where, value, entry)
    if entry.kind == "integer":
        return whole_problems(where, value, entry)
    if entry.kind == "choice" and value not in entry.known:
        near = hint(str(value), entry.known, 0)
        in_chinese = "、".join(f"{name_in('choice', key, 'zh')}（{key}）" for key in entry.known)
        known = Bilingual(", ".join(entry.known), in_chinese)
        return [Problem("policy.choice", {"where": where, "value": value, "near": near, "known": known})]
    if entry.kind in schema.LISTS and not is_list_of_names(plain_list(value, entry), "may_be_empty" in entry.known):
        return [Problem(f"policy.{entry.kind}", {"where": where, "value": value})]
    if entry.kind == "shares":
        return payer_problems(where, value)
    return []


def plain_list(value: Any, entry: schema.Value) -> Any:
    """Return a list as it is kept: a set of places or ports in order, codes written as numbers as texts.

    One place alone is a list of one, and a column or an array of names a list. The stops of a line have an order, which
    a set has not: a set of cities stays one, and is refused.
    """
    if entry.kind not in schema.LISTS:
        return value
    if is_of(value, "pandas", "Series", "Index", "Categorical") or is_of(value, "xarray", "DataArray"):
        value = np.asarray(value)
    if isinstance(value, np.ndarray) and value.ndim < 2:
        value = value.tolist()
    if entry.kind != "cities" and (isinstance(value, str) or is_whole(value)):
        value = [value]
    if isinstance(value, set | frozenset) and entry.kind != "cities":
        value = sorted(value, key=str)
    if not isinstance(value, list | tuple):
        return value
    texts = (str(of) if isinstance(of, str) else of for of in value)  # NumPy has texts of its own
    return tuple(str(int(of)) if entry.kind == "places" and is_whole(of) else of for of in texts)


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number, and no truth value."""
    number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    return number and float(value).is_integer()


def is_list_of_names(value: Any, optional: bool) -> bool:
    """Whether a value is a list of texts, not empty unless it may be."""
    return isinstance(value, tuple) and all(isinstance(of, str) and of for of in value) and (optional or bool(value))


def is_finite(value: Any) -> bool:
    """Whether a number is finite, and small enough to be one."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def number_problems(where: str, value: Any, entry: schema.Value) -> list[Problem]:
    """Return what is wrong with a number: not a number, not finite, out of range, percent for share."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
        if entry.unit == YEARLY:
            return [Problem("policy.not_an_amount", {"where": where, "value": value})]
        like = {"unit": in_unit(entry), "example": example(entry)}
        return [Problem("policy.not_a_number", {"where": where, "value": value, **like})]
    if not is_finite(value):
        return [Problem("policy.not_finite", {"where": where, "value": value})]
    if entry.minimum <= value <= entry.maximum:
        return []
    percent = entry.unit == "share" and PERCENT <= value <= 100 and value / 100 <= entry.maximum
    return [
        Problem(
            "policy.percent" if percent else "policy.range",
            {
                "where": where,
                "value": bare(value, entry),
                "unit": unit_of(entry),
                "low": amount(entry.minimum, entry),
                "high": amount(entry.maximum, entry),
                "hundredth": value / 100,
            },
        )
    ]


def in_unit(entry: schema.Value) -> Problem | str:
    """Return in which unit a number counts, for messages; nothing of a share, which is written in two ways."""
    return "" if entry.unit == "share" else Problem("policy.in_unit", {"unit": unit_of(entry)})


def example(entry: schema.Value) -> Problem | str:
    """Return a number as it may be written."""
    if entry.unit == "share":
        return Problem("policy.like_a_share")
    return f"{entry.given or entry.minimum:.10g}"


def bare(value: Any, entry: schema.Value) -> Bilingual:
    """Return a number as it was written, and in what it counts where that is not said."""
    said = f"{value:,.10g}"
    return Bilingual(said, f"{said}（{text('template.bare', 'zh')}）" if entry.unit == YEARLY else said)


def as_written(problem: Problem, said: Mapping[str, Any]) -> Problem:
    """Return a problem with the value in the words in which it was written, such as an amount with its unit."""
    name = str(problem.values.get("where", "")).rpartition(".")[2]
    words = said.get(name)
    if "value" not in problem.values or not isinstance(words, str):
        return problem
    return Problem(problem.key, {**problem.values, "value": words})


def known_payers() -> Bilingual:
    """Return who may pay, as messages list them."""
    return Bilingual(", ".join(PAYERS), listed((text(f"payer.{who}", "zh") for who in PAYERS), "zh"))


def unit_of(entry: schema.Value) -> Bilingual:
    """Return the unit of a value for messages."""
    return Bilingual(entry.unit, unit_name(IN_CHINESE if entry.unit == YEARLY else entry.unit, "zh"))


def amount(value: Any, entry: schema.Value) -> Any:
    """Return a number as messages tell it: amounts of money in Chinese in the unit that is named beside them."""
    return Bilingual(f"{value:,.10g}", f"{TENFOLD * value if entry.unit == YEARLY else value:,.10g}")


def whole_problems(where: str, value: Any, entry: schema.Value) -> list[Problem]:
    """Return what is wrong with a year or a number of years."""
    if isinstance(value, bool) or not isinstance(value, int):
        return [Problem("policy.year", {"where": where, "value": value})]
    if not entry.minimum <= value <= entry.maximum:
        low, high = int(entry.minimum), int(entry.maximum)
        if entry.unit == "year":  # counted from a base year, which the scenario knows
            return [Problem("policy.year_range", {"where": where, "value": value, "high": high})]
        return [
            Problem("policy.range", {"where": where, "value": value, "unit": unit_of(entry), "low": low, "high": high})
        ]
    return []


def payer_problems(where: str, value: Any) -> list[Problem]:
    """Return what is wrong with the shares of those who pay."""
    numbers = isinstance(value, Mapping) and all(
        isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1 for share in value.values()
    )
    if not numbers:
        return [Problem("policy.payer", {"where": where, "value": value, "known": known_payers()})]
    unknown = [who for who in value if who not in PAYERS]
    if unknown:
        near = hint(str(unknown[0]), in_both({who: text(f"payer.{who}", "zh") for who in PAYERS}))
        return [Problem("policy.unknown_payer", {"where": where, "value": unknown[0], "near": near})]
    total = sum(value.values())
    if abs(total - 1) > SHARES_ADD_UP:
        return [Problem("policy.payer_sum", {"where": where, "found": f"{total:g}"})]
    return []
