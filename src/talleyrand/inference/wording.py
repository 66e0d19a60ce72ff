"""Findings in plain words: the reason for an outcome, and what would settle an open one."""

from __future__ import annotations

from datetime import date

from talleyrand.figures import percent
from talleyrand.model import Break, Cadence, Direction, Outcome

LIKELY = 0.5  # a trend is named when it is more likely than not
_CLOSE = 0.25  # of the margin: an estimate this near to it is called close
_PERIODS: dict[Cadence, str] = {"month": "month", "year": "year", "session": "session"}


def reason(
    outcome: Outcome,
    direction: Direction,
    p_sign: float,
    p_steady: float,
    elsewhere: Break | None,
    at: date,
    p_trend: float = 0.0,
    rival: bool = False,
    cadence: Cadence = "month",
) -> str:
    """How sure, whether a trend runs through it, whether the level more likely moved elsewhere."""
    trending = p_trend > LIKELY
    trend = f"A trend runs through the date ({percent(p_trend)})"
    if outcome == Outcome.STEADY:
        sure = f"({percent(p_steady)} sure)"
        if trending:
            said = f"{trend}; beside it there is no step beyond the margin {sure}."
        else:
            said = f"The level stayed within the margin {sure}."
    elif outcome == Outcome.SHIFT:
        said = (
            f"The level moved {direction} ({percent(p_sign)} sure of the sign,"
            f" {percent(1 - p_steady)} that it is more than the margin)."
        )
        said += f" {trend}; the change is over and above it." if trending else ""
    else:
        said = (
            f"The evidence cannot tell: {percent(1 - p_steady)} that the level moved more than"
            f" the margin, {percent(p_steady)} that it did not."
        )
        if trending:
            said += f" {trend}, from which a step is hard to tell."
        elif rival:
            said += " A trend through the date, without a step, explains the series as well."
    return said + _moved(elsewhere, at, cadence)


def around(day: date, cadence: Cadence) -> str:
    """When, no more exactly than a series of this cadence can tell: a month, a session, a year."""
    if cadence == "session":
        return f"in the session begun in {day.year if day.month >= 9 else day.year - 1}"
    return f"around {day.year}" if cadence == "year" else f"around {day:%B %Y}"


def _moved(elsewhere: Break | None, at: date, cadence: Cadence) -> str:
    if elsewhere is None:
        return ""
    side = "before" if elsewhere.date < at else "after"
    return (
        f" It most probably moved {around(elsewhere.date, cadence)}, {side} the date asked"
        f" ({percent(elsewhere.probability)})."
    )


def further(more: int, cadence: Cadence) -> str:
    """That so many more points after the date would do."""
    return (
        f"About {counted(more, cadence)} after the date, at this noise, would settle it with a"
        " chance of 4 in 5."
    )


def wider(window: str, likely: float, n_before: int, n_after: int, cadence: Cadence) -> str:
    """That a wider window on the records there are would do, and how likely."""
    return (
        f"A wider window would settle it with a chance of {percent(likely)}: --window {window}"
        f" {_holding(n_before, n_after, cadence)}."
    )


def wide_enough(window: str, n_before: int, n_after: int, cadence: Cadence) -> str:
    """That a wider window holds enough points to judge at all."""
    return (
        f"A wider window can be judged: --window {window} {_holding(n_before, n_after, cadence)}."
    )


def _holding(n_before: int, n_after: int, cadence: Cadence) -> str:
    return f"has {n_before} {period(n_before, cadence)} before the date and {n_after} after"


def out_of_reach(
    change: float, margin: float, noise: float, cadence: Cadence, p_trend: float
) -> str:
    """That no attainable record would do, and which it is: the change, a trend, or the noise."""
    if p_trend > LIKELY:
        why = "a step is hard to tell from the trend"
    elif abs(abs(change) - margin) < _CLOSE * margin:
        why = "the change is close to the margin"
    else:
        why = f"the noise of one {period(1, cadence)} is {noise / margin:.2g} times the margin"
    return f"No number of {period(2, cadence)} in reach is likely to settle it: {why}."


def period(count: int, cadence: Cadence) -> str:
    """The noun for so many points of a series: month, months, points."""
    return _PERIODS.get(cadence, "point") + ("" if count == 1 else "s")


def counted(count: int, cadence: Cadence) -> str:
    """1 more month, 2 more months."""
    return f"{count} more {period(count, cadence)}"


def too_few(n_before: int, n_after: int, fewest: int, cadence: Cadence) -> tuple[str, str]:
    """The reason where a side has too few points, and what is lacking."""
    if not n_before + n_after:
        return (
            "There is no record within reach of the date.",
            "Records within reach of the date are needed.",
        )
    lacking = [
        f"{counted(fewest - n, cadence)} {side}"
        for n, side in ((n_before, "before"), (n_after, "after"))
        if n < fewest
    ]
    few = f"Only {n_before} before and {n_after} after the date: too few to tell."
    return few, f"At least {' and '.join(lacking)} the date would be needed."
