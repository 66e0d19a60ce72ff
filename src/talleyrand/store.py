"""The store: one DuckDB file, and the only place that speaks SQL to it.

The bundled casebook opens as a store too: the same tables, read from Parquet, without texts.
Rows come in as Arrow tables and go in one transaction a batch, so a killed ingest leaves what was
committed and no half row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from talleyrand.errors import StoreError, StoreMissing, StoreTooNew

VERSION = 1
TABLES = ("documents", "passages", "matches", "records", "reports", "set_aside", "runs", "readings")
CASEBOOK_TABLES = ("documents", "matches", "records", "reports")
LATER_TABLES = ("passages", "readings")  # which casebooks made earlier lack: empty there

KEYS = {
    "documents": ("source", "url", "title", "published"),
    "records": ("source", "kind", "sender", "target", "item", "start_date", "end_date", "vintage"),
    "reports": ("outlet", "url", "title"),
    "set_aside": ("source", "locator", "reason"),
}
_PARTS = ("passages", "matches")
_OF_A_TEXT = (*_PARTS, "readings")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What one batch changed: rows added, seen before, revised texts, rows set aside anew."""

    added: int = 0
    seen: int = 0
    revised: int = 0
    set_aside: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.added + other.added,
            self.seen + other.seen,
            self.revised + other.revised,
            self.set_aside + other.set_aside,
        )


class Store:
    """An open store. Use `open_store` or `open_casebook` to get one."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        origin: Literal["casebook", "store"],
        location: str,
    ) -> None:
        self._db = connection
        self.origin: Literal["casebook", "store"] = origin
        self.location = location

    def close(self) -> None:
        """Close the file. Reading or writing afterwards is an error."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- reading ---

    def rows(self, query: str, **parameters: Any) -> list[Row]:
        """The rows of a query as dictionaries."""
        found: list[Row] = self.table(query, **parameters).to_pylist()
        return found

    def table(self, query: str, **parameters: Any) -> pa.Table:
        """The rows of a query as an Arrow table."""
        try:
            return self._db.sql(query, params=parameters or None).to_arrow_table()
        except duckdb.Error as error:
            raise StoreError(f"the store at {self.location} could not be read: {error}") from error

    @property
    def built(self) -> date:
        """The day of the last ingest, or the day the casebook was built."""
        rows = self.rows("SELECT max(value) AS day FROM meta WHERE key = 'built'")
        return date.fromisoformat(rows[0]["day"]) if rows[0]["day"] else date.min

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        names = (*CASEBOOK_TABLES, *LATER_TABLES) if self.origin == "casebook" else TABLES
        return {n: self.rows(f"SELECT count(*) AS n FROM {n}")[0]["n"] for n in names}

    # --- writing ---

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commit at the end, roll back on any error."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def set_meta(self, key: str, value: str) -> None:
        """Write one fact about the store itself."""
        self._db.execute("DELETE FROM meta WHERE key = ?", [key])
        self._db.execute("INSERT INTO meta VALUES (?, ?)", [key, value])

    def add(
        self, name: str, rows: pa.Table, parts: Mapping[str, pa.Table] | None = None
    ) -> Written:
        """Write a batch of one table, and for documents their passages and matches.

        Rows already there only get a new last_seen. A document whose text changed replaces its
        older self, passages and matches and all, and keeps its first_seen.
        """
        if rows.num_rows == 0:
            return Written()
        with self._staged(name, rows, parts or {}):
            revised = self._drop_revised() if name == "documents" else 0
            added = self._insert(name)
            for part in parts or {}:
                self._insert_part(part)
        if name == "set_aside":
            return Written(set_aside=added)
        return Written(added - revised, rows.num_rows - added, revised)

    def replace(self, name: str, rows: pa.Table) -> None:
        """Write a derived table anew: what was in it goes."""
        self._db.execute(f"DELETE FROM {name}").fetchall()
        self._db.register("incoming", rows)
        try:
            self._db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming").fetchall()
        finally:
            self._db.unregister("incoming")

    def start_run(self, source: str, origin: str, codebook: str) -> datetime:
        """Note that an ingest began; gives the key under which to finish it."""
        started = _now()
        self._db.execute(
            "INSERT INTO runs VALUES (?, ?, ?, NULL, 0, 0, 0, 0, 0, ?)",
            [source, origin, started, codebook],
        )
        return started

    def finish_run(self, started: datetime, files: int, written: Written) -> None:
        """Note that an ingest came to its end, and what it did."""
        self._db.execute(
            "UPDATE runs SET finished = ?, files = ?, added = ?, seen = ?, revised = ?,"
            " set_aside = ? WHERE started = ?",
            [
                _now(),
                files,
                written.added,
                written.seen,
                written.revised,
                written.set_aside,
                started,
            ],
        )
        self.set_meta("built", _now().date().isoformat())

    def export(self, query: str, path: Path) -> int:
        """Write the rows of a query as a compressed Parquet file; gives how many."""
        target = str(path).replace("'", "''")
        self._db.execute(
            f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd,"
            " COMPRESSION_LEVEL 15, ROW_GROUP_SIZE 100000)"
        ).fetchall()
        count: int = self.rows(f"SELECT count(*) AS n FROM read_parquet('{target}')")[0]["n"]
        return count

    @contextmanager
    def _staged(self, name: str, rows: pa.Table, parts: Mapping[str, pa.Table]) -> Iterator[None]:
        key = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in KEYS[name])
        self._db.register("incoming", rows)
        for part, table in parts.items():
            self._db.register(f"incoming_{part}", table)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE staged AS SELECT DISTINCT ON (id) * FROM"
            f" (SELECT md5(concat_ws(chr(31), {key})) AS id, * FROM incoming)"
        ).fetchall()
        try:
            yield
        finally:
            self._db.execute("DROP TABLE IF EXISTS staged").fetchall()
            for view in ("incoming", *(f"incoming_{part}" for part in parts)):
                self._db.unregister(view)

    def _drop_revised(self) -> int:
        """Remove documents whose text changed, remembering when they were first seen."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE revised AS SELECT d.id, d.first_seen FROM documents d"
            " JOIN staged s ON d.id = s.id WHERE d.content <> s.content"
        ).fetchall()
        for table, key in (("documents", "id"), *((part, "document_id") for part in _OF_A_TEXT)):
            self._db.execute(
                f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM revised)"
            ).fetchall()
        count: int = self.rows("SELECT count(*) AS n FROM revised")[0]["n"]
        return count

    def _insert(self, name: str) -> int:
        now = _now()
        self._db.execute(
            f"UPDATE {name} SET last_seen = ? WHERE id IN (SELECT id FROM staged)",
            [now],
        ).fetchall()
        fresh = f"SELECT * FROM staged s WHERE s.id NOT IN (SELECT id FROM {name})"
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {fresh}").fetchall()
        first = "CAST($now AS TIMESTAMP)"
        if name == "documents":
            first = f"coalesce((SELECT r.first_seen FROM revised r WHERE r.id = f.id), {first})"
        columns = "f.* EXCLUDE (row)" if name == "documents" else "f.*"
        self._db.execute(
            f"INSERT INTO {name} BY NAME SELECT {columns}, {first} AS first_seen,"
            " CAST($now AS TIMESTAMP) AS last_seen FROM fresh f",
            {"now": now},
        ).fetchall()
        count: int = self.rows("SELECT count(*) AS n FROM fresh")[0]["n"]
        return count

    def _insert_part(self, part: str) -> None:
        """Insert passages or matches of the fresh documents, joined by their place in the batch."""
        columns = "p.* EXCLUDE (row)"
        self._db.execute(
            f"INSERT INTO {part} BY NAME SELECT f.id AS document_id, {columns}"
            f" FROM incoming_{part} p JOIN fresh f ON p.row = f.row"
        ).fetchall()


def open_store(path: Path, *, read_only: bool = False) -> Store:
    """Open the store file, making it if need be.

    Raises StoreError where the file is not a store or is locked, StoreMissing where there is none
    to read, StoreTooNew where a newer Talleyrand wrote it.
    """
    if read_only and not path.exists():
        raise StoreMissing(
            f"there is no store at {path}; make one with: talleyrand ingest SOURCE PATH"
        )
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(path), read_only=read_only)
        store = Store(connection, "store", str(path))
        _prepare(store, read_only)
    except (duckdb.Error, OSError) as error:
        raise StoreError(_why_not(path, error)) from error
    return store


def open_casebook(folder: Path | None = None) -> Store:
    """Open the bundled figures as a store that cannot be written."""
    files = folder or Path(str(resources.files("talleyrand"))) / "casebook"
    connection = duckdb.connect()
    for name in (*CASEBOOK_TABLES, *LATER_TABLES, "meta"):
        path = files / f"{name}.parquet"
        if not path.exists():
            if name in LATER_TABLES:
                connection.execute(_empty(name)).fetchall()
                continue
            raise StoreError(f"the casebook has no {path.name}; build it with: make casebook")
        target = str(path).replace("'", "''")
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{target}')"
        ).fetchall()
    return Store(connection, "casebook", "the bundled casebook")


def _prepare(store: Store, read_only: bool) -> None:
    """Make the tables, or check that they are of a version we know."""
    if not read_only:
        store._db.execute(_schema()).fetchall()
    else:
        there = {row["name"] for row in store.rows("SELECT name FROM (SHOW TABLES)")}
        for name in LATER_TABLES:
            if "meta" in there and name not in there:
                store._db.execute(_empty(name)).fetchall()
    rows = store.rows("SELECT value FROM meta WHERE key = 'version'")
    if rows and int(rows[0]["value"]) > VERSION:
        store.close()
        raise StoreTooNew(
            f"the store at {store.location} was written by a newer Talleyrand"
            f" (version {rows[0]['value']}, this one knows {VERSION}); update Talleyrand"
        )
    if not rows and not read_only:
        store.set_meta("version", str(VERSION))


def _schema() -> str:
    return resources.files("talleyrand").joinpath("store.sql").read_text("utf-8")


def _empty(name: str) -> str:
    """The statement that makes a table for this connection only, empty."""
    whole = _schema()
    start = whole.index(f"CREATE TABLE IF NOT EXISTS {name} ")
    statement = whole[start : whole.index(";", start)]
    return statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1)


def _why_not(path: Path, error: Exception) -> str:
    text = str(error)
    if "lock" in text.lower():
        return (
            f"the store at {path} is in use by another process; wait for it to end, then try again"
        )
    return f"the store at {path} cannot be opened: {text.splitlines()[0]}"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
