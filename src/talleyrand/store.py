"""The store: one DuckDB file, and the only place that speaks SQL to it.

The bundled casebook opens as a store too: the same tables, read from Parquet, without texts.
Rows come in as Arrow tables and go in one transaction a batch (`talleyrand.batch`), so a killed
ingest leaves what was committed and no half row.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from talleyrand import batch, schema
from talleyrand.batch import Written
from talleyrand.errors import StoreError, StoreMissing, StoreTooNew
from talleyrand.store_files import MEND, check_file, check_sums, why_not

VERSION = 1
TABLES = ("documents", "passages", "matches", "records", "reports", "set_aside", "runs", "readings")
CASEBOOK_TABLES = ("documents", "matches", "records", "reports")
_AT_ONCE = 100_000  # rows, so that a million votes take little memory
_NO_RUN = datetime(9999, 1, 1)  # noqa: DTZ001  (no row was seen since)
LATER_TABLES = ("passages", "readings")  # which casebooks made earlier lack: empty there

Row = dict[str, Any]


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
        self._run_started = _NO_RUN  # of the ingest under way

    def close(self) -> None:
        """Close the file. Reading or writing afterwards is an error."""
        with self._told("closed"):
            self._db.close()

    def sibling(self) -> Store:
        """Another connection to the same tables, for another thread; it reads only."""
        with self._told("opened"):
            connection = self._db.cursor()
            there = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
            for name in LATER_TABLES:
                if name not in there:
                    connection.execute(schema.temporary(name)).fetchall()
        return Store(connection, self.origin, self.location)

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
        self._run("BEGIN")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):  # the first error is the one to tell
                self._db.execute("ROLLBACK")
            raise

    def set_meta(self, key: str, value: str) -> None:
        """Write one fact about the store itself."""
        self._run("DELETE FROM meta WHERE key = $key", key=key)
        self._run("INSERT INTO meta VALUES ($key, $value)", key=key, value=value)

    def add(
        self, name: str, rows: pa.Table, parts: Mapping[str, pa.Table] | None = None
    ) -> Written:
        """Write a batch of one table, and for documents their passages and matches.

        Rows already there only get a new last_seen. A row whose content or coder changed replaces
        its older self, passages and matches and all, and keeps its first_seen.
        """
        written = Written()
        step = rows.num_rows if parts else _AT_ONCE
        views = {f"incoming_{part}": table for part, table in (parts or {}).items()}
        for start in range(0, rows.num_rows, step or 1):
            some = rows.slice(start, step)
            placed = some.append_column("place", pa.array(range(some.num_rows), pa.int32()))
            with self._registered({"incoming": placed, **views}):
                written += batch.write(
                    self._run, name, some.num_rows, tuple(parts or ()), _now(), self._run_started
                )
        return written

    def replace(self, name: str, rows: pa.Table) -> None:
        """Write a derived table anew: what was in it goes."""
        self._run(f"DELETE FROM {name}")
        with self._registered({"incoming": rows}):
            self._run(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")

    def start_run(self, source: str, origin: str, codebook: str) -> datetime:
        """Note that an ingest began; gives the key under which to finish it."""
        started = self._run_started = _now()
        self._run(batch.START, source=source, origin=origin, started=started, codebook=codebook)
        self.set_meta("built", started.date().isoformat())
        return started

    def finish_run(self, started: datetime, files: int, written: Written) -> None:
        """Note that an ingest came to its end, and what it did."""
        counts = {k: v for k, v in asdict(written).items() if k != "rivals"}
        self._run(batch.FINISH, now=_now(), started=started, files=files, **counts)
        self.set_meta("built", _now().date().isoformat())

    # --- what was read before ---

    def pieces(self, source: str) -> dict[str, tuple[int, dict[str, int]]]:
        """The pieces of a source that were read: how many items, and the reasons of rejects."""
        found = self.rows(
            "SELECT digest, items, reasons FROM pieces WHERE source = $source", source=source
        )
        return {row["digest"]: (row["items"], json.loads(row["reasons"])) for row in found}

    def know(self, source: str, read: Mapping[str, tuple[int, dict[str, int]]]) -> None:
        """Remember these pieces, but for those of which a row lost against a rival."""
        rows = [
            {"digest": digest, "source": source, "items": items, "reasons": json.dumps(reasons)}
            for digest, (items, reasons) in read.items()
        ]
        if rows:
            with self._registered({"incoming": pa.Table.from_pylist(rows)}):
                self._run(batch.KNOW, reason=batch.RIVAL)

    def see(self, digests: Collection[str]) -> None:
        """Everything that came in these pieces was seen now."""
        if digests:
            with self._registered({"incoming": pa.table({"digest": pa.array(digests)})}):
                for name in batch.KEYS:
                    self._run(
                        f"UPDATE {name} SET last_seen = CAST($now AS TIMESTAMP)"
                        " WHERE piece IN (SELECT digest FROM incoming)",
                        now=_now(),
                    )

    def coded_otherwise(self, coder: str) -> int:
        """How many documents another coder or codebook coded than this one."""
        found: int = self.rows(
            "SELECT count(*) AS n FROM documents WHERE coder IS DISTINCT FROM $coder", coder=coder
        )[0]["n"]
        return found

    def export(self, query: str, path: Path) -> int:
        """Write the rows of a query as a compressed Parquet file; gives how many."""
        target = str(path).replace("'", "''")
        self._run(
            f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd,"
            " COMPRESSION_LEVEL 15, ROW_GROUP_SIZE 100000)"
        )
        count: int = self.rows(f"SELECT count(*) AS n FROM read_parquet('{target}')")[0]["n"]
        return count

    # --- the connection ---

    def _run(self, statement: str, **parameters: Any) -> list[Row]:
        """Run one statement; gives its rows, if it has any."""
        with self._told("written"):
            done = self._db.execute(statement, parameters or None)
            names = [column[0] for column in done.description or ()]
            return [dict(zip(names, row, strict=True)) for row in done.fetchall()]

    @contextmanager
    def _registered(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        """Arrow tables as views, for as long as they are needed."""
        for name, table in tables.items():
            self._db.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                with suppress(duckdb.Error):
                    self._db.unregister(name)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise StoreError(
                f"the store at {self.location} could not be {what}: {said}; look whether the disk"
                " is full, then run it again: what was committed is kept"
            ) from error


def open_store(path: Path, *, read_only: bool = False) -> Store:
    """Open the store file, making it if need be.

    Raises StoreError where the file is not a store or is locked, StoreMissing where there is none
    to read, StoreTooNew where a newer Talleyrand wrote it.
    """
    path = path.absolute()  # so that no name is taken for ":memory:", a server or a scheme
    if read_only and not path.exists():
        raise StoreMissing(
            f"there is no store at {path}; make one with: talleyrand ingest SOURCE PATH"
        )
    try:
        if not path.exists():
            _make(path)
        check_file(path)
        store = Store(_connect(path, read_only), "store", str(path))
        _prepare(store, read_only)
    except (duckdb.Error, OSError) as error:
        raise StoreError(why_not(path, error)) from error
    return store


def open_base(named: str | Path | None) -> Store:
    """The store of this name to read, or where none is named the bundled casebook."""
    return open_store(Path(named), read_only=True) if named else open_casebook()


def _make(path: Path) -> None:
    """Make an empty store beside the path and move it there: a kill leaves a whole one or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}.new")
    made.unlink(missing_ok=True)
    try:
        with Store(_connect(made, read_only=False), "store", str(path)) as store:
            store._db.execute(schema.whole()).fetchall()
            store.set_meta("version", str(VERSION))
            store.set_meta("built", _now().date().isoformat())
            store._run("CHECKPOINT")  # closing would say nothing of a full disk
        if not path.exists():
            made.rename(path)
    finally:
        for left in (made, made.with_name(f"{made.name}.wal")):
            left.unlink(missing_ok=True)


def _connect(path: Path | None, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection that fetches and loads no extension."""
    shut = dict.fromkeys(("autoinstall_known_extensions", "autoload_known_extensions"), False)
    return duckdb.connect(str(path or ":memory:"), read_only=read_only, config={**shut})


def open_casebook(folder: Path | None = None, *, in_memory: bool = False) -> Store:
    """Open the bundled figures as a store that cannot be written.

    `in_memory` reads them once, for a process that answers many times.
    """
    files = folder or Path(str(resources.files("talleyrand"))) / "casebook"
    try:
        check_sums(files)
        return _viewed(files, in_memory)
    except (duckdb.Error, OSError) as error:
        said = str(error).splitlines()[0]
        raise StoreError(f"{files} cannot be read ({said}); {MEND}") from error


def _viewed(files: Path, in_memory: bool) -> Store:
    """The tables of a casebook as views of its files, or read into memory."""
    connection = _connect(None, read_only=False)
    for name in (*CASEBOOK_TABLES, *LATER_TABLES, "meta"):
        path = files / f"{name}.parquet"
        if not path.exists():
            if name in LATER_TABLES:
                connection.execute(schema.temporary(name)).fetchall()
                continue
            raise StoreError(f"the casebook has no {path.name}; build it with: make casebook")
        target = str(path).replace("'", "''")
        made = f"CREATE {'TABLE' if in_memory else 'VIEW'} {name} AS"
        connection.execute(f"{made} SELECT * FROM read_parquet('{target}')").fetchall()
    return Store(connection, "casebook", "the bundled casebook")


def _prepare(store: Store, read_only: bool) -> None:
    """Check that the tables are ours and of a version we know, and make those that lack."""
    try:
        there = {row["name"] for row in store.rows("SELECT name FROM (SHOW TABLES)")}
        rows = [] if "meta" not in there else store.rows(_VERSION)
        if not rows or not {"documents", "records"} <= there:
            raise StoreError(f"{store.location} is the database of another program; name another")
        _check_version(store, rows[0]["value"])
        if not read_only:
            store._db.execute(schema.whole()).fetchall()
        for name in LATER_TABLES if read_only else ():
            if name not in there:
                store._db.execute(schema.temporary(name)).fetchall()
    except BaseException:
        store.close()
        raise


_VERSION = "SELECT value FROM meta WHERE key = 'version'"


def _check_version(store: Store, version: str) -> None:
    if not version.isdecimal():
        raise StoreError(f"the store at {store.location} has no known version: {version!r}")
    if int(version) > VERSION:
        raise StoreTooNew(
            f"the store at {store.location} was written by a newer Talleyrand"
            f" (version {version}, this one knows {VERSION}); update Talleyrand"
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
