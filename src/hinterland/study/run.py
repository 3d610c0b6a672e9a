"""Run a scenario: solve it, read the outcome by place, split it, price it, keep the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.economy.accounts import currency
from hinterland.policy.strength import NONE, RANGE
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.shown import Picture, Shown, shows
from hinterland.solve.static import solve
from hinterland.study.apply import package
from hinterland.study.bills import Bill, bills
from hinterland.study.budget import costs
from hinterland.study.decompose import by_channel, by_instrument, states_of_policies, variations
from hinterland.study.flows import flow_table
from hinterland.study.outcomes import State, base_state, compared, national, regional
from hinterland.study.own_copy import own_copy
from hinterland.study.path import Path as Followed
from hinterland.study.path import followed
from hinterland.study.sensitivity import Ends, ends, gain_ranges, gains_elsewhere, order_turns, sensitivity
from hinterland.study.solved import Solved
from hinterland.study.variation import Variation, bridge, gain_over_income, gains, variation_in
from hinterland.study.worth import benefits, established, funds_alarm, marks, over_service_worth, per_yuan_range

BASELINE = "baseline"
MODEL = "Hinterland"


@dataclass(frozen=True, repr=False)
class Result(Solved, Shown):
    """A solved scenario; `table` gives any of its tables with labels in either language.

    Each table is worked out when it is first asked for; who asks gets a copy of his own.

    A change is relative to the base year (.01 = 1 %) for levels, a difference for shares (.01 = 1 point), rates in %
    (points), ratios and indices. Money is in bn yuan at the prices of the base year. `region` is a six-digit code, a
    code of one's own, or the key of a macro-region.

    headline: the nation, one row an outcome
        - variable (key): the outcome; `hl.glossary()` says what each is
        - unit (text): of both levels
        - baseline (as `unit` says): in the base year
        - value (as `unit` says): at the rest point with the policies
        - change (relative or difference): of value from baseline
    regions: the same by macro-region and region
        - region (code): the place
        - variable (key): the outcome
        - unit (text): of both levels
        - baseline (as `unit` says): in the base year
        - value (as `unit` says): at the rest point with the policies
        - change (relative or difference): of value from baseline
    flows: workers by macro-region of hukou and of work; none where regions have no macro-region
        - origin (key): macro-region of hukou
        - destination (key): macro-region of work
        - baseline (million): workers in the base year
        - value (million): workers with the policies
        - change (relative): of value from baseline
    decomposition, channels: what each policy, or each channel, adds (Shapley); the index `part` ends with the total
        - workers_ag (relative): workers in agriculture
        - workers_nonag (relative): workers outside agriculture
        - nonag_share (share): share of workers outside agriculture, a difference
        - urbanization_rate (pp): urban share of residents, a difference
        - workers_amphibious (relative): who lives in a village off the farm, or farms from a town
        - workers_in_place (relative): who has left the sector of his hukou and not his province
        - workers_within_macro_region (relative): who works in another province of his macro-region
        - workers_across (relative): who works in another macro-region
        - workers_from_elsewhere (relative): who works in another province than that of his hukou
        - real_income (relative): after tax, a head
        - real_gdp (relative): by expenditure
        - goods_saved (bn yuan): a year, goods no longer lost on the way, in real_gdp; a difference
        - welfare (relative): expected utility in units of income, over people
        - east_west_gap (ratio): East over West in real income, a difference
        - theil_within (index): inequality inside macro-regions, a difference
        - theil_between (index): inequality between macro-regions, a difference
        - theil (index): of real income a head over regions, a difference
        - equivalent_variation (bn yuan a year): what the change is worth to residents
        - sampling_error (relative): largest standard error over the whole change; 0 unless orders are sampled
    budget: outlays, one row a policy, payer and place; none for a policy without a unit cost
        - policy (label): as in the scenario
        - instrument (key): its kind
        - payer (key): centre, province, firms, people
        - region (code): who pays; `centre` for the central government
        - once (bn yuan): paid one time
        - yearly (bn yuan a year): paid every year
        - charged (bn yuan a year): what budgets bear at the rest point
        - present (bn yuan): present value over the horizon
    benefits: what each policy in force is worth and costs
        - policy (label): as in the scenario
        - instrument (key): its kind
        - charged (bn yuan a year): what budgets bear at the rest point
        - present_cost (bn yuan): present value of the outlays
        - marginal_cost_of_funds (yuan per yuan): what residents lose of a yuan raised and burned
        - variation (bn yuan a year): equivalent variation at the rest point
        - present_value (bn yuan): of the variation, as the policy comes into force
        - benefit_per_yuan (yuan per yuan): present value over present cost times marginal cost of funds; NaN where
          nothing carries the ratio
        - mark (key): what the ratio rests on: the strength of the evidence
        - rests_on (keys): the entries of evidence and assumptions behind it
    gains: who gains, by what; equivalent variation and its parts
        - dimension (key): by what people are divided
        - who (key): which of them
        - people (million): workers in the base year
        - wage (bn yuan a year): from wages
        - goods (bn yuan a year): from prices of goods
        - homes (bn yuan a year): from the price of housing
        - rents (bn yuan a year): from rents that owners of homes and land get
        - tax (bn yuan a year): from taxes and payments
        - place (bn yuan a year): from what places are worth to live in
        - moving (bn yuan a year): from costs of moving
        - services (bn yuan a year): from public services
        - movers (bn yuan a year): beyond that, to those who move
        - variation (bn yuan a year): sum of these: equivalent variation
        - change (relative): variation over income
    gain_ranges: what people gain over income under other elasticities, one at a time: all, by home, and as in `gains`
        - dimension (key): by what people are divided; `nation` is all, `region` by home
        - who (key): which of them
        - change (relative): equivalent variation over income
        - low (relative): least over the ends of the elasticities
        - high (relative): largest
        - parameter (key): the elasticity on which it hangs most; empty where there is none
    bridge: from real GDP to equivalent variation; each row adds what those before leave out, the last is their sum
        - item (key): what is added
        - amount (bn yuan a year): how much
    services: policies whose ratio hangs on what a yuan of services is worth
        - policy (label): as in the scenario
        - worth_0 (yuan per yuan): benefit per yuan where services are worth nothing
        - worth_1 (yuan per yuan): benefit per yuan where they are worth their cost
        - break_even (yuan per yuan): worth at which a yuan spent is a yuan gained; NaN outside 0 to 1
    sensitivity: the headline under other elasticities, one at a time; the first row is the default
        - parameter (key): the elasticity
        - value (elasticity): what it is set to; NaN in the first row
        - and the outcomes of `headline`, as in `decomposition`
    """

    def __repr__(self) -> str:
        return shows().words(self)

    def table(self, name: str = "headline", lang: str = "en") -> pd.DataFrame:
        """Return a table with heads and labels in one language, numbers as the attributes have them.

        Their unit stands beside them or in the head, in either language that of the attribute: bn yuan, million
        workers. Named as the attributes are, as the tables of `hinterland run --table`, or as either language calls
        them; a DataError names the nearest.
        """
        return shows().table(self, name, lang)

    def plot(self, name: str = "map", variable: str | None = None, lang: str = "en", **options: Any) -> Picture:
        """Return a picture that a notebook shows, with a sentence on what is seen and the table behind it.

        `name` is one of map, flows, industry, urbanization, gains, budget, bridge, range, years, gains_by_year, fan;
        `variable` an outcome, named as its key or in either language, `options` those of the picture. A DataError
        names the nearest.
        """
        return shows().plot(self, name, variable, lang, **options)

    def report(self, path: str | Path, lang: str = "en", geojson: str | Path | None = None) -> Path:
        """Write a report to hand over, in one language, to a new file and return its path; whole or not at all.

        `.html` stands alone, without a network and without scripts, and prints well on A4; `.xlsx` has the tables with
        notes and sources. `geojson` is a file of one's own polygons for the map, in place of tiles. A DataError where
        the file exists, cannot be written, or has another ending.
        """
        return shows().report(self, path, lang, geojson)

    @cached_property
    def before(self) -> State:
        """The base year, from which outcomes are read."""
        return base_state(self.scenario.economy)

    @own_copy
    def headline(self) -> pd.DataFrame:
        """The nation: variable, unit, baseline, value, change."""
        nations = (national(self.scenario.economy, state) for state in (self.before, self.after))
        return pd.DataFrame(compared(self.scenario.economy, {}, *nations))

    @own_copy
    def regions(self) -> pd.DataFrame:
        """Places, and macro-regions where each is in one: region, variable, unit, baseline, value, change."""
        return self.by("macro_region" if self.macro_regions else "region", "region")

    def by(self, *groupings: str) -> pd.DataFrame:
        """Return the outcomes of the groups of groupings: region, variable, unit, baseline, value, change."""
        economy, groups = self.scenario.economy, dict[str, tuple[str, ...]]()
        for by in groupings:
            groups |= economy.regions.grouping(by, economy.domestic_codes, economy.year)
        return regional(economy, self.before, self.after, groups)

    @property
    def macro_regions(self) -> list[str]:
        """The macro-regions in their order; none where some place is in none."""
        regions = self.scenario.economy.regions
        known = regions.macro_regions(self.scenario.economy.domestic_codes) or ()
        return [name for name in regions.of_kind("macro_region") if name in known]

    @own_copy
    def flows(self) -> pd.DataFrame:
        """Million workers between macro-regions: origin, destination, baseline, value, change."""
        return flow_table(self.scenario.economy, self.before, self.after)

    @cached_property
    def states(self) -> dict[frozenset[str], State]:
        """The state under each set of the policies in force, with the bills of all of them paid."""
        return states_of_policies(self.package, self.after)

    @cached_property
    def bills(self) -> dict[str, Bill]:
        """The states under the bill of each policy in force alone, by label."""
        return bills(self.package)

    @own_copy
    def decomposition(self) -> pd.DataFrame:
        """Policy x variable: what each policy contributes (Shapley); adds up to the total."""
        return by_instrument(self.package, self.states, self.bills)

    @own_copy
    def channels(self) -> pd.DataFrame:
        """Channel x variable: what each channel contributes (Shapley); adds up to the total."""
        return by_channel(self.package, self.after)

    @own_copy
    def budget(self) -> pd.DataFrame:
        """Outlays by policy, payer and region, bn CNY."""
        return costs(self.package)

    @property
    def has_ratio(self) -> bool:
        """Whether each policy with a price has a benefit per yuan that something carries: an ended one has none."""
        found = marks(self.package)
        return not {found.get(name, NONE) for name in self.budget["policy"]} & {NONE, RANGE}

    @own_copy
    def benefits(self) -> pd.DataFrame:
        """What each policy is worth and costs, bn CNY."""
        effects = variations(self.package, self.states)
        return established(benefits(self.package, self.budget, effects, self.bills), self.package)

    @cached_property
    def odd_funds(self) -> list[str]:
        """The policies whose marginal cost of public funds lies where it should not; their bills alone tell it."""
        return funds_alarm(
            benefits(self.package, self.budget, dict.fromkeys(self.scenario.in_force(), 0.0), self.bills)
        )

    @cached_property
    def per_yuan_range(self) -> tuple[float, float] | None:
        """The range of the benefit per yuan over the elasticities; None where there is none, or of several policies."""
        return per_yuan_range(self.scenario) if self.has_ratio else None

    @own_copy
    def gains(self) -> pd.DataFrame:
        """Who gains and loses, and by what: equivalent variation, bn CNY a year."""
        return gains(self.equilibrium.economy, self._variation)

    @cached_property
    def followed(self) -> Followed:
        """The same scenario year by year."""
        return followed(self.package)

    @property
    def gain_in_all(self) -> tuple[float, float]:
        """What residents gain in all, bn CNY a year, and over their own income."""
        total = float(self._variation.total_gc.sum())
        return currency(self.equilibrium.economy) * total, total / float(self._variation.income_gc.sum())

    @cached_property
    def gain_over_income(self) -> dict[tuple[str, str], float]:
        """What people gain over their own income, by dimension and part: all, by home, as `gains` divides them."""
        return gain_over_income(self.equilibrium.economy, self._variation)

    @cached_property
    def _variation(self) -> Variation:
        """The equivalent variation by part, group and cell."""
        return variation_in(self.equilibrium.economy, self.equilibrium.solved.outcome)

    @property
    def gain_by_home(self) -> dict[str, float]:
        """What those at home in each region gain, over their own income, by its code."""
        return {who: gain for (dimension, who), gain in self.gain_over_income.items() if dimension == "region"}

    @own_copy
    def bridge(self) -> pd.DataFrame:
        """From real GDP to equivalent variation, bn CNY a year."""
        return bridge(self.equilibrium.economy, self.equilibrium.solved.outcome)

    @own_copy
    def services(self) -> pd.DataFrame:
        """Benefit per yuan of each policy that only the worth of services leaves open, over that worth."""
        return over_service_worth(self.package)

    @own_copy
    def sensitivity(self) -> pd.DataFrame:
        """Changes of the headline under other elasticities, one at a time: parameter, value, outcomes."""
        return sensitivity(self.ends, dict(zip(self.headline["variable"], self.headline["change"], strict=True)))

    @cached_property
    def ends(self) -> Ends:
        """The scenario solved at both ends of the range of each elasticity."""
        return ends(self.package)

    @cached_property
    def _gains_elsewhere(self) -> pd.DataFrame:
        """What people gain over income under other elasticities: a row an end, a column a part of the people."""
        return gains_elsewhere(self.ends, self.gain_over_income)

    def order_turns(self, dimension: str, best: Sequence[str], worst: Sequence[str], least: float) -> bool:
        """Whether at another elasticity others gain more than the best or less than the worst, by more than `least`."""
        return order_turns(pd.DataFrame(self._gains_elsewhere.xs(dimension, axis=1)), best, worst, least)

    @own_copy
    def gain_ranges(self) -> pd.DataFrame:
        """What people gain over income, and its range over the elasticities, one at a time."""
        return gain_ranges(self._gains_elsewhere)

    def complete(self, progress: Callable[[float], None] | None = None) -> Result:
        """Work out every table, telling the share that is done; return the result itself."""
        for done, name in enumerate(TABLES, start=1):
            getattr(self, name)
            if progress is not None:
                progress(done / len(TABLES))
        return self


TABLES = tuple(name for name, entry in vars(Result).items() if isinstance(entry, own_copy))


def run(scenario: Scenario | str | Path) -> Result:
    """Solve a scenario (of the box, a file, or your own); its tables are worked out when they are asked for."""
    whole = package(scenario if isinstance(scenario, Scenario) else read(scenario))
    return Result(whole, solve(whole.economy()))


def iamc(result: Result) -> pd.DataFrame:
    """Return baseline and scenario as Model, Scenario, Region, Variable, Unit and one column for the base year.

    The static closure compares rest points: both stand under the base year of the economy. The baseline bears the
    scenario's name too, so that two runs stand in one table without a row that is there twice.
    """
    nation = result.headline.assign(region=NATION)
    table = pd.concat([nation, result.regions], ignore_index=True)
    year = str(result.scenario.economy.year)
    region = [result.scenario.economy.regions.name(code, "en") for code in table["region"]]
    frames = [
        pd.DataFrame(
            {
                "Model": MODEL,
                "Scenario": scenario,
                "Region": region,
                "Variable": table["variable"],
                "Unit": table["unit"],
                year: table[column],
            }
        )
        for scenario, column in ((f"{result.scenario.name} {BASELINE}", "baseline"), (result.scenario.name, "value"))
    ]
    return pd.concat(frames, ignore_index=True)
