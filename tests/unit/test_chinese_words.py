"""No English key stands alone in a Chinese message or table; money is read in 亿元, an elasticity has no unit."""

from __future__ import annotations

import re

import pytest

import hinterland as hl
from hinterland.errors import HinterlandError, hint, in_both
from hinterland.policy.values import by_key
from hinterland.report import comparison, diagnosis, holdings, instruments, scenarios
from hinterland.report.answer import Answer
from hinterland.scenario import edits, file
from hinterland.schema import instruments as known_instruments
from hinterland.schema import values

ALONE = re.compile(r"(?<![（`\w./-])[a-z]+(?:_[a-z]+)+(?![）`\w])")  # a key that no Chinese name stands before


def refused(call) -> str:
    with pytest.raises(HinterlandError) as error:
        call()
    return error.value.text("zh")


def test_lists_in_messages_are_of_chinese_names():
    preset = hl.read("dual_transfer")
    said = (
        refused(lambda: file.read("没有这个")),
        refused(lambda: comparison.read_source("没有这个")),
        refused(lambda: instruments.instrument("没有这个", "zh")),
        refused(lambda: preset.with_values({"没有.x": 1})),
        refused(lambda: preset.with_values({"talent.没有": 1})),
        refused(lambda: preset.with_values({"closure": "没有"})),
        refused(lambda: file.parse(b"policies: {a: {to: [West]}}", "a.yaml")),
        refused(lambda: file.parse("policies: {a: {instrument: 没有}}".encode(), "a.yaml")),
    )
    for words in said:
        assert ALONE.findall(words) == [], words


def test_a_value_out_of_range_is_told_with_its_unit_in_chinese():
    assert "单位：年" in refused(lambda: hl.read("dual_transfer").with_values({"talent.years": 9}))


def test_the_nearest_is_found_by_either_name_and_told_by_both():
    known = in_both({"hukou_reform": "户籍制度改革", "transport": "交通"})
    for said in ("户口制度", "hukuo_reform"):
        assert "户籍制度改革（hukou_reform）" in hint(said, known).text("zh")
        assert "'hukou_reform'" in hint(said, known).text("en")


@pytest.mark.parametrize("name", known_instruments())
def test_no_figure_of_an_instrument_is_read_in_billions_in_chinese(name: str):
    sheets: Answer = instruments.instrument(name, "zh")
    cells = [cell for sheet in sheets.tables().values() for row in sheet.rows for cell in row]
    assert not any(cell.startswith("十亿元") for cell in cells)
    assert "亿元/年" in cells  # that of the cost


@pytest.mark.parametrize(
    ("said", "bn"), [("50亿元", 5.0), ("50 亿元/年", 5.0), ("0.5万亿元", 500.0), ("５０亿", 5.0), ("5 bn", 5.0), (5, 5)]
)
def test_a_cost_may_name_its_unit(said: object, bn: float):
    entry = values("talent")["cost"]
    assert by_key(entry, edits.as_said(entry, said)) == pytest.approx(bn)
    scenario = hl.read("dual_transfer").with_values({"talent.cost": said})
    assert scenario.policies["talent"].cost == pytest.approx(bn)


def test_an_elasticity_has_no_unit():
    lines = scenarios.policy_lines(hl.read("cluster_led"), "zh")
    assert not any(re.search(r"\d 弹性", line) for line in lines)
    assert not any("elasticity" in line for line in scenarios.policy_lines(hl.read("cluster_led"), "en"))


def test_gaps_are_told_in_points_with_two_digits():
    rows = dict(
        row[:2]
        for row in diagnosis.dashboard("china-2020", None, diagnosis.Asked(), "present", "zh")
        .table("pattern", "zh")
        .rows
    )
    assert rows["东西部城镇化率差距（百分点）"] == "13.49"


def test_dimensions_are_told_in_chinese():
    cells = [row["dims"] for row in holdings.holding("china-2020", None, "en").rows]
    shown = holdings.holding("china-2020", None, "zh").tables()["holding"].rows
    assert len(cells) == len(shown)
    assert not any(re.search("[a-z]{2}", row[1]) for row in shown)
