"""One evaluation: data pass through the slots once, in MODEL's order, and leave an outcome and a gap for each unknown.

Fundamentals and policy values -> productivity -> unit cost <-> price -> trade share -> income -> spending <-> revenue
-> factor markets -> housing -> value of each place -> mobility -> labour and capital supplied -> residuals. Nominal
values are homogeneous: the world's value added is the numeraire. One market is redundant by Walras's law and reported.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp

from hinterland.model.levers import Levers
from hinterland.model.model import Model
from hinterland.model.people import Located, Market
from hinterland.model.production import log_capacity_hat_nj
from hinterland.model.trade import kernel_jni, log_price_nj, market_nj, sold_nj, strength_nj

Unknowns = dict[str, Any]  # logs, by name


class Outcome(NamedTuple):
    """Everything that follows from the unknowns; what blocks add is read by its name."""

    factor_hat_nj: Any  # cost of a unit of factors
    wage_hat_nj: Any
    price_hat_nj: Any
    labour_hat_nj: Any
    people_hat_n: Any
    dense_hat_n: Any  # of those whose density raises productivity
    strength_nj: Any  # competitiveness of an origin: unit cost to the power -theta
    market_nj: Any  # of all origins in a market
    spending_nj: Any
    final_nj: Any  # spending that is no input
    revenue_nj: Any
    value_added_nj: Any  # what factors cost; by sector only where they are fixed in sectors
    earned_nj: Any  # value added by sector, of what is sold
    tariff_revenue_n: Any
    income_n: Any
    price_hat_n: Any  # of final spending on goods
    utility_n: Any
    blocks: dict[str, Any]  # the unknowns of blocks, which are logs, and what their equations give beside

    def __getattr__(self, name: str) -> Any:
        blocks = object.__getattribute__(self, "blocks")
        if name not in blocks:
            raise AttributeError(name)
        return blocks[name]


class Residuals(NamedTuple):
    """Log gaps of every condition, by unknown; zero in equilibrium. `walras` is the market left out."""

    by_unknown: dict[str, Any]
    walras: Any
    numeraire: Any


class Kernels(NamedTuple):
    """What levers make of base-year shares: the same at every step."""

    kernel_jni: Any
    net_kernel_jni: Any  # what reaches the seller
    people: Any


class Prices(NamedTuple):
    """What unit costs make of prices; a share of trade is its kernel times `strength_nj` over `market_nj`."""

    strength_nj: Any
    market_nj: Any
    log_implied_price_nj: Any  # by unit costs
    log_price_nj: Any  # the unknown, where prices are one
    log_consumer_price_n: Any


class Factors(NamedTuple):
    """Bundles of factors, what they cost and who earns it."""

    log_capacity_hat_nj: Any
    value_added_nj: Any
    labour_income_nj: Any
    land_income_nj: Any
    capital_income_nj: Any


class Circuit(NamedTuple):
    """Spending and the revenue it brings in."""

    spending_nj: Any
    final_nj: Any
    bought_nj: Any
    revenue_nj: Any
    earned_nj: Any
    tariff_revenue_n: Any
    income_n: Any


class Passed(NamedTuple):
    """What the slots have given, from where people are to what each place is worth to them."""

    located: Located
    prices: Prices
    factors: Factors
    circuit: Circuit
    housing: Any
    place: Market
    log_expense_n: Any  # per head
    log_utility_n: Any


def kernels(model: Model, levers: Levers) -> Kernels:
    """Return the kernels of a counterfactual."""
    theta_j = model.trade.trade_elasticity_j
    kernel = kernel_jni(model.trade.trade_share_nij, model.tariffs.barrier_hat_nij(levers), theta_j)
    added, count = model.production.value_added_nj, model.production.value_added_nj.shape[0]
    labour, structures, _ = model.factor_incomes(added)
    base = Market(labour, structures, model.production.base_income_n, jnp.zeros(count), jnp.zeros(count))
    return Kernels(kernel, model.tariffs.net(kernel, levers), model.people.kernel(levers, model.housing, base))


def evaluate(unknown: Unknowns, model: Model, levers: Levers, given: Kernels) -> tuple[Outcome, Residuals]:
    """Pass through the slots once, in MODEL's order."""
    located = model.people.located(unknown)
    log_productivity = log_productivity_nj(model, levers, located)
    prices = unit_costs_and_prices(unknown, model, given, log_productivity)
    factors = factor_payments(unknown, model, located)
    log_kept = jnp.log(kept_hat_n(model, levers))
    housing = model.housing.met(levers)
    log_worth = log_worth_n(unknown, model, levers, located, log_kept)
    place = Market(factors.labour_income_nj, factors.land_income_nj, None, prices.log_consumer_price_n, log_worth)
    wages = model.people.at_home_n(factors.labour_income_nj.sum(axis=1), unknown, given.people, housing, place)
    before_tariffs = income_n(model, levers, located, factors, wages)
    circuit = spending_and_revenue(unknown, model, levers, given, prices, factors, before_tariffs)
    log_income = jnp.log(circuit.income_n / model.production.base_income_n)
    log_utility = log_utility_n(housing, located, place, log_income)
    log_expense = log_income - located.log_people_n
    place = place._replace(income_n=circuit.income_n)
    passed = Passed(located, prices, factors, circuit, housing, place, log_expense, log_utility)
    residuals, reported = conditions(unknown, model, levers, given, passed)
    return outcome_of(unknown, model, passed, reported), residuals


def log_or_zero(hat: Any) -> Any:
    """A lever that is None changes nothing."""
    return 0.0 if hat is None else jnp.log(hat)


def log_productivity_nj(model: Model, levers: Levers, located: Located) -> Any:
    r"""Output per unit of input: the lever's change, and the gains from density, which are gains in value added.

    .. math:: \ln\hat z_{nj} = \ln\hat z^{lever}_{nj} + \gamma_{nj} \sum_b g_{bn}(\hat D)

    with gamma the share of value added in output.
    """
    log_hat = log_or_zero(levers.productivity_hat_nj)
    if model.productivity:
        log_gain_n = sum(block.now(levers).log_gain_n(located.log_dense_n) for block in model.productivity)
        log_hat += model.inputs.value_added_share_nj * log_gain_n[:, None]
    return log_hat


def unit_costs_and_prices(unknown: Unknowns, model: Model, given: Kernels, log_productivity: Any) -> Prices:
    r"""Unit cost, price, trade share.

    .. math:: s_{nj} = (\hat c_{nj} / \hat z_{nj})^{-\theta_j}, \quad M_{nj} = \sum_i K_{jni} s_{ij}, \quad
              \hat P_{nj} = M_{nj}^{-1/\theta_j}, \quad \pi_{nij} = K_{jni} s_{ij} / M_{nj}
    """
    theta_j, log_price = model.trade.trade_elasticity_j, unknown.get("log_price_nj")
    log_cost = model.inputs.log_unit_cost_nj(unknown["log_factor_nj"], log_price) - log_productivity
    strength = strength_nj(jnp.broadcast_to(log_cost, model.production.value_added_nj.shape), theta_j)
    market = market_nj(given.kernel_jni, strength)
    implied = log_price_nj(market, theta_j)
    log_price = implied if log_price is None else log_price
    return Prices(strength, market, implied, log_price, model.demand.log_consumer_price_n(unknown, log_price))


def factor_payments(unknown: Unknowns, model: Model, located: Located) -> Factors:
    r"""What factors cost, :math:`VA_{nj} \hat\omega_{nj} \hat F_{nj}`, split into who earns it."""
    labour_share, capital_share = model.labour_share_nj, model.capital.capital_share_nj
    log_capital = model.capital.log_stock_nj(unknown)
    log_capacity = log_capacity_hat_nj(located.log_labour_nj, labour_share, log_capital, capital_share)
    value_added = model.production.value_added_nj * jnp.exp(unknown["log_factor_nj"] + log_capacity)
    return Factors(log_capacity, value_added, *model.factor_incomes(value_added))


def kept_hat_n(model: Model, levers: Levers) -> Any:
    """Change of the part of income that taxes leave, with what is given in shares of income of the base year."""
    return model.government.kept_hat_n(levers, model.transfers.more_n(levers) / model.production.base_income_n)


def log_worth_n(unknown: Unknowns, model: Model, levers: Levers, located: Located, log_kept: Any) -> Any:
    r"""Worth of a place beside real income: amenity, crowding, the part of income kept, services, price of entry."""
    return (
        sum(block.log_worth_n(located.log_people_n) for block in model.worth)
        + log_or_zero(levers.amenity_hat_n)
        + log_kept
        + model.government.log_worth_n(unknown)
        + model.ecology.log_worth_n(unknown)
    )


def income_n(model: Model, levers: Levers, located: Located, factors: Factors, at_home_n: Any) -> Any:
    r"""Income before tariffs, of residents and owners.

    .. math:: Y_n = W_n + \sum_j (D_{nj} + K_{nj}) + \text{rents, returns and transfers received}_n
    """
    land, capital = factors.land_income_nj, factors.capital_income_nj
    return (
        at_home_n
        + (land + capital).sum(axis=1)
        + model.rents.given_n(land.sum(axis=1), jnp.exp(located.log_people_n))
        + model.capital.received_n(capital)
        + model.transfers.received_n(levers)
    )


def spending_and_revenue(
    unknown: Unknowns, model: Model, levers: Levers, given: Kernels, prices: Prices, factors: Factors, income_n: Any
) -> Circuit:
    r"""Spending and what it brings in, where spending is an unknown, and where it follows from what factors cost.

    .. math:: X_{nj} = \alpha_{nj} (Y_n + T_n) + \sum_k \gamma_{njk} R_{nk}, \quad
              R_{ij} = \sum_n \pi_{nij} X_{nj} / (1 + t_{nij})
    """
    strength, market, net_kernel = prices.strength_nj, prices.market_nj, given.net_kernel_jni
    if model.solves_for_spending:
        spending = jnp.exp(unknown["log_spending_nj"])
        net_market = market if net_kernel is given.kernel_jni else market_nj(net_kernel, strength)
        tariffs = model.tariffs.revenue_n(spending, market, net_market)
        revenue = sold_nj(net_kernel, strength, market, spending)
        bought = model.inputs.bought_nj(revenue)
    else:
        tariffs = 0.0
        bought = model.inputs.bought_nj(model.inputs.revenue_nj(factors.value_added_nj))
    income = income_n + tariffs
    share = model.demand.share_nj(unknown, prices.log_price_nj)
    final = share * model.government.spent_n(income, levers)[:, None]
    if not model.solves_for_spending:
        spending = final + bought
        revenue = sold_nj(net_kernel, strength, market, spending)
    return Circuit(spending, final, bought, revenue, model.inputs.earned_nj(revenue), tariffs, income)


def log_utility_n(housing: Any, located: Located, place: Market, log_income_n: Any) -> Any:
    r"""Value of a place: what it is worth and real income per head, homes in its price.

    .. math:: \ln\hat u_n = \ln a_n + \ln (\hat Y_n / \hat L_n) - \ln (\hat P_n^\alpha \hat Q_n^{1-\alpha})
    """
    log_rent = housing.log_rent_n(log_income_n, place.log_price_n)
    log_living = housing.log_living_cost_n(place.log_price_n, log_rent)
    return place.log_worth_n + log_income_n - located.log_people_n - log_living


def conditions(
    unknown: Unknowns, model: Model, levers: Levers, given: Kernels, passed: Passed
) -> tuple[Residuals, dict[str, Any]]:
    """Factor markets, mobility, labour and capital supplied: a log gap for each unknown; and what blocks report."""
    located, prices, factors, circuit, housing, place, log_expense, log_utility = passed
    earned, base_income = circuit.earned_nj, model.production.base_income_n
    walras = jnp.log(earned.sum() / factors.value_added_nj.sum())
    growth = model.earned_hat_nj(earned, model.production.value_added_nj)
    public, services = model.government.residuals(
        unknown, levers, circuit.income_n, base_income, prices.log_consumer_price_n, located.log_people_n
    )
    mobility, chosen = model.people.residuals(unknown, given.people, housing, place, log_utility)
    gaps = {
        "log_factor_nj": model.factor_gap_nj(earned, factors.value_added_nj, unknown["log_factor_nj"]) - walras,
        "log_price_nj": prices.log_implied_price_nj - prices.log_price_nj,
        "log_spending_nj": jnp.log(circuit.final_nj + circuit.bought_nj) - unknown.get("log_spending_nj", 0.0),
        **model.demand.residuals(unknown, prices.log_price_nj, log_expense),
        **model.capital.residuals(unknown, growth, levers),
        **public,
        **mobility,
        **model.ecology.residuals(
            unknown, model.people.people_n, chosen.get("log_wanted_n", located.log_people_n), levers
        ),
    }
    numeraire = jnp.log(factors.value_added_nj.sum() / model.production.value_added_nj.sum())
    return Residuals({name: gaps[name] for name in unknown}, walras, numeraire), chosen | services


def outcome_of(unknown: Unknowns, model: Model, passed: Passed, reported: dict[str, Any]) -> Outcome:
    """Tell what the slots have given: changes as hats, nominal values in the currency of value added."""
    located, prices, factors, circuit = passed[:4]
    return Outcome(
        factor_hat_nj=jnp.exp(unknown["log_factor_nj"]),
        wage_hat_nj=jnp.exp(unknown["log_factor_nj"] + factors.log_capacity_hat_nj - located.log_labour_nj),
        price_hat_nj=jnp.exp(prices.log_price_nj),
        labour_hat_nj=jnp.exp(located.log_labour_nj),
        people_hat_n=jnp.exp(located.log_people_n),
        dense_hat_n=jnp.exp(located.log_dense_n),
        strength_nj=prices.strength_nj,
        market_nj=prices.market_nj,
        spending_nj=circuit.spending_nj,
        final_nj=circuit.spending_nj - model.inputs.bought_nj(circuit.revenue_nj),
        revenue_nj=circuit.revenue_nj,
        value_added_nj=factors.value_added_nj,
        earned_nj=circuit.earned_nj,
        tariff_revenue_n=circuit.tariff_revenue_n,
        income_n=circuit.income_n,
        price_hat_n=jnp.exp(prices.log_consumer_price_n),
        utility_n=jnp.exp(passed.log_utility_n),
        blocks=unknown | reported,
    )
