"""What stands before every answer: who may ask, how much may come in, and what a browser may do with what goes out."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from hinterland.studio.api import Wrong
from hinterland.texts import text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
LARGEST = 1024 * 1024  # bytes of a question
OUTLINES, LARGEST_OUTLINES = "/api/outlines", 12 * 1024 * 1024
TOO_LARGE = {OUTLINES: "studio.too_large", "/api/file": "studio.file_long"}  # else of a question
HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
API, OWN_PAGE = "/api/", ("same-origin", "none")  # "none": typed, or opened from elsewhere than a page


class TooMuchError(Exception):
    """More came in than was announced, or than is taken."""


class Guard:
    """An application behind the checks of its door.

    Host is one of this machine's names, so that no page of another name reaches it; a body is counted before anybody
    parses it; each answer bears the headers of a strict policy.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, or pass on what is none."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        most = LARGEST_OUTLINES if scope["path"] == OUTLINES else LARGEST
        lang = "en" if given.get("accept-language", "").lower().startswith("en") else "zh"
        body = Counted(receive, most)

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                known = [(key.encode(), value.encode()) for key, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *known]
            await send(message)

        if not HOST.fullmatch(given.get("host", "")):
            await refuse(guarded, 400, text("studio.host", lang))
            return
        origin = given.get("origin")
        foreign = scope["path"].startswith(API) and given.get("sec-fetch-site", "none") not in OWN_PAGE
        if foreign or (origin is not None and origin != f"{scope['scheme']}://{given['host']}"):
            await refuse(guarded, 403, text("studio.host", lang))
            return
        length = given.get("content-length", "0")
        too_large = text(TOO_LARGE.get(scope["path"], "studio.question_large"), lang, most=f"{most / 2**20:g}")
        if not length.isascii() or not length.isdigit() or int(length) > most:
            await refuse(guarded, 413, too_large)
            return

        async def unless_too_much(message: Any) -> None:
            if body.found <= most:  # else whatever the application says of a body that broke off
                await guarded(message)

        with suppress(TooMuchError):
            await self.app(scope, body, unless_too_much)
        if body.found > most:
            await refuse(guarded, 413, too_large)


class Counted:
    """A way to receive that breaks off when more comes in than is taken."""

    def __init__(self, receive: Any, most: int) -> None:
        self.receive, self.most, self.found = receive, most, 0

    async def __call__(self) -> Any:
        """Return the next message."""
        message = await self.receive()
        self.found += len(message.get("body", b""))
        if self.found > self.most:
            raise TooMuchError
        return message


async def refuse(send: Any, status: int, words: str) -> None:
    """Answer with what is wrong, in words."""
    import orjson

    body = orjson.dumps(Wrong([words]))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
