"""What the policies of a scenario change and cost, and the economy under all of them, or under some."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TypeVar

from hinterland.arrays import FloatArray
from hinterland.economy.economy import Economy
from hinterland.errors import PolicyError
from hinterland.policy.combine import partly_together, with_all
from hinterland.policy.costs import financing
from hinterland.policy.policy import Changes, Outlay, Policy, changes_of, key_of
from hinterland.policy.served import outlays_together
from hinterland.scenario.file import read
from hinterland.scenario.scenario import Scenario
from hinterland.study.together import shares_of

MOST_KEPT = 512  # groups whose movers are remembered: asked again in other company they would differ in a last digit
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_MOVERS: dict[Hashable, FloatArray] = {}
_COUNTING = Lock()


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
        return self.under([self.changes[name] for name in chosen], spent)

    def economy_in(self, force: Mapping[str, float], spent: Mapping[str, float]) -> Economy:
        """Return the economy of a year in which policies have part of their force; those without any do nothing.

        `spent` is the part of what each spends once that is spent by then: it is paid off year by year, before there is
        any force and after its end. What is paid yearly grows with the force.
        """
        scenario = self.scenario
        acting = sorted((name for name in scenario.policies if force[name] > 0), key=self.order)
        paying = sorted((name for name in scenario.policies if force[name] or spent[name]), key=self.order)
        due = [
            (
                scenario.policies[name].payers(),
                [
                    replace(outlay, once_n=spent[name] * outlay.once_n, yearly_n=force[name] * outlay.yearly_n)
                    for outlay in self.outlays[name]
                ],
            )
            for name in paying
        ]
        changes = [self.changes[name] for name in acting]
        return self.under(partly_together(changes, [force[name] for name in acting]), due)

    def under(
        self, several: Sequence[Changes], spent: Sequence[tuple[Mapping[str, float], Sequence[Outlay]]]
    ) -> Economy:
        """Return the economy under changes, and what pays for outlays by their payers; without any, itself."""
        scenario = self.scenario
        pay = financing(scenario.economy, spent, scenario.closure, scenario.rates, scenario.horizon)
        return with_all(scenario.economy, [*several, pay]) if several or pay else scenario.economy

    def acting(self, names: Iterable[str]) -> Package:
        """Return the package where only the named act: they alone share the bill of services that they give."""
        serving = self.scenario.serving(names)
        if not serving or serving.keys() == self.scenario.serving().keys():  # nobody shares, or as at the rest point
            return self
        groups = [(self.scenario.economy, group) for group in counting(self.scenario, serving)]
        return replace(self, outlays=outlays_in(self.scenario, movers(groups), serving))

    def order(self, name: str) -> tuple[str, str]:
        """Return by what policies are ordered when their changes are combined."""
        return key_of(self.scenario.policies[name])

    def ordered(self, labels: Iterable[str]) -> list[str]:
        """Return which of the named policies hold at the rest point, in the order in which changes are combined."""
        wanted = set(labels)
        chosen = [name for name in self.scenario.in_force() if name in wanted]
        return sorted(chosen, key=self.order)

    def bill(self, name: str, for_nothing: bool) -> tuple[Outlay, ...]:
        """Return the outlays of a policy, as they are or all as purchases."""
        outlays = self.outlays[name]
        return tuple(replace(outlay, to_residents=False) for outlay in outlays) if for_nothing else outlays


def package(scenario: Scenario) -> Package:
    """Work out what each policy changes and costs; movers are counted with it alone, before anybody pays.

    Where several give services, movers are counted with all of these too: nobody is billed twice.
    """
    return packages([scenario])[0]


def packages(scenarios: Sequence[Scenario], like: Economy | None = None) -> list[Package]:
    """Return the packages of several scenarios of one base year; their movers are counted together, as in `like`."""
    several = [(scenario, scenario.serving()) for scenario in scenarios]
    shares_gc = movers([(one.economy, group) for one, serving in several for group in counting(one, serving)], like)
    return [
        Package(
            scenario,
            {name: changes_of(policy, scenario.economy) for name, policy in scenario.policies.items()},
            outlays_in(scenario, shares_gc, serving),
        )
        for scenario, serving in several
    ]


def outlays_in(
    scenario: Scenario, shares_gc: Mapping[Hashable, FloatArray], serving: Mapping[str, Policy]
) -> dict[str, tuple[Outlay, ...]]:
    """Return the outlays of each policy of a scenario, where some serve together, from where people are (`asked`)."""
    economy, policies = scenario.economy, scenario.policies
    keys = {name: asked(economy, [policy]) for name, policy in policies.items()}
    alone_gc = {name: shares_gc[key] for name, key in keys.items() if key in shares_gc}
    all_gc = shares_gc.get(asked(economy, serving.values()), economy.migration_share_gc)
    return outlays_together(economy, policies, serving, alone_gc, all_gc)


def counting(scenario: Scenario, serves: Mapping[str, Policy]) -> list[list[Policy]]:
    """Return with which policies movers are counted: each whose cost hangs on it alone, and all that serve together."""
    serving = list(serves.values())
    alone = [policy for policy in scenario.policies.values() if policy.counts_movers and policy.cost is None]
    alone += [policy for policy in serving if policy.cost is not None] if len(serving) > 1 else []
    return [*([policy] for policy in alone), *([serving] if len(serving) > 1 else [])]


def movers(
    groups: Sequence[tuple[Economy, Sequence[Policy]]], like: Economy | None = None
) -> dict[Hashable, FloatArray]:
    """Return where people are with each group of policies in its economy, by `asked`; what was counted is kept."""
    wanted = {asked(*group): group for group in groups}
    with _COUNTING:
        known = {key: _MOVERS[key] for key in wanted if key in _MOVERS}
    missing = {key: group for key, group in wanted.items() if key not in known}
    alone = [
        with_all(economy, [changes_of(policy, economy) for policy in sorted(policies, key=key_of)])
        for economy, policies in missing.values()
    ]
    counted = dict(zip(missing, shares_of(alone, like), strict=True))
    with _COUNTING:  # of two threads that counted the same the first is kept
        found = known | {key: _MOVERS.get(key, share_gc) for key, share_gc in counted.items()}
        for key, share_gc in found.items():
            _MOVERS.pop(key, None)
            _MOVERS[key] = share_gc
        while len(_MOVERS) > MOST_KEPT:
            del _MOVERS[next(iter(_MOVERS))]
    return found


def asked(economy: Economy, policies: Iterable[Policy]) -> Hashable:
    """Return what tells apart where people are with some policies: base year and policies."""
    return economy.content, *sorted(map(key_of, policies))


def elsewhere(scenario: Scenario, name: str, value: float) -> Scenario | None:
    """Return a scenario at another elasticity; None where its policies cannot be paid there."""
    return unless_refused(lambda: scenario.replace(economy=scenario.economy.with_elasticities(**{name: value})))


def unless_refused(make: Callable[[], T]) -> T | None:
    """Return what is asked for; None where the policies are refused: at what a table varies nothing can be paid."""
    try:
        return make()
    except PolicyError:
        return None


def where_paid(makes: Mapping[K, Callable[[], Economy]]) -> dict[K, Economy]:
    """Return those of some economies whose bills can be paid, by key."""
    tried = {key: unless_refused(make) for key, make in makes.items()}
    return {key: economy for key, economy in tried.items() if economy is not None}


def apply(scenario: Scenario | str | Path, labels: Iterable[str] | None = None) -> Economy:
    """Return the economy under the policies of a scenario that hold at the rest point, and what pays for them.

    A scenario of the box goes by its name, one of a file by its path. `labels` names some of its policies. Without a
    policy in force it is the scenario's economy itself.
    """
    return package(scenario if isinstance(scenario, Scenario) else read(scenario)).economy(labels)
