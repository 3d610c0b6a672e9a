"""Units of money and people: what one unit is in another, each said once."""

from __future__ import annotations

BN = 1e9  # yuan in a billion yuan
MILLION = 1e6  # persons, or yuan, in a million
# The panel counts money in units of 100 million yuan (亿元) and people in units of 10,000 (万人).
YI_PER_BN = 10.0
PERSONS_PER_WAN = 1e4
RELATIVE = "relative"  # known up to its scale
MONEY = {"bn CNY": 1.0}  # what an economy may count in, by the bn CNY in one unit: those in which costs are told
