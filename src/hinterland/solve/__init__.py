"""The engine room: fixed points, tolerances, statuses. Loops and `jax.lax` live only here.

The package and its main function share a name, `hinterland.solve`. Importing a submodule makes Python put the
package there, so the package can be called: `hl.solve(economy)` is `static.solve(economy)` (docs/decisions/0005).
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hinterland.solve.static import Equilibrium


class _Solve(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Equilibrium:
        from hinterland.solve.static import solve

        return solve(*arguments, **options)


sys.modules[__name__].__class__ = _Solve
