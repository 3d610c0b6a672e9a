"""How texts that are read as numbers look, for editors: made of the expressions with which the reader reads them."""

from __future__ import annotations

import re

from hinterland import names, schema
from hinterland.policy.amounts import AMOUNT
from hinterland.policy.values import YEARLY
from hinterland.scenario.edits import COUNTED, unit_ends

# What normalization folds before the reader's expressions are held to a text, written out.
WIDE = {
    r"[\d,]": "[0-9\uff10-\uff19,\uff0c]",
    r"\d": "[0-9\uff10-\uff19]",
    r"\.": "[.\uff0e\u3002]",
    "%": "[%\uff05]",
    "[-+]": "[-+\uff0d\uff0b\u2212\u2013]",
}
PART = re.compile("|".join(map(re.escape, (*WIDE, r"\s"))) + "|[A-Za-z]")
SPECIAL = re.compile(r"[.^$*+?()\[\]{}|\\/]")


def pattern_of(entry: schema.Value) -> str:
    """Return the pattern of texts that are read as a value's number: digits of any width, percent of a share, units."""
    if entry.unit == YEARLY:
        return either(number(), spelt(AMOUNT.pattern))
    percent = entry.unit == "share"
    units = "|".join(SPECIAL.sub(r"\\\g<0>", end) for end in unit_ends(entry.unit))
    counted = spelt(COUNTED.pattern if percent else COUNTED.pattern.removesuffix("(?P<percent>%)?"))
    return either(number(percent), *([rf"{counted}\s*({units})"] if units else []))


def number(percent: bool = False) -> str:
    """Return the expression of a number without a unit."""
    found = names.NUMBER.pattern
    return spelt(found if percent else found.partition(r"\s*(?P<percent>")[0])


def either(*expressions: str) -> str:
    """Return the pattern of texts that are one of several expressions, with blanks around."""
    return rf"^\s*({'|'.join(expressions)})\s*$"


def spelt(expression: str) -> str:
    """Return an expression as editors know them: no named groups, each width of a sign and each case written out."""
    return PART.sub(lambda found: of_any_kind(found[0]), re.sub(r"\?P<\w+>", "", expression))


def of_any_kind(part: str) -> str:
    """Return what stands for a part of an expression: a letter in both cases, a sign in each width."""
    return f"[{part.upper()}{part.lower()}]" if part.isalpha() else WIDE.get(part, part)
