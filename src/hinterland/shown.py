"""How a record is shown: asked here, answered by the folder that writes tables and pictures.

Records stand below `report` and know nothing of it; the package itself says who answers (docs/decisions/0022).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd


class Picture(Protocol):
    """A picture that a notebook shows: `report/charts` makes it."""

    @property
    def sentence(self) -> str:
        """What is seen."""

    @property
    def spec(self) -> dict[str, Any]:
        """Its spec of Vega-Lite with the data inside."""

    @property
    def table(self) -> pd.DataFrame:
        """The numbers behind it."""

    def svg(self) -> str:
        """Return it as SVG that stands alone."""

    def png(self, scale: float = 2.0) -> bytes:
        """Return it as PNG, `scale` times its size in pixels."""

    def csv(self) -> bytes:
        """Return the table behind it as CSV."""


class Shows(Protocol):
    """What is asked about records: `report/notebook.py` is one."""

    def words(self, record: Any) -> str:
        """Return a few lines for a prompt."""

    def html(self, record: Any) -> str:
        """Return a table, and a picture where there is one, as HTML."""

    def table(self, record: Any, name: str, lang: str) -> pd.DataFrame:
        """Return a table of a record with its heads and labels in one language."""

    def plot(self, record: Any, name: str, variable: str | None, lang: str, **options: Any) -> Picture:
        """Return a picture of a record."""

    def report(self, record: Any, path: str | Path, lang: str, geojson: str | Path | None = None) -> Path:
        """Write the report of a record to a new file."""

    def comparison(self, frame: pd.DataFrame, regions: Any, units: Mapping[str, str], lang: str) -> pd.DataFrame:
        """Return what `compare` found with its heads and labels in one language."""


_answering: list[Callable[[], Shows]] = []


def answered_by(load: Callable[[], Shows]) -> None:
    """Say who answers: a function that loads it, called when something is first shown."""
    _answering[:] = [load]


def shows() -> Shows:
    """Return who answers."""
    return _answering[0]()


class Shown:
    """A record that a notebook shows as a table, in the language of the environment."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return shows().html(self)
