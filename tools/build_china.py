"""Write the base years china-2010 and china-2020 of the box from its own figures; the bytes are the same on every run.

python tools/build_china.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hinterland.base_years.builds import BUILT, labelled

BOX = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box"


def main() -> None:
    """Build, label, write."""
    for name in BUILT:
        np.savez_compressed(BOX / f"{name}.npz", **labelled(name))


if __name__ == "__main__":
    main()
