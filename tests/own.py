"""A small economy with regions of its own: four at home and the world, two sectors, known up to its scale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

import hinterland as hl
from hinterland.economy import files
from hinterland.economy.regions import RegionTables, with_tables
from hinterland.economy.services import NEEDED
from hinterland.economy.two_sector import TwoSector, elasticities

CODES = ("510100", "P22", "成都", "500100")
REGIONS = (
    {"code": "510100", "zh": "绵阳", "en": "Mianyang", "variants": "绵阳市|Mien-yang", "parent": "四川"},
    {"code": "P22", "zh": "东岭", "en": "East Ridge", "variants": "", "parent": "Sichuan", "neighbours": "成都"},
    {"code": "成都", "zh": "成都", "en": "Chengdu", "variants": "", "parent": "510000"},
    {"code": "500100", "zh": "渝中", "en": "Yuzhong", "variants": "", "parent": "重庆市"},
)
GROUPS = (
    {"group": "basin", "zh": "盆地", "en": "The Basin", "kind": "landform", "region_code": "510100"},
    {"group": "basin", "zh": "盆地", "en": "The Basin", "kind": "landform", "region_code": "成都"},
    {
        "group": "old_circle",
        "zh": "旧圈",
        "en": "Old Circle",
        "kind": "circle",
        "region_code": "P22",
        "valid_to": "1999",
    },
)


def own(tables: bool = True, codes: tuple[str, ...] = CODES, year: int = 2000) -> hl.Economy:
    """Return the economy, with what its files say of its regions or by its codes alone."""
    random, count = np.random.default_rng(7), len(codes)
    trade = random.dirichlet(np.full(count + 1, 2.0), size=(count + 1, 2)).transpose(0, 2, 1)
    trade = 0.5 * trade + 0.5 * np.eye(count + 1)[:, :, None]
    moves = 0.85 * np.eye(2 * count) + 0.15 * random.dirichlet(np.full(2 * count, 3.0), size=2 * count)
    base = TwoSector(
        name="four",
        year=year,
        region_codes=(*codes, "WORLD"),
        sectors=("ag", "nonag"),
        trade_share_nij=trade,
        workers_nj=random.uniform(1.0, 3.0, size=2 * count).reshape(count, 2) @ np.eye(2),
        migration_share_gc=moves,
        real_income_nj=random.uniform(0.5, 2.0, size=(count, 2)),
        elasticities=elasticities("china-2000"),
    ).economy()
    said = RegionTables(REGIONS, GROUPS) if tables else RegionTables()
    problems: list = []
    regions = with_tables(codes, ("WORLD",), said, problems)
    assert problems == []
    return replace(base, regions=regions)


def without_services(economy: hl.Economy) -> hl.Economy:
    """The economy where no account tells services: what they are to movers has no price, and they make places worth."""
    return replace(economy, arrays={name: array for name, array in economy.arrays.items() if name not in NEEDED})


def saved(economy: hl.Economy, folder: Path) -> Path:
    """Write the economy beside a scenario."""
    return files.write_npz(economy, folder / f"{economy.name}.npz")
