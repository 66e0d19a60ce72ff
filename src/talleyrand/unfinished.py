"""The files that a broken reduce had begun to merge: no later run may pass over them.

A reduce replaces the events year by year. Killed between two years, it leaves some of its files'
events in the folder and others not. So it notes the files' names before the first year and takes
the note away after the last; a run that does not name them all again is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from talleyrand.errors import StoreError

NOTE = "unfinished"


def verify(folder: Path, files: Sequence[Path]) -> None:
    """Raise StoreError where a run was broken off and `files` lack some of its files."""
    missing = sorted(set(_noted(folder)) - {file.name for file in files})
    if missing:
        more = f" and {len(missing) - 1:,} more files" if len(missing) > 1 else ""
        raise StoreError(
            f"a reduce into {folder} was broken off while it merged {missing[0]}{more}: name those"
            f" files again, alone or beside others (all are listed in {folder / NOTE})"
        )


def note(folder: Path, files: Sequence[Path]) -> None:
    """Note what is about to be merged, so that it outlives a kill."""
    part = folder / f".{NOTE}.part"
    with part.open("w", encoding="utf-8") as written:
        json.dump(sorted({file.name for file in files}), written, indent=0)
        written.flush()
        os.fsync(written.fileno())
    part.replace(folder / NOTE)


def clear(folder: Path) -> None:
    """All is merged."""
    (folder / NOTE).unlink(missing_ok=True)


def _noted(folder: Path) -> list[str]:
    """The names noted; raises StoreError where the note cannot be read."""
    try:
        return [str(name) for name in list(json.loads((folder / NOTE).read_text("utf-8")))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{folder / NOTE} cannot be read ({error}): reduce all files anew into another folder"
        ) from error
