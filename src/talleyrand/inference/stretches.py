"""Long daily or weekly series as means of months or weeks, counted from the date in question.

A level is judged by its months: days are many, noisy and alike from one to the next. A stretch
never goes across the date, so no day is lost. Single days far outside their own stretch (beyond
Tukey's 1977 fences) are drawn in to the fence: one day of very many reports is not a month.

Where such days are many, the tails are heavy (counts of events, sums of news): a mean then follows
the largest bursts and not the level. All days are then drawn in to two robust standard deviations
from the levels of the record (a Huber type of mean, Huber 1964). The levels are the medians of its
four quarters and of either side of the date, so a lasting move is kept whole. Both sides are drawn
in to the same two bounds, so that no date makes a change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import floor
from statistics import median

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference.points import MOST
from talleyrand.model import Series

STRETCHES = (("month", 30.4375), ("week", 7.0))
_FEWEST = 36  # stretches, below which the next shorter kind is taken
_HELD = 4  # points that a stretch must usually hold
_FENCE = 3.0  # interquartile ranges beyond a quartile
_ENOUGH = 8  # points of a stretch for quartiles to mean something
_HEAVY = 0.005  # of all points beyond the fences of their run: heavy tails (normal: 0.0004)
_RUN = 30  # points in a row that are looked at for tails
_KEPT = 2.0  # robust standard deviations from a level that heavy tails are drawn in to
_PARTS = 4  # of the record, each with a level

Floats = NDArray[np.float64]


def averaged(series: Series, at: date | None = None) -> Series:
    """A series of more than 160 points by months, or where that leaves too few by weeks.

    Stretches are counted from `at`, dated at their first day and weighted by what is behind
    their points; the note says what was done. Other series are given back as they are.
    """
    if series.cadence != "document" or len(series) <= MOST:
        return series
    days = sorted(series.dates)
    step = median((b - a).days for a, b in pairwise(days))
    for name, length in STRETCHES:
        held = (days[-1] - days[0]).days / length
        if held >= _FEWEST and max(step, 1) * _HELD <= length:
            return _by_stretch(series, at or days[0], name, length)
    return series


def _by_stretch(series: Series, at: date, name: str, length: float) -> Series:
    order = sorted(range(len(series)), key=lambda i: series.dates[i])
    held = [
        (place, np.array(list(members)))
        for place, members in groupby(order, lambda i: floor((series.dates[i] - at).days / length))
    ]
    early = sum(day < at for day in series.dates)
    values, told = _drawn_in(np.array(series.values), [members for _, members in held], early, name)
    n = np.array(series.n)
    said = f"{len(series)} points averaged into {len(held)} {name}s counted from {at}{told}"
    return replace(
        series,
        dates=tuple(at + timedelta(days=round(place * length)) for place, _ in held),
        values=tuple(float(np.average(values[m], weights=n[m])) for _, m in held),
        n=tuple(float(n[m].sum()) for _, m in held),
        se=tuple(_error([series.se[i] for i in m], n[m]) for _, m in held),
        evidence=(),
        note="; ".join(part for part in (series.note, said) if part),
    )


def _drawn_in(
    values: Floats, held: list[NDArray[np.intp]], early: int, name: str
) -> tuple[Floats, str]:
    """The values with what is far out drawn in, and what was done.

    `held` are places by stretch, in order of date; `early` are before the date asked.
    """
    order = np.concatenate(held)
    runs = np.array_split(order, max(len(order) // _RUN, 1))
    if (_each_fenced(values, runs) != values).sum() > _HEAVY * len(values):
        kept = _without_tails(values, order, early)
        if moved := int((kept != values).sum()):
            said = (
                f", {moved} of them in heavy tails drawn in to {_KEPT:g} robust standard deviations"
            )
            return _each_fenced(kept, held), said
    fenced = _each_fenced(values, held)
    far = int((fenced != values).sum())
    return fenced, f", {far} of them far outside their {name} drawn in" if far else ""


def _each_fenced(values: Floats, held: list[NDArray[np.intp]]) -> Floats:
    fenced = values.copy()
    for members in held:
        fenced[members] = _fenced(values[members])
    return fenced


def _without_tails(values: Floats, order: NDArray[np.intp], early: int) -> Floats:
    """The values within so many robust standard deviations of the levels of the record.

    `order` are the places in order of date, `early` of them before the date asked. The values are
    given back as they are where more than half lie on a level.
    """
    parts = np.array_split(order, _PARTS)
    levels = [float(np.median(values[part])) for part in parts]
    off = np.concatenate([values[p] - level for p, level in zip(parts, levels, strict=True)])
    spread = 1.4826 * float(np.median(np.abs(off)))
    if spread <= 0:
        return values
    levels += [float(np.median(values[side])) for side in np.split(order, [early]) if len(side)]
    return np.clip(values, min(levels) - _KEPT * spread, max(levels) + _KEPT * spread)


def _fenced(values: Floats) -> Floats:
    if len(values) < _ENOUGH:
        return values
    low, high = np.quantile(values, [0.25, 0.75])
    reach = _FENCE * (high - low)
    return np.clip(values, low - reach, high + reach) if reach > 0 else values


def _error(known: list[float | None], weight: Floats) -> float | None:
    """The standard error of a weighted mean of independent points, if theirs are known."""
    if any(se is None for se in known):
        return None
    parts = weight * np.array([se or 0.0 for se in known])
    return float(np.sqrt((parts**2).sum()) / weight.sum())
