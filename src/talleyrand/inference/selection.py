"""Is what was picked out of a whole like the whole? A permutation test within strata.

The values of a whole are dealt anew among the places of each stratum, and the weighted mean over
the places picked is taken each time (Fisher 1935; Pesarin 2001 on stratified permutation). With
strata by position, that journalists quote from the top is not mistaken for a choice of sense.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class Picked(NamedTuple):
    """Means over the picked and over all, and the two-sided chance of so great a difference."""

    whole: float
    picked: float
    p: float


def picked(
    values: Values,
    weights: Values,
    strata: NDArray[np.intp],
    *,
    rounds: int = 9999,
    seed: int = 1814,
) -> Picked:
    """Compare the mean of `values` weighted by `weights` with their plain mean.

    All three arrays have one entry a sentence; a weight of 0 is not picked. Raises ValueError
    where nothing is picked.
    """
    total = weights.sum()
    if total <= 0:
        raise ValueError("nothing is picked")
    observed = float(values @ weights / total)
    random = np.random.default_rng(seed)
    dealt = np.tile(values, (rounds, 1))
    for stratum in np.unique(strata):
        places = np.flatnonzero(strata == stratum)
        dealt[:, places] = random.permuted(dealt[:, places], axis=1)
    means = dealt @ weights / total
    centre = float(means.mean())
    extreme = int((np.abs(means - centre) >= abs(observed - centre) - 1e-12).sum())
    return Picked(float(values.mean()), observed, (extreme + 1) / (rounds + 1))
