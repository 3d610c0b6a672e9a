"""Compare scenarios: runs that were written to folders, presets and scenario files, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.errors import DataError, HinterlandError, Problem
from hinterland.report.answer import Answer, records
from hinterland.report.changes import change_figure, changed, from_to, reading_beside, reading_of_change, seen
from hinterland.report.comparison_names import LETTERS, key_of, letters, titles
from hinterland.report.export import write_tables
from hinterland.report.frames import headed
from hinterland.report.places import approximate, grouping_title, place_of
from hinterland.report.quantities import Reading, counted, in_unit
from hinterland.report.record import read_scenario
from hinterland.report.sentences import bills_said, spaced
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import SHOWN, foremost, variable_name
from hinterland.report.tables import called as called_outcome
from hinterland.report.terms import own_words
from hinterland.report.verdict import doubts, together
from hinterland.scenario.file import near_of, presets, read
from hinterland.scenario.scenario import Scenario
from hinterland.study.compare import change_unit, check_base, check_count, compare, unused
from hinterland.study.outcomes import unit_of
from hinterland.study.run import Result, run
from hinterland.study.sensitivity import order_turns
from hinterland.texts import clauses, text
from hinterland.texts import listed as in_a_row

if TYPE_CHECKING:
    from hinterland.solve.certificate import Certificate

FIRST = ("urbanization_rate", "real_gdp", "welfare")  # by place on the first screen
PLACE = "real_gdp"  # of which it is told where scenarios differ most
KEYS = ("region", "name", "variable", "unit", "verdict")


@dataclass(frozen=True)
class Choice:
    """What of a comparison is shown, and how: as the options of the command say it."""

    by: str = "macro_region"
    sort: str | None = None
    variables: Sequence[str] | None = None
    against: str | None = None
    places: Sequence[str] = ()  # regions or groups that alone are shown, by any name


def in_the_box() -> list[str]:
    """Return the names of the ready scenarios and of the published changes."""
    return [*presets(), *presets(measured=True)]


def cases(sources: Sequence[str], choice: Choice, progress: Callable[[float], None] | None = None) -> dict[str, Result]:
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
        for place in choice.places:
            place_of(scenario.economy, place)
    found = {}
    for name, scenario in scenarios.items():
        found[name] = run(scenario)
        if progress:
            progress(len(found) / len(scenarios))
    return found


def is_folder(source: str) -> bool:
    """Whether a source is a folder of a run; one that merely has the name of a preset is not."""
    return Path(source).is_dir() and (source not in in_the_box() or Path(source, "run.json").exists())


def read_source(source: str) -> Scenario:
    """Return a scenario of the box or of a file; what is neither, nor a folder, is an error."""
    if source not in in_the_box() and not Path(source).exists():
        raise DataError(Problem("compare.unknown_source", {"value": source, "near": near_of(source)}))
    return read(source)


def label(source: str, scenario: Scenario) -> str:
    """Return what a scenario is called in the comparison: its name, with its folder."""
    return f"{scenario.name} ({Path(source).resolve().name})" if is_folder(source) else scenario.name


def reference(sources: Sequence[str], found: Mapping[str, Result], against: str | None) -> str | None:
    """Return the label of the scenario that the others are held against: as on the command line, by label or letter."""
    named = dict(zip(LETTERS, found, strict=False)) | dict(zip(sources, found, strict=True))
    return named.get(against, against) if against and against not in found else against


def side_by_side(
    sources: Sequence[str], found: Mapping[str, Result], choice: Choice, out: Path | None, lang: str
) -> Answer:
    """Write the comparison to a new file, where one is named, and return it."""
    first = reference(sources, found, choice.against) or next(iter(found))
    economy = next(iter(found.values())).scenario.economy
    regions = economy.regions
    table = changes_of(found, choice, first).reset_index()
    table.insert(1, "name", [regions.name(code, lang) for code in table["region"]])
    table.insert(3, "unit", [change_unit(name, unit_of(economy, name)) for name in table["variable"]])
    certificates = {name: case.equilibrium.certificate for name, case in found.items()}
    table.insert(4, "verdict", together(certificates))
    rows = records(table[[*KEYS, *(column for column in table if column not in KEYS)]])
    rows.sort(key=lambda row: row["variable"] != choice.sort)  # what is asked to order the places comes first
    title = text("report.comparison", lang) + ("" if choice.places else approximate(choice.by, regions, lang))
    if out is not None:
        tables = {
            title: comparison_frame(rows, certificates, lang),
            text("table.scenarios", lang): listed(sources, found, lang),
        }
        write_tables(tables, out)
    called = titles(found, lang)
    shown = partial(comparison_table, titles=letters(called) or called, first=first, lang=lang)
    unsure = doubts(certificates, lang)
    return Answer(
        rows,
        lambda: {"comparison": shown(rows, title)},
        opening=lambda: key_of(called),
        heading=lambda: key_of(called),
        closing=unsure,
        short=True,
        screen=None if choice.variables or choice.places else lambda: first_screen(found, rows, choice, shown, lang),
    )


def changes_of(found: Mapping[str, Result], choice: Choice, first: str) -> pd.DataFrame:
    """Return the changes, and the differences from the first: by a grouping, or of the places asked for alone."""
    differing = partial(compare, found, choice.variables, difference=True, against=first)
    if not choice.places:
        return differing(by=choice.by, sort=choice.sort, nation=True)
    parts, economy = [], next(iter(found.values())).scenario.economy
    for name in choice.places:
        place = place_of(economy, name)
        code = NATION if place == "nation" else place
        part = differing(by=place)
        parts.append(part[part.index.get_level_values("region") == code])
    return pd.concat(parts)


def first_screen(
    found: Mapping[str, Result],
    rows: Sequence[Mapping[str, Any]],
    choice: Choice,
    shown: Callable[..., Any],
    lang: str,
) -> list[Any]:
    """Return what the comparison comes to, the nation, some outcomes by place, and how sure the solutions are."""
    first, shown_by_place = (
        foremost(filter(None, (choice.sort, *names)), {row["variable"] for row in rows}) for names in (SHOWN, FIRST)
    )
    nation = [row for row in rows if row["region"] == NATION and row["variable"] in first]
    places = [row for row in rows if row["region"] != NATION and row["variable"] in shown_by_place]
    regions = next(iter(found.values())).scenario.economy.regions
    certificates = {name: case.equilibrium.certificate for name, case in found.items()}
    names = titles(found, lang)
    called = letters(names) or names
    sentences = [*same(found, rows, called, lang), *conclusion(found, nation, places, called, lang)]
    sentences += own_of(found, called, lang)
    said = [f"- {spaced(sentence, lang)}" for sentence in sentences]
    whole = text("compare.nation", lang, place=regions.name(NATION, lang))
    by = text("compare.places", lang, by=grouping_title(choice.by, regions, lang))
    tables = [shown(nation, whole, placed=False)] if nation else []
    tables += [shown(places, by + approximate(choice.by, regions, lang))] if places else []
    end = [certified(certificates, lang), doubts(certificates, lang), text("compare.more", lang)]
    return [key_of(names) + "\n".join([*said, ""]), *tables, "\n".join(filter(None, end))]


def conclusion(
    found: Mapping[str, Result],
    nation: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
    called: Mapping[str, str],
    lang: str,
) -> list[str]:
    """Say which scenario does most for what, where they differ most, and whether that hangs on the elasticities."""
    by_outcome = {row["variable"]: {name: float(row[name]) for name in found} for row in nation}
    main = foremost(FIRST, by_outcome)
    if len(found) == 1 or not main or len(alike(found, [*nation, *places])) == 1:
        return []
    said = [
        text(
            "compare.most",
            lang,
            clauses=clauses((most_and_least(name, by_outcome[name], called, lang) for name in main), lang),
        )
    ]
    if places:
        widest = max(places, key=lambda row: width_of(row, found) if row["variable"] == PLACE else 0.0)
        each = {name: changed(PLACE, float(widest[name]), lang) for name in found}
        said_each = in_a_row((f"{called[name]} {change}" for name, change in each.items()), lang)
        if widest["variable"] == PLACE and width_of(widest, found) >= seen(PLACE):
            said.append(
                text("compare.widest", lang, what=called_outcome(PLACE, lang), place=widest["name"], each=said_each)
            )
    said += over_elasticities(found, called, lang)
    return [*said, bills_apart(found, called, lang)]


def alike(found: Mapping[str, Result], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return the scenarios in groups: those of one group have the same printed change in every row."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in found:
        groups.setdefault(tuple(change_figure(row["variable"], row[name]) for row in rows), []).append(name)
    return [*groups.values()]


def same(
    found: Mapping[str, Result], rows: Sequence[Mapping[str, Any]], called: Mapping[str, str], lang: str
) -> list[str]:
    """Say which scenarios do the same everywhere, lest a table of zeros be taken for a finding."""
    return [
        text("compare.same", lang, names=in_a_row((called[name] for name in group), lang))
        for group in alike(found, rows)
        if len(group) > 1
    ]


def width_of(row: Mapping[str, Any], found: Mapping[str, Result]) -> float:
    """Return how far the scenarios are from each other in a row."""
    changes = [float(row[name]) for name in found]
    return max(changes) - min(changes)


def most_and_least(name: str, changes: Mapping[str, float], called: Mapping[str, str], lang: str) -> str:
    """Say which scenario raises an outcome most and which least; or that they hardly differ."""
    order = sorted(changes, key=lambda one: changes[one])
    values = {"what": called_outcome(name, lang), "best": called[order[-1]], "worst": called[order[0]]}
    values |= {"high": changed(name, changes[order[-1]], lang), "low": changed(name, changes[order[0]], lang)}
    alike = changes[order[-1]] - changes[order[0]] < seen(name)
    return text("compare.alike" if alike else "compare.best_and_worst", lang, **values)


def conditions(found: Mapping[str, Result], lang: str) -> list[str]:
    """Say of scenarios by name whether their order hangs on the elasticities, whose bills incomes count, on what terms.

    What users have changed is told of each, since names alone do not tell it.
    """
    called = {name: name for name in found}
    return [
        *over_elasticities(found, called, lang),
        bills_apart(found, called, lang),
        *own_of(found, called, lang),
    ]


def bills_apart(found: Mapping[str, Result], called: Mapping[str, str], lang: str) -> str:
    """Say whose bills incomes and welfare count, of each scenario where that differs."""
    groups: dict[str, list[str]] = {}
    for name, case in found.items():
        groups.setdefault(bills_said(case, lang), []).append(called[name])
    each = [text("compare.bills_of", lang, names=in_a_row(names, lang), bills=bills) for bills, names in groups.items()]
    return text("compare.bills", lang, bills=clauses(each, lang) if len(groups) > 1 else next(iter(groups))).strip()


def own_of(found: Mapping[str, Result], called: Mapping[str, str], lang: str) -> list[str]:
    """Say of each scenario what users have changed, and on which terms of its own it is solved."""
    own = {called[name]: clauses(own_words(case.scenario, lang), lang) for name, case in found.items()}
    return [text("compare.own", lang, name=name, own=words) for name, words in own.items() if words]


def over_elasticities(found: Mapping[str, Result], called: Mapping[str, str], lang: str) -> list[str]:
    """Say whether scenarios keep their order at other elasticities: of the first outcome, of others where they do not.

    They are held against each other at the same end of the same elasticity.
    """
    said = list[str]()
    spans = {name: case.sensitivity for name, case in found.items()}  # rows are the same: elasticity and end
    changes: Any = pd.DataFrame({name: case.headline.set_index("variable")["change"] for name, case in found.items()})
    for outcome in foremost(FIRST, set(changes.dropna().index).intersection(*spans.values())):
        table = pd.DataFrame({name: span[outcome] for name, span in spans.items()})
        by_name = dict(zip(changes, map(float, changes.loc[outcome]), strict=True))
        order = sorted(found, key=lambda one: by_name[one])
        apart = seen(outcome)
        held = [(low, high) for low, high in combinations(order, 2) if by_name[high] - by_name[low] >= apart]
        turned = [pair for pair in held if order_turns(table[[*pair]], pair[1:], pair[:1], apart)]
        even = any(float((table[high] - table[low]).min()) < apart for low, high in held if (low, high) not in turned)
        if turned or (held and not said):
            each = [f"{called[name]} {from_to(*ends_of(outcome, table[name]), lang)}" for name in order[::-1]]
            unit = reading_of_change(outcome, lang, counted=True).unit
            values = {"what": called_outcome(outcome, lang), "each": in_a_row(each, lang), "unit": unit}
            values |= {
                "pairs": in_a_row(
                    (text("compare.pair", lang, high=called[high], low=called[low]) for low, high in turned), lang
                )
            }
            values["even"] = text("compare.even", lang) if even else ""
            key = "stays" if not turned else "turns" if turned == held else "some_turn"
            said.append(text(f"compare.{key}", lang, **values))
    return said


def ends_of(outcome: str, changes: pd.Series[float]) -> tuple[str, str]:
    """Return the least and the largest change of an outcome, written."""
    return change_figure(outcome, changes.min()), change_figure(outcome, changes.max())


def certified(certificates: Mapping[str, Certificate], lang: str) -> str:
    """Return the certificates in one line, where all have passed."""
    if not all(known.passed for known in certificates.values()):
        return ""
    worst, error = (max(getattr(known, of) for known in certificates.values()) for of in ("worst", "error"))
    return text("compare.certificates", lang, count=len(certificates), worst=f"{worst:.0e}", error=f"{error:.0e}")


def comparison_table(
    rows: Sequence[Mapping[str, Any]],
    title: str,
    titles: Mapping[str, str],
    first: str,
    lang: str,
    placed: bool = True,
) -> Sheet:
    """Return the comparison as a table to read: changes in percent or points, then the differences.

    `placed` says whether places have a column, which those of one place that stands in the title need not.
    """
    columns = [name for name in rows[0] if name not in KEYS]
    heads = [titles.get(name) or f"Δ {titles[name.removesuffix(f' - {first}')]}" for name in columns]
    names = {name: called_outcome(name, lang) for name in dict.fromkeys(row["variable"] for row in rows)}
    names |= {name: variable_name(name, lang) for name in names if [*names.values()].count(names[name]) > 1}
    ways = {name: way_of(name, [row for row in rows if row["variable"] == name], columns, lang) for name in names}
    body = [
        (
            in_unit(names[row["variable"]], ways[row["variable"]].unit, lang),
            *([row["name"]] if placed else []),
            *(ways[row["variable"]].number(row[name], sign="+") for name in columns),
        )
        for row in rows
    ]
    words = [text(f"column.{name}", lang) for name in ("variable", *(["region"] if placed else []))]
    if len(titles) > 1:
        title += text("compare.difference", lang, name=titles[first])
    return make(title, [*words, *heads], body, left=len(words))


def way_of(name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], lang: str) -> Reading:
    """Return how the changes of one outcome are read."""
    largest = max(abs(row[column]) for row in rows for column in columns)
    return reading_beside(name, rows[0]["unit"], lang, largest)


def comparison_frame(
    rows: Sequence[Mapping[str, Any]], certificates: Mapping[str, Certificate], lang: str
) -> pd.DataFrame:
    """Return the comparison for a file: keys, names and verdict in one language, every digit of the changes."""
    ways = [counted(row["unit"], lang) for row in rows]
    words = {
        "key": [row["variable"] for row in rows],
        "variable": [variable_name(row["variable"], lang) for row in rows],
        "code": [row["region"] for row in rows],
        "region": [row["name"] for row in rows],
        "change_unit": [of.unit for of in ways],
        "verdict": together(certificates, lambda verdict: text(f"report.{verdict}", lang)),
    }
    columns = [name for name in rows[0] if name not in KEYS]
    figures = [[of.factor * row[name] for name in columns] for of, row in zip(ways, rows, strict=True)]
    numbers = pd.DataFrame(figures, columns=columns)
    return pd.concat([headed(pd.DataFrame(words), lang), numbers], axis=1)


def listed(sources: Sequence[str], found: Mapping[str, Result], lang: str) -> pd.DataFrame:
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
