"""The answer in the terminal."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import assessment_sample as sample
from talleyrand.model import Series
from talleyrand.report import text, words
from talleyrand.report.spark import sparkline

GOLDEN = """\
China → Russia around 15 September 2022               12 months before, 12 after

  The reading changed, not the position.
  position    STEADY  2 of 5 dimensions STEADY, 2 UNCLEAR, 1 SHIFT
  perception  SHIFT   coverage SHIFT further

  dimension  series           change          interval  margin  verdict
  words      ▃█▃█▁▇▃│█▅▆▅▇▃▄   -0.04    -0.19 .. +0.11    0.25  STEADY
  contacts     ▆  ▁ │  █       +0.30    -0.60 .. +1.10    0.50  UNCLEAR
  trade      ▁▁▂▂ ▄▄│▅▅▆▆▇▇█  +2.6bn  +1.4bn .. +3.9bn   1.2bn  SHIFT closer
  votes      ▅▂█▆▁▄█│▄▁       +0.011  -0.017 .. +0.038   0.050  STEADY
  opinion           │              –       no estimate     5.0  UNCLEAR
  coverage   ██▇██▇█│▂▁▂▂▂▂▂   -0.61    -0.83 .. -0.38    0.20  SHIFT further

  contacts: 3 more months like these would settle it.
  opinion: One survey wave before the date and one after it.
  words: most probably moved around March 2022, 6 months earlier (91 %).
  words: Read-outs and press conferences only.
  trade: January and February come as one figure.
  coverage: A fixed panel of 5 outlets.
  units: words log-odds; contacts meetings a month; trade USD a month; votes
  agreement beyond chance; opinion % favourable; coverage tone
  note: Invented figures: a sample for tests.

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
        (0.975, "97.5 %"), (1.0, ">99.9 %"),
    ],
)  # fmt: skip
def test_a_percentage_is_never_rounded_up_past_a_threshold(
    probability: float | None, shown: str
) -> None:
    assert words.percent(probability) == shown


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
