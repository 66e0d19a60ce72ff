"""`arms`: major conventional arms delivered by sender to target, a year.

The logarithm of one plus the trend-indicator value in millions (TIV), so that a change is a
proportion where much is delivered and a year without delivery is zero. The register claims to hold
every transfer of major arms: a year of its span with none on record is a zero here, a year outside
its span a gap. Where neither state ever delivered to the other there is nothing to compare, and no
series. Orders are given as evidence: the last years' are too few, since they show once delivered.
"""

from __future__ import annotations

from datetime import date
from math import log, log1p

from talleyrand.dimensions._yearly import nothing, zeros
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Row, Store

_PAIR = """
SELECT year(start_date)::INTEGER AS year, kind, sum(value) AS value, min(url) AS url,
  min(id) AS id
FROM records
WHERE source = 'sipri_arms' AND kind IN ('arms_delivery', 'arms_order')
  AND sender = $sender AND target = $target
  AND vintage = (SELECT max(vintage) FROM records WHERE source = 'sipri_arms')
GROUP BY ALL ORDER BY year, kind
"""
# The register's span, cut to when both states have appeared in it.
_SPAN = """
SELECT min(year(start_date))::INTEGER AS first, max(year(start_date))::INTEGER AS last,
  min(year(start_date)) FILTER (WHERE $sender IN (sender, target))::INTEGER AS sender_first,
  min(year(start_date)) FILTER (WHERE $target IN (sender, target))::INTEGER AS target_first
FROM records WHERE source = 'sipri_arms' AND kind = 'arms_delivery'
"""
_UNIT = "log(1 + million TIV)"
_WORDS = {"arms_delivery": "million TIV delivered", "arms_order": "million TIV ordered"}


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Log of one plus the TIV delivered, for each year that the register covers."""
    asked = {"sender": dyad.sender, "target": dyad.target}
    rows = store.rows(_PAIR, **asked)
    span = store.rows(_SPAN, **asked)[0]
    if span["first"] is None:
        return nothing(_UNIT, "")
    starts = (span["first"], span["sender_first"], span["target_first"])
    back = {"sender": dyad.target, "target": dyad.sender}
    if None in starts or not (rows or store.rows(_PAIR, **back)):
        return nothing(_UNIT, f"no transfer of major arms between the two on record,"
                              f" {span['first']}-{span['last']}")  # fmt: skip
    delivered = {r["year"]: log1p(r["value"]) for r in rows if r["kind"] == "arms_delivery"}
    return zeros(
        delivered,
        (max(starts), span["last"]),
        _UNIT,
        tuple(_evidence(row, dyad) for row in rows),
        "a year without a delivery on record is a zero" if len(delivered) else
        f"no delivery from sender to target on record, {span['first']}-{span['last']}",
    )  # fmt: skip


def _evidence(row: Row, dyad: Dyad) -> Evidence:
    own = row["id"] or f"sipri_arms:{dyad}-{row['year']}-{row['kind']}"
    day = date(row["year"], 1, 1)
    return Evidence(own, row["url"], day, round(row["value"], 3), _WORDS[row["kind"]])


DIMENSION = Dimension(
    name="arms",
    title="Major conventional arms delivered",
    side="position",
    unit=_UNIT,
    more_means="closer",
    margin=log(1.5),
    margin_why="half as much again, or where nothing was delivered half a million TIV, below which"
    " the register rounds to zero",
    sources=("sipri_arms",),
    measure=measure,
)
