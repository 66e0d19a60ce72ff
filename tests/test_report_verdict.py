"""The value that `assess` returns."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

import assessment_sample as sample
from talleyrand.model import Outcome
from talleyrand.report.verdict import Verdict


def test_a_verdict_tells_whose_position_towards_whom_and_when() -> None:
    verdict = Verdict(sample.assessment())
    assert (verdict.sender, verdict.target, verdict.at) == ("CHN", "RUS", sample.AT)
    assert verdict.headline.perception is Outcome.SHIFT
    assert [one.name for one in verdict.dimensions][:2] == ["words", "contacts"]


def test_a_verdict_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Verdict(sample.assessment()).assessment = sample.empty()  # type: ignore[misc]


def test_printing_gives_the_terminal_text_without_colour() -> None:
    shown = str(Verdict(sample.assessment(), sample.NAMES))
    assert shown.startswith("China → Russia")
    assert "\x1b" not in shown
    assert "Next" not in shown


def test_the_frame_has_one_row_a_dimension() -> None:
    frame = Verdict(sample.assessment()).to_frame()
    assert list(frame.index) == ["words", "contacts", "trade", "votes", "opinion", "coverage"]
    assert frame[["low", "high"]].iloc[0].to_list() == [-0.19, 0.11]
    assert frame.index[frame["change"].isna()].to_list() == ["opinion"]


def test_the_series_frame_is_long_and_tidy() -> None:
    points = Verdict(sample.assessment()).series_frame()
    assert points.shape == (120, 9)
    assert points.groupby("dimension").size().to_dict() == {
        "contacts": 3, "coverage": 36, "trade": 30, "votes": 15, "words": 36,
    }  # fmt: skip
    assert points["date"].dtype.kind == "M"
    assert int(points.loc[points["dimension"] == "coverage", "before"].sum()) == 18


def test_the_period_of_the_date_is_neither_before_nor_after() -> None:
    points = Verdict(sample.assessment()).series_frame()
    words = points[points["dimension"] == "words"].set_index("date")["before"]
    assert words.isna().sum() == 1
    assert words.index[words.isna()][0].strftime("%Y-%m") == "2022-09"


@pytest.mark.parametrize("make", [sample.hostile, sample.empty])
def test_frames_keep_their_types_whatever_they_hold(make) -> None:  # type: ignore[no-untyped-def]
    usual, other = Verdict(sample.assessment()), Verdict(make())
    assert other.to_frame().dtypes.equals(usual.to_frame().dtypes)
    assert other.series_frame().dtypes.equals(usual.series_frame().dtypes)


def test_the_plot_shows_itself_in_a_notebook() -> None:
    assert Verdict(sample.assessment()).plot()._repr_svg_().startswith("<svg")


def test_a_verdict_loads_no_heavy_library_until_asked() -> None:
    code = (
        "import sys, talleyrand.report.verdict\n"
        "print(sorted({'pandas', 'rich', 'jinja2', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
