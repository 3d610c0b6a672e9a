"""Messages as the page says them: what policies and their values are called there, and no advice for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import hinterland as hl
from hinterland.errors import Problem
from hinterland.texts import text

PLACED = re.compile(r"`?\bpolicies\.(\w+)(?:\.(\w+))?`?|`(\w+)\.(\w+)`")
NUMBERED = re.compile(r"_\d+$")
KINDS = {"extra_forbidden": "extra", "literal_error": "literal", "missing": "missing"}  # else: another kind or size


def on_page(
    problem: Problem, lang: str, kinds: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None
) -> str:
    """Return a message in the words of the page.

    `kinds` are the instruments of policies by label, `names` what policies are called: without one, as the instrument.
    """

    def named(found: re.Match[str]) -> str:
        label, name = found[1] or found[3], found[2] or found[4]
        kind = (kinds or {}).get(label, NUMBERED.sub("", label))
        entry = hl.schema.instruments().get(kind)
        if not found[1] and entry is None:
            return found[0]
        policy = (names or {}).get(label) or (label if entry is None else getattr(entry, lang))
        return called(policy, kind, name, lang)

    return PLACED.sub(named, problem.text(lang, terminal=False)).strip()


def called(policy: str, kind: str, name: str | None, lang: str) -> str:
    """Return what the page calls a policy, or one of its values, that a message names by its key."""
    if name is None:
        return text("studio.named", lang, name=policy)
    values = hl.schema.values(kind) if kind in hl.schema.instruments() else {}
    return text("studio.value_of", lang, policy=policy, name=getattr(values[name], lang) if name in values else name)


def misfits(errors: Iterable[Any], lang: str) -> list[str]:
    """Return in words where a question has another form than it must have."""
    return [misfit(error, lang) for error in errors]


def misfit(error: Any, lang: str) -> str:
    """Return in words what does not fit: a question that is none, a file that is too long, else one of its parts."""
    if error["type"] == "json_invalid":
        return text("studio.not_json", lang)
    if error["type"] == "string_too_long" and error["loc"][-1:] == ("content",):
        return text("studio.file_long", lang)
    return text("studio.not_understood", lang, where=where_of(error), why=text(f"studio.misfit.{kind_of(error)}", lang))


def where_of(error: Any) -> str:
    """Return the place of a misfit in a question."""
    return ".".join(map(str, error["loc"]))[:80] or "?"


def kind_of(error: Any) -> str:
    """Return which misfit it is."""
    return KINDS.get(error["type"], "other")


def kinds_in(question: Mapping[str, Any]) -> dict[str, str]:
    """Return the instruments of the policies that a question speaks of, by label."""
    try:
        policies = question["state"]["scenario"]["policies"]
        return {str(label): str(policy["instrument"]) for label, policy in policies.items()}
    except (KeyError, TypeError, AttributeError):
        return {}
