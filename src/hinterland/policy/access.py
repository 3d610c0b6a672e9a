"""New lines: what they do to travel times between provinces, and times to costs of trade and of moving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland import schema
from hinterland.arrays import FloatArray
from hinterland.data import network
from hinterland.data.network import Link
from hinterland.data.regions import china
from hinterland.economy.content import kept
from hinterland.economy.economy import Economy
from hinterland.errors import DataError, PolicyError, Problem, places

MOST = 64  # sets of new links whose changes are kept
TRADE, PEOPLE = "china-2020.trade_time_elasticity", "china-2020.migration_time_elasticity"


def links_of(line: Sequence[str], mode: str, speed: float, where: str) -> tuple[Link, ...]:
    """Return the links of a line, or raise a PolicyError that says where the line was written."""
    try:
        return network.line(line, mode, speed)
    except DataError as error:
        raise PolicyError(
            [Problem("policy.line", {"where": where, "why": problem}) for problem in error.problems]
        ) from error


def require_provinces(economy: Economy, instrument: str) -> None:
    """Raise a PolicyError where an instrument reckons with figures of provinces that the box has not for a region."""
    strange = [economy.regions.label(code) for code in economy.domestic_codes if code not in china().by_code]
    if strange:
        where = places(strange, len(economy.domestic_codes))
        values: dict[str, object] = {"where": instrument, "economy": economy.name, "places": where}
        raise PolicyError(Problem("policy.needs_provinces", values))


@kept(MOST)
def time_hats(economy: Economy, links: frozenset[Link]) -> dict[str, FloatArray]:
    """Return the changes of trade and migration costs with new links in place, all at once; kept by the links."""
    extra = tuple(sorted(links))
    before = network.hours_ni(economy.year, codes=economy.domestic_codes)
    after = network.hours_ni(economy.year, extra, economy.domestic_codes)
    return cost_hats(economy, network.ratio_ni(after, before))


def cost_hats(economy: Economy, time_hat_ni: FloatArray) -> dict[str, FloatArray]:
    r"""Costs follow times: :math:`\hat\tau = \hat t^{\eta_t}` (goods), :math:`\hat\mu = \hat t^{\eta_m}` (people)."""
    trade, people = (schema.parameters()[key].value for key in (TRADE, PEOPLE))
    home = slice(economy.cells.regions)
    trade_hat = np.ones_like(economy.arrays["trade_share_nij"])
    trade_hat[home, home] = (time_hat_ni**trade)[:, :, None]
    people_hat = time_hat_ni[economy.cells.home_g][:, economy.cells.index_c[0]] ** people
    return {"trade_cost_hat_nij": trade_hat, "migration_cost_hat_gc": people_hat}
