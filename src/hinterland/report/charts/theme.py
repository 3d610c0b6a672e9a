"""How all pictures look: fonts with Chinese letters, sizes, colours; and words broken into lines."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import Any

from hinterland.report.lines import wrapped

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name, which nothing fetches
# One family with Chinese letters after the other: those of Linux, macOS, Windows, whatever is installed.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
)
LATIN = ("Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
INK, SOFT, FAINT, GRID = "#222222", "#555555", "#999999", "#e3e3e3"
# Colours that the colour-blind tell apart (Okabe and Ito), in the order of use.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f", "#332288", "#b5a800")
BAND = "#c9d7e6"  # of a range
UP, DOWN, TOTAL = "#2b7bba", "#d1690e", "#4d4d4d"
TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE = 15, 11.5, 11


def families(lang: str) -> str:
    """Return the list of fonts of a language, those with its own letters first."""
    order = (*CHINESE, *LATIN) if lang == "zh" else (*LATIN, *CHINESE)
    return ", ".join([*order, "sans-serif"])


def config(lang: str) -> Spec:
    """Return what every picture looks like."""
    font = families(lang)
    words = {"labelFontSize": LABEL_SIZE, "titleFontSize": LABEL_SIZE, "titleFontWeight": "normal"}
    colours = {"labelColor": INK, "titleColor": SOFT}
    return {
        "font": font,
        "background": "#ffffff",
        "aria": False,  # the sentence is told once, not a label for every mark
        "view": {"stroke": None},
        "axis": {
            **words,
            **colours,
            "labelLimit": 260,
            "labelSeparation": 6,  # of numbers along an axis: fewer are told where they would touch
            "titleLimit": 600,
            "gridColor": GRID,
            "domainColor": FAINT,
            "tickColor": FAINT,
        },
        "legend": {**words, **colours, "labelLimit": 300, "titleLimit": 300},
        "header": {**words, **colours, "labelLimit": 300},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": TITLE_SIZE,
            "subtitleFontSize": SUBTITLE_SIZE,
            "color": INK,
            "subtitleColor": SOFT,
            "subtitlePadding": 5,
            "offset": 12,
        },
        "text": {"fontSize": LABEL_SIZE, "color": INK},
    }


def width_of(words: str, size: float) -> float:
    """Return about how wide words are, in pixels: a Chinese letter takes its height, a Latin one about half of it."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.55 for letter in words)


def lines(words: str, width: float, size: float) -> list[str]:
    """Break words into lines that are no wider than `width` pixels."""
    return wrapped(words, width, partial(width_of, size=size))
