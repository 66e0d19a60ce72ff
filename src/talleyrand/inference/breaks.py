"""Breaks at unknown dates: all shifts of level in a series, each with its probability.

Beforehand a break is expected at one place in 180 (a Bernoulli process, Yao 1984), so a longer
series may hold more of them and a search over many places is not taken for luck. Breaks are added
one at a time, or two where the level goes away and comes back, while more are more likely than
not, given those found; then each is dated and weighed anew given the others. The noise model is
integrated over the whole series, so persistence, trend or a yearly cycle are not taken for
breaks. A single point far from its neighbours is drawn in before the search.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from talleyrand.inference.marginal import Floats
from talleyrand.inference.places import Design, Looked, design, look
from talleyrand.inference.points import Points, as_points
from talleyrand.model import Break, Series

SHORTEST = 10  # points, below which a series is not searched
LIKELY = 0.5
RATE = 1 / 180  # prior odds of a break at a place
APART = 3  # points between two breaks, or a break and an end
_MOST = 24  # breaks in a series
_SPIKE = 5.0  # robust z from its neighbours, beyond which a point is drawn in
_BESIDE = 3  # neighbours on either side

_INSIDE = 0.95  # of the posterior of where a break is, what its interval holds


class Place(NamedTuple):
    """Before which point a break is, how probable, and the first and last place it may be."""

    at: int
    probability: float
    low: int
    high: int


def breaks(series: Series, *, likely: float = LIKELY) -> tuple[Break, ...]:
    """The breaks of a series in order of date: each dated at the first point of the new level.

    `probability` is that of a break between the neighbouring ones, `change` the difference of
    the weighted means of the stretches on either side.
    """
    points = as_points(series)
    places = _search(points, likely)
    edges = [0, *(place.at for place in places), len(points.dates)]
    levels = [
        float(np.average(points.values[a:b], weights=1 / points.noise[a:b]))
        for a, b in pairwise(edges)
        if b > a
    ]
    dates = [points.dates[place.at] for place in places]
    reach = -(-len(series) // max(1, len(points.dates)))
    if reach > 1 and places:
        dates = _to_the_point(series, dates, reach)
    return tuple(
        Break(
            dates[i],
            place.probability,
            levels[i + 1] - levels[i],
            _interval(points, place, dates[i]),
        )
        for i, place in enumerate(places)
    )


def _interval(points: Points, place: Place, day: date) -> tuple[date, date]:
    """The dates of the first and last place; where points stand for stretches, all of them."""
    low, high = points.dates[place.low], points.dates[min(place.high, len(points.dates) - 1)]
    return min(low, day), max(high, day)


def likeliest(series: Series) -> Break | None:
    """The most probable date of a first break, with the probability that there is any.

    None where the series is too short to be searched.
    """
    points = as_points(series)
    if len(points.dates) < SHORTEST:
        return None
    values = without_spikes(points.values)
    seen = look(design(points.months, points.noise), values, (), APART, RATE)
    place = int(np.argmax(seen.place))
    weight = 1 / points.noise
    levels = [np.average(values[s], weights=weight[s]) for s in (slice(place), slice(place, None))]
    return Break(points.dates[place], 1 - seen.none, float(levels[1] - levels[0]))


def without_spikes(values: Floats) -> Floats:
    """The values with points far from the median of their neighbours drawn in (Hampel 1974).

    A break lasts at least three points, so a single point is never one.
    """
    if len(values) < SHORTEST:
        return values
    padded = np.pad(values, _BESIDE, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _BESIDE + 1)
    middle = np.median(windows, axis=1)
    off = values - middle
    spread = 1.4826 * float(np.median(np.abs(off)))
    far = np.abs(off) > _SPIKE * spread
    if spread <= 0 or far.mean() > 0.1:
        return values
    return np.where(far, middle + 2 * spread * np.sign(off), values)


def _to_the_point(series: Series, found: list[date], reach: int) -> list[date]:
    """Dates found between stretches of averaged points, moved to the point that parts them best.

    Least absolute deviations from the two levels, within `reach` points.
    """
    order = sorted(range(len(series)), key=lambda i: series.dates[i])
    dates = [series.dates[i] for i in order]
    values = np.array([series.values[i] for i in order])
    edges = [0, *(bisect_left(dates, day) for day in found), len(dates)]
    moved = []
    for low, place, high in zip(edges, edges[1:], edges[2:], strict=False):
        left, right = np.median(values[low:place]), np.median(values[place:high])
        first, last = max(low + 1, place - reach), min(high - 1, place + reach)
        near = values[first:last]
        nearer = np.abs(near - left) - np.abs(near - right)
        moved.append(dates[first + int(np.argmin(np.r_[0.0, np.cumsum(nearer)]))])
    return moved


def _search(points: Points, likely: float) -> list[Place]:
    if len(points.dates) < SHORTEST:
        return []
    known = design(points.months, points.noise)
    values = without_spikes(points.values)
    found: list[Place] = []
    while len(found) < _MOST:
        places = [place.at for place in found]
        seen = look(known, values, places, APART, RATE)
        if 1 - seen.none <= likely:
            break
        places = sorted([*places, *_next(seen)])
        first = [place.at for place in _weighed(known, values, places)]
        weighed = _weighed(known, values, first)
        kept = [one for one in weighed if one.probability > likely]
        if len(kept) <= len(found):
            break
        found = kept
    return found


def _next(seen: Looked) -> tuple[int, ...]:
    """The place of the likeliest further break, or the two of an excursion."""
    if seen.excursion > seen.place.sum():
        return seen.between
    return (int(np.argmax(seen.place)),)


def _weighed(known: Design, values: Floats, places: list[int]) -> list[Place]:
    """Each break dated anew between its neighbours and weighed, given all the others."""
    places = list(places)
    found = []
    for i in range(len(places)):
        low = places[i - 1] if i else 0
        high = places[i + 1] if i + 1 < len(places) else len(values)
        seen = look(known, values, [*places[:i], *places[i + 1 :]], APART, RATE, pairs=False)
        here = seen.place[low + 1 : high]
        inside = (places[i], places[i])
        if here.sum() > 0:
            places[i] = low + 1 + int(np.argmax(here))
            within = np.cumsum(here) / here.sum()
            ends = np.searchsorted(within, [(1 - _INSIDE) / 2, (1 + _INSIDE) / 2])
            inside = (low + 1 + int(ends[0]), low + 1 + int(ends[1]))
        weight = float(here.sum() / (here.sum() + seen.none))
        found.append((weight, min(inside[0], places[i]), max(inside[1], places[i])))
    return [Place(place, *rest) for place, rest in zip(places, found, strict=True)]
