"""Hinterland (腹地): an open policy laboratory for regional development and urbanization.

Names are loaded on first use, so that importing the package imports neither jax nor pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hinterland import indicators as indicators
    from hinterland import policy as policies
    from hinterland.calibrate.levels import Fundamentals, invert, levels
    from hinterland.comparing import compare
    from hinterland.data.panel import panel, series
    from hinterland.diagnose import dashboard
    from hinterland.economy import Economy, load
    from hinterland.errors import (
        DataError,
        HinterlandError,
        IdentityError,
        ModelError,
        NotSolvedError,
        PolicyError,
    )
    from hinterland.facts import facts_table
    from hinterland.published import replicate
    from hinterland.report.record import write
    from hinterland.scenario import Scenario
    from hinterland.scenario_file import presets, read
    from hinterland.solve import response, solve
    from hinterland.solve.many import equilibria, solve_many
    from hinterland.solve.static import Equilibrium
    from hinterland.solve.status import Certificate
    from hinterland.study import Result, run
    from hinterland.world import World

_HOMES = {
    "Certificate": "solve.status",
    "DataError": "errors",
    "Economy": "economy",
    "Equilibrium": "solve.static",
    "Fundamentals": "calibrate.levels",
    "HinterlandError": "errors",
    "IdentityError": "errors",
    "ModelError": "errors",
    "NotSolvedError": "errors",
    "PolicyError": "errors",
    "Result": "study",
    "Scenario": "scenario",
    "World": "world",
    "compare": "comparing",
    "dashboard": "diagnose",
    "equilibria": "solve.many",
    "facts_table": "facts",
    "indicators": "",
    "invert": "calibrate.levels",
    "levels": "calibrate.levels",
    "load": "economy",
    "panel": "data.panel",
    "policies": "",
    "presets": "scenario_file",
    "read": "scenario_file",
    "replicate": "published",
    "response": "solve",
    "run": "study",
    "series": "data.panel",
    "solve": "",
    "solve_many": "solve.many",
    "write": "report.record",
}

__all__ = [
    "Certificate",
    "DataError",
    "Economy",
    "Equilibrium",
    "Fundamentals",
    "HinterlandError",
    "IdentityError",
    "ModelError",
    "NotSolvedError",
    "PolicyError",
    "Result",
    "Scenario",
    "World",
    "compare",
    "dashboard",
    "equilibria",
    "facts_table",
    "indicators",
    "invert",
    "levels",
    "load",
    "panel",
    "policies",
    "presets",
    "read",
    "replicate",
    "response",
    "run",
    "series",
    "solve",
    "solve_many",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'hinterland' has no attribute {name!r}")
    if not _HOMES[name]:
        return import_module({"policies": "hinterland.policy"}.get(name, f"hinterland.{name}"))
    return getattr(import_module(f"hinterland.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
