"""Read files as published: a folder, an archive or a compressed file, one member at a time.

Nothing is unpacked to disk and no name from an archive is ever used as a path, so links, `..` and
absolute names can do no harm. Sizes are bounded while reading, so a bomb costs no memory.
"""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from talleyrand.errors import UnreadableFile
from talleyrand.model import Raw, Rejected

MOST_BYTES = 256 * 1024 * 1024  # of one file, unpacked
MOST_TOTAL = 8 * 1024 * 1024 * 1024  # of one archive, unpacked
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_BROKEN = (EOFError, OSError, lzma.LZMAError, zlib.error, tarfile.TarError, zipfile.BadZipFile)


def read(path: Path) -> Iterator[Raw | Rejected]:
    """Every file below or inside `path`, in a fixed order.

    A member that is a link, a device or too large is given as Rejected. An archive that breaks
    off raises UnreadableFile after everything before the break was given.
    """
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if not p.name.startswith(".")):
            if not file.is_dir():
                yield from _file(file, str(file.relative_to(path)))
        return
    if not path.exists():
        raise UnreadableFile(f"there is no file or folder {path}")
    yield from _file(path, path.name)


def count(path: Path) -> int | None:
    """How many files `read` will give, where that is known without unpacking, else None."""
    if path.is_dir():
        return sum(1 for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    if path.name.lower().endswith(".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                return sum(1 for info in archive.infolist() if not info.is_dir())
        except _BROKEN:
            return None
    return None if path.name.lower().endswith(_TAR) else 1


def _file(path: Path, label: str) -> Iterator[Raw | Rejected]:
    if path.is_symlink() or not path.is_file():
        yield Rejected("", label, "a link or device, not a file")
        return
    lower = path.name.lower()
    try:
        if lower.endswith(_TAR):
            yield from _tar(path)
        elif lower.endswith(".zip"):
            yield from _zip(path)
        elif lower.endswith((".gz", ".xz")):
            yield _whole(_opened(path), label.rsplit(".", 1)[0])
        else:
            with path.open("rb") as stream:
                yield _whole(stream, label)
    except _BROKEN as error:
        raise UnreadableFile(
            f"{path.name} is damaged or cut short ({error}); fetch it again"
        ) from error


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.name.lower().endswith(".gz") else lzma.open(path)  # type: ignore[return-value]


def _tar(path: Path) -> Iterator[Raw | Rejected]:
    total = 0
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            if member.isdir():
                continue
            if not member.isreg():
                yield Rejected("", member.name, "a link or device, not a file")
                continue
            if member.size > MOST_BYTES:
                yield Rejected("", member.name, f"larger than {MOST_BYTES:,} bytes")
                continue
            total = _within(total + member.size, path)
            stream = archive.extractfile(member)
            if stream is not None:
                yield Raw(member.name.removeprefix("./"), stream.read())


def _zip(path: Path) -> Iterator[Raw | Rejected]:
    total = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 1:
                yield Rejected("", info.filename, "encrypted")
                continue
            try:
                with archive.open(info) as stream:
                    found = _whole(stream, info.filename)
            except (*_BROKEN, NotImplementedError) as error:
                yield Rejected("", info.filename, f"damaged inside the archive ({error})")
                continue
            total = _within(total + (len(found.data) if isinstance(found, Raw) else 0), path)
            yield found


def _whole(stream: IO[bytes], label: str) -> Raw | Rejected:
    """The stream's bytes, read a piece at a time so that a bomb is noticed early."""
    parts = io.BytesIO()
    while piece := stream.read(1 << 20):
        parts.write(piece)
        if parts.tell() > MOST_BYTES:
            return Rejected("", label, f"larger than {MOST_BYTES:,} bytes unpacked")
    return Raw(label, parts.getvalue())


def _within(total: int, path: Path) -> int:
    if total > MOST_TOTAL:
        raise UnreadableFile(f"{path.name} unpacks to more than {MOST_TOTAL:,} bytes; not read on")
    return total
