"""What several scenarios have for a verdict: said where one is not proven, lest its numbers be read as exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.solve.certificate import Certificate


def doubts(certificates: Mapping[str, Certificate], lang: str) -> str:
    """Return one line for each scenario whose solution is not determined; nothing where all certificates pass."""
    lines = [
        text(
            "report.doubt",
            lang,
            name=name,
            verdict=text(f"report.{known.verdict}", lang),
            error=f"{known.error:.0e}",
            direction=text("report.no_direction", lang) if known.direction is None else known.direction.text(lang),
        )
        for name, known in certificates.items()
        if not known.passed
    ]
    return "\n".join(lines)


def together(certificates: Mapping[str, Certificate], words: Callable[[str], str] = str) -> str:
    """Return `passed` where every certificate passes; else the scenarios whose does not, each with its verdict."""
    lacking = [f"{name}: {words(known.verdict)}" for name, known in certificates.items() if not known.passed]
    return "; ".join(lacking) or words("passed")
