"""Standardise counts and means for the mix of texts they come from.

An additive model, for opposed counts on the log-odds scale: each stratum (a sort of text) has its
own level, each month its own deviation. A month is compared with what its mix would make one
expect, as in indirect standardisation, so that more texts of a harsher kind do not read as a
harsher position.
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
    if closer.shape[1] == 1:
        up, down = closer[:, 0] + PRIOR, further[:, 0] + PRIOR
        return np.log(up / down), np.sqrt(1 / up + 1 / down)
    level = np.log((closer.sum(axis=0) + PRIOR) / (further.sum(axis=0) + PRIOR))
    month = np.zeros(len(closer))
    for _ in range(_ROUNDS):
        month, information = _month_step(month, level, closer, total)
        level = _level_step(month, level, closer, total)
    weights = total.sum(axis=0) / total.sum()
    return month + float(weights @ level), 1 / np.sqrt(information)


def adjusted(
    values: Floats, period: NDArray[np.intp], stratum: NDArray[np.intp]
) -> tuple[Floats, Floats, Floats]:
    """Means of single values by period at the average mix, their standard errors, and their n.

    `period` and `stratum` number each value's own from 0.
    """
    shape = (int(period.max()) + 1, int(stratum.max()) + 1)
    totals, weights = np.zeros(shape), np.zeros(shape)
    np.add.at(totals, (period, stratum), values)
    np.add.at(weights, (period, stratum), 1.0)
    mean, _, expected = levelled(totals, weights)
    squares = float(((values - expected[period, stratum]) ** 2).sum())
    freedom = max(1.0, len(values) - sum(shape) + 1)
    n = weights.sum(axis=1)
    return mean, np.sqrt((squares + 0.05) / (freedom + 1.0) / n), n


def levelled(totals: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Monthly means of scores at the average mix, and the weight behind each.

    `totals` are weighted sums of scores and `weights` their weights, months by strata. Each
    stratum has its own level and each month its own deviation (least squares, with a weak pull of
    the months to none where there is more than one stratum). Gives the means, the weights behind
    them, and the expected value of each month and stratum.
    """
    pull = PRIOR if weights.shape[1] > 1 else 0.0
    behind = weights.sum(axis=1) + pull
    level = totals.sum(axis=0) / weights.sum(axis=0)
    month = np.zeros(len(totals))
    for _ in range(_ROUNDS):
        month = (totals - weights * level).sum(axis=1) / behind
        level = (totals - weights * month[:, None]).sum(axis=0) / weights.sum(axis=0)
    average = float(weights.sum(axis=0) / weights.sum() @ level)
    return month + average, behind, month[:, None] + level


def _month_step(
    month: Floats, level: Floats, closer: Floats, total: Floats
) -> tuple[Floats, Floats]:
    """One Newton step of the months' deviations, with a weak pull to none."""
    expected = _share(month, level)
    pull = 0.5 * PRIOR  # the information of one more match, half to either side
    information = (total * expected * (1 - expected)).sum(axis=1) + pull
    step = ((closer - total * expected).sum(axis=1) - pull * month) / information
    return month + np.clip(step, -1.0, 1.0), information


def _level_step(month: Floats, level: Floats, closer: Floats, total: Floats) -> Floats:
    """One Newton step of the strata's levels, with PRIOR added to either count."""
    expected = _share(month, level)
    alone = 1 / (1 + np.exp(-level))
    slope = (closer - total * expected).sum(axis=0) + PRIOR - 2 * PRIOR * alone
    information = (total * expected * (1 - expected)).sum(axis=0) + 2 * PRIOR * alone * (1 - alone)
    return np.asarray(level + np.clip(slope / information, -1.0, 1.0))


def _share(month: Floats, level: Floats) -> Floats:
    """The share of closer codes expected of each month and stratum."""
    return np.asarray(1 / (1 + np.exp(-np.clip(month[:, None] + level[None, :], -12, 12))))
