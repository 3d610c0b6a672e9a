"""Economies out and in: a base year built anew, an economy written for editing, one taken in from a user's files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hinterland import schema
from hinterland.data import box
from hinterland.data.save import require_folder, save_atomically
from hinterland.economy import files
from hinterland.economy.economy import BESIDE, Economy, original
from hinterland.economy.load import OWN_FILES, load
from hinterland.economy.sheets import array_units
from hinterland.errors import DataError, Problem
from hinterland.report.answer import Answer
from hinterland.report.export import check_out, write_tables
from hinterland.report.tables import unit_name
from hinterland.texts import text

FORMS = {".nc": "netcdf", ".xlsx": "xlsx"}  # of what an economy is written as, by ending; else a folder of CSV
CHANGED = {"deficits": "transfer_n", "trade": "value_added_nj"}  # by either way to balance


def build(name: str, out: Path, lang: str) -> str:
    """Write a base year built from the figures in the box to a new file; say whether it is the one that is shipped."""
    from hinterland.base_years.builds import labelled

    check_out(out)
    arrays = labelled(name)

    def write(file: Path) -> None:
        with file.open("wb") as stream:  # by its name NumPy would add an ending
            np.savez_compressed(stream, **arrays)
        file.chmod(0o644)

    save_atomically(out, write)
    same = out.read_bytes() == box.arrays_file(name).read_bytes()
    return text("data.built", lang, name=name, place=out, same=text("data.same" if same else "data.other", lang))


def take_in(path: str | Path, out: str | Path, lang: str, balance: str | None = None) -> str:
    """Check an economy from files, write it into the folder `out` (or to `out`, if that ends in .npz), say what.

    `balance` says what a base year means that does not balance: "deficits" or "trade".
    """
    ending = Path(out).suffix
    if ending.isascii() and ending[1:].isalpha() and ending != ".npz" and not Path(out).is_dir():
        raise DataError(Problem("import.ending", {"place": out}))
    require_folder(Path(out))
    economy, notes = passed(path, lang, balance)
    target = Path(out) if ending == ".npz" else Path(out) / f"{original(economy.name)}.npz"
    target.parent.mkdir(exist_ok=True)
    files.write_npz(economy, target)
    return "\n".join((*notes, text("import.use", lang, place=target, shown=str(target))))


def passed(path: str | Path, lang: str, balance: str | None = None) -> tuple[Economy, list[str]]:
    """Return an economy from files that keeps every rule, and what is to be known of it; raise with all it breaks."""
    from hinterland.world.of_economy import evened, is_even, world_of

    economy, notes = replace(files.read(path), path=str(path)), list[str]()
    if balance is not None and not is_even(economy):
        economy = evened(economy, balance)
        kept = [name for name in (*economy.arrays, *BESIDE) if schema.arrays()[name].unit.startswith("currency")]
        names = ", ".join(name for name in kept if name != CHANGED[balance])
        notes.append(text("import.evened", lang, way=text(f"note.balance.{balance}", lang), names=names))
    world_of(economy)  # the model's own checks: what single tables do not show
    return economy, [text("import.done", lang, **summary(economy, lang)), *notes]


def is_own(name: str) -> bool:
    """Whether what is asked about is an economy in files, not one of the box."""
    return name not in ("", *box.economies()) and (name.endswith(OWN_FILES) or Path(name).is_dir())


def summary(economy: Economy, lang: str) -> dict[str, Any]:
    """Return the size of an economy: its regions, sectors, workers, value added."""
    domestic = len(economy.domestic_codes)
    return {
        "name": economy.name,
        "year": economy.year,
        "regions": len(economy.region_codes),
        "domestic": domestic,
        "sectors": ", ".join(economy.sectors),
        "workers": float(economy.group_size_g.sum()),
        "added": float(economy.arrays["value_added_nj"][:domestic].sum()),
        "unit": unit_name(array_units(economy.units)["value_added_nj"], lang),
        "arrays": len(economy.arrays),
    }


def checked(path: str | Path, lang: str) -> Answer:
    """Check an economy from files by every rule of the import, and say what it is; nothing is written."""
    economy, notes = passed(path, lang)
    words = "\n".join((*notes, text("import.checked", lang, place=path)))
    return Answer([summary(economy, lang)], dict, closing=words)


def write_out(name: str, out: str | Path, form: str | None, lang: str) -> str:
    """Write an economy as a new folder of CSV tables, a new NetCDF file or a new workbook, say where.

    The ending of a file's name says which of them (`FORMS`), where no form is asked for.
    """
    economy, ending = load(name), Path(out).suffix
    if form is None and ending.isascii() and ending[1:].isalpha() and ending.lower() not in FORMS:
        raise DataError(Problem("import.export_ending", {"place": out}))
    form = form or FORMS.get(ending.lower(), "csv")
    if form == "xlsx":
        place = write_tables(sheets(economy, lang), Path(out))
        return text("import.exported_sheets", lang, name=economy.name, place=place)
    place = files.export_netcdf(economy, out) if form == "netcdf" else files.export(economy, out)
    return text("import.exported", lang, name=economy.name, place=place)


def sheets(economy: Economy, lang: str) -> dict[str, pd.DataFrame]:
    """Return an economy as the sheets of a workbook: what each array is, in which unit, and a sheet for each array."""
    tables, units = files.tables_of(economy), array_units(economy.units)
    marks = {row["array"]: row for row in box.manifest(of)} if (of := original(economy.name)) in box.economies() else {}
    rows = [
        {
            "array": name,
            "title": marks[name][lang] if name in marks else "",
            "unit": unit_name(units[name], lang),
            "status": text(f"status.{marks[name]['status']}", lang) if name in marks else "",
            "source": marks[name]["source"] if name in marks else "",
        }
        for name in tables
    ]
    heads = [text(f"column.{name}", lang) for name in rows[0]]
    about = pd.DataFrame([list(row.values()) for row in rows], columns=heads)
    values = {name: f"{text('column.value_plain', lang)} ({unit_name(units[name], lang)})" for name in tables}
    named = {name: table.rename(columns={"value": values[name]}) for name, table in tables.items()}
    return {text("import.contents", lang): about, **named}
