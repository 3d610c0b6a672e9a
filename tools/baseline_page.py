"""Write docs/baseline.md: where the country goes without a new policy, and how that fares beside what happened.

    python tools/baseline_page.py

Everything but the words at the top comes from `hinterland baseline` and `hinterland validate backtest`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import hinterland as hl
from hinterland.report import backtest, baseline
from hinterland.report.answer import Answer
from hinterland.texts import LANGUAGES

PAGE = Path(__file__).parents[1] / "docs" / "baseline.md"
HEAD = """# Without a new policy (没有新政策时)

`hinterland baseline` follows the country from 2020 with nothing new decided; `hinterland validate backtest` holds it
against the years since. `python tools/baseline_page.py` writes this page. 本页由上述两条命令的输出生成。

![the rate of urbanization with its range](figures/fan_en.png)

```bash
hinterland baseline
hinterland baseline --table passing
hinterland baseline --momentum 0.7 --fades 2050 --out baseline.xlsx
hinterland validate backtest --lang zh
```

```python
import hinterland as hl

found = hl.baseline()  # china-2020 to 2050
found.fan.query("variable == 'urbanization_rate' and year == 2035")  # value, low, high
found.passing([70])  # in which year, by macro-region
found.plot("fan", lang="zh")
still = hl.baseline(drivers=hl.Drivers(momentum=0, town_cost=0))  # nobody on the way
```

## What goes on (什么在继续)

People of 2020 are still on the way: part m of the yearly moves of 2010-20 goes on, from villages into towns of every
province, and from province to province as people from elsewhere grew there. Where they are bound is a change of the
cost of being in a cell (`study/drivers.py::bound_gc`), so that at constant costs the rate of each province rises in
the first year by m of its yearly rise before, and later moves answer to wages, prices and homes. The cost of moving to
a town of one's own province goes on falling, less each year. All of it is assumed, with a range, as are the shares of
people who choose anew in a year; the fall in costs is fitted to the nation's rate of 2024. `found.assumptions` says
what the last year hangs on. A range is over one assumption at a time around those given, and no probability.

Nothing is said of output: the number of people, productivity and prices stay as in 2020. People in towns are counted at
the United Nations' medium population. Rates are those of the end of each year; 2020 is the census of 1 November.

人还在路上：2010—2020 年人口流动的一部分仍在延续，从各省乡村到城镇，也从外省到外省；迁入城镇的成本继续下降，一年
比一年少。这些数与每年重新选择的比例都是假定，各有范围；成本下降按全国 2024 年的城镇化率拟合。人数、生产率与物价停
在 2020 年，因此不谈产出；城镇人口按联合国中方案的总人口计算。
"""


def page() -> str:
    """Return the page."""
    found = hl.baseline()
    answers = ((of(lang), lang) for lang in LANGUAGES for of in (partial(baseline.report, found), backtest.report))
    return "\n".join([HEAD, *(printed(answer, lang) for answer, lang in answers)])


def printed(answer: Answer, lang: str) -> str:
    """Return an answer as Markdown under a title of its own."""
    title, *rest = answer.as_text("markdown", lang=lang).strip().replace("\n## ", "\n### ").split("\n")
    return "\n".join([f"## {title}", "", *rest, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
