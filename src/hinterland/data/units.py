"""Units of money and people: what one unit is in another, each said once."""

from __future__ import annotations

BN, MILLION = 1e9, 1e6
