"""Replications and the self-test; the exit code says whether all agree."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from hinterland.report.answer import Answer
from hinterland.report.quantities import FINE, number
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import unit_name
from hinterland.texts import name_in, text


def replication(case: str, data: Path | None, lang: str) -> Answer:
    """Return published and computed figures side by side; 1 where one does not agree."""
    from hinterland.replications import replicate

    figures = replicate(case, data)
    rows = [{**asdict(figure), "agrees": figure.agrees} for figure in figures]
    columns = ("quantity", "unit", "source", "published", "computed", "gap", "agrees")

    def tables() -> dict[str, Sheet]:
        body = [
            (
                figure_name(figure.quantity, lang),
                unit_name(figure.unit, lang),
                text(f"figure.source.{figure.source}", lang),
                f"{figure.published:.10g}" if figure.source == "deposit" else f"{figure.published:g}",
                f"{figure.computed:.10g}" if figure.source == "deposit" else number(figure.computed, FINE),
                f"{figure.gap:.1e}",
                text("report.yes" if figure.agrees else "report.no", lang),
            )
            for figure in figures
        ]
        title = text("report.replication", lang, case=case)
        return {"replication": make(title, [text(f"column.{name}", lang) for name in columns], body, left=3)}

    return Answer(rows, tables, code=0 if all(figure.agrees for figure in figures) else 1)


def figure_name(quantity: str, lang: str) -> str:
    """Return the name of a figure; the paper's own symbol where the texts have none."""
    return name_in("figure", quantity, lang)


def replications(data: Path | None, lang: str) -> Answer:
    """Return every case with the largest of its gaps relative to what is allowed; 1 where one does not agree.

    `data` holds a folder for each case that needs published files; those not there are listed as such.
    """
    from hinterland.replications import CASES, CASES_WITH_DATA, find, replicate

    folders = find(data) if data else {}
    rows: list[dict[str, object]] = []
    for case in [*CASES, *CASES_WITH_DATA]:
        if case not in CASES and case not in folders:
            needs = text("report.needs_data", lang)
            rows.append({"case": case, "quantity": needs, "gap": None, "within": None, "agrees": None})
            continue
        worst = max(replicate(case, folders.get(case)), key=lambda figure: figure.gap / figure.within)
        rows.append(
            {"case": case, "quantity": worst.quantity, "gap": worst.gap, "within": worst.within, "agrees": worst.agrees}
        )

    def tables() -> dict[str, Sheet]:
        body = [
            (
                str(row["case"]),
                figure_name(str(row["quantity"]), lang),
                "–" if row["gap"] is None else f"{row['gap']:.1e}",
                "–" if row["within"] is None else f"{row['within']:.0e}",
                "–" if row["agrees"] is None else text("report.yes" if row["agrees"] else "report.no", lang),
            )
            for row in rows
        ]
        columns = ("case", "quantity", "gap", "within", "agrees")
        heads = [text(f"column.{name}", lang) for name in columns]
        return {"replications": make(text("report.replications", lang), heads, body, left=2)}

    return Answer(rows, tables, code=0 if all(row["agrees"] is not False for row in rows) else 1)


def selftest(lang: str) -> Answer:
    """Return every check of the self-test; 1 where one failed."""
    from hinterland.replications.selftest import findings

    found = list(findings())
    rows = [{**asdict(finding), "passed": finding.passed} for finding in found]

    def tables() -> dict[str, Sheet]:
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
        return {"selftest": make(title, [text(f"column.{name}", lang) for name in columns], body, left=2)}

    return Answer(rows, tables, code=0 if all(finding.passed for finding in found) else 1)
