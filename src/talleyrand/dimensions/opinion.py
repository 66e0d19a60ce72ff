"""`opinion`: the share of the sender's public with a favourable opinion of the target, by year.

In percent of those who answered, with the sampling error of a survey of that many persons: that of
a simple random sample, doubled in variance (a design effect of two is assumed, since samples are
clustered and weighted and the table gives no margin of error). Years without a survey are gaps.
"""

from __future__ import annotations

from datetime import date
from math import sqrt

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

DESIGN_EFFECT = 2.0

SURVEYS = """
SELECT a.start_date AS day, a.id, a.url, a.value AS percent, b.value AS persons
FROM records a JOIN records b ON a.source = b.source AND a.sender = b.sender
  AND a.target = b.target AND a.start_date = b.start_date
WHERE a.source = 'pew_opinion' AND a.kind = 'favourable' AND b.kind = 'respondents'
  AND a.sender = $sender AND a.target = $target ORDER BY day
"""


def sampling_error(percent: float, persons: float) -> float:
    """The standard error of a percentage, in points; a share of none or all counts as half one."""
    share = min(max(percent / 100, 0.5 / persons), 1 - 0.5 / persons)
    return 100 * sqrt(DESIGN_EFFECT * share * (1 - share) / persons)


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Percent favourable by year of survey."""
    rows = store.rows(SURVEYS, sender=dyad.sender, target=dyad.target)
    return Series(
        dates=tuple(row["day"] for row in rows),
        values=tuple(row["percent"] for row in rows),
        n=tuple(row["persons"] for row in rows),
        se=tuple(sampling_error(row["percent"], row["persons"]) for row in rows),
        cadence="year",
        unit="percent",
        evidence=tuple(
            Evidence(row["id"] or f"pew_opinion:{dyad}-{row['day'].year}", row["url"], row["day"],
                     round(row["percent"], 1), f"percent of {row['persons']:,.0f} who answered")
            for row in rows
        ),
        note=f"last asked in {rows[-1]['day'].year}" if rows else "",
    )  # fmt: skip


DIMENSION = Dimension(
    name="opinion",
    title="The sender's public: share with a favourable opinion of the target",
    side="position",
    unit="percent",
    more_means="closer",
    margin=5.0,
    margin_why="five in a hundred of the public, two standard errors of a survey of a thousand",
    sources=("pew_opinion",),
    measure=measure,
)
