"""Amounts of money as people write them: a number with its unit, in either language, every year or not said."""

from __future__ import annotations

import re
from unicodedata import normalize

YEARLY_BN = {  # units that an amount may name, in bn
    "万亿": 1000.0,
    "亿": 0.1,
    "千万": 0.01,
    "百万": 0.001,
    "万": 1e-5,
    "十亿": 1.0,
    "trn": 1000.0,
    "trillion": 1000.0,
    "bn": 1.0,
    "billion": 1.0,
    "m": 0.001,
    "million": 0.001,
}
AMOUNT = re.compile(
    rf"\s*(每年)?\s*(?P<number>-?\d[\d,]*(\.\d+)?)\s*(?P<unit>{'|'.join(sorted(YEARLY_BN, key=len, reverse=True))})"
    r"\s*(元|人民币|CNY|RMB|yuan)?\s*(/\s*年|每年|一年|/\s*a|(a|per) year)?\s*",
    re.IGNORECASE,
)


def amount_in(said: object) -> float | None:
    """Return the amount that a text writes with its unit, bn CNY; None where it is no such text."""
    found = AMOUNT.fullmatch(normalize("NFKC", said)) if isinstance(said, str) else None
    return None if found is None else YEARLY_BN[found["unit"].lower()] * float(found["number"].replace(",", ""))
