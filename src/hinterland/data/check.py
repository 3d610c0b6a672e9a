"""Hold the box to its own rules: hashes, units, ranges, adding-up, codes, sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import pandas as pd

from hinterland import schema
from hinterland.data import box, regions
from hinterland.data.panel import panel
from hinterland.texts import table as texts

CENSUS_TOTALS = {2010: 1_332_810_869, 2020: 1_409_778_724}  # 31 provinces, official
QUALITIES = ("A", "B", "C")


@dataclass(frozen=True)
class Check:
    """One rule of the box: what was looked at, and the places where it is broken."""

    name: str
    looked_at: int
    places: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule holds everywhere."""
        return not self.places


def check_box(table: pd.DataFrame | None = None, folder: Traversable = box.BOX) -> list[Check]:
    """Return every check of the box (or of another panel or folder)."""
    chosen = panel() if table is None else table
    economies = [check for name in box.economies() for check in economy_checks(name, box.economy_arrays(name))]
    return [hash_check(folder), *panel_checks(chosen), *group_checks(), *economies]


def hash_check(folder: Traversable) -> Check:
    """Compare every file of the box, in all its folders, with its recorded hash."""
    recorded = {row["file"]: row["sha256"] for row in box.rows("hashes.csv")}
    broken = [
        name
        for name, expected in recorded.items()
        if hashlib.sha256(folder.joinpath(*name.split("/")).read_bytes()).hexdigest() != expected
    ]
    unlisted = [name for name in files_in(folder) if name not in {*recorded, "hashes.csv"}]
    return Check("hashes", len(recorded), tuple(broken + unlisted))


def files_in(folder: Traversable, above: str = "") -> Iterator[str]:
    """Yield the paths of all files in a folder and in those below it."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from files_in(entry, f"{above}{entry.name}/")
        else:
            yield above + entry.name


def panel_checks(table: pd.DataFrame) -> Iterator[Check]:
    """Yield the rules of the panel."""

    def broken(name: str, bad: pd.Series[bool]) -> Check:
        rows = table[bad.to_numpy()]
        places = [f"{row.variable} {row.region_code} {row.year}: {row.value}" for row in rows.itertuples(index=False)]
        return Check(name, len(table), tuple(places))

    variables = schema.variables()
    known = table["variable"].isin(list(variables))
    yield broken("known_variables", ~known)
    low = table["variable"].map({name: entry.minimum for name, entry in variables.items()})
    high = table["variable"].map({name: entry.maximum for name, entry in variables.items()})
    yield broken("ranges", known & ~((table["value"] >= low) & (table["value"] <= high)))
    yield broken("codes", ~table["region_code"].isin(list(regions.china().codes)))
    yield broken("no_repetition", table.duplicated(["region_code", "year", "variable"]))
    yield broken("quality_marks", ~table["quality"].isin(QUALITIES))
    yield broken("sources", ~table["source"].isin(list(schema.sources())))
    yield from adding_up(table)


def adding_up(table: pd.DataFrame) -> Iterator[Check]:
    """Yield the sums: shares to 100 (published rounding 0.05), census totals exactly, urban and rural to all."""
    families: dict[str, list[str]] = {}
    for name, entry in schema.variables().items():
        if entry.adds_up:
            families.setdefault(entry.adds_up, []).append(name)
    for family, names in families.items():
        wide = table[table["variable"].isin(names)].pivot_table(
            index=["region_code", "year"], columns="variable", values="value"
        )
        gap = (wide.sum(axis=1, min_count=len(names)) - 100).abs()
        bad = gap[~(gap <= 0.05)]
        yield Check(f"adds_up_{family}", len(wide), tuple(f"{code} {year}" for code, year in bad.index))
    people = table[table["variable"] == "census_population"].groupby("year")["value"].sum()
    wrong = [f"{year}: {people.get(year)}" for year, total in CENSUS_TOTALS.items() if people.get(year) != total]
    yield Check("census_totals", len(CENSUS_TOTALS), tuple(wrong))


def group_checks() -> Iterator[Check]:
    """Yield the rule that every division covers every province once."""
    for division, names in regions.MACRO_REGIONS.items():
        members = [code for name in names for code in regions.china().by_group[name].codes]
        wrong = set(regions.china().codes).symmetric_difference(members)
        repeated = {code for code in members if members.count(code) > 1}
        yield Check(f"division_{division}", len(members), tuple(sorted(wrong | repeated)))


def economy_checks(name: str, arrays: dict[str, Any]) -> Iterator[Check]:
    """Yield the rules of an economy's arrays: listed, signed, adding up."""
    listed = [row["array"] for row in box.manifest(name)]
    words = {key for key, value in arrays.items() if value.dtype.kind == "U"}
    of_numbers = {*arrays} - words | words.intersection(listed)  # names alone need no source
    yield Check(f"{name}: listed", len(of_numbers), tuple(sorted(of_numbers.symmetric_difference(listed))))
    sourced = [row["array"] for row in box.manifest(name) if row["source"] not in schema.sources()]
    yield Check(f"{name}: sources", len(listed), tuple(sourced))
    numeric = {key: value for key, value in arrays.items() if value.dtype.kind == "f"}
    signed = [
        key
        for key, value in numeric.items()
        if not np.all(np.isfinite(value) & ((value >= 0) | (schema.sign_of(key) == "any")))
    ]
    yield Check(f"{name}: finite", len(numeric), tuple(signed))
    codes = [str(code) for code in arrays["region_code"]]
    unknown = [code for code in codes if code not in regions.china().codes and f"region.{code}" not in texts()]
    yield Check(f"{name}: codes", len(codes), tuple(unknown))
    yield Check(f"{name}: trade shares", len(codes), off(arrays["trade_share_nij"].sum(axis=1), codes))
    share = arrays["migration_share_gc"]
    domestic = [code for code in codes if code in regions.china().codes]
    groups = np.repeat(domestic, len(share) // len(domestic))
    yield Check(f"{name}: migration shares", len(groups), off(share.sum(axis=1), groups))


def off(sums: Any, names: Any) -> tuple[str, ...]:
    """Return the names whose sums are not one within 1e-12."""
    gap = np.abs(np.reshape(sums, (len(names), -1)) - 1).max(axis=1)
    return tuple(str(name) for name, value in zip(names, gap, strict=True) if not value <= 1e-12)
