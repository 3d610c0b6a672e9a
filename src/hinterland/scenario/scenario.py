"""A scenario: an economy and the dated policies that change it, how they are paid for, and over how many years."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import yaml

from hinterland import errors, schema
from hinterland.arrays import FloatArray
from hinterland.economy.accounts import has_budgets
from hinterland.economy.economy import Economy, original
from hinterland.economy.elasticities import changed
from hinterland.economy.load import load
from hinterland.economy.services import knows_services
from hinterland.errors import HinterlandError, PolicyError, Problem, gone, hint, in_both, require_kind, several
from hinterland.names import without_remark
from hinterland.policy.combine import merged, moved_base, require
from hinterland.policy.costs import BOND, CLOSURES, DISCOUNT, HORIZON, OF_BUDGETS, evidence, financing, outlays_of
from hinterland.policy.policy import Changes, Policy, changes_of
from hinterland.policy.served import outlays_together
from hinterland.scenario import edits as edit
from hinterland.scenario.called import endings
from hinterland.scenario.foreseeable import unforeseeable
from hinterland.scenario.overlaps import overlaps
from hinterland.schema.names import known_values
from hinterland.shown import Shown
from hinterland.texts import text

LONGEST = 100  # years
RESERVED = ("total", "financing")  # rows of the tables that split a result: no policy can be called so
SHOWN = 10  # policies that are named at a prompt
EXPECTATIONS = ("static", "foresight")  # of those who choose anew on a path: as the year is, or all years to come
TERMS = ("closure", "horizon", "discount", "expectations")
CHOICES = {"closure": CLOSURES, "expectations": EXPECTATIONS}  # of terms that are one of a few words
MOST_OVERLAPS = 20  # pairs of policies that a message names
GONE = {
    "applied": "hl.apply(scenario)",
    "outlays": "hinterland.study.apply.package(scenario).outlays[label]",
    "on": "scenario.replace(economy=...)",
    "having": "scenario.replace(...)",
}
TEXTS = ("represents", "facts", "assumptions")  # what a preset says of itself


class Parts(NamedTuple):
    """What a scenario is, as a plain record."""

    economy: Economy
    policies: Mapping[str, Policy]
    name: str = "scenario"
    title: Mapping[str, str] = {}
    about: Mapping[str, Mapping[str, str]] = {}  # reason of each policy's size, by label and language
    texts: Mapping[str, Mapping[str, str]] = {}  # by TEXTS and language
    closure: str = "by_payer"
    horizon: int = HORIZON
    discount: float = evidence(DISCOUNT)
    expectations: str = EXPECTATIONS[0]


class Scenario(Shown, Parts):
    """An economy and named policies. Policies given as a list are named by their instrument.

    `closure` says how what governments pay is raised; `horizon` and `discount` over how many years and at which rate
    costs and values are counted; `expectations` what those know of the years to come who choose anew on a path. It
    solves nothing and remembers nothing: `study.apply` says what it changes and costs.
    """

    __slots__ = ()

    def __new__(
        cls,
        economy: Economy | str | Path,
        policies: Mapping[str, Policy] | Iterable[Policy] | Policy,
        name: str = "scenario",
        title: Mapping[str, str] | None = None,
        about: Mapping[str, Mapping[str, str]] | None = None,
        texts: Mapping[str, Mapping[str, str]] | None = None,
        closure: str = "by_payer",
        horizon: int = HORIZON,
        discount: float = evidence(DISCOUNT),
        expectations: str = EXPECTATIONS[0],
    ) -> Scenario:
        """Take an economy by name and policies as a list, or one alone; unknown places, years, conflicts fail here."""
        loaded = load(economy) if isinstance(economy, str | Path) else economy
        require_kind(loaded, Economy, "economy")
        labelled = dict(policies) if isinstance(policies, Mapping) else label(policies)
        for policy in labelled.values():
            require_policy(policy)
        words = (dict(title or {}), copied(about), copied(texts))
        scenario = super().__new__(cls, loaded, labelled, name, *words, closure, horizon, discount, expectations)
        scenario.check()
        return scenario

    def __repr__(self) -> str:
        shown = ", ".join([*self.policies][:SHOWN]) + (", ..." if len(self.policies) > SHOWN else "")
        size = f"{len(self.policies)} policies ({shown})"
        return f"<Scenario {self.name} on {self.economy.name}: {size}, closure {self.closure}, year {self.rest_year}>"

    def called(self, lang: str) -> str:
        """Return the title in one language, or the name where there is none."""
        return self.title.get(lang) or self.name

    def states(self, lang: str) -> str:
        """Say which two states are compared: the second holds every policy, or those that have not ended by then."""
        in_force, year = self.in_force(), {"base": self.economy.year, "year": self.rest_year}
        if not self.policies:
            return text("screen.no_policy", lang, base=self.economy.year, prices=self.economy.units.price_year)
        over = {name: policy for name, policy in self.policies.items() if name not in in_force}
        said = text(f"screen.compared{'_then' if over else ''}", lang, **year, prices=self.economy.units.price_year)
        ends = {"screen.ends": in_force, "screen.over": over}
        return said + "".join(endings(key, of, self.economy.regions, lang) for key, of in ends.items())

    def check(self) -> None:
        """Raise a PolicyError with every problem of years, closure, targets, sizes and conflicts."""
        problems = [*self.term_problems(), *self.date_problems(), *moved_base(self.economy)]
        several: list[Changes] = []
        still_gc = self.still_gc()
        for policy_label, policy in self.policies.items():
            if policy_label in RESERVED:
                problems.append(
                    Problem("scenario.reserved", {"where": f"policies.{policy_label}", "value": policy_label})
                )
            try:
                require(self.economy, policy.instrument, policy.needs)
                several.append(changes_of(policy, self.economy))
                outlays_of(policy, self.economy, still_gc.get(policy_label))
            except HinterlandError as error:
                problems += relabelled(error, policy.instrument, policy_label)
        if self.expectations == "foresight" and not problems:
            ends = {name: max(self.full_from(policy), policy.end or 0) for name, policy in self.policies.items()}
            problems = [*unforeseeable(several, ends, self.economy.year, self.horizon)]
        if not problems:
            starts = {name: self.start_of(policy) for name, policy in self.policies.items()}
            problems = [*islice(overlaps(self.economy, self.policies, starts), MOST_OVERLAPS)]
        if problems:
            raise PolicyError(problems)
        merged(self.economy, several)
        base_gc = self.economy.migration_share_gc
        outlays = outlays_together(self.economy, self.policies, self.serving(), still_gc, base_gc)
        spent = [(policy.payers(), outlays[name]) for name, policy in self.policies.items()]
        financing(self.economy, spent, self.closure, self.rates, self.horizon)

    def still_gc(self) -> dict[str, FloatArray]:
        """Return where people are in the base year, for each policy that counts movers once the scenario is solved."""
        counted = (name for name, policy in self.policies.items() if policy.counts_movers)
        return dict.fromkeys(counted, self.economy.migration_share_gc)

    def serving(self, acting: Iterable[str] | None = None) -> dict[str, Policy]:
        """Return those in force, or of the named, that give services or bring people to them, where these are known."""
        if not knows_services(self.economy):
            return {}
        names = set(self.in_force() if acting is None else acting)
        found = ((name, policy) for name, policy in self.policies.items() if name in names and policy.counts_movers)
        return {name: policy for name, policy in found if changes_of(policy, self.economy)}

    def term_problems(self) -> list[Problem]:
        """Return what is wrong with closure, horizon, discount rate and expectations."""
        problems = []
        for term, choices in CHOICES.items():
            if (value := getattr(self, term)) not in choices:
                known = in_both({key: without_remark(text(f"{term}.{key}", "zh")) for key in choices})
                values: dict[str, object] = {
                    "value": value,
                    "near": hint(str(value), known, 0),
                    "known": several(known),
                }
                problems.append(Problem(f"scenario.{term}", values))
        if self.closure in OF_BUDGETS and not has_budgets(self.economy):
            problems.append(
                Problem("scenario.closure_needs_budgets", {"economy": self.economy.name, "closure": self.closure})
            )
        whole = isinstance(self.horizon, int) and not isinstance(self.horizon, bool)
        if not whole or not 1 <= self.horizon <= LONGEST:
            problems.append(Problem("scenario.horizon", {"value": self.horizon, "most": LONGEST}))
        number = isinstance(self.discount, int | float) and not isinstance(self.discount, bool)
        if not number or not 0 < self.discount < 1:
            problems.append(Problem("scenario.discount", {"value": self.discount}))
        return problems

    def date_problems(self) -> list[Problem]:
        """Return the policies that begin outside the horizon, or end before they are at full force."""
        base, problems = self.economy.year, []
        horizon = LONGEST if any(self.term_problems()) else self.horizon
        for name, policy in self.policies.items():
            start, full = self.start_of(policy), self.full_from(policy)
            values: dict[str, object] = {"where": f"{name}.start", "value": start, "base": base, "next": base + 1}
            if start <= base:
                problems.append(Problem("policy.before_base", {**values, "last": base + horizon}))
            elif self.opening_of(policy) > base + horizon:
                opens = self.opening_of(policy)
                key = "policy.after_horizon" if opens == start else "policy.opens_late"
                problems.append(Problem(key, {**values, "opens": opens, "last": base + horizon, "horizon": horizon}))
            elif policy.end is not None and policy.end < full:
                problems.append(
                    Problem("policy.never_full", {"where": f"{name}.end", "value": policy.end, "full": full})
                )
        return problems

    def start_of(self, policy: Policy) -> int:
        """Return the first year of a policy."""
        return self.economy.year + 1 if policy.start is None else policy.start

    def opening_of(self, policy: Policy) -> int:
        """Return the first year in which a policy is in force: once what it builds stands."""
        return self.start_of(policy) + policy.building_years()

    def full_from(self, policy: Policy) -> int:
        """Return the first year in which a policy has its full force: it grows by equal parts from its opening on."""
        return self.opening_of(policy) + max(policy.ramp, 1) - 1

    @property
    def rest_year(self) -> int:
        """The year in which every policy that stays is at full force: that of the rest point.

        Where every policy ends, the year in which the last of them reaches full force.
        """
        staying = [policy for policy in self.policies.values() if policy.end is None]
        full = [self.full_from(policy) for policy in staying or self.policies.values()]
        return max(full, default=self.economy.year)

    def in_force(self) -> dict[str, Policy]:
        """Return the policies that hold at the rest point."""
        return {
            name: policy for name, policy in self.policies.items() if policy.end is None or policy.end >= self.rest_year
        }

    def staying(self) -> list[str]:
        """Return the policies that never end."""
        return [name for name, policy in self.policies.items() if policy.end is None]

    def force_t(self, policy: Policy) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Share of its full force that a policy has in each year after the base year, (horizon,)."""
        years = self.economy.year + 1 + np.arange(self.horizon)
        opens = self.opening_of(policy)
        force = np.clip((years - opens + 1) / (self.full_from(policy) - opens + 1), 0.0, 1.0)
        return np.where(years > policy.end, 0.0, force) if policy.end is not None else force

    @property
    def rates(self) -> dict[str, float]:
        """Rates at which what is paid once is turned into a cost a year."""
        return {"discount": self.discount, "bond": evidence(BOND)}

    def replace(self, **changes: Any) -> Scenario:
        """Return the scenario with parts of it replaced, checked anew."""
        return Scenario(**(self._asdict() | changes))

    _replace = replace  # no way around the checks

    def with_values(self, values: Mapping[str, Any]) -> Scenario:
        """Return the scenario with `policy.value` keys replaced, as `--set` does; `closure` and its like by name.

        What was changed is the user's: it stands in the name and the title, and in place of the reason of that policy.
        """
        policies, terms, keys = dict(self.policies), dict[str, Any](), set[str]()
        problems: list[Problem] = []
        for key, value in values.items():
            policy_label, _, name = key.translate(edit.STOPS).partition(".")
            if not name and (term := edit.term_named(key, TERMS)):
                terms[term] = edit.term_said(term, value, CHOICES)
                continue
            said = policy_label
            try:
                policy_label = edit.policy_named(said, policies, self.economy.regions)
            except PolicyError as error:
                problems += error.problems
                continue
            if not policy_label:
                called = edit.called(policies, self.economy.regions)
                names = in_both({label: zh for label, (zh, _) in called.items()})
                near = hint(said, names, also=[en for _, en in called.values()])
                problems.append(Problem("scenario.unknown_policy", {"value": said, "near": near}))
                continue
            policy = policies[policy_label]
            given, name = policy.values(), edit.value_meant(name, policy.instrument)
            if name not in given:
                problems.append(edit.unknown_key(name, f"policies.{policy_label}", known_values(policy.instrument)))
                continue
            if f"{policy_label}.{name}" in keys:
                problems.append(Problem("cli.set_twice", {"value": f"{policy_label}.{name}"}))
            meant = edit.as_said(schema.values(policy.instrument)[name], value)
            try:
                policies[policy_label] = dataclasses.replace(policy, **{name: meant})
            except PolicyError as error:
                problems += relabelled(error, policy.instrument, policy_label)
                continue
            keys.add(f"{policy_label}.{name}")
        if problems:
            raise PolicyError(problems)
        return self.replace(policies=policies, **terms).edited_from(self)

    def edits_of(self, base: Scenario) -> list[edit.Edit]:
        """Return in what the scenario differs from another."""
        stated = (
            edit.Stated(of.economy, {term: getattr(of, term) for term in TERMS}, of.policies) for of in (base, self)
        )
        return edit.between(*stated)

    def begun_from(self, base: Scenario) -> Scenario:
        """Return the scenario of a file that began as another one: words of that one stay where what they say still is.

        The file's own name, title and reasons stay.
        """
        edits = self.edits_of(base)
        set_now = edit.reasons(
            [one for one in edits if one.label in base.policies], self.policies, self.economy.regions
        )
        stale = {label: words for label, words in set_now.items() if self.about.get(label) == base.about.get(label)}
        if not edits:
            return self
        same = self.name == base.name or self.title == base.title
        return self.replace(
            name=edit.name_of(self.name, edits) if same else self.name,
            title=edit.title_of(base.title) if self.title == base.title else self.title,
            about={**self.about, **stale},
        )

    def edited_from(self, base: Scenario) -> Scenario:
        """Return the scenario as a user made it of another, or that one: what differs is said to be the user's own."""
        edits = self.edits_of(base)
        if not edits:
            return base
        about = {label: words for label, words in ({**base.about, **self.about}).items() if label in self.policies}
        about |= edit.reasons(edits, self.policies, self.economy.regions)
        return self.replace(name=edit.name_of(base.name, edits), title=edit.title_of(base.title), about=about)

    def to_yaml(self, folder: str | Path = "") -> str:
        """Return the scenario as a file that `scenario_file.read` reads back from a folder, or from here."""
        return str(yaml.safe_dump(self.to_mapping(folder), allow_unicode=True, sort_keys=False, width=110))

    def to_mapping(self, folder: str | Path = "") -> dict[str, Any]:
        """Return what stands in the file as plain values, which `hl.from_mapping` reads back."""
        path = self.economy.path
        if path and not Path(path).is_absolute():  # as it stands beside the file
            path = Path(os.path.relpath(path, folder or ".")).as_posix()
        policies = {}
        for policy_label, policy in self.policies.items():
            entry: dict[str, Any] = {"instrument": policy.instrument}
            for key, value in policy.given().items():
                entry[key] = list(value) if isinstance(value, tuple) else value
            if policy_label in self.about:
                entry["about"] = self.about[policy_label]
            policies[policy_label] = entry
        return {
            "name": self.name,
            "title": dict(self.title),
            **{key: dict(text) for key, text in self.texts.items()},
            "economy": path or original(self.economy.name),
            **({"elasticities": other} if (other := changed(self.economy)) else {}),
            **{key: getattr(self, key) for key in TERMS if getattr(self, key) != self._field_defaults[key]},
            "policies": policies,
        }

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            raise gone(self, name, GONE)


def copied(given: Mapping[str, Mapping[str, str]] | None) -> dict[str, dict[str, str]]:
    """Return texts by key and language that the caller cannot change later."""
    return {key: dict(words) for key, words in (given or {}).items()}


def require_policy(given: Any) -> None:
    """Raise a PolicyError where something else stands in the place of a policy."""
    if not isinstance(given, Policy):
        raise PolicyError(Problem("scenario.not_a_policy", {"value": errors.kind_in_words(given)}))


def label(policies: Any) -> dict[str, Policy]:
    """Name each policy by its instrument, with a number where one stands twice; one alone is a list of one."""
    labelled: dict[str, Policy] = {}
    for policy in policies if isinstance(policies, Iterable) and not isinstance(policies, str) else [policies]:
        require_policy(policy)
        count = sum(other.instrument == policy.instrument for other in labelled.values())
        labelled[policy.instrument + (f"_{count + 1}" if count else "")] = policy
    return labelled


def relabelled(error: HinterlandError, instrument: str, place: str) -> list[Problem]:
    """Return an error's problems placed where the user wrote the policy: by its label, not its instrument."""
    return [
        Problem(problem.key, {**problem.values, "where": str(problem.values["where"]).replace(instrument, place, 1)})
        if instrument in str(problem.values.get("where", ""))
        else problem
        for problem in error.problems
    ]
