"""On what terms a scenario is solved where they are not the default ones: who is charged, how long, elasticities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hinterland.economy.accounts import currency, household_income_nr
from hinterland.economy.economy import original
from hinterland.economy.elasticities import base_of, changed, elasticities
from hinterland.report.quantities import number
from hinterland.report.tables import parameter_name
from hinterland.scenario.called import printed_labels
from hinterland.scenario.edits import in_words_of
from hinterland.scenario.scenario import CHOICES, TERMS, Scenario
from hinterland.texts import clauses, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hinterland.economy.economy import Economy
    from hinterland.study.drivers import Drivers
    from hinterland.study.pace import Pace
    from hinterland.study.path import Path


def terms(scenario: Scenario, lang: str) -> str:
    """Say which terms and elasticities of a scenario are not the default ones, and what these are; empty where none."""
    said = [*other_terms(scenario, lang), *other_elasticities(scenario, lang)]
    return text("terms.other", lang, terms=clauses(said, lang)) if said else ""


def heading(scenario: Scenario, lang: str) -> str:
    """Say of what a table that stands alone is: scenario and economy, the states compared, what is the user's own."""
    own = [f"- {words}" for words in own_words(scenario, lang)]
    return "\n".join([title(scenario, lang), scenario.states(lang), *own]) + "\n"


def title(scenario: Scenario, lang: str) -> str:
    """Return what a scenario is called, and its economy."""
    base, name = original(scenario.economy.name), scenario.economy.name
    if lang == "zh" and name != base:
        name = base + text("edit.title", lang)
    return f"{scenario.called(lang)}  [{name}]"


def own_words(scenario: Scenario, lang: str) -> list[str]:
    """Return what of the policies the user has set, and the terms that are not the default ones.

    Of a policy that came, went, or has a reason of the user's own, the name of the scenario tells what was changed.
    """
    of_these = scenario.policies, scenario.economy.regions, lang
    called, own = printed_labels(*of_these), own_reasons(scenario, lang)
    said = [text("check.list", lang, name=called[label], given=words) for label, words in own.items()]
    rest = in_words_of(scenario.name, *of_these, besides={*own, *in_terms(scenario)})
    said += [text("edit.by_user", lang, changes=rest)] if rest else []
    return [*said, *filter(None, [terms(scenario, lang)])]


def in_terms(scenario: Scenario) -> set[str]:
    """Return the terms and elasticities that are not the default ones: `terms` tells them."""
    return {name for name in TERMS if getattr(scenario, name) != Scenario._field_defaults[name]} | {
        *changed(scenario.economy)
    }


def against(followed: Path, lang: str) -> str:
    """Return what the years of a path are held against: the base year, or the same year without the policies."""
    key = "path.from_without" if followed.drivers else "path.from_base"
    return text(key, lang, base=followed.scenario.economy.year)


def drivers_said(drivers: Drivers, base: int, lang: str) -> str:
    """Say what goes on after the base year, and that it is assumed."""
    values = {"momentum": f"{100 * drivers.momentum:.3g}", "cost": f"{100 * drivers.town_cost:.3g}"}
    return text("baseline.assumed", lang, **values, fades=f"{drivers.fades:g}", base=base)


def foresight_said(followed: Path, lang: str) -> str:
    """Say that those who choose know the years to come, and what the horizon does to that; empty where they do not."""
    if followed.horizon_gap is None:
        return ""
    values = {"discount": 100 * followed.scenario.discount, "gap": 100 * followed.horizon_gap}
    return text("path.foreseen", lang, **values)


def rates_of(pace: Pace) -> dict[str, float]:
    """Return the shares of people who choose anew in a year, in percent, as texts have them."""
    return {name: 100 * share for name, share in pace._asdict().items()}


def own_reasons(scenario: Scenario, lang: str) -> dict[str, str]:
    """Return label -> what the user set of a policy, where its reason says so."""
    by_user = text("edit.by_user", lang, changes="")
    reasons = {label: words.get(lang, "") for label, words in scenario.about.items()}
    return {label: words for label, words in reasons.items() if words.startswith(by_user)}


def other_terms(scenario: Scenario, lang: str) -> Iterator[str]:
    """Yield closure, horizon and discount rate as far as they are not the default."""
    for name in TERMS:
        default = Scenario._field_defaults[name]
        if getattr(scenario, name) != default:
            now, before = shown(scenario, name, lang), value_in_words(name, default, lang)
            yield text("terms.term", lang, what=name_of(name, lang), now=now, before=before)


def other_elasticities(scenario: Scenario, lang: str) -> Iterator[str]:
    """Yield the elasticities that are not those of the base year."""
    other = changed(scenario.economy)
    own = elasticities(base_of(scenario.economy)) if other else {}
    for name, value in other.items():
        what = parameter_name(name, lang) if f"parameter.{name}" in table() else name
        yield text("terms.term", lang, what=what, now=f"{value:g}", before=f"{own[name]:g}" if name in own else "")


def name_of(name: str, lang: str) -> str:
    """Return what a term is called."""
    return text(f"terms.{name}", lang)


def shown(scenario: Scenario, name: str, lang: str) -> str:
    """Write a term as it is."""
    return value_in_words(name, getattr(scenario, name), lang)


def value_in_words(name: str, value: Any, lang: str) -> str:
    """Write the value of a term: what is one of a few words by its name, a rate in percent."""
    if name in CHOICES:
        return text(f"{name}.{value}", lang)
    return f"{number(100 * value, 1)} %" if name == "discount" else str(value)


def on_all_income(economy: Economy) -> bool:
    """Whether gains are counted on all income of places, for want of accounts of households, and told in yuan."""
    return household_income_nr(economy) is None and math.isfinite(currency(economy))
