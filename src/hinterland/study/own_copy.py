"""A table of a result: worked out when it is first asked for, and handed to each who asks as a copy of his own.

Some tables are worked out of others: what a user writes into one must reach no other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

import pandas as pd

R = TypeVar("R")


class own_copy(Generic[R]):  # noqa: N801 - it is written as a decorator, as property is
    """A property that keeps the table it returns and copies it for each who asks: some 20 microseconds a time."""

    def __init__(self, work_out: Callable[[R], pd.DataFrame]) -> None:
        self.work_out, self.__doc__ = work_out, work_out.__doc__
        self.place = f"_{work_out.__name__}"

    @overload
    def __get__(self, record: None, owner: type[R]) -> own_copy[R]: ...

    @overload
    def __get__(self, record: R, owner: type[R]) -> pd.DataFrame: ...

    def __get__(self, record: R | None, owner: type[R]) -> Any:
        if record is None:
            return self
        kept = vars(record)
        if self.place not in kept:
            kept[self.place] = self.work_out(record)
        return kept[self.place].copy()
