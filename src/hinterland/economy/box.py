"""Economies from arrays: those that the box ships, and any whose arrays bear the names of `World.build`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data import box
from hinterland.data.regions import Regions
from hinterland.economy import two_sector
from hinterland.economy.economy import Economy, wages_and_incomes
from hinterland.economy.regions import IN_FILES, from_columns, with_tables
from hinterland.economy.roles import KEYS, Roles, pools_of, roles_from, roles_stated
from hinterland.economy.units import Units, notes_from, units_from
from hinterland.model.cells import Cells
from hinterland.model.levers import unit_hats

OUTSIDE_MODEL = schema.names_of("beside", "box")  # what the box holds beside the model's arrays


def shipped(name: str) -> Economy:
    """Return an economy of the box by name; a DataError names the nearest where there is none."""
    arrays, head = box.economy_arrays(name), box.head(name)
    year, units, notes = head["year"], units_from(head, name, []), notes_from(head, name, [])
    if "workers_nj" in arrays:
        return replace(two_sector.read(name, year, arrays).economy(), units=units, notes=notes)
    return from_arrays(name, year, arrays, units, notes)


def from_arrays(
    name: str,
    year: int,
    arrays: Mapping[str, Any],
    units: Units,
    notes: Mapping[str, str],
    roles: Roles | None = None,
    regions: Regions | None = None,
) -> Economy:
    """Return the economy that arrays named as in `World.build` describe, with labels and what is told beside them.

    Without `value_c` and its like, work is worth its wage, and a province's income goes to its people by their wages:
    no price levels by province exist, so amenity holds them. Without `class`, hukou classes are called as the pools of
    homes that are theirs; without `roles`, labels say by their names what they are; without `regions`, codes do.
    """
    codes = [str(code) for code in arrays["region_code"]]
    domestic = Cells.of(arrays["migration_share_gc"].shape, (len(arrays["residence"]), len(arrays["sector"]))).regions
    beside = {key: arrays[key] for key in OUTSIDE_MODEL if key in arrays}
    if "value_c" not in beside:
        beside |= incomes(arrays)
    sectors, residences = (tuple(str(label) for label in arrays[key]) for key in ("sector", "residence"))
    count = Cells.of(arrays["migration_share_gc"].shape, (len(residences), len(sectors))).classes
    classes = tuple(str(label) for label in arrays.get("class", pools_of(count, residences, sectors)))
    if regions is None:
        named = from_columns(codes, {key: arrays[key] for key in IN_FILES if key in arrays}, [])
        regions = with_tables(codes[:domestic], codes[domestic:], named, [])
    if roles is None:
        roles = roles_from(
            roles_stated(arrays), {"sectors": sectors, "residences": residences, "classes": classes}, name, []
        )
    return Economy(
        name=name,
        year=year,
        regions=regions,
        sectors=sectors,
        residences=residences,
        classes=classes,
        roles=roles,
        arrays={key: value for key, value in arrays.items() if key not in (*OUTSIDE_MODEL, "class", *KEYS, *IN_FILES)},
        value_c=beside["value_c"],
        real_income_c=beside["real_income_c"],
        residents_per_worker_c=beside["residents_per_worker_c"],
        levers=unit_hats(arrays["trade_share_nij"], arrays["migration_share_gc"]),
        units=units,
        notes=notes,
    )


def incomes(arrays: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return wage and income per worker and residents per worker of each cell."""
    per_worker_nr = arrays["residents_per_worker_nr"]
    residents_c = per_worker_nr.reshape(-1).repeat(arrays["efficiency_rj"].shape[1])
    wage_c, income_c = wages_and_incomes(arrays, arrays["income_n"][: len(per_worker_nr)])
    return {"value_c": wage_c, "real_income_c": income_c, "residents_per_worker_c": residents_c}
