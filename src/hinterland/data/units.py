"""Units of money and people: what one unit is in another, each said once."""

from __future__ import annotations

BN, MILLION = 1e9, 1e6
RELATIVE = "relative"  # known up to its scale
MONEY = {"bn CNY": 1.0}  # what an economy may count in, by the bn CNY in one unit: those in which costs are told
