"""`exposure`: what a sender stands to lose if sanctions on the target reach its own trade.

The share of the sender's cross-border intermediate trade that is with the target, in percent, from
each year's input-output table. How sanctions spread further is the question of `talleyrand
exposure`. With one table there is a level and no change.
"""

from __future__ import annotations

from datetime import date

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

_YEARLY = """
SELECT start_date AS year, min(url) AS url,
  100 * sum(value) FILTER (WHERE $target IN (sender, target)) / sum(value) AS share,
  sum(value) FILTER (WHERE $target IN (sender, target)) AS traded
FROM records
WHERE kind = 'intermediate' AND sender <> target AND $sender IN (sender, target)
GROUP BY start_date HAVING count(*) FILTER (WHERE $target IN (sender, target)) > 0
ORDER BY start_date
"""


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Percent of the sender's cross-border intermediate trade that is with the target, by year."""
    rows = store.rows(_YEARLY, sender=dyad.sender, target=dyad.target)
    return Series(
        dates=tuple(row["year"] for row in rows),
        values=tuple(row["share"] for row in rows),
        n=(1.0,) * len(rows),
        se=(None,) * len(rows),
        cadence="year",
        unit="percent",
        evidence=tuple(
            Evidence(f"{dyad}-{row['year'].year}", row["url"], row["year"], round(row["traded"]))
            for row in rows
        ),
        note=_note(rows),
    )


def _note(rows: list[dict[str, object]]) -> str:
    if len(rows) == 1:
        return "one year's table: a level, no change; see talleyrand exposure"
    return "" if rows else "one of the two is not among the economies of the table"


DIMENSION = Dimension(
    name="exposure",
    title="Trade at stake if sanctions on the target reach those who trade with it",
    side="structure",
    unit="percent",
    more_means="more exposed",
    margin=2.0,
    margin_why="two percent of all cross-border trade in intermediate goods and services",
    sources=("oecd_icio",),
    measure=measure,
    directions=("up", "down"),
)
