"""Tell replications and the self-test; the answer is the exit code."""

from __future__ import annotations

from dataclasses import asdict

from hinterland.report.output import Show, tell
from hinterland.report.tables import make, unit_name
from hinterland.texts import text


def tell_replication(case: str, form: str, lang: str, show: Show) -> int:
    """Print published and computed figures side by side; 1 where one does not agree."""
    from hinterland.published import replicate

    figures = replicate(case)
    rows = [{**asdict(figure), "agrees": figure.agrees} for figure in figures]
    columns = ("quantity", "unit", "source", "published", "computed", "gap", "agrees")

    def tables() -> list[object]:
        body = [
            (
                text(f"figure.{figure.quantity}", lang),
                unit_name(figure.unit, lang),
                text(f"figure.source.{figure.source}", lang),
                f"{figure.published:.10g}" if figure.source == "deposit" else f"{figure.published:.1f}",
                f"{figure.computed:.10g}" if figure.source == "deposit" else f"{figure.computed:.4f}",
                f"{abs(figure.computed - figure.published):.1e}",
                text("report.yes" if figure.agrees else "report.no", lang),
            )
            for figure in figures
        ]
        title = text("report.replication", lang, case=case)
        return [make(title, [text(f"column.{name}", lang) for name in columns], body, left=3)]

    tell(rows, form, tables, show)
    return 0 if all(figure.agrees for figure in figures) else 1


def tell_selftest(form: str, lang: str, show: Show) -> int:
    """Print every check of the self-test; 1 where one failed."""
    from hinterland.selftest import findings

    found = list(findings())
    rows = [{**asdict(finding), "passed": finding.passed} for finding in found]

    def tables() -> list[object]:
        body = [
            (
                text(f"selftest.{finding.kind}", lang),
                finding.name,
                f"{finding.found:.1e}",
                text("report.passed" if finding.passed else "report.failed", lang),
            )
            for finding in found
        ]
        failed = sum(not finding.passed for finding in found)
        title = text("report.selftest", lang, count=len(found), failed=failed)
        columns = ("check", "name", "largest_gap", "verdict")
        return [make(title, [text(f"column.{name}", lang) for name in columns], body, left=2)]

    tell(rows, form, tables, show)
    return 0 if all(finding.passed for finding in found) else 1
