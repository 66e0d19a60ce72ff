"""One writer at a time in a folder; the system lets the lock go when its holder ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from talleyrand.errors import StoreError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, made where it is not there; raises StoreError where another holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = (folder / ".lock").open("a+")
    except OSError as error:
        raise StoreError(f"cannot write to {folder} ({error}); name another folder") from error
    with held:
        try:
            _take(held)
        except OSError as error:
            raise StoreError(
                f"another reduce is at work in {folder}: wait until it is done, or name another"
                " folder"
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(held: IO[str]) -> None:
        held.seek(0)
        msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(held: IO[str]) -> None:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
