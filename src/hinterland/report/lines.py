"""Where lines of a text may break, in both languages: the one rule for terminals, help and pictures.

Numbers keep their units, and no line begins with a mark that closes or ends with one that opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from hinterland.names import columns

LONG = 28  # columns beyond which a word without a gap is cut at its joints
WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"  # letters between which a line may break
CLOSING = "，。；：、）】》”’！？%,.;:)]!?"  # never at the beginning of a line
OPENING = "（【《“‘(["  # never at its end
UNITS = "个百分点|百分点|万亿元|亿元|万人"  # Chinese units of several letters
TOKEN = re.compile(rf"[ ]+|[{re.escape(OPENING)}]*(?:{UNITS}|[^\s{WIDE}]+|[{WIDE}])[{re.escape(CLOSING)}]*")
FIGURE = re.compile(r"[-+±≥~]?[\d.,]+[%]?")
OF_FIGURE = re.compile(r"%|(?:pp|bn|trn|m|CNY|yuan)(?![A-Za-z])|个?百分点|万亿元|亿元|万人|万|亿|元|人|倍|年")


def tokens(words: str) -> list[str]:
    """Return what a line must not break: a word, a Chinese letter with its marks, a number with its unit; spaces."""
    found = list[str]()
    for token in (part for long in TOKEN.findall(words) for part in joints(long)):
        if len(found) > 1 and found[-1] == " " and FIGURE.fullmatch(found[-2].lstrip(OPENING)) and unit_first(token):
            found[-2:] = [f"{found[-2]} {token}"]
        else:
            found.append(token)
    return found


def joints(token: str) -> list[str]:
    """Return a long word in parts, cut behind its stops, slashes, strokes and commas."""
    return re.findall(r"[^._/,|-]+[._/,|-]*|[._/,|-]+", token) if columns(token) > LONG else [token]


def unit_first(token: str) -> bool:
    """Whether a token begins with the unit of the number before it."""
    return OF_FIGURE.match(token) is not None


def wrapped(words: str, width: float, measure: Callable[[str], float] = columns) -> list[str]:
    """Return a text in lines of a width, in columns of a terminal unless they are measured otherwise."""
    lines = list[str]()
    for paragraph in words.split("\n"):
        line, start = "", len(lines)
        for token in tokens(paragraph):
            if line.strip() and measure(line) + measure(token.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            if token.strip() or line.strip() or len(lines) == start:
                line += token
        lines.append(line.rstrip())
    return lines
