"""Published results, recomputed: each figure beside the published one, with the digits it must match."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from hinterland.errors import DataError, Problem, hint
from hinterland.replications import (
    caliendo_dvorkin_parro,
    caliendo_parro,
    german_counties,
    helpman_grid,
    kleinman_liu_redding,
    us_states,
)
from hinterland.replications.figure import Figure
from hinterland.replications.tombe_zhu import tombe_zhu_2019

CASES: dict[str, Callable[[], list[Figure]]] = {"tombe-zhu-2019": tombe_zhu_2019}
# These need the published files, which a user obtains from the papers' deposits; the arrays that tell them apart.
CASES_WITH_DATA: dict[str, tuple[Callable[[Path], list[Figure]], tuple[str, ...]]] = {
    "caliendo-parro-2015": (caliendo_parro.caliendo_parro_2015, caliendo_parro.INPUTS),
    "caliendo-dvorkin-parro-2019": (
        caliendo_dvorkin_parro.caliendo_dvorkin_parro_2019,
        caliendo_dvorkin_parro.INPUTS,
    ),
    "german-counties-2018": (german_counties.german_counties_2018, german_counties.INPUTS),
    "us-states-2018": (us_states.us_states_2018, us_states.INPUTS),
    "kleinman-liu-redding-2023": (kleinman_liu_redding.kleinman_liu_redding_2023, kleinman_liu_redding.INPUTS),
    "helpman-grid-2017": (helpman_grid.helpman_grid_2017, helpman_grid.INPUTS),
}

__all__ = ["CASES", "CASES_WITH_DATA", "Figure", "find", "replicate"]


def replicate(case: str = "tombe-zhu-2019", data: str | Path | None = None) -> list[Figure]:
    """Return published and computed figures of a case; `data` is the folder of published files where it needs one."""
    known = [*CASES, *CASES_WITH_DATA]
    if case not in known:
        raise DataError(Problem("replicate.unknown", {"value": case, "near": hint(case, known)}))
    if case in CASES:
        return CASES[case]()
    if data is None:
        raise DataError(Problem("replicate.needs_data", {"value": case}))
    run, _ = CASES_WITH_DATA[case]
    return run(Path(data))


def find(data: Path) -> dict[str, Path]:
    """Return the folder of each case among the folders in `data`, told by the arrays of its inputs.npz."""
    if not data.is_dir():
        raise DataError(Problem("replicate.no_folder", {"place": data}))
    found: dict[str, Path] = {}
    for file in sorted(data.glob("*/inputs.npz")):
        names = array_names(file)
        found |= {case: file.parent for case, (_, inputs) in CASES_WITH_DATA.items() if set(inputs) <= names}
    return found


def array_names(file: Path) -> set[str]:
    """Return the names of the arrays of a file; none where it is not one."""
    try:
        with np.load(file, allow_pickle=False) as given:
            return set(given.files)
    except (OSError, ValueError):
        return set()
