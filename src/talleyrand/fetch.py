"""The only network: polite, bounded, and distrustful of what comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from talleyrand.errors import FetchError

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 256 * 1024 * 1024
PAUSE = 1.0  # seconds between requests
TRIES = 3
_BUSY = frozenset({429, 500, 502, 503, 504})


class Polite:
    """What a source is handed as `http`: one request at a time, paced, bounded and retried."""

    def __init__(
        self, client: httpx.Client, *, pause: float = PAUSE, most: int = MOST_BYTES
    ) -> None:
        self._client = client
        self._pause = pause
        self._most = most
        self._last = 0.0

    def get(self, url: str) -> bytes:
        """The body behind an http(s) address; raises FetchError with what to do next."""
        import httpx

        if not url.startswith(("https://", "http://")):
            raise FetchError(f"{url!r} is not an http address")
        for attempt in range(TRIES):
            self._wait(attempt)
            try:
                with self._client.stream("GET", url) as answer:
                    if answer.status_code in _BUSY and attempt < TRIES - 1:
                        continue
                    if answer.status_code != 200:
                        raise FetchError(f"{url} answered {answer.status_code}; try again later")
                    return self._body(url, answer)
            except httpx.HTTPError as error:
                if attempt == TRIES - 1:
                    raise FetchError(f"{url} could not be fetched: {error}") from error
        raise FetchError(f"{url} stayed busy; try again later")

    def _wait(self, attempt: int) -> None:
        due = self._last + self._pause * 2**attempt
        time.sleep(max(0.0, due - time.monotonic()))
        self._last = time.monotonic()

    def _body(self, url: str, answer: httpx.Response) -> bytes:
        parts = []
        size = 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > self._most:
                raise FetchError(f"{url} sent more than {self._most:,} bytes; not read further")
            parts.append(part)
        return b"".join(parts)


@contextmanager
def open_http(*, pause: float = PAUSE, most: int = MOST_BYTES) -> Iterator[Polite]:
    """A client that names itself, follows no redirect and waits between requests."""
    import httpx

    agent = f"talleyrand/{version('talleyrand')} (research; see the project's page for contact)"
    with httpx.Client(headers={"User-Agent": agent}, timeout=30, follow_redirects=False) as client:
        yield Polite(client, pause=pause, most=most)
