"""The answer of `coverage` for readers: volume and framing by outlet country and outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Picture, Sheet, Table

Json = Mapping[str, Any]
_MOST = 20  # outlets on the terminal; the page has all
_SHARES = frozenset({"reports", "warming", "neutral", "cooling", "tone"})
_WIDTH, _LEFT, _ROW = 760, 150, 20


def sheet(told: Json, names: Mapping[str, str]) -> Sheet:
    """The answer in words, from the dictionary that `coverage --json` prints."""
    one, other = (words.named(state, names) for state in told["states"])
    return Sheet(
        title=f"{one} and {other} in the news",
        about=f"from {told['from']} to {told['to']}",
        headline=_headline(told),
        blocks=(*_sides(told, names), *_acts(told, names), *_drawn(told, names),
                *_countries(told, names), *_outlets(told), *_errors(told)),
        provenance=words.provenance_of(told["casebook"]),
    )  # fmt: skip


def _headline(told: Json) -> str:
    outside = told["outsiders"]
    if not outside["reports"]:
        return "No report by an outlet of a third state names both."
    shares = ", ".join(f"{_percent(outside[n])} {n}" for n in ("warming", "neutral", "cooling"))
    return f"{words.plural(outside['reports'], 'report')} by outlets of third states: {shares}."


def _percent(frame: Json) -> str:
    return "–" if frame["share"] is None else f"{100 * frame['share']:.0f} %"


def _ranged(frame: Json) -> str:
    """A share with its 95 % interval, in per cent."""
    if frame["share"] is None:
        return "–"
    low, high = frame["interval"]
    return f"{100 * frame['share']:.0f} ({100 * low:.0f}–{100 * high:.0f})"


def _cells(group: Json) -> tuple[str, ...]:
    tone = "–" if group["tone"] is None else f"{group['tone']:+.2f}"
    shares = tuple(_ranged(group[name]) for name in ("warming", "neutral", "cooling"))
    return (str(group["reports"]), *shares, tone)


def _sides(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = [("outlets of third states", *_cells(told["outsiders"]))]
    rows += [
        (f"outlets of {words.named(state, names)}", *_cells(own))
        for state, own in told["own"].items()
    ]
    columns = ("who writes", "reports", "warming", "neutral", "cooling", "tone")
    title = "Framing of the relation: per cent of reports (95 % interval)"
    table = Table(columns, tuple(rows), right=_SHARES, title=title)
    fair = told["outsiders"]["tone_corrected"]
    if not fair:
        return (table,)
    low, high = fair["interval"]
    said = (
        f"Corrected for the coder's errors the tone of outlets of third states is"
        f" {fair['tone']:+.2f} ({low:+.2f} to {high:+.2f})."
    )
    return (table, said)


def _acts(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Who is said to act towards whom."""
    groups = {"outlets of third states": told["outsiders"]}
    groups |= {f"outlets of {words.named(s, names)}": own for s, own in told["own"].items()}
    rows = []
    for who, group in groups.items():
        for pair, counts in (group["acts"] or {}).items():
            actor, target = (words.named(state, names) for state in pair.split(">"))
            rows.append((f"{actor} → {target}", who, str(counts["warm"]), str(counts["cold"])))
    if not rows:
        return ("Who is said to act towards whom is not known of these reports.",)
    columns = ("who acts towards whom", "according to", "warmly", "coldly")
    right = frozenset({"warmly", "coldly"})
    return (Table(columns, tuple(rows), right=right, title="Who is said to act (reports)"),)


def _countries(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = tuple(
        (f"{words.named(one['outlet_state'], names)}{_party(one)}", *_cells(one))
        for one in told["countries"]
    )
    columns = ("country", "reports", "warming", "neutral", "cooling", "tone")
    return (Table(columns, rows, right=_SHARES, title="By country of the outlet"),) if rows else ()


def _party(one: Json) -> str:
    return " (a party)" if one["side"] == "party" else ""


def _outlets(told: Json) -> tuple[Block, ...]:
    rows = tuple(
        (words.plain(one["outlet"]), f"{one['outlet_state']}{_party(one)}", *_cells(one))
        for one in told["outlets"]
    )
    columns = ("outlet", "of", "reports", "warming", "neutral", "cooling", "tone")
    return (Table(columns, rows, right=_SHARES, title="By outlet", most=_MOST),) if rows else ()


def _errors(told: Json) -> tuple[str, ...]:
    if told["coder"] == "trained":
        said = (
            "English titles are framed by a trained coder, other languages by phrases; both err:"
            " see docs/coverage.md. Intervals of shares are those of few reports only."
        )
    else:
        said = (
            "Framed by phrases, which miss much: shares of warming and cooling are too low. The"
            " trained coder reads headlines anew when they are ingested: talleyrand ingest."
        )
    return (said,)


def _drawn(told: Json, names: Mapping[str, str]) -> tuple[Picture, ...]:
    """Shares by outlet country as bars."""
    shown = [one for one in told["countries"] if one["reports"]][:24]
    if not shown:
        return ()
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_ROW * len(shown) + 30}" role="img"'
        ' aria-label="Shares of warming, neutral and cooling reports by outlet country">'
    ]
    for row, one in enumerate(shown):
        parts += _bars(one, 8 + row * _ROW, words.named(one["outlet_state"], names))
    foot = _ROW * len(shown) + 24
    parts.append(
        f'<text class="tr-text" x="{_LEFT}" y="{foot}">warming from the left, cooling from the'
        " right; number of reports</text></svg>"
    )
    return (Picture("".join(parts)),)


def _bars(one: Json, y: int, name: str) -> Sequence[str]:
    wide = _WIDTH - _LEFT - 80
    warm, cold = (round(wide * one[frame]["share"], 1) for frame in ("warming", "cooling"))
    told = f"{name}: {_ranged(one['warming'])} warming, {_ranged(one['cooling'])} cooling"
    return (
        f'<text class="tr-ink" x="{_LEFT - 8}" y="{y + 11}" text-anchor="end">{escape(name)}</text>'
        f"<g><title>{escape(told)}</title>"
        f'<rect x="{_LEFT}" y="{y}" width="{wide}" height="14" fill="currentColor" opacity=".12"/>'
        f'<rect x="{_LEFT}" y="{y}" width="{warm}" height="14" fill="#b8860b"/>'
        f'<rect x="{_LEFT + wide - cold}" y="{y}" width="{cold}" height="14" fill="#2f6f9f"/></g>',
        f'<text class="tr-text" x="{_LEFT + wide + 8}" y="{y + 11}">{one["reports"]}</text>',
    )
