"""Files of event data as published: found below folders, unpacked within bounds, looked into."""

from __future__ import annotations

import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from talleyrand.errors import UnreadableFile

MOST_UNPACKED = 4 * 1024**3  # bytes of one member of an archive
MOST_RATIO = 250  # unpacked to packed
PACKED = (".zip", ".gz")
_BROKEN = (
    *(EOFError, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
)
_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".gz", ".zip")
_PIECE = 1 << 20
_LOOK = 1 << 16  # bytes in which a file shows its layout


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file of event data below the paths, in a fixed order."""
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in _ENDINGS)
            yield from (p for p in inside if p.is_file() and not p.is_symlink())
        elif path.exists():
            yield path
        else:
            raise UnreadableFile(f"there is no file or folder {path}; check the spelling")


def unpacked(file: Path, work: Path) -> Iterator[Path]:
    """What a .zip or .gz holds, as files below `work` under names of our own, of bounded size."""
    try:
        if file.suffix.lower() == ".gz":
            path = work / "member0.csv"
            most = min(MOST_UNPACKED, _PIECE + file.stat().st_size * MOST_RATIO)
            with gzip.open(file) as packed, path.open("wb") as out:
                _copy(packed, out, most, file)
            yield path
            return
        with zipfile.ZipFile(file) as archive:
            for number, member in enumerate(archive.infolist()):
                if member.filename.endswith("/"):
                    continue
                path = work / f"member{number}.csv"
                with archive.open(member) as packed, path.open("wb") as out:
                    _copy(
                        packed,
                        out,
                        min(MOST_UNPACKED, _PIECE + member.compress_size * MOST_RATIO),
                        file,
                    )
                yield path
    except _BROKEN as error:
        raise UnreadableFile(f"{file.name} cannot be unpacked ({error}); fetch it again") from error


def _copy(packed: Any, out: Any, most: int, file: Path) -> None:
    size = 0
    while piece := packed.read(_PIECE):
        size += len(piece)
        if size > most:
            raise UnreadableFile(f"{file.name} unpacks to more than {most:,} bytes: refused")
        out.write(piece)


def head(path: Path) -> list[str]:
    """The first lines of a file, whole ones only where there is more than one."""
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opener(path, "rb") as file:
            return _first_lines(file.read(_LOOK))
    except _BROKEN as error:
        raise UnreadableFile(f"{path.name} cannot be read ({error}); fetch it again") from error


def zipped_head(path: Path) -> list[str]:
    """The first lines of the first file in a zip, as `head` gives them."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [member for member in archive.infolist() if not member.is_dir()]
            if not names:
                raise UnreadableFile(f"{path.name} has no file in it; fetch it again")
            with archive.open(names[0]) as packed:
                return _first_lines(packed.read(_LOOK))
    except _BROKEN as error:
        raise UnreadableFile(f"{path.name} cannot be unpacked ({error}); fetch it again") from error


def _first_lines(data: bytes) -> list[str]:
    lines = data.decode("utf-8", "replace").split("\n")
    return lines[:-1][:20] if len(lines) > 1 else lines
