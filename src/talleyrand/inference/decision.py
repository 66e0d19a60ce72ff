"""The rule of the three outcomes: how sure each must be."""

from __future__ import annotations

from dataclasses import dataclass

from talleyrand.inference.marginal import Mixture
from talleyrand.model import Outcome


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure each outcome must be: the probabilities that decide."""

    sign: float = 0.975
    size: float = 0.5
    steady: float = 0.95


def decide(found: Mixture, margin: float, thresholds: Thresholds) -> tuple[Outcome, float]:
    """The outcome for one margin, and P(|change| < margin)."""
    p_steady = min(1.0, max(0.0, found.below(margin) - found.below(-margin)))
    rise = 1 - found.below(0.0)
    sure = max(rise, 1 - rise) > thresholds.sign
    if p_steady > thresholds.steady:
        return Outcome.STEADY, p_steady
    if sure and 1 - p_steady > thresholds.size:
        return Outcome.SHIFT, p_steady
    return Outcome.UNCLEAR, p_steady
