"""JSON lines and CSV as rows, each with where it stood; a bad row costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from talleyrand.model import Raw, Rejected
from talleyrand.sources import _csv

EARLIEST, LATEST = date(1945, 1, 1), date(2099, 12, 31)

Row = Mapping[str, Any]


def json_lines(raw: Raw, source: str) -> Iterator[tuple[str, Row] | Rejected]:
    """Each line's object with its locator (file and line)."""
    for number, line in enumerate(raw.data.split(b"\n"), start=raw.before + 1):
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
    yield from _csv.rows(raw, source, needed)


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
    return found if EARLIEST <= found <= LATEST else None
