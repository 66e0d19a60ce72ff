"""The application: each tab as a page and as JSON, from few threads and a shelf of answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from talleyrand.errors import InputError, TalleyrandError
from talleyrand.report import as_json, pages
from talleyrand.web import answers, shell
from talleyrand.web.base import Base
from talleyrand.web.guard import LOOPBACK, Guard
from talleyrand.web.shelf import Kept, Shelf, kept
from talleyrand.web.tabs import BY_NAME, TABS

THREADS = 2
MOST_WAITING = 32
LONGEST = 20.0  # seconds for one answer
_HTML, _JSON, _SCRIPT = "text/html", "application/json", "text/javascript"
_log = logging.getLogger("talleyrand.web")

Key = tuple[str, bool, tuple[tuple[str, str], ...]]
_MOST_WARMED = 3
_QUIET = 2.0  # seconds without a question
_FIRST: tuple[Key, ...] = (
    ("", False, ()),
    ("assess", False, (("at", "2022-09-15"), ("sender", "CHN"), ("target", "RUS"))),
    ("assess", False, (("at", "2023-02-04"), ("sender", "USA"), ("target", "CHN"))),
    ("exposure", False, (("by", "G7,EU"), ("target", "RUS"))),
)


class Desk:
    """Takes questions: from the shelf, from a neighbour who asks the same, or worked out."""

    def __init__(self, base: Base, shelf: Shelf | None = None) -> None:
        self.base, self.shelf = base, Shelf() if shelf is None else shelf
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._asked: dict[Key, asyncio.Future[Kept]] = {}
        self._last = 0.0  # when somebody last asked, by the loop's clock

    async def answer(self, key: Key) -> Kept:
        """The response to one question; 503 where too many are waiting or it takes too long."""
        self._last = asyncio.get_running_loop().time()
        found = self.shelf.get(key)
        if found:
            return found
        running = self._asked.get(key)
        if running is None:
            if len(self._asked) >= MOST_WAITING:
                return _trouble(key, 503, "Too many questions at once; ask again in a moment.")
            loop = asyncio.get_running_loop()
            running = loop.run_in_executor(self._pool, worked_out, self.base, key)
            self._asked[key] = running
            running.add_done_callback(lambda done: self._done(key, done))
        try:
            return await asyncio.wait_for(asyncio.shield(running), LONGEST)
        except TimeoutError:
            return _trouble(key, 503, "The answer takes too long; ask again in a while.")

    async def warm(self) -> None:
        """Work out what the first page links to while nobody asks, one after another."""
        files = sorted(self.base.claims)[:_MOST_WARMED]
        for key in (*_FIRST, *(("claims", False, (("file", name),)) for name in files)):
            while self._asked or asyncio.get_running_loop().time() - self._last < _QUIET:
                await asyncio.sleep(_QUIET / 4)
            last = self._last
            await self.answer(key)
            self._last = last

    def _done(self, key: Key, done: asyncio.Future[Kept]) -> None:
        self._asked.pop(key, None)
        if not done.cancelled() and done.result().status == 200:
            self.shelf.put(key, done.result())

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def worked_out(base: Base, key: Key) -> Kept:
    """The response to one question; what is wrong with it is told, never raised."""
    try:
        return _answered(base, key)
    except InputError as error:
        return _trouble(key, 400, str(error))
    except TalleyrandError as error:
        _log.warning("%s: %s", key[0], error)
        return _trouble(key, 503, "The store could not be read; see the server's log.")
    except Exception:
        _log.exception("no answer for %r", key)
        return _trouble(key, 500, "Something is wrong with Talleyrand here; see the server's log.")


def _answered(base: Base, key: Key) -> Kept:
    name, json, given = key
    params = dict(given)
    if not name:
        found = answers.start(base)
    else:
        tab = BY_NAME[name]
        lacking = tab.lacks(params)
        if lacking and json:
            raise InputError(f"{', '.join(lacking)} must be given too")
        if lacking or (name == "evidence" and not params and not json):
            still = f" Still to give: {', '.join(lacking)}." if lacking and params else ""
            return _paged(pages.trouble(tab.title, tab.about + still), key, 200)
        found = tab.answer(base, params)
    if json:
        return kept(200, _JSON, _unmarked(found.told), shell.NOTHING)
    return _paged(found.page, key, 200)


def _unmarked(told: Any) -> str:
    """The answer as JSON in which no text can be taken for a tag, whoever guesses its type."""
    return as_json.dumps(told).replace("<", "\\u003c").replace(">", "\\u003e")


def _paged(page: str, key: Key, status: int) -> Kept:
    whole, policy = shell.dressed(page, key[0], dict(key[2]))
    return kept(status, _HTML, whole, policy)


def _trouble(key: Key, status: int, message: str) -> Kept:
    if key[1]:
        return kept(status, _JSON, _unmarked({"error": message}), shell.NOTHING)
    heads = {400: "This cannot be answered as asked", 404: "Nothing here"}
    return _paged(pages.trouble(heads.get(status, "No answer"), message), key, status)


def application(base: Base, hosts: Iterable[str] = LOOPBACK, shelf: Shelf | None = None) -> Guard:
    """The whole of `talleyrand serve` as an ASGI application."""
    desk = Desk(base, shelf)

    async def asked(request: Request) -> Response:
        name, json = _named(request)
        if name not in BY_NAME and name:
            missing = ("", json, ())
            return _response(_trouble(missing, 404, "There is no such page."), request)
        given = BY_NAME[name].asked(request.query_params) if name else {}
        return _response(await desk.answer((name, json, tuple(sorted(given.items())))), request)

    async def script(request: Request) -> Response:
        return _response(kept(200, _SCRIPT, shell.script(), shell.NOTHING), request)

    async def healthy(request: Request) -> Response:
        return _response(kept(200, "text/plain", "ok\n", shell.NOTHING), request)

    routes = [
        Route(shell.SCRIPT, script),
        Route("/healthz", healthy),
        Route("/{page:path}", asked),
    ]

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(desk.warm())
        yield
        warming.cancel()
        desk.close()

    return Guard(Starlette(routes=routes, lifespan=alive), hosts)


def _named(request: Request) -> tuple[str, bool]:
    """The tab asked for, and whether as JSON: by the address, or by what is accepted."""
    page = str(request.path_params["page"])
    json = page.endswith(".json")
    name = page.removesuffix(".json")
    accepted = request.headers.get("accept", "")
    json = json or (_JSON in accepted and _HTML not in accepted)
    return ("" if name == "start" else name), json


def _response(found: Kept, request: Request) -> Response:
    headers: dict[str, str] = {"Cache-Control": "no-cache", "Vary": "Accept"}
    headers["Content-Security-Policy"] = found.policy
    if found.status == 200:
        headers["ETag"] = found.tag
        if found.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if found.status == 503:
        headers["Retry-After"] = "2"
    return Response(found.body, found.status, headers, f"{found.media}; charset=utf-8")


def tabs() -> Mapping[str, Any]:
    """The tabs by name, for the documentation and the tests."""
    return {tab.name: tab for tab in TABS}
