"""Agreement of two states' votes beyond what chance gives, with its standard error.

Follows Haege (2011), Political Analysis 19:287-305, for valued votes: yes 1, abstain 2, no 3, and
squared distances, so that yes against no counts four times an abstention. Observed
disagreement D is the mean squared distance of the two votes over the roll calls in which both
took part (an absence is missing, never an abstention); expected disagreement E is what the votes
would show if cast independently. The agreement is 1 - D/E: 1 where all votes are alike, 0 where
they agree no more than by chance.

- `pi` (Scott 1955; the default): chance draws both votes from the pair's common distribution. A
  lasting difference in how the two vote is disagreement, and steady opposition gives -1.
- `kappa` (Cohen 1960): chance draws each vote from the state's own distribution. A lasting
  difference is put down to habit, so that a steady yes against a steady no gives 0.
- `s` (Signorino and Ritter 1999, absolute distances): not corrected for chance; for comparison.

Whatever the measure, votes adopted by consensus are not in it (Haege and Hug 2016).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Measure = Literal["pi", "kappa", "s"]
Array = NDArray[np.float64]

_VOTES = (1, 2, 3)
_SCALE = np.array([-1.0, 0.0, 1.0])  # the same votes about the abstention
_SQUARED = (_SCALE[:, None] - _SCALE[None, :]) ** 2
_ABSOLUTE = np.abs(_SCALE[:, None] - _SCALE[None, :])


class Agreement(NamedTuple):
    """Values, their standard errors, and the roll calls behind them: states by states.

    A value is not a number (NaN) where both states always cast the same one vote, or never
    voted together: there chance alone explains everything.
    """

    value: Array
    se: Array
    n: Array


def agreement(votes: ArrayLike, measure: Measure = "pi") -> Agreement:
    """The agreement of every pair of states; `votes` is roll calls by states.

    Anything but 1, 2 and 3 counts as missing. The standard error is that of roll calls drawn
    independently of each other, to first order (delta method), after adding one roll call in
    which the two agree as chance would have it: so a run of identical votes is not taken
    for certainty.
    """
    ballots = np.asarray(votes)
    voters = np.flatnonzero(np.isin(ballots, _VOTES).any(axis=0))
    first, second = np.triu_indices(len(voters))
    found = _judged(_tables(ballots[:, voters], first, second), measure)
    places = voters[first], voters[second]
    empty = (np.nan, np.nan, 0.0)
    square = (
        _square(*filled, *places, ballots.shape[1]) for filled in zip(found, empty, strict=True)
    )
    return Agreement(*square)


def pair(first: ArrayLike, second: ArrayLike, measure: Measure = "pi") -> Agreement:
    """The same for two states' votes on the same roll calls: three numbers."""
    found = agreement(np.stack([np.asarray(first), np.asarray(second)], axis=1), measure)
    return Agreement(found.value[0, 1], found.se[0, 1], found.n[0, 1])


def _tables(votes: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> Array:
    """How often the first of a pair voted v while the second voted w: v by w by pair."""
    cast = [(votes == vote).astype(np.float32) for vote in _VOTES]
    places = first * votes.shape[1] + second
    return np.array([[(a.T @ b).ravel()[places] for b in cast] for a in cast], dtype=np.float64)


def _square(
    values: Array, empty: float, first: NDArray[Any], second: NDArray[Any], states: int
) -> Array:
    whole = np.full((states, states), empty)
    whole[first, second] = whole[second, first] = values
    return whole


# --- below, counts and shares are v by w by pair ---------------------------------------------


def _judged(counts: Array, measure: Measure) -> Agreement:
    n = counts.sum(axis=(0, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = counts / n
        value = _value(shares, measure)
        se = _standard_error(_padded(counts, n), measure)
    return Agreement(value, np.where(np.isfinite(value), se, np.nan), n)


def _value(shares: Array, measure: Measure) -> Array:
    if measure == "s":
        return 1 - _mean(_ABSOLUTE, shares)
    observed, expected = _mean(_SQUARED, shares), _expected(shares, measure)
    return 1 - observed / np.where(expected > 1e-12, expected, np.nan)


def _mean(distance: Array, shares: Array) -> Array:
    found: Array = distance.ravel() @ shares.reshape(len(_VOTES) ** 2, -1)
    return found


def _expected(shares: Array, measure: Measure) -> Array:
    """The mean squared distance of two votes drawn independently, from their moments."""
    rows, columns = _margins(shares, measure)
    found: Array = _SCALE**2 @ rows + _SCALE**2 @ columns - 2 * (_SCALE @ rows) * (_SCALE @ columns)
    return found


def _margins(shares: Array, measure: Measure) -> tuple[Array, Array]:
    """How chance casts the two votes: alike for pi, each in its own way for kappa."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    if measure == "pi":
        rows = columns = (rows + columns) / 2
    return rows, columns


def _padded(counts: Array, n: Array) -> Array:
    """One more roll call, spread as if the two had voted independently."""
    rows, columns = _margins(counts / n, "kappa")
    return counts + rows[:, None] * columns[None, :]


def _standard_error(counts: Array, measure: Measure) -> Array:
    """The delta method: the spread of each roll call's influence on the value."""
    n = counts.sum(axis=(0, 1))
    shares = counts / n
    influence = _influence(shares, measure)
    mean = (shares * influence).sum(axis=(0, 1))
    variance = (shares * influence**2).sum(axis=(0, 1)) - mean**2
    found: Array = np.sqrt(np.maximum(variance, 0) / (n - 1))
    return found


def _influence(shares: Array, measure: Measure) -> Array:
    """How the value moves with the share of each pair of votes: v by w by pair."""
    if measure == "s":
        return np.repeat(-_ABSOLUTE[:, :, None], shares.shape[2], axis=2)
    observed, expected = _mean(_SQUARED, shares), _expected(shares, measure)
    rows, columns = _margins(shares, measure)
    growth = _distances(columns)[:, None] + _distances(rows)[None, :]
    found: Array = (growth * (observed / expected) - _SQUARED[:, :, None]) / expected
    return found


def _distances(margin: Array) -> Array:
    """The mean squared distance of each possible vote from votes so distributed."""
    found: Array = _SQUARED @ margin
    return found
