"""Kill -9 at random moments: what is left, and does the next run complete?

    python benchmarks/faults.py [--ingest 90] [--reduce 70] [--casebook 40] [--minutes M] [--seed 1]

An ingest of invented releases is killed again and again on the same store. After each kill the
store must open, hold all it held before, hold whole batches only and no document without its
parts; in the end it must be, row for row, the store of a run that was left in peace. A reduce of
event files into a folder that holds others is killed: its series must be the older or the newer
ones; no event may be lost; a run with other files must not pass over what is half merged; and the
next run with the same files must give the newer series, row for row. A casebook being written
from another store is killed likewise: it must be the older one, the newer one, or refused; and
the next run (after every fifth kill) must give the newer one, byte for byte. Exit code 1 at the
first fault. With --minutes each part ends after so long, and says its rounds.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import gdelt_generator
from talleyrand import casebook_build, cli, scale, unfinished
from talleyrand.errors import StoreError
from talleyrand.store import open_casebook, open_store

FILES = 1600
BATCH = 400  # files of one transaction
EVENTS = 160_000  # rows of event files
TEXT = """---
date: '2022-09-{day:02d}'
source_url: https://example.org/2022/09/{number}/
tags: statements-releases
title: "Readout of an invented call with President Xi of China {number}{tail}"
---

The President spoke today with President Xi Jinping of the People's Republic of China. The two
leaders reaffirmed respect for sovereignty and territorial integrity.
"""
# Processes fork from one that has the modules loaded, so that kills fall into the work itself.
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        *("talleyrand.ingest", "talleyrand.casebook_build"),
        *("talleyrand.scale", "talleyrand.cli"),
    ]
)
Job = Callable[[str, str], None]
ORPHANS = """SELECT count(*) AS n FROM documents
WHERE id NOT IN (SELECT document_id FROM passages) OR id NOT IN (SELECT document_id FROM matches)"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--ingest", type=int, default=90)
    options.add_argument("--reduce", type=int, default=70)
    options.add_argument("--casebook", type=int, default=40)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        started = time.monotonic()
        print(f"ingest: {ingests(folder, chosen.ingest, chance, chosen.minutes)}", flush=True)
        print(f"reduce: {reduces(folder, chosen.reduce, chance, chosen.minutes)}", flush=True)
        print(f"casebook: {casebooks(folder, chosen.casebook, chance, chosen.minutes)}", flush=True)
        print(f"no fault found in {time.monotonic() - started:,.0f} s")


def mirror(folder: Path, tail: str, count: int) -> Path:
    """Invented releases as files in the layout of the White House mirror."""
    place = folder / f"mirror{tail}" / "statements-releases" / "2022-09"
    place.mkdir(parents=True)
    for number in range(count):
        text = TEXT.format(day=1 + number % 28, number=number, tail=tail)
        (place / f"{number}.md").write_text(text, "utf-8")
    return folder / f"mirror{tail}"


def ingested(place: str, store: str) -> None:
    """An ingest, as the command makes it, in a process of its own."""
    words = ["ingest", "whitehouse", place, "--store", store, "--quiet", "--workers", "1"]
    with redirect_stdout(StringIO()):
        code = cli.main(words)
    sys.exit(code)


def written(store: str, folder: str) -> None:
    """A casebook written from a store, in a process of its own."""
    with open_store(Path(store)) as opened:
        casebook_build._write(opened, Path(folder))


def whole(job: Job, *given: Path) -> float:
    """Run to the end; gives the seconds it took."""
    process = CONTEXT.Process(target=job, args=[str(path) for path in given])
    started = time.monotonic()
    process.start()
    process.join()
    assert process.exitcode == 0, f"{job.__name__} ended with {process.exitcode}"
    return time.monotonic() - started


def killed(after: float, job: Job, *given: Path) -> bool:
    """Run and kill after so many seconds; whether it was still at work."""
    process = CONTEXT.Process(target=job, args=[str(path) for path in given])
    process.start()
    process.join(after)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def content(path: Path) -> dict[str, list[dict[str, Any]]]:
    """All that an ingest writes, but for the times at which it did."""
    with open_store(path, read_only=True) as store:
        return {
            "documents": store.rows(
                "SELECT * EXCLUDE (first_seen, last_seen) FROM documents ORDER BY id"
            ),
            **{n: store.rows(f"SELECT * FROM {n} ORDER BY ALL") for n in ("passages", "matches")},
        }


def ingests(folder: Path, rounds: int, chance: random.Random, minutes: float) -> dict[str, int]:
    """Kill ingests; gives how many kills, at how many committed documents, and complete runs."""
    place = mirror(folder, "", FILES)
    peace = folder / "peace.duckdb"
    whole(ingested, place, peace)  # the first loads what the others share
    peace.unlink()
    seconds = whole(ingested, place, peace)
    expected, told = content(peace), Counter[str]()
    store, held = folder / "killed.duckdb", set[str]()
    until = time.monotonic() + 60 * minutes
    while told["killed"] < rounds and time.monotonic() < until:
        alive = killed(chance.uniform(0.1, 1.05) * seconds, ingested, place, store)
        told["killed" if alive else "ended by themselves"] += 1
        held = checked(store, held, told)
        if len(held) == FILES or chance.random() < 0.1:
            whole(ingested, place, store)
            assert content(store) == expected, "the completed store differs"
            told["completed and the same"] += 1
            store.unlink()
            held = set()
    return dict(told)


def checked(path: Path, held: set[str], told: Counter[str]) -> set[str]:
    """The documents of a store after a kill; fails where one is lost or half there."""
    if not path.exists():
        assert not held, "the store is gone"
        told["before there was a store"] += 1
        return set()
    with open_store(path, read_only=True) as store:
        now = {row["id"] for row in store.rows("SELECT id FROM documents")}
        assert store.rows(ORPHANS)[0]["n"] == 0, "a document is half there"
    assert held <= now, f"{len(held - now)} committed documents are lost"
    assert len(now) % BATCH == 0, f"{len(now)} documents are no whole batches"
    told[f"with {len(now)} documents"] += 1
    return now


def reduced(place: str, folder: str) -> None:
    """A reduce, as the command makes it, in a process of its own."""
    with redirect_stdout(StringIO()):
        code = cli.main(["reduce", place, "--out", folder])
    sys.exit(code)


def reduces(folder: Path, rounds: int, chance: random.Random, minutes: float) -> dict[str, int]:
    """Kill reduces into a folder that holds other files; gives what was left, by kind."""
    files = folder / "gdelt"
    gdelt_generator.generate(files, EVENTS, 8)
    older_files, newer_files = (folder / f"gdelt_{half}" for half in ("older", "newer"))
    for number, path in enumerate(sorted(files.iterdir())):
        half = newer_files if number % 2 else older_files
        half.mkdir(exist_ok=True)
        path.rename(half / path.name)
    older, newer = folder / "events_older", folder / "events_newer"
    whole(reduced, older_files, older)
    shutil.copytree(older, newer)
    seconds = whole(reduced, newer_files, newer)
    right, told = (series_of(older), series_of(newer)), Counter[str]()
    until = time.monotonic() + 60 * minutes
    while told["killed"] < rounds and time.monotonic() < until:
        target = folder / "events"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(older, target)
        alive = killed(chance.uniform(0.05, 1.0) * seconds, reduced, newer_files, target)
        told["killed" if alive else "ended by themselves"] += 1
        left = left_of_series(target, *right)
        told[left] += 1
        assert ids(older) <= ids(target) <= ids(newer), "events are lost, or came from nowhere"
        if (target / unfinished.NOTE).exists():
            told["half merged"] += 1
            try:
                scale.reduce([older_files], target)
            except StoreError:
                told["a run with other files refused"] += 1
            else:
                raise AssertionError("what was half read is passed over")
        elif chance.random() > 0.3:
            continue
        whole(reduced, newer_files, target)
        assert series_of(target) == right[1], "the completed series differ"
        told["completed and the same"] += 1
    return dict(told)


def series_of(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / "series.parquet").to_pylist()
    return sorted(rows, key=lambda row: [str(cell) for cell in row.values()])


def ids(folder: Path) -> set[str]:
    """The events a folder holds; fails where a file of them cannot be read."""
    found = set()
    for path in folder.glob("events/*/events.parquet"):
        rows = pq.read_table(path, columns=["day8", "sender", "target", "code", "url"]).to_pylist()
        found |= {" ".join(map(str, row.values())) for row in rows}
    return found


def left_of_series(folder: Path, older: list[dict[str, Any]], newer: list[dict[str, Any]]) -> str:
    """What a kill left of the series; fails where it is neither, or does not answer."""
    assert scale.series(folder, "RUS", "UKR"), "the series do not answer"
    found = series_of(folder)
    assert found in (older, newer), "half a series answers"
    return "the older series" if found == older else "the newer series"


def casebooks(folder: Path, rounds: int, chance: random.Random, minutes: float) -> dict[str, int]:
    """Kill the writing of a casebook over an older one; gives what was left, by kind."""
    stores = []
    for tail in ("a", "b"):
        stores.append(folder / f"{tail}.duckdb")
        whole(ingested, mirror(folder, tail, 500), stores[-1])
    right, told = [], Counter[str]()
    for store in stores:
        made = folder / f"{store.stem}_whole"
        seconds = whole(written, store, made)
        right.append(files(made))
    until = time.monotonic() + 60 * minutes
    for number in range(rounds):
        if time.monotonic() > until:
            break
        told["rounds"] += 1
        target = folder / "casebook"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder / f"{stores[number % 2].stem}_whole", target)
        newer = stores[1 - number % 2]
        if not killed(chance.uniform(0, 1.05) * seconds, written, newer, target):
            told["ended by themselves"] += 1
        told[left(target, right[number % 2], right[1 - number % 2])] += 1
        if number % 5:
            continue
        whole(written, newer, target)
        assert files(target) == right[1 - number % 2], "the completed casebook differs"
    return dict(told)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def left(folder: Path, older: dict[str, bytes], newer: dict[str, bytes]) -> str:
    """What a kill left of a casebook; fails where it is neither, and yet is opened."""
    found = files(folder)
    if found in (older, newer):
        return "the older one" if found == older else "the newer one"
    try:
        open_casebook(folder).close()
    except StoreError:
        return "refused"
    raise AssertionError("a casebook of two builds is opened")


if __name__ == "__main__":
    main()
