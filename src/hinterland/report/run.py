"""A run as it is printed. Numbers come from `study`, words from the table of texts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hinterland.report.answer import Answer, records
from hinterland.report.changes import signs_that_turn
from hinterland.report.first_screen import first_screen
from hinterland.report.moments import moments_met
from hinterland.report.money import labels_of
from hinterland.report.places import absences, by_groups, in_full, outcomes_of, place_of
from hinterland.report.record import as_json, rows_of
from hinterland.report.run_tables import TABLES, sheets, table
from hinterland.report.scenarios import reasons
from hinterland.report.tables import short_name
from hinterland.report.terms import heading, terms, title
from hinterland.study.run import Result, iamc
from hinterland.study.worth import FUNDS
from hinterland.texts import listed, text


def report(result: Result, lang: str, provinces: Sequence[str] = (), by: str = "") -> Answer:
    """Return a run: levels in the IAMC shape, all of it as JSON, tables between what was asked and what it means.

    Of provinces by name or of a grouping, where they are asked for, those tables alone.
    """

    def above() -> str:
        return heading(result.scenario, lang)

    if provinces or by:
        codes = [place_of(result.scenario.economy, name) for name in provinces]
        shown = {code: in_full(result, code, lang) for code in codes} | (
            {by: by_groups(result, by, lang)} if by else {}
        )
        found = [*(outcomes_of(result, code) for code in codes), *([result.by(by)] if by else [])]
        return Answer(rows_of(pd.concat(found, ignore_index=True)), lambda: shown, opening=above, short=True)
    return Answer(
        records(iamc(result)),
        lambda: sheets(result, lang),
        document=lambda: as_json(result),
        opening=lambda: opening(result, lang),
        heading=above,
        meaning=lambda: meaning(result, lang),
        screen=lambda: first_screen(result, lang),
        short=True,
        frame=lambda key: table(result, key, lang),
        apart=[name for name, row in TABLES.items() if row.apart],
    )


def opening(result: Result, lang: str) -> str:
    """Return what stands above the tables: title, what the scenario represents, its policies with their reasons."""
    scenario = result.scenario
    paragraphs = [title(scenario, lang)]
    if scenario.texts.get("represents"):
        paragraphs.append(scenario.texts["represents"].get(lang, ""))
    paragraphs.append("\n".join([text("report.policies", lang), *(f"  {line}" for line in reasons(scenario, lang))]))
    paragraphs += filter(None, [terms(scenario, lang)])
    paragraphs.append(scenario.states(lang))
    unsure = signs_that_turn(result.sensitivity)
    if unsure:
        names = listed((short_name(name, lang) for name in unsure), lang)
        paragraphs.append(text("report.signs", lang, names=names))
    return "\n\n".join(paragraphs) + "\n"


def meaning(result: Result, lang: str) -> str:
    """Say what of the scenario is fact and what assumed; what people, income and welfare are, and what is estimated."""
    paragraphs = [
        f"{text(f'about.{key}', lang)}: {result.scenario.texts[key].get(lang, '')}"
        for key in ("facts", "assumptions")
        if result.scenario.texts.get(key)
    ]
    if odd := result.odd_funds:
        low, high = FUNDS
        called = labels_of(result, lang)
        names = listed((called.get(name, name) for name in odd), lang)
        paragraphs.append(text("report.funds_alarm", lang, names=names, low=low, high=high))
    paragraphs.append(moments_met(result.benefits["instrument"], lang))
    return "\n\n".join([*paragraphs, economy_meaning(result, lang)])


def economy_meaning(result: Result, lang: str) -> str:
    """Say what people, income and welfare are in this economy, and what of it is estimated."""
    economy = result.scenario.economy
    key = "report.what_residents_are" if economy.cells.residences > 1 else "report.what_people_are"
    absent = [name for name, is_absent in absences(economy).items() if is_absent]
    return "\n\n".join([text(key, lang, note=economy.note(lang)), *(text(f"report.{name}", lang) for name in absent)])
