"""Saving: what is written appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hinterland.errors import DataError, Problem, reason


def require_folder(target: Path) -> None:
    """Raise a DataError where the folder of what is to be written does not exist: its name may be a slip."""
    missing = [above for above in target.parents if not above.exists()]
    if missing:
        raise DataError(Problem("report.no_folder", {"place": target, "folder": missing[-1]}))


def save_atomically(target: str | Path, write: Callable[[Path], object]) -> Path:
    """Let `write` make a file or folder under a temporary name, then move it; what exists is not touched."""
    target = Path(target)
    if target.exists() or target.is_symlink():
        raise DataError(Problem("report.exists", {"place": target}))
    require_folder(target)
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.absolute().parent))
        try:
            write(beside / target.name)
            (beside / target.name).rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DataError(Problem("report.unwritable", {"place": target, "why": reason(error)})) from error
    return target
