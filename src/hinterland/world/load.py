"""The public door to economies: one of a file must balance, as one of the box does."""

from __future__ import annotations

from pathlib import Path

from hinterland.economy import load as economies
from hinterland.economy.economy import Economy


def load(name: str | Path = economies.DEFAULT) -> Economy:
    """Return an economy of the box by name, or your own by the path of its file (`hinterland data import`).

    A DataError names the nearest where there is none, and what a model cannot read of your own: a base year that does
    not balance, say.
    """
    economy = economies.load(name)
    if economy.path:
        from hinterland.world.of_economy import world_of

        world_of(economy)
    return economy
