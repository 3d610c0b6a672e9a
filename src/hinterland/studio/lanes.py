"""Work in its turn: one quick lane for moves, one for what takes longer; who has left is not worked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
LONGEST = 32  # who wait in a lane


class FullError(Exception):
    """Too many wait already."""


class LeftError(Exception):
    """Whoever asked has closed the page."""


class Lane:
    """One thread's work, in the order in which it is asked for."""

    def __init__(self) -> None:
        self.waiting, self.turn = 0, asyncio.Lock()

    async def run(self, request: Any, work: Callable[[], T]) -> T:
        """Return what the work gives, once it is its turn; nothing is begun for a page that is closed."""
        if self.waiting >= LONGEST:
            raise FullError
        self.waiting += 1
        try:
            async with self.turn:
                if await request.is_disconnected():
                    raise LeftError
                return await asyncio.to_thread(work)
        finally:
            self.waiting -= 1
