"""Published results, recomputed: each figure beside the published one, with the digits it must match."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hinterland.errors import DataError, Problem, nearest
from hinterland.published.caliendo_dvorkin_parro import caliendo_dvorkin_parro_2019
from hinterland.published.caliendo_parro import caliendo_parro_2015
from hinterland.published.figure import Figure
from hinterland.published.german_counties import german_counties_2018
from hinterland.published.helpman_grid import helpman_grid_2017
from hinterland.published.tombe_zhu import tombe_zhu_2019
from hinterland.published.us_states import us_states_2018

CASES: dict[str, Callable[[], list[Figure]]] = {"tombe-zhu-2019": tombe_zhu_2019}
# These need the published files, which a user obtains from the papers' deposits.
CASES_WITH_DATA: dict[str, Callable[[Path], list[Figure]]] = {
    "caliendo-parro-2015": caliendo_parro_2015,
    "caliendo-dvorkin-parro-2019": caliendo_dvorkin_parro_2019,
    "german-counties-2018": german_counties_2018,
    "us-states-2018": us_states_2018,
    "helpman-grid-2017": helpman_grid_2017,
}

__all__ = ["CASES", "CASES_WITH_DATA", "Figure", "replicate"]


def replicate(case: str = "tombe-zhu-2019", data: str | Path | None = None) -> list[Figure]:
    """Return published and computed figures of a case; `data` is the folder of published files where it needs one."""
    known = [*CASES, *CASES_WITH_DATA]
    if case not in known:
        raise DataError(Problem("replicate.unknown", {"value": case, "near": nearest(case, known)}))
    if case in CASES:
        return CASES[case]()
    if data is None:
        raise DataError(Problem("replicate.needs_data", {"value": case}))
    return CASES_WITH_DATA[case](Path(data))
