"""Dates, numbers and gaps of a user's own series, whether from a file or from Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from math import isfinite
from statistics import median

from talleyrand.errors import InputError
from talleyrand.model import Cadence, Evidence, Series

DATE_FORM = "write dates as 2022, 2022-09, 2022-09-15 or 2022Q3"
GAPS = frozenset({"", "na", "n/a", "nan", "nat", "null", "none", "-", "–", "—", ".", "..", "<na>"})
LARGEST = 1e305  # beyond it a difference could not be written

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})年?",
        r"(?P<y>\d{4})(?:[-/年]|[- ]?M)(?P<m>\d{1,2})月?",
        r"(?P<y>\d{4})(?P<m>\d{2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?",
        r"(?P<y>\d{4})[- ]?Q(?P<q>[1-4])",
        r"Q(?P<q>[1-4])[- /]?(?P<y>\d{4})",
        r"(?P<y>\d{4})-?W(?P<w>\d{2})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
        r"(?P<name>[a-z]{3})[a-z]*\.?[- ](?P<y>\d{4})",
        r"(?P<d>\d{1,2})[- ](?P<name>[a-z]{3})[a-z]*\.?,?[- ](?P<y>\d{4})",
        r"(?P<name>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
    )
]
_CLOCK = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")

Point = tuple[date, float, float]  # date, value, n


def as_day(text: object) -> date:
    """The first day of a date, month, quarter, week or year in any of the common forms.

    Takes what Python, numpy, pandas and polars have for dates. Raises ValueError for the rest.
    """
    if isinstance(text, date):
        return text.date() if isinstance(text, datetime) else text
    plain = _CLOCK.sub("", str(text).strip())
    plain = re.sub(r"T\d{2}$", "", plain)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _day(found.groupdict())
    raise ValueError(text)


def _day(part: dict[str, str | None]) -> date:
    year = int(part["y"] or 0)
    if week := part.get("w"):
        return date.fromisocalendar(year, int(week), 1)
    if quarter := part.get("q"):
        return date(year, 3 * int(quarter) - 2, 1)
    if name := part.get("name"):
        month = _MONTHS.index(name.lower()) + 1
    else:
        month = int(part.get("m") or 1)
    return date(year, month, int(part.get("d") or 1))


def date_or_error(text: object, where: str) -> date:
    """The day of a date, or an InputError that begins with `where` and says what to write."""
    try:
        return as_day(text)
    except ValueError as error:
        remedy = DATE_FORM
        if isinstance(text, str) and _SLASHED.fullmatch(text.strip()):
            remedy = "day and month cannot be told apart; write 2022-09-15"
        raise InputError(f"{where}{_shown(text)} is no date; {remedy}") from error


def checked(day: date, value: float, n: float, where: str) -> Point:
    """A point whose value is finite and whose n is above zero, or an InputError."""
    if not isfinite(value):
        raise InputError(f"{where}: {value!r} is not a finite number; leave it empty for a gap")
    if abs(value) > LARGEST:
        raise InputError(f"{where}: {value!r} is too large to judge; write it in a larger unit")
    if not (n > 0 and isfinite(n)):
        raise InputError(f"{where}: n must be above zero; leave the value empty for a gap")
    return day, value, n


def from_sequences(
    dates: Iterable[object], values: Iterable[object], n: Iterable[object] | None = None
) -> Series:
    """A series from dates and values (and the `n` behind each) of Python, numpy or pandas.

    None and NaN are gaps. Raises InputError naming the place (from 0) of what cannot be read.
    """
    days, figures = list(dates), list(values)
    weights = [1.0] * len(figures) if n is None else list(n)
    if not len(days) == len(figures) == len(weights):
        counts = f"{len(days)} dates, {len(figures)} values" + ("" if n is None else ", ")
        counts += "" if n is None else f"{len(weights)} n"
        raise InputError(f"{counts}: give one of each for every point")
    points, gaps = [], 0
    for i, (day, value, weight) in enumerate(zip(days, figures, weights, strict=True)):
        if is_gap(value):
            gaps += 1
            continue
        where = f"point {i}"
        known = date_or_error(day, f"{where}: ")
        points.append(checked(known, _float(value, where), _float(weight, where), where))
    return to_series(points, [f"{gaps} empty values left out"] if gaps else [])


def is_gap(value: object) -> bool:
    """Whether a value stands for a missing one: None, NaN, NA, empty."""
    return value is None or str(value).strip().lower() in GAPS


def _float(value: object, where: str) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: {_shown(value)} is no number; write 1234.5") from error


def _shown(value: object) -> str:
    shown = repr(value) if isinstance(value, str) else repr(str(value))
    return shown if len(shown) <= 60 else f"{shown[:58]}…'"


def to_series(points: Iterable[Point], notes: Sequence[str] = ()) -> Series:
    """The points in order of date; those of one date are averaged into one, weighted by n."""
    merged: dict[date, tuple[float, float]] = {}
    ordered = sorted(points, key=lambda p: p[0])
    for day, value, n in ordered:
        mean, weight = merged.get(day, (value, 0.0))
        total = weight + n
        merged[day] = (mean + (value - mean) * (n / total), total)
    doubled = len(ordered) - len(merged)
    said = [*notes]
    if doubled:
        said.append(f"{doubled} more rows of a date already there averaged into it, weighted by n")
    dates = tuple(merged)
    return Series(
        dates=dates,
        values=tuple(value for value, _ in merged.values()),
        n=tuple(n for _, n in merged.values()),
        se=(None,) * len(dates),
        cadence=cadence(dates),
        unit="",
        evidence=tuple(Evidence(f"row:{d}", "", d, value) for d, (value, _) in merged.items()),
        note="; ".join(said),
    )


def cadence(dates: Sequence[date]) -> Cadence:
    """Yearly or monthly (quarterly too) where every date is the first day of such a period."""
    steps = [(b - a).days for a, b in pairwise(dates) if b > a]
    if not steps:
        return "document"
    step = median(steps)
    if step >= 300 and all(d.day == 1 and d.month == 1 for d in dates):
        return "year"
    return "month" if step >= 25 and all(d.day == 1 for d in dates) else "document"
