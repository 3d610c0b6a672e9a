"""Write what is generated on the pages of the instruments, docs/policies/*.md, and their index.

    python tools/policy_pages.py

Every block between marks is written; the words outside are written by hand and left alone. Facts and evidence come from
the schema; an example is solved on china-2020.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import hinterland as hl
from hinterland import schema
from hinterland.data.prices import price_level, price_ratio
from hinterland.economy.economy import Economy
from hinterland.instruments import INSTRUMENTS
from hinterland.policy.costs import charged_n
from hinterland.policy.policy import Policy, changes_of
from hinterland.policy.strength import FAR, strength
from hinterland.policy.strength import grounds as grounds_of
from hinterland.report.instruments import about, grounds
from hinterland.study.apply import package
from hinterland.study.outcomes import base_state, change, national, state_of
from hinterland.study.worth import alone

PAGES = Path(__file__).parents[1] / "docs" / "policies"
NAMES = [name for name in schema.instruments() if name != schema.MEASUREMENT]  # a measurement is no instrument
ECONOMY, PRICES = "china-2020", 2020

WORDS = {
    "established": "established 有研究测得",
    "derived": "derived 由此推算",
    "assumed": "assumed 假定",
    "not_established": "not established 未见证据",
    "strong": "strong 强",
    "medium": "medium 中",
    "weak": "weak 弱",
    "none": "none: **no evidence** 无证据",
    "read": "read 读到",
    "abstract": "abstract only 只见摘要",
    "effect": "effect 效果",
    "unit_cost": "unit cost 单位成本",
    "payer": "payer 付款者",
    "parameter": "parameter 参数",
    "centre": "centre 中央",
    "province": "province 省",
    "firms": "firms 企业",
    "people": "people 个人",
}

# What is shown beside the defaults, where they say little: nothing is established, or one choice of several.
VARIANTS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "hukou_reform": ({"moves": "return_home"}, {"moves": "across"}),
    "industrial_base": ({"gain": 0.0},),
    "talent": ({"switching_cut": 0.2},),
    "transport": ({"mode": "road", "speed": 100},),
    "ecological_protection": ({"capacity": 0.95},),
    "ecological_migration": ({"land": "freed"},),
    "border_settlement": ({"amenity": 0.05},),
    "city_cluster": ({"cut": 0.03}, {"spillover": 0.02}),
    "small_towns": ({"cut": 0.2},),
    "land_quota": ({"giving": ()},),
    "fiscal_transfer": ({"use": "households"},),
    "township_merger": ({"cut": 0.1}, {"cut": -0.1}),
}

# Outcome: words, unit, what the change is multiplied by, finest digit shown.
MEASURES: Mapping[str, tuple[str, str, float, float]] = {
    "urbanization_rate": ("urbanization rate 城镇化率", "points 百分点", 1, 1e-4),
    "real_gdp": ("real GDP 实际 GDP", "%", 100, 1e-4),
    "welfare": ("welfare 福利", "%", 100, 1e-4),
    "east_west_gap": ("East/West gap 东西差距", "ratio 倍数", 1, 1e-5),
    "workers_from_elsewhere": ("workers from other provinces 外省劳动者", "%", 100, 1e-4),
}
COSTS: Mapping[str, tuple[str, str]] = {
    "charged": ("charged a year 年化成本", "bn CNY（10 亿元）"),
    "yearly": ("of it paid every year 其中逐年支付", "bn CNY（10 亿元）"),
    "once": ("paid once 一次性支出", "bn CNY（10 亿元）"),
}
DIGITS = 3


def plain(number: float) -> str:
    """Write a number without empty digits and with thousands told apart."""
    return f"{number:,.12g}"


def finest_digit(number: float, finest: float) -> float:
    """Return the unit of the last of three significant digits, never finer than `finest`."""
    return max(finest, 10.0 ** (math.floor(math.log10(abs(number))) - DIGITS + 1)) if number else finest


def rounded(number: float, finest: float, sign: bool = False) -> str:
    """Write a number to three significant digits; what is below half the finest digit is zero."""
    if abs(number) < finest / 2:
        return "0"
    unit = finest_digit(number, finest)
    told = round(number / unit) * unit
    unit = finest_digit(told, finest)
    return f"{told:{'+' if sign else ''},.{max(0, -math.floor(math.log10(unit) + 1e-9))}f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a Markdown table; columns whose number is in `right` hold figures."""
    rule = "|" + "|".join("---:" if number in right else "---" for number in range(len(heads))) + "|"
    lines = ["| " + " | ".join(cell.replace("|", "\\|").strip() for cell in row) + " |" for row in (heads, *rows)]
    return "\n".join([lines[0], rule, *lines[1:]])


def latin(words: str) -> str:
    """Turn BibTeX's accents and braces into letters."""
    marks = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303"}
    accent = re.compile(r"\{\\([\"'`^~])(\w)\}")
    return unicodedata.normalize("NFC", accent.sub(lambda m: m[2] + marks[m[1]], words)).translate(
        str.maketrans("", "", "{}")
    )


def cited(key: str) -> str:
    """Return author and year of a source; its title where no author is known."""
    if key == "hinterland":
        return "this project 本项目"
    entry = schema.sources()[key]
    year = entry.get("year", "no year 无年份")
    said = entry.get("author", "")
    if said.startswith("{"):
        return f"{latin(said)} ({year})"
    names = [latin(name).split(",")[0] for name in said.split(" and ")] if said else []
    if not names:
        return f'"{latin(entry["title"])}" ({year})'
    if len(names) > 3:
        return f"{names[0]} and others ({year})"
    return f"{' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)} ({year})"


def default_of(value: schema.Value) -> str:
    """Write the default of a value."""
    given = value.given
    if given is None or given == ():
        return "none 无"
    if isinstance(given, tuple):
        return ", ".join(given)
    return plain(given) if isinstance(given, int | float) else str(given)


def range_of(value: schema.Value) -> str:
    """Write what a value may be."""
    if value.known:
        return ", ".join(value.known)
    if value.kind in schema.LISTS:
        return {"places": "places 地区", "cities": "cities 城市", "ports": "ports 口岸"}[value.kind]
    return f"{plain(value.minimum)} to {plain(value.maximum)}"


def value_rows(name: str) -> list[tuple[str, ...]]:
    """Return a row for each of the instrument's own values."""
    return [
        (
            f"`{value.name}`" + (" (size 力度)" if value.name == schema.instruments()[name].size else ""),
            f"{value.en} · {value.zh}",
            value.unit,
            default_of(value),
            range_of(value),
            value.off,
            WORDS.get(value.status, ""),
            f"`{value.evidence}`" if value.evidence else "",
        )
        for value in schema.values(name).values()
        if value.instrument == name
    ]


def of(name: str) -> list[schema.Evidence]:
    """Return the rows of the evidence table for an instrument."""
    return [entry for entry in schema.evidence().values() if entry.instrument == name]


def cost_rows(name: str) -> list[tuple[str, ...]]:
    """Return every unit cost in yuan, as told and at the prices of 2020."""
    rows = []
    for entry in of(name):
        if entry.role != "unit_cost" or not entry.price_year or math.isnan(entry.value):
            continue
        year = int(entry.price_year)
        made = rounded(entry.value * price_ratio(year, PRICES), 1e-6) if year in price_level() else "– no deflator yet"
        rows.append((f"`{entry.id}`", plain(entry.value), entry.unit, entry.price_year, made))
    return rows


def payers_of(name: str) -> str:
    """Write who pays by default."""
    shares = schema.payers(name)
    told = [f"{WORDS[who]} {100 * share:.1f} %" for who, share in shares.items()]
    return ", ".join(told) if told else "nobody is named 未指定"


def facts(name: str) -> str:
    """Return the block of facts."""
    entry = schema.instruments()[name]
    levers = ", ".join(f"`{lever}`" for lever in entry.lever.split())
    rows = [
        ("instrument 工具", f"`{name}` · {entry.en} · {entry.zh}"),
        ("the source's words 原文", entry.words),
        ("what it does 作用", f"{entry.help_en}<br>{entry.help_zh}"),
        ("lever 杠杆", f"{levers} ([notation](../notation.md))"),
        ("cost rule 成本规则", f"{entry.cost_en}<br>{entry.cost_zh}"),
        ("who pays by default 默认付款者", payers_of(name)),
        ("studies 研究的强弱", WORDS[strength(name)] + (f"; {entry.note}" if entry.note else "")),
        ("a benefit per yuan rests on 每元效益的依据", "<br>".join(carrying(name, lang) for lang in ("en", "zh"))),
    ]
    if told_range := spread(name):
        rows.append(("over the range of that number alone 仅随该数的范围", told_range))
    heads = ("value 取值", "what it is 含义", "unit 单位", "default 默认", "range 范围", "neutral 无作用时")
    parts = [
        table(("", ""), rows),
        table((*heads, "status 性质", "evidence 依据"), value_rows(name)),
    ]
    if costs := cost_rows(name):
        said = f"at the prices of {PRICES} 按 {PRICES} 年价"
        parts.append(table(("unit cost 单位成本", "told 原值", "unit 单位", "prices of 价格年份", said), costs, (1, 4)))
    return "\n\n".join(parts)


def carrying(name: str, lang: str) -> str:
    """Say on what a benefit per yuan of the instrument rests, at its defaults."""
    return next(str(row["value_plain"]) for row in about(name, lang) if row["name"] == "rests_on")


def spread(name: str) -> str:
    """Say what the range of a number alone would give, where studies hold it and none of them carries a ratio."""
    policy = INSTRUMENTS[name]()
    found = grounds_of(policy, changes_of(policy, china()))
    rows = {one.key: schema.values(name).get(one.key) for one in found if one.why == "counted" and one.level == FAR}
    if len(rows) != 1 or len(found) != 1:
        return ""
    ((key, value),) = rows.items()
    row = schema.evidence()[value.evidence] if value else None
    if row is None or row.value != value.given or math.isnan(row.low + row.high):
        return ""
    ends = max(row.low, value.minimum), min(row.high, value.maximum)
    ratios = alone([hl.Scenario(china(), [replace(policy, **{key: end})]) for end in ends])
    low, high = (f"{ratio:.1f}" for ratio in ratios)
    over = f"{plain(ends[0])} to {plain(ends[1])}"
    return (
        f"`{key}` of {over} gives from about {low} to {high} yuan a yuan: no single number<br>"
        f"`{key}` 取 {over.replace(' to ', ' 到 ')}，每元效益约为 {low} 到 {high}：不给单一数值"
    )


def numbers_of(entry: schema.Evidence) -> str:
    """Write the value of a finding, its range, unit and prices."""
    ends = "" if math.isnan(entry.low) and math.isnan(entry.high) else f"{told(entry.low)} to {told(entry.high)}"
    if math.isnan(entry.value) and not ends:
        return "no number 无数值"
    value = ends if math.isnan(entry.value) else plain(entry.value) + (f" ({ends})" if ends else "")
    prices = f", prices of {entry.price_year} 年价" if entry.price_year else ""
    return f"{value} {entry.unit}{prices}"


def searched(entry: schema.Evidence) -> bool:
    """Whether a row says that a search found nothing: there is no source to have seen."""
    return entry.source == "hinterland" and entry.status == "not_established"


def told(number: float) -> str:
    """Write one end of a range; a dash where it is open."""
    return "–" if math.isnan(number) else plain(number)


def evidence(name: str) -> str:
    """Return the block of evidence: every row of the table for the instrument."""
    rows = [
        (
            f"`{entry.id}`",
            WORDS[entry.role],
            numbers_of(entry),
            WORDS[entry.status],
            "" if searched(entry) else WORDS[entry.seen],
            "<br>".join(filter(None, (grounds(entry, lang) for lang in ("en", "zh")))),
            cited(entry.source),
            f"{entry.en}<br>{entry.zh}",
        )
        for entry in of(name)
    ]
    heads = (
        "id",
        "role 用途",
        "value 数值",
        "status 性质",
        "seen 所见",
        "grounds 依据",
        "source 来源",
        "what it says 内容",
    )
    return table(heads, rows)


@cache
def china() -> Economy:
    """Return the economy of the examples."""
    return hl.load(ECONOMY)


@cache
def before() -> Mapping[str, float]:
    """Return the nation in the base year."""
    return national(china(), base_state(china()))


def scenario(name: str) -> hl.Scenario:
    """Return the instrument alone at its defaults."""
    entry = schema.instruments()[name]
    return hl.Scenario(china(), {name: INSTRUMENTS[name]()}, name, {"en": entry.en, "zh": entry.zh})


def outcome(given: hl.Scenario) -> dict[str, float]:
    """Return the changes of the nation in the units shown, and the costs."""
    solved = hl.solve(hl.apply(given))
    assert solved.certificate.passed, given.name
    after = national(china(), state_of(solved))
    made = {key: factor * change(key, before()[key], after[key]) for key, (_, _, factor, _) in MEASURES.items()}
    outlays = [outlay for outlays in package(given).outlays.values() for outlay in outlays]
    return made | {
        "charged": math.fsum(float(charged_n(one, given.discount, given.horizon).sum()) for one in outlays),
        "yearly": math.fsum(float(one.yearly_n.sum()) for one in outlays),
        "once": math.fsum(float(one.once_n.sum()) for one in outlays),
    }


def cases(name: str) -> dict[str, hl.Scenario]:
    """Return what an example shows: the defaults, the same with nothing charged, and variants."""
    first = scenario(name)
    policy: Policy = first.policies[name]
    found = {"defaults 默认": first}
    if package(first).outlays[name]:
        found["defaults, nothing charged 默认，不计成本"] = first.replace(closure="none")
    for changed in VARIANTS.get(name, ()):
        words = ", ".join(
            f"{key}: {'[' + ', '.join(value) + ']' if isinstance(value, tuple) else value}"
            for key, value in changed.items()
        )
        found[f"`{words}`"] = first.replace(policies={name: replace(policy, **changed)})
    return found


def shown(made: Mapping[str, float]) -> dict[str, str]:
    """Write an outcome to three digits."""
    changes = {key: rounded(made[key], finest, sign=True) for key, (_, _, _, finest) in MEASURES.items()}
    return changes | {key: rounded(made[key], 1e-3) for key in COSTS}


def results(name: str) -> str:
    """Return the table of an example's results."""
    columns = {label: shown(outcome(given)) for label, given in cases(name).items()}
    words = {key: (said, unit) for key, (said, unit, _, _) in MEASURES.items()} | dict(COSTS)
    rows = [(said, unit, *(column[key] for column in columns.values())) for key, (said, unit) in words.items()]
    return table(("change 变化", "unit 单位", *columns), rows, range(2, 2 + len(columns)))


def example(name: str) -> str:
    """Return the block of the example: the file, the command, the result."""
    return "\n\n".join(
        (
            f"```yaml\n{scenario(name).to_yaml()}```",
            f"```\nhinterland run {name}.yaml\n```",
            results(name),
        )
    )


def index() -> str:
    """Return the table of all instruments."""
    rows = []
    for name in NAMES:
        entry = schema.instruments()[name]
        size = schema.values(name)[entry.size]
        rows.append(
            (
                f"[{entry.en}]({name}.md)",
                entry.zh,
                "<br>".join(f"`{lever}`" for lever in entry.lever.split()),
                f"`{size.name}` {default_of(size)} ({range_of(size)}) {size.unit}",
                WORDS.get(size.status, ""),
                f"{entry.cost_en}<br>{entry.cost_zh}",
                payers_of(name),
                WORDS[strength(name)],
            )
        )
    heads = ("instrument", "工具", "lever 杠杆", "size 力度", "status 性质", "cost rule 成本规则", "payers 付款者")
    return table((*heads, "evidence 证据"), rows)


MAKERS = {"facts": facts, "evidence": evidence, "example": example}


def between(page: str, block: str) -> tuple[str, str, str]:
    """Cut a page in what stands before, between and after the marks of a block."""
    head, opening, rest = page.partition(f"<!-- {block} -->\n")
    inside, closing, tail = rest.partition(f"<!-- /{block} -->")
    if not (opening and closing):
        raise SystemExit(f"no <!-- {block} --> ... <!-- /{block} --> on a page of docs/policies")
    return head + opening, inside, closing + tail


def filled(page: str, block: str, made: str) -> str:
    """Return the page with a block replaced."""
    head, _, tail = between(page, block)
    return f"{head}{made}\n{tail}"


def page(name: str) -> str:
    """Return the page of an instrument with its blocks made anew."""
    made = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    for block, make in MAKERS.items():
        made = filled(made, block, make(name))
    return made


def readme() -> str:
    """Return the page of all instruments with its table made anew."""
    return filled((PAGES / "README.md").read_text(encoding="utf-8"), "index", index())


def main() -> None:
    """Make, write."""
    for name in NAMES:
        (PAGES / f"{name}.md").write_text(page(name), encoding="utf-8")
    (PAGES / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
