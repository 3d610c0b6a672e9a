"""The regions of an economy: made from codes alone, or with what its files say of them; written as tables.

`regions.csv` has a row for each region, `groups.csv` one for each region of a group; both may be left out, as may every
column but `code` or `group` and `region_code`. What is left out is as the box knows it: provinces and blocs have their
names, a six-digit code of a prefecture or county lies in the province of its first two digits, and the groups drawn by
province hold what lies in their provinces. Any other region is called by its code.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from hinterland.data.regions import (
    DIVISIONS,
    Group,
    Region,
    Regions,
    china,
    groups_from,
    known_place,
)
from hinterland.economy.region_names import GROUPS, HEAD, TABLE, contrary_names, listed, misleading
from hinterland.errors import Problem, joined, places

GROUPS_TEXT = "region_groups"  # where a file of arrays holds the text of `groups.csv`
SHORT = re.compile(r"\d\d")
COLUMNS = ("code", "zh", "en", "variants", "parent", "neighbours", "valid_from", "valid_to")
GROUP_COLUMNS = ("group", "zh", "en", "kind", "region_code", "valid_from", "valid_to", "resolution")
SEVERAL = ("variants", "neighbours")  # columns with several entries, kept apart by |
BY_PROVINCE = "provinces that hold a part of it"
LONGEST = 64
MACRO_REGION = "macro_region"
CHINESE_CODE = re.compile(r"\d{6}")  # GB/T 2260: two digits of a province, two of a prefecture, two of a county
IN_FILES = (*(f"region_{column}" for column in COLUMNS[1:]), GROUPS_TEXT)
BOTH = re.compile(r"([^\u4e00-\u9fff]+) \((.*[\u4e00-\u9fff].*)\)")  # a name in both languages, as in messages
YEAR = re.compile(r"\d{4}(-\d\d-\d\d)?")

Row = Mapping[str, str]


def regions_of(domestic: Sequence[str], foreign: Sequence[str] = ()) -> Regions:
    """Return the regions with these codes as the box knows them."""
    coded = all(CHINESE_CODE.fullmatch(code) and f"{code[:2]}0000" in china().by_code for code in domestic)
    entries = tuple(known(code, f"{code[:2]}0000" if coded else "") for code in domestic)
    entries += tuple(known(code, "") for code in foreign)
    return Regions(entries, groups_by_province(entries), inside_china(entries[: len(domestic)]))


def known(code: str, province: str) -> Region:
    """Return what the box knows of a code; `province` is what the code says that it lies in."""
    if code in china().by_code:
        return china().by_code[code]
    return Region(code, china().name(code, "zh"), china().name(code, "en"), parent=province)


def inside_china(domestic: Iterable[Region]) -> bool:
    """Whether every region is a province or lies in one."""
    return all((entry.parent or entry.code) in china().by_code for entry in domestic)


def groups_by_province(entries: Sequence[Region]) -> tuple[Group, ...]:
    """Return the groups of the box with what lies in their provinces, in the order of the regions.

    A group that holds parts of provinces is left out where one of its provinces is divided: which parts it holds is
    not known.
    """
    divided = {entry.parent for entry in entries if entry.parent}
    found = []
    for group in china().groups:
        codes = tuple(entry.code for entry in entries if (entry.parent or entry.code) in group.codes)
        if codes and (group.whole or not divided.intersection(group.codes)):
            found.append(replace(group, codes=codes))
    return tuple(found)


class RegionTables(NamedTuple):
    """What the files of an economy say of its regions; `names` by code, as its list of regions may give them."""

    regions: Sequence[Row] = ()
    groups: Sequence[Row] = ()
    names: Mapping[str, str] = {}


def codes_of(said: Iterable[object]) -> list[str]:
    """Return the codes of a list in which provinces may stand by name; two digits are provinces where all are."""
    words = [str(word).strip() for word in said]
    found = [china().find(word) for word in words]
    return [
        code if code and (all(found) or not SHORT.fullmatch(word)) else word
        for code, word in zip(found, words, strict=True)
    ]


def with_tables(
    domestic: Sequence[str], foreign: Sequence[str], said: RegionTables, problems: list[Problem]
) -> Regions:
    """Return the regions with these codes as the tables of an economy's files say, and note what is wrong with them."""
    plain = regions_of(domestic, foreign)
    table, groups = coded(said.regions, "code", plain), coded(said.groups, "region_code", plain)
    problems += [*row_problems(TABLE, "code", table, plain), *row_problems(GROUPS, "region_code", groups, plain)]
    entries = {entry.code: entry for entry in plain.entries}
    entries |= {row["code"]: filled(entries[row["code"]], row) for row in table if row["code"] in entries}
    problems += own_parents(table)
    known_by = Regions(tuple(entries.values()))
    listed = listed_names(said.names, known_by)
    called = {row["code"] for row in table if row.get("zh") or row.get("en")}.union(china().by_code)
    problems += row_problems(HEAD, "code", listed, plain)
    problems += contrary_names([row["code"] for row in listed if row["code"] in called], said.names, known_by)
    entries |= {row["code"]: filled(entries[row["code"]], row) for row in listed if row["code"] not in called}
    whole = tuple(entries[code] for code in plain.codes)
    own = groups_from(row for row in groups if row["group"] and row["region_code"] in entries)
    every = with_derived(own, whole)
    problems += [
        *misleading(whole, own, every),
        *strange_neighbours(whole),
        *contrary_groups(groups),
        *repeated_members(groups),
    ]
    problems += other_macro_region(own, whole[: len(domestic)])
    return Regions(whole, every, inside_china(whole[: len(domestic)]))


def with_derived(own: Sequence[Group], entries: Sequence[Region]) -> tuple[Group, ...]:
    """Return the groups of an economy's files, with those of the box.

    A region that its files put in no macro-region is in that of its province, unless they divide otherwise.
    """
    found = {group.key: group for group in own}
    otherwise = any(group.kind == MACRO_REGION and group.key not in DIVISIONS[MACRO_REGION] for group in own)
    for group in groups_by_province(entries):
        keys = DIVISIONS[MACRO_REGION if group.kind == MACRO_REGION else "old"]
        if group.key not in keys:
            found.setdefault(group.key, group)
            continue
        held = set(chain.from_iterable(of.codes for of in own if of.key in keys))
        rest = tuple(code for code in group.codes if code not in held)
        if rest and not (group.kind == MACRO_REGION and otherwise):
            said = found.get(group.key, replace(group, codes=()))
            found[group.key] = replace(said, codes=(*said.codes, *rest))
    return tuple(found.values())


def other_macro_region(own: Sequence[Group], entries: Sequence[Region]) -> Iterable[Problem]:
    """Yield the regions that groups put in another macro-region than that of the province that they lie in."""
    regions, odd = Regions(tuple(entries)), dict[str, str]()
    for division, keys in DIVISIONS.items():
        for group, code in ((of, code) for of in own if of.key in keys for code in of.codes if code in regions.by_code):
            parent = regions.by_code[code].parent
            of_parent = china().macro_region(parent, division)
            if of_parent not in ("", group.key):
                said, known = china().label(group.key), joined([*map(china().label, (of_parent, parent))], " / ")
                odd[code] = joined([regions.label(code), "-", said, "≠", known])
    yield from listed("regions.other_macro_region", [*odd.values()], len(entries), name=GROUPS)


def coded(table: Sequence[Row], column: str, regions: Regions) -> list[Row]:
    """Return rows with codes in place of the names of provinces and of numbers."""
    return [{**row, column: regions.find(row[column]) or row[column]} for row in table]


def listed_names(names: Mapping[str, str], regions: Regions) -> list[Row]:
    """Return the names in a list of regions that these do not go by, as rows; `label` tells both languages."""
    found = list[Row]()
    for code, said in names.items():
        both = BOTH.fullmatch(said)
        words = both.groups() if both else (said,)
        if {code} != {regions.find(word) for word in words} and said != regions.label(code):
            en, zh = words if both else (said, said)
            found.append({"code": code, "en": en, "zh": zh})
    return found


def filled(entry: Region, row: Row) -> Region:
    """Return a region with what its row says; an empty cell says nothing, save of what a column may leave empty."""
    given: dict[str, Any] = {key: row[key] for key in COLUMNS if key in row and (row[key] or key not in ("zh", "en"))}
    given |= {key: tuple(filter(None, map(str.strip, given[key].split("|")))) for key in SEVERAL if key in given}
    if "parent" in given:
        province = known_place(given["parent"])
        given["parent"] = province if province in china().by_code and province != entry.code else given["parent"]
        given["parent"] = "" if given["parent"] == entry.code else given["parent"]
    other = {"zh": "en", "en": "zh"}
    alike = {key: given[of] for key, of in other.items() if entry.zh == entry.code and of in given and key not in given}
    return replace(entry, **given | alike)


def row_problems(name: str, column: str, table: Sequence[Row], regions: Regions) -> Iterable[Problem]:
    """Yield rows of codes that the economy has not, codes twice, and cells that are too long or no text of one line."""
    codes = [row[column] for row in table]
    strange = sorted({code for code in codes if code not in regions.by_code})
    yield from listed("regions.strange_code", strange, len(codes), name=name)
    twice = sorted({code for code in codes if codes.count(code) > 1}) if column == "code" else []
    yield from listed("import.duplicate", twice, len(codes), name=name)
    long = [
        f"{row[column]} {key}"
        for row in table
        for key, value in row.items()
        if not value.isprintable() or (len(value) > LONGEST and key not in SEVERAL)
    ]
    yield from listed("regions.long_name", long, len(codes), name=name, most=LONGEST)
    stated = ((row, key) for row in table for key in ("valid_from", "valid_to") if row.get(key))
    dates = [f"{row[column]} {key} = {row[key]}" for row, key in stated if not YEAR.fullmatch(row[key])]
    yield from listed("regions.date", dates, len(codes), name=name)


def own_parents(table: Sequence[Row]) -> Iterable[Problem]:
    """Yield regions that are said to lie in themselves."""
    parents = [(row["code"], row.get("parent", "")) for row in table]
    odd = [f"{code}: {parent}" for code, parent in parents if parent and code in (parent, known_place(parent))]
    yield from listed("regions.own_parent", odd, len(table), name=TABLE)


def contrary_groups(table: Sequence[Row]) -> Iterable[Problem]:
    """Yield what the rows of one group say of it in more than one way."""
    said: dict[tuple[str, str], dict[str, None]] = {}
    for row in table:
        for column in (key for key in GROUP_COLUMNS if key not in ("group", "region_code") and row.get(key)):
            said.setdefault((row["group"], column), {})[row[column]] = None
    odd = [f"{group} {column}: {' ≠ '.join(ways)}" for (group, column), ways in said.items() if len(ways) > 1]
    yield from listed("regions.contrary_group", odd, len(said), name=GROUPS)


def repeated_members(table: Sequence[Row]) -> Iterable[Problem]:
    """Yield regions that stand in one group more than once."""
    members = [f"{row['group']}: {china().label(row['region_code'])}" for row in table if row["group"]]
    twice = [member for member in dict.fromkeys(members) if members.count(member) > 1]
    yield from listed("import.duplicate", twice, len(members), name=GROUPS)


def strange_neighbours(entries: Sequence[Region]) -> Iterable[Problem]:
    """Yield neighbours that a file names and the economy has not; those that the box knows may lie outside it."""
    codes = {entry.code for entry in entries} | set(china().by_code)
    strange = [f"{entry.code}: {other}" for entry in entries for other in entry.neighbours if other not in codes]
    yield from listed("regions.strange_code", strange, len(entries), name=TABLE)


def rows_of(regions: Regions) -> list[dict[str, str]]:
    """Return the rows of `regions.csv`."""
    return [
        {key: "|".join(getattr(entry, key)) if key in SEVERAL else str(getattr(entry, key)) for key in COLUMNS}
        for entry in regions.entries
    ]


def group_rows_of(regions: Regions) -> list[dict[str, str]]:
    """Return the rows of `groups.csv`."""
    return [
        {
            "group": group.key,
            "zh": group.zh,
            "en": group.en,
            "kind": group.kind,
            "region_code": code,
            "valid_from": group.valid_from,
            "valid_to": group.valid_to,
            "resolution": "province" if group.whole else BY_PROVINCE,
        }
        for group in regions.groups
        for code in group.codes
    ]


def as_tables(regions: Regions) -> dict[str, str]:
    """Return the text of both tables by the names of their files."""
    return {TABLE: as_csv(COLUMNS, rows_of(regions)), GROUPS: as_csv(GROUP_COLUMNS, group_rows_of(regions))}


def as_columns(regions: Regions) -> dict[str, Any]:
    """Return both tables as a file of arrays holds them: texts by region, and the second table as one text."""
    rows = rows_of(regions)
    columns: dict[str, Any] = {f"region_{column}": [row[column] for row in rows] for column in COLUMNS[1:]}
    return columns | {GROUPS_TEXT: as_tables(regions)[GROUPS]}


def from_columns(codes: Sequence[str], columns: Mapping[str, Any], problems: list[Problem]) -> RegionTables:
    """Return both tables from what a file of arrays holds of them."""
    texts = {name: [str(word) for word in np.atleast_1d(column)] for name, column in columns.items()}
    groups = rows_from(texts.pop(GROUPS_TEXT, [""])[0], GROUPS, problems)
    odd = [name for name, column in texts.items() if len(column) != len(codes)]
    problems += [
        Problem("import.shape", {"name": name, "shape": (len(codes),), "found": (len(texts[name]),)}) for name in odd
    ]
    whole = {name.removeprefix("region_"): column for name, column in texts.items() if name not in odd}
    table = [{"code": code, **{name: column[n] for name, column in whole.items()}} for n, code in enumerate(codes)]
    return RegionTables(table if whole else (), groups)


def as_csv(columns: Sequence[str], table: Iterable[Row]) -> str:
    """Return rows as the text of a CSV file."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return stream.getvalue()


def rows_from(words: str, name: str, problems: list[Problem]) -> list[Row]:
    """Return the rows of a table, and note what is wrong with its form; an empty text of groups has none."""
    needed, known_columns = (("code",), COLUMNS) if name == TABLE else (("group", "region_code"), GROUP_COLUMNS)
    reader = csv.reader(io.StringIO(words, newline=""))
    lines = [(reader.line_num, row) for row in ([cell.strip() for cell in row] for row in reader) if any(row)]
    if len(lines) < 2 and name == TABLE:
        problems.append(Problem("regions.empty", {"name": name}))
    if not lines:
        return []
    (_, first), *rest = lines
    if len(set(first)) < len(first) or not set(needed) <= set(first) <= set(known_columns):
        values = {"needed": ", ".join(needed), "known": ", ".join(known_columns), "found": ", ".join(first)[:LONGEST]}
        problems.append(Problem("regions.columns", {"name": name, **values}))
        return []
    ragged = [f"{name}:{line} ({len(row)})" for line, row in rest if len(row) != len(first)]
    if ragged:
        where = places(ragged, len(rest), 8)
        problems.append(Problem("regions.ragged", {"name": name, "header": len(first), "where": where}))
    full = [dict(zip(first, row, strict=True)) for _, row in rest if len(row) == len(first)]
    return [row for row in full if row[needed[0]]]
