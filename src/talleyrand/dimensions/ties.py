"""`ties`: formal obligations in force between two states, by year.

How many of five obligations are in force (defense, offense, neutrality, nonaggression,
consultation), from ATOP; where a store has it not, of the four of the Correlates of War (with
entente). The two are never mixed. A year of the span without one is a zero, the years after a
source ends are a gap. Where no obligation was ever in force there is nothing to compare.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from talleyrand.dimensions._yearly import nothing, zeros
from talleyrand.model import Dimension, Dyad, Evidence, Series
from talleyrand.store import Store

_OBLIGATIONS = """
SELECT split_part(item, ' (', 1) AS item, start_date AS first, end_date AS last, url FROM records
WHERE source = $source AND sender = $sender AND target = $target ORDER BY first, item
"""
# The source's span, cut to when both states have appeared in it.
_SPAN = """
SELECT min(start_date) AS first, max(end_date) AS last,
  min(start_date) FILTER (WHERE sender = $sender) AS sender_first,
  min(start_date) FILTER (WHERE sender = $target) AS target_first
FROM records WHERE source = $source
"""
_SOURCES = ("atop", "cow_alliances")
_UNIT = "obligations"


def measure(store: Store, dyad: Dyad, at: date, window_months: int) -> Series:
    """Obligations of the sender towards the target in force, for each year of the source."""
    for source in _SOURCES:
        asked = {"source": source, "sender": dyad.sender, "target": dyad.target}
        span = store.rows(_SPAN, **asked)[0]
        if span["first"] is not None:
            return _series(store, source, dyad, span)
    return nothing(_UNIT, "")


def _series(store: Store, source: str, dyad: Dyad, span: dict[str, date | None]) -> Series:
    first, last = span["first"], span["last"]
    assert first is not None
    assert last is not None
    rows = store.rows(_OBLIGATIONS, source=source, sender=dyad.sender, target=dyad.target)
    within = f"in {source}, {first.year}-{last.year}"
    starts = [day.year for day in (first, span["sender_first"], span["target_first"]) if day]
    if not rows or len(starts) < 3:
        return nothing(_UNIT, f"no obligation between the two {within}")
    held: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        for year in range(row["first"].year, row["last"].year + 1):
            held[year].add(row["item"])
    evidence = tuple(
        Evidence(f"{source}:{dyad}-{year}", rows[0]["url"], date(year, 1, 1), float(len(names)),
                 ", ".join(sorted(names)))
        for year, names in sorted(held.items())
    )  # fmt: skip
    counts = {year: float(len(names)) for year, names in held.items()}
    note = f"{within}: later years are a gap"
    return zeros(counts, (max(starts), last.year), _UNIT, evidence, note)


DIMENSION = Dimension(
    name="ties",
    title="Formal obligations in force: defense, offense, neutrality, nonaggression, consultation",
    side="position",
    unit=_UNIT,
    more_means="closer",
    margin=0.5,
    margin_why="one obligation gained or lost is more than the margin, none is less",
    sources=_SOURCES,
    measure=measure,
)
