"""Hinterland (腹地): an open policy laboratory for regional development and urbanization.

Names are loaded on first use, so that importing the package imports neither jax nor pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hinterland.shown import Shows, answered_by

if TYPE_CHECKING:
    from hinterland import indicators, schema
    from hinterland import instruments as policies
    from hinterland.calibrate.levels import Fundamentals, invert, levels
    from hinterland.data.panel import panel, series
    from hinterland.diagnose.facts import facts_table
    from hinterland.economy.economy import Economy
    from hinterland.economy.elasticities import elasticities
    from hinterland.errors import DataError, HinterlandError, ModelError, NotSolvedError, PolicyError
    from hinterland.policy.strength import strength
    from hinterland.replications import replicate
    from hinterland.report import charts
    from hinterland.report.cards import cards, contributions
    from hinterland.report.citations import cited
    from hinterland.report.comparison import conditions
    from hinterland.report.glossary import glossary
    from hinterland.report.levels import Card
    from hinterland.report.quantities import reading
    from hinterland.report.record import write
    from hinterland.report.sentences import answered
    from hinterland.report.soundness import check
    from hinterland.report.terms import own_words
    from hinterland.scenario.file import from_mapping, parse, presets, read, stories
    from hinterland.scenario.listed import in_words
    from hinterland.scenario.remarks import remarks
    from hinterland.scenario.scenario import Scenario
    from hinterland.solve import response, solve
    from hinterland.solve.certificate import Certificate
    from hinterland.solve.equilibria import equilibria
    from hinterland.solve.many import solve_many
    from hinterland.solve.static import Equilibrium
    from hinterland.study.apply import apply
    from hinterland.study.baseline import Baseline, baseline
    from hinterland.study.compare import compare, compare_paths
    from hinterland.study.drivers import Drivers
    from hinterland.study.glance import glance
    from hinterland.study.pace import Pace
    from hinterland.study.path import Path, path
    from hinterland.study.run import Result, iamc, run
    from hinterland.study.standing import dashboard
    from hinterland.world.load import load
    from hinterland.world.world import World

_HOMES = {
    "Baseline": "study.baseline",
    "Card": "report.levels",
    "Certificate": "solve.certificate",
    "DataError": "errors",
    "Drivers": "study.drivers",
    "Economy": "economy.economy",
    "Equilibrium": "solve.static",
    "Fundamentals": "calibrate.levels",
    "HinterlandError": "errors",
    "ModelError": "errors",
    "NotSolvedError": "errors",
    "Pace": "study.pace",
    "Path": "study.path",
    "PolicyError": "errors",
    "Result": "study.run",
    "Scenario": "scenario.scenario",
    "World": "world.world",
    "answered": "report.sentences",
    "apply": "study.apply",
    "baseline": "study.baseline",
    "cards": "report.cards",
    "charts": "",
    "check": "report.soundness",
    "cited": "report.citations",
    "compare": "study.compare",
    "compare_paths": "study.compare",
    "conditions": "report.comparison",
    "contributions": "report.cards",
    "dashboard": "study.standing",
    "elasticities": "economy.elasticities",
    "equilibria": "solve.equilibria",
    "facts_table": "diagnose.facts",
    "from_mapping": "scenario.file",
    "glance": "study.glance",
    "glossary": "report.glossary",
    "iamc": "study.run",
    "in_words": "scenario.listed",
    "indicators": "",
    "invert": "calibrate.levels",
    "levels": "calibrate.levels",
    "load": "world.load",
    "own_words": "report.terms",
    "panel": "data.panel",
    "parse": "scenario.file",
    "path": "study.path",
    "policies": "",
    "presets": "scenario.file",
    "read": "scenario.file",
    "reading": "report.quantities",
    "remarks": "scenario.remarks",
    "replicate": "replications",
    "response": "solve",
    "run": "study.run",
    "schema": "",
    "series": "data.panel",
    "solve": "",
    "solve_many": "solve.many",
    "stories": "scenario.file",
    "strength": "policy.strength",
    "write": "report.record",
}

_FOLDERS = {"charts": "report.charts", "policies": "instruments"}  # offered whole under a name of their own

_GONE = {"IdentityError": "HinterlandError: nothing raised the other"}

__all__ = [
    "Baseline",
    "Card",
    "Certificate",
    "DataError",
    "Drivers",
    "Economy",
    "Equilibrium",
    "Fundamentals",
    "HinterlandError",
    "ModelError",
    "NotSolvedError",
    "Pace",
    "Path",
    "PolicyError",
    "Result",
    "Scenario",
    "World",
    "answered",
    "apply",
    "baseline",
    "cards",
    "charts",
    "check",
    "cited",
    "compare",
    "compare_paths",
    "conditions",
    "contributions",
    "dashboard",
    "elasticities",
    "equilibria",
    "facts_table",
    "from_mapping",
    "glance",
    "glossary",
    "iamc",
    "in_words",
    "indicators",
    "invert",
    "levels",
    "load",
    "own_words",
    "panel",
    "parse",
    "path",
    "policies",
    "presets",
    "read",
    "reading",
    "remarks",
    "replicate",
    "response",
    "run",
    "schema",
    "series",
    "solve",
    "solve_many",
    "stories",
    "strength",
    "write",
]


def _notebook() -> Shows:
    from hinterland.report import notebook

    return notebook


answered_by(_notebook)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        from hinterland.errors import gone

        raise gone("hinterland", name, _GONE)
    if not _HOMES[name]:
        return import_module(f"hinterland.{_FOLDERS.get(name, name)}")
    return getattr(import_module(f"hinterland.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
