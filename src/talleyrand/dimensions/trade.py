"""`trade`: the value of goods exchanged, as a logarithm so that a change is a percentage.

Monthly from China's customs where the dyad is covered (differences of the year-to-date totals,
first releases), else yearly from the IMF. A missing month is a gap, never a zero.
"""

from __future__ import annotations

from datetime import date
from math import log

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_YEAR_TO_DATE = """
SELECT id, url, end_date, value FROM records
WHERE kind = 'total_trade_ytd'
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
ORDER BY end_date
"""
_YEARLY = """
SELECT year(start_date) AS year, sum(value) AS value, min(id) AS id, min(url) AS url,
  count(DISTINCT kind) AS flows, bool_or(note LIKE '%implausible%') AS doubtful
FROM records
WHERE kind IN ('exports', 'imports') AND source = 'imf_trade'
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
GROUP BY year ORDER BY year
"""


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Log of the dollars traded in a month, or where that is not on record, in a year."""
    to_date = store.rows(_YEAR_TO_DATE, sender=dyad.sender, target=dyad.target)
    if to_date:
        return _monthly(to_date)
    return _yearly(store.rows(_YEARLY, sender=dyad.sender, target=dyad.target))


def _monthly(rows: list[Row]) -> Series:
    """Differences of year-to-date totals: where months are missing, the mean of the stretch."""
    points: list[tuple[date, float, int, Row]] = []
    before = date.min, 0.0
    for row in rows:
        month = row["end_date"].replace(day=1)
        reached, total = before
        if reached.year != month.year:
            reached, total = date(month.year, 1, 1), 0.0
            months = month.month
        else:
            months = month.month - reached.month
        flow = row["value"] - total
        if months > 0 and flow > 0:
            points.append((_middle(month, months), flow / months, months, row))
        before = month, row["value"]
    return Series(
        dates=tuple(p[0] for p in points),
        values=tuple(log(p[1]) for p in points),
        n=tuple(float(p[2]) for p in points),
        se=(None,) * len(points),
        cadence="month",
        unit="log USD a month",
        evidence=tuple(
            Evidence(r["id"], r["url"], r["end_date"], round(flow), _to_date(r, months))
            for _, flow, months, r in points
        ),
        note="first releases of year-to-date totals; a stretch of missing months is one point",
    )


def _to_date(row: Row, months: int) -> str:
    """What a monthly value was taken from: the total since January that was published."""
    stretch = "" if months == 1 else f", mean of {months} months"
    return f"USD a month, from {row['value'] / 1e9:.2f} billion in the year to date{stretch}"


def _middle(month: date, months: int) -> date:
    return month.replace(month=month.month - (months - 1) // 2)


def _yearly(rows: list[Row]) -> Series:
    kept = [r for r in rows if r["value"] > 0 and r["flows"] == 2 and not r["doubtful"]]
    return Series(
        dates=tuple(date(r["year"], 1, 1) for r in kept),
        values=tuple(log(r["value"]) for r in kept),
        n=(1.0,) * len(kept),
        se=(None,) * len(kept),
        cadence="year",
        unit="log USD a year",
        evidence=tuple(
            Evidence(r["id"], r["url"], date(r["year"], 12, 31), r["value"]) for r in kept
        ),
        note="estimates from 2022 on" if kept else "no trade on record",
    )


DIMENSION = Dimension(
    name="trade",
    title="Goods traded between the two, in dollars",
    side="position",
    unit="log USD",
    more_means="closer",
    margin=log(1.15),
    margin_why="15 % more or less than before",
    sources=("china_customs", "imf_trade"),
    measure=measure,
)
