"""Make the provincial panel and the distances of the box from the collected statistics.

    python tools/build_panel.py PROVINCIAL_DIR GEO_DIR

Figures are rearranged; each is cited to the publication it comes from, not to the collection it went
through. Rows that the collection interpolated are left out.
"""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd

BOX = Path(__file__).parents[1] / "src" / "hinterland" / "data" / "box"
FIRST_YEAR = 1978
# Beginning of the collected source -> key in schema/sources.bib. The first that fits counts.
SOURCES = {
    "census2010": "census2010",
    "census2020": "census2020",
    "CSY1999": "csy1999",
    "CSY2000": "csy2000",
    "CSY2006": "csy2006",
    "CSY2008": "csy2008",
    "CSY2009": "csy2009",
    "CSY2010": "csy2010",
    "CSY2020": "csy2020",
    "CSY": "statisticalyearbook",
    "NBS_portal": "nbsdata",
    "NBS via": "nbsdata",
    "provincial yearbooks": "provincialyearbooks",
    "derived: fiscal_self_sufficiency": "provincialdatabase6",
    "provincial database 6.0": "provincialdatabase6",
    "derived from sector values": "nbsdata",
    "Compendium60": "compendium60",
    "GCAM-China": "gcamchina",
    "Wikipedia list": "provinceareas",
}
NAMES = {
    "gdp_index_prev100": "gdp_growth_index",
    "population_compendium60": "population_compendium",
    "urban_share_gcam_pre2000": "urban_share_reconstructed",
    "employment_total": "employment_total_old_basis",
    "employment_total_post2020": "employment_total",
    "employment_total_csy": "employment_total_yearbook",
    "population_resident_csy2020_vintage": "population_resident_csy2020",
}


def source_key(collected: str) -> str:
    """Return the key of the publication a collected source string names."""
    return next(key for beginning, key in SOURCES.items() if collected.startswith(beginning))


def panel(provincial: Path) -> pd.DataFrame:
    """Return the tidy panel: region_code, year, variable, value, quality, source."""
    tables = [
        pd.read_csv(provincial / name, dtype={"province_code": str})
        for name in ("provincial_core_AB.csv", "provincial_extra.csv")
    ]
    collected = pd.concat(tables)
    collected = collected[~collected["source"].str.contains("interpolated")]
    collected = collected.assign(source=collected["source"].map(source_key))
    survey = pd.read_csv(provincial / "urban_income_2005_2012.csv", dtype={"province_code": str}).assign(
        variable="disposable_income_urban_survey", quality="B", source="shandong2013"
    )
    survey = survey.rename(columns={"disposable_income_urban": "value"})
    columns = {"province_code": "region_code"}
    order = ["region_code", "year", "variable", "value", "quality", "source"]
    whole = pd.concat([collected, survey]).rename(columns=columns)[order]
    whole["variable"] = whole["variable"].replace(NAMES)
    whole = whole[whole["year"] >= FIRST_YEAR]
    # Six significant digits more than any publication prints; keeps derived values short.
    whole["value"] = [float(f"{value:.12g}") for value in whole["value"]]
    return whole.sort_values(["variable", "year", "region_code"]).reset_index(drop=True)


def compressed(table: pd.DataFrame) -> bytes:
    """Return the table as gzip bytes that are the same on every run."""
    text = io.BytesIO()
    with gzip.GzipFile(fileobj=text, mode="wb", mtime=0, filename="") as stream:
        stream.write(table.to_csv(index=False, lineterminator="\n").encode())
    return text.getvalue()


def distances(geo: Path) -> tuple[list[str], np.ndarray]:
    """Return codes and the matrix of distances between population-weighted centroids, km; zero inside."""
    table = pd.read_csv(geo / "province_distance_popweighted_centroids.csv", dtype={"o_code": str, "d_code": str})
    table[["o_code", "d_code"]] = table[["o_code", "d_code"]].apply(lambda code: code.str[:2] + "0000")
    square = table.pivot(index="o_code", columns="d_code", values="popw_centroid_km")
    square = square.sort_index(axis=0).sort_index(axis=1).fillna(0.0)
    assert list(square.index) == list(square.columns)
    return list(square.index), square.to_numpy()


def main(provincial: Path, geo: Path) -> None:
    """Read, rearrange, write."""
    (BOX / "panel.csv.gz").write_bytes(compressed(panel(provincial)))
    codes, matrix = distances(geo)
    wide = pd.DataFrame(np.round(matrix, 3), columns=codes).assign(region_code=codes)
    (BOX / "distances.csv").write_text(wide[["region_code", *codes]].to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
