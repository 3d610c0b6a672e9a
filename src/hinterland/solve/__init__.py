"""The engine room: fixed points, tolerances, statuses. Loops and `jax.lax` live only here.

The package and its main function share a name, `hinterland.solve`. Importing a submodule makes Python put the
package there, so the package can be called: `hl.solve(economy)` (docs/decisions/0005). An `Economy` goes to `static`,
a `World` to `world`, a `Commuting` to `commuting`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

from hinterland.commuting import Commuting
from hinterland.world import World

if TYPE_CHECKING:
    from hinterland.economy import Economy
    from hinterland.solve.commuting import CommutingEquilibrium
    from hinterland.solve.static import Equilibrium
    from hinterland.solve.world import WorldEquilibrium


@overload
def solve(economy: Economy, tolerance: float = ...) -> Equilibrium: ...
@overload
def solve(economy: World, tolerance: float = ...) -> WorldEquilibrium: ...
@overload
def solve(economy: Commuting, tolerance: float = ...) -> CommutingEquilibrium: ...
def solve(
    economy: Economy | World | Commuting, tolerance: float | None = None
) -> Equilibrium | WorldEquilibrium | CommutingEquilibrium:
    """Solve an economy, a world or a model with commuting in exact hats; raise NotSolvedError where none is found."""
    options = {} if tolerance is None else {"tolerance": tolerance}
    if isinstance(economy, World):
        from hinterland.solve import world

        return world.solve(economy, **options)
    if isinstance(economy, Commuting):
        from hinterland.solve import commuting

        return commuting.solve(economy, **options)
    from hinterland.solve import static

    return static.solve(economy, **options)


def response(economy: Economy | World) -> Callable[[Any], Any]:
    """Return the outcome as a function of the levers, through which `jax.grad` passes (implicit function theorem)."""
    if isinstance(economy, World):
        from hinterland.solve import world

        return world.response(economy)
    from hinterland.solve import static

    return static.response(economy)


class _Solve(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return solve(*arguments, **options)


sys.modules[__name__].__class__ = _Solve
