"""Ingest: twice is once, a kill loses nothing committed, what cannot be used is counted."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from talleyrand import registry
from talleyrand.cli import main
from talleyrand.ingest import ingest
from talleyrand.model import Raw, Rejected
from talleyrand.store import open_store

# Invented releases in the form of the White House mirror.
RELEASE = """---
date: '2022-09-{day:02d}'
modified_time: 2022-09-{day:02d} 16:47:21-04:00
published_time: 2022-09-{day:02d} 16:47:20-04:00
source_url: https://example.org/briefing-room/statements-releases/2022/09/{day:02d}/{number}/
tags: statements-releases
title: "Readout of President Biden\\u2019s Call with President Xi of China {number}"
---

The President spoke today with President Xi Jinping of the People\u2019s Republic of
China. The President underscored that the two countries must keep lines of communication open.
The President reaffirmed respect for sovereignty and territorial integrity.

\\###
"""


def release(number: int) -> Raw:
    text = RELEASE.format(day=1 + number % 28, number=number)
    return Raw(f"statements-releases/2022-09/{number}.md", text.encode())


def run(path: Path, raws: list[Raw | Rejected], **options: Any) -> Any:
    with open_store(path) as store:
        return ingest(
            store, registry.source("whitehouse"), raws, origin="invented", workers=1, **options
        )


def rows(path: Path, query: str) -> list[dict[str, Any]]:
    with open_store(path, read_only=True) as store:
        return store.rows(query)


def test_ingesting_twice_equals_once(tmp_path: Path) -> None:
    """Documents, passages and matches stand once, and the second run says it saw them."""
    path = tmp_path / "s.duckdb"
    first = run(path, [release(n) for n in range(30)])
    query = "SELECT * EXCLUDE (last_seen) FROM documents ORDER BY id"
    once = rows(path, query), rows(path, "SELECT * FROM matches ORDER BY ALL")
    second = run(path, [release(n) for n in range(30)])
    assert first.written.added == 30
    assert (second.written.added, second.written.seen) == (0, 30)
    assert (rows(path, query), rows(path, "SELECT * FROM matches ORDER BY ALL")) == once
    assert len(once[1]) > 0


def test_a_bad_record_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    """A file without its metadata costs only itself, and the summary counts it."""
    path = tmp_path / "s.duckdb"
    bad = Raw("statements-releases/2022-09/bad.md", b"\xff\xfe no front matter at all")
    refused = Rejected("", "link.md", "a link, not a file")
    done = run(path, [release(1), bad, refused, release(2), Raw("LICENSE", b"CC0")])
    assert done.written.added == 2
    assert sum(count for _, count in done.reasons) == done.written.set_aside == 2
    assert done.skipped == 1
    kept = rows(path, "SELECT locator FROM set_aside ORDER BY locator")
    assert [r["locator"] for r in kept] == ["link.md", "statements-releases/2022-09/bad.md"]


def test_a_killed_ingest_keeps_what_was_committed(tmp_path: Path) -> None:
    """After SIGKILL the store opens, no document lacks its parts, and the next run completes."""
    folder = tmp_path / "mirror" / "statements-releases" / "2022-09"
    folder.mkdir(parents=True)
    for number in range(3000):
        (folder / f"{number}.md").write_bytes(release(number).data)
    path = tmp_path / "s.duckdb"
    command = [sys.executable, "-m", "talleyrand", "ingest", "whitehouse", str(tmp_path / "mirror")]
    command += ["--store", str(path), "--workers", "1", "--quiet"]
    process = subprocess.Popen(command, start_new_session=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists() and path.stat().st_size + _size(path) > 400_000:
            break
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    orphans = (
        "SELECT count(*) AS n FROM documents WHERE id NOT IN (SELECT document_id FROM passages)"
    )
    assert rows(path, orphans)[0]["n"] == 0
    kept = rows(path, "SELECT count(*) AS n FROM documents")[0]["n"]
    assert kept % 400 in (0, 3000 % 400)
    assert main(command[3:]) == 0
    assert rows(path, "SELECT count(*) AS n FROM documents")[0]["n"] == 3000
    assert rows(path, orphans)[0]["n"] == 0


def _size(path: Path) -> int:
    log = path.with_suffix(".duckdb.wal")
    return log.stat().st_size if log.exists() else 0


def test_an_unknown_source_is_named_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails with exit code 2 and says what there is."""
    assert main(["ingest", "whitehous", str(tmp_path), "--store", str(tmp_path / "s")]) == 2
    assert "whitehouse" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_a_missing_path_makes_no_store(tmp_path: Path) -> None:
    """Nothing is written where there is nothing to read."""
    missing = str(tmp_path / "none")
    assert main(["ingest", "cctv", missing, "--store", str(tmp_path / "s")]) == 2
    assert not (tmp_path / "s").exists()
