"""One text in place, from a store of invented and hostile texts; and the real server."""

import asyncio
import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from talleyrand.cli import main
from talleyrand.codebook import load
from talleyrand.model import Document, Kind, Language, Report
from talleyrand.rows import Rows
from talleyrand.statement import stretches
from talleyrand.store import Store, open_casebook, open_store
from talleyrand.web import server
from talleyrand.web.app import application
from talleyrand.web.base import Base
from talleyrand.web.guard import LOOPBACK, Guard

HOSTILE = "<script>alert(1)</script>\" onload='x' \u202e{{ 7*7 }}"
TEXTS: list[tuple[str, Language, Kind, str]] = [
    ("2022-03-30", "zh", Kind.PRESS_CONFERENCE,
     "问：中俄合作没有上限，中方怎么看？\n汪文斌：中俄友好没有止境，合作没有禁区。<b>x</b>\n"),
    ("2022-05-01", "en", Kind.STATEMENT,
     "A friendship with Russia has no limits. <img src=x onerror=alert(1)> \x1b[31m</div>\n"),
    ("2022-06-01", "zh", Kind.MEETING, "习近平同普京举行会谈。中俄友好没有止境。\n"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of invented texts, open for reading."""
    file = tmp_path_factory.mktemp("serve") / "invented.duckdb"
    rows = Rows()
    for number, (day, language, kind, text) in enumerate(TEXTS):
        when = date.fromisoformat(day)
        document = Document(
            source="mfa_china" if kind is Kind.PRESS_CONFERENCE else "cctv",
            url="javascript:alert(1)" if number == 1 else f"https://example.org/{number}",
            title=f"{number} {HOSTILE}",
            text=text,
            language=language,
            published=when,
            event_date=when,
            event_date_basis="text",
            sender="CHN",
            counterparts=("RUS",),
            kind=kind,
        )
        rows.take(document, load())
    with open_store(file) as made, made.transaction():
        made.add("documents", rows.tables()["documents"], rows.parts())
        made.set_meta("built", "2026-01-01")
    with open_store(file, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(store: Store) -> Guard:
    """The application on that store."""
    return application(Base(store))


def get(app: Guard, path: str) -> httpx.Response:
    """One request without a socket."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as one:
            return await one.get(path)

    return asyncio.run(ask())


def test_a_text_shows_its_codes_and_speakers_in_place(app: Guard) -> None:
    """Each code is marked where it stands, under whose words it is, and nothing is lost."""
    hits = get(app, "/evidence.json?code=no_limits").json()["hits"]
    chinese = next(hit for hit in hits if hit["kind"] == "press_conference")
    told = get(app, f"/statement.json?id={chinese['document']}").json()
    page = get(app, f"/statement?id={chinese['document']}").text
    assert "没有上限</mark>" in page
    assert page.index("(a journalist)") < page.index("没有上限</mark>") < page.index("汪文斌 (CHN)")
    assert re.search(r'<div class="said" lang="zh"', page)
    assert told["text"] == TEXTS[0][3]
    for code in told["codes"]:
        assert f'id="code-{told["codes"].index(code)}"' in page


def test_hostile_text_stays_text(app: Guard) -> None:
    """No title, text or address of a source becomes markup, a script or a link."""
    found = get(app, "/evidence.json?sender=CHN").json()["hits"]
    pages = [get(app, "/").text, get(app, "/evidence?sender=CHN").text]
    pages += [get(app, f"/statement?id={hit['document']}").text for hit in found]
    for page in pages:
        assert set(re.findall(r"<script[^>]*>", page)) == {'<script src="/serve.js" defer>'}
        assert "<img" not in page
        assert "<b>x</b>" not in page
        assert 'href="javascript' not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "{{ 7*7 }}" in page or "7*7" not in page


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8),
)
def test_cutting_a_text_loses_nothing(
    text: str, said: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    """Whatever the offsets, the stretches put together are the text."""
    as_places = [[{"start": a, "end": b} for a, b in places] for places in (said, found)]
    cut = stretches({"text": text, "passages": as_places[0], "codes": as_places[1]})
    assert "".join(one["text"] for one in cut) == text


# --- the real server ---


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server on the casebook that soon loses patience."""
    monkeypatch.setattr(server, "PATIENCE", 0.6)
    monkeypatch.setattr(server, "_LOOK", 0.1)
    monkeypatch.setattr("talleyrand.web.app._FIRST", ())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    with open_casebook() as casebook:
        running = uvicorn.Server(server.configured(Base(casebook), "127.0.0.1", number, LOOPBACK))
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not running.started and time.monotonic() < until:
            time.sleep(0.02)
        yield number
        running.should_exit = True
        thread.join(20)


def cut_off(one: socket.socket, piece: bytes, *, times: int, pause: float) -> bool:
    """Whether the server hangs up on who goes on sending."""
    with one:
        for _ in range(times):
            try:
                one.sendall(piece)
            except OSError:
                return True
            time.sleep(pause)
    return False


def test_the_slow_are_cut_off_and_others_served(port: int) -> None:
    """Who sends half a request, or a letter a while, holds no place for long."""
    slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(20)]
    for one in slow[:10]:
        one.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    began = time.monotonic()
    assert httpx.get(f"http://127.0.0.1:{port}/dimensions").status_code == 200
    assert cut_off(slow[0], b"a", times=100, pause=0.05)
    for one in slow[1:]:
        assert one.recv(10) == b""
        one.close()
    assert time.monotonic() - began < 6


def test_a_huge_head_is_refused(port: int) -> None:
    """A request line or headers without end are not read to their end."""
    one = socket.create_connection(("127.0.0.1", port), timeout=10)
    assert cut_off(one, b"x" * 10_000, times=200, pause=0.002)
    assert httpx.get(f"http://127.0.0.1:{port}/healthz").text == "ok\n"


def test_requests_in_a_row_on_one_connection(port: int) -> None:
    """A connection kept alive is served again and again, and not taken for a slow one."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as one:
        for _ in range(5):
            found = one.get("/dimensions")
            assert found.status_code == 200
            assert "server" not in found.headers
            time.sleep(0.2)


def test_listening_to_others_needs_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    """Loopback is the default; anything else is asked for, and warned of."""
    assert main(["serve", "--host", "0.0.0.0", "--check", "--casebook"]) == 2
    assert "--open-to-network" in capsys.readouterr().err
    assert main(["serve", "--host", "0.0.0.0", "--open-to-network", "--check", "--casebook"]) == 0
    assert "warning" in capsys.readouterr().err
    assert main(["serve", "--port", "0", "--check"]) == 2
    assert main(["serve", "--claims", str(Path("/nowhere")), "--check"]) == 2


def test_what_is_quoted_of_a_statement(tmp_path: Path) -> None:
    """From a store with texts: the reports of the days around it, aligned with its sentences."""
    text = "President Xi Jinping said that China will keep supporting Russia on core interests."
    day = date(2022, 9, 15)
    made = Document("cctv", "https://example.org/1", "Talks", text, "en", day, day, "text", "CHN",
                    ("RUS",), Kind.MEETING)  # fmt: skip
    told = Report("headlines", "https://example.net/2", "Gazette", "FRA",
                  datetime(2022, 9, 15, 12, tzinfo=UTC),
                  "Xi tells Putin of Russia that China will keep supporting Russia on core"
                  " interests", "", "en")  # fmt: skip
    rows = Rows()
    rows.take(made, load())
    rows.take(told, load())
    with open_store(tmp_path / "one.duckdb") as store, store.transaction():
        store.add("documents", rows.tables()["documents"], rows.parts())
        store.add("reports", rows.tables()["reports"])
        store.set_meta("built", "2026-01-01")
    with open_store(tmp_path / "one.duckdb", read_only=True) as store:
        app = application(Base(store))
        asked = "sender=CHN&target=RUS&at=2022-09-15"
        found = get(app, f"/timeline.json?{asked}").json()
        where = f"/quotes?id={found['statements'][0]['id']}&days=3"
        assert where.replace("&", "&amp;") in get(app, f"/timeline?{asked}").text
        quoted = get(app, where.replace("?", ".json?")).json()
        assert [one["quoted"] for one in quoted["sentences"]] == [1]
        assert get(app, where).status_code == 200
        assert get(app, "/quotes?id=none").status_code == 400
