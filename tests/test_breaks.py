"""Breaks at unknown dates, on invented series and on the Nile."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from talleyrand.inference.breaks import breaks, likeliest
from talleyrand.inference.synthetic import monthly, persistent_noise
from talleyrand.model import Series

NOISE = np.random.default_rng(3).standard_normal(90)
K = np.arange(90)


def test_two_steps_are_found_where_they_are() -> None:
    """Each break has its date, its sign and a probability above one half."""
    found = breaks(monthly(NOISE + 4 * (K >= 30) - 6 * (K >= 60)))
    assert [b.date for b in found] == [date(2020, 7, 1), date(2023, 1, 1)]
    assert found[0].change > 2
    assert found[1].change < -4
    assert all(0.5 < b.probability <= 1 for b in found)


def test_noise_trend_and_season_have_no_breaks() -> None:
    """What is not a change of level is not cut into levels."""
    assert breaks(monthly(NOISE)) == ()
    assert breaks(monthly(NOISE + 0.05 * K)) == ()
    assert breaks(monthly(NOISE + 2 * np.sin(K * np.pi / 6))) == ()


def test_short_and_empty_series_have_no_breaks() -> None:
    """Too few points to search."""
    assert breaks(monthly(NOISE[:6])) == ()
    assert breaks(monthly(NOISE[:0])) == ()


def test_a_clean_step_has_no_second_break() -> None:
    """A break that is found does not bring others with it."""
    second = 0
    for seed in range(30):
        noise = np.random.default_rng(seed).standard_normal(60)
        found = breaks(monthly(noise + 3 * (np.arange(60) >= 30)))
        assert found
        second += len(found) > 1
    assert second <= 2


def test_persistence_is_seldom_taken_for_a_break() -> None:
    """Of 60 series with phi .5 few have a break."""
    rng = np.random.default_rng(5)
    false = [breaks(monthly(persistent_noise(rng, phi=0.5, months=60))) for _ in range(60)]
    assert sum(map(bool, false)) <= 6


def test_the_likeliest_break_is_told_even_where_it_is_not_likely() -> None:
    """With the probability that there is any; none for a series too short."""
    found = likeliest(monthly(NOISE))
    assert found is not None
    assert 0 < found.probability < 0.5
    assert likeliest(monthly(NOISE[:9])) is None


def test_an_excursion_up_and_back_is_two_breaks() -> None:
    """Neither of its ends is likely alone."""
    found = breaks(monthly(NOISE + 4 * ((K >= 40) & (K < 48))))
    assert [b.date for b in found] == [date(2021, 5, 1), date(2022, 1, 1)]


def test_a_spike_is_no_break() -> None:
    """Two or three points far out are drawn in."""
    assert breaks(monthly(NOISE + 12 * (K == 30) - 15 * (K == 60))) == ()


def test_a_yearly_series_may_be_as_persistent_as_a_monthly_one() -> None:
    """The same values have the same breaks, whatever lies between two points."""
    rng = np.random.default_rng(8)
    for _ in range(10):
        values = persistent_noise(rng, phi=0.8, months=60)
        one = monthly(values)
        years = tuple(date(1950 + i, 1, 1) for i in range(60))
        yearly = Series(years, one.values, one.n, one.se, "year", "value")
        assert len(breaks(yearly)) == len(breaks(one))


def test_a_long_daily_series_breaks_on_its_day() -> None:
    """Breaks of averaged stretches are moved to the point that parts them best."""
    rng = np.random.default_rng(2)
    days = tuple(date(2018, 1, 1) + timedelta(days=i) for i in range(2000))
    values = rng.standard_normal(2000) + 3 * (np.arange(2000) >= 1234)
    ones = (1.0,) * 2000
    found = breaks(Series(days, tuple(values), ones, (None,) * 2000, "document", "x"))
    assert len(found) == 1
    assert abs((found[0].date - days[1234]).days) <= 2


def test_the_nile_breaks_at_the_end_of_the_century(records: Path) -> None:
    """The flow of the Nile fell in 1898 or 1899 (Cobb 1978)."""
    text = (records / "benchmarks/tcpd/nile.json").read_text("utf-8")
    raw = json.loads(text)["series"][0]["raw"]
    dates = tuple(date(1871 + i, 1, 1) for i in range(len(raw)))
    values = tuple(float(v) for v in raw)
    ones = (1.0,) * len(raw)
    found = breaks(Series(dates, values, ones, (None,) * len(raw), "year", "flow"))
    assert [b.date.year for b in found] in ([1898], [1899])
    assert found[0].probability > 0.95
    assert found[0].change < 0


def test_the_interval_of_a_break_holds_it_and_narrows_with_its_size() -> None:
    """A step of 8 sds is placed to the point, one of 1.5 within an interval around it."""
    rng = np.random.default_rng(5)
    noise = rng.normal(size=80)
    step = (np.arange(80) >= 40).astype(float)
    widths = []
    for size in (1.5, 8.0):
        series = monthly(noise + size * step)
        (found,) = breaks(series)
        assert found.interval is not None
        low, high = (series.dates.index(day) for day in found.interval)
        assert low <= 40 <= high
        widths.append(high - low)
    assert widths[1] <= 1 < widths[0]
