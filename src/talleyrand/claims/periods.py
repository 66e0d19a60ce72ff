"""Periods of claims: reading them, wording them, and the ones nearby."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from talleyrand.errors import InputError
from talleyrand.pipeline import as_period, shifted

PERIOD: Mapping[str, Any] = {"from": (str, date), "to": (str, date)}
_MONTHS_OFF = (1, -1, 2, -2, 3, -3, 6, -6)


def span(asked: Mapping[str, Any]) -> tuple[date, date]:
    """The first day and the last of what a test asks about."""
    first = as_period(asked["from"])[0] if "from" in asked else date(1900, 1, 1)
    last = as_period(asked["to"])[1] - timedelta(days=1) if "to" in asked else date(2100, 1, 1)
    if last < first:
        raise InputError(f"the period ends ({last}) before it begins ({first})")
    return first, last


def worded(asked: Mapping[str, Any]) -> str:
    """January-July 2022, 2022, or from 4 Feb 2022 to 15 Sep 2022."""
    first, last = span(asked)
    if first.year < 1950 or last.year > 2090:
        return " ".join(
            [f"since {_day(first)}"] * (first.year >= 1950)
            + [f"to {_day(last)}"] * (last.year < 2090)
        )
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if first == last:
        return _day(first)
    if not whole:
        return f"{_day(first)} to {_day(last)}"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    if first.year == last.year:
        same = first.month == last.month
        months = _month(first) if same else f"{_month(first)}-{_month(last)}"
        return f"{months} {first.year}"
    return f"{_month(first)} {first.year} to {_month(last)} {last.year}"


def near(asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The same question of periods that end, or begin, some months earlier or later."""
    for end in ("to", "from"):
        if end in asked:
            for months in _MONTHS_OFF:
                other = {**asked, end: _moved(asked[end], months)}
                try:
                    span(other)
                except InputError:
                    continue
                yield other


def _moved(given: str | date, months: int) -> str | date:
    """A day, month or year moved on by months; a year by years."""
    if isinstance(given, date):
        return shifted(given, months)
    parts = given.strip().split("-")
    if len(parts) == 1:
        return str(int(parts[0]) + (1 if months > 0 else -1) * max(1, abs(months) // 3))
    moved = shifted(as_period(given)[0], months)
    return moved.isoformat() if len(parts) == 3 else f"{moved:%Y-%m}"


def _month(day: date) -> str:
    return calendar.month_name[day.month]


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
