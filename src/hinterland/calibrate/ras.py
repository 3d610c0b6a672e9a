"""Balancing: tables brought to given row and column totals, with proof; a table that cannot be is named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.errors import DataError, Problem, places

BALANCED = 1e-13  # largest relative gap of a row or column
AGREE = 1e-9  # how far the two grand totals may be apart
MOST_SWEEPS = 20_000


def ras(
    seed: FloatArray,
    row_total: FloatArray,
    column_total: FloatArray,
    row_names: Sequence[str] = (),
    column_names: Sequence[str] = (),
) -> FloatArray:
    r"""Scale the rows and columns of a table until they add up to given totals.

    .. math:: x_{ni} = a_n s_{ni} b_i, \quad \sum_i x_{ni} = r_n, \quad \sum_n x_{ni} = c_i

    Parameters
    ----------
    seed : (N, I), >= 0
        Only its odds ratios matter.
    row_total, column_total : (N,), (I,), >= 0
        Their sums must agree to 1e-9; the columns are then scaled to the rows' sum.

    Returns
    -------
    (N, I), the unit of the totals
        The table nearest to the seed in relative entropy; every row and column within 1e-13 of its total.

    Raises
    ------
    DataError
        Where totals disagree, where a row or column has a total and no seed, and where sweeps do not settle: the seed
        then has zeros in the wrong places. The row farthest from its total is named.

    Source
    ------
    Deming and Stephan (1940), iterative proportional fitting [demingstephan1940]. Departure: none.
    """
    rows, columns = np.asarray(row_total, dtype=float), np.asarray(column_total, dtype=float)
    check_balance(seed, rows, columns, row_names, column_names)
    columns = columns * (rows.sum() / columns.sum())
    table = np.asarray(seed, dtype=float)
    for _ in range(MOST_SWEEPS):
        table = table * ratio(columns, table.sum(axis=0))[None, :]
        gap = np.abs(ratio(table.sum(axis=1), rows) - (rows > 0))
        if gap.max() <= BALANCED:
            return table
        table = table * ratio(rows, table.sum(axis=1))[:, None]
    worst = int(np.argmax(gap))
    found = {"where": name_of(worst, row_names), "found": float(gap[worst]), "sweeps": MOST_SWEEPS}
    raise DataError(Problem("calibrate.not_balanced", found))


def ipf(
    seed_nab: FloatArray, row_total_na: FloatArray, column_total_nb: FloatArray, names: Sequence[str]
) -> FloatArray:
    """Fit one table a region to its margins, as `ras`; the region is named where that fails."""
    fitted = []
    for region, seed, rows, columns in zip(names, seed_nab, row_total_na, column_total_nb, strict=True):
        labels = [f"{region}:{number + 1}" for number in range(len(rows))]
        fitted.append(ras(seed, rows, columns, labels, [f"{region}:{number + 1}" for number in range(len(columns))]))
    return np.stack(fitted)


def ras_with_bounds(
    seed: FloatArray, row_low: FloatArray, row_high: FloatArray, column_total: FloatArray, row_names: Sequence[str] = ()
) -> FloatArray:
    r"""Scale a table to given columns while every row stays between two bounds.

    .. math:: x_{ni} = a_n s_{ni} b_i, \quad a_n = \min(\max(1, l_n / \sum_i s_{ni} b_i), h_n / \sum_i s_{ni} b_i)

    A row inside its bounds keeps factor one: the projection in relative entropy onto the bounds.
    Parameters and errors as `ras`. Source: Deming and Stephan (1940) [demingstephan1940]. Departure: bounds.
    """
    seed, factor = np.asarray(seed, dtype=float), np.ones(seed.shape[1])
    for _ in range(MOST_SWEEPS):
        rows = seed @ factor
        scale = np.clip(1.0, ratio(row_low, rows), ratio(row_high, rows))
        new = column_total / (scale @ seed)
        gap = np.abs(new / factor - 1)
        factor = new
        if gap.max() <= BALANCED:
            table = scale[:, None] * seed * factor[None, :]
            return np.asarray(table * (column_total / table.sum(axis=0))[None, :])
    worst = int(np.argmax(np.abs(np.log(scale))))
    found = {"where": name_of(worst, row_names), "found": float(gap.max()), "sweeps": MOST_SWEEPS}
    raise DataError(Problem("calibrate.not_balanced", found))


def spread_with_caps(total: float, weight_n: FloatArray, cap_n: FloatArray) -> FloatArray:
    r"""Spread a total by weights while no region gets more than its cap; what is cut goes to the others.

    .. math:: x_n = \min(\lambda w_n, c_n), \quad \sum_n x_n = T

    Parameters
    ----------
    total : the unit of the caps
    weight_n : (N,), > 0
    cap_n : (N,), adds up to more than the total
    """
    if cap_n.sum() < total:
        raise DataError(Problem("calibrate.caps", {"found": float(total), "most": float(cap_n.sum())}))
    capped = np.zeros(len(weight_n), dtype=bool)
    while True:
        left = total - cap_n[capped].sum()
        given = np.where(capped, cap_n, weight_n * (left / weight_n[~capped].sum()))
        over = (given > cap_n) & ~capped
        if not over.any():
            return np.asarray(given)
        capped |= over


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return above over below, one where both are zero."""
    return np.asarray(np.where(below > 0, above, 1.0) / np.where(below > 0, below, 1.0))


def name_of(number: int, names: Sequence[str]) -> str:
    """Return the name of a row, or its number."""
    return names[number] if names else str(number + 1)


def check_balance(
    seed: FloatArray, rows: FloatArray, columns: FloatArray, row_names: Sequence[str], column_names: Sequence[str]
) -> None:
    """Raise with every reason why the table cannot be balanced: signs, totals, empty rows and columns."""
    problems = []
    for total, sums, names in ((rows, seed.sum(axis=1), row_names), (columns, seed.sum(axis=0), column_names)):
        bad = ~(np.isfinite(total) & (total >= 0) & np.isfinite(sums)) | ((total > 0) & ~(sums > 0))
        if bad.any():
            where = [name_of(int(number), names) for number in np.flatnonzero(bad)]
            found = {"where": places(where, len(total)), "found": float(total[bad][0])}
            problems.append(Problem("calibrate.empty_row", found))
    if not problems and abs(rows.sum() / columns.sum() - 1) > AGREE:
        problems.append(Problem("calibrate.totals", {"rows": float(rows.sum()), "columns": float(columns.sum())}))
    if problems:
        raise DataError(problems)
