"""The grid of what is not known of the noise, and the exact posterior of a break's place.

A series is y = level + change * after + noise, where the noise is persistent in part (an AR(1)
process in calendar time with correlation phi a month) and independent in part (share w, larger
where fewer documents stand behind a point), with a possible linear trend and yearly cycle. Phi,
w, trend and cycle are unknown: the restricted marginal likelihood of every combination on a grid
weighs its own answer. Nothing is sampled, so the same series always gives the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PHI = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
SHARE = np.array([0.05, 0.3, 0.6, 0.95])
TREND = np.array([0.0, 1.0, 4.0])  # sd of the slope's part of a point, in noise sds
SEASON = np.array([0.0, 1.0])

PHI_WEIGHT = 1 - PHI
TREND_WEIGHT = np.array([0.9, 0.05, 0.05])
P_TREND = float(TREND_WEIGHT[1:].sum())
SEASON_WEIGHT = np.array([0.95, 0.05])
STEP_SD = 2.0  # prior sd of a break of unknown date, in noise sds


@dataclass(frozen=True, slots=True)
class Cells:
    """The grid for one design: whitening matrices, their log determinants, log prior weights."""

    whiten: Floats  # (cells, n, n)
    logdet: Floats  # (cells,)
    logprior: Floats  # (cells,)
    share: Floats  # (cells,)
    trending: Floats  # (cells,) 1 where the cell has a trend


def break_posterior(
    months: Floats,
    values: Floats,
    noise: Floats,
    margin: int = 2,
    *,
    rate: float | None = None,
    given: tuple[int, ...] = (),
) -> tuple[Floats, Floats]:
    """Where a single level shift most probably is, and whether there is one.

    Gives (probability, change) for every place k from 0 to n: a break before point k, with the
    probability of no break at all at k = 0. `rate` is the prior odds of a break at each place
    (Yao 1984); without it a break anywhere is as likely as none. `given` are places of breaks
    taken for certain, of any size. Places within `margin` points of an end or of a given break
    are not considered.
    """
    n = len(values)
    base, s, y = _seen(months, values, noise, margin, given)
    places = np.arange(margin, n - margin + 1)
    free = np.all([np.abs(places - place) >= margin for place in given] or [places > 0], axis=0)
    places, s = places[free], s[:, :, free]
    pull = np.einsum("cn,cnk->ck", y, s)
    own = np.einsum("cnk,cnk->ck", s, s)
    squares = not_zero(np.einsum("cn,cn->c", y, y), values)
    shrunk = STEP_SD**2 / (1 + STEP_SD**2 * own)
    left = np.maximum(squares[:, None] - shrunk * pull**2, 1e-12 * squares[:, None])
    half = 0.5 * (n - 1 - len(given))
    none = base - half * np.log(squares)
    some = base[:, None] - 0.5 * np.log1p(STEP_SD**2 * own) - half * np.log(left)
    some = some + np.log(1 / max(len(places), 1) if rate is None else rate)
    weight = _normalised(np.column_stack([none, some]).ravel()).reshape(len(none), -1)
    probability, change = np.zeros(n + 1), np.zeros(n + 1)
    probability[0] = weight[:, 0].sum()
    probability[places] = weight[:, 1:].sum(axis=0)
    total = np.maximum(weight[:, 1:].sum(axis=0), 1e-300)
    change[places] = (weight[:, 1:] * shrunk * pull).sum(axis=0) / total
    return probability, change


def _seen(
    months: Floats, values: Floats, noise: Floats, margin: int, given: tuple[int, ...]
) -> tuple[Floats, Floats, Floats]:
    """Log weight of each cell, steps and series, whitened, without the constant and given breaks.

    Harville's (1974) restricted likelihood: what is taken out has a flat prior.
    """
    cycle = has_cycle(months)
    cells = grid(months, noise, cycle)
    ones, norm, s = _steps(months.tobytes(), noise.tobytes(), cycle, margin)
    y = cells.whiten @ values
    y = y - ones * (np.einsum("cn,cn->c", ones, y) / norm)[:, None]
    base = -0.5 * (cells.logdet + np.log(norm)) + cells.logprior
    for place in given:
        s, y, size = _without(s, y, place - margin)
        base = base - 0.5 * np.log(size)
    return base, s, y


@lru_cache(maxsize=2)
def _steps(
    months_bytes: bytes, noise_bytes: bytes, cycle: bool, margin: int
) -> tuple[Floats, Floats, Floats]:
    """The whitened constant, its squared length, and every step with the constant taken out."""
    whiten = _grid(months_bytes, noise_bytes, cycle).whiten
    n = whiten.shape[1]
    steps = np.tril(np.ones((n, n)))[:, margin : n - margin + 1]
    ones = whiten.sum(axis=2)
    norm = np.einsum("cn,cn->c", ones, ones)
    seen = whiten @ steps
    along = np.einsum("cn,cnk->ck", ones, seen) / norm[:, None]
    return ones, norm, seen - ones[:, :, None] * along[:, None, :]


def _without(s: Floats, y: Floats, column: int) -> tuple[Floats, Floats, Floats]:
    """Steps and series with one step of unknown size taken out, and its squared length."""
    step = s[:, :, column]
    size = np.einsum("cn,cn->c", step, step)
    along = np.einsum("cn,cnk->ck", step, s) / size[:, None]
    left = y - step * (np.einsum("cn,cn->c", step, y) / size)[:, None]
    return s - step[:, :, None] * along[:, None, :], left, size


def grid(months: Floats, noise: Floats, cycle: bool) -> Cells:
    """The grid for points at these months with this relative noise; kept for equal designs."""
    return _grid(months.tobytes(), noise.tobytes(), cycle)


def number_of_cells(cycle: bool) -> int:
    """The cells of the grid, with or without a yearly cycle."""
    return len(PHI) * len(SHARE) * len(TREND) * (len(SEASON) if cycle else 1)


def covariances(months: Floats, noise: Floats, cycle: bool, chosen: NDArray[np.intp]) -> Floats:
    """The covariance of the points, in noise variances, in the grid's cells of these numbers."""
    base, extra = noises(months, noise), _extra(months, cycle)[0]
    phi, share, added = np.unravel_index(chosen, (*base.shape[:2], len(extra)))
    return np.asarray(base[phi, share] + extra[added])


@lru_cache(maxsize=16)
def _grid(months_bytes: bytes, noise_bytes: bytes, cycle: bool) -> Cells:
    months = np.frombuffer(months_bytes)
    noise = np.frombuffer(noise_bytes)
    extra = _extra(months, cycle)
    cells = (noises(months, noise)[:, :, None] + extra[0]).reshape(-1, len(months), len(months))
    factor = np.asarray(np.linalg.cholesky(cells + 1e-9 * np.eye(len(months))), np.float64)
    logdet = 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    weights: Any = np.log(PHI_WEIGHT)[:, None, None] + np.zeros((1, len(SHARE), 1)) + extra[1]
    shares = np.broadcast_to(SHARE[None, :, None], weights.shape).ravel()
    trending = np.broadcast_to(extra[2], weights.shape).ravel()
    return Cells(lower_inverse(factor), logdet, weights.ravel(), shares, trending)


def lower_inverse(factor: Floats) -> Floats:
    """The inverses of lower triangular matrices (m, n, n), by halves: products are fast."""
    n = factor.shape[1]
    if n <= 20:
        return np.asarray(np.linalg.inv(factor))
    half = n // 2
    inverse = np.zeros_like(factor)
    inverse[:, :half, :half] = lower_inverse(factor[:, :half, :half])
    inverse[:, half:, half:] = lower_inverse(factor[:, half:, half:])
    corner = factor[:, half:, :half] @ inverse[:, :half, :half]
    inverse[:, half:, :half] = -inverse[:, half:, half:] @ corner
    return inverse


def noises(months: Floats, noise: Floats) -> Floats:
    """Persistent and independent noise for every phi and share: (phis, shares, n, n)."""
    gaps = np.abs(months[:, None] - months[None, :])
    with np.errstate(divide="ignore"):
        persistent = np.where(gaps == 0, 1.0, PHI[:, None, None] ** gaps)
    share = SHARE[:, None, None]
    return np.asarray((1 - share) * persistent[:, None] + share * np.diag(noise))


def _extra(months: Floats, cycle: bool) -> tuple[Floats, Floats, Floats]:
    """Covariances of trend and cycle in every combination, log prior weights, and which trend."""
    rising, yearly = line(months), wave(months)
    parts, weights, trending = [], [], []
    for trend, trend_weight in zip(TREND, TREND_WEIGHT, strict=True):
        for season, season_weight in zip(SEASON, SEASON_WEIGHT, strict=True):
            if season and not cycle:
                continue
            parts.append(trend**2 * np.outer(rising, rising) + season**2 * yearly)
            trending.append(float(trend > 0))
            weights.append(np.log(trend_weight) + np.log(season_weight if cycle else 1.0))
    return np.array(parts), np.array(weights), np.array(trending)


def line(months: Floats) -> Floats:
    """A straight line through these months, of mean 0 and standard deviation 1."""
    centred = months - months.mean()
    return np.asarray(centred / max(float(centred.std()), 1e-9))


def wave(months: Floats) -> Floats:
    """A yearly cycle of any smooth shape: the periodic kernel (MacKay 1998), without its mean."""
    kernel = np.exp(-2 * np.sin(np.pi * (months[:, None] - months[None, :]) / 12) ** 2)
    middle = kernel - kernel.mean(axis=0) - kernel.mean(axis=1)[:, None] + kernel.mean()
    return np.asarray(middle / max(float(np.diagonal(middle).mean()), 1e-9))


def has_cycle(months: Floats) -> bool:
    """Enough points over more than a year and a half for a yearly cycle to be told."""
    return len(months) >= 18 and float(np.ptp(months)) >= 18


def log_share_above(squares: Floats, lowest: Floats, freedom: int) -> Floats:
    """Log posterior probability that the scale is not below what sampling alone gives."""
    from scipy.special import gammainc, gammaln

    x = squares / (2 * lowest)
    share = gammainc(freedom / 2, x)
    tiny = freedom / 2 * np.log(x) - x - gammaln(freedom / 2 + 1)
    return np.asarray(np.where(share > 1e-280, np.log(np.maximum(share, 1e-300)), tiny))


def not_zero(squares: Floats, values: Floats) -> Floats:
    """Keep series without any noise, values (n,) or (n, series), from dividing by zero."""
    size = np.abs(values).max(axis=0)
    size = np.where(size > 0, size, 1.0)
    return np.maximum(squares, np.maximum(1e-16 * size**2 * len(values), 1e-300))


def _normalised(logs: Floats) -> Floats:
    weight = np.exp(logs - logs.max())
    return np.asarray(weight / weight.sum())
