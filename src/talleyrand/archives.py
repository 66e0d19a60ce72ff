"""Read files as published: a folder, an archive or a compressed file, one member at a time.

Nothing is unpacked to disk and no name from an archive is ever used as a path, so links, `..` and
absolute names can do no harm. Sizes are bounded while reading, so a bomb costs little memory.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from talleyrand.errors import UnreadableFile
from talleyrand.model import Raw, Rejected

MOST_BYTES = 512 * 1024 * 1024  # of one member, unpacked
MOST_TOTAL = 8 * 1024 * 1024 * 1024  # of one archive, unpacked
MOST_RATIO = 250  # unpacked to packed; text seldom passes 15
_RATIO_COUNTS_FROM = 64 * 1024 * 1024  # bytes; below this a ratio proves nothing
_COUNTED = 64 * 1024 * 1024  # bytes of a packed tar whose members are counted beforehand
_PIECE = 1 << 20

_OPENERS: dict[str, Callable[[Path], object]] = {
    ".gz": gzip.open,
    ".tgz": gzip.open,
    ".xz": lzma.open,
    ".txz": lzma.open,
    ".bz2": bz2.open,
}
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_BY_LINES = (".jsonl", ".csv", ".tsv")  # of these a part is worth having
_BROKEN = (  # all that unpacking is known to raise on damaged or hostile bytes
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    struct.error,
    lzma.LZMAError,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)


def read(path: Path) -> Iterator[Raw | Rejected]:
    """Every file below or inside `path`, in a fixed order, archives in a folder opened too.

    A member that is a link, a device or too large is given as Rejected. An archive that breaks
    off raises UnreadableFile after everything before the break was given; in a folder the other
    files are given first.
    """
    if path.is_dir():
        yield from _folder(path)
    elif not path.exists():
        raise UnreadableFile(f"there is no file or folder {path}; check the spelling")
    else:
        yield from _file(path.resolve(), path.name)


def count(path: Path) -> int | None:
    """How many files and rejects `read` will give, for a progress bar; None where that is dear.

    Of a tar of moderate size the headers are read (tenths of a second), a larger one is not.
    """
    try:
        if path.is_dir():
            counts = [_count(file) for file in _files_below(path)]
            return None if None in counts else sum(cast(list[int], counts))
        return _count(path)
    except (*_BROKEN, UnreadableFile):
        return None


def _count(path: Path) -> int | None:
    lower = path.name.lower()
    if lower.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            return sum(1 for info in archive.infolist() if not info.filename.endswith("/"))
    if not lower.endswith(_TARS):
        return 1
    if path.stat().st_size > _COUNTED:
        return None
    with _opened(path) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
        total = members = 0
        for member in archive:
            total = _bounded(total + max(0, member.size), path)
            members += not member.isdir()
    return members


def _folder(folder: Path) -> Iterator[Raw | Rejected]:
    """Every file below; what could not be read is told once the rest is given."""
    troubles = []
    for file in _files_below(folder):
        try:
            yield from _file(file, str(file.relative_to(folder)))
        except UnreadableFile as error:
            troubles.append(str(error))
    if troubles:
        more = f" (and {len(troubles) - 1} more like it)" if len(troubles) > 1 else ""
        raise UnreadableFile(f"{troubles[0]}{more}")


def _files_below(folder: Path) -> list[Path]:
    """Every file below a folder, sorted; links to folders are not followed."""
    found = []
    for place, folders, files in os.walk(folder, followlinks=False):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [Path(place) / name for name in files + links]
    return sorted(found)


def _file(path: Path, label: str) -> Iterator[Raw | Rejected]:
    if path.is_symlink() or not path.is_file():
        yield Rejected("", label, "a link or device, not a file")
        return
    lower = path.name.lower()
    try:
        if lower.endswith(_TARS):
            yield from _tar(path)
        elif lower.endswith(".zip"):
            yield from _zip(path)
        elif lower.endswith((".gz", ".xz", ".bz2")):
            yield from _compressed(path, label.rpartition(".")[0])
        else:
            with path.open("rb") as stream:
                yield _whole(stream, label, path)
    except PermissionError as error:
        raise UnreadableFile(f"{path.name} may not be read; change its permissions") from error
    except _BROKEN as error:
        raise UnreadableFile(
            f"{path.name} is damaged or cut short ({_said(error)}); what came before the damage is"
            " kept: fetch the file again and ingest it once more"
        ) from error


def _said(error: BaseException) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _opened(path: Path) -> IO[bytes]:
    opener = _OPENERS.get(path.suffix.lower())
    return cast(IO[bytes], opener(path) if opener else path.open("rb"))


# --- tar -----------------------------------------------------------------------------------


class _Strict(tarfile.TarInfo):
    """A header that must be whole: tarfile takes a damaged one for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> _Strict:
        try:
            return super().fromtarfile(tarfile)
        except _BAD_HEADERS as error:
            raise EOFError(f"{error} at byte {tarfile.offset:,}") from error


_BAD_HEADERS: tuple[type[Exception], ...] = tuple(
    getattr(tarfile, name)
    for name in ("InvalidHeaderError", "TruncatedHeaderError", "EmptyHeaderError")
)


def _tar(path: Path) -> Iterator[Raw | Rejected]:
    total = 0
    with (
        _opened(path) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|", tarinfo=_Strict) as archive,
    ):
        for member in archive:
            total = _bounded(total + max(0, member.size), path)
            if member.isdir():
                continue
            if not member.isreg():
                yield Rejected("", member.name, "a link or device, not a file")
            elif member.size > MOST_BYTES:
                yield Rejected("", member.name, f"larger than {MOST_BYTES:,} bytes unpacked")
            else:
                stream = archive.extractfile(member)
                yield Raw(member.name.removeprefix("./"), stream.read() if stream else b"")
        _drain(unpacked, path)


def _drain(stream: IO[bytes], path: Path) -> None:
    """Read to the end, so that a checksum that does not hold is noticed."""
    size = 0
    while piece := stream.read(_PIECE):
        size = _bounded(size + len(piece), path)


# --- zip and single files ------------------------------------------------------------------


def _zip(path: Path) -> Iterator[Raw | Rejected]:
    total = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.filename.endswith("/"):
                continue
            found = _zip_member(archive, info, path)
            total = _bounded(total + (len(found.data) if isinstance(found, Raw) else 0), path)
            yield found


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Raw | Rejected:
    if info.flag_bits & 1:
        return Rejected("", info.filename, "encrypted")
    if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
        return Rejected("", info.filename, "a link or device, not a file")
    try:
        with archive.open(info) as stream:
            return _whole(stream, info.filename, path)
    except (*_BROKEN, RuntimeError) as error:
        return Rejected("", info.filename, f"damaged inside the archive ({_said(error)})")


def _compressed(path: Path, label: str) -> Iterator[Raw | Rejected]:
    """One compressed file; of one cut short, the whole lines before the cut where lines count."""
    parts = io.BytesIO()
    with _opened(path) as stream:
        try:
            while piece := _next_piece(stream):
                parts.write(piece)
                _bounded(parts.tell(), path)
                if parts.tell() > MOST_BYTES:
                    yield Rejected("", label, f"larger than {MOST_BYTES:,} bytes unpacked")
                    return
        except _BROKEN:
            whole_lines = parts.getvalue().rpartition(b"\n")[0]
            if label.lower().endswith(_BY_LINES) and whole_lines:
                yield Raw(label, whole_lines + b"\n")
            raise
    yield Raw(label, parts.getvalue())


def _next_piece(stream: IO[bytes]) -> bytes:
    """What the next step of unpacking gives: a longer read that fails would give nothing."""
    return cast(io.BufferedReader, stream).read1(_PIECE)


def _whole(stream: IO[bytes], label: str, path: Path) -> Raw | Rejected:
    """The stream's bytes, read a piece at a time so that a bomb is noticed early."""
    parts = io.BytesIO()
    while piece := stream.read(_PIECE):
        parts.write(piece)
        _bounded(parts.tell(), path)
        if parts.tell() > MOST_BYTES:
            return Rejected("", label, f"larger than {MOST_BYTES:,} bytes unpacked")
    return Raw(label, parts.getvalue())


def _bounded(total: int, path: Path) -> int:
    """The total so far; raises UnreadableFile where no honest archive holds so much."""
    if total > MOST_TOTAL:
        raise UnreadableFile(
            f"{path.name} unpacks to more than {MOST_TOTAL:,} bytes and is not read on; part it"
        )
    if total > _RATIO_COUNTS_FROM and total > MOST_RATIO * max(1, path.stat().st_size):
        raise UnreadableFile(
            f"{path.name} unpacks to more than {MOST_RATIO} times its size, as a bomb would, and"
            " is not read on; if you trust it, unpack it yourself and ingest the folder"
        )
    return total
