"""Work in its turn: one quick lane for moves, one for what takes longer; who has left is not worked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from hinterland.errors import HinterlandError

T = TypeVar("T")
LONGEST = 32  # who wait in a lane


class FullError(Exception):
    """Too many wait already."""


class LeftError(Exception):
    """Whoever asked has closed the page."""


class FailedError(Exception):
    """Something is wrong inside: its cause is printed where the program runs."""


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
                return await asyncio.to_thread(self.done, work)
        finally:
            self.waiting -= 1

    @staticmethod
    def done(work: Callable[[], T]) -> T:
        """Return what the work gives; what nobody foresaw is logged and hidden from the page."""
        try:
            return work()
        except HinterlandError:
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("a question could not be answered")
            raise FailedError from error
