"""How the baseline fares beside what happened: what is not beaten first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hinterland.data.regions import china
from hinterland.report.answer import Answer, records
from hinterland.report.frames import headed
from hinterland.report.quantities import number
from hinterland.report.sentences import sentence as as_sentence
from hinterland.report.sheet import Sheet, make
from hinterland.texts import text
from hinterland.validation.backtest import NAIVE, OURS, Backtest, backtest

HEADS = {"official": "official_rate", "error": "error_pp", "rank": "rank_correlation", "places": "province_count"}
MOST = 5  # provinces missed most that are named


def report(lang: str) -> Answer:
    """Return the baseline beside the years since, by province: sentences, then tables."""
    found = backtest()
    return Answer(
        records(found.provinces),
        lambda: {
            "provinces": provinces(found, lang),
            "nation": nation(found, lang),
            "misses": misses(found, lang),
        },
        document=lambda: {
            "nation": records(found.nation),
            "provinces": records(found.provinces),
            "misses": records(found.misses),
        },
        opening=lambda: "\n".join([heading(lang), *(f"- {said}" for said in conclusion(found, lang)), ""]),
        heading=lambda: heading(lang),
        closing=text("backtest.limits", lang),
        frame=lambda key: labelled(getattr(found, key), lang),
    )


def heading(lang: str) -> str:
    """Return of what the tables are."""
    return text("backtest.title", lang)


def conclusion(found: Backtest, lang: str) -> list[str]:
    """Return what is not beaten, what is, and what the nation's rates say."""
    said: dict[str, list[str]] = {"not_beaten": [], "partly": [], "beaten": []}
    for (variable, year), rows in found.provinces.groupby(["variable", "year"], sort=False):
        by_forecast = {row["forecast"]: row for row in records(rows)}
        best = max((name for name in NAIVE if name in by_forecast), key=lambda name: by_forecast[name]["skill"])
        ours, theirs = by_forecast["ours"], by_forecast[best]
        case = beaten(ours, theirs)
        values = {
            "what": text(f"backtest.{variable}", lang),
            "year": year,
            "count": int(ours["places"]),
            "best": text(f"forecast.{best}", lang),
            "ours": number(ours["skill"], 2),
            "theirs": number(theirs["skill"], 2),
        }
        if case == "partly":
            values |= {"error": number(ours["error"], 3), "their_error": number(theirs["error"], 3)}
            values |= {"rank": number(ours["rank"], 2), "their_rank": number(theirs["rank"], 2)}
        said[case].append(text("backtest.partly_said" if case == "partly" else "backtest.against", lang, **values))
    found_said = [
        as_sentence([text(f"backtest.{case}", lang, cases=cases[0]), *cases[1:]], lang)
        for case, cases in said.items()
        if cases
    ]
    last = found.nation.iloc[-1]
    values = {
        "year": int(last["year"]),
        "official": number(last["official"], 2),
        "ours": number(last["ours"], 2),
        "alone": number(last["momentum_alone"], 2),
    }
    return [*found_said, as_sentence([text("backtest.nation", lang, **values)], lang)]


def beaten(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    """Return whether a forecast is beaten: in all of skill, mean error and order, in skill alone, or not."""
    if ours["skill"] <= theirs["skill"]:
        return "not_beaten"
    return "beaten" if ours["error"] < theirs["error"] and ours["rank"] >= theirs["rank"] else "partly"


def labelled(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return a table with heads and labels in one language, numbers as they are."""
    names = {
        "variable": lambda key: text(f"backtest.{key}", lang),
        "forecast": lambda key: text(f"forecast.{key}", lang),
        "region": lambda key: china().name(key, lang),
    }
    said = frame.assign(**{name: frame[name].map(say) for name, say in names.items() if name in frame})
    return headed(said.rename(columns=HEADS), lang)


def provinces(found: Backtest, lang: str) -> Sheet:
    """How each forecast fares, by variable and year."""
    rows = [
        (
            text(f"backtest.{row['variable']}", lang),
            str(row["year"]),
            text(f"forecast.{row['forecast']}", lang),
            number(row["error"], 3),
            number(row["skill"], 2),
            number(row["skill_demeaned"], 2),
            number(row["rank"], 2),
        )
        for row in records(found.provinces)
    ]
    keys = ("variable", "year", "forecast", "error_mean", "skill", "skill_demeaned", "rank_correlation")
    return make(text("backtest.provinces", lang), [text(f"column.{key}", lang) for key in keys], rows, left=3)


def nation(found: Backtest, lang: str) -> Sheet:
    """The nation's rates: official, ours, and ours without the fall in costs that was fitted to the last of them."""
    rows = [
        (str(int(row["year"])), *(number(row[name], 2) for name in ("official", *OURS)))
        for row in records(found.nation)
    ]
    heads = [text("column.year", lang), text("column.official_rate", lang)]
    return make(text("backtest.nation_table", lang), [*heads, *(text(f"forecast.{name}", lang) for name in OURS)], rows)


def misses(found: Backtest, lang: str) -> Sheet:
    """The provinces that are missed most."""
    rows = [
        (china().name(row["region"], lang), *(number(row[name], 2) for name in ("official", "ours", "error")))
        for row in records(pd.DataFrame(found.misses).head(MOST))
    ]
    heads = [text(f"column.{key}", lang) for key in ("region", "official_rate", "ours", "error_pp")]
    return make(text("backtest.misses", lang), heads, rows)
