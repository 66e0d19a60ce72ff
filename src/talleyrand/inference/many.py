"""Judge many series with the same dates at once: the rule and the posterior of `shift.judge`.

What takes time is the grid of noise models, which such series share. A series with an outlier is
judged alone, on the same grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talleyrand.errors import InputError
from talleyrand.inference.change import posteriors
from talleyrand.inference.decision import Thresholds, decide_all
from talleyrand.inference.marginal import Floats
from talleyrand.inference.points import discounted

USUAL = Thresholds()
_AT_ONCE = 40  # series in one matrix product: more take more memory and no less time


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was found of each series, in order: arrays of one length."""

    outcome: NDArray[np.intp]  # place in `decision.OUTCOMES`
    change: Floats
    p_steady: Floats  # P(|change| < margin)
    p_rise: Floats  # P(change > 0)
    p_below: Floats  # P(change <= truth), where a truth was given to check the interval by


def judge_all(
    months: Floats,
    values: Floats,
    after: Floats,
    margin: float,
    *,
    noise: Floats | None = None,
    floor: float = 0.0,
    truth: float = 0.0,
    thresholds: Thresholds = USUAL,
) -> Judgements:
    """Judge series (n, series) observed at these months, with `after` 0 or 1 for each point.

    `noise` is the relative sampling variance of the points (mean 1, equal without it), `floor`
    its mean where it is known. Raises InputError for values that are not finite.
    """
    if not np.isfinite(values).all():
        raise InputError("a value of a series is not a finite number; leave gaps out")
    equal = np.ones_like(months) if noise is None else noise
    extra = discounted(values, after, equal) - equal[:, None]
    plain = (extra == 0).all(axis=0)
    together = np.flatnonzero(plain)
    batches = [together[i : i + _AT_ONCE] for i in range(0, len(together), _AT_ONCE)]
    batches += [np.array([alone]) for alone in np.flatnonzero(~plain)]
    parts = []
    for batch in batches:
        added = None if plain[batch[0]] else extra[:, batch[0]]
        found = posteriors(months, values[:, batch], after, equal, floor, added)
        outcome, p_steady = decide_all(found, margin, thresholds)
        rise, below = 1 - found.below(0.0), found.below(truth)
        parts.append(np.stack([outcome, found.mean, p_steady, rise, below]))
    order = np.argsort(np.concatenate(batches), kind="stable")
    joined = np.concatenate(parts, axis=1)[:, order]
    return Judgements(joined[0].astype(np.intp), *joined[1:])
