"""The user's own polygons in place of tiles: read from GeoJSON, checked, drawn flat; only shape and code are kept.

A file is refused whole, with every reason at once: too large, no GeoJSON, other shapes than polygons, coordinates that
are no degrees, regions that the economy has not or that the file lacks. Names of the file are not read: places are
called as the economy calls them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hinterland.arrays import FloatArray
from hinterland.data.regions import Regions
from hinterland.errors import DataError, Problem, places, reason
from hinterland.report.charts.colours import ramp
from hinterland.report.charts.mapped import Mapped
from hinterland.report.charts.picture import data
from hinterland.report.charts.theme import FAINT, INK, Spec
from hinterland.report.charts.tiles import tiles
from hinterland.report.charts.words import figure
from hinterland.report.quantities import in_unit
from hinterland.texts import text

LARGEST = 20 * 2**20  # bytes
KEYS = ("code", "adcode", "region_code", "id")  # of a feature's properties, or `id` of the feature itself
KINDS = ("Polygon", "MultiPolygon")
WIDTH = 560
HATCHING = 7  # pixels between lines
LABELLED = 60  # regions that have room for their names

Rings = list[FloatArray]  # (points, 2) each, degrees; a hole turns the other way, as GeoJSON has it


def read(path: str | Path, regions: Regions, codes: Sequence[str]) -> dict[str, Rings]:
    """Return code -> rings of every region of the file; a DataError with all that is wrong with it."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > LARGEST:
            values: dict[str, object] = {"place": place, "found": size / 2**20, "most": LARGEST // 2**20}
            raise DataError(Problem("geojson.large", values))
        words = place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else Problem("geojson.encoding")
        raise DataError(Problem("geojson.unreadable", {"place": place, "why": why})) from error
    features = features_of(words, place)
    found, problems = dict[str, Rings](), list[Problem]()
    odd, strange, twice = list[str](), list[str](), list[str]()
    for number, feature in enumerate(features, start=1):
        said = code_of(feature)
        code = regions.find(said) or (said if said in tiles() else None)
        rings = rings_of(feature.get("geometry"))
        if code is None:
            strange.append(f"{number}: {said[:40]!r}")
        elif code in found:
            twice.append(f"{number}: {said[:40]!r}")
        if rings is None:
            odd.append(f"{number}: {said[:40]!r}")
        elif code is not None:
            found[code] = rings
    lost = [regions.label(code) for code in codes if code not in found] if not (odd or strange) else []
    for key, wrong, total in (
        ("geojson.geometry", odd, len(features)),
        ("geojson.strange", strange, len(features)),
        ("geojson.twice", twice, len(features)),
        ("geojson.lost", lost, len(codes)),
    ):
        if wrong:
            problems.append(Problem(key, {"place": place, "where": places(wrong, total), "keys": ", ".join(KEYS)}))
    if problems:
        raise DataError(problems)
    return found


def features_of(words: str, place: Path) -> list[dict[str, Any]]:
    """Return the features of a file, each a record; a DataError where it is no collection of features."""
    try:
        document = json.loads(words)
    except (ValueError, RecursionError) as error:
        at = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
        raise DataError(Problem("geojson.no_json", {"place": place, **at})) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(of, dict) for of in features):
        raise DataError(Problem("geojson.no_features", {"place": place}))
    return features


def code_of(feature: dict[str, Any]) -> str:
    """Return what a feature says that it is; empty where it says nothing."""
    properties = feature.get("properties")
    said = properties if isinstance(properties, dict) else {}
    given = next((said[key] for key in KEYS if isinstance(said.get(key), str | int)), feature.get("id", ""))
    return str(given).strip() if isinstance(given, str | int) else ""


def rings_of(geometry: Any) -> Rings | None:
    """Return the rings of a polygon or of several, at least one; None where they are anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") not in KINDS:
        return None
    several = geometry.get("coordinates")
    polygons = [several] if geometry["type"] == "Polygon" else several
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) for polygon in polygons):
        return None
    found = [ring_of(ring) for polygon in polygons for ring in polygon]
    kept = [ring for ring in found if ring is not None]
    return kept if kept and len(kept) == len(found) else None


def ring_of(ring: Any) -> FloatArray | None:
    """Return the points of a ring, in degrees; None where they are none."""
    try:
        points = np.array([point[:2] for point in ring], dtype=float)
    except (TypeError, ValueError):
        return None
    if points.ndim != 2 or points.shape[0] < 4 or points.shape[1] != 2 or not np.isfinite(points).all():
        return None
    return points if (np.abs(points) <= (180.0, 90.0)).all() else None


def flat(found: dict[str, Rings]) -> tuple[dict[str, Rings], int]:
    """Return rings in whole pixels of the picture, north up, and its height; points that fall on one are one."""
    every = np.concatenate([ring for rings in found.values() for ring in rings])
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-9)
    drawn = {
        code: [pixels(ring, west, north, squeeze * scale, scale) for ring in rings] for code, rings in found.items()
    }
    return drawn, max(1, round((north - south) * scale))


def pixels(ring: FloatArray, west: float, north: float, along: float, down: float) -> FloatArray:
    """Return a ring in halves of pixels without points that repeat the one before."""
    points = np.rint(2 * np.stack([(ring[:, 0] - west) * along, (north - ring[:, 1]) * down], axis=1)) / 2
    moved = np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))
    return np.asarray(points[moved])


def body(what: Mapped, found: dict[str, Rings], lang: str) -> Spec:
    """Return the layers of a map of polygons: colours, hatching where there is no number, names."""
    drawn, height = flat(found)
    scaled = what.scaled
    colours = ramp(list(scaled.values()), bool(what.sign))
    shapes = [shape(drawn[code], {"value": scaled[code]}) for code in drawn if code in scaled]
    empty = [code for code in drawn if code not in scaled]
    legend = {
        "title": in_unit(text(f"chart.legend.{'change' if what.sign else 'level'}", lang), what.reading.unit, lang),
        "orient": "top",
        "gradientLength": 180,
    }
    outline = {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.7}
    colour = {"field": "properties.value", "type": "quantitative", "scale": colours.scale(), "legend": legend}
    layers: list[Spec] = [{"data": data(shapes), "mark": outline, "encoding": {"color": colour}}]
    if empty:
        lines = [line for code in empty for line in hatching(drawn[code])]
        bare = outline | {"fill": "#fafafa", "stroke": FAINT}
        layers.append({"data": data([shape(drawn[code], {}) for code in empty]), "mark": bare})
        layers.append({"data": data(lines), "mark": {"type": "geoshape", "filled": False, "stroke": "#b5b5b5"}})
    if len(drawn) <= LABELLED:
        words = [word for code in drawn for word in labels(what, code, drawn[code], colours, lang)]
        layers.append({"data": data(words), "mark": {"type": "text", "fontSize": 9}, "encoding": lettering(height)})
    return {
        "width": WIDTH,
        "height": height,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "layer": layers,
    }


def shape(rings: Rings, properties: dict[str, float]) -> dict[str, Any]:
    """Return a region as a spec draws it: its rings are one path, so that holes stay open."""
    geometry = {"type": "Polygon", "coordinates": [ring.tolist() for ring in rings]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def hatching(rings: Rings) -> Iterable[dict[str, Any]]:
    """Yield the parts of slanting lines that lie inside a region."""
    points = np.concatenate(rings)
    low, high = (points[:, 0] + points[:, 1]).min(), (points[:, 0] + points[:, 1]).max()
    for level in np.arange(low + HATCHING / 2, high, HATCHING):
        cuts = sorted(cut for ring in rings for cut in crossings(ring, float(level)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            ends = [[start, float(level) - start], [end, float(level) - end]]
            yield {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": ends}}


def crossings(ring: FloatArray, level: float) -> list[float]:
    """Return where a ring crosses the line x + y = level, by x."""
    after = np.roll(ring, -1, axis=0)
    height, height_after = ring.sum(axis=1) - level, after.sum(axis=1) - level
    crossed = (height > 0) != (height_after > 0)
    part = height[crossed] / (height[crossed] - height_after[crossed])
    return [float(x) for x in ring[crossed, 0] + part * (after[crossed, 0] - ring[crossed, 0])]


def labels(what: Mapped, code: str, rings: Rings, colours: Any, lang: str) -> Iterable[dict[str, Any]]:
    """Yield the name of a region and its number, in the middle of its largest ring."""
    largest = max(rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    x, y = (float(of) for of in (largest.max(axis=0) + largest.min(axis=0)) / 2)
    tile = tiles().get(code)
    name = (tile.zh if lang == "zh" else tile.en) if tile else what.regions.name(code, lang)
    value = what.values.get(code)
    ink = INK if value is None else colours.ink(what.reading.factor * value)
    yield {"x": x, "y": y - 5, "words": name, "ink": ink}
    yield {
        "x": x,
        "y": y + 6,
        "words": text("chart.no_data", lang) if value is None else figure(what.reading, value, what.sign),
        "ink": ink,
    }


def lettering(height: int) -> Spec:
    """Return the encoding of words at places in pixels."""
    ends = (("x", [0, WIDTH]), ("y", [height, 0]))
    sides = {
        axis: {"field": axis, "type": "quantitative", "axis": None, "scale": {"domain": domain, "nice": False}}
        for axis, domain in ends
    }
    return {
        **sides,
        "text": {"field": "words", "type": "nominal"},
        "color": {"field": "ink", "type": "nominal", "scale": None},
    }
