"""What a report says of a run, section by section, in plain blocks; `html.py` writes them down.

Numbers, tables and sentences are those of the command line: they are asked for here, not worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from hinterland import schema
from hinterland.economy.accounts import has_budgets
from hinterland.economy.services import knows_services
from hinterland.errors import DataError
from hinterland.names import columns, without_remark
from hinterland.policy.strength import strength
from hinterland.report import first_screen
from hinterland.report import path as yearly
from hinterland.report.again import commands, own_file
from hinterland.report.charts import Picture, picture
from hinterland.report.charts.words import policy_names, row_names
from hinterland.report.citations import cited, program, short, sources_of
from hinterland.report.instruments import evidence, figure_text, in_reading
from hinterland.report.quantities import DASH, number, reading
from hinterland.report.run import meaning
from hinterland.report.run_tables import sheets
from hinterland.report.scenarios import aims
from hinterland.report.sentences import sentences
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import TOWNS
from hinterland.texts import clauses, listed, text

if TYPE_CHECKING:
    from hinterland.policy.policy import Policy
    from hinterland.study.run import Result

PICTURES = ("map", "years", "gains_by_year", "urbanization", "gains", "range", "bridge", "budget")
MOST_PLACES = 400  # rows; of more places the best and the worst are shown
NAME, WIDE = 26, 9  # columns: of a terminal, and from which a table is set small on paper
POLICY = ("part", "size", "where", "years", "payer", "strength", "reason")
EVIDENCE = ("finding", "value_plain", "range", "status", "grounds", "seen", "source")


@dataclass(frozen=True)
class Said:
    """A text: a paragraph, what stands above a part of a section, or what is typed or saved as a file."""

    kind: Literal["words", "head", "code"]
    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    kind: ClassVar = "points"
    items: Sequence[str]


@dataclass(frozen=True)
class Figure:
    """A picture with its sentence."""

    kind: ClassVar = "figure"
    picture: Picture


@dataclass(frozen=True)
class Grid:
    """A table."""

    kind: ClassVar = "grid"
    sheet: Sheet

    @property
    def kinds(self) -> str:
        """How it is set: `wide` where paper needs small letters, `named` where what names its rows fits on a line."""
        named = all(columns(row[0]) <= NAME for row in self.sheet.rows)
        return " ".join(kind for kind, holds in (("wide", len(self.sheet.heads) > WIDE), ("named", named)) if holds)


Block = Said | Points | Figure | Grid


class Section(NamedTuple):
    """A section: its key, its title, its blocks."""

    key: str
    title: str
    blocks: Sequence[Block]


class Asked(NamedTuple):
    """A run with its tables and pictures, and the language to tell it in."""

    result: Result
    lang: str
    tables: Mapping[str, Sheet | None]
    pictures: Mapping[str, Picture]
    outlines: str = ""  # the file of polygons of its map

    def grids(self, *names: str) -> list[Block]:
        """Return those of the tables that there are."""
        return [grid(table) for name in names if (table := self.tables[name]) is not None]

    def by_policy(self, *names: str) -> list[Block]:
        """Return tables with a row a policy, each called as the pictures call it."""
        called = row_names(self.result, self.lang)
        return [grid(table, called) for name in names if (table := self.tables[name]) is not None]

    def drawn(self, name: str) -> list[Block]:
        """Return a picture, where there is one."""
        return [Figure(self.pictures[name])] if name in self.pictures else []

    def said(self, key: str, **values: object) -> str:
        """Return a text of the report."""
        return text(f"paper.{key}", self.lang, **values)

    def heads(self, names: Sequence[str]) -> list[str]:
        """Return heads of columns."""
        return [text(f"column.{name}", self.lang) for name in names]


def title(result: Result, lang: str) -> str:
    """Return what a scenario is called."""
    return result.scenario.called(lang)


def pictures(result: Result, lang: str, geojson: str | Path | None = None) -> Iterator[Picture]:
    """Yield the pictures of a report that this economy has figures for, those first whose figures are there first."""
    towns = next((name for name in TOWNS if name in set(result.headline["variable"])), None)
    own = {} if geojson is None else {"geojson": geojson}
    for name in PICTURES:
        with suppress(DataError):
            yield picture(result, name, towns, lang, **own) if name == "map" else picture(result, name, None, lang)


def sections(result: Result, lang: str, pictures: Iterable[Picture], outlines: str = "") -> list[Section]:
    """Return the sections of a report that have something to say; `outlines` is the file of polygons of its map."""
    asked = Asked(result, lang, sheets(result, lang), {one.name: one for one in pictures}, outlines)
    found = (Section(key, asked.said(key), blocks(asked)) for key, blocks in SECTIONS.items())
    return [section for section in found if section.blocks]


def grid(table: Sheet, called: Mapping[str, str] = MappingProxyType({})) -> Grid:
    """Return a table of the terminal as one of the report; `called` says what rows are called instead."""
    rows = tuple((called.get(first, first), *others) for first, *others in table.rows)
    return Grid(replace(table, title=capital(table.title), rows=rows))


def capital(words: str) -> str:
    """Return words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def question(asked: Asked) -> list[Block]:
    """What is asked: what the scenario represents, and against what it is held."""
    scenario, words = asked.result.scenario, list[Block]()
    if represents := scenario.texts.get("represents", {}).get(asked.lang, "").strip():
        words.append(Said("words", represents))
    name = scenario.economy.name
    asks = asked.said("asks", economy=name, base=scenario.economy.year, year=scenario.rest_year)
    return [*words, Said("words", asks)]


def answer(asked: Asked) -> list[Block]:
    """The sentences and headlines of the first screen."""
    return [
        Points([*sentences(asked.result, asked.lang), *first_screen.notices(asked.result, asked.lang)]),
        grid(first_screen.headline(asked.result, asked.lang)),
        *asked.grids("headline"),
    ]


def shares(payers: Mapping[str, float], asked: Asked) -> str:
    """Write who pays which part."""
    return listed(
        [f"{text(f'payer.{who}', asked.lang)} {number(100 * of, 0)} %" for who, of in payers.items()], asked.lang
    )


def paying(result: Result, label: str) -> dict[str, float]:
    """Return who pays which part of a policy as its bill says; by the rule of the instrument where it has none."""
    rows = result.budget[result.budget["policy"] == label]
    if not (total := float(rows["present"].sum())) > 0:
        return result.scenario.policies[label].payers()
    parts = rows.groupby("payer", sort=False)["present"].sum()
    return {str(payer): float(part) / total for payer, part in parts.items()}


def scenario(asked: Asked) -> list[Block]:
    """Every policy: how much, for whom, when, who pays, on what it rests, why."""
    result, lang = asked.result, asked.lang
    chosen = result.scenario
    if not chosen.policies:
        return [Said("words", text("report.no_policies", lang))]
    names = policy_names(result, lang)
    rows = [
        (
            names[label] if lang == "zh" else f"{names[label]} [{label}]",
            size(policy, asked),
            "; ".join(aims(policy, lang, chosen.economy.regions)) or DASH,
            years(policy, asked),
            clauses((own_cost(policy, asked), shares(paying(result, label), asked)), lang) or DASH,
            text(f"strength.{strength(policy.instrument)}", lang),
            chosen.about.get(label, {}).get(lang, "") or DASH,
        )
        for label, policy in chosen.policies.items()
    ]
    closure = chosen.closure if has_budgets(chosen.economy) else "no_budgets"
    terms = asked.said(
        "terms", closure=text(f"closure.{closure}", lang), years=chosen.horizon, rate=f"{100 * chosen.discount:g}"
    )
    return [Grid(make(asked.said("policies"), asked.heads(POLICY), rows, left=len(POLICY))), Said("words", terms)]


def size(policy: Policy, asked: Asked) -> str:
    """Write the size of a policy with its unit and what it measures; a dash where it does nothing."""
    name = schema.instruments()[policy.instrument].size
    if name in policy.idle(asked.result.scenario.economy):
        return DASH
    entry = schema.values(policy.instrument)[name]
    of = reading(entry.unit, asked.lang, policy.size)
    what = without_remark(getattr(entry, asked.lang))
    return f"{of.factor * policy.size:,.6g} {of.unit}".strip() + asked.said("of_what", what=what)


def own_cost(policy: Policy, asked: Asked) -> str:
    """Write what a policy costs a year where the user says it, in place of the rule; nothing where the rule does."""
    return "" if policy.cost is None else asked.said("own_cost", much=reading("bn CNY", asked.lang).figure(policy.cost))


def years(policy: Policy, asked: Asked) -> str:
    """Write from when a policy holds, when it is at full force, and when it ends."""
    chosen = asked.result.scenario
    words = asked.said("years", start=chosen.start_of(policy), full=chosen.full_from(policy))
    return words if policy.end is None else words + asked.said("until", end=policy.end)


def where(asked: Asked) -> list[Block]:
    """The map, macro-regions, every place; of very many those at both ends."""
    few = 1 < len(asked.result.scenario.economy.domestic_codes) <= MOST_PLACES
    return [*asked.drawn("map"), *asked.grids("macro_regions", "regions" if few else "extremes")]


def by_year(asked: Asked) -> list[Block]:
    """When: year by year, as people follow by and by."""
    followed, lang = asked.result.followed, asked.lang
    return [
        Said("words", yearly.terms(followed, lang)),
        *asked.drawn("years"),
        grid(yearly.by_year(followed, lang)),
        *asked.drawn("gains_by_year"),
        Said("words", text("path.limits", lang)),
    ]


def people(asked: Asked) -> list[Block]:
    """Who moves where."""
    return [*asked.drawn("urbanization"), *asked.grids("flows", "room")]


def parts(asked: Asked) -> list[Block]:
    """Which policy, and which channel, does what."""
    return [*asked.drawn("bridge"), *asked.by_policy("decomposition"), *asked.grids("channels")]


def costs(asked: Asked) -> list[Block]:
    """What it costs, who pays, what a yuan brings and on what that rests."""
    found = [*asked.by_policy("budget"), *asked.grids("payers"), *asked.by_policy("benefits", "rests", "services")]
    return [*asked.drawn("budget"), *found]


def winners(asked: Asked) -> list[Block]:
    """Who gains and loses, and the way there from GDP."""
    return [*asked.drawn("gains"), *asked.grids("gains", "bridge")]


def hangs(asked: Asked) -> list[Block]:
    """What the answer hangs on."""
    return [*asked.drawn("range"), *asked.grids("sensitivity")]


def grounds(asked: Asked) -> list[Block]:
    """What studies find of each instrument, with its mark and source."""
    found, lang = list[Block](), asked.lang
    for name in dict.fromkeys(policy.instrument for policy in asked.result.scenario.policies.values()):
        entry = schema.instruments()[name]
        mark = asked.said("mark", mark=text(f"strength.{strength(name)}", lang), source=cited(entry.source))
        found += [
            Said("head", getattr(entry, lang)),
            Said("words", getattr(entry, f"help_{lang}")),
            Said("words", mark),
        ]
        rows = [
            (
                row["title"],
                f"{figure_text(row['value_plain'])} {row['unit']}".strip() if row["value_plain"] != "" else DASH,
                span(row["minimum"], row["maximum"], lang),
                row["status"],
                row["grounds"] or DASH,
                row["seen"],
                short(row["source"]),
            )
            for row in (in_reading(of, lang) for of in evidence(name, lang))
        ]
        if rows:
            caption = asked.said("evidence_of", name=getattr(entry, lang))
            found.append(Grid(make(caption, asked.heads(EVIDENCE), rows, left=len(EVIDENCE))))
    return found


def span(low: object, high: object, lang: str) -> str:
    """Write a range; a dash where there is none."""
    if low == "" or high == "":
        return DASH
    return text("report.range", lang, low=figure_text(low), high=figure_text(high))


def limits(asked: Asked) -> list[Block]:
    """What is fact, what is assumed, what is estimated, what the words mean."""
    return [
        *(Said("words", said) for said in meaning(asked.result, asked.lang).split("\n\n")),
        Said("words", asked.said("forecast")),
    ]


def method(asked: Asked) -> list[Block]:
    """A paragraph to paste."""
    chosen, known = asked.result.scenario, asked.result.certificate
    economy = chosen.economy
    values = {
        "version": version("hinterland"),
        "economy": economy.name,
        "base": economy.year,
        "regions": len(economy.domestic_codes),
        "abroad": len(economy.foreign_codes),
        "sectors": len(economy.sectors),
        "by": asked.said("by_services" if knows_services(economy) else "by_income"),
        "closed": asked.said("with_budgets" if has_budgets(economy) else "without_budgets"),
        "policies": len(chosen.in_force()),
        "rest": chosen.rest_year,
        "horizon": chosen.horizon,
        "discount": f"{100 * chosen.discount:g}",
        "worst": f"{known.worst:.0e}",
        "tolerance": f"{known.tolerance:.0e}",
    }
    return [Said("words", asked.said("method_words", **values))]


def citations(asked: Asked) -> list[Block]:
    """How to cite, and the sources of numbers and evidence."""
    return [
        Said("words", program(asked.lang)),
        Said("head", asked.said("sources")),
        Points([cited(key) for key in sources_of(asked.result.scenario)]),
    ]


def certificate(asked: Asked) -> list[Block]:
    """Why the solution can be believed."""
    return [Said("words", asked.said("certified")), *asked.grids("certificate")]


def again(asked: Asked) -> list[Block]:
    """The command and the Python that make the report again, and the scenario where it is no preset."""
    file, (command, python) = own_file(asked.result), commands(asked.result, asked.lang, asked.outlines)
    saved: list[Block] = [Said("words", asked.said("save")), Said("code", file)] if file else []
    return [
        *saved,
        Said("words", asked.said("by_command")),
        Said("code", command),
        Said("words", asked.said("by_python")),
        Said("code", python),
    ]


SECTIONS: dict[str, Callable[[Asked], list[Block]]] = {
    "question": question,
    "answer": answer,
    "scenario": scenario,
    "where": where,
    "by_year": by_year,
    "people": people,
    "parts": parts,
    "costs": costs,
    "winners": winners,
    "hangs": hangs,
    "evidence": grounds,
    "limits": limits,
    "method": method,
    "citations": citations,
    "certificate": certificate,
    "again": again,
}
