"""Compare scenarios: runs that were written to folders, presets and scenario files, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.regions import NATION, Regions
from hinterland.errors import DataError, HinterlandError, Problem, hint
from hinterland.report.answer import Answer, records
from hinterland.report.changes import change_figure, in_change
from hinterland.report.export import write_tables
from hinterland.report.frames import headed
from hinterland.report.record import read_scenario
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import SHOWN, called, unit_name, variable_name
from hinterland.report.verdict import doubts, together
from hinterland.scenario.file import presets, read
from hinterland.scenario.scenario import Scenario
from hinterland.study.compare import Case, change_unit, check_base, check_count, compare, solved, unused
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.solve.certificate import Certificate

FIRST = ("urbanization_rate", "real_gdp", "welfare")  # by place on the first screen
KEYS = ("region", "name", "variable", "unit", "verdict")


@dataclass(frozen=True)
class Choice:
    """What of a comparison is shown, and how: as the options of the command say it."""

    by: str = "macro_region"
    sort: str | None = None
    variables: Sequence[str] | None = None
    against: str | None = None


def in_the_box() -> list[str]:
    """Return the names of the ready scenarios and of the published changes."""
    return [*presets(), *presets(measured=True)]


def cases(sources: Sequence[str], choice: Choice, progress: Callable[[float], None] | None = None) -> dict[str, Case]:
    """Return the solved scenarios by label, or raise with everything that is wrong with what was named."""
    check_count(len(sources))
    scenarios: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for source in sources:
        try:
            scenario = read_scenario(source) if is_folder(source) else read_source(source)
            scenarios[unused(label(source, scenario), [*KEYS, *scenarios])] = scenario
        except HinterlandError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    check_base({name: scenario.economy for name, scenario in scenarios.items()})
    for scenario in scenarios.values():
        scenario.economy.regions.known_grouping(choice.by, scenario.economy.domestic_codes)
    found = {}
    for name, scenario in scenarios.items():
        case = solved(scenario)
        found[name] = Case(case.scenario, case.equilibrium)
        if progress:
            progress(len(found) / len(scenarios))
    return found


def is_folder(source: str) -> bool:
    """Whether a source is a folder of a run; one that merely has the name of a preset is not."""
    return Path(source).is_dir() and (source not in in_the_box() or Path(source, "run.json").exists())


def read_source(source: str) -> Scenario:
    """Return a scenario of the box or of a file; what is neither, nor a folder, is an error."""
    if source not in in_the_box() and not Path(source).exists():
        raise DataError(Problem("compare.unknown_source", {"value": source, "near": hint(source, in_the_box())}))
    return read(source)


def label(source: str, scenario: Scenario) -> str:
    """Return what a scenario is called in the comparison: its name, with its folder."""
    return f"{scenario.name} ({Path(source).resolve().name})" if is_folder(source) else scenario.name


def reference(sources: Sequence[str], found: Mapping[str, Case], against: str | None) -> str | None:
    """Return the label of the scenario that the others are held against: named as on the command line, or by label."""
    return dict(zip(sources, found, strict=True)).get(against, against) if against else None


def side_by_side(
    sources: Sequence[str], found: Mapping[str, Case], choice: Choice, out: Path | None, lang: str
) -> Answer:
    """Write the comparison to a new file, where one is named, and return it."""
    first = reference(sources, found, choice.against) or next(iter(found))
    table = compare(
        found, choice.variables, choice.by, difference=True, against=first, sort=choice.sort, nation=True
    ).reset_index()
    regions = found[first].scenario.economy.regions
    table.insert(1, "name", [regions.name(code, lang) for code in table["region"]])
    table.insert(3, "unit", [change_unit(variable) for variable in table["variable"]])
    certificates = {name: case.equilibrium.certificate for name, case in found.items()}
    table.insert(4, "verdict", together(certificates))
    rows = records(table[[*KEYS, *(column for column in table if column not in KEYS)]])
    title = text("report.comparison", lang) + approximate(choice.by, regions, lang)
    if out is not None:
        tables = {
            title: comparison_frame(rows, certificates, lang),
            text("table.scenarios", lang): listed(sources, found, lang),
        }
        write_tables(tables, out)
    shown = partial(comparison_table, title=title, first=first, count=len(found), lang=lang)
    nation = [row for row in rows if row["region"] == NATION and row["variable"] in SHOWN]
    places = [row for row in rows if row["region"] != NATION and row["variable"] in FIRST]
    unsure = doubts(certificates, lang)
    return Answer(
        rows,
        lambda: {"comparison": shown(rows)},
        closing=unsure,
        short=True,
        screen=None
        if choice.variables
        else lambda: [*([unsure] if unsure else []), *(shown(part) for part in (nation, places) if part)],
    )


def approximate(by: str, regions: Regions, lang: str) -> str:
    """Say that groups drawn finer than provinces stand for the provinces they lie in."""
    chosen = regions.of_kind(by) if by in regions.groupings() else (str(regions.find_group(by)),)
    return "" if all(regions.by_group[key].whole for key in chosen) else text("compare.by_province", lang)


def comparison_table(rows: Sequence[Mapping[str, Any]], title: str, first: str, count: int, lang: str) -> Sheet:
    """Return the comparison as a table to read: changes in percent or points, then the differences."""
    columns = [name for name in rows[0] if name not in KEYS]
    heads = [*columns[:count], *(f"Δ {name.removesuffix(f' - {first}')}" for name in columns[count:])]
    body = [
        (
            in_change(called(row["variable"], lang), row["variable"], lang),
            row["name"],
            *(change_figure(row["variable"], row[name]) for name in columns),
        )
        for row in rows
    ]
    words = [text("column.variable", lang), text("column.region", lang)]
    if count > 1:
        title += text("compare.difference", lang, name=first)
    return make(title, [*words, *heads], body, left=2)


def comparison_frame(
    rows: Sequence[Mapping[str, Any]], certificates: Mapping[str, Certificate], lang: str
) -> pd.DataFrame:
    """Return the comparison for a file: keys, names and verdict in one language, every digit of the changes."""
    words = {
        "key": [row["variable"] for row in rows],
        "variable": [variable_name(row["variable"], lang) for row in rows],
        "code": [row["region"] for row in rows],
        "region": [row["name"] for row in rows],
        "change_unit": [unit_name(row["unit"], lang) for row in rows],
        "verdict": together(certificates, lambda verdict: text(f"report.{verdict}", lang)),
    }
    columns = [name for name in rows[0] if name not in KEYS]
    numbers = pd.DataFrame([[row[name] for name in columns] for row in rows], columns=columns)
    return pd.concat([headed(pd.DataFrame(words), lang), numbers], axis=1)


def listed(sources: Sequence[str], found: Mapping[str, Case], lang: str) -> pd.DataFrame:
    """Return what the scenarios of a comparison are: label, title, base year, where each came from, verdict."""
    scenarios = [case.scenario for case in found.values()]
    words = {
        "name": list(found),
        "title": [scenario.title.get(lang, "") for scenario in scenarios],
        "economy": [scenario.economy.name for scenario in scenarios],
        "source": list(sources),
        "verdict": [text(f"report.{case.equilibrium.certificate.verdict}", lang) for case in found.values()],
    }
    return headed(pd.DataFrame(words), lang)
