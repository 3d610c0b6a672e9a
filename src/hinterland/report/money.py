"""Tables of what a scenario costs, who pays, what it is worth, and who gains; bn CNY at prices of the base year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.regions import NATION, Regions
from hinterland.economy.accounts import has_budgets
from hinterland.policy.strength import strength
from hinterland.report.columns import read_head
from hinterland.report.instruments import rests_on
from hinterland.report.places import GAIN, gain_span
from hinterland.report.quantities import Reading, reading
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import DASH, number, parameter_name
from hinterland.scenario.called import printed_labels
from hinterland.scenario.remarks import acts
from hinterland.study.budget import CENTRE
from hinterland.study.columns import AMOUNTS, PARTS
from hinterland.study.summary import cost_by_place, money, outlays_by_payer
from hinterland.texts import name_in, text

if TYPE_CHECKING:
    from hinterland.study.run import Result


def labels_of(result: Result, lang: str) -> dict[str, str]:
    """Return label -> what tables call each policy of a run."""
    return printed_labels(result.scenario.policies, result.scenario.economy.regions, lang)


def budget(result: Result, lang: str) -> Sheet | None:
    """Outlays by policy and payer; policies without a unit cost stand with a dash. None where all are."""
    if not len(result.budget):
        return None
    known = has_budgets(result.scenario.economy)
    closure = text(f"closure.{result.scenario.closure if known else 'no_budgets'}", lang)
    if known and result.scenario.closure == "debt":
        closure = text("closure.at_rate", lang, closure=closure, rate=f"{100 * result.scenario.rates['bond']:g}")
    sums, called = outlays_by_payer(result.budget), labels_of(result, lang)
    rows = [
        (called[str(policy)], text(f"payer.{payer}", lang), *map(money_of(lang).number, amounts))
        for (policy, payer), amounts in zip(sums.index, sums.to_numpy(), strict=True)
    ]
    priced = set(result.budget["policy"])
    rows += [
        (called[name], text(f"payer.{'none' if acts(policy) else 'idle'}", lang), *[DASH] * len(AMOUNTS))
        for name, policy in result.scenario.policies.items()
        if name not in priced
    ]
    rows.append((text("report.total", lang), "", *map(money_of(lang).number, result.budget[list(AMOUNTS)].sum())))
    title = text(
        "report.budget",
        lang,
        unit=money_of(lang).unit,
        year=result.scenario.economy.year,
        horizon=result.scenario.horizon,
        rate=f"{100 * result.scenario.discount:g}",
        closure=closure,
    )
    return make(title, [text(f"column.{name}", lang) for name in ("part", "payer", *AMOUNTS)], rows, left=2)


def payers(result: Result, lang: str) -> Sheet | None:
    """Present cost by the place of who pays and by payer; none where nothing is charged."""
    if not result.budget["charged"].any():
        return None
    regions = result.scenario.economy.regions
    table = cost_by_place(result.budget, regions)
    known = [place for place in (CENTRE, *regions.of_kind("macro_region"), NATION) if place in table.index]
    rows = [(place_name(place, lang, regions), *map(money_of(lang).number, table.loc[place])) for place in known]
    columns = [text("column.region", lang), *(text(f"payer.{payer}", lang) for payer in table.columns)]
    return make(text("report.payers", lang, unit=money_of(lang).unit), columns, rows)


def money_of(lang: str) -> Reading:
    """Return in what money is read in tables that hold much and little."""
    return reading("bn CNY", lang)


def place_name(place: str, lang: str, regions: Regions) -> str:
    """Return the name of the centre, of a region or of a macro-region."""
    return text("payer.centre", lang) if place == CENTRE else regions.name(place, lang)


def benefits(result: Result, lang: str) -> Sheet:
    """What each policy is worth to residents, its cost, what public funds cost, benefit per yuan.

    One that has ended stands with its cost alone.
    """
    table, called = result.benefits, labels_of(result, lang)
    rows = [
        (
            called[str(row["policy"])],
            *worth_and_cost(row, lang),
            per_yuan(row, result, lang) if acts(result.scenario.policies[row["policy"]]) else text("payer.idle", lang),
            text(f"ratio.{row['mark'] if acts(result.scenario.policies[row['policy']]) else 'none'}", lang),
        )
        for row in table.to_dict("records")
    ]
    ended = cost_of_ended(result)
    nothing = dict.fromkeys(("variation", "present_value", "marginal_cost_of_funds"), math.nan)
    rows += [
        (called[name], *worth_and_cost({"present_cost": cost, **nothing}, lang), DASH, text("ratio.ended", lang))
        for name, cost in ended.items()
    ]
    charged = table[table["marginal_cost_of_funds"].notna()]
    if len(charged):
        lost = (charged["marginal_cost_of_funds"] * charged["charged"]).sum()
        total = dict(table[["variation", "present_value", "present_cost"]].sum())
        total["present_cost"] += sum(ended.values())
        of_some = bool(ended) or bool((~(table["present_cost"] > 0)).any())  # no cost stands beside the worth of others
        total |= dict.fromkeys(("variation", "present_value"), math.nan) if of_some else {}
        total |= {"marginal_cost_of_funds": float(lost / charged["charged"].sum())}
        rows.append(
            (text("report.total", lang), *worth_and_cost(total, lang), number(money(result)["benefit_per_yuan"], 2), "")
        )
    columns = (
        "part",
        "variation",
        "present_value",
        "present",
        "marginal_cost_of_funds",
        "benefit_per_yuan",
        "mark",
    )
    key = "report.benefits" if has_budgets(result.scenario.economy) else "report.benefits_unfunded"
    return make(
        text(key, lang, unit=money_of(lang).unit), [text(f"column.{name}", lang) for name in columns], rows, tail=1
    )


def cost_of_ended(result: Result) -> dict[str, float]:
    """Return the present cost of each policy that has a price and has ended before the rest point."""
    budget = result.budget
    cost = budget[~budget["policy"].isin(result.benefits["policy"])].groupby("policy", sort=False)["present"].sum()
    return {str(name): float(amount) for name, amount in cost.items()}


def worth_and_cost(row: Mapping[Any, Any], lang: str) -> Iterator[str]:
    """Yield what a policy is worth a year and at present, what it costs, and what public funds cost."""
    for name in ("variation", "present_value", "present_cost"):
        yield money_of(lang).number(row[name])
    yield number(row["marginal_cost_of_funds"], 3)


def per_yuan(row: Mapping[Any, Any], result: Result, lang: str) -> str:
    """Return the benefit per yuan; why there is none where nothing is paid, a dash where nothing carries it."""
    if not row["present_cost"] > 0:
        return text("payer.none", lang)
    if not row["charged"] > 0:
        return text("payer.uncharged", lang)
    return number(row["benefit_per_yuan"], 2) + per_yuan_span(result)


def per_yuan_span(result: Result) -> str:
    """Write the range of the benefit per yuan over the elasticities; nothing where there is none."""
    found = result.per_yuan_range
    return "" if found is None or any(map(math.isnan, found)) else f" [{number(found[0], 2)}~{number(found[1], 2)}]"


def rests(result: Result, lang: str) -> Sheet | None:
    """What each ratio rests on, and why there is none: for every policy with a price, where one has any."""
    frame = rests_frame(result, lang)
    heads = [text(f"column.{name}", lang) for name in frame]
    return make(text("report.rests", lang), heads, frame.itertuples(index=False), left=3) if len(frame) else None


def services(result: Result, lang: str) -> Sheet | None:
    """Benefit per yuan of policies that give services, over what a yuan of services is worth; no verdict."""
    if not len(result.services):
        return None
    called = labels_of(result, lang)
    rows = [
        (called[str(row["policy"])], *(number(row[name], 2) for name in ("worth_0", "worth_1", "break_even")))
        for row in result.services.to_dict("records")
    ]
    columns = [text(f"column.{name}", lang) for name in ("part", "worth_0", "worth_1", "break_even")]
    return make(text("report.services", lang), columns, rows)


def yearly(lang: str) -> str:
    """Return the unit in which an amount of every year is read."""
    return reading("bn CNY a year", lang).unit


def gains(result: Result, lang: str) -> Sheet:
    """Who gains and loses, and by what: by macro-region and hukou of people, by residence and sector."""
    spans = {(row["dimension"], row["who"]): gain_span(row) for row in result.gain_ranges.to_dict("records")}
    rows = [
        (
            text(f"dimension.{row['dimension']}", lang),
            who_name(str(row["dimension"]), str(row["who"]), lang, result.scenario.economy.regions),
            reading("million", lang).number(row["people"]),
            *(money_of(lang).number(row[part], sign="+") for part in (*PARTS, "variation")),
            GAIN.number(row["change"], sign="+"),
            spans[row["dimension"], row["who"]],
        )
        for row in result.gains.to_dict("records")
    ]
    people = read_head("people", lang)
    before, after = (
        [text(f"column.{name}", lang) for name in names]
        for names in (("dimension", "who"), (*PARTS, "variation", "change_percent", "span"))
    )
    return make(text("report.gains", lang, unit=yearly(lang)), [*before, people, *after], rows, left=2)


def bridge(result: Result, lang: str) -> Sheet:
    """The way from real GDP to equivalent variation: each row adds what the one before leaves out."""
    rows = [
        (item, money_of(lang).number(amount, sign="+"))
        for item, amount in bridge_frame(result, lang)[["item", "amount"]].itertuples(index=False)
    ]
    heads = [text("column.item", lang), read_head("amount", lang)]
    return make(text("report.bridge", lang, unit=yearly(lang)), heads, rows)


def who_name(dimension: str, who: str, lang: str, regions: Regions) -> str:
    """Return the name of a macro-region, hukou, residence or sector; a label of one's own is its name."""
    if dimension in ("macro_region", "region", "nation"):
        return regions.name(who, lang)
    return name_in("who", who, lang)


def budget_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return the budget by policy, payer and region as it is written to files."""
    table = result.budget
    return pd.DataFrame(
        {
            "part": table["policy"].replace(labels_of(result, lang)),
            "payer": [text(f"payer.{payer}", lang) for payer in table["payer"]],
            "code": table["region"],
            "region": [place_name(code, lang, result.scenario.economy.regions) for code in table["region"]],
        }
    ).join(table[list(AMOUNTS)])


def benefits_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return what each policy is worth as it is written to files."""
    table = result.benefits.rename(columns={"policy": "part", "present_cost": "present"})
    columns = ("marginal_cost_of_funds", "variation", "present_value", "benefit_per_yuan")
    policies = result.scenario.policies
    words = [
        rests_on(policies[name].instrument, keys.split(), policies[name].values(), lang)
        for name, keys in zip(table["part"], table["rests_on"], strict=True)
    ]
    marks = [text(f"ratio.{mark}", lang) for mark in table["mark"]]
    studies = [text(f"strength.{strength(name)}", lang) for name in table["instrument"]]
    kept = table[["part", "charged", "present", *columns]].replace({"part": labels_of(result, lang)})
    return kept.assign(mark=marks, studies=studies, rests_on=words)


def rests_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return what the ratio of each policy with a price rests on as it is written to files."""
    frame = benefits_frame(result, lang)
    return frame.loc[frame["present"] > 0, ["part", "studies", "rests_on"]]


def payers_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return the present cost by the place of who pays and by payer as it is written to files."""
    regions, table = result.scenario.economy.regions, cost_by_place(result.budget, result.scenario.economy.regions)
    long = table.reset_index(names="code").melt(id_vars=["code"], var_name="payer", value_name="present")
    names = {
        "region": [place_name(code, lang, regions) for code in long["code"]],
        "payer": [text(f"payer.{payer}", lang) for payer in long["payer"]],
    }
    return long[["code"]].assign(**names, present=long["present"])


def services_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return the benefit per yuan of services at both ends of what a yuan of them is worth, as it is written."""
    return result.services.rename(columns={"policy": "part"}).replace({"part": labels_of(result, lang)})


def gains_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return who gains as it is written to files."""
    table = result.gains
    return pd.DataFrame(
        {
            "dimension": [text(f"dimension.{name}", lang) for name in table["dimension"]],
            "who": [
                who_name(str(dimension), str(who), lang, result.scenario.economy.regions)
                for dimension, who in zip(table["dimension"], table["who"], strict=True)
            ],
        }
    ).join(table[["people", *PARTS, "variation", "change"]])


def gain_ranges(result: Result, lang: str) -> Sheet:
    """What people gain over income under other elasticities: all, by home, and by every way to divide them."""
    frame = gain_ranges_frame(result, lang)
    rows = [
        (*names, *(GAIN.number(figure, sign="+") for figure in figures), parameter)
        for *names, figures, parameter in zip(
            frame["dimension"],
            frame["who"],
            frame[["change", "low", "high"]].to_numpy(),
            frame["parameter"],
            strict=True,
        )
    ]
    heads = [text(f"column.{name}", lang) for name in ("dimension", "who", "change_percent", "low", "high", "most")]
    return make(text("report.gain_ranges", lang), heads, rows, left=2, tail=1)


def gain_ranges_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return the same as it is written to files."""
    table, regions = result.gain_ranges, result.scenario.economy.regions
    who = [who_name(of, who, lang, regions) for of, who in zip(table["dimension"], table["who"], strict=True)]
    words = {
        "dimension": [text(f"dimension.{of}", lang) for of in table["dimension"]],
        "who": who,
        "parameter": [parameter_name(of, lang) if of else "" for of in table["parameter"]],
    }
    return table.assign(**words)


def bridge_frame(result: Result, lang: str) -> pd.DataFrame:
    """Return the way from real GDP to equivalent variation as it is written to files."""
    return result.bridge.assign(item=[text(f"bridge.{item}", lang) for item in result.bridge["item"]])
