"""Write the tables of docs/parameters.md between their marks: values from the schema, and sensitivities.

    python tools/sensitivity_page.py

The words around them are written by hand. Every sensitivity is the effect of one reform on china-2020 at one set of
values: 30 solves, each by natural steps, for no base year is solved twice but the default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import numpy as np

from hinterland import schema
from hinterland.data import box
from hinterland.economy.box import from_arrays
from hinterland.economy.economy import Economy
from hinterland.economy.load import load
from hinterland.instruments import HukouReform
from hinterland.policy.combine import combined, with_all
from hinterland.policy.write import domestic_trade, target
from hinterland.solve.static import solve_once
from hinterland.study.outcomes import base_state, national, state_of

NAME = "china-2020"
PAGE = Path(__file__).parents[1] / "docs" / "parameters.md"
INNER, EFFICIENCY, DENSITY = (1.5, 3.0, 5.0), (0.75, 0.85, 1.0), (0.0, 0.05, 0.08)
DEFAULT = (3.0, 0.85, 0.05)
NATION = ("East", "Central", "West", "Northeast")


def in_place(economy: Economy) -> Economy:
    """From village to town inside one's own province, Central and West: costs fall by a fifth."""
    return combined(economy, [HukouReform(to=("Central", "West"), access=0.0, cut=0.2)])


def across(economy: Economy) -> Economy:
    """To any job in another province, all over the country: costs fall by a fifth."""
    return combined(economy, [HukouReform(to=NATION, moves="across", access=0.0, cut=0.2)])


def trade(economy: Economy) -> Economy:
    """Trade of the East with Central and with West, both ways, every sector: costs fall by a tenth, none below one."""
    east_n, inland_n = (target(economy, names, "trade") for names in (("East",), ("Central", "West")))
    cut_ni = 0.1 * (np.outer(east_n, inland_n) + np.outer(inland_n, east_n))
    return with_all(economy, [{"trade_cost_hat_nij": domestic_trade(economy, cut_ni)}])


REFORMS: Mapping[str, Callable[[Economy], Economy]] = {"in place": in_place, "across": across, "trade": trade}
COLUMNS = ("urbanization, pp", "real GDP, %", "East/West gap, %", "Theil, %", "cross-province workers, %")


def economy_with(inner: float, efficiency: float, density: float) -> Economy:
    """Return china-2020 with three values; wages and incomes of the base year follow the labour of a villager."""
    arrays = box.economy_arrays(NAME)
    labour = np.array(arrays["efficiency_rj"], dtype=float)
    labour[0, 1:] = efficiency
    china = load(NAME)
    built = from_arrays(NAME, china.year, arrays | {"efficiency_rj": labour}, china.units, china.notes)
    return built.with_elasticities(inner_elasticity=inner, agglomeration_elasticity=density)


def across_workers(nation: Mapping[str, float]) -> float:
    """Million workers in another province than that of their hukou."""
    return nation["workers_within_macro_region"] + nation["workers_across"]


def effects(economy: Economy, reform: Callable[[Economy], Economy]) -> tuple[float, ...]:
    """Return the effect of a reform in the order of `COLUMNS`."""
    solved = solve_once(reform(economy))
    assert solved.certificate.passed
    before, after = national(economy, base_state(economy)), national(economy, state_of(solved))

    def relative(name: str) -> float:
        return 100 * (after[name] / before[name] - 1)

    return (
        after["urbanization_rate"] - before["urbanization_rate"],
        relative("real_gdp"),
        relative("east_west_gap"),
        relative("theil"),
        100 * (across_workers(after) / across_workers(before) - 1),
    )


def line(head: str, found: tuple[float, ...]) -> str:
    """Write one row of the table."""
    digits = (2, 3, 2, 2, 2)
    return f"| {head} | " + " | ".join(f"{v:+.{d}f}" for v, d in zip(found, digits, strict=True)) + " |"


def values() -> str:
    """Return the table of every parameter of china-2020, from the schema."""
    lines = ["| parameter | symbol | value | allowed | source | note |", "|---|---|---:|---|---|---|"]
    for entry in schema.parameters().values():
        if entry.economy == NAME:
            name = f"`{entry.name}`" + (f" {entry.index}" if entry.index else "")
            source = schema.sources()[entry.source]["title"]
            allowed = f"{entry.minimum:g} to {entry.maximum:g}"
            lines.append(f"| {name} | {entry.symbol} | {entry.value:g} | {allowed} | {source} | {entry.note} |")
    return "\n".join(lines)


def sensitivity() -> str:
    """Return the table of 27 solves of the reform in place, with the smallest and largest of each column."""
    heads = " | ".join(COLUMNS)
    rows = [f"| kappa_in | rural efficiency | nu | {heads} |", "|---:|---:|---:|" + "---:|" * len(COLUMNS)]
    every = []
    for inner, efficiency, density in product(INNER, EFFICIENCY, DENSITY):
        every.append(effects(economy_with(inner, efficiency, density), in_place))
        rows.append(line(f"{inner:g} | {efficiency:g} | {density:g}", every[-1]))
    for name, least in (("smallest", min), ("largest", max)):
        rows.append(line(f"{name} | | ", tuple(least(column) for column in zip(*every, strict=True))))
    return "\n".join(rows)


def other_reforms() -> str:
    """Return the effects of three reforms at the default values."""
    rows = [f"| reform | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS)]
    rows += [line(name, effects(economy_with(*DEFAULT), reform)) for name, reform in REFORMS.items()]
    return "\n".join(rows)


SECTIONS: Mapping[str, Callable[[], str]] = {
    "values": values,
    "sensitivity": sensitivity,
    "reforms": other_reforms,
}


def between(page: str, name: str) -> tuple[str, str, str]:
    """Cut a page in three at the marks of a section."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, _, rest = page.partition(begin)
    inside, _, after = rest.partition(end)
    return before + begin, inside, end + after


def page() -> str:
    """Return the page with its tables made anew."""
    made = PAGE.read_text(encoding="utf-8")
    for name, make in SECTIONS.items():
        before, _, after = between(made, name)
        made = f"{before}{make()}\n{after}"
    return made


def main() -> None:
    """Compute, then write between the marks."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
