"""The report in a browser: no error, no request, readable without scripts, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hinterland.texts import LANGUAGES

pytestmark = pytest.mark.slow

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def reports(dual_transfer, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    return {lang: dual_transfer.report(folder / f"{lang}.html", lang=lang) for lang in LANGUAGES}


@pytest.fixture
def opened(browser, reports) -> Iterator[Any]:
    """Open a report, on a screen of some size, with scripts or without; what went wrong is kept beside the page."""
    contexts = []

    def open_report(lang: str, size: dict[str, int], scripts: bool = False) -> tuple[Any, list[str]]:
        context = browser.new_context(viewport=size, java_script_enabled=scripts, offline=True)
        contexts.append(context)
        page, wrong = context.new_page(), []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(request.url))
        page.on("request", lambda request: wrong.extend([request.url] * (not request.url.startswith("file:"))))
        page.goto(reports[lang].as_uri())
        return page, wrong

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_without_errors_or_requests(opened, lang: str):
    page, wrong = opened(lang, DESK, scripts=True)
    assert page.locator("h1").is_visible()
    assert page.locator("h1").inner_text() == page.title()
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_read_without_scripts(opened, lang: str):
    page, wrong = opened(lang, DESK)
    assert page.locator("section").count() == 16
    assert all(page.locator(f"section:nth-of-type({place}) h2").is_visible() for place in range(1, 17))
    assert all(one.is_visible() for one in page.locator("figure svg").all())
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_screen(opened, lang: str, size: dict[str, int]):
    page, _ = opened(lang, size, scripts=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    breaking = "all => all.map(one => getComputedStyle(one).whiteSpace)"
    assert set(page.eval_on_selector_all("td.number", breaking)) == {"nowrap"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_prints_on_a4_with_no_table_cut(opened, lang: str):
    page, _ = opened(lang, {"width": 680, "height": 960}, scripts=True)  # the width between the margins of A4
    page.emulate_media(media="print")
    widths = page.eval_on_selector_all("table, figure svg", "all => all.map(one => one.getBoundingClientRect().right)")
    assert max(widths) <= 681
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert 8 <= paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 40
