"""What the neighbouring tools do with a change across a known date, many series at once.

Each method takes a `Sample` and gives an estimate with the half-widths of its 95 % and its 90 %
interval: a change is claimed where the first excludes zero, steadiness (two one-sided tests at
5 %, Schuirmann 1987) where the second lies within the margin. tests/test_validity.py holds them
against statsmodels.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import stdtrit

from samples import Floats, Sample

Estimate = tuple[Floats, Floats, Floats]
Q = (0.975, 0.95)
_BOOTSTRAPS = 99


def welch(sample: Sample) -> Estimate:
    """Welch's t, every point taken for independent."""
    y, after = sample.values, sample.after == 1
    return _welch(y[after], y[~after])


def quasi_poisson(sample: Sample, *, persistent: bool = False) -> Estimate | None:
    """Poisson regression, dispersion estimated; widened by the residuals' AR(1) on request."""
    if sample.counts is None:
        return None
    counts, after = sample.counts, sample.after == 1
    means = np.where(after[:, None], counts[after].mean(axis=0), counts[~after].mean(axis=0))
    pearson = (counts - means) / np.sqrt(np.maximum(means, 1e-9))
    n = len(counts)
    dispersion = (pearson**2).sum(axis=0) / (n - 2)
    sums = [np.maximum(counts[side].sum(axis=0), 0.5) for side in (after, ~after)]
    error = np.sqrt(dispersion * (1 / sums[0] + 1 / sums[1]))
    freedom = np.full(error.shape, n - 2.0)
    if persistent:
        rho = np.clip(_lag_one(pearson - pearson.mean(axis=0)), 0.0, 0.95)
        factor = (1 + rho) / (1 - rho)
        error, freedom = error * np.sqrt(factor), np.maximum(n / factor, 3.0)
    ratio = np.log(sums[0] / after.sum()) - np.log(sums[1] / (~after).sum())
    return _with_t(ratio, error, freedom)


def quasi_poisson_ar1(sample: Sample) -> Estimate | None:
    """Quasi-Poisson with AR(1) correction."""
    return quasi_poisson(sample, persistent=True)


def hac(sample: Sample) -> Estimate:
    """Least squares with Bartlett weights (Newey and West 1987), a year of lags at most."""
    y, n = sample.values, len(sample.values)
    design = np.column_stack([np.ones(n), sample.after])
    inverse = np.linalg.inv(design.T @ design)
    fitted = inverse @ design.T @ y
    scores = (design @ inverse)[:, 1, None] * (y - design @ fitted)
    total = (scores**2).sum(axis=0)
    lags = min(12, n // 4)
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * (scores[lag:] * scores[:-lag]).sum(axis=0)
    error = np.sqrt(np.maximum(total, 1e-300) * n / (n - 2))
    return _with_t(fitted[1], error, np.full(error.shape, n - 2.0))


def prais_winsten(sample: Sample) -> Estimate:
    """Iterated generalised least squares with AR(1) errors, the first point kept."""
    estimate, error, _, _ = feasible(sample.values, sample.after)
    return _with_t(estimate, error, np.full(error.shape, len(sample.values) - 2.0))


def bootstrap(sample: Sample) -> Estimate:
    """Prais-Winsten with the t of series drawn from the fitted AR(1) (parametric bootstrap-t)."""
    n, count = sample.values.shape
    estimate, error, rho, sd = feasible(sample.values, sample.after)
    rng = np.random.default_rng(count)
    shock = rng.standard_normal((n, count, _BOOTSTRAPS)) * sd[:, None]
    rho = rho[:, None]
    shock[0] /= np.sqrt(1 - rho**2)
    for t in range(1, n):
        shock[t] += rho * shock[t - 1]
    again, errors, _, _ = feasible(shock.reshape(n, -1), sample.after)
    size = np.abs(again / errors).reshape(count, _BOOTSTRAPS)
    wide, narrow = (np.quantile(size, q, axis=1) for q in (0.95, 0.9))
    return estimate, wide * error, narrow * error


def blocks(sample: Sample) -> Estimate:
    """Welch's t on means of blocks of six points (Ibragimov and Mueller 2010, 2016)."""
    sides = []
    for side in (1, 0):
        values = sample.values[sample.after == side]
        size = min(6, len(values) // 2)
        kept = values[: len(values) // size * size]
        sides.append(kept.reshape(-1, size, kept.shape[1]).mean(axis=1))
    return _welch(*sides)


def structural(sample: Sample) -> Estimate:
    """Local level and step by maximum likelihood, as in CausalImpact (Brodersen et al. 2015).

    statsmodels' UnobservedComponents with the ratio of the two variances on a grid; the level
    starts diffuse. No prior on the step and no controls.
    """
    months, n = sample.months, len(sample.months)
    design = np.column_stack([np.ones(n), sample.after])
    walk = np.minimum(months[:, None], months[None, :]) - months.min()
    best: tuple[Floats, Floats, Floats] | None = None
    for ratio in (0.0, *np.geomspace(1e-5, 100, 43)):
        root = np.linalg.inv(np.linalg.cholesky(np.eye(n) + ratio * walk))
        level, y = root @ design, root @ sample.values
        inverse = np.linalg.inv(level.T @ level)
        fitted = inverse @ (level.T @ y)
        variance = ((y - level @ fitted) ** 2).sum(axis=0) / (n - 1)
        constant = 2 * np.log(np.diagonal(root)).sum() - np.log((root.sum(axis=1) ** 2).sum())
        logs = 0.5 * (constant - (n - 1) * np.log(variance))
        found = (logs, fitted[1], np.sqrt(inverse[1, 1] * variance))
        better = logs > best[0] if best else np.ones(len(logs), bool)
        best = tuple(np.where(better, a, b) for a, b in zip(found, best or found, strict=True))
    assert best
    return _with_t(best[1], best[2], np.full(best[1].shape, 1e6))


def oracle(sample: Sample) -> Estimate | None:
    """Generalised least squares told the true covariance: what no method can beat by much."""
    if sample.covariance is None:
        return None
    n = len(sample.values)
    design = np.column_stack([np.ones(n), sample.after])
    weighed = np.linalg.solve(sample.covariance, design)
    inverse = np.linalg.inv(design.T @ weighed)
    fitted = inverse @ (weighed.T @ sample.values)
    error = np.full(sample.values.shape[1], np.sqrt(inverse[1, 1]))
    return _with_t(fitted[1], error, np.full(error.shape, 1e6))


METHODS: dict[str, Callable[[Sample], Estimate | None]] = {
    "Welch t": welch,
    "quasi-Poisson, AR(1) corrected": quasi_poisson_ar1,
    "HAC (Bartlett)": hac,
    "Prais-Winsten": prais_winsten,
    "parametric bootstrap, AR(1)": bootstrap,
    "block means (Ibragimov-Mueller)": blocks,
    "structural: local level and step": structural,
    "told the true noise": oracle,
}


def feasible(y: Floats, after: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Prais-Winsten: step, its standard error, rho and the sd of the shocks, of (n, series)."""
    n = len(y)
    rho = np.zeros(y.shape[1])
    for turn in range(8):
        one, step, seen = (_quasi(column, rho) for column in (np.ones((n, 1)), after[:, None], y))
        aa, ab, bb = (one**2).sum(axis=0), (one * step).sum(axis=0), (step**2).sum(axis=0)
        ay, by = (one * seen).sum(axis=0), (step * seen).sum(axis=0)
        determinant = aa * bb - ab**2
        level, change = (bb * ay - ab * by) / determinant, (aa * by - ab * ay) / determinant
        if turn < 7:
            residual = y - level - change * after[:, None]
            rho = np.clip(_lag_one(residual), -0.98, 0.98)
    sd = np.sqrt(((seen - level * one - change * step) ** 2).sum(axis=0) / (n - 2))
    return change, sd * np.sqrt(aa / determinant), rho, sd


def _quasi(column: Floats, rho: Floats) -> Floats:
    """Quasi-differences, the first point scaled."""
    first = np.sqrt(1 - rho**2) * column[:1]
    return np.concatenate([first, column[1:] - rho * column[:-1]])


def _lag_one(residual: Floats) -> Floats:
    squares = np.maximum((residual[:-1] ** 2).sum(axis=0), 1e-300)
    return np.asarray((residual[1:] * residual[:-1]).sum(axis=0) / squares)


def _with_t(estimate: Floats, error: Floats, freedom: Floats) -> Estimate:
    wide, narrow = (stdtrit(freedom, q) * error for q in Q)
    return estimate, wide, narrow


def _welch(one: Floats, other: Floats) -> Estimate:
    parts = [side.var(axis=0, ddof=1) / len(side) for side in (one, other)]
    total = np.maximum(parts[0] + parts[1], 1e-300)
    freedom = total**2 / (parts[0] ** 2 / (len(one) - 1) + parts[1] ** 2 / (len(other) - 1))
    return _with_t(one.mean(axis=0) - other.mean(axis=0), np.sqrt(total), freedom)
