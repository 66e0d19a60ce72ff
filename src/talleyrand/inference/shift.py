"""Judge a series at a known date: SHIFT, STEADY or UNCLEAR.

SHIFT if the sign of the change is sure and the change more likely than not exceeds the margin;
STEADY if the change lies within the margin with high probability (equivalence, after Schuirmann
1987 and Kruschke 2018: a positive finding, never a failed test); else UNCLEAR.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite, sqrt

import numpy as np

from talleyrand.errors import InputError
from talleyrand.inference.marginal import Floats, Mixture, break_posterior, posterior
from talleyrand.inference.wording import reason, settle
from talleyrand.model import Break, Direction, Finding, Outcome, Series

FEWEST = 3  # points on a side
FEWEST_KNOWN = 2  # where the sampling error of every point is known, and there are six in all
MOST = 160  # points judged one by one; longer series are averaged into stretches
_OUTLYING = 3.5  # robust z beyond which a point counts for less


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure each outcome must be: the probabilities that decide."""

    sign: float = 0.975
    size: float = 0.5
    steady: float = 0.95


@dataclass(frozen=True, slots=True)
class Points:
    """A series as arrays: months since the first point, values, relative and known variance."""

    dates: tuple[date, ...]
    months: Floats
    values: Floats
    noise: Floats
    floor: float


def judge(
    series: Series,
    at: date,
    *,
    margin: float,
    directions: tuple[Direction, Direction] = ("closer", "further"),
    thresholds: Thresholds = Thresholds(),
    elsewhere: bool = True,
) -> Finding:
    """Judge whether the level changed across `at` by more than `margin` (in the series' unit).

    Points dated before `at` are before. A month or year that contains `at` past its first day
    belongs to neither side and is left out, as is the part of a yearly series around the date.
    `directions` names a rise and a fall; `elsewhere` has the finding say where the level most
    probably moved. Raises InputError for a margin that is not above zero
    or a value that is not finite.
    """
    if not (isfinite(margin) and margin > 0):
        raise InputError(f"the margin must be above zero, not {margin}")
    kept = _without_straddling(series, at)
    points = as_points(kept, at)
    after = np.array([float(day >= at) for day in points.dates])
    n_after = sum(day >= at for day in kept.dates)
    n_before = len(kept) - n_after
    if min(n_before, n_after) < (FEWEST_KNOWN if points.floor and len(after) >= 6 else FEWEST):
        return _too_few(points, after, margin, n_before, n_after, series)
    found = posterior(
        points.months, points.values, after, _outliers_discounted(points, after), points.floor
    )
    breaks = (when(series),) if elsewhere and len(points.dates) >= 2 * FEWEST + 2 else ()
    finding = _finding(found, series, at, margin, n_before, n_after, directions, thresholds, breaks)
    if len(points.dates) == len(kept):
        return finding
    said = f" The {len(kept)} points were averaged into {len(points.dates)} stretches."
    return replace(finding, reason=finding.reason + said)


def when(series: Series) -> Break:
    """The most probable date of a single level shift within the series.

    Its probability is that of a shift at this date or right beside it, against shifts elsewhere
    and none at all.
    """
    points = as_points(series)
    probability, change = break_posterior(points.months, points.values, points.noise)
    place = int(np.argmax(probability[1:])) + 1
    near = probability[max(1, place - 1) : place + 2].sum()
    return Break(points.dates[min(place, len(points.dates) - 1)], float(near), float(change[place]))


def default_margin(series: Series) -> tuple[float, str]:
    """A margin for a series of unknown unit, and where it comes from.

    Four fifths of a standard deviation of the points about their own side's mean, "large" by
    Cohen (1988), at the split that explains most. Where the points of a side do not vary at all,
    a twentieth of the range; for a constant series a twentieth of its level.
    """
    values = np.array(series.values)
    span = float(np.ptp(values)) if len(values) else 0.0
    if not span:
        level = abs(float(values[0])) if len(values) else 0.0
        if level:
            return 0.05 * level, "a twentieth of the constant level"
        return 1.0, "one, as the series is zero throughout"
    within = _within(values)
    if within < 1e-3 * span:
        return 0.05 * span, "a twentieth of the range, as the points do not vary within their sides"
    return 0.8 * within, "0.8 standard deviations of a point within its side"


def _within(values: Floats) -> float:
    """The smallest pooled standard deviation about the means of two sides."""
    n = len(values)
    best = float(np.var(values)) * n
    for split in range(FEWEST, n - FEWEST + 1):
        left, right = values[:split], values[split:]
        best = min(best, float(np.var(left)) * split + float(np.var(right)) * (n - split))
    return sqrt(best / max(n - 2, 1))


def as_points(series: Series, at: date | None = None) -> Points:
    """The series as arrays, in order; a long one averaged into stretches of equal length.

    No stretch goes across `at`.
    """
    if not all(isfinite(v) for v in series.values):
        raise InputError("a value of the series is not a finite number; leave gaps out")
    order = sorted(range(len(series)), key=lambda i: series.dates[i])
    dates = [series.dates[i] for i in order]
    values = np.array([series.values[i] for i in order], dtype=float)
    known = [series.se[i] for i in order]
    if all(se is not None for se in known) and known:
        variance = np.array([float(se or 0.0) ** 2 for se in known])
        floor = float(variance.mean())
    else:
        variance = 1 / np.maximum(np.array([series.n[i] for i in order], dtype=float), 1e-9)
        floor = 0.0
    months = np.array([(day - dates[0]).days / 30.4375 for day in dates], dtype=float)
    if series.cadence == "month":
        months = np.round(months)
    cut = sum(day < at for day in dates) if at else 0
    return _thinned(dates, months, values, _relative(variance), floor, cut)


def _thinned(
    dates: list[date], months: Floats, values: Floats, noise: Floats, floor: float, cut: int
) -> Points:
    stretch = -(-len(dates) // MOST)
    if stretch <= 1:
        return Points(tuple(dates), months, values, noise, floor)
    starts = np.array([*range(0, cut, stretch), *range(cut, len(dates), stretch)])
    sizes = np.diff([*starts, len(dates)])
    weight = 1 / noise
    total = np.add.reduceat(weight, starts)
    return Points(
        tuple(dates[i] for i in starts),
        np.add.reduceat(months, starts) / sizes,
        np.add.reduceat(values * weight, starts) / total,
        _relative(1 / total),
        floor / stretch,
    )


def _relative(variance: Floats) -> Floats:
    if not len(variance) or variance.mean() <= 0:
        return np.ones_like(variance)
    return np.asarray(np.clip(variance / variance.mean(), 0.02, 50.0))


def _without_straddling(series: Series, at: date) -> Series:
    """The series without the period that `at` cuts in two."""
    if series.cadence == "month":
        cut = {at.replace(day=1)} if at.day > 1 else set()
    elif series.cadence == "year":
        cut = {at.replace(month=1, day=1)} if (at.month, at.day) != (1, 1) else set()
    else:
        cut = set()
    keep = [i for i, day in enumerate(series.dates) if day not in cut]
    if len(keep) == len(series):
        return series
    return Series(
        tuple(series.dates[i] for i in keep),
        tuple(series.values[i] for i in keep),
        tuple(series.n[i] for i in keep),
        tuple(series.se[i] for i in keep),
        series.cadence,
        series.unit,
    )


def _outliers_discounted(points: Points, after: Floats) -> Floats:
    """Relative noise, larger for points far out on their own side (robust z, Hampel 1974)."""
    residual = points.values.copy()
    for side in (0.0, 1.0):
        residual[after == side] -= np.median(points.values[after == side])
    spread = 1.4826 * float(np.median(np.abs(residual)))
    if spread <= 0:
        return points.noise
    z = np.abs(residual) / (spread * np.sqrt(np.maximum(points.noise, 1.0)))
    far = z > _OUTLYING
    if not far.any() or far.mean() > 0.1:
        return points.noise
    return np.where(far, points.noise * (z / 2) ** 2, points.noise)


def _too_few(
    points: Points, after: Floats, margin: float, n_before: int, n_after: int, series: Series
) -> Finding:
    change = None
    if n_before and n_after:
        change = float(points.values[after == 1].mean() - points.values[after == 0].mean())
    said, would = _missing(n_before, n_after, series)
    return Finding(
        outcome=Outcome.UNCLEAR,
        direction=None,
        change=change,
        interval=None,
        margin=margin,
        p_shift=None,
        p_steady=None,
        n_before=n_before,
        n_after=n_after,
        reason=said,
        would_settle=would,
        at_half_margin=Outcome.UNCLEAR,
        at_double_margin=Outcome.UNCLEAR,
    )


def _missing(n_before: int, n_after: int, series: Series) -> tuple[str, str]:
    period = {"month": "month", "year": "year", "session": "session"}.get(series.cadence, "point")
    if not n_before + n_after:
        return "There is no evidence on record.", "Any evidence on this dimension."
    lacking = [
        f"{FEWEST - n} more {period}{'s' if FEWEST - n > 1 else ''} {side}"
        for n, side in ((n_before, "before"), (n_after, "after"))
        if n < FEWEST
    ]
    few = f"Only {n_before} before and {n_after} after the date: too few to tell."
    return few, f"At least {' and '.join(lacking)} the date."


def _finding(
    found: Mixture,
    series: Series,
    at: date,
    margin: float,
    n_before: int,
    n_after: int,
    directions: tuple[Direction, Direction],
    thresholds: Thresholds,
    breaks: tuple[Break, ...],
) -> Finding:
    outcome, p_steady = decide(found, margin, thresholds)
    rise = 1 - found.below(0.0)
    direction = directions[0] if rise > 0.5 else directions[1]
    interval = (found.quantile(0.025), found.quantile(0.975))
    return Finding(
        outcome=outcome,
        direction=direction if outcome == Outcome.SHIFT else None,
        change=found.mean,
        interval=interval,
        margin=margin,
        p_shift=1 - p_steady,
        p_steady=p_steady,
        n_before=n_before,
        n_after=n_after,
        reason=reason(outcome, direction, max(rise, 1 - rise), p_steady, breaks, at, found.p_trend),
        would_settle=settle(found.mean, found.spread, margin, n_before, n_after, series.cadence)
        if outcome == Outcome.UNCLEAR
        else None,
        breaks=breaks,
        at_half_margin=decide(found, margin / 2, thresholds)[0],
        at_double_margin=decide(found, margin * 2, thresholds)[0],
    )


def decide(found: Mixture, margin: float, thresholds: Thresholds) -> tuple[Outcome, float]:
    """The outcome for one margin, and P(|change| < margin)."""
    p_steady = min(1.0, max(0.0, found.below(margin) - found.below(-margin)))
    rise = 1 - found.below(0.0)
    sure = max(rise, 1 - rise) > thresholds.sign
    if p_steady > thresholds.steady:
        return Outcome.STEADY, p_steady
    if sure and 1 - p_steady > thresholds.size:
        return Outcome.SHIFT, p_steady
    return Outcome.UNCLEAR, p_steady
