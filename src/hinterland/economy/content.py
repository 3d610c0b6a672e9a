"""What is worked out from a base year is kept by its content: a base year that differs anywhere is another one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

import numpy as np

BASE_YEARS = 48  # that are kept: a run with every split asks for 34, and again for the first after the last
BESIDE = ("name", "levers", "notes", "path")  # what changes a base year, what it is called, where it came from
Function = TypeVar("Function", bound=Callable[..., Any])


class BaseYear:
    """An economy that equals every other of the same base year."""

    def __init__(self, economy: Any) -> None:
        self.economy = economy

    def __hash__(self) -> int:
        return hash(self.economy.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BaseYear) and self.economy.content == other.economy.content


def kept(most: int) -> Callable[[Function], Function]:
    """Keep the last results of a function of an economy's base year, by its content and by what else is asked.

    The function must not read levers. What it returns cannot be written to.
    """

    def of(work_out: Function) -> Function:
        @lru_cache(maxsize=most)
        def known(base: BaseYear, *asked: Hashable) -> Any:
            return frozen(work_out(base.economy, *asked))

        @wraps(work_out)
        def found(economy: Any, *asked: Hashable) -> Any:
            return known(BaseYear(economy), *asked)

        return cast(Function, found)

    return of


def frozen(value: Any) -> Any:
    """Return a value whose arrays nobody can write to; an array that somebody else could write to is copied."""
    if isinstance(value, np.ndarray):
        own = value.copy() if value.flags.writeable or value.base is not None else value
        own.setflags(write=False)
        return own
    if isinstance(value, Mapping):
        return {name: frozen(part) for name, part in value.items()}
    if isinstance(value, tuple):
        parts = map(frozen, value)
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: frozen(getattr(value, field.name)) for field in fields(value)})
    return value


def content(economy: Any) -> bytes:
    """Return the SHA-256 of all that a base year holds: arrays by name, codes, labels, units, measured changes."""
    return fingerprint(
        {field.name: getattr(economy, field.name) for field in fields(economy) if field.name not in BESIDE}
    )


def fingerprint(value: Any) -> bytes:
    """Return the SHA-256 of a value and of all that it holds."""
    hashed = hashlib.sha256()
    feed(hashed, "", value)
    return hashed.digest()


def feed(hashed: Any, name: str, value: Any) -> None:
    """Add a value to a hash: its name, its kind and shape, what it holds."""
    if isinstance(value, np.ndarray | np.generic):
        hashed.update(f"{name} {value.dtype.str} {value.shape} ".encode())
        hashed.update(np.ascontiguousarray(value).data)
    elif isinstance(value, Mapping):
        hashed.update(f"{name} {len(value)} ".encode())
        for key, part in value.items():
            feed(hashed, str(key), part)
    elif is_dataclass(value):
        hashed.update(f"{name} {type(value).__qualname__} ".encode() + record(cast(Hashable, value)))
    elif plain(value):
        hashed.update(f"{name} {value!r} ".encode())
    elif isinstance(value, tuple):
        hashed.update(f"{name} {len(value)} ".encode())
        for part in value:
            feed(hashed, "", part)
    else:
        raise TypeError(f"{name}: {type(value).__name__}")  # what cannot be compared by value must not be kept


@lru_cache(maxsize=64)
def record(value: Any) -> bytes:
    """Return the fingerprint of a frozen record, such as the regions, which many economies share."""
    return fingerprint({field.name: getattr(value, field.name) for field in fields(value)})


def plain(value: Any) -> bool:
    """Whether a value is told in full by its text."""
    if isinstance(value, tuple | list):
        return all(map(plain, value))
    return value is None or isinstance(value, str | int | float)
