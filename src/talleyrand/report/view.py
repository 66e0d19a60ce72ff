"""Which points of a series a picture shows, and how they are grouped: geometry, no statistics.

The mean of the points shown before the date is a plain summary for the eye and is labelled so;
the estimate itself comes from the finding.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from talleyrand.model import Cadence, Series

_DRAWABLE = 1e300  # beyond it a picture overflows; also false for NaN
CONTEXT = 0.5  # how much of the window is shown beyond it, dimmed
_STEP_MONTHS: dict[Cadence, int] = {"month": 1, "session": 12, "year": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a picture; `months` counts from the date asked, negative before it."""

    date: date
    value: float
    n: float
    se: float | None
    months: float
    inside: bool  # within the window, not merely context
    left_out: bool = False  # the period that holds the date: on neither side


def points(
    series: Series, at: date | None, reach: float, left_out: Collection[date] = ()
) -> tuple[Point, ...]:
    """The points to show: those within `reach` months of the date, and some context beyond.

    `left_out` are the periods that hold the date. A value that is not a number is a gap, as is
    a period without a row. Without a date every point is shown and counted from the first.
    """
    origin = at or (series.dates[0] if series.dates else date(1970, 1, 1))
    shown = []
    for day, value, n, se in zip(series.dates, series.values, series.n, series.se, strict=True):
        months = months_between(origin, day)
        if abs(value) < _DRAWABLE and abs(months) <= reach * (1 + CONTEXT):
            usable = se if se is not None and abs(se) < _DRAWABLE else None
            inside = _first(origin, reach) <= months < reach
            shown.append(Point(day, value, n, usable, months, inside, day in left_out))
    return tuple(shown)


def _first(origin: date, reach: float) -> float:
    """Where a window begins: with the month, as the period that holds its first day counts."""
    return math.floor(_month_number(origin)) - _month_number(origin) - reach


def reach_months(cadence: Cadence, window_months: int | None, years: int = 8) -> float:
    """How many months each side of the date a picture reaches.

    A yearly series is shown for `years` at least: in a window of months it would be one point.
    """
    if window_months is None:
        return math.inf
    return window_months if step_months(cadence) < 12 else max(window_months, 12 * years)


def step_months(cadence: Cadence) -> int:
    """Months from one period to the next; 0 where there are no periods."""
    return _STEP_MONTHS.get(cadence, 0)


def months_between(origin: date, day: date) -> float:
    """Months from `origin` to `day`, so that the firsts of months are exactly one apart."""
    return _month_number(day) - _month_number(origin)


def _month_number(day: date) -> float:
    length = calendar.monthrange(day.year, day.month)[1]
    return day.year * 12 + day.month + (day.day - 1) / length


def side_mean(shown: Sequence[Point], *, before: bool) -> float | None:
    """The plain mean of the points shown inside the window on one side of the date."""
    values = [p.value for p in on_side(shown, before=before)]
    return _mean(values) if values else None


def on_side(shown: Sequence[Point], *, before: bool) -> list[Point]:
    """The points inside the window on one side of the date."""
    return [p for p in shown if p.inside and not p.left_out and (p.months < 0) is before]


def are_counts(values: Sequence[float]) -> bool:
    """Whether a series counts something, so that nothing of it can be below zero."""
    return all(value >= 0 and value == int(value) for value in values)


def bars(shown: Sequence[Point], low: float, high: float, count: int) -> list[float | None]:
    """The mean of each of `count` equal stretches from `low` to `high` months; None is a gap."""
    groups: list[list[float]] = [[] for _ in range(count)]
    for point in shown:
        if low <= point.months <= high:
            at = math.floor((point.months - low) / ((high - low) or 1.0) * count)
            groups[min(at, count - 1)].append(point.value)
    return [_mean(group) if group else None for group in groups]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(value / len(values) for value in values)


def runs(shown: Sequence[Point], cadence: Cadence) -> list[list[Point]]:
    """Stretches of neighbouring periods, so that a line never bridges a gap."""
    step = step_months(cadence)
    if not step:
        return []
    stretches: list[list[Point]] = []
    for point in shown:
        if stretches and point.months - stretches[-1][-1].months <= step * 1.5:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return stretches
