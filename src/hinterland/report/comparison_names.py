"""What the scenarios of a comparison are called: by their titles, and by letters where these leave no room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hinterland.names import columns, without_remark
from hinterland.scenario.edits import in_words_of
from hinterland.scenario.scenario import Scenario
from hinterland.texts import text

if TYPE_CHECKING:
    from hinterland.study.run import Result

LETTERS = "ABCDEF"  # scenarios of a comparison on a screen, where names would leave no room for numbers
FEW, LONG = 2, 36  # scenarios, and columns of a name, up to which they head a column by their names


def titles(found: Mapping[str, Result], lang: str) -> dict[str, str]:
    """Return label -> what a scenario is called: in English its label, in Chinese its title.

    Titles that several have stay whole, and those that are the same have their labels behind them.
    """
    if lang == "en":
        return {name: name for name in found}
    whole = {name: case.scenario.title.get(lang, name) for name, case in found.items()}
    short = {name: without_remark(title) or name for name, title in whole.items()}
    said = {name: title if [*short.values()].count(title) == 1 else whole[name] for name, title in short.items()}
    said |= {name: words for name, case in found.items() if (words := changed_title(case.scenario, said[name]))}
    alike = {name for name, title in said.items() if [*said.values()].count(title) > 1 and title != name}
    return {name: f"{title}（{name}）" if name in alike else title for name, title in said.items()}


def changed_title(scenario: Scenario, title: str) -> str:
    """Return the Chinese title of a changed scenario with what was changed in it; nothing of one that was not."""
    changes = in_words_of(scenario.name, scenario.policies, scenario.economy.regions, "zh")
    bare = title.removesuffix(text("edit.title", "zh"))
    return text("compare.changed", "zh", title=without_remark(bare) or bare, changes=changes) if changes else ""


def letters(called: Mapping[str, str]) -> dict[str, str]:
    """Return label -> letter where names would leave no room for all columns: of three or more, or of long ones."""
    if len(called) > 1 and (len(called) > FEW or max(map(columns, called.values())) > LONG):
        return dict(zip(called, LETTERS, strict=False))
    return {}


def key_of(called: Mapping[str, str]) -> str:
    """Return which letter stands for which scenario, in lines; nothing where names stand themselves."""
    return "".join(f"{letter}  {called[name]}\n" for name, letter in letters(called).items())
