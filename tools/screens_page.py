"""Draw first screens as a terminal shows them: docs/figures/screen_COMMAND_WIDTH_LANG.png.

    python tools/screens_page.py

Each command runs in a terminal of its own (a pseudo-terminal of that many columns); Debian's chromium draws what it
printed in a font whose Chinese letters are two columns wide.
"""

from __future__ import annotations

import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
from pathlib import Path

from hinterland.report.charts.render import packed
from hinterland.texts import LANGUAGES

FIGURES = Path(__file__).parents[1] / "docs" / "figures"
CHROMIUM = "/usr/bin/chromium"
SCREENS = {("run", "dual_transfer"): (80, 120, 200), ("diagnose",): (80,)}
STYLE = "font: 13px/1.25 'Noto Sans Mono CJK SC', monospace; margin: 12px; color: #ddd; background: #1d1f21"
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def printed(arguments: tuple[str, ...], columns: int) -> str:
    """Return what a command prints in a terminal of so many columns."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("COLUMNS", None)
        os.execv(sys.executable, [sys.executable, "-m", "hinterland", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    said = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # the command has ended
            break
        if not more:
            break
        said += more
    os.waitpid(child, 0)
    shown = said.decode().rpartition("\x1b[2K")[2]  # what stood before is a bar of progress that was wiped away
    lines = COLOURS.sub("", shown).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines)  # a bar of progress is written over


def main() -> None:
    """Run, draw, write."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for arguments, widths in SCREENS.items():
            for width in widths:
                for lang in LANGUAGES:
                    words = printed((*arguments, "--lang", lang), width)
                    page = browser.new_page(java_script_enabled=False)
                    page.set_content(
                        f'<body style="margin: 0"><pre style="{STYLE}; width: {width}ch">{html.escape(words)}'
                    )
                    picture = page.locator("pre").screenshot()
                    name = f"screen_{arguments[0]}_{width}_{lang}.png"
                    (FIGURES / name).write_bytes(packed(picture))
        browser.close()


if __name__ == "__main__":
    main()
