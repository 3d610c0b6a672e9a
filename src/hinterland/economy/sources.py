"""Where an economy may come from: a folder of CSV tables, a NetCDF or an npz file. Nothing in them is believed.

Sizes are looked at before contents, only what bears the name of a known array is opened, links are not followed,
nothing is unpickled.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from hinterland import schema
from hinterland.data import box
from hinterland.data.regions import china
from hinterland.economy.box import incomes
from hinterland.economy.economy import BESIDE
from hinterland.economy.region_names import GROUPS, HEAD, TABLE
from hinterland.economy.regions import (
    IN_FILES,
    LONGEST,
    RegionTables,
    codes_of,
    from_columns,
    rows_from,
    with_tables,
)
from hinterland.economy.roles import KEYS, in_order_of_pools, pools_of, roles_from, roles_stated
from hinterland.economy.sheets import (
    COORDINATES,
    DIMENSIONS,
    KNOWN,
    SHOWN,
    Labels,
    printable,
    table_of,
    unit_block_problems,
)
from hinterland.economy.units import is_year, notes_from, tells_units, units_from
from hinterland.errors import DataError, Problem, hint, places

if TYPE_CHECKING:
    import pandas as pd

    Tables = dict[str, tuple[str, pd.DataFrame | None]]  # by array: the file, its rows by line if they can be read

LARGEST, LARGEST_HEAD = 100 * 1024**2, 256 * 1024  # bytes: of all tables together, of economy.yaml
MOST_FILES, MOST_ROWS, DEEPEST = 200, 2_000_000, 4
LISTS = ("regions", "foreign", "sectors", "residences", "classes")
NAME = re.compile(r"\w[\w-]{0,63}")  # it becomes the name of a file
CODES = ("region_code", "sector", "residence", "class")  # files of older versions have no classes
BOX_ONLY = tuple(name for name in schema.names_of("box") if name not in CODES)


def checked_size(place: Path, found: int, most: int = LARGEST) -> None:
    """Raise where a file is too large to be one of ours."""
    if found > most:
        raise DataError(Problem("import.too_large", {"place": place, "found": found, "most": most}))


def unknown(name: str) -> Problem:
    """Say that a file or array is not named after a known one, with the nearest that is."""
    near = hint(name.removesuffix(".csv"), [*KNOWN, HEAD])
    return Problem("import.unknown_file", {"value": printable(name), "near": near})


def from_folder(folder: Path, problems: list[Problem]) -> tuple[Labels | None, Tables]:
    """Return labels and tables of a folder; hidden files are not looked at."""
    files = sorted(file for file in folder.iterdir() if not file.name.startswith((".", "~$")))
    if len(files) > MOST_FILES:
        raise DataError(Problem("import.files", {"place": folder, "found": len(files), "most": MOST_FILES}))
    size = sum(file.lstat().st_size for file in files)
    checked_size(folder, size)
    tables: Tables = {}
    for file in files:
        name = file.name.removesuffix(".csv")
        if not stat.S_ISREG(file.lstat().st_mode):
            tables[name] = (file.name, None)
            problems.append(Problem("import.link", {"place": printable(file.name)}))
        elif file.name not in (HEAD, TABLE, GROUPS) and (name not in KNOWN or name == file.name):
            problems.append(unknown(file.name))
        elif file.name not in (HEAD, TABLE, GROUPS):
            tables[name] = (file.name, from_csv(file, problems))
    head = folder / HEAD
    if head not in files or head.is_symlink():
        problems.append(Problem("import.no_head", {"place": HEAD}))
        return None, tables
    given = from_yaml(head, problems)
    there = {name: decoded(folder / name, problems) for name in (TABLE, GROUPS) if folder / name in files}
    said_of = {name: rows_from(words, name, problems) for name, words in there.items() if words is not None}
    table, groups = (said_of.get(name, []) for name in (TABLE, GROUPS))
    said = RegionTables(table, groups)
    return labels_from(given, HEAD, problems, said) if given is not None else None, tables


def decoded(file: Path, problems: list[Problem]) -> str | None:
    """Return the text of a file in UTF-8, with or without its mark."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = "\0"
    if "\0" in text:
        key = "import.encoding" if file.name.endswith(".csv") else "import.encoding_head"
        problems.append(Problem(key, {"place": file.name}))
        return None
    return text


def from_csv(file: Path, problems: list[Problem]) -> pd.DataFrame | None:
    """Return the rows of a CSV file by line."""
    import pandas as pd

    text = decoded(file, problems)
    if text is None:
        return None
    if text.count("\n") > MOST_ROWS:
        problems.append(Problem("import.rows", {"name": file.name, "found": text.count("\n"), "most": MOST_ROWS}))
        return None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if any(word.strip() for word in row)]
    except csv.Error:
        problems.append(Problem("import.encoding", {"place": file.name}))
        return None
    header = [word.strip() for word in rows[0][1]] if rows else []
    twice = list(dict.fromkeys(word for word in header if word and header.count(word) > 1))
    if twice:
        problems.append(Problem("import.header", {"name": file.name, "found": ", ".join(map(repr, twice))}))
        return None
    again = [f"{file.name}:{line}" for line, row in rows[1:] if [word.strip() for word in row] == header]
    if again:
        where = places(again, len(rows), SHOWN)
        problems.append(Problem("import.repeated_header", {"name": file.name, "where": where}))
        rows = [(line, row) for line, row in rows if f"{file.name}:{line}" not in again]
    ragged = [f"{file.name}:{line}" for line, row in rows if len(row) != len(header)]
    if ragged:
        problems.append(Problem("import.ragged", {"name": file.name, "where": places(ragged, len(rows), SHOWN)}))
    whole = [(line, row) for line, row in rows[1:] if len(row) == len(header)]
    return pd.DataFrame([row for _, row in whole], index=[line for line, _ in whole], columns=header, dtype=str)


def from_yaml(file: Path, problems: list[Problem]) -> Any:
    """Return what `economy.yaml` says: plain values only, no aliases, no deep nests."""
    if file.stat().st_size > LARGEST_HEAD:
        problems.append(
            Problem("import.too_large", {"place": HEAD, "found": file.stat().st_size, "most": LARGEST_HEAD})
        )
        return None
    text, depth = decoded(file, problems), 0
    if text is None:
        return None
    try:
        for event in yaml.parse(text, yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                problems.append(Problem("import.yaml", {"place": HEAD, "line": line_of(event)}))
                return None
        twice = [*repeated_keys(yaml.compose(text, yaml.SafeLoader))]
        for key in twice:
            said = {"place": HEAD, "line": line_of(key), "value": printable(str(key.value))}
            problems.append(Problem("scenario.repeated_key", said))
        given = yaml.safe_load(text)
        return None if twice else "" if given is None else given  # an empty file holds no keys
    except (yaml.YAMLError, ValueError, TypeError) as error:
        problems.append(Problem("import.yaml", {"place": HEAD, "line": line_of(error)}))
        return None


def repeated_keys(node: Any) -> Iterator[Any]:
    """Yield the keys that a mapping holds already: of two values one would be lost."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from (key for at, (key, _) in enumerate(node.value) if key.value in keys[:at])
        for _, value in node.value:
            yield from repeated_keys(value)


def line_of(found: Any) -> int:
    """Return the line of a YAML event or error; the first where it has none."""
    mark = getattr(found, "problem_mark", None) or getattr(found, "start_mark", None)
    return int(mark.line) + 1 if mark else 1


def labels_from(
    given: Any, place: str, problems: list[Problem], of_regions: RegionTables | None = None
) -> Labels | None:
    """Return what a file says of its axes, or None with what is wrong."""
    if not isinstance(given, dict):
        problems.append(Problem("import.no_head", {"place": place}))
        return None
    before, lists, names = len(problems), dict[str, tuple[str, ...]](), dict[str, str]()
    for key in given:
        if key not in (known := ("name", *box.HEAD, *LISTS, "roles", "units")):
            near = hint(str(key), known)
            problems.append(
                Problem("scenario.unknown_key", {"place": place, "value": printable(str(key)), "near": near})
            )
    for key in LISTS:
        said = given.get(key, [])
        plain = isinstance(said, list | tuple | dict) and all(isinstance(of, str | int) for of in said)
        labels = (codes_of(said) if key in LISTS[:2] else [str(of) for of in said]) if plain else []
        lists[key] = tuple(labels)
        fit = all(of.isprintable() and 0 < len(of) <= LONGEST for of in labels)
        if key not in given and key != "foreign":
            problems.append(Problem("import.no_list", {"place": place, "name": key}))
        elif not (plain and fit and (labels or key == "foreign")):
            problems.append(Problem("import.list", {"place": place, "name": key, "found": f"{said!r:.80}"}))
        if plain and key in LISTS[:2] and isinstance(said, dict):
            names |= {code: str(name) for code, name in zip(labels, said.values(), strict=True) if name is not None}
    for keys in (*((key,) for key in LISTS), LISTS[:2]):
        labels = list(chain.from_iterable(dict.fromkeys(lists[key]) if keys[1:] else lists[key] for key in keys))
        twice = [china().label(of) for of in dict.fromkeys(labels) if labels.count(of) > 1]
        if twice:
            where = places(twice, len(labels), SHOWN)
            problems.append(Problem("import.duplicate", {"name": f"{place}: {', '.join(keys)}", "where": where}))
    name, year = given.get("name"), given.get("year")
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        problems.append(Problem("import.name", {"place": place, "found": f"{name!r:.80}"}))
    if not is_year(year):
        problems.append(Problem("import.year", {"place": place, "found": f"{year!r:.80}"}))
    if name in box.economies() and not tells_units(given):  # a copy that an older version wrote counts as ours does
        given = {**box.head(str(name)), **given}
    counted = len(problems)
    units = units_from(given, place, problems)
    if len(problems) == counted:  # units of arrays follow from these
        problems += unit_block_problems(given.get("units", {}), units, not tells_units(given), place)
    notes = notes_from(given, place, problems)
    domestic, foreign, *axes = (lists[key] for key in LISTS)
    regions = with_tables(domestic, foreign, (of_regions or RegionTables())._replace(names=names), problems)
    if len(problems) > before or not isinstance(year, int):
        return None
    named = dict(zip(LISTS[2:], axes, strict=True))
    roles = roles_from(given.get("roles", {}), named, place, problems)
    classes = in_order_of_pools(named, roles)
    if len(problems) > before or classes is None:
        values = {"place": place, "found": ", ".join(named["classes"]), "count": len(named["classes"])}
        problems += [Problem("roles.classes", values)] if len(problems) == before else []
        return None
    sectors, residences = named["sectors"], named["residences"]
    return Labels(str(name), year, domestic, foreign, sectors, residences, classes, roles, units, notes, regions)


def from_netcdf(file: Path, problems: list[Problem]) -> tuple[Labels | None, Tables]:
    """Return labels and tables of a NetCDF file; one that points to other files is refused."""
    import xarray

    h5py: Any = import_module("h5py")
    with h5py.File(file, "r") as raw:
        plain = [raw.get(key, getlink=True).__class__ is h5py.HardLink for key in raw]
        parts = [raw[key] for key in raw] if all(plain) else []
        if not all(isinstance(part, h5py.Dataset) and not part.is_virtual and not part.external for part in parts):
            plain = [False]
        if not all(plain):
            raise DataError(Problem("import.link", {"place": file}))
        checked_size(file, sum(part.size * part.dtype.itemsize for part in parts))
    with xarray.open_dataset(file, engine="h5netcdf", decode_times=False) as data:
        known = {key: (DIMENSIONS[letter],) for letter, names in COORDINATES.items() for key in names}
        coordinates = {
            key: np.char.strip(data.coords[key].values.astype(str))
            for key, along in known.items()
            if key in data.coords and data.coords[key].dims == along
        }
        lacking = [f"{key}{along}" for key, along in known.items() if key not in coordinates]
        if lacking:
            found = ", ".join(f"{key}{of.dims}" for key, of in data.coords.items())
            problems.append(
                Problem("import.no_coordinates", {"name": file, "lacking": ", ".join(lacking), "found": found})
            )
            return None, {}
        tables: Tables = {}
        for name in map(str, data.data_vars):
            if name == "town_r":
                continue
            if name not in KNOWN:
                problems.append(
                    Problem("import.unknown_file", {"value": printable(name), "near": hint(name, list(KNOWN))})
                )
                continue
            wanted = tuple(DIMENSIONS[letter] for letter in schema.index_of(name))
            if set(data[name].dims) != set(wanted) or data[name].dtype.kind not in "fiuUSO":
                values: dict[str, object] = {
                    "name": name,
                    "shape": wanted,
                    "found": f"{data[name].dims} {data[name].dtype}",
                }
                problems.append(Problem("import.shape", values))
                tables[name] = (name, None)
                continue
            tables[name] = (name, table_of(name, data[name].transpose(*wanted).values, coordinates))
        words = {key: data.coords[key].values for key in IN_FILES if key in data.coords}
        of_regions = from_columns(coordinates["region"].tolist(), words, problems)
        given: dict[str, Any] = {"name": file.stem, "year": year_of(file.stem)}
        given |= {key: plain_value(data.attrs[key]) for key in ("name", *box.HEAD) if key in data.attrs}
        given["roles"] = roles_stated(data.attrs)
        if "town_r" in data and data["town_r"].dims == known["residence"]:
            towns = coordinates["residence"][data["town_r"].values > 0].tolist()
            stated = np.atleast_1d(given["roles"].setdefault("town", towns)).tolist()
            if set(stated) != set(towns):
                values = {"place": file, "found": ", ".join(towns), "town": ", ".join(stated)}
                problems.append(Problem("roles.town_r", values))
        given["units"] = {name: data[name].attrs["units"] for name in tables if "units" in data[name].attrs}
    seen = {key: list(dict.fromkeys(values.tolist())) for key, values in coordinates.items()}
    given["regions"] = seen["work_region"]
    given["foreign"] = [of for of in coordinates["region"].tolist() if of not in seen["work_region"]]
    given |= {"sectors": seen["sector"], "residences": seen["cell_residence"], "classes": seen["group_class"]}
    return labels_from(given, str(file), problems, of_regions), tables


def from_npz(file: Path, problems: list[Problem]) -> tuple[Labels | None, Tables]:
    """Return labels and tables of an npz file with the arrays of the box; objects are refused."""
    with zipfile.ZipFile(file) as archive:
        checked_size(file, sum(entry.file_size for entry in archive.infolist()))
    arrays: dict[str, Any] = {}
    with np.load(file, allow_pickle=False) as data:
        for name in data.files:
            if name not in (*KNOWN, *BOX_ONLY, *CODES, *KEYS, *IN_FILES, "name", *box.HEAD):
                problems.append(
                    Problem("import.unknown_file", {"value": printable(name), "near": hint(name, list(KNOWN))})
                )
                continue
            try:
                arrays[name] = data[name]
            except ValueError:
                problems.append(Problem("import.object", {"name": name}))
    if {*arrays}.isdisjoint(BESIDE) and "income_n" in arrays:
        arrays |= incomes(arrays)
    roles = roles_stated({key: arrays.pop(key) for key in KEYS if key in arrays})
    head = {key: plain_value(arrays.pop(key)) for key in ("name", *box.HEAD) if key in arrays}
    arrays = {name: value for name, value in arrays.items() if name not in BOX_ONLY}
    wanted = {**dict.fromkeys((*CODES, *IN_FILES), "U"), **dict.fromkeys(KNOWN, "fiuU")}
    strange = [name for name, value in arrays.items() if value.dtype.kind not in wanted[name]]
    lacking = [name for name in (*CODES[:3], "migration_share_gc") if name not in arrays]
    if strange or lacking:
        if lacking:
            problems.append(Problem("import.no_labels", {"name": file, "lacking": ", ".join(lacking)}))
        problems += [Problem("import.object", {"name": name}) for name in strange]
        return None, {}
    codes, sectors, residences = ([str(of) for of in np.atleast_1d(arrays[key])] for key in CODES[:3])
    groups, cells = [*arrays["migration_share_gc"].shape, 0, 0][:2]
    domestic = cells // max(1, len(residences) * len(sectors))
    pools = pools_of(groups // max(1, domestic), tuple(residences), tuple(sectors))
    classes = [str(of) for of in np.atleast_1d(arrays.get("class", pools))]
    name = head.get("name", file.stem)
    given = {"name": name, "year": year_of(str(name))} | head
    given |= {"regions": codes[:domestic], "foreign": codes[domestic:]}
    given |= {"sectors": sectors, "residences": residences, "classes": classes, "roles": roles}
    of_regions = from_columns(codes, {key: arrays[key] for key in IN_FILES if key in arrays}, problems)
    labels = labels_from(given, str(file), problems, of_regions)
    if labels is None:
        return None, {}
    if labels.classes != tuple(classes):  # groups and pools have one order here, and labels of their own in other files
        values: dict[str, object] = {"place": file, "found": ", ".join(classes), "count": len(classes)}
        problems.append(Problem("roles.classes", values))
    tables: Tables = {}
    coordinates = labels.coordinates()
    for key in [key for key in arrays if key in KNOWN]:
        if arrays[key].shape == labels.shape(key):
            tables[key] = (key, table_of(key, arrays[key], coordinates))
        else:
            tables[key] = (key, None)
            values = {"name": key, "shape": labels.shape(key), "found": arrays[key].shape}
            problems.append(Problem("import.shape", values))
    return labels, tables


def plain_value(given: Any) -> Any:
    """Return one value of an array or attribute as Python's own; several as a list."""
    array = np.asarray(given)
    return array.item() if array.size == 1 else array.tolist()


def year_of(name: str) -> int | None:
    """Return the year of a file that tells none, as those of older versions: the digits at the end of its name."""
    found = re.search(r"(1|2)\d{3}$", name)
    return int(found[0]) if found else None
