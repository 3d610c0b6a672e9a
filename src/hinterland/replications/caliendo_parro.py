"""Caliendo and Parro (2015): the effects of NAFTA's tariff reductions, 31 regions and 40 sectors, 1993."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.world import WorldEquilibrium, solve
from hinterland.world.world import World

INPUTS = (
    "pi_nij",
    "X_nj",
    "tau_nij",
    "tau_nij_bln",
    "tau_nij_cfl",
    "theta_j",
    "gamma_nkj",
    "gamma_nj",
    "alpha_nj",
)
WORLDS = ("bln", "cfl")  # without NAFTA, and with its tariffs of 2005
# As printed, %: welfare, terms of trade, volume of trade, real wage.
TABLE_2 = {
    "Mexico": (1.31, -0.41, 1.72, 1.72),
    "Canada": (-0.06, -0.11, 0.04, 0.32),
    "USA": (0.08, 0.04, 0.04, 0.11),
}
COLUMNS = ("welfare", "terms of trade", "volume of trade", "real wage")


def build(given: dict[str, FloatArray], regions: tuple[str, ...]) -> World:
    """Return the world of 1993 without deficits.

    The deposit closes the model by balanced trade, which makes factors earn what inputs leave of revenue; its cost
    shares differ from that by rounding (4e-7).
    """
    net_share = given["pi_nij"] / (1 + given["tau_nij"])
    revenue = np.einsum("nij,nj->ij", net_share, given["X_nj"])
    return World.build(
        given["pi_nij"],
        given["gamma_nj"] * revenue,
        given["theta_j"],
        regions=regions,
        name="caliendo-parro-2015",
        balance="solve",
        tariff_nij=given["tau_nij"],
        value_added_share_nj=given["gamma_nj"],
        income_share_nj=1 - given["gamma_nkj"].sum(axis=1),
        input_share_nkj=given["gamma_nkj"],
        final_share_nj=given["alpha_nj"],
    )


def first_order_effects(before: WorldEquilibrium, after: WorldEquilibrium) -> dict[str, FloatArray]:
    r"""Return the paper's decomposition of welfare, %, by region: to first order, at the flows of the first world.

    .. math:: \hat W_n = \frac{1}{I_n}\sum_{ij} (E_{nij} \hat c_{nj} - M_{nij} \hat c_{ij})
              + \frac{1}{I_n}\sum_{ij} t_{nij} M_{nij} (\hat M_{nij} - \hat c_{ij})

    with M imports before tariffs, E exports, c unit cost (the price of an own good) and hats proportional changes.
    Source: Caliendo and Parro (2015), eq. (15) [caliendoparro2015]. Departure: none.
    """
    flow_nij, later_nij = (imports(world) for world in (before, after))
    cost_ij = unit_cost(after) / unit_cost(before) - 1
    growth_nij = np.divide(later_nij, flow_nij, out=np.ones_like(flow_nij), where=flow_nij > 0) - 1
    income_n = before.outcome.income_n
    sold_n = np.einsum("inj,nj->n", flow_nij, cost_ij)
    bought_n = np.einsum("nij,ij->n", flow_nij, cost_ij)
    volume_nij = before.world.levers.tariff_nij * flow_nij * (growth_nij - cost_ij[None])
    terms, volume = (sold_n - bought_n) / income_n, volume_nij.sum(axis=(1, 2)) / income_n
    wages = [world.outcome.factor_hat_nj[:, 0] / world.outcome.price_hat_n for world in (before, after)]
    effects = (terms + volume, terms, volume, wages[1] / wages[0] - 1)
    return {name: 100 * np.asarray(effect) for name, effect in zip(COLUMNS, effects, strict=True)}


def imports(equilibrium: WorldEquilibrium) -> FloatArray:
    """Flows from i to n before tariffs."""
    tariff = equilibrium.world.levers.tariff_nij
    return np.asarray(equilibrium.trade_share_nij * equilibrium.outcome.spending_nj[:, None, :] / (1 + tariff))


def unit_cost(equilibrium: WorldEquilibrium) -> FloatArray:
    """Change of unit cost from the base year."""
    elasticity_j = equilibrium.world.model.trade.trade_elasticity_j
    return np.asarray(equilibrium.outcome.strength_nj ** (-1 / elasticity_j))


def caliendo_parro_2015(folder: Path) -> list[Figure]:
    """Solve both worlds from 1993: hats against the deposit's tight solution, welfare against Table 2."""
    given = read_arrays(folder, "inputs.npz", INPUTS)
    regions = tuple(str(name) for name in read_arrays(folder, "inputs.npz", ("regions",))["regions"])
    names = tuple(f"{case}_{name}_hat" for case in WORLDS for name in ("w_n", "P_n", "wp_n"))
    reference = read_arrays(folder, "outputs_tight.npz", names)
    world = build(given, regions)
    figures, solved = [], {}
    for case in WORLDS:
        solved[case] = solve(world.with_levers(tariff_nij=given[f"tau_nij_{case}"]))
        outcome = solved[case].outcome
        wage, price = outcome.factor_hat_nj[:, 0], outcome.price_hat_n
        numeraire = reference[f"{case}_w_n_hat"][0] / wage[0]
        ours = {"w_n": wage * numeraire, "P_n": price * numeraire, "wp_n": wage / price}
        for name, value in ours.items():
            gap = float(np.max(np.abs(value - reference[f"{case}_{name}_hat"])))
            figures.append(Figure(f"{case} {name}_hat", "1", 0.0, gap, 1e-8, "deposit"))
    effects = first_order_effects(solved["bln"], solved["cfl"])
    table = [
        Figure(f"{column} {name}", "%", value, float(effects[column][regions.index(name)]), 0.00501, "paper")
        for name, printed in TABLE_2.items()
        for column, value in zip(COLUMNS, printed, strict=True)
    ]
    return table + figures
