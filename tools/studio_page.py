"""Take pictures of every view of the studio in both languages: docs/figures/studio_VIEW_LANG.png; one dark, one small.

    python tools/studio_page.py

The studio runs in this process; Debian's chromium shows it.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from hinterland.report.charts.render import packed
from hinterland.texts import LANGUAGES

FIGURES = Path(__file__).parents[1] / "docs" / "figures"
CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = {"width": 1280, "height": 720}, {"width": 360, "height": 740}
VIEWS = ("happens", "stand", "compare", "assumptions")
SHOWN = {
    "happens": "#map-map",
    "stand": "#years-years .chart svg",
    "compare": "#chart-compare svg",
    "assumptions": "#e-trade_elasticity",
}


def names() -> list[str]:
    """Return the names of all pictures."""
    return [f"studio_{what}_{lang}.png" for lang in LANGUAGES for what in (*VIEWS, "dark", "phone")]


def serving() -> Any:
    """Start the studio on a free port."""
    import uvicorn

    from hinterland.studio.app import build

    server = uvicorn.Server(uvicorn.Config(build(), host="127.0.0.1", port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server


def taken(browser: Any, address: str, lang: str, view: str, **how: Any) -> bytes:
    """Return a picture of a view."""
    page = browser.new_page(reduced_motion="reduce", **how)
    page.goto(f"{address}?lang={lang}")
    page.wait_for_selector("#map-map", timeout=120_000)
    page.click("#guide-off")
    if view != "happens":
        page.click(f"#view-{view}")
    if view == "compare":
        for other in ("western_development", "northeast_revival"):
            page.wait_for_selector("#pin")
            page.select_option("#pin", other)
            page.click("#pin-add")
            page.wait_for_timeout(2000)
    page.wait_for_selector(SHOWN[view])
    page.wait_for_timeout(4000)  # ranges, which take longer
    picture = packed(page.screenshot())
    page.close()
    return picture


def main() -> None:
    """Serve, look, write."""
    from playwright.sync_api import sync_playwright

    server = serving()
    port = server.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for lang in LANGUAGES:
            for view in VIEWS:
                picture = taken(browser, address, lang, view, viewport=DESK)
                (FIGURES / f"studio_{view}_{lang}.png").write_bytes(picture)
            dark = taken(browser, address, lang, "happens", viewport=DESK, color_scheme="dark")
            (FIGURES / f"studio_dark_{lang}.png").write_bytes(dark)
            (FIGURES / f"studio_phone_{lang}.png").write_bytes(taken(browser, address, lang, "happens", viewport=PHONE))
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main()
