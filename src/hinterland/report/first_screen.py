"""The first screen of a run: five sentences, the headline with its range, the provinces at both ends, how sure it is.

At most forty lines of eighty columns. All else stands behind it: `--detail`, `--table`, `--province`, `--by`, `--out`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hinterland.names import without_remark
from hinterland.policy.strength import NONE, RANGE
from hinterland.report.moments import met
from hinterland.report.money import labels_of, who_name
from hinterland.report.places import absences, changes, extreme_provinces, extremes_title
from hinterland.report.quantities import DASH, number, reading
from hinterland.report.tables import SHOWN, called, change_figure, changed, make, parameter_name
from hinterland.report.verdict import doubts
from hinterland.schema import outcomes
from hinterland.study.summary import seen, signs_that_turn, together_per_yuan
from hinterland.study.worth import marks
from hinterland.texts import text

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from hinterland.study.run import Result

LEAST = 0.05  # bn yuan a year, million workers; less is printed as none
BEST = 3  # provinces at each end
MAIN = ("urbanization_rate", "nonag_share", "real_gdp")  # whose range is told: the first that has one
GROUNDS = ("known", "worth", "assumed")
SPACED = re.compile(r"(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")
PLACES = ("urbanization_rate", "workers_in_place", "real_gdp", "real_income", "welfare")


def first_screen(result: Result, lang: str) -> list[str | Table]:
    """Return what is shown of a run before anything else is asked for."""
    title = f"{result.scenario.title.get(lang, result.scenario.name)}  [{result.scenario.economy.name}]"
    about = text("screen.compared", lang, base=result.scenario.economy.year, year=result.scenario.rest_year)
    said = [f"- {sentence}" for sentence in (*sentences(result, lang), *notices(result, lang))]
    end = [certified(result, lang), doubts({result.scenario.name: result.certificate}, lang), text("screen.more", lang)]
    return [
        f"{title}\n{about}\n" + "\n".join(said) + "\n",
        headline(result, lang),
        "",
        ends(result, lang),
        "\n".join(words for words in end if words),
    ]


def sentences(result: Result, lang: str) -> list[str]:
    """Return five sentences: what happens, who gains, what it costs whom, how sure that is, what it hangs on."""
    found = (happens(result, lang), who(result, lang), costs(result, lang), sure(result, lang), hangs_on(result, lang))
    return [sentence for sentence in found if sentence]


def notices(result: Result, lang: str) -> list[str]:
    """Return what of the scenario is the user's own, and what is left out for want of figures."""
    by_user = text("edit.by_user", lang, changes="")
    called, about = labels_of(result, lang), result.scenario.about
    reasons = {label: words[lang] for label, words in about.items() if words.get(lang, "").startswith(by_user)}
    own = [text("check.list", lang, name=called[label], given=words) for label, words in reasons.items()]
    absent = absences(result.scenario.economy)
    return [*own, *(text(f"report.{name}", lang) for name in absent if absent[name])]


def sentence(clauses: Iterable[str], lang: str) -> str:
    """Return clauses as one sentence; empty where there are none."""
    said = {"zh": "；", "en": "; "}[lang].join(clause for clause in clauses if clause)
    return spaced(said and said + {"zh": "。", "en": "."}[lang], lang)


def spaced(said: str, lang: str) -> str:
    """Return a sentence as it is printed: begun with a capital, or with blanks between Chinese and Latin letters."""
    return SPACED.sub(" ", said) if lang == "zh" else said[:1].upper() + said[1:]


def moves(name: str, change: float, lang: str) -> str:
    """Say that an outcome rises or falls, and by how much; or that it does not move."""
    if abs(change) < seen(name):
        return text("screen.still", lang)
    return text(f"screen.{'rises' if change > 0 else 'falls'}", lang, amount=amount(name, abs(change), lang))


def amount(name: str, change: float, lang: str) -> str:
    """Write the size of a change with its unit."""
    unit = {"points": text("unit.pp", lang), "relative": "%", "difference": ""}[outcomes()[name].change]
    return f"{change_figure(name, change).lstrip('+')} {unit}".strip()


def happens(result: Result, lang: str) -> str:
    """Say what happens to towns, output by place, and people."""
    table = {row["variable"]: row for row in result.headline.to_dict("records")}
    clauses = []
    for name in ("urbanization_rate" if "urbanization_rate" in table else "nonag_share", "real_gdp"):
        row, of = table[name], reading(table[name]["unit"], lang, table[name]["baseline"])
        values = {"what": called(name, lang), "moves": moves(name, row["change"], lang)}
        where = extremes(result, name, lang) if name == "real_gdp" else ""
        still = abs(row["change"]) < seen(name) or of.digits is None  # nothing that a level would add
        level = "" if still else text("screen.level", lang, level=of.figure(row["value"]))
        clauses.append(text("screen.outcome", lang, **values, level=level, where="" if still else where))
    for name in ("workers_in_place", "workers_across"):
        if name in table:
            difference = table[name]["value"] - table[name]["baseline"]
            if abs(difference) < LEAST:
                continue
            many = reading("million", lang).figure(abs(difference))
            clauses.append(text(f"screen.{name}_{'more' if difference >= 0 else 'fewer'}", lang, many=many))
    return sentence(clauses, lang)


def extremes(result: Result, name: str, lang: str) -> str:
    """Say where an outcome rises most and least: among macro-regions, else among all places."""
    table = result.regions[result.regions["variable"] == name]
    regions, macro = result.scenario.economy.regions, set(result.flows["origin"])
    table = table[table["region"].isin(macro)] if macro else table
    if len(table) < 2:
        return ""
    rows = table.sort_values("change").to_dict("records")
    low, high = (
        {"place": regions.name(row["region"], lang), "change": changed(name, row["change"], lang)}
        for row in (rows[0], rows[-1])
    )
    return text("screen.extremes", lang, best=high["place"], high=high["change"], worst=low["place"], low=low["change"])


def who(result: Result, lang: str) -> str:
    """Say who gains and loses: residents in all, by hukou, and by the macro-region of their home."""
    table, money = result.gains, reading("bn CNY", lang)
    if not len(table) or table["variation"].isna().all():
        return ""
    first = table[table["dimension"] == table["dimension"].iloc[0]]
    total = float(first["variation"].sum())
    income = float((first["variation"] / first["change"]).sum()) if (first["change"] != 0).all() else 0.0
    part = text("screen.part", lang, part=percent(total / income)) if income else ""
    if abs(total) < LEAST:
        return sentence([text("screen.residents_still", lang)], lang)
    key = "gain" if total > 0 else "lose"
    bills = text(f"screen.bills_{'paid' if result.budget['charged'].sum() > 0 else 'none'}", lang)
    clauses = [text(f"screen.residents_{key}", lang, bills=bills, amount=money.figure(abs(total)), part=part)]
    for dimension in ("hukou", "macro_region"):
        rows = table[table["dimension"] == dimension].sort_values("change").to_dict("records")
        if len(rows) > 1:
            regions = result.scenario.economy.regions
            names = [without_remark(who_name(dimension, str(row["who"]), lang, regions)) for row in rows]
            ends = {"best": names[-1], "high": percent(rows[-1]["change"]), "worst": names[0]}
            clauses.append(text("screen.best_and_worst", lang, **ends, low=percent(rows[0]["change"])))
    return sentence(clauses, lang)


def percent(change: float) -> str:
    """Write a relative change."""
    return f"{number(100 * change, 2, '+')} %"


def costs(result: Result, lang: str) -> str:
    """Say what it costs a year and at present, who pays which part, and what a yuan brings where that is known."""
    budget = result.budget
    unpriced = len(set(result.scenario.policies) - set(budget["policy"]))
    more = text("screen.unpriced", lang, count=unpriced) if unpriced else ""
    if not len(budget) or not budget["present"].any():
        return sentence((text("screen.free", lang), more), lang)
    charged, present = float(budget["charged"].sum()), float(budget["present"].sum())
    shares = budget.groupby("payer", sort=False)["present"].sum() / present
    payers = [f"{text(f'payer.{payer}', lang)} {100 * share:.0f} %" for payer, share in shares.items() if share > 0.005]
    values = {
        "yearly": reading("bn CNY", lang).figure(charged),
        "present": reading("bn CNY", lang, present).figure(present),
        "years": result.scenario.horizon,
        "payers": {"zh": "、", "en": ", "}[lang].join(payers),
    }
    key = "costs" if charged > 0 else "uncharged"
    return sentence((text(f"screen.{key}", lang, **values), more, ratio(result, lang)), lang)


def ratio(result: Result, lang: str) -> str:
    """Say what a yuan brings where all that enters is established, else that no number can be told."""
    if not result.has_ratio:
        return text("screen.no_ratio", lang)
    found = together_per_yuan(result.benefits)
    return "" if found is None else text("screen.ratio", lang, ratio=f"{found:.2f}")


def sure(result: Result, lang: str) -> str:
    """Say how sure it is: on what the policies' worth rests, and how many findings of studies the model meets."""
    found = marks(result.package)
    kinds = Counter({NONE: "assumed", RANGE: "worth"}.get(mark, "known") for mark in found.values())
    parts = [text(f"screen.grounds_{kind}", lang, count=kinds[kind]) for kind in GROUNDS if kinds[kind]]
    clauses = [text("screen.grounds", lang, count=len(found), parts={"zh": "，", "en": ", "}[lang].join(parts))]
    moments = met(policy.instrument for policy in result.scenario.in_force().values())
    if moments.judged:
        clauses.append(text("screen.moments", lang, **moments._asdict()))
    return sentence(clauses, lang) if found else ""


def hangs_on(result: Result, lang: str) -> str:
    """Say over which range the headline lies, on which elasticity it hangs most, and which signs turn."""
    table, varied = result.sensitivity, result.sensitivity[1:]
    name = next((name for name in MAIN if name in table and float(spread(table, name).max()) >= seen(name)), "")
    if not name:
        return sentence([text("screen.hardly", lang)], lang) if len(varied) else ""
    low, high = (change_figure(name, value) for value in (table[name].min(), table[name].max()))
    unit = text("unit.pp", lang) if outcomes()[name].change == "points" else "%"
    most = parameter_name(str(spread(table, name).idxmax()), lang)
    clauses = [text("screen.range", lang, what=called(name, lang), low=low, high=high, unit=unit, most=most)]
    lost = int(varied[name].isna().sum())
    if lost:
        clauses.append(text("screen.unpaid_ends", lang, count=lost, all=len(varied)))
    turning = signs_that_turn(table)
    if turning:
        names = {"zh": "、", "en": ", "}[lang].join(called(of, lang) for of in turning)
        clauses.append(text("screen.signs", lang, names=names))
    return sentence(clauses, lang)


def spread(table: pd.DataFrame, name: str) -> pd.Series:
    """Return by how much an outcome differs over each elasticity; its default is in the range, some ends may not be."""
    default, ends = table[name].iloc[0], table[1:].groupby("parameter", sort=False)[name]
    return ends.max().clip(lower=default).fillna(default) - ends.min().clip(upper=default).fillna(default)


def headline(result: Result, lang: str) -> Table:
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


def ends(result: Result, lang: str) -> Table:
    """The places where real income rises most and least; all of them where they are few."""
    places = extreme_provinces(result, BEST)
    return changes(result.regions, lang, result, places, extremes_title(result, lang, BEST), PLACES)


def certified(result: Result, lang: str) -> str:
    """Return the certificate in one line."""
    known = result.certificate
    values = {
        "verdict": text(f"report.{known.verdict}", lang),
        "worst": f"{known.worst:.0e}",
        "error": f"{known.error:.0e}",
    }
    return text("screen.certificate", lang, **values)
