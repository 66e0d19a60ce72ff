"""Series with known truth, for tests and benchmarks: counts that persist, steps, trends, cycles."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from talleyrand.model import Series

Floats = NDArray[np.float64]


def persistent_counts(
    rng: np.random.Generator,
    *,
    phi: float,
    ratio: float = 1.0,
    months: int = 72,
    before: int = 48,
    mean: float = 20.0,
    size: float = 10.0,
    sd: float = 0.3,
    repetitions: int = 1,
) -> Floats:
    """Monthly counts that change by `ratio` after `before` months: (repetitions, months).

    Negative binomial of this size about a latent log-normal AR(1) with correlation `phi` and
    standard deviation `sd`: the simulation behind the table in docs/method.md.
    """
    shock = rng.standard_normal((repetitions, months))
    latent = np.empty_like(shock)
    latent[:, 0] = shock[:, 0]
    for t in range(1, months):
        latent[:, t] = phi * latent[:, t - 1] + np.sqrt(1 - phi**2) * shock[:, t]
    rate = mean * np.exp(sd * latent)
    rate[:, before:] *= ratio
    return rng.poisson(rate * rng.gamma(size, 1 / size, rate.shape)).astype(float)


def persistent_noise(rng: np.random.Generator, *, phi: float, months: int) -> Floats:
    """Standard normal AR(1) noise of one series."""
    shock = rng.standard_normal(months)
    noise = np.empty(months)
    noise[0] = shock[0]
    for t in range(1, months):
        noise[t] = phi * noise[t - 1] + np.sqrt(1 - phi**2) * shock[t]
    return noise


def monthly(values: Floats, *, start: date = date(2018, 1, 1)) -> Series:
    """Values as a monthly series from `start` on, without known standard errors."""
    first = start.year * 12 + start.month - 1
    dates = tuple(date((first + i) // 12, (first + i) % 12 + 1, 1) for i in range(len(values)))
    n = (1.0,) * len(values)
    none = (None,) * len(values)
    return Series(dates, tuple(float(v) for v in values), n, none, "month", "value")
