"""The accounts of a base year as tables: provinces, wages beside observed ones, values beside those of a prototype."""

from __future__ import annotations

from hinterland.base_years.sheet import Record
from hinterland.data.regions import china
from hinterland.report.quantities import DASH, number, reading
from hinterland.report.sheet import Sheet, make
from hinterland.texts import text

HELD = "-"  # between what is held and the series that it is held against


def wage_title(item: str, lang: str) -> str:
    """Return the name of a rank correlation: what is held, and against which series."""
    held, _, series = item.partition(HELD)
    return f"{text(f'balance.wages.{held}', lang)} / {text(f'balance.series.{series}', lang)}"


def tables(name: str, rows: list[Record], lang: str) -> dict[str, Sheet]:
    """Return the tables of the sections that a base year has."""
    table_of = {"province": province_table, "wages": wage_table, "sanity": sanity_table}
    by_section = {section: [row for row in rows if row["section"] == section] for section in table_of}
    return {section: table_of[section](name, found, lang) for section, found in by_section.items() if found}


def province_table(name: str, rows: list[Record], lang: str) -> Sheet:
    """One row a province, one column an account, with its unit in the head."""
    columns, codes = [], list(dict.fromkeys(row["region"] for row in rows))
    heads = [text("column.region", lang)]
    for item in dict.fromkeys(row["item"] for row in rows):
        value = {row["region"]: row["value"] for row in rows if row["item"] == item}
        unit = next(row["unit"] for row in rows if row["item"] == item)
        of = reading(unit, lang, min(map(abs, value.values())))
        columns.append([of.number(value[code], 0) for code in codes])
        heads.append(text("balance.head", lang, name=text(f"balance.province.{item}", lang), unit=of.unit))
    names = [china().name(code, lang) for code in codes]
    return make(text("balance.title_province", lang, name=name), heads, zip(names, *columns, strict=True))


def wage_table(name: str, rows: list[Record], lang: str) -> Sheet:
    """One row a wage, one column an observed series."""
    del name
    pairs = {tuple(row["item"].split(HELD)): row["value"] for row in rows}
    series = list(dict.fromkeys(of for _, of in pairs))
    body = [
        (text(f"balance.wages.{held}", lang), *(number(pairs[held, of], 2) for of in series))
        for held in dict.fromkeys(held for held, _ in pairs)
    ]
    heads = [text(f"balance.series.{of}", lang) for of in series]
    return make(text("balance.title_wages", lang), [text("column.quantity", lang), *heads], body)


def sanity_table(name: str, rows: list[Record], lang: str) -> Sheet:
    """Every value with its unit, ours and the prototype's."""
    del name
    body = []
    for row in rows:
        of, digits = reading(row["unit"], lang, row["value"]), 0 if row["unit"] == "CNY per person" else 3
        unit = DASH if row["unit"] == "1" else of.unit
        body.append((row["title"], unit, of.number(row["value"], digits), of.number(row["official"], digits)))
    heads = [text("column.quantity", lang), text("column.unit", lang), text("balance.found", lang)]
    heads.append(text("balance.column.prototype", lang))
    return make(text("balance.title_sanity", lang), heads, body, left=2)
