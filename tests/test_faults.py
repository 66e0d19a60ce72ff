"""Faults of disk and neighbours: a clear error or correct service, never a wrong answer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from invented import fill, record
from talleyrand import casebook_build, registry
from talleyrand.cli import main
from talleyrand.errors import StoreError
from talleyrand.model import Raw, Rejected
from talleyrand.store import open_casebook, open_store

HOLD = """import sys; from pathlib import Path; from talleyrand.store import open_store
with open_store(Path(sys.argv[1]), read_only=sys.argv[2] == "reader") as store:
    print("held", flush=True); sys.stdin.read()"""
COUNT = "SELECT count(*) AS n, sum(value) AS total FROM records"


def filled(path: Path, count: int = 400) -> Path:
    """A store with records whose sum is known."""
    with open_store(path) as store:
        fill(store, records=[record("total_trade_ytd", date(1990 + n // 12, n % 12 + 1, 28), n)
                             for n in range(count)])  # fmt: skip
    return path


def answer(path: Path) -> dict[str, float]:
    with open_store(path, read_only=True) as store:
        return store.rows(COUNT)[0]


@contextmanager
def held(path: Path, by: str) -> Iterator[None]:
    """The store open in another process, as `reader` or `writer`."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path), by], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)  # fmt: skip
    with process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == b"held\n"
        yield
        process.stdin.close()


def test_two_ingests_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second says that the store is in use and changes nothing; afterwards it goes through."""
    path = filled(tmp_path / "s.duckdb")
    before = answer(path)
    sample = Path(__file__).parent / "samples" / "records" / "customs_ytd_sample.csv"
    command = ["ingest", "china_customs", str(sample), "--store", str(path), "--quiet"]
    with held(path, "writer"):
        assert main(command) == 1
        assert "in use by another process; wait" in capsys.readouterr().err
    assert answer(path) == before
    assert main(command) == 0
    assert answer(path)["n"] > before["n"]


def test_readers_and_a_writer(tmp_path: Path) -> None:
    """Any number may read; who reads during an ingest, or writes during a reading, is told."""
    path = filled(tmp_path / "s.duckdb")
    with held(path, "reader"):
        assert answer(path)["n"] == 400
        with pytest.raises(StoreError, match="in use by another process"):
            open_store(path)
    with held(path, "writer"), pytest.raises(StoreError, match="in use by another process"):
        answer(path)
    assert answer(path)["n"] == 400


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that cannot be written")
def test_where_nothing_can_be_written_is_an_error_that_says_so() -> None:
    """No store is made on a read-only file system."""
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(Path("/proc/sys/talleyrand/s.duckdb"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_store_is_read_and_not_written(tmp_path: Path) -> None:
    """It serves readers, and a writer is told."""
    path = filled(tmp_path / "s.duckdb")
    path.chmod(0o444)
    assert answer(path)["n"] == 400
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(path)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_store_never_answers_wrongly(tmp_path: Path, share: float) -> None:
    """Cut off or overwritten anywhere: the right answer, or an error."""
    path = filled(tmp_path / "s.duckdb")
    right, whole = answer(path), path.read_bytes()
    place = int(len(whole) * share)
    for damaged in (whole[:place], whole[:place] + b"\xa5" * 64 + whole[place + 64 :]):
        path.write_bytes(damaged)
        with suppress(StoreError):
            assert answer(path) == right
    path.write_bytes(whole)
    assert answer(path) == right


def casebook(tmp_path: Path) -> Path:
    path = filled(tmp_path / "s.duckdb")
    folder = tmp_path / "casebook"
    with open_store(path) as store:
        casebook_build._write(store, folder)
    return folder


def test_a_whole_casebook_is_opened(tmp_path: Path) -> None:
    """With the sums it was written with, and one made before sums were kept."""
    folder = casebook(tmp_path)
    for _ in range(2):
        with open_casebook(folder) as store:
            assert store.rows(COUNT)[0]["n"] == 400
        (folder / "SHA256SUMS").unlink(missing_ok=True)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("sums", [True, False])
def test_a_damaged_casebook_is_refused(tmp_path: Path, share: float, sums: bool) -> None:
    """One flipped bit is enough where there are sums; a cut file is refused without them too."""
    folder = casebook(tmp_path)
    path = folder / "records.parquet"
    whole = path.read_bytes()
    place = int(len(whole) * share)
    if not sums:
        (folder / "SHA256SUMS").unlink()
    flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    for damaged in (whole[:place], *([flipped] if sums else [])):
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="make casebook"):
            open_casebook(folder)


def test_a_casebook_of_two_builds_is_refused(tmp_path: Path) -> None:
    """A table of another build, or none: refused with what to do."""
    folder = casebook(tmp_path)
    (tmp_path / "other").mkdir()
    other = casebook(tmp_path / "other")
    with open_store(tmp_path / "s.duckdb") as store:
        fill(store, records=[record("total_trade_ytd", date(2024, 1, 31), 7.0)])
        casebook_build._write(store, other)
    (folder / "records.parquet").write_bytes((other / "records.parquet").read_bytes())
    with pytest.raises(StoreError, match=r"records\.parquet.*not as it was made"):
        open_casebook(folder)
    (folder / "records.parquet").unlink()
    with pytest.raises(StoreError, match=r"records\.parquet"):
        open_casebook(folder)


def test_a_corrupt_parquet_file_to_ingest_is_set_aside() -> None:
    """Cut off, or of other columns: one Rejected, no error and no row."""
    source = registry.source("atop")
    for data in (b"PAR1", b"PAR1" + b"\x00" * 40 + b"PAR1", b"PAR1" * 9):
        items = list(source.parse(Raw("atop_dyad_year.parquet", data)))
        assert [type(item) for item in items] == [Rejected]
