"""What would settle an open question: how many more points, or which wider window.

A longer record is foreseen from the present one: its new points are drawn from what the present
posterior says of the noise and its persistence, with the present estimate taken for the truth,
and judged by the same rule. A record is long enough when four in five such futures give SHIFT or
STEADY. The draws are the same every time, so the same series always gets the same advice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talleyrand.inference.change import Mixture, Mixtures, covariances, rival, with_ratios
from talleyrand.inference.decision import OUTCOMES, Thresholds, decide_all
from talleyrand.inference.foreseen import moments
from talleyrand.inference.marginal import (
    Cells,
    Floats,
    grid,
    has_cycle,
    log_share_above,
)
from talleyrand.model import Outcome

CHANCE = 0.9  # by the model, at which a record is called long enough: measured, four in five
FURTHER = (1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48)  # points after the date to try
_MOST_POINTS = 84
LIKELY = 0.5  # of an answer, at which records there are already are worth a try
_WEIGHT = 0.995  # of the posterior: the cells that hold it are looked at
_FUTURES = 30


@dataclass(frozen=True, slots=True)
class Record:
    """The points judged, as `posterior` takes them, and what it found in them."""

    found: Mixture
    months: Floats
    values: Floats
    after: Floats
    noise: Floats
    floor: float


@dataclass(frozen=True, slots=True)
class Design:
    """When the points of a longer record are: the present ones (`old`) and others."""

    months: Floats
    after: Floats
    noise: Floats
    old: Floats  # 1 where the point is one of the present record, in the same order


def further_points(
    record: Record, step: float, margin: float, thresholds: Thresholds
) -> int | None:
    """The number of further points after the date, `step` months apart, that would settle it."""
    fits = [more for more in FURTHER if len(record.months) + more <= _MOST_POINTS]
    designs = [_longer(record, more, step) for more in fits]
    place, likely = first_settling(record, designs, margin, thresholds)
    return fits[place] if likely >= CHANCE else None


def first_settling(
    record: Record, designs: Sequence[Design], margin: float, thresholds: Thresholds
) -> tuple[int, float]:
    """The first of ever larger designs that would settle it, by bisection, and its chance.

    Where none has the chance wanted, the largest that can be tried with its own; (0, 0.0) where
    there is none.
    """
    fits = [design for design in designs if len(design.months) <= _MOST_POINTS]
    low, high = 0, len(fits) - 1
    likely = chance(record, fits[-1], margin, thresholds) if fits else 0.0
    if likely < CHANCE:
        return max(high, 0), likely
    while low < high:
        middle = (low + high) // 2
        tried = chance(record, fits[middle], margin, thresholds)
        if tried >= CHANCE:
            high, likely = middle, tried
        else:
            low = middle + 1
    return high, likely


def chance(record: Record, design: Design, margin: float, thresholds: Thresholds) -> float:
    """The share of futures of this design that are settled, if the estimate is the truth."""
    kept = _cells(record)
    futures = _futures(record, design, kept)
    answers = _answers(record, design, futures, kept)
    settled = decide_all(answers, margin, thresholds)[0] != OUTCOMES.index(Outcome.UNCLEAR)
    return float(settled.mean())


def point_noise(record: Record) -> float:
    """The standard deviation of one point about its level."""
    kept = _cells(record)
    weight = record.found.weight[kept]
    return float(np.sqrt(weight @ _point_variances(record, kept) / weight.sum()))


def _cells(record: Record) -> np.ndarray:
    """The cells of the grid that hold nearly all the weight, most first."""
    order = np.argsort(record.found.weight)[::-1]
    share = np.cumsum(record.found.weight[order])
    return order[: int(np.searchsorted(share, _WEIGHT * share[-1])) + 1]


def _point_variances(record: Record, cells: np.ndarray) -> Floats:
    """The noise variance in each cell: that of the change, less what the design makes of it."""
    n = len(record.months)
    level = np.column_stack([np.ones(n), record.after])
    cycle = has_cycle(record.months)
    covariance = covariances(record.months, record.noise, record.after, cycle, cells)
    covariance = covariance + 1e-9 * np.eye(n)
    solved = np.linalg.solve(covariance, np.broadcast_to(level, (len(cells), n, 2)))
    unit = np.linalg.inv(level.T @ solved)[:, 1, 1]
    return np.asarray(record.found.scale[cells] ** 2 / unit)


def _futures(record: Record, design: Design, cells: np.ndarray) -> Floats:
    """Longer records: the present values with others drawn to go with them, (points, futures)."""
    rng = np.random.default_rng(0)
    share = np.cumsum(record.found.weight[cells])
    drawn = np.searchsorted(share / share[-1], (np.arange(_FUTURES) + 0.5) / _FUTURES)
    variances = _point_variances(record, cells)
    old = design.old == 1
    values = np.empty((len(design.months), _FUTURES))
    values[old] = record.values[:, None]
    change = record.found.mean
    freedom = record.found.freedom
    some = np.unique(drawn)
    cycle = has_cycle(record.months)
    covariance = covariances(design.months, design.noise, design.after, cycle, cells[some])
    covariance = covariance + 1e-9 * np.eye(len(design.months))
    means, roots = _to_come(record.values - change * record.after, covariance, old)
    for cell, mean, root in zip(some, means, roots, strict=True):
        mine = np.flatnonzero(drawn == cell)
        size = np.sqrt(variances[cell] * freedom / rng.chisquare(freedom, len(mine)))
        noise = root @ rng.standard_normal((len(mean), len(mine))) * size
        values[np.ix_(~old, mine)] = (mean + change * design.after[~old])[:, None] + noise
    return values


def _to_come(flat: Floats, covariance: Floats, old: np.ndarray) -> tuple[Floats, Floats]:
    """Means and roots of the covariances of other points, given these without their change.

    `covariance` has one matrix a cell; gives (cells, points to come) and their square roots.
    """
    known, cross = covariance[:, old][:, :, old], covariance[:, ~old][:, :, old]
    turned = np.swapaxes(cross, 1, 2)
    given = np.broadcast_to(np.column_stack([flat, np.ones(len(flat))]), (*known.shape[:2], 2))
    solved = np.linalg.solve(known, np.concatenate([given, turned], axis=2))
    information = solved[:, :, 1].sum(axis=1)[:, None]
    level = solved[:, :, 0].sum(axis=1)[:, None] / information
    rest = (solved[:, :, 0] - level * solved[:, :, 1])[:, :, None]
    mean = level + (cross @ rest)[:, :, 0]
    unsure = 1 - (cross @ solved[:, :, 1:2])[:, :, 0]  # of the level itself
    spread = covariance[:, ~old][:, :, ~old] - cross @ solved[:, :, 2:]
    spread = spread + unsure[:, :, None] * unsure[:, None, :] / information[:, :, None]
    return mean, np.linalg.cholesky(spread + 1e-9 * np.eye(mean.shape[1]))


def _answers(record: Record, design: Design, futures: Floats, cells: np.ndarray) -> Mixtures:
    """The posterior of the change in each future, over these cells: as `posteriors`."""
    n = len(design.months)
    cycle = has_cycle(record.months)
    columns = np.column_stack([np.ones(n), design.after, futures])
    normal, pull, squares, logdet = moments(
        design.months, design.noise, design.after, cycle, cells, columns
    )
    inverse = np.linalg.inv(normal)
    fitted = inverse @ pull
    squares = np.maximum(squares - np.einsum("ckf,ckf->cf", pull, fitted), 1e-300)
    freedom = n - 2
    same = grid(record.months, record.noise, cycle)
    prior = with_ratios(same, record.after)
    constant = logdet + np.linalg.slogdet(normal)[1]
    loglik = -0.5 * (constant[:, None] + freedom * np.log(squares)) + prior.logprior[cells, None]
    lowest = (record.floor / prior.share[cells])[:, None]
    if record.floor > 0:
        loglik = loglik + log_share_above(squares, lowest, freedom)
    scale = np.sqrt(inverse[:, 1, 1, None] * np.maximum(squares / freedom, lowest))
    weight = np.exp(loglik - loglik.max(axis=0))
    weight /= weight.sum(axis=0)
    trending = prior.trending[cells]
    chosen = Cells(same.whiten, logdet, prior.logprior[cells], prior.share[cells], trending)
    known = 1 / inverse[:, 1, 1, None]
    beaten = rival(chosen, normal[:, 0, 0], known, squares, fitted[:, 1], record.floor, freedom + 1)
    return Mixtures(weight, fitted[:, 1], scale, freedom, trending @ weight, beaten)


def _longer(record: Record, more: int, step: float) -> Design:
    n = len(record.months)
    later = record.months[-1] + step * np.arange(1, more + 1)
    typical = float(np.median(record.noise[record.after == 1]))
    return Design(
        np.concatenate([record.months, later]),
        np.concatenate([record.after, np.ones(more)]),
        np.concatenate([record.noise, np.full(more, typical)]),
        np.concatenate([np.ones(n), np.zeros(more)]),
    )
