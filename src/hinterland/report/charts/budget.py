"""Cost and value: what each policy costs whom a year, and what it is worth to residents, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hinterland.report.charts.picture import Picture, data, finished
from hinterland.report.charts.theme import FAINT, Spec
from hinterland.report.charts.words import (
    figure,
    has_money,
    level_reading,
    no_choice,
    policy_names,
    result_of,
    title_of,
    with_unit,
)
from hinterland.report.quantities import in_unit
from hinterland.study.summary import outlays_by_payer
from hinterland.texts import text

PAYERS = {"centre": "#332288", "province": "#88ccee", "firms": "#ddaa33", "people": "#cc6677"}
WORTH = "#117733"
WIDTH, STEP, BAR = 400, 44, 13


def draw(of: Any, variable: str | None, lang: str) -> Picture:
    """Return what each policy is charged a year by payer, and the equivalent variation it brings."""
    no_choice(variable, "budget")
    result = result_of(of)
    has_money(result, "budget")
    names, worth = policy_names(result, lang), result.benefits.set_index("policy")["variation"]
    paid: Any = outlays_by_payer(result.budget)["charged"]
    read = level_reading("bn CNY a year", lang, [*worth, *paid])
    value = text("chart.budget.value", lang)
    rows = [
        {"policy": names[str(policy)], "kind": 0, "what": text(f"payer.{payer}", lang), "value": read.factor * charged}
        for (policy, payer), charged in paid.items()
        if charged
    ]
    rows += [
        {"policy": names[str(policy)], "kind": 1, "what": value, "value": read.factor * float(amount)}
        for policy, amount in worth.items()
    ]
    costs = paid.groupby("policy", sort=False).sum()
    sums = [
        {"policy": names[str(policy)], "kind": 0, "end": read.factor * cost, "words": figure(read, cost)}
        for policy, cost in costs.items()
        if cost
    ]
    sums += [
        {
            "policy": names[str(policy)],
            "kind": 1,
            "end": max(0.0, read.factor * float(amount)),
            "words": figure(read, amount, "+"),
        }
        for policy, amount in worth.items()
    ]
    who = [payer for payer in PAYERS if payer in set(paid.index.get_level_values("payer"))]
    shown = pd.DataFrame(
        {
            text("column.part", lang): [names[str(policy)] for policy in worth.index],
            **{
                in_unit(text(f"payer.{payer}", lang), read.unit, lang): [
                    read.factor * float(paid.get((policy, payer), 0.0)) for policy in worth.index
                ]
                for payer in who
            },
            in_unit(value, read.unit, lang): [read.factor * float(amount) for amount in worth],
        }
    )
    sentence = text(
        f"chart.budget.{'sentence' if paid.sum() > 0 else 'free'}",
        lang,
        cost=with_unit(read, float(paid.sum())),
        value=with_unit(read, float(worth.sum()), "+"),
        most=names[str(costs.idxmax())] if len(costs) else "",
    )
    title = text("chart.budget.title", lang)
    subtitle = text("chart.budget.subtitle", lang, scenario=title_of(result, lang), year=result.scenario.economy.year)
    key = {**{text(f"payer.{payer}", lang): PAYERS[payer] for payer in who}, value: WORTH}
    order = [names[str(policy)] for policy in worth.index]
    body = paired(rows, sums, key, order, in_unit(text("chart.budget.axis", lang), read.unit, lang))
    return finished("budget", lang, title, subtitle, sentence, shown, body, 520)


def paired(
    rows: list[dict[str, Any]], sums: list[dict[str, Any]], key: dict[str, str], order: list[str], title: str
) -> Spec:
    """Return two bars a policy: its cost by payer, and below it its value."""
    axis = {"domain": False, "ticks": False, "labelPadding": 6}
    down = {"field": "policy", "type": "nominal", "sort": order, "title": None, "axis": axis}
    offset = {"field": "kind", "type": "nominal", "sort": [0, 1], "scale": {"paddingInner": 0.1}}
    along = {"field": "value", "type": "quantitative", "title": title, "axis": {"domain": False}}
    colour = {
        "field": "what",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(key), "range": list(key.values())},
        "legend": {"orient": "top", "symbolType": "square"},
    }
    return {
        "width": WIDTH,
        "height": {"step": STEP, "for": "position"},
        "layer": [
            {
                "data": data(rows),
                "mark": {"type": "bar", "height": BAR},
                "encoding": {"y": down, "yOffset": offset, "x": along, "color": colour},
            },
            {"mark": {"type": "rule", "color": FAINT}, "encoding": {"x": {"datum": 0}}},
            {
                "data": data(sums),
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10},
                "encoding": {"y": down, "yOffset": offset, "x": along | {"field": "end"}, "text": {"field": "words"}},
            },
        ],
    }
