"""Event files into the tables `staged` and `reported` of a scratch database, a few at a time.

Archives are unpacked by a thread of its own while the files before them are read. The tables that
rows are joined with are small and the rows many, and a file does not tell how many: so DuckDB
joins in the order written, rows first, and never holds the rows of a file in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from talleyrand.errors import LayoutChanged, UnreadableFile
from talleyrand.event_files import PACKED, head, unpacked
from talleyrand.events import actors, layouts
from talleyrand.events.layouts import Layout
from talleyrand.events.small_tables import small_tables
from talleyrand.scale_queries import STAGED, composed, read_files, statement

_AT_ONCE = 500  # files in one statement
_MOST_AT_ONCE = 256_000_000  # bytes of them

Chunk = tuple[Layout, list[Path]]


def take_all(
    base: duckdb.DuckDBPyConnection, files: Sequence[Path], work: Path
) -> tuple[dict[str, int], list[str], int]:
    """Stage every file; gives how many of each layout, those refused, and damaged lines.

    Raises UnreadableFile for an archive that cannot be unpacked or a file that cannot be read.
    """
    counts: dict[str, int] = {}
    refused: list[str] = []
    damaged = 0
    for layout, paths in _ahead(_chunks(files, work, refused)):
        damaged += _take(base, layout, paths)
        counts[layout.name] = counts.get(layout.name, 0) + len(paths)
        _done(paths, work)
    return counts, refused, damaged


def prepare(base: duckdb.DuckDBPyConnection) -> None:
    """The settings of reading, and the small tables that it joins."""
    base.execute("SET preserve_insertion_order = false")
    base.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    base.execute(STAGED)
    for name, (columns, rows) in small_tables().items():
        kinds = ("VARCHAR" if isinstance(cell, str) else "INTEGER" for cell in rows[0])
        listed = ", ".join(map(" ".join, zip(columns, kinds, strict=True)))
        base.execute(f"CREATE TABLE {name} ({listed})")
        _fill(base, name, rows)


def _ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same chunks, each made while the one before it is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, chunks, None)
        while chunk := coming.result():
            coming = pool.submit(next, chunks, None)
            yield chunk


def _chunks(files: Sequence[Path], work: Path, refused: list[str]) -> Iterator[Chunk]:
    """Files of one layout, as many as go into one statement; of those with a header, one."""
    chunk: list[Path] = []
    size, before = 0, None
    for layout, path in _known(files, work, refused):
        full = layout.header or len(chunk) == _AT_ONCE or size > _MOST_AT_ONCE
        if before and chunk and (full or layout is not before):
            yield before, chunk
            chunk, size = [], 0
        before = layout
        chunk.append(path)
        size += path.stat().st_size
    if before and chunk:
        yield before, chunk


def _known(files: Sequence[Path], work: Path, refused: list[str]) -> Iterator[tuple[Layout, Path]]:
    """Each file with its layout; members of archives are unpacked first, one at a time."""
    for number, file in enumerate(files):
        for path in _unpacked(file, work / str(number)):
            try:
                yield layouts.recognise(head(path), file.name), path
            except LayoutChanged as error:
                refused.append(str(error))
                _done([path], work)


def _unpacked(file: Path, place: Path) -> Iterator[Path]:
    if file.suffix.lower() not in PACKED:
        yield file
        return
    place.mkdir()
    yield from unpacked(file, place)


def _done(paths: Sequence[Path], work: Path) -> None:
    for path in paths:
        if work in path.parents:
            path.unlink()


def _take(base: duckdb.DuckDBPyConnection, layout: Layout, files: Sequence[Path]) -> int:
    """Stage files of one layout; gives how many lines were no rows of it."""
    read = read_files(layout, files, rejects=True)
    try:
        if layout.brings == "reports":
            query = f"INSERT INTO reported {read} {statement('reports')}"
        else:
            if layout.actors != "cameo":
                _name_actors(base, layout, read_files(layout, files))
            query = f"INSERT INTO staged {composed(read, ('placed',))} {statement('events')}"
        base.execute(query)
        rows = base.execute("SELECT count(DISTINCT (file_id, line)) FROM reject_errors").fetchall()
        base.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        base.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        if len(files) > 1:  # nothing of a statement that failed is kept: find the file
            return sum(_take(base, layout, [file]) for file in files)
        shown = str(error).splitlines()[0][:200]
        raise UnreadableFile(
            f"{files[0].name} cannot be read as {layout.title}: {shown}"
        ) from error
    return int(rows[0][0])


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
