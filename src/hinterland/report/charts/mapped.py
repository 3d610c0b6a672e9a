"""What a map shows: a number for each region, how it is read, what it is called; of a run, an economy or a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data import panel
from hinterland.data.network import find_city
from hinterland.data.ports import find_port
from hinterland.data.regions import Regions, china
from hinterland.diagnose import dashboard as standing
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, Problem, require_kind
from hinterland.policy.policy import Policy
from hinterland.policy.targets import chosen_n
from hinterland.report.charts.words import (
    change_reading,
    chosen_variable,
    digits_for,
    level_reading,
    name_of,
    resolved,
    timed_variable,
    title_of,
)
from hinterland.report.quantities import Reading, missing
from hinterland.report.terms import against
from hinterland.scenario.scenario import Scenario
from hinterland.solve.static import Equilibrium
from hinterland.study.glance import Glance
from hinterland.study.outcomes import (
    OUTCOMES,
    Place,
    State,
    base_state,
    compared,
    measures,
    regional,
    state_of,
)
from hinterland.study.path import Path
from hinterland.study.run import Result
from hinterland.study.standing import columns
from hinterland.texts import text

SHOWN = ("change", "level", "baseline")
INCOME, URBAN = "real_income", "urbanization_rate"


@dataclass(frozen=True)
class Mapped:
    """Numbers by region, in the units of the schema, those that are there; `sign` is + where they are changes."""

    values: Mapping[str, float]
    regions: Regions
    codes: tuple[str, ...]  # of all regions, those without a number among them
    reading: Reading
    title: str
    subtitle: str
    variable: str
    sign: str = ""

    @property
    def scaled(self) -> dict[str, float]:
        """The numbers in the unit in which they are read."""
        return {code: self.reading.factor * value for code, value in self.values.items()}


def mapped(of: Any, variable: str | None, lang: str, show: str = "change", year: int | None = None) -> Mapped:
    """Return what a map of a run, a year of a path, a solution, a scenario, an economy or the panel's year shows."""
    if isinstance(of, Result) and year is not None:
        of = of.followed
    if isinstance(of, Result):
        return of_outcomes(of.scenario.economy, of.regions, title_of(of, lang), variable, lang, show)
    if isinstance(of, Glance):
        return of_glance(of, variable, lang, show)
    if isinstance(of, Path):
        asked = of.years[-1] if year is None else of.year(year)
        return over_path(of, variable, lang, show)[asked]
    if year is not None and not isinstance(of, int | str):
        raise DataError(Problem("chart.no_year", {"value": year}))
    if isinstance(of, Equilibrium):
        return of_outcomes(of.economy, provinces(of), of.economy.name, variable, lang, show)
    if isinstance(of, Scenario):
        return of_scenario(of, lang)
    if isinstance(of, Economy):
        return of_economy(of, variable, lang)
    if year is None and of is not None and not isinstance(of, int | str):
        require_kind(of, (Result, Economy), "result_economy_year")
    return of_year(of if year is None else year, variable, lang)


def provinces(equilibrium: Equilibrium) -> pd.DataFrame:
    """Return the outcomes of every domestic region at a solution, from the base year."""
    economy = equilibrium.economy
    each = {code: (code,) for code in economy.domestic_codes}
    return regional(economy, base_state(economy), state_of(equilibrium), each)


def of_outcomes(
    economy: Economy, regions: pd.DataFrame, subtitle: str, variable: str | None, lang: str, show: str
) -> Mapped:
    """Return the change or the level of an outcome by region."""
    kind = kind_of(show)
    table = regions[regions["region"].isin(economy.domestic_codes)]
    chosen = chosen_variable(variable, list(dict.fromkeys(table["variable"])), INCOME)
    rows = table[table["variable"] == chosen]
    column = {"change": "change", "level": "value", "baseline": "baseline"}[kind]
    values = known(dict(zip(rows["region"], rows[column], strict=True)))
    return of_outcome(economy, subtitle, chosen, kind, str(rows["unit"].iloc[0]), values, lang)


def kind_of(show: str) -> str:
    """Return which of a change and two levels is meant, by its key or its name in either language."""
    return resolved(show, {key: [text(f"chart.show.{key}", of) for of in ("zh", "en")] for key in SHOWN}, "chart.show")


def of_glance(seen: Glance, variable: str | None, lang: str, show: str) -> Mapped:
    """Return the change or the level of an outcome by region, of an answer without splits."""
    kind, found = kind_of(show), seen.provinces
    chosen = chosen_variable(variable, list(found.value), INCOME)
    numbers = {"change": found.change, "level": found.value, "baseline": found.baseline}[kind][chosen]
    values = known(dict(zip(seen.codes, numbers.tolist(), strict=True)))
    scenario = seen.scenario
    return of_outcome(scenario.economy, scenario.called(lang), chosen, kind, found.units[chosen], values, lang)


def over_path(followed: Path, variable: str | None, lang: str, show: str = "change") -> dict[int, Mapped]:
    """Return an outcome by region in every year of a path, all read in one unit."""
    economy, kind, table = followed.scenario.economy, kind_of(show), followed.by("region")
    asked = variable and timed_variable(followed, variable)
    chosen = chosen_variable(asked, list(dict.fromkeys(table["variable"])), INCOME)
    rows = table[table["variable"] == chosen]
    column = {"change": "change", "level": "value", "baseline": "baseline"}[kind]
    unit, numbers = str(rows["unit"].iloc[0]), rows.set_index(["year", "region"])[column]
    read = change_reading(chosen, unit, lang, numbers) if kind == "change" else level(chosen, unit, lang, numbers)
    name, found = name_of(chosen, lang), dict[int, Mapped]()
    for year in followed.years:
        when = economy.year if kind == "baseline" and followed.drivers is None else year
        title = text("chart.title.path" if kind == "change" else "chart.title.year", lang, name=name, year=when)
        values, sign = known(numbers[year].to_dict()), "+" if kind == "change" else ""
        subtitle = subtitle_of(followed, lang)
        found[year] = Mapped(values, economy.regions, economy.domestic_codes, read, title, subtitle, chosen, sign)
    return found


def subtitle_of(followed: Path, lang: str) -> str:
    """Return what a path is called; and what its years are held against where that is not the base year."""
    name = followed.scenario.called(lang)
    held = text("chart.years.held", lang, against=against(followed, lang)) if followed.drivers else ""
    return name + held


def of_outcome(
    economy: Economy, subtitle: str, chosen: str, kind: str, unit: str, values: Mapping[str, float], lang: str
) -> Mapped:
    """Return the numbers of an outcome with how they are read and what they are called."""
    changes = kind == "change"
    read = (
        change_reading(chosen, unit, lang, values.values()) if changes else level(chosen, unit, lang, values.values())
    )
    title = text(f"chart.title.{kind}", lang, name=name_of(chosen, lang), year=economy.year)
    return Mapped(
        values,
        economy.regions,
        economy.domestic_codes,
        read,
        title,
        subtitle,
        chosen,
        "+" if changes else "",
    )


def of_scenario(scenario: Scenario, lang: str) -> Mapped:
    """Return how many policies of a scenario name each region, itself, one of its cities or of its ports."""
    economy = scenario.economy
    count_n = sum((named_n(policy, economy) for policy in scenario.policies.values()), np.zeros(economy.cells.regions))
    values = dict(zip(economy.domestic_codes, map(float, count_n), strict=True))
    title, name = text("chart.title.policies", lang), scenario.called(lang)
    return Mapped(values, economy.regions, economy.domestic_codes, Reading(1.0, "", 0), title, name, "policies")


def named_n(policy: Policy, economy: Economy) -> FloatArray:
    """Return the domestic regions that a policy names, (D,), 0 or 1."""
    named, codes = np.zeros(economy.cells.regions), economy.domestic_codes
    for value, entry in schema.values(policy.instrument).items():
        given = getattr(policy, value)
        if entry.kind == "places" and given:
            named = np.maximum(named, chosen_n(economy, given, f"{policy.instrument}.{value}"))
        elif entry.kind == "cities":
            named = np.maximum(named, [code in {find_city(city).region_code for city in given} for code in codes])
        elif entry.kind == "ports":
            crossings = [port for name in given for port in find_port(name, f"{policy.instrument}.{value}")]
            named = np.maximum(named, [code in {port.region_code for port in crossings} for code in codes])
    return named


def of_economy(economy: Economy, variable: str | None, lang: str) -> Mapped:
    """Return an outcome of the base year, or a column of the dashboard that the arrays tell, by region."""
    codes, base = economy.domestic_codes, base_state(economy)
    board = columns(economy)
    known_here = dict.fromkeys([*measures(Place(economy, base, np.ones(len(codes), dtype=bool))), *board])
    chosen = chosen_variable(variable, list(known_here), URBAN)
    if chosen in board:
        unit, numbers = schema.indicators()[chosen].unit, dict(zip(codes, board[chosen].value_n, strict=True))
    else:
        rows = [
            compared(economy, {}, now, now)[0] for now in (outcome_of(economy, base, chosen, code) for code in codes)
        ]
        unit, numbers = str(rows[0]["unit"]), {code: row["value"] for code, row in zip(codes, rows, strict=True)}
    values = known(numbers)
    title = text("chart.title.year", lang, name=name_of(chosen, lang), year=economy.year)
    return Mapped(
        values, economy.regions, codes, level(chosen, unit, lang, values.values()), title, economy.name, chosen
    )


def outcome_of(economy: Economy, state: State, name: str, code: str) -> dict[str, float]:
    """Return one outcome of one region."""
    return measures(
        Place(economy, state, np.array([code == of for of in economy.domestic_codes])), {name: OUTCOMES[name]}
    )


def of_year(given: Any, variable: str | None, lang: str) -> Mapped:
    """Return a series of the panel or an indicator of the dashboard by province."""
    series = [*schema.variables(), *(name for name in standing.COLUMNS if name not in schema.variables())]
    chosen = chosen_variable(variable, series, URBAN)
    if chosen in schema.variables():
        year = panel.years(chosen)[-1] if given is None else panel.whole_year(given)
        numbers = {str(code): float(value) for code, value in panel.series(chosen, year).items()}
        unit = schema.variables()[chosen].unit
    else:
        asked = panel.years("population_resident")[-1] if given is None else panel.whole_year(given)
        year, unit = standing.column_year(chosen, asked), schema.indicators()[chosen].unit
        numbers = {code: measured(chosen, year, code) for code in china().codes}
    values = known(numbers)
    if not values:
        raise DataError(Problem("chart.no_figures", {"name": name_of(chosen, lang), "year": year}))
    title = text("chart.title.year", lang, name=name_of(chosen, lang), year=year)
    read = level(chosen, unit, lang, values.values())
    return Mapped(values, china(), china().codes, read, title, text("chart.panel_source", lang), chosen)


def over_years(name: str, lang: str) -> dict[int, Mapped]:
    """Return a series of the panel in every year of which it has figures, all read in one unit, that of the smallest.

    Digits are those that each year needs.
    """
    found = {year: of_year(year, name, lang) for year in panel.years(name)}
    unit = min((of.reading for of in found.values()), key=lambda read: -read.factor)

    def read_in(of: Mapped) -> Mapped:
        digits = of.reading.digits
        if of.reading.factor != unit.factor:
            digits = digits_for(unit.factor * max(map(abs, of.values.values())))
        return replace(of, reading=Reading(unit.factor, unit.unit, digits))

    return {year: read_in(of) for year, of in found.items()}


def measured(name: str, year: int, code: str) -> float:
    """Return a column of the dashboard of one province; no number where the panel lacks it."""
    try:
        return float(standing.COLUMNS[name][0](year, [code]))
    except DataError:
        return float("nan")


def level(name: str, unit: str, lang: str, values: Iterable[float]) -> Reading:
    """Return how levels of a variable are read."""
    entry = schema.indicators().get(name)
    dashboards = entry is not None and name in standing.COLUMNS and entry.unit == unit
    return level_reading(unit, lang, values, entry.digits if entry is not None and dashboards else None)


def known(numbers: Mapping[str, Any]) -> dict[str, float]:
    """Return the numbers that there are."""
    return {str(code): float(value) for code, value in numbers.items() if not missing(float(value))}


def table_of(what: Mapped, lang: str) -> pd.DataFrame:
    """Return the table behind a map: code, name, number in the unit of its head; none where there is no number."""
    head = f"{what.title} ({what.reading.unit})" if what.reading.unit else what.title
    scaled = what.scaled
    return pd.DataFrame(
        {
            text("column.code", lang): list(what.codes),
            text("column.region", lang): [what.regions.name(code, lang) for code in what.codes],
            head: [scaled.get(code) for code in what.codes],
        }
    )
