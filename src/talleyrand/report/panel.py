"""One series drawn as SVG: its points, the date, the levels, the margin and the interval.

Nothing is estimated here. The level before is the plain mean of the points shown before the date;
the level after is that mean plus the change of the finding, with the finding's interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from html import escape

from talleyrand.assessment import Judged
from talleyrand.figures import percent
from talleyrand.model import Break
from talleyrand.report import axes, remarks, view, words

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 26, 24
_DOT = (1.9, 4.6)  # radius of the points with the least and the most behind them
_NORMAL_95 = 1.96
_MOST_TITLES = 400
_DAYS_A_MONTH = 30.4375
_WIDE = 480
_DAYS_A_YEAR = 365.25
_LABEL = (6.2, 13)  # pixels a letter and a line of a label


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things are in one panel."""

    judged: Judged
    at: date | None
    shown: tuple[view.Point, ...]
    x: axes.Axis
    y: axes.Axis
    window: tuple[float, float]  # first and last day number of the window
    level: float | None  # the plain mean before the date
    middle: float = 0.0  # the day number at which a trend passes through that mean

    def before(self, day: float) -> float:
        """The level before, or the trend through it, carried on to a day."""
        slope = self.judged.finding.trend or 0.0
        return (self.level or 0.0) + slope * (day - self.middle) / _DAYS_A_YEAR

    def line(self, first: float, last: float, added: float = 0.0) -> str:
        """The path of that level, plus something, between two days."""
        start, end = self.y(self.before(first) + added), self.y(self.before(last) + added)
        if not self.judged.finding.trend:
            return f"M{self.x(first):.1f} {start:.1f}H{self.x(last):.1f}"
        return f"M{self.x(first):.1f} {start:.1f}L{self.x(last):.1f} {end:.1f}"


def draw(
    judged: Judged, at: date | None, window_months: int | None, width: int, height: int
) -> str:
    """Draw one panel of this size as SVG elements, without the `svg` around them."""
    reach = view.reach_months(judged.series.cadence, window_months)
    shown = view.points(judged.series, at, reach, judged.finding.left_out)
    if not shown:
        return _nothing(width, height)
    frame = _frame(judged, at, reach, shown, width, height)
    drawn = (*_grid(frame), *_levels(frame), *_points(frame), *_marks(frame))
    return f'<g class="tr-{judged.finding.outcome.value}">{"".join(drawn)}</g>'


def describe(judged: Judged) -> str:
    """The picture in words, for those who can't see it."""
    series, finding = judged.series, judged.finding
    if not len(series):
        return "No points."
    scale = words.scale_of(finding, judged.unit)
    span = f"{words.month_year(series.dates[0])} to {words.month_year(series.dates[-1])}"
    interval = f" (95 % interval {scale.interval(finding.interval, ' to ')})"
    return words.plain(
        f"{words.plural(len(series), 'point')} from {span}, unit {series.unit or 'not given'}."
        f" Change {scale.signed(finding.change)}{interval if finding.interval else ''},"
        f" margin {scale.unsigned(finding.margin)}: {words.verdict_words(finding)}."
    )


def _nothing(width: int, height: int) -> str:
    return (
        f'<rect class="tr-empty" x="1" y="1" width="{width - 2}" height="{height - 2}" rx="6"/>'
        f'<text class="tr-text" x="{width / 2}" y="{height / 2 + 4}" text-anchor="middle">'
        "no points to draw</text>"
    )


def _frame(
    judged: Judged,
    at: date | None,
    reach: float,
    shown: tuple[view.Point, ...],
    width: int,
    height: int,
) -> Frame:
    level = None if at is None else view.side_mean(shown, before=True)
    window = _window(judged, at, reach, shown)
    edges = [*(point.date.toordinal() for point in shown), *window]
    low, high = max(min(edges), 1.0), min(max(edges), float(date.max.toordinal()))
    pad = (high - low) * 0.012 or 15.0
    early = [p.date.toordinal() for p in view.on_side(shown, before=True)] or [0]
    y = axes.value_span(*_heights(judged, shown, level))
    return Frame(
        judged,
        at,
        shown,
        axes.Axis(low - pad, high + pad, _LEFT, width - _RIGHT),
        axes.Axis(*y, height - _BOTTOM, _TOP),
        (max(window[0], low), min(window[1], high)),
        level,
        sum(early) / len(early),
    )


def _window(
    judged: Judged, at: date | None, reach: float, shown: tuple[view.Point, ...]
) -> tuple[float, float]:
    """First and last day of the window; of a yearly series no further than its points."""
    days = [point.date.toordinal() for point in shown if point.inside] or [0]
    if at is None:
        return min(days), max(days)
    middle, span = at.toordinal(), reach * _DAYS_A_MONTH
    first, last = min(middle - span, *days), middle + span
    if math.isinf(reach) or view.step_months(judged.series.cadence) >= 12:
        first, last = max(first, min(days)), min(last, max(days))
    return min(first, middle), max(last, middle)


def _heights(
    judged: Judged, shown: tuple[view.Point, ...], level: float | None
) -> tuple[list[float], list[float]]:
    """The values that must be in view, and those that may be cut off."""
    finding = judged.finding
    core = [point.value for point in shown]
    soft = [p.value + sign * _NORMAL_95 * p.se for p in shown if p.se for sign in (-1, 1)]
    if level is not None and same_unit(judged):
        core += [level + x for x in (0.0, finding.change) if x is not None and math.isfinite(x)]
        soft += [level + x for x in (*(finding.interval or ()), finding.margin, -finding.margin)]
    least = 0.0 if view.are_counts([p.value for p in shown]) else -math.inf
    return core, [max(x, least) for x in soft if math.isfinite(x)]


def same_unit(judged: Judged) -> bool:
    """Whether the change is in the unit of the points, so that it can be drawn among them."""
    unit, of_points = judged.unit, judged.series.unit
    return of_points.startswith(unit) or unit.startswith(of_points)


def _grid(frame: Frame) -> list[str]:
    x, y, unit = frame.x, frame.y, frame.judged.series.unit
    count = max(2, round((y.start - y.end) / 42))
    drawn = [
        f'<text class="tr-text" x="{x.start - 44:.0f}" y="11">{_unit_label(unit)}</text>',
        f'<path class="tr-axis" d="M{x.start:.1f} {y.start:.1f}H{x.end:.1f}"/>',
    ]
    for tick in axes.value_ticks(y.low, y.high, count, logs=words.is_log(unit)):
        at = y(tick.at)
        drawn.append(f'<path class="tr-grid" d="M{x.start:.1f} {at:.1f}H{x.end:.1f}"/>')
        drawn.append(_label(tick.label, x.start - 6, at + 3.5, "end"))
    for tick in axes.date_ticks(x.low, x.high, max(2, round((x.end - x.start) / 80))):
        at = x(tick.at)
        drawn.append(f'<path class="tr-axis" d="M{at:.1f} {y.start:.1f}v4"/>')
        drawn.append(_label(tick.label, at, y.start + 16, _anchor(at, x)))
    return drawn


def _unit_label(unit: str) -> str:
    shown = words.plain(words.bare_unit(unit))
    return escape(shown if len(shown) <= 40 else f"{shown[:39]}…") + (
        " (log scale)" if words.is_log(unit) else ""
    )


def _label(text: str, x: float, y: float, anchor: str, style: str = "tr-text") -> str:
    return (
        f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _anchor(at: float, x: axes.Axis) -> str:
    """Keep a label inside the picture at either end."""
    if at < x.start + 24:
        return "start"
    return "end" if at > x.end - 24 else "middle"


def _levels(frame: Frame) -> list[str]:
    """The margin band and the level before, the interval and the level after."""
    finding, level = frame.judged.finding, frame.level
    if frame.at is None or level is None or not same_unit(frame.judged):
        return []
    first, at, last = frame.window[0], frame.at.toordinal(), frame.window[1]
    drawn = [
        _band(frame, "tr-margin", first, last, -finding.margin, finding.margin),
        f'<path class="tr-before" d="{frame.line(first, at)}"/>'
        f'<path class="tr-dotted" d="{frame.line(at, last)}"/>',
    ]
    if finding.change is None or not math.isfinite(finding.change):
        return drawn
    low, high = finding.interval or (finding.change, finding.change)
    low, high = (finding.change if math.isnan(bound) else bound for bound in (low, high))
    drawn.insert(1, _band(frame, "tr-interval", at, last, low, high))
    return [*drawn, f'<path class="tr-after" d="{frame.line(at, last, finding.change)}"/>']


def _band(frame: Frame, style: str, first: float, last: float, low: float, high: float) -> str:
    """The stretch between two values about the level before, over these days."""
    x, y = frame.x, frame.y
    tops = y(frame.before(first) + high), y(frame.before(last) + high)
    feet = y(frame.before(first) + low), y(frame.before(last) + low)
    return (
        f'<path class="{style}" d="M{x(first):.1f} {tops[0]:.1f}L{x(last):.1f} {tops[1]:.1f}'
        f'V{feet[1]:.1f}L{x(first):.1f} {feet[0]:.1f}Z"/>'
    )


def _points(frame: Frame) -> list[str]:
    x, y = frame.x, frame.y
    drawn = [
        '<path class="tr-line" d="M'
        + "L".join(f"{x(p.date.toordinal()):.1f} {y(p.value):.1f}" for p in run)
        + '"/>'
        for run in view.runs(frame.shown, frame.judged.series.cadence)
        if len(run) > 1
    ]
    most = max((p.n for p in frame.shown if math.isfinite(p.n)), default=1.0) or 1.0
    titled = len(frame.shown) <= _MOST_TITLES
    return drawn + [_point(frame, point, most, titled) for point in frame.shown]


def _point(frame: Frame, point: view.Point, most: float, titled: bool) -> str:
    x, y = frame.x(point.date.toordinal()), frame.y(point.value)
    share = math.sqrt(min(max(point.n, 0.0) / most, 1.0)) if math.isfinite(point.n) else 0.0
    radius = _DOT[0] + (_DOT[1] - _DOT[0]) * share
    bar = ""
    if point.se:
        reach = _NORMAL_95 * point.se
        least = 0.0 if view.are_counts([p.value for p in frame.shown]) else -math.inf
        low, high = frame.y(max(point.value - reach, least)), frame.y(point.value + reach)
        bar = f'<path class="tr-error" d="M{x:.1f} {low:.1f}V{high:.1f}"/>'
    title = f"<title>{_told(frame.judged, point)}</title>" if titled else ""
    style = "" if point.inside else ' class="tr-context"'
    dot = "tr-neither" if point.left_out else "tr-dot"
    return (
        f'<g{style}>{bar}<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        f' data-day="{point.date}">{title}</circle></g>'
    )


def _told(judged: Judged, point: view.Point) -> str:
    cadence, unit = judged.series.cadence, judged.series.unit
    when = words.month_year(point.date) if cadence == "month" else words.short_date(point.date)
    logs = words.is_log(unit) and point.value < 700
    value = math.exp(point.value) if logs else point.value
    figure = words.scale_for(abs(value) or 1.0, abs(value) / 10 or 1.0).unsigned(value)
    n = f"{point.n:g}" if math.isfinite(point.n) else "unknown"
    return f"{str(point.date.year) if cadence == 'year' else when}: {figure} (n = {n})"


def _marks(frame: Frame) -> list[str]:
    """The date asked, and where the series most probably moved if that is elsewhere."""
    drawn = []
    if frame.at is not None:
        drawn.append(_upright(frame, frame.at, "tr-at", words.short_date(frame.at)))
        moved = [frame.judged.finding.elsewhere] if frame.judged.finding.elsewhere else []
    else:
        moved = [b for b in frame.judged.finding.breaks if b.probability >= remarks.LIKELY]
    taken: list[tuple[int, float, float]] = []
    for one in moved:
        if frame.x.low <= one.date.toordinal() <= frame.x.high:
            drawn.append(_break(frame, one, taken))
    return drawn


def _upright(frame: Frame, day: date, style: str, label: str) -> str:
    at, y = frame.x(day.toordinal()), frame.y
    side = ("end", -5) if at > frame.x.end - 75 else ("start", 5)
    return f'<path class="{style}" d="M{at:.1f} {y.start:.1f}V{y.end - 16:.1f}"/>' + _label(
        label, at + side[1], y.end - 7, side[0], "tr-ink tr-halo"
    )


def _break(frame: Frame, one: Break, taken: list[tuple[int, float, float]]) -> str:
    """A small triangle on the axis of dates, its label above those it would cover."""
    at, foot = frame.x(one.date.toordinal()), frame.y.start
    wide = frame.x.end - frame.x.start > _WIDE
    told = f"probably moved {remarks.period_words(one.date, frame.judged.series.cadence)}"
    told += f" ({percent(one.probability)})"
    label = ""
    if wide:
        length = _LABEL[0] * len(told)
        left = min(at + 7, frame.x.end - length)
        clash = {row for row, a, b in taken if a < left + length and left < b}
        row = next(row for row in range(len(taken) + 1) if row not in clash)
        taken.append((row, left, left + length))
        label = _label(told, left, foot - 5 - _LABEL[1] * row, "start", "tr-ink tr-halo")
    return (
        f'<path class="tr-moved" d="M{at - 5:.1f} {foot:.1f}h10l-5 -9z">'
        f"<title>{escape(told)}</title></path>{label}"
    )
