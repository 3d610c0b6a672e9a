"""How instruments fare beside studies; the exit code says whether all could be computed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from hinterland import schema
from hinterland.report.answer import Answer
from hinterland.report.quantities import DIGITS, UNITLESS, in_unit, number
from hinterland.report.sheet import Sheet, make
from hinterland.report.tables import unit_name
from hinterland.texts import clauses, text
from hinterland.validation import NOT_COMPUTED, OUTSIDE, SIGN_DIFFERS, VERDICTS, Row, computed

COLUMNS = ("study", "moment", "study_says", "ours", "unit", "verdict")
ACCENTS = {'"': "\u0308", "'": "\u0301"}
MINUS = "–"
STAR = "*"  # on a narrow screen: the study gives no range
FURTHEST = 3  # sizes that are named


def instruments(lang: str, progress: Callable[[float], None] | None = None) -> Answer:
    """Return the study's range, ours and a verdict for every moment; 1 where one could not be computed."""
    rows = computed(progress)

    def tables() -> dict[str, Sheet]:
        words = ("moment", "discussion")
        return {
            "moments": make(
                text("report.validation", lang),
                [text(f"column.{name}", lang) for name in COLUMNS],
                [cells(row, lang) for row in rows],
                left=2,
                tail=2,
            ),
            "verdicts": make(
                text("report.validation_verdicts", lang),
                [text(f"column.{name}", lang) for name in ("verdict", "meaning")],
                [(text(f"verdict.{name}", lang), text(f"verdict.{name}.means", lang)) for name in VERDICTS],
                left=2,
            ),
            "discussion": make(
                text("report.validation_discussion", lang),
                [text(f"column.{name}", lang) for name in words],
                [(moment_name(row, lang), discussion(row, lang)) for row in rows],
                left=2,
            ),
        }

    failed = any(row.verdict == NOT_COMPUTED for row in rows)
    return Answer(
        [as_mapping(row, lang) for row in rows],
        tables,
        code=1 if failed else 0,
        short=True,
        screen=lambda: ["\n".join([*conclusion(rows, lang), ""]), narrow(rows, lang)],
    )


def conclusion(rows: Sequence[Row], lang: str) -> list[str]:
    """Return what the comparison comes to: how many hold, which signs differ and why, which sizes are furthest."""
    found, comma = Counter(row.verdict for row in rows), {"zh": "，", "en": ", "}[lang]
    counts = comma.join(text(f"validation.count.{name}", lang, count=found[name]) for name in VERDICTS if found[name])
    said = [text("validation.counts", lang, count=len(rows), counts=counts)]
    said += [
        text(
            "validation.contrary", lang, moment=moment_name(row, lang), why=first_sentence(discussion(row, lang), lang)
        )
        for row in rows
        if row.verdict == SIGN_DIFFERS
    ]
    if furthest := sorted(filter(distance, rows), key=distance, reverse=True)[:FURTHEST]:
        misses = clauses(
            (text("validation.miss", lang, moment=moment_name(row, lang), **sizes(row, lang)) for row in furthest), lang
        )
        said.append(text("validation.furthest", lang, misses=misses))
    return [f"- {sentence}" for sentence in said]


def sizes(row: Row, lang: str) -> dict[str, str]:
    """Return the study's size and ours with its unit as a sentence has them."""
    return {"study": study_size(row, lang), "ours": f"{ours(row)} {unit_of(row, lang)}".strip()}


def distance(row: Row) -> float:
    """Return how far a size is from the study's, as the logarithm of their ratio; zero where sizes do not differ."""
    if row.verdict != OUTSIDE or not row.ours or math.isnan(row.low):
        return 0.0
    nearest = min((row.low, row.high), key=lambda end: abs(end - row.ours))
    return abs(math.log(abs(row.ours / nearest))) if nearest else 0.0


def first_sentence(words: str, lang: str) -> str:
    """Return a text up to its first stop."""
    return words.partition({"zh": "。", "en": ". "}[lang])[0].rstrip(".")


def narrow(rows: Sequence[Row], lang: str) -> Sheet:
    """Return what is compared, the study's size, ours and the verdict: as much as a narrow screen shows."""
    body = [
        (
            in_unit(moment_name(row, lang), unit_of(row, lang), lang),
            study_size(row, lang) + STAR * has_no_range(row),
            ours(row),
            text(f"verdict.{row.verdict}", lang),
        )
        for row in rows
    ]
    heads = [text(f"column.{name}", lang) for name in ("moment", "study_says", "ours", "verdict")]
    title = text("report.validation", lang) + text("validation.star", lang) * any(map(has_no_range, rows))
    return make(title, heads, body, tail=1)


def as_mapping(row: Row, lang: str) -> dict[str, Any]:
    """Return a row for machines, with its words."""
    return {
        "moment": row.moment,
        "name": moment_name(row, lang),
        "study": study_name(row.source, lang),
        "source": row.source,
        "evidence": row.evidence,
        "unit": row.unit,
        "published": row.study,
        "low": row.low,
        "high": row.high,
        "sign": row.sign or None,
        "ours": row.ours,
        "verdict": row.verdict,
        "discussion": discussion(row, lang),
    }


def cells(row: Row, lang: str) -> Sequence[str]:
    """Return a row of the table."""
    return (
        study_name(row.source, lang),
        moment_name(row, lang),
        study_says(row, lang),
        ours(row),
        unit_of(row, lang),
        text(f"verdict.{row.verdict}", lang),
    )


def unit_of(row: Row, lang: str) -> str:
    """Return the unit of a moment; an elasticity has none."""
    return "" if row.unit in UNITLESS else unit_name(row.unit, lang)


def moment_name(row: Row, lang: str) -> str:
    """Return what is compared."""
    return text(f"moment.{row.moment}", lang)


def discussion(row: Row, lang: str) -> str:
    """Return the sentence on a row with its numbers; without them where nothing could be computed."""
    if row.verdict == NOT_COMPUTED:
        return text(f"verdict.{NOT_COMPUTED}.means", lang)
    return text(f"moment.{row.moment}.why", lang, **row.figures)


def study_says(row: Row, lang: str) -> str:
    """Write the study's range, its sign, or its one number, of which it is said that it has no range."""
    said = study_size(row, lang)
    return text("validation.no_range", lang, study=said) if has_no_range(row) else said


def has_no_range(row: Row) -> bool:
    """Whether a study gives one number and no range about it."""
    return row.rounded and not math.isnan(row.low)


def study_size(row: Row, lang: str) -> str:
    """Write the study's range, its one number, or its sign."""
    if math.isnan(row.low):
        return {1: "+", -1: MINUS, 0: "0"}[row.sign]
    if row.rounded:
        return f"{row.study:.3g}"
    return text("report.range", lang, low=f"{row.low:.3g}", high=f"{row.high:.3g}")


def ours(row: Row) -> str:
    """Write our number; a dash where there is none."""
    return number(row.ours, 2 if row.unit in ("%", "pp") else DIGITS)


def study_name(source: str, lang: str) -> str:
    """Return authors and year: both of two, the first of more."""
    entry = schema.sources()[source]
    surnames = [letters(name.partition(",")[0].strip()) for name in entry["author"].split(" and ")]
    if len(surnames) > 2:
        who = text("report.and_others", lang, first=surnames[0])
    else:
        who = text("report.two_authors", lang, first=surnames[0], second=surnames[-1])
        who = who if len(surnames) == 2 else surnames[0]
    return f"{who} ({entry['year']})"


def letters(name: str) -> str:
    r"""Write accents of BibTeX, such as `{\"u}`, as letters."""
    accented = re.sub(r"\{\\([\"'])(\w)\}", lambda found: found[2] + ACCENTS[found[1]], name)
    return unicodedata.normalize("NFC", accented)
