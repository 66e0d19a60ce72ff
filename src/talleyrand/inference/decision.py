"""The rule of the three outcomes: how sure each must be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talleyrand.inference.change import Mixture, Mixtures
from talleyrand.inference.marginal import Floats
from talleyrand.model import Outcome

OUTCOMES = (Outcome.STEADY, Outcome.SHIFT, Outcome.UNCLEAR)
RIVAL = 1.6  # times as well as a step does a trend alone explain what is then no SHIFT


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure each outcome must be: the probabilities that decide."""

    sign: float = 0.975
    size: float = 0.5
    steady: float = 0.95


def decide(found: Mixture, margin: float, thresholds: Thresholds) -> tuple[Outcome, float]:
    """The outcome for one margin, and P(|change| < margin)."""
    within = found.below(margin) - found.below(-margin)
    rise, rival = np.array([1 - found.below(0.0)]), np.array([found.rival])
    places, p_steady = _ruled(np.array([within]), rise, rival, thresholds)
    return OUTCOMES[places[0]], float(p_steady[0])


def decide_all(
    found: Mixtures, margin: float, thresholds: Thresholds
) -> tuple[NDArray[np.intp], Floats]:
    """The same for many: places in `OUTCOMES`, and P(|change| < margin)."""
    within = found.below(margin) - found.below(-margin)
    return _ruled(within, 1 - found.below(0.0), found.rival, thresholds)


def _ruled(
    within: Floats, rise: Floats, rival: Floats, thresholds: Thresholds
) -> tuple[NDArray[np.intp], Floats]:
    p_steady = np.clip(within, 0.0, 1.0)
    sure = np.maximum(rise, 1 - rise) > thresholds.sign
    shift = sure & (1 - p_steady > thresholds.size) & (rival < RIVAL)
    return np.where(p_steady > thresholds.steady, 0, np.where(shift, 1, 2)), p_steady
