"""Long daily or weekly series as means of months or weeks, counted from the date in question.

A level is judged by its months: days are many, noisy and alike from one to the next. A stretch
never goes across the date, so no day is lost. Single days far outside their own stretch (beyond
Tukey's 1977 fences) are drawn in to the fence: one day of very many reports is not a month.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import floor
from statistics import median

import numpy as np

from talleyrand.inference.points import MOST
from talleyrand.model import Series

STRETCHES = (("month", 30.4375), ("week", 7.0))
_FEWEST = 36  # stretches, below which the next shorter kind is taken
_HELD = 4  # points that a stretch must usually hold
_FENCE = 3.0  # interquartile ranges beyond a quartile
_ENOUGH = 8  # points of a stretch for quartiles to mean something


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
    def stretch(i: int) -> int:
        return floor((series.dates[i] - at).days / length)

    order = sorted(range(len(series)), key=lambda i: series.dates[i])
    places, means, weights, errors, drawn = [], [], [], [], 0
    for place, members in groupby(order, stretch):
        chosen = list(members)
        values = np.array([series.values[i] for i in chosen])
        weight = np.array([series.n[i] for i in chosen])
        inside = _fenced(values)
        drawn += int((inside != values).sum())
        places.append(place)
        means.append(float(np.average(inside, weights=weight)))
        weights.append(float(weight.sum()))
        errors.append(_error([series.se[i] for i in chosen], weight))
    said = f"{len(series)} points averaged into {len(places)} {name}s counted from {at}"
    said += f", {drawn} of them far outside their {name} drawn in" if drawn else ""
    return replace(
        series,
        dates=tuple(at + timedelta(days=round(place * length)) for place in places),
        values=tuple(means),
        n=tuple(weights),
        se=tuple(errors),
        evidence=(),
        note="; ".join(part for part in (series.note, said) if part),
    )


def _fenced(
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if len(values) < _ENOUGH:
        return values
    low, high = np.quantile(values, [0.25, 0.75])
    reach = _FENCE * (high - low)
    return np.clip(values, low - reach, high + reach) if reach > 0 else values


def _error(known: list[float | None], weight: np.ndarray[tuple[int], np.dtype[np.float64]]
           ) -> float | None:  # fmt: skip
    """The standard error of a weighted mean of independent points, if theirs are known."""
    if any(se is None for se in known):
        return None
    parts = weight * np.array([se or 0.0 for se in known])
    return float(np.sqrt((parts**2).sum()) / weight.sum())
