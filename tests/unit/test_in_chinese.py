"""No Latin word in what is told in Chinese, on any command, beside those that have a reason to be there."""

from __future__ import annotations

import re

import pytest
from tests.telling import sections

from hinterland import schema
from hinterland.schema import instruments
from hinterland.texts import text

pytestmark = pytest.mark.usefixtures("solved_once")

LATIN = re.compile(r"[A-Za-z][A-Za-z_.0-9-]*[A-Za-z][A-Za-z_.0-9-]*")
TYPED = re.compile(r"κ_in|`[^`]*`|--[a-z]+(?: [A-Za-z.]+)?|\[[a-z_0-9-]+\]|（[a-z_0-9]+）|hl\.\w+|\(a_u\)")
WORDS = {
    "GDP": "so in Chinese statistics",
    "CNY": "the code of the currency",
    "CSV": "the name of a kind of file",
    "JSON": "the name of a kind of file",
    "Shapley": "the author of the value",
    "Theil": "the author of the index",
    "logit": "the name of the model, for which Chinese has none",
    "Glaeser": "an author",
    "Lu": "an author",
    "ln": "the logarithm",
    "china-2020": "an economy, as it is typed",
    "china-2010": "an economy, as it is typed",
    "china-2000": "an economy, as it is typed",
}
COLUMNS = {
    "column.key": "keys of files and of --set: what is typed",
    "column.source": "authors of publications, and keys of the bibliography",
    "column.study": "authors of publications",
    "column.en": "names in English, as the head says",
    "column.quality": "marks",
}
DESCRIBED = {  # beside each stands a title in Chinese
    "column.name": "names of series, parameters and scenarios, as they are typed",
    "column.array": "names of arrays, as a program reads them",
    "column.dims": "indices of arrays",
    "column.symbol": "Greek letters of equations",
    "column.group": "keys of groups, as they are typed",
    "column.crossing": "crossings abroad go by their names in Latin letters",
}
LINES = (
    *(f"policies show {name}" for name in instruments()),
    "policies list",
    "scenarios list",
    "scenarios list --measured",
    "data list",
    *(f"data show {name}" for name in ("urbanization_rate", "instruments", "parameters", "indicators", "variables")),
    *(f"data show {name}" for name in ("groups", "cities", "ports", "china-2020")),
    "data check",
    "data check china-2020",
    "diagnose",
    "diagnose --facts",
    "glossary",
    "compare dual_transfer western_development",
    "validate instruments",
    "run dual_transfer",
)


# A publication is told by its title in its own language; a Chinese one has a Chinese title.
TITLES = {re.sub("[{}]", "", schema.of_source(key, "title", "zh")) for key in schema.sources()}


def foreign(words: str) -> list[str]:
    """The Latin words of a text that have no reason."""
    for title in TITLES:
        words = words.replace(title, "")
    return [word for word in LATIN.findall(TYPED.sub("", words)) if word.strip(".-") not in WORDS]


@pytest.mark.parametrize("line", LINES)
def test_a_table_in_chinese_holds_no_latin_word_without_a_reason(command, line: str):
    code, out, _ = command(*line.split(), "--lang", "zh", "--format", "md")
    assert code in (0, 1)
    meant = {text(key, "zh") for key in (*COLUMNS, *(DESCRIBED if line.startswith(("data", "scen")) else ()))}
    found = {}
    for title, heads, rows in sections(out):
        shown = {"": [title, *heads], **{head: [row[at] for row in rows] for at, head in enumerate(heads)}}
        found |= {
            head: wrong for head, cells in shown.items() if head not in meant and (wrong := foreign(" ".join(cells)))
        }
    assert found == {}
