"""Inverse Jacobians of base years, stored beside compiled programs: forming one is the slowest part of a first answer.

A file is named by all that the inverse follows from: the model's blocks and arrays, the code of equations and solver,
the versions of jax, its compiler and NumPy. What is read is what was written, to the last bit, and no more than a
preconditioner: a solution is judged by its residuals wherever the steps came from.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jax
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.save import save_atomically
from hinterland.errors import DataError
from hinterland.model.model import Model

WORTH = 0.3  # seconds of forming from which it pays to store; once a program is loaded the next takes less
MOST = 16  # that are kept, the last used ones; 3 MB each for 31 provinces
CODE = ("model", "solve")
_config: Any = jax.config


def stored(model: Model, size: int, form: Callable[[], FloatArray | None]) -> FloatArray | None:
    """Return the inverse of a model's base year, (U, U), as it was stored, or formed and stored where that took long.

    Nothing is stored where jax keeps no programs, and nothing is said where the folder cannot be written.
    """
    folder = _config.jax_compilation_cache_dir
    if not folder:
        return form()
    path = Path(folder) / "inverses" / f"{fingerprint(model)}.npy"
    if (known := read(path, size)) is not None:
        return known
    start = time.perf_counter()
    formed = form()
    if formed is not None and time.perf_counter() - start > WORTH:
        with suppress(DataError, OSError):  # another process may have been first
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)  # what could not be read
            save_atomically(path, lambda new: np.save(new, formed))
            forget(path.parent)
    return formed


def read(path: Path, size: int) -> FloatArray | None:
    """Return what a file holds; None where there is none, or something else in it."""
    try:
        known = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    with suppress(OSError):  # a folder that many share may be read alone
        path.touch()
    sound = known.shape == (size, size) and known.dtype == np.float64 and bool(np.isfinite(known).all())
    return known if sound else None


def forget(folder: Path) -> None:
    """Remove all files but those that were used last."""
    for path in sorted(folder.glob("*.npy"), key=lambda file: file.stat().st_mtime)[:-MOST]:
        path.unlink(missing_ok=True)


def fingerprint(model: Model) -> str:
    """Return the SHA-256 of all that an inverse follows from."""
    leaves, tree = jax.tree.flatten(model)
    hashed = hashlib.sha256(f"{code()} {tree} {_config.values['jax_disable_most_optimizations']}".encode())
    for leaf in map(np.asarray, leaves):
        hashed.update(f"{leaf.dtype.str} {leaf.shape} ".encode())
        hashed.update(np.ascontiguousarray(leaf).data)
    return hashed.hexdigest()


@cache
def code() -> str:
    """Return the SHA-256 of the code of equations and solver, with the versions of what it runs on."""
    versions = " ".join(map(version, ("jax", "jaxlib", "numpy")))
    hashed, package = hashlib.sha256(versions.encode()), Path(__file__).parents[1]
    for file in sorted(file for folder in CODE for file in (package / folder).glob("*.py")):
        hashed.update(file.name.encode() + file.read_bytes())
    return hashed.hexdigest()
