"""Long daily series by months counted from a date, on invented series."""

from datetime import date, timedelta

import numpy as np

from talleyrand.inference.stretches import averaged
from talleyrand.model import Outcome, Series
from talleyrand.own_points import to_series
from talleyrand.own_series import judge_series

AT = date(2021, 3, 17)
DAYS = [date(2018, 1, 1) + timedelta(days=i) for i in range(2100)]
NOISE = np.random.default_rng(4).standard_t(2, 2100)


def daily(values: np.ndarray[tuple[int], np.dtype[np.float64]], every: int = 1) -> Series:
    """A daily series, or one of every so many days."""
    kept = zip(DAYS[::every], values[::every], strict=True)
    return to_series((day, float(value), 1.0) for day, value in kept)


def test_no_stretch_goes_across_the_date() -> None:
    """The first after it begins on it, and every day is in one."""
    found = averaged(daily(NOISE), AT)
    assert AT in found.dates
    assert 65 <= len(found) <= 72
    assert sum(found.n) == 2100
    assert "2100 points averaged into" in found.note


def test_short_and_monthly_series_are_left_alone() -> None:
    """Nothing is averaged that can be judged as it is."""
    short = to_series((day, 1.0, 1.0) for day in DAYS[:150])
    assert averaged(short, AT) is short
    monthly = to_series((date(2000 + i // 12, i % 12 + 1, 1), 1.0 * i, 1.0) for i in range(200))
    assert averaged(monthly, AT) is monthly


def test_a_year_of_days_is_judged_by_weeks() -> None:
    """Months would be too few."""
    year = to_series((day, float(v), 1.0) for day, v in zip(DAYS[:365], NOISE, strict=False))
    assert "weeks" in averaged(year, date(2018, 7, 4)).note


def test_one_wild_day_does_not_make_a_month() -> None:
    """It is drawn in to the fence of its month, and that is told."""
    wild = NOISE.copy()
    wild[1000] = 1e6
    found = averaged(daily(wild), AT)
    assert max(found.values) < 10
    assert "drawn in" in found.note


def test_a_shift_of_level_of_daily_figures_is_found_at_the_date_and_without_it() -> None:
    """A change of one standard deviation of a day is a large change of a month."""
    step = 1.5 * (np.array([d >= AT for d in DAYS]))
    given = judge_series(daily(NOISE + step), AT, None)
    assert given.finding.outcome is Outcome.SHIFT
    assert given.finding.direction == "up"
    assert "averaged into" in given.series.note
    searched = judge_series(daily(NOISE + step), None, None)
    assert searched.finding.outcome is Outcome.SHIFT
    assert abs((searched.judged_at - AT).days) <= 10
