"""One door to every economy: of the box by name, of your own by its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hinterland.data import box
from hinterland.economy.box import shipped
from hinterland.economy.economy import Economy
from hinterland.economy.files import read

DEFAULT = "china-2020"
OWN_FILES = (".npz", ".nc")  # an economy of the user's own, checked by `data import`


def load(name: str | Path = DEFAULT) -> Economy:
    """Return an economy of the box by name, or your own by the path of its file (`hinterland data import`).

    A DataError names the nearest where there is none.
    """
    name = str(name)
    if name.endswith(OWN_FILES):
        return replace(read(Path(name)), path=name)
    return shipped(box.named(name) or name)
