"""The only network: polite, bounded, and distrustful of what comes back.

One request at a time, paced, told apart by a contact in the user agent; robots.txt (RFC 9309) and
Retry-After are heeded; what was fetched is asked for again only if it changed. Redirects are
followed within their host alone, no connection goes to a loopback or private address, and no body
is read past its limits of size and time.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from talleyrand import interfaces
from talleyrand.errors import FetchError, InputError, LayoutChanged, PageMissing
from talleyrand.raw_cache import Cache, Kept

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 512 * 1024 * 1024  # of one file
MOST_TEXT = 16 * 1024 * 1024  # bytes of one page
MOST_ROBOTS = 500 * 1024  # bytes of robots.txt that are read, as RFC 9309 asks at least
MOST_SECONDS = 300.0  # for one body
MOST_WAIT = 120.0  # seconds that a busy server is waited for
PAUSE = 1.0  # seconds between requests
TRIES = 3
HOPS = 5
SETTLED = 7 * 86_400.0  # seconds for which a page that does not change is taken from the cache
CONTACT = "TALLEYRAND_CONTACT"
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml",
         "application/rss+xml", "application/xhtml+xml",
         "application/vnd.sdmx.data+csv")  # fmt: skip
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})


class _Again(Exception):
    """The server is busy or broke off: worth another try after so many seconds."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


class Polite:
    """What a source is handed as `http`; `near` lets tests reach loopback."""

    def __init__(
        self,
        client: httpx.Client,
        *,
        cache: Cache | None = None,
        pause: float = PAUSE,
        most: int = MOST_BYTES,
        seconds: float = MOST_SECONDS,
        near: bool = False,
        contact: str,
    ) -> None:
        self._client = client
        self._contact = contact
        self._cache = cache or Cache(None)
        self._pause = pause
        self._most = most
        self._seconds = seconds
        self._near = near
        self._last = -1e9
        self._robots: dict[str, RobotFileParser] = {}

    def get(
        self, url: str, *, settled: bool = False, text: bool = True, send: bytes | None = None
    ) -> bytes:
        """What stands at an http(s) address, as it came: text in UTF-8, unless `text` is false.

        `send` is a question in JSON that is posted, where a site takes no other. A `settled` page
        does not change once published: it is taken from the cache for a week.
        Raises FetchError with what to do next, LayoutChanged where what came is no such text.
        """
        _verify(url, near=self._near)
        kept = self._cache.get(_key(url, send))
        if kept and settled and 0 <= time.time() - kept.fetched < SETTLED:
            return kept.body
        pause = self._pause
        if not interfaces.is_one(url):
            rules = self._rules(url)
            if not rules.can_fetch("talleyrand", url):
                raise FetchError(f"{url} is closed to programs (robots.txt); save it by hand")
            pause = min(max(pause, float(rules.crawl_delay("talleyrand") or 0)), MOST_WAIT)
        return self._tried(lambda: self._asked(url, kept, text, send), url, pause)

    def forget(self, url: str) -> None:
        """Ask for a page anew the next time: what came could not be used."""
        self._cache.forget(url)

    def _tried(self, ask: Callable[[], bytes], url: str, pause: float) -> bytes:
        """What `ask` gives at one of three tries, each after a longer wait."""
        import httpx

        wait, why = 0.0, ""
        for attempt in range(TRIES):
            time.sleep(max(0.0, self._last + max(wait, pause * 2**attempt) - time.monotonic()))
            try:
                return ask()
            except _Again as again:
                wait, why = again.wait, str(again)
            except httpx.InvalidURL as error:
                raise FetchError(f"{url!r} is no address: {error}") from error
            except httpx.HTTPError as error:
                wait, why = 0.0, interfaces.without_keys(f"{type(error).__name__}: {error}")
            except (FetchError, LayoutChanged) as error:
                error.args = tuple(interfaces.without_keys(str(said)) for said in error.args)
                raise
            finally:
                self._last = time.monotonic()
        raise FetchError(f"{url} could not be had in {TRIES} tries ({why}); try again later")

    def _asked(self, url: str, kept: Kept | None, text: bool, send: bytes | None) -> bytes:
        """One request, with the redirects within its host; what comes is kept."""
        here, key = url, _key(url, send)
        for _ in range(HOPS + 1):
            with self._stream(
                here, kept.conditions() if kept and send is None else {}, send
            ) as answer:
                if answer.status_code in _MOVED:
                    here = _next(here, answer.headers.get("location", ""), near=self._near)
                    continue
                if answer.status_code == 304 and kept:
                    return self._keep(key, kept.body, kept.etag, kept.modified)
                _refused(url, answer)
                most = min(self._most, MOST_TEXT) if text else self._most
                body = self._body(url, answer, most)
                if text:
                    _check_text(url, answer, body)
                head = answer.headers
                return self._keep(key, body, head.get("etag", ""), head.get("last-modified", ""))
        raise FetchError(f"{url} is redirected more than {HOPS} times; look at it in a browser")

    def _keep(self, url: str, body: bytes, etag: str, modified: str) -> bytes:
        self._cache.put(url, body, etag=etag, modified=modified, fetched=time.time())
        return body

    @contextmanager
    def _stream(
        self, url: str, conditions: dict[str, str], send: bytes | None = None
    ) -> Iterator[httpx.Response]:
        guard = {} if self._near or _proxied() else {"trace": _guard}
        named = {"User-Agent": agent(self._contact), **interfaces.form(url), **conditions}
        method = "GET" if send is None else "POST"
        if send is not None:
            named["Content-Type"] = "application/json"
        with self._client.stream(
            method, interfaces.keyed(url), headers=named, content=send, extensions=guard
        ) as answer:
            yield answer

    def _body(self, url: str, answer: httpx.Response, most: int, *, cut: bool = False) -> bytes:
        """The body; past the limit it is an error, or with `cut` left unread.

        It is asked for unpacked: a packed one could be a bomb, or break off unnoticed.
        """
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise FetchError(f"{url} came packed, which was not asked for; not read")
        parts, size, until = [], 0, time.monotonic() + self._seconds
        for part in answer.iter_bytes(65_536):
            size += len(part)
            parts.append(part)
            if size > most:
                if cut:
                    break
                raise FetchError(f"{url} sent more than {most:,} bytes; not read further")
            if time.monotonic() > until:
                raise FetchError(f"{url} took more than {self._seconds:.0f} s; try again later")
        return b"".join(parts)[: most if cut else None]

    # --- robots.txt ---

    def _rules(self, url: str) -> RobotFileParser:
        """The rules of a host, read once: none stated is all allowed, not to be had is an error."""
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if place not in self._robots:
            rules = RobotFileParser()
            text = self._tried(lambda: self._robots_text(place), place, self._pause)
            rules.parse(text.decode("utf-8", "replace").splitlines())
            self._robots[place] = rules
        return self._robots[place]

    def _robots_text(self, place: str) -> bytes:
        here = place
        for _ in range(HOPS + 1):
            with self._stream(here, {}) as answer:
                if answer.status_code in _MOVED:
                    here = _next(here, answer.headers.get("location", ""), near=self._near)
                    continue
                code = answer.status_code
                if code == 204 or (400 <= code < 500 and code != 429):
                    return b""
                _refused(place, answer)
                return self._body(place, answer, MOST_ROBOTS, cut=True)
        raise FetchError(f"{place} is redirected more than {HOPS} times; try again later")


def _key(url: str, send: bytes | None) -> str:
    """Under what a page is kept: its address, and what was asked there."""
    return url if send is None else f"{url}#{hashlib.sha256(send).hexdigest()}"


def _refused(url: str, answer: httpx.Response) -> None:
    """Raise for whatever is no 200: worth another try, or not."""
    code, head = answer.status_code, answer.headers
    spent = code == 403 and head.get("x-ratelimit-remaining") == "0"  # as GitHub says it
    if code in _BUSY or spent:
        wait = _retry_after(head.get("retry-after", ""))
        if spent:
            wait = max(wait, _seconds(head.get("x-ratelimit-reset", "")) - time.time())
        if wait > MOST_WAIT:
            raise FetchError(f"{url} answered {code} and asks to wait {wait:,.0f} s; run it again"
                             " then: what was fetched is kept")  # fmt: skip
        raise _Again(f"it answered {code}", wait)
    if code in (204, 404, 410):
        raise PageMissing(f"{url} answered {code}: there is no such page; look at the site")
    if code != 200:
        raise FetchError(f"{url} answered {code}; look at it in a browser, or try again later")


def _retry_after(stated: str) -> float:
    """Seconds to wait, stated as such or as a date; 0 where it says nothing sensible."""
    if seconds := _seconds(stated):
        return seconds
    try:
        due = parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    return max(0.0, (due - datetime.now(UTC)).total_seconds())


def _seconds(stated: str) -> float:
    stated = stated.strip()
    return float(stated) if re.fullmatch(r"[0-9]{1,11}", stated) else 0.0


def _check_text(url: str, answer: httpx.Response, body: bytes) -> None:
    kind = interfaces.brief(answer.headers.get("content-type", "")).lower()
    if kind and not kind.startswith(TEXTS):
        raise LayoutChanged(f"{url} is no longer text but {kind!r}; look at it and report it")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LayoutChanged(
            f"{url} is not in UTF-8 (it says {kind or 'nothing'!r}); look at it and report it"
        ) from error


def _next(here: str, location: str, *, near: bool) -> str:
    """Where a redirect leads; raises FetchError where that is another host or less secure."""
    before = urlsplit(here)
    try:
        there = urljoin(here, location)
        after = urlsplit(there)
        secured = (before.scheme, after.scheme) == ("http", "https")
        same = before.hostname == after.hostname and (
            (before.scheme, before.port) == (after.scheme, after.port)
            or (secured and before.port in (None, 80) and after.port in (None, 443))
        )
    except ValueError:
        same = False
    if not location or not same:
        raise FetchError(
            f"{here} leads elsewhere ({interfaces.brief(location)!r}); not followed: look at it"
        )
    _verify(there, near=near)
    return there


def _verify(url: str, *, near: bool) -> None:
    """Raise FetchError for what is no address to ask."""
    try:
        parts = urlsplit(url)
        host, userinfo = parts.hostname or "", "@" in parts.netloc
    except ValueError:
        host, userinfo, parts = "", False, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or userinfo:
        raise FetchError(f"{interfaces.brief(url)!r} is not an http address")
    if not near and (_is_near(host) or host.rstrip(".").endswith(("localhost", ".local"))):
        raise FetchError(
            f"{interfaces.brief(url)} is an address of this machine or its network; not asked"
        )


def _is_near(host: str) -> bool:
    """Whether a numeric address is loopback, private, link-local or otherwise not public."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return not (mapped or found).is_global


def _guard(event: str, info: Mapping[str, Any]) -> None:
    """End a connection to a near address before anything is sent, whatever its name was."""
    if event == "connection.connect_tcp.complete":
        address = info["return_value"].get_extra_info("server_addr")
        if not address or _is_near(str(address[0])):
            info["return_value"].close()
            raise FetchError("a public name led to an address of this network; not asked")


def _proxied() -> bool:
    """Whether a proxy stands between: then it, and not we, reaches the addresses."""
    return any(name.lower() in _PROXIES and value for name, value in os.environ.items())


@contextmanager
def open_http(
    folder: Path | None = None, *, pause: float = PAUSE, most: int = MOST_BYTES
) -> Iterator[Polite]:
    """A client that names itself, keeps what it fetched in `folder` and waits between requests."""
    import httpx

    plain, contact = {"Accept-Encoding": "identity"}, os.environ.get(CONTACT, "")
    interfaces.hush_logs()
    with httpx.Client(headers=plain, timeout=30, follow_redirects=False) as client:
        yield Polite(client, cache=Cache(folder), pause=pause, most=most, contact=contact)


def agent(contact: str) -> str:
    """The user agent; raises InputError without a mail address or page to write to."""
    said = contact.strip()
    if not (said.isascii() and said.isprintable() and ("@" in said or "://" in said)):
        raise InputError(
            f"a site must know whom to write to: set {CONTACT} to your mail address or page, as"
            f" {CONTACT}=desk@example.org, then run it again"
        )
    return f"talleyrand/{version('talleyrand')} (+{said})"
