"""Read a dated series of the user's own: a CSV of date,value[,n]."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from talleyrand.errors import InputError
from talleyrand.model import Cadence, Evidence, Series

_FORM = "write date,value or date,value,n, with dates as 2022, 2022-09 or 2022-09-15"
_EMPTY = frozenset({"", "na", "nan", "n/a", "null", "none", "-", "."})


def read_series(path: Path) -> Series:
    """The series in a CSV file, in order of date; empty values are gaps.

    The first line may name the columns. Raises InputError with the line where one cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    return parse_series(text.splitlines(), str(path))


def parse_series(lines: Iterable[str], name: str) -> Series:
    """The series in the lines of a CSV file; `name` is what errors call it."""
    points = []
    gaps = 0
    for number, cells in enumerate(csv.reader(lines), start=1):
        if not any(cell.strip() for cell in cells) or (number == 1 and not _is_date(cells[0])):
            continue
        if len(cells) < 2:
            raise InputError(f"{name}, line {number}: only one column; {_FORM}")
        if cells[1].strip().lower() in _EMPTY:
            gaps += 1
            continue
        points.append(_point(cells, f"{name}, line {number}"))
    points.sort(key=lambda p: p[0])
    return _series(points, gaps)


def _point(cells: list[str], where: str) -> tuple[date, float, float]:
    try:
        day = as_day(cells[0])
    except ValueError as error:
        raise InputError(f"{where}: {cells[0]!r} is no date; {_FORM}") from error
    value = _number(cells[1], where)
    n = _number(cells[2], where) if len(cells) > 2 and cells[2].strip() else 1.0
    if n <= 0:
        raise InputError(f"{where}: n must be above zero; leave the value empty for a gap")
    return day, value, n


def as_day(text: str) -> date:
    """A date from 2022, 2022-09 or 2022-09-15 (the first day of the period)."""
    parts = [int(part) for part in text.strip().split("T")[0].split("-")]
    if not 1 <= len(parts) <= 3:
        raise ValueError(text)
    return date(*(parts + [1, 1])[:3])


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise InputError(f"{where}: {text!r} is no number; write 1234.5") from error
    if not math.isfinite(value):
        raise InputError(f"{where}: {text!r} is not a finite number; leave it empty for a gap")
    return value


def _is_date(text: str) -> bool:
    try:
        as_day(text)
    except ValueError:
        return False
    return True


def _series(points: list[tuple[date, float, float]], gaps: int) -> Series:
    dates = tuple(p[0] for p in points)
    return Series(
        dates=dates,
        values=tuple(p[1] for p in points),
        n=tuple(p[2] for p in points),
        se=(None,) * len(points),
        cadence=_cadence(dates),
        unit="",
        evidence=tuple(Evidence(f"line:{p[0]}", "", p[0], p[1]) for p in points),
        note=f"{gaps} empty values left out" if gaps else "",
    )


def _cadence(dates: tuple[date, ...]) -> Cadence:
    steps = [(b - a).days for a, b in pairwise(dates) if b > a]
    if not steps:
        return "document"
    step = median(steps)
    if step >= 300 and all(d.day == 1 and d.month == 1 for d in dates):
        return "year"
    return "month" if step >= 25 and all(d.day == 1 for d in dates) else "document"
