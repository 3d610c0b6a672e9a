"""What every answer must obey, whatever it tells: one language, no key of a text, the same cells in every form."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from hinterland.texts import table as texts

CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"(?<![\w/.`-])[a-z]{2,}(?: [a-z]{2,}){2,}(?![\w/`-])")  # three words in a row are no name
KEY = re.compile(r"\b[a-z]+(?:\.[a-z_0-9]+)+\b")
SECTION = re.compile(r"^## (.+)\n\n((?:\|.+\|\n)+)", re.MULTILINE)
COMMAND = re.compile(r"hinterland(?: [a-z_]+)+")
CUT = re.compile(r"(?<!\\)\|")
NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?")


class Section(NamedTuple):
    """A table of a Markdown answer."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def plain(words: str) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\(.)", r"\1", html.unescape(words)).strip()


def cells(line: str) -> list[str]:
    return [plain(cell) for cell in CUT.split(line)[1:-1]]


def sections(markdown: str) -> list[Section]:
    """The tables of a Markdown answer; every row is as wide as the heads."""
    made = []
    for title, lines in SECTION.findall(markdown):
        heads, rule, *rows = lines.splitlines()
        assert set(rule) <= set("|-: ")
        made.append(Section(plain(title), cells(heads), [cells(row) for row in rows]))
        assert {len(row) for row in made[-1].rows} == {len(made[-1].heads)}
    return made


def lines_of_csv(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def is_in_csv(value: object, cell: str) -> bool:
    """Whether a cell of CSV is the value of JSON, to twelve digits; JSON knows no infinity."""
    if value is None:
        return cell in ("", "inf", "-inf")
    if isinstance(value, bool | str):
        return cell == str(value)
    return isinstance(value, int | float) and float(cell) == float(f"{value:.12g}")


def is_printed(value: object, cell: str, lang: str) -> bool:
    """Whether a cell of a table is the value of JSON: to its last digit, or in the words of the texts."""
    if value is None:
        return cell in ("–", "", "inf", "-inf")
    if isinstance(value, bool):
        return cell in {texts()[f"report.{word}"][lang] for word in (("passed", "yes") if value else ("failed", "no"))}
    if isinstance(value, str):
        return cell in {value.strip(), *(entry[lang] for entry in named(value))}
    if not isinstance(value, int | float) or not NUMBER.fullmatch(cell):
        return False
    mantissa, _, power = cell.replace(",", "").partition("e")
    last = 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
    return abs(float(cell.replace(",", "")) - value) <= 0.500001 * last or f"{value:g}" == cell


@cache
def named(name: str) -> tuple[dict[str, str], ...]:
    """Texts of things that bear this name."""
    return tuple(entry for key, entry in texts().items() if key.endswith(f".{name}"))


def letters(out: str) -> Counter[str]:
    """How often each letter is printed: the same however wide a table is, and in its Markdown."""
    return Counter(re.sub(r"[\s─]", "", out))


def letters_of_markdown(out: str) -> Counter[str]:
    rows = [row for table in sections(out) for row in ([table.title], table.heads, *table.rows)]
    return letters("".join([SECTION.sub("", out), *chain.from_iterable(rows)]))


def leaked(out: str) -> set[str]:
    """Keys of texts that stand in an answer instead of their words."""
    return set(KEY.findall(out)) & set(texts())


def said_in_another_language(out: str, lang: str) -> list[str]:
    """Words of the other language, apart from commands to type."""
    return ENGLISH.findall(COMMAND.sub("", out)) if lang == "zh" else CHINESE.findall(out)


def foreign(tables: Iterable[Section], lang: str, meant: Mapping[str, str]) -> dict[str, list[str]]:
    """What tables say in the other language, by head, apart from columns that are meant to."""
    found: dict[str, list[str]] = {}
    for title, heads, rows in tables:
        columns = {"": [title, *heads], **{head: [row[at] for row in rows] for at, head in enumerate(heads)}}
        for head, words in columns.items():
            other = [one for one in words if said_in_another_language(one, lang)]
            if other and head not in meant:
                found[head] = other
    return found
