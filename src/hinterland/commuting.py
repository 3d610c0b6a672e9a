"""Counties between which people commute and goods are traded; homes are supplied with an elasticity, density raises
productivity. The base year of Monte, Redding and Rossi-Hansberg (2018) and of Seidel and Wickerath's Germany.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places


class CommutingParameters(NamedTuple):
    """Base-year values and elasticities, as the blocks see them."""

    trade_share_ni: FloatArray  # (N destination, N origin), adds up to one over origins
    commuting_share_ni: FloatArray  # (N residence, N workplace) of all workers, adds up to one
    wage_n: FloatArray  # by workplace
    trade_elasticity: FloatArray  # theta = sigma - 1, scalar
    commuting_elasticity: FloatArray  # epsilon, scalar
    goods_share: FloatArray  # alpha, scalar
    agglomeration_elasticity: FloatArray  # nu: of productivity to workers, beside the gain from varieties; scalar
    housing_supply_elasticity: FloatArray  # delta, scalar


class CommutingLevers(NamedTuple):
    """Changes from the base year; one is neutral."""

    trade_cost_hat_ni: FloatArray
    commuting_cost_hat_ni: FloatArray
    productivity_hat_n: FloatArray


@dataclass(frozen=True, eq=False, repr=False)
class Commuting:
    """A base year with commuting; frozen."""

    regions: tuple[str, ...]
    parameters: CommutingParameters
    levers: CommutingLevers
    name: str = "commuting"

    def __post_init__(self) -> None:
        check(self)

    def __repr__(self) -> str:
        return f"<Commuting {self.name}: {len(self.regions)} regions>"

    @classmethod
    def build(
        cls, parameters: CommutingParameters, regions: tuple[str, ...] = (), name: str = "commuting"
    ) -> Commuting:
        """Return a base year with neutral levers."""
        count = len(parameters.wage_n)
        square = np.ones((count, count))
        names = regions or tuple(f"r{n + 1}" for n in range(count))
        return cls(names, parameters, CommutingLevers(square, square, np.ones(count)), name)

    def with_levers(self, **values: FloatArray) -> Commuting:
        """Return the base year with the named levers replaced."""
        return replace(self, levers=self.levers._replace(**values))


def check(commuting: Commuting) -> None:
    """Raise a DataError with every broken rule: shapes, signs, adding-up."""
    count, problems = len(commuting.regions), []
    letters = {"n": count, "i": count}
    arrays = {**commuting.parameters._asdict(), **commuting.levers._asdict()}
    for name, value in arrays.items():
        index = name.rsplit("_", 1)[1]
        shape = tuple(letters[letter] for letter in index) if set(index) <= set(letters) else ()
        if np.shape(value) != shape:
            problems.append(Problem("world.shape", {"name": name, "shape": shape, "found": np.shape(value)}))
            continue
        rows = np.reshape(value, (-1, 1)) if not shape else np.reshape(value, (count, -1))
        zero_allowed = name in ("trade_share_ni", "commuting_share_ni", "agglomeration_elasticity")
        bad = ~(np.isfinite(rows) & ((rows >= 0) if zero_allowed else (rows > 0))).all(axis=1)
        if bad.any():
            labels = commuting.regions if shape else (name,)
            where = places([labels[n] for n in np.flatnonzero(bad)], len(labels))
            problems.append(Problem("world.value", {"name": name, "where": where, "found": float(rows[bad].flat[0])}))
    if not problems:
        off = np.abs(commuting.parameters.trade_share_ni.sum(axis=1) - 1) > 1e-9
        if off.any():
            where = places([commuting.regions[n] for n in np.flatnonzero(off)], count)
            found = float(commuting.parameters.trade_share_ni.sum(axis=1)[off][0])
            problems.append(Problem("world.adds_up", {"name": "trade_share_ni", "where": where, "found": found}))
        whole = float(commuting.parameters.commuting_share_ni.sum())
        if abs(whole - 1) > 1e-9:
            values = {"name": "commuting_share_ni", "where": commuting.name, "found": whole}
            problems.append(Problem("world.adds_up", values))
    if problems:
        raise DataError(problems)
