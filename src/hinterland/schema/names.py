"""What things of the schema are called wherever they are printed, in both languages; by any of these they are found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hinterland import schema
from hinterland.errors import Bilingual, in_both
from hinterland.names import meant, without_remark, without_unit
from hinterland.texts import LANGUAGES, table, text

PRINTED = ("zh", "en", "outcome_zh", "outcome_en", "short_zh", "short_en", "summary_zh", "summary_en")


def instrument_named(said: str) -> str:
    """Return the policy instrument that goes by a name, or by names of which this is a part; empty where none does."""
    return meant(said, names_of(schema.instruments()))


def known_instruments() -> list[Bilingual]:
    """Return the policy instruments as messages list them."""
    return in_both({name: entry.zh for name, entry in schema.instruments().items()})


def known_values(instrument: str) -> list[Bilingual]:
    """Return the values of an instrument as messages list them."""
    return in_both({name: without_remark(entry.zh) for name, entry in schema.values(instrument).items()})


def known_keys(keys: tuple[str, ...]) -> list[Bilingual]:
    """Return the keys of a scenario file as messages list them."""
    return in_both({key: without_remark(text(f"schema.{key}", "zh")) for key in keys})


def outcome_named(said: str) -> str:
    """Return the outcome of a run that goes by a name, also one that heads a column; empty where none does."""
    known = names_of(schema.outcomes())
    return meant(said, known) or meant(without_unit(said), known)


def variable_named(said: str) -> str:
    """Return the series of the panel that goes by a name; empty where none or several do."""
    known = names_of(schema.variables())
    known = {name: (*names, *also_called(f"series_names.{name}")) for name, names in known.items()}
    return meant(said, known)


def also_called(key: str) -> list[str]:
    """Return further names, parted by | in the table of texts, in both languages."""
    return [name for words in table().get(key, {}).values() for name in words.split("|")]


def indicator_named(said: str) -> str:
    """Return the indicator of the dashboard or of a run that goes by a title; empty where none does."""
    titles = {name: (entry.zh, entry.en) for name, entry in schema.indicators().items()}
    return meant(said, titles, parts=False)


def value_named(said: str, instrument: str) -> str:
    """Return the value of an instrument that goes by a name; empty where none does."""
    known = schema.values(instrument)
    return said if said in known else meant(said, names_of(known))


def names_of(entries: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return key -> the names that entries of the schema are printed by."""
    return {key: tuple(filter(None, (getattr(entry, of, "") for of in PRINTED))) for key, entry in entries.items()}


def of_texts(kind: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return key -> its names in the table of texts, in both languages: under `kind.key`, more under `also.`."""
    return {key: (*table().get(f"{kind}.{key}", {}).values(), *also_called(f"also.{kind}.{key}")) for key in keys}


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """Return the tables that `data show` knows beside economies and series, by the names that they are printed by."""
    keys = ("parameters", "indicators", "variables", "instruments", "sources", "groups", "cities", "ports")
    titles = {key: tuple(text(f"data.{key}", lang) for lang in LANGUAGES) for key in keys}
    return {key: (*titles[key], *(text(f"holding.{key}", lang) for lang in LANGUAGES)) for key in keys}


def table_named(said: str) -> str:
    """Return the table of `data show` that goes by a name; empty where none does."""
    return meant(said, tables(), parts=False)
