"""Residents' equivalent variation by own income: of those who were there, by what changes for them, and of movers.

A yuan weighs what it weighs for those whose income it is: a gain of migrants in a town is counted on what they earn
there and not on the mean of their group. The parts add up to the whole, by group, by home, by residence, by sector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from hinterland.arrays import BoolArray, FloatArray
from hinterland.data.regions import NATION
from hinterland.economy.accounts import currency, has_budgets, household_income_nr, income_n, kept_n
from hinterland.economy.content import BASE_YEARS, kept
from hinterland.economy.economy import Economy
from hinterland.economy.implied import left_by_levy_g, levied_g, own_part_nr, own_wages_c, rebate_g, wages_and_rents
from hinterland.economy.neutral import array
from hinterland.economy.services import access_gc, knows_services, services_gc
from hinterland.model.evaluate import Outcome, kept_hat_n
from hinterland.study.columns import OWN
from hinterland.study.real_gdp import base_flows, flows_in, real_gdp, real_spending
from hinterland.world.of_economy import model_of


class Households(NamedTuple):
    """What people live on in the base year, after taxes, in the currency of the economy."""

    earned_gc: FloatArray  # of group g in cell c
    rents_g: FloatArray  # of owners of homes and land, by their home


@kept(BASE_YEARS)
def households(economy: Economy) -> Households:
    r"""Return what people live on in the base year.

    Where households' own income is known, it is shared out among those who live in a place by wages, and by rents to
    those at home there: pools of homes are residences then.
    Elsewhere all income after taxes and the rents of homes are theirs, :math:`(1 - \tau_n) Y_n / \alpha_n` in a
    region, by wages and rents: in money, for that is what a transfer takes here and gives there, not what it buys.
    """
    cells, part_nr = economy.cells, own_part_nr(economy)
    people_gc = economy.group_size_g[:, None] * economy.migration_share_gc
    if part_nr is None:
        paid_gc = people_gc * wages_and_rents(economy)[0] * (1 + cells.stays_gc * (rebate_g(economy) - 1)[:, None])
        spent_n = kept_n(economy) * income_n(economy) / array(economy, "goods_share_n")[: cells.regions]
        part_n = spent_n / cells.by_region(paid_gc.sum(axis=0))
        return Households(paid_gc * part_n.repeat(cells.per_region), np.zeros(len(people_gc)))
    return Households(people_gc * own_wages_c(economy), wages_and_rents(economy)[1] * part_nr.reshape(-1))


class Variation(NamedTuple):
    """Equivalent variation by part, group and cell of the base year, and what it is counted on, in the currency."""

    parts: dict[str, FloatArray]  # (G, C)
    income_gc: FloatArray

    @property
    def total_gc(self) -> FloatArray:
        """All parts together."""
        return np.asarray(sum(self.parts.values()))


def variation_in(economy: Economy, outcome: Outcome) -> Variation:
    r"""Return the equivalent variation of an outcome of the economy's world.

    .. math:: \sum_{gc} S_{gc} (v_{gc} - 1) + \sum_g R_g (r_g - 1) + \sum_g S_g (U_g - \sum_c m_{gc} v_{gc})

    with S what people earn, R rents by home, v the change of what a cell gives and r of what rents buy at home, U the
    change of expected utility. A change is split by the logs of its parts; the last sum is the gain of those who move.
    What services add is counted on earnings and services together. What is given to some of a region is that of those
    who are there: rents of homes rise by it where owners live at home; what they get wherever they go no choice sees.
    """
    own, logs = households(economy), log_parts(economy, outcome)
    share_gc, s_g = economy.migration_share_gc, own.earned_gc.sum(axis=1, keepdims=True)
    services = logs.pop("services")
    log_v = np.asarray(sum(logs.values()))
    weight_gc = own.earned_gc * scale(log_v)
    parts = {name: weight_gc * log for name, log in logs.items()}
    parts["services"] = (own.earned_gc + served_gc(economy)) * np.expm1(services) * np.exp(log_v)
    log_v = log_v + services
    in_cells = own.earned_gc / s_g
    rents = log_rents(economy, outcome)
    log_r = np.asarray(sum(rents.values()))
    weight_g = own.rents_g * scale(log_r)
    parts["tax"] = parts["tax"] + (weight_g * rents.pop("given"))[:, None] * receiving_gc(economy, own.earned_gc)
    for name, log in rents.items():
        parts[name] = parts[name] + (weight_g * log)[:, None] * in_cells
    stayed = (share_gc * np.exp(log_v - np.log(owed_hat_c(economy)))).sum(axis=1, keepdims=True)
    parts["movers"] = s_g * (np.asarray(outcome.welfare_hat_g)[:, None] - stayed) * in_cells
    return Variation(parts, own.earned_gc + own.rents_g[:, None] * in_cells)


def total_variation(economy: Economy, outcome: Outcome) -> float:
    """Return all parts of `variation_in` together, which splits ask of each state, and nothing by part.

    Prices and taxes cancel between parts: a cell gives real income, what its place is worth, and costs of being there.
    """
    own, cells, levers = households(economy), economy.cells, economy.levers
    stays_gc = cells.stays_gc * np.log(np.asarray(outcome.rebate_g) / rebate_g(economy))[:, None]
    cell_c = np.log(np.asarray(outcome.real_income_hat_c)) + np.log(np.asarray(outcome.worth_hat_n))[cells.index_c[0]]
    cell_c, owed_c = cell_c + np.log(paid_hat_c(economy)), owed_hat_c(economy)
    cost_gc = levers.migration_cost_hat_gc
    gain_gc = np.expm1(cell_c + stays_gc - (0.0 if cost_gc is None else np.log(cost_gc)))
    served_hat_gc = 1.0 if levers.service_worth_hat_gc is None else levers.service_worth_hat_gc
    there_gc = (1 + gain_gc) * served_hat_gc
    in_cells = own.earned_gc * gain_gc + (own.earned_gc + served_gc(economy)) * (there_gc - 1 - gain_gc)
    moving_g = np.asarray(outcome.welfare_hat_g) - (economy.migration_share_gc * there_gc / owed_c).sum(axis=1)
    rents_g = np.expm1(sum(log_rents(economy, outcome).values()))
    return float(in_cells.sum() + own.rents_g @ rents_g + own.earned_gc.sum(axis=1) @ moving_g)


@kept(BASE_YEARS)
def served_gc(economy: Economy) -> Any:
    """Return what services are worth in the base year, in the currency of the economy, (G, C)."""
    if not knows_services(economy):
        return 0.0
    people_gc = economy.group_size_g[:, None] * economy.migration_share_gc
    return people_gc * services_gc(economy, access_gc(economy))


def scale(log: FloatArray) -> FloatArray:
    """Return by what a log is multiplied to be the relative change: one for small ones."""
    small = np.abs(log) < 1e-8
    return np.where(small, 1 + log / 2, np.expm1(log) / np.where(small, 1.0, log))


def log_parts(economy: Economy, outcome: Outcome) -> dict[str, FloatArray]:
    """Return the log change of what each cell gives to each group, by part; nominal parts over the nation's prices."""
    cells = economy.cells
    region_c, _, sector_c = cells.index_c
    shape = economy.migration_share_gc.shape
    living = log_living(economy, outcome)
    wage_c = np.log(np.asarray(outcome.wage_hat_nj))[region_c, sector_c]
    received_c = log_received(economy, outcome)[region_c]
    beside_c = np.log(np.asarray(outcome.real_income_hat_c)) + living.all_g[cells.pool_c] - wage_c - received_c
    stays = cells.stays_gc * np.log(np.asarray(outcome.rebate_g) / rebate_g(economy))[:, None]
    earned_gc = 1 / (1 + cells.stays_gc * (rebate_g(economy) - 1)[:, None])  # part of wages, the rest is rents
    cost, services = economy.levers.migration_cost_hat_gc, economy.levers.service_worth_hat_gc
    by_cell = {
        "wage": earned_gc * (wage_c - living.nation),
        "goods": living.nation - living.goods_n[region_c],
        "homes": living.goods_n[region_c] - living.all_g[cells.pool_c],
        "rents": beside_c + stays + (1 - earned_gc) * (wage_c - living.nation),
        "tax": log_kept(economy)[region_c] + np.log(paid_hat_c(economy)) + received_c,
        "services": np.zeros(shape) if services is None else np.log(services),
        "place": (np.log(np.asarray(outcome.worth_hat_n)) - log_kept(economy))[region_c],
        "moving": np.zeros(shape) if cost is None else -np.log(cost),
    }
    return {name: np.broadcast_to(log, shape) for name, log in by_cell.items()}


def log_received(economy: Economy, outcome: Outcome) -> FloatArray:
    """Return by how much transfers raise all income of domestic regions, in logs, where that is residents', (D,)."""
    count, sent_n = economy.cells.regions, economy.levers.transfer_n
    if sent_n is None or household_income_nr(economy) is not None:  # payments to households are told apart there
        return np.zeros(count)
    more_n = (np.asarray(sent_n) - array(economy, "transfer_n"))[:count]
    return np.asarray(-np.log1p(-more_n / np.asarray(outcome.income_n)[:count]))


def log_rents(economy: Economy, outcome: Outcome) -> dict[str, FloatArray]:
    """Return the log change of what rents buy at home, by part; apart from taxes what is given to some, `given`."""
    cells, living = economy.cells, log_living(economy, outcome)
    wage_c, base_g = wages_and_rents(economy)
    earned_c, hat_c = economy.workers_c * wage_c, paid_hat_c(economy)
    least_g = least_n(economy, hat_c)[cells.home_g]
    given_g, earned_g = (cells.by_pool(earned_c * of_c) for of_c in (hat_c, 1.0))
    rents_g = np.asarray(outcome.rents_g)
    none = (base_g <= 0) | (rents_g <= 0) | (earned_g <= 0)
    given_g = np.where(none, least_g, given_g) / np.where(none, 1.0, earned_g)
    left_g = left_by_levy_g(economy)
    kept_g = np.exp(log_kept(economy)[cells.home_g]) * given_g  # the levy is taken beside taxes, not of what they leave
    levy_g, taken_g = (np.log(of_g) * ~none for of_g in (left_g, 1 - (1 - left_g) / kept_g))
    return {
        "rents": np.log(np.where(none, 1.0, rents_g) / np.where(none, 1.0, base_g)) - living.nation * ~none - levy_g,
        "goods": (living.nation - living.goods_n[cells.home_g]) * ~none,
        "homes": (living.goods_n[cells.home_g] - living.all_g) * ~none,
        "tax": (log_kept(economy)[cells.home_g] + np.log(least_g)) * ~none + taken_g,
        "given": np.log(given_g / least_g) * ~none,
    }


def paid_hat_c(economy: Economy) -> Any:
    """Return what people who were in a cell keep over what all of their region do, (C,): by living there, or anyhow."""
    return owed_hat_c(economy) * here_hat_c(economy)


def here_hat_c(economy: Economy) -> Any:
    """Return the part of it that who lives in the cell gets, (C,)."""
    hat_c = economy.levers.given_hat_c
    return np.ones(len(economy.workers_c)) if hat_c is None else hat_c


def owed_hat_c(economy: Economy) -> Any:
    """Return the part of it that they get wherever they go, which no choice sees, (C,)."""
    hat_c = economy.levers.owed_hat_c
    return np.ones(len(economy.workers_c)) if hat_c is None else hat_c


def owed_g(economy: Economy) -> Any:
    """Return what members get wherever they go, less what is taken of their rents, over what they live on, (G,).

    Where stayers have the rents a choice has seen the levy already.
    """
    own = households(economy)
    owed = (own.earned_gc * (owed_hat_c(economy) - 1)).sum(axis=1) / own.earned_gc.sum(axis=1)
    if own_part_nr(economy) is None:
        return owed
    return owed - levied_g(economy) / (own.earned_gc.sum(axis=1) + own.rents_g)


def least_n(economy: Economy, hat_c: Any) -> Any:
    """Return the least of a region's cells: what is given to all, or taken from all for those who are given more."""
    return hat_c.reshape(economy.cells.regions, -1).min(axis=1)


def receiving_gc(economy: Economy, earned_gc: FloatArray) -> Any:
    """Return how what some of a region are given by the rents of a group is spread over its members, those at home."""
    hat_c = paid_hat_c(economy)
    beyond_c = hat_c / least_n(economy, hat_c)[economy.cells.index_c[0]] - 1
    to_them_gc = earned_gc * economy.cells.stays_gc * beyond_c
    total_g = to_them_gc.sum(axis=1, keepdims=True)
    return np.where(
        total_g > 0, to_them_gc / np.where(total_g > 0, total_g, 1.0), earned_gc / earned_gc.sum(axis=1, keepdims=True)
    )


class Living(NamedTuple):
    """Log changes of prices."""

    nation: float  # of goods, by the final spending of the base year
    goods_n: FloatArray
    all_g: FloatArray  # of goods and homes, by pool


def log_living(economy: Economy, outcome: Outcome) -> Living:
    """Return the log changes of prices of domestic regions."""
    goods_n = np.log(np.asarray(outcome.price_hat_n))[: economy.cells.regions]
    nation = float(np.average(goods_n, weights=income_n(economy)))
    return Living(nation, goods_n, np.log(np.asarray(outcome.living_cost_hat_g)))


def log_kept(economy: Economy) -> FloatArray:
    """Return the log change of what taxes leave, by domestic region."""
    found = np.log(kept_hat_n(model_of(economy), economy.levers))
    return np.array(np.broadcast_to(found, (len(economy.region_codes),)))[: economy.cells.regions]


def bridge(economy: Economy, outcome: Outcome) -> pd.DataFrame:
    """Return the way from real GDP to equivalent variation, bn CNY a year: each row what is added, the last the sum.

    `foreign`: final spending at home moves otherwise than output, by terms of trade and balances; `homes`: they are no
    goods, and their rents are owners'; `others`: goods that governments, investors and firms spend on, the rest of what
    households do not get; `relocation`: people earn elsewhere, and are counted where they were; `surrendered`: where
    rents go back to who stays, who leaves gives up his part to his neighbours, and who is drawn home takes one. Then
    what no account counts: the worth of places, lower costs of being where one is, and the gain of those who move.
    """
    before, after = base_flows(economy), flows_in(economy, outcome)
    at_home = np.arange(len(economy.region_codes)) < economy.cells.regions
    output, spent = (
        index(before, after, at_home) - index(before, before, at_home) for index in (real_gdp, real_spending)
    )
    found = variation_in(economy, outcome)
    there = {name: float(part.sum()) for name, part in found.parts.items()}
    elsewhere_gc = earned_elsewhere_gc(economy, outcome)
    beyond_goods = sum(there[name] for name in OWN) + float(elsewhere_gc.sum()) - spent
    to_stayers = household_income_nr(economy) is None
    all_theirs = to_stayers and not has_budgets(economy)  # nobody spends beside households
    homes = beyond_goods if all_theirs else there["homes"] + there["rents"]
    shared_gc = elsewhere_gc * economy.cells.stays_gc * (1 / np.asarray(outcome.rebate_g) - 1)[:, None]
    rows = {
        "real_gdp": output,
        "foreign": spent - output,
        "homes": homes,
        "others": beyond_goods - homes,
        "relocation": -float((elsewhere_gc + shared_gc).sum()),
        **({"surrendered": float(shared_gc.sum())} if to_stayers else {}),
        **{name: there[name] for name in ("services", "place", "moving", "movers")},
    }
    rows["equivalent_variation"] = float(found.total_gc.sum())
    money = currency(economy)
    return pd.DataFrame({"item": list(rows), "amount": [money * amount for amount in rows.values()]})


def earned_elsewhere_gc(economy: Economy, outcome: Outcome) -> FloatArray:
    """Return what those who come to a cell earn there at prices of the base year, less what those who left did."""
    own, base_gc = households(economy), economy.migration_share_gc
    real_gc = np.exp(sum(log for name, log in log_parts(economy, outcome).items() if name in OWN))
    more_gc = np.asarray(outcome.migration_share_gc) / np.where(base_gc > 0, base_gc, 1.0) - 1
    return np.asarray(own.earned_gc * real_gc * more_gc)


def gain_over_income(economy: Economy, found: Variation) -> dict[tuple[str, str], float]:
    """Return equivalent variation over own income by dimension and part of the people: all, by home, as in `gains`."""
    everybody = {"nation": np.array(NATION), "region": np.array(economy.domestic_codes)[economy.cells.home_g][:, None]}
    return {
        (dimension, name): float(found.total_gc[chosen].sum() / found.income_gc[chosen].sum())
        for dimension, name, chosen in parts_of(economy, everybody | divisions(economy))
    }


def divisions(economy: Economy) -> dict[str, Any]:
    """Return by what people are divided: the part of each group, or of each cell, by dimension.

    By macro-region of home and hukou; by residence and sector of where people lived and worked in the base year.
    """
    cells, macro = economy.cells, economy.regions.macro_regions(economy.domestic_codes)
    _, residence_c, sector_c = cells.index_c
    labels: dict[str, Any] = {} if macro is None else {"macro_region": np.array(macro)[cells.home_g][:, None]}
    if len(set(economy.classes)) > 1:
        labels["hukou"] = np.where(economy.rural_g, "rural_hukou", "urban_hukou")[:, None]
    if cells.residences > 1:
        labels["residence"] = np.array(economy.residences)[residence_c][None, :]
    return labels | {"sector": np.array(economy.sectors)[sector_c][None, :]}


def parts_of(economy: Economy, labels: Mapping[str, Any]) -> Iterator[tuple[str, str, BoolArray]]:
    """Yield each part of the people by dimension and name, and which groups in which cells it is, (G, C)."""
    for dimension, label in labels.items():
        of_gc = np.broadcast_to(label, economy.migration_share_gc.shape)
        for name in dict.fromkeys(of_gc.ravel().tolist()):
            yield dimension, str(name), of_gc == name


def gains_of_stayers(economy: Economy, outcome: Outcome) -> pd.DataFrame:
    """Return what people gain where they were, without what those who move gain by it: all, and by every division."""
    found = variation_in(economy, outcome)
    return summed(economy, found._replace(parts={name: of for name, of in found.parts.items() if name != "movers"}))


def gains(economy: Economy, found: Variation) -> pd.DataFrame:
    """Return who gains: equivalent variation by part, bn CNY a year, and over income, by every way to divide people."""
    table = summed(economy, found)
    return table[table["dimension"] != "nation"].reset_index(drop=True)


def summed(economy: Economy, found: Variation) -> pd.DataFrame:
    """Return equivalent variation by part of the people, all of them first."""
    names, chosen_pk = divided(economy)
    people_gc, money = economy.group_size_g[:, None] * economy.migration_share_gc, currency(economy)
    amounts = {name: money * part for name, part in found.parts.items()}
    amounts |= {"variation": money * found.total_gc, "income": found.income_gc, "worth": found.total_gc}
    sums = {name: chosen_pk @ part.ravel() for name, part in ({"people": people_gc} | amounts).items()}
    sums["change"] = sums.pop("worth") / sums.pop("income")
    return pd.DataFrame([*names], columns=["dimension", "who"]).assign(**sums)


@kept(BASE_YEARS)
def divided(economy: Economy) -> tuple[tuple[tuple[str, str], ...], FloatArray]:
    """Return the parts of the people by dimension and name, and which groups in which cells each is, (P, G C)."""
    found = [*parts_of(economy, {"nation": np.array(NATION)} | divisions(economy))]
    return tuple((dimension, who) for dimension, who, _ in found), np.array(
        [of.ravel() for *_, of in found], dtype=float
    )
