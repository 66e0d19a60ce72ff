"""The repository itself: nothing of one machine, nothing that names a registry."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import talleyrand
from talleyrand import casebook_build
from talleyrand.ingest import ingest, read
from talleyrand.registry import source
from talleyrand.store import open_store

ROOT = Path(__file__).parents[1]
_BANNED = re.compile(
    r"files\.python"
    + r"hosted|py"
    + r"pi\.org|index-"
    + r"url\s*=?\s*http|/ro"
    + r"ot/|/ho"
    + r"me/\w|/Us"
    + r"ers/\w|(?<![\w./])/wo"
    + r"rk/\w"
)


def tracked() -> list[Path]:
    """The files git tracks; in an archive without git, there are none to check."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [ROOT / name for name in found.stdout.decode().split("\0") if name]


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No path of somebody's machine and no registry's host stands in a tracked file."""
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    for path in files:
        if path.suffix not in {".parquet", ".png"} and path.is_file():
            found = _BANNED.search(path.read_text("utf-8", "replace"))
            assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-engines.lock"]
)
def test_every_pinned_package_has_hashes(name: str) -> None:
    """A lock pins exact versions, each with its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))
    pinned = [entry for entry in entries if "==" in entry.split("\n")[0]]
    assert len(pinned) > 10
    assert all("--hash=sha256:" in entry for entry in pinned)


def test_every_dependency_is_justified_and_locked() -> None:
    """What pyproject.toml asks for stands in docs/dependencies.md and in the lock."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for name in (re.split(r"[<>=!~ ]", one)[0] for one in asked):
        assert f"`{name}`" in told, f"docs/dependencies.md does not justify {name}"
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), f"{name} is not locked"


def test_the_casebook_is_written_the_same_twice(tmp_path: Path) -> None:
    """The same store gives the same bytes, table by table."""
    for folder in ("a", "b"):
        with open_store(tmp_path / "s.duckdb") as store:
            sample = ROOT / "tests" / "samples" / "records" / "unga_votes_wide_sample.csv"
            ingest(store, source("un_votes"), read(sample), origin="sample")
            (tmp_path / folder).mkdir()
            casebook_build._write(store, tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.skipif(not tracked(), reason="not a git checkout")
def test_the_package_is_built_the_same_twice(tmp_path: Path) -> None:
    """The same files and the same moment give the same wheel, byte for byte."""
    found = []
    for folder in ("a", "b"):
        copy = tmp_path / folder
        for path in tracked():
            if path.is_file() and ("src" in path.parts or path.parent == ROOT):
                (copy / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
                (copy / path.relative_to(ROOT)).write_bytes(path.read_bytes())
        build = "from setuptools.build_meta import build_wheel; print(build_wheel('.'))"
        done = subprocess.run(
            [sys.executable, "-c", build],
            cwd=copy, capture_output=True, text=True, check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        )  # fmt: skip
        found.append((copy / done.stdout.split()[-1]).read_bytes())
    assert found[0] == found[1]


def test_no_module_takes_the_place_of_a_public_function() -> None:
    """Importing a module sets its name on the package: a function of that name would be lost."""
    modules = {path.stem for path in (ROOT / "src" / "talleyrand").iterdir()}
    assert not modules & {n for n in talleyrand.__all__ if callable(getattr(talleyrand, n))}
