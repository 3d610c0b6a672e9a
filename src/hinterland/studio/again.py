"""How the numbers of a view are had elsewhere: the command, the Python, the scenario file; and files to take away."""

from __future__ import annotations

from collections.abc import Sequence

import hinterland as hl
from hinterland.studio.api import Code, State
from hinterland.studio.scenarios import linked, of_the_box, scenario_of
from hinterland.texts import text

FILE = "scenario.yaml"
OF_RUN = ("years", "gains_by_year", "flows", "urbanization", "industry", "gains", "budget", "bridge")
PICTURES = ("map", *OF_RUN, "range")
OF_SERIES = {"series": "map", "panel": "panel", "rank_size": "rank_size"}  # file -> chart
BESIDE = ("compare", "compare_places")
OF_COMPARISON = (*BESIDE, "compare_years")
DRAWN = (*PICTURES, *OF_COMPARISON, *OF_SERIES, "fan")
ENDINGS = ("png", "svg", "csv")
TABLES = ("results.csv", "tables.xlsx", FILE, "report.html")


def later(state: State) -> Code:
    """Return the place of what is asked for when it is opened."""
    return Code("again", text("studio.again", state.lang), more=True)


def of_run(state: State) -> Code:
    """Return what gives the run of a state, and its files."""
    scenario = scenario_of(state)
    known = is_of_the_box(scenario)
    source = scenario.name if known else FILE
    lang, link = state.lang, linked(state)
    commands = [f"hinterland {name} {source} --format json --lang {lang}" for name in ("run", "path")]
    python = [
        "import hinterland as hl",
        "",
        f'result = hl.run("{source}")',
        "result.headline",
        "result.followed.headline",
    ]
    codes = [
        (text("studio.again.command", lang), "\n".join(commands)),
        (text("studio.again.python", lang), "\n".join(python)),
        (text("studio.again.file", lang, file=FILE), scenario.to_yaml()),
    ]
    query = f"?link={link}"
    files = [(text(f"studio.file.{name.partition('.')[0]}", lang), f"{name}{query}") for name in TABLES]
    files += drawings(PICTURES, state)
    return Code("again", text("studio.again", lang), codes, files)


def of_comparison(state: State, scenarios: Sequence[hl.Scenario]) -> Code:
    """Return what gives a comparison: a file for each scenario that is none of the box."""
    lang = state.lang
    sources = [
        one.name if is_of_the_box(one) else f"scenario_{place}.yaml" for place, one in enumerate(scenarios, start=1)
    ]
    listed = ", ".join(f'"{source}"' for source in sources)
    python = [
        "import hinterland as hl",
        "",
        f'hl.compare([{listed}], nation=True, lang="{lang}")',
        f"hl.compare_paths([{listed}])",
    ]
    commands = [f"hinterland compare {' '.join(sources)} {way}--format json --lang {lang}" for way in ("", "--years ")]
    codes = [
        (text("studio.again.command", lang), "\n".join(commands)),
        (text("studio.again.python", lang), "\n".join(python)),
        *(
            (text("studio.again.file", lang, file=source), one.to_yaml())
            for source, one in zip(sources, scenarios, strict=True)
        ),
    ]
    files = drawings(OF_COMPARISON, state)
    return Code("again", text("studio.again", lang), codes, files if len(scenarios) > 1 else [])


def of_series(state: State, name: str) -> Code:
    """Return what gives the figures of a series."""
    lang, year = state.lang, state.year
    when = f" --year {year}" if year else ""
    python = (
        f"import hinterland as hl\n\nhl.panel().query(\"variable == '{name}'{f' and year == {year}' if year else ''}\")"
    )
    codes = [
        (text("studio.again.command", lang), f"hinterland data show {name}{when} --format csv --lang {lang}"),
        (text("studio.again.python", lang), python),
    ]
    files = drawings([*OF_SERIES, "fan"], state)
    return Code("again", text("studio.again", lang), codes, files)


def drawings(names: Sequence[str], state: State) -> list[tuple[str, str]]:
    """Return the files of pictures, which are called as on the page, in each form, and their places."""
    called = {name: text(f"studio.part.{name}", state.lang) for name in names}
    link = linked(state)
    return [(f"{words} {of.upper()}", f"{name}.{of}?link={link}") for name, words in called.items() for of in ENDINGS]


def is_of_the_box(scenario: hl.Scenario) -> bool:
    """Whether a scenario is one of the box, as it stands there."""
    known = scenario.name in (*hl.presets(), *hl.presets(measured=True))
    return known and of_the_box(scenario.name) is scenario
