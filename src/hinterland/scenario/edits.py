"""What a user changes in a scenario: values by the names that are printed, told as the user's own from then on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from hinterland import schema
from hinterland.data.regions import Regions
from hinterland.economy.economy import Economy, original
from hinterland.economy.elasticities import elasticities
from hinterland.errors import Bilingual, PolicyError, Problem, hint, several
from hinterland.names import CHINESE, SEVERAL, as_share, meant, number_in, without_remark
from hinterland.policy.policy import Policy
from hinterland.policy.values import IN_CHINESE, TENFOLD, YEARLY
from hinterland.scenario.called import policy_names
from hinterland.scenario.listed import in_words
from hinterland.schema.names import names_of, of_texts, value_named
from hinterland.texts import LANGUAGES, listed, name_in, text, unit_name

STOPS = str.maketrans("．。｡", "...")  # as keyboards of Chinese write them
AROUND_COLON = re.compile(r"\s*[:：]\s*")
BETWEEN = re.compile("[、，；](?![^（(]*[）)])")  # what parts names in a list, outside brackets

NUMBERS = ("number", "integer")  # kinds of value
MYRIADS = {"": 1.0, "万": 1e4, "亿": 1e8}
COUNTED = re.compile(r"(?P<number>[-+]?\d[\d,]*(\.\d+)?)\s*(?P<myriads>[万亿])?(?P<percent>%)?")


class Edit(NamedTuple):
    """A value that is no more the scenario's: where it stood, what it was and what it is."""

    label: str  # of the policy; empty for a term
    name: str
    before: Any
    after: Any

    @property
    def key(self) -> str:
        """The key of `--set` that makes it."""
        return ".".join(filter(None, (self.label, self.name)))


class Stated(NamedTuple):
    """What of a scenario a user may change."""

    economy: Economy
    terms: Mapping[str, Any]
    policies: Mapping[str, Policy]


def between(base: Stated, now: Stated) -> list[Edit]:
    """Return in what a scenario is another than its base: policies that went, changed or came, terms, elasticities."""
    edits = [Edit(label, "", of.instrument, None) for label, of in base.policies.items() if label not in now.policies]
    for label, policy in now.policies.items():
        before = base.policies.get(label)
        known = before.values() if before is not None and before.instrument == policy.instrument else {}
        values = policy.values() if known else policy.given()
        edits += [Edit(label, name, known.get(name), value) for name, value in values.items()]
    edits += [Edit("", name, base.terms[name], value) for name, value in now.terms.items()]
    names = [original(one.economy.name) for one in (base, now)]
    if names[0] != names[1]:
        edits.append(Edit("", "economy", *names))
    elif now.economy is not base.economy:
        theirs = elasticities(base.economy)
        edits += [Edit("", name, theirs.get(name), value) for name, value in elasticities(now.economy).items()]
    return [one for one in edits if one.before != one.after]


def policy_named(said: str, policies: Mapping[str, Policy], regions: Regions) -> str:
    """Return the label of the policy that goes by it, or by a name that is printed of it; a PolicyError lists several.

    The name of an instrument is that of the one policy of its kind; empty where no policy is meant.
    """
    if said in policies:
        return said
    names, entries = called(policies, regions), names_of(schema.instruments())
    known = {label: (*map(closed_up, names[label]), *entries[of.instrument]) for label, of in policies.items()}
    said = closed_up(said)
    alike: list[str] = []
    for parts in (False, True):  # a whole name first, then what stands in one name alone, such as 就地
        if found := meant(said, known, parts=parts):
            return found
        alike = alike or [label for label in policies if meant(said, {label: known[label]}, parts=parts)]
    if not alike:
        return ""
    words = [Bilingual(f"{names[label][1]} ({label})", f"{names[label][0]}（{label}）") for label in alike]
    values = {"value": said, "count": len(alike), "known": several(words), "example": alike[0]}
    raise PolicyError(Problem("scenario.several_policies", values))


def called(policies: Mapping[str, Policy], regions: Regions) -> dict[str, tuple[str, str]]:
    """Return label -> the names that are printed of a policy, in Chinese and in English."""
    zh, en = (policy_names(policies, regions, lang) for lang in ("zh", "en"))
    return {label: (zh[label], en[label]) for label in policies}


def closed_up(name: str) -> str:
    """Return a name with its colon as a keyboard of either language writes it, and no blanks around it."""
    return AROUND_COLON.sub(":", name).strip()


def value_meant(said: str, instrument: str) -> str:
    """Return the name of a value of an instrument by any name that it is printed by; what is unknown as it is."""
    return value_named(said.strip(), instrument) or said.strip()


def term_named(said: str, terms: tuple[str, ...]) -> str:
    """Return the term of a scenario, such as its closure, by any name; empty where it is none."""
    return meant(said, of_texts("schema", terms))


def term_said(term: str, value: Any, choices: Mapping[str, tuple[str, ...]]) -> Any:
    """Return a term as it was meant: a word by its name in either language, a rate in percent, wide digits."""
    if not isinstance(value, str):
        return value
    if term in choices:
        return meant(value, of_texts(term, choices[term]), parts=False) or value
    found = number_in(value)
    if found is None:
        return value
    number, percent = found
    return number / 100 if percent else (int(number) if number.is_integer() else number)


def as_said(entry: schema.Value, value: Any) -> Any:
    """Return a value as it was meant: digits of any width, percent of a share, names in a list with Chinese commas."""
    if entry.kind in schema.LISTS:
        several = value if isinstance(value, list | tuple) else [value]
        commas = BETWEEN if isinstance(value, list | tuple) else SEVERAL  # a name in a list may hold a plain comma
        parts = [commas.split(of) if isinstance(of, str) else [of] for of in several]
        split = [of.strip() if isinstance(of, str) else of for part in parts for of in part]
        return split if len(split) > len(several) else value
    if entry.kind == "shares" and isinstance(value, Mapping):
        return {who: as_share(share) for who, share in value.items()}
    found = number_in(bare(value, entry.unit)) if isinstance(value, str) and entry.kind in NUMBERS else None
    if found is None:
        return value
    number, percent = found
    if percent:
        return number / 100 if entry.unit == "share" else value
    return int(number) if entry.kind == "integer" and number.is_integer() else number


def bare(said: str, unit: str) -> str:
    """Return a number without its unit, where that stands behind it as it is printed: 350公里/小时, 10 万人."""
    plain = normalize("NFKC", said).strip()
    for end in unit_ends(unit):
        found = COUNTED.fullmatch(plain.removesuffix(end).rstrip()) if plain.endswith(end) else None
        if found is not None and not (found["myriads"] and found["percent"]):
            times = MYRIADS[found["myriads"] or ""]
            return f"{times * float(found['number'].replace(',', '')):.15g}{found['percent'] or ''}"
    return said


def unit_ends(unit: str) -> list[str]:
    """Return how a unit is written behind a number, in either language, whole or without what it is counted by."""
    names = {normalize("NFKC", unit_name(unit, lang)) for lang in LANGUAGES}
    names |= {name.replace("/", "每") for name in names if CHINESE.search(name)}
    ends = {end for name in names for end in (name, name.partition("/")[0], name.partition(" per ")[0]) if end}
    return sorted(ends, key=lambda end: (-len(end), end))


def reasons(edits: Sequence[Edit], policies: Mapping[str, Policy], regions: Regions) -> dict[str, dict[str, str]]:
    """Return by label, in both languages, that the user set what was changed, and what it was."""
    found: dict[str, dict[str, str]] = {}
    for label in dict.fromkeys(edit.label for edit in edits if edit.label in policies):
        theirs = [edit for edit in edits if edit.label == label]
        found[label] = {lang: by_user(theirs, policies[label].instrument, lang, regions) for lang in LANGUAGES}
    return found


def by_user(edits: Iterable[Edit], instrument: str, lang: str, regions: Regions) -> str:
    """Say that the user set some values of a policy, and what they were."""
    parts = [
        text(
            "edit.value",
            lang,
            name=printed(instrument, edit.name, lang),
            before=with_unit(edit.before, schema.values(instrument)[edit.name], lang, regions),
            after=with_unit(edit.after, schema.values(instrument)[edit.name], lang, regions),
        )
        for edit in edits
    ]
    return text("edit.by_user", lang, changes=text("edit.and", lang).join(parts))


def printed(instrument: str, name: str, lang: str) -> str:
    """Return what a value is called in one language: in Chinese its title without remarks, else its name."""
    return name if lang == "en" else without_remark(schema.values(instrument)[name].zh)


def with_unit(value: Any, entry: schema.Value, lang: str, regions: Regions) -> str:
    """Write a value for a reader, an amount of money with its unit."""
    if entry.unit == YEARLY and value is not None:
        return f"{TENFOLD * value:,.10g} {unit_name(IN_CHINESE, lang)}" if lang == "zh" else f"{value:,.10g} {YEARLY}"
    return shown(value, lang, entry.kind, regions)


def shown(value: Any, lang: str, kind: str = "", regions: Regions | None = None) -> str:
    """Write a value for a reader."""
    if value is None:
        return text("edit.nothing", lang)
    if isinstance(value, Mapping):
        return listed((f"{name_in('payer', key, lang)} {shown(share, lang)}" for key, share in value.items()), lang)
    if kind == "choice":
        return name_in("choice", value, lang)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if regions is None else in_words(value, kind, lang, regions)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def name_of(name: str, edits: Sequence[Edit]) -> str:
    """Return what a changed scenario is called: its name and what was changed, so that no two are called alike."""
    base, before = parted(name)
    kept = dict(part.partition("=")[::2] for part in before.split("; ") if part)
    for edit in edits:
        kept[edit.key] = shown(edit.after, "en").replace(", ", "+")
    return f"{base} ({'; '.join(f'{key}={value}' for key, value in kept.items())})"


def in_words_of(
    name: str, policies: Mapping[str, Policy], regions: Regions, lang: str, besides: Collection[str] = ()
) -> str:
    """Say what was changed of a scenario of that name, value by value; nothing where nothing was.

    What stands elsewhere is left out (`besides`): labels of policies, terms.
    """
    names, instruments, said = policy_names(policies, regions, lang), schema.instruments(), list[str]()
    for part in filter(None, parted(name)[1].split("; ")):
        key, _, value = part.partition("=")
        label, _, of = key.rpartition(".")
        if key in besides or label in besides:
            continue
        if label in policies and of in policies[label].values():
            entry = schema.values(policies[label].instrument)[of]
            value = with_unit(policies[label].values()[of], entry, lang, regions)
            key = f"{names[label]}：{printed(policies[label].instrument, of, lang)}" if lang == "zh" else key
        elif value == text("edit.nothing", "en"):  # a policy that went: its label is often that of its instrument
            key = instruments[key].zh if lang == "zh" and key in instruments else key
            value = text("edit.nothing", lang)
        elif lang == "zh":
            value, name = without_remark(name_in(key, value, lang)), name_in("terms", key, lang)
            key = without_remark(name_in("parameter", key, lang)) if name == key else name
        said.append(f"{key} = {value}")
    return text("edit.and", lang).join(said)


def parted(name: str) -> tuple[str, str]:
    """Return what a scenario was called before anything of it was changed, and what was, as its name says."""
    base, _, changes = name.removesuffix(")").partition(" (") if "=" in name else (name, "", "")
    return base, changes


def title_of(title: Mapping[str, str]) -> dict[str, str]:
    """Return the title of a changed scenario: marked as changed, once."""
    return {lang: words.removesuffix(mark := text("edit.title", lang)) + mark for lang, words in title.items()}


def unknown_key(key: Any, place: str, known: Sequence[str]) -> Problem:
    """Say that a key is not known, with the nearest that is."""
    return Problem("scenario.unknown_key", {"place": place, "value": key, "near": hint(str(key), known)})
