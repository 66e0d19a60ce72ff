"""Findings in plain words: the reason for an outcome, and what would settle an open one."""

from __future__ import annotations

from datetime import date
from math import ceil

from talleyrand.model import Break, Cadence, Direction, Outcome

_ELSEWHERE_DAYS = 62  # a break this far from the date is called elsewhere
_LONGEST = 120  # further periods past which waiting is no advice
_PERIODS: dict[Cadence, str] = {"month": "months", "year": "years", "session": "sessions"}


def reason(
    outcome: Outcome,
    direction: Direction,
    p_sign: float,
    p_steady: float,
    breaks: tuple[Break, ...],
    at: date,
    p_trend: float = 0.0,
) -> str:
    """One or two sentences: how sure, and whether the level more probably moved elsewhere."""
    if outcome == Outcome.STEADY:
        drift = ", apart from a trend that runs through the date" if p_trend > 0.9 else ""
        said = f"The level stayed within the margin ({_percent(p_steady)} sure){drift}."
    elif outcome == Outcome.SHIFT:
        said = (
            f"The level moved {direction} ({_percent(p_sign)} sure of the sign,"
            f" {_percent(1 - p_steady)} that it is more than the margin)."
        )
    else:
        said = (
            f"The evidence cannot tell: {_percent(1 - p_steady)} that the level moved more than"
            f" the margin, {_percent(p_steady)} that it did not."
        )
    return said + _elsewhere(breaks, at)


def _elsewhere(breaks: tuple[Break, ...], at: date) -> str:
    for found in breaks:
        if found.probability > 0.5 and abs((found.date - at).days) > _ELSEWHERE_DAYS:
            side = "before" if found.date < at else "after"
            return (
                f" It most probably moved around {found.date:%B %Y}, {side} the date asked"
                f" ({_percent(found.probability)})."
            )
    return ""


def settle(
    change: float, spread: float, margin: float, n_before: int, n_after: int, cadence: Cadence
) -> str:
    """How many more periods after the date, at this noise, would decide; or that none would.

    Takes the change as estimated and lets the part of its variance that comes from after the
    date shrink with their number.
    """
    room = abs(abs(change) - margin)
    needed = room / 1.645 if abs(change) < margin else min(abs(change) / 1.96, spread)
    unit = _PERIODS.get(cadence, "points")
    each = spread**2 / (1 / n_before + 1 / n_after)
    left = needed**2 - each / n_before
    if left > 0:
        more = max(1, ceil(each / left - n_after))
        if more <= _LONGEST:
            one = unit if more > 1 else unit.removesuffix("s")
            return f"About {more} more {one} after the date, at this noise, would settle it."
    longer = ceil((spread / max(needed, 1e-9)) ** 2)
    if longer <= 20:
        return f"Waiting alone would not: about {longer} times the {unit} on both sides would."
    return f"No likely number of further {unit}: the change is too close to the margin."


def _percent(p: float) -> str:
    if p > 0.995:
        return "over 99 %"
    if p < 0.005:
        return "under 1 %"
    return f"{round(100 * p)} %"
