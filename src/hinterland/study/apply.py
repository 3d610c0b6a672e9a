"""What the policies of a scenario change and cost, and the economy under all of them, or under some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hinterland.economy.economy import Economy
from hinterland.policy.combine import key_of, with_all
from hinterland.policy.costs import financing, outlays_of
from hinterland.policy.policy import Changes, Outlay
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.study.together import shares_of


@dataclass(frozen=True)
class Package:
    """A scenario with the changes and the outlays of each policy, by its label."""

    scenario: Scenario
    changes: Mapping[str, Changes]
    outlays: Mapping[str, tuple[Outlay, ...]]

    def economy(self, labels: Iterable[str] | None = None) -> Economy:
        """Return the economy under the named policies, or under all at the rest point, and what pays for them."""
        scenario = self.scenario
        wanted = set(scenario.policies if labels is None else labels)
        chosen = [name for name in scenario.in_force() if name in wanted]
        if not chosen:
            return scenario.economy
        ordered = sorted(chosen, key=lambda name: key_of(scenario.policies[name]))
        spent = [(scenario.policies[name].payers(), self.outlays[name]) for name in ordered]
        pay = financing(scenario.economy, spent, scenario.closure, scenario.rates, scenario.horizon)
        return with_all(scenario.economy, [*(self.changes[name] for name in ordered), pay])


def package(scenario: Scenario) -> Package:
    """Work out what each policy changes and costs; movers are counted with it alone, before anybody pays."""
    return packages([scenario])[0]


def packages(scenarios: Sequence[Scenario]) -> list[Package]:
    """Return the packages of several scenarios of one base year; their movers are counted together."""
    changes = [
        {name: policy.changes(scenario.economy) for name, policy in scenario.policies.items()} for scenario in scenarios
    ]
    counted = [
        (number, name)
        for number, scenario in enumerate(scenarios)
        for name, policy in scenario.policies.items()
        if policy.counts_movers and policy.cost is None
    ]
    alone = [with_all(scenarios[number].economy, [changes[number][name]]) for number, name in counted]
    shares = dict(zip(counted, shares_of(alone), strict=True))
    outlays = [
        {
            name: outlays_of(policy, scenario.economy, shares.get((number, name)))
            for name, policy in scenario.policies.items()
        }
        for number, scenario in enumerate(scenarios)
    ]
    return [Package(*parts) for parts in zip(scenarios, changes, outlays, strict=True)]


def apply(scenario: Scenario | str | Path, labels: Iterable[str] | None = None) -> Economy:
    """Return the economy under the policies of a scenario that hold at the rest point, and what pays for them.

    A scenario of the box goes by its name, one of a file by its path. `labels` names some of its policies. Without a
    policy in force it is the scenario's economy itself.
    """
    return package(scenario if isinstance(scenario, Scenario) else read(scenario)).economy(labels)
