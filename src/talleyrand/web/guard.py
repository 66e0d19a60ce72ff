"""What is refused before anything is asked: other methods, hosts and sites, and too much."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talleyrand.web import shell

MOST_PATH = 200  # bytes of a path
MOST_QUERY = 2_000  # bytes of a query string
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TOLD = {
    403: "Another site asked for this; it is not given to other sites.",
    405: "This only answers; it takes GET and HEAD.",
    413: "A question here has no body.",
    414: "The question is too long.",
    421: "This address is not served here; ask by the name it was started with.",
}


class Guard:
    """The outermost layer: refuses, and puts the security headers on every response."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        status = self._refused(scope)
        if status:
            await _refuse(status, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_headers()]
            await send(message)

        await self.app(scope, receive, marked)

    def _refused(self, scope: Scope) -> int | None:
        """The status with which a request is refused, or None."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] not in ("GET", "HEAD"):
            return 405
        if len(scope["query_string"]) > MOST_QUERY or len(scope["raw_path"]) > MOST_PATH:
            return 414
        if headers.get(b"content-length", "0") != "0" or b"transfer-encoding" in headers:
            return 413
        if not self._served(headers.get(b"host", "")):
            return 421
        other = headers.get(b"sec-fetch-site") in ("cross-site", "same-site")
        if other and headers.get(b"sec-fetch-mode") != "navigate":
            return 403
        return None

    def _served(self, host: str) -> bool:
        """Whether a Host header names this server: a name rebound to loopback does not."""
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        return name in self.hosts or "*" in self.hosts


def _headers() -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in shell.HEADERS.items()]


async def _refuse(status: int, send: Send) -> None:
    body = f"{_TOLD[status]}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", shell.NOTHING.encode()),
        (b"connection", b"close"),
        *([(b"allow", b"GET, HEAD")] if status == 405 else []),
        *_headers(),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
