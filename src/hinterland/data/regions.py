"""Provinces and their groups: names in Chinese and English, codes and divisions with validity dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain

from hinterland.data.box import rows
from hinterland.errors import DataError, Problem, nearest
from hinterland.texts import table as texts
from hinterland.texts import text

NATION = "China"
MACRO_REGIONS = {"present": ("East", "Central", "West", "Northeast"), "old": ("East11", "Central8", "West")}
DIVISIONS = {"macro_region": MACRO_REGIONS["present"], "old": MACRO_REGIONS["old"]}
KINDS = ("city_cluster", "poverty_area", "border")
GROUPINGS = (*DIVISIONS, "province", "nation", *KINDS)

# What may follow a province's short Chinese name: 四川省, 重庆市, 广西壮族自治区.
TITLES = ("", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区")


@cache
def provinces() -> dict[str, dict[str, str]]:
    """Return code -> entry (zh, en, macro_region, valid_from, valid_to, note) of every province, by code."""
    return {row["code"]: row for row in rows("provinces.csv")}


def names() -> list[str]:
    """Return every name a province goes by: English, Chinese, six-digit code."""
    return [entry[key] for key in ("en", "zh", "code") for entry in provinces().values()]


def find_code(name: str) -> str | None:
    """Return the six-digit code of a province named in Chinese, English or by code; None if unknown."""
    folded = str(name).strip().casefold()
    for code, entry in provinces().items():
        title = folded.removeprefix(entry["zh"]) if folded.startswith(entry["zh"]) else None
        if folded in (code, entry["en"].casefold()) or (title is not None and title in TITLES):
            return code
    return None


def region_code(name: str, place: str = "provinces") -> str:
    """Return the six-digit code of a province, or raise with the nearest name."""
    code = find_code(name)
    if code is None:
        raise DataError(
            Problem("error.unknown_region", {"value": name, "place": place, "near": nearest(name, names())})
        )
    return code


def region_name(code: str, lang: str = "en") -> str:
    """Return the name of a province or group in one language; a code that is neither is returned as it is."""
    if code in provinces():
        return provinces()[code][lang]
    if f"region.{code}" in texts():
        return text(f"region.{code}", lang)
    return group_names().get(code, {}).get(lang, code)


def label(code: str) -> str:
    """Return a province's name for messages, in both languages; another code as it is."""
    entry = provinces().get(code)
    if entry is None:
        return f"{region_name(code, 'en')} ({region_name(code, 'zh')})" if f"region.{code}" in texts() else code
    return f"{entry['en']} ({entry['zh']})"


@cache
def group_names() -> dict[str, dict[str, str]]:
    """Return group -> names in Chinese and English."""
    return {row["group"]: {"zh": row["zh"], "en": row["en"]} for row in rows("groups.csv")}


@cache
def groups(year: int) -> dict[str, tuple[str, ...]]:
    """Return group -> codes of its provinces, for the groups that stood in `year` or were drawn up later.

    A group is a way to read figures; it may be applied to years before it was named, never after it ended.
    """
    found: dict[str, list[str]] = {}
    for row in rows("groups.csv"):
        if not row["valid_to"] or year <= int(row["valid_to"][:4]):
            found.setdefault(row["group"], []).append(row["region_code"])
    return {group: tuple(codes) for group, codes in found.items()}


def find_group(name: str, year: int = 0) -> str | None:
    """Return the group that goes by a name in Chinese or English or by its key, unless it had ended by `year`."""
    folded = str(name).strip().casefold()
    for group in groups(year):
        if folded in (group.casefold(), *(name.casefold() for name in group_names()[group].values())):
            return group
    return None


def known_grouping(by: str) -> None:
    """Raise a DataError with the nearest name where `by` is neither a grouping nor a group."""
    if by not in GROUPINGS and find_group(by) is None:
        near, known = nearest(by, [*GROUPINGS, *group_names()]), ", ".join(GROUPINGS)
        raise DataError(Problem("compare.unknown_grouping", {"value": by, "near": near, "known": known}))


def grouping(by: str, codes: Sequence[str], year: int) -> dict[str, tuple[str, ...]]:
    """Return place -> its provinces among `codes`: of a division, of a kind of groups, or of one group.

    One group comes with its provinces after it. Groups of a kind may share provinces; one that has no province among
    `codes`, or that had ended by `year`, is left out.
    """
    known_grouping(by)
    alone: dict[str, tuple[str, ...]] = {code: (code,) for code in codes}
    if by in ("province", "nation"):
        return alone if by == "province" else {NATION: tuple(codes)}
    of_kind = [row["group"] for row in rows("groups.csv") if row["kind"] == by]
    chosen = DIVISIONS.get(by) or dict.fromkeys(of_kind) or [str(find_group(by))]
    members = {group: tuple(code for code in codes if code in groups(year).get(group, ())) for group in chosen}
    found = {group: theirs for group, theirs in members.items() if theirs}
    inside = set() if by in GROUPINGS else set(chain.from_iterable(found.values()))
    return found | {code: itself for code, itself in alone.items() if code in inside}


def macro_region(code: str, division: str = "present") -> str:
    """Return the macro-region of a province in the present division of four or the old one of three."""
    for group in MACRO_REGIONS[division]:
        if code in groups(0)[group]:
            return group
    raise DataError(Problem("error.unknown_region", {"value": code, "place": division, "near": ""}))
