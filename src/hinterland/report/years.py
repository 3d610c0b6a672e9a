"""What a path and a baseline have in common: certificates of years, and a year with its range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hinterland.report.verdict import doubts
from hinterland.study.path import Path
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.solve.certificate import Certificate
    from hinterland.study.baseline import Baseline


def certificates_of(followed: Path | Baseline) -> list[dict[str, Any]]:
    """Return the certificate of each year, for programs."""
    return [{"year": year} | certificate_of(known) for year, known in followed.certificates.items()]


def certificate_of(known: Certificate) -> dict[str, Any]:
    """Return a certificate for programs."""
    return {"verdict": known.verdict, "residual": known.worst, "error": known.error}


def spanned(row: Mapping[str, Any], followed: Path | Baseline, lang: str) -> str:
    """Write a year with its range; after the horizon where it is not reached before."""
    after = text("path.after", lang, last=followed.years[-1])
    year, low, high = (after if row[key] is None else str(row[key]) for key in ("year", "low", "high"))
    return year if low == high else f"{year} [{low}~{high}]"


def certified(followed: Path | Baseline, lang: str, name: str = "") -> str:
    """Say how many years have passed, and the largest residual and error; of which scenario where it has a name.

    The rest point of a path, and the ends of the range of a baseline, are in the largest.
    """
    known = [*followed.certificates.values()]
    values = {
        "count": len(known),
        "passed": sum(one.passed for one in known),
        "worst": f"{max(one.worst for one in [*known, followed.certificate]):.0e}",
        "error": f"{max(one.error for one in [*known, followed.certificate]):.0e}",
    }
    return f"{name}  " * bool(name) + text("path.certificates", lang, **values)


def doubted(followed: Path | Baseline, lang: str) -> str:
    """Return a line for each year that is not determined, and one for the rest point or the range."""
    other = text("column.at_rest" if isinstance(followed, Path) else "column.span", lang)
    years = {str(year): one for year, one in followed.certificates.items()}
    return doubts(years | {other: followed.certificate}, lang)
