"""From a store to an answer: measure each dimension, judge it, set position against perception."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from importlib.metadata import version
from math import isfinite, log1p

from talleyrand import registry
from talleyrand.assessment import Assessment, Judged, SecondReading
from talleyrand.errors import InputError
from talleyrand.inference.decision import Thresholds
from talleyrand.inference.first import order
from talleyrand.inference.headline import headline
from talleyrand.inference.second import agreement
from talleyrand.inference.shift import judge
from talleyrand.model import Casebook, Dimension, Dyad, Evidence, Finding, Series
from talleyrand.states import resolve
from talleyrand.store import Store

WINDOW = "12mo"
LEAST_MONTHS = 60  # either side of the date, of a series with one point a year
USUAL = Thresholds()

_CALENDAR = (1000, 2999)  # years that can be asked for
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")
_WINDOW = re.compile(r"(\d{1,3})\s*(mo|m|months?|y|yr|years?)?")
_WIDER = (18, 24, 36, 48, 60, 120)  # windows to try where one settles nothing
_INSIDE = timedelta(days=45)  # a source that ends nearer to the window's end does not end inside
_SPANS = """
SELECT source, min(first) AS first, max(last) AS last FROM (
  SELECT source, published AS first, published AS last FROM documents WHERE sender = $sender
  UNION ALL SELECT source, start_date, end_date FROM records
    WHERE (sender = $sender AND target IN ('', $target)) OR (sender = $target AND target = $sender)
      OR list_contains($complete, source)
  UNION ALL SELECT source, published::DATE, published::DATE FROM reports)
GROUP BY source
"""

Spans = Mapping[str, tuple[date, date]]


def assess(
    store: Store,
    sender: str,
    target: str,
    at: str | date,
    window: str = WINDOW,
    *,
    margins: Mapping[str, float | str] | None = None,
    thresholds: Thresholds = USUAL,
) -> Assessment:
    """Judge every dimension of a directed dyad around a date (but those of other targets only).

    `sender` and `target` are states by any name or code, `at` is a date or its ISO form,
    `window` a length such as "12mo" or "2y" looked at on either side. `margins` takes the place
    of the dimensions' own: a number in the dimension's unit, or for a logarithm also "10%".
    """
    dyad = directed(sender, target)
    day = as_date(at)
    months = as_months(window)
    spans = _spans(store, dyad)
    judged = tuple(
        judge_dimension(store, d, dyad, day, months, spans, thresholds)
        for d in with_margins(registry.DIMENSIONS, margins or {})
        if d.only_target in ("", dyad.target)
    )
    return Assessment(
        dyad=dyad,
        at=day,
        window_months=months,
        headline=replace(headline(judged), order=order(judged, months)),
        judged=judged,
        casebook=Casebook(store.origin, store.built, store.location),
        version=version("talleyrand"),
        notes=(*_yearly(judged, months), *_notes(judged)),
        thresholds=tuple(asdict(thresholds).items()),
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
    store: Store,
    dimension: Dimension,
    dyad: Dyad,
    at: date,
    months: int,
    spans: Spans | None = None,
    thresholds: Thresholds = USUAL,
) -> Judged:
    """Measure one dimension and judge its change at the date, over its own window."""
    whole = dimension.measure(store, dyad, at, months)
    series = within(whole, at, months)
    wider = _wider(whole, len(series), at, months)
    finding = judge(
        series,
        at,
        margin=dimension.margin,
        directions=dimension.directions,
        thresholds=thresholds,
        wider=wider,
    )
    if not len(series) and not wider:
        said = f"Ingest records of {_named(dimension.sources)} that reach the date."
        finding = replace(finding, would_settle=said)
    second = _second_reading(store, dimension.name, dyad, at, months, finding)
    return Judged(
        dimension.name,
        dimension.side,
        series.unit or dimension.unit,
        series,
        finding,
        second,
        dimension.margin_why,
        _caveats(dimension, spans or {}, series, reach(series, at, months)),
    )


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


def with_margins(
    dimensions: tuple[Dimension, ...], margins: Mapping[str, float | str]
) -> tuple[Dimension, ...]:
    """The dimensions with the margins given in place of their own."""
    names = {d.name for d in dimensions}
    for name in margins:
        if name not in names:
            raise InputError(f"no dimension {name!r}; there are {', '.join(sorted(names))}")
    return tuple(
        replace(d, margin=_margin(margins[d.name], d), margin_why="as given")
        if d.name in margins
        else d
        for d in dimensions
    )


def _margin(given: float | str, dimension: Dimension) -> float:
    text = str(given).strip()
    try:
        share = text.endswith("%") and dimension.unit.startswith("log ")
        value = log1p(float(text.rstrip("% ")) / 100) if share else float(text)
    except ValueError as error:
        raise InputError(
            f"{text!r} is no margin of {dimension.name}; write a number in its unit"
            f" ({dimension.unit}){', or 10%' if dimension.unit.startswith('log ') else ''}"
        ) from error
    if not (isfinite(value) and value > 0):
        raise InputError(f"the margin of {dimension.name} must be above zero, not {text}")
    return value


def reach(series: Series, at: date, months: int) -> tuple[date, date]:
    """The first day looked at, and the first no longer looked at.

    A window begins with the month or year that its first day is in. A series with one point a
    year is looked at over five years at least: in a window of months it would be one point.
    """
    if series.cadence in ("year", "session"):
        months = max(months, LEAST_MONTHS)
    first, last = shifted(at, -months), shifted(at, months)
    return period_of(first, series), last


def within(series: Series, at: date, months: int) -> Series:
    """The points a judgement looks at, each with all the evidence of its period."""
    first, last = reach(series, at, months)
    kept = {day for day in series.dates if first <= day < last}
    keep = [i for i, day in enumerate(series.dates) if day in kept]
    return replace(
        series,
        dates=tuple(series.dates[i] for i in keep),
        values=tuple(series.values[i] for i in keep),
        n=tuple(series.n[i] for i in keep),
        se=tuple(series.se[i] for i in keep),
        evidence=tuple(e for e in series.evidence if _is_of(e, kept, series)),
    )


def _is_of(piece: Evidence, kept: set[date], series: Series) -> bool:
    """Whether a piece of evidence is of a period kept: its month or year, or the one begun last."""
    period = period_of(piece.date, series)
    if period not in kept:
        place = bisect_right(series.dates, piece.date)
        period = series.dates[max(place - 1, 0)] if series.dates else period
    return period in kept


def period_of(day: date, series: Series) -> date:
    if series.cadence == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if series.cadence in ("month", "document") else day


def _wider(series: Series, points: int, at: date, months: int) -> list[tuple[str, Series]]:
    """The wider windows that hold more points on record, narrowest first, without evidence."""
    series, found = replace(series, evidence=()), []
    for more in _WIDER:
        if more > months:
            wide = within(series, at, more)
            if len(wide) > points:
                found.append((f"{more}mo", wide))
                points = len(wide)
    return found


def _yearly(judged: tuple[Judged, ...], months: int) -> tuple[str, ...]:
    """That some series are looked at over longer than the window asked for."""
    names = [j.name for j in judged if j.measurable and j.series.cadence in ("year", "session")]
    if not names or months >= LEAST_MONTHS:
        return ()
    have = "has" if len(names) == 1 else "have"
    return (
        f"{_named(tuple(names), 'and')} {have} one point a year: looked at over"
        f" {LEAST_MONTHS // 12} years on either side, whatever the window",
    )


def _spans(store: Store, dyad: Dyad) -> Spans:
    """From when to when each source has anything, of the sender or on the dyad.

    Of one that claims every case, from when to when it has anything at all.
    """
    complete = [source.name for source in registry.SOURCES if source.complete]
    rows = store.rows(_SPANS, sender=dyad.sender, target=dyad.target, complete=complete)
    return {row["source"]: (row["first"], row["last"]) for row in rows}


def _caveats(
    dimension: Dimension, spans: Spans, series: Series, window: tuple[date, date]
) -> tuple[str, ...]:
    """Which sources of a dimension with points begin or end inside its window."""
    said = []
    for source in dimension.sources if len(series) else ():
        if source not in spans:
            continue
        begins, ends = spans[source]
        if window[0] + _INSIDE < begins < window[1]:
            said.append(f"{source} begins {begins}")
        if window[0] < ends < window[1] - _INSIDE:
            said.append(f"{source} ends {ends}")
    return tuple(said)


def _named(names: tuple[str, ...], join: str = "or") -> str:
    return f" {join} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def directed(sender: str, target: str) -> Dyad:
    """The directed dyad of two states by any name; they must differ."""
    dyad = Dyad(resolve(sender), resolve(target))
    if dyad.sender == dyad.target:
        raise InputError(f"sender and target are both {dyad.sender}; name two different states")
    return dyad


def as_thresholds(given: Mapping[str, float | str]) -> Thresholds:
    """The thresholds with those given in place of the usual; each from .5 to below 1."""
    names = set(asdict(USUAL))
    chosen = {}
    for name, value in given.items():
        if name not in names:
            raise InputError(f"no threshold {name!r}; there are {', '.join(sorted(names))}")
        try:
            chosen[name] = float(value)
        except ValueError as error:
            raise InputError(f"the threshold {name} is a number as 0.9, not {value!r}") from error
        if not 0.5 <= chosen[name] < 1:
            raise InputError(f"the threshold {name} must be from 0.5 to below 1, not {value}")
    return replace(USUAL, **chosen)


def as_date(day: str | date) -> date:
    """A date from its ISO form (2022-09-15), or the first day of a month (2022-09)."""
    found = day if isinstance(day, date) else _read_date(day)
    if not _CALENDAR[0] <= found.year <= _CALENDAR[1]:
        raise InputError(f"no record is of {found.year:04}; take a day from 1000 to 2999")
    return found


def _read_date(day: str) -> date:
    text = day.strip()
    try:
        return date.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else text)
    except ValueError as error:
        raise InputError(
            f"{day[:40]!r} is not a date; write it as 2022-09-15 or 2022-09"
        ) from error


def as_period(text: str | date) -> tuple[date, date]:
    """The first day of a year, month or day (2019, 2019-01, 2019-01-17), and the day after it."""
    if isinstance(text, date):
        return as_date(text), text + timedelta(days=1)
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return as_period(as_date(text))
    first = as_date(f"{found[1]}-{found[2] or '01'}-01")
    return first, shifted(first, 1 if found[2] else 12)


def as_months(window: str, least: int = 3) -> int:
    """A length in months from "12mo", "12" or "2y"; `least` is the shortest that makes sense."""
    found = _WINDOW.fullmatch(window.strip().lower())
    if not found:
        raise InputError(f"{window!r} is not a window; write it as 12mo or 2y")
    months = int(found[1]) * (12 if (found[2] or "mo").startswith("y") else 1)
    if not least <= months <= 600:
        raise InputError(f"a window of {months} months cannot be judged; take {least}mo to 50y")
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
