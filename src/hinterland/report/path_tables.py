"""Tables of a path with heads and labels in one language and their numbers as they are: in Python and in files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from hinterland.report import frames
from hinterland.report.answer import require_table
from hinterland.report.columns import counted_in
from hinterland.report.money import who_name
from hinterland.report.quantities import counted, in_unit
from hinterland.report.tables import SHOWN, foremost, variable_name
from hinterland.report.terms import against, drivers_said, foresight_said
from hinterland.scenario.called import printed_labels
from hinterland.study.budget import BY_YEAR
from hinterland.study.path import milestones
from hinterland.texts import name_in, text

if TYPE_CHECKING:
    from hinterland.study.path import Path


def shown(followed: Path) -> list[str]:
    """Return the outcomes that are shown, foremost first."""
    return foremost(SHOWN, followed.at_rest)


def table(followed: Path, name: str, lang: str) -> pd.DataFrame:
    """Return a table of a path; a DataError names the nearest where none is called so."""
    return TABLES[require_table(name, TABLES, lang)](followed, lang)


def for_files(followed: Path, lang: str) -> dict[str, pd.DataFrame]:
    """Return every table by its name, with the years of every region."""
    found = {name_in("table", key, lang): table(followed, lang) for key, table in TABLES.items()}
    found |= {name_in("table", "regions", lang): outcomes(followed, followed.by("region"), lang)}
    said = foresight_said(followed, lang).strip()
    if followed.drivers is None and not said:
        return found
    assumed = drivers_said(followed.drivers, followed.scenario.economy.year, lang) if followed.drivers else said
    held = pd.DataFrame({text("column.held", lang): [against(followed, lang), assumed]})
    return found | {name_in("table", "held", lang): held}


def outcomes(followed: Path, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return outcomes by year with names beside their keys and the unit of each number."""
    found = frames.with_units(frames.outcomes(frame, lang, followed.scenario.economy), lang)
    if followed.drivers:
        relative, held = text("unit.relative to baseline", lang), text("unit.relative to without", lang)
        found = found.rename(columns={"baseline": "without"}).replace({"change_unit": {relative: held}})
    return frames.headed(found, lang)


def turning(followed: Path, lang: str) -> pd.DataFrame:
    """Return the years from which outcomes stay near their end, over the range of the pace."""
    found = milestones(followed, shown(followed))
    names = {
        "key": found["variable"],
        "variable": [variable_name(name, lang) for name in found["variable"]],
        "nearness": [text(f"column.reached_{part}", lang) for part in found["part"]],
    }
    years = or_later(found[["year", "low", "high"]], followed.years[-1], lang)
    return frames.headed(pd.DataFrame(names).join(years), lang)


def or_later(years: pd.DataFrame, last: int, lang: str) -> pd.DataFrame:
    """Return years with words where there is none up to the last."""
    return years.where(years.notna(), text("path.after", lang, last=last))


def budget(followed: Path, lang: str) -> pd.DataFrame:
    """Return what is spent, charged and owed by year, policy and payer."""
    found, money = followed.budget, counted("bn CNY", lang)
    labels = printed_labels(followed.scenario.policies, followed.scenario.economy.regions, lang)
    names = {
        "year": found["year"],
        "part": found["policy"].replace(labels),
        "payer": [text(f"payer.{payer}", lang) for payer in found["payer"]],
    }
    amounts = {in_unit(text(f"path.{name}", lang), money.unit, lang): money.factor * found[name] for name in BY_YEAR}
    return frames.headed(pd.DataFrame(names), lang).join(pd.DataFrame(amounts))


def gains(followed: Path, lang: str) -> pd.DataFrame:
    """Return what people gain where they were, by part, year and way to divide them; the last rows are of the end."""
    found = pd.concat([followed.gains, followed.gains_at_rest], ignore_index=True)
    regions, ways = followed.scenario.economy.regions, counted_in(lang)
    who = [who_name(of, who, lang, regions) for of, who in zip(found["dimension"], found["who"], strict=True)]
    named = found.assign(
        year=[text("column.at_rest", lang) if year != year else int(year) for year in found["year"]],
        dimension=[text(f"dimension.{of}", lang) for of in found["dimension"]],
        who=who,
    )
    scaled = named.assign(**{name: ways[name].factor * named[name] for name in named if name in ways})
    return frames.headed(scaled, lang, {name: of.unit for name, of in ways.items()})


TABLES: dict[str, Callable[[Path, str], pd.DataFrame]] = {
    "path": lambda followed, lang: outcomes(followed, followed.headline, lang),
    "milestones": turning,
    "budget": budget,
    "gains": gains,
}
