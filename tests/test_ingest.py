"""Ingest: twice is once, a kill loses nothing committed, what cannot be used is counted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from talleyrand import registry
from talleyrand.batch import Written
from talleyrand.cli import main
from talleyrand.ingest import ingest
from talleyrand.model import Raw, Rejected
from talleyrand.pieces import pieces
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


# --- known pieces, codebooks, workers ------------------------------------------------------


def lines(count: int, text: str = "Russia and China deepen their partnership.") -> Raw:
    """Invented releases of the Kremlin as JSON lines."""
    made = [
        {"url": f"http://example.org/{n}", "title": f"Invented {n}", "date": "2020-03-01",
         "text": f"{text} {n}"}
        for n in range(count)
    ]  # fmt: skip
    return Raw("kremlin_invented.jsonl", "\n".join(map(json.dumps, made)).encode())


def take(path: Path, source: str, *raws: Raw | Rejected, **options: Any) -> Any:
    with open_store(path) as store:
        options = {"workers": 1, "origin": "invented", **options}
        return ingest(store, registry.source(source), raws, **options)


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run parses and codes nothing, yet counts and dates everything."""
    path = tmp_path / "s.duckdb"
    bad = Raw("statements-releases/2022-09/bad.md", b"no front matter")
    raws: list[Raw | Rejected] = [bad, *(release(n) for n in range(5))]
    first = run(path, raws)
    before = rows(path, "SELECT last_seen FROM documents UNION ALL SELECT last_seen FROM set_aside")
    monkeypatch.setattr("talleyrand.ingest._parse", None)
    second = run(path, raws)
    assert second.written == Written(seen=5)
    assert (second.files, second.reasons) == (first.files, first.reasons) == (6, first.reasons)
    after = rows(path, "SELECT last_seen FROM documents UNION ALL SELECT last_seen FROM set_aside")
    assert min(r["last_seen"] for r in after) > max(r["last_seen"] for r in before)


def test_a_revised_file_goes_back_when_the_older_one_is_ingested_again(tmp_path: Path) -> None:
    """A piece that lost a document to a newer text is no longer taken for known."""
    path = tmp_path / "s.duckdb"
    counts = [
        take(path, "kremlin", lines(3, text)).written.revised
        for text in ("China helps.", "China helped.", "China helps.", "China helps.")
    ]
    assert counts == [0, 3, 3, 0]


def test_a_new_codebook_codes_anew(tmp_path: Path) -> None:
    """Codes of one's own are found in what was ingested before, and mixtures are told."""
    path, mine = tmp_path / "s.duckdb", tmp_path / "mine.toml"
    mine.write_text(
        """
[lines_open]
family = "tone"
meaning = "lines of communication stay open"
pole = "closer"
origin = "invented"
[[phrase]]
code = "lines_open"
language = "en"
patterns = ["lines of communication open"]
example = "They keep lines of communication open."
counterexample = "They talk."
"""
    )
    run(path, [release(n) for n in range(4)])
    done = run(path, [release(n) for n in range(3)], codebooks=(mine,))
    assert (done.written.recoded, done.written.added, done.coded_otherwise) == (3, 0, 1)
    assert rows(path, "SELECT count(*) AS n FROM matches WHERE code = 'lines_open'")[0]["n"] == 3
    assert run(path, [release(n) for n in range(3)], codebooks=(mine,)).written.recoded == 0
    back = run(path, [release(n) for n in range(4)])
    assert (back.written.recoded, back.coded_otherwise) == (3, 0)


def test_workers_and_pieces_come_to_the_same_as_one_reading(tmp_path: Path) -> None:
    """A large file is shared out; the store holds the same rows, and the file counts once."""
    raw = lines(5_000, "Russia and China deepen their partnership. " * 2 + "It rained. " * 20)
    assert len(list(pieces(raw))) > 2
    query = "SELECT * EXCLUDE (first_seen, last_seen, piece) FROM documents ORDER BY id"
    found = []
    for workers in (1, 2):
        shares: list[float] = []
        path = tmp_path / f"{workers}.duckdb"
        done = take(path, "kremlin", raw, workers=workers, progress=lambda n, _: shares.append(n))  # noqa: B023
        assert (done.files, done.written.added) == (1, 5_000)
        assert len(shares) > 2
        assert sum(shares) == pytest.approx(1)
        found.append((rows(path, query), rows(path, "SELECT * FROM matches ORDER BY ALL")))
    assert found[0] == found[1]


@pytest.mark.parametrize("error", [OverflowError, RecursionError, AssertionError, UnicodeError])
def test_whatever_goes_wrong_in_a_file_costs_that_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Any error of a parser or of the coder sets the file or the document aside."""
    whitehouse = registry.source("whitehouse")

    def parse(raw: Raw) -> Iterator[Any]:
        if "/2.md" in raw.name:
            raise error("invented")
        yield from whitehouse.parse(raw)

    monkeypatch.setattr(registry, "SOURCES", (replace(whitehouse, parse=parse),))
    done = run(tmp_path / "s.duckdb", [release(n) for n in range(4)])
    assert done.written.added == 3
    assert [reason for reason, _ in done.reasons] == [
        f"could not be parsed ({error.__name__}: invented)"
    ]


def test_improper_values_and_dates_are_set_aside(tmp_path: Path) -> None:
    """No infinity, no year 9999 and no text of millions of characters enters the store."""
    raw = lines(3)
    data = raw.data.replace(b"2020-03-01", b"9999-03-01", 1)
    huge = {
        "url": "http://example.org/h",
        "title": "t",
        "date": "2020-01-01",
        "text": "a " * 1_100_000,
    }
    done = take(
        tmp_path / "s.duckdb", "kremlin", Raw(raw.name, data + b"\n" + json.dumps(huge).encode())
    )
    assert done.written.added == 2
    assert dict(done.reasons) == {"undated": 1, "a text of more than 2,000,000 characters": 1}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(tmp_path: Path, end: signal.Signals) -> None:
    """Neither a kill nor a request to end leaves processes behind."""
    folder = tmp_path / "mirror" / "statements-releases" / "2022-09"
    folder.mkdir(parents=True)
    for number in range(4000):
        (folder / f"{number}.md").write_bytes(release(number).data)
    command = [sys.executable, "-m", "talleyrand", "ingest", "whitehouse", str(tmp_path / "mirror")]
    command += ["--store", str(tmp_path / "s.duckdb"), "--workers", "2", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        children = _until(lambda: found if len(found := _children(process.pid)) >= 3 else None)
        time.sleep(0.5)
        process.send_signal(end)
        assert process.wait(30) == (-9 if end == signal.SIGKILL else 143)
        _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    finally:
        process.kill()


def _children(parent: int) -> list[int]:
    """The processes below one, as Linux lists them."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _until(found: Callable[[], Any]) -> Any:
    """What is found within half a minute; fails if nothing is."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError("waited in vain")


# --- what the command says -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notes.txt", b"hello", "holds no file of china_customs"),
        ("customs.csv", b"a,b\n1,2\n", "nothing in"),
    ],
)
def test_nothing_usable_is_an_error(
    name: str, data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a message, since the user expected something to come in."""
    (tmp_path / name).write_bytes(data)
    store = str(tmp_path / "s.duckdb")
    assert main(["ingest", "china_customs", str(tmp_path / name), "--store", store]) == 2
    assert said in capsys.readouterr().err


def test_an_empty_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the current folder is read nor the default store written by mistake."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLEYRAND_STORE", str(tmp_path / "default.duckdb"))
    assert main(["ingest", "whitehouse", ""]) == 2
    assert main(["ingest", "whitehouse", str(tmp_path), "--store", ""]) == 2
    assert list(tmp_path.iterdir()) == []
