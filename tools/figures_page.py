"""Draw the pictures of README and docs: docs/figures/NAME_LANG.png, of the dual transfer, its report, the baseline.

    python tools/figures_page.py

They need a font with Chinese letters, the report Debian's chromium. Together they stay small enough to be kept beside
the code.
"""

from __future__ import annotations

from pathlib import Path

import hinterland as hl
from hinterland.report import charts
from hinterland.report.charts.render import packed
from hinterland.report.html import page
from hinterland.texts import LANGUAGES

FIGURES = Path(__file__).parents[1] / "docs" / "figures"
SHOWN: dict[str, tuple[str, str | None]] = {  # file -> picture and what of it
    "map": ("map", "urbanization_rate"),
    "flows": ("flows", None),
    "bridge": ("bridge", "real_gdp"),
    "gains": ("gains", None),
}
SCALE = 1.4
CHROMIUM = "/usr/bin/chromium"
WINDOW = {"width": 800, "height": 860}  # what of a report is shown


def drawn(result: hl.Result) -> dict[str, bytes]:
    """Return every picture by the name of its file."""
    return {
        f"{file}_{lang}.png": charts.picture(result, name, variable, lang).png(SCALE)
        for file, (name, variable) in SHOWN.items()
        for lang in LANGUAGES
    }


def reports(result: hl.Result) -> dict[str, bytes]:
    """Return the top of the report in each language, as a browser shows it."""
    from playwright.sync_api import sync_playwright

    found = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for lang in LANGUAGES:
            window = browser.new_page(viewport=WINDOW, java_script_enabled=False)
            window.set_content(page(result, lang))
            found[f"report_{lang}.png"] = packed(window.screenshot())
        browser.close()
    return found


def fans(found: hl.Baseline) -> dict[str, bytes]:
    """Return the picture of the baseline in each language."""
    return {f"fan_{lang}.png": found.plot("fan", lang=lang).png(SCALE) for lang in LANGUAGES}


def main() -> None:
    """Solve, draw, write."""
    FIGURES.mkdir(exist_ok=True)
    result = hl.run("dual_transfer")
    for file, picture in (drawn(result) | reports(result) | fans(hl.baseline())).items():
        (FIGURES / file).write_bytes(picture)


if __name__ == "__main__":
    main()
