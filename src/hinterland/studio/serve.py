"""Start the studio on this machine: a port that is free, an application that is warmed up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hinterland.errors import DataError, Problem
from hinterland.texts import Lang

HOST = "127.0.0.1"
TRIED = 20  # ports after the one that is asked for
LAST = 65535
PATIENCE = 5  # seconds that a connection may idle


def serve(port: int, lang: Lang, say: Callable[[str], None]) -> None:
    """Serve until interrupted; `say` is told the address once it can be opened.

    A DataError where the port is taken, with the next that is free.
    """
    require_free(port)
    import uvicorn

    from hinterland.studio.app import build
    from hinterland.studio.warm import begin

    app = build(begin(lang), lang)
    say(f"http://{HOST}:{port}/")
    uvicorn.run(
        app,
        host=HOST,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=PATIENCE,
        h11_max_incomplete_event_size=64 * 1024,
    )


def require_free(port: int) -> None:
    """Raise a DataError where a port is no port, or taken, with the next free one."""
    if not 1 <= port <= LAST:
        raise DataError(Problem("studio.port", {"value": port, "most": LAST}))
    if is_free(port):
        return
    following = next((other for other in range(port + 1, min(port + TRIED, LAST) + 1) if is_free(other)), 0)
    raise DataError(
        Problem("studio.port_taken" if following else "studio.ports_taken", {"value": port, "next": following})
    )


def is_free(port: int) -> bool:
    """Whether nobody listens at a port of this machine."""

    async def listen() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), HOST, port)
        server.close()
        await server.wait_closed()

    try:
        asyncio.run(listen())
    except OSError:
        return False
    return True
