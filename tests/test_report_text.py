"""The answer in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import assessment_sample as sample
from talleyrand.figures import percent
from talleyrand.model import Break, Series
from talleyrand.report import remarks, text, words
from talleyrand.report.spark import sparkline

GOLDEN = """\
China → Russia around 15 September 2022               12 months before, 12 after

  The reading changed, not the position.
  position    STEADY  2 of 4 dimensions STEADY, 1 SHIFT, 1 UNCLEAR
  perception  SHIFT   coverage SHIFT further

  dimension  series           change          interval  margin  verdict
  words      ▂▇▁█▃▆▅│▇▃▅▃▆▁▃   -0.04    -0.19 .. +0.11    0.25  STEADY
  contacts     ▆  ▁ │  █       +0.30    -0.60 .. +1.10    0.50  UNCLEAR
  trade      ▁▁▂▂ ▄▄│▅▅▆▆▇▇█  +2.6bn  +1.4bn .. +3.9bn   1.2bn  SHIFT closer
  votes      ▂▂█▆▁▄█│▄▁       +0.011  -0.017 .. +0.038   0.050  STEADY
  coverage   ██▇██▇█│▂▁▂▂▂▂▂   -0.61    -0.83 .. -0.38    0.20  SHIFT further

  words: 12 months before, 12 after (Mar 2021 - Feb 2024); <1 % beyond the
  margin. Most probably moved around March 2022, 6 months before the date (91
  %).
  contacts: 2 points before, 1 after (Feb 2022 - Dec 2022); 31 % beyond the
  margin. 3 more months like these would settle it.
  trade: 11 months before, 12 after (May 2021 - Dec 2023); 98.2 % beyond the
  margin.
  votes: 8 years before, 7 after (2010 - 2024); 1 % beyond the margin.
  coverage: 12 months before, 12 after (Apr 2021 - Mar 2024); >99.9 % beyond the
  margin. Most probably moved around October 2022, 1 month after the date (88
  %).
  opinion: no change measurable; nothing on record within reach of the date. One
  survey wave before the date and one after it.

  date: September 2022 (words) holds the date and counts for neither side.
  sources: coverage: headlines begins 2022-01-05
  note: Invented figures: a sample for tests.
  words: Read-outs and press conferences only.
  trade: January and February come as one figure.
  coverage: A fixed panel of 5 outlets.
  other margins: words UNCLEAR at half; trade UNCLEAR at double
  units: words log-odds; contacts meetings a month; trade USD a month; votes
  agreement beyond chance; coverage tone
  rule: Most of the judged dimensions decide a side.

  Answers from the bundled casebook, built 2026-01-31.
  Next: talleyrand evidence CHN RUS --at 2022-09-15"""

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def widest(shown: str) -> int:
    return max(map(cell_len, shown.split("\n")))


def test_the_terminal_answer_is_as_agreed() -> None:
    hints = ["talleyrand evidence CHN RUS --at 2022-09-15"]
    assert text.render(sample.assessment(), names=sample.NAMES, hints=hints) == GOLDEN


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@pytest.mark.parametrize("make", [sample.assessment, sample.hostile, sample.empty])
def test_no_line_is_wider_than_asked(make, width: int) -> None:  # type: ignore[no-untyped-def]
    assert widest(text.render(make(), width=width)) <= width


def test_wide_characters_count_twice() -> None:
    names = {"CHN": "中华人民共和国", "RUS": "俄罗斯联邦"}
    first = text.render(sample.assessment(), names=names).split("\n")[0]
    assert cell_len(first) == 80
    assert len(first) < 80


def test_colour_only_adds_escapes() -> None:
    coloured = text.render(sample.assessment(), colour=True)
    bare = [line.rstrip() for line in ESCAPES.sub("", coloured).split("\n")]
    assert bare == text.render(sample.assessment()).split("\n")
    assert "\x1b[" in coloured


def test_colour_ignores_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "33")
    assert "\x1b" not in text.render(sample.assessment())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in text.render(sample.assessment(), colour=True)


def test_each_outcome_is_as_prominent_as_the_others() -> None:
    coloured = text.render(sample.assessment(), colour=True)
    assert all(re.search(rf"\x1b\[1;3\dm{word}", coloured) for word in ("SHIFT", "STEADY", "UNCL"))


def test_hostile_text_cannot_steer_the_terminal() -> None:
    shown = text.render(sample.hostile())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "\\x1b[31mred" in shown
    shown.encode("utf-8")


def test_an_assessment_without_dimensions_has_no_table() -> None:
    shown = text.render(sample.empty())
    assert "no dimension measured" in shown
    assert "interval" not in shown


def test_an_own_series_shows_change_margin_and_chances() -> None:
    judged = sample.assessment().judged[-1]
    shown = text.render_finding(judged.finding, judged.series, title="mine.csv", at=sample.AT)
    assert shown.startswith("mine.csv around 15 September 2022")
    assert "12 before, 12 after" in shown
    assert "-0.61 tone  (95 %: -0.83 .. -0.38)" in shown
    assert "0.20 tone  (SHIFT at half, SHIFT at double)" in shown
    assert ">99.9 % that it moved by more than the margin" in shown
    assert widest(shown) <= 80


def test_without_a_date_the_breaks_are_listed() -> None:
    judged = sample.assessment().judged[0]
    shown = text.render_finding(judged.finding, judged.series, title="mine.csv")
    assert "1 Mar 2022" in shown
    assert "│" not in shown


def test_a_change_of_logarithms_is_shown_as_a_percentage() -> None:
    judged = sample.assessment().judged[-1]
    shown = text.render_finding(judged.finding, judged.series, unit="log USD a month")
    assert "-46 %  (95 %: -56 % .. -32 %)" in shown


def test_an_unlikely_break_is_not_called_the_most_probable() -> None:
    judged = sample.assessment().judged[0]
    finding = replace(judged.finding, breaks=(Break(date(2022, 3, 1), 0.09, 0.1),))
    for at in (sample.AT, None):
        assert "most probable" not in text.render_finding(finding, judged.series, at=at)


def test_what_was_not_estimated_is_left_out() -> None:
    shown = text.render_finding(sample.assessment().judged[4].finding, at=sample.AT)
    assert "chance" not in shown
    assert "– that" not in shown


def test_units_are_said_once() -> None:
    judged = replace(sample.assessment().judged[1], unit="contacts a month")
    logs = replace(sample.assessment().judged[2], unit="log USD a month")
    told = remarks.units_words(replace(sample.assessment(), judged=(judged, logs)))
    assert told == "contacts a month; trade %"


def test_a_shift_of_another_time_says_so_in_its_row() -> None:
    judged = sample.assessment().judged[2]
    moved = replace(judged.finding, elsewhere=Break(date(2021, 9, 1), 0.8, 1.0))
    shown = text.render(replace(sample.assessment(), judged=(replace(judged, finding=moved),)))
    assert "SHIFT closer, earlier" in shown
    assert "12 months before the date (80 %); not counted as a change at it." in joined(shown)


def test_a_change_without_an_interval_is_no_estimate() -> None:
    judged = sample.assessment().judged[2]
    few = replace(judged, finding=replace(judged.finding, interval=None))
    assert "no estimate" in text.render(replace(sample.assessment(), judged=(few,)))


def test_a_trend_is_named_in_the_terminal() -> None:
    judged = sample.assessment().judged[2]
    trending = replace(judged.finding, p_trend=0.83, trend=-1.0)
    shown = text.render(replace(sample.assessment(), judged=(replace(judged, finding=trending),)))
    assert "A falling trend runs through the date (83 %)." in joined(shown)


def joined(shown: str) -> str:
    return " ".join(shown.split())


def test_a_series_with_one_point_a_year_has_a_bar_a_point() -> None:
    """Two sessions ten months apart are two bars."""
    days = (date(2020, 10, 7), date(2021, 10, 1), date(2022, 11, 1), date(2023, 9, 5))
    votes = Series(days, (0.1, 0.2, 0.3, 0.9), (60,) * 4, (0.1,) * 4, "session", "agreement")
    assert sparkline(votes, sample.AT, 12, 5) == "   ▁▂│▃█   "


def test_the_period_of_the_date_is_on_neither_side_of_the_bars() -> None:
    rows = sample.monthly(date(2021, 9, 1), [0.0] * 12 + [9.0] + [1.0] * 12)
    held = Series(
        tuple(d for d, _ in rows), tuple(v for _, v in rows), (1.0,) * 25, (None,) * 25,
        "month", "",
    )  # fmt: skip
    drawn = sparkline(held, sample.AT, 12, 12, (date(2022, 9, 1),))
    assert drawn == "▁" * 12 + "│" + "█" * 12


def series(values: list[float], at: date, step: int = 30) -> Series:
    days = tuple(at + timedelta(days=step * i - 150) for i in range(len(values)))
    blank = tuple(None for _ in values)
    return Series(days, tuple(values), tuple(1.0 for _ in values), blank, "document", "")


def test_a_gap_in_the_sparkline_is_a_blank_and_not_a_zero() -> None:
    rows = sample.monthly(date(2021, 10, 1), [1, 1, 1, float("nan"), 1, 1] * 4)
    days = tuple(day for day, _ in rows)
    gappy = Series(days, (0.0,) * 20, (1.0,) * 20, (None,) * 20, "month", "")
    assert sparkline(gappy, sample.AT, 12, 12) == "▄▄▄ ▄▄▄▄▄ ▄▄│▄▄▄ ▄▄▄▄▄ ▄▄"


@pytest.mark.parametrize("bars", range(3, 13))
def test_a_full_monthly_series_has_no_gap_at_any_width(bars: int) -> None:
    for day in range(1, 29):
        at = date(2022, 9, day)
        rows = sample.monthly(date(2021, 10, 1), [float(i) for i in range(24)])
        full = Series(
            tuple(d for d, _ in rows), tuple(v for _, v in rows), (1.0,) * 24, (None,) * 24,
            "month", "",
        )  # fmt: skip
        drawn = sparkline(full, at, 11, bars)
        assert len(drawn) == 2 * bars + 1
        assert drawn[bars] == "│"
        assert " " not in drawn.strip(), (at, drawn)


@given(st.lists(st.floats(), max_size=30), st.integers(3, 12))
def test_a_sparkline_has_its_width_whatever_the_values(values: list[float], bars: int) -> None:
    drawn = sparkline(series(values, sample.AT), sample.AT, 12, bars)
    assert len(drawn) == 2 * bars + 1


@given(st.text(st.characters(codec=None)))
def test_plain_text_is_one_line_that_any_terminal_can_show(given_text: str) -> None:
    shown = words.plain(given_text)
    shown.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)
    assert words.plain(shown) == shown


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (None, "–"), (float("nan"), "–"), (0.0, "<1 %"), (0.31, "31 %"), (0.9499, "94.9 %"),
        (0.0059, "<1 %"), (0.0099, "<1 %"), (0.01, "1 %"), (0.57, "57 %"), (0.941, "94.1 %"),
        (0.975, "97.5 %"), (1.0, ">99.9 %"),
    ],
)  # fmt: skip
def test_a_percentage_is_never_rounded_up_past_a_threshold(
    probability: float | None, shown: str
) -> None:
    assert percent(probability) == shown


@pytest.mark.parametrize(
    ("largest", "smallest", "value", "shown"),
    [
        (0.5, 0.25, -0.041, "-0.04"), (3.9e9, 1.25e9, 2.6e9, "+2.6bn"), (12.0, 5.0, 3.25, "+3.2"),
        (1e-9, 1e-10, 2e-9, "+2.0e-09"), (120.0, 15.0, 33.3, "+33"), (0.5, 0.25, None, "–"),
        (0.5, 0.25, float("-inf"), "-∞"),
    ],
)  # fmt: skip
def test_figures_keep_two_digits_of_the_margin(
    largest: float, smallest: float, value: float | None, shown: str
) -> None:
    assert words.scale_for(largest, smallest).signed(value) == shown
