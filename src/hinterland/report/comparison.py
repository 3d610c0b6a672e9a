"""Compare runs that were written to folders: the same outcome of each, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hinterland.data.regions import MACRO_REGIONS, region_name
from hinterland.errors import DataError, Problem
from hinterland.report.output import Show, tell
from hinterland.report.record import read_run
from hinterland.report.tables import COLUMNS, POINTS, make, percent, variable_name
from hinterland.texts import text


def tell_rows(folders: Sequence[Path]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the runs and one row a region and outcome with the change in each."""
    runs = [read_run(folder) for folder in folders]
    bases = {run["economy"]["sha256"] for run in runs}
    if len(bases) > 1:
        raise DataError(Problem("compare.other_base", {"places": ", ".join(map(str, folders))}))
    names = [f"{run['name']} ({folder.name})" for run, folder in zip(runs, folders, strict=True)]
    places = ("China", *MACRO_REGIONS["present"])
    changes = []
    for run in runs:
        rows = [{"region": "China", **row} for row in run["headline"]] + run["regions"]
        changes.append({(row["region"], row["variable"]): row["change"] for row in rows})
    table = [
        {
            "region": place,
            "variable": variable,
            **{n: c.get((place, variable)) for n, c in zip(names, changes, strict=True)},
        }
        for variable in COLUMNS
        for place in places
    ]
    return names, table


def tell_all(folders: Sequence[Path], form: str, lang: str, show: Show) -> None:
    """Print the comparison."""
    names, rows = tell_rows(folders)

    def tables() -> list[object]:
        body = [
            (
                variable_name(row["variable"], lang) + (" (pp)" if row["variable"] in POINTS else " (%)"),
                text("place.China", lang) if row["region"] == "China" else region_name(row["region"], lang),
                *(percent(row[name], name=row["variable"]) if row[name] is not None else "–" for name in names),
            )
            for row in rows
        ]
        columns = [text("column.variable", lang), text("column.region", lang), *names]
        return [make(text("report.comparison", lang), columns, body, left=2)]

    tell(rows, form, tables, show)
