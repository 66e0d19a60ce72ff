"""Breaks at unknown dates: all shifts of level in a series, each with its probability.

Binary segmentation (Scott and Knott 1974) by the posterior of a single break: a stretch is parted
where a break is more likely than not, and each part is searched again. The noise model is the
one of the judgement, so persistence, trend or a yearly cycle are not taken for breaks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from talleyrand.inference.marginal import break_posterior
from talleyrand.inference.shift import Points, as_points
from talleyrand.model import Break, Series

SHORTEST = 10  # points, below which a stretch is not searched
LIKELY = 0.5


def breaks(series: Series, *, likely: float = LIKELY) -> tuple[Break, ...]:
    """The breaks of a series in order of date: each dated at the first point of the new level.

    `change` is the difference of the weighted means of the stretches on either side.
    """
    points = as_points(series)
    places = sorted(_search(points, 0, len(points.dates), likely))
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


def _search(points: Points, start: int, end: int, likely: float) -> list[tuple[int, float]]:
    """Places of breaks between two points, with the probability of each."""
    if end - start < SHORTEST:
        return []
    part = replace(
        points,
        dates=points.dates[start:end],
        months=points.months[start:end] - points.months[start],
        values=points.values[start:end],
        noise=points.noise[start:end],
    )
    probability, _ = break_posterior(part.months, part.values, part.noise, margin=3)
    if 1 - probability[0] <= likely:
        return []
    place = int(np.argmax(probability[1:])) + 1
    here = (start + place, float(min(1.0, 1 - probability[0])))
    return [
        *_search(points, start, start + place, likely),
        here,
        *_search(points, start + place, end, likely),
    ]
