"""Bad input at the door of a world: place, value and remedy in the message, in both languages; no message untested."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.messages import teaches

import hinterland as hl
from hinterland import texts
from hinterland.calibrate.levels import invert

# People of hukou groups are their sizes; a number of people beside them has no place.
HUKOU_ONLY_PEOPLE = {
    "migration_share_gc": np.full((2, 2), 0.5),
    "group_size_g": [1.0, 1.0],
    "migration_elasticity": 1.5,
    "people_n": [1.0, 1.0],
}


SKEWED = np.array([[0.7, 0.3], [0.5, 0.5]])


def world(share: np.ndarray, theta: float = 4.0, added: object = (1.0, 1.0), **more: object) -> Callable[[], object]:
    return lambda: hl.World.build(share, added, theta, **more)


def two(**more: object) -> Callable[[], object]:
    """Two alike regions; `levers` are set on the world."""
    levers = more.pop("levers", {})
    return lambda: world(np.full((2, 2), 0.5), **more)().with_levers(**levers)


def groups(share: object, size: object = (1.0, 1.0), **more: object) -> Callable[[], object]:
    return two(migration_share_gc=share, group_size_g=size, migration_elasticity=1.5, **more)


CASES: dict[str, tuple[Callable[[], object], tuple[str, ...], tuple[str, ...]]] = {
    "a toll for those who come": (
        groups([[0.9, 0.1], [0.2, 0.8]], balance="solve", levers={"newcomer_cost_hat_gc": [[1.0, 1.0], [1.5, 1.0]]}),
        ("newcomer_cost_hat_gc", "r2 (1 / 2)", "1.5", "migration_cost_hat_gc"),
        ("newcomer_cost_hat_gc", "r2 (1 / 2)", "1.5", "migration_cost_hat_gc"),
    ),
    "a region that buys nothing": (
        world(np.array([[0.0, 0.0], [0.5, 0.5]])),
        ("trade_share_nij", "r1", "row without trade"),
        ("trade_share_nij", "r1", "没有贸易"),
    ),
    "shares in percent": (
        world(np.full((2, 2), 50.0)),
        ("trade_share_nij", "2 / 2", "100"),
        ("trade_share_nij", "2 / 2", "100"),
    ),
    "an elasticity of zero": (
        world(np.full((2, 2), 0.5), theta=0.0),
        ("trade_elasticity_j", "s1", "0"),
        ("trade_elasticity_j", "s1", "弹性"),
    ),
    "households that consume more than all do": (
        world(
            np.full((2, 2, 2), 0.5),
            added=[[1.0, 1.0], [1.0, 1.0]],
            final_share_nj=[[0.5, 0.5], [0.5, 0.5]],
            income_elasticity_j=[0.5, 1.5],
            substitution_elasticity=0.5,
            consumption_part_n=[0.6, 0.6],
            consumption_share_nj=[[0.5, 0.5], [0.9, 0.1]],
        ),
        ("r2 (1 / 2)", "households consume more", "Check the shares"),
        ("r2 (1 / 2)", "居民消费", "请核对"),
    ),
    "an empty region": (world(np.full((2, 2), 0.5), added=[1.0, 0.0]), ("r2", "Drop"), ("r2", "去掉")),
    "transfers that do not add up": (
        world(np.full((2, 2), 0.5), transfer_n=[1.0, 0.0]),
        ("transfers", "zero"),
        ("转移支付", "零"),
    ),
    "shares of cost that do not add up": (
        two(value_added_share_nj=np.full((2, 1), 0.5), input_share_nkj=np.full((2, 1, 1), 0.2)),
        ("value_added_share_nj", "2 / 2", "0.7", "Renormalise"),
        ("value_added_share_nj", "2 / 2", "0.7", "归一化"),
    ),
    "a misspelt array": (world(np.full((2, 2), 0.5), tarif_nij=[0.0]), ("tarif_nij", "tariff_nij"), ("tariff_nij",)),
    "an array of another shape": (
        world(np.full((2, 2), 0.5), tariff_nij=np.zeros((2, 2))),
        ("tariff_nij", "(2, 2, 1)", "(2, 2)"),
        ("tariff_nij", "(2, 2, 1)"),
    ),
    "a vector for shares": (world(np.ones(3)), ("trade_share_nij", "(3,)"), ("trade_share_nij", "(3,)")),
    "residences without their efficiency": (
        groups(np.full((2, 2), 0.5), town_r=[0.0, 1.0]),
        ("2 residences", "`efficiency_rj`", "ones"),
        ("2 处居住地", "`efficiency_rj`", "全为 1"),
    ),
    "an array of a block that is not complete": (
        two(capital_share_nj=np.full((2, 1), 0.3)),
        ("Capital", "capital_elasticity", "Give them"),
        ("Capital", "capital_elasticity", "一并给出"),
    ),
    "two choices for one slot": (
        two(zone_n=[1, 1], commuting_share_ni=np.full((2, 2), 0.25), commuting_elasticity=3.0),
        ("people", "FreeMobility + Commuting", "Drop one"),
        ("people", "FreeMobility + Commuting", "去掉其中一种"),
    ),
    "an array of a block that is off": (
        two(**HUKOU_ONLY_PEOPLE),
        ("people_n", "of no use", "Drop"),
        ("people_n", "没有用处", "去掉"),
    ),
    "a lever of a block that is off": (
        two(levers={"capacity_n": [1.0, 1.0]}),
        ("capacity_n", "ecology", "World.build"),
        ("capacity_n", "ecology", "World.build"),
    ),
    "substitution at its pole": (
        two(final_share_nj=np.ones((2, 1)), income_elasticity_j=[1.0], substitution_elasticity=1.0),
        ("substitution_elasticity", "found 1", "Cobb-Douglas", "0.99"),
        ("substitution_elasticity", "实际为 1", "柯布—道格拉斯", "0.99"),
    ),
    "factors that take everything": (
        two(structures_share_nj=[[0.2], [0.7]], capital_share_nj=np.full((2, 1), 0.3), capital_elasticity=1.0),
        ("r2", "1 / 2", "the largest is 1", "Leave a share"),
        ("r2", "1 / 2", "实际最大 1", "留出份额"),
    ),
    "taxes that take everything": (
        two(local_tax_n=[0.1, 0.5], central_tax_n=[0.1, 0.5]),
        ("r2", "1 / 2", "Divide by 100"),
        ("r2", "1 / 2", "除以 100"),
    ),
    "new taxes in percent": (
        two(local_tax_n=[0.1, 0.1], levers={"local_tax_n": [10.0, 0.1]}),
        ("r1", "1 / 2", "percent", "Divide by 100"),
        ("r1", "1 / 2", "除以 100"),
    ),
    "a group of which nobody stays": (
        groups([[0.0, 1.0], [0.5, 0.5]]),
        ("r1", "1 / 2", "Merge", "small share"),
        ("r1", "1 / 2", "并入", "小的份额"),
    ),
    "groups without as many sizes": (
        groups(np.full((2, 2), 0.5), size=[1.0]),
        ("group_size_g", "(2,)", "(1,)"),
        ("group_size_g", "(2,)", "(1,)"),
    ),
    "no room for everybody": (
        two(zone_n=[1, 1], people_n=[2.0, 1.0], capacity_n=[1.5, 1.0]),
        ("r1, r2", "carry 2.5", "hold 3", "Raise capacity_n"),
        ("r1, r2", "2.5", "3 人", "提高 capacity_n"),
    ),
    "a zone that is no number of a zone": (
        two(zone_n=[1, 2.5]),
        ("zone_n", "from 0 to 2", "r2", "one number"),
        ("zone_n", "0 到 2", "r2", "同一个号"),
    ),
    "a pool of capital beyond the regions": (
        two(capital_share_nj=np.full((2, 1), 0.3), capital_elasticity=1.0, capital_pool_n=[3, 1]),
        ("capital_pool_n", "from 0 to 2", "r1"),
        ("capital_pool_n", "0 到 2", "r1"),
    ),
    "people who move where factors do not": (
        two(zone_n=[1, 0], one_wage_n=[0, 0]),
        ("r1", "1 / 2", "set one_wage_n"),
        ("r1", "1 / 2", "令 one_wage_n 为 1"),
    ),
    "a negative tariff": (
        two(tariff_nij=-0.1 * np.ones((2, 2, 1))),
        ("tariff_nij", "r1, r2", "2 / 2", "-0.1"),
        ("tariff_nij", "r1, r2", "-0.1"),
    ),
    "a gap in a lever": (
        two(levers={"productivity_hat_nj": [[1.0], [np.nan]]}),
        ("levers.productivity_hat_nj", "r2", "nan", "gap"),
        ("levers.productivity_hat_nj", "r2", "缺值"),
    ),
    "owners that own more than all": (
        two(capital_share_nj=np.full((2, 1), 0.3), capital_elasticity=1.0, ownership_ni=np.ones((2, 2))),
        ("ownership_ni", "r1, r2", "Renormalise"),
        ("ownership_ni", "r1, r2", "归一化"),
    ),
    "a misspelt lever": (
        two(levers={"tarif_nij": 1.0}),
        ("tarif_nij", "tariff_nij", "Rename"),
        ("tarif_nij", "tariff_nij", "改名"),
    ),
    "no trade with oneself": (
        lambda: invert(hl.World.build(np.array([[0.0, 1.0], [0.5, 0.5]]), [1.0, 2.0], 4.0)),
        ("r1", "small share of own goods"),
        ("r1", "小的本地份额"),
    ),
    "no levels of people who choose at a cost": (
        lambda: invert(groups(np.full((2, 2), 0.5))()),
        ("HukouGroups", "World.build"),
        ("HukouGroups", "World.build"),
    ),
    "trade that does not balance": (
        world(SKEWED, regions=["A", "B"]),
        ("A (+20 %), B (-20 %) (2 / 2)", "0.0001", "balance='deficits'", "balance='trade'", "balance='solve'"),
        ("A (+20 %), B (-20 %) (2 / 2)", "0.0001", "deficits", "trade", "solve"),
    ),
    "trade that balances in one place of two": (
        world(np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1.0]]), added=[1.0, 1.1, 3.0], regions=["A", "B", "C"]),
        ("A (+5 %), B (-4.55 %) (2 / 3)",),
        ("A (+5 %), B (-4.55 %) (2 / 3)",),
    ),
    "a misspelt way to balance": (
        world(SKEWED, balance="deficit"),
        ("'deficits', 'trade', 'solve'; found 'deficit'", "Choose one"),
        ("实际为 'deficit'", "请选择其一"),
    ),
    "deficits of regions that buy alike": (
        world(np.full((2, 2), 0.5), added=[1.0, 2.0], balance="deficits", regions=["A", "B"]),
        ("A, B (2 / 2)", "buy nearly alike", "balance='trade'"),
        ("A, B (2 / 2)", "几乎相同", "请改用"),
    ),
    "deficits that leave nothing to spend": (
        world(np.array([[0.9, 0.1], [0.8, 0.2]]), added=[0.2, 0.8], balance="deficits", regions=["A", "B"]),
        ("A (1 / 2)", "something to spend", "check value added"),
        ("A (1 / 2)", "支出为正", "核对增加值"),
    ),
    "value added of regions that pay without trade": (
        world(np.eye(2), balance="trade", transfer_n=[0.3, -0.3], regions=["A", "B"]),
        ("B (", "do not trade with one another", "Check trade shares"),
        ("B (", "没有贸易", "请核对"),
    ),
    "a base year with a programme": (
        lambda: hl.solve(two(local_tax_n=[0.1, 0.1], levers={"programme_n": [0.02, 0.0]})()).as_base_year(),
        ("programme_n", "base year", "Leave it out"),
        ("programme_n", "基期", "请去掉"),
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_the_message_names_place_value_and_remedy_in_both_languages(name: str):
    error = teaches(*CASES[name])
    assert "{" not in error.text("en")
    assert error.exit_code == 2


def test_every_message_of_the_worlds_door_has_a_case():
    seen: set[str] = set()
    for call, _, _ in CASES.values():
        with pytest.raises(hl.HinterlandError) as caught:
            call()
        seen |= {problem.key for problem in caught.value.problems}
    known = {key for key in texts.table() if key.startswith("world.")}
    assert known - seen == set()
