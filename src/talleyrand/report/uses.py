"""The history of a code for the terminal: first and last use, by year, speaker and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from talleyrand.report.spark import blocks
from talleyrand.report.text import lines
from talleyrand.report.words import plain, plural

_MOST = 12
_SORTS = ("own", "negated", "reported")


def render(answer: Mapping[str, Any], *, width: int = 80, colour: bool = False) -> str:
    """What `talleyrand codebook --history` prints, from the dictionary of a `History`."""
    towards = f" → {answer['target']}" if answer["target"] else ""
    title = f"{answer['name']}: {answer['sender']}{towards}"
    counts, texts = answer["uses"], answer["documents"]
    said = (
        f"{plural(counts['own'], 'use')} of its own in {plural(texts['own'], 'text')},"
        f" {counts['negated']} denied, {counts['reported']} in the words of others;"
        f" {answer['texts']:,} texts on record"
    )
    shown: list[RenderableType] = [Text(plain(title), "bold"), Text(plain(said))]
    if len(answer["codes"]) > 1:
        shown.append(Text(plain(f"codes: {', '.join(answer['codes'])}"), "dim"))
    shown += [Text(""), *_ends(answer), *_by_month(answer, width)]
    years = [row for row in answer["by_year"] if row["texts"]]
    shown += _table("year", "period", years, ("texts", *_SORTS), len(years))
    for by in ("speaker", "kind"):
        shown += _table(by, by, answer[f"by_{by}"], (*_SORTS, "first", "last"), _MOST)
    return lines(shown, width, colour)


def _ends(answer: Mapping[str, Any]) -> list[RenderableType]:
    """The first and the last use of the sender's own, each with its address."""
    if not answer["first"]:
        return [Text("no use of its own on record"), Text("")]
    shown: list[RenderableType] = []
    for which in ("first", "last"):
        use = answer[which]
        told = (use["date"], use["code"], use["kind"], use["speaker"].strip())
        shown.append(Text(plain(f"{which:<6}{', '.join(part for part in told if part)}")))
        shown.append(Text(plain(f"      {use['url']}"), "dim"))
    return [*shown, Text("")]


def _by_month(answer: Mapping[str, Any], width: int) -> list[RenderableType]:
    """One line of bars, oldest first: own uses by month, or by quarter or year to fit."""
    months = {row["period"]: row["own"] for row in answer["by_month"] if row["texts"]}
    if not months:
        return []
    low, high = _number(min(months)), _number(max(months))
    step = next(step for step in (1, 3, 12, 60) if (high - low) // step < width - 4 or step == 60)
    bars: list[float | None] = []
    for start in range(low, high + 1, step):
        inside = [months[_name(n)] for n in range(start, start + step) if _name(n) in months]
        bars.append(float(sum(inside)) if inside else None)
    each = {1: "month", 3: "3 months", 12: "year", 60: "5 years"}[step]
    legend = f"{min(months)} to {max(months)}, own uses, a bar for each {each}; blank: no text"
    return [Text("".join(blocks(bars))), Text(legend, "dim"), Text("")]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _table(
    title: str,
    key: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    most: int,
) -> list[RenderableType]:
    if not rows:
        return []
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(title, max_width=30, overflow="fold")
    for name in columns:
        table.add_column(name, justify="left" if name in ("first", "last") else "right")
    for row in rows[:most]:
        label = plain(str(row[key])).strip() or "(narrator)"
        table.add_row(Text(label), *(_figure(row[name]) for name in columns))
    more = [Text(f"and {len(rows) - most} more (see --json)", "dim")] if len(rows) > most else []
    return [table, *more, Text("")]


def _figure(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else plain(str(value))
