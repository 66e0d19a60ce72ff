"""The answers of `timeline` and `edits` for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Links, Picture, Sheet, Sources, Table

Json = Mapping[str, Any]
_MOST = 40  # reports on the terminal; the page and --json have all
_WIDTH, _LEFT, _ROW = 760, 150, 22
_TONES = {1: "warming", 0: "neutral", -1: "cooling", None: "?"}
_Y = {"warming": -6, "neutral": 0, "cooling": 6}
_PROVENANCE = "Times are UTC. A page counts once, as first seen; its later versions are listed."


def sheet(told: Json, names: Mapping[str, str], links: tuple[tuple[str, str], ...] = ()) -> Sheet:
    """The answer in words, from the dictionary that `timeline --json` prints.

    `links` are the pages it leads on to where it is served.
    """
    one, other = (words.named(state, names) for state in told["states"])
    return Sheet(
        title=f"{one} and {other} in the news",
        about=f"around {told['at'].replace('T', ' ')}{' UTC' if told['hour_known'] else ''},"
        f" {words.plural(told['days'], 'day')}"
        " on either side",
        headline=_headline(told),
        blocks=(*_sides(told), *_drawn(told), Links(links), *_outlets(told),
                *_edited(told["edits"]), *_leads(told, names), *_reports(told)),
        provenance=_PROVENANCE,
    )  # fmt: skip


def edits_sheet(told: Sequence[Json], names: tuple[str, ...], since: str, until: str) -> Sheet:
    """The answer of `edits` in words."""
    count = words.plural(len(told), "page")
    return Sheet(
        title=f"Edits in reports on {' and '.join(map(words.plain, names))}",
        about=f"from {words.plain(since)} to {words.plain(until)}",
        headline=f"{count} changed the frame of headline or lead." if told else
        "No page is known to have changed the frame of its headline or lead.",
        blocks=_edited(told),
        provenance=f"{_PROVENANCE} A change lies between the last time the old version and the"
        " first time the new one was seen.",
    )  # fmt: skip


def _headline(told: Json) -> str:
    before, after = told["sides"]["before"], told["sides"]["after"]
    if not before["reports"] and not after["reports"]:
        return "No report names both states on either side of the event."
    said = f"{_framed(before)} before the event, {_framed(after)} after it"
    p = told["p_before_after"]
    if p is None:
        return f"{said}."
    differ = "they differ" if p < 0.05 else "whether they differ cannot be told"
    return f"{said}: {differ} (p = {p:.3f} within outlets)."


def _framed(side: Json) -> str:
    return (
        f"{words.plural(side['reports'], 'report')} ({side['warming']} warming,"
        f" {side['cooling']} cooling)"
    )


def _sides(told: Json) -> tuple[str, ...]:
    same = told["sides"]["that day"]
    said = ["What came before the event cannot have been caused by its read-out."]
    if same["reports"]:
        why = (
            "known by their day only"
            if told["hour_known"]
            else "the hour of the event was not given"
        )
        said.append(f"On the day itself, on neither side: {_framed(same)}; {why}.")
    return (" ".join(said),)


def _outlets(told: Json) -> tuple[Table, ...]:
    rows = tuple(
        (
            words.plain(one["outlet"]),
            one["outlet_state"],
            _short(one["before"]),
            _short(one["that_day"]),
            _short(one["after"]),
            one["first_frame"] or "",
            "" if one["hours_after"] is None else f"{one['hours_after']:+.1f} h",
        )
        for one in told["outlets"]
    )
    since = "after event" if told["hour_known"] else "from 00:00"
    columns = ("outlet", "of", "before", "that day", "after", "first framed", since)
    title = "Outlets by their first framed report (reports: warming/neutral/cooling)"
    return (Table(columns, rows, right=frozenset({since}), title=title),) if rows else ()


def _short(side: Json) -> str:
    return f"{side['warming']}/{side['neutral']}/{side['cooling']}" if side["reports"] else "–"


def _edited(told: Sequence[Json]) -> tuple[Block, ...]:
    rows = []
    for edit in told:
        for n, version in enumerate(edit["versions"]):
            last = version["last_seen"]
            rows.append((
                words.plain(edit["outlet"]) if not n else "",
                _clock(version["first_seen"]),
                _clock(last) if last else "",
                _TONES[version["title_tone"]],
                _TONES[version["lead_tone"]],
                words.plain(version["title"]),
            ))  # fmt: skip
    columns = ("edited by", "first seen", "last seen", "headline", "lead", "title")
    if not rows:
        return ()
    pages = tuple((edit["versions"][0]["first_seen"][:10], edit["url"], "") for edit in told)
    return (
        Table(columns, tuple(rows), title="Pages that changed their frame"),
        Sources(pages, "These pages"),
    )


def _clock(moment: str) -> str:
    return moment.replace("T", " ").removesuffix("Z")


def _leads(told: Json, names: Mapping[str, str]) -> tuple[Block, ...]:
    rows = tuple(
        (
            words.named(one["first"], names),
            words.named(one["second"], names),
            str(one["days"]),
            f"{one['correlation']:+.2f}",
            f"{one['best_lag_days']:+d}",
            f"{one['p_corrected']:.2f}",
            words.named(one["leader"], names) if one["leader"] else "open",
        )
        for one in told["leads"]
    )
    if not rows:
        return ("Too few days with reports in two countries to tell who leads whom.",)
    columns = ("outlets of", "and of", "days", "r", "at lag", "p", "who leads")
    figures = frozenset({"days", "r", "at lag", "p"})
    return (
        Table(columns, rows, right=figures, title="Lead and lag, daily, 90 days on either side"),
        "At a lag of +1 the first is a day ahead of the second. p by circular shifts, corrected"
        " for the number of pairs. A lead is no proof that one followed the other.",
    )


def _reports(told: Json) -> tuple[Block, ...]:
    titled = any(one["title"] for one in told["reports"])
    rows = tuple(
        (_clock(one["at"]), words.plain(one["outlet"]), one["frame"],
         "version" if one["version"] else one["when"],
         *((words.plain(one["title"]),) if titled else ()))
        for one in told["reports"]
    )  # fmt: skip
    pages = tuple((one["at"][:10], one["url"], one["frame"]) for one in told["reports"])
    columns = ("time", "outlet", "frame", "side", *(("title",) if titled else ()))
    ids = tuple(
        "" if n and told["reports"][n - 1]["at"] == one["at"] else f"on-{one['at']}"
        for n, one in enumerate(told["reports"])
    )  # of one minute the first, to which its dots lead
    if not rows:
        return ()
    before = sum(one["at"] < told["at"] for one in told["reports"])
    begin = max(0, min(before - _MOST // 2, len(rows) - _MOST))
    title = "Reports" if len(rows) <= _MOST else f"Reports: {_MOST} around the event"
    return (
        Table(columns, rows, title=title, ids=ids, most=_MOST, begin=begin),
        Sources(pages, "Pages", most=3),
    )


def _day(hour_known: bool, first: float, last: float, height: int) -> str:
    """The event's day, on neither side where its hour is not known."""
    if hour_known:
        return ""
    wide = min(last, _WIDTH - 20) - first
    return (
        f'<rect class="tr-text" fill-opacity=".12" x="{first:.1f}" y="4" width="{wide:.1f}"'
        f' height="{height}"/>'
    )


def _drawn(told: Json) -> tuple[Picture, ...]:
    """A row an outlet, a dot a report: above the line warming, below it cooling."""
    shown = [one for one in told["reports"] if "T" in one["at"]]
    outlets = list(dict.fromkeys(one["outlet"] for one in shown))
    if not shown:
        return ()
    moments = [datetime.fromisoformat(one["at"].removesuffix("Z")) for one in shown]
    event = datetime.fromisoformat(told["at"])
    low, high = min(*moments, event), max(*moments, event)
    span = (high - low).total_seconds() or 1.0

    def place(moment: datetime) -> float:
        return _LEFT + (moment - low).total_seconds() / span * (_WIDTH - _LEFT - 20)

    height = _ROW * len(outlets) + 40
    parts = [
        f'<svg class="tr-chart" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Reports by'
        ' outlet and time; the table below has them all" xmlns="http://www.w3.org/2000/svg">',
        f'<path class="tr-after" d="M{place(event):.1f} 4V{height - 24}"/>',
        _day(told["hour_known"], place(event), place(event + timedelta(days=1)), height - 28),
    ]
    for row, outlet in enumerate(outlets):
        y = 16 + row * _ROW
        parts.append(
            f'<text class="tr-ink" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">'
            f"{escape(words.plain(outlet))}</text>"
        )
    for one, moment in zip(shown, moments, strict=True):
        y = 16 + outlets.index(one["outlet"]) * _ROW + _Y[one["frame"]]
        size = 2 if one["frame"] == "neutral" else 4
        parts.append(
            f'<circle class="tr-dot" data-day="{escape(one["at"])}" cx="{place(moment):.1f}"'
            f' cy="{y}" r="{size}">'
            f"<title>{escape(_clock(one['at']))} {escape(words.plain(one['title']))}</title>"
            "</circle>"
        )
    parts.append(
        f'<text class="tr-text" x="8" y="{height - 6}">{low:%Y-%m-%d} to'
        f" {high:%Y-%m-%d}; above: warming; below: cooling; small: neutral;"
        f" {'line' if told['hour_known'] else 'shaded, on neither side'}:"
        f" {escape(told['at'])}</text></svg>"
    )
    return (Picture("".join(parts), live=True),)
