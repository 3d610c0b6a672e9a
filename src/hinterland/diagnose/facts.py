"""The source's 43 facts beside our own figures: stated, computed, verdict, reason. Nothing is forced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from hinterland.data import box
from hinterland.data.regions import china
from hinterland.diagnose import dashboard as d
from hinterland.errors import DataError
from hinterland.texts import LANGUAGES, text, unit_name

SLIP = 100.0  # 10,000 hectares are 100 km2, a hundredth of the 10,000 km2 that is meant
LOWEST = "C"  # quality: rebuilt from mixed definitions
NEAR = 0.05  # how near the other unit must come to be called the one that was meant


@dataclass(frozen=True)
class Fact:
    """One statement of the source."""

    id: str
    statement: dict[str, str]
    measure: str
    region: str
    first: int  # beginning of the period, 0 where it is a year
    year: int
    stated: float
    digit: float  # one unit of the last printed digit
    unit: str
    note: dict[str, str]


@dataclass(frozen=True, repr=False)
class FactVerdict:
    """A fact, our figure and the verdict.

    The verdict is one of reproduces, differs_by_vintage, too_rough, contradicts_itself, unit_slip, not_covered.
    """

    fact: Fact
    computed: float | None
    verdict: str
    quality: str = ""  # the worst mark of the figures that ours is computed from

    def __repr__(self) -> str:
        ours = "none" if self.computed is None else f"{self.computed:.5g}"
        return f"<Fact {self.fact.id} {self.verdict}: stated {self.fact.stated:g} {self.fact.unit}, computed {ours}>"

    @property
    def difference(self) -> float | None:
        """Computed less stated."""
        return None if self.computed is None else self.computed - self.fact.stated

    def words(self, lang: str) -> dict[str, str]:
        """Return what a table says of it, by column; figures are in `unit`, ours with two digits after the point."""
        fact = self.fact
        ours = {"computed": self.computed, "difference": self.difference}
        return {
            "id": fact.id,
            "statement": fact.statement[lang],
            "year": f"{fact.first}\N{EN DASH}{fact.year}" if fact.first else str(fact.year),
            "stated": f"{fact.stated:g}",
            **{
                name: "\N{EN DASH}" if value is None else f"{round(value, 2) + 0.0:,.2f}"
                for name, value in ours.items()
            },
            "unit": unit_name(fact.unit, lang),
            "quality": self.quality,
            "verdict": text(f"verdict.{self.verdict}", lang),
            "reason": self.reason(lang),
        }

    def reason(self, lang: str) -> str:
        """One sentence: what the verdict rests on, and the basis of our figure."""
        values = {"stated": self.fact.stated, "computed": self.computed, "digit": self.fact.digit}
        if self.computed is not None:
            values["computed"] = float(f"{self.computed:.5g}")
        return f"{text(f'fact.{self.verdict}', lang, **values)} {self.fact.note[lang]}"


@cache
def facts() -> dict[str, Fact]:
    """Return the facts by id."""
    found = {}
    for row in box.rows("facts.csv"):
        decimals = len(row["value"].partition(".")[2])
        found[row["id"]] = Fact(
            row["id"],
            {lang: row[f"statement_{lang}"] for lang in LANGUAGES},
            row["measure"],
            row["region"],
            int(row["year_from"] or 0),
            int(row["year"]),
            float(row["value"]),
            10.0**-decimals,
            row["unit"],
            {lang: row[f"note_{lang}"] for lang in LANGUAGES},
        )
    return found


def _of_region(measure: d.Measure) -> Callable[[Fact], float]:
    return lambda fact: measure(fact.year, d.members(fact.region, fact.year))


def _over(measure: d.Measure, other: str) -> Callable[[Fact], float]:
    return lambda fact: d.gap(measure, fact.year, fact.region, other)


def _ratio(measure: d.Measure, other: str) -> Callable[[Fact], float]:
    return lambda fact: 100 * _of_region(measure)(fact) / measure(fact.year, d.members(other, fact.year))


def _east_west(year: int) -> float:
    return d.urbanization_gap(year, OLD_EAST)


def _two_places(fact: Fact) -> float:
    high, low = fact.region.split(" - ")
    return d.gap(d.urbanization_rate, fact.year, high, low)


def _behind_nation(region: str, year: int) -> float:
    return d.gap(d.gdp_per_head, year, d.NATION, region)


def _faster_than_nation(fact: Fact) -> float:
    nation = d.growth(fact.first, fact.year, d.members(d.NATION, fact.year))
    return float(sum(d.growth(fact.first, fact.year, [code]) > nation for code in d.members(fact.region, fact.year)))


def _worst_rank(fact: Fact) -> float:
    code = d.members(fact.region, fact.year)[0]
    return float(max(d.growth_rank(year, code) for year in range(fact.first, fact.year + 1)))


def _primary(year: int, codes: Sequence[str]) -> float:
    return d.sector_share("primary", year, codes)


OLD_EAST = "East11"  # the source's East, with Liaoning
MEASURES: dict[str, Callable[[Fact], float]] = {
    "urbanization_rate": _of_region(d.urbanization_rate),
    "urbanization_gap_east_west": lambda fact: _east_west(fact.year),
    "urbanization_gap_change": lambda fact: _east_west(fact.year) - _east_west(fact.first),
    "urbanization_gap": _two_places,
    "number_of_cities": _of_region(d.number_of_cities),
    "towns_per_10k_people": _of_region(d.towns_per_10k_people),
    "city_density": _of_region(d.city_density),
    "primary_share_gap_to_nation": _over(_primary, d.NATION),
    "primary_share_gap_to_east": _over(_primary, OLD_EAST),
    "primary_employment_gap_to_east": _over(d.primary_employment_share, OLD_EAST),
    "primary_employment_gap_to_nation": _over(d.primary_employment_share, d.NATION),
    "local_fiscal_revenue": _of_region(d.fiscal_revenue),
    "fiscal_revenue_ratio_to_east": _ratio(d.fiscal_revenue, OLD_EAST),
    "fiscal_revenue_per_head": _of_region(d.fiscal_revenue_per_head),
    "fiscal_revenue_per_head_ratio_to_east": _ratio(d.fiscal_revenue_per_head, OLD_EAST),
    "rural_per_urban_resident": _of_region(d.rural_per_urban_resident),
    "urban_rural_income_ratio": _of_region(d.urban_rural_income_ratio),
    "land_area_share": _of_region(d.land_area_share),
    "gdp_per_head_gap_to_nation": lambda fact: _behind_nation(fact.region, fact.year),
    "gdp_per_head_gap_change": lambda fact: (
        _behind_nation(fact.region, fact.year) - _behind_nation(fact.region, fact.first)
    ),
    "gdp_growth_above_nation": _faster_than_nation,
    "gdp_growth_rank": _worst_rank,
}


def computed(fact: Fact) -> float | None:
    """Return our figure for a fact, None where the box has none: unknown measure, or no figures of that year."""
    measure = MEASURES.get(fact.measure)
    if measure is None:
        return None
    try:
        return measure(fact)
    except DataError:
        return None


def verdict(fact: Fact, value: float | None, quality: str = "") -> str:
    """Judge a fact by rules, in this order.

    contradicts_itself: a change the source states is not the difference of the levels it states;
    not_covered: we have no figure; unit_slip: our figure agrees in another unit than the stated words allow;
    reproduces: within one unit of the last printed digit; too_rough: our figures are of the lowest quality and judge
    nothing; differs_by_vintage: the rest.
    """
    if contradicted(fact):
        return "contradicts_itself"
    if value is None:
        return "not_covered"
    if fact.measure == "city_density" and abs(value / fact.stated - 1) < NEAR < abs(value / SLIP / fact.stated - 1):
        return "unit_slip"
    if abs(value - fact.stated) <= fact.digit * (1 + 1e-9):
        return "reproduces"
    return "too_rough" if quality == LOWEST else "differs_by_vintage"


def contradicted(fact: Fact) -> bool:
    """Whether the source states a change of the East-West gap and levels at both ends that do not give it."""
    if fact.measure != "urbanization_gap_change":
        return False
    levels = {other.year: other.stated for other in facts().values() if other.measure == "urbanization_gap_east_west"}
    if fact.first not in levels or fact.year not in levels:
        return False
    return abs(levels[fact.year] - levels[fact.first] - fact.stated) > 2 * fact.digit


def facts_table() -> list[FactVerdict]:
    """Return all facts with our figures and verdicts, in order."""
    judged = []
    for fact in facts().values():
        with d.marks_noted() as marks:
            value = computed(fact)
        mark = "" if value is None else max(marks, default="")
        judged.append(FactVerdict(fact, value, verdict(fact, value, mark), mark))
    return judged


def place_name(fact: Fact, lang: str) -> str:
    """Return the region of a fact in one language."""
    return " – ".join(china().name(china().find(name) or name, lang) for name in fact.region.split(" - "))
