"""Bars beside each other: no figure stands over the name of its row."""

from __future__ import annotations

import pytest

from hinterland.report.charts.panels import BESIDE, Quantity, ends
from hinterland.report.charts.theme import LABEL_SIZE, width_of
from hinterland.report.quantities import Reading


@pytest.mark.parametrize("values", [(-0.0392, 0.1357), (-0.1357, 0.0392), (0.1357, 0.2), (-0.2, -0.1)])
def test_the_figure_beyond_the_longest_bar_stays_inside_its_panel(values: tuple[float, float]):
    width = 190
    low, high = ends([Quantity("moved", Reading(1.0, "million", 4), values)], width)
    pixel = (high - low) / width
    figure = width_of("+0.1357", LABEL_SIZE)
    for end, side in ((low, min(*values, 0.0)), (high, max(*values, 0.0))):
        room = abs(end - side) / pixel
        assert room == pytest.approx(BESIDE + figure if side else 0.0, rel=1e-6)
