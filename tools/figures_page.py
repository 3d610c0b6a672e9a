"""Draw the pictures of README and docs: docs/figures/NAME_LANG.png, of the dual transfer.

    python tools/figures_page.py

They need a font with Chinese letters. Together they stay small enough to be kept beside the code.
"""

from __future__ import annotations

from pathlib import Path

import hinterland as hl
from hinterland.report import charts
from hinterland.texts import LANGUAGES

FIGURES = Path(__file__).parents[1] / "docs" / "figures"
SHOWN: dict[str, tuple[str, str | None]] = {  # file -> picture and what of it
    "map": ("map", "urbanization_rate"),
    "flows": ("flows", None),
    "bridge": ("bridge", "real_gdp"),
    "gains": ("gains", None),
}
SCALE = 1.4


def drawn(result: hl.Result) -> dict[str, bytes]:
    """Return every picture by the name of its file."""
    return {
        f"{file}_{lang}.png": charts.picture(result, name, variable, lang).png(SCALE)
        for file, (name, variable) in SHOWN.items()
        for lang in LANGUAGES
    }


def main() -> None:
    """Solve, draw, write."""
    FIGURES.mkdir(exist_ok=True)
    for file, picture in drawn(hl.run("dual_transfer")).items():
        (FIGURES / file).write_bytes(picture)


if __name__ == "__main__":
    main()
