"""Write docs/money.md: what was wrong with money and welfare, what is said now, and benefit per yuan with its ranges.

    python tools/money_page.py

"Before" is what the commands printed before the accounts were rebuilt; "after" is made here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

import hinterland as hl
from hinterland import schema
from hinterland.economy.accounts import currency, household_income_nr, rents_of_homes_n
from hinterland.economy.implied import migration_cost_gc, rebate_g
from hinterland.instruments import INSTRUMENTS
from hinterland.policy.combine import with_all
from hinterland.policy.policy import changes_of
from hinterland.policy.strength import NONE, RANGE, entering, ratio_mark, strength
from hinterland.report.instruments import rests_on
from hinterland.study.columns import PARTS
from hinterland.study.outcomes import base_state, national, state_of
from hinterland.study.variation import variation_in
from hinterland.study.worth import break_even, over_elasticities

PAGE = Path(__file__).parents[1] / "docs" / "money.md"
NAME = "china-2020"
NOTHING = "–"


def useless() -> hl.Scenario:
    """Works without effect of 1,000 bn CNY a year, half paid by the centre."""
    return hl.Scenario(NAME, [hl.policies.SmallTowns(cost=1000.0, payer={"centre": 0.5, "province": 0.5})])


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: int) -> str:
    """Write a table whose last columns are figures."""
    rules = ["---"] * (len(heads) - right) + ["---:"] * right
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rules, *rows))


def change(scenario: hl.Scenario, name: str) -> float:
    """Return the change of an outcome of the nation, percent."""
    found = hl.run(scenario).headline.set_index("variable")["change"]
    return 100 * float(found[name])


def per_yuan(value: float) -> str:
    """Write a ratio to two digits after the point."""
    return NOTHING if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}"


def mended() -> list[tuple[str, str, str, str]]:
    """Return each error with its command, what it gave before, and what it gives now."""
    unseen = hl.Scenario(NAME, [hl.policies.SmallTowns(cost=500.0, payer={"firms": 1.0})])
    china = hl.load(NAME)
    burned, reform = useless(), hl.Scenario(NAME, [hl.policies.HukouReform()])
    loss = hl.run(burned).benefits.iloc[0]
    still = hl.solve(with_all(china, [{}]))
    moved = 100 * (national(china, state_of(still))["real_gdp"] / national(china, base_state(china))["real_gdp"] - 1)
    below = migration_cost_gc(china) < 1
    people = (china.group_size_g[:, None] * china.migration_share_gc)[below].sum()
    solved = hl.solve(hl.apply(reform))
    parts = variation_in(solved.economy, solved.solved.outcome).parts
    gain = {name: float(parts[name].sum()) for name in PARTS}
    own = household_income_nr(china)
    assert own is not None
    bases = [hl.run(hl.Scenario(NAME, [hl.policies.IndustrialBase(covered=part)])) for part in (0.0, 0.3, 0.6)]
    costs = [float(one.budget["present"].sum()) for one in bases]
    home = sent_home()
    output = float(home[["real_gdp", "homes", "others", "relocation"]].sum())
    works = "`small_towns`, `cost: 1000`, half paid by the centre"
    return [
        (
            "transfers of the base year were lost where no policy touches them",
            "levers written, none moved, on a base year with transfers",
            "GDP +1.5 %",
            f"{moved:+.6f} %".replace("-0.000000", "+0.000000"),
        ),
        (
            '"real GDP" was residents\' income over prices with rents: a tax made homes cheaper',
            works,
            "+0.20 %",
            f"{change(burned, 'real_gdp'):+.3f} %",
        ),
        (
            "useless works had a score",
            works,
            "-0.15 yuan a yuan",
            f"{round(loss['variation'], 6) + 0.0:.1f} bn CNY a year, whatever they cost; no ratio is printed",
        ),
        (
            "what households lose of a burned yuan",
            works,
            "1.15 (0.48 on the scale of their own income)",
            f"{loss['marginal_cost_of_funds']:.3f}",
        ),
        (
            "rents of homes came on top of GDP",
            "`data check china-2020`",
            "32.6 trn CNY",
            trillions(rents_of_homes_n(china)),
        ),
        ("welfare was counted on GDP and those rents", "`data check china-2020`", "108.4 trn CNY", trillions(own)),
        (
            "who stayed got the rents that leavers surrender",
            "`hukou_reform`, in place",
            "334 of 683 bn CNY a year",
            f"rebates of stayers {float(np.ptp(rebate_g(china))):.0f}; rents {gain['rents']:+.1f} of "
            f"{sum(gain.values()):+.1f}",
        ),
        (
            "a floor kept costs of moving that lie below one from falling",
            "`hukou_reform` with a cut",
            "103 cells with 85 m workers could not move",
            f"none ({below.sum()} pairs of group and cell with {people:.0f} m workers lie below one)",
        ),
        (
            "zones and density gained output, not value added",
            "`industrial_base`",
            "nu = 0.05 was 0.085, 0.205, 0.095 of value added",
            "0.05 in every sector",
        ),
        (
            "a cost did not grow with the dose",
            "`industrial_base` at a dose of 0, one, two",
            "the same cost at 0, 0.03 and 0.06",
            " : ".join(f"{cost / costs[1]:.0f}" for cost in costs),
        ),
        (
            "what firms and people pay left nobody's income",
            "payer `firms: 1`",
            "real income +0.00 %",
            f"{change(unseen, 'real_income'):+.2f} %",
        ),
        (
            "where rents go to who stays a yuan weighed by what it buys, and a transfer paid for homes twice",
            "`fiscal_transfer` to the West, 300 CNY a head, `use: households`, on `china-2000`: what a yuan sent "
            "brings all, by rows of the bridge",
            "+0.81 yuan",
            f"{home['equivalent_variation']:+.3f} yuan: output, and where it is earned {output:+.3f}, terms of trade "
            f"{home['foreign']:+.3f}, rents that leavers give up {home['surrendered']:+.3f}, who moves "
            f"{home['movers']:+.3f}",
        ),
    ]


def sent_home() -> pd.Series[float]:
    """Return what a yuan that is sent to the West adds where rents go back to who stays, by row of the bridge."""
    sent = hl.policies.FiscalTransfer(to=["West"], per_head=300.0, use="households")
    found = hl.run(hl.Scenario("china-2000", [sent])).bridge.set_index("item")["amount"]
    economy = hl.apply(hl.Scenario("china-2000", [sent]))
    return found / (currency(economy) * float(np.abs(economy.levers.transfer_n).sum()) / 2)


def trillions(amount: np.ndarray) -> str:
    """Write an amount in bn CNY as trillions."""
    return f"{float(amount.sum()) / 1000:.1f} trn CNY"


def row_of(name: str) -> tuple[str, ...]:
    """Return an instrument with its benefit per yuan, the range over elasticities or over omega, and what it rests on.

    As in a run: a number where all that enters is established, a range where the worth of services alone is open.
    """
    policy = INSTRUMENTS[name]()
    scenario, written = hl.Scenario(NAME, [policy]), changes_of(policy, hl.load(NAME))
    mark, keys = ratio_mark(policy, written), entering(policy, written)
    head = (f"[`{name}`](policies/{name}.md)", schema.instruments()[name].zh, strength(name), mark)
    figures = [NOTHING] * 4
    if mark == RANGE:
        none, whole = (
            varied(scenario.replace(economy=scenario.economy.with_elasticities(service_worth=at))) for at in (0.0, 1.0)
        )
        figures[1:] = f"{over(whole)} at omega 1", f"{per_yuan(none[0])} to {per_yuan(whole[0])}", evens(none, whole)
    elif mark != NONE:
        found = varied(scenario)
        figures[:2] = per_yuan(found[0]), over(found)
    words = (rests_on(name, keys, policy.values(), lang) for lang in ("en", "zh"))
    return (*head, *figures, "<br>".join(words))


def varied(scenario: hl.Scenario) -> list[float]:
    """Return the benefit per yuan at the defaults, then at other elasticities but another worth of services."""
    found = over_elasticities(scenario)
    return [float(one) for one in found[found["parameter"] != "service_worth"]["benefit_per_yuan"]]


def over(found: Sequence[float]) -> str:
    """Write the range of a benefit per yuan over the elasticities."""
    known = [one for one in found if not math.isnan(one)]
    return f"{per_yuan(min(known))} to {per_yuan(max(known))}" if known else NOTHING


def evens(none: Sequence[float], whole: Sequence[float]) -> str:
    """Write where a yuan spent is a yuan gained, and the range over the elasticities: none where it is so nowhere."""
    found = [break_even(*pair) for pair in zip(none, whole, strict=True)]
    known = [one for one in found if not math.isnan(one)]
    if not known:
        return NOTHING
    most = per_yuan(max(known)) if len(known) == len(found) else "none"
    return f"{per_yuan(found[0])} ({per_yuan(min(known))} to {most})"


def page() -> str:
    """Return the page."""
    errors = table(("what was wrong 原有错误", "command 命令", "before 原来", "now 现在"), mended(), 2)
    heads = (
        "instrument 政策工具",
        "名称",
        "studies of it 研究",
        "mark of the ratio 比率的依据",
        "per yuan 每元效益",
        "over elasticities 随弹性",
        "omega 0 to 1 随 ω",
        "break-even omega, and over elasticities 保本 ω 及随弹性",
        "what it rests on 以什么为依据",
    )
    ratios = table(heads, [row_of(name) for name in schema.instruments() if name != schema.MEASUREMENT], 0)
    return f"""# Money and welfare (账目与福利)

`python tools/money_page.py` makes this page from `china-2020`. 本页由程序生成。
What the words mean: [glossary](glossary.md). 用语的含义见[用语](glossary.zh.md)。

## The laws (账目的法则)

- Real GDP is final spending at home and exports less imports, at constant prices (Fisher). A tax that all feel alike
  moves it by nothing. Rents of homes stand apart. Where iceberg costs fall, "goods no longer lost on the way" are in it
  and have a row of their own. Homes weigh .04 of a household's spending, which is little: five per cent more are
  worth 50 bn CNY here, and 111 bn by the rents of households' own dwellings ([parameters](parameters.md)).
  实际 GDP 按支出法、不变价计算（费雪指数）；人人负担相同的税不改变它，住房租金另计；冰山成本下降所省下的货物单列一行。
- A policy is held against the same money burned: charged by the same closure, to the same payers, on the same dates,
  and spent on goods that serve nobody. Useless works are worth 0, money handed back to those who pay is worth 1. What
  residents lose of a burned yuan is the marginal cost of public funds; outside 0.95 to 1.3 a run says so.
  政策与“把同样的钱白白花掉”相比：无用工程的每元效益为 0，把钱退还付款人为 1；白花一元居民损失多少，即公共资金边际成本。
- Households bear taxes and get transfers; rents of homes and land are their owners' wherever they live; income of
  capital belongs to firms and governments. A mover gains by wage, prices, homes, services and place, and by no share in
  local capital or rents. 税由居民负担，租金归原籍所有者，迁移者不分享迁入地的资本与租金。
- Two base years, `china-2000` and `china-2010`, know no accounts of households: rents go back to who stays at home, and
  who leaves gives his part up to his neighbours. A row of the bridge says how much. Gains there are counted on all
  income of places and rents of homes, which is more than GDP; the first screen says so. `china-2000` 与 `china-2010`
  没有居民账户：租金归留在原籍的人，离开者把自己的一份让给邻里，“从 GDP 到福利”中单列一行。
  得失按各地全部收入加住房租金计，大于 GDP。
- Equivalent variation counts a yuan as a yuan of own income. A bridge leads from real GDP to it and adds up by home,
  hukou, residence and sector. 等价变化按各人自己的收入计；从实际 GDP 到等价变化逐项相加，分毫不差。
- A yuan of services is worth omega to who gets it, between 0 and 1; nobody has estimated it, so every ratio that hangs
  on it is shown over the whole range. 一元公共服务值 ω 元（0 到 1），未有估计，凡依赖它的比率都列出全部范围。

The laws are tests: `tests/identities/test_money.py`, `tests/identities/test_services.py`. Accounts:
`hinterland data check {NAME}`.

## What was wrong, and what is said now (原有错误与现在的结果)

{errors}

## Benefit per yuan (每元效益)

Each instrument alone at its defaults, paid by its payers. The range over elasticities changes one at a time: kappa 1 to
3, kappa_in 1.5 to 5, rural efficiency 0.75 to 1, nu 0 to 0.08, access to services 0.3 to 0.7, that of capital 0.7 to 3,
theta 8, and households' income 1.3 times the survey's (the flow of funds has 1.36 times). No ratio is printed
that its evidence does not carry:
"{NOTHING}" stands where one thing that enters it is assumed, known from correlations or models alone, or outside the
model, or where no unit cost is known; where the worth of services alone is open, the range over omega stands and no
single number. The mark of the ratio is that of the farthest thing that enters (`policy/strength.py`); that of the
studies is of all that is known of the instrument, whether it enters or not.
各工具取默认值单独实施。“{NOTHING}”表示计入比率的某一项是假定、只有相关或模型依据、或在模型之外，或没有单位成本；只有公共服务的价值未定时，
给出随 ω 的范围而不给单一数值。“比率的依据”取计入各项中最弱的一项；“研究”指对该工具所知的一切，不论是否计入。

{ratios}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
