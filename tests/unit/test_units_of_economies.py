"""An economy is never known by its name: what it counts in, and in the prices of which year, it says itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.messages import teaches

import hinterland as hl
from hinterland.data import box, panel
from hinterland.data.units import RELATIVE
from hinterland.economy import accounts
from hinterland.economy import files as exchange
from hinterland.economy.units import Units
from hinterland.policy.costs import at_prices_of
from hinterland.report.exchange import build, take_in
from hinterland.study import apply, outcomes

WRITERS: dict[str, Callable[[hl.Economy, Path], Path]] = {
    "": exchange.export,
    ".nc": exchange.export_netcdf,
    ".npz": exchange.write_npz,
}


def renamed(economy: hl.Economy, folder: Path, form: str) -> hl.Economy:
    """Return a copy under another name, by way of a file."""
    return exchange.read(WRITERS[form](replace(economy, name="mine"), folder / f"mine{form}"))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", list(box.economies()))
def test_a_copy_under_another_name_counts_in_the_same_units(name: str, form: str, tmp_path: Path):
    economy = hl.load(name)
    copy = renamed(economy, tmp_path, form)
    assert copy.name == "mine"
    assert copy.units == economy.units
    assert accounts.currency(copy) == accounts.currency(economy)
    for lang in ("en", "zh"):
        assert copy.note(lang) == economy.note(lang) != economy.name
    state = outcomes.base_state(economy)
    ours, theirs = ({row["variable"]: row["unit"] for row in rows(of, state)} for of in (copy, economy))
    assert ours == theirs


def rows(economy: hl.Economy, state: outcomes.State) -> list[dict[str, object]]:
    figures = outcomes.national(economy, state)
    return outcomes.compared(economy, {}, figures, figures)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", ["china-2010", "china-2020"])
def test_a_priced_policy_writes_the_same_levers_whatever_the_name(
    name: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its cost in yuan becomes taxes and transfers in the economy's own currency: to the bit, asked for alone."""
    monkeypatch.setattr(apply, "_MOVERS", {})
    economy = hl.load(name)
    policy = hl.policies.HukouReform(to=["Sichuan", "Chongqing"], cut=0.3)
    ours, theirs = (hl.apply(hl.Scenario(of, [policy])).levers for of in (renamed(economy, tmp_path, form), economy))
    assert theirs.transfer_n is not None
    for lever in theirs._fields:
        np.testing.assert_array_equal(getattr(ours, lever), getattr(theirs, lever), err_msg=lever)


def test_a_base_year_that_was_built_again_says_what_it_counts_in(tmp_path: Path):
    """Also under a name without a year."""
    build("china-2020", tmp_path / "own.npz", "en")
    own, china = hl.load(tmp_path / "own.npz"), hl.load("china-2020")
    assert (own.name, own.year, own.units) == ("own", 2020, china.units)
    assert own.note("zh") == china.note("zh")


@pytest.mark.parametrize("name", list(box.economies()))
def test_the_arrays_of_the_box_say_what_its_list_says(name: str, tmp_path: Path):
    with box.arrays_file(name).open("rb") as stream:
        (tmp_path / "x.npz").write_bytes(stream.read())
    with np.load(tmp_path / "x.npz") as arrays:
        assert {key: str(arrays[key]) for key in box.HEAD} == {key: box.economies()[name][key] for key in box.HEAD}


def test_the_price_year_may_be_another_than_the_base_year():
    china = hl.load("china-2020")
    older = replace(china, units=replace(china.units, price_year=2010))
    assert at_prices_of(older, 1.0, 2010) == 1.0
    assert at_prices_of(older, 1.0, 2020) == pytest.approx(1 / at_prices_of(china, 1.0, 2010))


def test_a_file_of_an_older_version_counts_as_the_economy_of_the_box_that_it_copies_else_relative(tmp_path: Path):
    china, folder = hl.load("china-2020"), exchange.export(hl.load("china-2020"), tmp_path / "old")
    head = yaml.safe_load((folder / "economy.yaml").read_text(encoding="utf-8"))
    old = {key: value for key, value in head.items() if key not in box.HEAD or key == "year"}
    (folder / "economy.yaml").write_text(yaml.safe_dump(old, allow_unicode=True), encoding="utf-8")
    copy = exchange.read(folder)
    assert (copy.units, copy.notes) == (china.units, china.notes)
    (folder / "economy.yaml").write_text(yaml.safe_dump({**old, "name": "mine"}, allow_unicode=True), encoding="utf-8")
    renamed = exchange.read(folder)
    assert renamed.units == Units(RELATIVE, RELATIVE, RELATIVE, 2020)
    assert renamed.note("en") == "mine"


@pytest.mark.parametrize(("year", "taken"), [(2010, True), (1500, False), (2100, False)])
def test_a_price_year_is_one_that_the_index_of_prices_reaches(year: int, taken: bool, tmp_path: Path):
    folder = exchange.export(hl.load("china-2020"), tmp_path / "priced")
    head = (folder / "economy.yaml").read_text(encoding="utf-8").replace("price_year: 2020", f"price_year: {year}")
    head = head.replace("bn CNY of 2020", f"bn CNY of {year}")
    (folder / "economy.yaml").write_text(head, encoding="utf-8")
    if taken:
        assert exchange.read(folder).units.price_year == year
    else:
        teaches(lambda: exchange.read(folder), [str(year), "1992", "range"], [str(year), "1992"])


@pytest.mark.parametrize("name", ["income_unit", "output_unit", "currency", "price_year"])
def test_a_unit_that_is_not_told_is_said_to_be_missing(name: str, tmp_path: Path):
    folder = exchange.export(hl.load("china-2020"), tmp_path / "bare")
    head = yaml.safe_load((folder / "economy.yaml").read_text(encoding="utf-8"))
    del head[name]
    (folder / "economy.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    error = teaches(
        lambda: exchange.read(folder), [f"economy.yaml does not say its {name}"], [f"economy.yaml 没有写明 {name}"]
    )
    assert "None" not in error.text()


def test_an_empty_head_is_told(tmp_path: Path):
    folder = exchange.export(hl.load("china-2000"), tmp_path / "empty")
    (folder / "economy.yaml").write_text("", encoding="utf-8")
    teaches(lambda: exchange.read(folder), ["economy.yaml", "data export"], ["economy.yaml"])


def test_units_of_arrays_follow_the_economy(tmp_path: Path):
    """`units` in the head of the tables and the closing line of the import, under another name."""
    china = hl.load("china-2020")
    ours, theirs = (
        yaml.safe_load((exchange.export(of, tmp_path / of.name) / "economy.yaml").read_text(encoding="utf-8"))["units"]
        for of in (replace(china, name="mine"), china)
    )
    assert ours == theirs
    assert theirs["value_added_nj"] == "bn CNY"
    assert theirs["capital_nj"] == "bn CNY of 2020"
    assert "(bn CNY)" in take_in(tmp_path / "mine", tmp_path / "made", "en")
    published = exchange.export(hl.load("china-2000"), tmp_path / "published") / "economy.yaml"
    assert yaml.safe_load(published.read_text(encoding="utf-8"))["units"]["value_added_nj"] == "currency"


def test_units_that_nobody_knows_are_refused_in_python_too():
    china = hl.load("china-2020")
    with pytest.raises(hl.DataError, match="known units: relative, bn CNY; found 'bn USD'"):
        replace(china, units=replace(china.units, currency="bn USD"))


def test_money_that_is_known_up_to_its_scale_has_no_prices(tmp_path: Path):
    """Costs come in by the GDP of the base year: another price year would only change them."""
    china = hl.load("china-2000")
    words = ["price_year must be the base year 2000", "2010"]
    other = replace(china.units, price_year=2010)
    teaches(lambda: replace(china, units=other), ["china-2000", *words], ["price_year 必须等于基期年份 2000"])
    folder = exchange.export(china, tmp_path / "E")
    head = (folder / "economy.yaml").read_text(encoding="utf-8").replace("price_year: 2000", "price_year: 2010")
    (folder / "economy.yaml").write_text(head, encoding="utf-8")
    teaches(lambda: exchange.read(folder), ["economy.yaml", *words], ["economy.yaml", "2010"])


def test_a_price_year_beyond_the_index_is_refused_in_python_too():
    china = hl.load("china-2020")
    teaches(lambda: replace(china, units=replace(china.units, price_year=1500)), ["china-2020", "1500"], ["1500"])


def test_a_name_of_the_box_is_for_copies_of_that_economy(tmp_path: Path):
    """Before, it was written and refused when read, for arrays that it never had."""
    china = replace(hl.load("china-2020"), name="china-2000")
    for form, write in WRITERS.items():
        place = tmp_path / f"E{form}"
        words = ["china-2000", "ag, industry, services", "ag, nonag"]
        teaches(lambda write=write, place=place: write(china, place), [*words, "another `name`"], [*words, "另取名称"])
        assert not place.exists()
    folder = exchange.export(hl.load("china-2020"), tmp_path / "E")
    head = (folder / "economy.yaml").read_text(encoding="utf-8").replace("name: china-2020", "name: china-2010")
    (folder / "economy.yaml").write_text(head, encoding="utf-8")
    error = teaches(lambda: exchange.read(folder), ["the name china-2010", "another `name`"], ["另取名称"])
    assert [problem.key for problem in error.problems] == ["import.taken"]


def test_the_note_of_2000_says_how_far_the_paper_is_from_official_accounts(china):
    """Gains over income are over the paper's: in Guizhou it is less than two thirds of the official GDP."""
    added_n = china.arrays["value_added_nj"][: china.cells.regions].sum(axis=1) * accounts.currency(china)
    official_n = panel.series("gdp_rev4census", 2000).reindex(list(china.domestic_codes)).to_numpy() / 10
    times = dict(zip(china.domestic_codes, added_n / official_n, strict=True))
    assert added_n.sum() == pytest.approx(official_n.sum())
    least, most = min(times, key=times.get), max(times, key=times.get)
    for lang in ("zh", "en"):
        note = china.note(lang)
        for code in (least, most):
            assert china.regions.name(code, lang) in note
            assert f"{times[code]:.2f}".lstrip("0") in note
