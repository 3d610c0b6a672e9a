"""Tombe and Zhu (2019): internal trade costs as they changed in 2002-2007. Needs nothing outside the package."""

from __future__ import annotations

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data import box
from hinterland.economy import two_sector
from hinterland.economy.economy import Economy
from hinterland.economy.implied import welfare_weight_g
from hinterland.economy.load import load
from hinterland.instruments.measured_change import MeasuredChange
from hinterland.policy.combine import combined
from hinterland.replications.figure import Figure
from hinterland.solve.static import Equilibrium, solve

# The deposit counts base-year migrants from shares whose rows are off by 6e-7, ours are normalised.
PRECISION = {"within_province": 1e-7, "between_provinces": 1e-7}


def tombe_zhu_2019() -> list[Figure]:
    """Internal trade costs as they changed in 2002-2007: the paper's figures, then the deposit's to 1e-8.

    The deposit starts from migration shares that add up to one within 6e-7 only, normalised, and from workers
    that are not moved along. In our consistent economy this rounding is a lever s of workers: productivity
    s^beta and migration cost s, with wages read over s and labour times s. The mapping is exact.
    Source: Tombe and Zhu (2019), section 5; openICPSR 113071 [tombezhu2019].
    """
    arrays = box.economy_arrays("china-2000")
    china = load("china-2000")
    shock = MeasuredChange(series="trade_cost_2002_2007", scope="internal")
    consistent = solve(combined(china, [shock]))
    headline = figures_of(consistent, np.ones_like(arrays["workers_nj"]))
    rounding_nj = arrays["workers_nj"] / arrays["workers_published_nj"]
    equilibrium = solve(combined(with_rounding(china, rounding_nj), [shock]))
    with box.open_file("tombe-zhu-2019.npz") as stream, np.load(stream, allow_pickle=False) as given:
        reference = {key: given[key] for key in given.files}
    summary = dict(zip(reference["summary_name"].tolist(), reference["summary"].tolist(), strict=True))
    figures = [
        Figure("gdp", "%", 11.2, 100 * headline["gdp"], 0.05, "paper"),
        Figure("welfare", "%", 11.4, 100 * headline["welfare"], 0.05, "paper"),
    ]
    exact = figures_of(equilibrium, rounding_nj)
    scale = {"internal_trade_share": "pp", "external_trade_share": "pp"}
    figures += [
        Figure(name, scale.get(name, "1"), published, exact[name], PRECISION.get(name, 1e-8), "deposit")
        for name, published in summary.items()
    ]
    return figures + hat_gaps(equilibrium, rounding_nj, reference)


def with_rounding(china: Economy, rounding_nj: FloatArray) -> Economy:
    """Return the economy whose solution is that of the deposit's slightly inconsistent start."""
    world = np.ones((1, rounding_nj.shape[1]))
    productivity = np.vstack([rounding_nj, world]) ** two_sector.elasticities("china-2000").labour_share_j
    cost = np.tile(rounding_nj.ravel(), (rounding_nj.size, 1))
    return china.with_levers(productivity_hat_nj=productivity, migration_cost_hat_gc=cost)


def hat_gaps(equilibrium: Equilibrium, rounding_nj: FloatArray, reference: dict[str, FloatArray]) -> list[Figure]:
    """Return the largest gap of all wage, price and labour hats; zero is agreement.

    The deposit keeps the world's income as numeraire with another unit: nominal hats are told over its wage.
    """
    world = np.ones((1, rounding_nj.shape[1]))
    rounding = np.vstack([rounding_nj, world])
    outcome = equilibrium.outcome
    numeraire = reference["wage_hat_nj"][-1, 0]
    ours = {
        "wage_hat_nj": numeraire * outcome.wage_hat_nj / rounding,
        "price_hat_nj": numeraire * outcome.price_hat_nj,
        "labour_hat_nj": outcome.labour_hat_nj * rounding,
    }
    return [
        Figure(name, "1", 0.0, float(np.max(np.abs(value - reference[name]))), 1e-8, "deposit")
        for name, value in ours.items()
    ]


def figures_of(equilibrium: Equilibrium, rounding_nj: FloatArray) -> dict[str, float]:
    """Return the paper's summary of a counterfactual: trade shares (pp), migrants, real GDP, welfare (shares)."""
    economy, outcome = equilibrium.economy, equilibrium.outcome
    gdp_nj = (economy.real_income_c * economy.workers_c).reshape(rounding_nj.shape) / rounding_nj
    real_nj = outcome.real_income_hat_c.reshape(rounding_nj.shape) / rounding_nj
    after = float((gdp_nj * real_nj * outcome.labour_hat_nj[:-1] * rounding_nj).sum())
    utility_g = equilibrium.welfare_hat_g / rounding_nj.ravel()
    base = solve(economy.with_levers(**neutral(economy)))
    open_after, open_before = (np.array(trade_openness(state)) for state in (equilibrium, base))
    change = 100 * (open_after - open_before)
    after_g, before_g = (np.array(migrants(state)) for state in (equilibrium, base))
    moved = after_g / before_g - 1
    return {
        "internal_trade_share": float(change[0]),
        "external_trade_share": float(change[1]),
        "within_province": float(moved[0]),
        "between_provinces": float(moved[1]),
        "gdp": after / float(gdp_nj.sum()) - 1,
        "welfare": float(welfare_weight_g(economy) @ utility_g) - 1,
    }


def neutral(economy: Economy) -> dict[str, FloatArray]:
    """Return the changes that undo the economy's own; money and rates stand at the base year already."""
    levers = economy.levers._asdict().items()
    return {name: 1 / value for name, value in levers if value is not None and "_hat_" in name}


def trade_openness(equilibrium: Equilibrium) -> tuple[float, float]:
    """Share of the provinces' spending on goods of other provinces, and of the world."""
    flow_nij = (equilibrium.trade_share_nij * equilibrium.outcome.spending_nj[:, None, :])[:-1]
    flow_ni = flow_nij.sum(axis=2)
    own = np.trace(flow_ni[:, :-1])
    return float((flow_ni[:, :-1].sum() - own) / flow_ni.sum()), float(flow_ni[:, -1].sum() / flow_ni.sum())


def migrants(equilibrium: Equilibrium) -> tuple[float, float]:
    """Workers outside their own cell but in their province, and outside their province (million)."""
    economy = equilibrium.economy
    people = economy.group_size_g[:, None] * equilibrium.outcome.migration_share_gc
    province = np.repeat(np.arange(len(economy.domestic_codes)), len(economy.sectors))
    same = province[:, None] == province[None, :]
    return float(people[same].sum() - np.trace(people)), float(people[~same].sum())
