"""Standardise opposed counts for the mix of texts they come from.

An additive model on the log-odds scale: each stratum (a source and kind of text) has its own level,
each month its own deviation. A month is compared with what its own mix would lead one to expect,
as in indirect standardisation, so that more texts of a harsher kind do not read as a harsher
position.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR = 0.5  # added to either count of a month and of a stratum, at the level expected
_ROUNDS = 60


def standardised(closer: Floats, further: Floats) -> tuple[Floats, Floats]:
    """Monthly log-odds at the average mix, and their standard errors.

    `closer` and `further` are counts, months by strata. Returns two arrays of one value a month.
    With a single stratum this is the plain log-odds with 0.5 added to either count.
    """
    total = closer + further
    level = np.log((closer.sum(axis=0) + PRIOR) / (further.sum(axis=0) + PRIOR))
    month = np.zeros(len(closer))
    for _ in range(_ROUNDS):
        month, information = _step(month, level[None, :], closer, total, axis=1)
        if len(level) == 1:
            continue
        level, _ = _step(level, month[:, None], closer, total, axis=0)
    weights = total.sum(axis=0) / max(float(total.sum()), 1e-9)
    if len(level) == 1:
        plain = np.log((closer[:, 0] + PRIOR) / (further[:, 0] + PRIOR))
        return plain, np.sqrt(1 / (closer[:, 0] + PRIOR) + 1 / (further[:, 0] + PRIOR))
    return month + float(weights @ level), 1 / np.sqrt(np.maximum(information, 1e-9))


def _step(
    own: Floats, other: Floats, closer: Floats, total: Floats, *, axis: int
) -> tuple[Floats, Floats]:
    """One damped Newton step for one set of effects, with a weak pull to what is expected."""
    lifted = own[:, None] if axis == 1 else own[None, :]
    expected = 1 / (1 + np.exp(-np.clip(lifted + other, -12, 12)))
    slope = (closer - total * expected).sum(axis=axis)
    information = (total * expected * (1 - expected)).sum(axis=axis)
    pull = 2 * PRIOR * 0.25  # the information of one extra match, half to either side
    step = (slope - pull * own * (axis == 1)) / (information + pull)
    return own + np.clip(step, -1.0, 1.0), information + pull
