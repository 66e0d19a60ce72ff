"""`ingest SOURCE --since DATE`: what each official site gives, and that a changed one is named.

The pages are invented samples in the layouts recorded in the archive; the addresses of the lists'
further pages could not be tried on the real sites.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from naughty import Answer, Asked, Page, ask_near, come, serving, text
from talleyrand import fetch, live, registry
from talleyrand.cli import main
from talleyrand.errors import FetchError, InputError, LayoutChanged, PageMissing
from talleyrand.model import Source
from talleyrand.sources import cctv, kremlin, mfa_china, president_ukraine, whitehouse
from talleyrand.store import open_store

SAMPLES = Path(__file__).parent / "samples" / "statements"
DAY = (SAMPLES / "cctv" / "news" / "20230102.md").read_bytes()
REMARK = (SAMPLES / "mfa_china" / "raw" / "901").read_bytes()
FEED = (SAMPLES / "kremlin" / "kremlin_en.xml").read_bytes()
NEWS = (SAMPLES / "president_ukraine" / "invented-item-4.html").read_bytes()
RELEASE = next((SAMPLES / "whitehouse").rglob("2023-01-03-readout*.md")).read_bytes()
CHANGED = b"<html><body>We have a new design!</body></html>"


class Site:
    """An Http that holds these pages by their whole address."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(
        self, url: str, *, settled: bool = False, text: bool = True, send: bytes | None = None
    ) -> bytes:
        self.asked.append(url)
        if url not in self.pages:
            raise PageMissing(f"{url} answered 404")
        return self.pages[url]

    def forget(self, url: str) -> None:
        pass


def links(*days: str) -> bytes:
    return "".join(f'<a href="./{d[:6]}/t{d}_1.shtml">x</a>' for d in days).encode()


def month(back: int = 0) -> str:
    day = datetime.now(UTC).date()
    for _ in range(back):
        day = day.replace(day=1) - timedelta(days=1)
    return f"{day:%Y-%m}"


def mirror(body: bytes, *files: str) -> dict[str, bytes]:
    """The White House mirror with one section and this month's files."""
    listed = [{"name": name, "type": "file", "download_url": "http://127.0.0.1/x"}
              for name in (*files, "../../../etc/passwd")]  # fmt: skip
    here = f"press-briefings/{month()}"
    sections = [{"name": "press-briefings", "type": "dir"}, {"name": ".github", "type": "dir"}]
    pages = {f"{whitehouse.MIRROR}": sections, f"{whitehouse.MIRROR}{here}": listed}
    made = {url: json.dumps(page).encode() for url, page in pages.items()}
    return {**made, **{f"{whitehouse.PAGES}{here}/{name}": body for name in files}}


def days(count: int, body: bytes) -> dict[str, bytes]:
    today = cctv._today()
    return {cctv.MIRROR.format(day=today - timedelta(days=n + 1)): body for n in range(count)}


def feeds(body: bytes) -> dict[str, bytes]:
    return dict.fromkeys(kremlin.FEEDS, body)


def remarks(body: bytes) -> dict[str, bytes]:
    return {mfa_china.LIST: links("20230228"), f"{mfa_china.LIST}202302/t20230228_1.shtml": body,
            f"{mfa_china.LIST}index_1.shtml": links("20230101")}  # fmt: skip


def news(body: bytes) -> dict[str, bytes]:
    where = "https://www.president.gov.ua/en/news"
    return {f"{where}/all": b'<a href="/en/news/invented-4">x</a>', f"{where}/invented-4": body}


SITES: dict[str, tuple[Callable[[bytes], dict[str, bytes]], bytes, date | None]] = {
    "cctv": (lambda body: days(3, body), DAY, cctv._today() - timedelta(days=3)),
    "mfa_china": (remarks, REMARK, date(2023, 2, 1)),
    "whitehouse": (lambda body: mirror(body, f"{month()}-28-a.md"), RELEASE,
                   datetime.now(UTC).date().replace(day=1)),
    "kremlin": (feeds, FEED, date(2024, 5, 7)),
    "president_ukraine": (news, NEWS, None),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_a_site_gives_what_its_parser_reads(name: str) -> None:
    """Every page is claimed and gives something, and the end is a good one."""
    pages, body, since = SITES[name]
    found, error = come(registry.source(name), Site(pages(body)), since)
    assert found
    assert error is None


@pytest.mark.parametrize("name", SITES)
def test_a_changed_layout_is_noticed_and_named(name: str) -> None:
    """A new design is LayoutChanged with the place to look at, never a good end."""
    pages, _, since = SITES[name]
    _, error = come(registry.source(name), Site(pages(CHANGED)), since)
    assert isinstance(error, LayoutChanged)
    assert "look" in str(error)
    assert "report it" in str(error)


@pytest.mark.parametrize(
    ("name", "place"),
    [("mfa_china", mfa_china.LIST), ("whitehouse", whitehouse.MIRROR),
     ("president_ukraine", president_ukraine.LIST)],
)  # fmt: skip
def test_a_list_without_entries_is_a_changed_layout(name: str, place: str) -> None:
    """Nothing listed is no quiet day."""
    for body in (CHANGED, b"", b"{}", b"[]"):
        found, error = come(registry.source(name), Site({place: body}), date(2023, 1, 1))
        assert isinstance(error, LayoutChanged), body
        assert not found


def test_missing_days_are_told_and_the_others_kept() -> None:
    """A day the mirror lacks costs itself only."""
    site = Site(days(2, DAY))
    found, error = come(cctv.SOURCE, site, cctv._today() - timedelta(days=4))
    assert len(found) == 2
    assert "lacks 2 of 4 days" in str(error)


def test_a_list_is_turned_over_until_the_day() -> None:
    """The ministry's list is followed back to the day; where it ends before, that is told."""
    first, second = links("20230228", "20230227"), links("20230201", "20230101")
    pages = {mfa_china.LIST: first, f"{mfa_china.LIST}index_1.shtml": second}
    pages |= {f"{mfa_china.LIST}{d[:6]}/t{d}_1.shtml": REMARK
              for d in ("20230228", "20230227", "20230201", "20230101")}  # fmt: skip
    found, error = come(mfa_china.SOURCE, Site(pages), date(2023, 2, 1))
    assert (len(found), error) == (3, None)
    found, error = come(mfa_china.SOURCE, Site(pages), date(2022, 1, 1))
    assert len(found) == 4
    assert "goes back to 2023-01-01 only" in str(error)


def test_a_feed_too_short_is_told() -> None:
    """The feeds hold the latest releases: what lies between is said to be missing."""
    found, error = come(kremlin.SOURCE, Site(feeds(FEED)), date(2024, 1, 1))
    assert len(found) == 2
    assert "do not go back to 2024-01-01" in str(error)


def test_no_address_is_taken_from_a_list() -> None:
    """A mirror's list names files; where they stand is known, and no name leads out."""
    site = Site(mirror(RELEASE, f"{month()}-28-a.md"))
    come(whitehouse.SOURCE, site, datetime.now(UTC).date().replace(day=1))
    assert all(url.startswith((whitehouse.MIRROR, whitehouse.PAGES)) for url in site.asked)
    assert not any("passwd" in url for url in site.asked)
    assert whitehouse._months(date(2022, 11, 30), date(2023, 1, 1)) == [
        "2022-11", "2022-12", "2023-01",
    ]  # fmt: skip


@pytest.mark.parametrize("source", registry.SOURCES, ids=lambda s: s.name)
def test_every_source_can_be_asked_or_says_what_to_do(source: Source) -> None:
    """A source without a site that can be asked by day tells what to do by hand."""
    elsewhere = {"un_library", "un_comtrade", "eurostat", "us_census", "imf_trade"}
    if source.name in {*SITES, *elsewhere}:  # test_live_records and test_live_trade
        assert source.fetch_since
        return
    with pytest.raises((FetchError, InputError), match=r"talleyrand ingest|leave --since out"):
        live.pages(source, Site({}), date(2023, 1, 1))


# --- the command, against a server ---------------------------------------------------------


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Page]) -> Iterator[Any]:
    """The mirror of the evening news, on a server of our own."""
    ask_near(monkeypatch)
    with serving(pages) as server:
        monkeypatch.setattr(cctv, "MIRROR", server.address + "/{day:%Y%m%d}.md")
        yield server


def test_the_command_fetches_keeps_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken run keeps its pages; the next asks only for the rest and completes."""
    today = cctv._today()
    names = [f"/{today - timedelta(days=n):%Y%m%d}.md" for n in (3, 2, 1)]

    def broken(asked: Asked) -> Answer:
        return (429, {"Retry-After": "9000"}, b"") if asked.before < 1 else text(DAY)

    pages: dict[str, Page] = {names[0]: text(DAY), names[1]: broken, names[2]: text(DAY)}
    store = tmp_path / "s.duckdb"
    command = ["ingest", "cctv", "--since", f"{today - timedelta(days=3)}", "--store", str(store)]
    with served(monkeypatch, pages) as server:
        assert main(command) == 1
        assert "asks to wait 9,000 s" in " ".join(capsys.readouterr().out.split())
        with open_store(store, read_only=True) as opened:
            assert opened.counts()["documents"] > 0
        assert main(command) == 0
        assert server.paths() == [names[0], names[1], names[1], names[2]]
    assert len(list((tmp_path / "s.duckdb.raw").rglob("*.raw"))) == 3


def test_the_command_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed layout by its name; no contact, a wrong day or files beside it: input to mend."""
    store = tmp_path / "s.duckdb"
    day = cctv._today() - timedelta(days=1)
    good = ["ingest", "cctv", "--since", str(day), "--store", str(store)]
    with served(monkeypatch, {f"/{day:%Y%m%d}.md": text(CHANGED)}):
        assert main(good) == 1
        assert "changed layout" in capsys.readouterr().out
    store.unlink()
    monkeypatch.delenv(fetch.CONTACT)
    for command, code, said in (
        (good, 2, "TALLEYRAND_CONTACT"),
        ([*good[:3], "yesterday", *good[4:]], 2, "is no day"),
        ([*good[:3], "2999-01-01", *good[4:]], 2, "still to come"),
        ([*good[:2], str(tmp_path), *good[2:]], 2, "leave it or the files out"),
        (["ingest", "ofac", *good[2:]], 1, "talleyrand ingest ofac FOLDER"),
        (["ingest", "atop", *good[4:]], 1, "talleyrand ingest atop FILE"),
    ):
        assert main(command) == code, command
        assert said in capsys.readouterr().err
    assert not store.exists()
