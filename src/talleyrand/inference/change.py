"""The exact posterior of a change of level across a known date, one series or many at once.

Series that share their dates share the grid of `marginal`, so many are judged in a few matrix
products. For each cell of the grid the change is a Student t (flat prior on level and change,
Jeffreys on the scale; Harville 1974 for the restricted likelihood), so the posterior is a mixture
of t. Beside it stands how well a trend without any step explains the series (`rival`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from talleyrand.inference.marginal import (
    STEP_SD,
    Cells,
    Floats,
    grid,
    has_cycle,
    log_share_above,
    not_zero,
)


@dataclass(frozen=True, slots=True)
class Mixtures:
    """Mixtures of Student t distributions, one a column: the posteriors of many changes."""

    weight: Floats  # (cells, series)
    centre: Floats  # (cells, series)
    scale: Floats  # (cells, series)
    freedom: int
    p_trend: Floats  # (series,) that a trend runs through it
    rival: Floats  # (series,) Bayes factor of a trend without a step against a step

    def below(self, x: float) -> Floats:
        """P(change <= x) of each."""
        from scipy.special import stdtr

        shares = stdtr(self.freedom, (x - self.centre) / self.scale)
        return np.asarray(np.einsum("cs,cs->s", self.weight, shares))

    @property
    def mean(self) -> Floats:
        return np.asarray(np.einsum("cs,cs->s", self.weight, self.centre))


@dataclass(frozen=True, slots=True)
class Mixture:
    """A mixture of Student t distributions: the posterior of a change."""

    weight: Floats
    centre: Floats
    scale: Floats
    freedom: int
    p_trend: float = 0.0
    rival: float = 0.0

    def below(self, x: float) -> float:
        """P(change <= x)."""
        from scipy.special import stdtr

        return float(self.weight @ stdtr(self.freedom, (x - self.centre) / self.scale))

    @property
    def mean(self) -> float:
        return float(self.weight @ self.centre)

    @property
    def spread(self) -> float:
        """The scale of the whole mixture, the cells' disagreement included."""
        return float(np.sqrt(self.weight @ (self.scale**2 + (self.centre - self.mean) ** 2)))

    def quantile(self, q: float) -> float:
        """The value below which a share `q` of the posterior lies, by bisection."""
        reach = 60 * float(self.scale.max()) + float(np.ptp(self.centre))
        low, high = float(self.centre.min()) - reach, float(self.centre.max()) + reach
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < q else (low, middle)
        return (low + high) / 2


def posterior(
    months: Floats,
    values: Floats,
    after: Floats,
    noise: Floats,
    floor: float,
    extra: Floats | None = None,
) -> Mixture:
    """The posterior of the change across a known date: `posteriors` of one series, (n,)."""
    found = posteriors(months, values[:, None], after, noise, floor, extra)
    parts = (found.weight[:, 0], found.centre[:, 0], found.scale[:, 0], found.freedom)
    return Mixture(*parts, float(found.p_trend[0]), float(found.rival[0]))


def posteriors(
    months: Floats,
    values: Floats,
    after: Floats,
    noise: Floats,
    floor: float,
    extra: Floats | None = None,
) -> Mixtures:
    """The posteriors of the change across a known date of many series on the same dates.

    `months` is the time of each point in months, `values` the series (n, series), `after` 0 or 1,
    `noise` each point's relative sampling variance (mean 1), `floor` the mean sampling variance
    known from counts (0 where unknown), below which the independent noise cannot fall. `extra` is
    noise of single points on top of it, as outliers get, for all series alike.
    """
    cells = grid(months, noise, has_cycle(months))
    seen = cells.whiten @ np.column_stack([np.ones_like(after), after, values])
    if extra is not None:
        cells, seen = _noisier(cells, seen, extra)
    level, wanted = seen[:, :, :2], seen[:, :, 2:]
    normal = np.swapaxes(level, 1, 2) @ level
    inverse = np.linalg.inv(normal)
    fitted = inverse @ (np.swapaxes(level, 1, 2) @ wanted)
    wanted = wanted - level @ fitted
    squares = not_zero(np.einsum("cns,cns->cs", wanted, wanted), values)
    freedom = len(values) - 2
    constant = (cells.logdet + np.linalg.slogdet(normal)[1])[:, None]
    loglik = -0.5 * (constant + freedom * np.log(squares)) + _above(squares, floor, cells, freedom)
    weight = _normalised(loglik + cells.logprior[:, None])
    variance = np.maximum(squares / freedom, (floor / cells.share)[:, None])
    centre, unsure = fitted[:, 1], inverse[:, 1, 1, None]
    p_trend = np.asarray(cells.trending @ weight)
    rival = _rival(cells, normal[:, 0, 0], 1 / unsure, squares, centre, floor, freedom + 1)
    return Mixtures(weight, centre, np.sqrt(unsure * variance), freedom, p_trend, rival)


def _noisier(cells: Cells, seen: Floats, extra: Floats) -> tuple[Cells, Floats]:
    """Cells (all but `whiten`) and whitened columns where single points have more noise.

    Each point is an update of rank one to the covariance, whitened anew in turn.
    """
    places = np.flatnonzero(extra)
    size = np.sqrt(cells.share[:, None] * extra[places])
    columns = np.concatenate([cells.whiten[:, :, places] * size[:, None, :], seen], axis=2)
    logdet = cells.logdet
    for k in range(len(places)):
        one = columns[:, :, k].copy()
        grown = np.einsum("cn,cn->c", one, one)
        shrink = (1 - 1 / np.sqrt(1 + grown)) / grown
        along = np.einsum("cn,cnk->ck", one, columns) * shrink[:, None]
        columns = columns - one[:, :, None] * along[:, None, :]
        logdet = logdet + np.log1p(grown)
    return replace(cells, logdet=logdet), columns[:, :, len(places) :]


def _rival(
    cells: Cells,
    norm: Floats,
    information: Floats,
    squares: Floats,
    centre: Floats,
    floor: float,
    freedom: int,
) -> Floats:
    """Bayes factor of a trend alone against a step, of a size N(0, STEP_SD) in noise sds."""
    pull = information * centre**2
    none = squares + pull
    some = squares + pull / (1 + STEP_SD**2 * information)
    base = (-0.5 * (cells.logdet + np.log(norm)) + cells.logprior)[:, None]
    alone = base - 0.5 * freedom * np.log(none) + _above(none, floor, cells, freedom)
    step = base - 0.5 * (np.log1p(STEP_SD**2 * information) + freedom * np.log(some))
    step = step + _above(some, floor, cells, freedom)
    trending = cells.trending == 1
    prior = np.log(np.exp(cells.logprior[trending]).sum() / np.exp(cells.logprior).sum())
    logs = _log_sum(alone[trending]) - prior - _log_sum(step)
    return np.asarray(np.exp(np.minimum(logs, 500.0)))


def _above(squares: Floats, floor: float, cells: Cells, freedom: int) -> Floats:
    """Log probability that the noise is not below the floor; nothing where there is none."""
    if floor <= 0:
        return np.zeros(1)
    return log_share_above(squares, (floor / cells.share)[:, None], freedom)


def _normalised(logs: Floats) -> Floats:
    weight = np.exp(logs - logs.max(axis=0))
    return np.asarray(weight / weight.sum(axis=0))


def _log_sum(logs: Floats) -> Floats:
    top = logs.max(axis=0)
    return np.asarray(top + np.log(np.exp(logs - top).sum(axis=0)))
