"""Where Spark writes: a folder of this machine in the form of `talleyrand.scale`, or elsewhere.

A folder here has one file a year, put in its place only when whole, so that either engine reads and
continues what the other wrote. Elsewhere (object storage) Spark's own layout stands, written once.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from talleyrand import unfinished
from talleyrand.errors import InputError, StoreError


def address_of(where: Path | str) -> str:
    """What to read: a path of this machine taken literally, or an address or pattern as it is."""
    return str(where).rstrip("/") if "://" in str(where) else literal(uri_of(where))


def verify_reached(master: str, *places: str) -> None:
    """Raises InputError for a place of this machine where the workers are on others."""
    for place in places:
        if "://" not in place and not master.startswith("local"):
            raise InputError(
                f"the workers at {master} do not see {place}; name an address that all of them"
                " reach, such as s3a://bucket/folder or file:///mnt/shared/folder"
            )


def uri_of(path: Path | str) -> str:
    """A path of this machine as Spark writes to it; it reads % otherwise than in a URI."""
    return f"file://{Path(path).resolve().as_posix()}"


def literal(address: str) -> str:
    """An address to read from in which no sign makes a pattern."""
    return re.sub(r"([\\\[\]{}*?])", r"\\\1", address)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder by path or address; `near` where it is on this machine."""

    spark: Any
    root: str
    near: bool

    def work(self, name: str) -> str:
        """Where rows are staged."""
        return self._address(f".work/{name}")

    def has_work(self, name: str) -> bool:
        return self._there(self.work(name))

    def has(self, name: str) -> bool:
        if self.near:
            return any((Path(self.root) / name).glob("year=*/*.parquet"))
        return self._there(self.at(name))

    def at(self, name: str) -> str:
        return self._address(name)

    def kept(self, kind: str, year: int) -> str | None:
        """The file of a year that was written before; None where there is none."""
        path = Path(self.root) / kind / f"year={year}" / f"{kind}.parquet"
        return address_of(path) if self.near and path.exists() else None

    def writing(self, name: str) -> str:
        """Where Spark is to write what `put` then puts in its place."""
        return self.work(f"new-{name}") if self.near else self.at(name)

    def put(self, kind: str) -> None:
        """Put the years written in their places."""
        for folder in sorted(self._new(kind).glob("year=*")):
            self._replace(folder, Path(self.root) / kind / folder.name / f"{kind}.parquet")

    def put_file(self, name: str) -> None:
        """Put a table written as one file in its place."""
        if self.near:
            self._replace(self._new(name), Path(self.root) / name)

    def _new(self, name: str) -> Path:
        return Path(self.root) / ".work" / f"new-{name}"

    def _replace(self, folder: Path, place: Path) -> None:
        (part,) = folder.glob("part-*.parquet")
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(part, place)

    def begun(self, files: Sequence[Path]) -> None:
        """Note what is about to be merged, as `talleyrand.scale` does."""
        if self.near:
            unfinished.note(Path(self.root), files)

    def done(self) -> None:
        if self.near:
            unfinished.clear(Path(self.root))

    def opened(self, files: Sequence[Path]) -> None:
        """Make the folder, or raise InputError for one elsewhere that is there already."""
        if self.near:
            unfinished.verify(Path(self.root), files)
        self.emptied()
        if not self.near:
            if self._there(self.at("events")) or self._there(self.at("reports")):
                raise InputError(f"{self.root} holds events already; name a new folder")
            return
        try:
            (Path(self.root) / ".work").mkdir(parents=True)
        except OSError as error:
            raise StoreError(
                f"cannot write to {self.root} ({error}); name another folder"
            ) from error

    def emptied(self) -> None:
        """Remove what was staged."""
        if self.near:
            shutil.rmtree(Path(self.root) / ".work", ignore_errors=True)
        else:
            work = self.work("")
            _files(self.spark, work).delete(_path(self.spark, work), True)

    def _address(self, name: str) -> str:
        if self.near:
            return uri_of(Path(self.root) / name)
        return f"{self.root.rstrip('/')}/{name}"

    def _there(self, address: str) -> bool:
        return is_there(self.spark, address)


def is_there(spark: Any, address: str) -> bool:
    """Is anything at an address, in whatever storage Hadoop knows?"""
    return bool(_files(spark, address).exists(_path(spark, address)))


def _path(spark: Any, address: str) -> Any:
    return spark._jvm.org.apache.hadoop.fs.Path(address.rstrip("/"))


def _files(spark: Any, address: str) -> Any:
    return _path(spark, address).getFileSystem(spark._jsc.hadoopConfiguration())
