"""Write docs/scenarios.md: what every ready scenario represents, its policies with their reasons, and what it does.

    python tools/scenario_pages.py

Every scenario of the box is solved. A test holds the page to the files and recomputes one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hinterland.report import scenarios, summary
from hinterland.report.export import escaped
from hinterland.scenario import file as scenario_file
from hinterland.scenario.scenario import TEXTS, Scenario
from hinterland.study.apply import package
from hinterland.texts import LANGUAGES, text

PLACE = Path(__file__).parents[1] / "docs" / "scenarios.md"
HEAD = """# The ready scenarios · 预设方案

Made by `tools/scenario_pages.py` from the files in `src/hinterland/presets/` and a solution of each; edit those, not
this. `hinterland scenarios summary` prints the table anew, `hinterland run NAME` everything behind a row,
`hinterland scenarios show NAME` the file, `hinterland scenarios new NAME` a commented one to start from.

本页由 `tools/scenario_pages.py` 生成；`hinterland run 名称 --lang zh` 给出每一行的全部内容。

What the heads mean: [glossary](glossary.md). 表头的含义见[用语](glossary.zh.md)。"""

POLICY_HEADS = {
    "en": ("policy", "instrument and size", "target and choices", "outlay", "reason for the size"),
    "zh": ("政策", "工具与力度", "目标与选择", "支出", "为何取这一力度"),
}
STOP = {"en": ".", "zh": "。"}


def both(key: str) -> str:
    """Return a text in both languages, English first."""
    return " · ".join(text(key, lang) for lang in reversed(LANGUAGES))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a table; columns whose number is in `right` hold figures."""
    rule = "|" + "|".join("---:" if number in right else "---" for number in range(len(heads))) + "|"
    told = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in (heads, *rows)]
    return "\n".join([told[0], rule, *told[1:]])


def row_of(row: dict[str, Any]) -> list[str]:
    """Return the figures of a scenario as they are printed, in both languages where they differ."""
    return [
        " · ".join(dict.fromkeys(summary.figure(name, value, lang) for lang in reversed(LANGUAGES)))
        for name, value in summary.figures(row).items()
    ]


def heads_of(row: dict[str, Any]) -> list[str]:
    """Return the heads of the figures in both languages."""
    return [" · ".join(summary.head(name, lang) for lang in reversed(LANGUAGES)) for name in summary.figures(row)]


def glance(rows: Sequence[dict[str, Any]]) -> str:
    """Return the table of all scenarios and what its columns mean."""
    heads = [both("summary.scenario"), *heads_of(rows[0])]
    body = [[f"[{row['scenario']}](#{row['scenario']})", *row_of(row)] for row in rows]
    notes = "\n\n".join(text("summary.note", lang) for lang in reversed(LANGUAGES))
    return f"{table(heads, body, range(1, len(heads)))}\n\n{notes}"


def paragraphs(scenario: Scenario, lang: str) -> list[str]:
    """Return what a scenario represents, what of it is fact and what assumed."""
    return [
        f"**{text(f'about.{key}', lang)}{STOP[lang]}** {' '.join(scenario.texts[key][lang].split())}"
        for key in TEXTS
        if scenario.texts.get(key, {}).get(lang)
    ]


def policies(scenario: Scenario, lang: str) -> str:
    """Return the policies with dose, target, outlay and the reason for the size."""
    outlays, doses = package(scenario).outlays, scenarios.doses(scenario, lang)
    rows = [
        (
            f"`{name}`",
            doses[name],
            text("check.and", lang).join(scenarios.aims(policy, lang, scenario.economy.regions)),
            scenarios.outlay(outlays[name], lang),
            scenario.about.get(name, {}).get(lang, ""),
        )
        for name, policy in scenario.policies.items()
    ]
    return table(POLICY_HEADS[lang], rows)


def section(scenario: Scenario) -> str:
    """Return what the file of a scenario says, in English and then in Chinese; nothing of it is solved."""
    parts = [f"## {scenario.name}"]
    for lang in reversed(LANGUAGES):
        parts += [f"### {scenario.title[lang]}", *paragraphs(scenario, lang), policies(scenario, lang)]
    return "\n\n".join([*parts, f"`{scenario.economy.name}`, {scenario.economy.year}:"])


def page(rows: Sequence[dict[str, Any]]) -> str:
    """Return the page; `rows` are the scenarios solved."""
    parts = [HEAD, glance(rows)]
    for row in rows:
        parts += [section(scenario_file.read(row["scenario"])), table(heads_of(row), [row_of(row)], range(9))]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    PLACE.write_text(page(summary.rows(scenario_file.presets())), encoding="utf-8")


if __name__ == "__main__":
    main()
