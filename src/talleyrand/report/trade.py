"""The answer of `trade` for readers."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from talleyrand.report import words
from talleyrand.report.sheet import Block, Sheet, Sources, Table

Json = Mapping[str, Any]


def sheet(told: Json, names: Mapping[str, str]) -> Sheet:
    """The answer in words, from the dictionary that `trade --json` prints."""
    sender, target = (words.named(told[key], names) for key in ("sender", "target"))
    return Sheet(
        title=f"Trade of {sender} and {target}",
        about=period(told["from"], told["to"]),
        headline=_headline(told),
        blocks=tuple(_blocks(told, names)),
        provenance=words.provenance_of(told["casebook"]),
    )


def _headline(told: Json) -> str:
    if not told["readings"]:
        near = told["nearby"]
        if not near:
            return "No source here covers this period."
        found = ", ".join(f"{period(r['from'], r['to'])} ({_growth(r)})" for r in near[:3])
        return f"No source here covers this period. On record nearby: {found}."
    first = told["readings"][0]
    value, growth = _value(first["value"], first["unit"]), first["year_on_year_pct"]
    if growth is None:
        return f"{value}; the same months of the year before are not on record."
    return f"{value}, {_growth(first)} on {_base(first)}."


def _base(reading: Json) -> str:
    """What growth is measured on: of more than twelve months the period that they overlap with."""
    first, last = (date.fromisoformat(reading[end]) for end in ("from", "to"))
    if (last - first).days <= 366:
        return "the year before"
    ends = (day.replace(year=day.year - 1, day=min(day.day, 28)) for day in (first, last))
    start, end = ends
    end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return period(start.isoformat(), end.isoformat())


def _blocks(told: Json, names: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    if told["readings"]:
        blocks.append(_readings(told))
    if told["shares"]:
        blocks.append(_shares(told, names))
    if told["dependence"]:
        blocks.append(_dependence(told, names))
    if told["composition"]:
        blocks.append(_composition(told, names))
    rows = tuple((e["date"], e["url"], e["quote"] or "") for e in told["evidence"])
    return [*blocks, Sources(rows)] if rows else blocks


def _readings(told: Json) -> Table:
    """A row a source and vintage; the states by code, so that the columns stay narrow."""
    rows = tuple(
        (
            r["source"],
            _value(r["value"], r["unit"]),
            _growth(r),
            _value(r["sender_to_target"], r["unit"]),
            _value(r["target_to_sender"], r["unit"]),
            r["vintage"],
        )
        for r in told["readings"]
    )
    columns = (
        "source",
        "value",
        "growth",
        f"from {told['sender']}",
        f"from {told['target']}",
        "vintage",
    )
    return Table(columns, rows, right=frozenset(columns[1:5]))


def _shares(told: Json, names: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            words.named(s["of"], names),
            _percent(s["share"]),
            f"{s['rank']} of {s['partners']}",
            str(s["year"]),
            f"{s['source']}: {s['basis']}",
        )
        for s in told["shares"]
    )
    columns = ("trade of", "share", "rank", "year", "basis")
    return Table(columns, rows, frozenset({"share", "rank"}), "With the other, of all its trade")


def _dependence(told: Json, names: Mapping[str, str]) -> str:
    one = told["dependence"]
    sender, target = (words.named(told[key], names) for key in ("sender", "target"))
    if not one["ratio"]:
        return ""
    more, less, times = (
        (target, sender, one["ratio"]) if one["ratio"] >= 1 else (sender, target, 1 / one["ratio"])
    )
    return (
        f"{more} depends on {less} {times:.1f} times as much as the other way round, by shares in"
        f" trade ({one['source']}, {one['year']})."
    )


def _composition(told: Json, names: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            words.named(p["seller"], names),
            p["name"],
            _percent(p["share"]),
            f"{p['source']}, {p['period']}",
        )
        for p in told["composition"]
    )
    columns = ("seller", "what", "share", "basis")
    return Table(columns, rows, frozenset({"share"}), "What is sold")


def period(first: str, last: str) -> str:
    """January-June 2022, 2022, or two dates."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole and (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    if whole and start.year == end.year:
        months = [words.MONTHS[day.month - 1] for day in (start, end)]
        return f"{'-'.join(dict.fromkeys(months))} {start.year}"
    if whole:
        return f"{words.month_year(start)} to {words.month_year(end)}"
    return f"{words.short_date(start)} to {words.short_date(end)}"


def _growth(reading: Json) -> str:
    growth = reading["year_on_year_pct"]
    return "–" if growth is None else f"{growth:+.1f} %"


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{words.scale_for(value or 1.0, (value or 1.0) / 10).unsigned(value)} {unit}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
