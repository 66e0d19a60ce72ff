"""Event data at scale: layouts as published, duplicates, press, and series from files."""

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from talleyrand import event_series, event_staging, event_types, reduce, scale, unfinished
from talleyrand.errors import InputError, LayoutChanged, StoreError, UnreadableFile
from talleyrand.events import layouts, outlets
from talleyrand.folder_lock import locked
from talleyrand.scale_queries import composed, read_files, statement

TALK = {"EventCode": "042", "GoldsteinScale": "1.9", "QuadClass": "1"}
FORCE = {"EventCode": "190", "GoldsteinScale": "-10.0", "QuadClass": "4"}


def line(layout: tuple[str, ...], **cells: str) -> str:
    """One invented row of a headerless layout."""
    usual = {
        "GLOBALEVENTID": "1",
        "SQLDATE": "20220301",
        "MonthYear": "202203",
        "Year": "2022",
        "Actor1CountryCode": "RUS",
        "Actor2CountryCode": "UKR",
        "NumMentions": "6",
        "DATEADDED": "20220301" if layout == layouts.GDELT1 else "20220301120000",
        "SOURCEURL": "https://www.bbc.com/news/invented",
        **TALK,
    }
    given = {**usual, **cells}
    return "\t".join(given.get(name, "") for name in layout)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def table(path: Path, header: str, *rows: dict[str, str], delimiter: str = "\t") -> Path:
    names = header.split(",")
    lines = [delimiter.join(row.get(name, "") for name in names) for row in rows]
    return written(path, delimiter.join(names), *lines)


def test_a_dyads_months_come_out_of_the_files(tmp_path: Path) -> None:
    """Events count, reports do not; within one state or by others than organs is left out."""
    file = written(
        tmp_path / "20220301.export.CSV",
        line(layouts.GDELT2),
        line(layouts.GDELT2, GLOBALEVENTID="2", **FORCE),
        line(layouts.GDELT2, GLOBALEVENTID="3", SQLDATE="20220401"),
        line(layouts.GDELT2, GLOBALEVENTID="4", Actor2CountryCode="RUS"),
        line(layouts.GDELT2, GLOBALEVENTID="5", Actor2CountryCode=""),
        line(layouts.GDELT2, GLOBALEVENTID="6", Actor1Type1Code="REB"),
        line(layouts.GDELT2, GLOBALEVENTID="7", Actor2CountryCode="AFR"),
    )
    done = reduce([file], tmp_path / "out")
    assert (done.events, done.added, done.again, done.files) == (3, 3, 0, {"gdelt2_events": 1})
    months = event_series(tmp_path / "out", "Russia", "Ukraine")
    assert [m["month"] for m in months] == [202203, 202204]
    assert months[0]["events"] == 2
    assert months[0]["mean_score"] == pytest.approx(-4.05)
    assert (months[0]["verbal_cooperation"], months[0]["material_conflict"]) == (1, 1)
    assert months[0]["reports"] == 12
    assert event_series(tmp_path / "out", "UKR", "RUS") == []


def test_what_is_emitted_again_counts_once(tmp_path: Path) -> None:
    """The same event of the same address under another number is no second event."""
    first = written(tmp_path / "a.CSV", line(layouts.GDELT2))
    again = written(tmp_path / "b.CSV", line(layouts.GDELT2, GLOBALEVENTID="9", NumMentions="8"))
    done = reduce([first, again], tmp_path / "out")
    assert (done.events, done.again) == (1, 1)
    assert reduce([first], tmp_path / "out").added == 0
    (month,) = event_series(tmp_path / "out", "RUS", "UKR")
    assert (month["events"], month["reports"]) == (1, 8)


def test_early_rows_without_an_address_are_told_apart_by_number(tmp_path: Path) -> None:
    early = layouts.GDELT1[:-1]
    rows = [line(early, GLOBALEVENTID=n, DATEADDED="20120301", SQLDATE="20120301") for n in "12"]
    assert reduce([written(tmp_path / "2012.csv", *rows)], tmp_path / "out").events == 2


@pytest.mark.parametrize(
    ("url", "press"),
    [
        ("https://www.bbc.com/news/1", "outside"),
        ("https://ria.ru/1", "own"),
        ("https://www.ukrinform.net/1", "own"),
        ("https://edition.cnn.com/1", "outside"),
        ("https://somewhere.com/1", "unknown"),
        ("https://channel.tv/1", "unknown"),
    ],
)
def test_the_press_of_the_parties_is_told_from_that_of_others(
    tmp_path: Path, url: str, press: str
) -> None:
    reduce([written(tmp_path / "a.CSV", line(layouts.GDELT2, SOURCEURL=url))], tmp_path / "out")
    found = [p for p in ("own", "outside", "unknown")
             if event_series(tmp_path / "out", "RUS", "UKR", press=p)]  # fmt: skip
    assert found == [press]


OTHERS: dict[str, tuple[str, dict[str, str], str]] = {
    "gdelt1_events": ("", {}, ""),
    "icews": (
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,"
        "Intensity,Target Name,Target Sectors,Target Country,Story ID,Publisher",
        {
            "Event ID": "1", "Event Date": "2015-03-01", "Source Name": "Foreign Affairs (Russia)",
            "Source Sectors": "Government", "Source Country": "Russian Federation",
            "CAMEO Code": "42", "Target Name": "Ukraine", "Target Country": "Ukraine",
            "Publisher": "An invented paper",
        },
        "\t",
    ),
    "polecat": (
        "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Actor Country,"
        "Recipient Country",
        {
            "Event ID": "1", "Event Date": "2022-03-01", "Event Type": "CONSULT",
            "Intensity": "1.9", "Quad Code": "1", "Actor Country": "RUS",
            "Recipient Country": "UKR",
        },
        "\t",
    ),
    "acled": (
        "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,source",
        {
            "event_id_cnty": "UKR1", "event_date": "2022-03-01", "event_type": "Battles",
            "sub_event_type": "Armed clash", "actor1": "Military Forces of Russia (2000-)",
            "actor2": "Military Forces of Ukraine (2019-)", "source": "An invented paper",
        },
        ",",
    ),
    "ucdp_ged": (
        "id,year,type_of_violence,side_a,side_b,date_start,date_end,best",
        {
            "id": "1", "type_of_violence": "1", "side_a": "Government of Russia (Soviet Union)",
            "side_b": "Government of Ukraine", "date_start": "2022-03-01 00:00:00.000",
        },
        ",",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_every_layout_gives_the_same_dyad(tmp_path: Path, name: str) -> None:
    header, row, delimiter = OTHERS[name]
    file = tmp_path / "some.csv"
    if header:
        table(file, header, row, delimiter=delimiter)
    else:
        written(file, line(layouts.GDELT1))
    assert reduce([file], tmp_path / "out").files == {name: 1}
    (month,) = event_series(tmp_path / "out", "RUS", "UKR")
    assert month["events"] == 1
    assert month["mean_score"] == pytest.approx(-10.0 if name in ("acled", "ucdp_ged") else 1.9)


def test_reports_are_kept_beside_and_are_no_events(tmp_path: Path) -> None:
    """Mentions and articles have their outlet's state and never enter the series."""
    cells = {"GLOBALEVENTID": "1", "EventTimeDate": "20220301120000", "MentionType": "1",
             "MentionTimeDate": "20220302120000", "MentionSourceName": "ria.ru",
             "Confidence": "80", "MentionDocTone": "-1.5"}  # fmt: skip
    mention = written(tmp_path / "m.CSV",
                      "\t".join(cells.get(n, "") for n in layouts.MENTIONS))  # fmt: skip
    cells = {"GKGRECORDID": "20220301120000-1", "DATE": "20220301120000",
             "SourceCollectionIdentifier": "1", "SourceCommonName": "bbc.co.uk",
             "V2Tone": "-2.5,1,3"}  # fmt: skip
    article = written(tmp_path / "g.csv", "\t".join(cells.get(n, "") for n in layouts.GKG2))
    event = written(tmp_path / "e.CSV", line(layouts.GDELT2))
    done = reduce([mention, article, event], tmp_path / "out")
    assert (done.events, done.reports) == (1, 2)
    import pyarrow.parquet as pq

    kept = pq.read_table(tmp_path / "out" / "reports" / "year=2022" / "reports.parquet")
    assert set(zip(kept["outlet_state"].to_pylist(), kept["tone"].to_pylist(), strict=True)) == {
        ("RUS", -1.5), ("GBR", -2.5),
    }  # fmt: skip


def test_zipped_and_gzipped_files_give_the_same(tmp_path: Path) -> None:
    text = line(layouts.GDELT2) + "\n"
    with zipfile.ZipFile(tmp_path / "a.CSV.zip", "w") as archive:
        archive.writestr("../../evil.CSV", text)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(text.encode()))
    done = reduce([tmp_path], tmp_path / "out")
    assert (done.events, done.again) == (1, 1)
    assert not (tmp_path.parent.parent / "evil.CSV").exists()


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talleyrand.event_files.MOST_UNPACKED", 1000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.CSV", "0" * 5_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        reduce([tmp_path / "a.zip"], tmp_path / "out")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\tb\n", "no known layout"),
        ("", "no known layout"),
        (line(layouts.GDELT2, SQLDATE="1 March 2022"), r"column 2 \(SQLDATE\) has another form"),
        ("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tTarget Name\n",
         "looks like ICEWS as published, but has no column CAMEO Code"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "changed.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(LayoutChanged, match=said):
        reduce([file], tmp_path / "out")


def test_a_damaged_line_costs_itself_and_is_counted(tmp_path: Path) -> None:
    good = line(layouts.GDELT2)
    other = line(layouts.GDELT2, SOURCEURL="https://b.de/2")
    file = written(tmp_path / "a.CSV", *[good] * 30, "x\ty", other)
    done = reduce([file], tmp_path / "out")
    assert (done.events, done.damaged) == (2, 1)


def test_a_run_broken_off_leaves_no_wrong_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older series stays; no run with other files passes over what was half merged."""
    first = written(tmp_path / "a.CSV", line(layouts.GDELT2))
    second = written(tmp_path / "b.CSV", line(layouts.GDELT2, SOURCEURL="https://b.de/2"))
    reduce([first], tmp_path / "out")

    def broken(*_: Any) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(scale, "_series", broken)
        with pytest.raises(OSError, match="no space"):
            reduce([second], tmp_path / "out")
    assert event_series(tmp_path / "out", "RUS", "UKR")[0]["events"] == 1
    with pytest.raises(StoreError, match=r"broken off while it merged b\.CSV: name those files"):
        reduce([first], tmp_path / "out")
    for broken_note in ("{", "5", "null"):
        (tmp_path / "out" / "unfinished").write_text(broken_note, "utf-8")
        with pytest.raises(StoreError, match="into another folder"):
            reduce([second], tmp_path / "out")
    (tmp_path / "out" / "unfinished").write_text('["b.CSV"]', "utf-8")
    reduce([first, second], tmp_path / "out")
    assert event_series(tmp_path / "out", "RUS", "UKR")[0]["events"] == 2
    reduce([first], tmp_path / "out")


def test_what_cannot_be_asked_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="talleyrand reduce"):
        event_series(tmp_path, "RUS", "UKR")
    with pytest.raises(InputError, match="no kind of press"):
        event_series(tmp_path, "RUS", "UKR", press="foreign")
    with pytest.raises(UnreadableFile, match="no file"):
        reduce([tmp_path / "none"], tmp_path / "out")


def test_country_domains_sold_to_all_say_nothing() -> None:
    assert outlets.endings()["ru"] == "RUS"
    assert outlets.endings()["uk"] == "GBR"
    assert "tv" not in outlets.endings()
    assert outlets.domains()["bbc.com"] == "GBR"


def test_events_are_told_by_plover(tmp_path: Path) -> None:
    """A CAMEO code by the published table, an event of POLECAT by its own; comments by neither."""
    file = written(
        tmp_path / "a.CSV",
        line(layouts.GDELT2),
        line(layouts.GDELT2, GLOBALEVENTID="2", **FORCE),
        line(layouts.GDELT2, GLOBALEVENTID="3", EventCode="010", GoldsteinScale="0.0"),
    )
    header, row, _ = OTHERS["polecat"]
    reduce([file, table(tmp_path / "b.tsv", header, row)], tmp_path / "out")
    kinds = event_types(tmp_path / "out", "Russia", "Ukraine")
    assert [(k["plover"], k["events"]) for k in kinds] == [("", 1), ("ASSAULT", 1), ("CONSULT", 2)]
    assert kinds[1]["mean_score"] == -10
    assert event_types(tmp_path / "out", "RUS", "UKR", press="own") == []
    unfinished.note(tmp_path / "out", [file])
    with pytest.raises(StoreError, match="merging or was broken off"):
        event_types(tmp_path / "out", "RUS", "UKR")
    unfinished.clear(tmp_path / "out")
    import pyarrow.parquet as pq

    kept = pq.read_table(tmp_path / "out" / "events" / "year=2022" / "events.parquet")
    assert sorted(kept["plover"].to_pylist()) == ["", "ASSAULT", "CONSULT", "CONSULT"]


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    """The second is told to wait, and the first is not disturbed; a killed one holds nothing."""
    file = written(tmp_path / "a.CSV", line(layouts.GDELT2))
    with locked(tmp_path / "out"), pytest.raises(StoreError, match="another reduce is at work"):
        reduce([file], tmp_path / "out")
    holding = (
        "import sys, time, pathlib; from talleyrand.folder_lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", holding, str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(StoreError, match="another reduce is at work"):
            reduce([file], tmp_path / "out")
        other.kill()
    assert reduce([file], tmp_path / "out").events == 1


def test_rows_stream_past_the_small_tables(tmp_path: Path) -> None:
    """No join holds the rows of a file in memory, however few rows DuckDB takes the file to have.

    A join whose kind is RIGHT has been turned round: it holds what should pass.
    """
    file = written(tmp_path / "a.CSV", line(layouts.GDELT2))
    read = read_files(layouts.LAYOUTS[0], [file])
    query = f"EXPLAIN {composed(read, ('placed',))} {statement('events')}"
    with duckdb.connect() as base:
        event_staging.prepare(base)
        plan = str(base.execute(query).fetchall())
    assert "Hash Join" in plan
    assert "RIGHT" not in plan
    assert plan.index("Join Type: LEFT") < plan.index("INNER")


def test_many_archives_are_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However files are put together in statements, the series are the same."""
    for n in range(7):
        with zipfile.ZipFile(tmp_path / f"{n}.CSV.zip", "w") as archive:
            good = line(layouts.GDELT2, SOURCEURL=f"https://b.de/{n}") + "\n"
            archive.writestr("a.CSV", good * 30 + "x\ty\n")
    together = reduce([tmp_path], tmp_path / "one")
    monkeypatch.setattr(event_staging, "_AT_ONCE", 2)
    apart = reduce([tmp_path], tmp_path / "two")
    assert together == apart
    assert (apart.events, apart.damaged, apart.files) == (7, 7, {"gdelt2_events": 7})
    one, two = (event_series(tmp_path / name, "RUS", "UKR") for name in ("one", "two"))
    assert one == two
