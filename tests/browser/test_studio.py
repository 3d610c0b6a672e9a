"""The studio in a browser: a lever moves and the country answers; nothing else is asked, everybody can use it."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest

from hinterland.studio.api import VIEWS
from hinterland.texts import LANGUAGES, text

pytestmark = pytest.mark.slow

DESK, TABLET, PHONE, SMALL = (1280, 720), (820, 1180), (390, 844), (360, 740)
HALF = (640, 360)  # a desk at 200 %
LEVER = "in_place.access"
REFUSED = "Failed to load resource: the server responded with a status of 422"  # what a browser adds to our own words
CARDS = "[...document.querySelectorAll('#cards-headline dd b')]"
WHOLE = "HINTERLAND_STUDIO_ALL"  # set by .ci/run
everything = pytest.mark.skipif(not os.environ.get(WHOLE), reason=f"takes minutes: .ci/run sets {WHOLE}")
PATIENCE = 60_000  # milliseconds: a machine that is busy compiles for long


class Serving:
    """The studio in a thread of this process."""

    def __init__(self, port: int = 0) -> None:
        import uvicorn

        from hinterland.studio.app import build

        self.server = uvicorn.Server(uvicorn.Config(build(), host="127.0.0.1", port=port, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def studio() -> Iterator[Serving]:
    serving = Serving()
    yield serving
    serving.stop()


@pytest.fixture
def opened(browser, studio) -> Iterator[Any]:
    """Open the page; what went wrong, and what was asked of others, is kept beside it."""
    contexts = []

    def open_page(lang: str = "en", size: tuple[int, int] = DESK, theme: str = "light", fragment: str = "") -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.wrong = []
        page.on("console", lambda said: page.wrong.extend([said.text] * (said.type in ("error", "warning"))))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda asked: page.wrong.extend([asked.url] * (not asked.url.startswith(studio.address))))
        page.goto(f"{studio.address}?lang={lang}{fragment}")
        page.wait_for_selector("#view > *")
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(page: Any, script: str, arg: Any = None) -> None:
    """Wait until something holds: under the strict policy no page may be asked by a text that it evaluates itself."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(script, arg):
        assert time.monotonic() < deadline, script
        page.wait_for_timeout(30)


def slide(page: Any, name: str, value: float) -> None:
    """Move a slider as a hand does: held, then let go; wait for what it answers."""
    before = page.evaluate("location.hash")
    page.eval_on_selector(
        f"[id='{name}']",
        """(slider, value) => {
            slider.value = value;
            slider.dispatchEvent(new Event('input'));
            slider.dispatchEvent(new Event('change'));
        }""",
        value,
    )
    until(page, "before => location.hash !== before", arg=before)


def cards(page: Any) -> list[str]:
    return page.eval_on_selector_all("#cards-headline dd b", "all => all.map(one => one.textContent)")


def tiles(page: Any) -> list[str]:
    return page.eval_on_selector_all(".tiles button", "all => all.map(one => one.getAttribute('aria-label'))")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_and_asks_nobody_else(opened, lang: str):
    page = opened(lang)
    assert page.title() == text("studio.title", lang)
    assert len(cards(page)) == 6
    assert sum("0" <= label[-4] <= "9" or "%" in label or "." in label for label in tiles(page)) == 31
    assert page.locator("#guide").is_visible()
    assert page.wrong == []


def test_a_lever_moves_and_the_country_answers(opened):
    page = opened()
    first, drawn = cards(page), tiles(page)
    slide(page, LEVER, 90)
    assert cards(page) != first
    assert tiles(page) != drawn
    assert page.input_value(f"[id='{LEVER}-number']") == "90"
    assert page.wrong == []


def test_on_a_phone_the_answer_stands_on_the_first_screen_and_the_levers_open_above_it(opened):
    page = opened("zh", PHONE)
    page.click("#guide-off")
    seen = "() => document.querySelector('#cards-headline dl').getBoundingClientRect().bottom"
    assert page.evaluate(seen) < PHONE[1]
    assert page.locator("#preset").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.click("#levers-name")
    page.wait_for_selector("#preset")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.wrong == []


@pytest.mark.parametrize(("name", "wrong", "limit"), [(LEVER, "150", "100"), ("in_place.start", "1900", "2021")])
def test_a_number_out_of_range_is_told_with_the_range_and_whose_it_is(opened, name: str, wrong: str, limit: str):
    page = opened()
    page.eval_on_selector_all("#levers details", "all => all.forEach(one => (one.open = true))")
    before = page.evaluate("location.hash")
    page.fill(f"[id='{name}-number']", wrong)
    page.press(f"[id='{name}-number']", "Tab")
    said = page.inner_text(f".value:has([id='{name}']) small.wrong")
    assert limit in said
    assert "not taken" in said
    assert ("'hukou reform'" in said) == (name == LEVER)
    assert wrong in said
    assert page.input_value(f"[id='{name}-number']") == ("50" if name == LEVER else "")  # what holds
    assert page.evaluate("location.hash") == before


def test_half_a_year_and_no_number_are_refused_at_their_lever(opened):
    page = opened()
    page.eval_on_selector_all("#levers details", "all => all.forEach(one => (one.open = true))")
    page.fill("#horizon-number", "")
    page.press("#horizon-number", "Tab")
    assert text("studio.none", "en") in page.inner_text("#horizon-note.wrong")
    page.fill("#horizon-number", "2.5")
    page.press("#horizon-number", "Enter")
    assert text("studio.whole", "en") in page.inner_text("#horizon-note.wrong")
    assert page.input_value("#horizon-number") == page.input_value("#horizon") == "30"
    assert page.wrong == []


def test_a_place_has_one_chip_by_whichever_of_its_names_and_what_went_leaves_the_focus_beside(opened):
    page = opened()
    targets = "[id^='in_place.to-']"
    for name, count in (("Hebei", 3), ("\u6cb3\u5317", 3), ("130000", 3)):
        page.fill("[id='in_place.to']", name)
        page.press("[id='in_place.to']", "Enter")
        until(page, "([of, count]) => document.querySelectorAll(of).length === count", [targets, count])
        assert (text("studio.already", "en") in page.inner_text("#said")) == (name != "Hebei")
        assert page.input_value("[id='in_place.to']") == ""
    for place, left in ((2, "in_place.to-1"), (0, "in_place.to-0")):
        page.focus(f"[id='in_place.to-{place}']")
        page.keyboard.press("Enter")
        until(page, "id => document.activeElement.id === id", left)
        until(page, "([of, count]) => document.querySelectorAll(of).length === count", [targets, 2 if place else 1])
    assert page.wrong == []


def test_a_ready_scenario_that_the_keyboard_chose_keeps_the_focus(opened):
    page = opened()
    page.focus("#preset")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "preset"
    until(page, "!document.querySelector('#levers [inert]') && history.state.state.preset !== 'dual_transfer'")
    assert page.evaluate("document.activeElement.id") == "preset"
    assert page.wrong == []


def test_on_a_phone_words_of_charts_can_be_read_and_a_long_refusal_can_be_closed(opened):
    page = opened("en", PHONE)
    assert page.evaluate("(of => of.scrollWidth <= of.clientWidth)(document.getElementById('views'))")
    page.click("#guide-off")
    page.click("#open-urbanization")
    page.wait_for_selector("#chart-urbanization svg text")
    until(page, "document.querySelector('#chart-urbanization .chart').tabIndex === 0")
    sizes = "all => all.map(of => of.getBoundingClientRect().height).filter(Boolean)"
    assert min(page.eval_on_selector_all("#chart-urbanization svg text", sizes)) > 9
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.click("#levers-name")
    page.eval_on_selector_all("#levers details", "all => all.forEach(one => (one.open = true))")
    page.fill("[id='transport.line']", "Paris")
    page.press("[id='transport.line']", "Enter")
    page.wait_for_selector("#said.wrong")
    assert "cities.csv" not in page.inner_text("#said")
    assert page.evaluate("document.getElementById('strip').offsetHeight") < PHONE[1] / 8
    page.click("#said-off")
    assert page.inner_text("#said") == ""


def test_print_has_the_answer_without_the_levers_in_light_colours(opened):
    page = opened("en", theme="dark")
    page.emulate_media(media="print")
    hidden = ("#levers", "#tools", "#guide", "#view-stand", "#variable", "#undo")
    assert not any(page.locator(of).is_visible() for of in hidden)
    assert page.locator("#cards-headline").is_visible()
    assert page.locator("#tile-510000").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 39)"


@everything
def test_answers_are_painted_in_order_and_the_last_is_the_newest(opened):
    page = opened()
    numbers = []
    page.on("response", lambda got: numbers.append(got.json()["sequence"]) if got.url.endswith("/api/answer") else None)
    page.evaluate(
        """name => {
            const slider = document.getElementById(name);
            for (let value = 1; value <= 30; value += 1) setTimeout(() => {
                slider.value = value;
                slider.dispatchEvent(new Event(value === 30 ? 'change' : 'input'));
            }, 10 * value);
        }""",
        LEVER,
    )
    until(page, "history.state.state.scenario.policies.in_place.access === 0.3")
    page.wait_for_timeout(500)
    assert numbers == sorted(numbers)
    assert len(numbers) < 30  # one question at a time, and the newest state waits
    assert page.input_value(f"[id='{LEVER}-number']") == "30"


@everything
def test_policies_come_and_go_and_one_that_is_refused_can_be_mended(opened):
    page = opened()
    page.select_option("#instrument", "border_opening")
    page.click("#instrument-add")
    page.wait_for_selector("#policy-border_opening[open]")
    page.select_option("#instrument", "hukou_reform")  # begins where those of the scenario are not
    page.click("#instrument-add")
    page.wait_for_selector("#policy-hukou_reform[open]")
    place = page.evaluate("history.state.place")
    page.fill("[id='hukou_reform.to']", "Central")
    page.press("[id='hukou_reform.to']", "Enter")
    page.wait_for_selector("#said.wrong")
    assert "overlap" in page.inner_text("#said")
    assert page.evaluate("history.state.place") == place  # nothing to undo
    page.click("[id='hukou_reform.out']")
    page.wait_for_selector("#said:not(.wrong)")
    assert page.locator("#policy-hukou_reform").count() == 0
    page.click("[id='border_opening.ports-0']")
    until(page, "history.state.state.scenario.policies.border_opening.ports.length === 2")
    page.fill("[id='in_place.to']", "Hebei")
    page.press("[id='in_place.to']", "Enter")
    until(page, "history.state.state.scenario.policies.in_place.to.includes('Hebei')")
    assert all(of.startswith(REFUSED) for of in page.wrong)


@everything
def test_the_language_changes_and_the_focus_stays(opened):
    page = opened("zh")
    slide(page, LEVER, 70)
    page.focus("#lang")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.lang === 'en' && history.state.state.lang === 'en'")
    assert page.evaluate("document.activeElement.id") == "lang"
    assert page.input_value(f"[id='{LEVER}-number']") == "70"
    until(page, "!/[\\u4e00-\\u9fff]/.test(document.getElementById('view').innerText)")  # once the answer is there
    page.focus(f"[id='{LEVER}']")
    page.evaluate("document.getElementById('lang').click()")
    until(page, "document.documentElement.lang === 'zh-CN'")
    until(page, "name => document.activeElement.id === name", arg=LEVER)


@everything
def test_scenarios_stand_side_by_side(opened):
    page = opened()
    page.click("#view-compare")
    page.select_option("#pin", "northeast_revival")
    page.click("#pin-add")
    page.wait_for_selector("#chart-compare svg")
    page.click("#pin-own")
    until(page, "document.querySelectorAll('#pins-pins li').length === 3")
    page.click("#pin-1")
    until(page, "document.querySelectorAll('#pins-pins li').length === 2")
    page.select_option("#preset", "previous_round")  # of another base year than those beside it
    page.wait_for_selector("#said:not(.wrong)")
    until(page, "document.getElementById('pins-pins').textContent.includes('china-2020')")
    assert page.locator("#pin option").count() == 2
    assert page.locator("#chart-compare").count() == 0
    assert page.wrong == []


def test_the_link_is_the_whole_page(opened):
    page = opened()
    slide(page, LEVER, 80)
    page.select_option("#variable", "real_income")
    page.click("#tile-510000")
    page.wait_for_selector("#chart-place")
    page.click("#open-flows")
    page.wait_for_selector("#chart-flows svg")
    until(page, "history.state.state.opened.length === 1 && location.hash.length > 40")
    fragment = page.evaluate("location.hash")
    again = opened("en", fragment=fragment)
    again.wait_for_selector("#chart-flows svg")
    assert cards(again) == cards(page)
    assert tiles(again) == tiles(page)
    assert again.evaluate("location.hash") == fragment
    assert again.locator("#guide").is_hidden()
    assert again.wrong == []


@everything
def test_back_and_forward_undo_and_redo(opened):
    page = opened()
    states = [cards(page)]
    for value in (60, 70, 80):
        slide(page, LEVER, value)
        states.append(cards(page))
    shown = f"value => document.getElementById('{LEVER}-number').value === value"
    for way, value, at in (
        ("page", "70", 2),
        ("undo", "60", 1),
        ("keys", "50", 0),
        ("redo", "60", 1),
        ("forward", "70", 2),
    ):
        if way in ("undo", "redo"):
            page.click(f"#{way}")
        elif way == "keys":
            page.keyboard.press("Control+z")
        else:
            page.evaluate(f"history.{'back' if way == 'page' else 'forward'}()")
        until(page, shown, arg=value)
        wanted = states[at]
        until(page, f"wanted => {CARDS}.every((of, at) => of.textContent === wanted[at])", arg=wanted)
    assert page.wrong == []


@everything
def test_undo_inside_a_number_field_undoes_what_was_taken_and_what_is_typed(opened):
    page = opened()
    field = f"[id='{LEVER}-number']"
    before, first = page.input_value(field), cards(page)
    page.fill(field, "60")
    page.press(field, "Enter")
    until(page, "before => document.querySelector('#cards-headline dd b').textContent !== before", arg=first[0])
    page.press(field, "Control+z")
    until(page, f"before => document.getElementById('{LEVER}-number').value === before", arg=before)
    until(page, f"wanted => {CARDS}.every((of, at) => of.textContent === wanted[at])", arg=first)
    place = page.evaluate("history.state.place")
    page.press(field, "7")
    page.press(field, "Control+z")
    assert page.evaluate("history.state.place") == place
    assert page.wrong == []


def test_a_step_back_waits_for_what_is_being_answered(opened):
    page, held = opened(), []
    slide(page, LEVER, 60)
    place = page.evaluate("history.state.place")
    page.route("**/api/answer", lambda asked: held.append(asked))
    page.fill(f"[id='{LEVER}-number']", "70")
    page.press(f"[id='{LEVER}-number']", "Enter")
    page.focus("#undo")
    page.keyboard.press("Control+z")  # 70 is on its way: it is what is undone
    until(page, "words => document.getElementById('said').textContent === words", text("studio.coming", "en"))
    for request in held:
        request.continue_()
    held.clear()
    page.route("**/api/answer", lambda asked: asked.continue_())
    until(page, f"document.getElementById('{LEVER}-number').value === '60'")
    assert page.evaluate("history.state.place") == place
    page.click("#redo")
    until(page, f"document.getElementById('{LEVER}-number').value === '70'")
    assert page.wrong == []


@pytest.mark.parametrize(("status", "body"), [(429, '{"problems": ["too many ask"]}'), (502, "<html>"), (200, "{")])
def test_a_server_that_is_busy_or_fails_is_asked_again(opened, status: int, body: str):
    page, failed = opened(), []

    def fail_once(asked: Any) -> None:
        failed.append(asked)
        if len(failed) > 1:
            return asked.continue_()
        return asked.fulfill(status=status, content_type="application/json", body=body)

    page.route("**/api/answer", fail_once)
    slide(page, LEVER, 80)
    assert len(failed) > 1
    assert page.input_value(f"[id='{LEVER}-number']") == "80"


def test_a_refused_value_takes_no_later_one_with_it(opened):
    page, asked_of = opened(), []

    def refuse_once(asked: Any) -> None:
        asked_of.append(asked)
        if len(asked_of) == 1:
            return asked.fulfill(status=422, content_type="application/json", body='{"problems": ["no"]}')
        return asked.continue_()

    page.route("**/api/answer", refuse_once)
    page.evaluate(
        f"""() => {{
            const slider = document.getElementById('{LEVER}');
            for (const value of [85, 90]) {{ slider.value = value; slider.dispatchEvent(new Event('change')); }}
        }}"""
    )
    until(page, f"document.getElementById('{LEVER}-number').value === '90'")
    until(page, "document.getElementById('said').textContent === ''")
    assert page.input_value(f"[id='{LEVER}-number']") == "90"


@pytest.mark.parametrize(
    ("kind", "fragment"),
    [
        ("too_long", "#" + "A" * 9000),
        ("letters", "#abc<script>alert(1)</script>"),
        ("cut", "#AXic"),
        ("version", "#CXic"),
    ],
)
def test_a_bad_address_is_told_and_the_page_works(opened, kind: str, fragment: str):
    page = opened("en", fragment=fragment)
    page.wait_for_selector("#said.wrong")
    assert "it was not opened" in page.inner_text("#said")
    assert len(cards(page)) == 6
    assert all(of.startswith(REFUSED) for of in page.wrong)


@everything
def test_the_keyboard_reaches_everything_and_walks_the_map(opened):
    page = opened()
    page.focus("#tile-510000")
    for key, code in (
        ("ArrowRight", "500000"),
        ("ArrowUp", "610000"),
        ("ArrowLeft", "630000"),
        ("ArrowDown", "510000"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.code") == code
    page.keyboard.press("Enter")
    page.wait_for_selector("#tile-510000[aria-pressed=true]")
    assert page.locator(".tiles button[tabindex='0']").count() == 1
    page.focus(f"[id='{LEVER}']")
    before = cards(page)
    page.keyboard.press("ArrowRight")
    until(page, "before => document.querySelector('#cards-headline dd b').textContent !== before", arg=before[0])
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    assert {"skip", "view-stand", "undo", "lang", "preset", LEVER, "instrument", "variable", "open-flows"} <= reached


@everything
def test_arrow_keys_pass_through_what_can_be_added_and_the_focus_is_never_lost(opened):
    page = opened()
    policies = "Object.keys(history.state.state.scenario.policies)"
    before = page.evaluate(policies)
    page.focus("#instrument")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(policies) == before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, f"count => {policies}.length === count", len(before) + 1)
    page.focus("[id='in_place.out']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#policy-in_place", state="detached")
    assert page.evaluate("document.activeElement.id") == "levers-name"
    page.focus("#guide-off")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "guide-on"
    assert page.wrong == []


@everything
def test_files_are_taken_away(opened):
    page = opened()
    page.click("#open-again")
    page.wait_for_selector("#code-again pre")
    begins = {"scenario.yaml": b"name:", "map.png": b"\x89PNG", "map.svg": b"<svg", "map.csv": b"\xef\xbb\xbf"}
    begins |= {"results.csv": b"Model,Scenario", "tables.xlsx": b"PK", "report.html": b"<!DOCTYPE html>"}
    for name, start in begins.items():
        with page.expect_download() as waiting:
            page.click(f"#code-again a[href*='{name}']")
        assert waiting.value.suggested_filename == name
        with open(waiting.value.path(), "rb") as file:
            assert file.read(40).startswith(start), name


@everything
def test_the_years_play_without_the_network(opened):
    page = opened()
    page.click("#view-stand")
    page.wait_for_selector("#years-years .chart svg")
    page.wait_for_timeout(500)
    asked = []
    page.on("request", lambda of: asked.append(of.url))
    page.eval_on_selector("#year", "slider => { slider.value = 0; slider.dispatchEvent(new Event('input')); }")
    first = tiles(page)
    page.click("#play")
    page.wait_for_timeout(2000)
    assert page.inner_text("#years-years output") != "1978"
    assert tiles(page) != first
    assert asked == []
    page.click("#play")
    until(page, "history.state.state.year > 1978")
    assert page.wrong == []


@everything
def test_what_was_opened_is_closed_by_undo_and_what_is_open_is_of_the_scenario_that_is_shown(opened):
    page = opened()
    page.click("#open-flows")
    page.wait_for_selector("#chart-flows svg")
    slide(page, LEVER, 70)
    page.click("#open-industry")
    page.wait_for_selector("#chart-industry svg")
    page.click("#undo")
    until(page, "!document.querySelector('#chart-industry').open")
    assert page.evaluate("document.querySelector('#chart-flows').open")
    slide(page, LEVER, 100)
    page.click("#open-industry")
    until(page, "!document.querySelector('#chart-industry').classList.contains('old')")
    said = page.inner_text("#chart-industry > p")
    again = opened(fragment=page.evaluate("location.hash"))
    again.wait_for_selector("#chart-industry svg")
    assert again.inner_text("#chart-industry > p") == said
    assert page.wrong == again.wrong == []


@everything
def test_a_path_plays_on_the_map_and_its_year_is_in_the_address(opened):
    page = opened()
    page.click("#open-map_by_year")
    page.wait_for_selector("#years-map_by_year .tiles b:not(:empty)")
    assert page.inner_text("#years-map_by_year output") == "2050"
    last = page.inner_text("#years-map_by_year .tiles")
    page.wait_for_timeout(500)
    asked = []
    page.on("request", lambda of: asked.append(of.url))
    page.eval_on_selector("#year", "slider => { slider.value = 2; slider.dispatchEvent(new Event('input')); }")
    assert page.inner_text("#years-map_by_year output") == "2023"
    assert page.inner_text("#years-map_by_year .tiles") != last
    assert asked == []
    before = page.evaluate("location.hash")
    page.eval_on_selector("#year", "slider => slider.dispatchEvent(new Event('change'))")
    until(page, "before => location.hash !== before", before)
    until(page, "!document.querySelector('#years-map_by_year').classList.contains('old')")
    early = page.inner_text("#years-map_by_year .tiles")
    again = opened(fragment=page.evaluate("location.hash"))
    again.wait_for_selector("#years-map_by_year .tiles b:not(:empty)")
    assert again.inner_text("#years-map_by_year output") == "2023"
    assert again.inner_text("#years-map_by_year .tiles") == early
    page.click("#undo")
    until(page, "document.querySelector('#years-map_by_year output').textContent === '2050'")
    assert page.inner_text("#years-map_by_year .tiles") == last
    page.click("#redo")
    until(page, "document.querySelector('#years-map_by_year output').textContent === '2023'")
    assert page.wrong == again.wrong == []


SETTLED = {
    "stand": "#chart-panel svg",
    "happens": "#map-map",
    "compare": "#chart-compare svg",
    "assumptions": "#e-trade_elasticity",
}


@everything
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_on_any_view(opened, lang: str, theme: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened(lang, theme=theme)
    page.click("#tile-510000")
    page.wait_for_selector("#chart-place")
    page.click("#open-flows")
    page.wait_for_selector("#chart-flows svg")
    page.click("#open-again")
    page.wait_for_selector("#code-again pre")
    for view in ("happens", "compare", "assumptions", "stand"):
        page.click(f"#view-{view}")
        if view == "compare":
            page.wait_for_selector("#pin")
            page.select_option("#pin", "northeast_revival")
            page.click("#pin-add")
        page.wait_for_selector(SETTLED[view])
        page.eval_on_selector_all("details:not([class])", "all => all.forEach(one => (one.open = true))")
        found = axe.Axe().run(page).response["violations"]
        where = [(view, of["id"], node["html"][:160], node["any"][:1]) for of in found for node in of["nodes"][:4]]
        assert where == []
    assert page.wrong == []


@everything
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE, SMALL, HALF], ids=["desk", "tablet", "phone", "small", "200 %"])
def test_nothing_is_wider_than_the_screen(opened, size: tuple[int, int]):
    page = opened("en", size)
    for view in VIEWS:
        page.click(f"#view-{view}")
        page.wait_for_selector(f"#view-{view}[aria-current=page]")
        page.wait_for_timeout(600)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], view


@everything
def test_every_chart_has_a_table_behind_it_and_a_sentence(opened):
    page = opened()
    for name in ("years", "gains_by_year", "flows", "urbanization", "industry", "gains", "budget", "bridge", "range"):
        page.click(f"#open-{name}")
        page.wait_for_selector(f"#chart-{name} svg")
        assert page.get_attribute(f"#chart-{name} [role=img]", "aria-label")
        page.wait_for_selector(f"#chart-{name} table", state="attached")
    for name in ("instruments", "channels"):
        page.click(f"#open-{name}")
        page.wait_for_selector(f"#chart-{name} table")
    assert page.wrong == []


@everything
def test_words_in_pictures_are_read_on_their_ground_in_either_theme(opened):
    for theme, filtered in (("light", "none"), ("dark", "invert(0.9) hue-rotate(180deg)")):
        page = opened(theme=theme)
        page.click("#open-flows")
        page.wait_for_selector("#chart-flows svg")
        assert page.eval_on_selector("#chart-flows svg", "one => getComputedStyle(one).filter") == filtered
        inks = page.eval_on_selector_all("#chart-flows svg text", "all => all.map(one => one.getAttribute('fill'))")
        assert {ink for ink in inks if ink not in (None, "#ffffff")} <= {
            "#000000",
            "#222222",
            "#444444",
            "#555555",
            "#222",
        }


@everything
def test_the_guide_leads_in_four_steps(opened):
    page = opened()
    steps = []
    while page.locator("#guide").is_visible():
        steps.append(page.inner_text("#guide b"))
        assert page.locator(".pointed").count() == 1
        page.click("#guide-next")
    assert steps == ["1 / 4", "2 / 4", "3 / 4", "4 / 4"]


@everything
def test_an_empty_scenario_says_what_to_do(opened):
    page = opened()
    page.select_option("#preset", "")
    until(page, "words => document.getElementById('levers').textContent.includes(words)", text("studio.empty", "en"))
    assert not any(re.search("[1-9]", change) for change in cards(page))


@everything
def test_a_file_that_is_too_large_or_wrong_is_told(opened, tmp_path):
    page = opened()
    large = tmp_path / "large.geojson"
    large.write_bytes(b" " * (13 * 2**20))
    page.set_input_files("#file", large)
    until(page, "document.getElementById('said').textContent.includes('12 MB')")
    wrong = tmp_path / "own.yaml"
    wrong.write_text("policys: {}\n", encoding="utf-8")
    page.set_input_files("#file", wrong)
    until(page, "document.getElementById('said').textContent.includes('policies')")
    right = tmp_path / "right.yaml"
    right.write_text("policies:\n  a:\n    instrument: transport\n", encoding="utf-8")
    page.set_input_files("#file", right)
    page.wait_for_selector("#policy-a")


@everything
def test_polygons_of_ones_own_stay_and_follow_a_lever(opened, studio, tmp_path):
    features = []
    for code, column, row in json.load(urlopen(f"{studio.address}api/start"))["tiles"]:
        ring = [[80 + column + x, 50 - row + y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code}, "geometry": shape})
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    page = opened()
    page.set_input_files("#file", own)
    page.wait_for_selector("#chart-outlines svg")
    first = page.inner_text("#chart-outlines > p")
    slide(page, LEVER, 90)
    until(page, "first => document.querySelector('#chart-outlines > p').textContent !== first", first)
    assert page.locator("#view > *").first.get_attribute("id") == "chart-outlines"
    page.click("#view-stand")
    page.wait_for_selector("#chart-outlines", state="detached")


@everything
def test_an_answer_that_takes_long_is_told_to_be_coming(opened):
    page, held = opened(), []
    page.route("**/api/answer", lambda asked: held.append(asked))
    page.eval_on_selector(
        f"[id='{LEVER}']", "slider => { slider.value = 70; slider.dispatchEvent(new Event('change')); }"
    )
    until(page, "words => document.getElementById('said').textContent === words", text("studio.coming", "en"))
    for request in held:
        request.continue_()
    until(page, "document.getElementById('said').textContent === ''")
    assert page.wrong == []


@everything
def test_a_server_that_stops_is_told_and_the_state_is_kept(browser):
    serving = Serving()
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{serving.address}?lang=en")
    page.wait_for_selector("#view > *")
    first = cards(page)
    serving.stop()
    page.eval_on_selector(
        f"[id='{LEVER}']", "slider => { slider.value = 90; slider.dispatchEvent(new Event('change')); }"
    )
    page.wait_for_selector("#said.wrong")
    assert text("studio.gone", "en") == page.inner_text("#said")
    assert cards(page) == first
    again = Serving(serving.port)
    page.wait_for_selector("#said:not(.wrong)")
    assert json.loads(page.evaluate("JSON.stringify(history.state.state.scenario.policies.in_place.access)")) == 0.9
    assert cards(page) != first
    page.close()
    again.stop()
