"""Files to take away: charts as PNG, SVG and CSV, the tables, the IAMC table, the scenario, the report."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import hinterland as hl
from hinterland.errors import DataError, Problem
from hinterland.studio.again import DRAWN, ENDINGS
from hinterland.studio.api import State
from hinterland.studio.scenarios import scenario_of, seen, whole_state
from hinterland.studio.views import picture

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
}


def content(state: State, name: str) -> tuple[bytes, str]:
    """Return what a file holds and of what kind it is; a DataError where there is none of that name."""
    whole = whole_state(state)
    stem, _, ending = name.rpartition(".")
    if name == "scenario.yaml":
        return scenario_of(whole).to_yaml().encode(), KINDS[ending]
    if name == "results.csv":
        return hl.iamc(seen(whole).result).to_csv(index=False, lineterminator="\n").encode(), KINDS[ending]
    if name in ("tables.xlsx", "report.html"):
        return reported(whole, name), KINDS[ending]
    if ending not in ENDINGS or stem not in DRAWN:
        raise DataError(Problem("studio.no_file", {"value": f"{name:.60}"}))
    return drawn(picture(whole, stem), ending), KINDS[ending]


def drawn(shown: Any, ending: str) -> bytes:
    """Return a picture as a file, or the table behind it."""
    if ending == "png":
        return bytes(shown.png())
    if ending == "svg":
        return str(shown.svg()).encode()
    return bytes(shown.csv())


def reported(state: State, name: str) -> bytes:
    """Return the report, or the tables as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        return Path(seen(state).result.report(Path(folder) / name, state.lang)).read_bytes()
