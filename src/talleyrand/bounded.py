"""A user's own file, read whole within a bound: a disk image or /dev/zero must not fill memory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, cast

from talleyrand.errors import InputError, TalleyrandError

MEGABYTE = 1_000_000
MOST_LINE = 20_000  # characters of a line of TOML


def read(
    name: str | Path, most: int, kind: type[TalleyrandError] = InputError, *, what: str = "file"
) -> bytes:
    """The bytes of a file, or of standard input for "-"; raises `kind` past `most` bytes.

    OSError is left to the caller, who knows what the file was for.
    """
    if str(name) == "-":
        data = _standard_input(most + 1)
    else:
        with Path(name).open("rb") as stream:
            data = stream.read(most + 1)
    if len(data) > most:
        shown = "standard input" if str(name) == "-" else str(name)
        raise kind(f"{shown} is larger than {most // MEGABYTE} MB; is it one {what}?")
    return data


def verify_lines(text: str, label: str, kind: type[TalleyrandError]) -> None:
    """Raise `kind` where a line of TOML is so long that reading it could take for ever.

    The library takes a time that grows with the square of a dotted key's length. Lines end where
    TOML ends them: other line ends of Unicode may stand within a key.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MOST_LINE:
            raise kind(f"{label}, line {number}: longer than {MOST_LINE:,} characters; part it")


def _standard_input(size: int) -> bytes:
    buffer = cast("IO[bytes] | None", getattr(sys.stdin, "buffer", None))
    if buffer is not None:
        return buffer.read(size)
    return sys.stdin.read(size).encode("utf-8", "surrogateescape")
