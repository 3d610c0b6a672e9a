"""Pictures as SVG and PNG, drawn in this process: no network, no browser."""

from __future__ import annotations

import hashlib
import html
import json
import re
import struct
import zlib
from functools import cache

from hinterland.errors import DataError, Problem
from hinterland.report.charts.theme import Spec, families

NAMED = re.compile(r'(?<=\bid=")[^"]+(?=")')
HAN = re.compile("[\u3400-\u9fff]")
UNLIKE = "川国"  # two letters that no font draws alike
LARGEST = 8.0  # times
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def svg(spec: Spec, sentence: str, lang: str) -> str:
    """Return a picture as SVG that stands alone and may be put into a page.

    `sentence` is its title and label; its ids are its own, so that several stand in one page. Letters are drawn by
    whatever shows it, in the first font of the list that is there. The same picture is the same text.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    own = "h" + hashlib.sha256(json.dumps(spec, ensure_ascii=False).encode()).hexdigest()[:8]
    for number, name in enumerate(dict.fromkeys(NAMED.findall(drawn))):  # counted on from picture to picture
        drawn = drawn.replace(f'id="{name}"', f'id="{own}-{number}"').replace(f"#{name})", f"#{own}-{number})")
        drawn = drawn.replace(f'href="#{name}"', f'href="#{own}-{number}"')
    label = html.escape(sentence)
    drawn = drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" lang="{lang}" ', 1)
    return drawn.replace(">", f"><title>{label}</title>", 1)


def png(spec: Spec, lang: str, scale: float) -> bytes:
    """Return a picture as PNG, `scale` times its size in pixels (above zero, at most 8).

    A DataError where it has Chinese letters and no font of this computer does: boxes would stand in their place.
    """
    import vl_convert

    if not 0 < scale <= LARGEST:
        raise DataError(Problem("chart.scale", {"value": scale, "most": LARGEST}))
    if HAN.search(json.dumps(spec, ensure_ascii=False)) and not draws_chinese(families(lang)):
        raise DataError(Problem("chart.no_font"))
    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])
    return packed(drawn)


@cache
def draws_chinese(fonts: str) -> bool:
    """Whether one of the fonts, or any other of this computer, has Chinese letters: without one all are one box."""
    one, other = (letter_drawn(letter, fonts) for letter in UNLIKE)
    return one != other


def letter_drawn(letter: str, fonts: str) -> bytes:
    """Return the picture of a letter."""
    import vl_convert

    words = f'<text x="2" y="26" font-family="{html.escape(fonts)}" font-size="24">{html.escape(letter)}</text>'
    drawn: bytes = vl_convert.svg_to_png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">{words}</svg>'
    )
    return drawn


def packed(drawn: bytes) -> bytes:
    """Return the same PNG, its pixels pressed together as far as they go: a third of the size that it is drawn with."""
    pixels, kept, place = b"", list[bytes](), len(SIGNATURE)
    while place < len(drawn):
        size, kind = struct.unpack(">I4s", drawn[place : place + 8])
        end = place + 12 + size  # length, kind, content, check sum
        if kind == b"IDAT":
            pixels += drawn[place + 8 : end - 4]
        else:
            kept.append(drawn[place:end])
        place = end
    pressed = zlib.compress(zlib.decompress(pixels), 9)
    check = zlib.crc32(b"IDAT" + pressed)
    chunk = struct.pack(">I4s", len(pressed), b"IDAT") + pressed + struct.pack(">I", check)
    return b"".join([SIGNATURE, *kept[:-1], chunk, kept[-1]])
