"""A series in one line of block characters, cut at the date asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from talleyrand.model import Series
from talleyrand.report import view

_BLOCKS = "▁▂▃▄▅▆▇█"
_FLAT = "▄"
_CUT = "│"


def sparkline(series: Series, at: date | None, window_months: int | None, each_side: int) -> str:
    """Draw up to `each_side` bars before and after the date, which stands at the same cell always.

    Each bar is the mean of the points it covers; a gap is a blank, never a zero. Without a date
    there is no cut.
    """
    reach = view.reach_months(series.cadence, window_months, years=each_side)
    shown = [p for p in view.points(series, at, reach) if p.inside]
    step = view.step_months(series.cadence)
    if at is None:
        return "".join(blocks(_all_bars(shown, step, 2 * each_side)))
    before, after = [p for p in shown if p.months < 0], [p for p in shown if p.months >= 0]
    if window_months is None:
        left, right = _all_bars(before, step, each_side), _all_bars(after, step, each_side)
    else:
        count = min(each_side, int(reach // step)) if step else each_side
        first = min([-reach, *(p.months for p in before)])
        left, right = view.bars(before, first, 0.0, count), view.bars(after, 0.0, reach, count)
    drawn = blocks(left + right)
    halves = "".join(drawn[: len(left)]), "".join(drawn[len(left) :])
    return f"{halves[0]:>{each_side}}{_CUT}{halves[1]:<{each_side}}"


def _all_bars(shown: Sequence[view.Point], step: int, most: int) -> list[float | None]:
    """Bars from the first point to the last, never so many that regular points leave gaps."""
    if not shown:
        return []
    low, high = shown[0].months, shown[-1].months
    periods = round((high - low) / step) + 1 if step else len(shown)
    return view.bars(shown, low, high, min(most, periods))


def blocks(values: Sequence[float | None]) -> list[str]:
    """One character a value, from the lowest to the highest bar; None is a blank."""
    known = [value for value in values if value is not None]
    if not known:
        return [" "] * len(values)
    low, span = min(known), max(known) - min(known)
    if not span > 0 or span == float("inf"):
        return [" " if value is None else _FLAT for value in values]
    top = len(_BLOCKS) - 1
    return [" " if v is None else _BLOCKS[round((v - low) / span * top)] for v in values]
