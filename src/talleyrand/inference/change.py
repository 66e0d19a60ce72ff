"""The exact posterior of a change of level across a known date, one series or many at once.

Series that share their dates share the grid of `marginal`, so many are judged in a few matrix
products. The noise after the date may be half or double of that before it, which tells a change of
spread from one of level. For each cell of the grid the change is a Student t (flat prior on level
and change, Jeffreys on the scale; Harville 1974 for the restricted likelihood), so the posterior
is a mixture of t. Beside it stands how well a trend without any step explains the series (`rival`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference import marginal
from talleyrand.inference.marginal import (
    STEP_SD,
    Cells,
    Floats,
    grid,
    has_cycle,
    log_share_above,
    not_zero,
)

RATIO = np.array([1.0, 0.5, 2.0])  # noise after the date in sds of the noise before it
RATIO_WEIGHT = np.array([0.8, 0.1, 0.1])
_NEGLIGIBLE = 1e-9  # weight of a cell, beyond what a quantile shows
_ROUNDED = 1e-12  # more than rounding makes of a probability
_SECANTS = 12


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
        """The value below which a share `q` of the posterior lies, by bisection.

        Eighty halvings, most of them told by a bracket found beforehand: the same value to the
        last bit as if each were worked out.
        """
        heavy = self.weight > _NEGLIGIBLE
        shown = replace(
            self, weight=self.weight[heavy], centre=self.centre[heavy], scale=self.scale[heavy]
        )
        reach = 60 * float(self.scale.max()) + float(np.ptp(self.centre))
        low, high = float(self.centre.min()) - reach, float(self.centre.max()) + reach
        guess = shown.mean, shown.spread
        return _halved(shown.below, q, (low, high), _bracket(shown.below, q, guess))


def _halved(
    share: Callable[[float], float],
    q: float,
    ends: tuple[float, float],
    known: tuple[float, float],
) -> float:
    """Where a rising share reaches q, by halving; outside `known` it is surely below or above."""
    (low, high), (under, over) = ends, known
    for _ in range(80):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        rising = middle <= under or (middle < over and share(middle) < q)
        low, high = (middle, high) if rising else (low, middle)
    return (low + high) / 2


def _bracket(
    share: Callable[[float], float], q: float, guess: tuple[float, float]
) -> tuple[float, float]:
    """Two points next to where a share reaches q: below the first and above the second it is sure.

    The secant method, from a centre and a spread; a point counts only where its share is off q
    by more than rounding could make of it.
    """
    found = {-np.inf: -1.0, np.inf: 1.0}
    centre, spread = guess
    point, other = centre + (spread if q > 0.5 else -spread) * 2, centre
    found[other] = share(other) - q
    for _ in range(_SECANTS):
        found[point] = share(point) - q
        rise = (found[point] - found[other]) / (point - other) if point != other else 0.0
        if not rise > 0:
            break
        if abs(found[point]) < _ROUNDED:
            for side in (point - 4 * _ROUNDED / rise, point + 4 * _ROUNDED / rise):
                found[side] = share(side) - q
            break
        other, point = point, point - found[point] / rise
    under = max(x for x, off in found.items() if off < -_ROUNDED)
    return under, min(x for x, off in found.items() if off > _ROUNDED)


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
    design = np.column_stack([np.ones_like(after), after])
    plain = np.linalg.lstsq(design, values, rcond=None)[0]
    rest = values - design @ plain  # the same residuals, and no digits lost to a high level
    columns = np.hstack([design, rest])
    added = [_moments(cells, columns / _spread(after, ratio), extra) for ratio in RATIO]
    normal, pull, own, more = (np.concatenate(one) for one in zip(*added, strict=True))
    cells = with_ratios(replace(cells, logdet=cells.logdet + more[: len(cells.logdet)]), after)
    inverse = np.linalg.inv(normal)
    fitted = inverse @ pull
    squares = not_zero(own - np.einsum("cks,cks->cs", fitted, pull), values)
    freedom = len(values) - 2
    constant = (cells.logdet + np.linalg.slogdet(normal)[1])[:, None]
    loglik = -0.5 * (constant + freedom * np.log(squares)) + _above(squares, floor, cells, freedom)
    weight = _normalised(loglik + cells.logprior[:, None])
    variance = np.maximum(squares / freedom, (floor / cells.share)[:, None])
    centre, unsure = fitted[:, 1] + plain[1], inverse[:, 1, 1, None]
    p_trend = np.asarray(cells.trending @ weight)
    beaten = rival(cells, normal[:, 0, 0], 1 / unsure, squares, centre, floor, freedom + 1)
    return Mixtures(weight, centre, np.sqrt(unsure * variance), freedom, p_trend, beaten)


def with_ratios(cells: Cells, after: Floats) -> Cells:
    """The cells (all but `whiten`) once for every ratio of the noise after to that before."""
    number, logs = len(cells.logdet), np.log(RATIO)
    return Cells(
        cells.whiten,
        np.tile(cells.logdet, len(RATIO)) + 2 * after.sum() * np.repeat(logs, number),
        np.tile(cells.logprior, len(RATIO)) + np.repeat(np.log(RATIO_WEIGHT), number),
        np.tile(cells.share, len(RATIO)) * np.repeat(np.minimum(RATIO, 1.0) ** 2, number),
        np.tile(cells.trending, len(RATIO)),
    )


def covariances(
    months: Floats, noise: Floats, after: Floats, cycle: bool, chosen: NDArray[np.intp]
) -> Floats:
    """The covariance of the points, in noise variances before the date, in cells of a mixture."""
    number = marginal.number_of_cells(cycle)
    base = marginal.covariances(months, noise, cycle, chosen % number)
    spread = np.stack([_spread(after, ratio)[:, 0] for ratio in RATIO])[chosen // number]
    return np.asarray(base * spread[:, :, None] * spread[:, None, :])


def _spread(after: Floats, ratio: float) -> Floats:
    """The noise of each point in sds of the noise before the date, (n, 1)."""
    return np.where(after == 1, ratio, 1.0)[:, None]


def _moments(
    cells: Cells, columns: Floats, extra: Floats | None
) -> tuple[Floats, Floats, Floats, Floats]:
    """Products of whitened design (two columns) and series: normal matrices, pulls, squares.

    And what `extra` noise of single points adds to the log determinants.
    """
    seen, more = cells.whiten @ columns, np.zeros_like(cells.logdet)
    if extra is not None and extra.any():
        seen, more = _noisier(cells, seen, extra)
    level, wanted = seen[:, :, :2], seen[:, :, 2:]
    turned = np.swapaxes(level, 1, 2)
    return turned @ level, turned @ wanted, np.einsum("cns,cns->cs", wanted, wanted), more


def _noisier(cells: Cells, seen: Floats, extra: Floats) -> tuple[Floats, Floats]:
    """Whitened columns where single points have more noise, and the log determinants' growth.

    Each point is an update of rank one to the covariance, whitened anew in turn.
    """
    places = np.flatnonzero(extra)
    size = np.sqrt(cells.share[:, None] * extra[places])
    columns = np.concatenate([cells.whiten[:, :, places] * size[:, None, :], seen], axis=2)
    more = np.zeros_like(cells.logdet)
    for k in range(len(places)):
        one = columns[:, :, k].copy()
        grown = np.einsum("cn,cn->c", one, one)
        shrink = (1 - 1 / np.sqrt(1 + grown)) / grown
        along = np.einsum("cn,cnk->ck", one, columns) * shrink[:, None]
        columns = columns - one[:, :, None] * along[:, None, :]
        more = more + np.log1p(grown)
    return columns[:, :, len(places) :], more


def rival(
    cells: Cells,
    norm: Floats,
    information: Floats,
    squares: Floats,
    centre: Floats,
    floor: float,
    freedom: int,
) -> Floats:
    """Bayes factor of a trend alone against a step, of a size N(0, STEP_SD) in noise sds.

    `norm` is the information on the level, `information` that on the change (cells, 1), `squares`
    what is left with a free change, `freedom` that without one.
    """
    pull = information * centre**2
    none = squares + pull
    some = squares + pull / (1 + STEP_SD**2 * information)
    base = (-0.5 * (cells.logdet + np.log(norm)) + cells.logprior)[:, None]
    alone = base - 0.5 * freedom * np.log(none) + _above(none, floor, cells, freedom)
    step = base - 0.5 * (np.log1p(STEP_SD**2 * information) + freedom * np.log(some))
    step = step + _above(some, floor, cells, freedom)
    trending = cells.trending == 1
    if not trending.any():
        return np.zeros(centre.shape[1])
    logs = _log_sum(alone[trending]) - np.log(marginal.P_TREND) - _log_sum(step)
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
