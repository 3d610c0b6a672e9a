"""Make the tables of figures that the base years of China are built from.

    python tools/build_figures.py SHARED_DIR

Figures are carried over, files are not copied: each table is in our own schema, regions by six-digit code, with the
publication its figures come from. What the panel of the box holds is not repeated. Two tables are written by hand and
are not touched here: `assumptions.csv` and `national.csv`.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd

BOX = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box"
FIGURES = BOX / "figures"
# The collected files spell names in their own ways (and differ in order).
SPELLING = {"Shannxi": "Shaanxi", "InnerMongolia": "Inner Mongolia", "International": "WORLD", "World": "WORLD"}
TITLES = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")
EIGHT_REGIONS = ("Northeast", "Beijing-Tianjin", "North coast", "Central coast", "South coast", "Central", "Northwest")
COUNTY = ("province_adcode", "lon", "lat", "pop_2020")
EIGHT_REGIONS = (*EIGHT_REGIONS, "Southwest", "WORLD")
DIGITS = "%.8g"
CITY_DENSITY, TOWN_DENSITY = 1500, 300  # persons per square kilometre
# Sectors of the world table of 1993: the first is agriculture, the next 21 mining to construction, the rest services.
BROAD_1993 = np.array(["ag"] + ["industry"] * 21 + ["services"] * 18)
# Whose coefficients of 1993 stand for a bloc: one member where the table has one, else all countries but China.
BLOCS_1993 = {"ASEAN": ("Indonesia",), "CARM": None, "ROW": None}


def codes() -> dict[str, str]:
    """Return English and short Chinese names -> six-digit code."""
    table = pd.read_csv(BOX / "provinces.csv", dtype=str)
    return dict(zip(table["en"], table["code"], strict=True)) | dict(zip(table["zh"], table["code"], strict=True))


def code_of(name: str) -> str:
    """Return the code of a province under any of its collected names."""
    name = SPELLING.get(name, name)
    for title in TITLES:
        name = name.removesuffix(title)
    return "WORLD" if name == "WORLD" else CODES[name]


CODES = codes()


def six(code: object) -> str:
    """Return 11, '11' or 110000.0 as '110000'."""
    return str(int(float(str(code)))).ljust(6, "0")


def write(name: str, table: pd.DataFrame) -> None:
    """Write a table, the same bytes on every run; compressed where the name says so."""
    text = table.to_csv(index=False, lineterminator="\n", float_format=DIGITS).encode()
    if name.endswith(".gz"):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as stream:
            stream.write(text)
        text = packed.getvalue()
    (FIGURES / name).write_bytes(text)


def hukou_shares(geo: Path) -> None:
    """Shares of each hukou group by place and sector of work, 2000, 2005, 2010; and the groups' workers."""
    table = pd.read_csv(geo / "migration_hukou_worker_60x60_2000_2005_2010.csv")
    table = table.assign(
        origin=table["hukou_prov"].map(code_of),
        hukou=table["hukou_sector"].replace({"na": "nonag"}),
        region=table["work_prov"].map(code_of),
        sector=table["work_sector"].replace({"na": "nonag"}),
    ).sort_values(["year", "origin", "hukou", "region", "sector"])
    keys = ["year", "origin", "hukou"]
    source = {2000: "tombezhu2019", 2005: "haosuntombezhu2020", 2010: "haosuntombezhu2020"}
    cells = table["region"] + table["sector"].map({"ag": "_ag", "nonag": "_nonag"})
    wide = table.assign(cell=cells).pivot(index=keys, columns="cell", values="share_of_hukou_workers").reset_index()
    write("hukou_shares.csv.gz", wide.assign(source=wide["year"].map(source)))
    workers = table.groupby(keys)["workers_million_derived"].sum().rename("workers").reset_index()
    write("hukou_workers.csv", workers.assign(source=workers["year"].map(source)))


def moves(geo: Path) -> None:
    """Moves between provinces 2015 to 2020, persons of the 10 % sample."""
    table = pd.read_csv(geo / "migration_2015_2020_digitised_31x31.csv")
    kept = pd.DataFrame(
        {
            "origin": table["o_code"].map(six),
            "destination": table["d_code"].map(six),
            "persons_sample": table["flow_longform10pct_est"].astype(int),
            "quality": table["kind"].map({"exact": "A", "digitised": "B"}),
            "source": "census2020",
        }
    )
    write("moves_2015_2020.csv", kept.sort_values(["origin", "destination"]))


def trade_shares(geo: Path) -> None:
    """Shares of spending on non-agricultural goods by source, 2007."""
    table = pd.read_csv(geo / "trade_shares_nonag_31x31_2002_2007.csv")
    table = table[table["year"] == 2007]
    table = table.assign(destination=table["row_region"].map(code_of), origin=table["col_region"].map(code_of))
    wide = table.pivot(index="destination", columns="origin", values="share").reset_index()
    write("trade_shares_nonag_2007.csv", wide.assign(source="tombezhu2019"))


def head_ries(geo: Path, replication: Path) -> None:
    """Head-Ries indices between eight regions and the world: the 36 pairs that the file spreads to provinces."""
    given = np.load(replication / "tombe_zhu_2019" / "inputs.npz", allow_pickle=False)
    region = {code_of(str(name)): int(number) for name, number in zip(given["province"], given["region8"], strict=True)}
    table = pd.read_csv(geo / "trade_headries_9region_2002_2007_2012.csv")
    pair = [table[name].map(code_of).map(region) for name in ("region_i", "region_j")]
    values = table.iloc[:, -1]
    kept = pd.DataFrame({"year": table["year"], "sector": table["sector"].replace({"na": "nonag"})})
    kept = kept.assign(a=pair[0], b=pair[1], index_raw=values)
    kept = kept[kept["a"] < kept["b"]].drop_duplicates(["year", "sector", "a", "b"])
    names = dict(enumerate(EIGHT_REGIONS, start=1))
    kept = kept.sort_values(["year", "sector", "a", "b"]).assign(source="haosuntombezhu2020")
    write("head_ries_2002_2012.csv", kept.assign(a=kept["a"].map(names), b=kept["b"].map(names)))
    members = pd.DataFrame({"region_code": list(region), "trade_region": [names[number] for number in region.values()]})
    write("trade_regions.csv", members.sort_values("region_code").assign(source="tombezhu2019"))


def sheet(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook, with the standard library."""
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        shared = [
            "".join(node.itertext())
            for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("s:si", space)
        ]
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in root.iter(f"{{{space['s']}}}row"):
        cells = {}
        for cell in row.findall("s:c", space):
            value = cell.find("s:v", space)
            column = re.sub(r"\d", "", cell.attrib["r"])
            text = "" if value is None else str(value.text)
            cells[column] = shared[int(text)] if cell.attrib.get("t") == "s" and text else text
        rows.append([cells[key] for key in sorted(cells, key=lambda key: (len(key), key))])
    return rows


def adjacency(geo: Path) -> None:
    """Pairs of provinces with a common border."""
    rows = sheet(geo / "adjacent_matrix.xlsx")
    names = [code_of(name) for name in rows[0]]
    table = pd.DataFrame([row[1:] for row in rows[1:]], index=[code_of(row[0]) for row in rows[1:]], columns=names)
    touch = table.astype(float).loc[sorted(names), sorted(names)].to_numpy() > 0
    np.fill_diagonal(touch, False)
    touch |= touch.T
    order = sorted(names)
    pairs = [(order[n], order[i]) for n, i in zip(*np.nonzero(np.triu(touch)), strict=True)]
    write("adjacency.csv", pd.DataFrame(pairs, columns=["region_code", "neighbour"]).assign(source="provinceborders"))


def rail(geo: Path) -> None:
    """Minutes by train between capitals about 2021: the fastest direct train, or with one change of 45 minutes."""
    table = pd.read_csv(geo / "rail_time_capitals_timetable.csv")
    kept = pd.DataFrame(
        {
            "origin": table["o_code"].map(six),
            "destination": table["d_code"].map(six),
            "minutes_direct": table["direct_min"],
            "minutes": table["min_with_transfer45"],
        }
    ).dropna(subset=["minutes"])
    kept = kept[kept["origin"] != kept["destination"]].sort_values(["origin", "destination"])
    write("rail_minutes_2021.csv", kept.assign(source="railtimetable2021"))


def border(geo: Path) -> None:
    """Land crossings by country beyond, and population-weighted centroids of the provinces."""
    ports = pd.read_csv(geo / "border_ports_by_county_handmapped.csv")
    kept = pd.DataFrame(
        {
            "crossing": ports["port"],
            "beyond": ports["neighbour"],
            "region_code": ports["province_adcode"].map(six),
            "longitude": ports["county_lon"],
            "latitude": ports["county_lat"],
            "source": "countycentroids",
        }
    )
    write("border_crossings.csv", kept)
    county = pd.read_csv(
        geo / "county_table_merged.csv", usecols=["province_adcode", "lon", "lat", "pop_2020"]
    ).dropna()
    weight = county["pop_2020"]
    total = weight.groupby(county["province_adcode"].map(six)).sum()
    centre = pd.DataFrame(
        {
            name: (county[short] * weight).groupby(county["province_adcode"].map(six)).sum() / total
            for name, short in (("longitude", "lon"), ("latitude", "lat"))
        }
    ).round(4)
    centre.index.name = "region_code"
    write("centroids.csv", centre.reset_index().sort_values("region_code").assign(source="countycentroids"))


def inputs(replication: Path) -> None:
    """Input coefficients: 3 x 3 blocks of 1993 for the blocs."""
    world = np.load(replication / "cp2015_nafta" / "inputs.npz", allow_pickle=False)
    regions = [str(name) for name in world["regions"]]
    output = np.einsum("nij,nj->ij", world["pi_nij"] / (1 + world["tau_nij"]), world["X_nj"])
    broad = list(dict.fromkeys(BROAD_1993))
    rows = []
    for bloc, members in BLOCS_1993.items():
        chosen = [regions.index(name) for name in members or [name for name in regions if name != "China"]]
        for user in broad:
            of_user = user == BROAD_1993
            size = output[chosen][:, of_user]
            for used in broad:
                value = world["gamma_nkj"][np.ix_(chosen, used == BROAD_1993, of_user)].sum(axis=1)
                rows.append((bloc, used, user, (value * size).sum() / size.sum()))
    table = pd.DataFrame(rows, columns=["economy", "input", "user", "coefficient"])
    write("inputs_1993.csv", table.assign(source="caliendoparro2015"))


def accounts(geo: Path) -> None:
    """Workers, real income per worker and its growth, nominal income by province and sector, 2000, 2005, 2010."""
    table = pd.read_csv(geo / "province_master_tombezhu_macek_2000_2005_2010.csv")
    table = table[table["province"].map(lambda name: SPELLING.get(name, name) in CODES)]
    rows = []
    for year in (2000, 2005, 2010):
        for short, sector in (("ag", "ag"), ("na", "nonag")):
            part = {
                "year": year,
                "region_code": table["province"].map(code_of),
                "sector": sector,
                "workers_yearbook": table[f"L_{short}_{year}"],
                "real_income": table[f"rY_{short}_{year}"],
                "real_income_hat_5_years": table[f"drY_{short}_{year}"],
                "nominal_income": table[f"nomY_{short}_{year}"],
            }
            rows.append(pd.DataFrame(part))
    whole = pd.concat(rows).sort_values(["year", "region_code", "sector"])
    write("sector_accounts_2000_2010.csv", whole.assign(source="haosuntombezhu2020"))


def density(geo: Path) -> None:
    """Residents of 2020 by density of their county, share: the thresholds of the degree of urbanisation, on counties.

    The international definition uses cells of one square kilometre; counties are coarser, so towns in large counties
    are missed. `covered` is the part of the province's residents whose county has population and area in the table.
    """
    table = pd.read_csv(geo / "county_table_merged.csv", dtype={"province_adcode": str})
    table = table[(table["pop_2020"] > 0) & (table["area_km2"] > 0)]
    per_km2 = table["pop_2020"] / table["area_km2"]
    level = np.select([per_km2 >= CITY_DENSITY, per_km2 >= TOWN_DENSITY], ["dense", "intermediate"], "sparse")
    people = table.pivot_table(index="province_adcode", columns=level, values="pop_2020", aggfunc="sum", fill_value=0)
    total = people.sum(axis=1)
    share = people.div(total, axis=0)
    census = pd.read_csv(BOX / "panel.csv.gz", dtype={"region_code": str})
    census = census[(census["variable"] == "census_population") & (census["year"] == 2020)].set_index("region_code")
    share["covered"] = total / census["value"]
    share.index.name = "region_code"
    write("county_density_2020.csv", share.reset_index())


def main(shared: Path) -> None:
    """Read, rearrange, write."""
    FIGURES.mkdir(exist_ok=True)
    geo, replication = shared / "data" / "geo", shared / "replications"
    hukou_shares(geo)
    moves(geo)
    trade_shares(geo)
    head_ries(geo, replication)
    adjacency(geo)
    rail(geo)
    border(geo)
    inputs(replication)
    accounts(geo)
    density(geo)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
