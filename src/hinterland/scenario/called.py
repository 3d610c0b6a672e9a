"""What a policy is called in words: its instrument, with what tells it from others of the same kind, in two languages.

By these names a policy is found again (`edits.policy_named`), so that what is printed may be typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from hinterland.data.regions import Regions
from hinterland.names import CHINESE
from hinterland.policy.policy import Policy
from hinterland.scenario.listed import in_words
from hinterland.schema import LISTS, instruments, values
from hinterland.texts import listed, name_in, text

FEW = 2  # places that are named; of a line of transport its two ends


def policy_names(policies: Mapping[str, Policy], regions: Regions, lang: str) -> dict[str, str]:
    """Return label -> name of every policy: its instrument; of several of one kind with what tells them apart.

    In Chinese a label in Chinese is the user's own name for it, and stays.
    """
    names = {label: str(getattr(instruments()[policy.instrument], lang)) for label, policy in policies.items()}
    for instrument in dict.fromkeys(policy.instrument for policy in policies.values()):
        alike = {label: policy for label, policy in policies.items() if policy.instrument == instrument}
        if len(alike) > 1:
            apart = told_apart(alike, regions, lang)
            names |= {label: text("called.apart", lang, name=names[label], which=apart[label]) for label in alike}
    names |= {label: label for label in policies if lang == "zh" and CHINESE.search(label)}
    return {
        label: name if [*names.values()].count(name) == 1 else with_label(name, label, lang)
        for label, name in names.items()
    }


def with_label(name: str, label: str, lang: str) -> str:
    """Return a name that another policy bears as well with the label that is its own; a label is enough."""
    return label if name == label else text("called.apart", lang, name=name, which=label)


def printed_labels(policies: Mapping[str, Policy], regions: Regions, lang: str) -> dict[str, str]:
    """Return label -> what tables call a policy: in English its label as it is typed, in Chinese its name."""
    return policy_names(policies, regions, lang) if lang == "zh" else {label: label for label in policies}


def endings(key: str, policies: Mapping[str, Policy], regions: Regions, lang: str) -> str:
    """Say, as a sentence after another, which of the policies end and when; empty where none does."""
    called = printed_labels(policies, regions, lang)
    ends = {called[label]: policy.end for label, policy in policies.items() if policy.end is not None}
    names = listed((text("screen.ends_in", lang, name=name, year=year) for name, year in ends.items()), lang)
    return ("" if lang == "zh" else " ") + text(key, lang, names=names) if ends else ""


def told_apart(policies: Mapping[str, Policy], regions: Regions, lang: str) -> dict[str, str]:
    """Return label -> what tells policies of one instrument apart: choices, places, both, or else the label."""
    first, *others = policies.values()
    entries = values(first.instrument)
    differ = [key for key in entries if any(getattr(other, key) != getattr(first, key) for other in others)]
    chosen = [key for key in differ if entries[key].kind == "choice"]
    listed = [key for key in differ if entries[key].kind in LISTS]
    for keys in (chosen, listed, [*chosen, *listed]):
        said = {
            label: text("called.and", lang).join(described(policy, key, regions, lang) for key in keys)
            for label, policy in policies.items()
        }
        if all(said.values()) and len({*said.values()}) == len(said):
            return said
    return {label: label for label in policies}


def described(policy: Policy, key: str, regions: Regions, lang: str) -> str:
    """Return a choice in words, the first places of a list, or the ends of a line."""
    given, kind = getattr(policy, key), values(policy.instrument)[key].kind
    if kind == "choice":
        return name_in("choice", str(given), lang)
    if kind == "cities":
        return text("called.line", lang, ends=[in_words([city], kind, lang, regions) for city in (given[0], given[-1])])
    named = in_words(given[:FEW], kind, lang, regions)
    return named if len(given) <= FEW else text("called.more", lang, names=named)
