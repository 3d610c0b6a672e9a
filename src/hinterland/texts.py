"""The one table of texts: everything a user reads, in Chinese and in English (`texts.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def spoken_in(environment: Mapping[str, str]) -> Lang:
    """Return the language that an environment asks for, else English."""
    asked = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if asked.lower().startswith("zh") else "en"


@cache
def table() -> dict[str, dict[str, str]]:
    """Return key -> {"zh": template, "en": template}; templates use `str.format` names."""
    lines = files("hinterland").joinpath("texts.csv").read_text(encoding="utf-8").splitlines()
    return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(lines)}


def text(key: str, lang: str = "en", **values: object) -> str:
    """Return the text `key` in `lang`, filled with `values`; an unknown key is a KeyError (a bug)."""
    return table()[key][lang].format(**values)


def name_in(kind: str, name: str, lang: str) -> str:
    """Return what something of a kind is called in one language; a label that the texts do not have is its own name."""
    key = f"{kind}.{name}"
    return text(key, lang) if key in table() else name


def listed(words: Iterable[str], lang: str) -> str:
    """Return words one after another, as a language parts them."""
    return {"zh": "、", "en": ", "}[lang].join(words)


def clauses(words: Iterable[str], lang: str) -> str:
    """Return clauses one after another; what is empty is left out."""
    return {"zh": "；", "en": "; "}[lang].join(filter(None, words))


def unit_name(unit: str, lang: str) -> str:
    """Return a unit of the schema in one language; English is as it stands."""
    return unit if lang == "en" else name_in("unit", unit, lang)
