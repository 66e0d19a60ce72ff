"""GDELT's own list of files: which there are since a day, fetched, and checked against it.

A line of the list is size, MD5 and address of a file of fifteen minutes. Of the address only the
time is taken: the place is known. A file that is in the folder and has the listed sum is not asked
for again, so a run that broke off goes on where it was.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from talleyrand.errors import FetchError, LayoutChanged, PageMissing
from talleyrand.model import Http

SITE = "http://data.gdeltproject.org/gdeltv2/"
MASTER = "masterfilelist.txt"  # of all files, over 100 MB
LATEST = "lastupdate.txt"  # of the newest fifteen minutes, under 1 kB
_LINE = re.compile(
    rb"(\d{1,12}) ([0-9a-f]{32}) https?://data\.gdeltproject\.org/gdeltv2/(\d{14})\."
    rb"(export\.CSV|mentions\.CSV|gkg\.csv)\.zip"
)
_READABLE = 0.9  # of its lines; the real list has a few broken ones


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of events: the moment it was published (YYYYMMDDHHMMSS), its bytes and its MD5."""

    moment: str
    size: int
    md5: str

    @property
    def name(self) -> str:
        return f"{self.moment}.export.CSV.zip"


def listed(http: Http, since: date, until: date) -> list[Listed]:
    """The files of events from one day to another, in order; raises LayoutChanged, FetchError."""
    first, last = f"{since:%Y%m%d}000000", f"{until:%Y%m%d}235959"
    found = [file for file in _read(http, MASTER) if first <= file.moment <= last]
    if not found:
        raise FetchError(f"{SITE}{MASTER} lists no events from {since} to {until}; try other days")
    return found


def latest(http: Http) -> list[Listed]:
    """The file of the newest fifteen minutes, by the list of three lines; raises as `listed`."""
    found = list(_read(http, LATEST))
    if not found:
        raise FetchError(f"{SITE}{LATEST} lists no events; run it again in some minutes")
    return found[-1:]


def _read(http: Http, name: str) -> Iterator[Listed]:
    """The files of events in a list, in order; raises LayoutChanged where it is no such list."""
    found: dict[str, Listed] = {}
    lines = read = 0
    for line in io.BytesIO(http.get(SITE + name, text=False)):
        lines += bool(line.strip())
        told = _LINE.fullmatch(line.strip())
        if told is None:
            continue
        read += 1
        size, md5, moment, kind = (part.decode() for part in told.groups())
        if kind == "export.CSV":
            found[moment] = Listed(moment, int(size), md5)
    if read < _READABLE * lines or not read:
        raise LayoutChanged(
            f"{SITE}{name}: {lines - read:,} of {lines:,} lines are no size, sum and address any"
            " more; look at it and report it"
        )
    return (found[moment] for moment in sorted(found))


def fetched(http: Http, files: list[Listed], folder: Path) -> Iterator[Path]:
    """Each file in `folder`, whole; at the end FetchError where the site lacks some."""
    missing = []
    for file in files:
        path = folder / file.name
        if not _is_whole(path, file):
            try:
                data = http.get(SITE + file.name, text=False)
            except PageMissing:
                missing.append(file.name)
                continue
            if not _agrees(data, file):
                raise FetchError(
                    f"{SITE}{file.name} came with another size or sum than the list says; not"
                    " kept: run it again later"
                )
            _keep(path, data)
        yield path
    if missing:
        raise FetchError(f"the site lacks {len(missing):,} of {len(files):,} files it lists, as"
                         f" {missing[0]}: what they report is missing")  # fmt: skip


def _agrees(data: bytes, file: Listed) -> bool:
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()  # the list has no better
    return len(data) == file.size and digest == file.md5


def _is_whole(path: Path, file: Listed) -> bool:
    try:
        return path.stat().st_size == file.size and _agrees(path.read_bytes(), file)
    except OSError:
        return False


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise FetchError(
            f"{path} cannot be written ({error.strerror}); look whether the disk is full, then run"
            " it again: what was fetched is kept"
        ) from error
    finally:
        part.unlink(missing_ok=True)
