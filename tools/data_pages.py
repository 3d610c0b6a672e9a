"""Write the pages of the built economies from the tables of the box: docs/data/china-2020.md and china-2010.md.

    python tools/data_pages.py

Nothing here is typed by hand but the words between the tables. A test holds the pages to what this makes.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from hinterland import schema
from hinterland.base_years import rebuilt_2010
from hinterland.data import box
from hinterland.texts import text

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "data"
BUILDERS = [ROOT / "src" / "hinterland" / folder for folder in ("base_years", "calibrate")]
ECONOMIES = ("china-2020", "china-2010")
CAPTION = """![The hukou matrix of 2010: rebuilt against true](../figures/rebuilt_2010.svg)

One dot a cell of another province (hukou group by province and sector of work), workers on log axes; cells below
1,000 workers are not drawn (they hold 0.2 % of cross-province workers). On the line a cell is right. Left: exact
margins and gravity fitted on the true matrix itself; right: the matrix of 2005 brought to the same margins.

每点为一个跨省单元（户籍群体 × 就业省与部门），对数坐标，单位为就业者人数；
少于 1000 人的单元不画（合计占跨省就业者的 0.2 %）。点在线上即为正确。
左：真实边际加引力（系数按真实矩阵拟合）；右：2005 年矩阵配平到同样的边际。"""


def figure_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of figures as they stand."""
    return list(csv.DictReader(box.BOX.joinpath("figures", name).read_text(encoding="utf-8").splitlines()))


def cell(words: str) -> str:
    """Make words safe inside a table."""
    return words.replace("|", "\\|").replace("\n", " ").strip()


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a table; columns whose number is in `right` hold figures."""
    rule = "|" + "|".join("---:" if number in right else "---" for number in range(len(heads))) + "|"
    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in (heads, *rows)]
    return "\n".join([lines[0], rule, *lines[1:]])


def source(keys: str) -> str:
    """Return titles for keys of sources, `a; b`; words that are no key stand as they are."""
    known = schema.sources()

    def told(word: str) -> str:
        if word not in known:
            return word
        year = known[word].get("year", "")
        return re.sub(r"[{}]", "", known[word]["title"]) + (f" ({year})" if year else "")

    return "; ".join(" ".join(told(word) for word in key.split()) for key in keys.split(";"))


def named(row: dict[str, str]) -> str:
    """Return what a row is in both languages."""
    return f"{row['en']} · {row['zh']}"


def percent(share: str) -> str:
    """Write a share in percent without empty digits."""
    return f"{100 * float(share):.3g} %"


def arrays(name: str) -> str:
    """Return the table of arrays and what share of their cells is estimated."""
    manifest, held = box.manifest(name), box.economy_arrays(name)
    rows = [
        (
            f"`{row['array']}`",
            named(row),
            f"{row['dims']}: {' × '.join(map(str, held[row['array']].shape)) or 'one number'}",
            row["unit"],
            f"{row['status']} · {text('status.' + row['status'], 'zh')}",
            source(row["source"]),
            percent(row["estimated_share"]),
        )
        for row in manifest
    ]
    numbers = [(held[row["array"]].size, float(row["estimated_share"])) for row in manifest]
    every, guessed = sum(size for size, _ in numbers), math.fsum(size * share for size, share in numbers)
    heads = ("array", "what it is", "dimensions", "unit", "status", "source", "estimated cells")
    said = f"{len(manifest)} arrays, {every:,} cells, of which {100 * guessed / every:.1f} % are estimated."
    return f"{said}\n\n{markdown(heads, rows, (6,))}"


def tables() -> str:
    """Return the list of figure tables."""
    rows = [
        (
            f"`{row['file']}`",
            named(row),
            row["unit"],
            source(row["source"]),
            row["quality"],
            row["note"],
        )
        for row in figure_rows("figures.csv")
    ]
    return markdown(("file", "what it holds", "unit", "source", "quality", "note"), rows)


def totals(year: int) -> str:
    """Return the national totals of a year."""
    rows = [
        (f"`{row['name']}`", named(row), row["value"], row["unit"], source(row["source"]), row["quality"], row["note"])
        for row in figure_rows("national.csv")
        if int(row["year"]) == year
    ]
    return markdown(("name", "what it is", "value", "unit", "source", "quality", "note"), rows, (2,))


def blocs() -> str:
    """Return what is known of the foreign blocs."""
    shares = ("share_ag", "share_industry", "share_services")
    rows = [
        (
            row["bloc"],
            named(row),
            row["gdp_usd_bn"],
            *(row[key] for key in shares),
            source(row["source"]),
            row["quality"],
            row["note"],
        )
        for row in figure_rows("blocs.csv")
    ]
    heads = ("bloc", "members", "GDP, bn USD", "agriculture", "industry", "services", "source", "quality", "note")
    return markdown(heads, rows, (2, 3, 4, 5))


def used(name: str, economy: str) -> bool:
    """Whether an assumption goes into an economy: it stands in the module of that year, or in a shared one."""
    said = {
        path.name: f'"{name}"' in path.read_text(encoding="utf-8")
        for folder in BUILDERS
        for path in folder.glob("*.py")
    }
    only_2010 = said.pop("china_2010.py")
    return only_2010 if economy == "china-2010" else not only_2010 or any(said.values())


def assumptions(economy: str) -> str:
    """Return every assumption of an economy with its range and the reason for it."""
    rows = [
        (f"`{row['name']}`", named(row), row["value"], f"{row['low']} to {row['high']}", row["unit"], row["note"])
        for row in figure_rows("assumptions.csv")
        if used(row["name"], economy)
    ]
    return markdown(("name", "what it is", "value", "range", "unit", "reason"), rows, (2,))


def evidence() -> str:
    """Return the picture and the errors of six ways to rebuild the matrix of 2010."""
    away = float(np.where(rebuilt_2010.home_gc(), 0.0, rebuilt_2010.truth()[1]).sum())
    rows = [
        (
            f"{text(f'balance.rebuilt.{one.key}', 'en')} · {text(f'balance.rebuilt.{one.key}', 'zh')}",
            f"{one.correlation:.3f}",
            f"{one.misplaced:.1f}",
            f"{100 * one.misplaced / away:.0f} %",
        )
        for one in rebuilt_2010.rebuild()
    ]
    heads = ("information used", "correlation", "misplaced, million", "of cross-province workers")
    return f"{CAPTION}\n\n{markdown(heads, rows, (1, 2, 3))}"


def page(name: str) -> str:
    """Return the page of an economy."""
    entry = box.economies()[name]
    year = int(entry["year"])
    parts = [
        f"# The economy `{name}`",
        "Made by `tools/data_pages.py` from the manifest and the tables of figures in the box; edit those, not this.",
        f"{entry['en']}. {entry['note_en'][:1].upper() + entry['note_en'][1:]}.\n\n{entry['zh']}。{entry['note_zh']}。",
        f"`hinterland data check {name}` prints the balance sheet, every check with its verdict, and what the base\n"
        "year implies. What it may be used for: [model card](../model-card.md). Elasticities: "
        "[parameters](../parameters.md).",
        f"## Arrays\n\n{arrays(name)}",
        "*Observed*: as published. *Transformed*: published figures rearranged or scaled to a published total.\n"
        "*Estimated*: an assumption stands between the figures and the cell.",
        f"## Assumptions\n\nEvery number of the build that is no figure and no parameter.\n\n{assumptions(name)}",
        f"## National totals\n\nQuality B: remembered or from the press; to be checked against the publication.\n\n"
        f"{totals(year)}",
    ]
    if name == "china-2020":
        parts += [
            f"## Foreign blocs\n\n{blocs()}",
            "## How well can origins be known?\n\nThe origins of 2020 are estimated from the matrix of 2010 and moves\n"
            f"of 2015-2020. What such a method is worth is seen where the truth is known, in 2010.\n\n{evidence()}",
        ]
    parts.append(
        f"## Tables of figures\n\nIn `src/hinterland/data/box/figures/`; both base years share them.\n\n{tables()}"
    )
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Make, write."""
    PAGES.mkdir(exist_ok=True)
    for name in ECONOMIES:
        (PAGES / f"{name}.md").write_text(page(name), encoding="utf-8")


if __name__ == "__main__":
    main()
