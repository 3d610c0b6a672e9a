"""A scenario file as users write it: keys, instruments and values by any name that is printed, shares in percent.

What is read here is told on in the keys of the schema; what no name is known for stays as it is, to be refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hinterland import schema
from hinterland.names import meant
from hinterland.scenario.edits import as_said
from hinterland.schema.names import names_of, of_texts

OF_POLICY = ("instrument", "about")  # beside the values of the instrument


def renamed(given: Mapping[Any, Any], known: Mapping[str, Iterable[str]], parts: bool = False) -> dict[Any, Any]:
    """Return a mapping by the keys that are meant, by a part of a name if it will do; no key is written over."""
    found = {key: meant(key, known, parts) if isinstance(key, str) else "" for key in given}
    meanings = [found[key] or key for key in given]
    return {
        (meaning if meanings.count(meaning) == 1 else key): value
        for meaning, (key, value) in zip(meanings, given.items(), strict=True)
    }


def file_said(given: Mapping[Any, Any], keys: tuple[str, ...]) -> dict[Any, Any]:
    """Return what a file holds by its keys."""
    return renamed(given, of_texts("schema", keys), parts=True)


def policy_said(entry: Any) -> Any:
    """Return one policy of a file by the keys of its instrument, values as they were meant; no mapping as it is."""
    if not isinstance(entry, Mapping):
        return entry
    found = renamed(entry, of_texts("schema", OF_POLICY))
    said = found.get("instrument")
    instrument = meant(said, names_of(schema.instruments()), parts=False) if isinstance(said, str) else ""
    if not instrument:
        return found
    known = schema.values(instrument)
    found = renamed({**found, "instrument": instrument}, names_of(known))
    return {key: as_said(known[key], value) if key in known else value for key, value in found.items()}
