"""The files of a store and of a casebook: are they what they should be, and if not, why?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from talleyrand.errors import StoreError

SUMS = "SHA256SUMS"
MEND = "install Talleyrand again, or build the casebook with: make casebook"


def check_file(path: Path) -> None:
    """Refuse what is no DuckDB file: opening it could write to it, or fetch an extension."""
    with path.open("rb") as file:
        start = file.read(12)
    if start[8:12] != b"DUCK":
        raise StoreError(f"{path} is not a store but another file; name another with --store")


def why_not(path: Path, error: Exception) -> str:
    text = str(error)
    if "lock" in text.lower():
        return (
            f"the store at {path} is in use by another process; wait for it to end, then try again"
        )
    return f"the store at {path} cannot be opened: {text.splitlines()[0]}"


def write_sums(folder: Path) -> None:
    """Note the SHA-256 of each file of a casebook, in the form of `sha256sum`."""
    part = folder / f".{SUMS}.part"
    lines = (f"{_digest(path)}  {path.name}\n" for path in sorted(folder.glob("*.parquet")))
    part.write_text("".join(lines), "ascii")
    part.replace(folder / SUMS)


def check_sums(folder: Path) -> None:
    """Refuse a damaged casebook, or one of two builds: Parquet alone does not notice all of it."""
    if not (folder / SUMS).exists():  # made before sums were kept
        return
    for line in (folder / SUMS).read_text("ascii", "replace").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if path.parent != folder or not path.exists() or _digest(path) != digest:
            raise StoreError(f"{name[:80]!r} in {folder} is not as it was made; {MEND}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
