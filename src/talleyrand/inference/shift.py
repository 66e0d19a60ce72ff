"""Judge a series at a known date: SHIFT, STEADY or UNCLEAR.

SHIFT if the sign of the change is sure, the change more likely than not exceeds the margin, and a
trend without a step does not explain the series clearly better;
STEADY if the change lies within the margin with high probability (equivalence, after Schuirmann
1987 and Kruschke 2018: a positive finding, never a failed test); else UNCLEAR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isfinite, sqrt

import numpy as np

from talleyrand.errors import InputError
from talleyrand.inference import settling, wording
from talleyrand.inference.change import Mixture, posterior
from talleyrand.inference.decision import RIVAL, Thresholds, decide
from talleyrand.inference.marginal import Floats, break_posterior
from talleyrand.inference.points import Points, as_points, discounted, straddling, without
from talleyrand.model import Break, Cadence, Direction, Finding, Outcome, Series

__all__ = ["Points", "Thresholds", "as_points", "decide", "default_margin", "judge", "when"]

USUAL = Thresholds()
FEWEST = 3  # points on a side
FEWEST_KNOWN = 2  # where the sampling error of every point is known, and there are six in all
_SPIKE = 5.0  # standard deviations, from which a point is no measure of the others


def judge(
    series: Series,
    at: date,
    *,
    margin: float,
    directions: tuple[Direction, Direction] = ("closer", "further"),
    thresholds: Thresholds = USUAL,
    wider: Sequence[tuple[str, Series]] = (),
    dated: bool = True,
    ahead: bool = True,
) -> Finding:
    """Judge whether the level changed across `at` by more than `margin` (in the series' unit).

    A month or year that contains `at` past its first day belongs to neither side and is left out
    (`left_out`). `directions` names a rise and a fall. `wider` are windows by name with what is on
    record in them, narrowest first, each holding `series`. `dated` has the finding say where the
    level most probably moved, `ahead` what would settle it. Raises InputError for a bad margin.
    """
    if not (isfinite(margin) and margin > 0):
        raise InputError(f"the margin must be above zero, not {margin}")
    kept = without(series, cut := straddling(series, at))
    points = as_points(kept, at)
    after = np.array([float(day >= at) for day in points.dates])
    n_after = sum(day >= at for day in kept.dates)
    n_before = len(kept) - n_after
    if min(n_before, n_after) < _fewest(points):
        return replace(_too_few(points, after, margin, series.cadence, wider, at), left_out=cut)
    found, noise = _posterior(points, after)
    finding = _finding(found, margin, directions, thresholds)
    breaks, elsewhere = _dated(series, at) if dated else ((), None)
    reason = _reason(found, finding, directions, elsewhere, at, series.cadence)
    finding = replace(
        finding,
        n_before=n_before,
        n_after=n_after,
        reason=reason + _averaged(kept, points),
        breaks=breaks,
        elsewhere=elsewhere,
        left_out=cut,
        trend=_slope(points, after, found.mean) if found.p_trend > wording.LIKELY else None,
    )
    if finding.outcome != Outcome.UNCLEAR or not ahead:
        return finding
    record = settling.Record(found, points.months, points.values, after, noise, points.floor)
    said = _settled_by(record, points.dates, margin, thresholds, series.cadence, wider, at)
    return replace(finding, would_settle=said)


def _posterior(points: Points, after: Floats) -> tuple[Mixture, Floats]:
    """The posterior of the change, and the noise of each point with outliers discounted."""
    noise = discounted(points.values[:, None], after, points.noise)[:, 0]
    grown = noise - points.noise
    found = posterior(points.months, points.values, after, points.noise, points.floor, grown)
    return found, noise


def _reason(
    found: Mixture,
    finding: Finding,
    directions: tuple[Direction, Direction],
    elsewhere: Break | None,
    at: date,
    cadence: Cadence,
) -> str:
    rise = 1 - found.below(0.0)
    surely = (directions[rise < 0.5], max(rise, 1 - rise), finding.p_steady or 0.0)
    beaten = found.rival >= RIVAL
    return wording.reason(finding.outcome, *surely, elsewhere, at, found.p_trend, beaten, cadence)


def _fewest(points: Points) -> int:
    """Points needed on a side."""
    return FEWEST_KNOWN if points.floor and len(points.dates) >= 6 else FEWEST


def _averaged(kept: Series, points: Points) -> str:
    judged = len(points.dates)
    said = f" The {len(kept)} points were averaged into {judged} stretches."
    return said if judged < len(kept) else ""


def when(series: Series) -> Break:
    """The most probable date of a single level shift within the series.

    Its probability is that of a shift at this date or right beside it, against shifts elsewhere
    and none at all.
    """
    points = as_points(series)
    probability, change = break_posterior(points.months, points.values, points.noise)
    return _most_probable(points, probability, change)


def _dated(series: Series, at: date) -> tuple[tuple[Break, ...], Break | None]:
    """The most probable break, and the one elsewhere where that is more likely than not."""
    points = as_points(series)
    if len(points.dates) < 2 * FEWEST + 2:
        return (), None
    probability, change = break_posterior(points.months, points.values, points.noise)
    away = probability.copy()
    for place in range(1, len(points.dates)):
        first, last = could_be(points.dates, place, series.cadence)
        away[place] *= not first <= at <= last
    other = _most_probable(points, away, change)
    best = _most_probable(points, probability, change)
    return (best,), other if other.probability > 0.5 else None


def could_be(dates: tuple[date, ...], place: int, cadence: Cadence) -> tuple[date, date]:
    """The dates at which a change could have been that shows first in the point at `place`.

    A month or year that changed before its middle shows it itself, one that changed later leaves
    it to the next. Months and single documents are dated a month more or less, years a quarter: a
    yearly figure does not tell one from the next. Most votes of a session are cast in its first
    three months.
    """
    half = timedelta({"month": 15, "session": 45, "year": 182}.get(cadence, 0))
    slack = timedelta({"month": 31, "document": 31, "session": 45, "year": 92}.get(cadence, 0))
    return dates[place - 1] + half - slack, dates[place] + half + slack


def _most_probable(points: Points, probability: Floats, change: Floats) -> Break:
    place = int(np.argmax(probability[1:])) + 1
    near = probability[max(1, place - 1) : place + 2].sum()
    return Break(points.dates[min(place, len(points.dates) - 1)], float(near), float(change[place]))


def _slope(points: Points, after: Floats, change: float) -> float:
    """The slope a year of a straight line through the points less the change at the date."""
    flat = points.values - change * after
    weight = 1 / points.noise
    months = points.months - np.average(points.months, weights=weight)
    return 12 * float((weight * months) @ flat / ((weight * months) @ months))


def default_margin(series: Series) -> tuple[float, str]:
    """A margin for a series of unknown unit, and where it comes from.

    Four fifths of a standard deviation of the points about their own side's mean, "large" by
    Cohen (1988), at the split that explains most. Points further than five of them (by the median
    absolute deviation) are spikes and do not widen it. Where the points of a side do not vary at
    all, a twentieth of the range; for a constant series a twentieth of its level.
    """
    values = np.array(series.values)
    span = float(np.ptp(values)) if len(values) else 0.0
    if not span:
        level = abs(float(values[0])) if len(values) else 0.0
        if level:
            return 0.05 * level, "a twentieth of the constant level"
        return 1.0, "one, as the series is zero throughout"
    away = _about_sides(values)
    near = np.abs(away) <= _SPIKE * 1.4826 * float(np.median(np.abs(away)))
    spikes = len(values) - int(near.sum())
    if 0 < spikes <= len(values) // 10:
        away = _about_sides(values[near])
    within = sqrt(float(away @ away) / max(len(away) - 2, 1))
    if within < 1e-3 * span:
        return 0.05 * span, "a twentieth of the range, as the points do not vary within their sides"
    told = "0.8 standard deviations of a point within its side"
    if len(away) < len(values):
        told += f", without {'a spike' if spikes == 1 else f'{spikes} spikes'}"
    return 0.8 * within, told


def _about_sides(values: Floats) -> Floats:
    """The points about the means of two sides, parted where that leaves least."""
    best: Floats = values - values.mean()
    for split in range(FEWEST, len(values) - FEWEST + 1):
        left, right = values[:split], values[split:]
        away = np.concatenate([left - left.mean(), right - right.mean()])
        if away @ away < best @ best:
            best = away
    return best


def _too_few(
    points: Points,
    after: Floats,
    margin: float,
    cadence: Cadence,
    wider: Sequence[tuple[str, Series]],
    at: date,
) -> Finding:
    n_after, n_before = int(after.sum()), int(len(after) - after.sum())
    change = None
    if n_before and n_after:
        change = float(points.values[after == 1].mean() - points.values[after == 0].mean())
    said, would = wording.too_few(n_before, n_after, FEWEST, cadence)
    for window, series in wider:
        days = without(series, straddling(series, at)).dates
        late = sum(day >= at for day in days)
        if min(late, len(days) - late) >= FEWEST:
            would = wording.wide_enough(window, len(days) - late, late, cadence)
            break
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


def _finding(
    found: Mixture,
    margin: float,
    directions: tuple[Direction, Direction],
    thresholds: Thresholds,
) -> Finding:
    """What the posterior says of the change, without its circumstances."""
    outcome, p_steady = decide(found, margin, thresholds)
    direction = directions[found.below(0.0) > 0.5]
    return Finding(
        outcome=outcome,
        direction=direction if outcome == Outcome.SHIFT else None,
        change=found.mean,
        interval=(found.quantile(0.025), found.quantile(0.975)),
        margin=margin,
        p_shift=1 - p_steady,
        p_steady=p_steady,
        n_before=0,
        n_after=0,
        reason="",
        at_half_margin=decide(found, margin / 2, thresholds)[0],
        at_double_margin=decide(found, margin * 2, thresholds)[0],
        p_trend=found.p_trend,
    )


def _settled_by(
    record: settling.Record,
    dates: tuple[date, ...],
    margin: float,
    thresholds: Thresholds,
    cadence: Cadence,
    wider: Sequence[tuple[str, Series]],
    at: date,
) -> str:
    """What would most likely settle it: a wider window, more points, or nothing in reach."""
    designs = [_design(series, at, dates, record) for _, series in wider]
    place, likely = settling.first_settling(record, designs, margin, thresholds)
    if likely >= settling.LIKELY:
        late = int(designs[place].after.sum())
        early = len(designs[place].after) - late
        return wording.wider(wider[place][0], likely, early, late, cadence)
    step = {"month": 1.0, "year": 12.0, "session": 12.0}.get(
        cadence, float(np.median(np.diff(record.months)))
    )
    more = settling.further_points(record, step, margin, thresholds)
    if more is not None:
        return wording.further(more, cadence)
    noise = settling.point_noise(record)
    return wording.out_of_reach(record.found.mean, margin, noise, cadence, record.found.p_trend)


def _design(
    series: Series, at: date, dates: tuple[date, ...], record: settling.Record
) -> settling.Design:
    """The design of a wider window, with the noise of its points relative to the present ones."""
    wide = as_points(without(series, straddling(series, at)))
    old = np.isin(np.array(wide.dates), np.array(dates))
    unit = record.noise.mean() / wide.noise[old].mean()
    after = np.array([float(day >= at) for day in wide.dates])
    return settling.Design(wide.months, after, wide.noise * unit, old.astype(float))
