"""`aid`: aid allocated by the sender to Ukraine, a month, of all kinds.

The logarithm of one plus millions of euros. A month of the tracker's span in which a donor on its
list allocated nothing is a zero; a state that is not on its list has no series, nor has a target
other than Ukraine.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import log, log1p

from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

_AID = """
SELECT id, url, kind, start_date AS month, value FROM records
WHERE source = 'ukraine_aid' AND sender = $sender AND target = $target ORDER BY month, kind
"""
_MONTHS = """
SELECT DISTINCT start_date AS month FROM records WHERE source = 'ukraine_aid' ORDER BY month
"""
_UNIT = "log(1 + million EUR)"


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Log of one plus the millions allocated, for each month of the tracker."""
    rows = store.rows(_AID, sender=dyad.sender, target=dyad.target)
    held = [row["month"] for row in store.rows(_MONTHS)]
    months = held if rows else []
    sums: dict[date, float] = defaultdict(float)
    for row in rows:
        sums[row["month"]] += row["value"] / 1e6
    return Series(
        dates=tuple(months),
        values=tuple(log1p(sums[month]) for month in months),
        n=(1.0,) * len(months),
        se=(None,) * len(months),
        cadence="month",
        unit=_UNIT,
        evidence=tuple(
            Evidence(row["id"] or f"ukraine_aid:{dyad.sender}-{row['month']:%Y-%m}-{row['kind']}",
                     row["url"], row["month"], row["value"],
                     f"EUR, {row['kind'].removeprefix('aid_')}")
            for row in rows
        ),
        note=_note(held, bool(rows)),
    )  # fmt: skip


def _note(held: list[date], known: bool) -> str:
    """From when to when the tracker runs, and what a month without a row is."""
    if not held:
        return ""
    span = f"the tracker runs from {held[0]:%Y-%m} to {held[-1]:%Y-%m}"
    if not known:
        return f"{span} and has no aid of this donor to this target: not known, not none"
    return f"{span}; a month without an allocation is a zero"


DIMENSION = Dimension(
    name="aid",
    title="Aid allocated to Ukraine: military, financial, humanitarian",
    side="position",
    unit=_UNIT,
    more_means="closer",
    margin=log(1.5),
    margin_why="half as much again, or where nothing was given half a million euros a month",
    sources=("ukraine_aid",),
    measure=measure,
    only_target="UKR",
)
