"""Write docs/glossary.md and docs/glossary.zh.md from `src/hinterland/schema/glossary.csv`.

python tools/glossary_page.py
"""

from __future__ import annotations

from pathlib import Path

from hinterland.report.export import escaped
from hinterland.schema.glossary import terms
from hinterland.texts import LANGUAGES, text

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": "glossary.md", "zh": "glossary.zh.md"}
OPENING = {
    "en": """The words of answers, tables and pictures, one sentence each: `hinterland glossary welfare` on the command
line, `hl.glossary("welfare")` in Python. Made by `python tools/glossary_page.py`. [中文](glossary.zh.md)""",
    "zh": """模型结果、表格和图中的用语，每条一句话。命令行：`hinterland glossary 福利`；Python：
`hl.glossary("福利", lang="zh")`。本页由 `python tools/glossary_page.py` 生成。[English](glossary.md)""",
}


def page(lang: str) -> str:
    """One row a term, under an anchor of its key."""
    heads = (text("column.term", lang), text("column.meaning", lang))
    rows = [
        f'| <a id="{term.key}"></a>{escaped(term.name(lang))} | {escaped(term.says(lang))} |'
        for term in terms().values()
    ]
    lines = [f"# {text('glossary.title', lang)}", "", OPENING[lang], ""]
    return "\n".join([*lines, f"| {heads[0]} | {heads[1]} |", "|---|---|", *rows, ""])


if __name__ == "__main__":
    for lang in LANGUAGES:
        (DOCS / PAGES[lang]).write_text(page(lang), encoding="utf-8")
