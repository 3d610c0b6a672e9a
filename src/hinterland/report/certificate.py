"""Why a solution can be believed: in one line, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hinterland.errors import in_language
from hinterland.report.sheet import Sheet, make
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.run import Result


def certified(result: Result, lang: str) -> str:
    """Return the certificate in one line."""
    known = result.certificate
    values = {
        "verdict": text(f"report.{known.verdict}", lang),
        "worst": f"{known.worst:.0e}",
        "error": f"{known.error:.0e}",
    }
    return text("screen.certificate", lang, **values)


def certificate(result: Result, lang: str) -> Sheet:
    """Why the solution can be believed."""
    known = result.certificate
    passed = text(f"report.{known.verdict}", lang)
    rows = [(text(f"residual.{name}", lang), f"{value:.1e}") for name, value in known.residuals.items()]
    rows.append((text("residual.redundant", lang), f"{known.redundant_market:.1e}"))
    rows += [(text(f"identity.{name}", lang), f"{value:.1e}") for name, value in known.identities.items()]
    unsure = known.verdict == "undetermined"
    rows.append((text("report.error", lang), f"{'≥ ' if unsure else ''}{known.error:.1e}"))
    if known.direction is not None:
        rows.append((text("report.direction", lang), known.direction.text(lang)))
    stable = result.equilibrium.solved.stable_where_doubtful
    if stable is not None:
        rows.append((text("report.stable", lang), text(f"report.stable.{str(stable).lower()}", lang)))
    one = known.uniqueness
    words = text(f"uniqueness.{one.rule}", lang, value=one.value or 0.0, places=in_language(one.places, lang))
    if unsure and one.holds:
        words += text("uniqueness.not_located", lang)
    rows.append((text("report.uniqueness", lang), words))
    title = text("report.certificate", lang, passed=passed, tolerance=f"{known.tolerance:.0e}", steps=known.iterations)
    return make(title, [text("column.check", lang), text("column.largest_gap", lang)], rows)
