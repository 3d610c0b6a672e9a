"""Write docs/validation.md: the study's range, ours and a verdict for every moment, in both languages.

The verdicts alone go to schema/moments.csv, which a run reads.

    python tools/validation_page.py

Everything but the words at the top comes from `hinterland.moments` and the table of texts. A test holds the page to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hinterland.report.validation import COLUMNS, cells, discussion, moment_name
from hinterland.texts import LANGUAGES, text
from hinterland.validation import VERDICTS, Row, computed

ROOT = Path(__file__).parents[1]
PAGE, TABLE = ROOT / "docs" / "validation.md", ROOT / "src" / "hinterland" / "schema" / "moments.csv"
HEAD = """# Instruments held against studies (政策工具与已有研究)

`hinterland validate instruments` prints this page's table; `python tools/validation_page.py` writes the page.

Each row takes a finding about China from the evidence table, sets up its experiment with the instruments as they are,
and puts the study's number beside ours. Nothing is tuned to agree: instruments keep their defaults or take the study's
own dose, nobody pays for them (but for transfers), and a miss stays where it is. A number that a study gives alone is
taken to be known to half its last digit, which is strict: most rows miss by it. The economies are china-2020, and
china-2000 where the study is of those years. Real GDP of the nation is by expenditure (for Tombe and Zhu, as in their
paper, and for networks, real income of residents); that of a province is value added over its consumer prices.
"Explains most" is read as more than half.

每一行取证据表中关于中国的一项发现，用现有政策工具重做实验，把研究值与本模型的结果并列。不为迎合而调参：
工具取默认值或研究的力度，除转移支付外无人付费，未命中的照样列出。研究只给一个数时，以其末位的一半为界，
这很严格，多数行因此未命中。经济体为 china-2020，研究早期年份时为 china-2000。全国实际 GDP 按支出计
（Tombe 与 Zhu 的各项依其论文，与交通网络一项，为居民实际收入），各省为增加值除以消费价格。“大部分”读作一半以上。
"""


def cell(words: str) -> str:
    """Make words safe inside a table."""
    return words.replace("|", "\\|").replace("\n", " ").strip()


def markdown(heads: Sequence[str], body: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a table; columns whose number is in `right` hold figures."""
    rule = "|" + "|".join("---:" if number in right else "---" for number in range(len(heads))) + "|"
    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in (heads, *body)]
    return "\n".join([lines[0], rule, *lines[1:]])


def section(rows: Sequence[Row], lang: str) -> str:
    """Return the table, the verdicts and the discussion of every row in one language."""
    heads = [text(f"column.{name}", lang) for name in COLUMNS]
    table = markdown(heads, [cells(row, lang) for row in rows], right=(2, 3))
    means = [(text(f"verdict.{name}", lang), text(f"verdict.{name}.means", lang)) for name in VERDICTS]
    verdicts = markdown([text(f"column.{name}", lang) for name in ("verdict", "meaning")], means)
    stop = "." if lang == "en" else "。"
    points = "\n".join(f"- **{moment_name(row, lang)}{stop}** {discussion(row, lang)}" for row in rows)
    titles = [text(f"report.{name}", lang) for name in ("validation", "validation_verdicts", "validation_discussion")]
    return "\n\n".join([f"## {titles[0]}", table, f"### {titles[1]}", verdicts, f"### {titles[2]}", points])


def page(rows: Sequence[Row]) -> str:
    """Return the page."""
    return "\n".join([HEAD, "\n\n".join(section(rows, lang) for lang in reversed(LANGUAGES)), ""])


def verdicts(rows: Sequence[Row]) -> str:
    """Return what a run says of its instruments: every moment, the evidence it rests on, its verdict."""
    return "\n".join(["moment,evidence,verdict", *(f"{row.moment},{row.evidence},{row.verdict}" for row in rows), ""])


def main() -> None:
    """Compute and write."""
    rows = computed()
    PAGE.write_text(page(rows), encoding="utf-8")
    TABLE.write_text(verdicts(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
