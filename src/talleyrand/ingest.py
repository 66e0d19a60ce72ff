"""Ingest: files as published → documents, passages, matches, records and reports in the store.

Parsing and coding run in worker processes, the store is written by this one, a batch at a time.
Whatever cannot be used is set aside with its reason and counted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa

from talleyrand import archives, registry
from talleyrand.codebook import Codebook, load
from talleyrand.errors import FetchError, UnreadableFile
from talleyrand.model import Raw, Rejected, Source
from talleyrand.rows import Rows
from talleyrand.store import Store, Written

BATCH_BYTES = 4_000_000
BATCH_FILES = 400

Batch = list[Raw | Rejected]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """The summary of one ingest: files read, rows written, and what was set aside and why."""

    source: str
    files: int
    skipped: int
    written: Written
    reasons: tuple[tuple[str, int], ...]
    trouble: str = ""  # an archive that broke off; what came before it is kept


@dataclass(frozen=True, slots=True)
class Prepared:
    """One batch parsed and coded, as Arrow tables ready for the store."""

    files: int
    skipped: int
    tables: dict[str, pa.Table]
    parts: dict[str, pa.Table]
    reasons: dict[str, int]


def ingest(
    store: Store,
    source: Source,
    raws: Iterable[Raw | Rejected],
    *,
    origin: str,
    workers: int | None = None,
    codebooks: tuple[Path, ...] = (),
    progress: Progress = lambda files, size: None,
) -> Ingested:
    """Read, parse, code and store everything in `raws`.

    Each batch is committed by itself: after a kill the next run adds only what is missing. An
    archive that breaks off keeps what came before, and the summary tells.
    """
    started = store.start_run(source.name, origin, load(*codebooks).version)
    written, files, skipped = Written(), 0, 0
    reasons: dict[str, int] = {}
    stream = _Stream(raws)
    for prepared in _prepared(source.name, _batches(stream, progress), workers, codebooks):
        with store.transaction():
            for name, table in prepared.tables.items():
                written += store.add(name, table, prepared.parts if name == "documents" else None)
        files += prepared.files
        skipped += prepared.skipped
        for reason, count in prepared.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + count
    store.finish_run(started, files, written)
    ranked = tuple(sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
    return Ingested(source.name, files, skipped, written, ranked, stream.trouble)


class _Stream:
    """The raws, ending where the archive breaks off, with the reason kept."""

    def __init__(self, raws: Iterable[Raw | Rejected]) -> None:
        self._raws = raws
        self.trouble = ""

    def __iter__(self) -> Iterator[Raw | Rejected]:
        try:
            yield from self._raws
        except (FetchError, UnreadableFile) as error:
            self.trouble = str(error)


def _batches(raws: Iterable[Raw | Rejected], progress: Progress) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for raw in raws:
        batch.append(raw)
        size += len(raw.data) if isinstance(raw, Raw) else 0
        progress(1, len(raw.data) if isinstance(raw, Raw) else 0)
        if size >= BATCH_BYTES or len(batch) >= BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _prepared(
    source: str, batches: Iterator[Batch], workers: int | None, codebooks: tuple[Path, ...]
) -> Iterator[Prepared]:
    """Batches through the workers, in order, with only a few under way at once."""
    count = workers or min(os.cpu_count() or 1, 8)
    first = list(islice(batches, 1))
    rest = list(islice(batches, 1))
    if count == 1 or not rest:
        for batch in (*first, *rest, *batches):
            yield prepare(source, batch, codebooks)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting: list[Future[Prepared]] = [
            pool.submit(prepare, source, batch, codebooks) for batch in (*first, *rest)
        ]
        while waiting:
            for batch in islice(batches, max(0, count + 2 - len(waiting))):
                waiting.append(pool.submit(prepare, source, batch, codebooks))
            yield waiting.pop(0).result()


def prepare(source: str, batch: Batch, codebooks: tuple[Path, ...] = ()) -> Prepared:
    """Parse and code one batch. Pure but for the codebook, which is loaded once a process."""
    origin = registry.source(source)
    codebook = _codebook(codebooks)
    rows = Rows()
    files = skipped = 0
    for raw in batch:
        if isinstance(raw, Rejected):
            rows.reject(raw)
        elif not origin.claims(raw.name):
            skipped += 1
        else:
            files += 1
            _parse(origin, raw, rows, codebook)
    return Prepared(files, skipped, rows.tables(), rows.parts(), rows.reasons)


@cache
def _codebook(paths: tuple[Path, ...]) -> Codebook:
    return load(*paths)


def _parse(source: Source, raw: Raw, rows: Rows, codebook: Codebook) -> None:
    """One file; what goes wrong inside it costs that file at most, and is said."""
    try:
        for item in source.parse(raw):
            rows.take(item, codebook)
    except (ValueError, KeyError, TypeError, IndexError, UnreadableFile) as error:
        detail = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        rows.reject(Rejected(source.name, raw.name, f"could not be parsed ({detail})"))


def read(path: Path) -> Iterator[Raw | Rejected]:
    """The files of a folder, an archive or a compressed file, as published."""
    return archives.read(path)
