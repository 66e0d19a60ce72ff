"""Which moved first, the position or the way it was read?

Of every dimension the exact posterior of a single level shift within its window tells whether
there was one, and when: an interval that holds 95 % of where, widened by what a month or year
leaves open. One side moved first only where a whole interval of its lies before those of the
other side; where they overlap, or a side shows no shift, it cannot be told, and the answer says
why. It speaks of the shifts that can be seen: a smaller one may have come before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from talleyrand.assessment import Judged, Moved, Order
from talleyrand.inference.marginal import break_posterior
from talleyrand.inference.points import as_points
from talleyrand.inference.shift import could_be
from talleyrand.model import Series, Side

SURE = 0.8  # that a series shifted at all, from which its shift is dated
SHORTEST = 8  # points, below which no shift is looked for
_INSIDE = 0.95
_YEARLY = ("year", "session")
_SIDES: tuple[Side, Side] = ("position", "perception")


def order(judged: Sequence[Judged], months: int) -> Order:
    """Which side of a verdict moved first in a window of `months` on either side of the date.

    Series of one point a year are looked at only where the window is five years or more.
    """
    looked = tuple(
        moved
        for one in judged
        if one.side in _SIDES
        and (one.series.cadence not in _YEARLY or months >= 60)
        and (moved := dated(one.name, one.side, one.series))
    )
    shifts = {side: [m for m in looked if m.side == side and m.probability >= SURE]
              for side in _SIDES}  # fmt: skip
    own, read = (shifts[side] for side in _SIDES)
    if not own or not read:
        return Order(None, _unmoved(looked, shifts), looked)
    for side, who, ahead, behind in (
        (_SIDES[0], "The position", own, read),
        (_SIDES[1], "The reading", read, own),
    ):
        early = min(ahead, key=lambda moved: moved.interval[1])
        late = min(behind, key=lambda moved: moved.interval[0])
        if early.interval[1] < late.interval[0]:
            said = f"{who} moved first: {_about(early)}, before {_about(late)}."
            return Order(side, said, looked)
    early, late = (min(some, key=lambda moved: moved.interval[1]) for some in (own, read))
    why = f"the intervals overlap ({_about(early)}; {_about(late)})"
    return Order(None, f"Which moved first cannot be told: {why}.", looked)


def dated(name: str, side: Side, series: Series) -> Moved | None:
    """When a series most probably shifted, if it did; None where it is too short to be looked at.

    `probability` is that of a shift anywhere in it; the interval holds 95 % of when, given one.
    """
    points = as_points(series)
    n = len(points.dates)
    if n < SHORTEST:
        return None
    probability, change = break_posterior(points.months, points.values, points.noise)
    where = probability[1:n]
    share = np.cumsum(where) / max(float(where.sum()), 1e-300)
    low, high = np.searchsorted(share, [(1 - _INSIDE) / 2, (1 + _INSIDE) / 2])
    best = 1 + int(np.argmax(where))
    first = min(best, 1 + int(low))
    last = max(best, 1 + min(int(high), n - 2))
    return Moved(
        name=name,
        side=side,
        date=points.dates[best],
        interval=(
            could_be(points.dates, first, series.cadence)[0],
            could_be(points.dates, last, series.cadence)[1],
        ),
        probability=float(1 - probability[0]),
        change=float(change[best]),
    )


def _about(moved: Moved) -> str:
    first, last = moved.interval
    return f"{moved.name} between {_day(first)} and {_day(last)}"


def _unmoved(looked: Sequence[Moved], shifts: dict[Side, list[Moved]]) -> str:
    """Why no order can be told where a side has no sure shift."""
    likeliest = {
        side: max((m for m in looked if m.side == side), key=lambda m: m.probability, default=None)
        for side in _SIDES
        if not shifts[side]
    }
    told = "; ".join(f"{m.name}, {100 * m.probability:.0f} %" for m in likeliest.values() if m)
    if len(likeliest) == len(_SIDES) and all(likeliest.values()):
        why = f"no series of either side has one step sure enough to be dated (likeliest: {told})"
    else:
        why = "; ".join(
            f"no series of {side} has one step sure enough to be dated (likeliest: {told})"
            if best
            else f"no series of {side} is long enough to be dated"
            for side, best in likeliest.items()
        )
    return f"Which moved first cannot be told: {why}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
