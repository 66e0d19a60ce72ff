"""The points of one dimension, each with the evidence of its period."""

from __future__ import annotations

from bisect import bisect_right
from math import isfinite
from typing import Any

from talleyrand import pipeline, registry
from talleyrand.errors import InputError
from talleyrand.model import Evidence, Series
from talleyrand.store import Store

MOST_EVIDENCE = 40  # pieces shown a point


def ask(
    store: Store, dimension: str, sender: str, target: str, at: str, window: str = "12mo"
) -> dict[str, Any]:
    """The points of a dimension around a date as plain values; raises InputError."""
    chosen = [d for d in registry.DIMENSIONS if d.name == dimension]
    if not chosen:
        names = ", ".join(d.name for d in registry.DIMENSIONS)
        raise InputError(f"no dimension {dimension!r}; there are {names}")
    dyad = pipeline.directed(sender, target)
    day, months = pipeline.as_date(at), pipeline.as_months(window)
    judged = pipeline.judge_dimension(store, chosen[0], dyad, day, months)
    return {
        "sender": dyad.sender,
        "target": dyad.target,
        "at": day.isoformat(),
        "window_months": months,
        "dimension": dimension,
        "title": chosen[0].title,
        "unit": judged.unit,
        "cadence": judged.series.cadence,
        "outcome": judged.finding.outcome.value,
        "reason": judged.finding.reason,
        "note": judged.series.note,
        "points": points_of(judged.series),
    }


def points_of(series: Series) -> list[dict[str, Any]]:
    """One dictionary a point: date, value, n, se, how much evidence there is, and the first of it.

    A figure that is not finite is None.
    """
    behind: dict[int, list[Evidence]] = {}
    for piece in series.evidence:
        behind.setdefault(_place(piece, series), []).append(piece)
    return [
        {
            "date": series.dates[i].isoformat(),
            "value": _finite(series.values[i]),
            "n": _finite(series.n[i]),
            "se": _finite(series.se[i]),
            "evidence_total": len(behind.get(i, ())),
            "evidence": [_told(one) for one in behind.get(i, ())[:MOST_EVIDENCE]],
        }
        for i in range(len(series))
    ]


def _place(piece: Evidence, series: Series) -> int:
    """The point a piece belongs to: that of its period, or the last that begins before it."""
    period = pipeline.period_of(piece.date, series)
    if period in series.dates:
        return series.dates.index(period)
    return max(bisect_right(series.dates, piece.date) - 1, 0)


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _told(one: Evidence) -> dict[str, Any]:
    return {"id": one.id, "url": one.url, "date": one.date.isoformat(),
            "value": _finite(one.value), "quote": one.quote}  # fmt: skip
