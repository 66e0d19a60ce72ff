"""Comma-separated tables, row by row: what cannot be read is set aside, never a crash."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

from talleyrand.model import Raw, Rejected

Row = dict[str, str]
MOST_CHARACTERS = 1_000_000  # in one cell: more is no table of ours


def header(raw: Raw) -> list[str]:
    """The column names of a table; empty where there are none."""
    first = raw.data[:1_000_000].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    try:
        return next(csv.reader([first]), [])
    except csv.Error:
        return []


def rows(raw: Raw, source: str, needed: Collection[str]) -> Iterator[tuple[str, Row] | Rejected]:
    """Each row with where it stands; one Rejected for a table that lacks a `needed` column."""
    lacking = sorted(set(needed) - set(header(raw)))
    if lacking:
        yield Rejected(source, raw.name, f"not the table expected: no column {lacking[0]}")
        return
    csv.field_size_limit(MOST_CHARACTERS)
    text = raw.data.decode("utf-8-sig", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Rejected(source, f"{raw.name}:{number}", "an unreadable row")
            continue
        if None in row or None in row.values():
            yield Rejected(source, f"{raw.name}:{number}", "a row with too few or too many cells")
        else:
            yield f"{raw.name}:{number}", row
