"""The server around the application: loopback, few connections, no patience with the slow."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from talleyrand.errors import TalleyrandError
from talleyrand.web.app import application
from talleyrand.web.base import Base
from talleyrand.web.guard import LOOPBACK

MOST_HEAD = 16_384  # bytes of request line and headers
MOST_CONNECTIONS = 128
PATIENCE = 10.0  # seconds for a whole request to come in, and for a response to be taken
_LOOK = 1.0


class Impatient(H11Protocol):
    """HTTP/1.1 that closes on who sends a request too slowly, or does not take the response."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to watch a new connection."""
        super().connection_made(transport)
        self._waiting_since: float | None = self.loop.time()
        self._left = 0
        self._watch = self.loop.call_later(_LOOK, self._look)

    def data_received(self, data: bytes) -> None:
        """Take bytes in; a request that is complete is no longer waited for."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._waiting_since = None
        elif self._waiting_since is None and (before is None or before.response_complete):
            self._waiting_since = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._watch.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Close if a request or the taking of a response has stood still for too long."""
        now, left = self.loop.time(), self.transport.get_write_buffer_size()
        if left and left >= self._left > 0 and self._waiting_since is None:
            self._waiting_since = now  # nothing was taken since the last look
        elif left and left < self._left:
            self._waiting_since = None
        self._left = left
        if self._waiting_since is not None and now - self._waiting_since > PATIENCE:
            self.transport.abort()
            return
        self._watch = self.loop.call_later(_LOOK, self._look)


def configured(base: Base, host: str, port: int, hosts: frozenset[str]) -> uvicorn.Config:
    """The server's settings."""
    settings: dict[str, Any] = {
        "http": Impatient,
        "ws": "none",
        "lifespan": "on",
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": 10,
        "timeout_graceful_shutdown": 3,
        "limit_concurrency": MOST_CONNECTIONS,
        "h11_max_incomplete_event_size": MOST_HEAD,
        "backlog": 128,
    }
    return uvicorn.Config(application(base, hosts), host=host, port=port, **settings)


def run(base: Base, host: str, port: int) -> None:
    """Serve until interrupted; raises TalleyrandError where it cannot listen."""
    logging.basicConfig(format="talleyrand: %(message)s")
    hosts = LOOPBACK if host in LOOPBACK else LOOPBACK | {host}
    if host in ("0.0.0.0", "::"):  # noqa: S104  (only on demand; see --listen-beyond-loopback)
        hosts = frozenset({"*"})
    try:
        uvicorn.Server(configured(base, host, port, hosts)).run()
    except SystemExit as ended:  # it says why in the log, but not what to do
        raise TalleyrandError(
            f"cannot listen at {host}:{port}; another program may be there: take another --port"
        ) from ended
