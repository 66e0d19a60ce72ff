"""An event in the news, hour by hour, and pages that changed. All reports are invented."""

import json
import lzma
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from talleyrand import registry
from talleyrand.api_perception import edits_in, timeline_in
from talleyrand.cli import main
from talleyrand.errors import InputError
from talleyrand.inference.lead import holm, lead
from talleyrand.ingest import ingest
from talleyrand.model import Raw
from talleyrand.store import Store, open_store

FEED = """date_utc,outlet,outlet_country,lang,title,lead,url
2022-09-14T08:00:00,Arden Times,GBR,en,Invented: China hails ties with Russia,,https://a.example/1
2022-09-15T02:00:00,Brook News,USA,en,Invented: China hails Russia again,,https://b.example/1
2022-09-15T14:00:00,Arden Times,GBR,en,Invented: Russia warns China,,https://a.example/2
2022-09-15T00:00:00,Day Post,FRA,en,Invented: China and Russia talk,,https://d.example/1
2022-09-16T03:00:00,Brook News,USA,en,Invented: China condemns Russia,,https://b.example/2
"""
VERSIONS = """first_seen,last_seen,n_snapshots,outlet,outlet_country,tag,title,lead,url
2022-09-15T13:18:18,2022-09-15T14:45:00,5,Crown,GBR,,Invented: Russia hails China,Words,https://c.example/9
2022-09-15T15:27:07,2022-09-15T18:00:54,6,Crown,GBR,,Invented: Russia China in talks,Words,https://c.example/9
2022-09-15T18:27:38,2022-09-16T02:56:19,9,Crown,GBR,,Invented: Russia China in talks,,https://c.example/9
2022-09-15T19:00:00,2022-09-15T20:00:00,1,Crown,GBR,,Invented: Russia China at table,,https://c.example/8
2022-09-15T21:00:00,2022-09-15T22:00:00,1,Crown,GBR,,Invented: Russia China at tables,,https://c.example/8
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "headlines.csv").write_text(FEED, "utf-8")
    (tmp_path / "front_page.csv").write_text(VERSIONS, "utf-8")
    base = open_store(tmp_path / "s.duckdb")
    source = next(s for s in registry.SOURCES if s.name == "headlines")
    for name in ("headlines.csv", "front_page.csv"):
        raw = Raw(name, (tmp_path / name).read_bytes())
        ingest(base, source, [raw], origin="invented", workers=1)
    return base


def test_what_came_before_and_after(store: Store) -> None:
    """With the hour, reports of the day have their side; those known by the day only have none."""
    told = timeline_in(store, "CHN", "RUS", at="2022-09-15T09:00").to_dict()
    sides = {when: side["reports"] for when, side in told["sides"].items()}
    assert sides == {"before": 2, "that day": 1, "after": 4}
    assert told["sides"]["before"]["warming"] == 2
    day = timeline_in(store, "CHN", "RUS", at="2022-09-15").to_dict()
    assert day["sides"]["before"]["reports"] == 1
    assert not day["hour_known"]
    crown = next(one for one in told["outlets"] if one["outlet"] == "Crown")
    assert crown["first_frame"] == "warming"
    assert crown["hours_after"] == 4.3


def test_an_edit_with_first_and_last_seen(store: Store) -> None:
    """The change lies between the last sight of the old and the first of the new version."""
    (edit,) = edits_in(store, "CHN", "RUS", since="2022-09-15", until="2022-09-15")
    told = edit.to_dict()
    assert told["url"] == "https://c.example/9"
    assert told["changes"][0]["between"] == ["2022-09-15T14:45Z", "2022-09-15T15:27Z"]
    assert told["changes"][0]["title_tone"] == [1, 0]
    assert told["versions"][1]["last_seen"] == "2022-09-16T02:56Z"


def test_a_month_is_whole_and_what_has_no_address_was_not_edited(tmp_path: Path) -> None:
    """Two reports of one minute without an address are no two versions of one page."""
    rows = FEED.splitlines()[0] + "".join(
        f"\n2022-09-30T08:00:00,Arden Times,GBR,en,Invented: China {does} Russia,,{url}"
        for url in ("", "https://a.example/3") for does in ("hails ties with", "condemns")
    )  # fmt: skip
    source = next(s for s in registry.SOURCES if s.name == "headlines")
    with open_store(tmp_path / "s.duckdb") as base:
        ingest(base, source, [Raw("headlines.csv", rows.encode())], origin="invented", workers=1)
        (edit,) = edits_in(base, "CHN", "RUS", since="2022-09", until="2022-09")
    assert edit.url == "https://a.example/3"


def test_days_and_times_are_checked(store: Store) -> None:
    """What cannot be meant is refused with what to write instead."""
    with pytest.raises(InputError, match="from 1 to 60"):
        timeline_in(store, "CHN", "RUS", at="2022-09-15", days=0)
    with pytest.raises(InputError, match="2022-09-15T09:00"):
        timeline_in(store, "CHN", "RUS", at="2022-09-15Tnoon")
    with pytest.raises(InputError, match="after the last"):
        edits_in(store, "CHN", "RUS", since="2022-09-16", until="2022-09-15")
    with pytest.raises(InputError, match="an event has a day"):
        timeline_in(store, "CHN", "RUS", at="2022-09")
    aware = datetime(2022, 9, 15, 9, tzinfo=UTC)
    assert timeline_in(store, "CHN", "RUS", at=aware).hour_known


def test_commands(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terminal, JSON and page of both commands."""
    path = store.location
    store.close()
    page = tmp_path / "page.html"
    base = ["--store", path]
    event = ["timeline", "CHN", "RUS", "--at", "2022-09-15T09:00", *base]
    assert main([*event, "--html", str(page)]) == 0
    assert "before the event" in capsys.readouterr().out
    assert "<svg" in page.read_text("utf-8")
    assert "<rect" not in page.read_text("utf-8").split("<svg")[1].split("</svg>")[0]
    day = ["timeline", "CHN", "RUS", "--at", "2022-09-15", *base, "--html", str(page)]
    assert main(day) == 0
    assert "shaded, on neither side" in page.read_text("utf-8")
    capsys.readouterr()
    assert main([*event, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["edits"]
    asked = ["edits", "CHN", "RUS", "--from", "2022-09-15", "--to", "2022-09-16", *base]
    assert main(asked) == 0
    assert "1 page changed" in capsys.readouterr().out


def test_a_lead_is_found_and_a_trend_leads_nobody() -> None:
    """One series a step behind another; and two that persist, by chance alone."""
    random = np.random.default_rng(5)
    own = random.normal(size=120)
    follower = np.r_[0.0, own[:-1]] + random.normal(scale=0.5, size=120)
    found = lead(own, follower)
    assert found is not None
    assert (found.best, found.lead > 0) == (1, True)
    assert found.p < 0.05
    false = 0
    for _ in range(60):
        walks = np.cumsum(random.normal(size=(2, 120)), axis=1)
        one = lead(walks[0], walks[1])
        assert one is not None
        false += one.p < 0.05
    assert false <= 8
    assert lead(np.full(120, np.nan), own) is None


def test_holm() -> None:
    """The smallest is multiplied by how many there are; the order is kept."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_the_change_of_15_september_2022(records: Path, tmp_path: Path) -> None:
    """On the real front page the frame changed between 14:45 and 15:27 UTC."""
    packed = records / "coverage" / "bbc_front_page_versions_2022-06_2023-04.csv.xz"
    lines = lzma.decompress(packed.read_bytes()).decode("utf-8").splitlines()
    wanted = [lines[0], *(line for line in lines if "62912892" in line)]
    with open_store(tmp_path / "s.duckdb") as base:
        source = next(s for s in registry.SOURCES if s.name == "headlines")
        raw = Raw("front_page.csv", "\n".join(wanted).encode())
        ingest(base, source, [raw], origin="public", workers=1)
        (edit,) = edits_in(base, "CHN", "RUS", since="2022-09-15", until="2022-09-15")
    between = ["2022-09-15T14:45Z", "2022-09-15T15:27Z"]
    assert between in [change["between"] for change in edit.to_dict()["changes"]]
