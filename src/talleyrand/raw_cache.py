"""What was fetched, as it came: one file a page below the store's folder, whole or not at all.

Each body stands beside a small JSON file with its address, its validators (ETag, Last-Modified),
the moment it came and its SHA-256. What does not match its digest is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from talleyrand.errors import FetchError

_LONGEST = 500  # characters of a validator


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was fetched before: `fetched` is in seconds since 1970."""

    url: str
    etag: str
    modified: str
    fetched: float
    digest: str
    body: bytes = b""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


class Cache:
    """A folder of pages as they came; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, url: str) -> Kept | None:
        """The page as it last came, if it is there and whole."""
        if self._folder is None:
            return None
        path = self._path(url)
        try:
            told = json.loads(path.with_suffix(".json").read_text("utf-8"))
            body = path.read_bytes()
            kept = Kept(**{**told, "body": body})
        except (OSError, ValueError, TypeError):
            return None
        whole = kept.url == url and kept.digest == hashlib.sha256(body).hexdigest()
        return kept if whole else None

    def put(self, url: str, body: bytes, *, etag: str, modified: str, fetched: float) -> None:
        """Keep a page; a kill leaves the older one, the newer one or none, never a part."""
        if self._folder is None:
            return
        digest = hashlib.sha256(body).hexdigest()
        kept = asdict(Kept(url, _safe(etag), _safe(modified), fetched, digest))
        kept.pop("body")
        path = self._path(url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, lambda part: part.write_bytes(body))
            told = json.dumps(kept, indent=1)
            _replace(path.with_suffix(".json"), lambda part: part.write_text(told, "utf-8"))
        except OSError as error:
            raise FetchError(
                f"{path} cannot be written ({error.strerror}); look whether the disk is full, then"
                " run it again: what was fetched is kept"
            ) from error

    def forget(self, url: str) -> None:
        """Take a page for one that never came; its bytes stay to be looked at."""
        if self._folder is not None:
            self._path(url).with_suffix(".json").unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        """A name that no address can steer: the hash of the address."""
        assert self._folder is not None
        name = hashlib.sha256(url.encode("utf-8", "surrogateescape")).hexdigest()
        return self._folder / name[:2] / f"{name[2:34]}.raw"


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _safe(value: str) -> str:
    """A validator as the server gave it, or none if it could not stand in a header."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST else ""
