"""The answer of a run in five sentences: what happens, who gains, what it costs whom, how sure, what it hangs on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.economy.accounts import has_budgets
from hinterland.names import without_remark
from hinterland.policy.strength import MEASURED, NONE, RANGE, strength
from hinterland.report.changes import change_figure, changed, from_to, reading_of_change, seen, signs_that_turn
from hinterland.report.moments import met
from hinterland.report.money import per_yuan_span, who_name
from hinterland.report.places import GAIN, entry, gain_span, moved
from hinterland.report.quantities import number, reading
from hinterland.report.tables import MAIN, called, foremost, parameter_name, part_name
from hinterland.scenario.called import policy_names
from hinterland.scenario.remarks import acts
from hinterland.study.budget import budget_by_year
from hinterland.study.columns import OWN, PARTS, TOTAL
from hinterland.study.decompose import VARIATION
from hinterland.study.summary import together_per_yuan
from hinterland.study.worth import marks
from hinterland.texts import clauses, listed, text

if TYPE_CHECKING:
    import pandas as pd

    from hinterland.study.run import Result

GROUNDS = ("known", "measured", "worth", "assumed", "nothing")
DIVIDED = ("hukou", "macro_region")  # of whom it is told who gains most and least
FEW = 4  # policies of which each is told what it adds
NAMED = 2  # outcomes whose sign turns that are named
SPACED = re.compile(r"(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")


def sentences(result: Result, lang: str) -> list[str]:
    """Return five sentences: what happens, who gains, what it costs whom, how sure that is, what it hangs on."""
    found = (happens(result, lang), who(result, lang), costs(result, lang), sure(result, lang), hangs_on(result, lang))
    return [sentence for sentence in found if sentence]


def answered(result: Result, lang: str, full: bool = True) -> list[str]:
    """Say who gains and what it costs whom; `full` asks for more solutions, else what residents gain in all."""
    return [words for words in ((who if full else in_all)(result, lang), costs(result, lang, full)) if words]


def in_all(result: Result, lang: str) -> str:
    """Say what residents gain or lose in all, over their income: what nobody has to wait for."""
    total, money = together(result), reading("bn CNY", lang)
    if math.isnan(total):
        return ""
    if abs(total) < money.least:
        return sentence([text("screen.residents_still", lang)], lang)
    values = {"bills": bills_said(result, lang), "amount": money.figure(abs(total))}
    values["part"] = text("screen.part", lang, part=percent(result.gain_in_all[1]), span="")
    return sentence([text(f"screen.residents_{'gain' if total > 0 else 'lose'}", lang, **values)], lang)


def together(result: Result) -> float:
    """Return what residents gain in all, bn CNY a year; not a number where the economy's money is not known in yuan."""
    return result.gain_in_all[0]


def bills_said(result: Result, lang: str) -> str:
    """Say whether bills are paid in what residents gain: all, those that there are and are charged, or none."""
    paid = result.budget["charged"].sum() > 0
    acting = {name for name, policy in result.scenario.in_force().items() if acts(policy)}
    some = unbilled(result) or acting - set(result.budget["policy"])
    return text(f"screen.bills_{('some' if some else 'paid') if paid else 'none'}", lang)


def sentence(parts: Iterable[str], lang: str) -> str:
    """Return clauses as one sentence; empty where there are none."""
    said = clauses(parts, lang)
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
    return reading_of_change(name, lang, counted=True).figure(change)


def happens(result: Result, lang: str) -> str:
    """Say what happens to towns, output by place, and people."""
    table = {row["variable"]: row for row in result.headline.to_dict("records")}
    clauses = []
    for name in foremost(("urbanization_rate", "real_gdp"), table):
        row, of = table[name], reading(table[name]["unit"], lang, table[name]["baseline"])
        values = {"what": called(name, lang), "moves": moves(name, row["change"], lang)}
        where = where_most(result, name, lang) if name == "real_gdp" else ""
        still = abs(row["change"]) < seen(name) or of.digits is None  # nothing that a level would add
        level = "" if still else text("screen.level", lang, level=of.figure(row["value"]))
        clauses.append(text("screen.outcome", lang, **values, level=level, where="" if still else where))
    for name in ("workers_in_place", "workers_across"):
        if name in table:
            difference, of = table[name]["value"] - table[name]["baseline"], reading("million", lang)
            if abs(difference) < of.least:
                continue
            many = of.figure(abs(difference))
            clauses.append(text(f"screen.{name}_{'more' if difference >= 0 else 'fewer'}", lang, many=many))
    return sentence([*clauses, text("screen.by_paying", lang)] if only_paying(result) else clauses, lang)


def only_paying(result: Result) -> bool:
    """Whether the policies in force change nothing but who pays and who is paid."""
    in_force = result.scenario.in_force()
    return bool(in_force) and not any(result.package.changes[name] for name in in_force)


def where_most(result: Result, name: str, lang: str) -> str:
    """Say where an outcome rises most and least: among macro-regions, else among all places."""
    table = result.regions[result.regions["variable"] == name]
    regions, macro = result.scenario.economy.regions, result.macro_regions
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
    total = together(result)
    if math.isnan(total):
        return ""
    if abs(total) < reading("bn CNY", lang).least:
        clauses = [text("screen.residents_still", lang)]
    else:
        kinds = [*kinds_of_gain(result, lang), *entry([result.equilibrium], "screen.entry", lang)]
        clauses = [residents(result, total, lang), *kinds, *gain_by_policy(result, lang)]
    return sentence([*clauses, *filter(None, (at_both_ends(result, of, lang) for of in DIVIDED))], lang)


def residents(result: Result, total: float, lang: str) -> str:
    """Say what residents gain or lose in all, over their income; or on which elasticity hangs which of both."""
    table, money = result.gain_ranges, reading("bn CNY", lang)
    (row,) = table[table["dimension"] == "nation"].to_dict("records")
    values = {
        "bills": bills_said(result, lang),
        "part": text("screen.part", lang, part=percent(row["change"]), span=in_brackets(row)),
    }
    if row["high" if total < 0 else "low"] * total < -GAIN.least * abs(total):  # the other end has the other sign
        most = parameter_name(row["parameter"], lang)
        return text("screen.residents_gain_or_lose", lang, **values, most=most, amount=money.figure(total, sign="+"))
    return text(f"screen.residents_{'gain' if total > 0 else 'lose'}", lang, **values, amount=money.figure(abs(total)))


def kinds_of_gain(result: Result, lang: str) -> list[str]:
    """Say what of it is income, at its prices, and what no account counts: services, places, and moving."""
    table, money = result.gains, reading("bn CNY", lang)
    first = table[table["dimension"] == table["dimension"].iloc[0]]  # each way to divide people counts all of them
    own, beyond = (float(first[list(of)].to_numpy().sum()) for of in (OWN, [part for part in PARTS if part not in OWN]))
    if abs(beyond) < money.least:
        return []
    return [text("screen.kinds", lang, own=money.number(own, sign="+"), beyond=money.number(beyond, sign="+"))]


def gain_by_policy(result: Result, lang: str) -> list[str]:
    """Say what each of a few policies adds to it (Shapley); of many a table tells."""
    if not 1 < len(result.scenario.in_force()) <= FEW:
        return []
    scenario, money = result.scenario, reading("bn CNY", lang)
    labels = policy_names(scenario.policies, scenario.economy.regions, lang)
    worth = result.decomposition[VARIATION].drop(TOTAL)
    worth = worth[worth.abs() >= money.least]
    order = worth.abs().sort_values(ascending=False, kind="stable").index
    each = [f"{part_name(str(part), lang, labels)} {money.number(worth[part], sign='+')}" for part in order]
    net = not has_budgets(result.scenario.economy) and result.budget["charged"].sum() > 0
    key = "screen.each_net" if net else "screen.each"
    free = float(worth[[name for name in worth.index if name in set(labels) - set(result.budget["policy"])]].sum())
    part = [text("screen.no_bill_part", lang, amount=money.figure(free, sign="+"))] if abs(free) >= money.least else []
    return [text(key, lang, each=listed(each, lang), unit=money.unit), *part] if each else []


def at_both_ends(result: Result, dimension: str, lang: str) -> str:
    """Say which part of the people gains most and which least, and whether another elasticity turns that."""
    table = result.gain_ranges
    rows = table[table["dimension"] == dimension].sort_values("change").to_dict("records")
    if len(rows) < 2 or not moved(row["change"] for row in rows):
        return ""
    worst, best = rows[0], rows[-1]
    regions = result.scenario.economy.regions
    names = [without_remark(who_name(dimension, str(row["who"]), lang, regions)) for row in (best, worst)]
    turned = result.order_turns(dimension, [best["who"]], [worst["who"]], GAIN.least)
    said = dict(zip(("best", "worst"), names, strict=True)) | {"high": with_span(best), "low": with_span(worst)}
    return text("screen.best_and_worst", lang, **said) + (text("screen.order_turns", lang) if turned else "")


def with_span(row: Mapping[Any, Any]) -> str:
    """Write a gain over income with its range over the elasticities."""
    return percent(row["change"]) + in_brackets(row)


def in_brackets(row: Mapping[Any, Any]) -> str:
    """Write the range of a gain over the elasticities; nothing where none is seen."""
    return f" [{gain_span(row)}]" if row["parameter"] and row["high"] - row["low"] >= GAIN.least else ""


def percent(change: float) -> str:
    """Write a gain over income."""
    return GAIN.figure(change, sign="+")


SEEN_SHARE, MUCH_OWED = 0.005, 0.1  # of a bill: the least that is told of a payer, and of what comes after
ASIDE = ("ended", "unbilled", "unpriced", "idle")  # what is not in the bill, in the order in which it is told
CASES = {  # the first that holds, and what is told then
    "free": ("free", "unpriced", "idle"),  # nothing costs anything
    "uncharged": ("bill", "unpaid", "unpriced", "idle", "ratio"),  # nobody is charged for what does: who would be
    "over": (*ASIDE, "ratio"),  # nobody is charged any more
    "costs": ("bill", "ended", "unbilled", "unpaid", "unpriced", "idle", "ratio"),
}


def costs(result: Result, lang: str, full: bool = True) -> str:
    """Say what it costs a year and at present, who pays which part, and what a yuan brings where that is known.

    `full` asks for more solutions: the range of what it brings.
    """
    aside, budget = set_aside(result), result.budget
    billed = budget.drop(uncharged(result).index)
    billed = billed[~billed["policy"].isin(aside["ended"])]
    nobody_pays = not billed["charged"].sum() > 0
    holds = {"free": not budget["present"].any(), "uncharged": nobody_pays and not aside["ended"], "over": nobody_pays}
    case = next((case for case in holds if holds[case]), "costs")

    def clause(of: str) -> str:
        if of in aside:
            return counted(result, of, aside[of], lang)
        if of == "unpaid":
            return unpaid(result, aside["unbilled"], lang)
        if of == "bill":
            return bill(result, case, billed if case == "costs" else budget, lang)
        return ratio(result, lang, full) if of == "ratio" else text(f"screen.{of}", lang)

    return sentence(map(clause, CASES[case]), lang)


def set_aside(result: Result) -> dict[str, set[str]]:
    """Return the policies of which all or a part is in no bill, by why: their end, a closure, no unit cost, no dose."""
    policies, priced = result.scenario.policies, set(result.budget["policy"])
    idle = {label for label, policy in policies.items() if not acts(policy)}
    ended = priced - set(result.scenario.in_force())
    return dict(zip(ASIDE, (ended, unbilled(result), set(policies) - priced - idle, idle), strict=True))


def counted(result: Result, why: str, names: set[str], lang: str) -> str:
    """Say how many policies are in no bill and why, and what of them that is at present value."""
    of = uncharged(result) if why == "unbilled" else result.budget
    present = float(of.loc[of["policy"].isin(names), "present"].sum())
    figure = reading("bn CNY", lang, present).figure(present)
    return text(f"screen.{why}", lang, count=len(names), present=figure) if names else ""


def bill(result: Result, case: str, budget: pd.DataFrame, lang: str) -> str:
    """Say what is charged a year, or would be, at present value, and which part falls on whom."""
    charged, present = float(budget["charged"].sum()), float(budget["present"].sum())
    of = "charged" if case == "costs" else "present"
    shares = budget.groupby("payer", sort=False)[of].sum() / float(budget[of].sum())
    named = {
        text(f"payer.{payer}", lang): number(100 * share, 0) for payer, share in shares.items() if share > SEEN_SHARE
    }
    values = {
        "yearly": reading("bn CNY", lang).figure(charged),
        "present": reading("bn CNY", lang, present).figure(present),
        "years": result.scenario.horizon,
        "payers": listed((f"{name} {share} %" for name, share in named.items()), lang),
    }
    firms = text("screen.firms_pay", lang) if shares.get("firms", 0.0) > SEEN_SHARE and case == "costs" else ""
    return text(f"screen.{case}", lang, **values) + firms + (owed(result, present, lang) if case == "costs" else "")


def owed(result: Result, present: float, lang: str) -> str:
    """Say what is still to be paid after the years that count, where that is much beside what is paid in them."""
    table = budget_by_year(result.package)
    last = int(table["year"].max())
    left = float(table.loc[(table["year"] == last) & table["policy"].isin(result.scenario.in_force()), "owed"].sum())
    if left < MUCH_OWED * present:
        return ""
    return text("screen.owed", lang, owed=reading("bn CNY", lang, left).figure(left), year=last)


def unpaid(result: Result, names: set[str], lang: str) -> str:
    """Say how many of some policies do not pay residents what nobody is charged for."""
    outlays = (result.package.outlays[name] for name in names)
    count = sum(any(outlay.to_residents for outlay in of) for of in outlays)
    return text("screen.unpaid", lang, count=count) if count else ""


def unbilled(result: Result) -> set[str]:
    """Return the policies in force that cost something which nobody is charged for, or a part of it."""
    return {*map(str, uncharged(result)["policy"])}


def uncharged(result: Result) -> pd.DataFrame:
    """Return what policies in force cost and nobody is charged for, by payer and place."""
    budget = result.budget
    return budget[
        budget["policy"].isin(result.scenario.in_force()) & (budget["present"] > 0) & ~(budget["charged"] > 0)
    ]


def ratio(result: Result, lang: str, full: bool) -> str:
    """Say what a yuan brings where all that enters is established, else what lacks for a number."""
    lacking = {
        "no_bill": result.scenario.closure == "none",
        "no_funds": not has_budgets(result.scenario.economy),
        "no_ratio": not result.has_ratio,
    }
    for key, lacks in lacking.items():
        if lacks:
            return text(f"screen.{key}", lang)
    found = together_per_yuan(result.benefits)
    return (
        ""
        if found is None
        else text("screen.ratio", lang, ratio=number(found, 2) + (per_yuan_span(result) if full else ""))
    )


def sure(result: Result, lang: str) -> str:
    """Say how sure it is: on what the policies' worth rests, and how many findings of studies the model meets."""
    acting = {label: policy for label, policy in result.scenario.in_force().items() if acts(policy)}
    found = {label: mark for label, mark in marks(result.package).items() if label in acting}
    changes = result.package.changes
    kinds = Counter(grounds_of(acting[label].instrument, mark, changes[label]) for label, mark in found.items())
    parts = [text(f"screen.grounds_{kind}", lang, count=kinds[kind]) for kind in GROUNDS if kinds[kind]]
    clauses = [text("screen.grounds", lang, count=len(found), parts={"zh": "，", "en": ", "}[lang].join(parts))]
    moments = met(policy.instrument for policy in acting.values())
    if moments.judged:
        clauses.append(text("screen.moments", lang, **moments._asdict()))
    return sentence(clauses, lang) if found else ""


def grounds_of(instrument: str, mark: str, changes: Mapping[str, Any]) -> str:
    """Return on what kind of ground the worth of a policy stands: a measured change is no assumption."""
    if strength(instrument) == MEASURED:
        return MEASURED
    if not changes:
        return "nothing"
    return {NONE: "assumed", RANGE: "worth"}.get(mark, "known")


def hangs_on(result: Result, lang: str) -> str:
    """Say over which range the headline lies, on which elasticity it hangs most, and which signs turn."""
    table, varied = result.sensitivity, result.sensitivity[1:]
    name = next((name for name in MAIN if name in table and float(spread(table, name).max()) >= seen(name)), "")
    if not name:
        return sentence([text("screen.hardly", lang)], lang) if len(varied) else ""
    low, high = (change_figure(name, value) for value in (table[name].min(), table[name].max()))
    unit = reading_of_change(name, lang, counted=True).unit
    most = parameter_name(str(spread(table, name).idxmax()), lang)
    clauses = [
        text("screen.range", lang, what=called(name, lang), between=from_to(low, high, lang), unit=unit, most=most)
    ]
    lost = int(varied[name].isna().sum())
    if lost:
        clauses.append(text("screen.unpaid_ends", lang, count=lost, all=len(varied)))
    turning = signs_that_turn(table)
    if turning:
        clauses.append(said_of_signs(turning, lang))
    return sentence(clauses, lang)


def said_of_signs(turning: Sequence[str], lang: str) -> str:
    """Say of which outcomes the sign turns: by name where they are few."""
    if len(turning) > NAMED:
        return text("screen.signs_many", lang, count=len(turning))
    return text("screen.signs", lang, names=listed((called(name, lang) for name in turning), lang))


def spread(table: pd.DataFrame, name: str) -> pd.Series:
    """Return by how much an outcome differs over each elasticity; its default is in the range, some ends may not be."""
    default, ends = table[name].iloc[0], table[1:].groupby("parameter", sort=False)[name]
    return ends.max().clip(lower=default).fillna(default) - ends.min().clip(upper=default).fillna(default)
