"""The answer of `exposure` for readers: a table, and a picture of who is hit in which round."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Picture, Sheet, Sources, Table

Json = Mapping[str, Any]

_MOST_SHOWN = 15
_MOST_DRAWN = 24
_ROLES = {
    "coalition": "a member",
    "complies": "would comply",
    "goes on": "would go on",
    "target": "the target",
}
_ROW, _LEFT, _WIDTH = 22, 190, 760


def sheet(told: Json, names: Mapping[str, str], *, most: int = _MOST_SHOWN) -> Sheet:
    """The answer in words, from the dictionary that `exposure --json` prints."""
    others = [one for one in told["economies"] if one["role"] != "target"]
    return Sheet(
        title=f"Sanctions on {words.named(told['target'], names)}",
        about=f"by {_coalition(told, names)}, extended to those who trade with it",
        headline=_headline(told, others, names),
        blocks=(
            *(_exposed(told, others, names, most) if told["coalition"] else ()),
            *_listed(told),
        ),
        provenance=words.provenance_of(told["casebook"]),
    )


def _exposed(
    told: Json, others: list[Json], names: Mapping[str, str], most: int
) -> tuple[Block, ...]:
    rest = (f"The {most} most exposed of {len(others)}; the rest: --json.",)
    return (
        _target(told, names),
        Picture(_drawn(others[:_MOST_DRAWN], names)),
        _table(others[:most], names),
        *(rest if len(others) > most else ()),
        *_assumptions(told, names),
    )


def _headline(told: Json, others: list[Json], names: Mapping[str, str]) -> str:
    if not told["coalition"]:
        return "Without a coalition nothing is sanctioned, and nobody is exposed."
    first = others[0]
    least, most = (_percent(end) for end in first["interval"])
    return (
        f"{words.named(first['state'], names)} is most exposed: {_percent(first['total'])} of its"
        f" cross-border trade ({least} to {most}), {_percent(first['direct'])} of it directly."
    )


def _target(told: Json, names: Mapping[str, str]) -> str:
    own = told["economies"][0]
    name = words.named(own["state"], names)
    return (
        f"{name} itself does {_percent(own['direct'])} of its cross-border"
        f" trade with the coalition, and {_percent(own['total'] - own['direct'])} with economies"
        " that would comply."
    )


def _table(others: list[Json], names: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            words.named(one["state"], names),
            _percent(one["direct"]),
            _percent(one["total"]),
            f"{_percent(one['interval'][0])} .. {_percent(one['interval'][1])}",
            words.scale_for(one["total_usd"] or 1.0, one["total_usd"] or 1.0).unsigned(
                one["total_usd"]
            ),
            _percent(one["with_coalition"]),
            _ROLES[one["role"]],
            ", ".join(i["name"] for i in one["industries"][:3]),
        )
        for one in others
    )
    columns = ("economy", "direct", "total", "range", "USD", "coalition", "role", "goods")
    figures = frozenset({"direct", "total", "range", "USD", "coalition"})
    return Table(columns, rows, right=figures, page_only=frozenset({"goods"}))


def _assumptions(told: Json, names: Mapping[str, str]) -> tuple[str, ...]:
    assumed, band = told["assumptions"], told["assumptions"]["band"]
    rounds = assumed["rounds"]
    said = [
        "Shares are of each economy's cross-border trade in intermediate goods and services,"
        f" sales and purchases, {told['year']}. `coalition` is the share it does with the"
        " coalition: the other side of its choice.",
        f"Assumed: between rounds {_percent(assumed['substitution'])} of each link is replaced; an"
        f" economy complies where it trades at least {assumed['threshold']:g} times as much with"
        f" the coalition as with the target; {'all' if rounds is None else rounds} rounds.",
        "The range: the least and the most with"
        f" {', '.join(_percent(s) for s in band['substitution'])} replaced and thresholds of"
        f" {', '.join(f'{t:g}' for t in band['threshold'])}. It is no confidence interval.",
    ]
    if told["absent"]:
        absent = ", ".join(words.named(state, names) for state in told["absent"])
        said.append(f"Not in the table, and left out of the coalition: {absent}.")
    return tuple(said)


def _listed(told: Json) -> tuple[Sources, ...]:
    rows = tuple((one["date"], one["url"], f"{one['entries']:,} entries") for one in told["listed"])
    return (Sources(rows, "Named on the US sanctions list for the target's sake"),) if rows else ()


def _coalition(told: Json, names: Mapping[str, str]) -> str:
    named = ", ".join(words.named(one, names) for one in told["by"]) or "nobody"
    members = len(told["coalition"])
    return named if members <= len(told["by"]) else f"{named} ({members} economies)"


def _drawn(others: list[Json], names: Mapping[str, str]) -> str:
    """Bars by round, darkest first, with the range as a line."""
    longest = max((one["interval"][1] for one in others), default=0.0) or 1.0
    scale = (_WIDTH - _LEFT - 70) / longest
    height = _ROW * len(others) + 30
    parts = [
        f'<svg class="tr-chart" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{escape(_told(others, names))}" xmlns="http://www.w3.org/2000/svg">'
    ]
    for row, one in enumerate(others):
        y = 8 + row * _ROW
        parts.append(
            f'<text class="tr-ink" x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">'
            f"{escape(words.named(one['state'], names))}</text>"
        )
        parts += _bar(one, y, scale)
    foot = height - 6
    parts.append(
        f'<text class="tr-text" x="{_LEFT}" y="{foot}">dark: direct; lighter: each later round;'
        " line: range over the assumptions</text></svg>"
    )
    return "".join(parts)


def _bar(one: Json, y: int, scale: float) -> list[str]:
    x, parts = float(_LEFT), []
    for index, share in enumerate(one["by_round"]):
        width = share * scale
        if width >= 0.05:
            opacity = max(0.9 - 0.27 * index, 0.2)
            parts.append(
                f'<rect class="tr-dot" x="{x:.1f}" y="{y}" width="{width:.1f}" height="14"'
                f' fill-opacity="{opacity:.2f}"/>'
            )
        x += width
    low, high = (_LEFT + end * scale for end in one["interval"])
    parts.append(f'<path class="tr-after" d="M{low:.1f} {y + 17}H{max(high, low + 1):.1f}"/>')
    parts.append(
        f'<text class="tr-text" x="{max(x, high) + 6:.1f}" y="{y + 12}">'
        f"{_percent(one['total'])}</text>"
    )
    return parts


def _told(others: list[Json], names: Mapping[str, str]) -> str:
    said = (f"{words.named(one['state'], names)} {_percent(one['total'])}" for one in others)
    return f"Exposed share of cross-border trade: {', '.join(said)}"


def _percent(share: float) -> str:
    """A share in percent, with one decimal below ten."""
    return f"{100 * share:.1f} %" if share < 0.0995 else f"{100 * share:.0f} %"
