"""What a scenario allows and a user may have overlooked: words still to be filled in, a policy that does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hinterland import schema
from hinterland.errors import Bilingual, Problem
from hinterland.names import without_remark
from hinterland.policy.costs import LEVY, outlays_of, under_closure
from hinterland.policy.policy import Policy
from hinterland.policy.values import TENFOLD
from hinterland.scenario.edits import parted, printed
from hinterland.scenario.file import in_the_box, read
from hinterland.scenario.scenario import TEXTS, Scenario
from hinterland.texts import LANGUAGES, text


def remarks(scenario: Scenario) -> list[Problem]:
    """Return what is to be said of a scenario before it is believed; none of it forbids a run."""
    found = (unfilled, without_dose, set_in_vain, own_costs, replaced_payers, from_income)
    return [problem for of in found for problem in of(scenario)]


def unfilled(scenario: Scenario) -> Iterator[Problem]:
    """Yield the texts that stand as the template left them."""
    said = {key: scenario.texts.get(key, {}) for key in TEXTS}
    said |= {f"policies.{label}.about": words for label, words in scenario.about.items()}
    begins = tuple(text("template.unfilled", lang) for lang in LANGUAGES)
    left = [key for key, words in said.items() if any(of.strip().startswith(begins) for of in words.values())]
    if left:
        yield Problem("scenario.unfilled", {"name": scenario.name, "where": ", ".join(left)})


def without_dose(scenario: Scenario) -> Iterator[Problem]:
    """Yield the policies whose every dose is what the base year has already; of a ready scenario's own it says why."""
    idle = {label: policy for label, policy in scenario.policies.items() if not acts(policy)}
    ready = as_ready(scenario) if idle else None
    for label, policy in idle.items():
        size = schema.instruments()[policy.instrument].size
        name = Bilingual(size, printed(policy.instrument, size, "zh"))
        values: dict[str, object] = {"where": f"policies.{label}", "name": name, "value": policy.size}
        if ready is not None and ready.policies.get(label) == policy and label in ready.about:
            words = ready.about[label]
            yield Problem("scenario.no_dose_on_purpose", {**values, "about": Bilingual(words["en"], words["zh"])})
        else:
            yield Problem("scenario.no_dose", values)


def set_in_vain(scenario: Scenario) -> Iterator[Problem]:
    """Yield values that were set, to more than nothing, and do nothing in this economy."""
    for label, policy in scenario.policies.items():
        entries = schema.values(policy.instrument)
        for name in policy.idle(scenario.economy):
            if getattr(policy, name) not in (0, entries[name].given):
                called = Bilingual(name, printed(policy.instrument, name, "zh"))
                values: dict[str, object] = {"where": f"policies.{label}", "name": called}
                yield Problem(f"scenario.in_vain.{name}", {**values, "economy": scenario.economy.name})


def own_costs(scenario: Scenario) -> Iterator[Problem]:
    """Yield how much each cost of the user's own is: a number without a unit may have been meant in another."""
    for label, policy in scenario.policies.items():
        if policy.cost is not None:
            name, much = Bilingual("cost", printed(policy.instrument, "cost", "zh")), f"{policy.cost:,.10g}"
            said = Bilingual(f"{much} bn CNY", f"{TENFOLD * policy.cost:,.10g} 亿元")
            yield Problem("scenario.own_cost", {"where": f"policies.{label}", "name": name, "amount": said})


def replaced_payers(scenario: Scenario) -> Iterator[Problem]:
    """Yield the payers of the user's own in whose place a closure lets others pay, which no table would tell."""
    for label, policy in scenario.policies.items():
        own = {payer: share for payer, share in (policy.payer or {}).items() if share}
        paying = under_closure(own, scenario.closure)
        if paying != own:
            closure = Bilingual(scenario.closure, without_remark(text(f"closure.{scenario.closure}", "zh")))
            values: dict[str, object] = {"where": f"policies.{label}", "closure": closure}
            yield Problem("scenario.payer_replaced", {**values, "given": shares(own), "instead": shares(paying)})


def from_income(scenario: Scenario) -> Iterator[Problem]:
    """Yield the policies by which provinces pay each other, where others are paid from rents: these are not."""
    for label, policy in scenario.policies.items() if scenario.closure == LEVY else ():
        if any(outlay.paid_by_n is not None for outlay in outlays_of(policy, scenario.economy)):
            yield Problem("scenario.from_income", {"where": f"policies.{label}"})


def shares(of: Mapping[str, float]) -> Bilingual:
    """Return who pays and what share, for messages."""
    en, zh = (
        [f"{text(f'payer.{payer}', lang)} {100 * share:g} %" for payer, share in of.items()] for lang in ("en", "zh")
    )
    return Bilingual(", ".join(en), "、".join(zh))


def as_ready(scenario: Scenario) -> Scenario | None:
    """Return the scenario of the box from which one was made, as its name says; None where it was not."""
    name, _ = parted(scenario.name)
    return read(name) if name in in_the_box() else None


def acts(policy: Policy) -> bool:
    """Whether a policy has a dose: its size is not neutral, or another number that is none by default is set.

    A limit is none where it is left out; a cost is no dose.
    """
    entries = schema.values(policy.instrument)
    size = entries[schema.instruments()[policy.instrument].size]
    none = {size.name, "cost", *policy.of_size}
    numbers = [entry for entry in entries.values() if entry.kind == "number" and entry.name not in none]
    others = [getattr(policy, entry.name) for entry in numbers if not entry.given]
    return policy.size != float(size.off or 0) or any(others)
