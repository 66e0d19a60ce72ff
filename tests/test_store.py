"""The store: one row a natural key, all or nothing, clear errors."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import invented
from talleyrand.errors import StoreError, StoreTooNew
from talleyrand.rows import SCHEMAS
from talleyrand.store import Store, open_casebook, open_store


def document(row: int = 0, text: str = "An invented text.", **changes: Any) -> dict[str, Any]:
    """An invented document row."""
    base = {
        "row": row,
        "source": "whitehouse",
        "url": f"https://example.org/{row}",
        "title": "An invented statement",
        "text": text,
        "language": "en",
        "published": date(2022, 9, 16),
        "event_date": date(2022, 9, 15),
        "event_date_basis": "text",
        "sender": "USA",
        "counterparts": ["CHN"],
        "kind": "call",
        "length": len(text),
        "content": text,
    }
    return {**base, **changes}


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def match(row: int = 0, code: str = "alliance") -> dict[str, Any]:
    place = {"row": row, "ordinal": 0, "start_at": 0, "end_at": 3}
    said = {"code": code, "speaker": "", "holder": "USA", "negated": False, "targets": ["CHN"]}
    return {**place, **said}


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(tmp_path / "store.duckdb") as opened:
        yield opened


def add(store: Store, rows: list[dict[str, Any]], matches: list[dict[str, Any]]) -> Any:
    parts = {"passages": table("passages", []), "matches": table("matches", matches)}
    with store.transaction():
        return store.add("documents", table("documents", rows), parts)


def test_adding_twice_changes_nothing_but_last_seen(store: Store) -> None:
    """The second ingest of the same document adds no row and moves only last_seen."""
    first = add(store, [document(0), document(1)], [match(0), match(1)])
    before = store.rows("SELECT * EXCLUDE (last_seen) FROM documents ORDER BY id")
    seen = store.rows("SELECT min(last_seen) AS at FROM documents")[0]["at"]
    second = add(store, [document(0), document(1)], [match(0), match(1)])
    assert (first.added, second.added, second.seen) == (2, 0, 2)
    assert store.rows("SELECT * EXCLUDE (last_seen) FROM documents ORDER BY id") == before
    assert store.rows("SELECT min(last_seen) AS at FROM documents")[0]["at"] > seen
    assert store.counts()["matches"] == 2


def test_a_revised_text_replaces_its_older_self(store: Store) -> None:
    """The newer text and its matches stand alone, and first_seen is kept."""
    add(store, [document(0)], [match(0), match(0, "concern")])
    born = store.rows("SELECT first_seen FROM documents")
    written = add(store, [document(0, text="An invented text, mended.")], [match(0)])
    assert (written.added, written.revised) == (0, 1)
    assert store.rows("SELECT first_seen FROM documents") == born
    assert store.counts()["documents"] == 1
    assert store.rows("SELECT code FROM matches") == [{"code": "alliance"}]


def test_a_failed_batch_leaves_no_half_row(store: Store) -> None:
    """An error inside the transaction takes back everything of the batch."""
    with pytest.raises(KeyError):
        _add_and_fail(store)
    assert store.counts()["documents"] == store.counts()["matches"] == 0


def test_the_same_text_twice_in_one_batch_is_one_document(store: Store) -> None:
    """Duplicates inside a batch collapse, with the matches of one of them."""
    add(store, [document(0), document(1, url="https://example.org/0")], [match(0), match(1)])
    assert store.counts()["documents"] == store.counts()["matches"] == 1


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """The error says that Talleyrand must be updated."""
    with open_store(tmp_path / "s.duckdb") as opened:
        opened.set_meta("version", "99")
    with pytest.raises(StoreTooNew, match="newer"):
        open_store(tmp_path / "s.duckdb")


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """A text file is named in the error and left as it was."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database\n" * 400)
    with pytest.raises(StoreError, match=r"notes\.txt"):
        open_store(path)
    assert path.read_text().startswith("not a database")


def test_reading_a_store_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    """The error names the ingest command and makes no file."""
    with pytest.raises(StoreError, match="talleyrand ingest"):
        open_store(tmp_path / "none.duckdb", read_only=True)
    assert not (tmp_path / "none.duckdb").exists()


def test_values_are_bound_never_spliced(store: Store) -> None:
    """Quotes and SQL in a parameter stay a value."""
    assert store.rows("SELECT $x AS x", x="'; DROP TABLE meta; --")[0]["x"].startswith("';")
    assert store.rows("SELECT count(*) AS n FROM meta")[0]["n"] == 2


def _add_and_fail(store: Store) -> None:
    parts = {"passages": table("passages", []), "matches": table("matches", [match()])}
    with store.transaction():
        store.add("documents", table("documents", [document()]), parts)
        raise KeyError("the plug was pulled")


def test_a_store_made_before_a_later_table_reads_as_if_it_were_empty(tmp_path: Path) -> None:
    """Nobody has to ingest anew because a derived table was added."""
    path = tmp_path / "older.duckdb"
    with open_store(path) as opened:
        opened._db.execute("DROP TABLE readings").fetchall()
    with open_store(path, read_only=True) as older:
        assert older.counts()["readings"] == 0
    with open_store(path) as mended:
        assert mended.counts()["readings"] == 0


# --- corrections, rivals and coders --------------------------------------------------------


def put(store: Store, name: str, *rows: dict[str, Any]) -> Any:
    """Add rows in one ingest of their own."""
    store.start_run("invented", "a file", "a codebook")
    with store.transaction():
        return store.add(name, table(name, list(rows)))


def test_a_corrected_record_is_counted_as_revised(store: Store) -> None:
    """The newer value stands, and when the record was first seen is kept."""
    old = invented.record("exports", date(2022, 1, 1), 1.0)
    put(store, "records", old)
    born = store.rows("SELECT id, first_seen FROM records")
    written = put(store, "records", {**old, "value": 2.0})
    assert (written.added, written.seen, written.revised) == (0, 0, 1)
    assert store.rows("SELECT value FROM records") == [{"value": 2.0}]
    assert store.rows("SELECT id, first_seen FROM records") == born


def test_of_two_records_of_one_key_the_first_stands_every_time(store: Store) -> None:
    """In one run the second is set aside with its reason, and a second run comes to the same."""
    one = invented.record("exports", date(2022, 1, 1), 1.0)
    first = put(store, "records", one, {**one, "value": 2.0})
    assert (first.added, first.rivals, first.set_aside) == (1, 1, 1)
    again = put(store, "records", one, {**one, "value": 2.0})
    assert (again.seen, again.revised, again.rivals, again.set_aside) == (1, 0, 1, 0)
    assert store.rows("SELECT value FROM records") == [{"value": 1.0}]
    assert "first stands" in store.rows("SELECT reason FROM set_aside")[0]["reason"]


def test_two_texts_of_one_key_in_two_batches_do_not_alternate(store: Store) -> None:
    """The first text of a run stands, whichever of the two the store held before."""
    for _ in range(2):
        store.start_run("invented", "a file", "a codebook")
        one = add(store, [document(0, text="One.")], [])
        other = add(store, [document(0, text="Another.")], [])
        assert (one.revised, other.revised, other.rivals) == (0, 0, 1)
    assert store.rows("SELECT text FROM documents") == [{"text": "One."}]


def test_a_report_met_again_later_is_no_correction(store: Store) -> None:
    """Two tables with one report do not take turns: the moment published first stands."""
    early, late = (invented.report(date(2022, 9, day), 1, 1) for day in (1, 2))
    put(store, "reports", {**late, "content": "late"})
    assert put(store, "reports", {**early, "content": "early"}).revised == 1
    assert put(store, "reports", {**late, "content": "late"}).seen == 1
    assert store.rows("SELECT published::DATE AS day FROM reports") == [{"day": date(2022, 9, 1)}]


def test_another_coder_codes_anew_and_is_told_apart_from_a_revision(store: Store) -> None:
    """The matches of the older coder go, and documents of an older coder can be counted."""
    add(store, [document(0, coder="a")], [match(0), match(0, "concern")])
    assert store.coded_otherwise("b") == 1
    written = add(store, [document(0, coder="b")], [match(0)])
    assert (written.added, written.revised, written.recoded) == (0, 0, 1)
    assert store.rows("SELECT code FROM matches") == [{"code": "alliance"}]
    assert store.coded_otherwise("b") == 0


def test_a_store_made_before_coders_were_kept_is_coded_anew(store: Store) -> None:
    """Nothing is called revised only because older stores kept another hash."""
    add(store, [document(0, coder="", content="an older hash")], [])
    assert add(store, [document(0, coder="a")], []).recoded == 1


# --- what may be opened, and what an error leaves behind -----------------------------------


@pytest.mark.parametrize("name", [":memory:", "md:x", "postgres:x", "sqlite:x"])
def test_a_name_is_always_that_of_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name means memory, a server or an extension to fetch."""
    monkeypatch.chdir(tmp_path)
    with open_store(Path(name)) as opened:
        opened.set_meta("kept", "yes")
    assert (tmp_path / name).is_file()
    with open_store(Path(name), read_only=True) as opened:
        assert opened.rows("SELECT value FROM meta WHERE key = 'kept'") == [{"value": "yes"}]


def test_no_extension_is_fetched_or_loaded(store: Store) -> None:
    """DuckDB may not reach for the network of its own accord."""
    for casebook in (store, open_casebook()):
        (row,) = casebook.rows(
            "SELECT current_setting('autoinstall_known_extensions') AS install,"
            " current_setting('autoload_known_extensions') AS load"
        )
        assert row == {"install": False, "load": False}


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Our tables are not made in it."""
    path = tmp_path / "foreign.duckdb"
    with open_store(path) as opened:
        for name in ("meta", "records"):
            opened._db.execute(f"DROP TABLE {name}").fetchall()
    for read_only in (False, True):
        with pytest.raises(StoreError, match="another program"):
            open_store(path, read_only=read_only)


def test_a_version_that_is_no_number_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Not a traceback."""
    with open_store(tmp_path / "s.duckdb") as opened:
        opened.set_meta("version", "two")
    with pytest.raises(StoreError, match="'two'"):
        open_store(tmp_path / "s.duckdb")


def test_a_new_store_knows_the_day_it_was_made(tmp_path: Path) -> None:
    """Even where its first ingest was killed, no answer dates it to the year 1."""
    with open_store(tmp_path / "s.duckdb") as opened:
        assert opened.built > date(2020, 1, 1)
    assert [p.name for p in tmp_path.iterdir()] == ["s.duckdb"]


def test_an_error_of_the_database_is_told_and_not_hidden_by_the_next(store: Store) -> None:
    """The first error is the one that is raised, as a StoreError."""
    with pytest.raises(StoreError, match="no_such_table"), store.transaction():
        store._run("INSERT INTO no_such_table VALUES (1)")
    add(store, [document(0)], [])
    assert store.counts()["documents"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
@pytest.mark.parametrize("kilobytes", [4, 300, 1700])
def test_a_full_disk_is_an_error_that_says_so(tmp_path: Path, kilobytes: int) -> None:
    """What was committed can be read afterwards, and no half-made store is left."""
    code = (
        "import resource, sys; from pathlib import Path; from test_store import *\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024},) * 2)\n"
        "try:\n"
        "    with open_store(Path(sys.argv[1])) as store:\n"
        "        for n in range(20):\n"
        "            put(store, 'documents', *(document(n * 9999 + i) for i in range(3000)))\n"
        "except StoreError as error:\n"
        "    sys.exit(7)\n"
    )
    path = tmp_path / "s.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=Path(__file__).parent, capture_output=True
    )
    assert done.returncode == 7, done.stderr.decode()[-2000:]
    if path.exists():
        with open_store(path) as opened:
            assert opened.counts()["documents"] % 3000 == 0
