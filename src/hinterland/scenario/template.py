"""A commented scenario file to start from: every value of the chosen instruments with its meaning, range and status."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from hinterland import schema
from hinterland.data import box
from hinterland.data.regions import china
from hinterland.economy.economy import Economy
from hinterland.economy.load import DEFAULT, load
from hinterland.economy.services import knows_services
from hinterland.errors import PolicyError, Problem, hint
from hinterland.instruments import INSTRUMENTS
from hinterland.instruments.fiscal_transfer import FiscalTransfer
from hinterland.policy.combine import BLOCKS
from hinterland.policy.costs import CLOSURES, DISCOUNT, HORIZON, evidence
from hinterland.policy.strength import strength
from hinterland.policy.values import IN_CHINESE, PAYERS, TENFOLD, YEARLY
from hinterland.scenario.file import parse
from hinterland.scenario.listed import in_words
from hinterland.scenario.scenario import EXPECTATIONS, LONGEST, TEXTS
from hinterland.scenario.schema import EXPRESSION, FILE
from hinterland.schema.names import instrument_named, known_instruments
from hinterland.texts import name_in, text, unit_name

TYPICAL = ("hukou_reform", "transport", "public_services", "market_reform")
OF_PROVINCES = ("transport",)  # which the box knows travel times of
SHOWN = 3  # of the typical ones
INSIDE = "    "
CUT = 0.185  # of what moving costs: 4 % a year over five years
TWO = 2  # places between which trade may become freer
DIGITS = 6  # of payers' shares


def template(
    name: str, instruments: Sequence[str] = (), economy: str = DEFAULT, lang: str = "en", folder: Path | None = None
) -> str:
    """Return a new scenario file, which the reader accepts as it stands, or raise with what is wrong with the choice.

    Without `instruments`, three typical ones that the economy can express. It will lie in `folder`, from which the path
    of an economy of one's own is told.
    """
    known, folder = load(economy), Path() if folder is None else folder
    if economy not in box.economies() and not Path(economy).is_absolute():
        economy = Path(os.path.relpath(economy, folder)).as_posix()
    instruments = [instrument_named(instrument) or instrument for instrument in instruments]
    unknown = [instrument for instrument in instruments if instrument not in INSTRUMENTS]
    if unknown:
        place = "--instruments"
        raise PolicyError(
            Problem(
                "scenario.unknown_instrument",
                {"place": place, "value": instrument, "near": hint(instrument, known_instruments())},
            )
            for instrument in unknown
        )
    chosen = list(dict.fromkeys(instruments)) or typical(known)
    content = "\n".join(lines(name, chosen, economy, lang, known)) + "\n"
    parse(
        content.encode(), str(folder / name)
    )  # an economy may lack what an instrument acts through: said before a file is written
    return content


def typical(economy: Economy) -> list[str]:
    """Return the first typical instruments that act through blocks of the economy, and on regions that it has."""
    able = [name for name in TYPICAL if all(BLOCKS[block] in economy.arrays for block in INSTRUMENTS[name].needs)]
    of_provinces = set(economy.domestic_codes) <= set(china().codes)
    return [name for name in able if of_provinces or name not in OF_PROVINCES][:SHOWN]


def lines(name: str, instruments: Sequence[str], economy: str, lang: str, known: Economy) -> Iterator[str]:
    """Yield the lines of the file."""
    yield f"# yaml-language-server: $schema={FILE}"
    yield from comments(text("template.head", lang))
    yield f"name: {yaml_text(name)}"
    yield f"title: {yaml_text(name)}"
    for key in TEXTS:
        yield f"{key}: {yaml_text(text(f'template.{key}', lang))}"
    yield ""
    yield from comments(text("template.economy", lang, known=", ".join(box.economies())))
    yield f"economy: {yaml_text(economy)}"
    yield ""
    yield from comments(text("template.terms", lang))
    yield f"# closure: {CLOSURES[0]}"
    yield from (f"#   {closure}: {text(f'closure.{closure}', lang)}" for closure in CLOSURES)
    yield f"# horizon: {HORIZON}  # {text('schema.horizon', lang)} (1 – {LONGEST})"
    yield f"# discount: {evidence(DISCOUNT):g}  # {text('schema.discount', lang)} (0 – 1)"
    yield f"# expectations: {EXPECTATIONS[0]}"
    yield from (f"#   {known}: {text(f'expectations.{known}', lang)}" for known in EXPECTATIONS)
    yield ""
    yield from comments(text("template.policies", lang))
    yield "policies:"
    for instrument in instruments:
        yield from policy(instrument, lang, known)


def policy(instrument: str, lang: str, economy: Economy) -> Iterator[str]:
    """Yield the lines of one policy: what it does, its own values as set, the common ones as comments."""
    entry = schema.instruments()[instrument]
    mark = text(f"strength.{strength(instrument)}", lang)
    yield ""
    yield f"  {instrument}:"
    yield f"{INSIDE}# {getattr(entry, lang)}: {getattr(entry, f'help_{lang}')}"
    yield f"{INSIDE}# {text('template.evidence', lang, strength=mark)}"
    yield f"{INSIDE}# {text('template.cost', lang, rule=getattr(entry, f'cost_{lang}'))}"
    yield f"{INSIDE}instrument: {instrument}"
    yield f"{INSIDE}about: {yaml_text(text('template.about', lang))}"
    for name, value in schema.values(instrument).items():
        if (instrument, name) == (FiscalTransfer.instrument, "cost"):
            continue  # what a transfer for services costs is what it pays
        yield f"{INSIDE}# {explained(value, economy.year, lang)}"
        set_already = value.instrument != "*" and value.given is not None
        example = yaml_text(
            text("template.amount", lang)
            if value.unit == YEARLY
            else typed(shown(value, instrument, economy), value, lang)
        )
        yield f"{INSIDE}{'' if set_already else '# '}{name}: {example}"


def explained(value: schema.Value, base: int, lang: str) -> str:
    """Say what a value is, its unit, range, choices and how well it is known; years are after the base year."""
    parts, tenfold = [], value.unit == YEARLY and lang == "zh"
    if value.unit:
        parts.append(unit_name(IN_CHINESE if tenfold else value.unit, lang))
    if value.kind in ("number", "integer"):
        low, high = (TENFOLD * bound if tenfold else bound for bound in bounds(value, base))
        parts.append(f"{low:.0f} – {high:.0f}" if value.unit == "year" else f"{low:,.10g} – {high:,.10g}")
    if value.unit == YEARLY:
        parts.append(text("template.with_unit", lang))
    if value.kind == "choice":
        parts.append(" | ".join(choice(key, lang) for key in value.known))
    if value.kind in schema.LISTS:
        parts.append(text(f"template.{value.kind}", lang, example=EXPRESSION))
        if lang == "zh" and value.given:
            parts.append(text("template.default", lang, given=in_words(value.given, value.kind, lang, china())))
    if value.status:
        parts.append(text(f"known.{value.status}", lang))
    return f"{getattr(value, lang)} [{'; '.join(parts)}]"


def choice(key: str, lang: str) -> str:
    """Return a choice as it is typed: by its key, in Chinese by its name."""
    return name_in("choice", key, "zh") if lang == "zh" else key


def typed(given: Any, value: schema.Value, lang: str) -> Any:
    """Return a value as it is typed in a language: in Chinese choices and payers by their names."""
    if lang != "zh":
        return given
    if value.kind == "choice":
        return choice(given, lang)
    if value.kind == "shares":
        return {text(f"payer.{who}", lang): share for who, share in given.items()}
    return given


def bounds(value: schema.Value, base: int) -> tuple[float, float]:
    """Return the least and the most that a value may be; a policy begins after the base year and inside the horizon."""
    if value.unit != "year":
        return value.minimum, value.maximum
    return base + 1, base + HORIZON if value.name == "start" else value.maximum


def shown(value: schema.Value, instrument: str, economy: Economy) -> Any:
    """Return what stands in the file: the default, or an example where a value may be left out.

    A region of the economy stands for places that it has not, or of which it has a part.
    """
    first = economy.year + 1
    payers = {who: round(share, DIGITS) for who, share in schema.payers(instrument).items()}
    examples = {
        "start": first,
        "end": first + HORIZON - 1,
        "payer": payers or dict.fromkeys(PAYERS[:2], 0.5),
    }
    if instrument == "hukou_reform" and not knows_services(economy):
        examples |= {"access": 0, "cut": CUT}  # no account tells what access is worth
    if value.name in examples:
        return examples[value.name]
    given = value.given
    if given is None:
        return 1 if value.minimum <= 1 <= value.maximum else value.minimum
    if isinstance(given, float) and given.is_integer():
        return int(given)
    if value.kind == "places" and not all(whole(place, economy) for place in given):
        return list(economy.domestic_codes[: TWO if instrument == "market_reform" else 1])
    return list(given) if isinstance(given, tuple) else given


def whole(place: str, economy: Economy) -> bool:
    """Whether an economy has all of a place."""
    codes, regions = economy.domestic_codes, economy.regions
    inside = regions.members(place, economy.year) or ()
    return not set(codes).isdisjoint(inside) and regions.partly_known(place, codes) is None


def comments(words: str) -> Iterator[str]:
    """Yield a text of several sentences as comments; ` / ` parts lines."""
    yield from (f"# {line}" for line in words.split(" / "))


def yaml_text(given: Any) -> str:
    """Write a value on one line of YAML, quoted where it must be."""
    listed: str = yaml.safe_dump([given], allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False)
    return listed.strip()[1:-1]
