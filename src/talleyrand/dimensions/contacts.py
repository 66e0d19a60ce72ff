"""`contacts`: meetings and calls, a month, as the sender's own read-outs report them.

Counted from the sender's own read-outs: one contact a day and counterpart, however many items
report it. A month counts only if the sender's organ is covered in it, so that the end of
an archive does not read as a rupture.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import sqrt

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

SOURCES = ("cctv", "whitehouse", "kremlin", "president_ukraine")

_CONTACTS = """
SELECT arg_min(id, id) AS id, arg_min(url, id) AS url, event_date AS day,
  arg_min(kind, id) AS kind
FROM documents
WHERE sender = $sender AND list_contains(counterparts, $target) AND kind IN ('meeting', 'call')
  AND list_contains($sources, source)
GROUP BY event_date ORDER BY day
"""
_COVERED = """
SELECT date_trunc('month', published)::DATE AS month, count(DISTINCT published) AS days
FROM documents WHERE sender = $sender AND list_contains($sources, source)
GROUP BY ALL ORDER BY month
"""
_DAYS_ENOUGH = 10  # a month with fewer days of publication is a gap
_FEWEST = 4  # contacts within the window, below which their number says nothing


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Contacts a month with the target, over the months the sender's organ is covered.

    Empty where fewer than four fall within the window: a source that hardly reports contacts cannot
    show that there were none.
    """
    found = store.rows(_CONTACTS, sender=dyad.sender, target=dyad.target, sources=list(SOURCES))
    covered = store.rows(_COVERED, sender=dyad.sender, sources=list(SOURCES))
    months = tuple(row["month"] for row in covered if row["days"] >= _DAYS_ENOUGH)
    counts: dict[date, int] = defaultdict(int)
    for row in found:
        counts[row["day"].replace(day=1)] += 1
    reach = timedelta(days=round(window_months * 30.44))
    first = (at - reach).replace(day=1)
    within = sum(first <= row["day"] < at + reach for row in found)
    if within < _FEWEST or not any(counts[month] for month in months):
        few = f"{within or 'no'} contact{'s' * (within != 1)} on record within the window"
        return Series((), (), (), (), "month", "contacts a month", note=few)
    rate = (sum(counts[m] for m in months) + 0.5) / len(months)
    return Series(
        dates=months,
        values=tuple(float(counts[m]) for m in months),
        n=tuple(float(counts[m]) for m in months),
        se=tuple(sqrt(rate) for _ in months),
        cadence="month",
        unit="contacts a month",
        evidence=tuple(
            Evidence(row["id"], row["url"], row["day"], value=1.0, quote=row["kind"])
            for row in found
        ),
    )


DIMENSION = Dimension(
    name="contacts",
    title="Meetings and calls, from the sender's own read-outs",
    side="position",
    unit="contacts a month",
    more_means="closer",
    margin=0.5,
    margin_why="one meeting or call more or fewer every two months",
    sources=SOURCES,
    measure=measure,
)
