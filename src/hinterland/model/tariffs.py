"""Tariffs: a part of the barrier to trade that yields revenue to the region that buys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class FreeTrade(NamedTuple):
    """Neutral: no tariffs, and what is spent reaches the sellers."""

    def barrier_hat_nij(self, levers: Levers) -> Any:
        """Change of the barrier to trade: its iceberg cost."""
        return levers.trade_cost_hat_nij

    def net(self, kernel_jni: Float[Array, "J N N"], levers: Levers) -> Any:
        """Kernel of what reaches the sellers."""
        del levers
        return kernel_jni

    def revenue_n(self, spending_nj: Any, market_nj: Any, net_market_nj: Any) -> Any:
        """No revenue."""
        del spending_nj, market_nj, net_market_nj
        return 0.0


class Tariffs(NamedTuple):
    """Ad valorem rates of the base year; the lever of the same name holds the new ones."""

    tariff_nij: Float[Array, "N N J"]

    def now_nij(self, levers: Levers) -> Any:
        """New rates, those of the base year where none are set."""
        return self.tariff_nij if levers.tariff_nij is None else levers.tariff_nij

    def barrier_hat_nij(self, levers: Levers) -> Any:
        """Change of the barrier to trade: iceberg cost times one plus the tariff."""
        barrier = (1 + self.now_nij(levers)) / (1 + self.tariff_nij)
        return barrier if levers.trade_cost_hat_nij is None else barrier * levers.trade_cost_hat_nij

    def net(self, kernel_jni: Float[Array, "J N N"], levers: Levers) -> Any:
        """Kernel of what reaches the sellers: the kernel over one plus the tariff."""
        return kernel_jni / (1 + self.now_nij(levers).transpose(2, 0, 1))

    def revenue_n(
        self,
        spending_nj: Float[Array, "N J"],
        market_nj: Float[Array, "N J"],
        net_market_nj: Float[Array, "N J"],
    ) -> Float[Array, "N"]:
        r"""Tariffs that region n collects: what is spent less what reaches the sellers.

        .. math:: T_n = \sum_j X_{nj} \left(1 - \sum_i \frac{\pi_{nij}}{1 + t_{nij}}\right)

        The bracket is one less the market's competitiveness net of tariffs over its whole.
        Source: Caliendo and Parro (2015), eq. (7) [caliendoparro2015]. Departure: none.
        """
        return (spending_nj * (1 - net_market_nj / market_nj)).sum(axis=1)

    def after(self, outcome: Any, levers: Levers) -> Tariffs:
        """The rates that stand."""
        del outcome
        return Tariffs(self.now_nij(levers))
