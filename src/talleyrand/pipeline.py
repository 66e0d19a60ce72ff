"""From a store to an answer: measure each dimension, judge it, set position against perception."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version

from talleyrand import registry
from talleyrand.errors import InputError
from talleyrand.inference.headline import headline
from talleyrand.inference.second import agreement
from talleyrand.inference.shift import judge
from talleyrand.model import (
    Assessment,
    Casebook,
    Dimension,
    Dyad,
    Finding,
    Judged,
    SecondReading,
    Series,
)
from talleyrand.states import resolve
from talleyrand.store import Store

WINDOW = "12mo"
PERIODS = 5  # of a yearly series, on either side of the date

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")
_WINDOW = re.compile(r"(\d{1,3})\s*(mo|m|months?|y|yr|years?)?")


def assess(
    store: Store, sender: str, target: str, at: str | date, window: str = WINDOW
) -> Assessment:
    """Judge every dimension of a directed dyad around a date.

    `sender` and `target` are states by any name or code, `at` is a date or its ISO form,
    `window` a length such as "12mo" or "2y" looked at on either side.
    """
    dyad = directed(sender, target)
    day = as_date(at)
    months = as_months(window)
    judged = tuple(judge_dimension(store, d, dyad, day, months) for d in registry.DIMENSIONS)
    return Assessment(
        dyad=dyad,
        at=day,
        window_months=months,
        headline=headline(judged),
        judged=judged,
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
        notes=_notes(judged),
    )


def _notes(judged: tuple[Judged, ...]) -> tuple[str, ...]:
    """What a reader must know of a series, and where a second reading contradicts the first."""
    told = [f"{j.name}: {j.series.note}" for j in judged if j.series.note]
    for one in judged:
        if one.second and one.second.agreement == "disagrees":
            found = one.second.finding
            outcome = f"{found.outcome} {found.direction or ''}".strip()
            told.append(f"{one.name}: a second reading ({one.second.method}) disagrees: {outcome}")
    return tuple(told)


def judge_dimension(
    store: Store, dimension: Dimension, dyad: Dyad, at: date, months: int
) -> Judged:
    """Measure one dimension and judge its change at the date, over its own window."""
    series = within(dimension.measure(store, dyad, at, months), at, months)
    finding = judge(series, at, margin=dimension.margin)
    unit = series.unit or dimension.unit
    second = _second_reading(store, dimension.name, dyad, at, months, finding)
    return Judged(dimension.name, dimension.side, unit, series, finding, second)


def _second_reading(
    store: Store, name: str, dyad: Dyad, at: date, months: int, first: Finding
) -> SecondReading | None:
    """The same change read by another method; None where there is none, and nothing to say."""
    method = dict(registry.SECOND_READINGS).get(name)
    if method is None:
        return None
    series = within(method.measure(store, dyad, at, months), at, months)
    if not series.dates and not series.note:
        return None
    finding = judge(series, at, margin=method.margin)
    return SecondReading(method.name, series, finding, agreement(first, finding))


def within(series: Series, at: date, months: int) -> Series:
    """The points a judgement looks at: so many months, or of a yearly series so many periods."""
    if series.cadence in ("month", "document"):
        first, last = shifted(at, -months).replace(day=1), shifted(at, months)
    else:
        before = [day for day in series.dates if day < at]
        after = [day for day in series.dates if day >= at]
        first = before[-PERIODS - 1 :][0] if before else at
        last = shifted(after[:PERIODS][-1], 12) if after else at
    keep = [i for i, day in enumerate(series.dates) if first <= day < last]
    return replace(
        series,
        dates=tuple(series.dates[i] for i in keep),
        values=tuple(series.values[i] for i in keep),
        n=tuple(series.n[i] for i in keep),
        se=tuple(series.se[i] for i in keep),
        evidence=tuple(e for e in series.evidence if first <= e.date < last),
    )


def directed(sender: str, target: str) -> Dyad:
    """The directed dyad of two states by any name; they must differ."""
    dyad = Dyad(resolve(sender), resolve(target))
    if dyad.sender == dyad.target:
        raise InputError(f"sender and target are both {dyad.sender}; name two different states")
    return dyad


def as_date(day: str | date) -> date:
    """A date from its ISO form (2022-09-15)."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day.strip())
    except ValueError as error:
        raise InputError(f"{day!r} is not a date; write it as 2022-09-15") from error


def as_period(text: str | date) -> tuple[date, date]:
    """The first day of a year, month or day (2019, 2019-01, 2019-01-17), and the day after it."""
    if isinstance(text, date):
        return text, text + timedelta(days=1)
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return as_period(as_date(text))
    first = as_date(f"{found[1]}-{found[2] or '01'}-01")
    return first, shifted(first, 1 if found[2] else 12)


def as_months(window: str) -> int:
    """A length in months from "12mo", "12" or "2y"."""
    found = _WINDOW.fullmatch(window.strip().lower())
    if not found:
        raise InputError(f"{window!r} is not a window; write it as 12mo or 2y")
    months = int(found[1]) * (12 if (found[2] or "mo").startswith("y") else 1)
    if not 1 <= months <= 600:
        raise InputError(f"a window of {months} months cannot be judged; take 3mo to 50y")
    return months


def shifted(day: date, months: int) -> date:
    """The day so many months on (the last of the month where there is no such day)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise InputError(f"the window around {day} leaves the calendar; take a shorter one")
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("unreachable")
