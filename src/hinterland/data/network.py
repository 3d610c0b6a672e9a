"""Travel times between the capitals of the provinces: shortest paths over railways, new lines and ordinary roads.

People take the fastest way. Freight runs apart: lines for more than 200 km/h carry none, and on others a goods train
keeps to its own speed. Ordinary roads run between capitals of neighbouring provinces and are the same in every year:
motorways are not in the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from hinterland.arrays import FloatArray
from hinterland.data import regions
from hinterland.data.figures import assumption, table
from hinterland.errors import Bilingual, DataError, Problem, hint, nearest, several
from hinterland.names import CHINESE

EARTH_KM = 6371.0
MODES = {"hsr": 300.0, "rail": 160.0, "road": 100.0}  # default design speeds of new lines, km/h
SPEEDS = {"hsr": (160.0, 400.0), "rail": (40.0, 250.0), "road": (20.0, 140.0)}  # what a line of a mode is built for
SHOWN = 6  # cities in a message that has no nearer one
LONGEST_KM = 2000.0  # without a stop: Lanzhou to Urumqi, the longest stretch between large cities, is 1,900
SHARES = {"hsr": "rail_speed_share", "rail": "rail_speed_share", "road": "road_speed_share"}
WEST = "West"


class City(NamedTuple):
    """A city and its province; position in degrees."""

    zh: str
    en: str
    region_code: str
    longitude: float
    latitude: float
    capital: int  # one or zero


class Link(NamedTuple):
    """A stretch of line between two cities: length in km, design speed in km/h, and what runs on it."""

    city_a: str
    city_b: str
    km: float
    speed: float
    mode: str = "rail"

    @property
    def hours(self) -> float:
        """Hours at the share of the design speed that its mode attains."""
        return self.km / (self.speed * assumption(SHARES[self.mode]))

    @property
    def freight_hours(self) -> float:
        """Hours of a load; infinite on a line that carries none."""
        if self.mode == "road":
            return self.hours
        return float(freight_rail_hours(np.array(self.km), np.array(self.speed), self.mode == "hsr"))


class Times(NamedTuple):
    """Hours between capitals, (N, N): of people on the fastest way, and of freight."""

    people_ni: FloatArray
    freight_ni: FloatArray


def freight_rail_hours(km: FloatArray, speed: FloatArray, passengers_only: bool = False) -> FloatArray:
    """Hours of a goods train, at its own speed where the line is built for more; infinite where the line takes none."""
    runs = np.minimum(speed, assumption("freight_train_speed")) * assumption("rail_speed_share")
    closed = (speed > assumption("freight_line_speed")) | passengers_only
    return np.asarray(np.where(closed, np.inf, km / runs))


def great_circle_km(lon_a: FloatArray, lat_a: FloatArray, lon_b: FloatArray, lat_b: FloatArray) -> FloatArray:
    """Great-circle distance between places in degrees, km."""
    lon_a, lat_a, lon_b, lat_b = (np.radians(value) for value in (lon_a, lat_a, lon_b, lat_b))
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


@cache
def cities() -> dict[str, City]:
    """Return Chinese name -> city, in the order of the table; every capital is among them [matang2024]."""
    columns = (table("cities.csv")[name].tolist() for name in City._fields)
    rows = [City._make(row) for row in zip(*columns, strict=True)]
    return {city.zh: city for city in rows}


@cache
def _by_name() -> dict[str, City]:
    return {name.casefold(): city for city in cities().values() for name in (city.zh, city.zh + "市", city.en)}


def _near(name: str) -> Problem:
    """Ask for the cities that share an English name, else for the nearest one, in both languages."""
    shared = [city for city in cities().values() if city.en.casefold().startswith(f"{name.casefold()}, ")]
    names = [word for city in cities().values() for word in (city.zh, city.en)]
    likely = "" if CHINESE.search(name) and len(name) <= regions.SHORT else nearest(name, names)  # 巴黎 means no 巴中
    meant = shared or [city for city in [_by_name().get(likely.casefold())] if city]
    if not meant:
        return Problem("hint.known", {"known": several([*map(in_both, [*cities().values()][:SHOWN]), "…"])})
    zh = " / ".join(f"{city.zh}（{city.en}）" for city in meant)
    return Problem("hint.near", {"near": Bilingual(" / ".join(map(in_both, meant)), zh)})


def in_both(city: City) -> Bilingual:
    """Return a city as messages list it."""
    return Bilingual(f"{city.en} ({city.zh})", city.zh)


def find_city(name: str) -> City:
    """Return the city of a Chinese name (with or without 市) or an English one; a DataError names the nearest."""
    found = _by_name().get(str(name).strip().casefold())
    if found is None:
        values: dict[str, object] = {"value": name, "near": _near(str(name).strip()), "count": len(cities())}
        raise DataError(Problem("network.unknown_city", values))
    return found


@cache
def capitals() -> dict[str, City]:
    """Return six-digit code -> capital of every province, by code."""
    return {city.region_code: city for city in sorted(cities().values(), key=lambda c: c.region_code) if city.capital}


def line(names: Sequence[str], mode: str = "hsr", speed: float | None = None) -> tuple[Link, ...]:
    """Return the links of a new line through cities named in either language, in their order.

    Length is the great circle times the detour of railways; `speed` is the design speed in km/h, by default that of
    the mode (hsr 300, rail 160, road 100).
    """
    if mode not in MODES:
        values: dict[str, object] = {"value": mode, "known": ", ".join(MODES), "near": hint(mode, MODES, 0)}
        raise DataError(Problem("network.unknown_mode", values))
    stops = [find_city(name) for name in names]
    if len(stops) < 2 or any(a == b for a, b in pairwise(stops)):
        raise DataError(Problem("network.short_line", {"value": ", ".join(map(str, names)) or "-"}))
    design = MODES[mode] if speed is None else float(speed)
    low, high = SPEEDS[mode]
    if not low <= design <= high:
        ends: dict[str, object] = {"low": low, "high": high, "default": MODES[mode], "mode": mode}
        raise DataError(Problem("network.speed", {"value": speed, **ends, "name": Problem(f"mode.{mode}")}))
    detour = assumption("rail_detour")
    links = tuple(Link(a.zh, b.zh, detour * _apart(a, b), design, mode) for a, b in pairwise(stops))
    require_stops(links)
    return links


def require_stops(links: Sequence[Link]) -> None:
    """Raise a DataError where a stretch of a line is longer than any line runs without a stop."""
    problems = []
    for link in (link for link in links if link.km > LONGEST_KM):
        ends = [f"{city.zh} ({city.en})" for city in (find_city(link.city_a), find_city(link.city_b))]
        problems.append(Problem("network.no_stop", {"ends": " – ".join(ends), "km": link.km, "most": LONGEST_KM}))
    if problems:
        raise DataError(problems)


def link_km_n(links: Iterable[Link], codes: Sequence[str] | None = None) -> FloatArray:
    """Length of a line by province, km: half of each link to the province of either end. (N,), adds up to the line."""
    known = list(regions.china().codes) if codes is None else list(codes)
    total = dict.fromkeys(known, 0.0)
    for link in links:
        for name in (link.city_a, link.city_b):
            code = find_city(name).region_code
            if code in total:
                total[code] += link.km / 2
    return np.array([total[code] for code in known])


def hours_ni(
    year: int,
    extra: Sequence[Link] = (),
    codes: Sequence[str] | None = None,
    without: Sequence[int] = (),
    rail_share: float | None = None,
    freight: bool = False,
) -> FloatArray:
    r"""Hours from capital to capital by the fastest way, of people or of freight.

    .. math:: h_{ni} = h_0 + \min_{paths} \sum_{(a,b)} \frac{km_{ab}}{s\, v_{ab}} \; (n \ne i), \quad h_{nn} = 0

    Parameters
    ----------
    year : lines opened up to the end of this year
    extra : links of new lines, added to those of the table
    codes : six-digit codes of provinces, by default all 31
    without : numbers of rows of `rail_links.csv` to leave out
    rail_share : s, share of the design speed that trains attain; by default the assumption fitted to 2021
    freight : hours of a load, which fast lines do not carry, in place of a passenger's

    Returns
    -------
    (N, N), hours
        Symmetric, zero on the diagonal, positive off it; obeys the triangle inequality; never longer with `extra`.

    Notes
    -----
    Changing trains costs nothing. Speeds of the table are today's: earlier years are too fast where a line was rebuilt.

    Source
    ------
    Lines and speeds [raillines2020]; detour, shares, roads and the fixed time h_0 are assumptions.
    """
    known = regions.china().codes if codes is None else tuple(map(regions.china().code, codes))
    share = assumption("rail_speed_share") if rail_share is None else rail_share
    return _hours_ni(year, tuple(extra), known, tuple(without), share, freight)


def times(
    year: int, extra: Sequence[Link] = (), codes: Sequence[str] | None = None, without: Sequence[int] = ()
) -> Times:
    """Return the hours of people and of freight with the same lines."""
    people, freight = (hours_ni(year, extra, codes, without, freight=of) for of in (False, True))
    return Times(people, freight)


@lru_cache(maxsize=256)
def _hours_ni(
    year: int, extra: tuple[Link, ...], codes: tuple[str, ...], without: tuple[int, ...], share: float, freight: bool
) -> FloatArray:
    direct = _direct(year, without, share, freight)
    if extra:
        direct = direct.copy()
        number = _numbers()
        for link in extra:
            a, b = number[find_city(link.city_a).zh], number[find_city(link.city_b).zh]
            direct[a, b] = direct[b, a] = min(direct[a, b], link.freight_hours if freight else link.hours)
    ends = [_numbers()[capitals()[code].zh] for code in codes]
    hours = between(direct, ends) + assumption("trip_hours")
    np.fill_diagonal(hours, 0.0)
    hours.setflags(write=False)
    return hours


def between(direct: FloatArray, ends: Sequence[int]) -> FloatArray:
    """Shortest paths between some of the nodes: (C, C) hours of direct links, infinite where none, -> (E, E)."""
    from scipy.sparse import csr_matrix  # it takes a tenth of a second, and most commands ask no way
    from scipy.sparse.csgraph import dijkstra

    graph = csr_matrix(np.where(np.isfinite(direct), direct, 0.0))
    paths = dijkstra(graph, directed=False, indices=list(ends))[:, list(ends)]
    return np.asarray((paths + paths.T) / 2)  # the two directions are summed in another order


@cache
def _numbers() -> dict[str, int]:
    return {zh: number for number, zh in enumerate(cities())}


@lru_cache(maxsize=64)
def _direct(year: int, without: tuple[int, ...], share: float, freight: bool) -> FloatArray:
    """Hours of direct links between cities open in a year, by rail or by ordinary road; infinite where none, (C, C)."""
    rails = rail_links()
    rails = rails[open_in(rails, year) & ~rails.index.isin(without)]
    number = _numbers()
    direct = np.full((len(number), len(number)), np.inf)
    a, b = (rails[name].map(number).to_numpy() for name in ("city_a", "city_b"))
    km, speed = (rails[name].to_numpy(dtype=float) for name in ("km", "speed_kmh"))
    np.minimum.at(direct, (a, b), freight_rail_hours(km, speed) if freight else km / (speed * share))
    roads = [(number[a.zh], number[b.zh], hours) for a, b, hours in _roads()]
    a, b, hours = (np.array(column) for column in zip(*roads, strict=True))
    np.minimum.at(direct, (a, b), hours)
    both = np.asarray(np.minimum(direct, direct.T))
    both.setflags(write=False)
    return both


@cache
def _roads() -> tuple[tuple[City, City, float], ...]:
    """Ordinary roads between the capitals of neighbouring provinces, hours."""
    pairs = table("adjacency.csv")[["region_code", "neighbour"]].itertuples(index=False)
    slowness = assumption("road_detour") / assumption("road_hour_km")
    ends = [(capitals()[code], capitals()[other]) for code, other in pairs]
    return tuple((a, b, slowness * _apart(a, b)) for a, b in ends)


def _apart(a: City, b: City) -> float:
    return float(great_circle_km(*map(np.asarray, (a.longitude, a.latitude, b.longitude, b.latitude))))


def rail_links() -> pd.DataFrame:
    """Return every link of the table: ends, km, design speed km/h, years of opening and closing, line, source."""
    return table("rail_links.csv")


def open_in(links: pd.DataFrame, year: int) -> pd.Series[bool]:
    """Whether each link was open at the end of a year."""
    return (links["opened"] <= year) & ~(links["closed"] <= year)


def western_links(from_year: int, to_year: int) -> tuple[int, ...]:
    """Return the rows of links opened after one year and up to another that touch a western province."""
    links = rail_links()
    west = {zh for zh, city in cities().items() if city.region_code in regions.china().by_group[WEST].codes}
    touches = links["city_a"].isin(west) | links["city_b"].isin(west)
    opened = (links["opened"] > from_year) & (links["opened"] <= to_year)
    return tuple(int(row) for row in links.index[touches & opened])


def ratio_ni(after: FloatArray, before: FloatArray) -> FloatArray:
    """Hours over hours, one inside a province."""
    return np.asarray(np.divide(after, before, out=np.ones_like(before), where=before > 0))
