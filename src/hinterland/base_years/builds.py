"""The base years that are built from figures in the box, with their labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from hinterland.base_years import china_2010, china_2020
from hinterland.base_years.flows import BLOCS
from hinterland.base_years.workers import SECTORS
from hinterland.data import box
from hinterland.errors import DataError, Problem

BUILT = ("china-2010", "china-2020")


def labelled(name: str) -> dict[str, Any]:
    """Return every array of a base year with the labels of its axes and its head, in the order of the shipped file.

    The head comes from the list of economies, so that what is built says what it counts in wherever it is put.
    """
    if name not in BUILT:
        raise DataError(Problem("data.no_builder", {"name": name, "known": ", ".join(BUILT)}))
    head = {key: np.array(value) for key, value in box.head(name).items()}
    if name == "china-2010":
        codes = np.array([*china_2010.codes(), china_2010.WORLD])
        return {"region_code": codes, "sector": np.array(china_2010.SECTORS), **china_2010.build(), **head}
    return {
        "region_code": np.array([*china_2020.codes(), *BLOCS]),
        "sector": np.array(SECTORS),
        "residence": np.array(china_2020.RESIDENCES),
        **china_2020.build(),
        **china_2020.beside(),
        **head,
    }
