"""The accounts of a base year as tables: provinces, wages beside observed ones, values beside those of a prototype."""

from __future__ import annotations

from hinterland.base_years.sheet import Record
from hinterland.data.regions import china
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import number, unit_name
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
    """One row a province, one column an account."""
    items = list(dict.fromkeys(row["item"] for row in rows))
    value = {(row["item"], row["region"]): row for row in rows}
    body = [
        (china().name(code, lang), *(shown(value[item, code], lang) for item in items))
        for code in dict.fromkeys(row["region"] for row in rows)
    ]
    heads = [text(f"balance.province.{item}", lang) for item in items]
    return make(text("balance.title_province", lang, name=name), [text("column.region", lang), *heads], body)


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
        beside = {**row, "value": row["official"]}
        prototype = "–" if row["official"] is None else shown(beside, lang)
        body.append((row["title"], row["unit"], shown(row, lang), prototype))
    heads = [text("column.quantity", lang), text("column.unit", lang), text("balance.found", lang)]
    heads.append(text("balance.column.prototype", lang))
    return make(text("balance.title_sanity", lang), heads, body, left=2)


def shown(row: Record, lang: str) -> str:
    """Return a value with the digits that its unit wants."""
    wide = row["unit"] in {unit_name(unit, lang) for unit in ("bn CNY", "CNY per person")}
    digits = (
        (0 if abs(row["value"]) >= 100 else 1) if wide else 1 if row["unit"] == unit_name("thousand CNY", lang) else 3
    )
    return number(round(row["value"], digits) + 0.0, digits)
