"""`events`: how cooperative the coded events between two states were, by month.

One source at a time, never two joined. Coded events (ICEWS): the mean Goldstein-type score of what
the sender's organs did to the target's, each point with its number of events and its standard
error. Where those do not reach the date: the GDELT composite, which has no direction and mixes
volume with score. Its monthly shares (thousandths of all the news of a day) span four orders of
magnitude, so the inverse hyperbolic sine is taken: like a logarithm far from zero, linear near it.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import asinh, sqrt

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

# A row of a store is one event, a row of the casebook a month's events of one code (`note`).
_CODED = """
SELECT source, vintage, date_trunc('month', start_date)::DATE AS month,
  sum(value * weight) / sum(weight) AS mean, sum(weight) AS n,
  sum(value * value * weight) AS squares
FROM (
  SELECT *, coalesce(try_cast(note AS DOUBLE), 1.0) AS weight
  FROM records WHERE kind = 'event' AND sender = $sender AND target = $target
)
GROUP BY ALL ORDER BY source, vintage, month
"""
_ROWS = """
SELECT id, url, start_date AS day, value, item, note FROM records
WHERE kind = 'event' AND sender = $sender AND target = $target
  AND source = $source AND vintage = $vintage
ORDER BY day, item
"""
_COMPOSITE = """
SELECT id, url, start_date AS month, value, note AS days FROM records
WHERE kind = 'event_composite' AND sender = least($sender, $target)
  AND target = greatest($sender, $target)
ORDER BY month
"""
_FEWEST = 5  # events of a month, or days of it with events, below which it is a gap
_REACH = 366  # days beyond the window in which points still tell for a source


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Mean score by month of the source with most points on both sides of the date."""
    asked = {"sender": dyad.sender, "target": dyad.target}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in store.rows(_CODED, **asked):
        if row["n"] >= _FEWEST:
            groups.setdefault((row["source"], row["vintage"]), []).append(row)
    found = [(_coded(rows, *key), key) for key, rows in groups.items()]
    found.append((_composite(store.rows(_COMPOSITE, **asked)), ("", "")))
    series, (source, vintage) = max(found, key=lambda one: _standing(one, at, window_months))
    if not source:
        return series
    rows = store.rows(_ROWS, **asked, source=source, vintage=vintage)
    return _with_evidence(series, rows)


def _standing(
    found: tuple[Series, tuple[str, str]], at: date, window_months: int
) -> tuple[int, bool, int]:
    """Points on both sides of the date, coded events before the composite, then how many."""
    series, (source, _) = found
    reach = timedelta(days=max(window_months, 12) * 30.5 + _REACH)
    near = [day for day in series.dates if abs(day - at) <= reach]
    sides = min(sum(day < at for day in near), sum(day >= at for day in near))
    return min(sides, 3), bool(source), len(near)


def _coded(rows: list[Row], source: str, vintage: str) -> Series:
    """Monthly means with the standard error that the spread of all scores gives."""
    total = sum(r["n"] for r in rows)
    mean = sum(r["mean"] * r["n"] for r in rows) / total
    spread = sqrt(max(sum(r["squares"] for r in rows) / total - mean * mean, 0.25))
    sampled = " (a sample, without bare Russia and United States)" if vintage else ""
    return Series(
        dates=tuple(r["month"] for r in rows),
        values=tuple(float(r["mean"]) for r in rows),
        n=tuple(float(r["n"]) for r in rows),
        se=tuple(spread / sqrt(r["n"]) for r in rows),
        cadence="month",
        unit="Goldstein points",
        note=f"from {source}{sampled}: events of the sender towards the target",
    )


def _with_evidence(series: Series, rows: list[Row]) -> Series:
    evidence = tuple(
        Evidence(r["id"] or f"events-{r['day']}-{r['item']}", r["url"], r["day"], r["value"],
                 r["item"] + (f", {r['note']} events in the month" if r["note"] else ""))
        for r in rows
    )  # fmt: skip
    return Series(series.dates, series.values, series.n, series.se, series.cadence, series.unit,
                  evidence, series.note)  # fmt: skip


def _composite(rows: list[Row]) -> Series:
    """The GDELT composite by month, `n` the days on which the pair had events."""
    kept = [r for r in rows if int(r["days"]) >= _FEWEST]
    return Series(
        dates=tuple(r["month"] for r in kept),
        values=tuple(asinh(r["value"]) for r in kept),
        n=tuple(float(r["days"]) for r in kept),
        se=(None,) * len(kept),
        cadence="month",
        unit="asinh of thousandths",
        evidence=tuple(
            Evidence(r["id"] or f"gdelt-{r['month']}", r["url"], r["month"], r["value"],
                     f"thousandths of the day's news, {r['days']} days")
            for r in kept
        ),
        note="from gdelt_daily: of both towards each other; volume and score in one figure",
    )  # fmt: skip


DIMENSION = Dimension(
    name="events",
    title="Cooperation and conflict in coded events",
    side="position",
    unit="Goldstein points",
    more_means="closer",
    margin=0.3,
    margin_why="half the median change at recognised turning points: 0.36 points in ICEWS, 0.22 of"
    " the composite (benchmarks/events_margin.py)",
    sources=("icews", "gdelt_daily"),
    measure=measure,
)
