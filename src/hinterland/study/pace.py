"""How fast people follow: shares of them who choose anew in a year."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Real
from typing import NamedTuple

from hinterland import schema
from hinterland.errors import PolicyError, Problem
from hinterland.policy.costs import evidence
from hinterland.study.drivers import one_at_a_time

AMONG, INSIDE = "core.mobility_among", "core.mobility_inside"
FASTEST = 0.4  # of people who choose anew in a year: beyond, what they leave and go to swings to and fro


class Pace(NamedTuple):
    """Shares of people who choose anew in a year: between all provinces, and inside their own."""

    among: float
    inside: float

    @classmethod
    def known(cls) -> Pace:
        """Return the pace of the evidence table; it is assumed."""
        return cls(evidence(AMONG), evidence(INSIDE))

    @classmethod
    def ends(cls) -> list[Pace]:
        """Return the slowest and the fastest pace that the evidence leaves, and both shares at opposite ends."""
        among, inside = (schema.evidence()[key] for key in (AMONG, INSIDE))
        return [cls(one, other) for one in (among.low, among.high) for other in (inside.low, inside.high)]

    def varied(self) -> Iterator[tuple[str, float, Pace]]:
        """Yield each share at the ends of its range, the other as it is: its name, the end, and both."""
        return one_at_a_time(self, {"among": AMONG, "inside": INSIDE})


def require_pace(pace: Pace) -> None:
    """Raise where shares of people who choose anew are no shares, or together more than all.

    Where nobody chooses between provinces people never come to the rest point.
    """
    shares = (*pace, None, None)[:2] if isinstance(pace, tuple) else (pace, None)
    known = isinstance(pace, Pace) and all(isinstance(share, Real) for share in pace)
    if not (known and pace.among > 0 and pace.inside >= 0 and sum(pace) <= FASTEST):
        said = dict(zip(("among", "inside"), (f"{share!s:.20}" for share in shares), strict=True))
        raise PolicyError(Problem("path.pace", {**said, "most": FASTEST}))
