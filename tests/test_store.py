"""The store: one row a natural key, all or nothing, clear errors."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from talleyrand.errors import StoreError, StoreTooNew
from talleyrand.rows import SCHEMAS
from talleyrand.store import Store, open_store


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
