"""A picture of an arena: each third state's trade with either power, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from talleyrand.report import words

Json = Mapping[str, Any]

_WIDTH, _ACROSS, _HEIGHT, _TOP, _GAP = 760, 3, 120, 34, 26
_LEFT = 34  # room for the figures of the scale


def drawn(told: Json, names: Mapping[str, str]) -> str:
    """One panel a state on one scale; empty where no trade is on record."""
    found = [tie for tie in told["ties"] if tie["component"] == "trade"]
    states = [state for state in told["within"] if any(t["state"] == state for t in found)]
    if not states:
        return ""
    years = [tie["year"] for tie in found]
    most = max(max(tie["one"], tie["other"]) for tie in found) or 1.0
    scale = min(years), max(max(years), min(years) + 1), most
    deep = -(-len(states) // _ACROSS)
    one, other = (words.named(told[key], names) for key in ("one", "other"))
    height = _TOP + deep * (_HEIGHT + _GAP + 20)
    said = f"Percent of the trade of each state with {one} and {other}, by year"
    parts = [
        f'<svg class="tr-chart" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{escape(said)}" xmlns="http://www.w3.org/2000/svg">',
        f'<text class="tr-text" x="0" y="14">Percent of its trade. Filled: {escape(one)};'
        f" hollow: {escape(other)}. A gap: nothing on record.</text>",
    ]
    for place, state in enumerate(states):
        own = [tie for tie in found if tie["state"] == state]
        corner = (place % _ACROSS) * _WIDTH / _ACROSS, _TOP + (place // _ACROSS) * (_HEIGHT + 46)
        parts += _panel(words.named(state, names), own, corner, scale)
    return "".join([*parts, "</svg>"])


def _panel(
    name: str, own: Sequence[Json], corner: tuple[float, float], scale: tuple[int, int, float]
) -> list[str]:
    """The points of one state."""
    first, last, most = scale
    left, top = corner[0] + _LEFT, corner[1] + 12
    wide = _WIDTH / _ACROSS - _LEFT - 16

    def at(year: int, value: float) -> tuple[float, float]:
        return left + wide * (year - first) / (last - first), top + _HEIGHT * (1 - value / most)

    base = top + _HEIGHT
    parts = [
        f'<text class="tr-ink" x="{left:.1f}" y="{top - 4:.1f}">{escape(name)}</text>',
        f'<path class="tr-axis" d="M{left:.1f} {base:.1f}h{wide:.1f}" stroke="currentColor"'
        ' stroke-opacity=".3"/>',
        f'<text class="tr-text" x="{left - 5:.1f}" y="{top + 10:.1f}" text-anchor="end">'
        f"{most:.0f}</text>",
        f'<text class="tr-text" x="{left - 5:.1f}" y="{base:.1f}" text-anchor="end">0</text>',
        f'<text class="tr-text" x="{left:.1f}" y="{base + 15:.1f}">{first}</text>',
        f'<text class="tr-text" x="{left + wide:.1f}" y="{base + 15:.1f}" text-anchor="end">'
        f"{last}</text>",
    ]
    for tie in own:
        for key, fill in (("other", "none"), ("one", "currentColor")):
            x, y = at(tie["year"], tie[key])
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{fill}" stroke="currentColor"'
                ' stroke-width="1.4"/>'
            )
    return parts
