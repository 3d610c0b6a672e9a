"""Make the tables of national and provincial accounts that china-2020 is built from.

    python tools/build_accounts.py SHARED_DIR

Figures are carried over, files are not copied: each table is in our own schema, with the publication its figures come
from. What the panel of the box holds is not repeated.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

FIGURES = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box" / "figures"
YEARS, YEAR = (2010, 2020), 2020
SECTORS = {"ag": "ag", "ind": "industry", "ser": "services"}
FARMS, LAST_OF_INDUSTRY = "01", "27"  # of the 42 sectors; construction is the last of industry
ALONE = {"real_estate": "33", "food": "06"}  # sectors that are told apart; food with drinks and tobacco
FACTORS = {
    "VA001": "labour_compensation",
    "VA002": "net_taxes",
    "VA003": "depreciation",
    "VA004": "operating_surplus",
}
USABLE = ("A", "B")  # marks of quality
LAST_BY_PURPOSE = 2017
PURPOSES = {
    "spending_education": "education",
    "spending_health": "health",
    "spending_social_security": "social_security",
    "spending_housing": "housing",
    "general_budget_expenditure": "all_purposes",
}


def write(name: str, table: pd.DataFrame) -> None:
    """Write a table, the same bytes on every run."""
    (FIGURES / name).write_text(table.to_csv(index=False, lineterminator="\n", float_format="%.10g"), encoding="utf-8")


def input_output(national: Path) -> None:
    """Inputs, factors, final uses and trade of the nation in three sectors, bn CNY of the year."""
    table = pd.read_csv(national / "national_io_3sector_2002_2020.csv")
    table = table[table["year"].isin(YEARS) & ~table["row"].isin(["total_input", "value_added"])]
    kept = table.assign(
        row=table["row"].replace(SECTORS), column=table["column"].replace(SECTORS), value=table["value"] / 10
    )
    write("input_output.csv", kept[["year", "row", "column", "value"]].assign(source="nbsinputoutput"))


def broad(code: str) -> str:
    """Return the broad sector of one of the 42."""
    return "ag" if code == FARMS else "industry" if code <= LAST_OF_INDUSTRY else "services"


def alone(national: Path) -> None:
    """What single sectors use, of their own and of broad sectors, pay, and how much of them is consumed, bn CNY."""
    table = pd.read_csv(national / "national_io_42sector_2015_2020.csv", dtype={"row": str, "column": str})
    table = table[table["year"] == YEAR].assign(value=lambda rows: rows["value_100m_cny"] / 10)
    for name, sector in ALONE.items():
        column, row = table[table["column"] == sector], table[table["row"] == sector]
        used = column[column["row"].str.isdigit()]
        found = used.groupby(used["row"].map(broad))["value"].sum().to_dict()
        found |= {factor: column.loc[column["row"] == code, "value"].sum() for code, factor in FACTORS.items()}
        found["final_consumption"] = row.loc[row["column"] == "TC", "value"].sum()
        found["own"] = row.loc[row["column"] == sector, "value"].sum()
        items = pd.DataFrame({"item": list(found), "value": list(found.values())})
        write(f"{name}_2020.csv", items.assign(source="nbsinputoutput"))


def by_prefecture(prefecture: Path) -> pd.DataFrame:
    """Return the prefectures' figures of 2020, one column a variable, with the code of the province."""
    table = pd.read_csv(prefecture / "prefecture_panel_1990_2023.csv", dtype={"prefecture_code": str})
    # Employees only weigh wages inside a province: those of quality C too.
    usable = table["quality"].isin(USABLE) | (table["variable"] == "employment_urban_units")
    table = table[(table["year"] == YEAR) & usable]
    wide = table.pivot(index="prefecture_code", columns="variable", values="value").reset_index()
    return wide.assign(region_code=wide["prefecture_code"].str[:2] + "0000")


def customs(wide: pd.DataFrame) -> None:
    """Exports and imports of the prefectures that have both, by province, bn CNY."""
    seen = wide.dropna(subset=["exports", "imports"])
    total = (seen.groupby("region_code")[["exports", "imports"]].sum() / 10).assign(
        prefectures=seen.groupby("region_code").size()
    )
    write("customs_2020.csv", total.reset_index().assign(source="cityyearbook", quality="B"))


def wages(wide: pd.DataFrame) -> None:
    """Average wage in urban units by province: the prefectures' wages weighted by their employees, CNY a year."""
    seen = wide.dropna(subset=["wage_average", "employment_urban_units"])
    weight = seen["employment_urban_units"]
    bill = (seen["wage_average"] * weight).groupby(seen["region_code"]).sum()
    employees, count = weight.groupby(seen["region_code"]).sum(), seen.groupby("region_code").size()
    table = pd.DataFrame({"wage": bill / employees, "employees": employees / 100, "prefectures": count})
    write("urban_wages_2020.csv", table.reset_index().assign(source="cityyearbook", quality="B"))


def services(provincial: Path) -> None:
    """Local spending on what is for those entitled, and on all purposes, bn CNY of 2017."""
    table = pd.read_csv(provincial / "provincial_budget_transfers_2014_2017.csv", dtype={"province_code": str})
    table = table[table["year"] == LAST_BY_PURPOSE]
    wide = table.pivot(index="province_code", columns="variable", values="value")[[*PURPOSES]] / 10
    wide = wide.rename(columns=PURPOSES).rename_axis("region_code").reset_index()
    wide["region_code"] += "0000"
    write("services_2017.csv", wide.assign(source="financeyearbook", quality="A"))


def main(shared: Path) -> None:
    """Read, rearrange, write."""
    data = shared / "data"
    input_output(data / "national")
    alone(data / "national")
    wide = by_prefecture(data / "prefecture")
    customs(wide)
    wages(wide)
    services(data / "provincial")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
