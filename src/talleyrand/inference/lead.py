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
    at_lags = _correlations(first, second, reach)
    observed = _lead(at_lags, reach)
    shifted = np.array([
        _lead(_correlations(first, np.roll(second, by), reach), reach)
        for by in range(reach + 1, size - reach)
    ])  # fmt: skip
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


def _correlations(first: Values, second: Values, reach: int) -> Values:
    """Correlations of first(t) with second(t + lag) for lags from -reach to reach."""
    return np.array([_correlation(first, np.roll(second, -lag), lag) for lag in
                     range(-reach, reach + 1)])  # fmt: skip


def _correlation(first: Values, moved: Values, lag: int) -> float:
    inside = slice(0, len(first) - lag) if lag >= 0 else slice(-lag, len(first))
    a, b = first[inside], moved[inside]
    there = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[there], b[there]
    if len(a) < 3 or a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _lead(at_lags: Values, reach: int) -> float:
    return float(at_lags[reach + 1 :].sum() - at_lags[:reach].sum())
