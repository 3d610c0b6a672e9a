"""Scenario files: YAML read safely, written back, checked with every problem at once; the presets of the box."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from hinterland.data import box
from hinterland.economy.economy import Economy, original
from hinterland.economy.elasticities import elasticities
from hinterland.economy.load import DEFAULT, OWN_FILES, load
from hinterland.errors import (
    MOST_BITS,
    Bilingual,
    HinterlandError,
    PolicyError,
    Problem,
    hint,
    in_both,
    kind_in_words,
    nearest,
    reason,
    require_kind,
    several,
)
from hinterland.instruments import INSTRUMENTS
from hinterland.names import is_part, meant, without_remark
from hinterland.policy.policy import Policy
from hinterland.scenario.edits import term_said, unknown_key
from hinterland.scenario.said import file_said, policy_said, renamed
from hinterland.scenario.scenario import CHOICES, TERMS, TEXTS, Scenario, relabelled
from hinterland.schema.names import known_instruments, known_keys, known_values, of_texts
from hinterland.texts import LANGUAGES

PRESETS = files("hinterland") / "presets"
MEASURED = "measured"  # the folder of published changes, beside the ready scenarios
LARGEST_FILE = 256 * 1024  # bytes; a scenario is a page, not a data set
DEEPEST = 8
MOST_POLICIES = 100  # of one scenario: every two are held against each other
TABBED = re.compile(r" *\t")  # a line indented by a tab, which YAML forbids
WIDE_COLON = re.compile(r"[\s-]*[^\s:#：'\"][^:#：'\"]*：")  # behind a key, where YAML wants a plain one and a blank
OF_RECORDS = ("hinterland", "certificate", "scenario")  # keys of a `run.json`
UTF16 = "utf-16"
OTHER_ENCODINGS = {UTF16: "UTF-16", "gb18030": "GBK (ANSI)"}  # in which editors save Chinese text
KEYS = ("name", "title", *TEXTS, "economy", "elasticities", *TERMS, "policies")


def presets(measured: bool = False) -> list[str]:
    """Return the names of the ready scenarios, or of the published changes beside them."""
    folder = PRESETS / MEASURED if measured else PRESETS
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def in_the_box() -> dict[str, Any]:
    """Return name -> file of every ready scenario and published change."""
    folders = dict.fromkeys(presets(), PRESETS) | dict.fromkeys(presets(measured=True), PRESETS / MEASURED)
    return {name: folder.joinpath(f"{name}.yaml") for name, folder in folders.items()}


@cache
def stories() -> dict[str, dict[str, dict[str, str]]]:
    """Return name -> title, and what it says of itself, of what is in the box: by key and language."""
    heads = {name: yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) for name, file in in_the_box().items()}
    return {name: {key: head[key] for key in ("title", *TEXTS) if key in head} for name, head in heads.items()}


@cache
def reasons() -> dict[str, tuple[str, ...]]:
    """Return the Chinese reason of a policy -> the scenarios of the box that give it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, file in in_the_box().items():
        head = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
        for policy in head["policies"].values():
            words = policy.get("about", {}).get("zh", "").strip()
            found[words] = (*found.get(words, ()), name)
    return {words: names for words, names in found.items() if words and len(set(names)) == 1}


@cache
def titles() -> dict[str, tuple[str, ...]]:
    """Return name -> titles, in both languages, of what is in the box."""
    return {name: tuple(head["title"][lang] for lang in LANGUAGES) for name, head in stories().items()}


def named(said: str) -> str:
    """Return the scenario of the box that goes by a name or title, or by a part that no other has; else empty.

    A word of what only explains a title, such as one of the policies in it, names no scenario.
    """
    short = {name: [without_remark(title) for title in words] for name, words in titles().items()}
    return said if said in in_the_box() else meant(said, titles(), parts=False) or meant(said, short)


def near_of(said: str) -> Problem:
    """Ask for the scenarios of the box in whose names or titles a word stands, else for the nearest, else name some."""
    if not said.strip():
        return hint(said, known_scenarios())
    holding = [name for name, words in titles().items() if any(is_part(said, of) for of in (name, *words))]
    if holding:
        zh = (f"{name}（{titles()[name][0]}）" for name in holding)
        en = (f"{name} ({titles()[name][1]})" for name in holding)
        return Problem("hint.several", {"known": Bilingual(", ".join(en), "，".join(zh))})
    near = nearest(said, [of for name, words in titles().items() for of in (name, *words)])
    return Problem("hint.near", {"near": near}) if near else hint(said, known_scenarios())


def known_scenarios() -> list[Bilingual]:
    """Return the scenarios of the box as messages list them."""
    return in_both({name: without_remark(words[0]) for name, words in titles().items()})


def read(source: str | Path) -> Scenario:
    """Return a scenario of the box by name or title, or from a file; every problem of the file in one message."""
    require_kind(source, (str, Path), "scenario")
    path, known = Path(source), in_the_box()
    name = str(source) if str(source) in known or path.exists() else named(str(source))
    if name in known:
        return parse(known[name].read_bytes(), name)
    looks_like_a_file = path.suffix in (".yaml", ".yml") or path.exists()
    if path.suffix in OWN_FILES:
        raise PolicyError(Problem("scenario.of_economy", {"value": source}))
    if not looks_like_a_file:
        near = near_of(str(source))
        raise PolicyError(Problem("scenario.unknown", {"value": source, "near": near}))
    try:
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise PolicyError(
                Problem("scenario.too_large", {"place": path, "found": path.stat().st_size, "most": LARGEST_FILE})
            )
        return parse(path.read_bytes(), str(path))
    except IsADirectoryError as error:
        if path.joinpath("scenario.yaml").exists():
            raise PolicyError(Problem("scenario.folder", {"place": path})) from error
        raise PolicyError(Problem("scenario.unreadable", {"place": path, "why": reason(error)})) from error
    except OSError as error:
        raise PolicyError(Problem("scenario.unreadable", {"place": path, "why": reason(error)})) from error


class _Loader(yaml.SafeLoader):
    """The safe loader, without aliases (a scenario needs none; bombs do), repeated keys or deep nests."""

    depth = 0

    def line_mark(self) -> Any:
        peek: Any = self.peek_event
        return peek().start_mark

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


def parse(content: bytes, place: str, base: Callable[[str], Economy] | None = None) -> Scenario:
    """Return the scenario that the bytes of a file describe; `base` finds the economy it names, else `load` does."""
    if len(content) > LARGEST_FILE:
        raise PolicyError(Problem("scenario.too_large", {"place": place, "found": len(content), "most": LARGEST_FILE}))
    try:
        text = content.decode("utf-8")
        if "\0" in text:
            raise PolicyError(Problem("scenario.binary", {"place": place}))
        given = yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        raise PolicyError(other_letters(content, place, error.start)) from error
    except _RefusedError as refused:
        raise PolicyError(Problem(refused.problem.key, {"place": place, **refused.problem.values})) from refused
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a date that is none
        raise PolicyError(Problem("scenario.no_value", {"place": place})) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else "?"
        causes = {"scenario.tab": TABBED, "scenario.wide_colon": WIDE_COLON}
        found = {key: first_line(text, pattern) for key, pattern in causes.items()}
        key = next((key for key, number in found.items() if number), "scenario.not_yaml")
        raise PolicyError(Problem(key, {"place": place, "line": found.get(key, line)})) from error
    if isinstance(given, dict) and {*OF_RECORDS} <= {*given}:
        raise PolicyError(Problem("scenario.record", {"place": place, "folder": Path(place).parent}))
    if isinstance(given, str) and (number := first_line(text, WIDE_COLON)):  # one long text to YAML
        raise PolicyError(Problem("scenario.wide_colon", {"place": place, "line": number}))
    named = given.get("economy", DEFAULT) if isinstance(given, dict) else DEFAULT
    scenario = from_mapping(given, place, None if base is None else base(str(named)))
    return scenario if place in in_the_box() else of_the_user(scenario)


def of_the_user(given: Scenario) -> Scenario:
    """Return the scenario of a user's file; if it began as one of the box what differs is told.

    That is known by its name, its title or a reason that it still holds.
    """
    title = tuple(given.title.get(lang) for lang in LANGUAGES)
    began = next((name for name, known in titles().items() if given.name == name or title == known), "")
    began = began or next(
        (name for words in given.about.values() for name in reasons().get(words.get("zh", ""), ())), ""
    )
    base = read(began) if began else given
    return given.begun_from(base) if original(given.economy.name) == base.economy.name else given


def first_line(text: str, pattern: re.Pattern[str]) -> int:
    """Return the number of the first line that begins so; zero where none does."""
    return next((number for number, line in enumerate(text.splitlines(), start=1) if pattern.match(line)), 0)


def other_letters(content: bytes, place: str, first: int) -> Problem:
    """Say that a file is not in UTF-8: where the first such letter stands, and what it is in; or that it is no text."""
    for encoding, called in OTHER_ENCODINGS.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(line.replace("\t", "").isprintable() for line in text.removeprefix("\ufeff").splitlines()):
            line = 1 if encoding == UTF16 else content.count(b"\n", 0, first) + 1
            return Problem("scenario.encoding", {"place": place, "line": line, "encoding": called})
    return Problem("scenario.binary", {"place": place})


def from_mapping(given: Any, place: str, base: Economy | None = None) -> Scenario:
    """Return the scenario a mapping describes, or raise with every problem found.

    `base` is the economy that it names, where it is at hand already.
    """
    if not isinstance(given, dict):
        raise PolicyError(Problem("scenario.not_a_mapping", {"place": place}))
    given = file_said(given, KEYS)
    problems = [unknown_key(key, place, known_keys(KEYS)) for key in given if key not in KEYS]
    name = given.get("name", Path(place).stem)
    if not isinstance(name, str):
        problems.append(Problem("scenario.not_text", {"place": place, "name": "name", "value": name}))
    economy = given.get("economy", DEFAULT)
    if str(economy).endswith(OWN_FILES):
        economy = str(Path(place).parent / str(economy))  # as it stands beside the scenario file
    elif isinstance(economy, str) and (known := box.named(economy)):
        economy = known
    else:
        problems.append(box.unknown(str(economy), Path(place).parent))
        economy = DEFAULT  # to say at once what else is wrong
    title = in_languages(given.get("title", {}), f"{place}: title", problems)
    texts = {key: in_languages(given[key], f"{place}: {key}", problems) for key in TEXTS if key in given}
    terms = {key: term_said(key, given[key], CHOICES) for key in TERMS if key in given}
    policies, about = {}, {}
    entries = given.get("policies", {})
    if not isinstance(entries, dict):
        problems.append(Problem("scenario.policies", {"place": place, "value": kind_in_words(entries)}))
        entries = {}
    if len(entries) > MOST_POLICIES:
        raise PolicyError(Problem("scenario.many_policies", {"place": place, "most": MOST_POLICIES}))
    for policy_label, said in entries.items():
        entry = policy_said(said)
        try:
            policies[str(policy_label)] = policy_from(entry, f"policies.{policy_label}")
            about[str(policy_label)] = in_languages(entry.get("about", {}), f"policies.{policy_label}.about", problems)
        except PolicyError as error:
            problems += error.problems
    reasons = {key: value for key, value in about.items() if value}
    try:
        scenario = Scenario(under(base or economy, given), policies, name, title, reasons, texts, **terms)
    except HinterlandError as error:  # what only the economy knows, of the policies that could be read
        problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise PolicyError(problems)
    return scenario


def under(economy: Economy | str, given: Mapping[str, Any]) -> Economy:
    """Return the economy of a scenario, under other elasticities where the file names some."""
    loaded = load(economy) if isinstance(economy, str) else economy
    other = given.get("elasticities", {})
    if other == {}:
        return loaded
    known = elasticities(loaded)
    names = of_texts("parameter", tuple(known))
    if isinstance(other, dict):
        other = renamed(other, names, parts=True)
    if not isinstance(other, dict) or not all(is_number(value) for value in other.values()):
        raise PolicyError(Problem("scenario.elasticities", {"known": ", ".join(known)}))
    strange = [name for name in other if name not in known]
    if strange:
        there = in_both({name: next(iter(names.get(name, ())), name) for name in known})
        raise PolicyError(unknown_key(name, "elasticities", there) for name in strange)
    return loaded.with_elasticities(**other)


def is_number(value: Any) -> bool:
    """Whether a value is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def policy_from(entry: Any, place: str) -> Policy:
    """Return the policy that one entry of a scenario file describes."""
    if not isinstance(entry, dict) or "instrument" not in entry:
        raise PolicyError(Problem("scenario.no_instrument", {"place": place, "known": several(known_instruments())}))
    instrument = entry["instrument"]
    if not isinstance(instrument, str) or instrument not in INSTRUMENTS:
        near = hint(str(instrument), known_instruments())
        raise PolicyError(Problem("scenario.unknown_instrument", {"place": place, "value": instrument, "near": near}))
    kind = INSTRUMENTS[instrument]
    known = [entry_field.name for entry_field in dataclasses.fields(kind)]
    values = {key: value for key, value in entry.items() if key not in ("instrument", "about")}
    problems = [unknown_key(key, place, known_values(instrument)) for key in values if key not in known]
    try:
        policy = kind(**{key: value for key, value in values.items() if key in known})
    except PolicyError as error:
        problems += relabelled(error, instrument, place)
    if problems:
        raise PolicyError(problems)
    return policy


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


def read_value(text: str) -> Any:
    """Return the value of `--set key=value`, read as YAML would read it; a refusal keeps the text."""
    try:
        value = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, _RefusedError, ValueError):  # the last: more digits than Python reads
        return text
    return text if isinstance(value, int) and value.bit_length() > MOST_BITS else value
