"""Line charts for docs/validity.md: one line a method, as SVG that fits light and dark pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from talleyrand.report.axes import Axis, value_ticks
from talleyrand.report.chart import Chart

FOLDER = Path(__file__).parents[1] / "docs" / "validity"
_COLOURS = ("#4c78a8", "#f58518", "#54a24b", "#b279a2", "#72b7b2", "#9d755d", "#7f7f7f", "#eeca3b")
_OURS = "#d62728"
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 330, 52, 250, 40, 44

Lines = Mapping[str, Sequence[tuple[float, float]]]


def save(name: str, title: str, across: str, up: str, lines: Lines, level: float | None) -> str:
    """Write docs/validity/NAME.svg and give the Markdown that shows it.

    `lines` are (x, y) points by method, y in %. `level` draws a dashed line, as at 5 %.
    """
    FOLDER.mkdir(exist_ok=True)
    Chart(draw(title, across, up, lines, level)).save(FOLDER / f"{name}.svg")
    return f"![{title}](validity/{name}.svg)"


def draw(title: str, across: str, up: str, lines: Lines, level: float | None) -> str:
    """The chart; the method named Talleyrand stands out."""
    points = [point for line in lines.values() for point in line]
    x = Axis(min(p[0] for p in points), max(p[0] for p in points), _LEFT, _WIDTH - _RIGHT)
    top = max(10.0, *(p[1] for p in points))
    y = Axis(0.0, top, _HEIGHT - _BOTTOM, _TOP)
    parts = [*_frame(title, across, up, x, y, sorted({p[0] for p in points}))]
    if level is not None:
        parts.append(
            f'<path d="M{x.start} {y(level):.1f}H{x.end}" stroke="#888" stroke-dasharray="4 4"/>'
        )
    for i, (name, line) in enumerate(lines.items()):
        ours = name.startswith("Talleyrand")
        colour = _OURS if ours else _COLOURS[i % len(_COLOURS)]
        path = "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in line)
        width = 3 if ours else 1.6
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        parts += [
            f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>' for a, b in line
        ]
        row = _TOP + 12 + 20 * i
        key = x.end + 18
        parts.append(
            f'<path d="M{key} {row - 4}h18" stroke="{colour}" stroke-width="{width}"/>'
            f'<text x="{key + 24}" y="{row}" font-size="12">{escape(name)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" font-family="sans-serif" fill="#222">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _frame(
    title: str, across: str, up: str, x: Axis, y: Axis, places: Sequence[float]
) -> list[str]:
    """Title, axes, ticks and what they mean."""
    middle = (x.start + x.end) / 2
    parts = [
        f'<text x="{x.start}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>',
        f'<text x="{x.start}" y="35" font-size="12">{escape(up)}</text>',
        f'<text x="{middle}" y="{_HEIGHT - 8}" font-size="12" text-anchor="middle">'
        f"{escape(across)}</text>",
        f'<path d="M{x.start} {y.end}V{y.start}H{x.end}" fill="none" stroke="#222"/>',
    ]
    for tick in value_ticks(y.low, y.high, 5, logs=False):
        parts.append(
            f'<text x="{x.start - 6}" y="{y(tick.at) + 4:.1f}" font-size="11" text-anchor="end">'
            f"{tick.label}</text>"
        )
    parts += [
        f'<text x="{x(place):.1f}" y="{y.start + 16}" font-size="11" text-anchor="middle">'
        f"{place:g}</text>"
        for place in places
    ]
    return parts
