"""Pictures of an answer: Vega-Lite specs with the data inside, the same for notebook, report and page.

`picture` makes one by its name, `svg` and `png` draw it. Each comes with a sentence that says what is seen, and the
table behind it. Specs are plain values, which Altair reads (`Picture.chart`): made so they cost a few milliseconds.
"""

from hinterland.report.charts.colours import ramp
from hinterland.report.charts.door import names, picture
from hinterland.report.charts.map import sentence as map_sentence
from hinterland.report.charts.mapped import mapped, over_path, over_years
from hinterland.report.charts.picture import Picture
from hinterland.report.charts.theme import SERIES, config
from hinterland.report.charts.tiles import coloured, tiles
from hinterland.report.charts.words import figure, name_of, policy_names

svg, png = Picture.svg, Picture.png

__all__ = [
    "SERIES",
    "Picture",
    "coloured",
    "config",
    "figure",
    "map_sentence",
    "mapped",
    "name_of",
    "names",
    "over_path",
    "over_years",
    "picture",
    "png",
    "policy_names",
    "ramp",
    "svg",
    "tiles",
]
