"""Indicators: pure functions from figures to numbers, with their weights stated. They never solve."""

from __future__ import annotations

from hinterland.indicators.cities import primacy, rank_size_exponent
from hinterland.indicators.inequality import coefficient_of_variation, gini, theil, theil_within_between
from hinterland.indicators.spatial import market_access, morans_i, row_standardised

__all__ = [
    "coefficient_of_variation",
    "gini",
    "market_access",
    "morans_i",
    "primacy",
    "rank_size_exponent",
    "row_standardised",
    "theil",
    "theil_within_between",
]
