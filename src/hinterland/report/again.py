"""Of what a report is, and how it is made again: the command, the Python, the scenario where it is none of the box."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from hinterland.report.comparison import is_folder
from hinterland.report.record import read_scenario
from hinterland.scenario.file import presets, read

if TYPE_CHECKING:
    from hinterland.scenario.scenario import Scenario
    from hinterland.study.run import Result

FILE = "scenario.yaml"


def scenario_of(source: str) -> Scenario:
    """Return the scenario of a run's folder, of the box or of a file; a DataError or PolicyError says what is wrong.

    A folder is solved anew on the very base year that it was solved on, or refused.
    """
    return read_scenario(source) if is_folder(source) else read(source)


def own_file(result: Result) -> str:
    """Return a scenario as a file; empty where it is one of the box, unchanged."""
    scenario = result.scenario
    known = scenario.name in (*presets(), *presets(measured=True))
    content = scenario.to_yaml()
    return "" if known and read(scenario.name).to_yaml() == content else content


def commands(result: Result, lang: str, outlines: str = "") -> tuple[str, str]:
    """Return the command and the Python that make the same report; `outlines` is the file of polygons of its map."""
    source = FILE if own_file(result) else result.scenario.name
    drawn, own = (f" --geojson {shlex.quote(outlines)}", f", geojson={outlines!r}") if outlines else ("", "")
    command = f"hinterland report {shlex.quote(source)} --lang {lang}{drawn} --out report.html"
    called = f'result.report("report.html", lang={lang!r}{own})'
    return command, f"import hinterland as hl\n\nresult = hl.run({source!r})\n{called}".replace("'", '"')
