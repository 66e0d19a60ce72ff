"""A server on loopback that replays invented pages and misbehaves as it is told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from talleyrand import fetch, live, registry
from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.model import Http, Raw, Source

Headers = dict[str, str]
Answer = tuple[int, Headers, bytes]
Page = Answer | Callable[["Asked"], Answer]


@dataclass
class Asked:
    """One request: its path, its headers, and how often the path was asked for before."""

    path: str
    headers: Headers
    before: int


@dataclass
class Naughty:
    """What the server answers by path, and what it was asked."""

    pages: dict[str, Page]
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)  # bodies of questions posted

    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, path: str, headers: Headers) -> Answer:
        asked = Asked(path, headers, sum(one.path == path for one in self.asked))
        self.asked.append(asked)
        other = self.pages.get("*", (404, {}, b"none")) if path != "/robots.txt" else (404, {}, b"")
        page = self.pages.get(path, other)
        return page(asked) if callable(page) else page


def text(body: bytes, **headers: str) -> Answer:
    """A page of plain text."""
    return 200, {"Content-Type": "text/plain", **headers}, body


def endless(handler: BaseHTTPRequestHandler, size: int) -> int:
    """Send `size` bytes in chunks for as long as the client reads; gives how many went."""
    sent = 0
    try:
        while sent < size:
            handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            sent += 0x10000
    except OSError:
        pass
    return sent


@contextmanager
def serving(pages: dict[str, Page]) -> Iterator[Naughty]:
    """The server, on a port of its own; pages may be added while it runs.

    Of the headers told, `X-Endless: N` sends N bytes in chunks, `X-Slow: S` waits between bytes,
    and a Content-Length longer than the body breaks off.
    """
    told = Naughty(pages)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            code, headers, body = told.answer(self.path, {k.lower(): v for k, v in
                                                          self.headers.items()})  # fmt: skip
            many, slow = headers.pop("X-Endless", ""), headers.pop("X-Slow", "")
            self.close_connection = True
            self.send_response(code)
            length = (
                {"Transfer-Encoding": "chunked"} if many else {"Content-Length": str(len(body))}
            )
            for name, value in {**length, "Connection": "close", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if many:
                told.pages["sent"] = (0, {}, str(endless(self, int(many))).encode())
            for byte in body if slow else ():
                self.wfile.write(bytes([byte]))
                time.sleep(float(slow))
            if not slow:
                self.wfile.write(body)

        def do_POST(self) -> None:
            told.sent.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the fetcher ask a server of this machine, without waiting between pages."""
    whole = fetch.Polite.__init__

    def near(self: fetch.Polite, client: Any, **options: Any) -> None:
        whole(self, client, **{**options, "pause": 0.001, "near": True})

    monkeypatch.setenv(fetch.CONTACT, "desk@example.org")
    monkeypatch.setattr(fetch.Polite, "__init__", near)


def come(
    source: Source, http: Http, since: date | None
) -> tuple[list[Raw], FetchError | LayoutChanged | None]:
    """The pages that came, and the error they ended with."""
    found: list[Raw] = []
    try:
        for raw in live.pages(source, http, since):
            found.append(raw)
    except (FetchError, LayoutChanged) as error:
        return found, error
    return found, None


def taken(
    name: str, since: date | None = None, folder: Path | None = None
) -> tuple[list[Raw], FetchError | LayoutChanged | None]:
    """The same of a source by name, by the fetcher itself, its pages kept in a folder."""
    with fetch.open_http(folder) as http:
        return come(registry.source(name), http, since)
