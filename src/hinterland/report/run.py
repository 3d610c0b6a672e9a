"""A run as it is printed. Numbers come from `study`, words from the table of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hinterland.errors import in_language
from hinterland.report.answer import Answer, records
from hinterland.report.first_screen import first_screen
from hinterland.report.moments import moments_met
from hinterland.report.money import labels_of, money_tables
from hinterland.report.places import (
    absences,
    by_groups,
    changes,
    extreme_provinces,
    extremes_title,
    in_full,
    levels,
    place_of,
)
from hinterland.report.quantities import reading
from hinterland.report.record import as_json
from hinterland.report.scenarios import doses
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import change_figure, changed, number, parameter_name, part_name, short_name
from hinterland.schema import outcomes
from hinterland.study.decompose import ERROR
from hinterland.study.run import Result, iamc
from hinterland.study.summary import entry_prices, signs_that_turn
from hinterland.study.worth import FUNDS, funds_alarm
from hinterland.texts import text

if TYPE_CHECKING:
    import pandas as pd


EXTREMES = 5  # provinces at each end
SPLIT_DIGITS = 4  # what a part contributes may be small


def report(result: Result, lang: str, provinces: Sequence[str] = (), by: str = "") -> Answer:
    """Return a run: levels in the IAMC shape, all of it as JSON, tables between what was asked and what it means.

    Of provinces by name or of a grouping, where they are asked for, those tables alone.
    """
    if provinces or by:
        codes = [place_of(result.scenario.economy, name) for name in provinces]
        shown = {code: in_full(result, code, lang) for code in codes} | (
            {by: by_groups(result, by, lang)} if by else {}
        )
        return Answer(records(iamc(result)), lambda: shown, document=as_json(result))
    return Answer(
        records(iamc(result)),
        lambda: run_tables(result, lang),
        document=as_json(result),
        opening=opening(result, lang),
        closing=meaning(result, lang),
        screen=lambda: first_screen(result, lang),
    )


def run_tables(result: Result, lang: str) -> dict[str, Sheet]:
    """Return every table of a run; those by macro-region where every region is in one."""
    macro = list(dict.fromkeys(result.flows["origin"]))
    found = {"headline": headline(result, lang)}
    if macro:
        found["macro_regions"] = changes(result.regions, lang, result, macro, text("report.by_macro_region", lang))
    extremes = extreme_provinces(result, EXTREMES)
    found["extremes"] = changes(result.regions, lang, result, extremes, extremes_title(result, lang, EXTREMES))
    if macro:
        found["flows"] = flows(result, lang)
    found["decomposition"] = decomposition(result.decomposition, lang, "report.decomposition", labels_of(result, lang))
    if len(result.channels) > 1:
        found["channels"] = decomposition(result.channels, lang, "report.channels")
    found |= money_tables(result, lang) | room(result, lang)
    return found | {"sensitivity": sensitivity(result, lang), "certificate": certificate(result, lang)}


def headline(result: Result, lang: str) -> Sheet:
    """The nation: baseline, value, change; goods no longer lost on the way where an iceberg cost falls."""
    table = result.headline
    shown = table[(table["variable"] != "goods_saved") | (table["value"] != 0)]
    return levels(shown, text("report.headline", lang), lang)


def flows(result: Result, lang: str) -> Sheet:
    """Workers by macro-region of hukou (rows) and of work (columns): million before -> after."""
    table: Any = result.flows.set_index(["origin", "destination"])
    regions, names = result.scenario.economy.regions, list(dict.fromkeys(result.flows["origin"]))
    of = reading("million", lang)
    rows = [
        (
            regions.name(origin, lang),
            *(
                " → ".join(of.number(table.loc[(origin, there), when]) for when in ("baseline", "value"))
                for there in names
            ),
        )
        for origin in names
    ]
    columns = [text("column.hukou_work", lang), *(regions.name(name, lang) for name in names)]
    return make(text("report.flows", lang), columns, rows)


def decomposition(table: pd.DataFrame, lang: str, key: str, labels: Mapping[str, str] | None = None) -> Sheet:
    """The change of each outcome split into policies or channels (Shapley); with its error where orders are sampled."""
    shown = [name for name in outcomes("decomposition") if name in table.columns]
    sampled = bool((table[ERROR] > 0).any())
    rows = []
    for part in table.index:
        figures = [change_figure(name, table.loc[part, name], SPLIT_DIGITS) for name in shown]
        rows.append(
            (
                part_name(str(part), lang, labels),
                *figures,
                *([f"{100 * table.loc[part, ERROR]:.1f}"] if sampled else []),
            )
        )
    columns = [short_name(name, lang, with_unit=True) for name in shown]
    errors = [text("column.sampling_error", lang)] if sampled else []
    head = text("column.part" if labels else "column.channel", lang)
    return make(text(key, lang), [head, *columns, *errors], rows)


def room(result: Result, lang: str) -> dict[str, Sheet]:
    """Where a capacity is set: people beside what the region may carry, and the price of entry where it binds."""
    if "capacity_n" not in result.equilibrium.economy.arrays:
        return {}
    many = reading("million", lang).factor
    rows = [
        (
            result.scenario.economy.regions.name(row["region"], lang),
            number(many * row["people"], 2),
            number(many * row["limit"], 2),
            number(100 * row["price"], 3),
        )
        for row in entry_prices(result.equilibrium).to_dict("records")
    ]
    columns = [text(f"column.{key}", lang) for key in ("region", "workers_million", "capacity", "entry_price")]
    return {"room": make(text("report.room", lang), columns, rows)}


def sensitivity(result: Result, lang: str) -> Sheet:
    """The same scenario under other elasticities, one at a time."""
    table = result.sensitivity
    shown = [name for name in outcomes("sensitivity") if name in table]
    rows = []
    for row in table.to_dict("records"):
        name = text("report.default", lang) if row["parameter"] == "default" else parameter_name(row["parameter"], lang)
        rows.append((name, number(row["value"], 2), *(changed(key, row[key], lang) for key in shown)))
    columns = [text(f"column.{key}", lang) for key in ("parameter", "value_of")]
    return make(text("report.sensitivity", lang), [*columns, *(short_name(key, lang) for key in shown)], rows)


def certificate(result: Result, lang: str) -> Sheet:
    """Why the solution can be believed."""
    known = result.certificate
    passed = text(f"report.{known.verdict}", lang)
    rows = [(text(f"residual.{name}", lang), f"{value:.1e}") for name, value in known.residuals.items()]
    rows.append((text("residual.redundant", lang), f"{known.redundant_market:.1e}"))
    rows += [(text(f"identity.{name}", lang), f"{value:.1e}") for name, value in known.identities.items()]
    unsure = known.verdict == "undetermined"
    rows.append((text("report.error", lang), f"{'≥ ' if unsure else ''}{known.error:.1e}"))
    if known.direction is not None:
        rows.append((text("report.direction", lang), known.direction.text(lang)))
    stable = result.equilibrium.solved.stable_where_doubtful
    if stable is not None:
        rows.append((text("report.stable", lang), text(f"report.stable.{str(stable).lower()}", lang)))
    one = known.uniqueness
    words = text(f"uniqueness.{one.rule}", lang, value=one.value or 0.0, places=in_language(one.places, lang))
    if unsure and one.holds:
        words += text("uniqueness.not_located", lang)
    rows.append((text("report.uniqueness", lang), words))
    title = text("report.certificate", lang, passed=passed, tolerance=f"{known.tolerance:.0e}", steps=known.iterations)
    return make(title, [text("column.check", lang), text("column.largest_gap", lang)], rows)


def opening(result: Result, lang: str) -> str:
    """Return what stands above the tables: title, what the scenario represents, its policies with their reasons."""
    scenario = result.scenario
    paragraphs = [f"{scenario.title.get(lang, scenario.name)}  [{scenario.economy.name}]"]
    if scenario.texts.get("represents"):
        paragraphs.append(scenario.texts["represents"].get(lang, ""))
    paragraphs.append("\n".join([text("report.policies", lang), *reasons(result, lang)]))
    paragraphs.append(text("report.rest_year", lang, year=scenario.rest_year))
    unsure = signs_that_turn(result.sensitivity)
    if unsure:
        names = ("、" if lang == "zh" else ", ").join(short_name(name, lang) for name in unsure)
        paragraphs.append(text("report.signs", lang, names=names))
    return "\n\n".join(paragraphs) + "\n"


def meaning(result: Result, lang: str) -> str:
    """Say what of the scenario is fact and what assumed; what people, income and welfare are, and what is estimated."""
    paragraphs = [
        f"{text(f'about.{key}', lang)}: {result.scenario.texts[key].get(lang, '')}"
        for key in ("facts", "assumptions")
        if result.scenario.texts.get(key)
    ]
    odd = funds_alarm(result.benefits)
    if odd:
        low, high = FUNDS
        called, comma = labels_of(result, lang), {"zh": "、", "en": ", "}[lang]
        names = comma.join(called.get(name, name) for name in odd)
        paragraphs.append(text("report.funds_alarm", lang, names=names, low=low, high=high))
    paragraphs.append(moments_met(result.benefits["instrument"], lang))
    return "\n\n".join([*paragraphs, economy_meaning(result, lang)])


def economy_meaning(result: Result, lang: str) -> str:
    """Say what people, income and welfare are in this economy, and what of it is estimated."""
    economy = result.scenario.economy
    key = "report.what_residents_are" if economy.cells.residences > 1 else "report.what_people_are"
    absent = [name for name, is_absent in absences(economy).items() if is_absent]
    return "\n\n".join([text(key, lang, note=economy.note(lang)), *(text(f"report.{name}", lang) for name in absent)])


def reasons(result: Result, lang: str) -> list[str]:
    """Return each policy with its instrument, its size and the reason for it."""
    lines = []
    for policy_label, words in doses(result.scenario, lang).items():
        why = result.scenario.about.get(policy_label, {}).get(lang, "")
        lines.append(f"  {text('check.policy', lang, name=policy_label, dose=words)}  {why}".rstrip())
    return lines
