"""A series as arrays: in order, thinned where long, with the noise behind each point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

import numpy as np

from talleyrand.errors import InputError
from talleyrand.inference.marginal import Floats
from talleyrand.model import Series

_OUTLYING = 3.5  # robust z beyond which a point counts for less
MOST = 160  # points judged one by one; longer series are averaged into stretches


@dataclass(frozen=True, slots=True)
class Points:
    """A series as arrays: months since the first point, values, relative and known variance."""

    dates: tuple[date, ...]
    months: Floats
    values: Floats
    noise: Floats
    floor: float


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


def discounted(values: Floats, after: Floats, noise: Floats) -> Floats:
    """Relative noise, larger for points far out on their own side (robust z, Hampel 1974).

    `values` are series on the same dates (n, series), `after` and `noise` (n,); gives (n, series).
    Where more than a tenth of a series is far out, nothing is.
    """
    residual = values.copy()
    for side in (0.0, 1.0):
        residual[after == side] -= np.median(values[after == side], axis=0)
    spread = 1.4826 * np.median(np.abs(residual), axis=0)
    root = np.sqrt(np.maximum(noise, 1.0))[:, None]
    z = np.abs(residual) / (np.where(spread > 0, spread, np.inf) * root)
    far = z > _OUTLYING
    far &= far.mean(axis=0) <= 0.1
    return np.where(far, noise[:, None] * (z / 2) ** 2, noise[:, None])


def _relative(variance: Floats) -> Floats:
    if not len(variance) or variance.mean() <= 0:
        return np.ones_like(variance)
    return np.asarray(np.clip(variance / variance.mean(), 0.02, 50.0))


def straddling(series: Series, at: date) -> tuple[date, ...]:
    """The period that `at` cuts in two, if the series has it: neither before nor after."""
    if series.cadence == "month":
        first = at.replace(day=1)
    elif series.cadence == "year":
        first = at.replace(month=1, day=1)
    else:
        return ()
    return (first,) if first < at and first in series.dates else ()


def without(series: Series, cut: tuple[date, ...]) -> Series:
    """The series without the periods that begin on these days."""
    keep = [i for i, day in enumerate(series.dates) if day not in cut]
    return replace(
        series,
        dates=tuple(series.dates[i] for i in keep),
        values=tuple(series.values[i] for i in keep),
        n=tuple(series.n[i] for i in keep),
        se=tuple(series.se[i] for i in keep),
    )
