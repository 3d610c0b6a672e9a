"""What the page asks and what it gets: typed records, from which the description of the API is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

import hinterland as hl
from hinterland.texts import Lang

View = Literal["stand", "happens", "compare", "assumptions"]
VIEWS: tuple[str, ...] = get_args(View)
MOST_COMPARED = 6
LONGEST_FILE = 256 * 1024  # letters of a scenario file
Name = Annotated[str, Field(max_length=200)]


class Given(BaseModel):
    """What comes from outside: nothing that is not known is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Kept(Given):
    """A scenario: from which of the box it comes, and what it is now, as in a scenario file; null: as in the box."""

    preset: Name = ""
    scenario: Annotated[dict[str, Any], Field(max_length=20)] | None = None


class State(Kept):
    """All that the page shows; it stands in the URL."""

    version: Annotated[str, Field(max_length=40, description="version of the package that made it")] = ""
    lang: Lang = "zh"
    view: View = "happens"
    variable: Name = "urbanization_rate"
    show: Literal["change", "level", "baseline"] = "change"
    indicator: Name = "gdp_per_capita"
    year: Annotated[int, Field(ge=0, le=3000)] = 0
    place: Name = ""
    opened: Annotated[list[Name], Field(max_length=20)] = []
    compare: Annotated[list[Kept], Field(max_length=MOST_COMPARED - 1)] = []


class Question(Given):
    """A state and the number of the question; an answer bears the same number, so that none is painted too late."""

    state: State
    sequence: Annotated[int, Field(ge=0, le=2**53)] = 0


class PartQuestion(Given):
    """One block of a view in full."""

    state: State
    block: Name


class LinkQuestion(Given):
    """A fragment of a URL."""

    link: Annotated[str, Field(max_length=100_000)]
    lang: Lang = "zh"


class FileQuestion(Given):
    """The text of a scenario file."""

    content: Annotated[str, Field(max_length=LONGEST_FILE)]
    name: Name = ""
    lang: Lang = "zh"


class OutlinesQuestion(Given):
    """A state and the user's own polygons (GeoJSON) in place of tiles."""

    state: State
    geojson: Annotated[str, Field(max_length=12 * 1024 * 1024)]


@dataclass(frozen=True)
class Option:
    """Something that can be chosen."""

    key: str
    name: str
    group: str = ""
    also: list[str] = field(default_factory=list)  # other names by which it is taken


@dataclass(frozen=True)
class Table:
    """A table in words."""

    head: list[str]
    rows: list[list[str]]
    codes: list[str] = field(default_factory=list)  # of the places in its rows


@dataclass(frozen=True)
class Cards:
    """The headline."""

    id: str
    title: str
    about: str
    cards: list[hl.Card]
    said: list[str]  # who gains, what it costs whom
    mark: str
    certificate: Table
    more: bool = False
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True)
class Tile:
    """A province on the map."""

    code: str
    name: str
    words: str
    colour: str
    ink: str
    bar: float  # its number over the largest size of any


@dataclass(frozen=True)
class TileMap:
    """The map and the bars."""

    id: str
    title: str
    sentence: str
    unit: str
    stops: list[str]
    low: str
    high: str
    tiles: list[Tile]
    variable: str
    outcomes: list[Option]  # that can be shown
    kind: Literal["map"] = "map"


@dataclass(frozen=True)
class Years:
    """Numbers by province and year; `frames` are in the order of `codes`: a number, its words, its colour, its ink."""

    id: str
    title: str
    unit: str = ""
    stops: list[str] = field(default_factory=list)
    low: str = ""
    high: str = ""
    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    frames: dict[int, list[tuple[float | None, str, str, str]]] = field(default_factory=dict)
    across: dict[int, list[float | None]] = field(default_factory=dict)  # the other axis of the scatter
    spec: dict[str, Any] | None = None  # of the scatter
    closed: bool = False
    more: bool = False
    kind: Literal["years"] = "years"


@dataclass(frozen=True)
class Chart:
    """A picture: the spec without its data, the data by name, a sentence, the table behind; null until it is opened."""

    id: str
    title: str
    sentence: str = ""
    spec: dict[str, Any] | None = None
    data: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    table: Table | None = None
    closed: bool = False
    more: bool = False
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class Words:
    """Paragraphs with a heading each."""

    id: str
    title: str
    parts: list[tuple[str, str]]
    closed: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Code:
    """What gives the same numbers elsewhere, and files to take away (name in words, end of the address)."""

    id: str
    title: str
    codes: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = True
    more: bool = False
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Assumption:
    """An elasticity."""

    key: str
    name: str
    value: float
    given: float
    low: float
    high: float
    step: float  # from the lowest on it meets the default and the highest
    note: str
    outside: str  # what is said of a number out of its range


@dataclass(frozen=True)
class Assumptions:
    """Every elasticity of the economy, and what pays for policies."""

    id: str
    title: str
    sentence: str
    fields: list[Assumption]
    kind: Literal["assumptions"] = "assumptions"


@dataclass(frozen=True)
class Pins:
    """Scenarios side by side."""

    id: str
    title: str
    sentence: str
    names: list[str]
    ready: list[Option]  # scenarios of the box that can be added
    most: int
    kind: Literal["pins"] = "pins"


Block = Cards | TileMap | Years | Chart | Words | Code | Assumptions | Pins


@dataclass(frozen=True)
class Lever:
    """A policy of the scenario in words."""

    label: str
    name: str
    cost: str
    about: str
    lists: dict[str, list[str]]  # names of places, cities, ports in the order of its value
    years: dict[str, tuple[int, int]]  # between which it may start and end


@dataclass(frozen=True)
class Answer:
    """What a state shows."""

    sequence: int
    state: dict[str, Any]
    link: str
    title: str
    levers: list[Lever]
    blocks: list[Block]
    remarks: list[str]


@dataclass(frozen=True)
class Opened:
    """A state that was opened, and what is to be said of it."""

    state: dict[str, Any]
    remarks: list[str]


@dataclass(frozen=True)
class Wrong:
    """What is wrong, in words."""

    problems: list[str]


@dataclass(frozen=True)
class Warm:
    """How far the studio is with warming up."""

    done: float
    words: str
    lang: str


@dataclass(frozen=True)
class Value:
    """One value of an instrument, in the unit in which it is read: `factor` times what a scenario holds."""

    name: str
    kind: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    factor: float
    given: Any
    choices: list[Option]
    mark: str
    outside: str  # what is said of a number out of its range
    common: bool


@dataclass(frozen=True)
class Instrument:
    """An instrument."""

    key: str
    name: str
    size: str
    help: str
    cost: str
    evidence: str
    strength: str
    shares: dict[str, float]  # who pays by the rule
    values: list[Value]
    findings: list[str]
    offered: bool


@dataclass(frozen=True)
class Preset:
    """A ready scenario."""

    key: str
    name: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class Start:
    """What the page needs once in a language."""

    lang: str
    version: str
    texts: dict[str, str]
    presets: list[Preset]
    instruments: list[Instrument]
    terms: list[Value]
    places: list[Option]
    cities: list[Option]
    ports: list[Option]
    indicators: list[Option]
    tiles: list[tuple[str, int, int]]  # code, column, row
    macro_regions: list[str]
    blank: dict[str, Any]  # a scenario of no policies
    config: dict[str, Any]  # of charts
