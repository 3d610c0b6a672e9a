"""What every policy shares: values with unit and bounds, checked once, and what it changes and costs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.economy.content import kept
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError, Problem, gone, hint
from hinterland.policy.targets import chosen_n
from hinterland.policy.values import as_written, by_key, known_payers, plain_list, value_problems


def default(value: str) -> Any:
    """Return the default of `instrument.value` from the schema."""
    instrument, _, name = value.partition(".")
    return schema.values(instrument)[name].given


MOST = 256  # policies whose changes and outlays are kept

Changes = dict[str, Any]  # by lever; what several policies say of one is put together by a rule of `combine`


class Cluster(NamedTuple):
    """Regions whose towns radiate to each other, and how strongly."""

    member_n: FloatArray
    elasticity: float


@dataclass(frozen=True)
class Outlay:
    """Money for one purpose by region, bn CNY at the prices of the base year: once, and every year."""

    once_n: FloatArray  # (D,)
    yearly_n: FloatArray  # (D,)
    to_residents: bool = False  # paid out as income; else spent on works and services
    heads_c: FloatArray | None = None  # (C,) who shares what residents of a region get; None: all, by own income
    wherever: bool = False  # whether heads of the base year get it wherever they go; else who lives there does
    paid_by_n: FloatArray | None = None  # (D,) share of regions that pay in place of those that receive
    payers: Mapping[str, float] | None = None  # who pays this one, where others do than pay for the policy


class Part(NamedTuple):
    """What a policy gives of the services that several give, in the economy's currency a year, and who comes for it."""

    there_n: FloatArray  # (D,) what those who are there get more by it
    came_n: FloatArray  # (D,) all services of those who come for it
    share_gc: FloatArray  # (G, C) where people are with it alone


def once(amount_n: FloatArray, **more: Any) -> Outlay:
    """An outlay of one time."""
    return Outlay(np.asarray(amount_n, dtype=float), np.zeros(len(amount_n)), **more)


def yearly(amount_n: FloatArray, **more: Any) -> Outlay:
    """An outlay of every year."""
    return Outlay(np.zeros(len(amount_n)), np.asarray(amount_n, dtype=float), **more)


def built(amount_n: FloatArray, upkeep: float) -> Outlay:
    """An outlay for works: their price once, and a share of it every year that they last, for upkeep and renewal."""
    return Outlay(np.asarray(amount_n, dtype=float), upkeep * np.asarray(amount_n, dtype=float))


@dataclass(frozen=True, kw_only=True)
class Policy(ABC):
    """Values for one instrument, without equations; `policy.combine` writes what several of them change.

    `start`, `end` and `ramp` say when the values hold: the static closure compares two rest points, and years decide
    what is present value. `cost` (bn CNY a year) replaces the instrument's own rule; `payer` says who bears it.
    """

    instrument: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()  # blocks that the economy must have
    of_size: ClassVar[tuple[str, ...]] = ()  # values that raise what a dose does, and do nothing without one
    counts_movers: ClassVar[bool] = False  # whether the cost is counted on those who move
    start: int | None = None
    end: int | None = None
    ramp: int = 5
    cost: float | None = None
    payer: Mapping[str, float] | None = None

    def __new__(cls, *given: Any, **values: Any) -> Self:
        """Refuse values without a name, and names that no value has, with the nearest: Python would name neither."""
        known = [field.name for field in fields(cls)]
        problems = [Problem("policy.by_name", {"where": cls.instrument, "value": f"{of!r:.80}"}) for of in given]
        for name in values:
            if name not in known:
                near = hint(name, known)
                problems.append(Problem("policy.unknown_value", {"where": cls.instrument, "value": name, "near": near}))
        if problems:
            raise PolicyError(problems)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        entries, said = schema.values(self.instrument), self.values()
        for name, value in said.items():
            object.__setattr__(self, name, by_key(entries[name], value))
        problems = [as_written(problem, said) for problem in self.problems()]
        if problems:
            raise PolicyError(problems)
        for name, value in self.values().items():
            value = plain_list(value, entries[name])  # nothing that the caller may change later
            object.__setattr__(self, name, dict(value) if isinstance(value, Mapping) else value)

    def idle(self, economy: Economy) -> tuple[str, ...]:
        """Return the names of values that do nothing in an economy, for want of what they act on."""
        del economy
        return ()

    @property
    def size(self) -> float:
        """The dose."""
        return float(getattr(self, schema.instruments()[self.instrument].size))

    def values(self) -> dict[str, Any]:
        """Return every value by name, the instrument's own first."""
        return {name: getattr(self, name) for name in schema.values(self.instrument)}

    @cached_property
    def said(self) -> str:
        """All values in one order: what tells apart policies of an instrument whose payers are not named."""
        return repr(sorted(self.values().items()))

    def given(self) -> dict[str, Any]:
        """Return the values worth writing down: all of the instrument's own, and the common ones that were set."""
        common = {
            name: value.given for name, value in schema.values(self.instrument).items() if value.instrument == "*"
        }
        return {name: value for name, value in self.values().items() if value != common.get(name, ...)}

    def problems(self) -> list[Problem]:
        """Return every value that breaks a rule of the schema."""
        entries = schema.values(self.instrument)
        found = [
            problem
            for name, value in self.values().items()
            for problem in value_problems(entries[name], value, self.instrument)
        ]
        if not found and self.start is not None and self.end is not None and self.end < self.start:
            found.append(Problem("policy.ends_early", {"where": self.instrument, "start": self.start, "end": self.end}))
        if not found and self.payer is None and self.cost and not schema.payers(self.instrument):
            found.append(Problem("policy.no_payer", {"where": self.instrument, "known": known_payers()}))
        return found

    @abstractmethod
    def changes(self, economy: Economy) -> Changes:
        """Return what is written: changes by lever, from the base year alone."""

    def outlays(self, economy: Economy, share_gc: FloatArray | None = None) -> tuple[Outlay, ...]:
        """Return what the rule of the instrument costs; nothing where no unit cost is established.

        Where movers are counted, `share_gc` says where people are with the policy; without it, where they would be at
        base-year wages.
        """
        del economy, share_gc
        return ()

    def billed(self, economy: Economy, part: Part) -> tuple[Outlay, ...]:
        """Return what the rule costs beside other policies that give services or bring people to them."""
        return self.outlays(economy, part.share_gc)

    def places_n(self, economy: Economy) -> FloatArray:
        """Return the regions that a cost of the user's own is for, (D,) of zeros and ones: the target, else all."""
        names = getattr(self, "to", None)
        return chosen_n(economy, names, f"{self.instrument}.to") if names else np.ones(economy.cells.regions)

    def payers_n(self, economy: Economy) -> FloatArray | None:
        """Return shares of the regions that pay the provinces' part, (D,); None: those that receive."""
        del economy
        return None

    def stretches(self) -> list[tuple[str, str, str]]:
        """Return the stretches that are built, by both cities and the mode: none is built and paid for twice."""
        return []

    def building_years(self) -> int:
        """Return how many years from the start are spent building, before anything is in force."""
        return 0

    def payers(self) -> dict[str, float]:
        """Return who pays and what share."""
        return dict(self.payer) if self.payer is not None else schema.payers(self.instrument)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise gone(self, name, {"apply": "hinterland.policy.combine.combined(economy, [policy])"})


class Said:
    """A policy that equals every other that says the same."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.key = policy, key_of(policy)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self.key == other.key


def key_of(policy: Policy) -> tuple[str, str]:
    """Return what orders policies and tells them apart: the instrument and what is said of it."""
    if policy.payer is None:
        return policy.instrument, policy.said
    return policy.instrument, repr(sorted(policy.values().items()))  # a mapping may be written to


def changes_of(policy: Policy, economy: Economy) -> Changes:
    """Return what a policy changes; kept by what is said and by the base year."""
    return dict(_changes(economy, Said(policy)))


@kept(MOST)
def _changes(economy: Economy, said: Said) -> Changes:
    return said.policy.changes(economy)
