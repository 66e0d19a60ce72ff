"""The judgement: known answers, invariances, and its error rates on a seeded simulation."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand.errors import InputError
from talleyrand.inference.shift import Thresholds, default_margin, judge
from talleyrand.inference.synthetic import monthly, persistent_counts, persistent_noise
from talleyrand.model import Finding, Outcome, Series

AT = date(2020, 7, 1)  # the thirty-first month of a series from January 2018
WAYS = ("up", "down")
K = np.arange(60)
NOISE = np.random.default_rng(0).standard_normal(60)


def found(values: object, margin: float = 1.0, at: date = AT) -> Finding:
    return judge(monthly(np.asarray(values, float)), at, margin=margin, directions=("up", "down"))


def test_a_clear_step_is_a_shift_of_its_size_and_sign() -> None:
    """Two standard deviations up are found, the interval holds the truth."""
    finding = found(NOISE + 2 * (K >= 30))
    assert (finding.outcome, finding.direction) == (Outcome.SHIFT, "up")
    assert finding.interval is not None
    assert finding.interval[0] < 2 < finding.interval[1]
    assert finding.breaks[0].date in (date(2020, 6, 1), AT, date(2020, 8, 1))


def test_a_level_that_holds_is_steady() -> None:
    """Enough quiet months are a positive finding."""
    assert found(0.5 * NOISE).outcome == Outcome.STEADY


@pytest.mark.parametrize(
    "values",
    [
        0.1 * NOISE + 0.1 * K,
        NOISE + 0.1 * K,
        NOISE + 2 * np.sin(K * np.pi / 6),
        NOISE + 15.0 * (K == 40),
    ],
    ids=["steep trend", "trend", "season", "outlier"],
)
def test_what_is_no_step_is_no_shift(values: np.ndarray) -> None:
    """A trend through the date, a yearly cycle and one wild month are not changes at the date."""
    assert found(values).outcome != Outcome.SHIFT


def test_a_change_elsewhere_is_dated_elsewhere() -> None:
    """The answer says when the level most probably moved, if that was not at the date."""
    finding = found(NOISE + 3 * (K >= 15))
    assert finding.breaks[0].date == date(2019, 4, 1)
    assert "April 2019, before the date asked" in finding.reason


def test_a_trend_is_named_whatever_the_outcome() -> None:
    """A level that trends has not stayed: the reason says so, and the slope a year is given."""
    outcomes = {}
    for step, margin in ((0.0, 3.0), (0.0, 0.3), (3.0, 0.5)):
        finding = found(0.3 * NOISE + 0.1 * K + step * (K >= 30), margin=margin)
        outcomes[finding.outcome] = finding
        assert (finding.p_trend or 0) > 0.5
        assert "trend" in finding.reason.lower()
        assert "level stayed" not in finding.reason
        assert finding.trend == pytest.approx(1.2, abs=0.25)
    assert len(outcomes) == 3


def test_a_level_without_a_trend_has_no_slope() -> None:
    """Where a trend is less likely than not none is drawn or named."""
    finding = found(NOISE)
    assert (finding.p_trend or 0) < 0.5
    assert finding.trend is None
    assert "trend" not in finding.reason


def yearly(values: list[float], first: int = 2014) -> Series:
    count = len(values)
    days = tuple(date(first + i, 1, 1) for i in range(count))
    return Series(days, tuple(values), (1.0,) * count, (None,) * count, "year", "x")


def test_a_yearly_rise_after_the_year_of_the_date_is_dated_elsewhere() -> None:
    """The year of the date shows the old level still: a change before its middle would show."""
    flat = [0.1, -0.1, 0.0, 0.1, -0.05, 0.05, 0.0, 0.02]
    series = yearly([*flat, 2.0, 2.1, 1.95, 2.05])  # 2014 to 2025, risen from 2022 on
    before, near, late = (judge(series, date(2021, month, 1), margin=0.5) for month in (3, 6, 9))
    assert near.elsewhere is None  # a yearly figure does not tell one quarter from the next
    assert before.elsewhere is not None
    assert before.elsewhere.date == date(2022, 1, 1)
    assert "after the date asked" in before.reason
    assert late.elsewhere is None
    assert before.left_out == (date(2021, 1, 1),)
    assert "around 2022, after" in before.reason  # no month of a yearly series


def test_a_session_is_named_by_the_year_it_began_in() -> None:
    """No month of a series with one point a session."""
    days = tuple(date(2005 + i, 10, 10) for i in range(14))
    values = tuple(0.01 * (-1) ** i + (i >= 10) for i in range(14))
    series = Series(days, values, (60.0,) * 14, (0.03,) * 14, "session", "x")
    asked, same = (judge(series, date(*day), margin=0.2) for day in ((2012, 3, 1), (2015, 11, 1)))
    assert "in the session begun in 2015, after" in asked.reason
    assert same.elsewhere is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0, 0, "no record within reach"),
        (30, 0, "0 after"),
        (2, 30, "Only 2 before"),
        (30, 2, "2 after"),
    ],
)
def test_too_few_points_are_unclear_with_what_would_settle_it(
    before: int, after: int, said: str
) -> None:
    """No outcome is forced from a handful of points."""
    values = np.concatenate([NOISE[:before], NOISE[:after]])
    at = monthly(np.zeros(before + 1)).dates[-1]
    finding = found(values, at=at)
    assert finding.outcome == Outcome.UNCLEAR
    assert said in finding.reason
    assert finding.would_settle


def test_ten_points_with_a_large_step_suffice() -> None:
    """Five on either side tell a step of five standard deviations."""
    values = NOISE[:10] + 5 * (np.arange(10) >= 5)
    assert found(values, at=date(2018, 6, 1)).outcome == Outcome.SHIFT


def test_a_constant_series_is_steady_and_a_constant_step_a_shift() -> None:
    """Series without any noise do not divide by zero."""
    assert found(np.ones(30), at=date(2019, 4, 1)).outcome == Outcome.STEADY
    step = found(np.r_[np.zeros(15), 2 * np.ones(15)], at=date(2019, 4, 1))
    assert step.outcome == Outcome.SHIFT
    assert step.change == pytest.approx(2)


def test_known_sampling_error_keeps_zeros_from_being_certain() -> None:
    """Twelve months without a contact do not prove a rate of zero."""
    series = monthly(np.zeros(24))
    rated = replace(series, se=(0.7,) * 24)
    finding = judge(rated, date(2019, 1, 1), margin=0.2)
    assert finding.outcome == Outcome.UNCLEAR
    assert judge(rated, date(2019, 1, 1), margin=2.0).outcome == Outcome.STEADY


def test_the_month_the_date_falls_into_belongs_to_neither_side() -> None:
    """A date inside a month leaves that month out; on its first day it counts as after."""
    series = monthly(NOISE)
    assert judge(series, AT, margin=1.0).n_after == 30
    inside = judge(series, AT.replace(day=15), margin=1.0)
    assert (inside.n_before, inside.n_after) == (30, 29)


@pytest.mark.parametrize("margin", [0.0, -1.0, float("nan"), float("inf")])
def test_a_margin_must_be_above_zero(margin: float) -> None:
    """Anything else is an error, not an answer."""
    with pytest.raises(InputError, match="margin"):
        found(NOISE, margin=margin)


def test_a_value_that_is_not_finite_is_refused() -> None:
    """Gaps are left out, never filled with something that is no number."""
    with pytest.raises(InputError, match="finite"):
        found([*NOISE[:59], float("nan")])


def test_points_with_more_behind_them_weigh_more() -> None:
    """A wild value with a single document behind it moves the answer little."""
    values = NOISE.copy()
    values[35:38] += 6
    heavy = monthly(values)
    light = replace(heavy, n=tuple(1.0 if 35 <= i < 38 else 40.0 for i in range(60)))
    changed = [judge(s, AT, margin=1.0).change for s in (heavy, light)]
    assert abs(changed[1] or 0) < abs(changed[0] or 0)


noisy = st.integers(0, 10_000).map(lambda s: np.random.default_rng(s).standard_normal(24).cumsum())


@settings(max_examples=25, deadline=None)
@given(noisy, st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_units_and_origin_do_not_matter(values: np.ndarray, origin: float, unit: float) -> None:
    """Moving and stretching the series moves and stretches the answer, and changes no verdict."""
    at = date(2019, 1, 1)
    one = found(values, margin=1.0, at=at)
    other = found(origin + unit * values, margin=unit, at=at)
    assert other.p_shift == pytest.approx(one.p_shift, abs=1e-4)
    assert other.change == pytest.approx((one.change or 0) * unit, rel=1e-3, abs=1e-3 * unit)


@settings(max_examples=25, deadline=None)
@given(noisy)
def test_a_mirrored_series_has_the_mirrored_answer(values: np.ndarray) -> None:
    """Up and down are treated alike, and the two probabilities add up to one."""
    at = date(2019, 1, 1)
    one, other = found(values, at=at), found(-values, at=at)
    assert one.outcome == other.outcome
    assert other.change == pytest.approx(-(one.change or 0), abs=1e-6)
    assert (one.p_shift or 0) + (one.p_steady or 0) == pytest.approx(1)


@settings(max_examples=15, deadline=None)
@given(noisy, st.randoms(use_true_random=False))
def test_the_order_of_the_points_does_not_matter(values: np.ndarray, shuffle: object) -> None:
    """Points are put in order of date first."""
    series = monthly(values)
    order = list(range(24))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    mixed = Series(
        tuple(series.dates[i] for i in order),
        tuple(series.values[i] for i in order),
        series.n,
        series.se,
        "month",
        "value",
    )
    at = date(2019, 1, 1)
    assert judge(mixed, at, margin=1.0) == judge(series, at, margin=1.0)


@pytest.mark.parametrize("phi", [0.0, 0.6])
def test_error_rates_hold_on_persistent_counts(phi: float) -> None:
    """Of 100 seeded series without a change few are SHIFT, of 100 at the margin few STEADY."""
    margin = float(np.log(1.5))
    at = date(2022, 1, 1)
    outcomes = {}
    for ratio in (1.0, 1.5, 2.5):
        rng = np.random.default_rng(7)
        counts = persistent_counts(rng, phi=phi, ratio=ratio, repetitions=100)
        outcomes[ratio] = [found(np.log(c + 0.5), margin, at).outcome for c in counts]
    assert outcomes[1.0].count(Outcome.SHIFT) <= 8
    assert outcomes[1.5].count(Outcome.STEADY) <= 11
    assert outcomes[2.5].count(Outcome.SHIFT) >= 88


def test_thresholds_decide() -> None:
    """A stricter threshold turns STEADY into UNCLEAR."""
    series = monthly(0.5 * NOISE)
    strict = judge(series, AT, margin=0.6, thresholds=Thresholds(steady=0.9999999))
    assert strict.outcome == Outcome.UNCLEAR


def test_the_default_margin_is_never_zero() -> None:
    """Constant and empty series have a margin too, and a step does not widen it."""
    assert default_margin(monthly(np.ones(10)))[0] == pytest.approx(0.05)
    assert default_margin(monthly(np.zeros(10)))[0] > 0
    assert default_margin(monthly(np.array([])))[0] > 0
    plain, stepped = (default_margin(monthly(NOISE + s * (K >= 30)))[0] for s in (0, 50))
    assert stepped == pytest.approx(plain, rel=0.2)


@pytest.mark.parametrize("places", [(20,), (20, 41), (3, 4, 55)])
def test_spikes_do_not_widen_the_default_margin(places: tuple[int, ...]) -> None:
    """Two months of a hundred times the usual made a margin that no change could pass."""
    spiked = NOISE.copy()
    spiked[list(places)] += 50
    plain, told = default_margin(monthly(NOISE)), default_margin(monthly(spiked))
    assert told[0] == pytest.approx(plain[0], rel=0.15)
    assert "spike" in told[1]
    assert "spike" not in plain[1]


def test_the_default_margin_of_a_step_without_noise_is_a_share_of_it() -> None:
    """Not so small that it shows as nothing."""
    assert default_margin(monthly(np.where(K >= 30, 5.0, 0.0)))[0] == pytest.approx(0.25)


def test_persistent_noise_is_what_it_says() -> None:
    """The generator's correlation is the one asked for."""
    noise = persistent_noise(np.random.default_rng(1), phi=0.8, months=5000)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0.8, abs=0.05)
