"""Whether the base year balances: what a region sells and what its factors earn; and the two ways to make it balance.

Data seldom do: imports are not exports. A model that is solved from such a base year first moves to balance, and real
income with it, before anything is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, joined, places
from hinterland.model.income import Transfers
from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.world.assemble import chosen_model
from hinterland.world.check import fixed_in_sectors, where
from hinterland.world.circuit import base_circuit

# Of value added. Gaps move real income by a quarter of their size or less (openness over the trade elasticity): below
# this bound nothing changes in the two decimals of a per cent that are printed. Figures of five digits keep within it.
BEYOND_ROUNDING = 1e-4
SOLVED, MEMORY = 1e-14, 300
WAYS = ("deficits", "trade", "solve")


def imbalance_nj(model: Model) -> FloatArray:
    """Return what factors earn by what is sold less what they are said to earn, over value added of the region.

    One number a region, (N, 1), where factors move freely between sectors; else one a sector, (N, J).
    """
    added = model.production.value_added_nj
    gap, by_sector = base_circuit(model).earned_nj - added, fixed_in_sectors(model)[:, None]
    of_region = gap.sum(axis=1, keepdims=True)
    counts = np.where(by_sector, gap, of_region) if by_sector.any() else of_region
    return np.asarray(counts / added.sum(axis=1, keepdims=True))


def balanced(model: Model, given: Mapping[str, Any], way: str | None, regions: Sequence[str]) -> Model:
    """Return the model with a base year that balances in the way asked for; `given` are the arrays it is made of.

    Raises DataError where it does not balance and no way is asked for, or where that way leads nowhere.
    """
    if way == "solve":
        return model
    if way not in (None, *WAYS):
        raise DataError(Problem("world.balance", {"value": repr(way), "known": ", ".join(map(repr, WAYS))}))
    gap = imbalance_nj(model)
    if way is None:
        if np.abs(gap).max() > BEYOND_ROUNDING:
            raise DataError(Problem("world.unbalanced", {"where": worst(gap, regions), "most": BEYOND_ROUNDING}))
        return model
    new = transfers_kept(model) if way == "deficits" else {"value_added_nj": traded_value_added_nj(model)}
    even = chosen_model({name: array for name, array in given.items() if name != "base_income_n"} | new)
    left, poor = imbalance_nj(even), ~(base_circuit(even).income_n > 0)
    if poor.any() or not np.abs(left).max() <= BEYOND_ROUNDING:
        bad = poor if poor.any() else ~(np.abs(left).max(axis=1) <= BEYOND_ROUNDING)
        raise DataError(Problem(f"world.not_{way}", {"where": where(bad, regions)}))
    return even


def worst(gap: FloatArray, regions: Sequence[str]) -> str:
    """Return the regions that are farthest from balance, with their gap in per cent of value added."""
    size_n = np.abs(gap).max(axis=1)
    farthest = gap[np.arange(len(size_n)), np.abs(gap).argmax(axis=1)]
    off = [n for n in np.argsort(-size_n, kind="stable").tolist() if not size_n[n] <= BEYOND_ROUNDING]
    return places([joined([regions[n], f"({100 * farthest[n]:+.3g} %)"]) for n in off], len(size_n))


def transfers_kept(model: Model) -> dict[str, FloatArray]:
    """Return the transfers that let each region spend what its trade says: deficits beside those that are given.

    They are in the currency of value added, whose world total is the numeraire: fixed as a share of world income.
    """
    added_nj, standing_n = model.production.value_added_nj, base_transfer_n(model)
    size_n = added_nj.sum(axis=1)

    def earned_n(value_added_nj: FloatArray, transfer_n: FloatArray) -> FloatArray:
        return np.asarray(base_circuit(moved(model, value_added_nj, transfer_n)).earned_nj.sum(axis=1))

    gap_n = 1 - earned_n(added_nj, standing_n) / size_n
    deficit_n = size_n * solution(lambda part: earned_n(0 * added_nj, size_n * part) / size_n, gap_n)
    return {"transfer_n": standing_n + deficit_n - size_n * (deficit_n.sum() / size_n.sum())}


def traded_value_added_nj(model: Model) -> FloatArray:
    """Return the value added that given shares of trade and spending make, of the same total for the world."""
    added_nj, standing_n = model.production.value_added_nj, base_transfer_n(model)
    size_nj = np.where(added_nj > 0, added_nj, added_nj.mean())

    def earned_nj(part: FloatArray, transfer_n: FloatArray) -> FloatArray:
        return base_circuit(moved(model, size_nj * part.reshape(size_nj.shape), transfer_n)).earned_nj

    def gap(part: FloatArray) -> FloatArray:
        whole = (size_nj.ravel() @ part) / size_nj.sum()  # one more condition: only the total is left open by trade
        return np.asarray(part - (earned_nj(part, 0 * standing_n) / size_nj).ravel() + whole)

    fixed = earned_nj(np.zeros(size_nj.size), standing_n) / size_nj
    return np.asarray(size_nj * solution(gap, fixed.ravel() + added_nj.sum() / size_nj.sum()).reshape(size_nj.shape))


def base_transfer_n(model: Model) -> FloatArray:
    """Return the transfers of the base year, zero where there are none."""
    return np.asarray(np.zeros(len(model.production.value_added_nj)) + model.transfers.received_n(Levers()))


def moved(model: Model, value_added_nj: FloatArray, transfer_n: FloatArray) -> Model:
    """Return the model with other value added and transfers, of any sign: what is linear in them can be solved for."""
    transfers: Any = transfer_n
    production = model.production._replace(value_added_nj=value_added_nj)
    return replace(model, production=production, transfers=Transfers(transfers))


def solution(linear: Callable[[FloatArray], FloatArray], wanted: FloatArray) -> FloatArray:
    """Return where a linear function has the values that are wanted, or comes nearest to them."""
    from scipy.sparse.linalg import LinearOperator, gmres  # most base years balance

    shape = (wanted.size, wanted.size)
    found, _ = gmres(
        LinearOperator(shape, matvec=linear, dtype=float), wanted, rtol=SOLVED, restart=min(wanted.size, MEMORY)
    )
    return np.asarray(found)
