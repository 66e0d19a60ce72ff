"""Long daily series by months counted from a date, on invented series."""

from datetime import date, timedelta

import numpy as np
import pytest

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


def test_heavy_tails_are_drawn_in_and_that_is_told() -> None:
    """A mean of months with wild bursts is held near the level; the answer says so."""
    found = averaged(daily(NOISE), AT)
    assert "in heavy tails drawn in to 2 robust standard deviations" in found.note
    finding = judge_series(daily(NOISE), AT, None).finding
    assert "months, their heavy tails drawn in." in finding.reason


def test_a_normal_or_skewless_short_tailed_series_is_left_as_it_is() -> None:
    """Nothing is drawn in that needs none: the means are those of the days."""
    for values in (np.random.default_rng(1).standard_normal(2100), np.arange(2100.0) % 7):
        found = averaged(daily(values), AT)
        assert "heavy" not in found.note
        total = np.average(found.values, weights=found.n)
        assert total == pytest.approx(values.mean(), abs=0.01)


def test_a_lasting_move_is_kept_whole_by_heavy_tails() -> None:
    """However large, it stands in the levels: its size is not drawn in."""
    for first in (AT, DAYS[1500], DAYS[2000]):
        step = 50.0 * np.array([day >= first for day in DAYS])
        found = judge_series(daily(NOISE + step), first, None).finding
        assert found.outcome is Outcome.SHIFT
        assert found.change == pytest.approx(50, abs=1)


def test_drawing_in_does_not_depend_on_the_sign_the_unit_or_the_level() -> None:
    """A property: the means of -a x - b are -a times the means of x, less b."""
    plain = np.array(averaged(daily(NOISE), AT).values)
    turned = np.array(averaged(daily(-1000 * NOISE - 7e5), AT).values)
    assert turned == pytest.approx(-1000 * plain - 7e5, rel=1e-9)


def test_a_series_of_mostly_zeros_is_not_emptied() -> None:
    """With no spread about its levels there is nothing to measure far out by."""
    rare = np.where(np.random.default_rng(2).random(2100) < 0.2, 5.0, 0.0)
    assert max(averaged(daily(rare), AT).values) > 1


def test_a_step_under_bursts_is_seen() -> None:
    """Known answer: a step of one spread under days of news up to hundreds of times as large."""
    rng = np.random.default_rng(8)
    bursts = rng.standard_t(1.2, 2100) * 3
    seen = judge_series(daily(bursts + 3 * np.array([day >= AT for day in DAYS])), AT, None).finding
    assert (seen.outcome, seen.direction) == (Outcome.SHIFT, "up")
    none = judge_series(daily(bursts), AT, None).finding
    assert none.outcome is not Outcome.SHIFT
