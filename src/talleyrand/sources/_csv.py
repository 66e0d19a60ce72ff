"""Comma-separated tables, row by row: a bad row costs only itself, and every line lost is told.

Rows are read strictly. Where one does not come out right, over one line or many, its first line
counts as lost and reading goes on at the next: so a stray quote cannot swallow the rows after it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from talleyrand.model import Raw, Rejected

Row = dict[str, str]
MOST_CHARACTERS = 1_000_000  # in one cell: more is no table of ours
UNEVEN = "a row with too few or too many cells"
DAMAGED = "a line of a damaged row"
NOT_UTF8 = "a row that is not UTF-8"

_AGAIN = 50  # times the table's lines that are read again at most, of a damaged table
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what a byte that is no UTF-8 is decoded to
_LARGEST = Decimal(10) ** 18  # dollars: more than all there are


def header(raw: Raw) -> list[str]:
    """The column names of a table; empty where there are none."""
    first = raw.data[:1_000_000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    try:
        return next(csv.reader([first]), [])
    except csv.Error:
        return []


def rows(raw: Raw, source: str, needed: Collection[str]) -> Iterator[tuple[str, Row] | Rejected]:
    """Each row with where it stands; one Rejected for a table that lacks a `needed` column."""
    names = header(raw)
    lacking = sorted(set(needed) - set(names))
    if lacking:
        yield Rejected(source, raw.name, f"not the table expected: no column {lacking[0]}")
        return
    csv.field_size_limit(MOST_CHARACTERS)
    text = raw.data.decode("utf-8-sig", "surrogateescape")
    doubtful = bool(_NOT_UTF8.search(text))
    lines = io.StringIO(text, newline="").readlines()[1:]
    for number, cells in enumerate(_records(lines, len(names)), start=raw.before + 1):
        locator = f"{raw.name}:{number}"
        if isinstance(cells, str):
            yield Rejected(source, locator, cells)
        elif doubtful and _NOT_UTF8.search("".join(cells)):
            yield Rejected(source, locator, NOT_UTF8)
        else:
            yield locator, dict(zip(names, cells, strict=True))


def amount(text: str, scale: int = 0) -> float | None:
    """A number of ASCII digits times a power of ten; None where it is none or beyond all sums."""
    try:
        number = Decimal(text.strip()) if text.isascii() else Decimal("NaN")
        if not number.is_finite() or abs(number) > _LARGEST:
            return None
        value = number.scaleb(scale)
    except ArithmeticError:
        return None
    return float(value) if abs(value) <= _LARGEST else None


def _records(lines: list[str], width: int) -> Iterator[list[str] | str]:
    """The cells of each row, or why a line gave none."""
    place, left, mending = 0, _AGAIN * len(lines) + 10_000, False
    reader, begun = _reader(lines, 0), 0
    while place < len(lines):
        cells: list[str] | None
        try:
            cells = next(reader, [])
        except csv.Error:
            cells = None
        used = begun + reader.line_num - place
        left -= used
        if cells == []:
            place += max(1, used)
        elif cells is not None and len(cells) == width:
            yield cells
            place, mending = place + used, False
        elif cells is None and (found := _forgiven(lines[place], width)):
            yield found
            place, mending = place + 1, False
            reader, begun = _reader(lines, place), place
        else:
            mending = mending or cells is None or used > 1
            yield DAMAGED if mending else UNEVEN
            place += 1
            if left < 0:
                yield from (DAMAGED for _ in lines[place:])
                return
            if used != 1 or cells is None:
                reader, begun = _reader(lines, place), place


def _reader(lines: list[str], place: int) -> Any:
    return csv.reader(map(lines.__getitem__, range(place, len(lines))), strict=True)


def _forgiven(line: str, width: int) -> list[str] | None:
    """The cells of a line with a quote out of place, where they come out right all the same."""
    if line.count('"') % 2:
        return None
    try:
        cells = next(csv.reader([line]), [])
    except csv.Error:
        return None
    return cells if len(cells) == width else None
