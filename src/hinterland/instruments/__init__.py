"""Policy instruments: one a file. A row of `schema/instruments.csv` and a file of the same name make an instrument.

`INSTRUMENTS` finds their classes by the name that scenario files use, in the schema's order; the classes are
attributes of this package, so that `hl.policies.HukouReform` is one.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hinterland import schema
from hinterland.policy.policy import Policy


def _class_of(name: str) -> type[Policy]:
    """Return the class of an instrument from the file that bears its name."""
    found = vars(import_module(f"{__name__}.{name}")).values()
    return next(kind for kind in found if isinstance(kind, type) and vars(kind).get("instrument") == name)


INSTRUMENTS: dict[str, type[Policy]] = {name: _class_of(name) for name in schema.instruments()}
_CLASSES: dict[str, type[Policy]] = {kind.__name__: kind for kind in INSTRUMENTS.values()}


def __getattr__(name: str) -> Any:
    if name not in _CLASSES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _CLASSES[name]


def __dir__() -> list[str]:
    return ["INSTRUMENTS", "Policy", *sorted(_CLASSES)]
