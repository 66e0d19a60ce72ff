"""Figures in words that reasons and renderers must write alike."""

from __future__ import annotations

import math


def percent(probability: float | None) -> str:
    """A probability as a percentage, cut rather than rounded, so never up past a threshold."""
    if probability is None or math.isnan(probability):
        return "–"
    if probability < 0.01:
        return "<1 %"
    if probability > 0.999:
        return ">99.9 %"
    # the tiny term keeps .57 from being cut to 56 by its binary form
    return f"{math.floor(probability * 1000 + 1e-9) / 10:.{1 if probability >= 0.94 else 0}f} %"
