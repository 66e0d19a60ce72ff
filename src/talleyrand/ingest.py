"""Ingest: files as published → documents, passages, matches, records and reports in the store.

Parsing and coding run in worker processes, the store is written by this one, a batch at a time.
Whatever cannot be used is set aside with its reason and counted. A file, or piece of a large one,
that was read before by the same code and codebook is not read again, only seen.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path

import pyarrow as pa

from talleyrand import archives, registry
from talleyrand.batch import RIVAL, Written
from talleyrand.codebook import Codebook, load
from talleyrand.errors import FetchError, LayoutChanged, TalleyrandError, UnreadableFile
from talleyrand.fingerprint import PARSERS, fingerprint
from talleyrand.model import Document, Raw, Rejected, Report, Source
from talleyrand.pieces import pieces
from talleyrand.rows import Rows, coder
from talleyrand.store import Store

BATCH_BYTES = 1_000_000
BATCH_FILES = 400
BATCH_KNOWN = 4_000

Progress = Callable[[float, int], None]
Reasons = dict[str, int]
Known = dict[str, tuple[int, Reasons]]


@dataclass(frozen=True, slots=True)
class Ingested:
    """The summary of one ingest: files read, rows written, and what was set aside and why.

    `coded_otherwise` is how many documents of the store another codebook coded.
    """

    source: str
    files: int
    skipped: int
    written: Written
    reasons: tuple[tuple[str, int], ...]
    trouble: str = ""  # an archive that broke off; what came before it is kept
    coded_otherwise: int = 0


@dataclass(slots=True)
class Batch:
    """What is read and stored in one go: pieces with their digests, and what was read before."""

    fresh: list[tuple[str, Raw]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    files: int = 0
    skipped: int = 0
    size: int = 0  # bytes
    done: float = 0.0  # files and parts of files, for the progress bar

    def is_full(self) -> bool:
        new = sum(len(raw.data) for _, raw in self.fresh)
        many = len(self.fresh) + len(self.rejected) >= BATCH_FILES
        return many or new >= BATCH_BYTES or len(self.known) >= BATCH_KNOWN


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch parsed and coded, as Arrow tables ready for the store; `read` tells of each piece."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    parts: dict[str, pa.Table] = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)
    read: Known = field(default_factory=dict)


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
    codebook = load(*codebooks)
    known = store.pieces(source.name)
    started = store.start_run(source.name, origin, codebook.version)
    written, files, skipped = Written(), 0, 0
    reasons: Counter[str] = Counter()
    stream = _Stream(raws)
    batches = _batches(stream, source, known, coder(codebook))
    with closing(_prepared(source.name, batches, workers, codebooks)) as ready:
        for batch, prepared in ready:
            new, old = _commit(store, source.name, batch, prepared, known)
            written += new
            files += batch.files
            skipped += batch.skipped
            reasons.update(prepared.reasons)
            reasons.update(old)
            progress(batch.done, batch.size)
    store.finish_run(started, files, written)
    ranked = tuple(sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
    otherwise = store.coded_otherwise(coder(codebook))
    return Ingested(source.name, files, skipped, written, ranked, stream.trouble, otherwise)


def _commit(
    store: Store, source: str, batch: Batch, prepared: Prepared, known: Known
) -> tuple[Written, Counter[str]]:
    """Write a batch; gives what changed, and what of it was set aside before or by the store."""
    written = Written()
    reasons: Counter[str] = Counter()
    with store.transaction():
        for name, table in prepared.tables.items():
            written += store.add(name, table, prepared.parts if name == "documents" else None)
        store.know(source, prepared.read)
        store.see(batch.known)
    for digest in batch.known:
        items, why = known[digest]
        written += Written(seen=items)
        reasons.update(why)
    if written.rivals:
        reasons[RIVAL] += written.rivals
    return written, reasons


class _Stream:
    """The raws, ending where the archive breaks off, with the reason kept."""

    def __init__(self, raws: Iterable[Raw | Rejected]) -> None:
        self._raws = raws
        self.trouble = ""

    def __iter__(self) -> Iterator[Raw | Rejected]:
        try:
            yield from self._raws
        except LayoutChanged as error:
            self.trouble = f"changed layout: {error}"
        except (FetchError, UnreadableFile) as error:
            self.trouble = str(error)


def _batches(
    raws: Iterable[Raw | Rejected], source: Source, known: Known, version: str
) -> Iterator[Batch]:
    """Files in pieces, told apart by whether they are known, in batches of moderate size."""
    version = f"{version}-{fingerprint(*PARSERS)}"
    batch = Batch()
    for raw in raws:
        if isinstance(raw, Rejected):
            batch.rejected.append(raw)
            batch.done += 1
        elif not source.claims(raw.name):
            batch.skipped += 1
            batch.done += 1
        else:
            batch.files += 1
            for piece in pieces(raw):
                _place(batch, piece, known, version, len(raw.data))
                if batch.is_full():
                    yield batch
                    batch = Batch()
        if batch.is_full():
            yield batch
            batch = Batch()
    yield batch


def _place(batch: Batch, piece: Raw | Rejected, known: Known, version: str, whole: int) -> None:
    if isinstance(piece, Rejected):
        batch.rejected.append(piece)
        return
    batch.size += len(piece.data)
    batch.done += len(piece.data) / whole if whole else 1
    head = f"{version}\x1f{piece.name}\x1f{piece.before}\x1f".encode("utf-8", "surrogateescape")
    digest = hashlib.blake2b(piece.data, digest_size=16, key=hashlib.sha256(head).digest())
    if digest.hexdigest() in known:
        batch.known.append(digest.hexdigest())
    else:
        batch.fresh.append((digest.hexdigest(), piece))


# --- in worker processes -------------------------------------------------------------------


def _prepared(
    source: str, batches: Iterator[Batch], workers: int | None, codebooks: tuple[Path, ...]
) -> Generator[tuple[Batch, Prepared], None, None]:
    """Batches through the workers, in order, with only a few under way at once."""
    count = workers or min(os.cpu_count() or 1, 8)
    waiting: deque[tuple[Batch, Future[Prepared] | None]] = deque()
    pool: ProcessPoolExecutor | None = None
    with ExitStack() as stack:
        while True:
            waiting.extend((batch, None) for batch in islice(batches, count + 2 - len(waiting)))
            if not waiting:
                return
            if pool is None and count > 1 and sum(bool(batch.fresh) for batch, _ in waiting) > 1:
                pool = stack.enter_context(_pool(count))
            if pool is not None:
                waiting = deque(_submitted(pool, source, codebooks, *one) for one in waiting)
            batch, future = waiting.popleft()
            yield batch, future.result() if future else prepare(source, batch, codebooks)


def _submitted(
    pool: ProcessPoolExecutor,
    source: str,
    codebooks: tuple[Path, ...],
    batch: Batch,
    future: Future[Prepared] | None,
) -> tuple[Batch, Future[Prepared] | None]:
    if future or not batch.fresh:
        return batch, future
    future = pool.submit(prepare, source, batch, codebooks)
    return Batch(known=batch.known, files=batch.files, skipped=batch.skipped, size=batch.size,
                 done=batch.done), future  # fmt: skip


@contextmanager
def _pool(count: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that end with this process, however it ends."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
        pool.shutdown()
    except BrokenProcessPool as error:
        raise TalleyrandError(
            "a worker process died, perhaps for want of memory; what was committed is kept: run it"
            " again with --workers 1"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """Wait for the parent's end in a thread, since a killed parent cannot tell its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and stops us

    def watch() -> None:
        parent = parent_process()
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def prepare(source: str, batch: Batch, codebooks: tuple[Path, ...] = ()) -> Prepared:
    """Parse and code one batch. Pure but for the codebook, which is loaded once a process."""
    origin = registry.source(source)
    codebook = _codebook(codebooks)
    rows = Rows()
    read: Known = {}
    for rejected in batch.rejected:
        rows.reject(rejected)
    for digest, raw in batch.fresh:
        rows.piece = digest
        items, reasons = rows.items, Counter(rows.reasons)
        _parse(origin, raw, rows, codebook)
        read[digest] = rows.items - items, dict(Counter(rows.reasons) - reasons)
    return Prepared(rows.tables(), rows.parts(), rows.reasons, read)


@cache
def _codebook(paths: tuple[Path, ...]) -> Codebook:
    return load(*paths)


def _parse(source: Source, raw: Raw, rows: Rows, codebook: Codebook) -> None:
    """One file; what goes wrong inside it costs that file at most, and is said.

    Files come from strangers and parsers cannot foresee everything, so any error counts here.
    """
    try:
        for item in source.parse(raw):
            try:
                rows.take(item, codebook)
            except MemoryError:
                raise
            except Exception as error:
                where = item.url if isinstance(item, Document | Report) else raw.name
                rows.reject(Rejected(source.name, where, f"could not be coded ({_said(error)})"))
    except MemoryError:
        raise
    except Exception as error:
        rows.reject(Rejected(source.name, raw.name, f"could not be parsed ({_said(error)})"))


def _said(error: Exception) -> str:
    return (f"{type(error).__name__}: {error}".splitlines() or [""])[0][:200]


def read(path: Path) -> Iterator[Raw | Rejected]:
    """The files of a folder, an archive or a compressed file, as published."""
    return archives.read(path)
