"""Names of dimensions, as pandas and xarray have them: which index of an array each says, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hinterland.errors import Problem

TIMES = {"time", "year", "date", "month", "quarter", "period", "年", "年份", "时间", "日期", "月", "季度"}  # no world's
KINDS = {"n": "region", "i": "region", "m": "region", "j": "sector", "k": "sector"}  # other letters are their own kind
# Names of dimensions that say which index they are, and those that say only of which kind.
WORDS = {
    "n": ("n", "importer", "buyer", "home", "residence", "进口地", "进口国", "买方", "居住地"),
    "i": ("i", "exporter", "seller", "workplace", "work", "neighbour", "出口地", "出口国", "卖方", "工作地"),
    "m": ("m", "market", "neighbour", "市场"),
    "j": ("j", "sector", "industry", "user_sector", "部门", "行业"),
    "k": ("k", "input_sector", "input"),
    "g": ("g", "group", "home", "户籍地"),
    "c": ("c", "cell", "workplace", "work", "residence", "工作地", "居住地", "现住地"),
    "r": ("r", "residence"),
    "h": ("h", "pool"),
    "s": ("s", "scenario"),
}
FROM = (
    "origin",
    "orig",
    "from",
    "source",
    "o",
    "iso_o",
    "来源地",
    "迁出地",
    "流出地",
    "出发地",
    "起点",
    "产地",
    "调出地",
)
TO = (
    "destination",
    "dest",
    "to",
    "target",
    "d",
    "iso_d",
    "目的地",
    "迁入地",
    "流入地",
    "到达地",
    "终点",
    "销地",
    "调入地",
)
WAYS = {"n": TO, "i": FROM, "g": FROM, "c": TO}  # goods come to the first index, people leave it
AWAY = {"n": FROM, "i": TO, "m": TO}  # of commuters, and of markets that a region looks at
PLACES = ("地区", "地区代码", "省份", "省", "国家", "城市")
OF_A_KIND = {
    "region": ("region", "region_code", "place", "country", "province", "state", "county", "city", "economy", *PLACES),
    "sector": ("good", "product", "commodity", "产品", "商品"),
}
NEUTRAL = {"code", "id", "index", "iso", "iso2", "iso3", "label", "name", "unnamed: 0"}.union(*OF_A_KIND.values())
# What levels of an axis say, in the order in which their labels follow each other: a region, then what is inside it.
LEVELS = (
    {*OF_A_KIND["region"], *FROM, *TO, "home", "work", "workplace", "n", "i", "户籍地", "工作地", "现住地"},
    {"class", "classes", "hukou", "pool", "residence", "h", "r", "户籍", "户口", "户籍类型", "居住地", "居住类型"},
    {*WORDS["j"], *OF_A_KIND["sector"]},
)
OF_GROUPS = LEVELS[1] - {"residence", "r", "居住地", "居住类型"}  # cells have none of these
PLACEHOLDER = re.compile(r"(dim|level)_\d+$")  # what xarray and pandas call a dimension without a name


def kind_of(letter: str) -> str:
    """Return the kind of an index: those of one kind have the same labels."""
    return KINDS.get(letter, letter)


def axes_of(name: str, dims: Sequence[Any], letters: str, table: bool, problems: list[Problem]) -> list[str] | None:
    """Return the index letter of each dimension, by its name; None where the names say nothing and order stands.

    Names that could mean two orders are a problem. Rows and columns of a table may have none, or one that says nothing.
    """
    found: dict[int, str] = {}
    asked, specific = [words_of(dim) for dim in dims], specific_words(name, letters)
    in_time = any(words & TIMES for words in asked) and "s" not in letters
    for axis, words in enumerate(asked):
        fit = [letter for letter in letters if letter not in found.values() and words & set(specific[letter])]
        if fit:
            found[axis] = fit[0]
    classes = [axis for axis, dim in enumerate(dims) if isinstance(dim, tuple) and asked[axis] & OF_GROUPS]
    if len(classes) == 1 and classes[0] not in found and "g" in letters and "g" not in found.values():
        found[classes[0]] = "g"
    for axis, words in enumerate(asked):  # a word for a kind says which index it is where one is left of the kind
        free = [letter for letter in letters if letter not in found.values()]
        fit = [letter for letter in free if words & set(OF_A_KIND.get(kind_of(letter), ()))]
        if axis not in found and len(fit) == 1:
            found[axis] = fit[0]
    left = [axis for axis in range(len(dims)) if axis not in found]
    free = [letter for letter in letters if letter not in found.values()]
    if len(free) > len(left):  # the one sector may be left out
        free = [letter for letter in free if kind_of(letter) != "sector"]
    directed = set().union(*specific.values())  # a name that says an index which another axis says too is no rest
    if len(left) == len(free) == 1 and not asked[left[0]] & directed and not in_time:
        found[left[0]], left = free[0], []
    expected = ", ".join(f"{letter} ({' / '.join(suggested(letter, specific))})" for letter in letters)
    lacking = [letter for letter in letters if letter not in found.values() and kind_of(letter) != "sector"]
    if not left and lacking:
        trade = Problem("labels.i_and_j") if {"i", "j"}.issubset(letters) else ""
        values: dict[str, object] = {"name": name, "found": ", ".join(map(str, dims)), "trade": trade}
        values |= {"lacking": ", ".join(lacking), "expected": expected}
        problems.append(Problem("labels.lacking", values))
    if not left:
        return [found[axis] for axis in range(len(dims))]
    said = [dim for dim in dims if not (dim is None or PLACEHOLDER.match(str(dim)))]
    clear = not any(asked[axis] & directed for axis in left)
    stands = not said or len(dims) == 1 or (table and clear and order_stands(dims, said, free))
    if stands and not in_time:
        return None
    problems.append(
        Problem("labels.dims", {"name": name, "found": ", ".join(map(str, filter(None, dims))), "expected": expected})
    )
    return None


def order_stands(dims: Sequence[Any], said: Sequence[Any], free: Sequence[str]) -> bool:
    """Whether names of rows and columns say no direction, or their labels tell the two apart."""
    directed = len({"region" if letter in "gc" else kind_of(letter) for letter in free}) < len(free)
    return not directed or len({*dims}) == 1 or (len(said) == 1 and bool(words_of(said[0]) & NEUTRAL))


def specific_words(name: str, letters: str) -> dict[str, tuple[str, ...]]:
    """Return the words that say an index; which of two is the origin depends on what moves."""
    ways = AWAY if name.startswith("commuting") or "m" in letters else WAYS
    return {letter: (*WORDS[letter], *ways.get(letter, ())) for letter in letters}


def suggested(letter: str, specific: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Return some names of dimensions that say an index."""
    way = [word for word in specific[letter] if word in (FROM[0], TO[0])]
    return (*way, *WORDS[letter][1:])[:2] + OF_A_KIND.get(kind_of(letter), ())[:1]


def words_of(dim: Any) -> set[str]:
    """Return the name of a dimension as the singular words that it may be; of several levels those of all."""
    if isinstance(dim, tuple):
        return set().union(*(words_of(word) for level in dim for word in words_in(level)))
    word = dim.casefold() if isinstance(dim, str) else ""
    return {word, word.removesuffix("s"), word.removesuffix("ies") + "y"} if word else set()


def words_in(level: Any) -> list[str]:
    """Return the name of a level and the words that it is made of: group_home speaks of a home."""
    return [level, *re.split(r"[_\s-]+", level)] if isinstance(level, str) else []


def order_of_levels(names: Iterable[Any]) -> list[int] | None:
    """Return the order that puts levels of an axis as labels have them, region first; None where names do not say."""
    ranks = [rank_of(name) for name in names]
    if None in ranks or len({*ranks}) < len(ranks):
        return None
    return sorted(range(len(ranks)), key=lambda at: ranks[at] or 0)


def rank_of(level: Any) -> int | None:
    """Return which part of a label a level is, by the last of its words that says so."""
    for word in (*reversed(words_in(level)[1:]), level):
        for rank, known in enumerate(LEVELS):
            if words_of(word) & known:
                return rank
    return None
