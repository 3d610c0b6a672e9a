"""What the commands share that take a scenario: `--set`, places, options that exclude each other, remarks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.cli.terminal import note
from hinterland.errors import HinterlandError, Problem
from hinterland.texts import Lang

if TYPE_CHECKING:
    from hinterland.scenario.scenario import Scenario


def noted(scenario: "Scenario", lang: Lang) -> list[str]:
    """Say what a user should know of a scenario before it is solved, and return it."""
    from hinterland.scenario.remarks import remarks

    lines = [remark.text(lang) for remark in remarks(scenario)]
    for line in lines:
        note(line)
    return lines


def only_one(asked: Mapping[str, object]) -> None:
    """Raise where several are asked for of options each of which shows its own alone."""
    if len(several := [name for name, given in asked.items() if given]) > 1:
        raise HinterlandError(Problem("cli.one_of_two", {"first": several[0], "second": several[1]}))


def check_places(scenario: "Scenario", places: Sequence[str], by: str) -> None:
    """Raise, before any work, where a place or a grouping is not known."""
    from hinterland.report.places import place_of

    for name in places:
        place_of(scenario.economy, name)
    if by:
        scenario.economy.regions.known_grouping(by, scenario.economy.domestic_codes)


def edited(scenario: "Scenario", values: list[str] | None) -> "Scenario":
    """Return a scenario as `--set` changes it."""
    return scenario.with_values(changes(values)) if values else scenario


def changes(given: list[str]) -> dict[str, Any]:
    """Return what `--set` asks for by key, or raise: a key that stands twice would hide one of two wishes."""
    pairs = [pair(one) for one in given]
    twice = sorted({key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1})
    if twice:
        raise HinterlandError(Problem("cli.set_twice", {"value": key}) for key in twice)
    return dict(pairs)


def pair(given: str) -> tuple[str, Any]:
    """Cut `policy.value=number`, or `closure=debt` and its like, in two, or raise."""
    from hinterland.scenario.edits import STOPS, term_named
    from hinterland.scenario.file import read_value
    from hinterland.scenario.scenario import TERMS

    key, equals, value = given.replace("\uff1d", "=").partition("=")
    key = key.translate(STOPS)
    if not equals or not ("." in key or term_named(key, TERMS)):
        raise HinterlandError(Problem("cli.set_form", {"value": given}))
    return key.strip(), read_value(value)
