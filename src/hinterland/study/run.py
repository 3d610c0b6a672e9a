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
from hinterland.study.decompose import VARIATION, by_channel, by_instrument, variations
from hinterland.study.outcomes import State, base_state, compared, flow_table, national, regional, state_of
from hinterland.study.sensitivity import sensitivity
from hinterland.study.variation import bridge, gains, variation_in
from hinterland.study.worth import benefits, established, marks, over_service_worth

MODEL = "Hinterland"


@dataclass(frozen=True)
class Result:
    """A solved scenario with everything that is shown of it."""

    scenario: Scenario
    equilibrium: Equilibrium
    regions: pd.DataFrame  # region, variable, unit, baseline, value, change
    flows: pd.DataFrame  # origin, destination, baseline, value, change (million workers)
    headline: pd.DataFrame  # variable, unit, baseline, value, change: the nation
    decomposition: pd.DataFrame  # part x variable, adds up to the total
    channels: pd.DataFrame  # channel x variable, adds up to the total
    budget: pd.DataFrame  # outlays by policy, payer and region
    benefits: pd.DataFrame  # what each policy is worth and costs
    gains: pd.DataFrame  # who gains and loses, and by what
    bridge: pd.DataFrame  # from real GDP to equivalent variation
    services: pd.DataFrame  # benefit per yuan over what a yuan of services is worth
    sensitivity: pd.DataFrame  # parameter, value, changes of the headline

    @property
    def has_ratio(self) -> bool:
        """Whether every policy with a price has a benefit per yuan that something carries."""
        priced = self.benefits[self.benefits["present_cost"] > 0]
        return bool(priced["benefit_per_yuan"].notna().all())

    @property
    def certificate(self) -> Certificate:
        """Why the solution can be believed."""
        return self.equilibrium.certificate


@dataclass(frozen=True)
class Brief:
    """What a scenario does to the nation, what it costs and, worked out once it is asked for, what it is worth."""

    package: Package
    headline: pd.DataFrame
    budget: pd.DataFrame
    after: State
    certificate: Certificate

    @property
    def scenario(self) -> Scenario:
        """The scenario that was solved."""
        return self.package.scenario

    @property
    def has_ratio(self) -> bool:
        """Whether every policy with a price has a benefit per yuan that something carries."""
        found = marks(self.package)
        return not {found[name] for name in self.budget["policy"] if name in found} & {NONE, RANGE}

    @cached_property
    def benefits(self) -> pd.DataFrame:
        """What each policy is worth and costs."""
        return established(benefits(self.package, self.budget, variations(self.package, self.after)), self.package)


def brief(scenario: Scenario | str | Path) -> Brief:
    """Solve a scenario and price it, without the tables by place, by channel and by group that `run` makes."""
    chosen = scenario if isinstance(scenario, Scenario) else read(scenario)
    whole = package(chosen)
    budget = costs(whole)
    equilibrium = solve(whole.economy())
    after = state_of(equilibrium)
    return Brief(whole, headline_of(chosen, after), budget, after, equilibrium.certificate)


def headline_of(scenario: Scenario, after: State) -> pd.DataFrame:
    """Return the nation's outcomes in the base year and after."""
    economy = scenario.economy
    nations = (national(economy, state) for state in (base_state(economy), after))
    return pd.DataFrame(compared(economy, {}, *nations))


def run(scenario: Scenario | str | Path, progress: Callable[[float], None] | None = None) -> Result:
    """Solve a scenario (of the box, a file, or your own) and return tables, decomposition, certificate."""
    chosen = scenario if isinstance(scenario, Scenario) else read(scenario)
    economy = chosen.economy
    whole = package(chosen)
    equilibrium = solve(whole.economy())
    before, after = base_state(economy), state_of(equilibrium)
    groups: dict[str, tuple[str, ...]] = {}
    whole_macro_regions = economy.regions.macro_regions(economy.domestic_codes) is not None
    for by in ("macro_region", "region") if whole_macro_regions else ("region",):
        groups |= economy.regions.grouping(by, economy.domestic_codes, economy.year)
    headline = headline_of(chosen, after)
    total = dict(zip(headline["variable"], headline["change"], strict=True))
    parts = by_instrument(whole, None if progress is None else lambda done: progress(done / 2), after)
    budget, effects = costs(whole), {str(part): float(value) for part, value in parts[VARIATION].items()}
    return Result(
        chosen,
        equilibrium,
        regional(economy, before, after, groups),
        flow_table(economy, before, after),
        headline,
        parts,
        by_channel(whole, None if progress is None else lambda done: progress((1 + done) / 2), after),
        budget,
        established(benefits(whole, budget, effects), whole),
        gains(equilibrium.economy, variation_in(equilibrium.economy, equilibrium.solved.outcome)),
        bridge(equilibrium.economy, equilibrium.solved.outcome),
        over_service_worth(whole),
        sensitivity(whole, total),
    )


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
