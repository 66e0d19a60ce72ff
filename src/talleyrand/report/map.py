"""The map of dyads: capitals by longitude and latitude, each a link; drawn here, from no tiles.

Where the capitals lie (`capitals.csv`, to a tenth of a degree) are facts, held against the
principal cities of the IANA time zones (zone.tab, public domain).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from talleyrand.report import html, words

Json = Mapping[str, Any]
_WIDTH, _TOP, _BOTTOM, _TALL = 1000.0, 74.0, -48.0, 3.7
_HEIGHT = (_TOP - _BOTTOM) * _TALL
_MOST_LABELS = 30
_LABEL = (26.0, 10.0)  # width and height of the room of a label


@cache
def capitals() -> Mapping[str, tuple[str, float, float]]:
    """By ISO3 the seat of government, its longitude and latitude in degrees."""
    text = (files("talleyrand.report") / "capitals.csv").read_text("utf-8")
    return {
        row["iso3"]: (row["capital"], float(row["longitude"]), float(row["latitude"]))
        for row in csv.DictReader(text.splitlines())
    }


def place(iso3: str) -> tuple[float, float]:
    """Where a capital is drawn."""
    _, longitude, latitude = capitals()[iso3]
    return (longitude + 180) / 360 * _WIDTH, (_TOP - latitude) * _TALL


def page(told: Json) -> str:
    """The map and the same as lists, from the dictionary that `map.json` gives."""
    names, sender = told["names"], told["sender"]
    states = [_state(one, told) for one in told["states"]]
    by_name = sorted(states, key=lambda one: str(one["name"]))
    return html.served_page(
        "map.html",
        title=f"{names.get(sender, sender)} towards whom?" if sender else "Who acts?",
        sender=sender,
        at=told["at"],
        svg=Markup(_drawn(states, sender)),  # noqa: S704  (of our own making, texts escaped)
        known=sorted((one for one in states if one["texts"]), key=lambda one: -one["texts"]),
        others=[one for one in by_name if not one["texts"]],
        provenance=words.provenance_of(told["casebook"]),
    )


def _state(one: Json, told: Json) -> dict[str, Any]:
    """One state with its link: to choose it as who acts, or to the answer on the dyad."""
    asked = {"sender": told["sender"], "target": one["iso3"], "at": told["at"] or one["last"]}
    if not told["sender"]:
        asked = {"sender": one["iso3"], "at": told["at"]}
    query = urlencode({name: value for name, value in asked.items() if value})
    name = words.plain(told["names"].get(one["iso3"], one["iso3"]))
    texts = words.plural(one["texts"], "text")
    span = f"{texts}, {one['first'][:7]} to {one['last'][:7]}" if one["texts"] else "no texts"
    return {**one, "name": name, "span": span,
            "href": f"/{'assess' if told['sender'] else 'map'}?{query}"}  # fmt: skip


def _drawn(states: Sequence[Json], sender: str) -> str:
    """Lines from who acts to those it speaks of, dots that are links, and some labels."""
    shown = [one for one in states if one["iso3"] in capitals()]
    shown.sort(key=lambda one: one["texts"])  # so that what is on record lies on top
    parts = [
        f'<svg class="tr-chart map" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="group"'
        ' aria-label="Capitals by longitude and latitude; the lists below have them all"'
        ' xmlns="http://www.w3.org/2000/svg">',
        *_graticule(),
        *(_arc(sender, one) for one in shown if sender in capitals() and one["texts"]),
        *(_dot(one) for one in shown),
    ]
    if sender in capitals():
        x, y = place(sender)
        parts.append(f'<circle class="map-from" cx="{x:.1f}" cy="{y:.1f}" r="6"/>')
    wanted = [one["iso3"] for one in reversed(shown) if one["texts"]][:_MOST_LABELS]
    return "".join(
        [*parts, *_labels([sender, *wanted] if sender in capitals() else wanted), "</svg>"]
    )


def _graticule() -> list[str]:
    across = [f"M0 {(_TOP - lat) * _TALL:.1f}H{_WIDTH:g}" for lat in (60, 30, 0, -30)]
    down = [f"M{(lon + 180) / 360 * _WIDTH:.1f} 0V{_HEIGHT:g}" for lon in range(-150, 180, 30)]
    return [
        f'<path class="tr-grid" d="{" ".join([*across, *down])}"/>',
        f'<text class="tr-text" x="4" y="{_TOP * _TALL - 3:.1f}">equator</text>',
    ]


def _arc(sender: str, one: Json) -> str:
    (a, b), (x, y) = place(sender), place(one["iso3"])
    bend = min(60.0, abs(a - x) / 5)
    width = 0.6 + min(2.4, one["texts"] / 400)
    middle = f"{(a + x) / 2:.1f} {(b + y) / 2 - bend:.1f}"
    return (
        f'<path class="map-arc" d="M{a:.1f} {b:.1f}Q{middle} {x:.1f} {y:.1f}"'
        f' stroke-width="{width:.1f}"/>'
    )


def _dot(one: Json) -> str:
    """A state without texts answers to the mouse alone: the list below has it for the keyboard."""
    x, y = place(one["iso3"])
    said = escape(f"{one['name']}: {one['span']}")
    skipped = "" if one["texts"] else ' tabindex="-1"'
    kind, size = ("map-known", 4.5) if one["texts"] else ("map-other", 2.8)
    return (
        f'<a href="{escape(one["href"])}" aria-label="{said}"{skipped}>'
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"><title>{said}</title>'
        "</circle></a>"
    )


def _labels(wanted: Sequence[str]) -> list[str]:
    """Codes beside their dots, the first wanted first, none across another."""
    taken: list[tuple[float, float]] = []
    parts = []
    for iso3 in wanted:
        x, y = place(iso3)
        if any(abs(x - a) < _LABEL[0] and abs(y - b) < _LABEL[1] for a, b in taken):
            continue
        taken.append((x, y))
        parts.append(
            f'<text class="tr-ink tr-halo map-label" x="{x + 7:.1f}" y="{y + 4:.1f}"'
            f' aria-hidden="true">{iso3}</text>'
        )
    return parts
