"""Economies as files that people edit: a folder of CSV tables, NetCDF, npz. What is written is read back exactly.

`read` collects every problem before it raises: `sources` opens, `sheets` puts rows in their places, `rules` judges.
Changes measured in the data (`Economy.measured`) and policies are no part of a base year and are not written.
"""

from __future__ import annotations

import math
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from hinterland import schema
from hinterland.data import box
from hinterland.data.save import save_atomically
from hinterland.economy import sources
from hinterland.economy.box import from_arrays, shipped
from hinterland.economy.economy import BESIDE, Economy, digest, edited, original
from hinterland.economy.region_names import GROUPS, HEAD, TABLE
from hinterland.economy.regions import IN_FILES, as_columns, as_tables
from hinterland.economy.roles import keyed
from hinterland.economy.rules import findings, left_out, taken
from hinterland.economy.sheets import (
    COORDINATES,
    DIMENSIONS,
    KNOWN,
    MOST_ENTRIES,
    REGIONS,
    Labels,
    array_units,
    filled,
    table_of,
)
from hinterland.economy.units import head_of
from hinterland.errors import DataError, Problem

if TYPE_CHECKING:
    import pandas as pd
    import xarray

BROKEN = (
    *(OSError, EOFError, MemoryError, zipfile.BadZipFile, zlib.error),
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, RuntimeError),
)


def arrays_of(economy: Economy) -> dict[str, Any]:
    """Return the arrays of a base year by name; policies are no part of it, and no name is another economy's."""
    if any(value is not None and not np.all(value == 1) for value in economy.levers):
        raise DataError(Problem("import.levers", {"name": economy.name}))
    if problems := taken(Labels.of(economy)):
        raise DataError(problems)
    return dict(economy.arrays) | {name: getattr(economy, name) for name in BESIDE}


def tables_of(economy: Economy) -> dict[str, pd.DataFrame]:
    """Return every array as a tidy table: labels, names of regions beside codes, value; without zeros where sparse."""
    labels, found = Labels.of(economy), {}
    coordinates = labels.coordinates()
    for name, value in arrays_of(economy).items():
        table = table_of(name, value, coordinates)
        table = table[table["value"] != 0] if schema.arrays()[name].sparse else table
        for column in [column for column in table.columns if column in REGIONS]:
            for lang in ("en", "zh"):
                named = [labels.regions.name(code, lang) for code in table[column]]
                table.insert(list(table.columns).index(column) + 1, f"{column}_{lang}", named)
        found[name] = table
    return found


def export(economy: Economy, folder: str | Path) -> Path:
    """Write a new folder of tidy tables, one per array, and `economy.yaml`; `read` reads the same economy back."""
    tables, labels = tables_of(economy), Labels.of(economy)

    def write(new: Path) -> None:
        new.mkdir()
        for name, table in tables.items():
            # The mark lets spreadsheets see that the text is UTF-8.
            table.to_csv(new / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8-sig")
        head: dict[str, Any] = {"name": labels.name, **head_of(labels.year, labels.units, labels.notes)}
        head["regions"] = {code: str(labels.regions.label(code)) for code in labels.domestic}
        head |= {key: list(getattr(labels, key)) for key in sources.LISTS[1:]}
        head["roles"] = {role: list(names) for role, names in labels.roles._asdict().items()}
        head["units"] = {name: unit for name, unit in array_units(labels.units).items() if name in tables}
        (new / HEAD).write_text(yaml.safe_dump(head, allow_unicode=True, sort_keys=False), encoding="utf-8")
        for file, words in as_tables(labels.regions).items():
            (new / file).write_text(words, encoding="utf-8-sig")

    return save_atomically(folder, write)


def to_dataset(economy: Economy) -> xarray.Dataset:
    """Return the arrays with labelled coordinates."""
    import xarray

    labels, unit, arrays = Labels.of(economy), array_units(economy.units), arrays_of(economy)
    values = labels.coordinates()
    coordinates = {name: (DIMENSIONS[letter], values[name]) for letter, names in COORDINATES.items() for name in names}
    along: dict[bool, Any] = {True: "region", False: ()}
    coordinates |= {name: (along[isinstance(of, list)], of) for name, of in as_columns(labels.regions).items()}
    shown = {
        name: ([DIMENSIONS[letter] for letter in schema.index_of(name)], np.array(value, float), {"units": unit[name]})
        for name, value in arrays.items()
    }
    if economy.cells.residences > 1:  # for worlds made of this file, which know no labels of residences
        shown |= {"town_r": (["residence"], economy.town_r.astype(float), {"units": schema.arrays()["town_r"].unit})}
    # An attribute holds a word or several; none is an empty word.
    roles = {key: list(names) if len(names) > 1 else "".join(names) for key, names in keyed(labels.roles).items()}
    head = {"name": labels.name, **head_of(labels.year, labels.units, labels.notes), **roles}
    return xarray.Dataset(shown, coordinates, head)


def export_netcdf(economy: Economy, file: str | Path) -> Path:
    """Write the arrays with labelled coordinates to a new NetCDF file; `read` reads the same economy back."""
    return save_atomically(file, lambda new: to_dataset(economy).to_netcdf(new, engine="h5netcdf"))


def write_npz(economy: Economy, file: str | Path) -> Path:
    """Write the economy to a new npz file, which `read` and `hl.load` read."""
    arrays: dict[str, Any] = {name: np.array(value, float) for name, value in arrays_of(economy).items()}
    codes = (economy.region_codes, economy.sectors, economy.residences, economy.classes)
    labels = dict(zip(sources.CODES, codes, strict=True)) | keyed(economy.roles) | as_columns(economy.regions)
    arrays |= {key: np.array(value, dtype=str) for key, value in labels.items()}
    head = {"name": original(economy.name), **head_of(economy.year, economy.units, economy.notes)}
    arrays |= {key: np.array(value) for key, value in head.items()}
    return save_atomically(file, lambda new: np.savez_compressed(new, **arrays))


def as_of_arrays(problem: Problem) -> Problem:
    """Return what is wrong with a table of regions by the names that it has in a file of arrays."""
    called = {TABLE: ", ".join(IN_FILES[:2]) + ", …", GROUPS: IN_FILES[-1]}
    name = problem.values.get("name")
    return Problem(problem.key, problem.values | {"name": called[str(name)]}) if name in called else problem


def read(path: str | Path) -> Economy:
    """Return the economy in a folder of CSV tables, a NetCDF or an npz file, or raise with every problem found."""
    place, problems = Path(path), list[Problem]()
    readers = {".nc": sources.from_netcdf, ".npz": sources.from_npz}
    if not place.exists():
        raise DataError(Problem("import.absent", {"place": place}))
    if not place.is_dir() and not (place.suffix in readers and place.is_file()):
        raise DataError(Problem("import.source", {"place": place}))
    try:
        if not place.is_dir():
            sources.checked_size(place, place.stat().st_size)
        reader = sources.from_folder if place.is_dir() else readers[place.suffix]
        labels, tables = reader(place, problems)
    except BROKEN as error:
        raise DataError([*problems, Problem("import.broken", {"place": place})]) from error
    if not place.is_dir():
        problems = [as_of_arrays(problem) for problem in problems]
    if labels is None:
        raise DataError(problems)
    entries = max(math.prod(labels.shape(name)) for name in KNOWN)
    if entries > MOST_ENTRIES:
        raise DataError([*problems, Problem("import.too_many", {"found": entries, "most": MOST_ENTRIES})])
    placed = {
        name: filled(name, file, table, labels, problems) for name, (file, table) in tables.items() if table is not None
    }
    sheets = {name: sheet for name, sheet in placed.items() if sheet is not None}
    problems += [*left_out(labels), *findings(sheets, set(tables), labels)]
    if problems:
        raise DataError(problems)
    arrays: dict[str, Any] = {name: sheet.value.reshape(labels.shape(name)) for name, sheet in sheets.items()}
    axes = (labels.domestic + labels.foreign, labels.sectors, labels.residences, labels.classes)
    arrays |= dict(zip(sources.CODES, axes, strict=True))
    found = from_arrays(labels.name, labels.year, arrays, labels.units, labels.notes, labels.roles, labels.regions)
    return replace(found, name=edited(found.name)) if differs(found) else found


def differs(economy: Economy) -> bool:
    """Whether an economy bears the name of one of the box and has other figures or units."""
    if economy.name not in box.economies():
        return False
    ours = shipped(economy.name)
    return digest(economy) != digest(ours) or economy.units != ours.units
