"""Axes of a chart: values to pixels, and ticks a reader would have chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from talleyrand.report import words

_DAYS_A_MONTH = 30.4375
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAY_STEPS = (1, 2, 7, 14)


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear map from `low .. high` to the pixels `start .. end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value; what lies beyond the axis is drawn at its end."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    at: float
    label: str


def value_span(core: Sequence[float], soft: Sequence[float]) -> tuple[float, float]:
    """The range of values to show: all of `core`, and of `soft` what does not squash it."""
    low, high = min(core), max(core)
    room = (high - low) * 0.6 or abs(high) * 0.1 or 1.0
    low, high = (
        max(min([low, *soft]), low - room),
        min(max([high, *soft]), high + room),
    )
    pad = (high - low) * 0.06 or room
    return low - pad, high + pad


def value_ticks(low: float, high: float, count: int, *, logs: bool) -> list[Tick]:
    """Round values between `low` and `high`; for logarithms, round values of the quantity."""
    if not logs or high > 600:
        return _written(_round_values(low, high, count))
    shown = _written([v for v in _round_values(math.exp(low), math.exp(high), count) if v > 0])
    return [Tick(math.log(tick.at), tick.label) for tick in shown]


def _written(values: Sequence[float]) -> list[Tick]:
    if not values:
        return []
    step = values[1] - values[0] if len(values) > 1 else abs(values[0])
    scale = words.scale_for(max(abs(v) for v in values) or 1.0, step)
    coarse = words.Scale(scale.divisor, scale.suffix, _decimals(step / scale.divisor))
    return [Tick(v, coarse.unsigned(0.0 if abs(v) < step / 1e6 else v)) for v in values]


def _decimals(step: float) -> int:
    """The fewest decimals that tell ticks of this step apart."""
    return next((d for d in range(5) if step and abs(round(step, d) - step) < step * 1e-6), -1)


def _round_values(low: float, high: float, count: int) -> list[float]:
    rough = (high - low) / count
    if not (rough > 0 and math.isfinite(rough)):
        return [low] if math.isfinite(low) else []
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def date_ticks(low: float, high: float, count: int) -> list[Tick]:
    """Firsts of days, months or years between two day numbers, at most about `count`."""
    first, last = _calendar_day(math.ceil(low)), _calendar_day(math.floor(high))
    days = (last - first).days
    if days < 2.5 * _DAYS_A_MONTH:
        step = next((s for s in _DAY_STEPS if days / s <= count), _DAY_STEPS[-1])
        return [_day_tick(n) for n in range(first.toordinal(), last.toordinal() + 1, step)]
    step = next((s for s in _MONTH_STEPS if days / _DAYS_A_MONTH / s <= count), _MONTH_STEPS[-1])
    start = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    end = min(last.year * 12 + last.month, (date.max.year + 1) * 12)
    return [_month_tick(n, step) for n in range(max(start, 12), end, step)]


def _calendar_day(number: int) -> date:
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))


def _day_tick(number: int) -> Tick:
    day = date.fromordinal(number)
    return Tick(number, f"{day.day} {words.MONTHS[day.month - 1][:3]}")


def _month_tick(number: int, step: int) -> Tick:
    day = date(number // 12, number % 12 + 1, 1)
    label = str(day.year) if step >= 12 else f"{words.MONTHS[day.month - 1][:3]} {day.year}"
    return Tick(day.toordinal(), label)
