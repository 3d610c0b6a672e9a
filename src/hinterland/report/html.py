"""The report of a run: one HTML file that stands alone, without a network and without scripts; or a workbook.

Everything is escaped: what a scenario or a region is called is no HTML. A browser prints it on A4.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from hinterland.data.save import save_atomically
from hinterland.errors import DataError, Problem, require_language
from hinterland.report.certificate import certified
from hinterland.report.charts import polygons
from hinterland.report.charts.theme import families
from hinterland.report.document import pictures, sections, title
from hinterland.report.export import check_out
from hinterland.report.lines import OF_FIGURE
from hinterland.texts import text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from hinterland.economy.economy import Economy
    from hinterland.study.run import Result

ENDINGS = (".html", ".xlsx")
NO_BREAK = "\N{NO-BREAK SPACE}"
UNIT = re.compile(rf"(?<=\d) (?={OF_FIGURE.pattern})")
TYPED = re.compile(r"`([^`]+)`")  # in the texts: what is typed


def check_report(path: str | Path) -> None:
    """Raise a DataError, before any work, where a report could not be written: ending, existing file, permissions."""
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        key = "paper.pdf" if ending == ".pdf" else "export.ending"
        raise DataError(Problem(key, {"place": path, "known": ", ".join(ENDINGS)}))
    check_out(Path(path))


def check_outlines(geojson: str | Path, path: str | Path, economy: Economy) -> None:
    """Raise a DataError, before any work, where a report could not draw a map of polygons: no map, or no such regions.

    `geojson`: the file of polygons; `path`: where the report is to be written.
    """
    if Path(path).suffix.lower() == ".xlsx":
        raise DataError(Problem("cli.one_of_two", {"first": "geojson", "second": ".xlsx"}))
    polygons.read(geojson, economy.regions, economy.domestic_codes)


def write_report(result: Result, path: str | Path, lang: str = "en", geojson: str | Path | None = None) -> Path:
    """Write the report of a run to a new file, whole or not at all: HTML, or its tables as a workbook (`.xlsx`).

    `geojson`: a file of polygons for the map, in place of tiles. A DataError where the file exists, cannot be written,
    has another ending, or the language is none of zh and en; where polygons are none, or of other regions.
    """
    require_language(lang)
    check_report(path)
    if geojson is not None:
        check_outlines(geojson, path, result.scenario.economy)
    if Path(path).suffix.lower() == ".xlsx":
        from hinterland.report.run_workbook import run_workbook

        content = run_workbook(result, lang)
    else:
        content = page(result, lang, geojson).encode()

    def write(file: Path) -> None:
        file.write_bytes(content)
        file.chmod(0o644)

    return save_atomically(path, write)


def page(result: Result, lang: str, geojson: str | Path | None = None) -> str:
    """Return the report as HTML, its map of tiles or of the polygons of a file."""
    scenario, shown = result.scenario, [*pictures(result, lang, geojson)]
    drawings = {one.name: markup(one.svg()) for one in shown}
    words = {
        "lang": {"zh": "zh-CN", "en": "en"}[lang],
        "fonts": families(lang),
        "title": title(result, lang),
        "kicker": text("paper.kicker", lang),
        "about": scenario.states(lang),
        "certificate": certified(result, lang),
        "contents": text("paper.contents", lang),
        "sections": sections(result, lang, shown, "" if geojson is None else str(geojson)),
        "foot": text("paper.foot", lang, version=version("hinterland"), economy=scenario.economy.name),
    }
    return templates().get_template("report.html").render(words, drawn=drawings.get)


def templates() -> Environment:
    """Return the templates of this folder, which escape whatever they are given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("hinterland.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"typed": typed, "bound": bound}
    return found


def bound(words: str) -> str:
    """Return words in which no line breaks between a number and its unit."""
    return UNIT.sub(NO_BREAK, words)


def typed(words: str) -> Markup:
    """Return escaped words, with what is typed marked as such."""
    from markupsafe import Markup, escape

    return Markup(TYPED.sub(r"<code>\1</code>", str(escape(bound(words)))))


def markup(svg: str) -> Markup:
    """Return a picture to stand in a page: its own words are escaped already."""
    from markupsafe import Markup

    return Markup(svg)
