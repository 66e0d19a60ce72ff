"""The door to the network, against a server that misbehaves: polite, bounded, distrustful."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from naughty import Answer, Asked, Page, serving, text
from talleyrand import fetch
from talleyrand.errors import FetchError, InputError, LayoutChanged
from talleyrand.raw_cache import Cache


@contextmanager
def polite(folder: Path | None = None, **options: Any) -> Iterator[fetch.Polite]:
    """A fetcher that may reach loopback and hardly waits."""
    with httpx.Client(timeout=5, trust_env=False) as client:
        chosen = {"near": True, "pause": 0.001, "contact": "desk@example.org", **options}
        yield fetch.Polite(client, cache=Cache(folder), **chosen)


def failing(times: int, code: int, **headers: str) -> Page:
    def answer(asked: Asked) -> Answer:
        return (code, headers, b"") if asked.before < times else text(b"well")

    return answer


def fetched(pages: dict[str, Page], path: str = "/a", **options: Any) -> bytes:
    with serving(pages) as server, polite(**options) as http:
        return http.get(server.address + path)


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(code: int) -> None:
    """Twice, and no more: then the error says so."""
    assert fetched({"/a": failing(2, code)}) == b"well"
    with pytest.raises(FetchError, match=f"3 tries.*{code}.*try again later"):
        fetched({"/a": failing(3, code)})


def test_retry_after_is_waited_for_in_seconds_or_as_a_date() -> None:
    """A second as asked; two hours are not waited for but told."""
    started = time.monotonic()
    assert fetched({"/a": failing(1, 429, **{"Retry-After": "1"})}) == b"well"
    assert time.monotonic() - started >= 1
    due = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    with pytest.raises(FetchError, match=r"asks to wait 7,\d\d\d s"):
        fetched({"/a": failing(1, 503, **{"Retry-After": due})})
    assert fetched({"/a": failing(1, 429, **{"Retry-After": "soon"})}) == b"well"


def test_requests_are_paced_and_name_a_contact() -> None:
    """The pause lies between all requests; robots.txt may ask for a longer one."""
    pages: dict[str, Page] = {
        "/robots.txt": text(b"User-agent: *\nCrawl-delay: 1\n"),
        "/a": text(b"a"),
    }
    started = time.monotonic()
    with serving({**pages}) as server, polite() as http:
        http.get(f"{server.address}/a")
    assert time.monotonic() - started >= 1
    assert all("(+desk@example.org)" in one.headers["user-agent"] for one in server.asked)
    assert "desk@example.org" in fetch.agent("desk@example.org")
    for bad in ("", "nobody", "a@b\nX: y"):
        with pytest.raises(InputError, match="TALLEYRAND_CONTACT"):
            fetch.agent(bad)


def test_robots_are_heeded() -> None:
    """What is closed is not asked for; the file is read once; none is all allowed."""
    rules = text(b"User-agent: *\nDisallow: /closed/\n")
    with serving({"/robots.txt": rules, "/a": text(b"a")}) as server, polite() as http:
        assert http.get(f"{server.address}/a") == http.get(f"{server.address}/a") == b"a"
        with pytest.raises(FetchError, match=r"robots\.txt.*by hand"):
            http.get(f"{server.address}/closed/b")
        assert [one.path for one in server.asked] == ["/robots.txt", "/a", "/a"]
    with pytest.raises(FetchError, match=r"robots\.txt could not be had"):
        fetched({"/robots.txt": (503, {}, b""), "/a": text(b"a")})


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    """ETag and Last-Modified are given back, and 304 means the page as kept."""

    def page(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"1"' and "if-modified-since" in asked.headers:
            return 304, {}, b""
        return text(b"first", ETag='"1"', **{"Last-Modified": "Thu, 15 Sep 2022 10:00:00 GMT"})

    with serving({"/a": page}) as server:
        for _ in range(3):
            with polite(tmp_path) as http:
                assert http.get(f"{server.address}/a") == b"first"
        assert len(server.paths()) == 3
        server.pages["/a"] = text(b"second")
        with polite(tmp_path) as http:
            assert http.get(f"{server.address}/a") == b"second"


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    """A settled page that is kept is not asked for, unless its file was damaged."""
    with serving({"/a": text(b"a")}) as server:
        for _ in range(2):
            with polite(tmp_path) as http:
                assert http.get(f"{server.address}/a", settled=True) == b"a"
        assert server.paths() == ["/a"]
        (raw,) = tmp_path.rglob("*.raw")
        assert not list(tmp_path.rglob("*.part"))
        raw.write_bytes(b"half")
        with polite(tmp_path) as http:
            assert http.get(f"{server.address}/a", settled=True) == b"a"
        assert server.paths() == ["/a", "/a"]
        assert json.loads(raw.with_suffix(".json").read_text())["url"] == f"{server.address}/a"


def test_a_body_that_breaks_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    """It is asked for again, then an error, and nothing is kept."""
    broken = text(b"half", **{"Content-Length": "4000"})
    with pytest.raises(FetchError, match="3 tries"):
        fetched({"/a": broken}, folder=tmp_path)
    assert not list(tmp_path.rglob("*.raw"))
    assert fetched({"/a": lambda asked: broken if asked.before < 2 else text(b"whole")}) == b"whole"


def test_a_gigabyte_is_not_read() -> None:
    """Reading ends just past the limit, chunked or announced."""
    with serving({"/a": text(b"", **{"X-Endless": "1073741824"})}) as server:
        with polite(most=1_000_000) as http, pytest.raises(FetchError, match="1,000,000 bytes"):
            http.get(f"{server.address}/a")
        until = time.monotonic() + 10
        while "sent" not in server.pages and time.monotonic() < until:
            time.sleep(0.01)
        sent = server.pages["sent"]
        assert isinstance(sent, tuple)
        assert int(sent[2]) < 50_000_000


def test_a_trickle_is_not_waited_for_forever() -> None:
    """A byte now and then passes every time-out but the one of the whole."""
    with pytest.raises(FetchError, match="took more than"):
        fetched({"/a": text(b"x" * 40, **{"X-Slow": "0.05"})}, seconds=0.3)


def test_redirects_stay_on_their_host() -> None:
    """Elsewhere, to another port, to loopback by name, to files or round and round: an error."""
    moved: dict[str, Page] = {"/a": (301, {"Location": "/b"}, b""), "/b": text(b"b")}
    assert fetched(moved) == b"b"
    for place in (
        *("http://elsewhere.example/b", "//elsewhere.example/b", "http://localhost/b"),
        *("http://127.0.0.1:9/b", "file:///etc/passwd", "", "http://[::1]/", "http://[/"),
        "http://127.0.0.1@elsewhere.example/",
    ):
        with pytest.raises(FetchError, match="leads elsewhere"):
            fetched({"/a": (302, {"Location": place}, b"")})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetched({"/a": (302, {"Location": "/a"}, b"")})


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "0.0.0.0",
     "[::ffff:127.0.0.1]", "[fe80::1]", "printer.local"],
)  # fmt: skip
def test_no_address_of_this_network_is_asked(host: str) -> None:
    """By number or by name, nothing is sent."""
    with polite(near=False) as http, pytest.raises(FetchError, match="not asked"):
        http.get(f"http://{host}/a")


def test_a_public_name_that_leads_here_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address reached is looked at before anything is sent, so no name gets round it."""
    monkeypatch.setattr(fetch, "_verify", lambda url, *, near: None)
    monkeypatch.setattr(fetch, "_proxied", lambda: False)
    with serving({"/a": text(b"secret")}) as server, polite(near=False) as http:
        with pytest.raises(FetchError, match="led to an address of this network"):
            http.get(f"{server.address}/a")
        assert server.asked == []


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "http:///a", "a", "",
                                 "http://user:word@a.example/"])  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with polite() as http, pytest.raises(FetchError, match="not an http address"):
        http.get(url)  # nothing is sent


def test_another_charset_or_kind_is_a_changed_layout(tmp_path: Path) -> None:
    """It is named, and not kept."""
    wrong = (200, {"Content-Type": "text/html; charset=gb2312"}, "中国".encode("gb2312"))
    with pytest.raises(LayoutChanged, match=r"not in UTF-8.*gb2312"):
        fetched({"/a": wrong}, folder=tmp_path)
    with pytest.raises(LayoutChanged, match="image/png"):
        fetched({"/a": (200, {"Content-Type": "image/png"}, b"x")}, folder=tmp_path)
    with pytest.raises(FetchError, match="packed"):
        fetched({"/a": text(b"x", **{"Content-Encoding": "gzip"})}, folder=tmp_path)
    assert not list(tmp_path.rglob("*.raw"))
