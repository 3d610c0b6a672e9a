"""A published figure beside ours, and the door through which a user's copy of published files comes in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, hint, reason

LARGEST_FILE = 300_000_000  # bytes


@dataclass(frozen=True)
class Figure:
    """One published figure and ours. `within` is the largest gap that still counts as agreement."""

    quantity: str
    unit: str
    published: float
    computed: float
    within: float
    source: str

    @property
    def gap(self) -> float:
        """Distance between the two."""
        return abs(self.computed - self.published)

    @property
    def agrees(self) -> bool:
        """Whether the computed figure lies within the published one's precision."""
        return self.gap <= self.within


def read_arrays(folder: Path, file: str, names: tuple[str, ...]) -> dict[str, FloatArray]:
    """Return named arrays of a file a user has obtained, or raise with what is missing. Nothing is unpickled."""
    path = folder / file
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DataError(Problem("replicate.bad_file", {"place": path, "why": f"> {LARGEST_FILE} bytes"}))
        with np.load(path, allow_pickle=False) as given:
            missing = [name for name in names if name not in given.files]
            if missing:
                near = hint(missing[0], given.files)
                raise DataError(
                    Problem("replicate.no_array", {"place": path, "value": ", ".join(missing), "near": near})
                )
            return {name: given[name] for name in names}
    except OSError as error:
        raise DataError(Problem("replicate.no_file", {"place": path, "why": reason(error)})) from error
    except (ValueError, AttributeError) as error:
        raise DataError(Problem("replicate.bad_file", {"place": path, "why": type(error).__name__})) from error
