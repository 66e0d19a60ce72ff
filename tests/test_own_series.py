"""Judging a series of one's own: at a date, by a search, from Python, and as JSON."""

import datetime
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import talleyrand
from talleyrand.cli import main
from talleyrand.errors import InputError
from talleyrand.inference.synthetic import monthly, persistent_noise
from talleyrand.model import Outcome
from talleyrand.own_series import judge_series

K = np.arange(60)
NOISE = np.random.default_rng(0).standard_normal(60)
STEP = NOISE + 3 * (K >= 30)
MONTHS = [f"{2018 + i // 12}-{i % 12 + 1:02d}" for i in range(60)]
AT = datetime.date(2020, 7, 1)


def test_without_a_date_the_answer_is_about_the_most_probable_break() -> None:
    """Its probability is part of that of the shift, and the reason says so."""
    judged = judge_series(monthly(STEP), None, None)
    assert (judged.finding.outcome, judged.judged_at, judged.at) == (Outcome.SHIFT, AT, None)
    assert len(judged.finding.breaks) == 1
    assert (judged.finding.p_shift or 1) <= judged.finding.breaks[0].probability
    assert "A break is most probable around July 2020" in judged.finding.reason


def test_of_two_breaks_one_is_judged_between_its_neighbours() -> None:
    """The points past the next break belong to another level."""
    noise = np.random.default_rng(3).standard_normal(90)
    k = np.arange(90)
    judged = judge_series(monthly(noise + 4 * (k >= 30) - 8 * (k >= 60)), None, None)
    assert len(judged.finding.breaks) == 2
    assert judged.finding.change == pytest.approx(-8, abs=1)
    assert (judged.finding.n_before, judged.finding.n_after) == (30, 30)


def test_without_a_probable_break_there_is_no_shift() -> None:
    """Of 40 persistent series without a break nearly none is a SHIFT, and none without a break."""
    shifts = 0
    for seed in range(40):
        noise = persistent_noise(np.random.default_rng(seed), phi=0.5, months=60)
        finding = judge_series(monthly(noise), None, None).finding
        assert finding.breaks or finding.outcome is not Outcome.SHIFT
        assert finding.breaks or "No break is more likely than not" in finding.reason
        shifts += finding.outcome is Outcome.SHIFT
    assert shifts <= 4


def test_a_quiet_series_is_steady_between_its_halves() -> None:
    """Enough points without a break are a positive finding."""
    finding = judge_series(monthly(np.tile(NOISE, 2)), None, 1.5).finding
    assert finding.outcome is Outcome.STEADY


@pytest.mark.parametrize("unit", [1e300, 1e-200, 1e-13])
def test_the_size_of_the_figures_does_not_matter(unit: float) -> None:
    """Huge and tiny values are judged as others are."""
    one = judge_series(monthly(STEP), AT, None).finding
    other = judge_series(monthly(STEP * unit), AT, None).finding
    assert other.outcome is Outcome.SHIFT
    assert other.p_shift == pytest.approx(one.p_shift, abs=1e-6)
    assert other.change == pytest.approx((one.change or 0) * unit, rel=1e-6)


def test_a_long_series_has_its_true_counts_and_says_that_it_was_averaged() -> None:
    """800 points are 800 points."""
    days = [datetime.date(2020, 1, 1) + datetime.timedelta(i) for i in range(800)]
    values = np.random.default_rng(1).standard_normal(800) + 2 * (np.arange(800) >= 400)
    finding = talleyrand.shift(days, values, at=days[400])
    assert (finding.n_before, finding.n_after) == (400, 400)
    assert "800 points were averaged into 116 weeks" in finding.reason
    assert finding.change == pytest.approx(2, abs=0.3)


@pytest.mark.parametrize(
    ("at", "said"), [("2030", "no point on or after 2030"), ("2001-05", "no point before 2001")]
)
def test_a_date_outside_the_series_is_said_plainly(at: str, said: str) -> None:
    """Nothing can be told there."""
    finding = talleyrand.shift(MONTHS, STEP, at=at)
    assert finding.outcome is Outcome.UNCLEAR
    assert said in finding.reason


def test_the_quarter_the_date_falls_into_belongs_to_neither_side() -> None:
    """As with months and years."""
    quarters = [f"{2018 + i // 4}Q{i % 4 + 1}" for i in range(24)]
    finding = talleyrand.shift(quarters, NOISE[:24], at="2020-08-15")
    assert (finding.n_before, finding.n_after) == (10, 13)


@pytest.mark.parametrize(
    "dates",
    [
        MONTHS,
        [datetime.date.fromisoformat(f"{m}-01") for m in MONTHS],
        [datetime.datetime.fromisoformat(f"{m}-01T12:00") for m in MONTHS],
        np.array(MONTHS, dtype="datetime64[M]"),
        np.array(MONTHS, dtype="datetime64[ns]"),
        pd.Series(pd.to_datetime(MONTHS)),
        pd.period_range("2018-01", periods=60, freq="M"),
    ],
    ids=["text", "date", "datetime", "numpy months", "numpy ns", "pandas", "periods"],
)
def test_dates_and_values_of_python_numpy_and_pandas_are_taken(dates: object) -> None:
    """The same series in any form has the same answer."""
    wanted = talleyrand.shift(MONTHS, STEP.tolist(), at="2020-07")
    at = datetime.datetime.fromisoformat("2020-07-01T09:00")
    assert talleyrand.shift(dates, STEP, at=at, n=np.ones(60)) == wanted  # type: ignore[arg-type]
    assert talleyrand.shift(dates, pd.Series(STEP), at=AT) == wanted  # type: ignore[arg-type]


def test_none_and_nan_are_gaps() -> None:
    """They are left out."""
    values = [None, float("nan"), pd.NA, *STEP[3:]]
    assert talleyrand.shift(MONTHS, values, at=AT).n_before == 27


@pytest.mark.parametrize(
    ("dates", "values", "said"),
    [
        (["soon", *MONTHS[1:]], STEP, "point 0: 'soon' is no date"),
        (MONTHS[:5], STEP, "5 dates, 60 values"),
        (MONTHS, ["much", *STEP[1:]], "point 0: 'much' is no number"),
    ],
)
def test_what_cannot_be_judged_is_refused(dates: list[str], values: list[float], said: str) -> None:
    """No point is lost in silence."""
    with pytest.raises(InputError, match=said):
        talleyrand.shift(dates, values)


def test_an_assessment_takes_a_moment_for_its_day() -> None:
    """A datetime is as good as its date."""
    moment = datetime.datetime.fromisoformat("2022-09-15T10:00")
    assert talleyrand.assess("CHN", "RUS", at=moment).at == moment.date()


def test_the_json_tells_the_date_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether it was asked for or found, with what was left out."""
    path = tmp_path / "series.csv"
    rows = (f"{m},{v},x" for m, v in zip(MONTHS, STEP, strict=True))
    path.write_text("date,value,remark\n" + "\n".join(rows))
    for extra, chosen in (([], True), (["--at", "2020-07"], False)):
        assert main(["shift", str(path), "--json", *extra]) == 0
        out, err = capsys.readouterr()
        answer = json.loads(out)
        assert (answer["at"], answer["at_chosen"]) == ("2020-07-01", chosen)
        assert "not read: 'remark'" in answer["note"]
        assert "not read: 'remark'" in err


def test_logs_are_shown_as_plain_percentages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """+96 %, never +9.6e+01 %."""
    path = tmp_path / "series.csv"
    values = np.exp(0.01 * NOISE + 0.7 * (K >= 30))
    path.write_text("\n".join(f"{m},{v}" for m, v in zip(MONTHS, values, strict=True)))
    assert main(["shift", str(path), "--log", "--at", "2020-07"]) == 0
    assert "e+" not in capsys.readouterr().out
