"""How to cite: this program, what it is built on, and the publications behind the numbers of a run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING

from hinterland import schema
from hinterland.data import box
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.scenario.scenario import Scenario

MODEL = "tombezhu2019"  # what the model begins from; CITATION.cff names it too
SELF = "hinterland"  # what is defined here
ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303"}
ACCENTED = re.compile(r"\{\\([\"'`^~])(\w)\}")
SHOWN = 3  # authors that are named


def latin(words: str) -> str:
    """Write accents and braces of BibTeX as letters."""
    found = ACCENTED.sub(lambda one: one[2] + ACCENTS[one[1]], words)
    return unicodedata.normalize("NFC", found).translate(str.maketrans("", "", "{}")).replace("--", "–")


def authors(key: str) -> str:
    """Return who wrote a source: institutions as they stand, at most three people by surname and initials."""
    said = schema.sources()[key].get("author", "")
    if said.startswith("{"):
        return latin(said)
    names = [latin(name) for name in said.split(" and ") if name]
    return "; ".join(names) if len(names) <= SHOWN else f"{names[0]} et al."


def cited(key: str) -> str:
    """Return a source as a list of references has it: authors, year, title, where it stands."""
    entry = schema.sources()[key]
    who, year = authors(key), f" ({entry['year']})" if entry.get("year") else ""
    title, kept = latin(entry["title"]), latin(entry.get("journal") or entry.get("booktitle") or "")
    volume = f" {entry['volume']}" if "volume" in entry else ""
    volume += f"({entry['number']})" if volume and "number" in entry else ""
    pages = f": {latin(entry['pages'])}" if "pages" in entry else ""
    parts = [f"{who}{year}", title] if who else [f"{title}{year}"]
    return " ".join(ended(part) for part in (*parts, f"{kept}{volume}{pages}" if kept else "") if part)


def ended(words: str) -> str:
    """Return words with a full stop, unless they end in a mark of their own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def short(key: str, lang: str = "en") -> str:
    """Return authors and year of a source, as a table has them; its title where no author is known."""
    entry, said = schema.sources()[key], schema.of_source(key, "author", lang)
    names = [latin(said)] if said.startswith("{") else [latin(name).partition(",")[0] for name in said.split(" and ")]
    who = f"{names[0]}{text('report.others', lang)}" if len(names) > SHOWN else ", ".join(names)
    who = who or latin(schema.of_source(key, "title", lang))
    return f"{who} ({entry['year']})" if entry.get("year") else who


def program(lang: str) -> str:
    """Return how this program is cited, as CITATION.cff says."""
    return text("paper.cite", lang, version=version("hinterland"))


def sources_of(scenario: Scenario) -> list[str]:
    """Return the keys of the sources behind a scenario: of its base year, then of its instruments, each once."""
    keys = [MODEL, *base_year(scenario.economy.name)]
    names = dict.fromkeys(policy.instrument for policy in scenario.policies.values())
    for name in names:
        keys.append(schema.instruments()[name].source)
        keys += [entry.source for entry in schema.evidence().values() if entry.instrument == name]
    return [key for key in dict.fromkeys(keys) if key in schema.sources() and key != SELF]


def base_year(name: str) -> Iterable[str]:
    """Return the keys of the sources of an economy of the box; none for one of the user's own."""
    if name not in box.economies():
        return []
    return [key for row in box.manifest(name) for key in row["source"].split()]
