"""How the instruments of a run fared beside studies, as `validate instruments` last found it; nothing is solved."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from hinterland import schema
from hinterland.texts import text

TABLE = "moments.csv"  # beside the evidence; tools/validation_page.py writes it
INSIDE, SIGN_ONLY, SET_ASIDE = "inside", "sign_only", ("other_object", "not_computed")


@cache
def verdicts() -> tuple[tuple[str, str], ...]:
    """Return instrument and verdict of every moment that was judged."""
    rows = csv.DictReader(schema.HERE.joinpath(TABLE).read_text(encoding="utf-8").splitlines())
    judged = [row for row in rows if row["verdict"] not in SET_ASIDE]
    return tuple((schema.evidence()[row["evidence"]].instrument, row["verdict"]) for row in judged)


class Met(NamedTuple):
    """How many moments are met, of how many, and how many agree in sign alone."""

    met: int
    judged: int
    sign: int


def met(instruments: Iterable[str]) -> Met:
    """Return how the moments of instruments were judged."""
    names = set(instruments)
    found = Counter(verdict for instrument, verdict in verdicts() if instrument in names)
    return Met(found[INSIDE], found.total(), found[SIGN_ONLY])


def moments_met(instruments: Iterable[str], lang: str) -> str:
    """Say how many moments of these instruments are met, and how many agree in sign alone."""
    found = met(instruments)
    return text("report.moments", lang, **found._asdict()) if found.judged else text("report.moments_none", lang)
