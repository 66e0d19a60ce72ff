"""The day of an event, as a user writes it."""

from __future__ import annotations

from datetime import date

from talleyrand.errors import InputError
from talleyrand.pipeline import as_date


def event_day(day: str | date) -> date:
    """The day of an event; a month (2022-09) is refused, as its first day would be a guess."""
    if isinstance(day, str) and len(day.strip()) == len("2022-09"):
        raise InputError(f"an event has a day, and {day!r} is none; write it as 2022-09-15")
    return as_date(day)
