"""A path as it is printed: when outcomes change, year by year, and by when half of it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hinterland.report.answer import Answer, records
from hinterland.report.changes import change_figure, changed, in_change, seen
from hinterland.report.places import approximate, grouping_title
from hinterland.report.sentences import sentence as ended
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import SHOWN, called, foremost
from hinterland.report.verdict import doubts
from hinterland.study.path import PARTS, Path, changes_by_place, milestones
from hinterland.texts import text

AFTER = (1, 5, 10, 20)  # years after the base year that are shown beside the last
TOLD = ("urbanization_rate", "nonag_share", "real_gdp")
SPLIT = ("urbanization_rate", "workers_in_place", "real_gdp")  # by groups


def report(followed: Path, lang: str, by: str = "") -> Answer:
    """Return a path: sentences, changes by year, by when they are there; by the groups of a grouping where asked for.

    For programs all years are given, with their certificates.
    """
    if by:
        frame = followed.by(by)
        return Answer(records(frame), lambda: grouped(followed, frame, by, lang), closing=closing(followed, lang))
    return Answer(
        records(followed.headline),
        lambda: {"path": by_year(followed, lang), "milestones": when(followed, lang)},
        document=lambda: document(followed),
        opening=lambda: opening(followed, lang),
        closing=closing(followed, lang),
        frame=lambda key: {"path": followed.headline, "milestones": milestones(followed, shown(followed))}[key],
    )


def document(followed: Path) -> dict[str, Any]:
    """Return a path as JSON: its pace, years with their certificates, the rest point."""
    certificates = [
        {"year": year, "verdict": known.verdict, "residual": known.worst, "error": known.error}
        for year, known in followed.certificates.items()
    ]
    return {
        "scenario": followed.scenario.name,
        "economy": followed.scenario.economy.name,
        "pace": followed.pace._asdict(),
        "headline": records(followed.headline),
        "rest": followed.at_rest,
        "milestones": records(milestones(followed, shown(followed))),
        "certificates": certificates,
    }


def opening(followed: Path, lang: str) -> str:
    """Return title, what is followed, and a sentence on each of the foremost outcomes."""
    scenario = followed.scenario
    lines = [f"{scenario.called(lang)}  [{scenario.economy.name}]", terms(followed, lang)]
    lines += [f"- {sentence(followed, name, lang)}" for name in foremost(TOLD, followed.at_rest)]
    return "\n".join(lines) + "\n"


def terms(followed: Path, lang: str) -> str:
    """Say what is followed: which years, at which pace, with what held still."""
    pace, years = followed.pace, {"base": followed.scenario.economy.year, "last": followed.years[-1]}
    return text("path.terms", lang, **years, among=100 * pace.among, inside=100 * pace.inside)


def sentence(followed: Path, name: str, lang: str) -> str:
    """Say how far an outcome has come at the horizon, what it is at the rest point, and in which year it turns."""
    changes, rest = followed.changes(name), followed.at_rest[name]
    if max(float(changes.abs().max()), abs(rest)) < seen(name):
        return ended([text("path.still", lang, what=called(name, lang))], lang)
    ten = followed.years[min(9, len(followed.years) - 1)]
    said = [
        text(
            "path.sentence",
            lang,
            what=called(name, lang),
            ten=ten,
            early=changed(name, changes[ten], lang),
            last=followed.years[-1],
            late=changed(name, changes.iloc[-1], lang),
            rest=changed(name, rest, lang),
        )
    ]
    turn = followed.years[int(changes.abs().to_numpy().argmax())]
    if turn != followed.years[-1] and abs(changes[turn] - changes.iloc[-1]) >= seen(name):
        said.append(text("path.peak", lang, year=turn, most=changed(name, changes[turn], lang)))
    return ended(said, lang)


def shown(followed: Path) -> list[str]:
    """Return the outcomes that are shown, foremost first."""
    return foremost(SHOWN, followed.at_rest)


def years_shown(followed: Path) -> list[int]:
    """Return the years that a table shows."""
    base, last = followed.scenario.economy.year, followed.years[-1]
    return [*(base + after for after in AFTER if base + after < last), last]


def by_year(followed: Path, lang: str) -> Sheet:
    """Changes from the base year, by year and at the rest point."""
    years = years_shown(followed)
    rows = []
    for name in shown(followed):
        changes = followed.changes(name)
        figures = [change_figure(name, changes[year]) for year in years]
        rows.append((in_change(called(name, lang), name, lang), *figures, change_figure(name, followed.at_rest[name])))
    heads = [text("column.variable", lang), *map(str, years), text("column.at_rest", lang)]
    return make(text("path.by_year", lang, base=followed.scenario.economy.year), heads, rows)


def when(followed: Path, lang: str) -> Sheet:
    """By when outcomes have half and nine tenths of their change at the rest point, over the range of the pace."""
    names = [name for name in shown(followed) if abs(followed.at_rest[name]) >= seen(name)]
    found = records(milestones(followed, names))
    cells = {(row["variable"], row["part"]): spanned(row, followed, lang) for row in found}
    rows = [(called(name, lang), *(cells[name, part] for part in PARTS)) for name in names]
    heads = [text("column.variable", lang), *(text(f"column.reached_{part}", lang) for part in PARTS)]
    return make(text("path.when", lang), heads, rows)


def spanned(row: Mapping[str, Any], followed: Path, lang: str) -> str:
    """Write a year with its range; after the horizon where it is not reached before."""
    after = text("path.after", lang, last=followed.years[-1])
    year, low, high = (after if row[key] is None else str(row[key]) for key in ("year", "low", "high"))
    return year if low == high else f"{year} [{low}~{high}]"


def grouped(followed: Path, frame: pd.DataFrame, by: str, lang: str) -> dict[str, Sheet | None]:
    """Return a table for each of a few outcomes: groups by year."""
    regions, years = followed.scenario.economy.regions, years_shown(followed)
    title = grouping_title(by, regions, lang) + approximate(by, regions, lang)
    found: dict[str, Sheet | None] = {}
    for name in foremost(SPLIT, {*frame["variable"]}):
        table = changes_by_place(frame, name)
        rows = [
            (regions.name(place, lang), *(change_figure(name, table[place][year]) for year in years))
            for place in map(str, table)
        ]
        head = text("path.of_groups", lang, what=in_change(called(name, lang), name, lang), by=title)
        found[name] = make(head, [text("column.region", lang), *map(str, years)], rows)
    return found


def closing(followed: Path, lang: str) -> str:
    """Say how sure each year is, what is left out, and where the rest is."""
    known = [*followed.certificates.values()]
    worst = text(
        "path.certificates",
        lang,
        count=len(known),
        passed=sum(one.passed for one in known),
        worst=f"{max(one.worst for one in known):.0e}",
        error=f"{max(one.error for one in known):.0e}",
    )
    doubtful = doubts({str(year): one for year, one in followed.certificates.items()}, lang)
    return "\n".join(filter(None, [worst, doubtful, text("path.limits", lang), text("path.more", lang)]))
