"""Whom a policy is for: provinces, groups, and expressions such as `West and gdp_per_head < 0.6 * national`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from hinterland.arrays import FloatArray
from hinterland.data.regions import TOTAL, known_place
from hinterland.economy.content import kept
from hinterland.economy.economy import Economy
from hinterland.errors import Bilingual, PolicyError, Problem, hint, in_both, joined, several
from hinterland.names import meant
from hinterland.policy import expressions
from hinterland.policy.expressions import Arithmetic, Comparison, Joined, Name, Negated, Node, Number
from hinterland.policy.target_figures import UNITS, Figures, figures, is_relative, unit_of
from hinterland.texts import LANGUAGES, text, unit_name

BoolArray = NDArray[np.bool_]
NATIONAL = "national"  # the nation's value of the one indicator of a comparison
ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}
COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
LARGEST_SHARE = 1.5  # a share compared with more was meant in percent
MOST = 256  # targets whose regions are kept
SHOWN = 8  # places in a message that has no nearer one
SMALLEST_PERCENT = 1.0  # a percentage compared with a positive number up to this was meant as a share


def chosen_n(economy: Economy, names: Sequence[str], where: str) -> FloatArray:
    """Say for each domestic region of the economy whether the list chooses it.

    Parameters
    ----------
    names : places or expressions
        A place is a province (Chinese, English, code) or a group. The list is a union: its order does not matter.
    where : `instrument.value`
        Stands in messages.

    Returns
    -------
    (D,), 0 or 1

    Raises
    ------
    PolicyError
        With all problems of the list. An item that chooses nobody is one.
    """
    return _chosen_n(economy, names if isinstance(names, str) else tuple(map(str, names)), where)


@kept(MOST)
def _chosen_n(economy: Economy, names: Sequence[str], where: str) -> FloatArray:
    chosen_n: BoolArray = np.zeros(len(economy.domestic_codes), dtype=bool)
    problems = [] if names else [Problem("policy.places", {"where": where, "value": names})]
    for name in names:
        reading = Reading(economy, name, where)
        chosen_n |= reading.item_n()
        problems += reading.problems
    if problems:
        raise PolicyError(problems)
    return chosen_n.astype(float)


class Reading:
    """One item of a list read for one economy. Problems are collected; what has one reads as nobody, or as NaN."""

    def __init__(self, economy: Economy, text: str, where: str) -> None:
        self.economy, self.text, self.where = economy, text, where
        self.problems: list[Problem] = []
        self.nobody_n: BoolArray = np.zeros(len(economy.domestic_codes), dtype=bool)

    def item_n(self) -> BoolArray:
        """Return the provinces that the item means."""
        if not is_place(self.economy, self.text) and self.is_expression():
            return self.expression_n()
        chosen_n = self.place_n(self.text)
        if not (self.problems or chosen_n.any()):
            self.wrong("policy.target_empty", economy=self.economy.name)
        return chosen_n

    def is_expression(self) -> bool:
        """Whether an item that names no place is an expression, rather than a misspelt place."""
        known = indicator_of(self.text.strip()) in (*UNITS, NATIONAL)
        return known or len(self.text) > expressions.LONGEST or expressions.looks_like_expression(self.text)

    def expression_n(self) -> BoolArray:
        """Return the provinces for which the item, an expression, is true."""
        try:
            tree = expressions.parse(self.text, self.where)
        except PolicyError as error:
            self.problems += error.problems
            return self.nobody_n
        chosen_n = self.set_n(tree)
        if not (self.problems or chosen_n.any()):
            used = dict.fromkeys(
                key for name in expressions.names_in(tree) if (key := indicator_of(name.text)) in UNITS
            )
            ranges = joined((range_of(self.economy, name) for name in used), "; ")
            if used:
                self.wrong("policy.target_empty_range", economy=self.economy.name, ranges=ranges)
            else:
                self.wrong("policy.target_empty", economy=self.economy.name)
        return chosen_n

    def wrong(self, key: str, **values: object) -> None:
        """Note a problem, once."""
        problem = Problem(key, {"where": self.where, "text": self.text, **values})
        if problem not in self.problems:
            self.problems.append(problem)

    def place_n(self, name: str) -> BoolArray:
        """Return the regions of a place."""
        regions = self.economy.regions
        codes = regions.members(name, self.economy.year)
        chosen_n = np.isin(self.economy.domestic_codes, codes or ())
        if codes is None and known_place(name) == TOTAL:
            self.wrong("policy.total_row", value=name, all=regions.everywhere)
        elif codes is None and (unknown := regions.partly_known(name, self.economy.domestic_codes)) is not None:
            self.wrong("policy.partly_known", cause=unknown)
        elif codes is None and known_place(name) is not None:
            self.wrong("policy.not_covered", value=name, economy=self.economy.name)
        elif codes is None and (near := regions.near(name)):
            self.wrong("policy.unknown_place", value=name, near=near)
        elif codes is None:
            known = several([*map(regions.label, regions.shown), *map(regions.label, regions.by_group)][:SHOWN])
            self.wrong("policy.no_place_near", value=name, economy=self.economy.name, known=known)
        elif not chosen_n.any():
            self.wrong("policy.abroad", value=name, economy=self.economy.name)
        elif (unknown := regions.partly_known(name, self.economy.domestic_codes)) is not None:
            self.wrong("policy.partly_known", cause=unknown)
        return chosen_n

    def set_n(self, node: Node) -> BoolArray:
        """Return the provinces that a part of the expression means."""
        match node:
            case Comparison():
                return self.comparison_n(node)
            case Negated(of, _):
                return ~self.set_n(of)
            case Joined(word, parts, _):
                join = np.logical_and if word == "and" else np.logical_or
                return np.asarray(join.reduce([self.set_n(part) for part in parts]))
            case Name(name, _) if indicator_of(name) not in UNITS and name != NATIONAL:
                return self.place_n(name)
            case Number(digits, _) if is_place(self.economy, digits):
                return self.place_n(digits)
        self.wrong("policy.target_not_compared", position=node.at, found=self.piece(node))
        return self.nobody_n

    def comparison_n(self, node: Comparison) -> BoolArray:
        """Return the provinces for which a comparison is true."""
        before = len(self.problems)
        names = list(dict.fromkeys(indicator_of(name.text) for name in expressions.names_in(node)))
        used = [name for name in names if name in UNITS]
        found = {name: self.figures(name, node.at) for name in used}
        only = found[used[0]] if len(used) == 1 else None
        terms = [self.number(term, found, only) * self.hundredfold(term, used) for term in node.terms]
        if len(self.problems) == before:
            self.check_meaning(node, names, used)
            self.check_scale(node, terms)
        if len(self.problems) > before:
            return self.nobody_n
        pairs = zip(node.signs, terms, terms[1:], strict=False)
        return np.asarray(np.logical_and.reduce([COMPARE[sign](left, right) for sign, left, right in pairs]))

    def figures(self, name: str, at: int) -> Figures | None:
        """Return an indicator, or note that the economy has it not."""
        found = figures(self.economy, name)
        if found is None:
            known = ", ".join(other for other in UNITS if figures(self.economy, other) is not None)
            self.wrong(
                "policy.target_no_figures", position=at, value=name, economy=self.economy.name, known=known or "-"
            )
        return found

    def number(self, node: Node, found: dict[str, Figures | None], only: Figures | None) -> FloatArray:
        """Return the value of one side of a comparison, by province (D,) or one for all ()."""
        match node:
            case Number(digits, at):
                plain, percent, _ = digits.partition("%")
                return self.finite(np.asarray(float(plain) / (100 if percent else 1)), at)
            case Name(said, _) if (name := indicator_of(said)) in found:
                figure = found[name]
                return np.asarray(np.nan) if figure is None else figure.value_n
            case Name(said, _) if indicator_of(said) == NATIONAL:
                return np.asarray(np.nan if only is None else only.national)
            case Name(name, at) if not is_place(self.economy, name):
                known = several([in_its_unit(self.economy, other) for other in UNITS])
                near = hint(name, in_both({key: names[0] for key, names in titles().items()}), 0)
                self.wrong("policy.target_unknown_indicator", position=at, value=name, near=near, known=known)
            case Arithmetic(sign, left, right, at):
                sides = [self.number(side, found, only) for side in (left, right)]
                with np.errstate(all="ignore"):
                    value = np.asarray(ARITHMETIC[sign](*sides))
                return self.finite(value, at) if all(np.isfinite(side).all() for side in sides) else value
            case _:
                self.wrong("policy.target_not_a_number", position=node.at, found=self.piece(node))
        return np.asarray(np.nan)

    def hundredfold(self, term: Node, used: Sequence[str]) -> float:
        """Return how often a share in percent is counted where a percentage stands on the other side: 60 % is 60."""
        percent = isinstance(term, Number) and term.text.endswith("%")
        return 100.0 if percent and any(UNITS[name] == "%" for name in used) else 1.0

    def finite(self, value: FloatArray, at: int) -> FloatArray:
        """Return a value, after noting where it is infinite or undefined."""
        if not np.isfinite(value).all():
            self.wrong("policy.target_not_finite", position=at, found=self.text[at - 1 : at + 19])
        return value

    def check_meaning(self, node: Comparison, names: list[str], used: list[str]) -> None:
        """Note what a comparison leaves open: no indicator, whose `national`, a unit that the economy has not."""
        known = ", ".join(UNITS)
        if NATIONAL in names and len(used) != 1:
            self.wrong("policy.target_national", position=node.at, found=", ".join(used) or "-", known=known)
        elif not used:
            self.wrong("policy.target_no_indicator", position=node.at, known=known)
        elif NATIONAL not in names:
            for name in used:
                if is_relative(self.economy, name):
                    self.wrong("policy.target_relative", position=node.at, value=name, economy=self.economy.name)

    def check_scale(self, node: Comparison, terms: list[FloatArray]) -> None:
        """Note percent where a share is meant and a share where percent is."""
        for i, j in [(i, i + step) for i in range(len(terms)) for step in (-1, 1)]:
            name, constant = node.terms[i], 0 <= j < len(terms) and not list(expressions.names_in(node.terms[j]))
            if not (isinstance(name, Name) and constant):
                continue
            number, unit = float(terms[j]), UNITS.get(indicator_of(name.text))
            place = {"position": node.terms[j].at, "value": name.text, "found": f"{number:g}"}
            if unit == "share" and number > LARGEST_SHARE:
                self.wrong("policy.target_share", **place, right=f"{number / 100:g}")
            elif unit == "%" and 0 < number <= SMALLEST_PERCENT:
                self.wrong("policy.target_percent", **place, right=f"{number * 100:g}")

    def piece(self, node: Node) -> str:
        """Return the piece of the text that a message shows for a part of the expression."""
        return node.text if isinstance(node, Name | Number) else self.text[node.at - 1 : node.at + 19]


@cache
def titles() -> dict[str, tuple[str, ...]]:
    """Return indicator -> its names in both languages; of the nation's value too."""
    words = {key: [text(f"target.{key}", lang) for lang in LANGUAGES] for key in (*UNITS, NATIONAL)}
    return {key: tuple(one for of in names for one in of.split("|")) for key, names in words.items()}


def indicator_of(said: str) -> str:
    """Return the indicator, or the nation's value, that goes by a name; any other word as it is."""
    return meant(said, titles(), parts=False) or said


def in_its_unit(economy: Economy, name: str) -> Bilingual:
    """Return an indicator as messages list it, with its unit."""
    zh, unit = titles()[name][0], unit_of(economy, name)
    return Bilingual(f"{name} ({unit})", f"{zh}（{unit_name(unit, 'zh')}）")


def is_place(economy: Economy, name: str) -> bool:
    """Whether a text names a place, one that the economy has or another of China."""
    return economy.regions.members(name, economy.year) is not None or known_place(name) is not None


def range_of(economy: Economy, name: str) -> str:
    """Tell the least and the largest value of an indicator, with the provinces, and the nation's."""
    found = figures(economy, name)
    if found is None:
        return name
    ends = (int(found.value_n.argmin()), int(found.value_n.argmax()))
    low, high = (joined([formatted(found.value_n[n]), economy.regions.label(economy.domestic_codes[n])]) for n in ends)
    nation = f"{NATIONAL} {formatted(found.national)} [{unit_of(economy, name)}]"
    return joined([f"{name}: ", low, " – ", high, f", {nation}"], "")


def formatted(value: float) -> str:
    """Write a number for a message."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
