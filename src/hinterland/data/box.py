"""What is in the box: economies and their arrays, each with its provenance."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from hinterland.errors import DataError, Problem, nearest

BOX = files("hinterland") / "data" / "box"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a small CSV table of the box."""
    return list(csv.DictReader(BOX.joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def economies() -> dict[str, dict[str, str]]:
    """Return name -> entry (zh, en, year, source, note) of every economy in the box."""
    return {row["name"]: row for row in rows("economies.csv")}


def manifest(name: str) -> list[dict[str, str]]:
    """Return what each array of an economy is: dimensions, unit, status (observed, transformed, estimated), source."""
    known(name)
    return rows(f"{name}.csv")


def known(name: str) -> None:
    """Raise a DataError with the nearest name where the box has no economy `name`."""
    if name not in economies():
        raise DataError(Problem("error.unknown_economy", {"value": name, "near": nearest(name, list(economies()))}))


def economy_arrays(name: str) -> dict[str, Any]:
    """Return the arrays of an economy, as `manifest` describes them."""
    known(name)
    with BOX.joinpath(f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}


def open_file(name: str) -> Any:
    """Open a file of the box for reading bytes."""
    return BOX.joinpath(name).open("rb")
