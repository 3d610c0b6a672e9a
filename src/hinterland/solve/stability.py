"""Whether people who are moved a little come back: solvers find equilibria at which they would not stay."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from hinterland.arrays import FloatArray
from hinterland.model.evaluate import Kernels
from hinterland.model.levers import Levers
from hinterland.model.model import Model, pack, shapes
from hinterland.solve.natural import as_they_are
from hinterland.solve.newton import DENSE
from hinterland.solve.precondition import jacobian_of, unknowns

STRONG = 0.1  # elasticity of productivity to density beyond what studies find, and near what tastes for places repel

_gaps_jacobian = jacobian_of(as_they_are)


def doubtful(model: Model) -> bool:
    """Whether density acts so strongly that people might not come back: there a page asks."""
    return bool(np.max(model.density_n) > STRONG)


def stable(point: FloatArray, model: Model, levers: Levers, given: Kernels) -> bool | None:
    r"""Whether people come back where all markets clear at once and people move to better places.

    None where nobody moves, or the Jacobian is too large to be formed.

    With p what people choose and q the rest, people move by :math:`S = J_{pp} - J_{pq} J_{qq}^{-1} J_{qp}`; they come
    back where no eigenvalue of S has a positive real part.
    Source: Fujita, Krugman and Venables (1999), chapter 5: the dynamics of migration [fkv1999]. Departure: none.
    """
    chosen = model.people.unknowns(model.production.value_added_nj.shape)
    if not chosen or unknowns(model) > DENSE:
        return None
    named = {name: jnp.full(shape, name in chosen) for name, shape in shapes(model).items()}
    p = np.asarray(pack(named, model), dtype=bool)
    slope = np.asarray(_gaps_jacobian(point, model, levers, given))
    if not np.isfinite(slope).all():
        return None
    system, right = slope[np.ix_(~p, ~p)], slope[np.ix_(~p, p)]
    try:
        rest = np.linalg.solve(system, right)
    except np.linalg.LinAlgError:
        rest = np.linalg.lstsq(system, right, rcond=None)[0]
    moves = slope[np.ix_(p, p)] - slope[np.ix_(p, ~p)] @ rest
    return bool(np.linalg.eigvals(moves).real.max() < 0)
