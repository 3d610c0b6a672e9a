"""What regions and their groups may be called: a name means one place, and no other than it seems to.

A region of one's own may take the name of the province that it lies in, and a group that of the province which it
holds; what the box calls a total, China or a macro-region is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hinterland.data.regions import (
    ALONE,
    NATION,
    TOTAL,
    Group,
    Region,
    Regions,
    china,
    known_place,
    more_names,
)
from hinterland.errors import Problem, joined, places
from hinterland.names import folded

TABLE, GROUPS, HEAD = "regions.csv", "groups.csv", "economy.yaml"
SHOWN = 5  # regions of a group in a message


def misleading(entries: Sequence[Region], own: Sequence[Group], groups: Sequence[Group]) -> Iterable[Problem]:
    """Yield every name of regions, of an economy's own groups and of their kinds that would be read as another's.

    `groups` are all of the economy, with those of the box.
    """
    regions = Regions(tuple(entries))
    yield from same_names(entries)
    yield from names_of_provinces(entries)
    yield from reserved_names(entries)
    yield from reserved_kinds(own)
    yield from groups_of_all(own, regions)
    yield from hidden_groups(own, regions)
    yield from groups_of_provinces(own, regions)
    yield from same_groups(own, groups)


def same_names(entries: Sequence[Region]) -> Iterable[Problem]:
    """Yield the name that one region has as its code or name and another as well: it would be nobody's."""
    holders: dict[str, set[str]] = {}
    for entry in entries:
        for name in {entry.code, entry.zh, entry.en}:
            holders.setdefault(folded(name), set()).add(entry.code)
    shared = [f"{name}: {', '.join(sorted(codes)[:8])}" for name, codes in holders.items() if name and len(codes) > 1]
    yield from listed("regions.same_name", shared, len(entries), name=TABLE)


def names_of_provinces(entries: Sequence[Region]) -> Iterable[Problem]:
    """Yield regions that go by the name of a province which they neither are nor lie in."""
    odd = [
        f"{entry.code}: {name} = {meant} ≠ {lies_in}"
        for entry in entries
        for name in dict.fromkeys((entry.zh, entry.en, *entry.variants))
        for meant, lies_in in [(china().code_of.get(folded(name)), Regions((entry,)).province(entry.code))]
        if meant and lies_in not in ("", meant)
    ]
    yield from listed("regions.name_of_province", odd, len(entries), name=TABLE)


def reserved_names(entries: Sequence[Region]) -> Iterable[Problem]:
    """Yield regions that go by a name of a total, or of China or a group of its provinces where some lie in it."""
    inside = any((entry.parent or entry.code) in china().by_code for entry in entries)
    taken = {TOTAL, NATION, *china().by_group} if inside else {TOTAL}
    names = [
        (entry.code, name) for entry in entries for name in dict.fromkeys((entry.code, entry.zh, entry.en)) if name
    ]
    odd = [f"{code}: {name}" for code, name in names if (china().find_group(name) or known_place(name)) in taken]
    yield from listed("regions.reserved_name", odd, len(entries))


def reserved_kinds(own: Sequence[Group]) -> Iterable[Problem]:
    """Yield groups of a kind that has the name of a grouping which needs no groups, or of the old division."""
    odd = [f"{group.key}: {group.kind}" for group in own if group.kind in (*ALONE, "old")]
    if odd:
        where = places(odd, len(own), 8)
        yield Problem("regions.reserved_kind", {"name": GROUPS, "where": where, "known": ", ".join((*ALONE, "old"))})


def names_of_group(group: Group) -> tuple[str, ...]:
    """Return the names that a file gives a group, without those by which the box knows it."""
    known_group = china().by_group.get(group.key)
    names = dict.fromkeys((group.key, group.zh, group.en))
    return tuple(name for name in names if not known_group or name not in (group.key, known_group.zh, known_group.en))


def groups_of_all(own: Sequence[Group], regions: Regions) -> Iterable[Problem]:
    """Yield groups that go by a name of all regions, which a target of that name would then no longer mean."""
    names = [(group.key, name) for group in own for name in names_of_group(group)]
    odd = [f"{key}: {name}" for key, name in names if regions.is_whole(name) or known_place(name) in (NATION, TOTAL)]
    yield from listed("regions.group_of_all", odd, len(own), name=GROUPS)


def hidden_groups(own: Sequence[Group], regions: Regions) -> Iterable[Problem]:
    """Yield groups that go by the name or code of a region: the region is found first, and the group never."""
    names = [(group.key, name, regions.find(name)) for group in own for name in names_of_group(group)]
    odd = [f"{key}: {name} = {code} ({regions.name(code, 'zh')})" for key, name, code in names if code]
    yield from listed("regions.hidden_group", odd, len(own), name=GROUPS)


def groups_of_provinces(own: Sequence[Group], regions: Regions) -> Iterable[Problem]:
    """Yield groups that go by the name of a province and hold other regions than those that lie in it."""
    named = [(group, china().find(name)) for group in own for name in names_of_group(group)]
    odd = dict[str, None]()
    for group, province in named:
        inside = tuple(code for code in regions.codes if regions.province(code) == province)
        if province and not regions.find(province) and set(group.codes) != set(inside):
            held, lie_in = (joined(map(regions.label, codes[:SHOWN]), ", ") or "-" for codes in (group.codes, inside))
            odd[joined([f"{group.key}: [", held, "] ≠ ", china().label(province), " [", lie_in, "]"], "")] = None
    yield from listed("regions.group_of_province", [*odd], len(own), name=GROUPS)


def same_groups(own: Sequence[Group], groups: Sequence[Group]) -> Iterable[Problem]:
    """Yield the name that a group of an economy's own and another have: it would be nobody's."""
    holders: dict[str, set[str]] = {}
    for group in groups:
        for name in (group.key, group.zh, group.en, *more_names().get(group.key, ())):
            holders.setdefault(folded(name), set()).add(group.key)
    theirs = {group.key for group in own}
    shared = [f"{name}: {', '.join(sorted(keys))}" for name, keys in holders.items() if len(keys) > 1 and keys & theirs]
    yield from listed("regions.same_group", shared, len(own), name=GROUPS)


def contrary_names(codes: Sequence[str], names: Mapping[str, str], regions: Regions) -> Iterable[Problem]:
    """Yield the codes that a list calls otherwise than they are known."""
    odd = [joined([f"'{code}'", regions.label(code), f"≠ {names[code]!r:.80}"]) for code in codes]
    yield from listed("import.contrary", odd, len(names), name=HEAD)


def listed(key: str, odd: Sequence[str], total: int, **values: object) -> Iterable[Problem]:
    """Yield one problem that lists what is odd, at most eight of it; none where nothing is."""
    if odd:
        yield Problem(key, {**values, "where": places(odd, total, 8)})
