"""`trade`: the value of goods exchanged, as a logarithm so that a change is a percentage.

One source at a time, never two spliced: monthly where a source has months of this pair (China's
customs as differences of year-to-date totals, the US Census Bureau, Eurostat, three partners of
China), else yearly (IMF, ITPD). Of several the one with most points within reach of the date. A
missing month is a gap, never a zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from math import log

from talleyrand.model import Cadence, Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_YEAR_TO_DATE = """
SELECT id, url, end_date, value FROM records
WHERE kind = 'total_trade_ytd'
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
ORDER BY end_date
"""
# Both flows of a pair in one period, as one reporter has them (ITPD: both exporters together).
_PERIODS = """
SELECT source, CASE WHEN source = 'itpd' THEN '' ELSE sender END AS reporter, unit,
  start_date, end_date, sum(value) AS value, min(id) AS id, min(url) AS url,
  count(DISTINCT CASE WHEN kind = 'imports' THEN target ELSE sender END) AS flows,
  bool_or(note LIKE '%implausible%') AS doubtful, max(vintage) AS vintage
FROM records
WHERE kind IN ('exports', 'imports') AND (item IN ('goods', 'all') OR source = 'imf_trade')
  AND ((sender = $sender AND target = $target) OR (sender = $target AND target = $sender))
GROUP BY ALL ORDER BY start_date
"""
_CADENCES: dict[str, Cadence] = {"imf_trade": "year", "itpd": "year",
                                  "un_comtrade": "year"}  # fmt: skip
_REACH = 366  # days beyond the window in which points still tell for a source


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Log of what was traded in a month, or where that is not on record, in a year."""
    asked = {"sender": dyad.sender, "target": dyad.target}
    found = [_to_date(store.rows(_YEAR_TO_DATE, **asked))]
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in store.rows(_PERIODS, **asked):
        if row["value"] > 0 and row["flows"] == 2 and not row["doubtful"]:
            groups[row["source"], row["reporter"], row["unit"]].append(row)
    found += [_periods(rows, source, unit) for (source, _, unit), rows in sorted(groups.items())]
    return max(found, key=lambda series: _standing(series, at, window_months))


def _standing(series: Series, at: date, window_months: int) -> tuple[int, int, int]:
    """Points on both sides of the date, monthly before yearly, then how many points."""
    reach = max(window_months, 12) * 30.5 + _REACH
    if series.cadence == "year":
        reach = max(reach, 5 * 366)
    near = [day for day in series.dates if abs((day - at).days) <= reach]
    sides = min(sum(day < at for day in near), sum(day >= at for day in near))
    return min(sides, 3), series.cadence == "month", len(near)


_TOTALS = "first releases of year-to-date totals; a stretch of missing months is one point"


def _to_date(rows: list[Row]) -> Series:
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
            Evidence(r["id"], r["url"], r["end_date"], round(flow), _told(r, months))
            for _, flow, months, r in points
        ),
        note=_TOTALS if points else "",
    )


def _told(row: Row, months: int) -> str:
    """What a monthly value was taken from: the total since January that was published."""
    stretch = "" if months == 1 else f", mean of {months} months"
    return f"USD a month, from {row['value'] / 1e9:.2f} billion in the year to date{stretch}"


def _middle(month: date, months: int) -> date:
    return month.replace(month=month.month - (months - 1) // 2)


def _periods(rows: list[Row], source: str, unit: str) -> Series:
    """The months or years of one source and reporter."""
    cadence: Cadence = _CADENCES.get(source, "month")
    return Series(
        dates=tuple(r["start_date"] for r in rows),
        values=tuple(log(r["value"]) for r in rows),
        n=(1.0,) * len(rows),
        se=(None,) * len(rows),
        cadence=cadence,
        unit=f"log {unit} a {cadence}",
        evidence=tuple(
            Evidence(r["id"] or f"{source}-{r['end_date']}", r["url"], r["end_date"], r["value"])
            for r in rows
        ),
        note=_note(source, rows),
    )


def _note(source: str, rows: Iterable[Row]) -> str:
    estimated = sorted(r["start_date"].year for r in rows if r["vintage"] == "estimate")
    return f"from {source}" + (f"; estimates from {estimated[0]} on" if estimated else "")


DIMENSION = Dimension(
    name="trade",
    title="Goods traded between the two",
    side="position",
    unit="log USD",
    more_means="closer",
    margin=log(1.15),
    margin_why="15 % more or less than before",
    sources=(
        "china_customs",
        "us_census",
        "eurostat",
        "china_partners",
        "imf_trade",
        "itpd",
        "un_comtrade",
    ),
    measure=measure,
)
