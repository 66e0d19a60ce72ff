"""The pictures."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

import assessment_sample as sample
from talleyrand.assessment import Judged
from talleyrand.errors import InputError
from talleyrand.model import Break, Series
from talleyrand.report import axes, chart, view

SVG = "{http://www.w3.org/2000/svg}"


def drawn(judged: Judged, at: date | None = sample.AT, window: int | None = 12) -> etree._Element:
    return etree.fromstring(chart.single(judged, at, window).svg.encode())


def marked(tree: etree._Element, style: str) -> list[etree._Element]:
    return [e for e in tree.iter() if e.get("class", "").split()[:1] == [style]]


@pytest.mark.parametrize("make", [sample.assessment, sample.hostile, sample.empty])
def test_a_picture_is_well_formed_and_described(make) -> None:  # type: ignore[no-untyped-def]
    tree = etree.fromstring(chart.panels(make()).svg.encode())
    assert tree.find(f"{SVG}title") is not None
    assert tree.find(f"{SVG}desc") is not None
    assert tree.findall(f".//{SVG}script") == []


def test_a_panel_shows_each_point_with_its_error_and_the_four_marks() -> None:
    tree = drawn(sample.assessment().judged[-1])
    assert len(marked(tree, "tr-dot")) == len(marked(tree, "tr-error")) == 36
    assert len(marked(tree, "tr-context")) == 11
    assert marked(tree, "tr-neither") == []
    for style in ("tr-at", "tr-margin", "tr-before", "tr-after", "tr-interval"):
        assert len(marked(tree, style)) == 1, style


def test_the_level_after_is_the_mean_before_plus_the_change() -> None:
    judged = sample.assessment().judged[1]
    before, after = (
        float(marked(drawn(judged), style)[0].get("d", "").split()[1].split("H")[0])
        for style in ("tr-before", "tr-after")
    )
    dots = [float(dot.get("cy", "")) for dot in marked(drawn(judged), "tr-dot")]
    slope = dots[1] - dots[0]  # the pixels from 2.0 down to 1.0
    assert before == pytest.approx(dots[0] + slope / 2, abs=0.2)
    assert after == pytest.approx(before - 0.3 * slope, abs=0.2)


def test_the_period_of_the_date_is_hollow_and_in_no_mean() -> None:
    judged = sample.assessment().judged[0]
    assert len(marked(drawn(judged), "tr-neither")) == 1
    high = tuple(99.0 if d == date(2022, 9, 1) else 0.0 for d in judged.series.dates)
    wild = replace(judged, series=replace(judged.series, values=high))
    shown = view.points(wild.series, sample.AT, 12, wild.finding.left_out)
    assert view.side_mean(shown, before=True) == view.side_mean(shown, before=False) == 0


def test_a_trend_slopes_the_levels_and_bands() -> None:
    judged = sample.assessment().judged[0]
    trending = replace(judged, finding=replace(judged.finding, p_trend=0.9, trend=0.2))
    assert "H" in marked(drawn(judged), "tr-before")[0].get("d", "")
    for style in ("tr-before", "tr-after"):
        start, end = marked(drawn(trending), style)[0].get("d", "")[1:].split("L")
        assert float(end.split()[1]) < float(start.split()[1])  # pixels grow downwards


def test_counts_have_no_error_bar_below_zero() -> None:
    series = replace(sample.assessment().judged[1].series, values=(0.0, 1.0, 2.0), se=(1.0,) * 3)
    tree = drawn(replace(sample.assessment().judged[1], series=series))
    lowest = max(float(dot.get("cy", "")) for dot in marked(tree, "tr-dot"))
    feet = [float(bar.get("d", "").split()[1].split("V")[0]) for bar in marked(tree, "tr-error")]
    assert max(feet) <= lowest + 0.1


def test_labels_of_breaks_do_not_cover_each_other() -> None:
    judged = sample.assessment().judged[-1]
    near = tuple(Break(date(2022, month, 1), 0.9, 1.0) for month in (3, 4, 5))
    tree = drawn(replace(judged, finding=replace(judged.finding, breaks=near)), None, None)
    labels = [e for e in marked(tree, "tr-ink") if "probably" in (e.text or "")]
    assert len({label.get("y") for label in labels}) == 3


def test_a_line_never_bridges_a_gap() -> None:
    tree = drawn(sample.assessment().judged[2])
    assert len(marked(tree, "tr-line")) == 2


def test_a_change_in_another_unit_is_not_drawn_among_the_points() -> None:
    judged = replace(sample.assessment().judged[0], unit="per cent of something else")
    assert marked(drawn(judged), "tr-interval") == []


def test_an_older_change_is_marked_on_the_dates() -> None:
    assert len(marked(drawn(sample.assessment().judged[0]), "tr-moved")) == 1
    assert marked(drawn(sample.assessment().judged[-1]), "tr-moved") == []


def test_an_empty_series_says_so() -> None:
    assert "no points to draw" in chart.single(sample.assessment().judged[4], sample.AT, 12).svg


def test_a_chart_is_saved_as_svg_only(tmp_path: Path) -> None:
    picture = chart.panels(sample.assessment(), sample.NAMES)
    assert picture.save(tmp_path / "a.svg").read_text(encoding="utf-8") == picture._repr_svg_()
    with pytest.raises(InputError, match=r"\.svg"):
        picture.save(tmp_path / "a.png")


def test_a_picture_stays_small() -> None:
    assert len(chart.panels(sample.assessment()).svg) < 60_000


days = st.dates(date.min, date.max)
points = st.lists(st.tuples(days, st.floats(), st.floats(), st.floats() | st.none()), max_size=8)


@given(points, days | st.none(), st.integers(1, 600) | st.none())
def test_any_series_can_be_drawn(
    rows: list[tuple[date, float, float, float | None]], at: date | None, window: int | None
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    series = Series(
        tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows),
        tuple(r[3] for r in rows), "document", "",
    )  # fmt: skip
    judged = Judged("x", "position", "", series, sample.assessment().judged[0].finding)
    svg = chart.single(judged, at, window if at else None).svg
    etree.fromstring(svg.encode())
    assert 'nan"' not in svg
    assert "inf" not in svg.split("</style>")[1]


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12), st.integers(2, 8))
def test_ticks_lie_on_the_axis_and_are_few(low: float, span: float, count: int) -> None:
    assume(span > 1e-6 * abs(low))  # else the floats themselves are too coarse
    ticks = axes.value_ticks(low, low + span, count, logs=False)
    assert len(ticks) <= count + 1
    assert all(low - span * 1e-6 <= t.at <= low + span * (1 + 1e-6) for t in ticks)


def test_a_logarithm_is_labelled_with_the_quantity() -> None:
    ticks = axes.value_ticks(math.log(1e10), math.log(2.1e10), 5, logs=True)
    assert ticks[0].label == "10.0bn"
    assert ticks[0].at == pytest.approx(math.log(1e10))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), ["Jan 2022", "Mar 2022", "May 2022"]),
        (date(2022, 9, 1), date(2022, 9, 29), ["1 Sep", "8 Sep", "15 Sep", "22 Sep", "29 Sep"]),
        (date(2010, 6, 1), date(2022, 6, 1), ["2012", "2014", "2016", "2018", "2020", "2022"]),
    ],
)  # fmt: skip
def test_date_ticks_are_round(first: date, last: date, labels: list[str]) -> None:
    ticks = axes.date_ticks(first.toordinal(), last.toordinal(), 6)
    assert [t.label for t in ticks][: len(labels)] == labels
