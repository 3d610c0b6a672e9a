"""The base years built from figures in the box: the module here that bears the name of an economy builds it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

import numpy as np

from hinterland.base_years.sheet import Record
from hinterland.calibrate.checked import Row
from hinterland.data import box
from hinterland.errors import DataError, Problem


class BaseYear(Protocol):
    """What the module of a built base year offers."""

    @staticmethod
    def labelled() -> dict[str, Any]:
        """Return every array with the labels of its axes."""

    @staticmethod
    def checks() -> list[Row]:
        """Hold the arrays to official totals and identities."""

    @staticmethod
    def sheet() -> list[Record]:
        """Return the balance sheet as shipped."""

    @staticmethod
    def account_rows() -> list[Record]:
        """Return the accounts of provinces, wages beside observed ones, values to compare; none where not built."""

    @staticmethod
    def implied() -> list[Record]:
        """Return what the base year implies, without a verdict."""


def module_of(name: str) -> str:
    """Return the module that builds an economy of this name, if there is one."""
    return f"{__package__}.{name.replace('-', '_')}"


def built() -> list[str]:
    """Return the economies of the box that are built from figures."""
    return [name for name in box.economies() if find_spec(module_of(name))]


def base_year(name: str) -> BaseYear:
    """Return the builder of an economy of the box."""
    return cast(BaseYear, import_module(module_of(name)))


def labelled(name: str) -> dict[str, Any]:
    """Return every array of a base year with the labels of its axes and its head, in the order of the shipped file.

    The head comes from the list of economies, so that what is built says what it counts in wherever it is put.
    """
    if name not in built():
        raise DataError(Problem("data.no_builder", {"name": name, "known": ", ".join(built())}))
    return base_year(name).labelled() | {key: np.array(value) for key, value in box.head(name).items()}
