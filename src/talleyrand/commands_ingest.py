"""`talleyrand ingest`: files or a site's pages into the store, with a bar and a summary."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from talleyrand.commands import _print_json, _say, _width, store_path
from talleyrand.errors import FetchError, InputError, LayoutChanged
from talleyrand.model import Raw, Rejected
from talleyrand.store import open_store

Origin = tuple[str, Iterable[Raw | Rejected], int | None]


def ingest(options: argparse.Namespace) -> int:
    from talleyrand import registry
    from talleyrand.ingest import Ingested
    from talleyrand.ingest import ingest as run

    source = registry.source(options.source)
    missing = [path for path in options.paths if not path or not Path(path).exists()]
    if missing:
        raise InputError(f"there is no file or folder {missing[0] or 'with an empty name'}")
    origins = _files(options.paths) if options.paths else [_site(options)]
    if options.paths and options.since:
        raise InputError("--since asks the source's site: leave it or the files out")
    done: list[Ingested] = []
    with ExitStack() as stack:
        stack.enter_context(_ended_by_sigterm())
        store = stack.enter_context(open_store(store_path(options.store)))
        for label, raws, total in origins:
            with _bar(label, total, quiet=options.quiet) as bar:
                done.append(
                    run(
                        store,
                        source,
                        raws,
                        origin=label,
                        workers=options.workers,
                        codebooks=tuple(Path(path) for path in options.codebook),
                        progress=bar,
                    )
                )
    return _tell(done, options)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the command in good order: roll back, show the cursor, close the store."""
    import signal

    def stop(*_: object) -> None:
        raise SystemExit(143)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(done: list[Any], options: argparse.Namespace) -> int:
    """The summary of an ingest: 1 where an archive broke off, 2 where there was nothing to use."""
    from dataclasses import asdict

    if options.json:
        _print_json([asdict(one) for one in done])
    else:
        from talleyrand.report import tables

        for one in done:
            _say(tables.ingested(one, width=_width()))
        print(f"  store: {store_path(options.store)}")
    if any(one.trouble for one in done):
        return 1
    for name, one in zip(options.paths or [options.source], done, strict=True):
        if not one.files:
            raise InputError(
                f"{name} holds no file of {options.source}; how its files are named is told in"
                " docs/sources.md, and what else there is by: talleyrand sources"
            )
        if not one.written.kept:
            raise InputError(f"nothing in {name} could be used; the reasons are listed above")
    return 0


def _files(paths: list[str]) -> Iterator[Origin]:
    """Each path with what it holds and its number of files, if known."""
    from talleyrand import archives

    for path in paths:
        yield Path(path).name, archives.read(Path(path)), archives.count(Path(path))


def _site(options: argparse.Namespace) -> Origin:
    """What the source's own site gives, all fetched before the store is opened and so locked."""
    from talleyrand import live, registry
    from talleyrand.fetch import open_http

    source, since = registry.source(options.source), _since(options.since)
    path = store_path(options.store)
    raws: list[Raw] = []  # texts of pages, and nothing of it is lost if this ends early
    trouble: FetchError | LayoutChanged | None = None
    with (
        open_http(path.with_name(f"{path.name}.raw")) as http,
        _bar(source.homepage, None, quiet=options.quiet) as bar,
    ):
        try:
            for raw in live.pages(source, http, since):
                raws.append(raw)
                bar(1, len(raw.data))
        except (FetchError, LayoutChanged) as error:
            if not raws:
                raise
            trouble = error
    return source.homepage, _then(raws, trouble), len(raws)


def _then(raws: list[Raw], trouble: Exception | None) -> Iterator[Raw]:
    """What was fetched, and then why it ended early."""
    yield from raws
    if trouble:
        raise trouble


def _since(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no day; write --since 2024-01-01") from error
    if not date(1990, 1, 1) <= found <= datetime.now(UTC).date():
        raise InputError(f"--since {text} is before 1990 or still to come; write another day")
    return found


class _bar:
    """A progress bar on standard error: share done, rate, remaining time; silent off a terminal."""

    def __init__(self, label: str, total: int | None, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
        )
        short = escape(label if len(label) <= 28 else label[:27] + "…")
        self._task = self._progress.add_task(short, total=total, rate="")
        self._bytes = 0

    def __enter__(self) -> _bar:
        self._progress.start()
        return self

    def __call__(self, files: float, size: int) -> None:
        self._bytes += size
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = f"{self._bytes / elapsed / 1e6:,.1f} MB/s" if elapsed else ""
        self._progress.update(self._task, advance=files, rate=rate)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
