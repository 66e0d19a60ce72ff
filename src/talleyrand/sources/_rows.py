"""JSON lines and CSV as rows, each with where it stood; a bad row costs only itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from talleyrand.model import Raw, Rejected
from talleyrand.sources import _text

LONGEST_FIELD = 64 * 1024 * 1024
EARLIEST = date(1945, 1, 1)

Row = Mapping[str, Any]


def json_lines(raw: Raw, source: str) -> Iterator[tuple[str, Row] | Rejected]:
    """Each line's object with its locator (file and line)."""
    for number, line in enumerate(raw.data.split(b"\n"), start=1):
        if line.strip():
            locator = f"{raw.name}:{number}"
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                yield Rejected(source, locator, "a line that is not JSON")
                continue
            if isinstance(row, dict):
                yield locator, row
            else:
                yield Rejected(source, locator, "a line that is not a JSON object")


def csv_rows(raw: Raw, source: str, needed: set[str]) -> Iterator[tuple[str, Row] | Rejected]:
    """Each row with its locator (file and row, the header being 0)."""
    text = _text.decoded(raw.data)
    if text is None:
        yield Rejected(source, raw.name, "a file that is not UTF-8")
        return
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        if not needed <= set(rows.fieldnames or ()):
            yield Rejected(source, raw.name, f"a table without {', '.join(sorted(needed))}")
            return
        for number, row in enumerate(rows, start=1):
            yield f"{raw.name}:{number}", row
    except csv.Error as error:
        yield Rejected(source, f"{raw.name}:{number + 1}", f"the table breaks off here ({error})")


def text_field(row: Row, *names: str) -> str:
    """The first of these fields that holds text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def day(stated: str) -> date | None:
    """The day of an ISO date or time; None where there is none or it is not of our time."""
    try:
        found = date.fromisoformat(stated.strip()[:10])
    except ValueError:
        return None
    return found if found >= EARLIEST else None
