"""Event data of any size: files as published, into sorted Parquet by year, into dyad-month series.

A folder holds `events/year=Y/events.parquet`, sorted by sender, target and day, each event once
however often it was emitted, and `series.parquet`, a row a dyad, month and kind of press. Files are
read a few at a time into a scratch database on disk, so memory is bounded by `memory`, not by
size. Reading a file again changes nothing. A run broken off leaves the older series whole, and a
note of its files that the next run must name (see `unfinished`). The SQL is that of `scale.sql`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from talleyrand import unfinished
from talleyrand.errors import LayoutChanged, StoreError, StoreMissing, UnreadableFile
from talleyrand.event_files import PACKED, files_below, head, unpacked
from talleyrand.events import actors, cameo, layouts, outlets
from talleyrand.events.layouts import Layout
from talleyrand.scale_queries import STAGED, composed, quoted, read_files, statement

MEMORY = "600MB"
_AT_ONCE = 24  # files in one statement
_MOST_AT_ONCE = 50_000_000  # bytes of them

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reduced:
    """What a run came to: files by layout, events new and again, lines that were no rows."""

    files: dict[str, int]
    events: int  # in the folder now, each once
    added: int  # of them new
    again: int  # emitted again, by these files
    reports: int  # of articles, which are no events
    damaged: int  # lines that were no rows of their layout
    refused: tuple[str, ...]  # files of no known layout, and why

    def to_dict(self) -> Row:
        return asdict(self)


def reduce(paths: Sequence[Path], folder: Path, *, memory: str = MEMORY) -> Reduced:
    """Read event files into `folder` and make its series anew.

    Files of no known layout are refused by name, the others read; raises LayoutChanged where none
    is left, UnreadableFile for a path that is not there or an archive that cannot be unpacked.
    """
    files = list(files_below(paths))
    unfinished.verify(folder, files)
    with _scratch(folder) as work, _database(work / "scratch.duckdb", memory) as base:
        _prepare(base)
        counts, refused, damaged = _take_all(base, files, work)
        if not counts and refused:
            raise LayoutChanged(refused[0])
        unfinished.note(folder, files)
        before = _count(base, folder)
        staged = _number(base, "SELECT count(*) FROM staged")
        for year in [r[0] for r in base.sql(_YEARS).fetchall()]:
            _merge(base, folder, work, year)
        reports = _keep_reports(base, folder, work)
        _series(base, folder, work)
        now = _count(base, folder)
        unfinished.clear(folder)
    added = now - before
    return Reduced(counts, now, added, staged - added, reports, damaged, tuple(refused))


def series(folder: Path, sender: str, target: str, press: str = "all") -> list[Row]:
    """What `sender` did to `target` by month: events, mean score, classes, reports.

    `press` is "all", or what outlets of one kind reported: "own" (of either party), "outside"
    (of third states) or "unknown". Raises StoreMissing where the folder has no series.
    """
    path = folder / "series.parquet"
    if not path.exists():
        raise StoreMissing(f"{folder} has no series of events; make them with: talleyrand reduce")
    with _reader().cursor() as base:
        try:
            found = base.execute(_DYAD, [str(path), sender, target, press, press])
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            raise StoreError(f"{path} cannot be read ({error}); run the reduce again") from error


def direct(paths: Sequence[Path], *, memory: str = MEMORY, threads: int = 0) -> int:
    """From files to series with nothing kept, as a measure of speed; gives the rows of the series.

    Events emitted again count again here.
    """
    with duckdb.connect() as base:
        base.execute(f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false")
        if threads:
            base.execute(f"SET threads = {threads}")
        _prepare(base)
        files = list(files_below(paths))
        layout = layouts.recognise(head(files[0]), str(files[0]))
        query = (
            composed(read_files(layout, files), ("placed", "events")) + f" {statement('series')}"
        )
        return _number(base, f"SELECT count(*) FROM ({query})")


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One connection for all questions: opening one takes longer than a question."""
    return duckdb.connect(config={"threads": 1})


_YEARS = "SELECT DISTINCT month // 100 FROM staged ORDER BY 1"
_DYAD = """
SELECT month, CAST(sum(events) AS BIGINT) AS events,
  sum(score10) / 10.0 / sum(events) AS mean_score,
  CAST(sum(verbal_cooperation) AS BIGINT) AS verbal_cooperation,
  CAST(sum(material_cooperation) AS BIGINT) AS material_cooperation,
  CAST(sum(verbal_conflict) AS BIGINT) AS verbal_conflict,
  CAST(sum(material_conflict) AS BIGINT) AS material_conflict,
  CAST(sum(reports) AS BIGINT) AS reports
FROM read_parquet(?)
WHERE sender = ? AND target = ? AND (? = 'all' OR press = ?)
GROUP BY month ORDER BY month
"""


# --- reading -------------------------------------------------------------------------------


def _take_all(
    base: duckdb.DuckDBPyConnection, files: list[Path], work: Path
) -> tuple[dict[str, int], list[str], int]:
    """Stage every file; gives how many of each layout, those refused, and damaged lines."""
    counts: dict[str, int] = {}
    refused: list[str] = []
    damaged = 0
    for layout, group in groupby(_known(files, work, refused), key=lambda one: one[0]):
        chunk: list[Path] = []
        for _, path in group:
            chunk.append(path)
            if layout.header or path.parent == work or _is_full(chunk):
                damaged += _take(base, layout, chunk)
                counts[layout.name] = counts.get(layout.name, 0) + len(chunk)
                chunk = _done(chunk, work)
        if chunk:
            damaged += _take(base, layout, chunk)
            counts[layout.name] = counts.get(layout.name, 0) + len(chunk)
    return counts, refused, damaged


def _is_full(chunk: Sequence[Path]) -> bool:
    """Enough for one statement, which must hold what it reads at once in memory."""
    return len(chunk) == _AT_ONCE or sum(path.stat().st_size for path in chunk) > _MOST_AT_ONCE


def _done(chunk: list[Path], work: Path) -> list[Path]:
    for path in chunk:
        if path.parent == work:
            path.unlink()
    return []


def _known(files: list[Path], work: Path, refused: list[str]) -> Iterator[tuple[Layout, Path]]:
    """Each file with its layout; members of archives are unpacked first, one at a time."""
    for file in files:
        for path in unpacked(file, work) if file.suffix.lower() in PACKED else (file,):
            try:
                yield layouts.recognise(head(path), file.name), path
            except LayoutChanged as error:
                refused.append(str(error))
                _done([path], work)


def _take(base: duckdb.DuckDBPyConnection, layout: Layout, files: Sequence[Path]) -> int:
    """Stage a few files of one layout; gives how many lines were no rows of it."""
    read = read_files(layout, files, rejects=True)
    try:
        if layout.brings == "reports":
            query = f"INSERT INTO reported {read} {statement('reports')}"
        else:
            if layout.actors != "cameo":
                _name_actors(base, layout, read_files(layout, files))
            query = f"INSERT INTO staged {composed(read, ('placed',))} {statement('events')}"
        base.execute(query)
        damaged = _number(base, "SELECT count(DISTINCT (file_id, line)) FROM reject_errors")
        base.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        shown = str(error).splitlines()[0][:200]
        raise UnreadableFile(
            f"{files[0].name} cannot be read as {layout.title}: {shown}"
        ) from error
    return damaged


def _name_actors(base: duckdb.DuckDBPyConnection, layout: Layout, read: str) -> None:
    """Put the states of the actors that these files name beside those of the codes."""
    named = base.sql(
        f"{read} SELECT DISTINCT actor1 FROM source UNION SELECT DISTINCT actor2 FROM source"
    ).fetchall()
    found = {text: actors.state_of(layouts.party(layout, text)) for (text,) in named if text}
    rows = [(text, iso3) for text, iso3 in found.items() if iso3]
    base.execute("DELETE FROM actors")
    if rows:
        _fill(base, "actors", rows)


def _fill(base: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows into a small table, all in one statement."""
    marks = f"({', '.join('?' * len(rows[0]))})"
    values = [cell for row in rows for cell in row]
    base.execute(f"INSERT INTO {table} VALUES {', '.join([marks] * len(rows))}", values)


def _prepare(base: duckdb.DuckDBPyConnection) -> None:
    """The small tables that reading joins."""
    base.execute(STAGED)
    tables: dict[str, list[tuple[Any, ...]]] = {
        "actors (name VARCHAR, iso3 VARCHAR)": list(actors.cameo_codes().items()),
        "codes (written VARCHAR, code VARCHAR, quad INTEGER, score10 INTEGER)": [
            (written, c.code, c.quad, round(c.goldstein * 10))
            for written, c in cameo.written().items()
        ],
        "endings (ending VARCHAR, iso3 VARCHAR)": list(outlets.endings().items()),
        "domains (label VARCHAR, ending VARCHAR, iso3 VARCHAR)": [
            (*domain.split("."), iso3) for domain, iso3 in outlets.domains().items()
        ],
    }
    for table, rows in tables.items():
        base.execute(f"CREATE TABLE {table}")
        _fill(base, table.split()[0], rows)


# --- writing -------------------------------------------------------------------------------


def _merge(base: duckdb.DuckDBPyConnection, folder: Path, work: Path, year: int) -> None:
    """Write one year anew: what was there and what is staged, each event once, sorted."""
    place = folder / "events" / f"year={year}" / "events.parquet"
    columns = ("id, day8, month, sender, target, actor1, actor2, code, quad, score10, mentions,"
               " url, outlet, outlet_state")  # fmt: skip
    parts = [f"SELECT {columns}, 1 AS copies FROM staged WHERE month // 100 = {year}"]
    if place.exists():
        parts.append(f"SELECT {columns}, copies FROM read_parquet({quoted(str(place))})")
    query = f"WITH events AS ({' UNION ALL '.join(parts)}) {statement('distinct')}"
    _written(base, query, place, work)


def _series(base: duckdb.DuckDBPyConnection, folder: Path, work: Path) -> None:
    """The series of all years, sorted by dyad in small groups of rows."""
    if not _count(base, folder):
        return
    query = (
        f"WITH events AS (SELECT * FROM {_events(folder)}) {statement('series')}"
        " ORDER BY sender, target, month, press"
    )
    _written(base, query, folder / "series.parquet", work, rows=10_000)


def _keep_reports(base: duckdb.DuckDBPyConnection, folder: Path, work: Path) -> int:
    """Articles by month, each once, beside the events and never among them."""
    count = _number(base, "SELECT count(*) FROM reported")
    years = base.sql("SELECT DISTINCT month // 100 FROM reported WHERE month > 0").fetchall()
    for (year,) in years if count else []:
        place = folder / "reports" / f"year={year}" / "reports.parquet"
        query = f"SELECT * FROM reported WHERE month // 100 = {year}"
        if place.exists():
            query += f" UNION SELECT * FROM read_parquet({quoted(str(place))})"
        _written(base, f"SELECT DISTINCT * FROM ({query}) ORDER BY event, outlet", place, work)
    return count


def _written(
    base: duckdb.DuckDBPyConnection, query: str, place: Path, work: Path, rows: int = 60_000
) -> None:
    """The rows of a query as Parquet, put in its place only when whole."""
    part = work / "part.parquet"
    base.execute(
        f"COPY ({query}) TO {quoted(str(part))}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})"
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, place)


def _events(folder: Path) -> str:
    return f"read_parquet({quoted(str(folder / 'events' / '*' / 'events.parquet'))})"


def _count(base: duckdb.DuckDBPyConnection, folder: Path) -> int:
    if not any(folder.glob("events/*/events.parquet")):
        return 0
    return _number(base, f"SELECT count(*) FROM {_events(folder)}")


def _number(base: duckdb.DuckDBPyConnection, query: str) -> int:
    rows = base.execute(query).fetchall()
    return int(rows[0][0]) if rows else 0


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A place of work inside the folder, emptied before and after."""
    work = folder / ".work"
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
    except OSError as error:
        raise StoreError(f"cannot write to {folder} ({error}); name another folder") from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _database(path: Path, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch database that spills to disk, and whose errors say what to do."""
    try:
        with duckdb.connect(str(path)) as base:
            base.execute(f"SET memory_limit = {quoted(memory)}")
            base.execute(f"SET temp_directory = {quoted(str(path.parent / 'spill'))}")
            base.execute("SET preserve_insertion_order = false")
            yield base
    except duckdb.Error as error:
        short = isinstance(error, duckdb.OutOfMemoryException)
        hint = "allow more with --memory" if short else "look whether the disk is full"
        raise StoreError(
            f"the events could not be reduced: {str(error).splitlines()[0][:200]}; {hint}, then run"
            " it again: what was there before is kept"
        ) from error
