"""A scenario that was solved: what a run and a glance both stand on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hinterland.scenario.scenario import Scenario
from hinterland.solve.certificate import Certificate
from hinterland.solve.static import Equilibrium
from hinterland.study.apply import Package
from hinterland.study.outcomes import State, state_of


@dataclass(frozen=True, repr=False)
class Solved:
    """A scenario with its policies applied, and the equilibrium that they lead to."""

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
    def after(self) -> State:
        """The state that the policies lead to."""
        return state_of(self.equilibrium)
