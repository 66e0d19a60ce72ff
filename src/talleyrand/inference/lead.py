"""Which of two series leads the other? Cross-correlation with a test by circular shifts.

The lead is the sum of correlations of the first with the second some steps later, less the sum the
other way round. Shifting one series round its circle keeps how each persists and breaks only
their alignment (Theiler et al. 1992 on surrogates), so a trend of its own leads nobody.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_FEWEST = 15  # steps on which both have a value


class Lead(NamedTuple):
    """`lead` is above 0 where the first leads; `best` is the lag of the highest correlation."""

    lead: float
    best: int
    correlation: float
    p: float
    steps: int


def lead(first: Values, second: Values, reach: int = 3) -> Lead | None:
    """Compare two series of one length, NaN where there is no value; None where too few overlap."""
    both = int((~np.isnan(first) & ~np.isnan(second)).sum())
    size = len(first)
    if both < _FEWEST or size < 4 * reach + 4:
        return None
    turned = [np.roll(second, by) for by in (0, *range(reach + 1, size - reach))]
    at_all = _correlations(first, np.array(turned), reach)
    at_lags, observed = at_all[0], float(_lead(at_all[:1], reach)[0])
    shifted = _lead(at_all[1:], reach)
    extreme = int((np.abs(shifted) >= abs(observed) - 1e-12).sum())
    best = int(np.argmax(np.abs(at_lags)))
    p = (extreme + 1) / (len(shifted) + 1)
    return Lead(observed, best - reach, float(at_lags[best]), p, both)


def holm(chances: list[float]) -> list[float]:
    """The chances corrected for how many were looked at (Holm 1979), in the order given."""
    order = np.argsort(chances, kind="stable")
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, chances[place] * (len(chances) - rank)))
        corrected[place] = highest
    return corrected


def _correlations(first: Values, seconds: Values, reach: int) -> Values:
    """Correlations of first(t) with second(t + lag), for lags from -reach to reach, a row each."""
    lags = range(-reach, reach + 1)
    return np.stack([_correlation(first, np.roll(seconds, -lag, axis=1), lag) for lag in lags], 1)


def _correlation(first: Values, moved: Values, lag: int) -> Values:
    """The correlation with every row where both have values; 0 where one does not vary."""
    inside = slice(0, len(first) - lag) if lag >= 0 else slice(-lag, len(first))
    a, b = np.broadcast_to(first[inside], moved[:, inside].shape), moved[:, inside]
    there = ~np.isnan(a) & ~np.isnan(b)
    count = np.maximum(there.sum(axis=1), 1)
    a, b = (_centred(one, there, count) for one in (a, b))
    size = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    varies = (there.sum(axis=1) >= 3) & (size > 1e-12 * count)
    return np.asarray(np.where(varies, (a * b).sum(axis=1) / np.where(varies, size, 1.0), 0.0))


def _centred(values: Values, there: NDArray[np.bool_], count: NDArray[np.intp]) -> Values:
    """Each row less its mean over the places that are there, 0 elsewhere."""
    known = np.where(there, values, 0.0)
    return np.where(there, known - (known.sum(axis=1) / count)[:, None], 0.0)


def _lead(at_lags: Values, reach: int) -> Values:
    return np.asarray(at_lags[:, reach + 1 :].sum(axis=1) - at_lags[:, :reach].sum(axis=1))
