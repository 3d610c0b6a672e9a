"""Tell what was taken in from a user's files, and where an economy was written for editing."""

from __future__ import annotations

import sys
from pathlib import Path

from hinterland.economy import files as exchange
from hinterland.economy.load import load
from hinterland.economy.sheets import array_units
from hinterland.report.tables import unit_name
from hinterland.texts import text


def tell_import(path: str | Path, out: str | Path, lang: str) -> Path:
    """Check an economy from files, write `NAME.npz` into the folder `out` (or to it, if it ends so), say what it is."""
    from hinterland.world.of_economy import world_of

    economy = exchange.read(path)
    world_of(economy)  # the door of the model: what single tables do not show
    target = Path(out) if Path(out).suffix == ".npz" else Path(out) / f"{economy.name}.npz"
    written = exchange.write_npz(economy, target)
    domestic = len(economy.domestic_codes)
    values: dict[str, object] = {
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
    sys.stdout.write(text("import.done", lang, **values) + "\n")
    sys.stdout.write(text("import.use", lang, place=written, shown=str(written)) + "\n")
    return written


def tell_export(name: str, out: str | Path, form: str, lang: str) -> Path:
    """Write an economy as a new folder of CSV tables (`csv`) or as a new NetCDF file (`netcdf`), say where."""
    economy = load(name)
    written = exchange.export_netcdf(economy, out) if form == "netcdf" else exchange.export(economy, out)
    sys.stdout.write(text("import.exported", lang, name=economy.name, place=written) + "\n")
    return written
