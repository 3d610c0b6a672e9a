"""How urban a country that moves by itself becomes with the policies of a path and without, and when."""

from __future__ import annotations

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.report.quantities import number
from hinterland.report.sentences import sentence
from hinterland.report.tables import called
from hinterland.study.baseline import AIM, reached
from hinterland.study.drivers import URBAN
from hinterland.study.path import Path
from hinterland.texts import listed, text


def rates(followed: Path) -> dict[str, pd.DataFrame]:
    """Return the rate of urbanization at the end of years, %, with the policies and without, of each place.

    Markets clear in a year where people were at the end of the year before. Empty where there are no towns.
    """
    whole = pd.concat([followed.headline.assign(region=NATION), followed.by("macro_region")], ignore_index=True)
    towns = whole[whole["variable"] == URBAN].assign(year=whole["year"] - 1)
    return {
        str(place): rows.set_index("year")[["value", "baseline"]].astype(float)
        for place, rows in towns.groupby("region", sort=False)
    }


def towns(followed: Path, lang: str) -> str:
    """Say how urban the country is with the policies and without, and when places pass the level that is the aim."""
    found, regions = rates(followed), followed.scenario.economy.regions
    if not found:
        return ""
    said = [
        passing(regions.name(place, lang), rate, lang)
        for place, rate in found.items()
        if rate["baseline"].iloc[0] < AIM
    ]
    nation = found[NATION].iloc[-1]
    values = {
        "what": called(URBAN, lang),
        "year": found[NATION].index[-1],
        "rate": number(nation["value"], 2),
        "without": number(nation["baseline"], 2),
        "passing": text("path.passing", lang, level=AIM, places=listed(said, lang)) if said else "",
    }
    return sentence([text("path.towns", lang, **values)], lang)


def passing(name: str, rate: pd.DataFrame, lang: str) -> str:
    """Say in which year a place passes the level with the policies, and in which without."""
    after = text("path.after", lang, last=rate.index[-1])
    year, without = (reached(rate[column], AIM) or after for column in ("value", "baseline"))
    key = "path.passes_alike" if year == without else "path.passes"
    return text(key, lang, place=name, year=year, without=without)
