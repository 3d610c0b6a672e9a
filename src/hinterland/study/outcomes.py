"""The outcomes of a run: people, output, income, welfare, gaps, before and after, of any set of provinces.

An outcome is a function here and the row of its name in `schema/indicators.csv`: what it is called, its unit, how its
change is measured, which tables show it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from hinterland import indicators, schema
from hinterland.arrays import FloatArray
from hinterland.economy.accounts import currency, kept_n
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import cell_income_c, levied_g, own_income_c, welfare_weight_g
from hinterland.solve.static import Equilibrium
from hinterland.study.real_gdp import Flows, base_flows, flows_in
from hinterland.study.real_gdp import goods_saved as goods_saved_in
from hinterland.study.real_gdp import real_gdp as real_gdp_of
from hinterland.study.variation import here_hat_c, least_n, log_kept, owed_g, total_variation

EAST, WEST = "East", "West"


@dataclass(frozen=True)
class State:
    """What outcomes are read from: the economy before or after, in levels, by hukou group and cell."""

    people_gc: FloatArray  # million workers
    real_income_c: FloatArray  # per worker; less what taxes take more than in the base year
    welfare_g: FloatArray  # expected utility of a group relative to the base year
    welfare_weight_g: FloatArray
    before: Flows
    flows: Flows
    variation: float = 0.0  # residents' equivalent variation, bn CNY a year

    @property
    def workers_c(self) -> FloatArray:
        """Million workers by cell."""
        return np.asarray(self.people_gc.sum(axis=0))


@dataclass(frozen=True)
class Place:
    """Some provinces of an economy in one state, with what several outcomes read of them; or several such places."""

    economy: Economy
    state: State
    chosen_n: FloatArray  # which domestic regions, (D,) or by place (P, D): an outcome is one number or (P,) then

    @cached_property
    def index_c(self) -> Any:
        """Region, residence and sector of each cell."""
        return self.economy.cells.index_c

    @property
    def chosen_of_all_n(self) -> Any:
        """Which regions, those abroad among them."""
        chosen_n = np.asarray(self.chosen_n, dtype=bool)
        abroad = len(self.economy.region_codes) - chosen_n.shape[-1]
        return np.concatenate([chosen_n, np.zeros((*chosen_n.shape[:-1], abroad), dtype=bool)], axis=-1)

    @cached_property
    def workers_c(self) -> FloatArray:
        """Million workers of these provinces by cell."""
        return np.asarray(self.state.workers_c * self.chosen_n[..., self.index_c[0]])

    @cached_property
    def residents_c(self) -> FloatArray:
        """Million residents of these provinces by cell, workers and dependants."""
        return np.asarray(self.workers_c * self.economy.residents_per_worker_c)

    def natives(self, where_gc: Any) -> Any:
        """Return million workers whose home is in these provinces and who work where it is said, by hukou group."""
        return self.chosen_n[..., self.economy.cells.home_g] @ (self.state.people_gc * where_gc).sum(axis=1)

    @cached_property
    def same_province_gc(self) -> Any:
        """Whether a cell lies in the home province of a group."""
        return self.economy.cells.at_home_gc

    @cached_property
    def macro_n(self) -> Any:
        """Macro-region of every domestic region; None where one of them is in none."""
        return macro_regions(self.economy)

    @cached_property
    def same_macro_region_gc(self) -> Any:
        """Whether a cell lies in the macro-region of a group's home."""
        return same_macro_region_gc(self.economy)

    @cached_property
    def residents_n(self) -> FloatArray:
        """Million residents of every domestic region."""
        return np.asarray(self.economy.cells.by_region(self.residents_c))

    @cached_property
    def income_per_head_n(self) -> FloatArray:
        """Real income per resident of every domestic region."""
        income_c = self.state.real_income_c * self.workers_c
        return np.asarray(self.economy.cells.by_region(income_c) / self.residents_n)

    @cached_property
    def theil_parts(self) -> tuple[float, float]:
        """Theil index of real income per head: within macro-regions (all in one where there are none), between them."""
        macro_n = np.zeros(len(self.residents_n)) if self.macro_n is None else self.macro_n
        return indicators.theil_within_between(self.income_per_head_n, self.residents_n, macro_n)


Outcome = Callable[[Place], Any]  # one number, or one a place; None where the economy has no such thing
Function = TypeVar("Function", bound=Outcome)
OUTCOMES: dict[str, Outcome] = {}  # of any provinces, by name
NATIONAL: dict[str, Outcome] = {}  # of the nation alone


def base_state(economy: Economy) -> State:
    """Return the base year."""
    people, flows = economy.group_size_g[:, None] * economy.migration_share_gc, base_flows(economy)
    return State(people, own_income_c(economy), np.ones(len(people)), welfare_weight_g(economy), flows, flows)


def state_of(equilibrium: Equilibrium) -> State:
    """Return the counterfactual."""
    return state_in(equilibrium.economy, equilibrium.solved.outcome)


def state_in(economy: Economy, outcome: Any) -> State:
    """Return the state of an economy in an outcome of its world."""
    people_gc = economy.group_size_g[:, None] * np.asarray(outcome.migration_share_gc)
    return State(
        people_gc,
        own_income_c(economy) * np.asarray(outcome.real_income_hat_c) * kept_hat_c(economy)
        + owed_c(economy, people_gc) / np.asarray(outcome.living_cost_hat_g)[economy.cells.pool_c],
        np.asarray(outcome.welfare_hat_g) + owed_g(economy),
        welfare_weight_g(economy),
        base_flows(economy),
        flows_in(economy, outcome),
        currency(economy) * total_variation(economy, outcome),
    )


def kept_hat_c(economy: Economy) -> Any:
    """Return the change of the part of income that taxes leave in each cell, with what is given to who is there."""
    kept_c, here_c = np.exp(log_kept(economy)).repeat(economy.cells.per_region), here_hat_c(economy)
    theirs_c = cell_income_c(economy)
    scale_c = own_income_c(economy) * economy.workers_c
    if theirs_c is None:  # the scale is income before taxes
        left_n = kept_n(economy)
        return kept_c * here_c - levied_c(economy, scale_c * left_n.repeat(economy.cells.per_region))
    # What some are given is money, and this scale shares out the income of a region otherwise than by residence.
    least_c = least_n(economy, here_c).repeat(economy.cells.per_region)
    given_c = kept_c * (least_c + (here_c - least_c) * theirs_c / np.where(scale_c > 0, scale_c, 1.0))
    return given_c - levied_c(economy, scale_c)


def levied_c(economy: Economy, income_c: FloatArray) -> Any:
    """Return the part of a place's income that a levy takes of its rents, alike in its cells, (C,)."""
    cells = economy.cells
    taken_n = levied_g(economy).reshape(cells.regions, -1).sum(axis=1)
    return (taken_n / cells.by_region(income_c)).repeat(cells.per_region)


def owed_c(economy: Economy, people_gc: FloatArray) -> Any:
    """Return by worker of each cell what people get because of what they are or own, (C,): counted where they were."""
    theirs_c = cell_income_c(economy)
    if theirs_c is None or economy.levers.owed_hat_c is None:
        return np.zeros(len(economy.workers_c))
    kept_c = np.exp(log_kept(economy)).repeat(economy.cells.per_region) * here_hat_c(economy)
    workers_c = people_gc.sum(axis=0)
    return kept_c * (economy.levers.owed_hat_c - 1) * theirs_c / np.where(workers_c > 0, workers_c, 1.0)


@kept(BASE_YEARS)
def macro_regions(economy: Economy) -> Any:
    """Return the macro-region of each domestic region, in order; None where one of them is in none."""
    found = economy.regions.macro_regions(economy.domestic_codes)
    return None if found is None else np.array(found)


@kept(BASE_YEARS)
def same_macro_region_gc(economy: Economy) -> Any:
    """Return whether cell c lies in the macro-region of group g's home."""
    _, number_n = np.unique(macro_regions(economy), return_inverse=True)
    return number_n[economy.cells.home_g][:, None] == number_n[economy.cells.index_c[0]][None, :]


def outcome(function: Function) -> Function:
    """Make a function the outcome of its name, of any provinces; its row stands in `schema/indicators.csv`."""
    OUTCOMES[function.__name__] = function
    return function


def national_outcome(function: Function) -> Function:
    """Make a function the outcome of its name, of the nation alone."""
    NATIONAL[function.__name__] = function
    return function


@outcome
def workers_ag(place: Place) -> Any:
    """Million workers in agriculture."""
    return place.workers_c[..., place.economy.farm_c].sum(axis=-1)


@outcome
def workers_nonag(place: Place) -> Any:
    """Million workers outside agriculture."""
    return place.workers_c.sum(axis=-1) - workers_ag(place)


@outcome
def nonag_share(place: Place) -> Any:
    """Share of workers outside agriculture."""
    return 1 - workers_ag(place) / place.workers_c.sum(axis=-1)


@outcome
def urbanization_rate(place: Place) -> Any:
    """Residents of towns in % of residents."""
    if place.economy.cells.residences == 1:
        return None
    return 100 * (place.residents_c[..., place.economy.town_c].sum(axis=-1) / place.residents_c.sum(axis=-1))


@outcome
def workers_amphibious(place: Place) -> Any:
    """Million workers who live in a village and work outside agriculture, or live in a town and farm."""
    if place.economy.cells.residences == 1:
        return None
    return place.workers_c[..., place.economy.town_c == place.economy.farm_c].sum(axis=-1)


@outcome
def workers_in_place(place: Place) -> Any:
    """Million workers at home in these provinces who moved inside their own."""
    return place.natives(place.same_province_gc & (place.economy.cells.stays_gc == 0))


@outcome
def workers_within_macro_region(place: Place) -> Any:
    """Million workers at home in these provinces who work in another province of the macro-region."""
    if place.macro_n is None:
        return None
    return place.natives(place.same_macro_region_gc & ~place.same_province_gc)


@outcome
def workers_across(place: Place) -> Any:
    """Million workers at home in these provinces who work in another macro-region."""
    if place.macro_n is None:
        return None
    return place.natives(~place.same_macro_region_gc)


@outcome
def workers_from_elsewhere(place: Place) -> Any:
    """Million workers in these provinces whose home is another one."""
    return place.chosen_n[..., place.index_c[0]] @ (place.state.people_gc * ~place.same_province_gc).sum(axis=0)


@outcome
def real_income(place: Place) -> Any:
    """Real income per resident, less what is taxed more than in the base year."""
    return place.workers_c @ place.state.real_income_c / place.residents_c.sum(axis=-1)


@outcome
def real_gdp(place: Place) -> Any:
    """Real GDP by expenditure, in the economy's currency."""
    return real_gdp_of(place.state.before, place.state.flows, place.chosen_of_all_n)


@outcome
def goods_saved(place: Place) -> Any:
    """Goods that lower iceberg costs save buyers: in real GDP, and produced by nobody."""
    return goods_saved_in(place.state.before, place.state.flows, place.chosen_of_all_n)


@outcome
def welfare(place: Place) -> Any:
    """Expected utility of the hukou groups of these provinces relative to the base year, by their weights."""
    weight_g = place.state.welfare_weight_g * place.chosen_n[..., place.economy.cells.home_g]
    return weight_g @ place.state.welfare_g / weight_g.sum(axis=-1)


@national_outcome
def east_west_gap(nation: Place) -> float | None:
    """Ratio of East to West of real income per head."""
    if nation.macro_n is None or not {EAST, WEST} <= set(nation.macro_n):
        return None
    east, west = (
        float(np.average(nation.income_per_head_n[chosen_n], weights=nation.residents_n[chosen_n]))
        for chosen_n in (nation.macro_n == EAST, nation.macro_n == WEST)
    )
    return east / west


@national_outcome
def theil_within(nation: Place) -> float | None:
    """Theil index within macro-regions."""
    return None if nation.macro_n is None else nation.theil_parts[0]


@national_outcome
def theil_between(nation: Place) -> float | None:
    """Theil index between macro-regions."""
    return None if nation.macro_n is None else nation.theil_parts[1]


@national_outcome
def theil(nation: Place) -> float:
    """Theil index."""
    return sum(nation.theil_parts)


def measures(place: Place, functions: Mapping[str, Outcome] = OUTCOMES) -> dict[str, float]:
    """Return every outcome that the economy has, in the order of the headline."""
    return {name: float(value) for name, value in every(place, functions).items()}


def by_place(economy: Economy, state: State, chosen_pn: FloatArray) -> dict[str, FloatArray]:
    """Return every outcome that the economy has by place, (P,); `chosen_pn` says which provinces are in each."""
    return every(Place(economy, state, np.asarray(chosen_pn, dtype=bool)), OUTCOMES)


def every(place: Place, functions: Mapping[str, Outcome]) -> dict[str, Any]:
    """Return every outcome that the economy has, as its function gives it; raise where it gives not one a place."""
    found = {name: functions[name](place) for name in schema.outcomes() if name in functions}
    known = {name: value for name, value in found.items() if value is not None}
    for name, value in known.items():
        if np.shape(value) != place.chosen_n.shape[:-1]:
            raise TypeError(f"{name}: {np.shape(value)}")  # of all places together, it would be read as that of each
    return known


def national(economy: Economy, state: State) -> dict[str, float]:
    """Return the headline: every outcome of all provinces, and those of the nation alone."""
    return measures(Place(economy, state, np.ones(len(economy.domestic_codes), dtype=bool)), OUTCOMES | NATIONAL)


def compared(
    economy: Economy, names: Mapping[str, Any], before: Mapping[str, float], after: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Return rows with baseline, value and change: a ratio for levels, a difference for shares and gaps."""
    return [
        {
            **names,
            "variable": variable,
            "unit": unit_of(economy, variable),
            "baseline": before[variable],
            "value": after[variable],
            "change": change(variable, before[variable], after[variable]),
        }
        for variable in before
    ]


def unit_of(economy: Economy, variable: str) -> str:
    """Return the unit of an outcome; those of money count in the economy's own."""
    units = {"real_income": economy.units.income} | dict.fromkeys(("real_gdp", "goods_saved"), economy.units.output)
    return units.get(variable, schema.indicators()[variable].unit)


def regional(economy: Economy, before: State, after: State, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return every regional outcome by place, before and after; `groups` holds the codes of each place's provinces."""
    codes = np.array(economy.domestic_codes)
    chosen_pn: Any = np.array([np.isin(codes, list(members)) for members in groups.values()]).reshape(-1, len(codes))
    then, now = (by_place(economy, state, chosen_pn) for state in (before, after))
    rows = []
    for number, place in enumerate(groups):
        of_place = ({name: float(value_p[number]) for name, value_p in found.items()} for found in (then, now))
        rows += compared(economy, {"region": place}, *of_place)
    return pd.DataFrame(rows)


def change(variable: str, before: Any, after: Any) -> Any:
    """Return the change: a difference for shares, gaps and indices, relative for levels; by place where these are."""
    if schema.indicators()[variable].change != "relative":
        return after - before
    if np.ndim(before):
        return np.where(before == 0, math.nan, after / np.where(before == 0, 1.0, before) - 1)
    return after / before - 1 if before else math.nan
