"""Figures that the base years of China are built from: small tables of the box, assumptions, national totals."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.data.box import BOX
from hinterland.data.panel import series

CODES = dict.fromkeys(("region_code", "neighbour", "origin", "destination"), str)


@cache
def table(name: str) -> pd.DataFrame:
    """Return a table of figures by the name of its file; codes of regions are strings."""
    with BOX.joinpath("figures", name).open("rb") as stream:
        return pd.read_csv(stream, dtype=CODES, compression="gzip" if name.endswith(".gz") else None)


@cache
def assumptions() -> dict[str, dict[str, Any]]:
    """Return the rows of `assumptions.csv` by name: value, range, titles, source."""
    rows: list[dict[Any, Any]] = table("assumptions.csv").to_dict("records")
    return {str(row["name"]): row for row in rows}


@cache
def assumption(name: str) -> float:
    """Return the value of an assumption; its range and reason stand beside it in `assumptions.csv`."""
    return float(assumptions()[name]["value"])


def national(name: str) -> float:
    """Return a national total of `national.csv`, in the unit given there."""
    return float(table("national.csv").set_index("name")["value"].loc[name])


def values(variable: str, year: int, codes: tuple[str, ...]) -> FloatArray:
    """Return one variable of the panel in the order of `codes`."""
    return np.asarray(series(variable, year).loc[list(codes)], dtype=float)
