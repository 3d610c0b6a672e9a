"""Run a scenario: solve it, read the outcome by place, split it, price it, keep the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.policy.strength import NONE, RANGE
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.solve.certificate import Certificate
from hinterland.solve.static import Equilibrium, solve
from hinterland.study.apply import Package, package
from hinterland.study.budget import costs
from hinterland.study.decompose import by_channel, by_instrument, states_of_policies, variations
from hinterland.study.outcomes import State, base_state, compared, flow_table, national, regional, state_of
from hinterland.study.sensitivity import sensitivity
from hinterland.study.variation import bridge, gains, variation_in
from hinterland.study.worth import benefits, established, marks, over_service_worth

MODEL = "Hinterland"


@dataclass(frozen=True)
class Result:
    """A solved scenario; each of its tables is worked out when it is first asked for."""

    package: Package
    equilibrium: Equilibrium

    @property
    def scenario(self) -> Scenario:
        """The scenario that was solved."""
        return self.package.scenario

    @property
    def certificate(self) -> Certificate:
        """Why the solution can be believed."""
        return self.equilibrium.certificate

    @cached_property
    def before(self) -> State:
        """The base year, from which outcomes are read."""
        return base_state(self.scenario.economy)

    @cached_property
    def after(self) -> State:
        """The state that the policies lead to."""
        return state_of(self.equilibrium)

    @cached_property
    def headline(self) -> pd.DataFrame:
        """The nation: variable, unit, baseline, value, change."""
        nations = (national(self.scenario.economy, state) for state in (self.before, self.after))
        return pd.DataFrame(compared(self.scenario.economy, {}, *nations))

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Places, and macro-regions where each is in one: region, variable, unit, baseline, value, change."""
        return self.by("macro_region" if self.has_macro_regions else "region", "region")

    def by(self, *groupings: str) -> pd.DataFrame:
        """Return the outcomes of the groups of groupings: region, variable, unit, baseline, value, change."""
        economy, groups = self.scenario.economy, dict[str, tuple[str, ...]]()
        for by in groupings:
            groups |= economy.regions.grouping(by, economy.domestic_codes, economy.year)
        return regional(economy, self.before, self.after, groups)

    @property
    def has_macro_regions(self) -> bool:
        """Whether each place is in a macro-region."""
        return self.scenario.economy.regions.macro_regions(self.scenario.economy.domestic_codes) is not None

    @cached_property
    def flows(self) -> pd.DataFrame:
        """Million workers between macro-regions: origin, destination, baseline, value, change."""
        return flow_table(self.scenario.economy, self.before, self.after)

    @cached_property
    def states(self) -> dict[frozenset[str], State]:
        """The state under each set of the policies in force, with the bills of all of them paid."""
        return states_of_policies(self.package, self.after)

    @cached_property
    def decomposition(self) -> pd.DataFrame:
        """Policy x variable: what each policy contributes (Shapley); adds up to the total."""
        return by_instrument(self.package, self.states)

    @cached_property
    def channels(self) -> pd.DataFrame:
        """Channel x variable: what each channel contributes (Shapley); adds up to the total."""
        return by_channel(self.package, self.after)

    @cached_property
    def budget(self) -> pd.DataFrame:
        """Outlays by policy, payer and region, bn CNY."""
        return costs(self.package)

    @property
    def has_ratio(self) -> bool:
        """Whether every policy with a price has a benefit per yuan that something carries."""
        found = marks(self.package)
        return not {found[name] for name in self.budget["policy"] if name in found} & {NONE, RANGE}

    @cached_property
    def benefits(self) -> pd.DataFrame:
        """What each policy is worth and costs, bn CNY."""
        return established(benefits(self.package, self.budget, variations(self.package, self.states)), self.package)

    @cached_property
    def gains(self) -> pd.DataFrame:
        """Who gains and loses, and by what: equivalent variation, bn CNY a year."""
        economy, solved = self.equilibrium.economy, self.equilibrium.solved
        return gains(economy, variation_in(economy, solved.outcome))

    @cached_property
    def bridge(self) -> pd.DataFrame:
        """From real GDP to equivalent variation, bn CNY a year."""
        return bridge(self.equilibrium.economy, self.equilibrium.solved.outcome)

    @cached_property
    def services(self) -> pd.DataFrame:
        """Benefit per yuan of each policy that only the worth of services leaves open, over that worth."""
        return over_service_worth(self.package)

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """Changes of the headline under other elasticities, one at a time: parameter, value, outcomes."""
        return sensitivity(self.package, dict(zip(self.headline["variable"], self.headline["change"], strict=True)))

    def complete(self, progress: Callable[[float], None] | None = None) -> Result:
        """Work out every table, telling the share that is done; return the result itself."""
        for done, name in enumerate(TABLES, start=1):
            getattr(self, name)
            if progress is not None:
                progress(done / len(TABLES))
        return self


TABLES = (
    "headline", "regions", "flows", "decomposition", "channels", "budget", "benefits", "gains", "bridge", "services",
    "sensitivity",
)  # fmt: skip


def run(scenario: Scenario | str | Path) -> Result:
    """Solve a scenario (of the box, a file, or your own); its tables are worked out when they are asked for."""
    whole = package(scenario if isinstance(scenario, Scenario) else read(scenario))
    return Result(whole, solve(whole.economy()))


def iamc(result: Result) -> pd.DataFrame:
    """Return baseline and scenario as Model, Scenario, Region, Variable, Unit and one column for the base year.

    The static closure compares rest points: both stand under the base year of the economy.
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
        for scenario, column in (("baseline", "baseline"), (result.scenario.name, "value"))
    ]
    return pd.concat(frames, ignore_index=True)
