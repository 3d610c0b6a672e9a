"""Kleinman, Liu and Redding (2023): people who look ahead and capital that is saved, on a grid of 10 x 10 places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import NotSolvedError, Problem
from hinterland.model.laws import moved_i, moving_share_ni, option_value_n, saved_n
from hinterland.replications.figure import Figure, read_arrays
from hinterland.solve.transition import Transition, half_life, transition

INPUTS = ("z", "b", "tau", "kappa", "beta", "rho", "theta", "mu", "delta")
OUTPUTS = ("w", "l", "v", "chi", "S", "D", "P", "R", "abs_eig", "ltilde", "ktilde")
YEARS = 5.0  # a period
RISE = 0.1  # of log productivity, in the first place
LEAST, MOST = 1e-13, 20_000  # of a step to the rest point, and how many there may be
PRINTED = {"fastest": (9.3, 0.05), "median": (11.5, 0.05), "slowest": (178.0, 0.5)}  # half-lives, half a last digit


class Period(NamedTuple):
    """A period, by place: logs of people and of capital a head, which are given; value and log wage, which are not."""

    people_n: Any
    capital_n: Any
    value_n: Any
    wage_n: Any


def parted(vector: Any) -> Period:
    """Return a period from one vector."""
    return Period(*jnp.split(vector, len(Period._fields)))


def price_n(given: Mapping[str, Any], period: Period, productivity_n: Any) -> tuple[Any, Any]:
    """Return price indices and shares of spending, (N, N) by destination and origin.

    A place's cost is its wage over what a worker makes with his capital: w chi ** (mu - 1) / z.
    """
    log_cost_n = period.wage_n - (1 - given["mu"]) * period.capital_n - jnp.log(productivity_n)
    term_ni = (given["tau"] * jnp.exp(log_cost_n)[None, :]) ** -given["theta"]
    sum_n = term_ni.sum(axis=1)
    return sum_n ** (-1 / given["theta"]), term_ni / sum_n[:, None]


def next_period(given: Mapping[str, Any], now: Period, value_n: Any, productivity_n: Any, amenity_n: Any) -> Period:
    """Return people and capital a head of the next period, what now is worth, and the wages at which markets clear.

    `value_n` is what the next period is worth to who is there; wages take one step to those that clear.
    """
    prices_n, share_ni = price_n(given, now, productivity_n)
    moving = value_n, given["kappa"], given["beta"], given["rho"]
    people_n = moved_i(jnp.exp(now.people_n), moving_share_ni(*moving))
    rent_n = (1 - given["mu"]) / given["mu"] * jnp.exp(now.wage_n - now.capital_n) / prices_n
    capital_n = saved_n(jnp.exp(now.people_n + now.capital_n), 1 - given["delta"] + rent_n, given["beta"])
    worth_n = jnp.log(amenity_n) + now.wage_n - jnp.log(prices_n) + option_value_n(*moving)
    earned_n = jnp.exp(now.wage_n + now.people_n)
    wage_n = now.wage_n + jnp.log(earned_n @ share_ni / earned_n) / (1 + given["theta"])
    return Period(jnp.log(people_n), jnp.log(capital_n / people_n), worth_n, wage_n - jnp.log(earned_n.sum()))


def rest_point(given: Mapping[str, Any]) -> FloatArray:
    """Return the period that comes again and again, as one vector; raise NotSolvedError where none is found.

    Capital a head is told by its return, which has to be one over patience; all else by taking its next value.
    """
    places, rent = len(given["z"]), 1 / given["beta"] - 1 + given["delta"]

    @jax.jit
    def step(now: Period) -> Period:
        found = next_period(given, now, now.value_n, given["z"], given["b"])
        earned_n = now.wage_n + jnp.log((1 - given["mu"]) / given["mu"] / rent)
        return found._replace(capital_n=earned_n - jnp.log(price_n(given, now, given["z"])[0]))

    now = Period(jnp.full(places, -jnp.log(places)), *jnp.zeros((3, places)))
    for _ in range(MOST):
        then = step(now)
        gap = float(jnp.abs(jnp.concatenate(then) - jnp.concatenate(now)).max())
        if gap < LEAST:
            return np.concatenate(then)
        if not np.isfinite(gap):
            break
        now = then
    raise NotSolvedError(
        Problem("solve.no_rest", {"steps": MOST, "gap": f"{np.nan_to_num(gap, nan=np.inf):.1e}", "accepted": LEAST})
    )


def conditions(given: Mapping[str, Any], now: Any, then: Any, shock: Any) -> Any:
    """Return what is zero in each period on a path; the shock is of log productivity, then of log amenity, by place.

    One market follows from the others: the first says in what money is counted instead.
    """
    at, after = parted(now), parted(then)
    rise_n, lure_n = jnp.split(jnp.exp(shock), 2)
    found = next_period(given, at, after.value_n, given["z"] * rise_n, given["b"] * lure_n)
    money = jnp.log(jnp.exp(at.wage_n + at.people_n).sum())
    cleared_n = (found.wage_n - at.wage_n + money).at[0].set(money)
    laws = found.people_n - after.people_n, found.capital_n - after.capital_n, found.value_n - at.value_n
    return jnp.concatenate((*laws, cleared_n))


def kleinman_liu_redding_2023(folder: Path) -> list[Figure]:
    """Rest point, transition matrices, the path after ten per cent more productivity in one place, half-lives."""
    given: dict[str, Any] = {
        name: float(array) if array.ndim == 0 else array
        for name, array in read_arrays(folder, "inputs.npz", INPUTS).items()
    }
    theirs = read_arrays(folder, "outputs.npz", OUTPUTS)
    theirs["abs_eig"] = np.sort(theirs["abs_eig"])[::-1]
    rest, places = rest_point(given), len(given["z"])
    found = transition(lambda *at: conditions(given, *at), rest, 2 * places, 2 * places)
    at = parted(rest)
    ours = {
        "w": np.exp(at.wage_n),
        "l": np.exp(at.people_n),
        "v": at.value_n,
        "chi": np.exp(at.capital_n),
        "S": price_n(given, at, given["z"])[1],
        "D": moving_share_ni(at.value_n, given["kappa"], given["beta"], given["rho"]),
        "P": of_fixed_people(found.state, np.exp(at.people_n)),
        "R": found.shock,
        "abs_eig": np.append(found.roots[1:], 0.0),  # in the place of the one that is conserved
        **after_the_rise(found, places, theirs["ltilde"].shape[1]),
    }
    return [*(beside(name, ours[name], theirs[name]) for name in ours), *half_lives(found)]


def of_fixed_people(state: FloatArray, people_n: Any) -> FloatArray:
    """Return P without what it makes of more people everywhere, whose sum, one at rest, never changes."""
    weight = np.append(people_n, np.zeros(len(people_n)))
    return np.asarray(state - np.outer(state[:, : len(people_n)].sum(axis=1), weight))


def after_the_rise(found: Transition, places: int, periods: int) -> dict[str, FloatArray]:
    """Return log people and log capital, (N, periods), after productivity has risen in the first place."""
    shock = np.zeros(2 * places)
    shock[0] = RISE
    people_tn, a_head_tn = np.split(found.path(shock, periods), 2, axis=1)
    return {"ltilde": people_tn.T, "ktilde": (people_tn + a_head_tn).T}


def beside(name: str, ours: Any, theirs: FloatArray) -> Figure:
    """Return the largest distance between an array and the deposit's.

    The deposit's people keep to their law within 9e-8 of themselves a period, which moves its wages by 4e-7.
    """
    return Figure(name, "1", 0.0, float(np.abs(ours - theirs).max()), 1e-6 if name == "w" else 1e-7, "deposit")


def half_lives(found: Transition) -> list[Figure]:
    """Return the half-lives of all ways but the one that is conserved, to the digit printed."""
    _, *roots = found.roots
    years = half_life(np.array(roots), YEARS)
    ours = {"fastest": years.min(), "median": float(np.median(years)), "slowest": years.max()}
    return [
        Figure(f"half-life, {name}", "years", printed, ours[name], within, "paper")
        for name, (printed, within) in PRINTED.items()
    ]
