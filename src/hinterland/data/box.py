"""What is in the box: economies and their arrays, each with its provenance.

An economy is a folder `economies/NAME` with its arrays and the list of them, and a row of `economies.csv`.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from hinterland.errors import DataError, Problem, hint
from hinterland.names import meant

BOX = files("hinterland") / "data" / "box"
# What an economy says of itself beside labels and arrays. The list of economies is where it is written down; the
# arrays that are built carry a copy, so that a file made of them says the same under any name and in any folder.
HEAD = ("year", "income_unit", "output_unit", "currency", "price_year", "note_zh", "note_en")


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a small CSV table of the box."""
    return list(csv.DictReader(BOX.joinpath(*name.split("/")).read_text(encoding="utf-8").splitlines()))


@cache
def economies() -> dict[str, dict[str, str]]:
    """Return name -> entry (zh, en, source and `HEAD`) of every economy in the box."""
    return {row["name"]: row for row in rows("economies.csv")}


def named(said: str) -> str:
    """Return the economy of the box that goes by a name: china-2020, China 2020, 中国2020, or its title; else empty."""
    return meant(
        said, {name: (entry["zh"], entry["en"], f"中国{entry['year']}年") for name, entry in economies().items()}
    )


def head(name: str) -> dict[str, Any]:
    """Return what an economy says of itself, by the keys of `HEAD`; years are numbers."""
    known(name)
    entry = economies()[name]
    return {key: int(entry[key]) if key.endswith("year") else entry[key] for key in HEAD}


def manifest(name: str) -> list[dict[str, str]]:
    """Return what each array of an economy is: dimensions, unit, status (observed, transformed, estimated), source."""
    known(name)
    return rows(f"{folder_of(name)}/arrays.csv")


def known(name: str) -> None:
    """Raise a DataError with the nearest name where the box has no economy `name`."""
    if name not in economies():
        raise DataError(unknown(name))


def unknown(name: str, beside: Path = Path()) -> Problem:
    """Say that the box has no economy of a name, with the nearest; or what lies under that path beside a file."""
    if Path(name).name and (beside / name).exists():
        kind = "folder" if (beside / name).is_dir() else "file"
        return Problem(f"error.economy_{kind}", {"value": name})
    return Problem("error.unknown_economy", {"value": name, "near": hint(name, list(economies()))})


def economy_arrays(name: str) -> dict[str, Any]:
    """Return the arrays of an economy, as `manifest` describes them, without its head."""
    known(name)
    with arrays_file(name).open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files if key not in ("name", *HEAD)}


def folder_of(name: str) -> str:
    """Return the folder of an economy inside the box."""
    return f"economies/{name}"


def arrays_file(name: str, folder: Traversable | None = None) -> Traversable:
    """Return the file of an economy's arrays, in the box or in another one."""
    return (folder or BOX).joinpath(*folder_of(name).split("/"), "arrays.npz")


def open_file(name: str) -> Any:
    """Open a file of the box for reading bytes."""
    return BOX.joinpath(name).open("rb")
