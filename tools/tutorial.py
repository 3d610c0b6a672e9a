"""Write the tutorial notebooks docs/tutorial.ipynb and docs/tutorial.zh.ipynb, each cell run and its output kept.

    python tools/tutorial.py

The cells stand below, words in both languages and code once; `{lang}` and the words in braces of a cell of code are
filled in. Cells run one after another in one namespace, as in a notebook; a cell that ends with an expression shows it.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

DOCS = Path(__file__).parents[1] / "docs"
NOTEBOOKS = {"en": "tutorial.ipynb", "zh": "tutorial.zh.ipynb"}
SHOWN = {"text/html": "_repr_html_", "image/svg+xml": "_repr_svg_"}
LOCALES = {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}


class Words(NamedTuple):
    """A cell of words."""

    en: str
    zh: str


class Code(NamedTuple):
    """A cell of code: the same in both languages but for what `fills` puts into it."""

    source: str
    fills: Mapping[str, Mapping[str, str]] | None = None

    def text(self, lang: str) -> str:
        """Return the code for one language."""
        found = self.source.replace("{lang}", lang)
        for name, words in (self.fills or {}).items():
            found = found.replace(f"{{{name}}}", words[lang])
        return found.strip("\n")


HEADS = {
    "part": {"en": "policy", "zh": "政策"},
    "outcome": {"en": "outcome", "zh": "指标"},
    "change": {"en": "change", "zh": "变化"},
    "urban": {"en": "urbanization rate (residents)", "zh": "城镇化率（常住人口）"},
    "gdp": {"en": "real GDP", "zh": "实际 GDP"},
    "welfare": {"en": "welfare", "zh": "福利"},
}
CELLS: tuple[Words | Code, ...] = (
    Words(
        """# A first hour with Hinterland

Hinterland sets two states of an economy side by side: the base year, and the same economy with a package of policies
after people, industry and capital have moved. It says where they go, what it costs and whom, who gains, and how sure
that is. It is no forecast, and says nothing of the years in between.

Every cell runs as it stands, in a minute in all. What a word means: [glossary](glossary.md). [中文](tutorial.zh.ipynb)

## 1. Load a base year

`china-2020` is China in 2020: 31 provinces and three blocs abroad, three sectors, town and village, two classes of
hukou. `hl.load()` takes a name of the box or a file of your own.""",
        """# 腹地入门：第一小时

腹地把经济的两个状态放在一起比较：一个是基期，另一个是实施一揽子政策、人口、产业和资本都已调整之后的同一经济。它说明产业和人口流向
哪里、花多少钱、谁付、谁受益，以及这些结果有多可靠。它不是预测，也不描述中间的年份。

每个单元都可以直接运行，全部约一分钟。用语的含义见[用语](glossary.zh.md)。[English](tutorial.ipynb)

## 1. 载入基期

`china-2020` 是 2020 年的中国：31 个省份和境外三个贸易伙伴、三个部门、城镇与乡村、两类户籍。`hl.load()` 可以载入箱中的
经济体，也可以载入您自己的文件。第一行让各对象以中文显示。""",
    ),
    Code(
        """
{locale}import hinterland as hl

china = hl.load("china-2020")
china
""",
        {
            "locale": {
                "en": "",
                "zh": 'import os\n\nos.environ["LC_ALL"] = "zh_CN.UTF-8"\n\n',
            }
        },
    ),
    Words(
        """## 2. Where we stand

The dashboard reads official figures of any year from 2000, or the arrays of an economy. Heads carry the unit; a year in
brackets says that a column is from another year. Nothing is interpolated.""",
        """## 2. 现状

现状表读取 2000 年以来任一年的官方数据，也可以读取一个经济体自身的数组。表头带有单位；方括号中的年份表示该列取自另一年。
数据一律不作插补。""",
    ),
    Code('hl.dashboard(2020).table("macro_regions", lang="{lang}").iloc[:, 1:6].round(1)'),
    Words(
        """## 3. Run a package

A scenario is a base year with dated policies. `dual_transfer` is the default: industry moves to the Centre and West,
people urbanize there, in place. `hl.presets()` lists the others, `hl.policies` the instruments.""",
        """## 3. 运行一揽子政策

方案由一个基期和若干有起始年份的政策组成。默认方案 `dual_transfer` 是产业人口双转移：产业转向中西部，人口在当地城镇化。
`hl.presets()` 列出其他方案，`hl.policies` 列出全部政策工具。""",
    ),
    Code("""
scenario = hl.read("dual_transfer")
scenario
"""),
    Code("""
result = hl.run(scenario)
result
"""),
    Words(
        """## 4. Read the answer

Three things first. Real GDP and welfare may part ways: the package is paid for by taxes, and households live on less of
GDP than is produced. A table tells the way from one to the other, item by item.""",
        """## 4. 读懂结果

先看三点。第一，实际 GDP 与福利可以方向不同：政策要靠税收来付，而居民能用来生活的只是 GDP 的
一部分。下表从一个逐项走到另一个。""",
    ),
    Code('result.table("bridge", lang="{lang}").round(1)'),
    Words(
        """Second, which policy does it. Each column adds up to the total; changes are relative (.01 is 1 %), those of
the urbanization rate in points.""",
        """第二，是哪项政策起的作用。每一列相加等于总数；变化为相对值（0.01 即 1%），城镇化率的变化为百分点。""",
    ),
    Code(
        """
split = result.table("decomposition", lang="{lang}")
split = split.pivot_table(index="{part}", columns="{outcome}", values="{change}", sort=False)
split[["{urban}", "{gdp}", "{welfare}"]].round(4)
""",
        HEADS,
    ),
    Words(
        """Third, how sure it is. The certificate says how well the equations hold. The same at the ends of the ranges
of the elasticities says how far an assumption bears the answer: where a change turns its sign, it hangs on that
number.""",
        """第三，结果有多可靠。求解凭证说明方程满足得多好；把弹性换到各自范围的两端，可以看出结果在多大程度上依赖假定：
变化的正负改变之处，结论就取决于那个数。""",
    ),
    Code(
        """
print(result.certificate)
ends = result.table("sensitivity", lang="{lang}")
ends[ends["{outcome}"] == "{urban}"].iloc[:, [0, 1, 4]].round(3)
""",
        HEADS,
    ),
    Words(
        """What a yuan brings is told only where evidence carries it. What does a head mean? Ask for it.""",
        """每元效益只在证据足够时才给出。表头是什么意思？直接问。""",
    ),
    Code(
        'hl.glossary("{word}", lang="{lang}")',
        {"word": {"en": "benefit per yuan", "zh": "每元效益"}},
    ),
    Words(
        """## 5. One picture

A map of tiles, one a province, that draws no boundary. It comes with a sentence (`.sentence`), the numbers behind it
(`.table`) and a spec of Vega-Lite (`.spec`); `.svg()` and `.png()` are for papers.""",
        """## 5. 一幅图

方格图每省一格，不画边界。图附有一句说明（`.sentence`）、背后的数字（`.table`）和 Vega-Lite 规格（`.spec`）；
`.svg()` 和 `.png()` 供论文和报告使用。""",
    ),
    Code("""
picture = result.plot("map", "real_income", lang="{lang}")
print(picture.sentence)
picture
"""),
    Words(
        """## 6. Change a lever, compare

`with_values` changes values of a scenario by label and name, as `--set` does on the command line. What is compared is
solved where it is not yet.""",
        """## 6. 改变一个杠杆，再比较

`with_values` 按政策和取值的名称修改方案，与命令行的 `--set` 相同。尚未求解的方案在比较时自动求解。""",
    ),
    Code(
        """
stronger = scenario.with_values({"in_place.access": 0.8})
cases = {"{plain}": result, "{more}": stronger}
hl.compare(cases, ["urbanization_rate", "real_income", "welfare"], lang="{lang}").round(4)
""",
        {"plain": {"en": "as it is", "zh": "原方案"}, "more": {"en": "stronger", "zh": "加强"}},
    ),
    Words(
        """A scenario of your own takes a few lines. Places go by their names in either language, by codes, by groups,
or by a condition such as `"West and gdp_per_head < 0.8 * national"`.""",
        """自己的方案只要几行。地点可以用中文或英文名称、代码、分组来写，也可以写成条件，如
`"West and gdp_per_head < 0.8 * national"`。""",
    ),
    Code(
        """
reform = hl.policies.HukouReform(to=["{first}", "{second}"], access=0.8)
mine = hl.Scenario(china, [reform], name="{name}")
hl.compare(mine, ["urbanization_rate", "real_income"], by="province", sort="urbanization_rate", lang="{lang}").head(3)
""",
        {
            "first": {"en": "Sichuan", "zh": "四川"},
            "second": {"en": "Chongqing", "zh": "重庆"},
            "name": {"en": "sichuan_chongqing", "zh": "川渝改革"},
        },
    ),
    Words(
        """## 7. Your own data

`hinterland data export china-2020 --out my_china` writes the base year as tables; edit them, then
`hinterland data import my_china --out my_china.npz` and `hl.load("my_china.npz")`. Prefectures or any other regions
come in the same way ([your own regions](own-regions.md)); other models are built from arrays
([your own model](own-model.md)). What you load is checked; ask what holds at any time.""",
        """## 7. 您自己的数据

`hinterland data export china-2020 --out my_china` 把基期写成表格；改好后用
`hinterland data import my_china --out my_china.npz` 导入，再 `hl.load("my_china.npz")`。地级市等其他地区以同样方式导入
（[自有地区](own-regions.md)）；其他模型由数组建立（[自建模型](own-model.md)）。载入时自动检查，也可以随时查看是否成立。""",
    ),
    Code("""
mobile = china.with_elasticities(migration_elasticity=2.5)
hl.check(mobile)
"""),
    Words(
        """## 8. Where to read on

- Keep a run: `hl.write(result, "my_run")` writes tables, the scenario and a record that makes it again.
- [The ready scenarios](scenarios.md), [the instruments](policies/README.md) with their evidence and costs.
- [Money and welfare](money.md): why output is not welfare. [Elasticities](parameters.md): what the answer hangs on.
- [The model card](model-card.md) of `china-2020`: what is official, what is estimated.
- [Held against studies](validation.md) and [published results, recomputed](replications.md).""",
        """## 8. 继续阅读

- 保存结果：`hl.write(result, "my_run", lang="zh")` 写出各表、方案和可以重做这次运行的记录。
- [预设方案](scenarios.md)、[政策工具](policies/README.md)及其证据与成本。
- [账目与福利](money.md)：产出为何不等于福利。[弹性](parameters.md)：结果取决于什么。
- `china-2020` 的[模型卡](model-card.md)：哪些是官方数据，哪些是估计。
- [与研究对照](validation.md)、[已发表结果的重算](replications.md)。""",
    ),
)


def code(lang: str) -> list[str]:
    """Return the cells of code in their order."""
    return [cell.text(lang) for cell in CELLS if isinstance(cell, Code)]


def outputs(source: str, names: dict[str, Any], printed: list[str]) -> Any:
    """Run a cell and return the value of its last expression, if it ends with one; `print` is kept."""
    names["print"] = lambda *words: printed.append(" ".join(map(str, words)))
    body = ast.parse(source)
    last = body.body.pop() if isinstance(body.body[-1], ast.Expr) else None
    exec(compile(body, "tutorial", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "tutorial", "eval"), names)


def bundle(value: Any) -> dict[str, list[str]]:
    """Return a value as a notebook keeps it: text, and the richest form that it has."""
    with pd.option_context("display.width", 100, "display.max_columns", 20, "display.max_colwidth", 60):
        kept = {"text/plain": repr(value)}
    for kind, method in SHOWN.items():
        if hasattr(value, method):
            kept[kind] = getattr(value, method)()
            break
    return {kind: words.splitlines(keepends=True) for kind, words in kept.items()}


def cells(lang: str, run: bool) -> Iterator[dict[str, Any]]:
    """Yield the cells as a notebook holds them; with their outputs where they are run."""
    names: dict[str, Any] = {}
    number = 0
    for place, cell in enumerate(CELLS):
        if isinstance(cell, Words):
            source = getattr(cell, lang)
            yield {
                "cell_type": "markdown",
                "id": f"c{place}",
                "metadata": {},
                "source": source.splitlines(keepends=True),
            }
            continue
        number, printed, shown = number + 1, list[str](), list[dict[str, Any]]()
        value = outputs(cell.text(lang), names, printed) if run else None
        if printed:
            words = [f"{line}\n" for line in printed]
            shown.append({"output_type": "stream", "name": "stdout", "text": words})
        if value is not None:
            shown.append(
                {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": bundle(value)}
            )
        yield {
            "cell_type": "code",
            "id": f"c{place}",
            "metadata": {},
            "execution_count": number,
            "source": cell.text(lang).splitlines(keepends=True),
            "outputs": shown,
        }


def notebook(lang: str, run: bool = True) -> dict[str, Any]:
    """Return the notebook of one language."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": [*cells(lang, run)], "metadata": about, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    for lang, file in NOTEBOOKS.items():
        os.environ["LC_ALL"] = LOCALES[lang]
        words = json.dumps(notebook(lang), ensure_ascii=False, indent=1)
        (DOCS / file).write_text(words + "\n", encoding="utf-8")
