"""A scenario file in the words that are printed: Chinese keys, instruments, places, choices, payers and percents."""

import pytest

from hinterland.errors import PolicyError
from hinterland.scenario import file
from hinterland.scenario.edits import printed
from hinterland.schema import instruments, values

IN_CHINESE = """
方案名称: 试点
经济体: 中国 2020
closure: 举债
horizon: ３０
discount: 8%
政策:
  户籍:
    政策工具: 户籍制度改革
    目标地区: 西部、长三角
    哪一种迁移: 返乡
    补足的公共服务享有程度: ５０％
    cost: 1
    payer: {中央: 60%, 省: 0.4}
"""
IN_KEYS = """
name: 试点
economy: china-2020
closure: debt
horizon: 30
discount: 0.08
policies:
  户籍:
    instrument: hukou_reform
    to: [西部, 长三角]
    moves: return_home
    access: 0.5
    cost: 1
    payer: {centre: 0.6, province: 0.4}
"""
ONE = "economy: china-2020\npolicies:\n  one:\n    instrument: {instrument}\n    {value}\n"


def test_a_file_in_chinese_is_the_same_as_one_in_keys():
    in_chinese, in_keys = (file.parse(words.encode(), "of_a_planner.yaml") for words in (IN_CHINESE, IN_KEYS))
    assert in_chinese.to_mapping() == in_keys.to_mapping()


@pytest.mark.parametrize("name", instruments())
def test_every_instrument_and_value_is_taken_by_its_printed_name(name):
    """The file that the template writes, in which each key of a policy stands as tables print it."""
    said = file.policy_said(
        {"政策工具": instruments()[name].zh} | {printed(name, of, "zh"): None for of in values(name)}
    )
    assert said == {"instrument": name, **dict.fromkeys(values(name))}


@pytest.mark.parametrize("said", ["3%", "３％", "3 %", "0.03", "０.０３", "'3%'"])
def test_a_share_is_taken_in_percent_and_in_wide_digits(said):
    scenario = file.parse(ONE.format(instrument="industrial_base", value=f"gain: {said}").encode(), "a.yaml")
    assert scenario.policies["one"].gain == pytest.approx(0.03)


def test_percent_of_what_is_no_share_is_refused():
    with pytest.raises(PolicyError, match="50%"):
        file.parse(ONE.format(instrument="talent", value="years: 50%").encode(), "a.yaml")


def test_two_names_of_one_key_are_not_taken_for_one():
    with pytest.raises(PolicyError, match="目标地区"):
        file.parse(ONE.format(instrument="talent", value="to: [West]\n    目标地区: [East]").encode(), "a.yaml")


@pytest.mark.parametrize(
    ("content", "line", "remedy"),
    [
        (ONE.format(instrument="talent", value="to: [West]").replace("    to", "\tto").encode(), 5, "空格"),
        (ONE.format(instrument="talent", value="to: [西部]").encode("gbk"), 5, "GBK"),
        (ONE.format(instrument="talent", value="to: [西部]").encode("utf-16"), 1, "UTF-16"),
    ],
)
def test_tabs_and_other_encodings_are_told_with_line_and_remedy(content, line, remedy):
    with pytest.raises(PolicyError) as refused:
        file.parse(content, "a.yaml")
    assert len(refused.value.problems) == 1
    told = refused.value.text("zh")
    assert f"第 {line} 行" in told
    assert remedy in told
    assert f"line {line}" in refused.value.text("en")


def test_what_is_no_text_at_all_is_called_so():
    with pytest.raises(PolicyError, match="spreadsheet"):
        file.parse(b"PK\x03\x04\xff\xfe\x00", "a.yaml")
