"""Make the economy `china-2000` of the box from the published figures (openICPSR 113071 and its sequel).

    python tools/build_china_2000.py REPLICATION_DIR GEO_DIR

Writes its arrays in our own order: provinces by six-digit code, cells by (province, sector); and
`tombe-zhu-2019.npz`, the solution of their case 'internal trade costs' that `hinterland replicate` is held to.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from hinterland.data import box

BOX = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box"
# The published files spell two names in their own way (and differ from each other in order).
SPELLING = {"Shannxi": "Shaanxi", "InnerMongolia": "Inner Mongolia"}
KAPPA = 1.5
FEWEST_WORKERS = 5_000
CLIP = (0.05, 20.0)


def province_codes() -> dict[str, str]:
    """English name -> six-digit code."""
    table = pd.read_csv(BOX / "provinces.csv", dtype=str)
    return dict(zip(table["en"], table["code"], strict=True))


def order(names: list[str], codes: dict[str, str]) -> tuple[np.ndarray, list[str]]:
    """Return the positions that put `names` in order of code, and the codes."""
    found = [codes[SPELLING.get(name, name)] for name in names]
    position = np.argsort(found)
    return position, [found[i] for i in position]


def migration_shares(geo: Path, codes: dict[str, str], year: int) -> np.ndarray:
    """Share of each hukou group (row) working in each cell (column), in order of code."""
    table = pd.read_csv(geo / "migration_hukou_worker_60x60_2000_2005_2010.csv")
    table = table[table["year"] == year]

    def key(province: pd.Series, sector: pd.Series) -> pd.Series:
        code = province.map(lambda name: codes[SPELLING.get(name, name)])
        return code + sector.map({"ag": "0", "na": "1"})

    table = table.assign(
        group=key(table["hukou_prov"], table["hukou_sector"]),
        cell=key(table["work_prov"], table["work_sector"]),
    )
    return table.pivot(index="group", columns="cell", values="share_of_hukou_workers").to_numpy()


def measured_migration_cost_hat(
    before: np.ndarray, after: np.ndarray, size: np.ndarray, income_hat: np.ndarray
) -> np.ndarray:
    """Change of iceberg migration costs: (share ratio)^(-1/kappa) x relative income, cleaned (T15).

    Pairs with at most 5,000 workers in both years carry no information and keep a change of one.
    """
    home = np.arange(len(size))
    ratio = (after / after[home, home][:, None]) / (before / before[home, home][:, None])
    relative = income_hat[None, :] / income_hat[:, None]
    change = np.clip(ratio ** (-1 / KAPPA) * relative, *CLIP)
    workers = np.maximum(before, after) * size[:, None] * 1e6
    change = np.where(workers > FEWEST_WORKERS, change, 1.0)
    change[home, home] = 1.0
    return change


def main(replication: Path, geo: Path) -> None:
    """Read, reorder, write."""
    codes = province_codes()
    given = np.load(replication / "inputs.npz", allow_pickle=False)
    position, region_codes = order([str(name) for name in given["province"][:30]], codes)
    with_world = np.append(position, 30)
    cell = (2 * position[:, None] + np.arange(2)).ravel()

    def trade(ag: str, nonag: str) -> np.ndarray:
        return np.stack([given[name][np.ix_(with_world, with_world)] for name in (ag, nonag)], axis=-1)

    published = given["m2000"][np.ix_(cell, cell)]
    workers = given["L_data"][position]
    income_hat = given["drY"][position].ravel()
    # The published rows add up to one within 6e-7. Group sizes are theirs; shares are normalised, and workers
    # follow (by 14 persons at most), so that a zero shock returns the data. `replicate` undoes this exactly.
    size = np.linalg.solve(published.T, workers.ravel())
    shares = published / published.sum(axis=1, keepdims=True)
    np.savez_compressed(
        Path(str(box.arrays_file("china-2000", BOX))),
        region_code=np.array([*region_codes, "WORLD"]),
        sector=np.array(["ag", "nonag"]),
        trade_share_nij=trade("pi_ag", "pi_na"),
        trade_cost_hat_2002_2007_nij=trade("tauhat_ag", "tauhat_na"),
        migration_share_gc=shares,
        # Both years from one source: its matrix of 2000 differs from the deposit's by up to 3 points.
        migration_cost_hat_2000_2005_gc=measured_migration_cost_hat(
            migration_shares(geo, codes, 2000), migration_shares(geo, codes, 2005), size, income_hat
        ),
        workers_nj=(size @ shares).reshape(workers.shape),
        workers_published_nj=workers,
        foreign_workers=given["L_world"][None],
        real_income_nj=given["rY2000"][position],
        real_income_hat_2000_2005_nj=given["drY"][position],
        **{key: np.array(value) for key, value in box.head("china-2000").items()},
    )
    solution = np.load(replication / "outputs_internal.npz", allow_pickle=False)
    blocks = solution["internal_x"].reshape(3, 2, 31).transpose(0, 2, 1)[:, with_world]
    names = (
        "internal_trade_share",
        "external_trade_share",
        "within_province",
        "between_provinces",
        "gdp",
        "welfare",
    )
    np.savez_compressed(
        BOX / "tombe-zhu-2019.npz",
        wage_hat_nj=blocks[0],
        price_hat_nj=blocks[1],
        labour_hat_nj=blocks[2],
        summary_name=np.array(names),
        summary=solution["internal_summary"],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
