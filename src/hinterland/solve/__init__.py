"""The engine room: fixed points, tolerances, statuses. Loops and `jax.lax` live only here.

The package and its main function share a name, `hinterland.solve`. Importing a submodule makes Python put the
package there, so the package can be called: `hl.solve(economy)` (docs/decisions/0005). An `Economy` goes through
`static`, which sets the model's slots for it; a `World` is one already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from hinterland.economy.economy import Economy
    from hinterland.solve.static import Equilibrium
    from hinterland.solve.world import WorldEquilibrium
    from hinterland.world.world import World


@overload
def solve(economy: Economy, tolerance: float = ...) -> Equilibrium: ...
@overload
def solve(economy: World, tolerance: float = ...) -> WorldEquilibrium: ...
def solve(economy: Economy | World, tolerance: float | None = None) -> Equilibrium | WorldEquilibrium:
    """Solve an economy or a world in exact hats; raise NotSolvedError where no equilibrium is found."""
    from hinterland.solve import static, world
    from hinterland.world.world import World

    options = {} if tolerance is None else {"tolerance": tolerance}
    return world.solve(economy, **options) if isinstance(economy, World) else static.solve(economy, **options)


def response(economy: Economy | World) -> Callable[..., Any]:
    """Return the outcome as a function of the levers, through which `jax.grad` passes (implicit function theorem).

    For a world, a second argument is the model: derivatives with respect to any parameter pass as well.
    """
    from hinterland.solve import static, world
    from hinterland.world.world import World

    return world.response(economy) if isinstance(economy, World) else static.response(economy)


class _Solve(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return solve(*arguments, **options)


sys.modules[__name__].__class__ = _Solve
