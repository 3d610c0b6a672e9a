"""The first screen of a run: five sentences, the headline with its range, the provinces at both ends, how sure it is.

At most forty lines of eighty columns. All else stands behind it: `--detail`, `--table`, `--province`, `--by`, `--out`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hinterland.report.answer import records
from hinterland.report.certificate import certified
from hinterland.report.changes import change_figure, changed
from hinterland.report.levels import level_of
from hinterland.report.money import labels_of
from hinterland.report.places import absences, extremes
from hinterland.report.quantities import DASH, reading
from hinterland.report.sentences import sentences
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import SHOWN, foremost
from hinterland.report.terms import on_all_income, own_words, title
from hinterland.report.verdict import doubts
from hinterland.study.worth import FUNDS
from hinterland.texts import listed, text

if TYPE_CHECKING:
    from hinterland.study.run import Result

TO_FIRMS = ("tax_incentive", "investment_subsidy", "credit_support", "old_base_revitalization")
BEST = 2  # provinces at each end
PLACES = ("urbanization_rate", "workers_in_place", "real_gdp")  # beside what those at home there gain


def first_screen(result: Result, lang: str) -> list[str | Sheet]:
    """Return what is shown of a run before anything else is asked for."""
    about = f"{title(result.scenario, lang)}\n{result.scenario.states(lang)}\n"
    said = [f"- {sentence}" for sentence in (*sentences(result, lang), *notices(result, lang))]
    end = [certified(result, lang), doubts({result.scenario.name: result.certificate}, lang), text("screen.more", lang)]
    places = extremes(result, lang, BEST, foremost(PLACES, {*result.headline["variable"]}))
    return [
        about + "\n".join(said) + "\n",
        headline(result, lang),
        *(() if places is None else ("", places)),
        "\n".join(words for words in end if words),
    ]


def notices(result: Result, lang: str) -> list[str]:
    """Return what of the scenario is the user's own, and what is left out for want of figures."""
    own = own_words(result.scenario, lang)
    economy, bought = result.scenario.economy, bought_by_others(result)
    if bought:
        key = "screen.others" if result.budget["charged"].any() else "screen.others_free"
        own.append(text(key, lang, amount=reading("bn CNY", lang).figure(bought)))
    elif pays_firms(result):
        own.append(text("screen.firms", lang))
    own += [text("screen.all_income", lang)] if on_all_income(economy) else []
    own += [text("screen.heads", lang)] if len(result.budget) and (economy.residents_per_worker_c == 1).all() else []
    if odd := result.odd_funds:
        low, high = FUNDS
        called = labels_of(result, lang)
        own.append(text("screen.funds", lang, names=listed((called[name] for name in odd), lang), low=low, high=high))
    absent = absences(economy)
    return [*own, *(text(f"report.{name}", lang) for name in absent if absent[name])]


def bought_by_others(result: Result) -> float:
    """Return what governments, investors and firms buy more, bn CNY; zero where it is little beside the gain."""
    bridge = result.bridge.set_index("item")["amount"]
    bought = -float(bridge["others"])
    return bought if bought > max(0.1 * abs(bridge["equivalent_variation"]), reading("bn CNY", "en").least) else 0.0


def pays_firms(result: Result) -> bool:
    """Whether some policy in force pays firms, whose income is no resident's in the accounts."""
    found = ((policy, result.package.outlays[name]) for name, policy in result.scenario.in_force().items())
    return any(policy.instrument in TO_FIRMS and outlays for policy, outlays in found)


def headline(result: Result, lang: str) -> Sheet:
    """The nation: now, with the policies, change, and the range of the change over the elasticities."""
    table = {row["variable"]: row for row in records(result.headline)}
    rows = [
        (*levels(table[name], result, lang), changed(name, table[name]["change"], lang), span(result, name))
        for name in foremost(SHOWN, table)
    ]
    names = [text(f"column.{name}", lang) for name in ("variable", "in_force", "change", "span")]
    heads = [names[0], str(result.scenario.economy.year), *names[1:]]
    return make(text("screen.headline", lang), heads, rows)


def levels(row: dict[str, Any], result: Result, lang: str) -> tuple[str, str, str]:
    """Return an outcome with its unit, and its levels before and after; what is known up to its scale as an index."""
    year, name = result.scenario.economy.year, row["variable"]
    of = level_of(name, row["unit"], row["baseline"], row["value"], year, lang)
    title = text("screen.in_unit", lang, what=of.what, unit=of.unit) if of.unit else of.what
    return title, of.before, of.after


def span(result: Result, name: str) -> str:
    """Write the range of a change over the elasticities; a dash where it is not varied."""
    table = result.sensitivity
    if name not in table or table[name][1:].isna().all():
        return DASH
    low, high = (change_figure(name, value) for value in (table[name].min(), table[name].max()))
    return low if low == high else f"{low}~{high}"
