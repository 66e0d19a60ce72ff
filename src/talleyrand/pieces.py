"""A large table or file of lines in pieces, so that workers share it and a kill costs little.

A piece of a table has the header before its rows, and tells how many rows or lines of the file
stand before it. Bounds on lines and files keep one monstrous item from taking the machine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from talleyrand.model import Raw, Rejected

PIECE_BYTES = 500_000
MOST_LINE = 16_000_000  # bytes of one line, or of one row of a table
MOST_PAGE = 32_000_000  # bytes of a file that holds one text

_LINES = (".tsv",)  # of these a parser knows a header by its words
_LOOK_AHEAD = 20_000  # bytes in which the next rows must look like rows
_ROWS_AHEAD = 3
_PREAMBLE = 30  # lines of prose before a header, at most


def pieces(raw: Raw) -> Iterator[Raw | Rejected]:
    """The file whole where it is small or no table, else in pieces that give the same items."""
    lower = raw.name.lower()
    if lower.endswith(".csv") and b"\n" not in raw.data[:_LOOK_AHEAD] and b"\r" in raw.data:
        raw = Raw(raw.name, raw.data.replace(b"\r", b"\n"), raw.before)  # lines of old Macintoshes
    if not lower.endswith((".jsonl", ".csv", *_LINES)):
        if len(raw.data) > MOST_PAGE:
            yield Rejected("", raw.name, f"a page of more than {MOST_PAGE:,} bytes")
        else:
            yield raw
    elif len(raw.data) <= 2 * PIECE_BYTES:
        yield raw
    else:
        yield from _of_rows(raw) if lower.endswith(".csv") else _of_lines(raw)


def _of_lines(raw: Raw) -> Iterator[Raw | Rejected]:
    start, before = 0, raw.before
    while start < len(raw.data):
        end = raw.data.find(b"\n", start + PIECE_BYTES) + 1 or len(raw.data)
        lines, long = _without_long_lines(raw.data[start:end])
        for number in long:
            yield Rejected("", f"{raw.name}:{before + number}", _TOO_LONG)
        yield Raw(raw.name, lines, before)
        before += lines.count(b"\n")
        start = end


def _of_rows(raw: Raw) -> Iterator[Raw | Rejected]:
    start = _header_end(raw.data)
    header, before = raw.data[:start], raw.before
    width = header.splitlines()[-1].count(b",") + 1
    while start < len(raw.data):
        end = _row_end(raw.data, start, width)
        rows, long = _without_long_lines(raw.data[start:end])
        for _ in long:
            yield Rejected("", f"{raw.name}, after row {before}", _TOO_LONG)
        yield Raw(raw.name, header + rows, before)
        before += _count_rows(rows)
        start = end


def _header_end(data: bytes) -> int:
    """Where the header ends; lines of prose before it, which have no commas, go with it."""
    end = 0
    for _ in range(_PREAMBLE):
        start, end = end, data.find(b"\n", end) + 1 or len(data)
        if b"," in data[start:end]:
            return end
    return data.find(b"\n") + 1 or len(data)


_TOO_LONG = f"a line of more than {MOST_LINE:,} bytes"


def _without_long_lines(data: bytes) -> tuple[bytes, list[int]]:
    """The data with such lines emptied, and which they were, counted from 1."""
    if len(data) <= MOST_LINE:
        return data, []
    lines = data.split(b"\n")
    long = [number for number, line in enumerate(lines, start=1) if len(line) > MOST_LINE]
    return b"\n".join(b"" if len(line) > MOST_LINE else line for line in lines), long


def _row_end(data: bytes, start: int, width: int) -> int:
    """Where a piece may end: at a line outside quotes after which rows go on.

    A stray quote turns inside and outside about for all that follows; so once a piece is overdue,
    rows that look like rows are enough.
    """
    place, end, odd = start, start, False
    while end < len(data):
        end = data.find(b"\n", max(end, start + PIECE_BYTES)) + 1 or len(data)
        odd ^= data.count(b'"', place, end) % 2 == 1
        place = end
        size = end - start
        if size > MOST_LINE:
            return end
        overdue = size > 2 * PIECE_BYTES
        if (not odd or overdue) and _rows_follow(data, end, width, sure=odd):
            return end
    return end


def _rows_follow(data: bytes, at: int, width: int, *, sure: bool) -> bool:
    """Do the next rows have as many cells as the header? A row too long to see counts if unsure."""
    ahead = data[at : at + _LOOK_AHEAD].decode("utf-8", "replace")
    lines = ahead.splitlines(keepends=True)
    whole = at + _LOOK_AHEAD >= len(data)
    reader = csv.reader(lines if whole else lines[:-1], strict=True)
    try:
        for _ in range(_ROWS_AHEAD):
            row = next(reader, None)
            if row is None:
                break
            if len(row) != width:
                return False
    except csv.Error:
        return not whole and not sure
    return True


def _count_rows(rows: bytes) -> int:
    """How many rows: lines that end outside quotes, blank ones left out."""
    count = odd = 0
    for line in rows.split(b"\n"):
        odd ^= line.count(b'"') & 1
        count += not odd and bool(line.strip())
    return count
