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
from pathlib import Path
from typing import Any

import duckdb

from talleyrand import unfinished
from talleyrand.errors import LayoutChanged, StoreError, StoreMissing
from talleyrand.event_files import files_below, head
from talleyrand.event_staging import prepare, take_all
from talleyrand.events import cameo, layouts
from talleyrand.folder_lock import locked
from talleyrand.scale_queries import composed, quoted, read_files, statement

MEMORY = "600MB"

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
    with locked(folder), _scratch(folder) as work, _database(work, memory) as base:
        unfinished.verify(folder, files)
        prepare(base)
        counts, refused, damaged = take_all(base, files, work)
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
    return _asked(_DYAD, [str(path), sender, target, press, press], path)


def types(folder: Path, sender: str, target: str, press: str = "all") -> list[Row]:
    """What `sender` did to `target` by month and PLOVER event: events and mean score.

    `plover` is empty for comments and appeals, which PLOVER leaves out. `press` as for `series`.
    Raises StoreMissing where the folder has no events, StoreError while some are being merged.
    """
    if not any(folder.glob("events/*/events.parquet")):
        raise StoreMissing(f"{folder} has no events; make them with: talleyrand reduce")
    if (folder / unfinished.NOTE).exists():
        raise StoreError(
            f"a reduce into {folder} is merging or was broken off: wait until it is done, or run it"
            " again with the same files"
        )
    path, plover = folder / "events" / "*" / "events.parquet", cameo.plover()
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for row in _asked(_CODES, [str(path), sender, target, press, press], path):
        key = row["month"], plover.get(row["code"], "")
        events, score10 = sums.get(key, (0, 0))
        sums[key] = events + row["events"], score10 + row["score10"]
    return [
        {"month": month, "plover": name, "events": events, "mean_score": score10 / 10 / events}
        for (month, name), (events, score10) in sorted(sums.items())
    ]


def _asked(query: str, values: list[str], path: Path) -> list[Row]:
    with _reader().cursor() as base:
        try:
            found = base.execute(query, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            raise StoreError(f"{path} cannot be read ({error}); run the reduce again") from error


def direct(paths: Sequence[Path], *, memory: str = MEMORY, threads: int = 0) -> int:
    """From files to series with nothing kept, as a measure of speed; gives the rows of the series.

    Events emitted again count again here.
    """
    with duckdb.connect() as base:
        base.execute(f"SET memory_limit = {quoted(memory)}")
        if threads:
            base.execute(f"SET threads = {threads}")
        prepare(base)
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
_CODES = """
SELECT month, code, count(*) AS events, CAST(sum(score10) AS BIGINT) AS score10
FROM (
  SELECT month, code, score10, CASE WHEN outlet_state = '' THEN 'unknown'
    WHEN outlet_state IN (sender, target) THEN 'own' ELSE 'outside' END AS press
  FROM read_parquet(?) WHERE sender = ? AND target = ?
)
WHERE ? = 'all' OR press = ?
GROUP BY month, code
"""


def _merge(base: duckdb.DuckDBPyConnection, folder: Path, work: Path, year: int) -> None:
    """Write one year anew: what was there and what is staged, each event once, sorted.

    `plover` is the PLOVER event of the code.
    """
    place = folder / "events" / f"year={year}" / "events.parquet"
    columns = ("id, day8, month, sender, target, actor1, actor2, code, quad, score10, mentions,"
               " url, outlet, outlet_state")  # fmt: skip
    parts = [f"SELECT {columns}, 1 AS copies FROM staged WHERE month // 100 = {year}"]
    if place.exists():
        parts.append(f"SELECT {columns}, copies FROM read_parquet({quoted(str(place))})")
    once, order = statement("distinct").split("\nORDER BY ")
    query = (
        f"WITH events AS ({' UNION ALL '.join(parts)}), once AS ({once})"
        " SELECT once.*, coalesce(p.plover, '') AS plover"
        f" FROM once LEFT JOIN plover AS p ON p.code = once.code ORDER BY {order}"
    )
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
            query += f" UNION SELECT * FROM {_without_year(place)}"
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


def _without_year(place: Path) -> str:
    """A table by itself: its folder's year is no column."""
    return f"read_parquet({quoted(str(place))}, hive_partitioning = false)"


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
def _database(work: Path, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch database that spills to disk, and whose errors say what to do."""
    try:
        with duckdb.connect(str(work / "scratch.duckdb")) as base:
            base.execute(f"SET memory_limit = {quoted(memory)}")
            base.execute(f"SET temp_directory = {quoted(str(work / 'spill'))}")
            yield base
    except duckdb.Error as error:
        short = isinstance(error, duckdb.OutOfMemoryException)
        hint = "allow more with --memory" if short else "look whether the disk is full"
        raise StoreError(
            f"the events could not be reduced: {str(error).splitlines()[0][:200]}; {hint}, then run"
            " it again: what was there before is kept"
        ) from error
