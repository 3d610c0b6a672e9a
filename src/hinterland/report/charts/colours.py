"""Colours of a quantity: light to dark for levels, two arms about zero for changes; and the text that is read on them.

Both ramps are told apart by the colour-blind. A scale has its stops in the spec, so that what is drawn is what is
reckoned here: the text on a dark tile is white.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

LEVELS = ("#ffffe0", "#d5edd0", "#a0d6c6", "#63b6c1", "#3a8fb7", "#2a67a0", "#22407c", "#131c4e")
CHANGES = ("#7f3b08", "#b9610f", "#e79a4a", "#f7cfa0", "#f4f4f4", "#b5d4ea", "#6fa8d6", "#2b73b3", "#0b3f73")
DARK, LIGHT = "#000000", "#ffffff"  # with these either is read on any ground at a contrast of 4.5
# Between these luminances a ground looks dark and yet black is read on it better than white: no tile has such a one.
BETWEEN = (0.175, 0.27)
HALVINGS = 16
STEPS = 20  # colours between two stops: the jump is as narrow as one of them


@dataclass(frozen=True)
class Ramp:
    """A scale of colours from the lowest to the highest number."""

    low: float
    high: float
    stops: tuple[str, ...]

    def scale(self) -> dict[str, Any]:
        """Return the scale of a spec: linear between the stops."""
        count = len(self.stops) - 1
        domain = [self.low + (self.high - self.low) * place / count for place in range(count + 1)]
        return {"type": "linear", "domain": domain, "range": list(self.stops), "interpolate": "rgb", "clamp": True}

    def colour(self, value: float) -> tuple[float, float, float]:
        """Return red, green and blue of a number, in [0, 1]."""
        place = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low) * (len(self.stops) - 1)
        before = min(int(place), len(self.stops) - 2)
        pairs = zip(channels(self.stops[before]), channels(self.stops[before + 1]), strict=True)
        red, green, blue = (low + (high - low) * (place - before) for low, high in pairs)
        return red, green, blue

    def code(self, value: float) -> str:
        """Return the colour of a number as `#rrggbb`."""
        return hexadecimal(self.colour(value))

    def ink(self, value: float) -> str:
        """Return the colour of text that is read best on that of a number: dark or white, by their contrast."""
        ground = luminance(self.colour(value))
        return max((DARK, LIGHT), key=lambda ink: contrast(luminance(channels(ink)), ground))


def ramp(values: Sequence[float], centred: bool) -> Ramp:
    """Return the scale of some numbers: about zero where they are changes; all alike are in its middle."""
    if centred:
        most = max((abs(value) for value in values), default=0.0) or 1.0
        return Ramp(-most, most, readable(CHANGES))
    low, high = min(values, default=0.0), max(values, default=1.0)
    spread = (high - low) or abs(low) or 1.0
    stops = readable(LEVELS)
    return Ramp(low, high, stops) if high > low else Ramp(low - spread / 2, low + spread / 2, stops)


@cache
def readable(stops: tuple[str, ...]) -> tuple[str, ...]:
    """Return more stops between those of a scale, those of a middling darkness made darker or lighter, in their order.

    What is dark is so dark that white is read on it, and what has black letters looks light.
    """
    rough, count = Ramp(0.0, 1.0, stops), STEPS * (len(stops) - 1)
    return tuple(hexadecimal(clear(rough.colour(place / count))) for place in range(count + 1))


def clear(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return a colour that looks as dark or light as the letters on it need: the nearest, mixed with black or white."""
    low, high = BETWEEN
    if not low < luminance(colour) < high:
        return colour
    darker = luminance(colour) < (low + high) / 2
    wanted, part, step = (low if darker else high), 0.5, 0.25
    for _ in range(HALVINGS):  # the more is mixed in, the further from the middle
        short = (luminance(toward(colour, float(not darker), part)) > wanted) == darker
        part, step = part + (step if short else -step), step / 2
    return toward(colour, float(not darker), part)


def toward(colour: tuple[float, float, float], end: float, part: float) -> tuple[float, float, float]:
    """Return a colour mixed with black (0) or white (1)."""
    red, green, blue = (of + (end - of) * part for of in colour)
    return red, green, blue


def hexadecimal(colour: tuple[float, float, float]) -> str:
    """Return a colour as `#rrggbb`."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of `#rrggbb`, in [0, 1]."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour as the web's rules of contrast define it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """Return the contrast of two luminances, from 1 to 21."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)
