"""Try the engine on thousands of random worlds: `python -m benchmarks.stress [--stratum NAME ...] [--only CASE ...]`.

Strata, counts and seeds stand here and were fixed before the engine was tuned to any of them. A case is a stratum and
an index; it can be built again alone: `world_of_case("walls", 17)`.
"""

from __future__ import annotations

from dataclasses import dataclass

SEED = 20260713


@dataclass(frozen=True)
class Stratum:
    """One kind of trouble. Factors are the largest by which a shock multiplies or divides; one: no shock."""

    name: str
    worlds: int
    what: str
    trade: float = 1.0  # costs of trade
    productivity: float = 1.0
    people: float = 1.0  # costs of migration and of the way to work, amenity
    rest: float = 1.05  # tariffs, taxes, wedges of capital, homes
    links: str = "dense"  # or sparse, thin: parts whose shares across are 0, 1e-18, 1e-9 or 1e-6
    walls: bool = False  # the whole shock stands between two halves and nowhere else
    elasticities: str = "usual"  # or wide: over their ranges; strong: agglomeration beyond what repels
    transfers: str = "closed"  # or kept; within: balanced in each part; across: between parts; beyond: above any income
    shapes: str = "small"  # or large: 100 to 400 regions


STRATA = (
    Stratum("calm", 300, "every lever by at most 5 %", 1.05, 1.05, 1.05, transfers="kept"),
    Stratum("trade", 600, "costs of trade by up to 1,000", trade=1e3),
    Stratum("productivity", 600, "productivity by up to 1,000", productivity=1e3),
    Stratum("people", 600, "costs of moving and of the way to work by up to 1,000", people=1e3),
    Stratum("all", 600, "all of these at once by up to 1,000", 1e3, 1e3, 1e3, 2.0),
    Stratum("sparse", 500, "most pairs never trade; shocks by up to 100", 100, 10, 10, links="sparse"),
    Stratum("thin", 600, "parts that hardly meet or never; shocks by up to 10", 10, 3, 10, links="thin"),
    Stratum("walls", 500, "costs between two halves by up to 1,000", 1e3, 1.2, 1e3, walls=True),
    Stratum("within", 400, "transfers that balance in parts that hardly meet", 2, 1.2, links="thin", transfers="within"),
    Stratum("across", 200, "transfers between parts that hardly meet", 1.2, links="thin", transfers="across"),
    Stratum("beyond", 200, "a transfer above all that the world earns", 1.2, 1.2, transfers="beyond"),
    Stratum("wide", 500, "elasticities over their ranges; shocks by up to 10", 10, 10, 10, 1.5, elasticities="wide"),
    Stratum("strong", 200, "agglomeration beyond what repels; shocks by half", 1.5, 1.5, 1.5, elasticities="strong"),
    Stratum("rates", 300, "taxes, tariffs, wedges, homes by up to 1,000", 1.2, 1.2, 1.2, rest=1e3),
    Stratum("large", 60, "100 to 400 regions; shocks by up to 100", 100, 10, 100, shapes="large"),
    Stratum("large walls", 40, "100 to 400 regions in two halves", 1e3, 1.2, 1e3, walls=True, shapes="large"),
)
