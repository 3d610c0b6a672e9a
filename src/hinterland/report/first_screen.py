"""The first screen of a run: five sentences, the headline with its range, the provinces at both ends, how sure it is.

At most forty lines of eighty columns. All else stands behind it: `--detail`, `--table`, `--province`, `--by`, `--out`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hinterland.report.certificate import certified
from hinterland.report.changes import change_figure, changed
from hinterland.report.money import labels_of
from hinterland.report.places import absences, extremes
from hinterland.report.quantities import DASH, reading
from hinterland.report.sentences import sentences
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import SHOWN, called
from hinterland.report.verdict import doubts
from hinterland.schema import outcomes
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.scenario.scenario import Scenario
    from hinterland.study.run import Result

BEST = 3  # provinces at each end
PLACES = ("urbanization_rate", "workers_in_place", "real_gdp")  # beside what those at home there gain


def first_screen(result: Result, lang: str) -> list[str | Sheet]:
    """Return what is shown of a run before anything else is asked for."""
    title, about = f"{result.scenario.called(lang)}  [{result.scenario.economy.name}]", compared(result.scenario, lang)
    said = [f"- {sentence}" for sentence in (*sentences(result, lang), *notices(result, lang))]
    end = [certified(result, lang), doubts({result.scenario.name: result.certificate}, lang), text("screen.more", lang)]
    places = extremes(result, lang, BEST, PLACES)
    return [
        f"{title}\n{about}\n" + "\n".join(said) + "\n",
        headline(result, lang),
        *(() if places is None else ("", places)),
        "\n".join(words for words in end if words),
    ]


def compared(scenario: Scenario, lang: str) -> str:
    """Say which two states are compared: the second holds every policy, or those that have not ended by then."""
    key = "screen.compared" if len(scenario.in_force()) == len(scenario.policies) else "screen.compared_then"
    return text(key, lang, base=scenario.economy.year, year=scenario.rest_year)


def notices(result: Result, lang: str) -> list[str]:
    """Return what of the scenario is the user's own, and what is left out for want of figures."""
    by_user = text("edit.by_user", lang, changes="")
    called, about = labels_of(result, lang), result.scenario.about
    reasons = {label: words[lang] for label, words in about.items() if words.get(lang, "").startswith(by_user)}
    own = [text("check.list", lang, name=called[label], given=words) for label, words in reasons.items()]
    absent = absences(result.scenario.economy)
    return [*own, *(text(f"report.{name}", lang) for name in absent if absent[name])]


def headline(result: Result, lang: str) -> Sheet:
    """The nation: now, with the policies, change, and the range of the change over the elasticities."""
    rows = []
    for row in result.headline.to_dict("records"):
        name, of = row["variable"], reading(row["unit"], lang, row["baseline"])
        if name in SHOWN:
            levels = (of.number(row[column], outcomes()[name].level_digits) for column in ("baseline", "value"))
            bare = row["unit"] in ("base=1", "ratio", "index", "relative")
            title = called(name, lang) if bare else text("screen.in_unit", lang, what=called(name, lang), unit=of.unit)
            rows.append((title, *levels, changed(name, row["change"], lang), span(result, name)))
    years = (str(result.scenario.economy.year), str(result.scenario.rest_year))
    heads = [text("column.variable", lang), *years, text("column.change", lang), text("column.span", lang)]
    return make(text("screen.headline", lang), heads, rows)


def span(result: Result, name: str) -> str:
    """Write the range of a change over the elasticities; a dash where it is not varied."""
    table = result.sensitivity
    if name not in table or table[name][1:].isna().all():
        return DASH
    low, high = (change_figure(name, value) for value in (table[name].min(), table[name].max()))
    return f"{low}~{high}"
