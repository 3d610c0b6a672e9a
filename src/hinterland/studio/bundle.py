"""The library that draws charts in the browser: made once from the installed package, then read from the cache."""

from __future__ import annotations

import gzip
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from platformdirs import user_cache_path

# What the page asks of it: the embedder alone, as a name of the window.
SNIPPET = "window.vegaEmbed = vegaEmbed;"


@cache
def bundle() -> bytes:
    """Return the script, compressed. Made anew it takes some seconds, and as many megabytes as a browser."""
    place = user_cache_path("hinterland") / f"charts-{version('vl-convert-python')}-{crc32(SNIPPET.encode()):08x}.js.gz"
    try:
        return place.read_bytes()
    except OSError:
        packed = pressed()
    keep(place, packed)
    return packed


def pressed() -> bytes:
    """Return the script as it comes out of the installed package, compressed."""
    import vl_convert

    return gzip.compress(vl_convert.javascript_bundle(SNIPPET).encode(), 9, mtime=0)


def keep(place: Path, packed: bytes) -> None:
    """Keep it for the next start, whole or not at all; where the folder cannot be written to it is made each time."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(packed)
        os.replace(file.name, place)
    except OSError:
        return
