"""Regions: places by code, with the names they go by, what they lie in, what they border on, and their groups.

An economy carries a record of its own (`economy.regions`); `china` is that of the box, the provinces of the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache, cached_property, partial
from itertools import chain

from hinterland.data.box import rows
from hinterland.errors import Bilingual, DataError, Problem, hint, joined, places, several
from hinterland.names import CHINESE, folded, meant, unambiguous, with_another
from hinterland.texts import LANGUAGES, name_in, text

NATION = "China"
MACRO_REGIONS = {"present": ("East", "Central", "West", "Northeast"), "old": ("East11", "Central8", "West")}
DIVISIONS = {"macro_region": MACRO_REGIONS["present"], "old": MACRO_REGIONS["old"]}
KINDS = ("city_cluster", "poverty_area", "border")
ALONE = ("region", "province", "nation")  # groupings that need no groups
GROUPINGS = (*DIVISIONS, *ALONE, *KINDS)
TOTAL = "total"  # stands in the table of names for what is a row of totals and no place
PROVINCE_DIGITS = re.compile(r"(\d\d)(0000)?(\.0+)?")  # as a number, a spreadsheet's number, or cut to two digits
NEAR, NEAR_CHINESE = 0.72, 0.5  # of letters in common, from which a name may have been meant
TIE, SHORT = 0.08, 2  # letters of a Chinese name of which half are one
MOST_ABSENT = 1  # provinces that an economy may lack to stand for China: that of 2000 has no figures of Tibet


@dataclass(frozen=True)
class Region:
    """A place: its code, its names in both languages and others that it goes by, what it lies in, what it borders on.

    `parent` is the code of the province that it lies in, or any name of one's own; dates say when it stood as it is.
    """

    code: str
    zh: str
    en: str
    variants: tuple[str, ...] = ()
    parent: str = ""
    neighbours: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class Group:
    """Regions under a name, for a kind of reading, from a year and to a year; `whole` where it is drawn by province."""

    key: str
    zh: str
    en: str
    kind: str
    codes: tuple[str, ...]
    valid_from: str = ""
    valid_to: str = ""
    whole: bool = True

    def ended_by(self, year: int) -> bool:
        """Whether the group stood no more in a year; it may be applied to years before it was named."""
        return bool(self.valid_to) and year > int(self.valid_to[:4])


@dataclass(frozen=True, eq=False)
class Regions:
    """The regions of an economy in their order, and the groups that they make."""

    entries: tuple[Region, ...] = field(repr=False)
    groups: tuple[Group, ...] = field(default=(), repr=False)
    in_china: bool = True  # whether every domestic region is a province or lies in one
    whole: str = ""  # what all of them together are called where that is not China: the economy's name

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes in the order of the economy's arrays."""
        return tuple(entry.code for entry in self.entries)

    @cached_property
    def namings(self) -> tuple[tuple[str, ...], ...]:
        """Every way in which all regions are called: by code, as in messages, by name in either language if unique."""
        by_name = (tuple(self.name(code, lang) for code in self.codes) for lang in LANGUAGES)
        ways = (self.codes, tuple(map(self.label, self.codes)), *by_name)
        return tuple(names for names in ways if len(set(names)) == len(names))

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Code -> region."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def by_group(self) -> dict[str, Group]:
        """Key -> group."""
        return {group.key: group for group in self.groups}

    @cached_property
    def code_of(self) -> dict[str, str]:
        """Folded name -> code of the one region that goes by it."""
        return unambiguous((name, entry.code) for entry in self.entries for name in names_of(entry))

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Folded name -> key of the group that goes by it."""
        return unambiguous(
            (name, group.key)
            for group in self.groups
            for name in (group.key, group.zh, group.en, *more_names().get(group.key, ()))
        )

    def find(self, name: object) -> str | None:
        """Return the code of a region by code or any name; a province's also as a number or by two digits."""
        said = str(name).strip()
        if said in self.by_code:
            return said
        found = self.code_of.get(folded(said)) or self.code_of.get(of_six_digits(said))
        return found or with_another(said, self.find)

    def find_group(self, name: object, year: int = 0) -> str | None:
        """Return the key of a group by key or name, unless it had ended by `year`."""
        key = self.group_of.get(folded(str(name))) or with_another(str(name), self.find_group)
        return None if key is None or self.by_group[key].ended_by(year) else key

    def members(self, name: object, year: int = 0) -> tuple[str, ...] | None:
        """Return the codes that a place means: a region, a group, all that lies in a province, the nation."""
        code, group = self.find(name), self.find_group(name, year)
        if code is not None:
            return (code,)
        if group is not None:
            return self.by_group[group].codes
        if self.is_whole(name):
            return self.codes
        parent = known_place(name) or str(name).strip()
        if parent == NATION:
            return tuple(code for code in self.codes if self.province(code) in china().by_code) or None
        return tuple(entry.code for entry in self.entries if entry.parent and entry.parent == parent) or None

    def is_whole(self, name: object) -> bool:
        """Whether a name means all regions, wherever they lie: the name of their total in tables, or 全国."""
        own = (of(lang) for lang in LANGUAGES for of in (self.name_of_all, partial(text, "place.all")))
        printed = (text("place.China", "zh"), *own)
        return folded(str(name)) in map(folded, printed)

    @property
    def everywhere(self) -> Bilingual:
        """The name of all regions in each language, which every door reads."""
        return Bilingual(self.name(NATION, "en"), text("place.China", "zh"))

    def partly_known(self, place: str, codes: Sequence[str]) -> Problem | None:
        """Return which of the codes may lie in a place or not: a part of it must not be read as the whole.

        These lie in no known province and in no group of its kind; of a division every region must lie in a group. A
        group of the economy's own holds what its files say.
        """
        key, divides = self.find_group(place) or known_place(place), place in DIVISIONS
        of_china = self.find(place) is None and key in (NATION, *china().by_code, *china().by_group)
        if not divides and (self.is_whole(place) or not of_china):
            return None
        kind = place if key not in self.by_group else self.by_group[key].kind
        inside = set(() if divides else china().codes).union(*(self.by_group[of].codes for of in self.of_kind(kind)))
        lost = [code for code in codes if not inside.intersection((code, self.province(code)))]
        unplaced = not any(self.province(code) in china().by_code for code in lost)
        shown = self.label(place) if place in china().by_code else place
        values: dict[str, object] = {"value": shown, "where": places([*map(self.label, lost)], len(codes))}
        return Problem("regions.unplaced" if unplaced else "regions.undivided", values) if lost else None

    def code(self, name: object, place: str = "provinces") -> str:
        """Return the code of a region, or raise with the nearest name."""
        found = self.find(name)
        if found is None:
            raise DataError(self.unknown(name, place))
        return found

    def unknown(self, name: object, place: str) -> Problem:
        """Say that no region goes by a name, with the nearest that one does."""
        values: dict[str, object] = {"value": name, "place": place, "near": self.near(name)}
        if values["near"]:
            return Problem("error.unknown_region", values)
        return Problem("error.no_region_near", {**values, "known": several([*map(self.label, self.shown)])})

    @property
    def shown(self) -> tuple[str, ...]:
        """The first codes, for messages."""
        return self.codes[:5]

    def near(self, name: object) -> str:
        """Return the places whose names are nearest to one that is unknown; empty where none can have been meant."""
        known = [(said, entry.code) for entry in self.entries for said in names_of(entry)]
        known += [(said, group.key) for group in self.groups for said in (group.key, group.zh, group.en)]
        return nearest_names(str(name).strip(), known, self)

    def hint(self, name: object) -> Problem:
        """Ask for the nearest place; where none can have been meant say so, with the first groups and regions."""
        if near := self.near(name):
            return Problem("hint.near", {"near": near})
        known = [*map(self.label, [*self.by_group][:3]), *map(self.label, self.shown)]
        return Problem("hint.known", {"known": joined([*known, "…"], ", ")})

    def name(self, key: str, lang: str = "en") -> str:
        """Return the name of a region, a group, the nation or a province in one language; anything else as it is."""
        entry = self.by_code.get(key) or self.by_group.get(key)
        if entry is not None:
            return str(getattr(entry, lang))
        if key == NATION:
            return self.name_of_all(lang)
        if key in china().by_code:
            return str(getattr(china().by_code[key], lang))
        return name_in("region", key, lang)

    def name_of_all(self, lang: str) -> str:
        """Return the name of all regions together: China where they cover it, else the economy's, if it is free."""
        if self.in_china and self.covers_china(MOST_ABSENT):
            return text("place.China", lang)
        taken = self.find(self.whole) is not None or self.find_group(self.whole) is not None
        return text("place.all", lang) if taken or not self.whole else self.whole

    def label(self, code: str) -> str:
        """Return a region's name for messages, in both languages where they differ; Chinese ones have its own."""
        en, zh = self.name(code, "en"), self.name(code, "zh")
        return en if en == zh else Bilingual(f"{en} ({zh})", zh)

    def province(self, code: str) -> str:
        """Return what a region lies in: itself where it is a province; empty where that is unknown."""
        return code if code in china().by_code else self.by_code[code].parent

    def covers_china(self, lacking: int = 0) -> bool:
        """Whether the regions are or lie in all provinces, but for as many as may be lacking."""
        provinces = {self.province(code) for code in self.codes}
        return len(provinces.intersection(china().codes)) >= len(china().codes) - lacking

    def groups_in(self, year: int) -> dict[str, tuple[str, ...]]:
        """Return group -> codes of its regions, for the groups that stood in `year` or were drawn up later."""
        return {group.key: group.codes for group in self.groups if not group.ended_by(year)}

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the keys of the groups of a grouping: a division by its name, or a kind."""
        if kind == "old":
            return tuple(key for key in DIVISIONS[kind] if key in self.by_group)
        return tuple(group.key for group in self.groups if group.kind == kind)

    def groupings(self) -> tuple[str, ...]:
        """Return the ways to group these regions, beside single groups."""
        own = dict.fromkeys(group.kind for group in self.groups if group.kind not in ("macro_region_old", *GROUPINGS))
        parents = any(self.province(code) for code in self.codes)
        return tuple(
            by
            for by in (*GROUPINGS, *own)
            if by in ("region", "nation") or (parents if by == "province" else self.of_kind(by))
        )

    def grouping_named(self, by: str) -> str:
        """Return the grouping or the group that goes by a name, as `--by` takes them; what is unknown as it is."""
        ways = by if by in (known := self.groupings()) else meant(by, grouping_names(), False)
        if ways in known:
            return ways
        return "nation" if self.is_whole(by) or known_place(by) == NATION else self.find_group(by) or by

    def known_grouping(self, by: str, codes: Sequence[str]) -> None:
        """Raise a DataError with the nearest name, or with why it is not known, where `by` groups none of the codes."""
        known, by = self.groupings(), self.grouping_named(by)
        if by not in known and self.find_group(by) is None and self.find(by) is None:
            self.check_known((by,), codes)
            named = (name for group in self.groups for name in (group.key, group.zh, group.en))
            words = [Bilingual(key, name_in("grouping", key, "zh")) for key in known]
            near = hint(by, [*known, *chain(*grouping_names().values()), *named], 0)
            values = {"value": by, "near": near, "known": joined(words, ", ")}
            raise DataError(Problem("compare.unknown_grouping", values))

    def grouping(self, by: str, codes: Sequence[str], year: int) -> dict[str, tuple[str, ...]]:
        """Return place -> its regions among `codes`: of a division, of a kind of groups, of one group or region.

        One group comes with its regions after it. Groups of a kind may share regions; one that has no region among
        `codes`, or that had ended by `year`, is left out. What is only partly known is refused.
        """
        by = self.grouping_named(by)
        self.known_grouping(by, codes)
        alone: dict[str, tuple[str, ...]] = {code: (code,) for code in codes}
        if by in ("region", "nation"):
            return alone if by == "region" else {NATION: tuple(codes)}
        if by == "province":
            self.check_known(provinces := dict.fromkeys(filter(None, map(self.province, codes))), codes)
            return {key: tuple(code for code in codes if self.province(code) == key) for key in provinces}
        if by not in self.groupings() and self.find_group(by) is None:  # a region alone
            return {code: itself for code, itself in alone.items() if code == self.find(by)}
        known = self.groups_in(year)
        chosen = self.of_kind(by) if by in self.groupings() else (str(self.find_group(by)),)
        self.check_known((by, *chosen), codes)
        members = {group: tuple(code for code in codes if code in known.get(group, ())) for group in chosen}
        found = {group: theirs for group, theirs in members.items() if theirs}
        inside = set() if by in self.groupings() else set(chain.from_iterable(found.values()))
        return found | {code: itself for code, itself in alone.items() if code in inside}

    def check_known(self, chosen: Iterable[str], codes: Sequence[str]) -> None:
        """Raise with the first of the places of which it is not known what they hold."""
        found = next(filter(None, (self.partly_known(place, codes) for place in chosen)), None)
        if found is not None:
            raise DataError(found)

    def macro_region(self, code: str, division: str = "macro_region") -> str:
        """Return the group of a division that a region is in; empty where it is in none."""
        return next((key for key in self.of_kind(division) if code in self.by_group[key].codes), "")

    def macro_regions(self, codes: Sequence[str]) -> tuple[str, ...] | None:
        """Return the macro-region of each of the regions; None where one of them is in none."""
        found = tuple(map(self.macro_region, codes))
        return found if all(found) else None


def grouping_names() -> dict[str, tuple[str, ...]]:
    """Return grouping -> the names it goes by, in both languages, the printed one first."""
    found = {}
    for key in GROUPINGS:
        printed = (text(f"grouping.{key}", lang) for lang in LANGUAGES)
        taken = (text(f"grouping_names.{key}", lang).split("|") for lang in LANGUAGES)
        found[key] = (*printed, *chain(*taken))
    return found


def of_six_digits(said: str) -> str:
    """Return the code of a province that is meant by a number: with a point, or cut to two digits."""
    digits = PROVINCE_DIGITS.fullmatch(said)
    return f"{digits[1]}0000" if digits else said


def names_of(entry: Region) -> Iterable[str]:
    """Return every name of a region, its code first."""
    return (entry.code, entry.zh, entry.en, *entry.variants)


def nearest_names(said: str, known: Iterable[tuple[str, str]], regions: Regions) -> str:
    """Return the places with the names nearest to what was said, all that are as near; empty where none is near."""
    word, lang = folded(said), "zh" if CHINESE.search(said) else "en"
    if short := lang == "zh" and len(word) <= SHORT:  # half of the letters is all that two may share: 东京, 北京
        known = [(name, key) for name, key in known if name[:1] == word[:1]]
    scores: dict[str, float] = {}
    for name, key in known:
        scores[key] = max(SequenceMatcher(None, word, folded(name)).ratio(), scores.get(key, 0.0))
    best = max(scores.values(), default=0.0)
    near = [key for key, score in scores.items() if score >= best - TIE][:4]
    if best < (NEAR_CHINESE if lang == "zh" else NEAR) or (short and len(near) > 1):
        return ""
    names, zh = ([regions.name(key, of) for key in near] for of in (lang, "zh"))
    names = names if len(set(names)) == len(names) else [*map(regions.label, near)]
    both = (name if name == own else f"{own}（{name}）" for name, own in zip(names, zh, strict=True))
    return Bilingual(" / ".join(names), " / ".join(zh if lang == "zh" else both))


@cache
def more_names() -> Mapping[str, tuple[str, ...]]:
    """Return code or group -> the other names it goes by; also of places that no economy of the box covers."""
    return {row["of"]: tuple(row["names"].split("|")) for row in rows("region_names.csv")}


@cache
def _places() -> dict[str, str]:
    return unambiguous(
        [(name, key) for key, names in more_names().items() for name in (key, *names)]
        + [(name, entry.code) for entry in china().entries for name in names_of(entry)]
    )


def known_place(name: object) -> str | None:
    """Return the key of a place of China by any name, whether or not an economy covers it: `total` for a total row."""
    return _places().get(folded(str(name))) or _places().get(of_six_digits(str(name).strip()))


@cache
def china() -> Regions:
    """Return the provinces of the panel, with the groups of the box."""
    borders: dict[str, list[str]] = {}
    for row in rows("figures/adjacency.csv"):
        for one, other in ((row["region_code"], row["neighbour"]), (row["neighbour"], row["region_code"])):
            borders.setdefault(one, []).append(other)
    entries = tuple(
        Region(
            row["code"],
            row["zh"],
            row["en"],
            more_names()[row["code"]],
            neighbours=tuple(borders.get(row["code"], ())),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in rows("provinces.csv")
    )
    return Regions(entries, groups_from(rows("groups.csv")))


def groups_from(table: Iterable[Mapping[str, str]]) -> tuple[Group, ...]:
    """Return the groups of a table with one row for each of their regions."""
    found: dict[str, Group] = {}
    for row in table:
        key, begins, ends = row["group"], row.get("valid_from") or "", row.get("valid_to") or ""
        names, kind = (row.get("zh") or key, row.get("en") or key), row.get("kind") or "group"
        whole = row.get("resolution", "province") == "province"
        group = found.setdefault(key, Group(key, *names, kind, (), begins, ends, whole))
        found[key] = replace(group, codes=(*group.codes, row["region_code"]))
    return tuple(found.values())
