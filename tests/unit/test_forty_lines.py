"""Every command's first screen has at most forty lines of eighty columns, its notes counted, and says what is left."""

from __future__ import annotations

import pytest

from hinterland.names import columns
from hinterland.report.layout import shortened
from hinterland.report.sheet import Sheet, make
from hinterland.texts import LANGUAGES, text

LINES, WIDTH = 40, 80
COMMANDS = (
    "run",
    "run --by province",
    "run --by 大区",
    "run --province 四川 --province 西部 --province 云南",
    "run --set talent.years=0.2 --set industry_transfer.gain=4% --set tax_incentive.eligible=0.2",
    "run --set talent.years=0 --out {folder}/run",
    "diagnose",
    "diagnose --facts",
    "diagnose --by province",
    "diagnose --by region",
    "diagnose --province 四川 --province 西藏",
    "compare dual_transfer western_development --by province",
    "compare dual_transfer western_development --out {folder}/table.csv",
    "policies list",
    "policies show hukou_reform",
    "policies show transport",
    "data list",
    "data show urbanization_rate",
    "data show groups",
    "data show china-2020",
    "data check china-2020",
    "scenarios list",
)


@pytest.mark.usefixtures("solved_once")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", COMMANDS)
def test_a_first_screen_and_its_notes_have_at_most_forty_lines(command, monkeypatch, tmp_path, line: str, lang: str):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    code, out, err = command(*line.format(folder=tmp_path).split(), "--lang", lang)
    assert code == 0
    lines = out.rstrip("\n").split("\n")
    notes = sum(-(-columns(row) // WIDTH) for row in err.rstrip("\n").split("\n")) if err else 0
    assert len(lines) + notes <= LINES
    assert [row for row in lines if columns(row) > WIDTH] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", ["data list", "diagnose --by province"])
def test_what_is_left_out_is_said_and_detail_shows_it(command, monkeypatch, line: str, lang: str):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    left = text("screen.left", lang, count="").split("：" if lang == "zh" else ":")[-1][-12:]
    assert left[-4:] in command(*line.split(), "--lang", lang)[1]
    _, whole, _ = command(*line.split(), "--detail", "--lang", lang)
    assert len(whole.splitlines()) > LINES
    assert left not in whole


def test_a_table_of_both_ends_is_shortened_in_its_middle_and_the_words_below_it_stay():
    sheet = make("T", ["place", "value"], [(f"place {at}", f"{at}.0") for at in range(6)])
    parts: list[str | Sheet] = ["above", Sheet(sheet.title, sheet.heads, sheet.rows, sheet.right, True), "below"]
    for room in range(6, 12):
        lines, left, _ = shortened(parts, WIDTH, room)
        shown = [row.split()[1] for row in lines if row.startswith("place ") and "value" not in row]
        assert lines[-1] == "below"
        assert len(shown) + left == 6
        assert len(shown) % 2 == 0
        half = len(shown) // 2
        assert shown == [*map(str, range(half)), *map(str, range(6 - half, 6))]
