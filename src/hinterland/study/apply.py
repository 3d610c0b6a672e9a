"""What the policies of a scenario change and cost, and the economy under all of them, or under some."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.policy.combine import with_all
from hinterland.policy.costs import financing, outlays_of
from hinterland.policy.policy import Changes, Outlay, Policy, changes_of, key_of
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.study.together import shares_of

MOST_KEPT = 512  # policies whose movers are remembered: asked again in other company they would differ in a last digit
_MOVERS: dict[Hashable, FloatArray] = {}


@dataclass(frozen=True, repr=False)
class Package:
    """A scenario with the changes and the outlays of each policy, by its label."""

    scenario: Scenario
    changes: Mapping[str, Changes]
    outlays: Mapping[str, tuple[Outlay, ...]]

    def __repr__(self) -> str:
        return f"<Package of {self.scenario!r}>"

    def economy(
        self, labels: Iterable[str] | None = None, paid: Iterable[str] | None = None, for_nothing: bool = False
    ) -> Economy:
        """Return the economy under the named policies, or under all at the rest point, and what pays for them.

        `paid` names those whose bills are paid, where they are others; `for_nothing` buys goods that serve nobody with
        the money, in place of works and of payments to residents.
        """
        scenario = self.scenario
        chosen = self.ordered(scenario.policies if labels is None else labels)
        paying = chosen if paid is None else self.ordered(paid)
        spent = [(scenario.policies[name].payers(), self.bill(name, for_nothing)) for name in paying]
        pay = financing(scenario.economy, spent, scenario.closure, scenario.rates, scenario.horizon)
        if not chosen and not pay:
            return scenario.economy
        return with_all(scenario.economy, [*(self.changes[name] for name in chosen), pay])

    def ordered(self, labels: Iterable[str]) -> list[str]:
        """Return which of the named policies hold at the rest point, in the order in which changes are combined."""
        wanted = set(labels)
        chosen = [name for name in self.scenario.in_force() if name in wanted]
        return sorted(chosen, key=lambda name: key_of(self.scenario.policies[name]))

    def bill(self, name: str, for_nothing: bool) -> tuple[Outlay, ...]:
        """Return the outlays of a policy, as they are or all as purchases."""
        outlays = self.outlays[name]
        return tuple(replace(outlay, to_residents=False) for outlay in outlays) if for_nothing else outlays


def package(scenario: Scenario) -> Package:
    """Work out what each policy changes and costs; movers are counted with it alone, before anybody pays."""
    return packages([scenario])[0]


def packages(scenarios: Sequence[Scenario], like: Economy | None = None) -> list[Package]:
    """Return the packages of several scenarios of one base year; their movers are counted together, as in `like`."""
    shares_gc = movers([(scenario.economy, policy) for scenario in scenarios for policy in counting(scenario)], like)
    return [
        Package(
            scenario,
            {name: changes_of(policy, scenario.economy) for name, policy in scenario.policies.items()},
            {
                name: outlays_of(policy, scenario.economy, shares_gc.get(asked(scenario.economy, policy)))
                for name, policy in scenario.policies.items()
            },
        )
        for scenario in scenarios
    ]


def counting(scenario: Scenario) -> list[Policy]:
    """Return the policies whose cost is counted on those who move."""
    return [policy for policy in scenario.policies.values() if policy.counts_movers and policy.cost is None]


def movers(pairs: Sequence[tuple[Economy, Policy]], like: Economy | None = None) -> dict[Hashable, FloatArray]:
    """Return where people are with each policy alone in its economy, by `asked`; what was counted before is kept."""
    wanted = {asked(*pair): pair for pair in pairs}
    missing = {key: pair for key, pair in wanted.items() if key not in _MOVERS}
    alone = [with_all(economy, [changes_of(policy, economy)]) for economy, policy in missing.values()]
    found = {key: _MOVERS[key] for key in wanted if key in _MOVERS} | dict(
        zip(missing, shares_of(alone, like), strict=True)
    )
    for key, share_gc in found.items():
        _MOVERS.pop(key, None)
        _MOVERS[key] = share_gc
    while len(_MOVERS) > MOST_KEPT:
        del _MOVERS[next(iter(_MOVERS))]
    return found


def asked(economy: Economy, policy: Policy) -> Hashable:
    """Return what tells apart where people are with one policy: base year and policy."""
    return economy.content, key_of(policy)


def apply(scenario: Scenario | str | Path, labels: Iterable[str] | None = None) -> Economy:
    """Return the economy under the policies of a scenario that hold at the rest point, and what pays for them.

    A scenario of the box goes by its name, one of a file by its path. `labels` names some of its policies. Without a
    policy in force it is the scenario's economy itself.
    """
    return package(scenario if isinstance(scenario, Scenario) else read(scenario)).economy(labels)
