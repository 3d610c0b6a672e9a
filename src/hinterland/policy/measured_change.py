"""A change measured in the data, fed to the model through the same door as a policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hinterland.economy import Economy
from hinterland.errors import PolicyError, Problem
from hinterland.policy.policy import Policy


@dataclass(frozen=True, kw_only=True)
class MeasuredChange(Policy):
    r"""Apply a measured series, or a share of it: :math:`\hat x^{share}`.

    `scope` says which trade it is for: internal (between provinces), external (with the world) or all.
    """

    instrument: ClassVar[str] = "measured_change"
    parameter: ClassVar[str] = "share"
    choices: ClassVar[dict[str, tuple[str, ...]]] = {
        "series": ("trade_cost_2002_2007", "migration_cost_2000_2005"),
        "scope": ("all", "internal", "external"),
    }
    series: str = "trade_cost_2002_2007"
    scope: str = "all"
    share: float = 1.0

    def apply(self, economy: Economy) -> Economy:
        """Write the lever the series belongs to."""
        if self.series not in economy.measured:
            known = ", ".join(economy.measured) or "-"
            where = f"{self.instrument}.series"
            values: dict[str, object] = {"where": where, "value": self.series, "economy": economy.name, "known": known}
            raise PolicyError(Problem("policy.no_series", values))
        hat = np.asarray(economy.measured[self.series] ** self.share)
        if self.series.startswith("migration_cost"):
            return economy.with_levers(migration_cost_hat_gc=hat)
        external = np.zeros(hat.shape, dtype=bool)
        abroad = slice(economy.cells.regions, None)
        external[abroad], external[:, abroad] = True, True
        kept = {"all": np.ones_like(external), "internal": ~external, "external": external}[self.scope]
        return economy.with_levers(trade_cost_hat_nij=np.where(kept, hat, 1.0))
