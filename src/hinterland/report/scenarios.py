"""The ready scenarios and what a scenario file asks for; write a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hinterland import schema
from hinterland.data.regions import Regions
from hinterland.data.save import save_atomically
from hinterland.errors import DataError, Problem
from hinterland.names import CHINESE, without_remark
from hinterland.policy.costs import outlays_of
from hinterland.policy.policy import Outlay, Policy
from hinterland.report.answer import Answer
from hinterland.report.lines import wrapped
from hinterland.report.quantities import number, reading
from hinterland.report.sheet import Sheet, make
from hinterland.scenario import file as scenario_file
from hinterland.scenario.called import policy_names
from hinterland.scenario.listed import in_words
from hinterland.scenario.scenario import TEXTS, Scenario
from hinterland.scenario.schema import FILE, published
from hinterland.texts import name_in, text

WIDTH = 96  # columns of a line of comments


def listing(measured: bool, lang: str) -> Answer:
    """Return the ready scenarios, or the published changes: name, title, economy, number of policies."""
    found = [scenario_file.read(name) for name in scenario_file.presets(measured)]
    rows = [
        {
            "name": one.name,
            "title": one.title.get(lang, ""),
            "economy": one.economy.name,
            "policies": len(one.policies),
        }
        for one in found
    ]

    def tables() -> dict[str, Sheet]:
        heads = [text(f"column.{name}", lang) for name in ("name", "title", "economy", "policies")]
        title = text("table.measured" if measured else "table.scenarios", lang)
        return {"scenarios": make(title, heads, [[str(value) for value in row.values()] for row in rows], left=3)}

    return Answer(rows, tables)


def paragraphs(scenario: Scenario, lang: str) -> list[str]:
    """Return title and what the scenario represents, what of it is fact and what assumed, as lines of comments."""
    lines = [f"# {scenario.called(lang)}"]
    for key in TEXTS:
        words = scenario.texts.get(key, {}).get(lang, "").strip()
        if words:
            said = [part for line in words.splitlines() for part in wrapped(line.strip(), WIDTH)]
            lines += ["#", f"# {text(f'about.{key}', lang)}", *(f"# {line}" for line in said)]
    return lines


def sound(source: str) -> Scenario:
    """Return a scenario that can be run: an economy of one's own passes the model's own checks, balance among them."""
    scenario = scenario_file.read(source)
    if scenario.economy.path:
        from hinterland.world.of_economy import world_of

        world_of(scenario.economy)
    return scenario


def policy_lines(scenario: Scenario, lang: str) -> list[str]:
    """Return a line for each policy: label, instrument, size, target in words, outlay.

    Nothing is solved: where movers are paid for, they are those of base-year wages, and the line says so.
    """
    lines, said = [], doses(scenario, lang)
    for name, policy in scenario.policies.items():
        cost = outlay(outlays_of(policy, scenario.economy), lang)
        if policy.counts_movers and policy.cost is None:
            cost = text("outlay.base_wages", lang, cost=cost)
        words = (
            with_label(name, said[name], lang),
            *aims(policy, lang, scenario.economy.regions),
        )
        lines.append(text("check.and", lang).join((*words, cost)))
    return [f"  {line}" for line in lines or [text("report.no_policies", lang)]]


def with_label(label: str, dose: str, lang: str) -> str:
    """Return what a policy does behind its label; in Chinese its name does, unless the label is Chinese."""
    own = lang == "en" or CHINESE.search(label)
    return text("check.policy", lang, name=label, dose=dose) if own else dose


def reasons(scenario: Scenario, lang: str) -> list[str]:
    """Return each policy with its instrument, its size and the reason for it."""
    whys = {label: scenario.about.get(label, {}).get(lang, "") for label in scenario.policies}
    said = doses(scenario, lang).items()
    return [f"{text('check.policy', lang, name=label, dose=words)}  {whys[label]}".rstrip() for label, words in said]


def doses(scenario: Scenario, lang: str) -> dict[str, str]:
    """Return label -> what a policy is called and its size; the name alone where the size does nothing.

    In English the size goes by the name that is typed, in its unit; in Chinese by its title, as planners write it.
    """
    names = policy_names(scenario.policies, scenario.economy.regions, lang)
    found = {}
    for label, policy in scenario.policies.items():
        entry = schema.instruments()[policy.instrument]
        name = getattr(entry, lang) if lang == "en" or names[label] == label else names[label]
        value, idle = schema.values(policy.instrument)[entry.size], entry.size in policy.idle(scenario.economy)
        found[label] = str(name) if idle else text("check.dose", lang, instrument=name, **how_much(policy, value, lang))
    return found


def how_much(policy: Policy, value: schema.Value, lang: str) -> dict[str, str]:
    """Return what a value of a policy is called and how much it is, in words."""
    given = getattr(policy, value.name)
    if lang == "en":
        return {"name": value.name, "size": f"{given:,g} {reading(value.unit, lang).unit and value.unit}".strip()}
    of = reading(value.unit, lang, given)
    return {"name": without_remark(value.zh), "size": f"{of.factor * given:,.6g} {of.unit}".strip()}


def aims(policy: Policy, lang: str, regions: Regions) -> list[str]:
    """Return whom a policy is for and what else it chooses, in words."""
    found, size = [], schema.instruments()[policy.instrument].size
    for name, entry in schema.values(policy.instrument).items():
        given, called = getattr(policy, name), without_remark(entry.zh) if lang == "zh" else name
        if entry.kind in schema.LISTS and given:
            found.append(text("check.list", lang, name=called, given=in_words(given, entry.kind, lang, regions)))
        elif entry.kind == "choice":
            found.append(text("check.list", lang, name=called, given=name_in("choice", given, lang)))
        elif entry.kind == "number" and name != size and entry.given == 0 and given:  # a dose beside the first
            words = how_much(policy, entry, lang)
            found.append(text("check.choice", lang, name=words["name"], given=words["size"]))
    return found


def outlay(outlays: Sequence[Outlay], lang: str) -> str:
    """Return what is paid once and every year at the prices of the base year, or that no unit cost is known."""
    once, yearly = (sum(float(getattr(one, key).sum()) for one in outlays) for key in ("once_n", "yearly_n"))
    if not outlays:
        return text("payer.none", lang)
    of = reading("bn CNY", lang)
    amounts = [
        text(f"outlay.{key}", lang, amount=short(of.factor * amount), unit=of.unit)
        for key, amount in (("once", once), ("yearly", yearly))
        if amount
    ]
    return ", ".join(amounts) or text("outlay.none", lang)


def short(amount: float) -> str:
    """Write an amount to four digits, or to the unit where it has more."""
    return f"{amount:,.4g}" if abs(amount) < 1000 else number(amount, 0)


def write_new(content: str, out: Path, with_schema: bool) -> list[Path]:
    """Write a new scenario file and, where asked, the schema beside it; nothing that exists is touched."""
    beside = out.parent / FILE
    held = beside.read_text(encoding="utf-8") if with_schema and beside.is_file() else None
    taken = [path for path in (out, beside if with_schema and held != published() else None) if path and path.exists()]
    if taken:
        raise DataError(Problem("report.exists", {"place": path}) for path in taken)
    files = {out: content} | ({beside: published()} if with_schema and held is None else {})
    return [write(path, words) for path, words in files.items()]


def write(path: Path, words: str) -> Path:
    """Write a text to a new file."""
    return save_atomically(path, lambda file: file.write_text(words, encoding="utf-8"))
