"""Make a base year anew from the figures in the box, and say whether it is the one that is shipped."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from hinterland.base_years.builds import labelled
from hinterland.data import box
from hinterland.errors import DataError, Problem
from hinterland.texts import text


def tell_build(name: str, out: Path, lang: str) -> str:
    """Write a base year to a new file, by way of a temporary one, and return what to say of it."""
    arrays = labelled(name)
    if out.exists():
        raise DataError(Problem("report.exists", {"place": out}))
    try:
        handle, made = tempfile.mkstemp(prefix=f".{out.name}-", suffix=".npz", dir=out.absolute().parent)
        os.close(handle)
        try:
            np.savez_compressed(made, **arrays)
            same = Path(made).read_bytes() == box.arrays_file(name).read_bytes()
            Path(made).chmod(0o644)
            Path(made).rename(out)
        finally:
            Path(made).unlink(missing_ok=True)
    except OSError as error:
        raise DataError(Problem("report.unwritable", {"place": out, "why": error.strerror})) from error
    told = text("data.same" if same else "data.other", lang)
    return text("data.built", lang, name=name, place=out, same=told)
