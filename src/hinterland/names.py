"""Names as people write them: what of a name counts, and which of several things one may mean; numbers likewise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from unicodedata import east_asian_width, normalize

BETWEEN = re.compile(r"(?<=[^\W_])[\s\-\u2010-\u2015'\u2019.,\u00b7_()]+(?=[^\W_])")  # what parts the words of a name
CHINESE = re.compile("[\u4e00-\u9fff]")
BEFORE_REMARK = re.compile("[（(，,：:]")  # where a name in the tables ends and what explains it begins
WITH_ANOTHER = re.compile(r"(?P<name>.*\S)\s*[（(](?P<other>[^（()）]+)[)）]\s*")  # 户籍制度改革（hukou_reform）
SEVERAL = re.compile("[,，、;；](?![^（(]*[）)])")  # what parts names in a list, outside brackets
IN_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]$")
SHORTEST_PART, SHORTEST_CHINESE = 4, 2  # letters by which one thing may be named among others
NUMBER = re.compile(r"(?P<number>[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?)\s*(?P<percent>%?)", re.IGNORECASE | re.ASCII)
SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u3002": "."})  # minus, dash, the full stop of Chinese keyboards


def folded(name: str) -> str:
    """Return what of a name counts: no case, no width, nothing that only parts its words."""
    return BETWEEN.sub("", normalize("NFKC", name).casefold().strip())


def unambiguous(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return folded name -> key; a name of two is nobody's."""
    found: dict[str, set[str]] = {}
    for name, key in named:
        found.setdefault(folded(name), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def without_remark(name: str) -> str:
    """Return a name without what stands behind it in brackets or after a comma."""
    return BEFORE_REMARK.split(name, maxsplit=1)[0].strip()


def without_unit(head: str) -> str:
    """Return the head of a column without what stands behind it in brackets."""
    return IN_BRACKETS.sub("", head)


def meant(said: str, known: Mapping[str, Iterable[str]], parts: bool = True) -> str:
    """Return the key of the one thing that goes by a name, or by names of which this is a part; empty where none does.

    Parameters
    ----------
    known : key -> the names it goes by beside the key, in both languages
    parts : whether a part of a name will do where it stands in the names of one thing alone; in English whole words
    """
    if said in known:
        return said
    named = [(name, key) for key, names in known.items() for name in (key, *names) if name]
    whole = unambiguous((without_remark(name), key) for name, key in named) | unambiguous(named)
    word = folded(said)
    if word not in whole and (agreed := with_another(said, lambda name: meant(name, known, parts=False))):
        return agreed
    if word in whole or not parts or len(word) < (SHORTEST_CHINESE if CHINESE.search(said) else SHORTEST_PART):
        return whole.get(word, "")
    holding = {key for name, key in named if is_part(said, name)}
    return holding.pop() if len(holding) == 1 else ""


def is_part(said: str, name: str, begun: bool = False) -> bool:
    """Whether a name holds what was said: in English as whole words, or as what begins them."""
    if CHINESE.search(said):
        return folded(said) in folded(name)
    words, word = re.split(r"[\W_]+", normalize("NFKC", name).casefold()), folded(said)
    runs = ["".join(words[start:]) for start in range(len(words))]
    ends = ["".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    return any(run.startswith(word) for run in runs) if begun else word in ends


def with_another(said: str, find: Callable[[str], str | None]) -> str | None:
    """Return what goes by a name and by the other one in brackets behind it, as messages tell both; None for another.

    `find` returns what goes by one name; where the two mean different things nothing is meant.
    """
    both = WITH_ANOTHER.fullmatch(said)
    found = {find(both["name"]), find(both["other"])} if both else set()
    return found.pop() if len(found) == 1 else None


def several_in(said: str) -> list[str]:
    """Return the names of a list in one text, parted by commas of either language."""
    return [name.strip() for name in SEVERAL.split(said) if name.strip()]


def number_in(said: str) -> tuple[float, bool] | None:
    """Return the number that a text writes, in letters of any width, and whether in percent; None for another text."""
    found = NUMBER.fullmatch(normalize("NFKC", said).translate(SIGNS).strip())
    return (float(found["number"]), bool(found["percent"])) if found else None


def as_share(value: Any) -> Any:
    """Return a share as it was meant, also one in percent."""
    found = number_in(value) if isinstance(value, str) else None
    return value if found is None else found[0] / 100 if found[1] else found[0]


def columns(words: str) -> int:
    """Return how many columns of a terminal a text takes; a Chinese letter takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
