"""The same equilibrium written plainly: NumPy, one damped loop inside the other, nothing shared with the engine.

It is what a published one-paper code does, and a second route to every number of the engine.
"""

from __future__ import annotations

import numpy as np

from hinterland.economy.economy import Economy


def solve_plain(economy: Economy, tolerance: float = 1e-12, damping: float = 0.3) -> dict[str, np.ndarray]:
    """Return wage, price and labour hats (N, J); nominal hats over the foreign wage."""
    arrays, levers = economy.arrays, economy.levers
    theta, kappa, alpha = (
        float(np.ravel(arrays[name])[0]) for name in ("trade_elasticity_j", "migration_elasticity", "goods_share_n")
    )
    added, final = arrays["value_added_share_nj"][0], arrays["final_share_nj"][0]
    eta = added * arrays["structures_share_nj"][0]
    beta, gamma = added - eta, arrays["input_share_nkj"][0].T / (1 - added)[:, None]
    share0, revenue0 = arrays["trade_share_nij"], arrays["value_added_nj"] / added
    workers = economy.workers_c.reshape(-1, 2)
    labour0 = np.vstack([workers, np.zeros((1, 2))])
    foreign_bill = beta * revenue0[-1]
    labour0[-1] = foreign_bill / foreign_bill.sum()  # one unit of people abroad
    size, moved0 = economy.group_size_g, economy.migration_share_gc
    home = np.arange(size.size)
    rent_per_wage = np.tile(((1 - alpha) * beta + eta) / (alpha * beta), len(economy.domestic_codes))

    def rebate(labour: np.ndarray, stay: np.ndarray) -> np.ndarray:
        return 1 + rent_per_wage * labour / (stay * size)

    rebate0 = rebate(workers.ravel(), np.diag(moved0))
    wage, labour, stay = np.ones_like(revenue0), np.ones_like(revenue0), np.diag(moved0).copy()
    price = np.ones_like(revenue0)
    for _ in range(20_000):
        for _ in range(200):
            inputs = np.exp((1 - beta - eta) * (np.log(price) @ gamma.T))
            cost = wage**beta * (wage * labour) ** eta * inputs / levers.productivity_hat_nj
            weight = share0 * (levers.trade_cost_hat_nij * cost[None]) ** -theta
            new_price = weight.sum(axis=1) ** (-1 / theta)
            gap = np.max(np.abs(new_price / price - 1))
            price = new_price
            if gap < tolerance / 10:
                break
        share = weight / weight.sum(axis=1, keepdims=True)
        revenue = wage * labour * revenue0
        spending = np.outer((revenue * (beta + eta)).sum(axis=1), final) + (revenue * (1 - beta - eta)) @ gamma
        sales = np.einsum("nij,nj->ij", share, spending)
        value = wage[:-1] / (
            np.exp(alpha * np.log(price[:-1]) @ final)[:, None] * (wage[:-1] * labour[:-1]) ** (1 - alpha)
        )
        cells = labour[:-1].ravel() * workers.ravel()
        gain = np.tile(value.ravel(), (size.size, 1)) / levers.migration_cost_hat_gc
        gain = gain if levers.newcomer_cost_hat_gc is None else gain / levers.newcomer_cost_hat_gc
        for _ in range(200):
            now = gain.copy()
            now[home, home] *= rebate(cells, stay) / rebate0
            moved = moved0 * now**kappa
            moved /= moved.sum(axis=1, keepdims=True)
            new_stay = 0.5 * np.diag(moved) + 0.5 * stay
            gap = np.max(np.abs(new_stay / stay - 1))
            stay = new_stay
            if gap < tolerance / 10:
                break
        supplied = np.vstack([(size @ moved).reshape(workers.shape), labour[-1:] * labour0[-1:]])
        bill = beta * revenue[-1] * sales[-1] / revenue[-1]
        supplied[-1] = bill / bill.sum()
        excess = sales / revenue
        new_wage = wage * excess**damping
        new_wage[-1] = wage[-1] * (sales[-1].sum() / revenue[-1].sum()) ** damping
        new_labour = labour * (supplied / (labour * labour0)) ** damping
        new_wage /= new_wage[-1, 0]
        worst = max(np.max(np.abs(new_wage / wage - 1)), np.max(np.abs(new_labour / labour - 1)))
        wage, labour = new_wage, new_labour
        if worst < tolerance:
            return {"wage_hat_nj": wage, "price_hat_nj": price, "labour_hat_nj": labour}
    raise RuntimeError("the plain loop did not settle")
