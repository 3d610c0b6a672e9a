"""What people who look ahead cannot know: changes after the horizon, and limits on people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hinterland.errors import Problem, several
from hinterland.policy.policy import Changes


def unforeseeable(changes: Iterable[Changes], ends: Mapping[str, int], base: int, horizon: int) -> Iterator[Problem]:
    """Yield the policies that still change after the horizon, and a limit on people: its price goes by the year.

    `ends`: by policy, the year from which it changes no more.
    """
    late = {name: year for name, year in ends.items() if year > base + horizon}
    if late:
        last = max(late.values())
        yield Problem("scenario.unforeseen", {"names": several([*late]), "year": last, "horizon": last - base})
    if any("capacity_n" in of for of in changes):
        yield Problem("scenario.unforeseen_limit")
