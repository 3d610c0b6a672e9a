"""A nested choice: kappa between regions, kappa_in between the cells of one; equal, it is flat. Forwards and back.

Only methods of arrays are used, so that NumPy and jax are served alike.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hinterland.model.cells import Cells


class Nest(NamedTuple):
    """Cells of regions, and how closely choices follow what these offer."""

    cells: Cells
    outer: Any  # kappa: between regions
    inner: Any  # kappa_in: between residences and sectors of a region

    def weight_gc(self, flat_gc: Any, migration_share_gc: Any) -> Any:
        r"""Terms of the sum that makes shares, from those of a flat choice and base shares.

        .. math:: x_{gc} S_{gn}^{\kappa/\kappa_{in} - 1}, \quad S_{gn} = \sum_{c \in n} x_{gc} / \sum_{c \in n} m_{gc},
                  \quad x_{gc} = m_{gc} \hat v_{gc}^{\kappa_{in}}

        with v what a cell offers over its cost. The sum is the change of expected utility to the power kappa.
        """
        weight_gnc = flat_gc.reshape(len(flat_gc), self.cells.regions, self.cells.per_region)
        base_gn = self.cells.by_region(migration_share_gc)
        empty_gn = base_gn <= 0  # where nobody was nobody goes
        ratio_gn = weight_gnc.sum(axis=2) / (base_gn + empty_gn)
        nested_gn = (ratio_gn + empty_gn) ** (self.outer / self.inner - 1)
        return (weight_gnc * nested_gn[:, :, None]).reshape(flat_gc.shape)

    def split_gc(self, migration_share_gc: Any) -> tuple[Any, Any]:
        """Share of a cell's region, and of the cell inside it: zero where nobody went."""
        of_region_gc = self.cells.by_region(migration_share_gc).repeat(self.cells.per_region, axis=1)
        return of_region_gc, migration_share_gc / (of_region_gc + (of_region_gc <= 0))

    def expected_g(self, migration_share_gc: Any, reference_g: Any) -> Any:
        r"""Expected utility of a group over what its cell of reference offers, as shares reveal it.

        .. math:: m_{go}^{-1/\kappa} (m_{g,ref} / m_{go})^{-1/\kappa_{in}}
        """
        there = np.arange(len(migration_share_gc)), reference_g
        of_region_g, inside_g = (part_gc[there] for part_gc in self.split_gc(migration_share_gc))
        return of_region_g ** (-1 / self.outer) * inside_g ** (-1 / self.inner)

    def cost_gc(self, migration_share_gc: Any, worth_gc: Any, reference_g: Any) -> Any:
        r"""Iceberg cost of each cell that rationalises shares, one in a group's cell of reference.

        .. math:: \mu_{gc} = \frac{V_{gc}}{V_{g,ref}} \Big/ \left(\frac{m_{gn}}{m_{go}}\right)^{1/\kappa}
                  \left(\frac{m_{gc} / m_{gn}}{m_{g,ref} / m_{go}}\right)^{1/\kappa_{in}}

        Infinite where nobody went. It scales with the elasticities: never read it without them.
        Source: Tombe and Zhu (2019), section 4 [tombezhu2019]. Departure: the nest.
        """
        there = np.arange(len(migration_share_gc)), reference_g
        of_region_gc, inside_gc, worth_gc = (
            part_gc / part_gc[there][:, None] for part_gc in (*self.split_gc(migration_share_gc), worth_gc)
        )
        with np.errstate(divide="ignore"):
            return worth_gc / (of_region_gc ** (1 / self.outer) * inside_gc ** (1 / self.inner))

    def revealed_gc(self, wanted_gc: Any, migration_share_gc: Any) -> Any:
        r"""Log change of what a cell offers, revealed by shares up to a constant of each group.

        .. math:: \frac{1}{\kappa} \ln \frac{m'_{gn}}{m_{gn}}
                  + \frac{1}{\kappa_{in}} \ln \frac{m'_{gc} / m'_{gn}}{m_{gc} / m_{gn}}

        Zero where nobody went.
        """
        empty_gc = migration_share_gc <= 0
        pairs = zip(self.split_gc(wanted_gc), self.split_gc(migration_share_gc), (self.outer, self.inner), strict=True)
        return sum(np.log((now_gc + empty_gc) / (before_gc + empty_gc)) / power for now_gc, before_gc, power in pairs)

    def inclusive_gc(self, log_value_gc: Any, migration_share_gc: Any) -> Any:
        """Log change of what a region offers those who may choose among its cells, at each of them: ln S / kappa_in."""
        most_g = log_value_gc.max(axis=1, keepdims=True)
        now_gn = self.cells.by_region(migration_share_gc * np.exp(self.inner * (log_value_gc - most_g)))
        before_gn = self.cells.by_region(migration_share_gc)
        empty_gn = before_gn <= 0
        log_gn = np.log((now_gn + empty_gn) / (before_gn + empty_gn)) / self.inner + most_g
        return log_gn.repeat(self.cells.per_region, axis=1)

    def chosen_gc(self, log_value_gc: Any, migration_share_gc: Any) -> Any:
        """Shares of groups over cells, from base shares and the log change of what cells offer."""
        most_g = log_value_gc.max(axis=1, keepdims=True)
        flat_gc = migration_share_gc * np.exp(self.inner * (log_value_gc - most_g))
        weight_gc = self.weight_gc(flat_gc, migration_share_gc)
        return weight_gc / weight_gc.sum(axis=1, keepdims=True)
