"""First screens: forty lines, no line wider than the terminal, no number broken, one language, names that are taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from tests.telling import CHINESE

import hinterland as hl
from hinterland.names import columns
from hinterland.report import balance
from hinterland.report.answer import Answer
from hinterland.report.layout import drawn, fitted, laid_out, shortened
from hinterland.report.lines import tokens, wrapped
from hinterland.report.quantities import reading
from hinterland.report.run import report
from hinterland.report.sentences import costs, sure
from hinterland.report.sheet import make
from hinterland.texts import LANGUAGES

LINES = 40
LONGEST = ("guided_agglomeration", "state_and_market", "border_belt", "migration_2000_2005")
SCREENS = (
    "run dual_transfer",
    "run trade_2002_2007",
    "diagnose",
    "diagnose --facts",
    "compare dual_transfer western_development",
    "policies show hukou_reform",
    "policies show transport",
    "data show urbanization_rate",
    "data show parameters",
    "data check china-2020",
)
# Three words in a row are English: names of economies, keys that are typed as they stand, symbols and authors are not.
LATIN = re.compile(r"(?<![\w./-])[a-z]{3,}(?: [a-z]{2,}){2,}(?![\w/`-])")
BROKEN = re.compile(r"^\s*(?:\d{1,3}|[.,]\d+)\s*$", re.MULTILINE)  # a line that is the tail of a number

Screen = Callable[[str, int, str], str]


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, int, str], str]:
    return {}


@pytest.fixture(scope="module")
def balance_sheet() -> Callable[[str, str], Answer]:
    """The balance sheet of a base year, drawn up once a language, however wide the terminals are."""
    return cache(balance.balance_sheet)


@pytest.fixture
def screen(command, monkeypatch, kept, balance_sheet) -> Screen:
    monkeypatch.setattr(balance, "balance_sheet", balance_sheet)

    def shown(line: str, width: int, lang: str) -> str:
        if (line, width, lang) not in kept:
            monkeypatch.setenv("COLUMNS", str(width))
            code, out, _ = command(*line.split(), "--lang", lang)
            assert code == 0
            kept[line, width, lang] = out
        return kept[line, width, lang]

    return shown


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("line", SCREENS)
def test_a_first_screen_fits(screen: Screen, line: str, width: int, lang: str):
    """Forty lines at most, none wider than the terminal, and no line that is a piece of a number."""
    lines = screen(line, width, lang).rstrip("\n").split("\n")
    assert len(lines) <= LINES
    assert [row for row in lines if columns(row) > width] == []
    assert not BROKEN.search("\n".join(lines))


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("line", SCREENS)
def test_a_chinese_screen_is_in_chinese_and_an_english_one_in_english(screen: Screen, line: str):
    chinese = screen(line, 120, "zh")
    words = re.sub(r"^  hinterland .*$", "", chinese, flags=re.MULTILINE)  # a command is typed as it stands
    assert not LATIN.search(words.partition("主要来源")[0])  # titles of publications are in their own language
    english = screen(line, 120, "en")
    in_chinese = [row for row in english.split("\n") if CHINESE.search(row) and "source" not in row]
    assert in_chinese == []


@pytest.mark.parametrize("name", LONGEST)
def test_the_screens_with_most_to_say_have_forty_lines(name: str):
    result = hl.run(name)
    for lang in LANGUAGES:
        lines = laid_out(report(result, lang).parts(False, "", lang), 80)
        assert len(lines) <= LINES, (name, lang, len(lines))
        assert sum(row.startswith("- ") for row in lines) >= 5


def test_numbers_stay_whole_however_narrow_a_table_is():
    rows = [("Heilongjiang", "-1,234.5678", "+0.31 pp"), ("西藏", "99.44", "–")]
    table = make("A title", ["region", "real income (%)", "urban (pp)"], rows)
    for width in (26, 30, 40, 80):
        said = "\n".join(laid_out([table], width))
        for cell in ("-1,234.5678", "+0.31 pp", "99.44"):
            assert cell in said


def test_a_table_that_is_too_wide_is_cut_and_each_part_names_its_rows():
    heads = ["region", *(f"outcome number {place}" for place in range(9))]
    table = make("T", heads, [("Sichuan", *(f"{place}.5" for place in range(9)))])
    parts = fitted(table, 60)
    assert len(parts) > 1
    assert all("Sichuan" in "\n".join(drawn(part, 60)) for part in parts)
    assert sum(len(part.sheet.heads) - 1 for part in parts) == 9


def test_every_row_is_shown_or_counted_as_left_whatever_room_there_is():
    tables = [make("A", ["region", "value"], [(f"place {at}", f"{at}.0") for at in range(9)]) for _ in range(2)]
    for room in range(30):
        lines, left, _ = shortened(tables, 80, room)
        assert len(lines) <= room
        assert sum(row.startswith("place") for row in lines) + left == 18


def test_other_columns_of_a_table_stand_below_it_where_there_is_room_and_are_told_where_not():
    table = make("T", ["region", *"abcdefgh"], [(f"place {at}", *["1,234.56"] * 8) for at in range(3)])
    whole, cut = (shortened([table, "below"], 40, room) for room in (40, 8))
    assert not whole.cut
    assert "\n".join(whole.lines).count("1,234.56") == 24
    assert cut.cut
    assert cut.left == 0
    assert len(cut.lines) <= 8


def test_lines_break_between_words_and_chinese_letters_and_never_before_a_stop():
    words = "城镇化率提高 0.31 个百分点，至 64.2 %；就地转移者多 259 万人，（其中）西部最多。"
    for width in (20, 26, 31, 44):
        lines = wrapped(words, width)
        assert all(columns(row) <= width for row in lines)
        assert not any(row[0] in "，。；）" or row[-1] == "（" for row in lines)
        assert any("0.31 个百分点" in row for row in lines)
    assert "".join(tokens("a b，c")) == "a b，c"


def test_one_quantity_is_read_in_one_unit_in_either_language():
    """By hand: 99,145 bn are 99.1 trn and 99.15 万亿元; 351 bn are 3,510 亿元; 155.795 million are 15,580 万人."""
    cases = [
        ("bn CNY", 99145.3, "99.1 trn CNY", "99.15 万亿元"),
        ("bn CNY", 351.0, "351.0 bn CNY", "3,510 亿元"),
        ("million", 155.7953, "155.8 million", "15,580 万人"),
        ("share", 0.638, "63.8 %", "63.8 %"),
        ("thousand yuan", 32.4497, "32,450 CNY", "32,450 元"),
        ("100m CNY", 1234567.0, "123.5 trn CNY", "123.46 万亿元"),
        ("10k persons", 12345.0, "123.45 million", "12,345 万人"),
    ]
    for unit, value, english, chinese in cases:
        assert reading(unit, "en", value).figure(value) == english
        assert reading(unit, "zh", value).figure(value) == chinese


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("table", ["gains", "谁受益", "budget", "预算", "求解凭证", "certificate", "channels"])
def test_one_table_is_asked_for_by_its_name_in_either_language(command, table: str):
    code, out, err = command("run", "--table", table)
    assert (code, err) == (0, "")
    assert len(out) > 100


@pytest.mark.usefixtures("solved_once")
def test_a_table_that_is_not_there_is_told_with_those_that_are(command):
    for lang, word in (("en", "gains"), ("zh", "谁受益")):
        code, out, err = command("run", "--table", "谁受损了吗", "--lang", lang)
        assert (code, out) == (2, "")
        assert word in err


@pytest.mark.usefixtures("solved_once")
def test_a_province_and_a_grouping_are_shown_by_any_name(command):
    one, other = (command("run", "--province", name)[1] for name in ("四川", "510000"))
    assert one == other
    assert "Sichuan" in one
    assert "长三角" in command("run", "--by", "长三角", "--lang", "zh")[1]
    code, out, err = command("run", "--province", "Sichuna")
    assert (code, out) == (2, "")
    assert "Sichuan" in err


def test_the_shares_of_a_yearly_cost_are_of_what_is_charged_a_year():
    """What is paid once and what is paid yearly weigh otherwise at present value: who pays more may be another."""
    policies = [
        hl.policies.Talent(to=["Henan"], start=2026),
        hl.policies.HukouReform(to=["East"], cut=0.1),
    ]
    result = hl.run(hl.Scenario("china-2020", policies, closure="national_tax"))
    parts = [result.budget.groupby("payer")[of].sum() for of in ("charged", "present")]
    charged, present = (100 * part / part.sum() for part in parts)
    said = costs(result, "en")
    assert abs(charged["centre"] - present["centre"]) > 1
    assert f"centre {charged['centre']:.0f} %" in said


def test_a_measured_transfer_rests_on_what_was_measured():
    measured = hl.policies.MeasuredChange(series="western_transfers_2000_2009")
    assert "on changes measured in data for 1" in sure(hl.run(hl.Scenario("china-2000", [measured])), "en")


def test_works_without_effect_rest_on_no_number():
    nothing = hl.run(hl.Scenario("china-2020", [hl.policies.SmallTowns(cost=10.0)]))
    assert "on nothing but the money spent for 1" in sure(nothing, "en")
    assert "assumed" not in sure(nothing, "en")
