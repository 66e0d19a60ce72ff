"""Apache Spark gives what our own path gives: events, series, reports, counts, and codings.

Skipped, and says so, where pyspark or Java is missing (`make engines` installs the first).
"""

import gzip
import os
import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from event_rows import gdelt
from talleyrand import codings, event_series, reduce
from talleyrand.cli import main
from talleyrand.errors import InputError, LayoutChanged, StoreError, UnreadableFile
from talleyrand.events import layouts
from talleyrand.spark import session
from test_scale import OTHERS, table, written

os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")  # short jobs: less to compile
LACKING = session.missing()
on_spark = pytest.mark.skipif(bool(LACKING), reason=LACKING)
MASTER = "local[2]"


def spark(files: list[Any], out: Path | str, **options: Any) -> Any:
    return reduce(files, out, engine="spark", master=MASTER, **options)


def rows(pattern: str) -> list[tuple[Any, ...]]:
    """A table's rows in one order; whole numbers whatever their type in the file."""
    try:
        found = duckdb.execute(f"SELECT * FROM read_parquet('{pattern}')").fetchall()
    except duckdb.IOException:
        return []
    whole = [tuple(int(c) if isinstance(c, float) and c == int(c) else c for c in r) for r in found]
    return sorted(whole, key=repr)


def assert_same(one: Path, other: Path) -> None:
    """The same series, the same events and the same reports, whichever engine wrote them."""
    for name in ("series.parquet", "events/*/events.parquet", "reports/*/reports.parquet"):
        assert rows(f"{one}/{name}") == rows(f"{other}/{name}"), name


def files_of_all_layouts(folder: Path) -> list[Path]:
    """Events of every layout, plain and packed, and reports."""
    folder.mkdir()
    plain = gdelt(folder / "a 1%20[x].CSV", 900, seed=1)
    (folder / "b.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    inside = gdelt(folder / "c.tmp", 400, seed=2).read_bytes()
    with zipfile.ZipFile(folder / "c.CSV.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.CSV", inside)
    (folder / "c.tmp").unlink()
    gdelt(folder / "d.CSV", 300, seed=4, layout=layouts.GDELT1)
    gdelt(folder / "e.CSV", 300, seed=5, layout=layouts.GDELT1[:-1])
    for name, (header, row, delimiter) in OTHERS.items():
        if header:
            table(folder / f"f-{name}.csv", header, row, delimiter=delimiter)
    cells = {"GLOBALEVENTID": "1", "EventTimeDate": "20220301120000", "MentionType": "1",
             "MentionTimeDate": "20220302120000", "MentionSourceName": "ria.ru",
             "Confidence": "80", "MentionDocTone": "-1.5"}  # fmt: skip
    mention = "\t".join(cells.get(n, "") for n in layouts.MENTIONS)
    written(folder / "g.CSV", mention, mention.replace("ria.ru", "www.bbc.co.uk"), mention)
    written(folder / "h.csv", "what\tis\tthis")
    return sorted(folder.iterdir())


@on_spark
def test_spark_gives_the_same_as_our_own_path(tmp_path: Path) -> None:
    """Every layout with every trap, then again by either engine over what the other wrote."""
    files = files_of_all_layouts(tmp_path / "in")
    ours, theirs = reduce(files, tmp_path / "a"), spark(files, tmp_path / "b")
    assert theirs.to_dict() == ours.to_dict()
    assert ours.damaged
    assert ours.reports
    assert len(ours.files) == 8
    assert_same(tmp_path / "a", tmp_path / "b")
    assert event_series(tmp_path / "b", "RUS", "UKR") == event_series(tmp_path / "a", "RUS", "UKR")
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == sorted(
        p.name for p in (tmp_path / "a").iterdir()
    )
    assert spark(files, tmp_path / "a").added == 0
    assert reduce(files, tmp_path / "b").added == 0
    for name in ("series.parquet", "reports/*/reports.parquet"):
        assert rows(f"{tmp_path}/a/{name}") == rows(f"{tmp_path}/b/{name}")


@on_spark
def test_more_files_are_merged_into_a_folder_of_either_engine(tmp_path: Path) -> None:
    """What comes later is joined to the years that are there; the others stay as they are."""
    first, second = gdelt(tmp_path / "a.CSV", 300, 1), gdelt(tmp_path / "b.CSV", 300, 6)
    reduce([first, second], tmp_path / "whole")
    reduce([first], tmp_path / "out")
    assert spark([second], tmp_path / "out").added
    assert_same(tmp_path / "whole", tmp_path / "out")


@on_spark
def test_addresses_and_reduced_folders_are_read(tmp_path: Path) -> None:
    """A pattern as in object storage, written as in object storage; Parquet as raw material."""
    (tmp_path / "in").mkdir()
    gdelt(tmp_path / "in" / "a.CSV", 300, 1)
    gdelt(tmp_path / "in" / "b.CSV", 300, 6)
    done = reduce([tmp_path / "in"], tmp_path / "ours")
    far = f"file://{tmp_path}/far"
    found = reduce([f"file://{tmp_path}/in/*.CSV"], far, engine="spark", master=MASTER)
    assert (found.events, found.damaged) == (done.events, done.damaged)
    assert rows(f"{tmp_path}/far/series.parquet/*.parquet") == rows(
        f"{tmp_path}/ours/series.parquet"
    )
    assert not (tmp_path / "far" / ".work").exists()
    with pytest.raises(InputError, match="holds events already"):
        reduce([f"file://{tmp_path}/in/*.CSV"], far, engine="spark", master=MASTER)
    assert spark([tmp_path / "ours", far], tmp_path / "again 1%20[x]").events == done.events
    assert rows(f"{tmp_path}/again 1%20[[]x]/series.parquet") == rows(
        f"{tmp_path}/ours/series.parquet"
    )


@on_spark
def test_what_spark_cannot_do_is_told(tmp_path: Path) -> None:
    odd = written(tmp_path / "odd.csv", "a\tb")
    with pytest.raises(LayoutChanged, match="no known layout"):
        spark([odd], tmp_path / "out")
    with pytest.raises(UnreadableFile, match="no file"):
        spark([tmp_path / "none"], tmp_path / "out")
    with pytest.raises(InputError, match="no Spark session at 'nonsense'"):
        reduce([f"file://{odd}"], f"file://{tmp_path}/out", engine="spark", master="nonsense")
    with pytest.raises(InputError, match="name an address"):
        reduce([odd], tmp_path / "out", engine="spark", master="spark://somewhere:7077")
    with (
        pytest.raises(StoreError, match=r"Spark job failed: .*nowhere"),
        session.session(MASTER) as opened,
    ):
        opened.sql("SELECT nothing FROM nowhere")


@on_spark
def test_a_run_that_names_other_files_than_the_broken_one_is_refused(tmp_path: Path) -> None:
    """As with our own path: what was half merged must be named again."""
    from talleyrand import unfinished

    first, second = gdelt(tmp_path / "a.CSV", 50, 1), gdelt(tmp_path / "b.CSV", 50, 2)
    reduce([first], tmp_path / "out")
    unfinished.note(tmp_path / "out", [first])
    with pytest.raises(StoreError, match=r"a\.CSV"):
        spark([second], tmp_path / "out")
    spark([first, second], tmp_path / "out")
    assert not (tmp_path / "out" / unfinished.NOTE).exists()


TEXTS = [  # invented
    ("1", "中俄友好没有止境。\n俄方表示感谢。", "zh", "CHN", ["RUS"], "meeting", date(2022, 2, 4)),
    ("2", "We condemn Russia's unprovoked war against Ukraine.", "en", "USA", [], "statement",
     date(2022, 3, 1)),
    ("3", "Россия выступает за дружбу с Китаем.", "ru", "RUS", ["CHN"], None, date(2023, 3, 20)),
    ("4", "Some text", "fr", "FRA", [], "other", date(2022, 3, 1)),
    ("5", "Some text", "en", "Atlantis", [], "other", date(2022, 3, 1)),
    ("6", "Some text", "en", "USA", [], "picnic", date(2022, 3, 1)),
    ("7", "Some text", "en", "USA", [], "other", None),
    ("8", None, "en", "USA", [], "other", date(2022, 3, 1)),
    ("9", "Their friendship is as an old oak.", "en", "USA", ["GBR"], "meeting", date(2022, 3, 1)),
]  # fmt: skip
NAMES = ("id", "text", "language", "sender", "counterparts", "kind", "event_date")
OWN = """
language = "en"

[[phrase]]
code = "friendship"
patterns = ["as an old oak"]
example = "It stands as an old oak."
counterexample = "The oak is young."
"""


def texts(path: Path) -> Path:
    found = [dict(zip(NAMES, row, strict=True)) for row in TEXTS]
    pq.write_table(pa.Table.from_pylist(found), path)
    return path


def test_a_text_that_cannot_be_coded_costs_itself(tmp_path: Path) -> None:
    """Each has a row that says why; the others have one a passage."""
    told = codings(texts(tmp_path / "t.parquet"), tmp_path / "c.parquet")
    assert (told["texts"], told["problems"]) == (9, 5)
    found = pq.read_table(tmp_path / "c.parquet").to_pylist()
    assert [row["id"] for row in found if row["problem"]] == ["4", "5", "6", "7", "8"]
    assert [m["code"] for row in found for m in row["matches"] or () if row["id"] == "1"]
    assert not list(tmp_path.glob(".*"))


def test_a_table_of_something_else_is_named(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["1"], "body": ["x"]}), tmp_path / "t.parquet")
    with pytest.raises(UnreadableFile, match="no column text, language, sender, event_date"):
        codings(tmp_path / "t.parquet", tmp_path / "c.parquet")
    (tmp_path / "u.parquet").write_bytes(b"not Parquet at all")
    with pytest.raises(UnreadableFile, match="cannot be read as Parquet"):
        codings(tmp_path / "u.parquet", tmp_path / "c.parquet")
    with pytest.raises(UnreadableFile, match="no Parquet file"):
        codings(tmp_path / "none.parquet", tmp_path / "c.parquet")
    with pytest.raises(StoreError, match="name another file"):
        codings(texts(tmp_path / "v.parquet"), tmp_path / "none" / "c.parquet")


@on_spark
def test_spark_codes_as_the_coder_does_here(tmp_path: Path, capsys: Any) -> None:
    """Passage by passage, match by match, with a codebook of one's own."""
    table_ = texts(tmp_path / "t.parquet")
    own = written(tmp_path / "own.toml", OWN)
    assert codings(table_, tmp_path / "c.parquet", codebook=[own])["passages"] >= 4
    line_ = ["codings", str(table_), "--out", str(tmp_path / "s"), "--codebook", str(own)]
    assert main([*line_, "--engine", "spark", "--master", MASTER]) == 0
    assert "9 texts" in capsys.readouterr().out
    assert main([*line_, "--engine", "spark", "--master", MASTER]) == 2
    assert "is there already" in capsys.readouterr().err
    here, there = (
        sorted(pq.read_table(tmp_path / name).to_pylist(), key=lambda r: (r["id"], r["ordinal"]))
        for name in ("c.parquet", "s")
    )
    assert here == there
    assert "friendship" in {m["code"] for r in there if r["id"] == "9" for m in r["matches"]}


def test_without_java_or_pyspark_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newcomer's machine has neither: an answer with exit code 2, no trace of Python's."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert "talleyrand[spark]" in session.missing()
    with pytest.raises(InputError, match=r"talleyrand\[spark\]"):
        reduce([Path(__file__)], tmp_path / "out", engine="spark")
    monkeypatch.setitem(sys.modules, "pyspark", pa)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "needs Java 17" in session.missing()


def test_an_engine_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no engine"):
        reduce([tmp_path], tmp_path / "out", engine="abacus")
    with pytest.raises(InputError, match="no engine"):
        codings(tmp_path, tmp_path / "out", engine="abacus")
