"""Breaks at unknown dates: all shifts of level in a series, each with its probability.

Beforehand a break is expected at one place in 180 (a Bernoulli process, Yao 1984), so a longer
series may hold more of them and a search over many places is not taken for luck. Breaks are added
one at a time while a further one is more likely than not, given those found; then each is dated
and weighed anew given the others. The noise model is the one of the judgement, integrated over
the whole series, so persistence, trend or a yearly cycle are not taken for breaks.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from talleyrand.inference.marginal import Floats, break_posterior
from talleyrand.inference.points import Points, as_points
from talleyrand.model import Break, Series

SHORTEST = 10  # points, below which a series is not searched
LIKELY = 0.5
RATE = 1 / 180  # prior odds of a break at a place
APART = 3  # points between two breaks, or a break and an end
_MOST = 12  # breaks in a series

Place = tuple[int, float]  # before which point, and how probable


def breaks(series: Series, *, likely: float = LIKELY) -> tuple[Break, ...]:
    """The breaks of a series in order of date: each dated at the first point of the new level.

    `probability` is that of a break between the neighbouring ones, `change` the difference of
    the weighted means of the stretches on either side.
    """
    points = as_points(series)
    places = _search(points, likely)
    edges = [0, *(place for place, _ in places), len(points.dates)]
    levels = [
        float(np.average(points.values[a:b], weights=1 / points.noise[a:b]))
        for a, b in pairwise(edges)
        if b > a
    ]
    return tuple(
        Break(points.dates[place], probability, levels[i + 1] - levels[i])
        for i, (place, probability) in enumerate(places)
    )


def likeliest(series: Series) -> Break | None:
    """The most probable date of a first break, with the probability that there is any.

    None where the series is too short to be searched.
    """
    points = as_points(series)
    if len(points.dates) < SHORTEST:
        return None
    probability, change = _posterior(points, ())
    place = int(np.argmax(probability[1:])) + 1
    return Break(points.dates[place], float(1 - probability[0]), float(change[place]))


def _search(points: Points, likely: float) -> list[Place]:
    found: list[Place] = []
    while len(points.dates) >= SHORTEST and len(found) < _MOST:
        places = [place for place, _ in found]
        probability, _ = _posterior(points, tuple(places))
        if 1 - probability[0] <= likely:
            break
        places.append(int(np.argmax(probability[1:])) + 1)
        weighed = _weighed(points, _weighed(points, [(place, 1.0) for place in sorted(places)]))
        kept = [one for one in weighed if one[1] > likely]
        if len(kept) <= len(found):
            break
        found = kept
    return found


def _weighed(points: Points, found: list[Place]) -> list[Place]:
    """Each break dated anew between its neighbours and weighed, given all the others."""
    places = [place for place, _ in found]
    weights = []
    for i in range(len(places)):
        others = tuple(places[:i] + places[i + 1 :])
        low = places[i - 1] if i else 0
        high = places[i + 1] if i + 1 < len(places) else len(points.dates)
        probability, _ = _posterior(points, others)
        here = probability[low + 1 : high]
        places[i] = low + 1 + int(np.argmax(here))
        weights.append(float(here.sum() / (here.sum() + probability[0])))
    return list(zip(places, weights, strict=True))


def _posterior(points: Points, given: tuple[int, ...]) -> tuple[Floats, Floats]:
    return break_posterior(
        points.months, points.values, points.noise, APART, rate=RATE, given=given
    )
