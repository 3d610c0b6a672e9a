"""Routes and limits: a page of plain files, and questions whose answers are JSON. It keeps nothing of who asks."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from hinterland.errors import HinterlandError
from hinterland.studio import api, views
from hinterland.studio.bundle import bundle
from hinterland.studio.guard import Guard
from hinterland.studio.lanes import FailedError, FullError, Lane, LeftError
from hinterland.studio.levers import start
from hinterland.studio.link import LONGEST
from hinterland.studio.scenarios import opened as opened_of
from hinterland.studio.scenarios import read_file, state_of
from hinterland.studio.warm import Warming
from hinterland.studio.wording import kinds_in, misfits, on_page
from hinterland.texts import LANGUAGES, Lang, text

PAGE = files("hinterland.studio") / "page"
KINDS = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
LEFT, FULL, NO_JSON = 499, 429, 400
WORTH_PRESSING = 1500  # bytes
JSON = "application/json"
WRONG: dict[int | str, dict[str, Any]] = {
    status: {"model": api.Wrong, "description": words}
    for status, words in ((422, "what is wrong, in words"), (FULL, "too many ask at once"), (413, "too large"))
}


def build(warming: Warming | None = None, lang: Lang = "zh") -> Guard:
    """Return the application behind its guard; `warming` says how far it is, `lang` which language a page begins in."""
    app = FastAPI(
        title="Hinterland studio",
        version=version("hinterland"),
        description=text("studio.api.about", "en"),
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware, minimum_size=WORTH_PRESSING, compresslevel=1)
    quick, slow = Lane(), Lane()
    warming = warming or Warming(done=1.0)
    add_page(app, warming, lang)
    add_questions(app, quick, slow, warming)
    add_files(app, slow)
    add_errors(app)
    return Guard(app)


def add_page(app: FastAPI, warming: Warming, lang: Lang) -> None:
    """Add the page and what it loads."""

    @app.get("/", include_in_schema=False)
    def page() -> Response:
        return static("index.html")

    @app.get("/page/{name}", include_in_schema=False)
    def page_file(name: str) -> Response:
        return static(name)

    @app.get("/charts.js", include_in_schema=False)
    def charts() -> Response:
        headers = {"content-encoding": "gzip", "cache-control": "max-age=86400"}
        return Response(bundle(), media_type=KINDS["js"], headers=headers)

    @app.get("/api/warm", response_model=api.Warm, summary="How far it is with warming up, and its first language")
    def warm(lang: Lang = lang) -> Response:
        return answered(api.Warm(warming.done, text(f"studio.warm.{warming.step}", lang), lang))

    @app.get("/api/start", response_model=api.Start, summary="Levers, places, ready scenarios and words in a language")
    def started(lang: Lang = lang) -> Response:
        return answered(start(lang))


def add_questions(app: FastAPI, quick: Lane, slow: Lane, warming: Warming) -> None:
    """Add the questions of a page that is open; the first waits for what is being worked out for it already."""

    @app.post("/api/answer", response_model=api.Answer, responses=WRONG, summary="What a state shows at once")
    async def answer(asked: api.Question, request: Request) -> Response:
        def work() -> api.Answer:
            warming.answered.wait()
            return views.answer(asked.state, asked.sequence)

        return answered(await quick.run(request, work))

    @app.post("/api/part", response_model=api.Block, responses=WRONG, summary="One block in full, which takes longer")
    async def part(asked: api.PartQuestion, request: Request) -> Response:
        return answered(await slow.run(request, lambda: views.part(asked.state, asked.block)))

    @app.post("/api/open", response_model=api.Opened, responses=WRONG, summary="The state that a permalink holds")
    async def opened(asked: api.LinkQuestion, request: Request) -> Response:
        return answered(await quick.run(request, lambda: opened_of(asked.link, asked.lang)))

    @app.post("/api/file", response_model=api.Opened, responses=WRONG, summary="The state of a scenario file")
    async def read(asked: api.FileQuestion, request: Request) -> Response:
        return answered(await quick.run(request, lambda: read_file(asked.content, asked.name, asked.lang)))

    @app.post("/api/outlines", response_model=api.Chart, responses=WRONG, summary="The map on one's own polygons")
    async def outlines(asked: api.OutlinesQuestion, request: Request) -> Response:
        return answered(await slow.run(request, lambda: views.on_outlines(asked.state, asked.geojson)))


def add_files(app: FastAPI, slow: Lane) -> None:
    """Add files to take away."""

    @app.get("/api/files/{name}", response_class=Response, responses=WRONG, summary="A chart, a table, the report")
    async def file(name: str, link: Annotated[str, Query(max_length=LONGEST)], request: Request) -> Response:
        from hinterland.studio.files import content

        def made_of() -> tuple[bytes, str]:
            return content(state_of(link), name)

        body, kind = await slow.run(request, made_of)
        headers = {"content-disposition": f'attachment; filename="{ascii_of(name)}"'}
        return Response(body, media_type=kind, headers=headers)


def ascii_of(name: str) -> str:
    """Return the name of a file with the letters that a header may hold."""
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "._-"))


def add_errors(app: FastAPI) -> None:
    """Say what is wrong in words: no traceback, no path of the machine."""

    @app.exception_handler(HinterlandError)
    async def wrong(request: Request, error: HinterlandError) -> Response:
        said = await asked(request)
        lang, kinds = language_in(said, request), kinds_in(said)
        return answered(api.Wrong([on_page(problem, lang, kinds) for problem in error.problems]), 422)

    @app.exception_handler(RequestValidationError)
    async def not_understood(request: Request, error: RequestValidationError) -> Response:
        lang = await language(request)
        return answered(api.Wrong(misfits(error.errors()[:5], lang)), 422)

    @app.exception_handler(HTTPException)
    async def nowhere(_: Request, error: HTTPException) -> Response:  # whose body may have broken off
        key = "studio.not_json" if error.status_code == NO_JSON else "studio.nowhere"
        return answered(api.Wrong([text(key, lang) for lang in LANGUAGES]), error.status_code)

    @app.exception_handler(FullError)
    async def full(request: Request, _: FullError) -> Response:
        return answered(api.Wrong([text("studio.full", await language(request))]), FULL)

    @app.exception_handler(LeftError)
    async def left(_: Request, __: LeftError) -> Response:
        return Response(status_code=LEFT)

    @app.exception_handler(FailedError)
    async def failed(request: Request, _: FailedError) -> Response:
        return answered(api.Wrong([text("studio.failed", await language(request))]), 500)

    @app.exception_handler(Exception)
    async def failed_outside(_: Request, __: Exception) -> Response:
        return answered(api.Wrong([text("studio.failed", lang) for lang in LANGUAGES]), 500)


async def language(request: Request) -> str:
    """Return the language in which something was asked; a body is read where it has been read already."""
    return language_in(await asked(request), request)


def language_in(said: dict[str, Any], request: Request) -> str:
    """Return the language of a question: its own, that of its state, else that of its address."""
    state = said.get("state")
    found = said.get("lang") or (state.get("lang") if isinstance(state, dict) else None)
    found = found or request.query_params.get("lang")
    return found if found in ("zh", "en") else "zh"


async def asked(request: Request) -> dict[str, Any]:
    """Return the question of a request, whatever it is; nothing where it is none."""
    try:
        said = orjson.loads(await request.body() or b"{}") if request.method == "POST" else {}
    except (ValueError, RuntimeError):
        return {}
    return said if isinstance(said, dict) else {}


def answered(record: Any, status: int = 200) -> Response:
    """Return a record as JSON."""
    body = orjson.dumps(record, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)
    return Response(body, status_code=status, media_type=JSON, headers={"cache-control": "no-store"})


def static(name: str) -> Response:
    """Return a file of the page, a new answer each time: what compresses it writes into its heads."""
    kind = KINDS.get(name.rpartition(".")[2])
    if kind is None or name not in page_files():
        return Response(status_code=404)
    return Response(page_files()[name], media_type=kind, headers={"cache-control": "no-cache"})


@cache
def page_files() -> dict[str, bytes]:
    """Return the files of the page by name, read once."""
    return {entry.name: entry.read_bytes() for entry in PAGE.iterdir() if entry.is_file()}
