"""Series with known truth: one `World` a row of the grid of docs/validity.md.

A world draws many series at one persistence, with a step of 0, 1 or 2 margins at the date. What
else goes on in it (a trend, a cycle, an outlier) is the same on either side of the question: the
truth is always the step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talleyrand.dimensions.mix import standardised
from talleyrand.inference.synthetic import persistent_counts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Series on the same dates: values (n, series), and what the methods may know of them."""

    values: Floats
    after: Floats  # (n,) 0 or 1
    months: Floats  # (n,)
    counts: Floats | None = None  # where the values are log counts
    errors: Floats | None = None  # (n, series) standard error of each point
    covariance: Floats | None = None  # (n, n) true, where it is one


@dataclass(frozen=True)
class World:
    """A name, the margin, and how to draw series: (rng, phi, step, count) -> Sample."""

    name: str
    margin: float
    draw: Callable[[np.random.Generator, float, float, int], Sample]


def noise(
    rng: np.random.Generator, phi: float, months: int, count: int, tails: float = 0
) -> Floats:
    """AR(1) noise of sd 1, (months, count); the shocks normal, or t with so many degrees."""
    shock = rng.standard_normal((months, count))
    if tails:
        shock = rng.standard_t(tails, (months, count)) / np.sqrt(tails / (tails - 2))
    for t in range(1, months):
        shock[t] = phi * shock[t - 1] + np.sqrt(1 - phi**2) * shock[t]
    return shock


def _persistence(phi: float, months: Floats) -> Floats:
    gaps = np.abs(months[:, None] - months[None, :])
    return np.asarray(np.where(gaps == 0, 1.0, phi**gaps))


def scale(
    months: int,
    before: int,
    *,
    sd: float = 1.0,
    tails: float = 0,
    added: Callable[[Floats], Floats] | None = None,
    spread_after: float = 1.0,
    missing: float = 0.0,
) -> Callable[[np.random.Generator, float, float, int], Sample]:
    """A scale: AR(1) noise about a level; with something added, other noise after, or gaps."""

    def draw(rng: np.random.Generator, phi: float, step: float, count: int) -> Sample:
        k = np.arange(months, dtype=float)
        after = (k >= before).astype(float)
        spread = sd * np.where(after == 1, spread_after, 1.0)
        values = spread[:, None] * noise(rng, phi, months, count, tails) + step * after[:, None]
        if added:
            values = values + added(k)[:, None]
        kept = np.sort(rng.permutation(months)[: round(months * (1 - missing))])
        true = spread[:, None] * _persistence(phi, k) * spread
        known = None if added or tails else true[np.ix_(kept, kept)]
        return Sample(values[kept], after[kept], k[kept], covariance=known)

    return draw


def counts(rng: np.random.Generator, phi: float, step: float, count: int) -> Sample:
    """The counts of the project's first table: 72 months, 48 before, negative binomial."""
    drawn = persistent_counts(rng, phi=phi, ratio=float(np.exp(step)), repetitions=count).T
    k = np.arange(72, dtype=float)
    true = 0.09 * _persistence(phi, k) + 0.15 * np.eye(72)
    return Sample(np.log(drawn + 0.5), (k >= 48).astype(float), k, counts=drawn, covariance=true)


def proportions(rng: np.random.Generator, phi: float, step: float, count: int) -> Sample:
    """Shares of 40 a month about .3, the log-odds moving with sd .4; a step in the share."""
    k = np.arange(72, dtype=float)
    after = (k >= 48).astype(float)
    share = 1 / (1 + np.exp(-(np.log(0.3 / 0.7) + 0.4 * noise(rng, phi, 72, count))))
    share = np.clip(share + step * after[:, None], 0.01, 0.99)
    return Sample(rng.binomial(40, share) / 40, after, k)


def words(
    mixed: bool, adjusted: bool
) -> Callable[[np.random.Generator, float, float, int], Sample]:
    """Log-odds of few codes a month (48 months); `mixed`: a harsher genre grows at the date.

    `adjusted` standardises for the mix as the dimension `words` does.
    """

    def draw(rng: np.random.Generator, phi: float, step: float, count: int) -> Sample:
        k = np.arange(48, dtype=float)
        after = (k >= 24).astype(float)
        level = 0.4 * noise(rng, phi, 48, count) + step * after[:, None]
        harsh = np.where(after == 1, 0.8, 0.4) if mixed else np.zeros(48)
        totals = 2 + rng.poisson(6, (48, count))
        second = rng.binomial(totals, harsh[:, None])
        sizes = np.stack([totals - second, second], axis=2)
        odds = level[:, :, None] + np.array([0.3, -1.2])
        closer = rng.binomial(sizes, 1 / (1 + np.exp(-odds))).astype(float)
        further = sizes - closer
        if not (mixed and adjusted):
            closer, further = (c.sum(axis=2, keepdims=True) for c in (closer, further))
        made = [standardised(closer[:, i], further[:, i]) for i in range(count)]
        values, errors = (np.column_stack(one) for one in zip(*made, strict=True))
        return Sample(values, after, k, errors=errors)

    return draw


def _trend(k: Floats) -> Floats:
    return np.asarray(3 * k / 72)


def _cycle(k: Floats) -> Floats:
    return np.asarray(1.5 * np.sin(2 * np.pi * k / 12))


def _outlier(k: Floats) -> Floats:
    return np.where(k == 60, 8.0, 0.0)


WORLDS = (
    World("counts, 72 months", float(np.log(1.5)), counts),
    World("scale, 12 months", 0.8, scale(12, 6)),
    World("scale, 24 months", 0.8, scale(24, 12)),
    World("scale, 36 months", 0.8, scale(36, 18)),
    World("scale, 72 months", 0.8, scale(72, 48)),
    World("scale, 120 months", 0.8, scale(120, 60)),
    World("proportions, 72 months", 0.1, proportions),
    World("money (log, sd .15), 72 months", float(np.log(1.15)), scale(72, 48, sd=0.15)),
    World("a trend of 3 sds, 72 months", 0.8, scale(72, 48, added=_trend)),
    World("a yearly cycle of 1.5 sds, 72 months", 0.8, scale(72, 48, added=_cycle)),
    World("3 months in 10 missing, of 72", 0.8, scale(72, 48, missing=0.3)),
    World("one outlier of 8 sds, 72 months", 0.8, scale(72, 48, added=_outlier)),
    World("heavy tails (t3), 72 months", 0.8, scale(72, 48, tails=3)),
    World("the noise doubles at the date, 72 months", 0.8, scale(72, 48, spread_after=2.0)),
    World("few codes a month (log-odds), 48 months", 0.6, words(False, False)),
    World("the mix changes, as it is, 48 months", 0.6, words(True, False)),
    World("the mix changes, standardised, 48 months", 0.6, words(True, True)),
)
