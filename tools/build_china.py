"""Write the base years china-2010 and china-2020 of the box from its own figures; the bytes are the same on every run.

python tools/build_china.py
"""

from __future__ import annotations

import numpy as np

from hinterland.base_years.builds import built, labelled
from hinterland.data import box


def main() -> None:
    """Build, label, write."""
    for name in built():
        np.savez_compressed(str(box.arrays_file(name)), **labelled(name))


if __name__ == "__main__":
    main()
