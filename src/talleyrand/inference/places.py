"""Where a level may have broken: the exact posterior of every place, given breaks elsewhere.

The model is that of `marginal`: a level, noise that persists and noise that does not, a possible
trend and yearly cycle, all integrated over a grid. Here persistence is counted from point to
point, so that a yearly or daily series may be as persistent as a monthly one. A possible break
is a step of N(0, 2) noise sds at any place, or a short excursion: a step up and back down, or
down and back up, at two places at once.

Everything follows from the precision matrices of the noise and sums over them (the restricted
likelihood of Harville 1974 by Schur complements), so that a place costs no more than a
subtraction; matrices are kept for series of equal design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference import marginal
from talleyrand.inference.marginal import Floats

WIDTHS = (3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40)  # points of an excursion
_BACK = 0.5  # of excursions, the share that return to the level before
_WAVES = 6  # columns that make up a yearly cycle, three waves
_WORTH = 0.02  # weight of a trend and cycle, below which excursions are not tried with it

Ints = NDArray[np.intp]


class Looked(NamedTuple):
    """Probabilities: of no break, of one at each place, of an excursion and where it is."""

    none: float
    place: Floats  # (n + 1,)
    excursion: float
    between: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Extra:
    """A trend and cycle that may be there: its columns, their prior precision, its weight."""

    columns: tuple[int, ...]
    precision: Floats
    logweight: float


@dataclass(frozen=True, slots=True)
class Design:
    """What the times and the relative noise of the points alone decide."""

    precision: Floats  # (cells, n, n)
    base: Floats  # (cells,) log prior and determinant
    steps: Floats  # (cells, n) squared length of each step
    apart: tuple[Floats, ...]  # product of two steps so many points apart, for each width
    fixed: Floats  # (n, columns) the constant, the line, the cycle
    weighted: Floats  # (cells, n, columns) the same times the precision
    extras: tuple[Extra, ...]


class _Part(NamedTuple):
    """What is left of series and steps under one extra, with the given breaks taken out."""

    weight: Floats  # (cells,)
    squares: Floats  # (cells,)
    pull: Floats  # (cells, n)
    own: Floats  # (cells, n)
    seen: Floats  # (cells, n, columns) steps against what is taken out
    taken: Floats  # the same times the inverse


def design(months: Floats, noise: Floats) -> Design:
    """The design of points at these months with this relative noise; kept for equal ones."""
    return _design(months.tobytes(), noise.tobytes())


def look(
    known: Design,
    values: Floats,
    given: Sequence[int],
    margin: int,
    rate: float,
    *,
    pairs: bool = True,
) -> Looked:
    """The posterior of a further break, with the `given` ones taken for certain, of any size.

    `rate` is the prior odds of a break at a place (Yao 1984), so an excursion has its square.
    Places within `margin` points of an end or of a given break are not considered.
    """
    n = len(values)
    places = np.arange(margin, n - margin + 1)
    for other in given:
        places = places[np.abs(places - other) >= margin]
    parts = _parts(known, values, given)
    half = 0.5 * (n - 1 - len(given))
    none = [part.weight - half * np.log(part.squares) for part in parts]
    step = [_scored(p, p.pull[:, places], p.own[:, places], half) + np.log(rate) for p in parts]
    empty, at_step = np.concatenate(none), np.concatenate(step)
    top = max(float(empty.max()), float(at_step.max(initial=-np.inf)))
    worth = [np.exp(a - top).sum() + np.exp(b - top).sum() for a, b in zip(none, step, strict=True)]
    tried = [p for p, w in zip(parts, worth, strict=True) if w > _WORTH * sum(worth)]
    where, odds = _excursions(known, tried if pairs else [], places, given, half)
    odds = odds + 2 * np.log(rate) + np.log(_BACK)
    top = max(top, float(odds.max(initial=-np.inf)))
    at_none, at_pair = float(np.exp(empty - top).sum()), np.exp(odds - top)
    place = np.zeros(n + 1)
    place[places] = np.exp(at_step - top).sum(axis=0)
    total = at_none + float(place.sum()) + float(at_pair.sum())
    best = where[int(np.argmax(odds))] if len(odds) else np.zeros(2, np.intp)
    between = (int(best[0]), int(best[1]))
    return Looked(at_none / total, place / total, float(at_pair.sum()) / total, between)


def _scored(part: _Part, pull: Floats, own: Floats, half: float) -> Floats:
    """Log weight of each cell with one more column of this pull and squared length."""
    size = marginal.STEP_SD**2
    squares = part.squares[:, None]
    left = np.maximum(squares - size / (1 + size * own) * pull**2, 1e-12 * squares)
    return np.asarray(part.weight[:, None] - 0.5 * np.log1p(size * own) - half * np.log(left))


def _excursions(
    known: Design, parts: list[_Part], places: Ints, given: Sequence[int], half: float
) -> tuple[Ints, Floats]:
    """All excursions that hold no given break, and the log odds of each."""
    free = np.zeros(known.fixed.shape[0], bool)
    free[places[places < len(free)]] = True
    pairs, odds = [], []
    for width, product in zip(WIDTHS, known.apart, strict=False):
        first = np.flatnonzero(free[:-width] & free[width:]) if parts else np.zeros(0, np.intp)
        for place in given:
            first = first[(place <= first) | (place >= first + width)]
        if not len(first):
            continue
        last = first + width
        pairs.append(np.column_stack([first, last]))
        odds.append(_total([_excursion(p, product, first, last, half) for p in parts]))
    if not pairs:
        return np.zeros((0, 2), np.intp), np.zeros(0)
    return np.concatenate(pairs), np.concatenate(odds)


def _excursion(part: _Part, product: Floats, first: Ints, last: Ints, half: float) -> Floats:
    crossed = np.einsum("cki,cki->ck", part.taken[:, first], part.seen[:, last])
    own = part.own[:, first] + part.own[:, last] - 2 * (product[:, first] - crossed)
    pull = part.pull[:, first] - part.pull[:, last]
    return _scored(part, pull, np.maximum(own, 1e-12), half)


def _total(logs: list[Floats]) -> Floats:
    every = np.concatenate(logs)
    top = every.max(axis=0)
    return np.asarray(top + np.log(np.exp(every - top).sum(axis=0)))


def _parts(known: Design, values: Floats, given: Sequence[int]) -> list[_Part]:
    """For every extra what is left of series and steps when the certain columns are taken out."""
    n = len(values)
    certain = np.column_stack([values, *[(np.arange(n) >= place).astype(float) for place in given]])
    columns = np.concatenate([certain, known.fixed], axis=1)
    weighted = np.concatenate([known.precision @ certain, known.weighted], axis=2)
    gram = np.einsum("np,cnq->cpq", columns, weighted)
    steps = np.flip(np.cumsum(np.flip(weighted, 1), axis=1), 1)
    first = certain.shape[1]
    floor = max(1e-16 * float(np.abs(values).max()) ** 2 * n, 1e-300)
    return [
        _part(known, gram, steps, [*range(1, first + 1), *(first + i for i in e.columns)], e, floor)
        for e in known.extras
    ]


def _part(
    known: Design, gram: Floats, steps: Floats, taken: list[int], extra: Extra, floor: float
) -> _Part:
    normal = gram[:, taken][:, :, taken]
    own = np.arange(len(taken) - len(extra.columns), len(taken))
    normal[:, own, own] += extra.precision
    inverse = np.linalg.inv(normal)
    along = gram[:, taken, 0]
    fitted = np.einsum("cij,cj->ci", inverse, along)
    squares = np.maximum(gram[:, 0, 0] - np.einsum("ci,ci->c", along, fitted), floor)
    seen = steps[:, :, taken]
    less = seen @ inverse
    size = np.linalg.slogdet(normal)[1] - np.log(extra.precision).sum()
    return _Part(
        known.base - 0.5 * size + extra.logweight,
        squares,
        steps[:, :, 0] - np.einsum("cki,ci->ck", seen, fitted),
        np.maximum(known.steps - np.einsum("cki,cki->ck", less, seen), 1e-12),
        seen,
        less,
    )


# --- the design ------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _design(months_bytes: bytes, noise_bytes: bytes) -> Design:
    months, noise = np.frombuffer(months_bytes), np.frombuffer(noise_bytes)
    n = len(months)
    persistence = _noise(_in_steps(months), noise) + 1e-9 * np.eye(n)
    logdet = np.asarray(np.linalg.slogdet(persistence)[1], float)
    precision = np.asarray(np.linalg.inv(persistence), float)
    prior = np.repeat(np.log(marginal.PHI_WEIGHT), len(marginal.SHARE))
    sums = np.flip(np.cumsum(np.cumsum(np.flip(precision, (1, 2)), 1), 2), (1, 2))
    fixed, extras = _fixed(months)
    return Design(
        precision,
        prior - 0.5 * logdet,
        np.diagonal(sums, axis1=1, axis2=2).copy(),
        tuple(np.diagonal(sums, w, axis1=1, axis2=2).copy() for w in WIDTHS if w < n),
        fixed,
        precision @ fixed,
        extras,
    )


def _noise(times: Floats, noise: Floats) -> Floats:
    """Covariances of persistent and independent noise, for every phi and share."""
    gaps = np.abs(times[:, None] - times[None, :])
    persistent = np.where(gaps == 0, 1.0, marginal.PHI[:, None, None] ** gaps)
    share = marginal.SHARE[:, None, None]
    every = (1 - share) * persistent[:, None] + share * np.diag(noise)
    return np.asarray(every.reshape(-1, *gaps.shape))


def _in_steps(months: Floats) -> Floats:
    """Times in steps from one point to the next, as most are."""
    gaps = np.diff(months)
    usual = float(np.median(gaps[gaps > 0])) if (gaps > 0).any() else 1.0
    return months / usual


def _fixed(months: Floats) -> tuple[Floats, tuple[Extra, ...]]:
    """The columns of level, trend and cycle, and the combinations that may be there."""
    centred = months - months.mean()
    line = centred / max(float(centred.std()), 1e-9)
    cycle = marginal.has_cycle(months)
    waves = _waves(months) if cycle else np.zeros((len(months), 0))
    every = tuple(range(2, 2 + waves.shape[1]))
    extras = []
    for trend, likely in zip(marginal.TREND, marginal.TREND_WEIGHT, strict=True):
        columns, precision = ((1,), [1 / trend**2]) if trend else ((), [])
        share = marginal.SEASON_WEIGHT if cycle else np.ones(1)
        extras.append(Extra(columns, np.array(precision), float(np.log(likely * share[0]))))
        if cycle:
            both = np.array([*precision, *[1.0] * len(every)])
            extras.append(Extra((*columns, *every), both, float(np.log(likely * share[1]))))
    return np.column_stack([np.ones_like(months), line, waves]), tuple(extras)


def _waves(months: Floats) -> Floats:
    """A yearly cycle of any smooth shape (the periodic kernel, MacKay 1998), as columns."""
    kernel = np.exp(-2 * np.sin(np.pi * (months[:, None] - months[None, :]) / 12) ** 2)
    middle = kernel - kernel.mean(axis=0) - kernel.mean(axis=1)[:, None] + kernel.mean()
    size, shape = np.linalg.eigh(middle / max(float(np.diagonal(middle).mean()), 1e-9))
    top = [i for i in np.argsort(size)[::-1][:_WAVES] if size[i] > 1e-6]
    return np.asarray(shape[:, top] * np.sqrt(size[top]))
