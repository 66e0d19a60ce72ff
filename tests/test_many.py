"""Many series at once: the same answers as one by one."""

import numpy as np
import pytest

from talleyrand.errors import InputError
from talleyrand.inference.change import posterior
from talleyrand.inference.decision import OUTCOMES
from talleyrand.inference.many import judge_all
from talleyrand.inference.shift import judge
from talleyrand.inference.synthetic import monthly
from talleyrand.model import Outcome

RNG = np.random.default_rng(5)
MONTHS = np.arange(60.0)
AFTER = (MONTHS >= 30).astype(float)


def test_many_are_judged_as_each_alone() -> None:
    """Steps, quiet series, outliers, trends: outcome, change and probability are the same."""
    noise = RNG.standard_normal((60, 12)) * np.where(np.arange(12) < 4, 0.4, 1.0)
    values = noise + AFTER[:, None] * np.array([0, 0, 2, 2] * 3)
    values[40, 3:6] += 9
    values[:, 8:10] += 0.08 * MONTHS[:, None]
    found = judge_all(MONTHS, values, AFTER, 0.8)
    for i in range(12):
        series = monthly(values[:, i])
        alone = judge(series, series.dates[30], margin=0.8, dated=False)
        assert OUTCOMES[found.outcome[i]] == alone.outcome
        assert found.change[i] == pytest.approx(alone.change, abs=1e-9)
        assert found.p_steady[i] == pytest.approx(alone.p_steady, abs=1e-9)
    assert len({OUTCOMES[place] for place in found.outcome}) == 3


def test_noise_of_single_points_is_the_same_added_or_given() -> None:
    """Updating the covariance for an outlier is the grid with that noise in it."""
    values, plain, extra = RNG.standard_normal(60), np.ones(60), np.zeros(60)
    extra[[5, 40]] = 12.0, 18.0
    for floor in (0.0, 0.5):
        added = posterior(MONTHS, values, AFTER, plain, floor, extra)
        given = posterior(MONTHS, values, AFTER, plain + extra, floor)
        assert added.mean == pytest.approx(given.mean, abs=1e-8)
        assert added.spread == pytest.approx(given.spread, abs=1e-8)
        assert added.rival == pytest.approx(given.rival, rel=1e-6)


def test_a_value_that_is_not_finite_is_refused() -> None:
    """As for a single series."""
    with pytest.raises(InputError, match="finite"):
        judge_all(MONTHS, np.full((60, 2), np.nan), AFTER, 1.0)


def test_a_trend_that_explains_it_better_is_no_shift() -> None:
    """A line through the date would pass for a step: the answer is UNCLEAR and says why."""
    values = 0.7 * np.random.default_rng(2).standard_normal(60) + 0.05 * MONTHS
    found = posterior(MONTHS, values, AFTER, np.ones(60), 0.0)
    assert found.rival > 1.6
    series = monthly(values)
    finding = judge(series, series.dates[30], margin=0.3)
    assert finding.outcome == Outcome.UNCLEAR
    assert "trend" in finding.reason.lower()


def test_a_clear_step_beats_a_trend() -> None:
    """The Bayes factor of a trend against a step of two standard deviations is small."""
    values = np.random.default_rng(3).standard_normal(60) + 2 * AFTER
    assert posterior(MONTHS, values, AFTER, np.ones(60), 0.0).rival < 0.2
