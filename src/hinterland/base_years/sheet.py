"""The rows in which a base year is told: its balance sheet, its checks, what it implies."""

from __future__ import annotations

from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.base_years import rebuilt_2010
from hinterland.calibrate.checked import Row
from hinterland.data.regions import MACRO_REGIONS, NATION, china

PLACES = (*MACRO_REGIONS["present"], NATION)
KAPPAS = ((1.5, 3.0), (1.5, 1.5), (3.0, 3.0))  # the economy's own, and flat choices


Record = dict[str, Any]


def record(section: str, item: str, unit: str, value: float, region: str = NATION, **more: Any) -> Record:
    """Return one row of what is told; every row has every column."""
    empty = {"official": None, "gap": None, "allowed": None, "passed": None, "kappa": None, "inner_kappa": None}
    head = {"section": section, "item": item, "title": "", "region": region, "unit": unit, "value": float(value)}
    return head | empty | more


def check_record(row: Row) -> Record:
    """Return a check as a row."""
    more: Record = {"official": row.official, "gap": row.gap, "allowed": row.holds, "passed": row.passed}
    return record("check", row.key, row.unit, row.found, **more)


def by_place(
    codes: tuple[str, ...], item: str, unit: str, value_n: FloatArray, weight_n: FloatArray | None = None, **more: Any
) -> list[Record]:
    """Return sums by macro-region and nation, or the ratio of sums where a weight is given; `more` is the nation's."""
    macro = np.array([china().macro_region(code) for code in codes])
    rows = []
    for place in PLACES:
        chosen = (macro == place) | (place == NATION)
        total = value_n[chosen].sum() / (1.0 if weight_n is None else weight_n[chosen].sum())
        rows.append(record("sheet", item, unit, total, place, **(more if place == NATION else {})))
    return rows


def rebuilt() -> list[Record]:
    """Return how near the matrix of 2010 is rebuilt by each kind of information."""
    away = float(np.where(rebuilt_2010.home_gc(), 0.0, rebuilt_2010.truth()[1]).sum())
    rows = []
    for one in rebuilt_2010.rebuild():
        rows.append(record("rebuilt", one.key, "correlation", one.correlation))
        rows.append(record("rebuilt", one.key, "million misplaced", one.misplaced))
        rows.append(record("rebuilt", one.key, "share misplaced", one.misplaced / away))
    return rows
