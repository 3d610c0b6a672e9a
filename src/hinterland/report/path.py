"""A path as it is printed: when outcomes change, year by year, and by when half of it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path as File
from typing import Any

import pandas as pd

from hinterland.data.regions import NATION
from hinterland.names import without_remark
from hinterland.policy.values import PAYERS
from hinterland.report.answer import Answer, records
from hinterland.report.changes import change_figure, changed, in_change, seen
from hinterland.report.export import write_tables
from hinterland.report.money import money_of, who_name
from hinterland.report.path_moving import towns
from hinterland.report.path_tables import TABLES, for_files, shown, table
from hinterland.report.places import GAIN, approximate, entry, grouping_title, place_of
from hinterland.report.quantities import Reading, reading
from hinterland.report.sentences import sentence as as_sentence
from hinterland.report.sheet import Sheet, Sheets, make
from hinterland.report.tables import MAIN, called, foremost
from hinterland.report.terms import against, drivers_said, foresight_said, on_all_income, own_words, rates_of, title
from hinterland.report.years import certificate_of, certificates_of, certified, doubted, spanned
from hinterland.scenario.called import endings
from hinterland.scenario.remarks import acts
from hinterland.schema import outcomes
from hinterland.study.budget import BY_YEAR
from hinterland.study.path import PARTS, Path, changes_by_place, milestones
from hinterland.texts import listed, text

DIVIDED = ("nation", "macro_region", "hukou")  # by which gains are told
FEW = 4  # years beside the first, for which a screen has room
AFTER = (1, 5, 10, 20, 40, 70)  # years after the base year that are shown beside the last
SPLIT = ("urbanization_rate", "workers_in_place", "real_gdp")  # by groups


def report(followed: Path, lang: str, provinces: Sequence[str] = (), by: str = "") -> Answer:
    """Return a path: sentences, changes by year, by when they are there; for programs all years.

    Of provinces by name or of a grouping, where they are asked for, those tables alone.
    """
    if provinces or by:
        codes = [place_of(followed.scenario.economy, name) for name in provinces]
        frames = {place: followed.by(place) for place in (*codes, *filter(None, [by]))}
        return Answer(
            records(pd.concat(frames.values(), ignore_index=True)),
            lambda: (
                {code: of_place(followed, code, frames[code], lang) for code in codes}
                | (grouped(followed, by, frames[by], lang) if by else {})
            ),
            opening=lambda: heading(followed, lang),
            closing=closing(followed, lang),
        )
    return Answer(
        records(followed.headline),
        lambda: Sheets({name: partial(SHEETS[name], followed, lang) for name in TABLES}),
        document=lambda: document(followed),
        opening=lambda: opening(followed, lang),
        closing=closing(followed, lang),
        heading=lambda: heading(followed, lang),
        frame=lambda key: table(followed, key, lang),
        apart=["budget", "gains"],
    )


def write(followed: Path, file: str | File, lang: str) -> File:
    """Write every table, with years of every region, to a new file: workbook or Markdown; CSV: the nation's years."""
    return write_tables(for_files(followed, lang), file)


def document(followed: Path) -> dict[str, Any]:
    """Return a path as JSON: its pace, years with their certificates, the rest point."""
    return {
        "scenario": followed.scenario.name,
        "economy": followed.scenario.economy.name,
        "pace": followed.pace._asdict(),
        "drivers": followed.drivers and followed.drivers._asdict(),
        "foresight": {"discount": followed.scenario.discount, "horizon_gap": followed.horizon_gap}
        if followed.foresight
        else None,
        "headline": records(followed.headline),
        "rest": dict(followed.at_rest),
        "milestones": records(milestones(followed, shown(followed))),
        "budget": records(followed.budget),
        "gains": records(followed.gains),
        "gains_at_rest": records(followed.gains_at_rest),
        "certificates": certificates_of(followed),
        "rest_certificate": certificate_of(followed.certificate),
    }


def opening(followed: Path, lang: str) -> str:
    """Return title, what is followed, and a sentence on each of the foremost outcomes."""
    said = [towns(followed, lang)] if followed.drivers else []
    said += [sentence(followed, name, lang) for name in foremost(MAIN, followed.at_rest)]
    said += [costs(followed, lang), residents(followed, lang)]
    return heading(followed, lang) + "\n".join(f"- {words}" for words in said if words) + "\n"


def heading(followed: Path, lang: str) -> str:
    """Say of what a table that stands alone is: scenario and economy, what is followed, what is the user's own."""
    own = [f"- {words}" for words in own_words(followed.scenario, lang)]
    return "\n".join([title(followed.scenario, lang), terms(followed, lang), *own]) + "\n"


def terms(followed: Path, lang: str) -> str:
    """Say what is followed: which years, at which pace, with what held still, and which policies end."""
    scenario, pace, drivers = followed.scenario, followed.pace, followed.drivers
    values: dict[str, Any] = {"base": scenario.economy.year, "last": followed.years[-1]}
    values |= rates_of(pace)
    if drivers:
        values["assumed"] = drivers_said(drivers, scenario.economy.year, lang)
    said = text("path.terms_moving" if drivers else "path.terms", lang, **values) + foresight_said(followed, lang)
    return said + endings("path.ends", scenario.policies, scenario.economy.regions, lang)


def sentence(followed: Path, name: str, lang: str) -> str:
    """Say how far an outcome has come at the horizon, what it is at the rest point, and in which year it turns."""
    changes, rest = followed.changes(name), followed.at_rest[name]
    if max(float(changes.abs().max()), abs(rest)) < seen(name):
        return as_sentence([text("path.still", lang, what=called(name, lang))], lang)
    steps = [
        text("path.by", lang, year=year, change=changed(name, changes[year], lang)) for year in sentence_years(followed)
    ]
    values = {"what": called(name, lang), "steps": listed(steps, lang), "rest": changed(name, rest, lang)}
    said = [text("path.sentence", lang, **values)]
    turn = followed.years[int(changes.abs().to_numpy().argmax())]
    if turn != followed.years[-1] and abs(changes[turn] - changes.iloc[-1]) >= seen(name):
        said.append(text("path.peak", lang, year=turn, most=changed(name, changes[turn], lang)))
    return as_sentence(said, lang)


def leader(
    table: pd.DataFrame, name: str, years: Sequence[int], names: Mapping[str, str], way: Reading, lang: str
) -> str:
    """Say which scenario raises an outcome most in each of some years, and whether that is another one later."""
    known: dict[Any, dict[Any, float]] = table.to_dict("index")
    changes = {year: {str(one): known[year][one] for one in known[year]} for year in years}
    spans = {year: (min(of.values()), max(of.values())) for year, of in changes.items()}
    if max(high - low for low, high in spans.values()) < way.least:
        low, high = (way.figure(end, sign="+") for end in spans[years[-1]])
        return as_sentence([text("compare.alike", lang, what=called(name, lang), low=low, high=high)], lang)
    seen_in = [year for year, (low, high) in spans.items() if high - low >= way.least]
    best = {year: max(changes[year], key=changes[year].__getitem__) for year in seen_in}
    steps = [
        text("compare.leads", lang, year=year, best=names[one], high=way.figure(changes[year][one], sign="+"))
        for year, one in best.items()
    ]
    turns = [text("compare.order_by_year", lang)] if len({*best.values()}) > 1 else []
    return as_sentence(
        [text("compare.leading", lang, what=called(name, lang), step=steps[0]), *steps[1:], *turns], lang
    )


def sentence_years(followed: Path) -> list[int]:
    """Return the years of which sentences speak: ten years after the base year, and the last."""
    return [*dict.fromkeys([followed.years[min(9, len(followed.years) - 1)], followed.years[-1]])]


def costs(followed: Path, lang: str) -> str:
    """Say what is charged in years, and when most is owed; nothing where no policy has a cost."""
    if not len(followed.budget):
        return ""
    sums = totals(followed)
    if not sums["charged"].any():
        return as_sentence([text("path.free", lang)], lang)
    amount = reading("bn CNY", lang, sums["charged"].max())
    steps = [
        text("path.in", lang, year=year, amount=amount.figure(sums["charged"][year]))
        for year in sentence_years(followed)
    ]
    most, year = sums["owed"].max(), sums["owed"].idxmax()
    owed = reading("bn CNY", lang, most)
    values = {"steps": listed(steps, lang), "year": year, "owed": owed.figure(most)}
    return as_sentence([text("path.costs" if most > owed.least else "path.charged_told", lang, **values)], lang)


def residents(followed: Path, lang: str) -> str:
    """Say what residents gain where they were, which macro-region most and least, and who turns from loss to gain."""
    found, years = gains_by_year(followed), sentence_years(followed)
    parts = {who: of for who, of in found.items() if who != ("nation", NATION)}
    if max(max(changes.abs().max(), abs(rest)) for changes, rest in found.values()) < GAIN.least:
        return ""
    changes, rest = found["nation", NATION]
    steps = [text("path.in", lang, year=year, amount=GAIN.figure(changes[year], sign="+")) for year in years]
    values = {"bills": bills_said(followed, lang), "steps": listed(steps, lang), "rest": GAIN.figure(rest, sign="+")}
    of_all = "_whole" * on_all_income(followed.scenario.economy)  # no household accounts are known
    of = "_moving" if followed.drivers else of_all
    values["base"] = str(followed.scenario.economy.year)
    clauses = [text(f"path.residents{of}", lang, **values), best_and_worst(followed, parts, years[0], lang)]
    clauses += entry(followed.equilibria, "path.entry", lang)
    for key, sign in (("losing_first", 1), ("gaining_first", -1)):
        turns = {who: turn_of(sign * of, sign * end) for who, (of, end) in parts.items()}
        names = [turned(followed, who, year, lang) for who, year in turns.items() if year is not None]
        clauses += [text(f"path.{key}", lang, names=listed(names, lang))] if names else []
    return as_sentence(filter(None, clauses), lang)


def best_and_worst(followed: Path, parts: Mapping[tuple[str, str], Any], year: int, lang: str) -> str:
    """Say which macro-region gains most in a year and which least, where some gain and others lose."""
    gains = {who: float(of[year]) for who, (of, _) in parts.items() if who[0] == "macro_region"}
    if not gains or min(gains.values()) > -GAIN.least or max(gains.values()) < GAIN.least:
        return ""
    best, worst = max(gains, key=gains.__getitem__), min(gains, key=gains.__getitem__)
    said = {"best": called_who(followed, *best, lang), "worst": called_who(followed, *worst, lang)}
    figures = {"high": GAIN.figure(gains[best], sign="+"), "low": GAIN.figure(gains[worst], sign="+")}
    return text("path.best_and_worst", lang, year=year, **said, **figures)


def turn_of(changes: pd.Series[float], end: float) -> int | None:
    """Return the last year of a loss with which a part of the people begins and that ends as a gain; else None.

    It ends so in the last year or at the rest point, where policies that have ended leave nothing.
    """
    seen_in = changes[changes.abs() >= GAIN.least]
    lost = changes[changes <= -GAIN.least]
    begins = len(seen_in) and float(seen_in.iloc[0]) < 0
    return int(lost.index[-1]) if begins and max(end, float(changes.iloc[-1])) >= GAIN.least else None


def turned(followed: Path, who: tuple[str, str], year: int, lang: str) -> str:
    """Say who turns, and the last year before; beyond the horizon where that is its last."""
    key = "path.since" if year < followed.years[-1] else "path.since_after"
    return text(key, lang, name=called_who(followed, *who, lang), year=year)


def bills_said(followed: Path, lang: str) -> str:
    """Say whether bills are paid in what people gain by year: all, those that there are and are charged, or none."""
    case = bills(followed)
    if case == "paid" and followed.drivers:  # people who come by themselves are in no bill
        case = "moving"
    return text(f"screen.bills_{case}", lang, base=followed.scenario.economy.year)


def bills(followed: Path) -> str:
    """Return whether all bills are paid, some or none: what nobody is charged for, or has no price, is in none."""
    budget, policies = followed.budget, followed.scenario.policies
    if not budget["charged"].any():
        return "none"
    charged = {*budget.loc[budget["charged"] > 0, "policy"]}
    parts = budget.groupby(["policy", "payer"])[["spent", "charged"]].sum()
    left = ((parts["spent"] > 0) & ~(parts["charged"] > 0)).any()
    return "some" if left or {name for name, policy in policies.items() if acts(policy)} - charged else "paid"


def gains_by_year(followed: Path) -> dict[tuple[str, str], tuple[pd.Series[float], float]]:
    """Return what each part of the people gains where it was, over its income: by year, and in the end."""
    keys = ["dimension", "who"]
    by_year = {key: rows.set_index("year")["change"] for key, rows in followed.gains.groupby(keys)}
    end = followed.gains_at_rest.set_index(keys)["change"]
    return {(of, who): (by_year[of, who], end[of, who]) for of, who in end.index if of in DIVIDED}


def called_who(followed: Path, dimension: str, who: str, lang: str) -> str:
    """Return what a part of the people is called."""
    if dimension == "nation":
        return text("dimension.nation", lang)
    return without_remark(who_name(dimension, who, lang, followed.scenario.economy.regions))


def gains(followed: Path, lang: str) -> Sheet:
    """What people gain where they were, over their income, by year and in the end."""
    years = years_shown(followed)
    rows = [
        (called_who(followed, *who, lang), *(GAIN.number(of, sign="+") for of in (*changes[years], end)))
        for who, (changes, end) in gains_by_year(followed).items()
    ]
    heads = [text("column.who", lang), *map(str, years), text("column.at_rest", lang)]
    return make(text("path.gains", lang, bills=bills_said(followed, lang)), heads, rows)


def years_shown(followed: Path) -> list[int]:
    """Return the years that a table shows."""
    base, last = followed.scenario.economy.year, followed.years[-1]
    first, *others = [*(base + after for after in AFTER if base + after < last), last]
    return [first, *others[-FEW:]]


def by_year(followed: Path, lang: str) -> Sheet:
    """Changes of the nation, by year and at the rest point."""
    changes = {name: (followed.changes(name), followed.at_rest[name]) for name in shown(followed)}
    return over_years(followed, text("path.by_year", lang, against=against(followed, lang)), changes, lang)


def of_place(followed: Path, place: str, frame: pd.DataFrame, lang: str) -> Sheet:
    """Changes of every outcome of one place, a region or a group, by year and at the rest point."""
    economy, key = followed.scenario.economy, NATION if place == "nation" else place
    rest = followed.at_rest_by(place).set_index(["region", "variable"])["change"]
    of = frame[frame["region"] == key].pivot(index="year", columns="variable", values="change")
    changes = {name: (of[name], rest[key, name]) for name in outcomes("regions") if name in of}
    name = economy.regions.name(key, lang) + approximate(place, economy.regions, lang)
    return over_years(followed, text("path.of_place", lang, what=name, against=against(followed, lang)), changes, lang)


def over_years(followed: Path, head: str, changes: Mapping[str, tuple[pd.Series[float], float]], lang: str) -> Sheet:
    """Outcomes by year and at the rest point: of each its changes by year, and the one at the rest point."""
    years = years_shown(followed)
    rows = [
        (in_change(called(name, lang), name, lang), *(change_figure(name, of) for of in (*found[years], rest)))
        for name, (found, rest) in changes.items()
    ]
    return make(head, [text("column.variable", lang), *map(str, years), text("column.at_rest", lang)], rows)


def budget(followed: Path, lang: str) -> Sheet | None:
    """What is spent, charged, also by payer, and owed in years; None where no policy has a cost."""
    found, years, money = followed.budget, years_shown(followed), money_of(lang)
    if not len(found):
        return None
    sums = totals(followed)
    by_payer = found.pivot_table(index="year", columns="payer", values="charged", aggfunc="sum")
    amounts = {text("path.spent", lang): sums["spent"], text("path.charged", lang): sums["charged"]}
    amounts |= {
        text("path.charged_to", lang, payer=text(f"payer.{payer}", lang)): by_payer[payer]
        for payer in PAYERS
        if payer in by_payer and by_payer[payer].any()
    }
    amounts[text("path.owed", lang)] = sums["owed"]
    rows = [(head, *(money.number(of[year]) for year in years)) for head, of in amounts.items()]
    head = text("path.budget", lang, unit=money.unit, prices=followed.scenario.economy.units.price_year)
    return make(head, [text("column.item", lang), *map(str, years)], rows)


def totals(followed: Path) -> pd.DataFrame:
    """Return what is spent, charged and owed in all in each year."""
    return followed.budget.groupby("year")[list(BY_YEAR)].sum()


def when(followed: Path, lang: str) -> Sheet | None:
    """From when outcomes have half and nine tenths of their change at the rest point, over the range of the pace.

    None where nothing changes in the end.
    """
    names = [name for name in shown(followed) if abs(followed.at_rest[name]) >= seen(name)]
    if not names:
        return None
    found = records(milestones(followed, names))
    cells = {(row["variable"], row["part"]): spanned(row, followed, lang) for row in found}
    rows = [(called(name, lang), *(cells[name, part] for part in PARTS)) for name in names]
    heads = [text("column.variable", lang), *(text(f"column.reached_{part}", lang) for part in PARTS)]
    return make(text("path.when_foreseen" if followed.foresight else "path.when", lang), heads, rows)


def grouped(followed: Path, by: str, frame: pd.DataFrame, lang: str) -> dict[str, Sheet | None]:
    """Return a table for each of a few outcomes: groups by year and at the rest point."""
    rest = followed.at_rest_by(by).set_index(["region", "variable"])["change"]
    regions, years = followed.scenario.economy.regions, years_shown(followed)
    title = grouping_title(by, regions, lang) + approximate(by, regions, lang)
    found: dict[str, Sheet | None] = {}
    for name in foremost(SPLIT, {*frame["variable"]}):
        table = changes_by_place(frame, name)
        rows = [
            (regions.name(place, lang), *(change_figure(name, of) for of in (*table[place][years], rest[place, name])))
            for place in map(str, table)
        ]
        head = text("path.of_groups", lang, what=in_change(called(name, lang), name, lang), by=title)
        found[name] = make(head, [text("column.region", lang), *map(str, years), text("column.at_rest", lang)], rows)
    return found


def closing(followed: Path, lang: str) -> str:
    """Say how sure each year is, what is left out, and where the rest is."""
    said = [certified(followed, lang), doubted(followed, lang)]
    further = "--baseline, " if followed.drivers is None and followed.horizon_gap is None else ""
    return "\n".join(filter(None, [*said, text("path.limits", lang), text("path.more", lang, further=further)]))


SHEETS: dict[str, Callable[[Path, str], Sheet | None]] = {
    "path": by_year,
    "milestones": when,
    "budget": budget,
    "gains": gains,
}
