"""A scenario: an economy and the policies that change it. Scenario files are YAML, read safely."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from hinterland import economy as economies
from hinterland.data import box
from hinterland.economy import Economy
from hinterland.errors import HinterlandError, PolicyError, Problem, nearest
from hinterland.policy import INSTRUMENTS, Policy
from hinterland.texts import LANGUAGES

PRESETS = files("hinterland") / "presets"
LARGEST_FILE = 256 * 1024  # bytes; a scenario is a page, not a data set
DEEPEST = 8
OWN_FILES = (".npz", ".nc")  # an economy of the user's own, checked by `data import`
KEYS = ("name", "title", "about", "economy", "policies")


@dataclass(frozen=True)
class Scenario:
    """An economy and named policies. Policies given as a list are named by their instrument."""

    economy: Economy
    policies: Mapping[str, Policy]
    name: str = "scenario"
    title: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # reason of each policy's size, by label and language

    def __init__(
        self,
        economy: Economy | str,
        policies: Mapping[str, Policy] | Sequence[Policy],
        name: str = "scenario",
        title: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        loaded = economies.load(economy) if isinstance(economy, str) else economy
        labelled = dict(policies) if isinstance(policies, Mapping) else label(policies)
        for key, value in {
            "economy": loaded,
            "policies": labelled,
            "name": name,
            "title": dict(title or {}),
            "about": dict(about or {}),
        }.items():
            object.__setattr__(self, key, value)
        self.applied()  # unknown places fail here, at the door

    def applied(self, labels: Iterable[str] | None = None) -> Economy:
        """Return the economy under the named policies, or under all, in the scenario's order."""
        chosen = set(self.policies if labels is None else labels)
        economy = self.economy
        for policy_label, policy in self.policies.items():
            if policy_label in chosen:
                try:
                    economy = policy.apply(economy)
                except PolicyError as error:
                    raise PolicyError(relabelled(error, policy.instrument, policy_label)) from error
        return economy

    def on(self, economy: Economy) -> Scenario:
        """Return the scenario on another economy."""
        return Scenario(economy, self.policies, self.name, self.title, self.about)

    def with_values(self, values: Mapping[str, Any]) -> Scenario:
        """Return the scenario with `policy.value` keys replaced, as `--set` does."""
        policies = dict(self.policies)
        problems = []
        for key, value in values.items():
            policy_label, _, name = key.partition(".")
            if policy_label not in policies:
                near = nearest(policy_label, list(policies))
                problems.append(Problem("scenario.unknown_policy", {"value": policy_label, "near": near}))
                continue
            given = policies[policy_label].values()
            if name not in given:
                problems.append(unknown_key(name, f"policies.{policy_label}", list(given)))
                continue
            try:
                policies[policy_label] = dataclasses.replace(policies[policy_label], **{name: value})
            except PolicyError as error:
                problems += relabelled(error, policies[policy_label].instrument, policy_label)
        if problems:
            raise PolicyError(problems)
        return Scenario(self.economy, policies, self.name, self.title, self.about)

    def to_yaml(self) -> str:
        """Return the scenario as a file that `read` reads back."""
        policies = {}
        for policy_label, policy in self.policies.items():
            entry: dict[str, Any] = {"instrument": policy.instrument}
            for key, value in policy.values().items():
                if value is not None:
                    entry[key] = list(value) if isinstance(value, tuple) else value
            if policy_label in self.about:
                entry["about"] = self.about[policy_label]
            policies[policy_label] = entry
        content = {
            "name": self.name,
            "title": dict(self.title),
            "economy": self.economy.path or self.economy.name,
            "policies": policies,
        }
        return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110))


def label(policies: Sequence[Policy]) -> dict[str, Policy]:
    """Name each policy by its instrument, with a number where one stands twice."""
    labelled: dict[str, Policy] = {}
    for policy in policies:
        if not isinstance(policy, Policy):
            raise PolicyError(Problem("scenario.not_a_policy", {"value": type(policy).__name__}))
        count = sum(other.instrument == policy.instrument for other in labelled.values())
        labelled[policy.instrument + (f"_{count + 1}" if count else "")] = policy
    return labelled


def presets() -> list[str]:
    """Return the names of the scenarios in the box."""
    return sorted(entry.name.removesuffix(".yaml") for entry in PRESETS.iterdir() if entry.name.endswith(".yaml"))


def read(source: str | Path) -> Scenario:
    """Return a scenario of the box by name, or from a file; every problem of the file in one message."""
    if str(source) in presets():
        return parse(PRESETS.joinpath(f"{source}.yaml").read_bytes(), str(source))
    path = Path(source)
    looks_like_a_file = path.suffix in (".yaml", ".yml") or path.exists()
    if not looks_like_a_file:
        near = nearest(str(source), presets())
        raise PolicyError(Problem("scenario.unknown", {"value": source, "near": near}))
    try:
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise PolicyError(
                Problem("scenario.too_large", {"place": path, "found": path.stat().st_size, "most": LARGEST_FILE})
            )
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise PolicyError(Problem("scenario.unreadable", {"place": path, "why": error.strerror})) from error


class _Loader(yaml.SafeLoader):
    """The safe loader, without aliases (a scenario needs none; bombs do), repeated keys or deep nests."""

    depth = 0

    def line_mark(self) -> Any:
        look: Any = self.peek_event
        return look().start_mark

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise _RefusedError("scenario.alias", self.line_mark())
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError("scenario.deep", self.line_mark())
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen and isinstance(key_node.value, str):
                raise _RefusedError("scenario.repeated_key", key_node.start_mark, value=key_node.value)
            seen.add(str(key_node.value))
        return super().construct_mapping(node, deep)


class _RefusedError(Exception):
    def __init__(self, key: str, mark: Any, **values: Any) -> None:
        self.problem = Problem(key, {"line": mark.line + 1, **values})
        super().__init__(key)


def parse(content: bytes, place: str) -> Scenario:
    """Return the scenario that the bytes of a file describe."""
    if len(content) > LARGEST_FILE:
        raise PolicyError(Problem("scenario.too_large", {"place": place, "found": len(content), "most": LARGEST_FILE}))
    try:
        text = content.decode("utf-8")
        if "\0" in text:
            raise PolicyError(Problem("scenario.binary", {"place": place}))
        given = yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        raise PolicyError(Problem("scenario.binary", {"place": place})) from error
    except _RefusedError as refused:
        raise PolicyError(Problem(refused.problem.key, {"place": place, **refused.problem.values})) from refused
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else "?"
        raise PolicyError(Problem("scenario.not_yaml", {"place": place, "line": line})) from error
    return from_mapping(given, place)


def from_mapping(given: Any, place: str) -> Scenario:
    """Return the scenario a mapping describes, or raise with every problem found."""
    if not isinstance(given, dict):
        raise PolicyError(Problem("scenario.not_a_mapping", {"place": place}))
    problems = [unknown_key(key, place, KEYS) for key in given if key not in KEYS]
    name = given.get("name", Path(place).stem)
    if not isinstance(name, str):
        problems.append(Problem("scenario.not_text", {"place": place, "name": "name", "value": name}))
    economy = given.get("economy", economies.DEFAULT)
    if str(economy).endswith(OWN_FILES):
        economy = str(Path(place).parent / str(economy))  # as it stands beside the scenario file
    elif economy not in box.economies():
        near = nearest(str(economy), list(box.economies()))
        problems.append(Problem("error.unknown_economy", {"value": economy, "near": near}))
    title = in_languages(given.get("title", {}), f"{place}: title", problems)
    policies, about = {}, {}
    entries = given.get("policies", {})
    if not isinstance(entries, dict):
        problems.append(Problem("scenario.policies", {"place": place, "value": type(entries).__name__}))
        entries = {}
    for policy_label, entry in entries.items():
        try:
            policies[str(policy_label)] = policy_from(entry, f"policies.{policy_label}")
            about[str(policy_label)] = in_languages(entry.get("about", {}), f"policies.{policy_label}.about", problems)
        except PolicyError as error:
            problems += error.problems
    if problems:
        raise PolicyError(problems)
    return Scenario(economy, policies, name, title, {key: value for key, value in about.items() if value})


def policy_from(entry: Any, place: str) -> Policy:
    """Return the policy that one entry of a scenario file describes."""
    if not isinstance(entry, dict) or "instrument" not in entry:
        raise PolicyError(Problem("scenario.no_instrument", {"place": place, "known": ", ".join(INSTRUMENTS)}))
    instrument = entry["instrument"]
    if instrument not in INSTRUMENTS:
        near = nearest(str(instrument), list(INSTRUMENTS))
        raise PolicyError(Problem("scenario.unknown_instrument", {"place": place, "value": instrument, "near": near}))
    kind = INSTRUMENTS[instrument]
    known = [entry_field.name for entry_field in dataclasses.fields(kind)]
    values = {key: value for key, value in entry.items() if key not in ("instrument", "about")}
    problems = [unknown_key(key, place, known) for key in values if key not in known]
    try:
        policy = kind(**{key: value for key, value in values.items() if key in known})
    except PolicyError as error:
        problems += relabelled(error, instrument, place)
    if problems:
        raise PolicyError(problems)
    return policy


def relabelled(error: PolicyError, instrument: str, place: str) -> list[Problem]:
    """Return an error's problems placed where the user wrote the policy: by its label, not its instrument."""
    return [
        Problem(problem.key, {**problem.values, "where": str(problem.values["where"]).replace(instrument, place, 1)})
        if "where" in problem.values
        else problem
        for problem in error.problems
    ]


def in_languages(given: Any, place: str, problems: list[Problem]) -> dict[str, str]:
    """Return a text by language; a plain string serves both."""
    if isinstance(given, str):
        return dict.fromkeys(LANGUAGES, given)
    if not isinstance(given, dict) or not all(
        key in LANGUAGES and isinstance(value, str) for key, value in given.items()
    ):
        problems.append(Problem("scenario.languages", {"place": place}))
        return {}
    return given


def unknown_key(key: Any, place: str, known: Sequence[str]) -> Problem:
    """Say that a key is not known, with the nearest that is."""
    return Problem("scenario.unknown_key", {"place": place, "value": key, "near": nearest(str(key), known)})


def read_value(text: str) -> Any:
    """Return the value of `--set key=value`, read as YAML would read it; a refusal keeps the text."""
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, _RefusedError):
        return text


def problems_of(source: str | Path) -> list[Problem]:
    """Return every problem of a scenario file, none if it can be run."""
    try:
        read(source)
    except HinterlandError as error:
        return list(error.problems)
    return []
