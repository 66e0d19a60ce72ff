"""Sources of records that are fetched: the UN's library and Comtrade, OFAC, SIPRI, GDELT's list.

The layouts are the published ones with invented figures, on a server of our own that misbehaves;
the real sites have not been tried.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from naughty import Answer, Asked, Page, ask_near, serving, taken, text
from talleyrand import fetch, gdelt_files, live, registry
from talleyrand.cli import main
from talleyrand.errors import FetchError, LayoutChanged
from talleyrand.events import layouts
from talleyrand.model import Raw, Rejected
from talleyrand.sources import ofac, sipri_arms, un_comtrade, un_library
from talleyrand.store import open_store

SAMPLES = Path(__file__).parent / "samples" / "records"
CHANGED = b"<html><body>We have a new design!</body></html>"
YEAR = datetime.now(UTC).year

VOTES = b"""undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,\
title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,\
total_ms,undl_link
1,CHN,CHINA,Y,2021-12-06,76,A/RES/76/1,,,A/76/PV.1,"An invented, title",,,,2,1,0,1,4,x
1,RUS,RUSSIAN FEDERATION,A,2021-12-06,76,A/RES/76/1,,,A/76/PV.1,Invented,,,,2,1,0,1,4,x
2,CHN,CHINA,N,2022-10-12,ES-11,A/RES/ES-11/4,,,A/ES-11/PV.1,Invented,,,,2,1,0,1,4,x
2,SUN,USSR,X,2022-10-12,ES-11,A/RES/ES-11/4,,,A/ES-11/PV.1,Invented,,,,2,1,0,1,4,x
2,DDR,GERMAN DEMOCRATIC REPUBLIC,Y,2022-10-12,ES-11,A/RES/ES-11/4,,,,Invented,,,,2,1,0,1,4,x
2,KAZ,KAZAKHSTAN,Q,2022-10-12,ES-11,A/RES/ES-11/4,,,,Invented,,,,2,1,0,1,4,x
"""


def library(body: bytes) -> dict[str, Page]:
    page = b'<a href="/record/4060887/files/2024_09_12_ga_resolutions_voting.csv">x</a>' \
           b'<a href="/record/4060887/files/2026_02_06_ga_voting.csv?ln=en">x</a>'  # fmt: skip
    table = "/record/4060887/files/2026_02_06_ga_voting.csv"
    return {"/record/4060887": text(page), table: text(body)}


def flow(partner: str, value: Any, **other: Any) -> dict[str, Any]:
    """One row of Comtrade's preview."""
    return {"typeCode": "C", "freqCode": "A", "period": str(YEAR - 1), "reporterCode": 156,
            "reporterISO": "CHN", "flowCode": "X", "partnerISO": partner, "partner2Code": 0,
            "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "primaryValue": value,
            "isReported": True, **other}  # fmt: skip


def answer(*rows: dict[str, Any], error: str = "") -> bytes:
    return json.dumps({"elapsedTime": ".1 s", "count": len(rows), "data": rows,
                       "error": error}).encode()  # fmt: skip


TRADED = answer(flow("RUS", 1e9), flow("W00", 9e9), flow("RUS", 1e9, motCode=1000),
                flow("KAZ", -1), flow("RUS", 2e9), flow("MNG", 5))  # fmt: skip


def comtrade(body: bytes) -> dict[str, Page]:
    def page(asked: Asked) -> Answer:
        china = f"reporterCode=156&period={YEAR - 1}&flowCode=X" in asked.path
        return text(body if china or body == CHANGED else answer())

    return {"*": page}


def register(body: bytes) -> dict[str, Page]:
    made = body if body == CHANGED else json.dumps({"bytes": base64.b64encode(body).decode()})
    sent = made if isinstance(made, bytes) else made.encode()
    return {"/api": (200, {"Content-Type": "application/json"}, sent)}


SITES: dict[str, tuple[Callable[[bytes], dict[str, Page]], bytes, date | None]] = {
    "un_library": (library, VOTES, date(2022, 1, 1)),
    "un_comtrade": (comtrade, TRADED, date(YEAR - 1, 1, 1)),
    "ofac": (lambda body: {"/sdn": text(body)},
             (SAMPLES / "ofac_2022_01_sdn_sample.csv").read_bytes(), None),
    "sipri_arms": (register, (SAMPLES / "trade_register_sample.csv").read_bytes(), None),
}  # fmt: skip


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch, pages: dict[str, Page]) -> Iterator[Any]:
    """The sites, all on one server of our own."""
    ask_near(monkeypatch)
    with serving(pages) as server:
        monkeypatch.setattr(un_library, "RECORD", f"{server.address}/record/4060887")
        monkeypatch.setattr(un_comtrade, "API", f"{server.address}/trade")
        monkeypatch.setattr(ofac, "LIST", f"{server.address}/sdn")
        monkeypatch.setattr(sipri_arms, "API", f"{server.address}/api")
        monkeypatch.setattr(gdelt_files, "SITE", f"{server.address}/")
        yield server


def items(name: str, raws: list[Raw]) -> list[Any]:
    made: list[Any] = []
    for raw in raws:
        assert registry.source(name).claims(raw.name), raw.name
        for item in registry.source(name).parse(raw):
            made += item.to_pylist() if isinstance(item, pa.Table) else [item]
    return made


@pytest.mark.parametrize("name", SITES)
def test_a_site_gives_what_its_parser_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is claimed, and gives records."""
    pages, body, since = SITES[name]
    with served(monkeypatch, pages(body)):
        found, error = taken(name, since)
    assert error is None
    assert any(not isinstance(item, Rejected) for item in items(name, found))


@pytest.mark.parametrize("name", SITES)
def test_a_changed_layout_is_noticed_and_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new design is LayoutChanged, never a good end."""
    pages, _, since = SITES[name]
    with served(monkeypatch, pages(CHANGED)):
        _, error = taken(name, since)
    assert isinstance(error, LayoutChanged)
    assert any(word in str(error) for word in ("report it", "talleyrand ingest"))


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(
    "trouble",
    [(429, {"Retry-After": "9000"}, b""), (500, {}, b""), (302, {"Location": "http://e.example/"},
     b""), (302, {"Location": "http://127.0.0.1:1/"}, b""), text(b"{}", **{"Content-Length": "99"}),
     (403, {}, b"no programs")],
    ids=["429", "500", "elsewhere", "loopback", "cut", "403"],
)  # fmt: skip
def test_a_site_that_misbehaves_gives_nothing(
    name: str, trouble: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Busy, broken off, or leading elsewhere: an error that says so, and no record."""
    with served(monkeypatch, {"*": trouble, "/robots.txt": text(b"")}):
        found, error = taken(name, SITES[name][2])
    assert not found
    assert isinstance(error, FetchError)


def test_votes_are_read_by_the_published_dictionary() -> None:
    """Numbers as in `un_votes`; states that are no more, and unknown votes, are set aside."""
    found = items("un_library", [Raw("2026_02_06_ga_voting.csv", VOTES)])
    votes = {(v["sender"], v["item"]): v["value"] for v in found if isinstance(v, dict)}
    assert votes == {("CHN", "undl:1"): 1.0, ("RUS", "undl:1"): 2.0, ("CHN", "undl:2"): 3.0,
                     ("RUS", "undl:2"): 8.0}  # fmt: skip
    assert sorted(one.reason.split()[1] for one in found if isinstance(one, Rejected)) == [
        "vote", "voter",
    ]  # fmt: skip


def test_the_newest_table_is_taken_and_only_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page names the tables; rows before the day are left out."""
    with served(monkeypatch, library(VOTES)) as server:
        found, _ = taken("un_library", date(2022, 1, 1))
        assert server.paths()[-1].endswith("2026_02_06_ga_voting.csv")
        assert b"A/RES/76/1" not in found[0].data
        _, error = taken("un_library", date(2024, 1, 1))
    assert "no roll call since" in str(error)


def test_a_day_counts_once_though_two_sources_have_it(tmp_path: Path) -> None:
    """The library's roll calls fill the days that `un_votes` lacks, and no others."""
    from talleyrand.dimensions import votes

    rows = [(source, state, item, day)
            for source, item, day in (("un_votes", "rcid:1", "2021-12-06"),
                                      ("un_library", "undl:1", "2021-12-06"),
                                      ("un_library", "undl:2", "2022-10-12"))
            for state in ("CHN", "RUS")]  # fmt: skip
    with open_store(tmp_path / "s.duckdb") as store, store.transaction():
        schema = store.rows("SELECT * FROM records LIMIT 0")
        assert schema == []
        table = pa.Table.from_pylist([
            {"source": source, "kind": "vote", "sender": state, "target": "", "item": item,
             "start_date": date.fromisoformat(day), "end_date": date.fromisoformat(day),
             "value": 1.0, "unit": "vote", "vintage": "", "url": "", "note": "", "piece": "x"}
            for source, state, item, day in rows
        ])  # fmt: skip
        store.add("records", table)
        found = store.rows(votes._VOTES, sender="CHN", target="RUS")
    assert [row["item"] for row in found] == ["rcid:1", "undl:2"]


def test_comtrade_counts_each_flow_once() -> None:
    """Totals only; the world, second rows and what is no amount are left out or set aside."""
    found = items("un_comtrade", [Raw(f"comtrade_CHN_{YEAR - 1}_X.json", TRADED)])
    flows = [(f["target"], f["value"]) for f in found if isinstance(f, dict)]
    assert flows == [("RUS", 1e9), ("MNG", 5.0)]
    reasons = sorted(one.reason for one in found if isinstance(one, Rejected))
    assert reasons == ["a party that is a group, a territory or no state",
                       "a second row of the same partner and year",
                       "a value that is no amount"]  # fmt: skip


@pytest.mark.parametrize("flow_code", [[], {}, None, "XM"])
def test_a_flow_that_is_no_word_costs_its_row(flow_code: object) -> None:
    """What JSON can hold in place of a word is set aside."""
    row = {"period": "2022", "reporterISO": "CHN", "partnerISO": "RUS", "flowCode": flow_code,
           "cmdCode": "TOTAL", "primaryValue": 1.0}  # fmt: skip
    (found,) = un_comtrade.parse(
        Raw("comtrade_CHN_2022_X.json", json.dumps({"data": [row]}).encode())
    )
    assert isinstance(found, Rejected)
    assert found.reason == "a row without a year or a flow"


@pytest.mark.parametrize(
    "body", [answer(error="quota"), answer(*[flow("RUS", 1)] * 500), b"[]", b"{}", b'{"data":1}']
)
def test_an_answer_cut_off_or_refused_is_no_answer(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five hundred rows are a cut, an error is an error."""
    with served(monkeypatch, {"*": text(body), "/robots.txt": text(b"")}):
        found, error = taken("un_comtrade", date(YEAR - 1, 1, 1))
    assert not found
    assert isinstance(error, LayoutChanged)


def test_the_register_is_asked_for_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is posted names all years and no party; --since is refused."""
    pages, body, _ = SITES["sipri_arms"]
    with served(monkeypatch, pages(body)) as server:
        taken("sipri_arms", None)
        asked = json.loads(server.sent[0])
        fields = {one["field"]: one["value2"] for one in asked["filters"]}
        assert fields == {"Delivery year": YEAR - 1, "Order year": YEAR - 1, "opendeals": ""}
        with pytest.raises(FetchError, match="leave --since out"):
            live.pages(sipri_arms.SOURCE, Nobody(), date(2020, 1, 1))


class Nobody:
    """An Http that must not be asked."""

    def get(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("nothing is asked")

    def forget(self, url: str) -> None:
        raise AssertionError("nothing is asked")


def test_questions_posted_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions at one address are two pages in the cache."""
    with served(monkeypatch, {"*": lambda asked: text(str(asked.before).encode())}) as server:
        with fetch.open_http(tmp_path) as http:
            place = f"{server.address}/q"
            first = http.get(place, send=b"1", settled=True)
            second = http.get(place, send=b"2", settled=True)
            assert first != second
            assert http.get(place, send=b"1", settled=True) == first
        assert server.sent == [b"1", b"2"]


# --- GDELT's list --------------------------------------------------------------------------


def event_zip(number: int) -> bytes:
    """One invented event of GDELT 2.0, zipped as published."""
    cells = {"GLOBALEVENTID": str(number), "SQLDATE": "20220915", "MonthYear": "202209",
             "Year": "2022", "Actor1CountryCode": "CHN", "Actor2CountryCode": "RUS",
             "EventCode": "042", "GoldsteinScale": "1.9", "QuadClass": "1", "NumMentions": "2",
             "DATEADDED": "20220915000000", "SOURCEURL": f"https://a.com/{number}"}  # fmt: skip
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        line = "\t".join(cells.get(name, "") for name in layouts.GDELT2)
        archive.writestr(f"{number}.export.CSV", line + "\n")
    return held.getvalue()


MOMENTS = ("20220914234500", "20220915000000", "20220915001500", "20220916000000")


def listing(files: dict[str, bytes], *others: str) -> bytes:
    lines = [
        f"{len(data)} {hashlib.md5(data, usedforsecurity=False).hexdigest()}"
        f" http://data.gdeltproject.org/gdeltv2/{moment}.export.CSV.zip"
        for moment, data in files.items()
    ]
    sum_of_none = "d41d8cd98f00b204e9800998ecf8427e"
    lines += [f"9 {sum_of_none} http://data.gdeltproject.org/gdeltv2/{MOMENTS[1]}.gkg.csv.zip"]
    return "\n".join([*lines, *others]).encode() + b"\n"


def gdelt(files: dict[str, bytes]) -> dict[str, Page]:
    pages: dict[str, Page] = {f"/{m}.export.CSV.zip": (200, {}, data) for m, data in files.items()}
    return {**pages, "/masterfilelist.txt": text(listing(files))}


def test_the_days_asked_for_are_fetched_checked_and_reduced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two of four files are of that day; the next run asks for none of them again."""
    files = {moment: event_zip(i) for i, moment in enumerate(MOMENTS)}
    command = ["reduce", "--since", "2022-09-15", "--until", "2022-09-15", "--out",
               str(tmp_path / "ev"), "--json"]  # fmt: skip
    with served(monkeypatch, gdelt(files)) as server:
        assert main(command) == 0
        assert json.loads(capsys.readouterr().out)["events"] == 2
        assert main(command) == 0
        asked = [path for path in server.paths() if path.endswith(".zip")]
        assert asked == [f"/{moment}.export.CSV.zip" for moment in MOMENTS[1:3]]
        (tmp_path / "ev" / "fetched" / f"{MOMENTS[1]}.export.CSV.zip").write_bytes(b"damaged")
        assert main(command) == 0
        assert server.paths().count(f"/{MOMENTS[1]}.export.CSV.zip") == 2


def test_the_newest_quarter_of_an_hour_is_fetched_without_the_long_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run every fifteen minutes into one folder adds up, and asks for no list of 100 MB."""
    files = {moment: event_zip(i) for i, moment in enumerate(MOMENTS[1:3])}
    pages = {**gdelt(files), "/masterfilelist.txt": (500, {}, b"")}
    command = ["reduce", "--latest", "--out", str(tmp_path / "ev"), "--json"]
    with served(monkeypatch, pages) as server:
        for count, (moment, data) in enumerate(files.items(), start=1):
            server.pages["/lastupdate.txt"] = text(listing({moment: data}))
            assert main(command) == 0
            assert json.loads(capsys.readouterr().out)["events"] == count
        assert "/masterfilelist.txt" not in server.paths()
        server.pages["/lastupdate.txt"] = text(CHANGED)
        assert main(command) == 1
        assert "lastupdate.txt" in capsys.readouterr().err
        for more in (["--since", "2022-09-15"], ["--until", "2022-09-15"], [str(tmp_path)]):
            assert main(["reduce", *more, *command[1:]]) == 2
            assert "leave" in capsys.readouterr().err


def test_a_file_that_is_not_as_listed_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another size or sum, or a file the site lacks: told with code 1, the others are reduced."""
    files = {moment: event_zip(i) for i, moment in enumerate(MOMENTS)}
    pages = gdelt(files)
    pages[f"/{MOMENTS[2]}.export.CSV.zip"] = (200, {}, event_zip(99))
    command = ["reduce", "--since", "2022-09-15", "--until", "2022-09-15", "--out",
               str(tmp_path / "ev")]  # fmt: skip
    with served(monkeypatch, pages):
        assert main(command) == 1
        assert "another size or sum" in capsys.readouterr().err
        assert [p.name for p in (tmp_path / "ev" / "fetched").glob("*.zip")] == [
            f"{MOMENTS[1]}.export.CSV.zip"
        ]
        pages[f"/{MOMENTS[2]}.export.CSV.zip"] = (404, {}, b"")
        assert main(command) == 1
        assert "lacks 1 of 2 files" in capsys.readouterr().err


@pytest.mark.parametrize("body", [CHANGED, b"", b"name,size\na,1\n" * 50])
def test_a_list_of_another_form_is_a_changed_layout(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line, or too few lines, that are size, sum and address."""
    with (
        served(monkeypatch, {"/masterfilelist.txt": text(body)}),
        fetch.open_http() as http,
        pytest.raises(LayoutChanged, match="report it"),
    ):
        gdelt_files.listed(http, date(2022, 9, 15), date(2022, 9, 15))


def test_no_address_is_taken_from_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that leads elsewhere is no line, and a few odd ones do not matter."""
    one = event_zip(1)
    odd = "1 d41d8cd98f00b204e9800998ecf8427e http://e.example/20220915000000.export.CSV.zip"
    files = {f"202209150{h:02}500"[:14]: one for h in range(20)}
    page: dict[str, Page] = {"/masterfilelist.txt": text(listing(files, odd))}
    with served(monkeypatch, page), fetch.open_http() as http:
        found = gdelt_files.listed(http, date(2022, 9, 15), date(2022, 9, 15))
        assert all(file.md5 != odd.split()[1] for file in found)
        with pytest.raises(FetchError, match="lists no events"):
            gdelt_files.listed(http, date(2021, 1, 1), date(2021, 1, 2))
