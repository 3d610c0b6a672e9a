"""Dimensions and array types of signatures outside the equations, which are NumPy's.

N regions (n destination, i origin), D domestic regions (they come first), J sectors (j, k),
G groups of origin (home region, hukou), C = D x J cells a group chooses among.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
