"""Local and central budgets: taxes on income pay for services, the centre gives its revenue back in grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array

from hinterland.model.levers import Levers

if TYPE_CHECKING:
    from jaxtyping import Float


class NoGovernment(NamedTuple):
    """Neutral: no taxes, no services."""

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """None."""
        del shape
        return {}

    def spent_n(self, income_n: Any, levers: Levers) -> Any:
        """Private spending, all there is."""
        del levers
        return income_n

    def kept_hat_n(self, levers: Levers, given_n: Any) -> Any:
        """Nothing is taken; what is given is income of the place."""
        del levers, given_n
        return 1.0

    def log_worth_n(self, unknown: Any) -> Any:
        """Nothing is served."""
        del unknown
        return 0.0

    def residuals(self, unknown: Any, levers: Levers, *state: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """None."""
        del unknown, levers, state
        return {}, {}


class Budgets(NamedTuple):
    r"""Every budget balances: services of a region are its own taxes and its grant.

    .. math:: G_n + \rho_n Y_n = \tau^{loc}_n Y_n + g_n \sum_m \tau^{cen}_m Y_m, \quad \sum_n g_n = 1

    Programmes take the share rho of income (the lever; none in the base year). Services are made of the same goods as
    private consumption and are worth :math:`(\hat G_n / \hat P_n \hat L_n)^{\chi_n}` to those who live there.
    Source: Fajgelbaum, Morales, Suarez Serrato and Zidar (2019), section 3 [fajgelbaum2019]. Departure: one income tax.
    """

    local_tax_n: Float[Array, "N"]  # share of income, base year
    central_tax_n: Float[Array, "N"]
    grant_share_n: Float[Array, "N"]  # of the centre's revenue
    service_elasticity_n: Float[Array, "N"]  # chi: of the worth of a place to services per head
    household_share_n: Float[Array, "N"] | None = None  # of income after taxes that is households'; None: all of it

    @staticmethod
    def optional(given: Mapping[str, Any]) -> dict[str, Any]:
        """No central tax, grants that would be alike, services that move nobody."""
        count = len(given["value_added_nj"])
        return {
            "central_tax_n": np.zeros(count),
            "grant_share_n": np.full(count, 1 / count),
            "service_elasticity_n": np.zeros(count),
        }

    def unknowns(self, shape: tuple[int, int]) -> dict[str, tuple[int, ...]]:
        """Log change of real services per head."""
        return {"log_services_n": shape[:1]}

    def now(self, levers: Levers) -> tuple[Any, Any, Any]:
        """Rates and grant shares: the lever's where it is set."""
        pairs = (
            (self.local_tax_n, levers.local_tax_n),
            (self.central_tax_n, levers.central_tax_n),
            (self.grant_share_n, levers.grant_share_n),
        )
        local, central, grant = (old if new is None else new for old, new in pairs)
        return local, central, grant

    @staticmethod
    def public_n(rates: tuple[Any, Any, Any], income_n: Float[Array, "N"]) -> Any:
        """Spending of the region's government, on services and programmes."""
        local, central, grant = rates
        return local * income_n + grant * (central * income_n).sum()

    def spent_n(self, income_n: Float[Array, "N"], levers: Levers) -> Any:
        """Private and public spending in the region; adds up to income over regions."""
        local, central, _ = self.now(levers)
        return (1 - local - central) * income_n + self.public_n(self.now(levers), income_n)

    def kept_hat_n(self, levers: Levers, given_n: Any) -> Any:
        r"""Change of the part of income that is kept.

        .. math:: \hat k_n = 1 - \frac{\tau_n (1 + t_n) - \tau^0_n - t_n}{h_n (1 - \tau^0_n)}

        Where the share h of households is known they bear all that is taxed more than in the base year, and get what is
        given, t of the region's income; else all income is theirs, and what is given is income of the place.
        """
        local, central, _ = self.now(levers)
        before = 1 - self.local_tax_n - self.central_tax_n
        if self.household_share_n is None:
            return (1 - local - central) / before
        more = (local + central) * (1 + given_n) - self.local_tax_n - self.central_tax_n - given_n
        return 1 - more / (self.household_share_n * before)

    def log_worth_n(self, unknown: Any) -> Any:
        """Log change of what services are worth."""
        return self.service_elasticity_n * unknown["log_services_n"]

    def residuals(
        self,
        unknown: Any,
        levers: Levers,
        income_n: Float[Array, "N"],
        base_income_n: Float[Array, "N"],
        log_price_n: Float[Array, "N"],
        log_people_n: Float[Array, "N"],
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Log distance of services per head from what budgets pay for; and what there is to tell."""
        base = self.public_n((self.local_tax_n, self.central_tax_n, self.grant_share_n), base_income_n)
        programmes = 0.0 if levers.programme_n is None else levers.programme_n * income_n
        services = self.public_n(self.now(levers), income_n) - programmes
        served = base > 0  # a region without services in the base year has none to change
        change = jnp.where(served, services, 1.0) / jnp.where(served, base, 1.0)
        log_services = jnp.where(served, jnp.log(change) - log_price_n - log_people_n, 0.0)
        return {"log_services_n": log_services - unknown["log_services_n"]}, {"services_n": services}

    def after(self, outcome: Any, levers: Levers) -> Budgets:
        """The rates that stand."""
        del outcome
        local, central, grant = self.now(levers)
        return self._replace(local_tax_n=local, central_tax_n=central, grant_share_n=grant)
