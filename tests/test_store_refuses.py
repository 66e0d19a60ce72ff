"""What is no store is never opened as one, and a corrected record replaces the old."""

from datetime import date
from pathlib import Path

import pytest

from invented import fill, record
from talleyrand.errors import TalleyrandError
from talleyrand.store import open_store


@pytest.mark.parametrize("name", ["notes.json", "old.sqlite"])
def test_a_file_that_is_no_store_is_refused_and_kept(name: str, tmp_path: Path) -> None:
    """The user's file keeps its bytes."""
    path = tmp_path / name
    data = b"{}" if name.endswith("json") else b"SQLite format 3\0" + bytes(100)
    path.write_bytes(data)
    with pytest.raises(TalleyrandError):
        open_store(path)
    assert path.read_bytes() == data


def test_a_corrected_record_replaces_the_old(tmp_path: Path) -> None:
    """The same key with another value is a revision, not the same row seen again."""
    with open_store(tmp_path / "s.duckdb") as store:
        for value in (1.0, 2.0, 2.0):
            fill(store, records=[record("total_trade_ytd", date(2022, 3, 31), value)])
        rows = store.rows("SELECT value FROM records")
    assert [row["value"] for row in rows] == [2.0]
