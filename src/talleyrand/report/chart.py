"""Pictures of a verdict as SVG, for a page, a notebook or a file, without any library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from talleyrand.assessment import Assessment, Judged
from talleyrand.errors import InputError
from talleyrand.model import Finding, Series
from talleyrand.report import axes, panel, view, words

_PANEL = (500, 210)
_HEADING = 30
_LEGEND = (
    "Dots: one point each, larger where more stands behind it; bars ±1.96 standard errors."
    " Hollow: the period that holds the date, which counts for neither side.",
    "Solid line: plain mean of the points shown before the date, with the margin around it (grey).",
    "Coloured line and band: that mean plus the estimated change, with its 95 % interval;"
    " all sloped where a trend is more likely than not.",
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: `svg` is the whole of it, and a notebook shows it as it is."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file whose name ends in .svg."""
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise InputError(f"A chart is saved as SVG: name a file ending in .svg, not {target}.")
        target.write_text(self.svg, encoding="utf-8")
        return target


def panels(assessment: Assessment, names: Mapping[str, str] | None = None) -> Chart:
    """All dimensions of an assessment, two panels a row, under the headline."""
    width, top = 2 * _PANEL[0] + 60, 74
    rows = -(-len(assessment.judged) // 2)
    height = top + rows * (_PANEL[1] + _HEADING + 18) + 20 + 16 * len(_LEGEND)
    title = f"{words.parties(assessment, names or {})} around {words.long_date(assessment.at)}"
    headline = words.plain(assessment.headline.text)
    drawn = [
        f'<text class="tr-ink tr-title" x="20" y="34">{escape(title)}</text>',
        f'<text class="tr-ink tr-headline" x="20" y="58">{escape(headline)}</text>',
    ]
    for i, judged in enumerate(assessment.judged):
        x, y = 20 + i % 2 * (_PANEL[0] + 20), top + i // 2 * (_PANEL[1] + _HEADING + 18)
        drawn.append(_titled_panel(judged, assessment, x, y))
    foot = height - 16 * len(_LEGEND)
    drawn += [
        f'<text class="tr-text" x="20" y="{foot + 16 * i}">{escape(line)}</text>'
        for i, line in enumerate(_LEGEND)
    ]
    told = " ".join([headline, *(f"{j.name}: {panel.describe(j)}" for j in assessment.judged)])
    return Chart(_document("".join(drawn), width, height, "tr-all", title, told))


def single(
    judged: Judged,
    at: date | None = None,
    window_months: int | None = None,
    *,
    width: int = 760,
    height: int = 270,
    uid: str = "tr-one",
    styled: bool = True,
) -> Chart:
    """One series. `uid` must be unique on a page; `styled` carries the styles along."""
    drawn = panel.draw(judged, at, window_months, width, height)
    title = f"{judged.name}: {words.verdict_words(judged.finding)}"
    told = panel.describe(judged)
    return Chart(_document(drawn, width, height, uid, title, told, styled=styled))


def of_series(
    series: Series, finding: Finding, *, title: str, at: date | None = None, styled: bool = True
) -> Chart:
    """A series of the user's own with what was found in it, shown from end to end."""
    return single(Judged(title, "position", series.unit, series, finding), at, styled=styled)


def strip(judged: Judged, at: date, window_months: int) -> str:
    """The series as a line small enough for a table row, hidden from screen readers."""
    width, height = 132, 30
    reach = view.reach_months(judged.series.cadence, window_months)
    left_out = judged.finding.left_out
    shown = [p for p in view.points(judged.series, at, reach, left_out) if p.inside]
    x = axes.Axis(-reach, reach, 3, width - 3)
    values = [point.value for point in shown] or [0.0]
    y = axes.Axis(min(values), max(values), height - 5, 5)
    if y.low == y.high:
        y = axes.Axis(y.low - 1, y.high + 1, y.start, y.end)
    drawn = [
        '<path class="tr-line" d="M'
        + "L".join(f"{x(p.months):.1f} {y(p.value):.1f}" for p in run)
        + '"/>'
        for run in view.runs(shown, judged.series.cadence)
        if len(run) > 1
    ]
    drawn += [
        f'<circle class="{"tr-neither" if p.left_out else "tr-dot"}" cx="{x(p.months):.1f}"'
        f' cy="{y(p.value):.1f}" r="1.7"/>'
        for p in shown
    ]
    cut = f'<path class="tr-at" d="M{x(0):.1f} 1V{height - 1}"/>'
    return _ornament("".join([cut, *drawn]), width, height, judged)


def forest(judged: Judged) -> str:
    """The change and its interval against the margin band, four margins wide each way."""
    width, height, finding = 168, 30, judged.finding
    reach = 4 * finding.margin if finding.margin > 0 else 1.0
    x, middle = axes.Axis(-reach, reach, 8, width - 8), height / 2
    left, right = x(-finding.margin), x(finding.margin)
    drawn = [
        f'<rect class="tr-margin" x="{left:.1f}" y="3" width="{right - left:.1f}" height="24"/>',
        f'<path class="tr-zero" d="M{x(0):.1f} 3v24"/>',
    ]
    if finding.interval and not any(bound != bound for bound in finding.interval):
        low, high = finding.interval
        drawn.append(f'<path class="tr-after" d="M{x(low):.1f} {middle}H{x(high):.1f}"/>')
        drawn += [_beyond(x(bound), middle, bound) for bound in (low, high) if abs(bound) > reach]
    if finding.change is not None and finding.change == finding.change:
        drawn.append(f'<circle class="tr-estimate" cx="{x(finding.change):.1f}" cy="15" r="4.5"/>')
    return _ornament("".join(drawn), width, height, judged)


@cache
def styles() -> str:
    """The styles of all charts, light and dark, which a page needs once."""
    return (files("talleyrand.report") / "templates" / "chart.css").read_text(encoding="utf-8")


def legend() -> tuple[str, ...]:
    """How to read a chart, one sentence a line."""
    return _LEGEND


def _titled_panel(judged: Judged, assessment: Assessment, x: int, y: int) -> str:
    finding = judged.finding
    name = escape(words.plain(judged.name))
    body = panel.draw(judged, assessment.at, assessment.window_months, *_PANEL)
    return (
        f'<g transform="translate({x} {y})"><g class="tr-{finding.outcome.value}">'
        f'<text class="tr-ink tr-name" x="8" y="18">{name}'
        f'<tspan class="tr-verdict" dx="10">{words.verdict_words(finding)}</tspan></text></g>'
        f'<g transform="translate(0 {_HEADING})">{body}</g></g>'
    )


def _beyond(x: float, y: float, bound: float) -> str:
    """An arrowhead where an interval leaves the picture."""
    step = 5 if bound > 0 else -5
    return f'<path class="tr-arrow" d="M{x + step:.1f} {y}l{-step * 1.4:.1f} -4v8z"/>'


def _ornament(drawn: str, width: int, height: int, judged: Judged) -> str:
    outcome = judged.finding.outcome.value
    return (
        f'<svg class="tr-chart tr-{outcome}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def _document(
    drawn: str, width: int, height: int, uid: str, title: str, told: str, *, styled: bool = True
) -> str:
    style = f"<style>{styles()}</style>" if styled else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tr-chart" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" aria-labelledby="{uid}-t {uid}-d"'
        f' lang="en"><title id="{uid}-t">{escape(words.plain(title))}</title>'
        f'<desc id="{uid}-d">{escape(words.plain(told))}</desc>{style}'
        f'<rect class="tr-bg" width="{width}" height="{height}"/>{drawn}</svg>'
    )
