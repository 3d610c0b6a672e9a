"""From what the page says of a scenario to one that is checked, and back; answers are kept for who asks again."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from pydantic import ValidationError

import hinterland as hl
from hinterland.errors import DataError, HinterlandError, PolicyError, Problem
from hinterland.studio import link
from hinterland.studio.api import Kept, Opened, State
from hinterland.studio.wording import kind_of, on_page, where_of
from hinterland.texts import LANGUAGES, text

PLACE = "studio"  # what messages call the scenario of the page
KEPT = 16  # scenarios and answers of them
TEXTS = ("represents", "facts", "assumptions")
OF_FILES = ("name", "title", *TEXTS)  # words, which a scenario of the box has already
FIRST, FIRST_ECONOMY = "dual_transfer", "china-2020"
BLANK = {
    "title": {lang: text("studio.own", lang) for lang in LANGUAGES},
    "economy": FIRST_ECONOMY,
    "policies": {},
}


@cache
def economies() -> tuple[str, ...]:
    """Return the names of the economies of the box: the page may name no file."""
    return tuple(dict.fromkeys(entry.economy for entry in hl.schema.parameters().values() if entry.economy))


def scenario_of(kept: Kept) -> hl.Scenario:
    """Return the scenario that is meant; an error names everything that is wrong with it."""
    return _scenario(link.canonical([kept.preset, kept.scenario]))


def seen(kept: Kept) -> hl.Glance:
    """Return the answer to a scenario."""
    return _seen(link.canonical([kept.preset, kept.scenario]))


@lru_cache(KEPT)
def _seen(key: bytes) -> hl.Glance:
    return hl.glance(_scenario(key))


@lru_cache(KEPT)
def _scenario(key: bytes) -> hl.Scenario:
    preset, given = link.parsed(b'{"of":' + key + b"}")["of"]
    known = [*hl.presets(), *hl.presets(measured=True)]
    if preset and preset not in known:
        raise PolicyError(Problem("studio.no_preset", {"value": f"{preset:.60}"}))
    if given is None:
        return of_the_box(preset or FIRST)
    base = base_year(given.get("economy", FIRST_ECONOMY))
    return changed(of_the_box(preset), given) if preset else hl.from_mapping(given, PLACE, base)


@cache
def of_the_box(name: str) -> hl.Scenario:
    """Return a ready scenario."""
    return hl.read(name)


def base_year(name: Any) -> hl.Economy:
    """Return an economy of the box; a DataError where it is none: nothing else of the machine is ever opened."""
    if name not in economies():
        raise DataError(Problem("studio.no_economy", {"known": ", ".join(economies())}))
    return _base_year(name)


@cache
def _base_year(name: str) -> hl.Economy:
    return hl.load(name)


def changed(base: hl.Scenario, given: dict[str, Any]) -> hl.Scenario:
    """Return a scenario of the box with what was changed; where nothing was, itself.

    Words of the box stay where what they speak of did; its title says that it was changed.
    """
    whole = base.to_mapping()
    words = {key: whole[key] for key in ("name", "title", *TEXTS) if key in whole}
    now = hl.from_mapping(words | given, PLACE, base_year(given.get("economy", FIRST_ECONOMY)))
    return now.edited_from(base)


def said(scenario: hl.Scenario, preset: str) -> dict[str, Any]:
    """Return a scenario as the page keeps it: without the words that are those of the box."""
    whole = scenario.to_mapping()
    if not preset:
        return whole
    policies = {
        name: {key: value for key, value in policy.items() if key != "about"}
        for name, policy in whole["policies"].items()
    }
    return {key: value for key, value in whole.items() if key not in OF_FILES} | {"policies": policies}


def whole_state(state: State) -> State:
    """Return a state in which every scenario says all that it is."""
    compared = [Kept(preset=of.preset, scenario=said(scenario_of(of), of.preset)) for of in state.compare]
    preset = state.preset or ("" if state.scenario else FIRST)
    own = {"preset": preset, "scenario": said(scenario_of(state), preset), "compare": compared}
    return state.model_copy(update=own | {"version": version("hinterland")})


def state_of(fragment: str) -> State:
    """Return the state that a fragment holds; a DataError says what is wrong with it, or with whoever made it."""
    held = link.decoded(fragment)
    try:
        return State.model_validate(held)
    except ValidationError as error:
        found = error.errors()[0]
        values = {"where": where_of(found), "why": Problem(f"studio.misfit.{kind_of(found)}")}
        problem = Problem("studio.link.unknown", values)
        raise DataError([problem, *of_another_version(held.get("version"))]) from error


def of_another_version(given: object) -> list[Problem]:
    """Return that something was made by another version of the package."""
    now = version("hinterland")
    return [] if given in ("", None, now) else [Problem("studio.link.made", {"found": f"{given!s:.40}", "now": now})]


def opened(fragment: str, lang: str) -> Opened:
    """Return the whole state of a permalink; what of it is not known, or another version made, is said."""
    state = state_of(fragment)
    try:
        whole = whole_state(state)
    except HinterlandError as error:
        raise DataError([*error.problems, *of_another_version(state.version)]) from error
    remarks = [*of_another_version(state.version), *not_known(state)]
    return Opened(whole.model_dump(), [on_page(problem, lang) for problem in remarks])


def not_known(state: State) -> list[Problem]:
    """Return what a state names that there is not: the page shows what it begins with instead."""
    years = hl.panel().groupby("variable")["year"]
    known: dict[str, set[str]] = {"variable": {*hl.schema.outcomes("regions")}, "indicator": {*map(str, years.groups)}}
    unknown = [(name, getattr(state, name)) for name in known if getattr(state, name) not in known[name]]
    if not unknown and state.year and state.year not in set(years.get_group(state.indicator)):
        unknown.append(("year", state.year))
    return [Problem("studio.link.not_known", {"where": name, "value": f"{value!s:.60}"}) for name, value in unknown]


def read_file(content: str, name: str, lang: str) -> Opened:
    """Return the state of a scenario file; every problem of it in one message."""
    scenario = hl.parse(content.encode(), name or PLACE, base_year)
    state = State.model_validate({"lang": lang, "scenario": said(scenario, "")})
    return Opened(whole_state(state).model_dump(), [on_page(problem, lang) for problem in hl.remarks(scenario)])


def linked(state: State) -> str:
    """Return the fragment that says a whole state."""
    known = State().model_dump()
    return link.encoded({key: value for key, value in state.model_dump().items() if value != known[key]})
