"""What each view shows of a state, block by block; what takes longer is asked for when it is opened."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hinterland as hl
from hinterland.errors import DataError, Problem
from hinterland.studio import again, standing
from hinterland.studio.api import (
    MOST_COMPARED,
    Answer,
    Assumption,
    Assumptions,
    Block,
    Cards,
    Chart,
    Kept,
    Option,
    Pins,
    State,
    Table,
    Tile,
    TileMap,
    Words,
    Years,
)
from hinterland.studio.levers import OWN, levers, step_through
from hinterland.studio.pictures import chart, maps, minus, table_of
from hinterland.studio.scenarios import linked, of_the_box, scenario_of, seen, whole_state
from hinterland.studio.wording import on_page
from hinterland.texts import text

HEADLINE = ("urbanization_rate", "workers_in_place", "real_income", "real_gdp", "welfare", "east_west_gap")
INSTEAD = ("nonag_share", "workers_across", "theil")  # where an economy does not tell one of them
SHOWN = 6
BY_YEAR = "map_by_year"
OF_PICTURES = {"bridge": {"by": "gdp"}}  # of which more than one way is drawn; the others are tables here


def answer(state: State, sequence: int) -> Answer:
    """Return what a state shows at once."""
    whole, lang = whole_state(state), state.lang
    now = seen(whole)
    shown = levers(now, lang)
    names = {of.label: of.name for of in shown}
    return Answer(
        sequence,
        whole.model_dump(),
        linked(whole),
        now.scenario.called(lang),
        shown,
        list(VIEWS[state.view](whole)),
        [on_page(problem, lang, names=names) for problem in hl.remarks(now.scenario)],
    )


def part(state: State, block: str) -> Block:
    """Return one block of a view in full, however long it takes."""
    found = PARTS.get(block)
    if found is None:
        raise DataError(Problem("studio.no_block", {"value": f"{block:.60}", "known": ", ".join(PARTS)}))
    return found(whole_state(state))


def happens(state: State) -> Iterator[Block]:
    """Yield what happens under the scenario."""
    yield headline(state)
    yield tile_map(state)
    if state.place in seen(state).codes:
        yield of_place(state)
    for name in (*again.OF_RUN, "instruments", "channels", "range"):
        yield Chart(name, text(f"studio.part.{name}", state.lang), closed=True, more=True)
        if name == "years":
            yield Years(BY_YEAR, path_title(timed_of(state) or "real_income", state.lang), closed=True, more=True)
    yield again.later(state)


def headline(state: State, full: bool = False) -> Cards:
    """Return six outcomes of the nation and the certificate; their ranges where it is asked in full."""
    now, lang = seen(state), state.lang
    names = [name for name in (*HEADLINE, *INSTEAD) if name in now.headline.value][:SHOWN]
    found = hl.cards(now, names, lang, spread=full)
    known = table_of(now.result.table("certificate", lang))
    mark = text("studio.mark", lang, verdict=text(f"report.{now.certificate.verdict}", lang))
    about = text("studio.about", lang, name=base_name(now.scenario, lang), states=now.scenario.states(lang))
    own = hl.own_words(now.scenario, lang)
    said = [minus(words) for words in (*hl.answered(now.result, lang, full), *own)]
    return Cards("headline", text("studio.headline", lang), about, found, said, mark, known, more=not full)


def base_name(scenario: hl.Scenario, lang: str) -> str:
    """Return the name of a base year; one whose figures were changed says so in either language."""
    return scenario.economy.name.replace(text("edit.title", "en"), text("edit.title", lang))


def tile_map(state: State) -> TileMap:
    """Return an outcome by province."""
    what = hl.charts.mapped(seen(state), variable_of(state), state.lang, state.show)
    shown = hl.charts.coloured(what, state.lang)
    most = max((abs(of.value) for of in shown if of.value is not None), default=0.0) or 1.0
    tiles = [
        Tile(of.code, of.name, of.words, of.colour, of.ink, 0.0 if of.value is None else of.value / most)
        for of in shown
    ]
    scale = hl.charts.ramp(list(what.scaled.values()), bool(what.sign))
    sentence = hl.charts.map_sentence(what, state.lang)
    low, high = (hl.charts.figure(what.reading, end / what.reading.factor) for end in (scale.low, scale.high))
    known = seen(state).provinces.value
    outcomes = [Option(name, hl.charts.name_of(name, state.lang)) for name in hl.schema.outcomes("regions")]
    return TileMap(
        "map",
        what.title,
        sentence,
        what.reading.unit,
        list(scale.stops),
        low,
        high,
        tiles,
        what.variable,
        [of for of in outcomes if of.key in known],
    )


def variable_of(state: State) -> str | None:
    """Return the outcome that is shown; None for the first choice where an economy does not tell it."""
    return state.variable if state.variable in seen(state).provinces.value else None


def of_place(state: State) -> Chart:
    """Return every outcome of the province that is chosen."""
    now, lang = seen(state), state.lang
    head = [text(f"studio.column.{key}", lang) for key in ("outcome", "before", "after", "change")]
    rows = [[of.name, of.before, of.after, of.change] for of in hl.cards(now, None, lang, state.place)]
    name = now.scenario.economy.regions.name(state.place, lang)
    return Chart("place", text("studio.part.place", lang, place=name), table=Table(head, rows))


def path_title(variable: str, lang: str) -> str:
    """Return what stands above the maps of a path."""
    return text("studio.part.path", lang, name=hl.charts.name_of(variable, lang))


def path_map(state: State) -> Years:
    """Return the map of an outcome in every year of the path, among which a slider chooses."""
    found = hl.charts.over_path(seen(state).result.followed, timed_of(state), state.lang, state.show)
    variable = next(iter(found.values())).variable
    return maps(BY_YEAR, path_title(variable, state.lang), found, state.lang, closed=True)


def compare(state: State) -> Iterator[Block]:
    """Yield up to six scenarios side by side."""
    runs, lang = named(state), state.lang
    beside = comparable(runs)
    names = [
        name if name in beside else text("studio.pin_apart", lang, name=name, base=base_name(now.scenario, lang))
        for name, now in runs.items()
    ]
    yield Pins(
        "pins", text("studio.pins", lang), text("studio.pins_help", lang), names, ready(runs, lang), MOST_COMPARED
    )
    if len(beside) > 1:
        for name in again.BESIDE:
            yield chart(name, picture(state, name))
        yield Chart("compare_said", text("studio.part.compare_said", lang), closed=True, more=True)
        yield Chart("compare_years", text("studio.part.compare_years", lang), closed=True, more=True)
    yield again.later(state)


def compare_said(state: State) -> Chart:
    """Return on what the order of scenarios hangs, and whose bills are counted."""
    found = {name: now.result for name, now in comparable(named(state)).items()}
    said = [minus(words) for words in hl.conditions(found, state.lang)]
    return Chart("compare_said", text("studio.part.compare_said", state.lang), " ".join(said), closed=True)


def timed_of(state: State) -> str | None:
    """Return the outcome that is shown; None where it has no years."""
    name = variable_of(state)
    return None if name in hl.Path.timeless else name


def on_outlines(state: State, geojson: str) -> Chart:
    """Return the map of an outcome on polygons of one's own; they are read, drawn and forgotten."""
    whole = whole_state(state)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "map.geojson"
        place.write_text(geojson, encoding="utf-8")
        try:
            drawn = seen(whole).result.plot("map", variable_of(whole), whole.lang, show=whole.show, geojson=place)
        except DataError as error:  # which names the file: on the page it has no path
            raise DataError(Problem(of.key, of.values | {"place": "GeoJSON"}) for of in error.problems) from error
    return chart("outlines", drawn)


def comparable(runs: dict[str, Any]) -> dict[str, Any]:
    """Return the runs that stand on the same base year, with the same elasticities, as the first."""
    bases = {name: (now.scenario.economy.name, hl.elasticities(now.scenario.economy)) for name, now in runs.items()}
    first = next(iter(bases.values()))
    return {name: runs[name] for name, base in bases.items() if base == first}


def ready(runs: dict[str, Any], lang: str) -> list[Option]:
    """Return the scenarios of the box that stand on the base year of the first run."""
    economy = next(iter(runs.values())).scenario.economy.name
    titles = {name: story["title"] for name, story in hl.stories().items()}
    return [Option(name, titles[name][lang]) for name in hl.presets() if of_the_box(name).economy.name == economy]


def named(state: State) -> dict[str, Any]:
    """Return the scenario of the page and those it is compared with by name; those alike are numbered."""
    found: dict[str, Any] = {}
    for kept in (state, *state.compare):
        now = seen(Kept(preset=kept.preset, scenario=kept.scenario))
        title = now.scenario.title.get(state.lang) or now.scenario.name
        while title in found:
            title += "\N{PRIME}"
        found[title] = now
    return found


def assumptions(state: State) -> Iterator[Block]:
    """Yield the elasticities, and what of the scenario is fact and what assumed."""
    scenario, lang = scenario_of(state), state.lang
    base = scenario.to_mapping()["economy"]
    now = hl.elasticities(scenario.economy)
    fields = [assumption(name, now[name], given, base, lang) for name, given in hl.elasticities(hl.load(base)).items()]
    sentence = text("studio.assumptions_help", lang)
    yield Assumptions("assumptions", text("studio.view.assumptions", lang), sentence, fields)
    parts = [
        (text(f"about.{key}", lang), words)
        for key in ("represents", "facts", "assumptions")
        if (words := scenario.texts.get(key, {}).get(lang, "").strip())
    ]
    names = hl.charts.policy_names(seen(state), lang)
    about = {name: scenario.about.get(label, {}).get(lang, "") for label, name in names.items()}
    reasons = [(name, words) for name, words in about.items() if words]
    if parts or reasons:
        yield Words("story", text("studio.story", lang), [*parts, *reasons])
    yield Chart("range", text("studio.part.range", lang), closed=True, more=True)
    yield again.later(state)


def assumption(name: str, now: float, given: float, economy: str, lang: str) -> Assumption:
    """Return one elasticity with its range and its source."""
    wanted = ("efficiency_rj", "rural industry") if name == "rural_efficiency" else (name, "")
    of_economy = [entry for entry in hl.schema.parameters().values() if entry.economy == economy]
    entry = next(of for of in of_economy if (of.name, of.index) == wanted)
    source = text("known.assumed", lang) if entry.source == OWN else hl.cited(entry.source)
    outside = text("studio.outside.elasticity", lang, source=source)
    low, high = entry.minimum, entry.maximum
    return Assumption(
        name, getattr(entry, lang), now, given, low, high, step_through(low, given, high), source, outside
    )


def of_picture(name: str) -> Callable[[State], Chart]:
    """Return what makes the block of a picture."""
    return lambda state: chart(name, picture(state, name), closed=True)


def picture(state: State, name: str) -> Any:
    """Return a picture of what a state shows, which the page and its files have alike."""
    lang = state.lang
    if name == "fan":
        return standing.fan(lang)
    if name in again.OF_SERIES:
        variable = None if name == "rank_size" else state.indicator
        return hl.charts.picture(state.year or None, again.OF_SERIES[name], variable, lang)
    if name in again.OF_COMPARISON:
        found = {of: now.result for of, now in comparable(named(state)).items()}
        if name == "compare_years":
            return hl.charts.picture(found, "years", timed_of(state), lang)
        return hl.charts.picture(found, "compare", variable_of(state) if name == "compare_places" else None, lang)
    result = seen(state).result
    if name == "map":
        return result.plot(name, variable_of(state), lang, show=state.show)
    return result.plot(name, None, lang, **OF_PICTURES.get(name, {}))


def of_table(name: str, block: str) -> Callable[[State], Chart]:
    """Return what makes the block of a split of the run."""

    def make(state: State) -> Chart:
        heads, rows = hl.contributions(seen(state), name, state.lang)
        table = Table([text("studio.column.part", state.lang), *heads], rows)
        return Chart(block, text(f"studio.part.{block}", state.lang), table=table, closed=True)

    return make


def elsewhere(state: State) -> Block:
    """Return how the numbers of a view are had elsewhere."""
    if state.view == "stand":
        return again.of_series(state, standing.shown(state))
    if state.view == "compare":
        return again.of_comparison(state, [now.scenario for now in comparable(named(state)).values()])
    return again.of_run(state)


VIEWS: dict[str, Callable[[State], Iterator[Block]]] = {
    "stand": standing.blocks,
    "happens": happens,
    "compare": compare,
    "assumptions": assumptions,
}
PARTS: dict[str, Callable[[State], Block]] = {
    "headline": lambda state: headline(state, full=True),
    **{name: of_picture(name) for name in (*again.OF_RUN, "range", "compare_years", "fan")},
    "again": elsewhere,
    BY_YEAR: path_map,
    "compare_said": compare_said,
    "instruments": of_table("decomposition", "instruments"),
    "channels": of_table("channels", "channels"),
}
