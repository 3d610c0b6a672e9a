"""Words and numbers of pictures: what a name means in either language, and in what unit its numbers are read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hinterland.economy.accounts import currency
from hinterland.errors import Bilingual, DataError, Problem, hint, require_kind, several
from hinterland.names import meant, without_unit
from hinterland.report.changes import is_difference, reading_of_change
from hinterland.report.quantities import Reading, missing, reading
from hinterland.report.tables import part_name, short_name, variable_name
from hinterland.scenario import called
from hinterland.schema import indicators, outcomes, variables
from hinterland.schema.names import names_of, outcome_named
from hinterland.study.path import TIMELESS, Path
from hinterland.study.run import Result
from hinterland.texts import listed, text

PLAIN = ("1", "index", "ratio")  # units that say nothing beside a number
MINUS = "\N{MINUS SIGN}"


def resolved(said: object, known: Mapping[str, Iterable[str]], key: str, **values: object) -> str:
    """Return which of the known is meant by key or name, with or without a unit; a DataError names all that are."""
    found = meant(str(said), known) or meant(without_unit(str(said)), known)
    if not found:
        near = hint(
            f"{said!s:.60}", [*dict.fromkeys(word for name, words in known.items() for word in (name, *words))], 0
        )
        labels = several([*map(label, known.items())])
        raise DataError(Problem(key, {"value": f"{said!s:.60}", "near": near, "known": labels, **values}))
    return found


def label(entry: tuple[str, Iterable[str]]) -> Bilingual:
    """Return what a message calls a thing: its key, and in Chinese its Chinese name, which comes first."""
    key, words = entry
    return Bilingual(key, next(iter(words), key))


def variable_names(name: str) -> list[str]:
    """Return every name of an outcome, indicator or series of the panel, a Chinese one first."""
    found = list[str]()
    if name in outcomes():
        found += [f(name, lang) for lang in ("zh", "en") for f in (variable_name, short_name)]
    for table in (indicators(), variables()):
        found += names_of(table).get(name, ())
    return found or [variable_name(name, lang) for lang in ("zh", "en")]


def chosen_variable(said: str | None, known: Sequence[str], first: str) -> str:
    """Return the variable that is meant among the known; `first`, or what there is, where none is asked for."""
    if said is None:
        return first if first in known else known[0]
    return resolved(said, {name: variable_names(name) for name in known}, "chart.no_variable")


def timed_variable(followed: Path, said: str) -> str:
    """Return what was said of a variable; one that is of a whole life has no years, and a DataError says so."""
    name = without_unit(said)
    return followed.outcome(name) if outcome_named(name) in TIMELESS else said


def name_of(variable: str, lang: str) -> str:
    """Return what an outcome, an indicator or a series is called."""
    if variable in outcomes():
        return variable_name(variable, lang)
    for table in (indicators(), variables()):
        if variable in table:
            return str(getattr(table[variable], lang))
    return variable_name(variable, lang)


def largest(values: Iterable[Any]) -> float:
    """Return the largest size among numbers; zero where there are none."""
    return max((abs(value) for value in values if not missing(value)), default=0.0)


def level_reading(unit: str, lang: str, values: Iterable[Any], digits: int | None = None) -> Reading:
    """Return how levels in a unit of the schema are read; digits where the unit has none: so many that count."""
    most = largest(values)
    found = reading(unit, lang, most)
    kept = found.digits if found.digits is not None else digits
    name = "" if unit in PLAIN else found.unit
    return Reading(found.factor, name, digits_for(found.factor * most) if kept is None else kept)


def digits_for(most: float) -> int:
    """Return how many digits after the point numbers up to this size need: three or four that count."""
    return 2 if not most > 0 else max(0, min(4, 2 - math.floor(math.log10(most))))


def change_reading(variable: str, unit: str, lang: str, values: Iterable[Any] = ()) -> Reading:
    """Return how changes of an outcome are read: in percent, in points, or in its own unit."""
    if variable not in outcomes() or is_difference(variable):
        return level_reading(unit, lang, values, outcomes()[variable].change_digits if variable in outcomes() else None)
    return reading_of_change(variable, lang, counted=True)


def figure(of: Reading, value: Any, sign: str = "") -> str:
    """Write a number as it stands in a picture, without its unit."""
    return of.number(value, sign=sign).replace("-", MINUS)


def with_unit(of: Reading, value: Any, sign: str = "") -> str:
    """Write a number with its unit as it stands in a sentence."""
    return f"{figure(of, value, sign)} {of.unit}".strip()


def title_of(result: Result, lang: str) -> str:
    """Return what a scenario is called in a language."""
    return result.scenario.called(lang)


def with_and(words: Sequence[str], lang: str) -> str:
    """Return words as a list in a sentence, with its `and`."""
    if lang == "zh" or len(words) < 2:
        return listed(words, lang)
    return f"{listed(words[:-1], lang)} and {words[-1]}"


def policy_names(result: Result, lang: str) -> dict[str, str]:
    """Return label -> name of every policy: its instrument, with what tells it apart where several have one."""
    return called.policy_names(result.scenario.policies, result.scenario.economy.regions, lang)


def row_names(result: Result, lang: str) -> dict[str, str]:
    """Return what tables call a policy -> what it is called in words."""
    names = policy_names(result, lang)
    return {part_name(label, lang): name for label, name in names.items()} | names


def part_names(result: Result, parts: Iterable[object], lang: str, by_policy: bool) -> list[str]:
    """Return what the parts of a change are called: policies or channels, what pays for them, the total.

    Channels are asked for as such: a policy may have the label of one.
    """
    labels = policy_names(result, lang) if by_policy else {}
    return [part_name(str(part), lang, labels) for part in parts]


def result_of(given: object) -> Result:
    """Return a run, or raise a DataError where something else stands in its place."""
    require_kind(given, Result, "result")
    assert isinstance(given, Result)
    return given


def no_choice(variable: str | None, name: str) -> None:
    """Raise a DataError where a variable is asked of a picture that shows one thing."""
    if variable is not None:
        raise DataError(Problem("chart.one_thing", {"value": variable, "name": said_in_both(name)}))


def said_in_both(name: str) -> Bilingual:
    """Return what a picture is called, for messages."""
    return Bilingual(*(text(f"chart.name.{name}", lang) for lang in ("en", "zh")))


def finer(of: Reading, values: Iterable[Any]) -> Reading:
    """Return the same unit with as many digits as small changes need to be seen."""
    return Reading(of.factor, of.unit, max(of.digits or 0, digits_for(of.factor * largest(values))))


def has_money(result: Result, name: str) -> None:
    """Raise a DataError where an economy has no currency, in which a picture would be drawn."""
    if not math.isfinite(currency(result.scenario.economy)):
        raise DataError(
            Problem("chart.no_money", {"name": said_in_both(name), "economy": result.scenario.economy.name})
        )
