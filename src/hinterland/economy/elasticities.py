"""The elasticities of an economy as single numbers: what they are, and which were changed from the base year's own."""

from __future__ import annotations

import numpy as np

from hinterland import schema
from hinterland.data import box
from hinterland.economy.box import shipped
from hinterland.economy.economy import Economy, original

SCALE, RURAL = "household_income_scale", "rural_efficiency"


def elasticities(economy: Economy) -> dict[str, float]:
    """Return the elasticities that can be changed, by name; of one by sector or region the first, at home.

    The scale of households' income is told from the base year of the box: one where it is none of the box.
    """
    entries = [entry for entry in schema.parameters().values() if entry.economy == original(economy.name)]
    names = dict.fromkeys(entry.name.removesuffix("_j") for entry in entries or schema.parameters().values())
    return {name: value_of(economy, name) for name in (*names, RURAL) if economy.has(name) and is_single(economy, name)}


def is_single(economy: Economy, name: str) -> bool:
    """Whether an elasticity is one number for all, or one that stands for all sectors or regions."""
    if name in (SCALE, RURAL):
        return True
    values = next(economy.arrays[name + end] for end in ("", "_j", "_n") if name + end in economy.arrays)
    at_home = np.asarray(values)[: economy.cells.regions] if name + "_n" in economy.arrays else np.asarray(values)
    return bool(np.unique(at_home).size == 1)


def value_of(economy: Economy, name: str) -> float:
    """Return one elasticity."""
    if name == RURAL:
        return float(economy.arrays["efficiency_rj"][~economy.town_rj & ~economy.farm_j][0])
    if name == SCALE:
        given, base = economy.arrays["household_income_nr"], base_of(economy).arrays["household_income_nr"]
        return float(f"{float(given.sum() / base.sum()):.12g}")
    return float(
        np.ravel(next(economy.arrays[name + end] for end in ("", "_j", "_n") if name + end in economy.arrays))[0]
    )


def base_of(economy: Economy) -> Economy:
    """Return the base year of the box that an economy comes from by other elasticities; itself where none is."""
    name = original(economy.name)
    return shipped(name) if name in box.economies() and not economy.path else economy


def changed(economy: Economy) -> dict[str, float]:
    """Return the elasticities that differ from the base year's own."""
    if economy.name == original(economy.name) or (base := base_of(economy)) is economy:
        return {}
    own = elasticities(base)
    return {name: value for name, value in elasticities(economy).items() if value != own.get(name)}
