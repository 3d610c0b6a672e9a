"""Base years in balance: given all shares, the value added at which every market clears, to the last digit.

Spending is a Markov chain: what is spent becomes sales, sales income and purchases of inputs, income is spent. Its
stationary vector comes by elimination without subtraction (Grassmann, Taksar and Heyman 1985), which is exact in every
entry however little parts of the world have to do with each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components

Arrays = dict[str, Any]
NONE = 1e-13  # a link beside one that rounding swallows


def balanced(arrays: Arrays, parts: np.ndarray, transfers: np.random.Generator | None) -> Arrays:
    """Return value added, income, and transfers that balance in each part where a generator is handed in."""
    count, sectors = arrays["final_share_nj"].shape
    units = np.eye(count * sectors).reshape(-1, count, sectors)
    passed = spent(arrays, income(arrays, units), sold(arrays, units))
    chain = passed.reshape(len(units), -1).T
    number, part_n = connected_components(chain_of_regions(chain, count, 0.0), connection="strong")
    part = part_n.repeat(sectors)
    spending = np.empty(len(units))
    for one in range(number):
        inside = part == one
        spending[inside] = stationary(chain[np.ix_(inside, inside)].T) * inside.sum()
    if transfers is None:
        return told(arrays, spending, 0.0)
    part_n = connected_components(chain_of_regions(chain, count, NONE), connection="strong")[1]
    part = part_n.repeat(sectors)
    earned = income(arrays, spending.reshape(1, count, sectors))[0]
    away = 1 - np.einsum("nnj->nj", arrays["trade_share_nij"]).mean(axis=1)
    wanted = transfers.uniform(-0.15, 0.15, count) * earned * away
    for group in (parts, part_n):
        for one in np.unique(group):
            inside = group == one
            wanted[inside] -= earned[inside] * wanted[inside].sum() / earned[inside].sum()
    for _ in range(40):
        after = spending + pushed(arrays, chain, spending, part, wanted)
        earned = told(arrays, after, 0.0)["base_income_n"]
        if (after > 0.3 * spending).all() and (earned > 3 * np.abs(wanted)).all():
            return told(arrays, after, wanted) | {"transfer_n": wanted}
        wanted = wanted / 2
    return told(arrays, spending, 0.0) | {"transfer_n": np.zeros(count)}


def sold(arrays: Arrays, spending: Any) -> Any:
    """Sales net of tariffs of spending (B, N, J)."""
    net = arrays["trade_share_nij"] / (1 + arrays.get("tariff_nij", 0.0))
    return np.stack([spending[:, :, j] @ net[:, :, j] for j in range(net.shape[2])], axis=2)


def income(arrays: Arrays, spending: Any) -> Any:
    """Income (B, N) that spending brings by place of residence, transfers apart."""
    earned = arrays.get("value_added_share_nj", 1.0) * sold(arrays, spending)
    land = (arrays.get("structures_share_nj", 0.0) * earned).sum(axis=2)
    capital = (arrays.get("capital_share_nj", 0.0) * earned).sum(axis=2)
    labour = earned.sum(axis=2) - land - capital
    if "commuting_share_ni" in arrays:
        share = arrays["commuting_share_ni"]
        labour = labour @ (share / share.sum(axis=0)).T
    if "portfolio_share_n" in arrays:
        given = arrays["contribution_share_n"] * land
        land = land - given + given.sum(axis=1, keepdims=True) * arrays["portfolio_share_n"]
    if "ownership_ni" in arrays:
        capital = capital @ arrays["ownership_ni"].T
    net = (arrays["trade_share_nij"] / (1 + arrays.get("tariff_nij", 0.0))).sum(axis=1)
    return labour + land + capital + ((1 - net) * spending).sum(axis=2) * ("tariff_nij" in arrays)


def spent(arrays: Arrays, received: Any, revenue: Any) -> Any:
    """Spending (B, N, J) of income, private and public, and on inputs."""
    if "local_tax_n" in arrays:
        centre = received @ arrays["central_tax_n"]
        received = (1 - arrays["central_tax_n"]) * received + centre[:, None] * arrays["grant_share_n"]
    final = received[:, :, None] * arrays["final_share_nj"]
    if "input_share_nkj" not in arrays:
        return final
    return final + np.einsum("nkj,bnj->bnk", arrays["input_share_nkj"], revenue)


def chain_of_regions(chain: np.ndarray, count: int, least: float) -> np.ndarray:
    """Return which regions pass spending on to which."""
    sectors = len(chain) // count
    return chain.reshape(count, sectors, count, sectors).sum(axis=(1, 3)) > least


def stationary(chain: np.ndarray) -> np.ndarray:
    """Return the stationary vector of a chain with rows that add up to one."""
    chain = chain.copy()
    for last in range(len(chain) - 1, 0, -1):
        chain[:last, last] /= chain[last, :last].sum()
        chain[:last, :last] += np.outer(chain[:last, last], chain[last, :last])
    found = np.ones(len(chain))
    for state in range(1, len(chain)):
        found[state] = found[:state] @ chain[:state, state]
    return found / found.sum()


def pushed(arrays: Arrays, chain: Any, spending: Any, part: Any, transfer_n: Any) -> Any:
    """Return what transfers add to spending: nothing to that of a part."""
    count, sectors = arrays["final_share_nj"].shape
    first = spent(arrays, transfer_n[None], np.zeros((1, count, sectors))).reshape(-1)
    matrix = np.eye(len(chain)) - chain
    for one in np.unique(part):
        inside = part == one
        matrix += np.outer(spending * inside / (spending * inside).sum(), inside)
    return np.linalg.solve(matrix, first)


def told(arrays: Arrays, spending: Any, transfer_n: Any) -> Arrays:
    """Return value added and income of spending."""
    spending = spending.reshape(1, *arrays["final_share_nj"].shape)
    value = arrays.get("value_added_share_nj", 1.0) * sold(arrays, spending)
    return {"value_added_nj": value[0], "base_income_n": income(arrays, spending)[0] + transfer_n}
