"""A series in one line of block characters, cut at the date asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from talleyrand.model import Series
from talleyrand.report import view

_BLOCKS = "▁▂▃▄▅▆▇█"
_FLAT = "▄"
_CUT = "│"


def sparkline(
    series: Series,
    at: date | None,
    window_months: int | None,
    each_side: int,
    left_out: Collection[date] = (),
) -> str:
    """Draw up to `each_side` bars before and after the date, which stands at the same cell always.

    Each bar is the mean of the points it covers, or one point of a series with one a year; a gap
    is a blank, never a zero. Periods that hold the date (`left_out`) are on neither side and are
    not drawn. Without a date there is no cut.
    """
    reach = view.reach_months(series.cadence, window_months)
    shown = [p for p in view.points(series, at, reach, left_out) if p.inside]
    step = view.step_months(series.cadence)
    if at is None:
        return "".join(blocks(_all_bars(shown, step, 2 * each_side)))
    before, after = view.on_side(shown, before=True), view.on_side(shown, before=False)
    if step >= 12:
        left, right = _a_bar_a_point(before[-each_side:]), _a_bar_a_point(after[:each_side])
    elif window_months is None:
        left, right = _all_bars(before, step, each_side), _all_bars(after, step, each_side)
    else:
        count = min(each_side, int(reach // step)) if step else each_side
        first = min([-reach, *(p.months for p in before)])
        last = min([0.0, *(p.months for p in shown if p.left_out)])
        left, right = view.bars(before, first, last, count), view.bars(after, 0.0, reach, count)
    drawn = blocks(left + right)
    halves = "".join(drawn[: len(left)]), "".join(drawn[len(left) :])
    return f"{halves[0]:>{each_side}}{_CUT}{halves[1]:<{each_side}}"


def _a_bar_a_point(shown: Sequence[view.Point]) -> list[float | None]:
    return [point.value for point in shown]


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
